package main

import (
	"bytes"
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
	for _, test := range []struct {
		name, path string
		pages      int // at most
	}{
		{"training", "/mijn-scholing", 1},
		{"certificate", "/certificaten/" + string(s.Result.Certificate.Number) + "/pagina", 1},
		{"result", "/toets/" + string(s.Attempt.ID) + "/resultaat", 4},
	} {
		w.open(test.path)
		ctx, cancel := context.WithTimeout(w.ctx, tabPatience)
		pdf, err := chromedp.Run(ctx, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize()))
		cancel()
		if err != nil {
			t.Fatal(err)
		}
		if screenshots != "" {
			if err := os.WriteFile(filepath.Join(screenshots, "print-"+test.name+".pdf"), pdf, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if pages := bytes.Count(pdf, []byte("/Type /Page\n")); pages < 1 || pages > test.pages {
			t.Errorf("%s takes %d pages, want %d", test.name, pages, test.pages)
		}
		call(w, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
		left := ask[[]string](w, `[...document.querySelectorAll(".demo, nav, button, .knop, .skip, select, .kop .ik")].filter(e => e.checkVisibility()).map(e => e.outerHTML.slice(0, 100))`)
		for _, element := range left {
			t.Errorf("%s on paper shows %s", test.name, element)
		}
		w.says("Identiteitsvaststelling")
		w.look(wide)
	}
}
