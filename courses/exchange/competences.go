package exchange

import (
	"cmp"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strconv"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/competences"
	"bekwaam/courses/staff"
)

// A CompetenceStory is what the files of the demo say about competences.
type CompetenceStory struct {
	Catalogue   competences.Catalogue
	Profiles    []competences.RoleProfile
	FutureRoles []competences.FutureRole
	Evidence    []competences.Evidence // but for what certificates evidence
	Needed      []competences.Needed
	Items       []competences.LearningItem
}

type competenceLine struct {
	ID          competences.CompetenceID `yaml:"id"`
	Naam        string                   `yaml:"naam"`
	Cluster     string                   `yaml:"cluster"`
	Groep       string                   `yaml:"groep"`
	Certificaat []certificates.SchemeKey `yaml:"certificaat"`
	Definitie   string                   `yaml:"definitie"`
	Niveaus     map[int]string           `yaml:"niveaus"`
}

// scale puts what stands under 1, 2, 3 … in that order.
func scale(levels map[int]string) ([]string, error) {
	var words []string
	for i, n := range slices.Sorted(maps.Keys(levels)) {
		if n != i+1 {
			return nil, fmt.Errorf("level %d is missing", i+1)
		}
		words = append(words, levels[n])
	}
	return words, nil
}

// add adds a framework with its competences, whose groups have the names of a table or their own.
func (s *CompetenceStory) add(f competences.Framework, levels map[int]string, lines []competenceLine, groups map[string]string) error {
	var err error
	if f.Scale, err = scale(levels); err != nil {
		return err
	}
	s.Catalogue.Frameworks = append(s.Catalogue.Frameworks, f)
	for _, l := range lines {
		c := competences.Competence{ID: l.ID, Framework: f.Key, Group: groups[l.Cluster+l.Groep], Name: l.Naam, Definition: l.Definitie, Certificates: l.Certificaat}
		if c.Group == "" {
			return fmt.Errorf("%s: there is no group %q", l.ID, l.Cluster+l.Groep)
		}
		if c.Levels, err = scale(l.Niveaus); err != nil || len(c.Levels) != len(f.Scale) {
			return fmt.Errorf("%s: %d levels on a scale of %d: %w", l.ID, len(c.Levels), len(f.Scale), err)
		}
		s.Catalogue.Competences = append(s.Catalogue.Competences, c)
	}
	return nil
}

// behaviourGroups are the words for the groups of behaviour, which the file names by a key alone.
var behaviourGroups = map[string]string{"mens": "Gedrag: met mensen", "vak": "Gedrag: in het vak", "groei": "Gedrag: groei"}

// byGroup puts competences of one group together, the groups in order of their first.
func byGroup(lines []competenceLine) {
	first := make(map[string]int)
	for i, l := range lines {
		if _, known := first[l.Cluster]; !known {
			first[l.Cluster] = i
		}
	}
	slices.SortStableFunc(lines, func(a, b competenceLine) int { return cmp.Compare(first[a.Cluster], first[b.Cluster]) })
}

// readCompetences reads the frameworks: professional knowledge first, behaviour after it.
func (m *Municipality) readCompetences(files fs.FS) error {
	var knowledge struct {
		Zelfstandig competences.Level `yaml:"zelfstandig_niveau"`
		Schaal      map[int]string    `yaml:"schaal"`
		Groepen     []struct {
			ID   string `yaml:"id"`
			Naam string `yaml:"naam"`
		} `yaml:"groepen"`
		Competenties []competenceLine `yaml:"vakcompetenties"`
		Bewijst      map[certificates.SchemeKey][]struct {
			Competentie competences.CompetenceID `yaml:"competentie"`
			Niveau      competences.Level        `yaml:"niveau"`
		} `yaml:"certificering_bewijst"`
	}
	if err := readYAML(files, "vakkennis.yaml", &knowledge); err != nil {
		return err
	}
	groups := make(map[string]string)
	for _, g := range knowledge.Groepen {
		groups[g.ID] = g.Naam
	}
	s := &m.Competences
	if err := s.add(competences.Framework{Key: "vakkennis", Title: "Vakkennis", Independent: knowledge.Zelfstandig}, knowledge.Schaal, knowledge.Competenties, groups); err != nil {
		return fmt.Errorf("vakkennis.yaml: %w", err)
	}
	var behaviour struct {
		Schaal       map[int]string   `yaml:"schaal"`
		Competenties []competenceLine `yaml:"competenties"`
	}
	if err := readYAML(files, "competenties.yaml", &behaviour); err != nil {
		return err
	}
	byGroup(behaviour.Competenties)
	if err := s.add(competences.Framework{Key: "gedrag", Title: "Gedrag", Independent: knowledge.Zelfstandig}, behaviour.Schaal, behaviour.Competenties, behaviourGroups); err != nil {
		return fmt.Errorf("competenties.yaml: %w", err)
	}
	s.Catalogue.Proofs = make(competences.Proofs)
	for scheme, lines := range knowledge.Bewijst {
		for _, l := range lines {
			if _, known := s.Catalogue.Competence(l.Competentie); !known {
				return fmt.Errorf("vakkennis.yaml, %s: %s is not a competence", scheme, l.Competentie)
			}
			s.Catalogue.Proofs[scheme] = append(s.Catalogue.Proofs[scheme], competences.Attained{Competence: l.Competentie, Level: l.Niveau})
		}
	}
	return nil
}

// sources are the sources as the files of the demo name them. What a certificate evidences follows from the certificate.
var sources = map[string]competences.Source{"zelf": competences.Self, "leidinggevende": competences.Leader, "praktijkbeoordeling": competences.Assessor}

// readMeasurements reads which level everybody was judged to have.
func (m *Municipality) readMeasurements(files fs.FS) error {
	for _, name := range []string{"competentiemetingen.csv", "competentiemetingen_vak.csv"} {
		err := readCSV(files, name, func(line map[string]string) error {
			if line["bron"] == "certificaat" {
				return nil
			}
			source, known := sources[line["bron"]]
			if !known {
				return fmt.Errorf("%q is not a source", line["bron"])
			}
			e := competences.Evidence{Person: staff.PersonID(line["personeelsnummer"]), Competence: competences.CompetenceID(line["competentie_id"]), Source: source, By: staff.PersonID(line["beoordelaar"])}
			if source == competences.Self {
				e.By = e.Person
			}
			var err error
			if e.Level, err = m.level(e.Competence, line["niveau"]); err != nil {
				return err
			}
			e.On, err = calendar.Parse(line["datum"])
			m.Competences.Evidence = append(m.Competences.Evidence, e)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// level reads a level of a competence that is there.
func (m *Municipality) level(id competences.CompetenceID, text string) (competences.Level, error) {
	c, known := m.Competences.Catalogue.Competence(id)
	if !known {
		return 0, fmt.Errorf("%s is not a competence", id)
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > len(c.Levels) {
		return 0, fmt.Errorf("%q is not a level of %s", text, id)
	}
	return competences.Level(n), nil
}

// readNeeded reads how many people of each team must be able to do what.
func (m *Municipality) readNeeded(files fs.FS) error {
	return readCSV(files, "benodigd.csv", func(line map[string]string) error {
		n := competences.Needed{Team: staff.TeamID(line["team_id"]), Competence: competences.CompetenceID(line["competentie_id"]), Note: line["toelichting"]}
		if _, known := m.Competences.Catalogue.Competence(n.Competence); !known {
			return fmt.Errorf("%s is not a competence", n.Competence)
		}
		var err error
		n.People, err = strconv.Atoi(line["minimaal_zelfstandig"])
		m.Competences.Needed = append(m.Competences.Needed, n)
		return err
	})
}
