package web

import (
	"bekwaam/courses"
	"bekwaam/courses/academy"
)

// A cataloguePage lists the courses that answer a search.
type cataloguePage struct {
	Text     string
	Subject  courses.Subject
	Subjects []subject
	Courses  []academy.Listing
	Of       int // courses there are
}

// A subject is one choice of the filter.
type subject struct {
	Key   courses.Subject
	Name  string
	Count int // courses of it that answer the words of the search
}

var catalogueView = declare[cataloguePage]("catalogue.html")

// catalogue shows the courses.
func (s *Site) catalogue(v *visit) error {
	all, err := s.office.Courses(v.ctx(), v.actor, academy.CourseSearch{})
	if err != nil {
		return err
	}
	page := cataloguePage{Text: v.query("zoek"), Subject: courses.Subject(v.query("onderwerp")), Of: len(all)}
	found, err := s.office.Courses(v.ctx(), v.actor, academy.CourseSearch{Text: page.Text})
	if err != nil {
		return err
	}
	page.Subjects = []subject{
		{courses.Regulation, v.subject(courses.Regulation), 0},
		{courses.Application, v.subject(courses.Application), 0},
		{courses.Skill, v.subject(courses.Skill), 0},
	}
	for _, l := range found {
		for i := range page.Subjects {
			if page.Subjects[i].Key == l.Subject {
				page.Subjects[i].Count++
			}
		}
		if page.Subject == "" || page.Subject == l.Subject {
			page.Courses = append(page.Courses, l)
		}
	}
	return catalogueView.show(v, page)
}

// offered are the courses that people can take now, by key. What somebody must do can name a course that is still a draft.
func (s *Site) offered(v *visit) (map[courses.CourseKey]academy.Listing, error) {
	listings, err := s.office.Courses(v.ctx(), v.actor, academy.CourseSearch{})
	offered := make(map[courses.CourseKey]academy.Listing, len(listings))
	for _, l := range listings {
		if l.Published {
			offered[l.Key] = l
		}
	}
	return offered, err
}

// subject names what courses are about.
func (l language) subject(s courses.Subject) string {
	switch s {
	case courses.Application:
		return l.say("Applicaties", "Applications")
	case courses.Skill:
		return l.say("Vaardigheden", "Skills")
	}
	return l.say("Regels", "Rules")
}
