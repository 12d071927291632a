package web

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
)

func TestWhoMaySeeAndChangeSchemes(t *testing.T) {
	h := openHall(t)
	h.enter(t, "RW1013").get("/regelingen").want(403)
	leader := h.enter(t, "RW1001")
	p := leader.get("/regelingen").want(200, "18 van de 18 regelingen")
	if strings.Contains(p.source, "/regelingen/nieuw") {
		t.Error("a leader is led to making a scheme")
	}
	p = leader.get("/regelingen/BHV").want(200, "Geldt 12 maanden", "taak bedrijfshulpverlener (BHV)")
	if strings.Contains(p.source, "/bewerken") || strings.Contains(p.source, "Zet er een einde aan") {
		t.Error("a leader is led to changing a scheme")
	}
	leader.get("/regelingen/nieuw").want(403)
	leader.get("/regelingen/BHV/bewerken").want(403)
	leader.get("/regelingen/BHV/verplichting").want(403)
	for _, path := range []string{"/regelingen/nieuw", "/regelingen/voorbeeld", "/regelingen/BHV/bewerken", "/regelingen/BHV/versie", "/regelingen/BHV/verplichting", "/regelingen/BHV/verplichtingen", "/regelingen/werk"} {
		leader.post(path, nil).want(403)
	}
	hr := h.enter(t, "RW1057")
	hr.get("/regelingen/GEEN").want(404)
	hr.get("/regelingen/GEEN/bewerken").want(404)
	hr.get("/regelingen?herkomst=vrijwillig").want(200, "1 van de 18 regelingen", "vrijwillig")
}

func TestASchemeComesBackAsItWasFilledIn(t *testing.T) {
	r := openHall(t).enter(t, "RW1057")
	p := r.get("/regelingen/nieuw").press("erbij refreshers observed", url.Values{"title": {`<b>"Hé"`}, "months": {"twaalf"}, "appliesFrom": {"31-12"}})
	p.want(200, "Hoeveel maanden geldt het: schrijf een heel getal", "kies een dag die bestaat")
	for id, want := range map[string]string{"title": `<b>"Hé"`, "months": "twaalf", "appliesFrom": "31-12"} {
		if got := attr(p.first("input", func(n *html.Node) bool { return attr(n, "id") == id }), "value"); got != want {
			t.Errorf("%s came back as %q", id, got)
		}
	}
	if !has(p.first("input", func(n *html.Node) bool { return attr(n, "id") == "refreshers-0-title" }), "autofocus") {
		t.Error("the new row does not have the focus")
	}
	p = p.press("nakijken", url.Values{"months": {"12"}, "appliesFrom": {""}, "refreshers-0-checklist": {"Houdt afstand\n\nBlijft rustig"}})
	p.want(422, "Code: schrijf", "Onderdeel 1: schrijf hier iets", "Herhaling 1: schrijf hier iets")
	if !strings.HasPrefix(p.title(), "Fout: ") {
		t.Error(p.title())
	}
	there := map[string]bool{}
	for n := range p.root.Descendants() {
		there["#"+attr(n, "id")] = true
	}
	for n := range p.root.Descendants() { // every line on top leads to a field
		if href := attr(n, "href"); strings.HasPrefix(href, "#") && !there[href] {
			t.Errorf("%s leads nowhere", href)
		}
	}
	p = p.press("nakijken", url.Values{"key": {"TEST"}, "components-0-title": {"Diploma"}, "refreshers-0-title": {"Gezien"}}).want(200, "Klopt dit?", "Houdt afstand", "Blijft rustig")
	p.press("verder", nil).want(200, "Nieuwe regeling")
}

func TestRowsAreAddedMovedAndRemoved(t *testing.T) {
	rows := func(f schemeForm) string {
		var titles []string
		for _, r := range f.Refreshers {
			titles = append(titles, r.Kind+"="+r.Title)
		}
		return strings.Join(titles, " ")
	}
	sent := url.Values{"refreshers-0-kind": {"external"}, "refreshers-0-title": {"A"}, "refreshers-1-kind": {"course"}, "refreshers-1-title": {"B"}, "refreshers-3-kind": {"course"}}
	for button, want := range map[string]string{
		"erbij refreshers observed": "external=A course=B observed=",
		"weg refreshers 0":          "course=B",
		"op refreshers 1":           "course=B external=A",
	} {
		f := readSchemeForm(sent)
		if !f.change(button) || rows(f) != want {
			t.Errorf("%s: %s", button, rows(f))
		}
	}
	for _, button := range []string{"", "bewaar", "weg refreshers 2", "weg refreshers -1", "weg refreshers x", "op refreshers 0", "weg naam 0", "draai refreshers 1", "erbij"} {
		f := readSchemeForm(sent)
		if f.change(button) || rows(f) != "external=A course=B" {
			t.Errorf("%s: %s", button, rows(f))
		}
	}
}

func FuzzSchemeForm(f *testing.F) {
	f.Add("title=x&months=12&method=completion&components-0-kind=external&components-0-title=y", "erbij components course")
	f.Add("method=fixed&anchorMonth=2&anchorDay=29&minutes=0,5&appliesFrom=2027-01-01&prerequisites-0-kind=hard&prerequisites-0-scheme=BHV", "weg prerequisites 0")
	f.Add("method=never&months=x&windowMonths=-1&graceMonths=99999999999999999999&minutes=1e309", "op refreshers 1")
	f.Fuzz(func(t *testing.T, body, button string) {
		values, err := url.ParseQuery(body)
		if err != nil {
			return
		}
		form := readSchemeForm(values)
		form.change(button)
		s, err := form.scheme()
		if err != nil {
			return
		}
		back, err := newSchemeForm(s).scheme()
		if err != nil || !back.Same(s) {
			t.Errorf("%+v came back as %+v: %v", s, back, err)
		}
	})
}

func TestASchemeIsReadAsItWasWritten(t *testing.T) {
	h := openHall(t)
	all, err := h.office.SchemeOverviews(t.Context(), h.as(t, "RW1057"))
	if err != nil || len(all) != 18 {
		t.Fatal(len(all), err)
	}
	for _, o := range all {
		back, err := newSchemeForm(o.Scheme).scheme()
		if err != nil || !back.Same(o.Scheme) {
			t.Errorf("%s: %+v came back as %+v: %v", o.Key, o.Scheme, back, err)
		}
	}
}

func TestTwoWhoSaveASchemeLoseNothing(t *testing.T) {
	h := openHall(t)
	one, two := h.enter(t, "RW1057"), h.enter(t, "RW1058")
	cite := url.Values{"citation": {"art. 15 Arbowet"}, "title": {"Anders"}}
	first, second := one.get("/regelingen/BHV/bewerken"), two.get("/regelingen/BHV/bewerken")
	check := second.press("nakijken", cite).want(200, "Wie het haalt op of na")
	first.press("nakijken", url.Values{"citation": {"art. 3 Arbowet"}}).press("bewaar", nil).want(200, "De regeling is bewaard.")
	clash := check.press("bewaar", nil).want(422, "Intussen gewijzigd", "art. 3 Arbowet art. 15 Arbowet", "Bedrijfshulpverlening Anders")
	clash.press("nakijken", nil).want(422, "Intussen gewijzigd") // until somebody chooses
	clash.press("vervang", nil).want(200).press("nakijken", nil).want(200, "Dit komt in de plaats van de versie die nog niet is ingegaan")
	two.get("/regelingen/BHV/bewerken?versie=2").want(200, "Wijzig Bedrijfshulpverlening")
	p := clash.press("daarna", nil).want(200).press("nakijken", nil).want(422, "kies een dag na 24 november 2026")
	if got := attr(p.first("input", func(n *html.Node) bool { return attr(n, "id") == "title" }), "value"); got != "Anders" {
		t.Errorf("the title is %q", got)
	}
	p.press("nakijken", url.Values{"appliesFrom": {"2027-01-01"}}).press("bewaar", nil).want(200, "De regeling is bewaard.", "Versie 3")
	one.get("/regelingen/nieuw").press("nakijken", url.Values{"title": {"x"}, "key": {"BHV"}, "components-0-title": {"y"}}).want(422, "Deze code is al van een andere regeling.")
	one.post("/regelingen/BHV/versie", url.Values{"versie": {"2"}}).want(409, "Er is al een nieuwere versie")
	one.get("/regelingen/BHV").press("3", nil).want(200, "De versie is teruggezet.")
	one.post("/regelingen/BHV/versie", url.Values{"versie": {"x"}}).want(422)
	one.post("/regelingen/BHV/versie", url.Values{"versie": {"1"}}).want(409)
}

func TestAVersionThatHasNotBegunIsChanged(t *testing.T) {
	h := openHall(t)
	one, two := h.enter(t, "RW1057"), h.enter(t, "RW1058")
	one.get("/regelingen/BHV/bewerken").press("nakijken", url.Values{"windowMonths": {"4"}, "minutes": {"6"}, "citation": {"art. 15 Arbowet"}}).want(200, "Venster 3 maanden 4 maanden", "Uren de eerste keer", "Wat hetzelfde blijft", "Code BHV").press("bewaar", nil).want(200, "Wijzig versie 2")
	mine, theirs := one.get("/regelingen/BHV/bewerken?versie=2"), two.get("/regelingen/BHV/bewerken?versie=2")
	theirs.press("nakijken", url.Values{"graceMonths": {"1"}}).want(200, "Uitloop 3 maanden 1 maand").press("bewaar", nil).want(200, "De regeling is bewaard.")
	clash := mine.press("nakijken", url.Values{"graceMonths": {"2"}}).want(422, "Intussen gewijzigd", "Uitloop 1 maand 2 maanden")
	clash.press("vervang", nil).press("nakijken", nil).press("bewaar", nil).want(200, "De regeling is bewaard.")
	s, err := h.office.SchemeOverview(t.Context(), h.as(t, "RW1057"), "BHV")
	if err != nil || len(s.Versions) != 2 || s.Versions[1].GraceMonths != 2 || s.Versions[1].WindowMonths != 4 {
		t.Errorf("%+v, %v", s.Versions, err)
	}
}

func TestASchemeThatMakesNoSenseIsToldSo(t *testing.T) {
	r := openHall(t).enter(t, "RW1057")
	p := r.get("/regelingen/nieuw").press("erbij refreshers external", url.Values{"title": {"Test"}, "key": {"TEST"}, "components-0-title": {"Diploma"}})
	fill := func(values url.Values) *shown {
		values.Set("refreshers-0-title", "Herhaling")
		return p.press("nakijken", values)
	}
	fill(url.Values{"windowMonths": {""}, "months": {"x"}, "title": {""}}).want(422, "Venster: schrijf een aantal maanden; 0 is geen", "Hoeveel maanden geldt het: schrijf een heel getal", "Naam van de regeling: schrijf hier iets")
	fill(url.Values{"windowMonths": {"0"}, "graceMonths": {"0"}}).want(422, "zonder allebei kan niemand de herhaling doen")
	fill(url.Values{"windowMonths": {"0"}, "graceMonths": {"3"}}).want(200, "Zonder venster kan niemand voor het einde vernieuwen")
	fill(url.Values{"appliesFrom": {"2020-01-01"}}).want(200, "Deze regeling gaat in op 1 januari 2020. Die dag is al geweest.", "Code TEST")
	fill(url.Values{"appliesFrom": {"1020-01-01"}, "months": {"1200"}}).want(422, "kies een dag van 1 januari 1900", "1 tot en met 600 maanden")
	fill(url.Values{"windowMonths": {"12"}, "graceMonths": {"-1"}}).want(422, "Maak het venster korter", "Maak de uitloop korter")
	fill(url.Values{"method": {"fixed"}, "anchorDay": {"29"}, "anchorMonth": {"2"}, "minimumMonths": {"6"}}).want(422, "een vaste dag die elk jaar bestaat")
	fill(url.Values{"key": {"BHV"}, "title": {""}}).want(422, "Deze code is al van een andere regeling.", "Naam van de regeling: schrijf hier iets")
	fill(url.Values{"minutes": {"-3"}, "months": {"1200"}}).want(422, "schrijf een aantal uren van 0 tot en met 1000", "1 tot en met 600 maanden")
}

func TestTheExampleComesAlone(t *testing.T) {
	r := openHall(t).enter(t, "RW1057")
	form := newSchemeForm(certificates.Scheme{Key: "INT-ID", Version: 2, Months: 6, Method: certificates.MethodPrevious, WindowMonths: 2, AppliesFrom: calendar.MustParse("2026-11-24")}).Values
	p := r.post("/regelingen/voorbeeld", form)
	if p.status != 200 || strings.Contains(p.source, "<html") || !strings.Contains(p.source, "Marloes van Rijn") || !strings.Contains(p.source, "nu: ") {
		t.Errorf("%d:\n%s", p.status, p.source)
	}
	form.Set("windowMonths", "6")
	if p := r.post("/regelingen/voorbeeld", form); p.status != 200 || !strings.Contains(p.source, "Maak het venster korter") {
		t.Errorf("%d:\n%s", p.status, p.source)
	}
}

func TestARequirementIsCheckedAddedAndEnded(t *testing.T) {
	h := openHall(t)
	r := h.enter(t, "RW1057")
	form := "/regelingen/BHV/verplichting"
	r.get("/regelingen/GEEN/verplichting").want(404)
	p := r.get(form).want(200, "Wie moet dit hebben?")
	for _, group := range []string{"Wie een rol heeft", "Wie aan een proces werkt", "Wie met een applicatie werkt"} {
		if p.first("optgroup", func(n *html.Node) bool { return attr(n, "label") == group }) == nil {
			t.Errorf("nothing to choose under %s", group)
		}
	}
	p.press("nakijken", url.Values{"subject": {""}, "since": {"31-12"}, "inductionDays": {"veel"}, "origin": {"wet"}, "citation": {""}}).want(422, "kies wie dit moet hebben", "kies een dag die bestaat", "schrijf een heel getal", "noem het artikel")
	p.press("nakijken", url.Values{"subject": {"person:"}, "person": {"RW9999"}, "origin": {"beleid"}}).want(422, "er is geen collega met dit personeelsnummer")
	r.post(form, url.Values{"doe": {"nakijken"}, "subject": {"role:R99"}}).want(422, "dit bestaat niet: kies er een uit de lijst")
	p.press("nakijken", url.Values{"subject": {"person:"}, "person": {"RW1057"}, "origin": {"beleid"}}).want(403, "niemand beslist over zichzelf")

	p.press("nakijken", url.Values{"subject": {"process:P2"}, "origin": {"beleid"}, "dueOn": {"2026-11-22"}}).want(422, "Niet te laat voor: kies 23 november 2026 of later")
	p.press("nakijken", url.Values{"subject": {"process:P2"}, "origin": {"beleid"}, "since": {""}, "dueOn": {"2026-11-22"}}).want(422, "Niet te laat voor: kies vandaag of later")
	always := p.press("nakijken", url.Values{"subject": {"process:P2"}, "origin": {"beleid"}, "since": {""}, "dueOn": {"2027-06-30"}}).want(200)
	link := attr(always.first("a", func(n *html.Node) bool { return strings.HasPrefix(attr(n, "href"), "/wat-als?") }), "href")
	asked := filledIn(r.get(link).want(200, "Komt erbij", "30 juni 2027").first("form", func(n *html.Node) bool { return strings.Contains(words(n), "Reken het uit") }))
	if asked.Get("eerste-dag") != "" || asked.Get("niet-voor") != "2027-06-30" || asked.Get("voor") != "process:P2" {
		t.Errorf("the what-if asks %v", asked)
	}
	check := p.press("nakijken", url.Values{"subject": {"process:P2"}, "origin": {"beleid"}}).want(200, "Dit raakt 2 collega's", "proces Adresonderzoek en huisbezoek", "Omar Jama")
	check.press("bewaar", nil).want(200, "De verplichting is toegevoegd.", "proces Adresonderzoek en huisbezoek")
	check.press("bewaar", nil).want(200) // a second click
	p.press("nakijken", url.Values{"subject": {"process:P2"}, "origin": {"beleid"}, "inductionDays": {"10"}}).want(422, "Deze verplichting bestaat al")
	id := "bhv-process-p2-2026-11-23"
	end := func(doe, last string) *shown {
		return r.post("/regelingen/BHV/verplichtingen", url.Values{"verplichting": {id}, "doe": {doe}, "laatste": {last}})
	}
	end("einde", "x").want(422, "Kies een laatste dag.")
	end("einde", "2020-01-01").want(422, "kies 23 november 2026 of later")
	end("weg", "").want(409, "Zet er een einde aan")
	end("einde", "2026-12-31").want(200, "De verplichting krijgt een einde.", "tot en met 31 december 2026")
	end("terug", "").want(200, "Het einde is weggehaald.")

	r.get(form).press("nakijken", url.Values{"subject": {"team:T6"}, "origin": {"beleid"}, "since": {"2027-01-01"}}).want(200, "op 1 januari 2027", "Eerste dag 1 januari 2027", "Inwerktijd 90 dagen").press("bewaar", nil).want(200)
	other := h.enter(t, "RW1058").get(form + "?verplichting=bhv-team-t6-2027-01-01")
	r.get(form+"?verplichting=bhv-team-t6-2027-01-01").want(200, "Verplicht voor: team").press("nakijken", url.Values{"inductionDays": {"30"}, "since": {"2027-02-01"}}).want(200, "Inwerktijd 90 dagen 30 dagen").press("bewaar", nil).want(200, "De verplichting is gewijzigd.", "vanaf 1 februari 2027", "30 dagen inwerktijd")
	other.press("nakijken", url.Values{"inductionDays": {"60"}}).want(422, "Iemand heeft deze verplichting intussen weggehaald.")
	id = "bhv-team-t6-2027-02-01"
	other = h.enter(t, "RW1058").get(form + "?verplichting=" + id)
	r.get(form+"?verplichting="+id).press("nakijken", url.Values{"inductionDays": {"31"}}).press("bewaar", nil).want(200)
	other.press("nakijken", url.Values{"inductionDays": {"60"}}).want(422, "Intussen gewijzigd", "31 dagen 60 dagen").press("vervang", nil).want(200).press("nakijken", nil).press("bewaar", nil).want(200, "60 dagen inwerktijd")
	r.get("/regelingen/AVG/verplichting?verplichting=" + id).want(404)
	r.get(form+"?verplichting=bhv-process-p2-2026-11-23").want(200, "Deze verplichting geldt al.").press("nakijken", url.Values{"citation": {"besluit 12"}}).want(200, "geen besluit 12").press("bewaar", nil).want(200, "besluit 12")
	end("weg", "").want(200, "De verplichting is teruggezet.")
}

func TestWorkIsAddedAndChanged(t *testing.T) {
	h := openHall(t)
	h.enter(t, "RW1001").get("/regelingen/werk").want(200, "Zaaksysteem")
	r := h.enter(t, "RW1057")
	r.post("/regelingen/werk", url.Values{"nieuw": {"ja"}, "code": {"P 5"}, "naam": {""}, "soort": {"process"}, "rol": {"R99"}}).want(422, "schrijf hoogstens 32 letters", "schrijf een naam", "kies rollen uit de lijst")
	r.post("/regelingen/werk", url.Values{"code": {"P1"}, "naam": {" "}, "soort": {"process"}}).want(422, "schrijf een naam")
	r.post("/regelingen/werk", url.Values{"nieuw": {"ja"}, "code": {"P5"}, "naam": {"Trouwen"}, "soort": {"process"}, "rol": {"R03"}}).want(200, "Het werk is bewaard.", "Trouwen")
	all, err := h.office.Activities(context.Background(), h.as(t, "RW1057"))
	if err != nil || len(all) != 10 {
		t.Errorf("there are %d activities, %v", len(all), err)
	}
}
