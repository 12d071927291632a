package main

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// axeRun asks axe-core what is wrong with the page: a line for each element, with the rule and why.
const axeRun = `axe.run(document, {
	runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
	resultTypes: ["violations"], preload: false,
}).then(r => r.violations.flatMap(v => v.nodes.map(n => v.id + " at " + n.target.join(" ") + ": " + n.failureSummary.replace(/\s+/g, " "))))`

// check looks at the page on all screens: whether everybody can use it, whether it fits, and whether it
// loads or breaks anything that it may not. The name is that of the page, and of its pictures.
func (w *tab) check(name string, status int64) *tab {
	w.t.Helper()
	w.mu.Lock()
	got := w.status
	w.mu.Unlock()
	if got != status {
		w.t.Errorf("%s: %s answers %d, want %d:\n%s", name, w.where(), got, status, w.text("main"))
	}
	world := w.axeWorld()
	for _, l := range w.looks {
		w.look(l)
		for _, violation := range w.violations(world) {
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
const tooWide = `document.scrollingElement.scrollWidth <= document.scrollingElement.clientWidth ? [] :
	[...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > document.scrollingElement.clientWidth).map(e => e.outerHTML.slice(0, 80)).slice(0, 5).concat(["" + document.scrollingElement.scrollWidth + " px"])`

// axeWorld gives axe-core a world of its own beside the page: that is not subject to the Content-Security-Policy of the
// page, and the page sees nothing of it.
func (w *tab) axeWorld() chromedp.EvaluateOption {
	w.t.Helper()
	frame := call(w, page.GetFrameTree, cdp.Empty{}).FrameTree.Frame.ID
	world := call(w, page.CreateIsolatedWorld, page.CreateIsolatedWorldParams{FrameID: frame, WorldName: "axe"}).ExecutionContextID
	there := func(p *runtime.EvaluateParams) { p.ContextID = world }
	ask[bool](w, w.axe+"; true", there)
	return there
}

// violations is what axe-core finds, a line for each element.
func (w *tab) violations(world chromedp.EvaluateOption) []string {
	w.t.Helper()
	return ask[[]string](w, axeRun, world)
}

// findsMistakes makes pages with mistakes, to be sure that the checks find them.
func (b *browser) findsMistakes(t *testing.T) {
	w := b.tab(t, serveDemo(t).url).open("/hulp")
	ask[bool](w, `document.querySelector("main").insertAdjacentHTML("beforeend", "<img src=/nergens.png><hr width=2000>"), true`)
	if violations := w.violations(w.axeWorld()); len(violations) != 1 || !strings.HasPrefix(violations[0], "image-alt at img: ") {
		t.Errorf("in a picture without words axe-core finds %q", violations)
	}
	if over := ask[[]string](w, tooWide); len(over) == 0 {
		t.Error("a line that is too wide is not found")
	}
	ask[bool](w, `(async () => { try { await fetch("http://127.0.0.2/") } catch {} return true })()`)
	if faults := strings.Join(w.takeFaults(), "\n"); !strings.Contains(faults, "security: ") {
		t.Errorf("a violation of the Content-Security-Policy is not found:\n%s", faults)
	}
}
