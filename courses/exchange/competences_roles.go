package exchange

import (
	"cmp"
	"fmt"
	"io/fs"
	"slices"
	"strconv"

	"github.com/goccy/go-yaml"

	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/calendar"
	"bekwaam/courses/competences"
	"bekwaam/courses/staff"
)

// readProfiles reads what the roles ask, each from the first day somebody held it.
func (m *Municipality) readProfiles(files fs.FS) error {
	asked := make(map[staff.RoleID][]competences.Required)
	for _, name := range []string{"rolprofielen.csv", "rolprofielen_vak.csv"} {
		err := readCSV(files, name, func(line map[string]string) error {
			r := competences.Required{Competence: competences.CompetenceID(line["competentie_id"])}
			var err error
			if r.Level, err = m.level(r.Competence, line["vereist_niveau"]); err != nil {
				return err
			}
			r.Weight, err = strconv.Atoi(line["gewicht"])
			role := staff.RoleID(line["rol_id"])
			asked[role] = append(asked[role], r)
			return err
		})
		if err != nil {
			return err
		}
	}
	for _, role := range m.Roles {
		first := m.On
		for _, e := range m.Employments {
			if e.Role == role.ID {
				first = min(first, e.From)
			}
		}
		m.Competences.addProfile(role.ID, first, asked[role.ID])
	}
	return nil
}

func (s *CompetenceStory) addProfile(role staff.RoleID, from calendar.Date, required []competences.Required) {
	slices.SortFunc(required, func(a, b competences.Required) int { return cmp.Compare(a.Competence, b.Competence) })
	s.Profiles = append(s.Profiles, competences.RoleProfile{Role: role, Version: 1, ValidFrom: from, Required: required})
}

// readFutureRoles reads the roles that nobody holds yet and the places that are open, with what they ask.
func (m *Municipality) readFutureRoles(files fs.FS) error {
	var file struct {
		Rollen []struct {
			ID       staff.RoleID             `yaml:"id"`
			Code     string                   `yaml:"code"`
			Naam     string                   `yaml:"naam"`
			Soort    string                   `yaml:"soort"`
			Cluster  string                   `yaml:"cluster"`
			Team     staff.TeamID             `yaml:"team"`
			Uren     int                      `yaml:"uren_per_week"`
			Plekken  int                      `yaml:"plekken"`
			Vanaf    string                   `yaml:"valid_from"`
			SluitOp  string                   `yaml:"sluit_op"`
			Opvolger staff.PersonID           `yaml:"opvolging_van"`
			Vereist  []certificates.SchemeKey `yaml:"vereist"`
			Binnen   int                      `yaml:"binnen_dagen"`
			Doel     string                   `yaml:"doel"`
			Profiel  []struct {
				Competentie competences.CompetenceID `yaml:"competentie"`
				Niveau      int                      `yaml:"niveau"`
				Gewicht     int                      `yaml:"gewicht"`
			} `yaml:"profiel"`
		} `yaml:"toekomstige_rollen"`
	}
	if err := readYAML(files, "mobiliteit.yaml", &file); err != nil {
		return err
	}
	for _, l := range file.Rollen {
		role := competences.FutureRole{
			Role: staff.Role{ID: l.ID, Code: l.Code, Name: l.Naam, Cluster: l.Cluster}, Vacancy: l.Soort == "vacature", Team: l.Team, PerWeek: 60 * l.Uren, Places: l.Plekken,
			Replaces: l.Opvolger, Purpose: l.Doel, Schemes: l.Vereist, WithinDays: l.Binnen,
		}
		var err error
		if role.From, role.ClosesOn, err = dates(l.Vanaf, l.SluitOp); err != nil {
			return fmt.Errorf("mobiliteit.yaml, %s: %w", l.ID, err)
		}
		var required []competences.Required
		for _, r := range l.Profiel {
			level, err := m.level(r.Competentie, strconv.Itoa(r.Niveau))
			if err != nil {
				return fmt.Errorf("mobiliteit.yaml, %s: %w", l.ID, err)
			}
			required = append(required, competences.Required{Competence: r.Competentie, Level: level, Weight: r.Gewicht})
		}
		m.Competences.FutureRoles = append(m.Competences.FutureRoles, role)
		m.Competences.addProfile(l.ID, role.From, required)
	}
	return nil
}

// starts are the times an item is given: a day, or a list of days, for each.
type starts []competences.Start

// UnmarshalYAML implements yaml.BytesUnmarshaler.
func (s *starts) UnmarshalYAML(text []byte) error {
	var entries []any
	if err := yaml.Unmarshal(text, &entries); err != nil {
		return err
	}
	for _, entry := range entries {
		days, several := entry.([]any)
		if !several {
			days = []any{entry}
		}
		var start competences.Start
		for _, one := range days {
			day, err := calendar.Parse(fmt.Sprint(one))
			if err != nil {
				return err
			}
			start = append(start, day)
		}
		*s = append(*s, start)
	}
	return nil
}

// readLearning reads what one can do to learn.
func (m *Municipality) readLearning(files fs.FS) error {
	var file struct {
		Leeraanbod []itemLine `yaml:"leeraanbod"`
	}
	if err := readYAML(files, "leeraanbod.yaml", &file); err != nil {
		return err
	}
	for _, l := range file.Leeraanbod {
		item, err := l.item()
		if err != nil {
			return fmt.Errorf("leeraanbod.yaml, %s: %w", l.ID, err)
		}
		m.Competences.Items = append(m.Competences.Items, item)
	}
	return nil
}

type itemLine struct {
	ID             competences.ItemID     `yaml:"id"`
	Titel          string                 `yaml:"titel"`
	Soort          competences.ItemKind   `yaml:"soort"`
	Cursus         courses.CourseKey      `yaml:"cursus"`
	Certificering  certificates.SchemeKey `yaml:"certificering"`
	Aanbieder      string                 `yaml:"aanbieder"`
	Begeleider     staff.PersonID         `yaml:"begeleider"`
	Beoordelaar    staff.PersonID         `yaml:"beoordelaar"`
	Uren           float64                `yaml:"uren"`
	KostenEur      int                    `yaml:"kosten_eur"`
	Doorlooptijd   int                    `yaml:"doorlooptijd_weken"`
	Plaatsen       int                    `yaml:"plaatsen"`
	Data           starts                 `yaml:"data"`
	BeschikbaarTot string                 `yaml:"beschikbaar_tot"`
	Voorwaarden    struct {
		Items   []competences.ItemID `yaml:"items"`
		EenVan  []competences.ItemID `yaml:"een_van"`
		Niveaus []struct {
			Competentie competences.CompetenceID `yaml:"competentie"`
			Minimaal    competences.Level        `yaml:"minimaal"`
		} `yaml:"niveaus"`
		Eerder certificates.SchemeKey `yaml:"eerder_certificaat"`
	} `yaml:"voorwaarden"`
	Bewijst []struct {
		Competentie competences.CompetenceID `yaml:"competentie"`
		Van         competences.Level        `yaml:"van_niveau"`
		Tot         competences.Level        `yaml:"tot_niveau"`
	} `yaml:"bewijst"`
	Wettelijk bool `yaml:"wettelijk_verplicht"`
}

func (l itemLine) item() (competences.LearningItem, error) {
	i := competences.LearningItem{
		ID: l.ID, Title: l.Titel, Kind: l.Soort, Course: l.Cursus, Scheme: l.Certificering, Supplier: l.Aanbieder, Minutes: int(60 * l.Uren), Cents: 100 * l.KostenEur, Weeks: l.Doorlooptijd,
		Places: l.Plaatsen, Guide: l.Begeleider, Assessor: l.Beoordelaar, Starts: l.Data, After: l.Voorwaarden.Items, AfterAny: l.Voorwaarden.EenVan, Earlier: l.Voorwaarden.Eerder, Statutory: l.Wettelijk,
	}
	for _, n := range l.Voorwaarden.Niveaus {
		i.AtLeast = append(i.AtLeast, competences.Attained{Competence: n.Competentie, Level: n.Minimaal})
	}
	for _, b := range l.Bewijst {
		i.Evidences = append(i.Evidences, competences.Raise{Competence: b.Competentie, From: b.Van, To: b.Tot})
	}
	if l.BeschikbaarTot == "" {
		return i, nil
	}
	var err error
	i.Until, err = calendar.Parse(l.BeschikbaarTot)
	return i, err
}
