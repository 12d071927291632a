package academy

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"bekwaam/courses/changes"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

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
