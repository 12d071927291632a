package web

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"bekwaam/courses"
	"bekwaam/courses/academy"
	"bekwaam/courses/fault"
)

// Fields of the form of a question beside its answer.
const (
	actField      = "doe"    // which button: "volgende", "vraag-7", "omhoog-" and an item
	versionField  = "versie" // of the stored answer that the page saw
	questionField = "vraag"  // the number of the question, for addresses that do not hold it
)

// What the arrows of an ordering do.
const (
	up   = "omhoog"
	down = "omlaag"
)

var (
	conflictPage = declare[conflict]("quiz_conflict.html", narrow, noMenu)
	lostPage     = declare[lost]("quiz_lost.html", narrow, noMenu)
	latePage     = declare[late]("quiz_late.html", narrow, noMenu)
)

// A conflict is the page of an answer that was changed elsewhere: both are there, and one chooses which to keep.
type conflict struct {
	Title     string
	Path      string // of the question
	Number    int
	Ask       courses.Markdown
	Mine      told
	Stored    told
	StoredAt  time.Time
	Fields    []field // that send mine once more
	NotStored bool    // the stored answer was cleared
}

// A late is the page of an answer that came after the attempt was handed in.
type late struct {
	Title  string
	Result string // where the result is
	Text   string
	Mine   told
}

// A lost is the page of somebody whose session ended while they answered. It holds what they sent, so that they can send it again.
type lost struct {
	Path   string
	LogIn  string
	Fields []field
}

// A field is a hidden field of a form.
type field struct{ Name, Value string }

// fields lists the fields of a form in order of name.
func fields(form url.Values) []field {
	var list []field
	for name, values := range form {
		for _, value := range values {
			list = append(list, field{name, value})
		}
	}
	slices.SortStableFunc(list, func(a, b field) int { return strings.Compare(a.Name, b.Name) })
	return list
}

// keepForm saves the answer of a form that was sent to an address without the number of its question. A form that holds
// no answer is fine, and so is one whose button says to leave it: of a page that could not save it.
func (s *Site) keepForm(v *visit) (ok bool, err error) {
	if v.field(questionField) == "" || v.field(actField) == "laat" {
		return true, nil
	}
	_, ok, err = s.keep(v, v.field(questionField))
	return ok, err
}

// keep saves the answer in the form of a question. Where it could not, ok is false and the visitor has been told, or err
// says why not: no answer is dropped in silence.
func (s *Site) keep(v *visit, number string) (q asked, ok bool, err error) {
	if q, err = s.asked(v, number); err != nil {
		return q, false, err
	}
	answer, err := givenAnswer(q.paper(), v.r.PostForm)
	if err != nil {
		return q, false, v.wrongAnswer(q, err)
	}
	saved, err := s.save(v, q, answer)
	switch {
	case err == nil:
		q.Saved[saved.Question] = saved
		return q, true, nil
	case errors.Is(err, fault.New(fault.Invalid, "", "")):
		return q, false, v.wrongAnswer(q, err)
	case errors.Is(err, fault.New(fault.Conflict, "", "")) && sameAnswer(q.paper(), answer, q.saved().Answer):
		return q, true, nil // it is stored already
	case errors.Is(err, fault.New(fault.Conflict, "", "").Because("stale")):
		return q, false, v.conflict(q, answer, saved)
	case errors.Is(err, fault.New(fault.Conflict, "", "")):
		return q, false, v.late(q, answer, err)
	}
	return q, false, err
}

// sameAnswer reports whether two answers on a paper are the same, in whatever order several options were chosen.
func sameAnswer(p courses.Paper, a, b courses.Answer) bool {
	if p.Kind == courses.KindMultiple {
		a.Options, b.Options = slices.Sorted(slices.Values(a.Options)), slices.Sorted(slices.Values(b.Options))
	}
	return a.Equal(b)
}

// givenAnswer reads the answer of a form, after what its button does to it.
func givenAnswer(p courses.Paper, form url.Values) (courses.Answer, error) {
	act, item, _ := strings.Cut(form.Get(actField), "-")
	by := map[string]int{up: -1, down: 1}[act]
	if a, ok := moveItem(p, form, courses.OptionID(item), by); ok && by != 0 {
		return a, nil
	}
	if act == "wis" {
		return courses.Answer{}, nil
	}
	return readAnswer(p, form)
}

// save keeps an answer and returns what is stored now. An attempt that stands still goes on: whoever answers is back.
func (s *Site) save(v *visit, q asked, answer courses.Answer) (courses.SavedAnswer, error) {
	seen, err := strconv.Atoi(v.field(versionField))
	if err != nil {
		seen = -1 // a page that does not say what it saw overwrites nothing
	}
	if stored := q.saved(); seen == stored.Version && answer.Empty() && stored.Answer.Empty() {
		stored.Question = q.paper().Question
		return stored, nil
	}
	given := []academy.Given{{Question: q.paper().Question, Answer: answer, Version: seen}}
	kept, err := s.office.SaveAnswers(v.ctx(), v.actor, q.Attempt.ID, given)
	if errors.Is(err, fault.New(fault.Conflict, "", "").Because("paused")) {
		if _, _, err := s.office.StartAttempt(v.ctx(), v.actor, q.Attempt.Course, academy.Timing{}); err != nil {
			return courses.SavedAnswer{}, err
		}
		kept, err = s.office.SaveAnswers(v.ctx(), v.actor, q.Attempt.ID, given)
	}
	if err != nil {
		return courses.SavedAnswer{}, err
	}
	return kept[0].SavedAnswer, kept[0].Err
}

// conflict shows both answers of a question that was changed elsewhere.
func (v *visit) conflict(q asked, mine courses.Answer, stored courses.SavedAnswer) error {
	p := q.paper()
	again := fillIn(p, mine)
	again.Set(versionField, strconv.Itoa(stored.Version))
	again.Set(actField, "bewaar")
	_, ask := paragraphs(p.Prompt)
	return v.render(http.StatusConflict, conflictPage.file, frame{layout: conflictPage.layout, Page: conflict{
		Title: q.Title, Path: q.path(), Number: q.number, Ask: ask, Mine: v.inWords(p, mine), Stored: v.inWords(p, stored.Answer), StoredAt: stored.SavedAt,
		Fields: fields(again), NotStored: stored.Answer.Empty(),
	}})
}

// late tells that an answer came after the attempt was handed in.
func (v *visit) late(q asked, mine courses.Answer, err error) error {
	f := fault.Of(err)
	text := v.say(f.Dutch, f.English)
	if timeOver(q.Attempt) {
		text = v.say("De tijd was om. Je antwoorden zijn bewaard en ingeleverd.", "The time was over. Your answers were kept and handed in.")
	}
	return v.render(http.StatusConflict, latePage.file, frame{layout: latePage.layout, Page: late{
		Title: q.Title, Result: attemptPath(q.Attempt.ID, "resultaat"), Text: text, Mine: v.inWords(q.paper(), mine),
	}})
}

// holdAnswer gives an answer back to somebody whose session ended, so that they can send it once more after logging in.
func (v *visit) holdAnswer() {
	logIn := "/inloggen"
	if v.demo {
		logIn = "/"
	}
	page := lost{Path: v.r.URL.EscapedPath(), LogIn: logIn, Fields: fields(v.r.PostForm)}
	if err := v.render(http.StatusUnauthorized, lostPage.file, frame{layout: lostPage.layout, Page: page}); err != nil {
		v.site.fail(v, err)
	}
}

// A savedReply tells the script what became of an answer.
type savedReply struct {
	Version int       `json:"version"`
	SavedAt time.Time `json:"savedAt,omitzero"`
	Status  string    `json:"status"`           // for the status line
	Reason  string    `json:"reason,omitempty"` // why it was not saved
	Current []string  `json:"current,omitempty"`
}

// autosave saves an answer for the script, which stays on the page.
func (s *Site) autosave(v *visit) error {
	q, err := s.asked(v, v.r.PathValue("n"))
	if err != nil {
		return err
	}
	answer, err := givenAnswer(q.paper(), v.r.PostForm)
	var saved courses.SavedAnswer
	if err == nil {
		saved, err = s.save(v, q, answer)
	}
	switch {
	case err == nil && saved.Version == 0:
		return v.reply(http.StatusOK, savedReply{})
	case err == nil:
		return v.reply(http.StatusOK, savedReply{Version: saved.Version, SavedAt: saved.SavedAt, Status: v.savedWords(saved)})
	case errors.Is(err, fault.New(fault.Conflict, "", "").Because("stale")):
		return v.reply(http.StatusConflict, savedReply{Version: saved.Version, SavedAt: saved.SavedAt, Reason: "stale", Current: v.inWords(q.paper(), saved.Answer).Lines,
			Status: v.say("Dit antwoord is intussen ergens anders veranderd.", "This answer was changed elsewhere in the meantime.")})
	}
	f := fault.Of(err)
	status, known := statuses[fault.KindOf(err)]
	if !known {
		return err
	}
	return v.reply(status, savedReply{Version: q.saved().Version, Reason: f.Reason, Status: v.say(f.Dutch, f.English) + " " + v.say("Je antwoord is nog niet bewaard.", "Your answer is not saved yet.")})
}

// reply answers the script.
func (v *visit) reply(status int, r savedReply) error {
	v.w.Header().Set("Content-Type", "application/json")
	v.w.Header().Set("Cache-Control", "no-store")
	v.w.WriteHeader(status)
	return json.NewEncoder(v.w).Encode(r)
}
