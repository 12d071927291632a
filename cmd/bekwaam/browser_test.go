package main

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"bekwaam/courses/staff"
)

// The pages in a real browser, which the subtests share. Each has a demo of its own.
func TestInABrowser(t *testing.T) {
	b := openBrowser(t)
	for _, test := range []struct {
		name string
		run  func(*testing.T)
	}{
		{"pages in Dutch", b.dutchPages},
		{"pages of the quiz and its certificate in Dutch", b.dutchQuizPages},
		{"pages in English", b.englishPages},
		{"the desk", b.deskPages},
		{"a real installation", b.firstStart},
		{"the keyboard", b.keyboard},
		{"the script", b.script},
		{"without the script", b.withoutScript},
		{"printing", b.printing},
		{"the whole story", b.story},
		{"a scheme from scratch", b.schemes},
		{"a scheme without the script", b.schemesWithoutScript},
		{"mistakes are found too", b.findsMistakes},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			test.run(t)
		})
	}
}

// A browser is Chromium without a window, from which nothing can leave this machine.
type browser struct {
	ctx context.Context
	axe string // the source of axe-core
}

// openBrowser starts Chromium until the test ends. Where it or axe-core is missing the test is skipped, or fails where
// all tests must run.
func openBrowser(t *testing.T) *browser {
	t.Helper()
	missing := t.Skipf
	if os.Getenv("BEKWAAM_TEST_ALL") == "1" {
		missing = t.Fatalf
	}
	names := []string{"chromium", "chromium-browser", "google-chrome"}
	found := slices.IndexFunc(names, func(name string) bool { _, err := exec.LookPath(name); return err == nil })
	if found < 0 {
		missing("no browser: none of %s is installed", strings.Join(names, ", "))
	}
	axe, err := os.ReadFile("../../.ci/node_modules/axe-core/axe.min.js")
	if err != nil {
		missing("no axe-core: npm ci --prefix .ci installs it")
	}
	options := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(names[found]), chromedp.UserDataDir(t.TempDir()), chromedp.WindowSize(1280, 900),
		chromedp.Headless, chromedp.DisableGPU, chromedp.NoFirstRun, chromedp.NoDefaultBrowserCheck,
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"),
	}
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox)
	}
	for _, flag := range []string{"disable-quic", "disable-background-networking", "disable-component-update", "disable-sync", "disable-extensions",
		"disable-dev-shm-usage", "disable-background-timer-throttling", "disable-renderer-backgrounding", "disable-backgrounding-occluded-windows"} {
		options = append(options, chromedp.Flag(flag, true))
	}
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	ctx, leave := chromedp.NewContext(allocator, chromedp.WithErrorf(func(string, ...any) {})) // events that are newer than chromedp
	t.Cleanup(leave)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("the browser does not start: %v", err)
	}
	return &browser{ctx, string(axe)}
}

// tabPatience is how long a tab may take for one thing, on a machine that is busy.
const tabPatience = time.Minute

// A tab shows one page of a server at a time. Whatever goes wrong in it fails the test.
type tab struct {
	t    *testing.T
	axe  string
	ctx  context.Context
	base string // the address of the server

	looks []look // on which check looks at pages

	mu     sync.Mutex
	status int64    // of the page
	faults []string // what pages did that they may not do, since the last look
}

// tab opens a tab on a server, for somebody of whom it knows nothing yet.
func (b *browser) tab(t *testing.T, base string) *tab {
	t.Helper()
	return openTab(t, b.ctx, b.axe, base, chromedp.WithNewBrowserContext())
}

// another opens a second tab for the same visitor.
func (w *tab) another() *tab {
	w.t.Helper()
	return openTab(w.t, w.ctx, w.axe, w.base)
}

func openTab(t *testing.T, parent context.Context, axe, base string, options ...chromedp.ContextOption) *tab {
	t.Helper()
	w := &tab{t: t, axe: axe, base: base, looks: []look{dark, phone, wide}}
	ctx, leave := chromedp.NewContext(parent, append(options, chromedp.WithListener(w.hear))...)
	t.Cleanup(leave)
	w.ctx = ctx
	if err := chromedp.Do(ctx); err != nil { // the tab lives as long as the first context it gets
		t.Fatal(err)
	}
	call(w, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true}) // several tabs are busy at once
	w.look(wide)
	return w
}

// hear remembers the status of the page, and what pages may not do: load from elsewhere, violate the
// Content-Security-Policy, or leave an error in the console.
func (w *tab) hear(event any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		if u, err := url.Parse(e.Request.URL); err != nil || u.Scheme != "data" && u.Scheme+"://"+u.Host != w.base {
			w.faults = append(w.faults, "asks for "+e.Request.URL)
		}
	case *network.EventResponseReceived:
		if e.Type == network.ResourceTypeDocument {
			w.status = e.Response.Status
		}
	case *log.EventEntryAdded:
		if e.Entry.Level == log.EntryLevelError && e.Entry.Source != log.EntrySourceNetwork { // those are answers such as 404
			w.faults = append(w.faults, string(e.Entry.Source)+": "+e.Entry.Text)
		}
	case *runtime.EventExceptionThrown:
		w.faults = append(w.faults, "exception: "+e.ExceptionDetails.Text)
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError {
			w.faults = append(w.faults, "console.error")
		}
	}
}

// do carries out actions one after the other.
func (w *tab) do(actions ...chromedp.Action[chromedp.Void]) {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.ctx, tabPatience)
	defer cancel()
	if err := chromedp.Do(ctx, actions...); err != nil {
		w.t.Fatalf("%s: %v", w.where(), err)
	}
}

// ask returns the value of an expression in the page.
func ask[T any](w *tab, script string, options ...chromedp.EvaluateOption) T {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.ctx, tabPatience)
	defer cancel()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](script, append(options, chromedp.EvalAwaitPromise)...))
	if err != nil {
		w.t.Fatalf("%s: %s: %v", w.where(), script, err)
	}
	return value
}

// call sends a command of the DevTools protocol.
func call[P, R any](w *tab, command cdp.Command[P, R], params P) R {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.ctx, tabPatience)
	defer cancel()
	result, err := chromedp.Call(ctx, command, params)
	if err != nil {
		w.t.Fatalf("%s: %v", w.where(), err)
	}
	return result
}

// where is the path of the page.
func (w *tab) where() string {
	address, err := chromedp.Run(w.ctx, chromedp.Location())
	if err != nil {
		return err.Error()
	}
	return strings.TrimPrefix(address, w.base)
}

// open goes to a page, which must not lead to another one.
func (w *tab) open(path string) *tab {
	w.t.Helper()
	w.do(chromedp.Navigate(w.base + path))
	if got := w.where(); got != path {
		w.t.Fatalf("%s leads to %s", path, got)
	}
	return w
}

// press clicks on an element with the mouse and waits for the page it leads to.
func (w *tab) press(selector string) *tab {
	w.t.Helper()
	return w.leave(chromedp.Click(chromedp.CSS(selector)))
}

// leave does something that leads to another page, and waits for that.
func (w *tab) leave(action chromedp.Action[chromedp.Void]) *tab {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.ctx, tabPatience)
	defer cancel()
	if _, err := chromedp.RunResponse(ctx, action); err != nil {
		w.t.Fatalf("%s: no page follows: %v", w.where(), err)
	}
	return w
}

// click clicks on an element that keeps the page.
func (w *tab) click(selector string) { w.t.Helper(); w.do(chromedp.Click(chromedp.CSS(selector))) }

// wait waits until an expression is true in the page.
func (w *tab) wait(script string) {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.ctx, tabPatience)
	defer cancel()
	if _, err := chromedp.Run(ctx, chromedp.Poll[bool](script, chromedp.WithPollingInterval(20*time.Millisecond))); err != nil {
		w.t.Fatalf("%s: it does not come true that %s: %v\n%s", w.where(), script, err, w.text("main"))
	}
}

// text is what an element says; empty where it is not there.
func (w *tab) text(selector string) string {
	w.t.Helper()
	return ask[string](w, fmt.Sprintf(`document.querySelector(%q)?.innerText ?? ""`, selector))
}

// says fails unless the main part of the page says something.
func (w *tab) says(sayings ...string) *tab {
	w.t.Helper()
	text := w.text("main")
	for _, saying := range sayings {
		if !strings.Contains(text, saying) {
			w.t.Fatalf("%s does not say %q:\n%s", w.where(), saying, text)
		}
	}
	return w
}

// be becomes somebody of the demo; empty: nobody.
func (w *tab) be(person staff.PersonID) *tab {
	w.t.Helper()
	w.open("/hulp")
	ask[int](w, fmt.Sprintf(`fetch("/demo/wissel", {method: "POST", body: new URLSearchParams({persoon: %q})}).then(r => r.status)`, person))
	return w
}

// A look is a screen on which somebody reads.
type look struct {
	name   string
	width  int64
	height int64
	scheme string
}

var (
	wide  = look{"1280", 1280, 900, "light"}
	phone = look{"320", 320, 640, "light"}
	dark  = look{"1280-dark", 1280, 900, "dark"}
)

// look shows the pages on a screen.
func (w *tab) look(l look) {
	w.t.Helper()
	call(w, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: l.width, Height: l.height, DeviceScaleFactor: 1})
	call(w, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: l.scheme}, {Name: "prefers-reduced-motion", Value: "reduce"},
	}})
}

// takeFaults returns what went wrong since it was last asked.
func (w *tab) takeFaults() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	faults := w.faults
	w.faults = nil
	return faults
}

// screenshots is the folder in which people want to see the pages; empty: nowhere.
var screenshots = os.Getenv("BEKWAAM_SCREENSHOTS")

// keepScreenshot writes the whole page as it looks now.
func (w *tab) keepScreenshot(name string) {
	w.t.Helper()
	if screenshots == "" {
		return
	}
	ctx, cancel := context.WithTimeout(w.ctx, tabPatience)
	defer cancel()
	picture, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
	if err == nil {
		err = os.MkdirAll(screenshots, 0o755)
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(screenshots, name+".png"), picture, 0o644)
	}
	if err != nil {
		w.t.Fatalf("the picture of %s: %v", name, err)
	}
}
