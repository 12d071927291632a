package academy

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"bekwaam/certificates"
	"bekwaam/courses/audit"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

var (
	requirementThere = fault.New(fault.Conflict, "Deze verplichting bestaat al, met dezelfde eerste dag. Verander die, of kies een andere eerste dag.", "This requirement exists already, with the same first day. Change that one, or choose another first day.").Because("already_exists")
	requirementBegun = fault.New(fault.Conflict, "Deze verplichting geldt al. Zet er een einde aan en voeg een nieuwe toe: wat al gevraagd is, verandert niet achteraf.", "This requirement holds already. End it and add another: what was asked never changes afterwards.").Because("begun")
	requirementOver  = fault.New(fault.Conflict, "Deze verplichting is voorbij. Voeg een nieuwe toe.", "This requirement is over. Add another.").Because("over")
	endedBefore      = fault.New(fault.Invalid, "Kies een laatste dag die nog niet voorbij is.", "Choose a last day that is not over yet.").Because("requirement").
				At("until", "kies gisteren (dan geldt het vanaf vandaag niet meer) of een latere dag", "choose yesterday (then it holds no more from today) or a later day")
	dueBefore = fault.New(fault.Invalid, "Kies bij Niet te laat voor een dag die nog niet voorbij is.", "Choose for Not late before a day that is not over yet.").Because("requirement").
			At("dueOn", "kies vandaag of later, of laat het leeg: een dag die voorbij is, geeft niemand meer tijd", "choose today or later, or leave it empty: a day that is over gives nobody more time")
	requirementOther = fault.New(fault.Conflict, "Iemand heeft deze verplichting intussen veranderd. Bekijk die eerst.", "Somebody changed this requirement in the meantime. Look at it first.").Because("requirement_changed")
	anotherSubject   = fault.New(fault.Conflict, "Over wie of wat een verplichting gaat, verandert niet. Zet er een einde aan en voeg een nieuwe toe.", "Whom or what a requirement is about does not change. End it and add another.").Because("subject")
)

// Requirements lists all requirements, also those that ended, in order of key.
func (o *Office) Requirements(ctx context.Context, who staff.Actor) ([]certificates.Requirement, error) {
	if err := who.Allow(staff.ReadSchemes, staff.Subject{}); err != nil {
		return nil, err
	}
	return store.Requirements(ctx, o.db.Read())
}

// RequirementSubjects returns to what requirements can be tied.
func (o *Office) RequirementSubjects(ctx context.Context, who staff.Actor) (certificates.Subjects, error) {
	if err := who.Allow(staff.ReadSchemes, staff.Subject{}); err != nil {
		return nil, err
	}
	return readSubjects(ctx, o.db.Read())
}

func readSubjects(ctx context.Context, q store.Q) (certificates.Subjects, error) {
	known := certificates.Subjects{
		certificates.ForRole: {}, certificates.ForDesignation: {}, certificates.ForTeam: {}, certificates.ForProcess: {}, certificates.ForApplication: {}, certificates.ForPerson: {},
	}
	roles, err := store.Roles(ctx, q)
	if err != nil {
		return nil, err
	}
	for _, r := range roles {
		known[certificates.ForRole][string(r.ID)] = r.Name
	}
	for _, kind := range staff.DesignationKinds() {
		known[certificates.ForDesignation][string(kind)] = kind.Name()
	}
	teams, err := store.Teams(ctx, q)
	if err != nil {
		return nil, err
	}
	for _, t := range teams {
		known[certificates.ForTeam][string(t.ID)] = t.Name
	}
	activities, err := store.Activities(ctx, q)
	if err != nil {
		return nil, err
	}
	for _, a := range activities {
		known[subjectOf(a)][string(a.ID)] = a.Name
	}
	people, err := store.People(ctx, q)
	for _, p := range people {
		known[certificates.ForPerson][string(p.ID)] = p.Name()
	}
	return known, err
}

// subjectOf is how requirements are tied to an activity.
func subjectOf(a staff.Activity) certificates.SubjectKind {
	if a.Kind == staff.Application {
		return certificates.ForApplication
	}
	return certificates.ForProcess
}

// AddRequirement adds a requirement and asks it of everybody on whom it falls. Its key follows from what it is about and its
// first day, so adding the same once more changes nothing; another one with that first day is fault.Conflict.
func (o *Office) AddRequirement(ctx context.Context, who staff.Actor, r certificates.Requirement) (certificates.Requirement, error) {
	if err := allowRequirement(who, r); err != nil {
		return r, err
	}
	err := o.changeRequirements(ctx, who, func(ctx context.Context, q store.Q, now Moment, all []certificates.Requirement) (touched []certificates.Requirement, err error) {
		if r, err = checkRequirement(ctx, q, r); err != nil {
			return nil, err
		}
		if at := indexOfRequirement(all, r.ID); at >= 0 {
			if !sameRequirement(all[at], r) {
				return nil, requirementThere
			}
			return nil, nil
		}
		if !r.DueOn.IsZero() && r.DueOn < now.Today() {
			return nil, dueBefore
		}
		if err := store.InsertRequirements(ctx, q, []certificates.Requirement{r}); err != nil {
			return nil, err
		}
		return []certificates.Requirement{r}, store.Write(ctx, q, didRequirement(now, who, "requirement.added", r))
	})
	return r, err
}

// ChangeRequirement changes a requirement. While it has not begun everything but its subject may change. Once it has, only
// its last day, to one that is not over, and where it comes from: what was asked of people never changes afterwards. For
// anything else one ends it and adds another: fault.Conflict. Another first day gives it another key. Where it has another
// mark by now than the one that is given, somebody else was first: fault.Conflict; an empty mark asks for none.
func (o *Office) ChangeRequirement(ctx context.Context, who staff.Actor, r certificates.Requirement, mark string) (certificates.Requirement, error) {
	if err := allowRequirement(who, r); err != nil {
		return r, err
	}
	return o.changeRequirement(ctx, who, r.ID, mark, func(certificates.Requirement) certificates.Requirement { return r })
}

// changeRequirement changes the requirement of a key as it is at that moment.
func (o *Office) changeRequirement(ctx context.Context, who staff.Actor, id, mark string, change func(certificates.Requirement) certificates.Requirement) (r certificates.Requirement, err error) {
	err = o.changeRequirements(ctx, who, func(ctx context.Context, q store.Q, now Moment, all []certificates.Requirement) ([]certificates.Requirement, error) {
		at := indexOfRequirement(all, id)
		if at < 0 {
			return nil, notYours
		}
		was, amended, err := amend(ctx, q, now, all, change(all[at]), mark)
		if r = amended; err != nil || sameRequirement(was, r) {
			return nil, err
		}
		if was.ID != r.ID {
			if err := store.DeleteRequirement(ctx, q, was.ID); err != nil {
				return nil, err
			}
			if err := store.InsertRequirements(ctx, q, []certificates.Requirement{r}); err != nil {
				return nil, err
			}
			return []certificates.Requirement{r}, store.Write(ctx, q, didRequirement(now, who, "requirement.withdrawn", was), didRequirement(now, who, "requirement.added", r))
		}
		if err := store.UpdateRequirement(ctx, q, r); err != nil {
			return nil, err
		}
		return []certificates.Requirement{r}, store.Write(ctx, q, didRequirement(now, who, "requirement.changed", r))
	})
	return r, err
}

// amend checks another text of a requirement against those there are, and returns the requirement as it was and as it will be. Its
// key follows from its first day.
func amend(ctx context.Context, q store.Q, now Moment, all []certificates.Requirement, r certificates.Requirement, mark string) (was, is certificates.Requirement, err error) {
	at := indexOfRequirement(all, r.ID)
	switch {
	case at < 0:
		return was, r, notYours
	case mark != "" && all[at].Mark() != mark:
		return was, r, requirementOther
	}
	was = all[at]
	if was.Scheme != r.Scheme || was.SubjectKind != r.SubjectKind || was.Subject != r.Subject {
		return was, r, anotherSubject
	}
	today, last := now.Today(), r.Until
	yesterday := today.AddDays(-1)
	if r.Since == today && last == yesterday { // taken back on its first day
		r.Until = 0
	}
	if was.ID == requirementID(was) {
		r.ID = requirementID(r)
	}
	origin, dueOn := r.Origin, r.DueOn
	if was.Begun(today) && was.DueOn == r.DueOn {
		r.DueOn = 0 // what stands can be ended, whatever it says
	}
	if was.Origin == r.Origin && was.Citation == r.Citation {
		r.Origin = "" // what came from an older administration may cite nothing, and can be ended all the same
	}
	if r, err = checkRequirement(ctx, q, r); err != nil {
		return was, r, err
	}
	r.Until, r.Origin, r.DueOn = last, origin, dueOn
	rest := was
	rest.Until, rest.Origin, rest.Citation = r.Until, r.Origin, r.Citation
	switch over := !was.Until.IsZero() && was.Until < yesterday; {
	case over && was.Until != r.Until:
		err = requirementOver
	case was.Begun(today) && !sameRequirement(rest, r):
		err = requirementBegun
	case was.Until != r.Until && !r.Until.IsZero() && r.Until < yesterday:
		err = endedBefore
	case was.ID != r.ID && indexOfRequirement(all, r.ID) >= 0:
		err = requirementThere
	}
	return was, r, err
}

// EndRequirement gives a requirement a last day, or none any more (zero), under the rules of ChangeRequirement. Its duties end
// on the day after, and return where somebody takes the end away again.
func (o *Office) EndRequirement(ctx context.Context, who staff.Actor, id string, last calendar.Date) error {
	r, err := o.Requirement(ctx, who, id)
	if err != nil {
		return err
	}
	if err := allowRequirement(who, r); err != nil {
		return err
	}
	_, err = o.changeRequirement(ctx, who, id, "", func(r certificates.Requirement) certificates.Requirement {
		r.Until = last
		return r
	})
	return err
}

// WithdrawRequirement removes a requirement that has not begun; fault.Conflict where it has.
func (o *Office) WithdrawRequirement(ctx context.Context, who staff.Actor, id string) error {
	r, err := o.Requirement(ctx, who, id)
	if err != nil {
		return err
	}
	if err := allowRequirement(who, r); err != nil {
		return err
	}
	return o.changeRequirements(ctx, who, func(ctx context.Context, q store.Q, now Moment, all []certificates.Requirement) ([]certificates.Requirement, error) {
		at := indexOfRequirement(all, id)
		switch {
		case at < 0:
			return nil, notYours
		case all[at].Begun(now.Today()):
			return nil, requirementBegun
		}
		if err := store.DeleteRequirement(ctx, q, id); err != nil {
			return nil, err
		}
		return all[at : at+1], store.Write(ctx, q, didRequirement(now, who, "requirement.withdrawn", r))
	})
}

// Requirement returns one requirement; fault.NotFound where there is none of that key.
func (o *Office) Requirement(ctx context.Context, who staff.Actor, id string) (certificates.Requirement, error) {
	all, err := o.Requirements(ctx, who)
	if err != nil {
		return certificates.Requirement{}, err
	}
	at := indexOfRequirement(all, id)
	if at < 0 {
		return certificates.Requirement{}, notYours
	}
	return all[at], nil
}

// changeRequirements runs a change of requirements in a transaction. It returns those that it touches, as they were or as they
// are: on whomever these fall is planned anew.
func (o *Office) changeRequirements(ctx context.Context, who staff.Actor, change func(context.Context, store.Q, Moment, []certificates.Requirement) ([]certificates.Requirement, error)) error {
	now, err := o.Now(ctx)
	if err != nil {
		return err
	}
	return o.inTx(ctx, func(ctx context.Context, q store.Q) error {
		if err := store.Alone(ctx, q); err != nil { // what follows is decided by what stands there now
			return err
		}
		all, err := store.Requirements(ctx, q)
		if err != nil {
			return err
		}
		touched, err := change(ctx, q, now, all)
		if err != nil {
			return err
		}
		return replanAsked(ctx, q, now, who, touched...)
	})
}

// didRequirement makes the audit entry of a change of a requirement. Of one about a person it names the scheme: the key
// holds their number, and only the subject of an entry is ever erased.
func didRequirement(now Moment, who staff.Actor, act string, r certificates.Requirement) audit.Entry {
	if r.SubjectKind == certificates.ForPerson {
		return did(now.Office, who, act, staff.PersonID(r.Subject), string(r.Scheme))
	}
	return did(now.Office, who, act, "", r.ID)
}

// allowRequirement refuses whoever may not change requirements, and those about oneself alone: nobody decides about themselves.
func allowRequirement(who staff.Actor, r certificates.Requirement) error {
	if r.SubjectKind == certificates.ForPerson {
		return who.Allow(staff.ChangeSchemes, staff.Subject{Person: staff.PersonID(r.Subject)})
	}
	return who.Allow(staff.ChangeSchemes, staff.Subject{})
}

// checkRequirement completes a requirement with the names and roles of its subject, and checks it.
func checkRequirement(ctx context.Context, q store.Q, r certificates.Requirement) (certificates.Requirement, error) {
	r.Citation = strings.TrimSpace(r.Citation)
	book, err := readBook(ctx, q)
	if err != nil {
		return r, err
	}
	known, err := readSubjects(ctx, q)
	if err != nil {
		return r, err
	}
	if err := r.Check(book, known); err != nil {
		return r, err
	}
	r.SubjectName, r.Roles = known[r.SubjectKind][r.Subject], nil
	if r.ID == "" {
		r.ID = requirementID(r)
	}
	if r.SubjectKind != certificates.ForProcess && r.SubjectKind != certificates.ForApplication {
		return r, nil
	}
	activities, err := store.Activities(ctx, q)
	for _, a := range activities {
		if string(a.ID) == r.Subject {
			r.Roles = a.Roles
		}
	}
	return r, err
}

// requirementID is the key of a requirement: what it is about and its first day.
func requirementID(r certificates.Requirement) string {
	id := strings.Join([]string{string(r.Scheme), string(r.SubjectKind), cmp.Or(r.Subject, "all")}, "-")
	if !r.Since.IsZero() {
		id += "-" + r.Since.String()
	}
	return strings.ToLower(id)
}

func indexOfRequirement(all []certificates.Requirement, id string) int {
	return slices.IndexFunc(all, func(r certificates.Requirement) bool { return r.ID == id })
}

// sameRequirement reports whether two requirements say the same; names and roles follow from the subject.
func sameRequirement(a, b certificates.Requirement) bool {
	a.SubjectName, b.SubjectName, a.Roles, b.Roles = "", "", nil, nil
	return a.ID == b.ID && a.Scheme == b.Scheme && a.SubjectKind == b.SubjectKind && a.Subject == b.Subject && a.Since == b.Since && a.Until == b.Until &&
		a.StartersOnly == b.StartersOnly && a.InductionDays == b.InductionDays && a.DueOn == b.DueOn && a.Origin == b.Origin && a.Citation == b.Citation
}
