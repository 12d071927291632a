package web

import (
	"strings"

	"bekwaam/courses/staff"
)

// A menuItem is one line of a menu.
type menuItem struct {
	Path, Name string
	Here       bool // the page is in this part of the site
	Waiting    int  // how much of it nobody read
}

// A menuPart is one line of the main menu, with its pages.
type menuPart struct {
	dutch, english string
	pages          []menuPage
}

// A menuPage is a page within a part. Who may not do the act does not see it.
type menuPage struct {
	act            staff.Act
	path           string
	dutch, english string
}

// mainMenu is where everybody begins. A part leads to its first page that the visitor may see; one without any is not there.
var mainMenu = []menuPart{
	{"Mijn scholing", "My training", []menuPage{{staff.ReadDuties, "/mijn-scholing", "Mijn scholing", "My training"}}},
	{"Cursussen", "Courses", []menuPage{{staff.ReadCourses, "/cursussen", "Cursussen", "Courses"}}},
	{"Certificaten", "Certificates", []menuPage{
		{staff.ReadCertificates, "/certificaten", "Mijn certificaten", "My certificates"},
		{staff.SubmitEvidence, "/bewijs", "Bewijs van buiten", "External evidence"},
	}},
	{"Groei", "Growth", []menuPage{
		{staff.ReadMatches, "/groei", "Rollen voor jou", "Roles for you"},
		{staff.SetOwnLevels, ownSkillsPath, "Mijn vaardigheden", "My skills"},
		{staff.ReadPlans, "/plannen", "Plannen", "Plans"},
		{staff.ReadFrameworks, learningPath, "Leeraanbod", "Learning on offer"},
	}},
	{"Team", "Team", []menuPage{
		{staff.ReadMatrix, matrixPath, "Vaardigheden", "Skills"},
		{staff.ReadProcesses, "/processen", "Processen", "Processes"},
		{staff.ReadSessions, "/groepstraining", "Groepstraining", "Group training"},
	}},
	{"Wijzigingen", "Changes", []menuPage{
		{staff.ReadChanges, "/wijzigingen", "Wijzigingen", "Changes"},
		{staff.ReadChanges, "/bulletins", "Bulletins", "Bulletins"},
		{staff.ReadChanges, "/signalen", "Signalen", "Signals"},
		{staff.ReadChanges, "/doelen", "Doelen", "Objectives"},
	}},
}

// addMenu fills in the menus of whoever visits: the main one, the pages of the part that this page is in where there are more
// than one, and their messages.
func (v *visit) addMenu(f *frame) error {
	if !v.known() {
		return nil
	}
	here := longest(v.r.URL.Path)
	for _, part := range mainMenu {
		var pages []menuItem
		within := false
		for _, p := range part.pages {
			if !v.actor.May(p.act) {
				continue
			}
			is := p.path == here
			within = within || is
			pages = append(pages, menuItem{Path: p.path, Name: v.say(p.dutch, p.english), Here: is})
		}
		if len(pages) == 0 {
			continue
		}
		f.Menu = append(f.Menu, menuItem{Path: pages[0].Path, Name: v.say(part.dutch, part.english), Here: within})
		if within && len(pages) > 1 {
			f.Part, f.PartName = pages, v.say(part.dutch, part.english)
		}
	}
	if len(v.desk()) > 0 {
		f.Menu = append(f.Menu, menuItem{Path: deskPath, Name: v.say("Beheer", "Management"), Here: here == "" && onDesk(v.r.URL.Path)})
	}
	if !v.actor.May(staff.ReadOwnNotices) {
		return nil
	}
	unread, err := v.site.office.UnreadMails(v.ctx(), v.actor)
	f.Messages = &menuItem{Path: "/berichten", Here: under(v.r.URL.Path, "/berichten"), Waiting: unread}
	return err
}

// under reports whether a page is the one at a path, or one below it.
func under(page, path string) bool { return page == path || strings.HasPrefix(page, path+"/") }

// longest is the path in the main menu that a page is nearest to; empty where it is under none.
func longest(page string) string {
	nearest := ""
	for _, part := range mainMenu {
		for _, p := range part.pages {
			if under(page, p.path) && len(p.path) > len(nearest) {
				nearest = p.path
			}
		}
	}
	return nearest
}
