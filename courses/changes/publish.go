package changes

import (
	"fmt"
	"time"

	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

// cannotWait is how many days before a change holds it may go out with urgency.
const cannotWait = 14

// Publish announces a change. Somebody else does so than who wrote it. Only what holds within two weeks may its writer announce
// with urgency; that is recorded, and somebody else looks at it afterwards.
func (c Change) Publish(by staff.PersonID, at time.Time, urgently bool) (Change, error) {
	if err := c.Publishable(); err != nil {
		return c, err
	}
	if by == c.DraftedBy {
		switch near := !c.EffectiveOn.IsZero() && c.EffectiveOn <= calendar.On(at).AddDays(cannotWait); {
		case !urgently:
			return c, writtenByYou
		case !near:
			return c, notUrgent
		}
		c.Urgent = true
	}
	c.PublishedBy, c.PublishedAt = by, at
	return c, nil
}

// Unseen reports whether a change went out with urgency and nobody looked at it since.
func (c Change) Unseen() bool { return c.Stands() && c.Urgent && c.SeenBy == "" }

// See says that somebody else than who published an urgent change looked at it.
func (c Change) See(by staff.PersonID, at time.Time) (Change, error) {
	switch {
	case !c.Unseen():
		return c, nothingToSee
	case by == c.PublishedBy:
		return c, seenByYou
	}
	c.SeenBy, c.SeenAt = by, at
	return c, nil
}

// GoLive says that a release with a gate went live, where enough of its users are trained.
func (c Change) GoLive(i Impact, by staff.PersonID, at time.Time) (Change, error) {
	switch {
	case c.Gate == 0 || !c.Stands():
		return c, noGate
	case !c.LiveAt.IsZero():
		return c, isLive
	case i.Trained() < c.Gate:
		left := i.People - i.Done
		return c, fault.New(fault.Conflict,
			fmt.Sprintf("Live gaan mag nog niet: %d%% is geschoold en %d%% is nodig. %d van de %d collega's moeten nog iets doen. Plan tijd met hun leidinggevenden, of kies een latere dag.", i.Trained(), c.Gate, left, i.People),
			fmt.Sprintf("It may not go live yet: %d%% is trained and %d%% is needed. %d of the %d colleagues still have to do something. Plan time with their leaders, or choose a later day.", i.Trained(), c.Gate, left, i.People)).Because("gate_closed")
	}
	c.LiveBy, c.LiveAt = by, at
	return c, nil
}

var (
	writtenByYou = fault.New(fault.Forbidden, "Laat een collega deze wijziging bekendmaken: jij hebt haar geschreven. Gaat ze binnen twee weken in, dan kan het met spoed.", "Let a colleague announce this change: you wrote it. If it holds within two weeks you can announce it with urgency.").Because("self_approval")
	notUrgent    = fault.New(fault.Conflict, "Met spoed kan alleen wat binnen twee weken ingaat. Laat een collega deze wijziging bekendmaken.", "Only what holds within two weeks can go out with urgency. Let a colleague announce this change.").Because("not_urgent")
	nothingToSee = fault.New(fault.Conflict, "Hier wacht niets op een tweede blik.", "Nothing waits for a second look here.").Because("seen")
	seenByYou    = fault.New(fault.Forbidden, "Laat iemand anders hiernaar kijken: jij maakte dit met spoed bekend.", "Let somebody else look at this: you announced it with urgency.").Because("self_approval")
	noGate       = fault.New(fault.Conflict, "Deze wijziging heeft geen poort, of is nog niet bekendgemaakt.", "This change has no gate, or is not published yet.").Because("no_gate")
	isLive       = fault.New(fault.Conflict, "Deze wijziging is al live.", "This change is live already.").Because("live")
)
