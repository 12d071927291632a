package web

import (
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

func TestOnlyWhoSendsAFileMayBeSlow(t *testing.T) {
	h := openHall(t)
	quick := httptest.NewUnstartedServer(h.server.Config.Handler)
	quick.Config.ReadTimeout, quick.Config.WriteTimeout = 300*time.Millisecond, 300*time.Millisecond
	quick.Start()
	t.Cleanup(quick.Close)
	h.server.Config.Handler = quick.Config.Handler
	r := h.enter(t, "RW1013")
	r.hall = &hall{office: h.office, server: quick}
	r.post("/demo/wissel", map[string][]string{"persoon": {"RW1013"}})

	slowly := func(contentType string, write func(w io.Writer)) (*http.Response, error) {
		body, w := io.Pipe()
		go func() {
			write(w)
			w.Close()
		}()
		return r.http.Post(quick.URL+"/bewijs/nieuw", contentType, body)
	}
	boundary := multipart.NewWriter(io.Discard)
	resp, err := slowly(boundary.FormDataContentType(), func(w io.Writer) {
		form := multipart.NewWriter(w)
		form.SetBoundary(boundary.Boundary())
		for name, values := range suwi() {
			form.WriteField(name, values[0])
		}
		file, _ := form.CreateFormFile("document", "a.png")
		content := scan(t, 4)
		file.Write(content[:10])
		time.Sleep(700 * time.Millisecond)
		file.Write(content[10:])
		form.Close()
	})
	if err != nil || resp.StatusCode != http.StatusOK || resp.Request.URL.Path != "/bewijs" {
		t.Fatalf("a file over a slow line: %v %v", resp, err)
	}
	resp.Body.Close()
	resp, err = slowly("application/x-www-form-urlencoded", func(w io.Writer) {
		io.WriteString(w, "scheme=SUWI")
		time.Sleep(700 * time.Millisecond)
		io.WriteString(w, "&issuer=x")
	})
	if err == nil && resp.StatusCode < 400 {
		t.Errorf("another form may be slow too: %d", resp.StatusCode)
	}
}
