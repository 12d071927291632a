package main

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/network"
)

// story is what somebody with only the README does: be Tineke, whose identity certificate has lapsed, do the quiz, download
// the certificate, let a visitor check it, and see a month later what is asked of whom.
func (b *browser) story(t *testing.T) {
	d := serveDemo(t)
	w := b.tab(t, d.url)
	w.open("/").press(".taken button[value="+string(tineke)+"]").says("Identiteitsvaststelling", "te laat")
	w.press(".taken li.laat .doe a").says("Wat je leert")
	w.press("aside form[action$='/toets'] button")
	s := d.sitting(tineke)
	for i, answer := range d.right(s) {
		w.says(fmt.Sprintf("Vraag %d van %d", i+1, len(s.Papers)))
		w.answer(s.Papers[i], answer)
		w.press(next)
	}
	w.says("Alles is beantwoord").press(".licht button.knop").says("Gehaald: 16 van de 16 punten", "Tineke Bakker", "Geldig tot en met")

	pdf := w.download(ask[string](w, `document.querySelector("a[href$='/document']").href`))
	if !bytes.HasPrefix(pdf, []byte("%PDF-")) || len(pdf) < 10_000 {
		t.Errorf("the certificate is %d bytes and no PDF", len(pdf))
	}
	check := ask[string](w, `document.querySelector("a[href^='/c/']").href`)
	visitor := b.tab(t, d.url).open(strings.TrimPrefix(check, d.url))
	visitor.says("Tineke Bakker", "geldig")
	if cookies := call(visitor, network.GetCookies, network.GetCookiesParams{}).Cookies; len(cookies) > 0 {
		t.Errorf("a visitor gets %d cookies", len(cookies))
	}

	w.open("/").press(".taken button[name=sprong]").says("23 december 2026")
	if people := ask[int](w, `[...document.querySelectorAll("main section h2")].filter(h => h.innerText).length`); people == 0 {
		t.Error("a month later nothing is asked of anybody")
	}
	if reasons := ask[int](w, `document.querySelectorAll("main section li p.klein").length`); reasons == 0 {
		t.Error("the round gives no reason")
	}
	for _, tab := range []*tab{w, visitor} {
		for _, fault := range tab.takeFaults() {
			t.Error(fault)
		}
	}
}

// download fetches an address as the visitor of the tab.
func (w *tab) download(address string) []byte {
	w.t.Helper()
	req, err := http.NewRequestWithContext(w.t.Context(), http.MethodGet, address, nil)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, c := range call(w, network.GetCookies, network.GetCookiesParams{}).Cookies {
		req.AddCookie(&http.Cookie{Name: c.Name, Value: c.Value})
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		w.t.Fatal(err)
	}
	defer res.Body.Close()
	content, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK || res.Header.Get("Content-Type") != "application/pdf" {
		w.t.Errorf("%s answers %d %s: %v", address, res.StatusCode, res.Header.Get("Content-Type"), err)
	}
	return content
}
