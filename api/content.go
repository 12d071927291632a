package api

import (
	"time"

	"bekwaam/courses"
)

// A courseContent is everything that one course file says, in JSON.
type courseContent struct {
	ID              courses.CourseKey   `json:"id" example:"BRP-ADRES"`
	Title           string              `json:"title" example:"Adreswijziging en adresonderzoek in de BRP"`
	Version         int                 `json:"version" minimum:"1" maximum:"1000000" example:"4" doc:"The next number of the course."`
	Language        string              `json:"language" example:"nl" doc:"BCP 47."`
	Level           string              `json:"level,omitempty" example:"B1" doc:"Of the language."`
	Kind            courses.CourseKind  `json:"kind" enum:"basis,applicatie,delta"`
	Subject         courses.Subject     `json:"subject,omitempty" enum:"regulation,application,skill" doc:"Absent: application for kind applicatie, else regulation."`
	TargetRoles     []string            `json:"targetRoles,omitempty" example:"[\"frontoffice-burgerzaken\"]"`
	DurationMinutes int                 `json:"durationMinutes,omitempty" minimum:"0" maximum:"10000" example:"90"`
	PassMarkPct     int                 `json:"passMarkPct" minimum:"1" maximum:"100" example:"80" doc:"Percent of the points that passes."`
	ValidityMonths  int                 `json:"validityMonths,omitempty" minimum:"0" maximum:"1200" example:"24" doc:"0: no end."`
	Certificate     string              `json:"certificate,omitempty" example:"BRP-adreswijziging"`
	LegalStatus     courses.LegalStatus `json:"legalStatus,omitempty" enum:"wettelijk,norm,intern"`
	Why             courses.Markdown    `json:"why,omitempty"`
	Goals           []contentGoal       `json:"goals" minItems:"1"`
	Sources         []contentSource     `json:"sources,omitempty"`
	ReviewDue       date                `json:"reviewDue,omitempty"`
	Delta           *contentDelta       `json:"delta,omitempty" doc:"Of kind delta only."`
	Quiz            *contentQuiz        `json:"quiz,omitempty" doc:"The rules of the quiz, where they are not the usual ones."`
	Lessons         []contentLesson     `json:"lessons" minItems:"1"`
	Questions       []contentQuestion   `json:"questions" minItems:"1"`
}

type contentGoal struct {
	ID   courses.GoalID `json:"id" example:"LD1"`
	Text string         `json:"text" example:"Je kent de regels van de aangifte."`
}

type contentSource struct {
	Text string             `json:"text" example:"Wet BRP, artikel 2.39"`
	Mark courses.SourceMark `json:"mark" enum:"SEEN,KNOWN"`
}

type contentDelta struct {
	ChangeID        string            `json:"changeId" example:"ONTW-01"`
	EffectiveDates  dates             `json:"effectiveDates,omitempty"`
	BaseCourse      courses.CourseKey `json:"baseCourse,omitempty" example:"BRP-ADRES"`
	RetrainBefore   date              `json:"retrainBefore,omitempty"`
	ReplacesLessons []int             `json:"replacesLessons,omitempty" example:"[2]"`
}

type contentQuiz struct {
	AttemptsPerCycle *int                    `json:"attemptsPerCycle,omitempty" minimum:"1" maximum:"100" example:"3"`
	CoolingOffHours  *int                    `json:"coolingOffHours,omitempty" minimum:"0" maximum:"8760" example:"24"`
	TimeLimitMinutes *int                    `json:"timeLimitMinutes,omitempty" minimum:"1" maximum:"10000" example:"60" doc:"Absent or null: no limit."`
	Feedback         *courses.FeedbackPolicy `json:"feedback,omitempty" enum:"never,after_pass_or_last,after_submission"`
	Practice         *courses.PracticePolicy `json:"practice,omitempty" enum:"all,marked,none"`
	Draw             *int                    `json:"draw,omitempty" minimum:"1" maximum:"9999" example:"10" doc:"How many questions an attempt asks; absent or null: all."`
}

type contentLesson struct {
	Title string           `json:"title" example:"Wie doet aangifte, en wanneer"`
	Text  courses.Markdown `json:"text" example:"Een adreswijziging geef je door binnen vijf dagen."`
}

// course is the course that the content says.
func (in courseContent) course() (courses.Course, error) {
	c := courses.Course{
		Key: in.ID, Title: in.Title, Version: in.Version, Language: in.Language, Level: in.Level, Kind: in.Kind, Subject: in.Subject, TargetRoles: in.TargetRoles,
		Minutes: in.DurationMinutes, PassMark: in.PassMarkPct, ValidityMonths: in.ValidityMonths, Certificate: in.Certificate, LegalStatus: in.LegalStatus, Why: in.Why,
		Quiz: courses.Quiz{Policy: in.Quiz.policy()},
	}
	if c.Subject == "" {
		c.Subject = c.Kind.Subject()
	}
	for _, g := range in.Goals {
		c.Goals = append(c.Goals, courses.Goal(g))
	}
	for _, s := range in.Sources {
		c.Sources = append(c.Sources, courses.Source(s))
	}
	for i, l := range in.Lessons {
		c.Lessons = append(c.Lessons, courses.Lesson{Number: i + 1, Title: l.Title, Body: l.Text})
	}
	for i, q := range in.Questions {
		question, err := q.question(i)
		if err != nil {
			return courses.Course{}, err
		}
		c.Quiz.Questions = append(c.Quiz.Questions, question)
	}
	var err error
	if c.ReviewDue, err = in.ReviewDue.read("body.reviewDue"); err != nil {
		return courses.Course{}, err
	}
	c.Delta, err = in.Delta.delta()
	return c, err
}

func (in *contentDelta) delta() (*courses.Delta, error) {
	if in == nil {
		return nil, nil
	}
	d := &courses.Delta{Change: in.ChangeID, BaseCourse: in.BaseCourse, ReplacesLessons: in.ReplacesLessons}
	for _, on := range in.EffectiveDates {
		day, err := on.read("body.delta.effectiveDates")
		if err != nil {
			return nil, err
		}
		d.EffectiveDates = append(d.EffectiveDates, day)
	}
	var err error
	d.RetrainBefore, err = in.RetrainBefore.read("body.delta.retrainBefore")
	return d, err
}

// policy is the usual policy with what the content says instead.
func (in *contentQuiz) policy() courses.Policy {
	p := courses.DefaultPolicy()
	if in == nil {
		return p
	}
	if in.AttemptsPerCycle != nil {
		p.AttemptsPerCycle = *in.AttemptsPerCycle
	}
	if in.CoolingOffHours != nil {
		p.CoolingOff = time.Duration(*in.CoolingOffHours) * time.Hour
	}
	if in.TimeLimitMinutes != nil {
		p.TimeLimit = time.Duration(*in.TimeLimitMinutes) * time.Minute
	}
	if in.Feedback != nil {
		p.Feedback = *in.Feedback
	}
	if in.Practice != nil {
		p.Practice = *in.Practice
	}
	if in.Draw != nil {
		p.Draw = *in.Draw
	}
	return p
}

// contentOf writes a course.
func contentOf(c courses.Course) courseContent {
	content := courseContent{
		ID: c.Key, Title: c.Title, Version: c.Version, Language: c.Language, Level: c.Level, Kind: c.Kind, Subject: c.Subject, TargetRoles: c.TargetRoles,
		DurationMinutes: c.Minutes, PassMarkPct: c.PassMark, ValidityMonths: c.ValidityMonths, Certificate: c.Certificate, LegalStatus: c.LegalStatus, Why: c.Why,
		Goals: []contentGoal{}, ReviewDue: dateOf(c.ReviewDue), Quiz: quizOf(c.Quiz.Policy), Lessons: []contentLesson{}, Questions: []contentQuestion{},
	}
	for _, g := range c.Goals {
		content.Goals = append(content.Goals, contentGoal(g))
	}
	for _, s := range c.Sources {
		content.Sources = append(content.Sources, contentSource(s))
	}
	if d := c.Delta; d != nil {
		content.Delta = &contentDelta{ChangeID: d.Change, EffectiveDates: datesOf(d.EffectiveDates), BaseCourse: d.BaseCourse, RetrainBefore: dateOf(d.RetrainBefore), ReplacesLessons: d.ReplacesLessons}
	}
	for _, l := range c.Lessons {
		content.Lessons = append(content.Lessons, contentLesson{l.Title, l.Body})
	}
	for _, q := range c.Quiz.Questions {
		content.Questions = append(content.Questions, contentQuestionOf(q))
	}
	return content
}

func quizOf(p courses.Policy) *contentQuiz {
	coolingOff := int(p.CoolingOff / time.Hour)
	q := &contentQuiz{AttemptsPerCycle: &p.AttemptsPerCycle, CoolingOffHours: &coolingOff, Feedback: &p.Feedback, Practice: &p.Practice}
	if limit := int(p.TimeLimit / time.Minute); limit > 0 {
		q.TimeLimitMinutes = &limit
	}
	if p.Draw > 0 {
		q.Draw = &p.Draw
	}
	return q
}

const contentExample = `{"id": "BRP-ADRES", "title": "Adreswijziging en adresonderzoek in de BRP", "version": 4, "language": "nl", "kind": "basis", "passMarkPct": 80, "validityMonths": 24,
	"goals": [{"id": "LD1", "text": "Je kent de regels van de aangifte."}],
	"lessons": [{"title": "Wie doet aangifte, en wanneer", "text": "Een adreswijziging geef je door binnen vijf dagen."}],
	"questions": [{"id": "BRP-01", "type": "single", "goal": "LD1", "difficulty": 1, "points": 1, "prompt": "Binnen hoeveel dagen geef je een adreswijziging door?",
		"options": [{"id": "a", "text": "5 dagen", "correct": true}, {"id": "b", "text": "28 dagen", "correct": false, "feedback": "Dat is te laat."}]}]}`

const courseFileExample = `---
id: BRP-ADRES
title: Adreswijziging en adresonderzoek in de BRP
version: 4
language: nl
kind: basis
pass_mark_pct: 80
goals:
  - id: LD1
    text: Je kent de regels van de aangifte.
---
## Les 1: Wie doet aangifte, en wanneer

Een adreswijziging geef je door binnen vijf dagen.

## Vragen

` + "```yaml questions" + `
- id: BRP-01
  type: truefalse
  goal: LD1
  difficulty: 1
  points: 1
  prompt: Je geeft een adreswijziging door binnen vijf dagen.
  answer: true
  feedback_correct: Dat klopt.
  feedback_wrong: Het zijn vijf dagen.
` + "```\n"
