package main

import (
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/emulation"
)

// schemes is an afternoon of a P&O officer: sets up BHV with three months' grace and two refreshers that take turns, by the
// pages alone, and sees the duty appear with whom it falls on.
func (b *browser) schemes(t *testing.T) {
	d := serveDemo(t)
	w := b.tab(t, d.url).be(kevin)
	w.open("/regelingen").says("18 van de 18 regelingen", "Bedrijfshulpverlening").check("schemes", 200)
	w.open("/regelingen?herkomst=cao").says("Er is geen regeling met deze herkomst.").check("schemes-none", 200)
	w.open("/regelingen/NVVB-BRP").says("Wat eerst komt", "advies").check("scheme", 200)

	w.open("/regelingen").press("a[href='/regelingen/nieuw']").says("Zo pakt het uit", "Verzonnen collega").check("scheme-new", 200)
	w.fill("title", "BHV met herhalingen")
	w.fill("key", "BHV-2")
	w.fill("components-0-title", "BHV basis")
	w.change("graceMonths", "3")
	w.wait(`document.querySelector("#voorbeeld").innerText.includes("nog in de uitloop")`) // as one types
	w.press("button[value='erbij refreshers external']")
	w.fill("refreshers-0-title", "Herhaling brand en ontruiming")
	w.press("button[value='erbij refreshers external']")
	w.fill("refreshers-1-title", "Herhaling eerste hulp")
	w.wait(`document.querySelector("#voorbeeld").innerText.includes("Doet: Herhaling eerste hulp")`)
	w.change("windowMonths", "12")
	w.wait(`document.querySelector("#voorbeeld").innerText.includes("Maak het venster korter dan de geldigheid")`)
	w.choose("origin", "wet")
	w.press("button[value=nakijken]").says("Maak het venster korter dan de geldigheid", "noem het artikel").check("scheme-wrong", 422)
	if kept := ask[string](w, `document.getElementById("refreshers-1-title").value`); kept != "Herhaling eerste hulp" {
		t.Errorf("what was filled in is %q", kept)
	}
	w.change("windowMonths", "3")
	w.fill("citation", "art. 15 Arbowet")
	w.press("button[value=nakijken]").says("Klopt dit?", "om de beurt", "Er verandert nog niets voor collega's").check("scheme-check", 200)
	w.press("button[value=verder]")
	if kept := ask[string](w, `document.getElementById("citation").value`); kept != "art. 15 Arbowet" {
		t.Errorf("after looking once more the citation is %q", kept)
	}
	w.press("button[value=nakijken]").press("button[value=bewaar]").says("De regeling is bewaard.", "Geldt 12 maanden; vernieuwen vanaf 3 maanden voor het einde, daarna 3 maanden uitloop.", "Niemand moet dit hebben").check("scheme-saved", 200)

	w.press("a[href='/regelingen/BHV-2/verplichting']").check("requirement-new", 200)
	w.press("button[value=nakijken]").says("kies wie dit moet hebben").check("requirement-wrong", 422)
	w.choose("subject", "designation:bhv")
	w.press("button[value=nakijken]").says("Dit raakt", "bedrijfshulpverlener (BHV)", "Marloes van Rijn", "21 februari 2027").check("requirement-check", 200)
	w.press("button[value=bewaar]").says("De verplichting is toegevoegd.", "90 dagen inwerktijd")
	w.be(marloes).open("/mijn-scholing?toon=alle").says("BHV met herhalingen", "art. 15 Arbowet")

	// Another version from tomorrow, and back.
	w.be(kevin).open("/regelingen/BHV-2").press("a[href='/regelingen/BHV-2/bewerken']")
	w.change("months", "24")
	w.press("button[value=nakijken]").says("Wie het haalt op of na").check("scheme-check-version", 200)
	w.press("button[value=bewaar]").says("De regeling is bewaard.", "Versie 2", "komt nog").check("scheme-versions", 200)
	w.press("form[action$='/versie'] button").says("De versie is teruggezet.")
	w.open("/regelingen/INT-ID/bewerken").says("Marloes van Rijn")
	w.change("months", "6")
	w.wait(`document.querySelector("#voorbeeld").innerText.includes("nu: ")`)
	w.check("scheme-edit", 200)

	// An end, and back.
	w.open("/regelingen/BHV-2")
	w.click("main details summary")
	w.change("laatste-bhv-2-designation-bhv-2026-11-23", "2026-11-22")
	w.press("button[value=einde]").says("De verplichting krijgt een einde.", "op die dag teruggenomen").check("requirement-ended", 200)
	w.be(marloes).open("/mijn-scholing?toon=alle")
	if shown := ask[bool](w, `document.querySelector("main").innerText.includes("BHV met herhalingen")`); shown {
		t.Error("what nobody requires any more is still asked")
	}
	w.be(kevin).open("/regelingen/BHV-2").press("button[value=terug]").says("Het einde is weggehaald.")

	w.open("/regelingen/werk").says("Aanvraag en uitgifte reisdocumenten", "Zaaksysteem").check("activities", 200)
	w.open("/regelingen?lang=en").says("Schemes", "19 of the 19 schemes").check("en-schemes", 200)
	w.open("/regelingen/nieuw").says("How it works out").check("en-scheme-new", 200)
	w.open("/regelingen/BHV-2").says("Who must hold this").check("en-scheme", 200)
}

// schemesWithoutScript fills in a scheme where no script runs.
func (b *browser) schemesWithoutScript(t *testing.T) {
	d := serveDemo(t)
	w := b.tab(t, d.url).be(kevin)
	call(w, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	w.open("/regelingen/nieuw")
	w.fill("title", "Zonder script")
	w.fill("components-0-title", "Diploma")
	w.press("button.mini[value=reken]").says("Doet: Diploma")
	w.press("button[value='erbij components observed']")
	w.fill("components-1-title", "Praktijk")
	w.fill("components-1-checklist", "Houdt afstand")
	w.press("button.mini[value=reken]").says("Doet: Diploma + Praktijk")
	w.press("button[value='weg components 0']").says("Doet: Praktijk")
	w.press("button[value=nakijken]").says("Code: ")
	w.fill("key", "ZONDER")
	w.press("button[value=nakijken]").press("button[value=bewaar]").says("De regeling is bewaard.", "Houdt afstand")
}

// change gives a field another value, as somebody does who types over it.
func (w *tab) change(id, value string) {
	w.t.Helper()
	ask[bool](w, fmt.Sprintf(`(() => { const field = document.getElementById(%q); field.value = %q; field.dispatchEvent(new Event("input", {bubbles: true})); return true })()`, id, value))
}
