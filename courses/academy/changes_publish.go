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
// does so than who wrote it, unless it goes out urgently. Bulletins must be confirmed by then. version is the one whose impact somebody looked at; another by now is fault.Conflict. Publishing the
// same version again answers how far it is and changes nothing. A day of today or earlier is normal.
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

// reopenHeld lets those whom a verdict asks the whole course renew now, with a last day, or takes away what counts no longer from the day on
// which the change holds. Both are decisions about periods, so they ask the right to take those, and nobody takes them about
// themselves.
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

// WithdrawChange takes a change back. What it asked ends from today, and everybody who was told hears that. What people did
// for it they keep.
func (o *Office) WithdrawChange(ctx context.Context, who staff.Actor, id changes.ID, why string) error {
	if err := who.Allow(staff.WriteChanges, staff.Subject{}); err != nil {
		return err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return err
	}
	why = strings.TrimSpace(why)
	if err := withBSN(changes.CheckQuestion("why", why), "why", why); err != nil {
		return err
	}
	return o.inTx(ctx, func(ctx context.Context, q store.Q) error {
		if err := store.Alone(ctx, q); err != nil {
			return err
		}
		c, err := store.Change(ctx, q, id)
		if err != nil || !c.WithdrawnAt.IsZero() {
			return err
		}
		if c.Stands() {
			facts, err := readChangeFacts(ctx, q, now.Today(), c)
			if err != nil {
				return err
			}
			if err := takeBack(ctx, q, now, c, c.Impact(facts.Facts, now.Today()), why); err != nil {
				return err
			}
		}
		seen := c.Version
		c.WithdrawnBy, c.WithdrawnAt, c.Withdrawal, c.Version = who.Person, now.Office, why, seen+1
		if err := store.SaveChange(ctx, q, c, seen); err != nil {
			return err
		}
		if err := endRequired(ctx, q, now, who, id); err != nil {
			return err
		}
		if err := o.undoDecided(ctx, q, now, who, c); err != nil {
			return err
		}
		if err := o.planReading(ctx, q, now, who); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, who, "change.withdrawn", "", string(id)))
	})
}

// undoDecided undoes what publishing a change decided about people, so that nobody must renew for it any more or loses a
// certificate on the day that it would have held. What is gone already stays gone, and nobody undoes it about themselves.
func (o *Office) undoDecided(ctx context.Context, q store.Q, now Moment, who staff.Actor, c changes.Change) error {
	decided, err := store.DecisionsBecause(ctx, q, c.Title, c.PublishedAt)
	if err != nil || len(decided) == 0 {
		return err
	}
	schemes, err := o.schemesOn(ctx, q, now.Today())
	if err != nil {
		return err
	}
	for _, d := range decided {
		if d.Kind == certificates.Revocation && !d.Undoable(now.Today()) {
			continue
		}
		if d.Person == who.Person {
			return aboutYourself
		}
		archive, err := reopen(ctx, q, d, now.Today())
		if err != nil {
			return err
		}
		if d.Kind == certificates.Revocation {
			if err := revoke(ctx, q, archive, d, 0); err != nil {
				return err
			}
		}
		if err := store.UndoDecision(ctx, q, d.ID, who.Person, now.Office); err != nil {
			return err
		}
		if err := carryOut(ctx, q, now, who, schemes, d, decisionUndone); err != nil {
			return err
		}
	}
	return nil
}

var aboutYourself = fault.New(fault.Forbidden, "Hierdoor verandert ook een besluit over jou. Laat iemand anders de wijziging intrekken.", "This also changes a decision about you. Have somebody else withdraw the change.").Because("self_approval")

// endRequired ends the requirements that publishing a change made.
func endRequired(ctx context.Context, q store.Q, now Moment, who staff.Actor, id changes.ID) error {
	keys, err := store.ChangeRequirements(ctx, q, id)
	if err != nil || len(keys) == 0 {
		return err
	}
	all, err := store.Requirements(ctx, q)
	if err != nil {
		return err
	}
	yesterday := now.Today().AddDays(-1)
	ended := only(all, func(r certificates.Requirement) bool {
		return slices.Contains(keys, r.ID) && (r.Until.IsZero() || r.Until > yesterday)
	})
	for _, r := range ended {
		r.Until = yesterday
		if err := store.UpdateRequirement(ctx, q, r); err != nil {
			return err
		}
		if err := store.Write(ctx, q, didRequirement(now, who, "requirement.changed", r)); err != nil {
			return err
		}
	}
	return replanAsked(ctx, q, now, who, ended...)
}

// takeBack tells whoever did not do what a change asked that they need not.
func takeBack(ctx context.Context, q store.Q, now Moment, c changes.Change, impact changes.Impact, why string) error {
	var told []staff.PersonID
	for _, g := range impact.Groups {
		told = append(told, g.Owing...)
	}
	slices.Sort(told)
	var notes []store.Note
	for _, person := range slices.Compact(told) {
		n := store.Note{ID: newID(), Person: person, MadeAt: now.Office}
		n.Kind, n.Path = "change-withdrawn", "/wijzigingen/"+string(c.ID)
		n.Dutch = fmt.Sprintf("Deze wijziging gaat niet door: %s. %s Je hoeft er niets meer voor te doen.", c.Title, why)
		n.English = fmt.Sprintf("This change is called off: %s. %s You need not do anything for it any more.", c.Title, why)
		notes = append(notes, n)
	}
	return store.InsertNotes(ctx, q, notes...)
}

// An Urgent is what somebody fills in who must tell colleagues something now.
type Urgent struct {
	What   string // the title, in a few words
	Kind   changes.Kind
	Text   string // what colleagues read
	Source string
	Roles  []staff.RoleID // whom it concerns
}

// PublishUrgently tells colleagues something at once: one form makes a change, a bulletin and its announcement. The bulletin is
// out before anybody confirmed it, and says so until somebody else did. The same again on the same day answers the same.
func (o *Office) PublishUrgently(ctx context.Context, who staff.Actor, u Urgent) (id changes.ID, told int, err error) {
	if err := who.Allow(staff.WriteBulletins, staff.Subject{}); err != nil {
		return "", 0, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return "", 0, err
	}
	u.What, u.Text, u.Source = strings.TrimSpace(u.What), strings.TrimSpace(u.Text), strings.TrimSpace(u.Source)
	err = o.inTx(ctx, func(ctx context.Context, q store.Q) error {
		if err := store.Alone(ctx, q); err != nil {
			return err
		}
		all, err := store.Changes(ctx, q)
		if err != nil {
			return err
		}
		prefix := "SPOED-" + now.Today().String()
		today := only(all, func(c changes.Change) bool { return strings.HasPrefix(string(c.ID), prefix) })
		if at := slices.IndexFunc(today, func(c changes.Change) bool { return c.Title == u.What && c.DraftedBy == who.Person }); at >= 0 {
			facts, err := readChangeFacts(ctx, q, now.Today(), today[at])
			id, told = today[at].ID, today[at].Impact(facts.Facts, now.Today()).People
			return err
		}
		id = changes.ID(fmt.Sprintf("%s-%d", prefix, len(today)+1))
		told, err = o.publishUrgently(ctx, q, now, who, id, u)
		return err
	})
	return id, told, err
}

func (o *Office) publishUrgently(ctx context.Context, q store.Q, now Moment, who staff.Actor, id changes.ID, u Urgent) (int, error) {
	known, err := o.readKnown(ctx, q, now.Today())
	if err != nil {
		return 0, err
	}
	b := changes.Bulletin{ID: changes.BulletinID(id), Topic: u.What, Roles: u.Roles, Law: u.Source, Change: id, Holder: who.Person, ReadBefore: now.Today()}
	if b, err = b.Add(changes.Edition{From: now.Today(), Title: u.What, Text: u.Text, MadeBy: who.Person, MadeAt: now.Office, Urgent: true}); err != nil {
		return 0, err
	}
	c := changes.Change{
		ID: id, Title: u.What, Kind: u.Kind, Source: u.Source, EffectiveOn: now.Today(), Certainty: changes.Fixed, Phase: changes.Training, Holder: who.Person,
		Touches: changes.Touches{Roles: u.Roles}, Verdicts: []changes.Verdict{{Kind: changes.Read, Roles: u.Roles, Bulletin: b.ID}}, Version: 1, DraftedBy: who.Person, DraftedAt: now.Office,
	}
	wrong := *wrongUrgent // with the fields that the form has
	for _, err := range []error{c.Check(known), b.Check(known), refuseBSN("text", u.Text), refuseBSN("title", u.What)} {
		if err != nil && fault.Of(err) == nil {
			return 0, err
		}
		wrong = *wrong.With(err)
	}
	wrong.Fields = only(wrong.Fields, func(f fault.Field) bool {
		return f.Path != "verdicts[0].bulletin" && f.Path != "topic" && f.Path != "holder"
	})
	if len(wrong.Fields) > 0 {
		return 0, &wrong
	}
	if err := store.InsertChange(ctx, q, c); err != nil {
		return 0, err
	}
	if err := store.PutBulletin(ctx, q, b); err != nil {
		return 0, err
	}
	if err := store.InsertEdition(ctx, q, b.ID, b.Versions[0]); err != nil {
		return 0, err
	}
	if c, err = c.Publish(who.Person, now.Office, true); err != nil {
		return 0, err
	}
	impact, err := o.publishChange(ctx, q, now, who, c)
	return impact.People, err
}

var wrongUrgent = fault.New(fault.Invalid, "Dit bericht klopt nog niet:", "This message is not right yet:").Because("urgent")

// SeeChange says that somebody else than who announced an urgent change looked at it.
func (o *Office) SeeChange(ctx context.Context, who staff.Actor, id changes.ID) error {
	return o.settleChange(ctx, who, id, staff.CheckBulletins, "change.seen", func(_ store.Q, now Moment, c changes.Change) (changes.Change, error) {
		if c.SeenBy == who.Person {
			return c, nil
		}
		return c.See(who.Person, now.Office)
	})
}

// GoLive says that a release with a gate went live. Where too few of its users are trained that is fault.Conflict, with what to do.
func (o *Office) GoLive(ctx context.Context, who staff.Actor, id changes.ID) error {
	return o.settleChange(ctx, who, id, staff.WriteChanges, "change.live", func(q store.Q, now Moment, c changes.Change) (changes.Change, error) {
		if c.LiveBy == who.Person {
			return c, nil
		}
		facts, err := readChangeFacts(ctx, q, now.Today(), c)
		if err != nil {
			return c, err
		}
		if c, err = c.GoLive(c.Impact(facts.Facts, now.Today()), who.Person, now.Office); err == nil && slices.Index(changes.Phases(), c.Phase) < slices.Index(changes.Phases(), changes.Introduced) {
			c.Phase = changes.Introduced
		}
		return c, err
	})
}

// settleChange writes what somebody says of a change that was published; the same again changes nothing.
func (o *Office) settleChange(ctx context.Context, who staff.Actor, id changes.ID, act staff.Act, entry string, settle func(store.Q, Moment, changes.Change) (changes.Change, error)) error {
	if err := who.Allow(act, staff.Subject{}); err != nil {
		return err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return err
	}
	return o.inTx(ctx, func(ctx context.Context, q store.Q) error {
		was, err := store.Change(ctx, q, id)
		if err != nil {
			return err
		}
		c, err := settle(q, now, was)
		if err != nil || c.SeenBy == was.SeenBy && c.LiveBy == was.LiveBy {
			return err
		}
		c.Version++
		if err := store.SaveChange(ctx, q, c, was.Version); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, who, entry, "", string(id)))
	})
}
