package exchange

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/calendar"
	"bekwaam/courses/changes"
	"bekwaam/courses/staff"
)

// Developments is what the files of the demo say of changes from outside, and of what the organisation wants to reach.
type Developments struct {
	Changes      []changes.Change
	Requirements map[changes.ID][]string // the keys of those that a published change made
	Signals      []changes.Signal
	Bulletins    []changes.Bulletin
	Receipts     []changes.Receipt
	Register     changes.Register
	Strategy     changes.Strategy
	Objectives   []changes.Objective
}

// The words of the files for what the product knows.
var (
	kindWords      = map[string]changes.Kind{"wet": changes.Law, "applicatie": changes.Application, "techniek": changes.Technology, "samenleving": changes.Society}
	originWords    = map[string]changes.Origin{"inwoners": changes.Residents, "onderwijs": changes.Education, "ondernemers": changes.Businesses, "organisaties": changes.Organisations, "overheden": changes.Governments, "regio": changes.Region}
	certaintyWords = map[string]changes.Certainty{"vast": changes.Fixed, "verwacht": changes.Expected, "in_onderzoek": changes.Investigating}
	phaseWords     = map[string]changes.Phase{"scannen": changes.Scanning, "duiden": changes.Interpreting, "impact": changes.Assessing, "scholing": changes.Training, "ingevoerd": changes.Introduced, "geborgd": changes.Secured}
	fateWords      = map[string]changes.Fate{"nieuw": changes.New, "in_duiding": changes.Considering, "gekoppeld": changes.Linked, "bulletin": changes.Answered, "verbetering": changes.Improvement, "niet_opgepakt": changes.Declined}
	basisWords     = map[string]changes.Basis{"bron": changes.FromSource, "eigen": changes.OwnKnowledge, "document": changes.FromDocument}
)

// word translates a word of a file, or says that it is none.
func word[T any](words map[string]T, text string) (T, error) {
	value, ok := words[text]
	if !ok {
		return value, fmt.Errorf("%q is not a word this program knows", text)
	}
	return value, nil
}

// readDevelopments reads everything about changes and objectives.
func (m *Municipality) readDevelopments(files fs.FS) error {
	m.Developments.Requirements = make(map[changes.ID][]string)
	for _, read := range []func(fs.FS) error{m.readBulletins, m.readRegister, m.readDevelopmentLines, m.readSignals, m.readObjectives} {
		if err := read(files); err != nil {
			return err
		}
	}
	return nil
}

type developmentLine struct {
	ID           string   `yaml:"id"`
	Titel        string   `yaml:"titel"`
	Soort        string   `yaml:"soort"`
	O            []string `yaml:"o"`
	Datum        string   `yaml:"datum"`
	Zekerheid    string   `yaml:"zekerheid"`
	Mark         string   `yaml:"mark"`
	Fase         string   `yaml:"fase"`
	Kennisdrager string   `yaml:"kennisdrager"`
	Rollen       []string `yaml:"rollen"`
	Processen    []string `yaml:"processen"`
	Applicaties  []string `yaml:"applicaties"`
	Kans         string   `yaml:"kans"`
	Risico       string   `yaml:"risico"`
	Scholing     struct {
		Cursus    string `yaml:"cursus"`
		Uiterlijk string `yaml:"uiterlijk"`
	} `yaml:"scholing"`
}

func (m *Municipality) readDevelopmentLines(files fs.FS) error {
	var file struct {
		Ontwikkelingen []developmentLine `yaml:"ontwikkelingen"`
	}
	if err := readYAML(files, "ontwikkelingen.yaml", &file); err != nil {
		return err
	}
	for _, l := range file.Ontwikkelingen {
		c, err := m.change(l)
		if err != nil {
			return fmt.Errorf("ontwikkelingen.yaml, %s: %w", l.ID, err)
		}
		for _, r := range m.Requirements { // those that readChanges made of it
			if strings.HasPrefix(r.ID, strings.ToLower(l.ID)+"-") {
				m.Developments.Requirements[c.ID] = append(m.Developments.Requirements[c.ID], r.ID)
			}
		}
		m.publish(&c)
		m.Developments.Changes = append(m.Developments.Changes, c)
	}
	return nil
}

// source is where a line was read: what stands between the first brackets of its mark.
func (l developmentLine) source() string {
	_, rest, found := strings.Cut(l.Mark, "(")
	if source, _, closed := strings.Cut(rest, ")"); found && closed {
		return source
	}
	return l.Mark
}

// change makes a change of a line, as a draft.
func (m *Municipality) change(l developmentLine) (c changes.Change, err error) {
	c = changes.Change{ID: changes.ID(l.ID), Title: l.Titel, Source: l.source(), Holder: staff.PersonID(l.Kennisdrager), Chance: l.Kans, Risk: l.Risico, Version: 1, DraftedBy: staff.PersonID(l.Kennisdrager), DraftedAt: m.On.Start()}
	if c.Kind, err = word(kindWords, l.Soort); err != nil {
		return c, err
	}
	if c.Certainty, err = word(certaintyWords, l.Zekerheid); err != nil {
		return c, err
	}
	if c.Phase, err = word(phaseWords, l.Fase); err != nil {
		return c, err
	}
	for _, o := range l.O {
		origin, err := word(originWords, o)
		if err != nil {
			return c, err
		}
		c.Origins = append(c.Origins, origin)
	}
	if c.EffectiveOn, err = dayOrNone(l.Datum); err != nil {
		return c, err
	}
	if c.RetrainBefore, err = dayOrNone(l.Scholing.Uiterlijk); err != nil {
		return c, err
	}
	for _, role := range l.Rollen {
		if slices.ContainsFunc(m.Roles, func(r staff.Role) bool { return string(r.ID) == role }) {
			c.Touches.Roles = append(c.Touches.Roles, staff.RoleID(role))
		} else {
			c.Touches.Others = append(c.Touches.Others, role) // such as "bestuurders", who are no employees
		}
	}
	for _, p := range l.Processen {
		c.Touches.Processes = append(c.Touches.Processes, staff.ActivityID(p))
	}
	c.Touches.Applications = l.Applicaties
	for _, a := range m.Developments.Register {
		if a.Change == c.ID {
			c.Touches.Articles = append(c.Touches.Articles, a.ID)
		}
	}
	m.train(&c, courses.CourseKey(l.Scholing.Cursus))
	return c, nil
}

// train adds the course of a change with its scheme, and what its groups must do: the delta for its roles, and the bulletin
// about it for those whom that is for.
func (m *Municipality) train(c *changes.Change, course courses.CourseKey) {
	if course != "" {
		c.Touches.Courses = append(c.Touches.Courses, course)
		for _, s := range m.Schemes {
			if slices.ContainsFunc(s.Components, func(part certificates.Component) bool { return part.Course == course }) {
				c.Touches.Schemes = append(c.Touches.Schemes, s.Key)
				if !c.RetrainBefore.IsZero() {
					c.Verdicts = append(c.Verdicts, changes.Verdict{Kind: changes.Delta, Roles: c.Touches.Roles, Scheme: s.Key})
				}
			}
		}
	}
	for _, b := range m.Developments.Bulletins {
		if b.Change == c.ID {
			c.Verdicts = append(c.Verdicts, changes.Verdict{Kind: changes.Read, Roles: b.Roles, Bulletin: b.ID})
		}
	}
}

// publish makes a change published that asks something of people already: on the day its first bulletin began to hold.
func (m *Municipality) publish(c *changes.Change) {
	if len(m.Developments.Requirements[c.ID]) == 0 {
		return
	}
	at := slices.IndexFunc(m.Developments.Bulletins, func(b changes.Bulletin) bool { return b.Change == c.ID })
	first := m.Developments.Bulletins[at].Versions[0]
	c.PublishedBy, c.PublishedAt = first.ConfirmedBy, first.From.Start() // who looked at its text: never who wrote it
	c.DraftedAt = c.PublishedAt
	asked := slices.IndexFunc(m.Requirements, func(r certificates.Requirement) bool { return r.ID == m.Developments.Requirements[c.ID][0] })
	if r := m.Requirements[asked]; r.StartersOnly {
		c.Verdicts[0].StartersOnly, c.Verdicts[0].Roles = true, []staff.RoleID{staff.RoleID(r.Subject)}
	}
}

// dayOrNone reads a day that may be missing.
func dayOrNone(text string) (calendar.Date, error) {
	if text == "" {
		return 0, nil
	}
	return calendar.Parse(text)
}

func (m *Municipality) readSignals(files fs.FS) error {
	var file struct {
		Signalen []struct {
			ID           string `yaml:"id"`
			Datum        string `yaml:"datum"`
			Melder       string `yaml:"melder"`
			Herkomst     string `yaml:"herkomst"`
			Titel        string `yaml:"titel"`
			Tekst        string `yaml:"tekst"`
			Lot          string `yaml:"lot"`
			Ontwikkeling string `yaml:"ontwikkeling"`
			Besluit      string `yaml:"besluit"`
			BeslotenDoor string `yaml:"besloten_door"`
			BeslotenOp   string `yaml:"besloten_op"`
			Bulletin     string `yaml:"bulletin"`
		} `yaml:"signalen"`
	}
	if err := readYAML(files, "signalen.yaml", &file); err != nil {
		return err
	}
	for _, l := range file.Signalen {
		s := changes.Signal{
			ID: l.ID, Reporter: staff.PersonID(l.Melder), Title: l.Titel, Text: l.Tekst, Change: changes.ID(l.Ontwikkeling), Bulletin: changes.BulletinID(l.Bulletin), Decision: l.Besluit, DecidedBy: staff.PersonID(l.BeslotenDoor),
		}
		var err error
		for _, read := range []func() error{
			func() error { s.On, err = calendar.Parse(l.Datum); return err },
			func() error { s.Origin, err = word(originWords, l.Herkomst); return err },
			func() error { s.Fate, err = word(fateWords, l.Lot); return err },
			func() error { s.DecidedOn, err = dayOrNone(l.BeslotenOp); return err },
		} {
			if err := read(); err != nil {
				return fmt.Errorf("signalen.yaml, %s: %w", l.ID, err)
			}
		}
		m.Developments.Signals = append(m.Developments.Signals, s)
	}
	return nil
}
