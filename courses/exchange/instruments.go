package exchange

import (
	"fmt"
	"io/fs"
	"strings"

	"bekwaam/courses/competences"
	"bekwaam/courses/staff"
)

// An InstrumentStory is what a demo begins with of instruments.
type InstrumentStory struct {
	Consents []competences.Consent
	Readers  map[staff.PersonID][]staff.PersonID // with whom people share their results
	Scores   []byte                              // a list as a supplier sends it
}

// readInstruments reads who consents to results of instruments, and those that are there.
func (m *Municipality) readInstruments(files fs.FS) error {
	m.Instruments.Readers = make(map[staff.PersonID][]staff.PersonID)
	err := readCSV(files, "instrument_toestemmingen.csv", func(line map[string]string) error {
		person := staff.PersonID(line["personeelsnummer"])
		given, ends, err := dates(line["gegeven_op"], line["tot_en_met"])
		if err != nil {
			return err
		}
		consent, err := competences.NewConsent(person, competences.Purpose(line["doel"]), given, ends)
		if err != nil {
			return fmt.Errorf("%s: %w", person, err)
		}
		m.Instruments.Consents = append(m.Instruments.Consents, consent)
		for _, reader := range strings.Fields(line["gedeeld_met"]) {
			m.Instruments.Readers[person] = append(m.Instruments.Readers[person], staff.PersonID(reader))
		}
		return nil
	})
	if err != nil {
		return err
	}
	m.Instruments.Scores, err = fs.ReadFile(files, "instrument_uitslagen.csv")
	return err
}
