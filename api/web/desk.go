package web

import (
	"slices"
	"strings"

	"bekwaam/courses/staff"
)

// A deskItem is one line of the page with everything that leaders, HR and specialists work with.
type deskItem struct {
	act           staff.Act
	path          string
	dutch, to     string // the name, and what it is for
	english, toEn string
	waiting       func(*Site, *visit) (int, error) // how much of it waits for the visitor; nil: nothing ever does
}

// A deskPart is some of them under a heading.
type deskPart struct {
	dutch, english string
	items          []deskItem
}

// desk is what there is beyond one's own training. The main menu would be too long with it.
var desk = []deskPart{
	{"Mensen", "People", []deskItem{
		{staff.ReadPeople, "/mensen", "Mensen", "Wie heeft wat, wat is gevraagd en wat is besloten.", "People", "Who holds what, what is asked and what was decided.", nil},
		{staff.JudgeEvidence, "/bewijs/beoordelen", "Bewijs beoordelen", "Diploma's van elders die op een oordeel wachten.", "Judge evidence", "Diplomas from elsewhere that wait for a verdict.", func(s *Site, v *visit) (int, error) { return count(s.office.SubmissionQueue(v.ctx(), v.actor)) }},
		{staff.ObserveSkills, "/praktijk", "Praktijk", "Vaardigheden die je bij collega's bekijkt.", "At work", "Skills you observe with colleagues.", nil},
		{staff.ReadFollowUps, "/vervolg", "Vervolg", "Wat collega's kozen na de laatste poging.", "Follow-up", "What colleagues chose after the last attempt.", func(s *Site, v *visit) (int, error) { return count(s.office.FollowUps(v.ctx(), v.actor)) }},
		{staff.AnswerNotices, "/escalaties", "Wat te lang wacht", "Taken die al weken te laat zijn.", "What waits too long", "Duties that have been overdue for weeks.", func(s *Site, v *visit) (int, error) { return count(s.office.Escalations(v.ctx(), v.actor)) }},
	}},
	{"Groei", "Growth", []deskItem{
		{staff.ChangeProfiles, rolesPath, "Rollen", "Wat elke rol vraagt, nu en straks, en wie dat raakt.", "Roles", "What each role asks, now and later, and whom that is about.", nil},
		{staff.ChangeProfiles, frameworksPath, "Raamwerken", "Vaardigheden, hun niveaus en wat ze laat zien.", "Frameworks", "Skills, their levels and what shows them.", nil},
		{staff.ChangeLearning, learningPath, "Leeraanbod", "Wat iemand kan doen om te leren, en wat dat kost.", "Learning on offer", "What somebody can do to learn, and what it costs.", nil},
		{staff.ReadCandidates, "/kandidaten", "Wie wil deze rol?", "Wensen die collega's met je delen.", "Who would like this role?", "Wishes that colleagues share with you.", nil},
	}},
	{"Regels", "Rules", []deskItem{
		{staff.ReadSchemes, "/regelingen", "Regelingen", "Wat iemand moet laten zien, hoe lang dat geldt en wie het moet hebben.", "Schemes", "What somebody must show, how long that holds and who must hold it.", nil},
		{staff.TryChanges, "/wat-als", "Wat als", "Wat een andere regel zou doen, voordat je hem invoert.", "What if", "What another rule would do, before you introduce it.", nil},
	}},
	{"Vooruitkijken", "Looking ahead", []deskItem{
		{staff.ReadOverview, overviewPath, "Zijn we bij?", "Hoe de gemeente ervoor staat, met de lijsten die het uitleggen.", "Up to date?", "How the municipality stands, with the lists that explain it.", nil},
		{staff.ReadReports, "/stand", "Stand op een dag", "Wie op een dag bij is, vroeger, nu of straks.", "State on a day", "Who is up to date on a day, before, now or later.", nil},
		{staff.ReadReports, "/vooruitblik", "Vooruitblik", "Wat er de komende 24 maanden verloopt, en hoeveel uur dat kost.", "Forecast", "What expires in the next 24 months, and how many hours that takes.", nil},
		{staff.ReadBudgets, "/budget", "Budget", "Wat er voor scholing is, per team en jaar.", "Budget", "What there is for training, per team and year.", nil},
	}},
	{"Systeem", "System", []deskItem{
		{staff.ImportEvidence, "/import", "Lijst inlezen", "Een oude lijst met diploma's en certificaten.", "Import a list", "An old list of diplomas and certificates.", nil},
		{staff.ImportPeople, "/mensen-inlezen", "Mensen inlezen", "De lijst uit het personeelssysteem.", "Import people", "The list of the HR system.", nil},
		{staff.ImportResults, importResultsPath, "Uitslagen inlezen", "Scores van een vragenlijst over drijfveren, van wie toestemming gaf.", "Import results", "Scores of a questionnaire about drives, of those who consented.", nil},
		{staff.ChangeStaffing, "/werktijden-inlezen", "Werktijden inlezen", "Roosters, verlof en piket uit het roosterprogramma.", "Import working times", "Rosters, leave and time on call of the roster program.", nil},
		{staff.RecordConsent, "/instemming", "Instemming OR", "Of overzichten met namen aan staan.", "Consent of the works council", "Whether views with names are switched on.", nil},
		{staff.ErasePeople, "/wissen", "Bewaren en wissen", "Mensen die weg zijn, en wie er gewist is.", "Keeping and erasing", "People who left, and who was erased.", func(s *Site, v *visit) (int, error) {
			all, err := s.office.Erasures(v.ctx(), v.actor)
			return len(all.Waiting), err
		}},
		{staff.SetRetention, "/bewaartermijnen", "Bewaartermijnen", "Hoe lang we iets bewaren.", "Retention", "How long we keep things.", nil},
		{staff.ManageMail, "/mail", "Mail", "Wat er verstuurd is en wat wacht.", "Mail", "What was sent and what waits.", nil},
	}},
}

// A deskPage shows what the visitor may work with.
type deskPage struct{ Parts []deskSection }

// A deskSection is a heading with its links.
type deskSection struct {
	Name  string
	Items []deskLink
}

// A deskLink is one thing to work with.
type deskLink struct {
	Path, Name, To string
	Waiting        int // how much of it waits for the visitor
	count          func(*Site, *visit) (int, error)
}

var deskView = declare[deskPage]("desk.html")

// desk shows everything beyond one's own training.
func (s *Site) desk(v *visit) error {
	sections := v.desk()
	for _, section := range sections {
		for i, link := range section.Items {
			if link.count == nil {
				continue
			}
			var err error
			if section.Items[i].Waiting, err = link.count(s, v); err != nil {
				return err
			}
		}
	}
	return deskView.show(v, deskPage{sections})
}

// count is how many there are.
func count[T any](all []T, err error) (int, error) { return len(all), err }

// desk is what the visitor may work with; none for most people.
func (v *visit) desk() []deskSection {
	var sections []deskSection
	for _, part := range desk {
		section := deskSection{Name: v.say(part.dutch, part.english)}
		for _, i := range part.items {
			if v.actor.May(i.act) {
				section.Items = append(section.Items, deskLink{Path: i.path, Name: v.say(i.dutch, i.english), To: v.say(i.to, i.toEn), count: i.waiting})
			}
		}
		if len(section.Items) > 0 {
			sections = append(sections, section)
		}
	}
	return sections
}

// onDesk reports whether the page is one of the desk's.
func onDesk(path string) bool {
	return path == deskPath || slices.ContainsFunc(desk, func(part deskPart) bool {
		return slices.ContainsFunc(part.items, func(i deskItem) bool { return path == i.path || strings.HasPrefix(path, i.path+"/") })
	})
}

// deskPath is where the desk is.
const deskPath = "/beheer"
