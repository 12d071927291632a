package exchange

import (
	"fmt"
	"io/fs"
	"slices"
	"strconv"

	"bekwaam/courses/staff"
)

// leastLevel is from which level of a skill with an application a role works with it: whoever only has to know of it does not.
const leastLevel = 2

// readActivities reads the processes with the roles that may do them, and the applications with the roles that work with them.
func (m *Municipality) readActivities(files fs.FS) error {
	var processes struct {
		Processen []struct {
			ID             string `yaml:"id"`
			Naam           string `yaml:"naam"`
			Gekwalificeerd struct {
				Rollen []string `yaml:"rollen"`
			} `yaml:"gekwalificeerd"`
		} `yaml:"processen"`
	}
	if err := readYAML(files, "processen.yaml", &processes); err != nil {
		return err
	}
	for _, p := range processes.Processen {
		a := staff.Activity{ID: staff.ActivityID(p.ID), Kind: staff.Process, Name: p.Naam}
		for _, role := range p.Gekwalificeerd.Rollen {
			a.Roles = append(a.Roles, staff.RoleStretch{Role: staff.RoleID(role)})
		}
		m.Activities = append(m.Activities, a)
	}
	var skills struct {
		Vakcompetenties []struct {
			ID    string `yaml:"id"`
			Naam  string `yaml:"naam"`
			Groep string `yaml:"groep"`
		} `yaml:"vakcompetenties"`
	}
	if err := readYAML(files, "vakkennis.yaml", &skills); err != nil {
		return err
	}
	for _, s := range skills.Vakcompetenties {
		if s.Groep == "applicaties" {
			m.Activities = append(m.Activities, staff.Activity{ID: staff.ActivityID(s.ID), Kind: staff.Application, Name: s.Naam})
		}
	}
	err := readCSV(files, "rolprofielen_vak.csv", func(line map[string]string) error {
		level, err := strconv.Atoi(line["vereist_niveau"])
		if err != nil || level < leastLevel {
			return err
		}
		at := slices.IndexFunc(m.Activities, func(a staff.Activity) bool { return string(a.ID) == line["competentie_id"] })
		if at >= 0 {
			m.Activities[at].Roles = append(m.Activities[at].Roles, staff.RoleStretch{Role: staff.RoleID(line["rol_id"])})
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, a := range m.Activities {
		for _, role := range a.Working() {
			if !slices.ContainsFunc(m.Roles, func(r staff.Role) bool { return r.ID == role }) {
				return fmt.Errorf("%s: %s is not a role", a.ID, role)
			}
		}
	}
	return nil
}
