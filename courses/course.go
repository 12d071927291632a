package courses

import (
	"strconv"
	"strings"
	"time"

	"bekwaam/courses/calendar"
)

// Limits that no course meets and that keep a slip of the pen out.
const (
	MaxVersion        = 1_000_000
	MaxMinutes        = 10_000
	MaxValidityMonths = 1_200
	MaxLessons        = 9_999
)

// A CourseKey names a course in addresses and files, such as BRP-ADRES.
type CourseKey string

// A GoalID names a goal within its course, such as LD1.
type GoalID string

// Markdown is text in CommonMark without HTML.
type Markdown string

// A CourseKind says what a course is for.
type CourseKind string

const (
	BasisCourse       CourseKind = "basis"
	ApplicationCourse CourseKind = "applicatie" // teaches working with one application
	DeltaCourse       CourseKind = "delta"      // teaches one change to people who know the rest
)

// A Subject is what the course list is searched by.
type Subject string

const (
	Regulation  Subject = "regulation"
	Application Subject = "application"
	Skill       Subject = "skill"
)

// Subject is the subject of a course of this kind whose file names none.
func (k CourseKind) Subject() Subject {
	if k == ApplicationCourse {
		return Application
	}
	return Regulation
}

// A LegalStatus says who demands what a course teaches.
type LegalStatus string

const (
	Statutory LegalStatus = "wettelijk"
	Norm      LegalStatus = "norm"
	Internal  LegalStatus = "intern"
)

// A Course is everything that one course file says. Its content is published as a Version.
type Course struct {
	Key            CourseKey
	Title          string
	Version        int    // the number of the version this content is meant for
	Language       string // BCP 47, such as nl
	Level          string // of the language, such as B1-B2
	Kind           CourseKind
	Subject        Subject
	TargetRoles    []string // codes of roles: advice, anybody may take the course
	Minutes        int      // what lessons and quiz take together; 0 where nobody said
	PassMark       int      // percent of the points, 1 to 100
	ValidityMonths int      // 0: no end
	Certificate    string   // what the certificate is called
	LegalStatus    LegalStatus
	Why            Markdown
	Goals          []Goal
	Sources        []Source
	ReviewDue      calendar.Date
	Delta          *Delta // for a delta course only
	Lessons        []Lesson
	Quiz           Quiz
}

// A Goal (leerdoel) is one thing that somebody can do after the course; a certificate prints up to four.
type Goal struct {
	ID   GoalID
	Text string
}

// A Source is what an author relied on.
type Source struct {
	Text string
	Mark SourceMark
}

// A SourceMark says how well an author knows a source.
type SourceMark string

const (
	Seen  SourceMark = "SEEN"  // consulted
	Known SourceMark = "KNOWN" // professional knowledge
)

// A Delta is the change that a delta course teaches. Only Change is always there.
type Delta struct {
	Change          string // the key of the change, such as ONTW-01
	EffectiveDates  []calendar.Date
	BaseCourse      CourseKey
	RetrainBefore   calendar.Date
	ReplacesLessons []int // numbers of lessons of the base course
}

// A Lesson is one part of the text of a course. Lessons are numbered from 1.
type Lesson struct {
	Number int
	Title  string
	Body   Markdown
}

// A Version is one numbered state of a course. A published version never changes.
type Version struct {
	Course      CourseKey
	Number      int
	Source      string // the course file
	Content     Course // what Source says
	PublishedAt time.Time
}

// Published reports whether the version is no longer a draft.
func (v Version) Published() bool { return !v.PublishedAt.IsZero() }

// shownGoals is how many goals a certificate has room for. SCHEMA.md, "Precies".
const shownGoals = 4

// Shown returns what a certificate prints as shown: the texts of the first goals, at most four.
func (c Course) Shown() []string {
	var shown []string
	for _, goal := range c.Goals[:min(len(c.Goals), shownGoals)] {
		shown = append(shown, goal.Text)
	}
	return shown
}

// LessonFor returns the lesson to reread for a goal. A course file does not say which lesson that is; by the custom of
// our authors goal LDn is taught in lesson n, and for any other goal no lesson is named.
func (c Course) LessonFor(goal GoalID) (Lesson, bool) {
	digits, ok := strings.CutPrefix(string(goal), "LD")
	number, err := strconv.Atoi(digits)
	if !ok || err != nil || number < 1 || number > len(c.Lessons) {
		return Lesson{}, false
	}
	return c.Lessons[number-1], true
}
