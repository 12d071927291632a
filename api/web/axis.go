package web

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
)

// A held is what somebody holds or held under one scheme.
type held struct {
	Title   string
	Number  certificates.Number // of the newest certificate; empty where there is none of ours
	Periods []certificates.Period
}

// Last is the newest period.
func (h held) Last() certificates.Period { return h.Periods[len(h.Periods)-1] }

// periods gathers what the visitor holds or held, what ends first on top.
func (v *visit) periods() ([]held, error) {
	periods, err := v.site.office.Periods(v.ctx(), v.actor, v.actor.Person)
	if err != nil || len(periods) == 0 {
		return nil, err
	}
	issued, err := v.site.office.Certificates(v.ctx(), v.actor, v.actor.Person)
	if err != nil {
		return nil, err
	}
	schemes, err := v.site.office.Schemes(v.ctx(), v.actor)
	if err != nil {
		return nil, err
	}
	var all []held
	for _, p := range periods {
		if n := len(all); n > 0 && all[n-1].Last().Scheme == p.Scheme {
			all[n-1].Periods = append(all[n-1].Periods, p)
			continue
		}
		all = append(all, held{Title: schemes[p.Scheme].Title, Periods: []certificates.Period{p}})
	}
	for i, h := range all {
		for _, c := range issued {
			if c.Period.ID == h.Last().ID {
				all[i].Number, all[i].Title = c.Number, c.Title
			}
		}
	}
	slices.SortStableFunc(all, func(a, b held) int {
		return cmp.Compare(endless(a.Last().ValidUntil), endless(b.Last().ValidUntil))
	})
	return all, nil
}

// endless puts what has no end after everything that has one.
func endless(d calendar.Date) calendar.Date {
	if d.IsZero() {
		return calendar.New(9999, time.December, 31)
	}
	return d
}

// An axis shows when certificates hold: a bar for each, all on one scale with today in the middle.
type axis struct {
	Rows  []axisRow
	Years []axisYear
}

// An axisRow is one scheme.
type axisRow struct {
	held
	Words string // "nog 41 dagen"
	Tone  string // class: "fout" expired, "let" soon; empty else
	Bars  []bar
}

// A bar is a stretch of the scale; its measures are SVG lengths.
type bar struct{ From, Length, Class string }

// An axisYear is the first of January of a year.
type axisYear struct {
	At   string
	Year int
}

const (
	shownOnAxis = 6  // rows on Mijn scholing
	axisMonths  = 24 // to either side of today
	expiresSoon = 60 // days before its end in which a bar warns
)

// axis draws the first rows of what somebody holds; nil where that is nothing.
func (v *visit) axis(all []held, rows int) *axis {
	if len(all) == 0 {
		return nil
	}
	today := v.moment.Today()
	first, last := today.AddMonths(-axisMonths), today.AddMonths(axisMonths)
	place := func(d calendar.Date) float64 {
		return 100 * float64(first.DaysUntil(min(max(d, first), last))) / float64(first.DaysUntil(last))
	}
	a := &axis{}
	for _, h := range all[:min(rows, len(all))] {
		row := axisRow{held: h}
		row.Words, row.Tone = v.holds(h.Last())
		for _, p := range h.Periods {
			from, until := place(p.ValidFrom), place(endless(p.ValidUntil))
			if until <= from {
				continue // all of it is long past
			}
			class := "vol"
			if p.ID == h.Last().ID && row.Tone != "" {
				class = row.Tone
			}
			row.Bars = append(row.Bars, bar{percent(from), percent(until - from), class})
		}
		a.Rows = append(a.Rows, row)
	}
	year, _, _ := first.Civil()
	for y := year + 1; calendar.New(y, time.January, 1) < last; y++ {
		at := place(calendar.New(y, time.January, 1))
		if at < 46 || at > 54 { // "nu" stands in the middle
			a.Years = append(a.Years, axisYear{percent(at), y})
		}
	}
	return a
}

// percent writes an SVG length.
func percent(p float64) string { return fmt.Sprintf("%.2f%%", p) }

// holds says in a few words how long a period holds, and in which tone.
func (v *visit) holds(p certificates.Period) (words, tone string) {
	today := v.moment.Today()
	switch days := today.DaysUntil(p.ValidUntil); {
	case !p.RevokedOn.IsZero() && p.RevokedOn <= today:
		return v.say("ingetrokken op %s", "revoked on %s", v.date(p.RevokedOn)), "fout"
	case p.ValidUntil.IsZero():
		return v.say("geen einddatum", "no end date"), ""
	case days < 0:
		return v.say("was geldig tot en met %s", "was valid until and including %s", v.date(p.ValidUntil)), "fout"
	case days == 0:
		return v.say("vandaag de laatste dag", "today is the last day"), "let"
	case days <= expiresSoon:
		return v.say("nog ", "") + v.count(days, "dag", "dagen", "day left", "days left"), "let"
	}
	return v.say("tot en met %s", "until and including %s", v.date(p.ValidUntil)), ""
}
