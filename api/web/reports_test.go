package web

import (
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func TestTheStateOfADay(t *testing.T) {
	h := openHall(t)
	h.enter(t, "RW1013").get("/stand").want(403)
	hr := h.enter(t, "RW1057")
	p := hr.get("/stand").want(200, "Stand op 23 november 2026", "Stand van vandaag,", "Burgerzaken Balie", "11 van de 12", "1 verlopen", "1 in uitloop")
	if strings.Contains(p.source, "als niemand iets doet") {
		t.Error("today is told as a day to come")
	}
	p = hr.get("/stand?op=2026-11-23&team=T1&regeling=INT-ID").want(200, "Identiteitsvaststelling", "Tineke Bakker", "5 oktober 2026")
	if first := p.first("tbody", nil); !strings.Contains(words(first), "Tineke") || strings.Index(words(first), "Tineke") > strings.Index(words(first), "Marloes") {
		t.Error("who needs attention does not come first")
	}
	hr.get("/stand?op=2027-03-01").want(200, "Zo zit het die dag als niemand iets doet.")
	hr.get("/stand?op=2024-03-01").want(200, "Wie intussen weg is, telt mee.")
	hr.get("/stand?op=1999-01-01").want(200, "Die dag wordt hier van niemand iets gevraagd.")
	for _, bad := range []string{"2026-02-30", "morgen", "9999-01-01", `"><b>`} {
		p := hr.get("/stand?op="+url.QueryEscape(bad)).want(422, "Kies een dag die bestaat")
		if got := attr(p.first("input", func(n *html.Node) bool { return attr(n, "id") == "op" }), "value"); got != bad {
			t.Errorf("%q came back as %q", bad, got)
		}
	}
	leader := h.enter(t, "RW1001")
	p = leader.get("/stand").want(200, "Burgerzaken Balie")
	if strings.Contains(p.source, "Sociaal Loket") {
		t.Error("a leader sees another team")
	}
	leader.get("/stand?team=T4").want(404)
	sheet := leader.get("/stand/lijst.csv?op=2026-11-23").want(200)
	if !strings.HasPrefix(sheet.source, "\ufeffDag;Team;Regeling;") || !strings.Contains(sheet.source, "2026-11-23;Burgerzaken Balie;INT-ID;") {
		t.Errorf("the file begins with %.200q", sheet.source)
	}
	leader.get("/stand/lijst.csv?op=x").want(422)
}

func TestTheForecastAndItsProposal(t *testing.T) {
	h := openHall(t)
	h.enter(t, "RW1013").get("/vooruitblik").want(403)
	hr := h.enter(t, "RW1057")
	p := hr.get("/vooruitblik").want(200, "Wat verloopt er tot en met 31 oktober 2028?", "In december 2026 verlopen in team Burgerzaken Balie 5 certificaten Identiteitsvaststelling", "Voorstel om te spreiden", "Dit had uiterlijk 5 oktober 2026 gemoeten: plan het nu.")
	rows := 0
	for n := range p.root.Descendants() {
		if n.Type == html.ElementNode && n.Data == "svg" && attr(n, "class") == "staaf" {
			rows++
		}
	}
	if rows != 24 {
		t.Errorf("%d months have a bar", rows)
	}
	leader := h.enter(t, "RW1001")
	p = leader.get("/vooruitblik").want(200, "Marloes van Rijn")
	if strings.Contains(p.source, "Sociaal Loket") {
		t.Error("a leader sees another team")
	}
	leader.get("/vooruitblik?team=T4").want(404)
	for path, header := range map[string]string{"/vooruitblik/maanden.csv": "Team;Maand;Verloopt;", "/vooruitblik/voorstel.csv": "Team;Week;Vanaf maandag;"} {
		if sheet := leader.get(path).want(200); !strings.HasPrefix(sheet.source, "\ufeff"+header) || strings.Count(sheet.source, "\n") < 20 {
			t.Errorf("%s begins with %.200q", path, sheet.source)
		}
	}
}

func TestWhatIfTriesARuleAndKeepsTheQuestion(t *testing.T) {
	h := openHall(t)
	h.enter(t, "RW1013").get("/wat-als").want(403)
	h.enter(t, "RW1001").get("/wat-als").want(403) // a leader changes no rules
	hr := h.enter(t, "RW1057")
	hr.get("/wat-als").want(200, "Welke regeling?")
	hr.get("/wat-als?regeling=GEEN").want(404)
	hr.get("/wat-als?regeling=INT-AVG").want(200, "Nu: Geldt 12 maanden", "Verander hierboven iets")
	p := hr.get("/wat-als?regeling=INT-AVG&maanden=24").want(200, "Dit zou er gebeuren", "Dit raakt 51 collega's.", "Vervalt")
	if got := attr(p.first("input", func(n *html.Node) bool { return attr(n, "id") == "maanden" }), "value"); got != "24" {
		t.Errorf("the question came back as %q", got)
	}
	hr.get("/wat-als?regeling=INT-AVG&venster=0").want(200, "keer verliest iemand hierdoor een bevoegdheid", "ook als die op tijd is")
	hr.get("/wat-als?regeling=BHV&voor=role%3AR09&inwerkdagen=30").want(200, "Komt erbij", "Ilse Hoekstra")
	hr.get("/wat-als?regeling=EED&zonder=eed-everybody-all").want(200, "Dit zou er gebeuren")
	hr.get("/wat-als?regeling=BHV&methode=fixed&vaste-dag=1&vaste-maand=12&minstens=6").want(200, "Dan uiterlijk", "30 november 2027", "Over deze regeling gaan")
	for query, words := range map[string]string{
		"methode=fixed&vaste-dag=29&vaste-maand=2&minstens=6": "Kies een vaste dag die elk jaar bestaat", "methode=fixed&vaste-dag=een&vaste-maand=2&minstens=6": "Schrijf een heel getal",
		"maanden=12&venster=12": "Maak het venster korter dan de geldigheid.", "maanden=twaalf": "Schrijf een heel getal", "maanden=24&vanaf=2026-11-23": "Kies een dag die nog komt.",
		"voor=role%3AR99": "dit bestaat niet", "zonder=x": "kies een verplichting uit de lijst", "methode=ooit": "vanaf de dag van halen, altijd aansluitend", "methode=fixed&vaste-dag=1&vaste-maand=2&minstens=13": "Kies 1 tot en met 12 maanden voor de kortste periode met een vaste dag.", "voor=role%3AR09&inwerkdagen=-1": "schrijf een getal",
	} {
		hr.get("/wat-als?regeling=INT-AVG&"+query).want(422, words)
	}
	sheet := hr.get("/wat-als/lijst.csv?regeling=INT-AVG&maanden=24").want(200)
	if !strings.HasPrefix(sheet.source, "\ufeffPersoneelsnummer;Naam;") || strings.Count(sheet.source, "\n") < 51 {
		t.Errorf("the file begins with %.200q", sheet.source)
	}
	hr.get("/wat-als/lijst.csv?regeling=INT-AVG").want(422)

	hr.get("/regelingen/INT-ID/bewerken").press("nakijken", url.Values{"graceMonths": {"5"}, "appliesFrom": {"2027-06-01"}}).press("bewaar", nil).want(200)
	p = hr.get("/wat-als?regeling=INT-ID").want(200, "Vanaf 1 juni 2027: Geldt", "daarna 5 maanden uitloop. Hieronder staat wat de laatste versie zegt.")
	if now, _, _ := strings.Cut(p.text(), "Vanaf 1 juni 2027"); strings.Contains(now, "5 maanden uitloop") {
		t.Error("what applies today is what applies later")
	}
}

func TestTheReportsAreWholeInBothLanguages(t *testing.T) {
	h := openHall(t)
	for _, lang := range languages {
		r := h.enter(t, "RW1057")
		for _, path := range []string{"/stand?op=2027-03-01&regeling=INT-ID", "/vooruitblik", "/wat-als", "/wat-als?regeling=BHV&maanden=24&voor=everybody"} {
			mark := "?"
			if strings.Contains(path, "?") {
				mark = "&"
			}
			p := r.get(path + mark + "lang=" + string(lang)).want(200)
			p.checkFrame(lang)
		}
	}
}
