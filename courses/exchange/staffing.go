package exchange

import (
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"time"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
	"bekwaam/courses/staffing"
	"bekwaam/courses/training"
)

// weekdays are the days of the week as the files of the demo name them.
var weekdays = map[string]time.Weekday{"ma": time.Monday, "di": time.Tuesday, "wo": time.Wednesday, "do": time.Thursday, "vr": time.Friday, "za": time.Saturday, "zo": time.Sunday}

type processLine struct {
	ID             string `yaml:"id"`
	Cluster        string `yaml:"cluster"`
	Eigenaar       string `yaml:"eigenaar"`
	Gekwalificeerd struct {
		Alle   []certificates.SchemeKey `yaml:"alle"`
		EenVan []certificates.SchemeKey `yaml:"een_van"`
	} `yaml:"gekwalificeerd"`
	Bezetting   []windowLine `yaml:"bezetting"`
	PoolMinimum int          `yaml:"pool_minimum"`
	VierOgen    string       `yaml:"vier_ogen"`
	BijTekort   string       `yaml:"bij_tekort"`
}

type windowLine struct {
	Dagen       []string `yaml:"dagen"`
	Van         string   `yaml:"van"`
	Tot         string   `yaml:"tot"`
	Minimum     int      `yaml:"minimum"`
	Toelichting string   `yaml:"toelichting"`
}

// readProcesses reads what qualifies for the processes that are there, and how many people they need when.
func (m *Municipality) readProcesses(files fs.FS) error {
	var file struct {
		Processen []processLine `yaml:"processen"`
	}
	if err := readYAML(files, "processen.yaml", &file); err != nil {
		return err
	}
	for _, l := range file.Processen {
		at := slices.IndexFunc(m.Activities, func(a staff.Activity) bool { return string(a.ID) == l.ID })
		if at < 0 {
			return fmt.Errorf("processen.yaml: %s is not a process", l.ID)
		}
		p := staffing.Process{
			Activity: m.Activities[at], Cluster: l.Cluster, Owner: staff.PersonID(l.Eigenaar), All: l.Gekwalificeerd.Alle, OneOf: l.Gekwalificeerd.EenVan,
			PoolMinimum: l.PoolMinimum, FourEyes: l.VierOgen, Shortage: l.BijTekort,
		}
		for _, scheme := range p.Schemes() {
			if !slices.ContainsFunc(m.Schemes, func(s certificates.Scheme) bool { return s.Key == scheme }) {
				return fmt.Errorf("processen.yaml, %s: %s is not a scheme", l.ID, scheme)
			}
		}
		for _, line := range l.Bezetting {
			w, err := line.window()
			if err != nil {
				return fmt.Errorf("processen.yaml, %s: %w", l.ID, err)
			}
			p.Windows = append(p.Windows, w)
		}
		m.Processes = append(m.Processes, p)
	}
	return nil
}

func (l windowLine) window() (staffing.Window, error) {
	w := staffing.Window{Minimum: l.Minimum, Note: l.Toelichting}
	for _, name := range l.Dagen {
		day, ok := weekdays[name]
		if !ok {
			return w, fmt.Errorf("%q is not a day of the week", name)
		}
		w.Days = append(w.Days, day)
	}
	var err error
	w.From, w.To, err = clocks(l.Van, l.Tot)
	return w, err
}

// clocks reads from when until when something is.
func clocks(from, to string) (start, end training.Clock, err error) {
	if start, err = training.ParseClock(from); err != nil {
		return 0, 0, err
	}
	if end, err = training.ParseClock(to); err == nil && end <= start {
		err = fmt.Errorf("%s is not after %s", to, from)
	}
	return start, end, err
}

// readRosters reads on which days and at what times people work. The hours that stand beside the times are without the
// break, and have to be the same.
func (m *Municipality) readRosters(files fs.FS) error {
	return readCSV(files, "dienstverbanden.csv", func(line map[string]string) error {
		number, err := strconv.Atoi(line["dienstverband"])
		if err != nil {
			return err
		}
		r := staffing.Roster{Person: staff.PersonID(line["personeelsnummer"]), Employment: number}
		if r.From, err = calendar.Parse(line["van"]); err != nil {
			return err
		}
		for name, day := range weekdays {
			if r.Days[day], err = hours(line[name]); err != nil {
				return err
			}
			if said := line[name+"_uren"]; said != "" {
				n, err := strconv.ParseFloat(strings.Replace(said, ",", ".", 1), 64)
				if worked := r.Days[day].Minutes(); err != nil || int(n*60) != worked {
					return fmt.Errorf("%s: %q hours beside %q, which is %d minutes of work", name, said, line[name], worked)
				}
			}
		}
		m.Rosters = append(m.Rosters, r)
		return nil
	})
}

// hours reads 08:30-17:00; nothing is a day off.
func hours(text string) (h staffing.Hours, err error) {
	if text == "" {
		return h, nil
	}
	from, to, _ := strings.Cut(text, "-")
	h.From, h.To, err = clocks(from, to)
	return h, err
}

// parts are the parts of a day as the files of the demo name them.
var parts = map[string]staffing.Part{"heel": staffing.WholeDay, "ochtend": staffing.Morning, "middag": staffing.Afternoon}

// readLeave reads when people are on leave.
func (m *Municipality) readLeave(files fs.FS) error {
	return readCSV(files, "verlof.csv", func(line map[string]string) error {
		l := staffing.Leave{ID: line["verlof_id"], Person: staff.PersonID(line["personeelsnummer"]), Approved: line["status"] == "goedgekeurd"}
		var err error
		if line["dienstverband"] != "" {
			if l.Employment, err = strconv.Atoi(line["dienstverband"]); err != nil {
				return err
			}
		}
		known := false
		if l.Part, known = parts[line["dagdeel"]]; !known {
			return fmt.Errorf("%q is not a part of a day", line["dagdeel"])
		}
		l.From, l.Until, err = dates(line["van"], line["tot_en_met"])
		m.Leave = append(m.Leave, l)
		return err
	})
}

// readOnCall reads who stands ready when.
func (m *Municipality) readOnCall(files fs.FS) error {
	return readCSV(files, "piket.csv", func(line map[string]string) error {
		c := staffing.OnCall{Person: staff.PersonID(line["personeelsnummer"]), Process: staff.ActivityID(line["proces_id"])}
		var err error
		if c.Day, err = calendar.Parse(line["datum"]); err != nil {
			return err
		}
		c.From, c.To, err = clocks(line["van"], line["tot"])
		m.OnCall = append(m.OnCall, c)
		return err
	})
}

// A ConsentLine is when the works council consented to views that follow named people, and where that is written.
type ConsentLine struct {
	On        calendar.Date
	Reference string
}

// readProcedures reads how the processes are done.
func (m *Municipality) readProcedures(files fs.FS) error {
	var file struct {
		Instemming struct {
			Op      string `yaml:"op"`
			Besluit string `yaml:"besluit"`
		} `yaml:"instemming_or"`
		Werkwijzen []struct {
			Proces       string `yaml:"proces"`
			Vanaf        string `yaml:"vanaf"`
			Kennisdrager string `yaml:"kennisdrager"`
			Tekst        string `yaml:"tekst"`
		} `yaml:"werkwijzen"`
	}
	if err := readYAML(files, "werkwijzen.yaml", &file); err != nil {
		return err
	}
	var err error
	m.Consent.Reference = file.Instemming.Besluit
	if m.Consent.On, err = calendar.Parse(file.Instemming.Op); err != nil {
		return fmt.Errorf("werkwijzen.yaml: %w", err)
	}
	for _, l := range file.Werkwijzen {
		p := staffing.Procedure{Process: staff.ActivityID(l.Proces), Version: 1, Text: strings.TrimSpace(l.Tekst), Holder: staff.PersonID(l.Kennisdrager)}
		if p.From, err = calendar.Parse(l.Vanaf); err != nil {
			return fmt.Errorf("werkwijzen.yaml, %s: %w", l.Proces, err)
		}
		m.Procedures = append(m.Procedures, p)
	}
	return nil
}
