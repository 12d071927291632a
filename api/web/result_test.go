package web

import (
	"fmt"
	"math/big"
	"net/url"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"bekwaam/courses"
	"bekwaam/courses/academy"
	"bekwaam/courses/staff"
)

func TestNotPassedYet(t *testing.T) {
	h := openHall(t)
	_, source := identityCourse(t)
	canaries := secrets(source)
	r := h.enter(t, tineke)

	_, id, right := start(t, h, r)
	for i, answer := range right[:11] { // a third of them is no pass
		if i%3 == 0 {
			r.get(questionPath(id, i+1)).enter(answer)
		}
	}
	p := r.get(attemptPath(id, "controle")).want(200, "Vraag 2, 3, 5, 6, 8, 9, 11 en 12 zijn nog open. Toch inleveren?").press("Lever toch in", nil).
		want(200, "Je hebt 12,8 van de 16 punten nodig.", "Probeer opnieuw vanaf morgen, ", "Zo ging het per leerdoel", "Lees les 3 nog eens", "Niemand anders ziet je score.").tellsNo(canaries)
	if got := p.heading(); got != "Nog niet gehaald: 5 van de 16 punten" {
		t.Errorf("the heading is %q", got)
	}
	if p.first("details", nil) != nil {
		t.Error("a first failed attempt shows the answers")
	}
	r.post(identity+"/toets", nil).want(409, "Probeer opnieuw vanaf morgen, ", "Bekijk je laatste resultaat")
	for _, path := range []string{identity, "/mijn-scholing"} {
		r.get(path).offersNoStart().want(200, "Opnieuw vanaf morgen, ", "Bekijk je laatste resultaat")
	}
	r.get(identity+"/toets").want(409, "Probeer opnieuw vanaf morgen, ")

	for range 2 {
		h.wait(25 * time.Hour)
		r.logIn(tineke)
		_, id, _ = start(t, h, r)
		p = r.get(attemptPath(id, "controle")).press("Lever toch in", nil).want(200, "Nog niet gehaald: 0 van de 16 punten")
	}
	p.want(200, "Hoe wil je verder?", "Samen met een collega", "Kijk je antwoorden terug", "Niet ingevuld", "Goed is:")
	refused := r.post(identity+"/toets", nil).want(409, "Je pogingen zijn op")
	if link := refused.first("a", func(n *html.Node) bool { return words(n) == "Kies hoe je verder wilt" }); link == nil || attr(link, "href") != attemptPath(id, "resultaat") {
		t.Error("no link leads to the choice")
	}
	for _, path := range []string{identity, "/mijn-scholing"} {
		r.get(path).offersNoStart().want(200, "Je pogingen zijn op", "Kies hoe je verder wilt")
	}
	wrong := p.press("Bewaar mijn keuze", nil).want(422, "Kies hoe je verder wilt.")
	if !strings.HasPrefix(wrong.title(), "Fout: ") {
		t.Errorf("the title is %q", wrong.title())
	}
	p.press("Bewaar mijn keuze", url.Values{"keuze": {"talk"}}).want(200, "We weten nu hoe je verder wilt.", "Verander mijn keuze").
		press("Verander mijn keuze", url.Values{"keuze": {"reread"}}).want(200)
	r.get("/mijn-scholing").offersNoStart().want(200, "Je koos hoe je verder wilt. Dat wacht op P&O.", "Bekijk je keuze")
	r.get(identity+"/toets").want(409, "Je koos hoe je verder wilt.")
	h.enter(t, "RW1057").get("/vervolg").want(200, "Tineke Bakker", "Wil de lessen herlezen met een collega Identiteitsvaststelling")
	officer := staff.Actor{Person: "RW1057", Functions: []staff.Function{staff.Employee, staff.TrainingOfficer}}
	if err := h.office.SettleFollowUp(t.Context(), officer, id); err != nil {
		t.Fatal(err)
	}
	r.get(attemptPath(id, "resultaat")).want(200, "Je kunt het nu opnieuw proberen").press("Start de toets opnieuw", nil).want(200, "Vraag 1 van 12")
}

// offersNoStart checks that the page does not offer to start the quiz of the tests.
func (p *shown) offersNoStart() *shown {
	p.r.t.Helper()
	if p.first("form", func(n *html.Node) bool { return attr(n, "action") == identity+"/toets" }) != nil {
		p.r.t.Errorf("%s offers to start the quiz", p.path)
	}
	if p.first("a", func(n *html.Node) bool { return attr(n, "href") == identity+"/toets" }) != nil {
		p.r.t.Errorf("%s leads to the quiz", p.path)
	}
	return p
}

func TestWhoHasNoAttemptsLeftIsNotAskedForTime(t *testing.T) {
	h := openHall(t)
	timed(t, h, 20)
	r := h.enter(t, tineke)
	r.get(identity+"/toets").press("Start de toets", url.Values{"duur": {"geen"}}).press("controle", nil).press("Lever toch in", nil)
	p := r.post(identity+"/toets", nil).want(409, "Probeer opnieuw vanaf morgen, ")
	if strings.Contains(p.text(), "Hoeveel tijd") {
		t.Error("it asks how much time one wants")
	}
}

func TestMijnScholingListsWhatNobodyDemands(t *testing.T) {
	h := openHall(t)
	person := staff.PersonID("RW1059") // has no duty for the course
	r := h.enter(t, person)
	if p := r.get("/mijn-scholing").want(200); strings.Contains(p.text(), "Waar je mee bezig bent") {
		t.Error("it lists what nobody is busy with")
	}
	const busy = "Waar je mee bezig bent Identiteitsvaststelling"
	p := r.post(identity+"/toets", nil).want(200).press("Stop en ga later verder", nil).want(200, busy, "Je toets staat nog open.")
	for attempt := range 3 {
		p = r.post(identity+"/toets", nil).want(200, "Vraag 1 van 12").press("controle", nil).press("Lever toch in", nil).want(200)
		if attempt < 2 {
			h.wait(25 * time.Hour)
			r.logIn(person)
		}
	}
	p.press("Bewaar mijn keuze", url.Values{"keuze": {"talk"}}).want(200)
	p = r.get("/mijn-scholing").want(200, busy, "Je koos hoe je verder wilt. Dat wacht op P&O.", "Bekijk je keuze")
	if link := p.first("a", func(n *html.Node) bool { return words(n) == "Bekijk je keuze" }); !strings.HasSuffix(attr(link, "href"), "/resultaat") {
		t.Errorf("the choice is at %s", attr(link, "href"))
	}
}

// timed publishes the next version of the course of the tests with a time limit.
func timed(t *testing.T, h *hall, minutes int) {
	t.Helper()
	_, source := identityCourse(t)
	source = strings.Replace(source, "\nversion: 1\n", fmt.Sprintf("\nversion: 2\nquiz: {time_limit_minutes: %d}\n", minutes), 1)
	author := staff.Actor{Person: "RW1057", Functions: []staff.Function{staff.Employee, staff.Author}}
	if _, err := h.office.DraftVersion(t.Context(), author, "ID-LOOKALIKE", []byte(source)); err != nil {
		t.Fatal(err)
	}
	if _, err := h.office.PublishVersion(t.Context(), author, academy.VersionID{Course: "ID-LOOKALIKE", Number: 2}); err != nil {
		t.Fatal(err)
	}
}

func TestTimeIsForTheEmployeeToChoose(t *testing.T) {
	h := openHall(t)
	timed(t, h, 20)
	r := h.enter(t, tineke)
	before := r.post(identity+"/toets", nil).want(200, "Hoeveel tijd wil je?", "20 minuten", "200 minuten (10 keer zo lang)", "Zonder tijdslimiet")
	p := before.press("Start de toets", url.Values{"duur": {"2"}}).want(200, "nog 40 minuten")
	id := attemptOf(t, p)
	if !has(offer(p), "hidden") {
		t.Error("more time is offered from the start")
	}
	p = p.press("verberg", nil).want(200, "De tijd is verborgen.").press("toon", nil).want(200, "nog 40 minuten")
	address, _ := url.Parse(h.server.URL)
	for _, cookie := range r.http.Jar.Cookies(address) {
		if cookie.Name == hiddenTimeCookie {
			t.Error("the browser keeps that the time was hidden")
		}
	}
	p = p.press("meer", nil).want(200, "Je hebt meer tijd gekregen.", "nog 60 minuten")
	h.wait(30 * time.Minute)
	r.get(p.path).want(200, "nog 30 minuten").press("Stop en ga later verder", nil)
	h.wait(2 * time.Hour)
	r.get(questionPath(id, 1)).want(200, "De toets staat stil", "30 minuten")
	p = r.get(attemptPath(id, "controle")).want(200, "De toets staat stil").press("Ga verder met de toets", nil).want(200, "nog 30 minuten")
	h.wait(29*time.Minute + 30*time.Second)
	p = r.get(p.path).want(200, "nog 1 minuut")
	if has(offer(p), "hidden") {
		t.Error("in the last minute no more time is offered")
	}
	course, _ := identityCourse(t)
	right := rightAnswers(t, h, tineke, id, course)
	p = p.press("Volgende vraag", right[0]).want(200)
	h.wait(time.Minute)
	p.press("Volgende vraag", right[1]).want(409, "Dit antwoord telt niet meer mee", "De tijd was om.")
	p = r.get(p.path).want(200, "De tijd was om. Je antwoorden zijn bewaard en ingeleverd.")
	if got := p.heading(); got != "Nog niet gehaald: 1 van de 16 punten" {
		t.Errorf("the heading is %q", got)
	}
}

func TestGoingOnAfterTheTimeLeadsToTheResult(t *testing.T) {
	h := openHall(t)
	timed(t, h, 20)
	r := h.enter(t, tineke)
	p := r.post(identity+"/toets", nil).want(200).press("Start de toets", url.Values{"duur": {"2"}}).want(200, "nog 40 minuten")
	id := attemptOf(t, p)
	h.wait(41 * time.Minute)
	if p := r.post(identity+"/toets", nil).want(200); p.path != attemptPath(id, "resultaat") {
		t.Errorf("going on leads to %s", p.path)
	}
}

// offer is the part of the page that offers more time in the last minute.
func offer(p *shown) *html.Node {
	return p.first("div", func(n *html.Node) bool { return has(n, "data-laatste") })
}

func TestNoLimitCanBeChosen(t *testing.T) {
	h := openHall(t)
	timed(t, h, 20)
	r := h.enter(t, tineke)
	p := r.get(identity+"/toets").press("Start de toets", url.Values{"duur": {"geen"}}).want(200)
	if p.first("section", func(n *html.Node) bool { return attr(n, "aria-labelledby") == "tijd" }) != nil {
		t.Error("there is a time box")
	}
}

func TestPointsAreWrittenAsPeopleDo(t *testing.T) {
	for _, tt := range []struct {
		exact *big.Rat
		want  string
	}{
		{big.NewRat(9, 1), "9"},
		{big.NewRat(64, 5), "12,8"},
		{big.NewRat(25, 3), "8,33"},
		{big.NewRat(26, 3), "8,67"},
		{new(big.Rat), "0"},
	} {
		if got := dutch.points(tt.exact); got != tt.want {
			t.Errorf("%s is written as %s, want %s", tt.exact, got, tt.want)
		}
	}
}

func TestEachOutcomeIsExplained(t *testing.T) {
	for _, outcome := range []courses.Outcome{courses.BeforeWindow, courses.ComponentsMissing, courses.FullCourseNeeded, courses.OtherRefresher, courses.PrerequisiteFirst, courses.NoScheme} {
		for _, l := range languages {
			page := result{language: l}
			page.Outcome = outcome
			if page.Explanation() == "" {
				t.Errorf("%s is not explained in %s", outcome, l)
			}
		}
	}
}
