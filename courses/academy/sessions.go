package academy

import (
	"cmp"
	"context"
	"regexp"
	"slices"
	"time"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
	"bekwaam/courses/training"
)

// A SessionView is a group training as somebody sees it: by name only those whom they may enrol.
type SessionView struct {
	training.Session
	Rules        certificates.Scheme // as they apply on the day of the session
	State        training.State
	Free         int // places left
	Enrolled     int // people with a place
	Waiting      int
	Mine         *Participant // the visitor's own place; nil where they are not enrolled
	Participants []Participant
	Over         []training.Balance // budgets that the session makes go over, for who may see them; of one session only
}

// A Participant is somebody on the list.
type Participant struct {
	training.Enrolment
	Name    string
	Waiting int // place on the waiting list; 0: they have a place in the session
}

// A SessionSearch narrows the group trainings. A zero day is no bound.
type SessionSearch struct{ From, Until calendar.Date }

// Sessions lists group trainings in order of day.
func (o *Office) Sessions(ctx context.Context, who staff.Actor, search SessionSearch) ([]SessionView, error) {
	if err := who.Allow(staff.ReadSessions, staff.Subject{}); err != nil {
		return nil, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return nil, err
	}
	rolls, err := store.Rolls(ctx, o.db.Read(), search.From, search.Until)
	if err != nil {
		return nil, err
	}
	return o.viewSessions(ctx, o.db.Read(), now, who, rolls)
}

// Session returns one group training, with the budgets that it makes go over.
func (o *Office) Session(ctx context.Context, who staff.Actor, id training.SessionID) (SessionView, error) {
	if err := who.Allow(staff.ReadSessions, staff.Subject{}); err != nil {
		return SessionView{}, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return SessionView{}, err
	}
	q := o.db.Read()
	roll, err := store.Roll(ctx, q, id)
	if err != nil {
		return SessionView{}, err
	}
	views, err := o.viewSessions(ctx, q, now, who, []training.Roll{roll})
	if err != nil {
		return SessionView{}, err
	}
	if who.May(staff.ReadBudgets) {
		views[0].Over, err = overBudget(ctx, q, now, who, roll)
	}
	return views[0], err
}

// viewSessions makes of lists what somebody may see of them, in as many queries as there are kinds of facts.
func (o *Office) viewSessions(ctx context.Context, q store.Q, now Moment, who staff.Actor, rolls []training.Roll) ([]SessionView, error) {
	people := everybodyOn(rolls)
	employments, err := store.Employments(ctx, q, people...)
	if err != nil {
		return nil, err
	}
	named, err := store.PeopleNamed(ctx, q, people...)
	if err != nil {
		return nil, err
	}
	names := make(map[staff.PersonID]string, len(named))
	for _, p := range named {
		names[p.ID] = p.Name()
	}
	schemes, err := o.schemesOn(ctx, q, now.Today())
	if err != nil {
		return nil, err
	}
	teams := make(map[staff.PersonID][]staff.TeamID)
	for _, e := range employments {
		if e.On(now.Today()) {
			teams[e.Person] = append(teams[e.Person], e.Team)
		}
	}
	views := make([]SessionView, len(rolls))
	for i, r := range rolls {
		v := SessionView{Session: r.Session, Rules: schemes[r.Scheme], State: r.State(now.Office), Free: r.Left(), Enrolled: len(r.Attending()), Waiting: len(r.Waiting())}
		for _, e := range r.Standing() {
			p := Participant{e, names[e.Person], r.WaitingAs(e.Person)}
			if e.Person == who.Person {
				v.Mine = &p
			}
			if who.Allow(staff.EnrolInSessions, staff.Subject{Person: e.Person, Teams: teams[e.Person]}) == nil {
				v.Participants = append(v.Participants, p)
			}
		}
		views[i] = v
	}
	return views, nil
}

// everybodyOn lists who stands on some lists, each once.
func everybodyOn(rolls []training.Roll) []staff.PersonID {
	seen := make(map[staff.PersonID]bool)
	var people []staff.PersonID
	for _, r := range rolls {
		for _, e := range r.Standing() {
			if !seen[e.Person] {
				seen[e.Person] = true
				people = append(people, e.Person)
			}
		}
	}
	return people
}

// sessionKey is what the key of a session looks like.
var sessionKey = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9-]{0,63}$`)

var (
	takenAsPath   = fault.New(fault.Invalid, "Dit nummer kan niet:", "This number is not possible:").At("session", "kies iets anders dan nieuw", "choose something else than nieuw").Because("reserved")
	sessionStale  = fault.New(fault.Conflict, "Iemand anders heeft deze groepstraining intussen veranderd. Lees haar opnieuw en kijk wat je wilt bewaren.", "Somebody else changed this group training in the meantime. Read it again and see what you want to keep.").Because("stale")
	badSessionKey = fault.New(fault.Invalid, "Dit nummer kan niet:", "This number is not possible:").At("session", "gebruik 1 tot en met 64 letters, cijfers en streepjes", "use 1 to 64 letters, digits and hyphens")
	tooLate       = fault.New(fault.Invalid, "Deze groepstraining klopt nog niet:", "This group training is not right yet:").At("day", "kies een dag en tijd die nog komen", "choose a day and time to come").Because("session")
)

// PutSession plans a group training (its version is 0), or changes the one that has its key, of which the version is the one
// that was read: fault.Conflict where somebody changed it since. What is saved already may be sent again; created reports which. Who is enrolled hears
// of another day, time or place. A session that has begun changes in what it costs only: fault.Conflict.
func (o *Office) PutSession(ctx context.Context, who staff.Actor, s training.Session) (created bool, err error) {
	if err := who.Allow(staff.PlanSessions, staff.Subject{}); err != nil {
		return false, err
	}
	if !sessionKey.MatchString(string(s.ID)) {
		return false, badSessionKey
	}
	if err := cmp.Or(refuseBSN("title", s.Title), refuseBSN("place", s.Place), refuseBSN("supplier", s.Supplier)); err != nil {
		return false, err
	}
	if s.ID == "nieuw" { // the page of a new one has this address
		return false, takenAsPath
	}
	now, err := o.Now(ctx)
	if err != nil {
		return false, err
	}
	err = o.inTx(ctx, func(ctx context.Context, q store.Q) error {
		was, err := store.RollForUpdate(ctx, q, s.ID)
		created = fault.KindOf(err) == fault.NotFound
		if err != nil && !created {
			return err
		}
		schemes, err := store.Schemes(ctx, q, now.Today())
		if err != nil {
			return err
		}
		if err := s.Check(schemes[s.Scheme]); err != nil {
			return err
		}
		if s.Begun(now.Office) && (created || !was.Begun(now.Office)) {
			return tooLate
		}
		if !created {
			return o.changeSession(ctx, q, now, who, was, s)
		}
		s.PlannedBy, s.Sequence, s.CancelledAt, s.Version = who.Person, 0, time.Time{}, 1
		if err := store.InsertSession(ctx, q, s); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, who, "session.planned", "", string(s.ID)))
	})
	return created, err
}

// changeSession changes a session and tells those whom it touches.
func (o *Office) changeSession(ctx context.Context, q store.Q, now Moment, who staff.Actor, was training.Roll, s training.Session) error {
	s.PlannedBy, s.Sequence, s.CancelledAt = was.PlannedBy, was.Sequence, was.CancelledAt
	if s.Same(was.Session) && s.Supplier == was.Supplier && s.Cost == was.Cost && s.Fund == was.Fund {
		return nil
	}
	if s.Version != was.Version {
		return sessionStale
	}
	if err := was.Change(s, now.Office); err != nil {
		return err
	}
	after := training.Roll{Session: s, Enrolments: was.Enrolments}
	after.Version++
	up := was.Up(after)
	if s.Moved(was.Session) || len(up) > 0 {
		after.Sequence++
	}
	if err := store.SaveSession(ctx, q, after.Session); err != nil {
		return err
	}
	if err := store.Write(ctx, q, did(now.Office, who, "session.changed", "", string(s.ID))); err != nil {
		return err
	}
	if s.Moved(was.Session) {
		for _, e := range after.Standing() {
			if slices.Contains(up, e.Person) {
				continue
			}
			if err := o.tell(ctx, q, now, after, e.Person, sessionMoved); err != nil {
				return err
			}
		}
	}
	return o.moveUp(ctx, q, now, who, after, up)
}

// moveUp tells people from the waiting list that they have a place.
func (o *Office) moveUp(ctx context.Context, q store.Q, now Moment, who staff.Actor, r training.Roll, up []staff.PersonID) error {
	for _, person := range up {
		if err := o.tell(ctx, q, now, r, person, sessionUp); err != nil {
			return err
		}
		if err := store.Write(ctx, q, did(now.Office, who, "session.moved-up", person, string(r.ID))); err != nil {
			return err
		}
	}
	return nil
}

// CancelSession calls a group training off, and tells everybody on the list. Once is enough. A session that has begun is
// not called off any more: fault.Conflict.
func (o *Office) CancelSession(ctx context.Context, who staff.Actor, id training.SessionID) error {
	if err := who.Allow(staff.PlanSessions, staff.Subject{}); err != nil {
		return err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return err
	}
	return o.db.InTx(ctx, func(ctx context.Context, q store.Q) error {
		r, err := store.RollForUpdate(ctx, q, id)
		if err != nil || r.Cancelled() {
			return err
		}
		if err := r.Open(now.Office); err != nil {
			return err
		}
		r.CancelledAt = now.Office
		r.Sequence++
		if err := store.SaveSession(ctx, q, r.Session); err != nil {
			return err
		}
		for _, e := range r.Standing() {
			if err := o.tell(ctx, q, now, r, e.Person, sessionOff); err != nil {
				return err
			}
		}
		return store.Write(ctx, q, did(now.Office, who, "session.cancelled", "", string(id)))
	})
}
