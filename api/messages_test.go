package api

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"bekwaam/courses/calendar"
)

func TestOwnMessages(t *testing.T) {
	w := newWorld(t)
	hers := w.token(marloes)
	if _, err := w.office.SetToday(t.Context(), calendar.MustParse("2026-11-30")); err != nil {
		t.Fatal(err)
	}
	got := into[list[Message]](t, w.get(hers, "/messages?unread=true"), http.StatusOK)
	if len(got.Items) == 0 || got.Items[0].Subject == "" || got.Items[0].ReadAt != nil {
		t.Fatalf("her messages are %+v", got)
	}
	path := "/messages/" + got.Items[0].ID
	if one := into[messageDetail](t, w.get(hers, path), http.StatusOK); !strings.Contains(one.Text, "Marloes") {
		t.Errorf("it says %q", one.Text)
	}
	refused(t, w.get(w.token(tineke), path), http.StatusNotFound)
	refused(t, w.put(w.token(tineke), path+"/read-state", `{"read": true}`), http.StatusNotFound)
	if a := w.put(hers, path+"/read-state", `{"read": true}`); a.status != http.StatusNoContent {
		t.Errorf("reading it answers %d %s", a.status, a.body)
	}
	if one := into[messageDetail](t, w.get(hers, path), http.StatusOK); one.ReadAt == nil {
		t.Error("it is unread")
	}
	if left := into[list[Message]](t, w.get(hers, "/messages?unread=true"), http.StatusOK); len(left.Items) != len(got.Items)-1 {
		t.Errorf("unread are %+v", left)
	}
	if is := into[messageSettings](t, w.get(hers, "/message-settings/me"), http.StatusOK); is != (messageSettings{"nl", true}) {
		t.Errorf("she is told by %+v", is)
	}
	refused(t, w.put(hers, "/message-settings/me", `{"language": "fr", "mail": true}`), http.StatusUnprocessableEntity)
	if a := w.put(hers, "/message-settings/me", `{"language": "en", "mail": false}`); a.status != http.StatusNoContent {
		t.Errorf("choosing answers %d %s", a.status, a.body)
	}
	if is := into[messageSettings](t, w.get(hers, "/message-settings/me"), http.StatusOK); is != (messageSettings{"en", false}) {
		t.Errorf("she is told by %+v", is)
	}
}

func TestOwnCalendarFeed(t *testing.T) {
	w := newWorld(t)
	hers := w.token(marloes)
	const path = "/calendar-feeds/me"
	refused(t, w.get(hers, path), http.StatusNotFound)
	var addresses []string
	for range 2 {
		made := into[newFeed](t, w.put(hers, path, ""), http.StatusOK)
		u, err := url.Parse(made.Address)
		if err != nil || !strings.HasPrefix(u.Path, "/agenda/") {
			t.Fatalf("the address is %q, %v", made.Address, err)
		}
		addresses = append(addresses, strings.TrimSuffix(strings.TrimPrefix(u.Path, "/agenda/"), ".ics"))
	}
	if _, err := w.office.Feed(t.Context(), addresses[0]); err == nil {
		t.Error("the first address still answers")
	}
	if _, err := w.office.Feed(t.Context(), addresses[1]); err != nil {
		t.Error(err)
	}
	if a := w.get(hers, path); a.status != http.StatusOK || strings.Contains(string(a.body), addresses[1]) {
		t.Errorf("it is told again: %d %s", a.status, a.body)
	}
	if a := w.do(request{method: http.MethodDelete, path: path, token: hers}); a.status != http.StatusNoContent {
		t.Errorf("revoking answers %d", a.status)
	}
	if _, err := w.office.Feed(t.Context(), addresses[1]); err == nil {
		t.Error("what was revoked still answers")
	}
}

func TestEscalationsAreTakenUpOnce(t *testing.T) {
	w := newWorld(t)
	for day := calendar.MustParse("2026-11-24"); day <= calendar.MustParse("2026-12-31"); day++ {
		if _, err := w.office.SetToday(t.Context(), day); err != nil {
			t.Fatal(err)
		}
	}
	hr := w.token(kevin)
	refused(t, w.get(w.token(tineke), "/escalations"), http.StatusForbidden)
	all := into[list[escalation]](t, w.get(hr, "/escalations"), http.StatusOK)
	if len(all.Items) == 0 {
		t.Fatal("nothing waits")
	}
	path := "/escalations/" + all.Items[0].Escalation + "/acknowledgement"
	for _, none := range []string{"x", "a.b.c.d", "RW1003.BHV.99.2026-12-07"} {
		refused(t, w.post(hr, "/escalations/"+none+"/acknowledgement", `{}`), http.StatusNotFound)
	}
	refused(t, w.post(w.token(all.Items[0].Person), path, `{}`), http.StatusForbidden)
	if a := w.post(hr, path, `{"answer": "We plannen een middag."}`); a.status != http.StatusNoContent {
		t.Errorf("it answers %d %s", a.status, a.body)
	}
	if p := refused(t, w.post(hr, path, `{}`), http.StatusConflict); p.Reason != "answered" {
		t.Errorf("once more: %+v", p)
	}
	if left := into[list[escalation]](t, w.get(hr, "/escalations"), http.StatusOK); len(left.Items) != len(all.Items)-1 {
		t.Errorf("%d are left of %d", len(left.Items), len(all.Items))
	}
}

func FuzzEscalationKey(f *testing.F) {
	for _, key := range []string{"RW1003.BHV.2.2026-12-07", "a.b.BHV.2.2026-12-07", "...", ""} {
		f.Add(key)
	}
	f.Fuzz(func(t *testing.T, key string) {
		id, ok := readEscalationKey(key)
		if !ok {
			return
		}
		if again, ok := readEscalationKey(escalationKey(id)); !ok || again != id {
			t.Errorf("%q is %+v, and again %+v", key, id, again)
		}
	})
}
