package exchange

import (
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"time"

	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
	"bekwaam/courses/training"
)

// A BudgetLine is the budget of a team with all that was spent and reserved of it, our sessions included.
type BudgetLine struct {
	training.Account
	Budgeted, Spent, Reserved training.Cents
	Note                      string
}

type sessionLine struct {
	ID            string            `yaml:"id"`
	Titel         string            `yaml:"titel"`
	Item          string            `yaml:"item"`
	Certificering string            `yaml:"certificering"`
	Datum         string            `yaml:"datum"`
	Van           string            `yaml:"van"`
	Tot           string            `yaml:"tot"`
	Plaats        string            `yaml:"plaats"`
	Leverancier   string            `yaml:"leverancier"`
	Plaatsen      int               `yaml:"plaatsen"`
	Kosten        int               `yaml:"kosten_eur"`
	BevestigdDoor string            `yaml:"bevestigd_door"`
	Deelnemers    []participantLine `yaml:"deelnemers"`

	price    int             // of the item, per place
	evidence map[string]Held // what people obtained, by the key of it
}

type participantLine struct {
	Personeelsnummer string `yaml:"personeelsnummer"`
	Status           string `yaml:"status"`
	Uitslag          string `yaml:"uitslag"`
	Bewijs           string `yaml:"bewijs"`
}

// readSessions reads the group trainings with who is on them. It checks that the evidence they name is theirs.
func (m *Municipality) readSessions(files fs.FS) error {
	var file struct {
		Sessies []sessionLine `yaml:"sessies"`
	}
	if err := readYAML(files, "groepstrainingen.yaml", &file); err != nil {
		return err
	}
	var offer struct {
		Leeraanbod []struct {
			ID     string `yaml:"id"`
			Kosten int    `yaml:"kosten_eur"`
		} `yaml:"leeraanbod"`
	}
	if err := readYAML(files, "leeraanbod.yaml", &offer); err != nil {
		return err
	}
	prices := make(map[string]int)
	for _, item := range offer.Leeraanbod {
		prices[item.ID] = item.Kosten
	}
	known := make(map[string]Held)
	err := readCSV(files, "medewerker_certificaten.csv", func(line map[string]string) error {
		achieved, err := calendar.Parse(line["behaald_op"])
		known[line["certificaat_id"]] = Held{Person: staff.PersonID(line["personeelsnummer"]), Scheme: certificates.SchemeKey(line["certificering_id"]), AchievedOn: achieved}
		return err
	})
	if err != nil {
		return err
	}
	for _, l := range file.Sessies {
		l.price, l.evidence = prices[l.Item], known
		roll, err := l.roll(m)
		if err != nil {
			return fmt.Errorf("groepstrainingen.yaml, %s: %w", l.ID, err)
		}
		m.Sessions = append(m.Sessions, roll)
	}
	return nil
}

// roll makes a session of a line. The price per place tells how many places neighbours took. All six sessions are what
// the work demands and come from the statutory budget, as the sums in budgets.csv say.
func (l sessionLine) roll(m *Municipality) (training.Roll, error) {
	at := slices.IndexFunc(m.Schemes, func(s certificates.Scheme) bool { return string(s.Key) == l.Certificering })
	if at < 0 {
		return training.Roll{}, fmt.Errorf("%q is not a scheme", l.Certificering)
	}
	scheme := m.Schemes[at]
	r := training.Roll{Session: training.Session{
		ID: training.SessionID(l.ID), Title: l.Titel, Scheme: scheme.Key, Components: training.Teachable(scheme), Place: l.Plaats, Supplier: l.Leverancier,
		Places: l.Plaatsen, Cost: training.Cents(l.Kosten) * 100, Fund: training.Statutory,
	}}
	var err error
	if r.Day, err = calendar.Parse(l.Datum); err != nil {
		return r, err
	}
	if r.Starts, err = training.ParseClock(l.Van); err != nil {
		return r, err
	}
	if r.Ends, err = training.ParseClock(l.Tot); err != nil {
		return r, err
	}
	for i, p := range l.Deelnemers {
		e, err := l.enrolment(r.Session, scheme, min(m.On, r.Day), p)
		if err != nil {
			return r, fmt.Errorf("%s: %w", p.Personeelsnummer, err)
		}
		e.Order = i + 1
		r.Enrolments = append(r.Enrolments, e)
	}
	if l.price < 1 || l.Kosten%l.price != 0 {
		return r, fmt.Errorf("%d euros is no whole number of places of %d", l.Kosten, l.price)
	}
	paying := slices.DeleteFunc(slices.Clone(l.Deelnemers), func(p participantLine) bool { return p.Status == "afgemeld" || p.Status == "wachtlijst" })
	r.Elsewhere = l.Kosten/l.price - len(paying)
	if len(r.Attending()) != len(paying) {
		return r, fmt.Errorf("%d people have a place and %d fit", len(paying), len(r.Attending()))
	}
	return r, r.Check(scheme)
}

// enrolment makes an enrolment of a line. Of when somebody enrolled the file says nothing: at the latest on a day.
func (l sessionLine) enrolment(s training.Session, scheme certificates.Scheme, on calendar.Date, p participantLine) (training.Enrolment, error) {
	person := staff.PersonID(p.Personeelsnummer)
	e := training.Enrolment{Session: s.ID, Person: person, EnrolledAt: on.Start().UTC(), EnrolledBy: person}
	switch p.Status {
	case "ingeschreven", "wachtlijst":
		return e, nil
	case "afgemeld":
		e.LeftAt = e.EnrolledAt
		return e, nil
	case "afwezig":
		e.Attendance = training.Absent
	case "aanwezig":
		e.Attendance = training.Present
	default:
		return e, fmt.Errorf("%q is no status", p.Status)
	}
	e.RecordedAt = s.End().UTC()
	e.ConfirmedBy, e.ConfirmedAt = staff.PersonID(l.BevestigdDoor), e.RecordedAt.Add(time.Minute)
	switch p.Uitslag {
	case "":
	case "geslaagd":
		e.Result, e.Outcome = training.Passed, courses.Certified
		want := Held{Person: person, Scheme: scheme.Key, AchievedOn: s.Day}
		if l.evidence[p.Bewijs] != want {
			return e, fmt.Errorf("the evidence %q is not what this session led to", p.Bewijs)
		}
	case "niet_geslaagd":
		e.Result = training.Failed
	case "theorie_gehaald":
		e.Result, e.Outcome = training.Partly, courses.ComponentsMissing
		e.Shown = []int{slices.IndexFunc(scheme.Components, func(c certificates.Component) bool { return c.Title == "theorie" })}
	default:
		return e, fmt.Errorf("%q is no result", p.Uitslag)
	}
	return e, nil
}

// funds are the words of the files for what pays for training.
var funds = map[string]training.Fund{"verplicht": training.Statutory, "ontwikkeling": training.Development}

// readBudgets reads what each team may spend.
func (m *Municipality) readBudgets(files fs.FS) error {
	return readCSV(files, "budgets.csv", func(line map[string]string) error {
		year, err := strconv.Atoi(line["jaar"])
		if err != nil {
			return err
		}
		fund, ok := funds[line["soort"]]
		if !ok {
			return fmt.Errorf("%q is no kind of budget", line["soort"])
		}
		b := BudgetLine{Account: training.Account{Team: staff.TeamID(line["team_id"]), Year: year, Fund: fund}, Note: line["toelichting"]}
		for column, amount := range map[string]*training.Cents{"begroot_eur": &b.Budgeted, "besteed_eur": &b.Spent, "gereserveerd_eur": &b.Reserved} {
			euros, err := strconv.Atoi(line[column])
			if err != nil {
				return fmt.Errorf("%s: %w", column, err)
			}
			*amount = training.Cents(euros) * 100
		}
		m.Budgets = append(m.Budgets, b)
		return nil
	})
}
