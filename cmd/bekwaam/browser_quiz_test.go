package main

import (
	"context"
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"bekwaam/courses"
)

const next = ".toets button.knop[value=volgende]"

// enter presses the Enter key as one event, as a keyboard does: in two, the second could find the focus elsewhere.
var enter = chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
	for _, event := range []input.DispatchKeyEventParams{{Type: input.DispatchKeyEventTypeKeyDown, Text: kb.Enter}, {Type: input.DispatchKeyEventTypeKeyUp}} {
		event.Key, event.Code, event.WindowsVirtualKeyCode = "Enter", "Enter", 13
		if _, err := cdp.Call(ctx, t, input.DispatchKeyEvent, event); err != nil {
			return err
		}
	}
	return nil
})

// keyboard goes through a page without a mouse.
func (b *browser) keyboard(t *testing.T) {
	d := serveDemo(t)
	w := b.tab(t, d.url).be(tineke)
	key := func(keys string) { t.Helper(); w.do(chromedp.KeyEvent(keys)) }

	w.open("/mijn-scholing")
	key(kb.Tab)
	if !ask[bool](w, `document.activeElement.matches(".skip:focus-visible") && document.activeElement.getBoundingClientRect().left >= 0 && getComputedStyle(document.activeElement).boxShadow !== "none"`) {
		t.Error("the first Tab does not show the link that skips to the content")
	}
	w.do(enter)
	w.wait(`document.activeElement.id === "inhoud"`)
	key(kb.Tab)
	if !ask[bool](w, `document.activeElement.closest("main") !== null && document.activeElement.matches(":focus-visible")`) {
		t.Errorf("after skipping, Tab leads to %s", ask[string](w, `document.activeElement.outerHTML`))
	}

	s := d.sitting(tineke)
	for _, kind := range []courses.Kind{courses.KindSingle, courses.KindNumeric, courses.KindShort} {
		n := number(t, s, kind)
		w.open(questionPath(s, n))
		w.do(chromedp.Focus(chromedp.CSS(".toets input:not([type=hidden])")))
		w.leave(enter)
		if got := w.where(); got != questionPath(s, n+1) {
			t.Errorf("Enter in a %s question leads to %s", kind, got)
		}
	}

	w.open(questionPath(s, number(t, s, courses.KindNumeric)))
	w.do(chromedp.Focus(chromedp.CSS("#antwoord")))
	key("veel")
	w.leave(enter)
	w.wait(`document.activeElement.id === "fouten"`)
	key(kb.Tab)
	w.do(enter)
	w.wait(`document.activeElement.id === "antwoord"`)

	n := number(t, s, courses.KindOrder)
	items := s.Papers[n-1].Items
	w.open(questionPath(s, n))
	for _, step := range []struct{ button, says string }{
		{"omhoog-" + string(items[2].ID), "” staat nu op plaats 2."},
		{"omhoog-" + string(items[2].ID), "” staat nu op plaats 1."},
		{"omlaag-" + string(items[2].ID), "” staat nu op plaats 2."},
	} {
		w.do(chromedp.Focus(chromedp.CSS("#" + step.button)))
		w.leave(enter).says(step.says)
		w.wait(fmt.Sprintf(`document.activeElement.id === %q`, step.button))
	}
}

// script is what the script of the quiz does: save what changes, tell when it cannot, and never overwrite.
func (b *browser) script(t *testing.T) {
	d := serveDemo(t)
	w := b.tab(t, d.url).be(tineke)
	s := d.sitting(tineke)
	options := s.Papers[0].Options
	choice := func(i int) string { return "#keuze-" + string(options[i].ID) }
	const status = `document.querySelector("[data-status]").textContent`
	savedAs := func(version int) string {
		return fmt.Sprintf(`document.querySelector("[name=versie]").value === "%d" && %s.startsWith("Antwoord bewaard om ")`, version, status)
	}
	holds := func(what string, i int) {
		t.Helper()
		if got := d.saved(tineke, s.Attempt.ID, 1).Answer.Options; len(got) != 1 || got[0] != options[i].ID {
			t.Errorf("%s the office has %v, want %s", what, got, options[i].ID)
		}
	}

	w.open(questionPath(s, 1))
	w.click(choice(0))
	w.wait(savedAs(1))
	holds("after a click", 0)

	offline := func(off bool) {
		t.Helper()
		conditions := &network.Conditions{Offline: off, DownloadThroughput: -1, UploadThroughput: -1}
		call(w, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{MatchedNetworkConditions: []*network.Conditions{conditions}})
		call(w, network.OverrideNetworkState, network.OverrideNetworkStateParams{Offline: off, DownloadThroughput: -1, UploadThroughput: -1})
	}
	offline(true)
	w.click(choice(1))
	w.wait(status + `.startsWith("Nog niet bewaard")`)
	holds("without a network", 0)
	offline(false)
	w.wait(savedAs(2))
	holds("with the network back", 1)

	stale := w.another().open(questionPath(s, 1))
	w.click(choice(0))
	w.wait(savedAs(3))
	holds("in the first tab", 0)
	stale.click(choice(2))
	stale.wait(status + `.startsWith("Dit antwoord is intussen ergens anders veranderd")`)
	holds("after a save of a stale tab", 0)
	stale.press("[data-beide]").says("Welk antwoord wil je houden?")
	holds("while both are shown", 0)
	stale.press("main form button")
	holds("after keeping the answer of the stale tab", 2)

	ordering := number(t, s, courses.KindOrder)
	w.open(questionPath(s, ordering))
	for i, item := range s.Papers[ordering-1].Items {
		if i > 0 { // what is no answer yet is not sent
			w.wait(status + `.startsWith("Nog niet bewaard. Geef elke stap een eigen nummer.")`)
		}
		w.choose("plaats-"+string(item.ID), fmt.Sprint(i+1))
	}
	w.wait(savedAs(1))

	w.open(questionPath(s, 1))
	w.another().be("RW1003") // whose attempt this is not
	ask[int](w, `((send) => { window.sent = 0; window.fetch = (...of) => { window.sent++; return send(...of); }; return 0; })(window.fetch)`)
	w.click(choice(1))
	w.wait(status + `.startsWith("Je was te lang weg.") && sessionStorage.length === 1`)
	if got := ask[int](w, `new Promise((tell) => setTimeout(() => tell(window.sent), 3000))`); got != 1 { // it tries again after two seconds where that helps
		t.Errorf("after a refusal it tried %d times", got)
	}
	holds("as somebody else", 2)
	w.be(tineke).open(questionPath(s, 1))
	w.wait(savedAs(5))
	holds("as oneself again", 1)
}

// withoutScript does the whole quiz where no script runs.
func (b *browser) withoutScript(t *testing.T) {
	d := serveDemo(t)
	w := b.tab(t, d.url).be(tineke)
	call(w, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	w.open("/cursussen/" + string(identity) + "/toets").press("main form button.knop")
	s := d.sitting(tineke)
	for i, answer := range d.right(s) {
		if got := w.where(); got != questionPath(s, i+1) {
			t.Fatalf("after %d questions the page is %s", i, got)
		}
		w.answer(s.Papers[i], answer)
		w.press(next)
	}
	w.says("Alles is beantwoord").press(".licht button.knop").says("Gehaald", "Tineke Bakker")
}
