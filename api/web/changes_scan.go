package web

import (
	"slices"

	"bekwaam/courses/academy"
	"bekwaam/courses/changes"
	"bekwaam/courses/staff"
)

// A scanPage shows what comes from outside as a field: from whom, and of what kind.
type scanPage struct {
	Kinds  []string
	Rows   []scanRow
	Weighs []scanWeigh
}

// A scanRow is one of the five O's.
type scanRow struct {
	From  string
	Cells [][]changeLine // one for each kind
}

// A scanWeigh is a change with its chance and its risk.
type scanWeigh struct {
	changeLine
	Chance, Risk string
}

var scanView = declare[scanPage]("scan.html")

// scan shows the scan of the environment. An application is technology.
func (s *Site) scan(v *visit) error {
	all, err := s.office.Changes(v.ctx(), v.actor)
	if err != nil {
		return err
	}
	columns := []changes.Kind{changes.Law, changes.Technology, changes.Society}
	var page scanPage
	for _, k := range columns {
		page.Kinds = append(page.Kinds, v.changeKind(k))
	}
	for _, origin := range changes.FiveOs() {
		row := scanRow{From: v.fromOutside(origin), Cells: make([][]changeLine, len(columns))}
		for _, c := range all {
			kind := c.Kind
			if kind == changes.Application {
				kind = changes.Technology
			}
			if at := slices.Index(columns, kind); c.WithdrawnAt.IsZero() && slices.Contains(c.Origins, origin) {
				row.Cells[at] = append(row.Cells[at], v.changeLine(c))
			}
		}
		page.Rows = append(page.Rows, row)
	}
	for _, c := range all {
		if c.WithdrawnAt.IsZero() && c.Chance+c.Risk != "" {
			page.Weighs = append(page.Weighs, scanWeigh{v.changeLine(c), c.Chance, c.Risk})
		}
	}
	return scanView.show(v, page)
}

// A registerPage is what is found in the law register, with what it touches when that changes.
type registerPage struct {
	Q     string
	Reach changes.Reach
	Names academy.ChangeNames
	New   bool // the visitor may write a change about it
}

var registerView = declare[registerPage]("law_register.html")

// lawRegister finds lines of the law register by words.
func (s *Site) lawRegister(v *visit) error {
	page := registerPage{Q: v.query("q"), New: v.actor.May(staff.WriteChanges)}
	var err error
	if page.Reach, err = s.office.Register(v.ctx(), v.actor, page.Q); err != nil {
		return err
	}
	if page.Names, err = s.office.ChangeNames(v.ctx(), v.actor); err != nil {
		return err
	}
	return registerView.show(v, page)
}
