package main

import (
	"strings"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
)

// axeRun asks axe-core what is wrong with the page: a line for each element, with the rule and why.
const axeRun = `axe.run(document, {
	runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
	resultTypes: ["violations"], preload: false,
}).then(r => r.violations.flatMap(v => v.nodes.map(n => v.id + " at " + n.target.join(" ") + ": " + n.failureSummary.replace(/\s+/g, " "))))`

// check looks at the page wide, on a phone and in the dark: whether everybody can use it, whether it fits, and whether it
// loads or breaks anything that it may not. The name is that of the page, and of its pictures.
func (w *tab) check(name string, status int64) *tab {
	w.t.Helper()
	w.mu.Lock()
	got := w.status
	w.mu.Unlock()
	if got != status {
		w.t.Errorf("%s: %s answers %d, want %d:\n%s", name, w.where(), got, status, w.text("main"))
	}
	// A world of its own is not subject to the Content-Security-Policy of the page, and the page sees nothing of it.
	frame := call(w, page.GetFrameTree, cdp.Empty{}).FrameTree.Frame.ID
	world := call(w, page.CreateIsolatedWorld, page.CreateIsolatedWorldParams{FrameID: frame, WorldName: "axe"}).ExecutionContextID
	there := func(p *runtime.EvaluateParams) { p.ContextID = world }
	ask[bool](w, w.axe+"; true", there)
	for _, l := range []look{dark, phone, wide} {
		w.look(l)
		for _, violation := range ask[[]string](w, axeRun, there) {
			w.t.Errorf("%s at %s: %s", name, l.name, violation)
		}
		if over := ask[[]string](w, tooWide); len(over) > 0 {
			w.t.Errorf("%s at %s scrolls sideways because of %s", name, l.name, strings.Join(over, ", "))
		}
		w.keepScreenshot(name + "-" + l.name)
	}
	for _, fault := range w.takeFaults() {
		w.t.Errorf("%s: %s", name, fault)
	}
	return w
}

// tooWide names what sticks out where the page can be scrolled sideways.
const tooWide = `document.scrollingElement.scrollWidth <= innerWidth ? [] :
	[...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML.slice(0, 80)).slice(0, 5).concat(["" + document.scrollingElement.scrollWidth + " px"])`
