package academy

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"bekwaam/certificates"
	"bekwaam/certificates/outlook"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// A Trial is a change of the rules that somebody wants to try.
type Trial struct {
	Schemes      []certificates.Scheme      // versions that would apply from their day (zero: tomorrow), instead of later ones
	Requirements []certificates.Requirement // that would be there: new ones, or others in the place of those of the same key
	Without      []string                   // keys of requirements that would hold for the last time today
	Months       int                        // how far to look ahead; 0: 24
}

// A WhatIf is what the change would do, against the rules as they are.
type WhatIf struct {
	Report
	outlook.WhatIf
	Trial Trial
}

var (
	nothingToTry  = fault.New(fault.Invalid, "Verander eerst iets: een regeling of een verplichting.", "Change something first: a scheme or a requirement.").Because("nothing")
	noRequirement = fault.New(fault.Invalid, "Een van de verplichtingen bestaat niet.", "One of the requirements does not exist.").At("without", "kies een verplichting uit de lijst", "choose a requirement from the list")
)

// mostTried is how many schemes or requirements can be tried at once.
const mostTried = 200

// TryChange tells what a change of the rules would do and stores nothing: the sweep's own rules decide, for everybody who
// works here until then, once with the rules as they are and once as they would be. fault.Invalid where it is not right.
func (o *Office) TryChange(ctx context.Context, who staff.Actor, t Trial) (WhatIf, error) {
	q := o.db.Read()
	report, err := o.beginReport(ctx, q, who, staff.TryChanges, "")
	if err != nil {
		return WhatIf{}, err
	}
	if t.Months, err = lookingAhead(t.Months); err != nil {
		return WhatIf{}, err
	}
	if len(t.Schemes) > mostTried || len(t.Requirements) > mostTried || len(t.Without) > mostTried {
		return WhatIf{}, fault.New(fault.Invalid, "Dit zijn te veel veranderingen tegelijk. Probeer er hoogstens 200.", "These are too many changes at once. Try at most 200.")
	}
	rules, err := changed(ctx, q, report, t)
	if err != nil {
		return WhatIf{}, err
	}
	begin := func() outlook.WhatIf {
		return outlook.NewWhatIf(report.Today, t.Months, report.rules, rules, reminders)
	}
	w := WhatIf{report, begin(), t}
	if len(w.Touched) == 0 {
		return WhatIf{}, nothingToTry
	}
	for key, versions := range rules.Schemes {
		if _, there := w.Schemes[key]; !there {
			w.Schemes[key] = versions[0]
		}
	}
	for _, r := range t.Requirements {
		w.Requirements[r.ID] = r
	}
	people, err := w.working(ctx, q, w.From, w.Until())
	if err != nil {
		return WhatIf{}, err
	}
	parts, err := gather(ctx, q, people, store.LatestPeriods, func(records []outlook.Record) outlook.WhatIf {
		part := begin()
		for _, r := range records {
			part.Add(r)
		}
		return part
	})
	for _, part := range parts {
		w.Merge(part)
	}
	return w, err
}

// NewestSchemes returns the last version of every scheme, also where it applies later: from which a change begins.
func (o *Office) NewestSchemes(ctx context.Context, who staff.Actor) (map[certificates.SchemeKey]certificates.Scheme, error) {
	if err := who.Allow(staff.TryChanges, staff.Subject{}); err != nil {
		return nil, err
	}
	book, err := readBook(ctx, o.db.Read())
	newest := make(map[certificates.SchemeKey]certificates.Scheme, len(book))
	for key := range book {
		newest[key], _ = book.Newest(key)
	}
	return newest, err
}

// changed are the rules of a report as a trial would have them.
func changed(ctx context.Context, q store.Q, report Report, t Trial) (outlook.Rules, error) {
	rules := outlook.Rules{Schemes: maps.Clone(report.rules.Schemes), Requirements: maps.Clone(report.rules.Requirements)}
	for _, s := range t.Schemes {
		if err := s.Check(); err != nil {
			return rules, err
		}
		if s.Key == "" {
			return rules, fault.New(fault.Invalid, "Kies een regeling.", "Choose a scheme.").At("scheme", "kies een regeling", "choose a scheme")
		}
		if s.AppliesFrom.IsZero() {
			s.AppliesFrom = report.Today.AddDays(1)
		}
		s.AppliesFrom = max(s.AppliesFrom, report.Today)
		earlier := only(rules.Schemes[s.Key], func(v certificates.Scheme) bool { return v.AppliesFrom < s.AppliesFrom })
		s.Version = len(earlier) + 1
		rules.Schemes[s.Key] = append(earlier, s)
	}
	for _, id := range t.Without {
		r, there := report.Requirements[id]
		if !there {
			return rules, noRequirement
		}
		r.Until = report.Today
		rules.Requirements[r.Scheme] = replaced(rules.Requirements[r.Scheme], r)
	}
	if len(t.Requirements) == 0 {
		return rules, nil
	}
	known, err := readSubjects(ctx, q)
	if err != nil {
		return rules, err
	}
	activities, err := store.Activities(ctx, q)
	if err != nil {
		return rules, err
	}
	for _, r := range t.Requirements {
		if err := r.Check(rules.Schemes, known); err != nil {
			return rules, err
		}
		r.SubjectName = known[r.SubjectKind][r.Subject]
		if at := slices.IndexFunc(activities, func(a staff.Activity) bool { return string(a.ID) == r.Subject && subjectOf(a) == r.SubjectKind }); at >= 0 {
			r.Roles = activities[at].Roles
		}
		rules.Requirements[r.Scheme] = replaced(rules.Requirements[r.Scheme], r)
	}
	return rules, nil
}

// replaced puts a requirement in the place of the one of its key, or behind all others.
func replaced(some []certificates.Requirement, r certificates.Requirement) []certificates.Requirement {
	return append(only(some, func(other certificates.Requirement) bool { return other.ID != r.ID }), r)
}

// A MonthlyHours is what a month takes a team under both sets of rules, in minutes.
type MonthlyHours struct {
	outlook.TeamMonth
	outlook.Hours
}

// HoursPerMonth lists the hours in order of team and month, those months only in which there are any.
func (w WhatIf) HoursPerMonth() []MonthlyHours {
	var all []MonthlyHours
	for at, h := range w.Hours {
		all = append(all, MonthlyHours{at, h})
	}
	slices.SortFunc(all, func(a, b MonthlyHours) int {
		return cmp.Or(cmp.Compare(a.Team, b.Team), cmp.Compare(a.Month, b.Month))
	})
	return all
}

// Tomorrow is the first day on which a change of the rules can hold.
func (w WhatIf) Tomorrow() calendar.Date { return w.Today.AddDays(1) }
