package academy

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/changes"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

var (
	impactOther  = fault.New(fault.Conflict, "Iemand heeft deze wijziging veranderd nadat je de gevolgen bekeek. Bekijk ze opnieuw.", "Somebody changed this after you looked at its impact. Look at it again.").Because("change_changed")
	bulletinWait = fault.New(fault.Conflict, "Het bulletin is nog niet bevestigd. Laat een collega het eerst nakijken.", "The bulletin is not confirmed yet. Have a colleague look at it first.").Because("bulletin_waits")
)

// PublishChange announces a change: its duties are there at once, and everybody whom it asks something is told. Somebody else
// does so than who wrote it, unless it goes out urgently. Bulletins must be confirmed by then. version is the one whose impact
// somebody looked at; another by now is fault.Conflict. Publishing the same version again answers how far it is and changes
// nothing. A day of today or earlier is normal.
func (o *Office) PublishChange(ctx context.Context, who staff.Actor, id changes.ID, version int, urgently bool) (impact changes.Impact, err error) {
	if err := who.Allow(staff.WriteChanges, staff.Subject{}); err != nil {
		return impact, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return impact, err
	}
	err = o.inTx(ctx, func(ctx context.Context, q store.Q) error {
		if err := store.Alone(ctx, q); err != nil {
			return err
		}
		c, err := store.Change(ctx, q, id)
		if err != nil {
			return err
		}
		if c.Stands() && c.Version == version+1 && c.PublishedBy == who.Person {
			facts, err := readChangeFacts(ctx, q, now.Today(), c)
			impact = c.Impact(facts.Facts, now.Today())
			return err
		}
		if err := c.Publishable(); err != nil {
			return err
		}
		if c.Version != version {
			return impactOther
		}
		if c, err = c.Publish(who.Person, now.Office, urgently); err != nil {
			return err
		}
		impact, err = o.publishChange(ctx, q, now, who, c)
		return err
	})
	return coarse(who, impact), err
}

// publishChange does what publishing does, in a transaction.
func (o *Office) publishChange(ctx context.Context, q store.Q, now Moment, who staff.Actor, c changes.Change) (changes.Impact, error) {
	known, err := o.readKnown(ctx, q, now.Today())
	if err != nil {
		return changes.Impact{}, err
	}
	if err := c.Check(known); err != nil {
		return changes.Impact{}, err
	}
	facts, err := readChangeFacts(ctx, q, now.Today(), c)
	if err != nil {
		return changes.Impact{}, err
	}
	for _, v := range c.Verdicts {
		if _, out := facts.bulletins[v.Bulletin].Current(now.Today()); v.Kind == changes.Read && !out {
			return changes.Impact{}, bulletinWait
		}
	}
	impact := c.Impact(facts.Facts, now.Today())
	seen := c.Version
	c.Version = seen + 1
	if slices.Index(changes.Phases(), c.Phase) < slices.Index(changes.Phases(), changes.Training) {
		c.Phase = changes.Training
	}
	if err := store.SaveChange(ctx, q, c, seen); err != nil {
		return impact, err
	}
	if err := o.require(ctx, q, now, who, c, impact); err != nil {
		return impact, err
	}
	for _, g := range impact.Groups {
		if err := o.reopenHeld(ctx, q, now, who, c, g, impact.DueOn); err != nil {
			return impact, err
		}
	}
	if err := o.planReading(ctx, q, now, who); err != nil {
		return impact, err
	}
	if err := announce(ctx, q, now, c, impact); err != nil {
		return impact, err
	}
	act := "change.published"
	if c.Urgent {
		act = "change.published-urgently"
	}
	return impact, store.Write(ctx, q, did(now.Office, who, act, "", string(c.ID)))
}

// require adds the requirements of the deltas of a change: of the roles, or of each holder of an older version by name.
func (o *Office) require(ctx context.Context, q store.Q, now Moment, who staff.Actor, c changes.Change, impact changes.Impact) error {
	all, err := store.Requirements(ctx, q)
	if err != nil {
		return err
	}
	var made []certificates.Requirement
	for _, g := range impact.Groups {
		if g.Kind != changes.Delta {
			continue
		}
		r := certificates.Requirement{Scheme: g.Scheme, Since: now.Today(), DueOn: impact.DueOn, StartersOnly: g.StartersOnly, Origin: certificates.OriginPolicy, Citation: c.Title}
		if c.Kind == changes.Law {
			r.Origin, r.Citation = certificates.OriginLaw, c.Source
		}
		if g.StartersOnly { // whoever is there already is asked nothing
			r.Since = now.Today().AddDays(1)
		}
		subjects := func(kind certificates.SubjectKind, subject string) {
			r.SubjectKind, r.Subject = kind, subject
			r.ID = strings.ToLower(strings.Join([]string{string(c.ID), string(g.Scheme), subject}, "-"))
			made = append(made, r)
		}
		if g.Holders != "" {
			for _, person := range g.Owing {
				subjects(certificates.ForPerson, string(person))
			}
			continue
		}
		for _, role := range g.Roles {
			subjects(certificates.ForRole, string(role))
		}
	}
	var keys []string
	for i, r := range made {
		if indexOfRequirement(all, r.ID) >= 0 || slices.Contains(keys, r.ID) {
			continue
		}
		if made[i], err = checkRequirement(ctx, q, r); err != nil {
			return err
		}
		if err := store.InsertRequirements(ctx, q, made[i:i+1]); err != nil {
			return err
		}
		if err := store.Write(ctx, q, didRequirement(now, who, "requirement.added", r)); err != nil {
			return err
		}
		keys = append(keys, r.ID)
	}
	if err := store.InsertChangeRequirements(ctx, q, c.ID, keys...); err != nil {
		return err
	}
	return replanAsked(ctx, q, now, who, made...)
}

// reopenHeld lets those whom a verdict asks the whole course renew now, with a last day, or takes away what counts no longer
// from the day on which the change holds. Both are decisions about periods, so they ask the right to take those, and nobody
// takes them about themselves.
func (o *Office) reopenHeld(ctx context.Context, q store.Q, now Moment, who staff.Actor, c changes.Change, g changes.GroupImpact, dueOn calendar.Date) error {
	kind, people := certificates.Early, g.Owing
	switch g.Kind {
	case changes.Withdraw:
		kind, people = certificates.Revocation, g.Members
	case changes.Full:
	default:
		return nil
	}
	if err := who.Allow(staff.RevokePeriods, staff.Subject{}); err != nil {
		return err
	}
	archive, err := readFiles(ctx, q, people...)
	if err != nil {
		return err
	}
	for _, person := range people {
		last := archive.file(person, g.Scheme).Last()
		from := now.Today()
		if last != nil {
			from = max(from, last.CompletedOn.AddDays(1))
		}
		if last == nil || last.RevokedBy(now.Today()) {
			continue // nothing to renew
		}
		if kind == certificates.Early && last.ValidUntil.IsZero() {
			return endless
		}
		if err := who.Allow(staff.RevokePeriods, staff.Subject{Person: person}); err != nil {
			return err
		}
		d := certificates.Decision{Kind: kind, Person: person, Scheme: g.Scheme, From: from, Reason: c.Title}
		if kind == certificates.Early {
			d.Until = max(from, dueOn)
		} else {
			d.Cycle, d.From = last.Cycle, max(now.Today(), c.EffectiveOn)
		}
		if _, err := o.decide(ctx, q, now, who, d); err != nil {
			return err
		}
	}
	return nil
}

var endless = fault.New(fault.Conflict, "Deze regeling loopt nooit af: er is niets te vernieuwen. Kies voor deze groep een korte bijscholing.", "This scheme never ends: there is nothing to renew. Choose a short delta course for this group.").Because("endless")

// announce tells everybody whom a change asks something, each once.
func announce(ctx context.Context, q store.Q, now Moment, c changes.Change, impact changes.Impact) error {
	asks := make(map[staff.PersonID][]changes.VerdictKind)
	for _, g := range impact.Groups {
		for _, person := range g.Owing {
			asks[person] = append(asks[person], g.Kind)
		}
	}
	var notes []store.Note
	for person, kinds := range asks {
		n := store.Note{ID: newID(), Person: person, MadeAt: now.Office}
		n.Kind, n.Path, n.Urgent = "change-published", "/wijzigingen/"+string(c.ID), c.Urgent
		does, doesEN := "Lees wat er verandert", "Read what changes"
		if slices.ContainsFunc(kinds, func(k changes.VerdictKind) bool { return k == changes.Delta || k == changes.Full }) {
			does, doesEN = "Doe de scholing", "Do the training"
		}
		n.Dutch, n.English = fmt.Sprintf("Er verandert iets in je werk: %s. %s.", c.Title, does), fmt.Sprintf("Something changes in your work: %s. %s.", c.Title, doesEN)
		if !impact.DueOn.IsZero() {
			n.Dutch = fmt.Sprintf("Er verandert iets in je werk: %s. %s, uiterlijk %s.", c.Title, does, impact.DueOn.Dutch())
			n.English = fmt.Sprintf("Something changes in your work: %s. %s, by %s.", c.Title, doesEN, impact.DueOn.English())
		}
		notes = append(notes, n)
	}
	slices.SortFunc(notes, func(a, b store.Note) int { return cmp.Compare(a.Person, b.Person) })
	return store.InsertNotes(ctx, q, notes...)
}
