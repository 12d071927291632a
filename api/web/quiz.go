package web

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"

	"bekwaam/courses"
	"bekwaam/courses/academy"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
)

var (
	quizStartPage   = declare[quizStart]("quiz_start.html", narrow)
	quizRefusedPage = declare[quizRefused]("quiz_refused.html", narrow)
	quizPausedPage  = declare[quizPaused]("quiz_paused.html", narrow, noMenu)
)

// A quizStart is the page before a quiz: what it asks, and the choice of time where there is a limit.
type quizStart struct {
	Course    courses.CourseKey
	Title     string
	Questions int
	PassMark  int
	Limit     int      // minutes; 0: none
	Longer    []longer // one may choose
	Open      bool     // an attempt is open: one goes on with it
	Practice  bool     // there are questions to practise with first
	Attempts  int      // in a cycle
}

// A longer is a time limit so many times as long.
type longer struct{ Factor, Minutes int }

// A quizRefused is the page of somebody who cannot start now: when they can, and what they can do until then.
type quizRefused struct {
	refusal
	Course   courses.CourseKey
	Title    string
	Practice bool
}

// A refusal is why somebody cannot start a quiz now.
type refusal struct {
	When   string            // "morgen, 24 november om 10.42 uur"; empty where waiting does not help
	Last   courses.AttemptID // the latest attempt: its result says what one can do
	Chosen bool              // one chose how to go on, and that waits for somebody
}

// refusal puts in words why an attempt may not start; nil where err is no *courses.Refused.
func (s *Site) refusal(v *visit, err error) (*refusal, error) {
	var refused *courses.Refused
	switch {
	case !errors.As(err, &refused):
		return nil, err
	case !refused.AvailableAt.IsZero():
		return &refusal{When: v.moments(refused), Last: refused.Last}, nil
	}
	waiting, err := s.office.OwnFollowUps(v.ctx(), v.actor)
	chosen := slices.ContainsFunc(waiting, func(f courses.FollowUp) bool { return f.Attempt == refused.Last })
	return &refusal{Last: refused.Last, Chosen: chosen}, err
}

// mayStart asks whether the visitor can start the quiz of a course or go on with it; nil where they can.
func (s *Site) mayStart(v *visit, key courses.CourseKey) (*refusal, error) {
	return s.refusal(v, s.office.MayStart(v.ctx(), v.actor, key))
}

// refuseQuiz shows why a quiz cannot start now.
func (v *visit) refuseQuiz(course academy.Listing, refused refusal) error {
	page := quizRefused{refused, course.Key, course.Title, len(course.Quiz.PracticeQuestions()) > 0}
	return v.render(http.StatusConflict, quizRefusedPage.file, frame{layout: quizRefusedPage.layout, Page: page})
}

// A quizPaused is the page of an attempt whose time stands still.
type quizPaused struct {
	Course  courses.CourseKey
	Title   string
	Minutes int
}

// factors are how many times the limit somebody may choose before they start. WCAG 2.2.1 asks for ten.
var factors = []int{2, 3, 5, 10}

// quizBefore shows the page before the quiz of a course.
func (s *Site) quizBefore(v *visit) error {
	key := courses.CourseKey(v.r.PathValue("course"))
	course, err := s.office.Course(v.ctx(), v.actor, key)
	if err != nil {
		return err
	}
	if !course.Published {
		return noSuchPage
	}
	refused, err := s.mayStart(v, key)
	if err != nil {
		return err
	}
	if refused != nil {
		return v.refuseQuiz(course, *refused)
	}
	open, err := s.openAttempt(v, key)
	if err != nil {
		return err
	}
	policy := course.Quiz.Policy
	limit := int(policy.TimeLimit.Minutes())
	var choices []longer
	for _, factor := range factors {
		choices = append(choices, longer{factor, factor * limit})
	}
	return quizStartPage.show(v, quizStart{
		Course: key, Title: course.Title, Questions: questionsOf(course), PassMark: course.PassMark, Limit: limit, Longer: choices,
		Open: open, Practice: len(course.Quiz.PracticeQuestions()) > 0 && !open, Attempts: policy.AttemptsPerCycle,
	})
}

// openAttempt reports whether the visitor is busy with the quiz of a course.
func (s *Site) openAttempt(v *visit, key courses.CourseKey) (bool, error) {
	open, err := s.office.OpenAttempts(v.ctx(), v.actor)
	return slices.ContainsFunc(open, func(a courses.Attempt) bool { return a.Course == key }), err
}

// startQuiz begins an attempt, or goes on with the one that is open. Where there is a time limit one chooses first.
func (s *Site) startQuiz(v *visit) error {
	key := courses.CourseKey(v.r.PathValue("course"))
	course, err := s.office.Course(v.ctx(), v.actor, key)
	if err != nil {
		return err
	}
	choice := v.field("duur")
	timing := academy.Timing{None: choice == "geen"}
	if factor, err := strconv.Atoi(choice); err == nil && slices.Contains(factors, factor) {
		timing.Factor = factor
	}
	if course.Quiz.Policy.TimeLimit > 0 && choice == "" {
		open, err := s.openAttempt(v, key)
		if err != nil {
			return err
		}
		if !open {
			return v.redirect("/cursussen/" + string(key) + "/toets")
		}
	}
	sitting, started, err := s.office.StartAttempt(v.ctx(), v.actor, key, timing)
	refused, err := s.refusal(v, err)
	if err != nil {
		return err
	}
	if refused != nil {
		return v.refuseQuiz(course, *refused)
	}
	if started {
		return v.redirect(questionPath(sitting.Attempt.ID, 1))
	}
	return v.redirect(resumePath(sitting))
}

// moments is when a refused visitor may start.
func (v *visit) moments(r *courses.Refused) string {
	day := calendar.On(r.AvailableAt)
	at := v.say(" om ", " at ") + v.clock(r.AvailableAt)
	switch v.moment.Today().DaysUntil(day) {
	case 0:
		return v.say("vandaag", "today") + at
	case 1:
		return v.say("morgen, ", "tomorrow, ") + v.date(day) + at
	}
	return v.date(day) + at
}

// resumePath is where somebody goes on: the first question that is open, or else the check page.
func resumePath(s academy.Sitting) string {
	if !s.Attempt.Open() {
		return attemptPath(s.Attempt.ID, "resultaat")
	}
	for i, paper := range s.Papers {
		if s.Saved[paper.Question].Answer.Empty() {
			return questionPath(s.Attempt.ID, i+1)
		}
	}
	return attemptPath(s.Attempt.ID, "controle")
}

func attemptPath(id courses.AttemptID, page string) string {
	return "/toets/" + string(id) + "/" + page
}

func questionPath(id courses.AttemptID, number int) string {
	return attemptPath(id, fmt.Sprintf("vraag/%d", number))
}

// sitting reads the attempt of the address.
func (s *Site) sitting(v *visit) (academy.Sitting, error) {
	return s.office.Attempt(v.ctx(), v.actor, courses.AttemptID(v.r.PathValue("poging")))
}

// paused shows the page of an attempt whose time stands still.
func paused(v *visit, s academy.Sitting) error {
	return quizPausedPage.show(v, quizPaused{Course: s.Attempt.Course, Title: s.Title, Minutes: minutesLeft(s)})
}

// minutesLeft is how much time is left in whole minutes, as pages say it.
func minutesLeft(s academy.Sitting) int { return (s.SecondsLeft + 59) / 60 }

// stopQuiz keeps the answer that the form still holds, stops the time where a limit runs, and goes home.
func (s *Site) stopQuiz(v *visit) error {
	if ok, err := s.keepForm(v); !ok {
		return err
	}
	err := s.office.PauseAttempt(v.ctx(), v.actor, courses.AttemptID(v.r.PathValue("poging")))
	if errors.Is(err, fault.New(fault.Conflict, "", "")) {
		err = nil // it stands still or is handed in already
	}
	if err != nil {
		return err
	}
	return v.done("gestopt", "/mijn-scholing")
}

// hiddenTimeCookie remembers that somebody does not want to see the time.
const hiddenTimeCookie = "tijd-verborgen"

// quizTime gives more time, or hides or shows it. The answer that the form still holds is kept.
func (s *Site) quizTime(v *visit) error {
	if ok, err := s.keepForm(v); !ok {
		return err
	}
	id := courses.AttemptID(v.r.PathValue("poging"))
	switch v.field("tijd") {
	case "verberg":
		v.setCookie(hiddenTimeCookie, "ja", academy.SessionLength)
	case "toon":
		v.setCookie(hiddenTimeCookie, "", -time.Second)
	default:
		if err := s.office.ExtendAttempt(v.ctx(), v.actor, id); err != nil {
			return err
		}
		v.setCookie(noticeCookie, "meer-tijd", noticeLasts)
	}
	sitting, err := s.sitting(v)
	if err != nil {
		return err
	}
	if number, err := strconv.Atoi(v.field(questionField)); err == nil && number >= 1 && number <= len(sitting.Papers) {
		return v.redirect(questionPath(id, number))
	}
	return v.redirect(resumePath(sitting))
}
