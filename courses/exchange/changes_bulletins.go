package exchange

import (
	"cmp"
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

type bulletinLine struct {
	ID        string         `yaml:"id"`
	Onderwerp string         `yaml:"onderwerp"`
	Rollen    []staff.RoleID `yaml:"rollen"`
	Bron      struct {
		Wet      string `yaml:"wet"`
		Artikel  string `yaml:"artikel"`
		Register string `yaml:"register"`
	} `yaml:"bron"`
	Ontwikkeling string `yaml:"ontwikkeling"`
	Kennisdrager string `yaml:"kennisdrager"`
	LezenVoor    string `yaml:"lezen_voor"`
	Versies      []struct {
		Versie        int    `yaml:"versie"`
		GeldigVan     string `yaml:"geldig_van"`
		GeldigTot     string `yaml:"geldig_tot"`
		GemaaktDoor   string `yaml:"gemaakt_door"`
		BevestigdDoor string `yaml:"bevestigd_door"`
		Titel         string `yaml:"titel"`
		Tekst         string `yaml:"tekst"`
	} `yaml:"versies"`
	Gelezen map[int]map[staff.PersonID]string `yaml:"gelezen"`
}

func (m *Municipality) readBulletins(files fs.FS) error {
	var file struct {
		Bulletins []bulletinLine `yaml:"bulletins"`
	}
	if err := readYAML(files, "bulletins.yaml", &file); err != nil {
		return err
	}
	for _, l := range file.Bulletins {
		if err := m.readBulletin(l); err != nil {
			return fmt.Errorf("bulletins.yaml, %s: %w", l.ID, err)
		}
	}
	return nil
}

func (m *Municipality) readBulletin(l bulletinLine) (err error) {
	b := changes.Bulletin{
		ID: changes.BulletinID(l.ID), Topic: l.Onderwerp, Roles: l.Rollen, Law: l.Bron.Wet, Article: l.Bron.Artikel, Register: changes.ArticleID(l.Bron.Register),
		Change: changes.ID(l.Ontwikkeling), Holder: staff.PersonID(l.Kennisdrager),
	}
	if b.ReadBefore, err = dayOrNone(l.LezenVoor); err != nil {
		return err
	}
	for _, v := range l.Versies {
		e := changes.Edition{Number: v.Versie, Title: v.Titel, Text: v.Tekst, MadeBy: staff.PersonID(v.GemaaktDoor), ConfirmedBy: staff.PersonID(v.BevestigdDoor)}
		if e.From, e.Until, err = dates(v.GeldigVan, v.GeldigTot); err != nil {
			return err
		}
		e.MadeAt = min(e.From, m.On).Start() // the file does not say when
		e.ConfirmedAt = e.MadeAt
		b.Versions = append(b.Versions, e)
	}
	for number, readers := range l.Gelezen {
		for person, text := range readers {
			on, err := calendar.Parse(text)
			if err != nil {
				return err
			}
			m.Developments.Receipts = append(m.Developments.Receipts, changes.Receipt{Bulletin: b.ID, Number: number, Person: person, On: on})
		}
	}
	slices.SortFunc(m.Developments.Receipts, func(a, b changes.Receipt) int {
		return cmp.Or(cmp.Compare(a.Bulletin, b.Bulletin), cmp.Compare(a.Number, b.Number), cmp.Compare(a.Person, b.Person))
	})
	m.Developments.Bulletins = append(m.Developments.Bulletins, b)
	return nil
}

func (m *Municipality) readRegister(files fs.FS) error {
	var file struct {
		Register []struct {
			ID            string               `yaml:"id"`
			Bron          string               `yaml:"bron"`
			Artikel       string               `yaml:"artikel"`
			Onderwerp     string               `yaml:"onderwerp"`
			Cursus        string               `yaml:"cursus"`
			Leerdoel      string               `yaml:"leerdoel"`
			Vragen        []courses.QuestionID `yaml:"vragen"`
			Certificering string               `yaml:"certificering"`
			Zekerheid     string               `yaml:"zekerheid"`
			Ontwikkeling  string               `yaml:"ontwikkeling"`
		} `yaml:"register"`
	}
	if err := readYAML(files, "wetsregister.yaml", &file); err != nil {
		return err
	}
	for _, l := range file.Register {
		basis, err := word(basisWords, l.Zekerheid)
		if err != nil {
			return fmt.Errorf("wetsregister.yaml, %s: %w", l.ID, err)
		}
		m.Developments.Register = append(m.Developments.Register, changes.Article{
			ID: changes.ArticleID(l.ID), Source: l.Bron, Article: l.Artikel, Topic: l.Onderwerp, Course: courses.CourseKey(l.Cursus), Goal: courses.GoalID(l.Leerdoel), Questions: l.Vragen,
			Scheme: certificates.SchemeKey(l.Certificering), Basis: basis, Change: changes.ID(l.Ontwikkeling),
		})
	}
	return nil
}

func (m *Municipality) readObjectives(files fs.FS) error {
	var organisation struct {
		Strategie struct {
			Missie                       string `yaml:"missie"`
			Visie                        string `yaml:"visie"`
			GedeeldeVerantwoordelijkheid string `yaml:"gedeelde_verantwoordelijkheid"`
		} `yaml:"strategie"`
	}
	if err := readYAML(files, "gemeente.yaml", &organisation); err != nil {
		return err
	}
	s := organisation.Strategie
	m.Developments.Strategy = changes.Strategy{Mission: s.Missie, Vision: s.Visie, Shared: s.GedeeldeVerantwoordelijkheid}
	var file struct {
		Doelen []struct {
			ID        string       `yaml:"id"`
			Team      staff.TeamID `yaml:"team"`
			Doel      string       `yaml:"doel"`
			Indicator string       `yaml:"indicator"`
			Norm      int          `yaml:"norm"`
			Uiterlijk string       `yaml:"uiterlijk"`
			Meting    string       `yaml:"meting"`
		} `yaml:"doelen"`
	}
	if err := readYAML(files, "doelstellingen.yaml", &file); err != nil {
		return err
	}
	for _, l := range file.Doelen {
		o := changes.Objective{ID: changes.ObjectiveID(l.ID), Teams: []staff.TeamID{l.Team}, Text: l.Doel, Indicator: l.Indicator, Norm: l.Norm, Measure: changes.ByHand}
		o.AtMost = l.Norm == 0 || strings.HasPrefix(l.Indicator, "mediaan")
		var err error
		if o.Until, err = calendar.Parse(l.Uiterlijk); err != nil {
			return fmt.Errorf("doelstellingen.yaml, %s: %w", l.ID, err)
		}
		indicator := strings.Fields(l.Indicator)
		switch kind, subject, _ := strings.Cut(l.Meting, " "); kind {
		case "bezettingsregel":
			o.Measure, o.Process = changes.ByStaffing, staff.ActivityID(subject)
		case "kennisdrager-register":
			o.Measure = changes.ByHolders
		case "toetsresultaat":
			o.Measure = changes.ByResults
		case "delta-cursus":
			o.Measure = changes.ByRelease
		case "ontwikkelplan":
			o.Measure = changes.ByTalks
		case "activiteit":
			o.Measure = changes.ByShadowing
		case "mobiliteit":
			o.Measure = changes.ByExchanges
		case "leesbevestiging":
			o.Measure = changes.ByReceipts
		case "certificaat": // "% R01 met geldig NVVB-B1A"; "medewerkers" is everybody
			o.Measure, o.Scheme = changes.ByCertificate, certificates.SchemeKey(indicator[len(indicator)-1])
			if slices.ContainsFunc(m.Roles, func(r staff.Role) bool { return string(r.ID) == indicator[1] }) {
				o.Role = staff.RoleID(indicator[1])
			}
		}
		m.Developments.Objectives = append(m.Developments.Objectives, o)
	}
	return nil
}
