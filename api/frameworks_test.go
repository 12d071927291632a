package api

import (
	"net/http"
	"testing"
)

func TestHRKeepsFrameworksAndRolesOfTheFuture(t *testing.T) {
	w := newWorld(t)
	hr, other := w.token(kevin), w.token(tineke)
	put := func(token, path, body string, status int) {
		t.Helper()
		if got := w.put(token, path, body); got.status != status {
			t.Errorf("%s %s: %d %s", path, body, got.status, got.body)
		}
	}
	const scale = `{"title": "Taal", "scale": ["A", "B"], "independent": 2}`
	put(other, "/frameworks/taal", scale, http.StatusForbidden)
	put(hr, "/frameworks/taal", scale, http.StatusNoContent)
	put(hr, "/frameworks/vakkennis", `{"title": "Vakkennis", "scale": ["A", "B"], "independent": 2}`, http.StatusUnprocessableEntity)
	const skill = `{"framework": "taal", "group": "Talen", "name": "Engels", "levels": ["leest", "spreekt"], "proofs": [{"scheme": "INT-ID", "level": 1}]}`
	put(hr, "/competences/X01", skill, http.StatusNoContent)
	put(other, "/competences/X01", skill, http.StatusForbidden)
	const role = `{"name": "Specialist wallet", "team": "T1", "from": "2027-06-01", "minutesPerWeek": 2160, "places": 1}`
	put(hr, "/future-roles/F91", role, http.StatusNoContent)
	put(other, "/future-roles/F91", role, http.StatusForbidden)
	put(hr, "/future-roles/R01", role, http.StatusConflict)
	for _, status := range []int{http.StatusNoContent, http.StatusNotFound} {
		if got := w.do(request{method: "DELETE", path: "/future-roles/F91", token: hr}); got.status != status {
			t.Errorf("deleted: %d, want %d", got.status, status)
		}
	}

	const talk = `{"levels": [{"competence": "X01", "level": 2}]}`
	put(other, "/people/me/levels/self/2026-11-20", talk, http.StatusNoContent)
	put(other, "/people/me/levels/leader/2026-11-20", talk, http.StatusForbidden)
	put(w.token(ilse), "/people/"+tineke+"/levels/leader/2026-11-20", talk, http.StatusNoContent)
	put(w.token(ilse), "/people/"+tineke+"/levels/leader/2027-11-20", talk, http.StatusUnprocessableEntity)
}
