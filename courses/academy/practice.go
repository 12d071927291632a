package academy

import (
	"context"
	"slices"

	"bekwaam/courses"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// Practice is a question to practise with. It counts for nothing, is stored nowhere and is seen by nobody.
type Practice struct {
	Version int
	Number  int // of the question among those to practise, from 1
	Of      int
	Seed    string // gives it back with the answer
	Paper   courses.Paper
}

// Practice returns a question of a course to practise with, by its number from 1. fault.Conflict while an attempt at the
// course is open.
func (o *Office) Practice(ctx context.Context, who staff.Actor, course courses.CourseKey, number int, seed string) (Practice, error) {
	question, p, err := o.practiceQuestion(ctx, who, course, number)
	if err != nil {
		return Practice{}, err
	}
	if p.Seed = seed; seed == "" {
		p.Seed = newID()
	}
	p.Paper = courses.NewShuffle([]byte(p.Seed)).Paper(question)
	return p, nil
}

// PracticeAnswer marks an answer to a question to practise with, with its feedback.
func (o *Office) PracticeAnswer(ctx context.Context, who staff.Actor, course courses.CourseKey, number int, seed string, answer courses.Answer) (Practice, courses.Mark, error) {
	question, p, err := o.practiceQuestion(ctx, who, course, number)
	if err != nil {
		return Practice{}, courses.Mark{}, err
	}
	shuffle := courses.NewShuffle([]byte(seed))
	p.Seed, p.Paper = seed, shuffle.Paper(question)
	own, err := shuffle.Reveal(question, answer)
	if err != nil {
		return p, courses.Mark{}, err
	}
	return p, question.Mark(own), nil
}

var busy = fault.New(fault.Conflict, "Je bent bezig met de toets van deze cursus. Dit kan weer als je die hebt ingeleverd.", "You are busy with the quiz of this course. You can do this again after handing it in.").Because("attempt_open")

// notBusy refuses what would give away answers while the person has an attempt at the course open: fault.Conflict.
func notBusy(ctx context.Context, q store.Q, who staff.Actor, course courses.CourseKey) error {
	open, err := store.OpenAttempts(ctx, q, who.Person)
	if err == nil && slices.ContainsFunc(open, func(a courses.Attempt) bool { return a.Course == course }) {
		err = busy
	}
	return err
}

func (o *Office) practiceQuestion(ctx context.Context, who staff.Actor, course courses.CourseKey, number int) (courses.Question, Practice, error) {
	if err := who.Allow(staff.TakeQuizzes, staff.Subject{Person: who.Person}); err != nil {
		return courses.Question{}, Practice{}, err
	}
	q := o.db.Read()
	if err := notBusy(ctx, q, who, course); err != nil {
		return courses.Question{}, Practice{}, err
	}
	version, err := store.NewestPublished(ctx, q, course)
	if err != nil {
		return courses.Question{}, Practice{}, err
	}
	content, err := o.content(ctx, q, version)
	if err != nil {
		return courses.Question{}, Practice{}, err
	}
	questions := content.Quiz.PracticeQuestions()
	if number < 1 || number > len(questions) {
		return courses.Question{}, Practice{}, notYours
	}
	return questions[number-1], Practice{Version: version.Number, Number: number, Of: len(questions)}, nil
}
