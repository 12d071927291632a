package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"bekwaam/courses"
	"bekwaam/courses/academy"
)

var questionPage = declare[questionView]("quiz_question.html", noMenu)

// A questionView is one question of an attempt.
type questionView struct {
	questionForm
	Attempt   courses.AttemptID
	Title     string // of the course
	Number    int
	Steps     []step
	Version   int    // of the stored answer, as this page saw it
	Marked    bool   // for later
	Moved     string // what an arrow just did
	Status    string // when the answer was saved
	Kept      bool   // Status is about the answer as it stands here
	Points    string // how many are needed
	Limited   bool   // a time limit runs
	Hidden    bool   // and the visitor does not want to see it
	Seconds   int
	Minutes   int
	LastBit   bool // a minute or less is left
	Extension int  // minutes that "more time" gives
}

// Last reports whether this is the last question.
func (q questionView) Last() bool { return q.Number == len(q.Steps) }

// Reminders says at which minutes the page will tell that time is short; empty where none of them is to come.
func (q questionView) Reminders() string {
	var left []int
	for _, minutes := range reminders {
		if minutes < q.Minutes {
			left = append(left, minutes)
		}
	}
	switch len(left) {
	case 0:
		return ""
	case 1:
		return q.say("We zeggen het als er nog %s over is.", "We tell you when %s is left.", q.minutes(left[0]))
	}
	return q.say("We zeggen het als er nog %s minuten over zijn.", "We tell you when %s minutes are left.", q.list(left))
}

// reminders are the minutes at which the script says how much time is left; it holds the same.
var reminders = []int{10, 5, 1}

// A step is one question in the row of all.
type step struct {
	Number   int
	Prompt   courses.Markdown
	Answered bool
	Marked   bool
	Here     bool
}

// steps tells of every question whether it is answered or marked.
func steps(s academy.Sitting, here int) []step {
	var row []step
	for i, paper := range s.Papers {
		saved := s.Saved[paper.Question]
		_, ask := paragraphs(paper.Prompt)
		row = append(row, step{i + 1, ask, !saved.Answer.Empty(), saved.Marked, i+1 == here})
	}
	return row
}

// An asked is the question that an address names.
type asked struct {
	academy.Sitting
	number int // from 1
}

func (a asked) paper() courses.Paper       { return a.Papers[a.number-1] }
func (a asked) saved() courses.SavedAnswer { return a.Saved[a.paper().Question] }
func (a asked) path() string               { return questionPath(a.Attempt.ID, a.number) }

// asked reads the question with a number of the attempt of the address.
func (s *Site) asked(v *visit, number string) (asked, error) {
	sitting, err := s.sitting(v)
	if err != nil {
		return asked{}, err
	}
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 || n > len(sitting.Papers) || strconv.Itoa(n) != number {
		return asked{}, noSuchPage
	}
	return asked{sitting, n}, nil
}

// question shows a question with the answer that is stored.
func (s *Site) question(v *visit) error {
	q, err := s.asked(v, v.r.PathValue("n"))
	switch {
	case err != nil:
		return err
	case !q.Attempt.Open():
		return v.redirect(attemptPath(q.Attempt.ID, "resultaat"))
	case !q.Attempt.PausedAt.IsZero():
		return paused(v, q.Sitting)
	}
	view := v.questionView(q, fillIn(q.paper(), q.saved().Answer))
	item := courses.OptionID(v.query("stap"))
	if view.Moved = v.moved(view.questionForm, item); view.Moved != "" {
		view.Focus = v.query("richting") + "-" + string(item)
	}
	return questionPage.show(v, view)
}

// questionView gathers what the page of a question shows, with a form as it is filled in.
func (v *visit) questionView(q asked, form url.Values) questionView {
	saved := q.saved()
	view := questionView{
		questionForm: questionForm{language: v.language, Paper: q.paper(), Form: form},
		Attempt:      q.Attempt.ID, Title: q.Title, Number: q.number, Steps: steps(q.Sitting, q.number),
		Version: saved.Version, Marked: saved.Marked, Points: v.pointsNeeded(q.PassMark, maximum(q.Papers)),
		Limited: !q.Attempt.EndsAt.IsZero(), Hidden: v.cookie(hiddenTimeCookie) != "", Seconds: q.SecondsLeft, Minutes: minutesLeft(q.Sitting),
		LastBit: q.SecondsLeft <= 60, Extension: int(q.Quiz.TimeLimit.Minutes()),
	}
	if saved.Version > 0 {
		view.Kept = true
		view.Status = v.savedWords(saved)
	}
	return view
}

// savedWords says when an answer was saved.
func (v *visit) savedWords(saved courses.SavedAnswer) string {
	if saved.Answer.Empty() {
		return v.say("Antwoord gewist om %s", "Answer cleared at %s", v.clock(saved.SavedAt))
	}
	return v.say("Antwoord bewaard om %s", "Answer saved at %s", v.clock(saved.SavedAt))
}

// cookie is the value of a cookie; empty where there is none.
func (v *visit) cookie(name string) string {
	c, err := v.r.Cookie(name)
	if err != nil {
		return ""
	}
	return c.Value
}

// answerQuestion saves what the form says and goes where its button leads.
func (s *Site) answerQuestion(v *visit) error {
	number := v.r.PathValue("n")
	q, ok, err := s.keep(v, number)
	if !ok {
		return err
	}
	act, detail, _ := strings.Cut(v.field(actField), "-")
	switch act {
	case "vorige":
		return v.redirect(questionPath(q.Attempt.ID, max(q.number-1, 1)))
	case "vraag":
		return v.redirect(attemptPath(q.Attempt.ID, "vraag/"+url.PathEscape(detail)))
	case "controle":
		return v.redirect(attemptPath(q.Attempt.ID, "controle"))
	case "markeer":
		if err := s.office.MarkQuestion(v.ctx(), v.actor, q.Attempt.ID, q.paper().Question, !q.saved().Marked); err != nil {
			return err
		}
		return v.redirect(q.path())
	case up, down:
		return v.redirect(q.path() + "?" + url.Values{"stap": {detail}, "richting": {act}}.Encode())
	case "wis", "bewaar":
		return v.redirect(q.path())
	}
	if q.number == len(q.Papers) {
		return v.redirect(attemptPath(q.Attempt.ID, "controle"))
	}
	return v.redirect(questionPath(q.Attempt.ID, q.number+1))
}

// wrongAnswer shows the page of a question again, as it was filled in, with what is wrong on top and at each field.
func (v *visit) wrongAnswer(q asked, err error) error {
	view := v.questionView(q, v.r.PostForm)
	view.Problems = v.answerProblems(q.paper(), err)
	if view.Kept = false; view.Status != "" && !q.saved().Answer.Empty() {
		view.Status = v.say("Je laatste volledige antwoord is bewaard om %s", "Your latest complete answer was saved at %s", v.clock(q.saved().SavedAt))
	}
	return v.render(http.StatusUnprocessableEntity, questionPage.file, frame{layout: questionPage.layout, Page: view, Problems: view.Problems})
}
