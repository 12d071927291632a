package main

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// printing puts pages on paper: without what only works on a screen.
func (b *browser) printing(t *testing.T) {
	d := serveDemo(t)
	s := d.handIn(tineke, d.right(d.sitting(tineke)))
	w := b.tab(t, d.url).be(tineke)
	for name, path := range map[string]string{
		"training": "/mijn-scholing", "result": "/toets/" + string(s.Attempt.ID) + "/resultaat", "certificate": "/certificaten/" + string(s.Result.Certificate.Number) + "/pagina",
	} {
		w.open(path)
		ctx, cancel := context.WithTimeout(w.ctx, tabPatience)
		pdf, err := chromedp.Run(ctx, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize()))
		cancel()
		if err != nil {
			t.Fatal(err)
		}
		if screenshots != "" {
			if err := os.WriteFile(filepath.Join(screenshots, "print-"+name+".pdf"), pdf, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		call(w, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
		left := ask[[]string](w, `[...document.querySelectorAll(".demo, nav, button, .knop, .skip, select, .kop .ik")].filter(e => e.checkVisibility()).map(e => e.outerHTML.slice(0, 100))`)
		for _, element := range left {
			t.Errorf("%s on paper shows %s", name, element)
		}
		if text := w.text("main"); text == "" {
			t.Errorf("%s on paper is empty", name)
		}
		w.look(wide)
	}
}
