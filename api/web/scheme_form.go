package web

import (
	"cmp"
	"fmt"
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"bekwaam/certificates"
	"bekwaam/courses"
)

// A schemeForm is a version of a scheme as somebody fills it in: what they typed, right or wrong.
type schemeForm struct {
	url.Values
	Components    []schemeRow
	Refreshers    []schemeRow
	Prerequisites []schemeRow
	Focus         string // the id of the field to begin with
}

// A schemeRow is one component, refresher or prerequisite of the form.
type schemeRow struct{ Kind, Title, Course, Checklist, Scheme string }

// What a prerequisite can be.
const (
	hardly   = "hard"
	advisory = "advies"
)

// newSchemeForm writes a scheme into the form.
func newSchemeForm(s certificates.Scheme) schemeForm {
	f := schemeForm{Values: url.Values{
		"key": {string(s.Key)}, "version": {fmt.Sprint(s.Version)}, "title": {s.Title}, "method": {string(s.Method)}, "months": {number(s.Months)},
		"windowMonths": {fmt.Sprint(s.WindowMonths)}, "graceMonths": {fmt.Sprint(s.GraceMonths)},
		"anchorMonth": {number(int(s.AnchorMonth))}, "anchorDay": {number(s.AnchorDay)}, "minimumMonths": {number(s.MinimumMonths)},
		"componentsWithinMonths": {number(s.ComponentsWithinMonths)}, "minutes": {hours(s.Minutes)}, "refresherMinutes": {hours(s.RefresherMinutes)},
		"origin": {string(s.Origin)}, "citation": {s.Citation}, "appliesFrom": {s.AppliesFrom.String()},
	}}
	if s.AssessmentAtWork {
		f.Set("assessmentAtWork", "ja")
	}
	rows := func(parts []certificates.Component) (rows []schemeRow) {
		for _, c := range parts {
			rows = append(rows, schemeRow{Kind: string(c.Kind), Title: c.Title, Course: string(c.Course), Checklist: strings.Join(c.Checklist, "\n")})
		}
		return rows
	}
	f.Components, f.Refreshers = rows(s.Components), rows(s.Refreshers)
	for _, p := range s.Prerequisites {
		f.Prerequisites = append(f.Prerequisites, schemeRow{Kind: map[bool]string{true: hardly, false: advisory}[p.Hard], Scheme: string(p.Scheme)})
	}
	return f
}

// The lists of the form, by the name of their fields.
const (
	componentRows    = "components"
	refresherRows    = "refreshers"
	prerequisiteRows = "prerequisites"
)

// mostRows is how many rows of a list are read: more than a scheme may have, so that it can be told that it is too many.
const mostRows = 25

// readSchemeForm reads what was sent.
func readSchemeForm(values url.Values) schemeForm {
	f := schemeForm{Values: values}
	for name, rows := range f.lists() {
		for i := range mostRows {
			at := fmt.Sprintf("%s-%d-", name, i)
			if !values.Has(at + "kind") {
				break
			}
			*rows = append(*rows, schemeRow{values.Get(at + "kind"), values.Get(at + "title"), values.Get(at + "course"), values.Get(at + "checklist"), values.Get(at + "scheme")})
		}
	}
	return f
}

// lists are the rows of the form by the name of their fields.
func (f *schemeForm) lists() map[string]*[]schemeRow {
	return map[string]*[]schemeRow{componentRows: &f.Components, refresherRows: &f.Refreshers, prerequisiteRows: &f.Prerequisites}
}

// change carries out a button that adds, removes or moves a row, such as "erbij components external" or "weg refreshers 1". It
// reports whether the button was one of those.
func (f *schemeForm) change(button string) bool {
	words := strings.Fields(button)
	if len(words) != 3 {
		return false
	}
	rows := f.lists()[words[1]]
	if rows == nil {
		return false
	}
	if words[0] == "erbij" {
		if len(*rows) < mostRows {
			*rows = append(*rows, schemeRow{Kind: words[2]})
		}
		f.Focus = fmt.Sprintf("%s-%d", words[1], len(*rows)-1)
		return true
	}
	at, err := strconv.Atoi(words[2])
	if err != nil || at < 0 || at >= len(*rows) {
		return false
	}
	f.Focus = words[1]
	switch {
	case words[0] == "weg":
		*rows = slices.Delete(*rows, at, at+1)
	case words[0] == "op" && at > 0:
		(*rows)[at-1], (*rows)[at] = (*rows)[at], (*rows)[at-1]
		f.Focus = fmt.Sprintf("%s-%d", words[1], at-1)
	default:
		return false
	}
	return true
}

// settle carries out what somebody chose where somebody else had saved something.
func (f *schemeForm) settle(button string) {
	after, err := strconv.Atoi(f.Get("after"))
	if err != nil || button != followTheirs && button != replaceTheirs {
		return
	}
	f.Set("version", fmt.Sprint(after))
	f.Del("instead")
	if button == replaceTheirs {
		f.Set("version", fmt.Sprint(after-1))
		f.Set("instead", f.Get("seen"))
	}
}

// scheme makes a scheme of the form. What belongs to another way of reckoning than the one that is chosen does not count. What
// cannot be read is fault.Invalid, with its place.
func (f schemeForm) scheme() (certificates.Scheme, error) {
	wrong := *unreadable
	read := func(field string) int {
		text := strings.TrimSpace(f.Get(field))
		n, err := strconv.Atoi(cmp.Or(text, "0"))
		if err != nil {
			wrong = *wrong.At(field, "schrijf een heel getal", "write a whole number")
		}
		return n
	}
	stated := func(field string) int { // empty is not none: that is easily forgotten
		if strings.TrimSpace(f.Get(field)) == "" {
			wrong = *wrong.At(field, "schrijf een aantal maanden; 0 is geen", "write a number of months; 0 is none")
		}
		return read(field)
	}
	minutes := func(field string) int {
		text := strings.Replace(strings.TrimSpace(f.Get(field)), ",", ".", 1)
		n, err := strconv.ParseFloat(cmp.Or(text, "0"), 64)
		if err != nil || math.IsNaN(n) || n < 0 || n > 1000 {
			wrong = *wrong.At(field, "schrijf een aantal uren van 0 tot en met 1000, zoals 8 of 1,5", "write a number of hours from 0 to 1000, such as 8 or 1.5")
			return 0
		}
		return int(math.Round(n * 60))
	}
	parts := func(rows []schemeRow) (parts []certificates.Component) {
		for _, r := range rows {
			c := certificates.Component{Kind: certificates.ComponentKind(r.Kind), Title: strings.TrimSpace(r.Title)}
			switch c.Kind {
			case certificates.ComponentCourse:
				c.Course = courses.CourseKey(r.Course)
			case certificates.ComponentObserved:
				for line := range strings.Lines(r.Checklist) {
					if line = strings.TrimSpace(line); line != "" {
						c.Checklist = append(c.Checklist, line)
					}
				}
			}
			parts = append(parts, c)
		}
		return parts
	}
	s := certificates.Scheme{
		Key: certificates.SchemeKey(strings.TrimSpace(f.Get("key"))), Version: read("version"), Title: strings.TrimSpace(f.Get("title")), Method: certificates.Method(f.Get("method")),
		ComponentsWithinMonths: read("componentsWithinMonths"), AssessmentAtWork: f.Get("assessmentAtWork") != "", Minutes: minutes("minutes"), RefresherMinutes: minutes("refresherMinutes"),
		Origin: certificates.Origin(f.Get("origin")), Citation: strings.TrimSpace(f.Get("citation")), AppliesFrom: dayIn(f.Values, "appliesFrom", &wrong),
		Components: parts(f.Components), Refreshers: parts(f.Refreshers),
	}
	if s.Method != certificates.MethodNever {
		s.Months, s.WindowMonths, s.GraceMonths = read("months"), stated("windowMonths"), stated("graceMonths")
	}
	if s.Method == certificates.MethodFixed {
		s.AnchorMonth, s.AnchorDay, s.MinimumMonths = time.Month(read("anchorMonth")), read("anchorDay"), read("minimumMonths")
	}
	for _, r := range f.Prerequisites {
		s.Prerequisites = append(s.Prerequisites, certificates.Prerequisite{Scheme: certificates.SchemeKey(r.Scheme), Hard: r.Kind != advisory})
	}
	if len(wrong.Fields) > 0 {
		return s, &wrong
	}
	return s, nil
}
