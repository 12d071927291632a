package main

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"bekwaam/courses"
	"bekwaam/courses/academy"
	"bekwaam/courses/exchange"
	"bekwaam/courses/staff"
	"bekwaam/courses/store/storetest"
)

const (
	tineke   staff.PersonID    = "RW1013" // whose identity certificate has lapsed
	marloes  staff.PersonID    = "RW1003" // who has a retest soon
	yara     staff.PersonID    = "RW1012" // who has just begun
	kevin    staff.PersonID    = "RW1057" // who is HR
	identity courses.CourseKey = "ID-LOOKALIKE"
)

// kinds are all kinds of question.
var kinds = []courses.Kind{courses.KindSingle, courses.KindMultiple, courses.KindTrueFalse, courses.KindNumeric, courses.KindShort, courses.KindMatch, courses.KindOrder, courses.KindCloze}

// A demo is served for a browser, with the office behind it for what a test prepares and looks up.
type demo struct {
	server
	t      *testing.T
	office *academy.Office
	course courses.Course // the identity course, with its key
}

// serveDemo serves a demo of its own.
func serveDemo(t *testing.T) *demo {
	t.Helper()
	database := newFile(t)
	source, err := os.ReadFile("../../seed/data/courses/b-identiteitsvaststelling-look-alike.md")
	if err != nil {
		t.Fatal(err)
	}
	d := &demo{server: serve(t, "--database", database, "--demo"), t: t}
	d.office = academy.New(academy.Config{DB: storetest.Open(t, database), URL: d.url})
	if d.course, err = exchange.ReadCourse(source); err != nil {
		t.Fatal(err)
	}
	return d
}

// as is somebody as an employee.
func as(person staff.PersonID) staff.Actor {
	return staff.Actor{Person: person, Functions: []staff.Function{staff.Employee}}
}

// sitting is the open attempt of somebody at the identity quiz; the office starts one where there is none.
func (d *demo) sitting(person staff.PersonID) academy.Sitting {
	d.t.Helper()
	sitting, _, err := d.office.StartAttempt(d.t.Context(), as(person), identity, academy.Timing{})
	if err != nil {
		d.t.Fatal(err)
	}
	return sitting
}

// right is the right answer to each question of an attempt, in its own opaque ids.
func (d *demo) right(s academy.Sitting) []courses.Answer {
	d.t.Helper()
	var answers []courses.Answer
	for _, paper := range s.Papers {
		question, ok := d.course.Quiz.Question(paper.Question)
		if !ok {
			d.t.Fatalf("the course has no question %s", paper.Question)
		}
		answers = append(answers, s.Attempt.Shuffle().Conceal(question, question.Mark(courses.Answer{}).Key))
	}
	return answers
}

// handIn hands in the open attempt of somebody, with these answers.
func (d *demo) handIn(person staff.PersonID, answers []courses.Answer) academy.Sitting {
	d.t.Helper()
	sitting := d.sitting(person)
	var given []academy.Given
	for i, answer := range answers {
		given = append(given, academy.Given{Question: sitting.Papers[i].Question, Answer: answer, Version: sitting.Saved[sitting.Papers[i].Question].Version})
	}
	if len(given) > 0 {
		if _, err := d.office.SaveAnswers(d.t.Context(), as(person), sitting.Attempt.ID, given); err != nil {
			d.t.Fatal(err)
		}
	}
	sitting, err := d.office.SubmitAttempt(d.t.Context(), as(person), sitting.Attempt.ID)
	if err != nil {
		d.t.Fatal(err)
	}
	return sitting
}

// saved is what the office has of a question of an attempt.
func (d *demo) saved(person staff.PersonID, id courses.AttemptID, number int) courses.SavedAnswer {
	d.t.Helper()
	sitting, err := d.office.Attempt(d.t.Context(), as(person), id)
	if err != nil {
		d.t.Fatal(err)
	}
	return sitting.Saved[sitting.Papers[number-1].Question]
}

// daysLater moves the clock of the demo.
func (d *demo) daysLater(days int) {
	d.t.Helper()
	now, err := d.office.Now(d.t.Context())
	if err == nil {
		_, err = d.office.SetToday(d.t.Context(), now.Today().AddDays(days))
	}
	if err != nil {
		d.t.Fatal(err)
	}
}

// number is the number of the first question of a kind, from 1.
func number(t *testing.T, s academy.Sitting, kind courses.Kind) int {
	t.Helper()
	for i, paper := range s.Papers {
		if paper.Kind == kind {
			return i + 1
		}
	}
	t.Fatalf("no question is of kind %s", kind)
	return 0
}

func questionPath(s academy.Sitting, number int) string {
	return fmt.Sprintf("/toets/%s/vraag/%d", s.Attempt.ID, number)
}

// answer fills in the form of a question as a person does, with mouse and keyboard. It needs no script in the page.
func (w *tab) answer(p courses.Paper, a courses.Answer) {
	w.t.Helper()
	switch p.Kind {
	case courses.KindSingle, courses.KindMultiple:
		for _, option := range a.Options {
			w.click("#keuze-" + string(option))
		}
	case courses.KindTrueFalse:
		w.click(map[bool]string{true: "#keuze-waar", false: "#keuze-niet-waar"}[*a.Truth])
	case courses.KindNumeric, courses.KindShort:
		w.fill("antwoord", strings.Replace(a.Number, ".", ",", 1)+a.Text)
	case courses.KindMatch:
		for left, right := range a.Pairs {
			w.choose("paar-"+left, right)
		}
	case courses.KindOrder:
		for i, item := range a.Options {
			w.choose("plaats-"+string(item), fmt.Sprint(i+1))
		}
	case courses.KindCloze:
		for _, gap := range p.Gaps {
			if field := "gat-" + string(gap.ID); gap.Kind == courses.GapSelect {
				w.choose(field, a.Pairs[string(gap.ID)])
			} else {
				w.fill(field, a.Pairs[string(gap.ID)])
			}
		}
	}
}

// fill types a text into a field.
func (w *tab) fill(id, text string) {
	w.t.Helper()
	w.do(chromedp.SendKeys(chromedp.CSS("#"+id), text))
}

// choose chooses from a list.
func (w *tab) choose(id, value string) {
	w.t.Helper()
	ask[bool](w, fmt.Sprintf(`(() => { const list = document.getElementById(%q); list.value = %q; list.dispatchEvent(new Event("change", {bubbles: true})); return list.value === %[2]q || (() => { throw new Error("the list does not offer it") })() })()`, id, value))
}
