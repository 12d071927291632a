package web

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"bekwaam/courses"
	"bekwaam/courses/academy"
	"bekwaam/courses/fault"
)

var (
	practicePage   = declare[practiceView]("practice.html", noMenu)
	practiceClosed = declare[practiceWait]("practice_closed.html", narrow)
)

// A practiceView is one question to practise with, and after an answer what there is to learn from it.
type practiceView struct {
	questionForm
	Course courses.CourseKey
	Number int // from 1
	Of     int
	Seed   string
	Title  string
	Marked *markView // nil before an answer
	Moved  string
}

// Last reports whether this is the last question to practise with.
func (p practiceView) Last() bool { return p.Number == p.Of }

// A practiceWait is the page of somebody who wants to practise while an attempt is open.
type practiceWait struct {
	Attempt courses.AttemptID
	Title   string
	Text    string
}

// practise shows a question to practise with.
func (s *Site) practise(v *visit) error {
	key, number, err := practiceOf(v)
	if err != nil {
		return err
	}
	p, err := s.office.Practice(v.ctx(), v.actor, key, number, "")
	if err != nil {
		return s.practiceRefused(v, key, err)
	}
	return s.showPractice(v, v.practice(key, p, url.Values{}))
}

// practice gathers what the page of a question to practise with shows, with a form as it is filled in.
func (l language) practice(key courses.CourseKey, p academy.Practice, form url.Values) practiceView {
	return practiceView{questionForm: questionForm{language: l, Paper: p.Paper, Form: form}, Course: key, Number: p.Number, Of: p.Of, Seed: p.Seed}
}

// practiceOf reads which question the address names.
func practiceOf(v *visit) (courses.CourseKey, int, error) {
	number, err := strconv.Atoi(v.r.PathValue("n"))
	if err != nil {
		return "", 0, noSuchPage
	}
	return courses.CourseKey(v.r.PathValue("course")), number, nil
}

// seedField gives the question back with the same ids and order as it was shown.
const seedField = "zaad"

// answerPractice tells at once what is right. It stores nothing, so it answers with the page itself.
func (s *Site) answerPractice(v *visit) error {
	key, number, err := practiceOf(v)
	if err != nil {
		return err
	}
	seed := v.field(seedField)
	p, err := s.office.Practice(v.ctx(), v.actor, key, number, seed)
	if err != nil {
		return s.practiceRefused(v, key, err)
	}
	act, item, _ := strings.Cut(v.field(actField), "-")
	answer, err := givenAnswer(p.Paper, v.r.PostForm)
	view := v.practice(key, p, v.r.PostForm)
	switch {
	case err != nil:
		return s.wrongPractice(v, view, err)
	case act == "wis":
		view.Form = url.Values{}
	case act == up || act == down:
		view.Form = fillIn(p.Paper, answer)
		view.Focus = act + "-" + item
		view.Moved = v.moved(view.questionForm, courses.OptionID(item))
	case answer.Empty():
		return s.wrongPractice(v, view, fault.New(fault.Invalid, "Geef eerst een antwoord.", "Give an answer first."))
	default:
		_, mark, err := s.office.PracticeAnswer(v.ctx(), v.actor, key, number, p.Seed, answer)
		if errors.Is(err, fault.New(fault.Invalid, "", "")) {
			return s.wrongPractice(v, view, err)
		}
		if err != nil {
			return s.practiceRefused(v, key, err)
		}
		marked := v.mark(p.Paper, mark, answer)
		view.Marked = &marked
	}
	return s.showPractice(v, view)
}

// wrongPractice shows the question again with what is wrong.
func (s *Site) wrongPractice(v *visit, view practiceView, err error) error {
	view.Problems = v.answerProblems(view.Paper, err)
	if view.Title, err = s.courseTitle(v, view.Course); err != nil {
		return err
	}
	return practicePage.refuse(v, view, view.Problems)
}

func (s *Site) showPractice(v *visit, view practiceView) (err error) {
	if view.Title, err = s.courseTitle(v, view.Course); err != nil {
		return err
	}
	return practicePage.show(v, view)
}

func (s *Site) courseTitle(v *visit, key courses.CourseKey) (string, error) {
	course, err := s.office.Course(v.ctx(), v.actor, key)
	if err != nil {
		return "", err
	}
	return course.Title, nil
}

// practiceRefused leads somebody who is busy with the quiz back to it.
func (s *Site) practiceRefused(v *visit, key courses.CourseKey, refusal error) error {
	if !errors.Is(refusal, fault.New(fault.Conflict, "", "").Because("attempt_open")) {
		return refusal
	}
	open, err := s.office.OpenAttempts(v.ctx(), v.actor)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(open, func(a courses.Attempt) bool { return a.Course == key })
	if at < 0 {
		return refusal // it was handed in a moment ago
	}
	page := practiceWait{Attempt: open[at].ID}
	f := fault.Of(refusal)
	page.Text = v.say(f.Dutch, f.English)
	if page.Title, err = s.courseTitle(v, key); err != nil {
		return err
	}
	return v.render(http.StatusConflict, practiceClosed.file, frame{layout: practiceClosed.layout, Page: page})
}
