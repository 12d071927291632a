package web

import (
	"bekwaam/courses"
)

var checkPage = declare[check]("quiz_check.html", narrow, noMenu)

// A check is the page before handing in: what is answered, what is open and what is marked.
type check struct {
	language
	Attempt  courses.AttemptID
	Title    string
	Steps    []step
	Answered int
	Open     []int // numbers of questions without an answer
	Limited  bool
	Minutes  int
}

// StillOpen says which questions are open: "Vraag 9 is nog open."
func (c check) StillOpen() string {
	if len(c.Open) == 1 {
		return c.say("Vraag %d is nog open.", "Question %d is still open.", c.Open[0])
	}
	return c.say("Vraag %s zijn nog open.", "Questions %s are still open.", c.list(c.Open))
}

// quizCheck shows what is answered before one hands in.
func (s *Site) quizCheck(v *visit) error {
	sitting, err := s.sitting(v)
	switch {
	case err != nil:
		return err
	case !sitting.Attempt.Open():
		return v.redirect(attemptPath(sitting.Attempt.ID, "resultaat"))
	case !sitting.Attempt.PausedAt.IsZero():
		return paused(v, sitting)
	}
	page := check{language: v.language, Attempt: sitting.Attempt.ID, Title: sitting.Title, Steps: steps(sitting, 0), Limited: !sitting.Attempt.EndsAt.IsZero(), Minutes: minutesLeft(sitting)}
	for _, step := range page.Steps {
		if !step.Answered {
			page.Open = append(page.Open, step.Number)
		}
	}
	page.Answered = len(page.Steps) - len(page.Open)
	return checkPage.show(v, page)
}

// submitQuiz hands the attempt in. Doing it twice leads to the same result.
func (s *Site) submitQuiz(v *visit) error {
	sitting, err := s.office.SubmitAttempt(v.ctx(), v.actor, courses.AttemptID(v.r.PathValue("poging")))
	if err != nil {
		return err
	}
	return v.redirect(attemptPath(sitting.Attempt.ID, "resultaat"))
}
