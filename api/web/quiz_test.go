package web

import (
	"fmt"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"bekwaam/courses"
	"bekwaam/courses/academy"
	"bekwaam/courses/exchange"
	"bekwaam/courses/staff"
)

const (
	tineke   = staff.PersonID("RW1013") // whose identity certificate has lapsed
	identity = "/cursussen/ID-LOOKALIKE"
)

// identityCourse reads the course of the tests with its key.
func identityCourse(t *testing.T) (courses.Course, string) {
	t.Helper()
	source, err := os.ReadFile("../../seed/data/courses/b-identiteitsvaststelling-look-alike.md")
	if err != nil {
		t.Fatal(err)
	}
	course, err := exchange.ReadCourse(source)
	if err != nil {
		t.Fatal(err)
	}
	return course, string(source)
}

// attemptOf is the attempt that a page belongs to.
func attemptOf(t *testing.T, p *shown) courses.AttemptID {
	t.Helper()
	parts := strings.Split(p.path, "/")
	if len(parts) < 3 || parts[1] != "toets" {
		t.Fatalf("%s is no page of an attempt:\n%s", p.path, p.text())
	}
	return courses.AttemptID(parts[2])
}

// rightAnswers are the forms that answer each question of an attempt right, in its own opaque ids.
func rightAnswers(t *testing.T, h *hall, person staff.PersonID, id courses.AttemptID, course courses.Course) []url.Values {
	t.Helper()
	s, err := h.office.Attempt(t.Context(), staff.Actor{Person: person, Functions: []staff.Function{staff.Employee}}, id)
	if err != nil {
		t.Fatal(err)
	}
	var forms []url.Values
	for _, paper := range s.Papers {
		question, _ := course.Quiz.Question(paper.Question)
		form := fillIn(paper, s.Attempt.Shuffle().Conceal(question, question.Mark(courses.Answer{}).Key))
		delete(form, rowField) // the page tells its own
		forms = append(forms, form)
	}
	return forms
}

// secrets are the words of a course that nobody may see while an attempt is open.
func secrets(course string) []string {
	var found []string
	for _, m := range regexp.MustCompile(`feedback[a-z_]*: "([^"]+)"`).FindAllStringSubmatch(course, -1) {
		found = append(found, m[1])
	}
	return found
}

func (p *shown) tellsNo(secrets []string) *shown {
	p.r.t.Helper()
	text := html.UnescapeString(p.source)
	for _, secret := range secrets {
		if strings.Contains(text, secret) {
			p.r.t.Errorf("%s tells %q", p.path, secret)
		}
	}
	return p
}

func TestTinekeDoesTheWholeQuizWithoutScript(t *testing.T) {
	h := openHall(t)
	course, source := identityCourse(t)
	canaries := secrets(source)
	if len(canaries) < 30 {
		t.Fatalf("only %d canaries", len(canaries))
	}
	r := h.enter(t, tineke)
	p := r.get(identity+"/toets").want(200, "12 vragen", "80% van de punten").press("Start de toets", nil)
	id := attemptOf(t, p)
	right := rightAnswers(t, h, tineke, id, course)
	for i, answer := range right {
		p.want(200, "12,8 van de 16 punten", "Stop en ga later verder", "Wis antwoord").tellsNo(canaries)
		if want := fmt.Sprintf("Vraag %d van 12", i+1); !strings.HasPrefix(p.title(), want) {
			t.Fatalf("the title is %q, want %q", p.title(), want)
		}
		if p.first("nav", func(n *html.Node) bool { return attr(n, "aria-label") == "Hoofdmenu" }) != nil {
			t.Error("the main menu leads away from the quiz")
		}
		p = p.enter(answer)
	}
	if p.path != attemptPath(id, "controle") {
		t.Fatalf("after the last question comes %s", p.path)
	}
	p.want(200, "12 van de 12 vragen zijn beantwoord", "Alles is beantwoord").tellsNo(canaries)
	p = r.get(questionPath(id, 2)).want(200, "Antwoord bewaard om").press("markeer", nil).want(200, "Gemarkeerd").press("controle", nil).want(200, "Gemarkeerd Beantwoord")
	p = p.press("Lever in", nil).want(200, "Je certificaat is vanaf nu geldig.", "Tineke Bakker", "Geldig tot en met", "Dan staat het vanaf die dag op Mijn scholing.", "Kijk je antwoorden terug", "Alles goed")
	if got := p.heading(); got != "Gehaald: 16 van de 16 punten" {
		t.Errorf("the heading is %q", got)
	}
	if p.path != attemptPath(id, "resultaat") {
		t.Errorf("the result is at %s", p.path)
	}
	pdf := p.first("a", func(n *html.Node) bool { return strings.HasPrefix(words(n), "Download certificaat") })
	if pdf == nil || !regexp.MustCompile(`^/certificaten/RW-2026-[^/]+/document$`).MatchString(attr(pdf, "href")) {
		t.Fatal("no certificate to download")
	}
	r.get(strings.Replace(attr(pdf, "href"), "document", "pagina", 1)).want(200, "heeft behaald Laten zien")
	if p.first("svg", func(n *html.Node) bool { return attr(n, "class") == "zegel" }) == nil {
		t.Error("no seal")
	}
	for _, canary := range canaries[:1] {
		p.want(200, canary) // now it may be told
	}
	if again := r.get(questionPath(id, 3)); again.path != attemptPath(id, "resultaat") {
		t.Errorf("a question of a handed in attempt leads to %s", again.path)
	}
	if again := r.post(attemptPath(id, "inleveren"), nil); again.heading() != p.heading() {
		t.Errorf("handing in twice says %q", again.heading())
	}
}

// start starts the quiz as Tineke and returns its first page.
func start(t *testing.T, h *hall, r *reader) (*shown, courses.AttemptID, []url.Values) {
	t.Helper()
	course, _ := identityCourse(t)
	p := r.post(identity+"/toets", nil).want(200)
	id := attemptOf(t, p)
	return p, id, rightAnswers(t, h, tineke, id, course)
}

func TestAStaleTabLosesNothing(t *testing.T) {
	h := openHall(t)
	r := h.enter(t, tineke)
	stale, id, _ := start(t, h, r)
	var options []string
	for n := range stale.root.Descendants() {
		if attr(n, "name") == answerField {
			options = append(options, attr(n, "value"))
		}
	}
	stored := r.get(stale.path).press("Volgende vraag", url.Values{answerField: {options[0]}}).want(200)
	if stored.path != questionPath(id, 2) {
		t.Fatalf("the next page is %s", stored.path)
	}
	label := func(option string) string {
		return words(stale.first("label", func(n *html.Node) bool { return attr(n, "for") == "keuze-"+option }))
	}
	both := stale.press("Volgende vraag", url.Values{answerField: {options[1]}}).want(409, "Welk antwoord wil je houden?", label(options[0]), label(options[1]))
	if checked := chosen(r.get(stale.path)); checked != options[0] {
		t.Fatalf("the stale tab stored %s", checked)
	}
	if checked := chosen(both.press("Bewaar dit antwoord", nil).want(200)); checked != options[1] {
		t.Errorf("after keeping mine %s is stored", checked)
	}
	if p := stale.press("Volgende vraag", url.Values{versionField: {"no number"}, answerField: {options[2]}}); p.status != 409 {
		t.Errorf("a form that does not say what it saw answers %d", p.status)
	}
}

func chosen(p *shown) string {
	n := p.first("input", func(n *html.Node) bool { return attr(n, "name") == answerField && has(n, "checked") })
	if n == nil {
		return ""
	}
	return attr(n, "value")
}

func TestAnAnswerIsSavedByEveryButton(t *testing.T) {
	h := openHall(t)
	r := h.enter(t, tineke)
	_, id, right := start(t, h, r)
	for _, tt := range []struct {
		name, button, leads string
	}{
		{"next", "Volgende vraag", questionPath(id, 4)},
		{"previous", "Vorige vraag", questionPath(id, 2)},
		{"a number", "vraag-9", questionPath(id, 9)},
		{"mark", "markeer", questionPath(id, 3)},
		{"all questions", "controle", attemptPath(id, "controle")},
		{"stop", "Stop en ga later verder", "/mijn-scholing"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r.get(questionPath(id, 3)).press("wis", nil)
			if left := chosen(r.get(questionPath(id, 3))); left != "" {
				t.Fatalf("after clearing %s is chosen", left)
			}
			if p := r.get(questionPath(id, 3)).press(tt.button, right[2]); p.path != tt.leads {
				t.Errorf("leads to %s, want %s", p.path, tt.leads)
			}
			if got := chosen(r.get(questionPath(id, 3))); got != right[2].Get(answerField) {
				t.Errorf("%q is stored, want %s", got, right[2].Get(answerField))
			}
		})
	}
	if p := r.post(identity+"/toets", nil); p.path != questionPath(id, 1) {
		t.Errorf("resuming leads to %s, want the first open question", p.path)
	}
}

func TestAnOrderingWithoutDragging(t *testing.T) {
	h := openHall(t)
	r := h.enter(t, tineke)
	_, id, _ := start(t, h, r)
	p := r.get(questionPath(id, 4)).want(200, "Zet de documentcontrole in de vaste volgorde")
	var items []string
	for n := range p.root.Descendants() {
		if attr(n, "name") == rowField {
			items = append(items, attr(n, "value"))
		}
	}
	if len(items) != 5 {
		t.Fatalf("%d items", len(items))
	}
	wrong := p.press("Volgende vraag", url.Values{placeField + items[0]: {"2"}, placeField + items[1]: {"2"}, placeField + items[2]: {"3"}, placeField + items[3]: {"4"}}).
		want(422, "Nummer 2 staat er twee keer. Geef elke stap een eigen nummer.", "Kies een nummer voor stap 5.", "Je antwoord is nog niet bewaard.")
	if !strings.HasPrefix(wrong.title(), "Fout: ") {
		t.Errorf("the title is %q", wrong.title())
	}
	for _, item := range []string{items[1], items[4]} {
		field := wrong.first("select", func(n *html.Node) bool { return attr(n, "id") == placeField+item })
		if attr(field, "aria-invalid") != "true" || attr(field, "aria-describedby") == "" {
			t.Errorf("nothing is said at the field of %s", item)
		}
		if wrong.first("a", func(n *html.Node) bool { return attr(n, "href") == "#"+placeField+item }) == nil {
			t.Errorf("no link leads to the field of %s", item)
		}
	}
	if got := filledIn(wrong.form()).Get(placeField + items[3]); got != "4" {
		t.Errorf("the input is lost: %q", got)
	}

	text := func(item string) string {
		label := p.first("label", func(n *html.Node) bool { return attr(n, "for") == placeField+item })
		return strings.TrimPrefix(words(label), "Plaats van: ")
	}
	moved := p.press("omhoog-"+items[2], nil).want(200, "“"+short(text(items[2]))+"” staat nu op plaats 2.", "Antwoord bewaard om")
	form := filledIn(moved.form())
	if got := strings.Join(form[rowField], " "); got != strings.Join([]string{items[0], items[2], items[1], items[3], items[4]}, " ") {
		t.Errorf("the rows are %s", got)
	}
	button := moved.first("button", func(n *html.Node) bool { return has(n, "autofocus") })
	if button == nil || attr(button, "id") != "omhoog-"+items[2] {
		t.Error("the focus does not stay on the button of the item")
	}
	moved.press("omlaag-"+items[2], nil).want(200, "” staat nu op plaats 3.")
	r.get(questionPath(id, 4) + "?stap=x&richting=%22%3E%3Cb%3E").want(200)
}

func TestInputThatIsNoAnswerComesBack(t *testing.T) {
	h := openHall(t)
	r := h.enter(t, tineke)
	_, id, _ := start(t, h, r)
	wrong := r.get(questionPath(id, 8)).press("Volgende vraag", url.Values{answerField: {"tien <jaar>"}}).want(422, "Schrijf een getal")
	if field := wrong.first("input", func(n *html.Node) bool { return attr(n, "id") == answerField }); attr(field, "value") != "tien <jaar>" || attr(field, "aria-invalid") != "true" {
		t.Errorf("the field holds %q", attr(field, "value"))
	}
	if p := wrong.press("Stop zonder dit antwoord te bewaren", nil); p.path != "/mijn-scholing" {
		t.Errorf("stopping with a wrong answer leads to %s", p.path)
	}
	r.get(questionPath(id, 8)).press("Volgende vraag", url.Values{answerField: {"2,50"}}).want(200)
	if field := r.get(questionPath(id, 8)).first("input", func(n *html.Node) bool { return attr(n, "id") == answerField }); attr(field, "value") != "2,5" {
		t.Errorf("a decimal comes back as %q", attr(field, "value"))
	}
	for _, tt := range []struct {
		name   string
		number int
		form   string
	}{
		{"an option of another question", 1, "antwoord=zz"},
		{"two radio buttons", 1, "antwoord=aa&antwoord=bb"},
		{"a truth that is none", 3, "antwoord=misschien"},
		{"a right side that is not there", 7, ""},
		{"an option of a gap that is not there", 11, "gat-g1=zz"},
		{"a text that is too long", 9, "antwoord=" + strings.Repeat("a", courses.MaxText+1)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			form := values(t, tt.form+"&versie=0")
			if tt.number == 7 {
				left := r.get(questionPath(id, 7)).first("select", func(n *html.Node) bool { return strings.HasPrefix(attr(n, "name"), pairField) })
				form.Set(attr(left, "name"), "zz")
			}
			r.post(questionPath(id, tt.number), form).want(422)
		})
	}
	r.get(attemptPath(id, "vraag/0")).want(404)
	r.get(attemptPath(id, "vraag/13")).want(404)
	r.get(attemptPath(id, "vraag/01")).want(404)
	r.post(questionPath(id, 1), url.Values{versionField: {"0"}, actField: {"vraag-../../hulp"}}).want(404)
}

func TestSomebodyElsesAttemptDoesNotExist(t *testing.T) {
	h := openHall(t)
	_, id, right := start(t, h, h.enter(t, tineke))
	other := h.enter(t, "RW1003")
	for _, page := range []string{"vraag/1", "controle", "resultaat"} {
		other.get(attemptPath(id, page)).want(404)
	}
	for _, act := range []string{"vraag/1", "stop", "tijd", "inleveren", "vervolg"} {
		form := url.Values{versionField: {"0"}, questionField: {"1"}, "keuze": {"talk"}, answerField: right[0][answerField]}
		other.post(attemptPath(id, act), form).want(404)
	}
	if p := other.post(attemptPath(id, "antwoord/1"), url.Values{versionField: {"0"}, answerField: right[0][answerField]}); p.status != 404 || p.first("h1", nil) == nil {
		t.Errorf("autosave answers %d, and not with a page, after which the script does not try again", p.status)
	}
}

func TestAnAnswerOutlivesTheSession(t *testing.T) {
	h := openHall(t)
	r := h.enter(t, tineke)
	p, id, right := start(t, h, r)
	h.wait(academy.SessionLength + time.Minute)
	held := p.press("Volgende vraag", right[0]).want(401, "Je was te lang weg", "Je antwoord is nog niet bewaard")
	r.logIn(tineke)
	if next := held.press("Bewaar mijn antwoord", nil).want(200); next.path != questionPath(id, 2) {
		t.Errorf("leads to %s", next.path)
	}
	if got := chosen(r.get(questionPath(id, 1))); got != right[0].Get(answerField) {
		t.Errorf("%q is stored", got)
	}
}

func TestTheScriptSavesWithoutLeavingThePage(t *testing.T) {
	h := openHall(t)
	r := h.enter(t, tineke)
	_, id, right := start(t, h, r)
	save := func(version string, answer []string) *shown {
		return r.post(attemptPath(id, "antwoord/1"), url.Values{versionField: {version}, answerField: answer})
	}
	if p := save("0", right[0][answerField]); p.status != http.StatusOK || !strings.Contains(p.source, `"version":1`) || !strings.Contains(p.source, "Antwoord bewaard om") {
		t.Errorf("the first save answers %d %s", p.status, p.source)
	}
	if p := save("0", right[0][answerField]); p.status != http.StatusOK || !strings.Contains(p.source, `"version":1`) {
		t.Errorf("the same again answers %d %s", p.status, p.source)
	}
	if p := save("0", nil); p.status != http.StatusConflict || !strings.Contains(p.source, `"reason":"stale"`) || !strings.Contains(p.source, "Iemand gebruikt een echt document") {
		t.Errorf("a stale save answers %d %s", p.status, p.source)
	}
	if p := save("1", []string{"zz"}); p.status != http.StatusUnprocessableEntity || !strings.Contains(p.source, "nog niet bewaard") {
		t.Errorf("an unknown option answers %d %s", p.status, p.source)
	}
	r.post(attemptPath(id, "inleveren"), nil)
	if p := save("1", nil); p.status != http.StatusConflict || !strings.Contains(p.source, `"reason":"submitted"`) {
		t.Errorf("after handing in it answers %d %s", p.status, p.source)
	}
	r.post(questionPath(id, 1), url.Values{versionField: {"1"}, answerField: {isTrue}}).want(409, "Dit antwoord telt niet meer mee", isTrue)
	if p := r.post(questionPath(id, 1), url.Values{versionField: {"1"}, answerField: right[0][answerField]}); p.path != attemptPath(id, "resultaat") {
		t.Errorf("an answer that is stored already leads to %s", p.path)
	}
}
