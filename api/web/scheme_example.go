package web

import (
	"bytes"
	"cmp"
	"net/http"
	"strings"

	"bekwaam/courses/academy"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
)

// A schemeExample is what a draft makes of real people and of somebody who begins.
type schemeExample struct {
	Wrong []string // why it cannot be worked out yet
	Cases []exampleCase
}

// An exampleCase is one of them.
type exampleCase struct {
	Name   string
	Kind   string
	On     calendar.Date
	Counts bool
	Until  calendar.Date // zero: no end
	Was    calendar.Date // without the draft, where that is another day
	Asks   string
	Why    []string
}

// schemeExample works out what a form says so far.
func (s *Site) schemeExample(v *visit, f schemeForm) (schemeExample, error) {
	draft, err := f.scheme()
	var cases []academy.DraftCase
	if err == nil {
		cases, err = s.office.DraftCases(v.ctx(), v.actor, draft)
	}
	if fault.KindOf(err) == fault.Invalid && err != nil {
		var e schemeExample
		for _, p := range v.problemsOf(err, v.schemeLabel(v.schemeFields())) {
			e.Wrong = append(e.Wrong, p.Text)
		}
		return e, nil
	}
	var e schemeExample
	for _, c := range cases {
		shown := exampleCase{Name: cmp.Or(c.Name, v.say("Verzonnen collega", "Invented colleague")), Kind: v.caseWords(c.Kind), On: c.CompletedOn, Counts: c.Then.Counts, Until: c.Then.ValidUntil, Why: v.sentences(c.Then.WhyDutch, c.Then.WhyEnglish)}
		if c.Present != nil && c.Present.Counts && c.Present.ValidUntil != c.Then.ValidUntil {
			shown.Was = c.Present.ValidUntil
		}
		var asks []string
		for _, part := range c.Then.Asks {
			asks = append(asks, part.Words())
		}
		shown.Asks = strings.Join(asks, " + ")
		e.Cases = append(e.Cases, shown)
	}
	return e, err
}

// showSchemeExample answers with what the form says so far, for the script that puts it beside the form.
func (s *Site) showSchemeExample(v *visit) error {
	example, err := s.schemeExample(v, readSchemeForm(v.r.PostForm))
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := s.pages[v.language][schemeFormView.file].ExecuteTemplate(&out, "scheme example", example); err != nil {
		return err
	}
	h := v.w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	v.w.WriteHeader(http.StatusOK)
	_, _ = out.WriteTo(v.w) // whoever went away misses nothing
	return nil
}
