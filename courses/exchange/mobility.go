package exchange

import (
	"fmt"
	"io/fs"

	"bekwaam/courses/calendar"
	"bekwaam/courses/competences"
	"bekwaam/courses/mobility"
	"bekwaam/courses/staff"
)

// A WishLine is one wish of the demo's people, with what was agreed about it.
type WishLine struct {
	mobility.Wish // without its key
	Done          []ItemLine
	Planned       bool // a plan is being prepared
	Terms         mobility.Terms
}

// An ItemLine is something of the learning on offer that somebody did.
type ItemLine struct {
	Item competences.ItemID
	On   calendar.Date
}

// readWishes reads who would like another role.
func (m *Municipality) readWishes(files fs.FS) error {
	var file struct {
		Wensen []struct {
			ID               string           `yaml:"id"`
			Personeelsnummer staff.PersonID   `yaml:"personeelsnummer"`
			NaarRol          staff.RoleID     `yaml:"naar_rol"`
			Datum            string           `yaml:"datum"`
			GewenstPer       string           `yaml:"gewenst_per"`
			UrenPerWeek      int              `yaml:"uren_per_week"`
			Begeleider       staff.PersonID   `yaml:"begeleider"`
			Status           string           `yaml:"status"`
			TerugKanTot      string           `yaml:"terug_kan_tot"`
			GedeeldMet       []staff.PersonID `yaml:"gedeeld_met"`
			Motivatie        string           `yaml:"motivatie"`
			Gedaan           []struct {
				Item    competences.ItemID `yaml:"item"`
				KlaarOp string             `yaml:"klaar_op"`
			} `yaml:"gedaan"`
			Afspraken struct {
				Rooster       string `yaml:"rooster"`
				Leerdag       int    `yaml:"leerdag"`
				Gesprek       string `yaml:"gesprek"`
				TerugkijkenOp string `yaml:"terugkijken_op"`
			} `yaml:"afspraken"`
		} `yaml:"wensen"`
	}
	if err := readYAML(files, "mobiliteit.yaml", &file); err != nil {
		return err
	}
	for _, l := range file.Wensen {
		on, _, err := dates(l.Datum, "")
		if err != nil {
			return fmt.Errorf("mobiliteit.yaml, %s: %w", l.ID, err)
		}
		by, until, err := dates(l.GewenstPer, l.TerugKanTot)
		if err != nil {
			return fmt.Errorf("mobiliteit.yaml, %s: %w", l.ID, err)
		}
		_, talk, err := dates(l.GewenstPer, l.Afspraken.TerugkijkenOp)
		if err != nil {
			return fmt.Errorf("mobiliteit.yaml, %s: %w", l.ID, err)
		}
		w := WishLine{
			Wish:    mobility.Wish{Person: l.Personeelsnummer, Role: l.NaarRol, Words: l.Motivatie, On: on, By: by, PerWeek: 60 * l.UrenPerWeek},
			Planned: l.Status == "plan_in_voorbereiding",
			Terms:   mobility.Terms{By: by, PerWeek: 60 * l.UrenPerWeek, Words: l.Motivatie, Guide: l.Begeleider, Roster: l.Afspraken.Rooster, LearnDay: l.Afspraken.Leerdag, Talks: l.Afspraken.Gesprek, TalkOn: talk, ReturnTill: until},
		}
		for _, reader := range l.GedeeldMet {
			w.Shared = append(w.Shared, mobility.Share{With: reader, On: on})
		}
		for _, d := range l.Gedaan {
			on, _, err := dates(d.KlaarOp, "")
			if err != nil {
				return fmt.Errorf("mobiliteit.yaml, %s: %w", l.ID, err)
			}
			w.Done = append(w.Done, ItemLine{d.Item, on})
		}
		m.Wishes = append(m.Wishes, w)
	}
	return nil
}
