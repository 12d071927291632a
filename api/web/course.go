package web

import (
	"slices"
	"strconv"

	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/academy"
	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
)

// A coursePage tells what a course teaches and how far somebody is.
type coursePage struct {
	*courses.Course
	Subject     string
	Published   bool
	Takes       bool // the visitor may take it
	PublishedOn calendar.Date
	Drafts      []int
	Lessons     []coursePart
	Read        int // lessons that are finished
	Questions   int
	QuizOpen    bool
	Refused     *refusal      // why the quiz cannot start now; nil where it can
	PassedOn    calendar.Date // of the newest period that the course led to and that still holds
	PassedUntil calendar.Date
	Practice    bool // there are questions to practise with, and no attempt is open
	Next        int  // the first lesson that is not finished; 0: none
	Roles       []string
	Status      string // who demands it
	Overdue     bool   // the text should have been reviewed by now
}

// A coursePart is a lesson with whether it is finished.
type coursePart struct {
	courses.Lesson
	Done     bool
	Replaced bool // its text holds no longer
}

var courseView = declare[coursePage]("course.html")

// course shows a course.
func (s *Site) course(v *visit) error {
	key := courses.CourseKey(v.r.PathValue("course"))
	l, err := s.office.Course(v.ctx(), v.actor, key)
	if err != nil {
		return err
	}
	page := coursePage{Course: l.Course, Subject: v.subject(l.Subject), Published: l.Published, Drafts: l.Drafts, Questions: questionsOf(l), Status: v.legalStatus(l.LegalStatus)}
	for _, version := range l.Versions {
		if version.Number == l.Version && version.Published() {
			page.PublishedOn = calendar.On(version.PublishedAt)
		}
	}
	roles, err := s.office.Roles(v.ctx(), v.actor)
	if err != nil {
		return err
	}
	for _, r := range roles {
		if slices.Contains(l.TargetRoles, r.Code) {
			page.Roles = append(page.Roles, r.Name)
		}
	}
	read, err := s.office.Lessons(v.ctx(), v.actor, academy.VersionID{Course: key, Number: l.Version})
	if err != nil {
		return err
	}
	page.Overdue = !l.ReviewDue.IsZero() && l.ReviewDue < v.moment.Today()
	replaced, err := s.office.ReplacedLessons(v.ctx(), v.actor, key)
	if err != nil {
		return err
	}
	for _, lesson := range l.Lessons {
		old := slices.ContainsFunc(replaced, func(r academy.ReplacedLesson) bool { return r.Lesson == lesson.Number })
		page.Lessons = append(page.Lessons, coursePart{lesson, read[lesson.Number], old})
		switch {
		case read[lesson.Number]:
			page.Read++
		case page.Next == 0:
			page.Next = lesson.Number
		}
	}
	if page.Takes = l.Published && v.actor.May(staff.TakeQuizzes); !page.Takes {
		return courseView.show(v, page)
	}
	open, err := s.office.OpenAttempts(v.ctx(), v.actor)
	if err != nil {
		return err
	}
	page.QuizOpen = slices.ContainsFunc(open, func(a courses.Attempt) bool { return a.Course == key })
	if page.Refused, err = s.mayStart(v, key); err != nil {
		return err
	}
	page.Practice = !page.QuizOpen && len(l.Quiz.PracticeQuestions()) > 0
	periods, err := s.office.Periods(v.ctx(), v.actor, v.actor.Person)
	if err != nil {
		return err
	}
	for _, p := range periods {
		state := p.State(v.moment.Today(), 0, false)
		if p.Course == key && (state == certificates.Valid || state == certificates.Upcoming) {
			page.PassedOn, page.PassedUntil = p.CompletedOn, p.ValidUntil
		}
	}
	return courseView.show(v, page)
}

// legalStatus says who demands what a course teaches.
func (l language) legalStatus(s courses.LegalStatus) string {
	switch s {
	case courses.Statutory:
		return l.say("De wet vraagt dit.", "The law demands this.")
	case courses.Norm:
		return l.say("Een norm waar de gemeente zich aan houdt, vraagt dit.", "A norm that the municipality keeps to demands this.")
	case courses.Internal:
		return l.say("De gemeente vraagt dit zelf.", "The municipality itself demands this.")
	}
	return ""
}

// A lessonPage is one lesson to read.
type lessonPage struct {
	Course   courses.CourseKey
	Of       string // the title of the course
	Lesson   courses.Lesson
	Total    int
	Previous int // 0: this is the first
	Next     int // 0: this is the last
	Done     bool
	Takes    bool                    // the visitor may finish it
	Replaced *academy.ReplacedLesson // what came in its place; nil: it holds
}

var lessonView = declare[lessonPage]("lesson.html", narrow)

// lesson shows a lesson.
func (s *Site) lesson(v *visit) error {
	l, lesson, err := s.lessonOf(v)
	if err != nil {
		return err
	}
	read, err := s.office.Lessons(v.ctx(), v.actor, academy.VersionID{Course: l.Key, Number: l.Version})
	if err != nil {
		return err
	}
	page := lessonPage{Course: l.Key, Of: l.Title, Lesson: lesson, Total: len(l.Lessons), Previous: lesson.Number - 1, Done: read[lesson.Number], Takes: v.actor.May(staff.TakeQuizzes)}
	if lesson.Number < page.Total {
		page.Next = lesson.Number + 1
	}
	replaced, err := s.office.ReplacedLessons(v.ctx(), v.actor, l.Key)
	if err != nil {
		return err
	}
	if at := slices.IndexFunc(replaced, func(r academy.ReplacedLesson) bool { return r.Lesson == lesson.Number }); at >= 0 {
		page.Replaced = &replaced[at]
	}
	return lessonView.show(v, page)
}

// lessonOf reads the lesson of the address.
func (s *Site) lessonOf(v *visit) (academy.Listing, courses.Lesson, error) {
	l, err := s.office.Course(v.ctx(), v.actor, courses.CourseKey(v.r.PathValue("course")))
	if err != nil {
		return l, courses.Lesson{}, err
	}
	number, err := strconv.Atoi(v.r.PathValue("les"))
	if err != nil || number < 1 || number > len(l.Lessons) {
		return l, courses.Lesson{}, noSuchPage
	}
	return l, l.Lessons[number-1], nil
}

// finishLesson remembers that a lesson is finished and goes on to the next, or to the course after the last.
func (s *Site) finishLesson(v *visit) error {
	l, lesson, err := s.lessonOf(v)
	if err != nil {
		return err
	}
	if err := s.office.FinishLesson(v.ctx(), v.actor, academy.VersionID{Course: l.Key, Number: l.Version}, lesson.Number); err != nil {
		return err
	}
	course := "/cursussen/" + string(l.Key)
	if lesson.Number < len(l.Lessons) {
		return v.redirect(course + "/lessen/" + strconv.Itoa(lesson.Number+1))
	}
	return v.done("gelezen", course)
}
