package mobility

import (
	"slices"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/competences"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

// A Party is somebody whose agreement a plan needs.
type Party string

const (
	ByEmployee Party = "employee"
	ByLeader   Party = "leader"
	ByHR       Party = "hr" // for the budget
)

// Parties lists everybody whose agreement a plan needs: the employee first.
func Parties() []Party { return []Party{ByEmployee, ByLeader, ByHR} }

// An Agreement is the yes of one party to one text of a plan.
type Agreement struct {
	Party Party
	By    staff.PersonID
	On    calendar.Date
	Text  int // the revision of the plan that was read
}

// A Track (mobiliteitsplan) is a plan that somebody keeps: from a draft to an agreement and its end. What the role asked
// when it was agreed stays as it was, whatever becomes of the profile.
type Track struct {
	ID     string
	Person staff.PersonID
	Role   staff.RoleID
	Asked  []competences.Required   // frozen once everybody agreed; until then none is kept: it is asked as the profile stands
	Needed []certificates.SchemeKey // certificates the role asked, frozen with that

	Terms
	Steps     []TrackStep
	Revision  int // counts the changes from 1; an agreement is to one revision
	DraftedBy staff.PersonID
	DraftedOn calendar.Date

	Agreements  []Agreement // to whatever revision, in order of day
	Returns     []Return
	Pauses      []Pause
	Evaluations []Evaluation
	Stopped     calendar.Date // zero: it was not stopped
	StoppedBy   staff.PersonID
	StopWords   string // why; both see it
	WentBack    bool   // it stopped because the employee went back to the old role
}

// Terms are what a plan says beside its steps.
type Terms struct {
	By         calendar.Date
	PerWeek    int            // minutes
	Words      string         // of the employee, why
	Guide      staff.PersonID // who helps; may be empty
	Roster     string         // what is agreed about working times; may be empty
	LearnDay   int            // the day of the week that is kept free for it: 1 is Monday; 0: whenever the work can spare the person
	Talks      string         // when they talk about it; may be empty
	TalkOn     calendar.Date  // when they look back the next time; zero: not agreed
	ReturnTill calendar.Date  // until that day the employee keeps the old place; zero: not agreed
}

// A TrackStep is one thing to do, for one of the two.
type TrackStep struct {
	Number  int
	Item    competences.ItemID // empty: an appointment in words
	Title   string
	Owner   staff.PersonID
	From    calendar.Date
	Until   calendar.Date
	Cents   int
	Minutes int
	DoneOn  calendar.Date

	Statutory bool // asked by law, or needed for the work the person does now: never on a personal budget (art. 7:611a BW)
}

// A Phase is where a track is on a day.
type Phase string

const (
	Draft    Phase = "draft"    // nobody agreed to it as it is now
	Awaiting Phase = "awaiting" // somebody did, and not everybody
	Running  Phase = "running"
	Changing Phase = "changing" // it runs, and not everybody agreed to a change of it
	Stopped  Phase = "stopped"
	Done     Phase = "done" // every step is done
)

// Agreed returns who agreed to the track as it is now.
func (t Track) Agreed() []Party { return t.agreedTo(t.Revision) }

// Own reports whether the person wrote the track as it is now, or agreed to it.
func (t Track) Own() bool {
	return t.Revision == 1 && t.DraftedBy == t.Person || slices.Contains(t.Agreed(), ByEmployee)
}

// AgreedGuide is who guides the person once everybody agreed to that; nobody while a draft or a change waits.
func (t Track) AgreedGuide() staff.PersonID {
	if len(t.Agreed()) < len(Parties()) {
		return ""
	}
	return t.Guide
}

func (t Track) agreedTo(revision int) []Party {
	var agreed []Party
	for _, p := range Parties() {
		if slices.ContainsFunc(t.Agreements, func(a Agreement) bool { return a.Party == p && a.Text == revision }) {
			agreed = append(agreed, p)
		}
	}
	return agreed
}

// Ran reports whether everybody agreed to the track at some time, as it was then.
func (t Track) Ran() bool {
	return slices.ContainsFunc(t.Agreements, func(a Agreement) bool { return len(t.agreedTo(a.Text)) == len(Parties()) })
}

// Next is whose turn it is to agree: the employee, then the leader, then HR. It is empty where nobody's is.
func (t Track) Next() Party {
	agreed := t.Agreed()
	for _, p := range Parties() {
		if !slices.Contains(agreed, p) && t.Stopped.IsZero() {
			return p
		}
	}
	return ""
}

// Phase says where the track is.
func (t Track) Phase() Phase {
	agreed := len(t.Agreed())
	switch {
	case !t.Stopped.IsZero():
		return Stopped
	case agreed < len(Parties()) && t.Ran():
		return Changing
	case agreed == 0:
		return Draft
	case agreed < len(Parties()):
		return Awaiting
	case len(t.Steps) > 0 && !slices.ContainsFunc(t.Steps, func(s TrackStep) bool { return s.DoneOn.IsZero() }):
		return Done
	}
	return Running
}

// Late lists the steps that should have been done before a day.
func (t Track) Late(day calendar.Date) []TrackStep {
	var late []TrackStep
	for _, s := range t.Steps {
		if s.DoneOn.IsZero() && s.Until < day {
			late = append(late, s)
		}
	}
	return late
}

// Budget is what the track costs, apart by what it may be paid from: nothing statutory is paid from a personal budget.
func (t Track) Budget() (development, statutory int) {
	for _, s := range t.Steps {
		if s.Statutory {
			statutory += s.Cents
		} else {
			development += s.Cents
		}
	}
	return development, statutory
}

var (
	// ErrChanged is what somebody hears who answers to an older revision of a plan.
	ErrChanged  = fault.New(fault.Conflict, "Het plan is intussen veranderd. Lees het opnieuw.", "The plan has changed meanwhile. Read it again.").Because("plan_changed")
	agreedTwice = fault.New(fault.Conflict, "Je hebt al akkoord gegeven op dit plan.", "You have agreed to this plan already.").Because("agreed")
	twoHats     = fault.New(fault.Forbidden, "Eén collega kan niet voor twee partijen akkoord geven. Vraag iemand anders.", "One colleague cannot agree for two parties. Ask somebody else.").Because("two_parties")
	itStopped   = fault.New(fault.Conflict, "Dit plan is gestopt.", "This plan was stopped.").Because("stopped")
)

// Agree adds the agreement of a party to a revision. Nobody agrees for two parties, so no plan is anybody's own decision.
func (t Track) Agree(a Agreement) (Track, error) {
	switch {
	case !t.Stopped.IsZero():
		return t, itStopped
	case a.Text != t.Revision:
		return t, ErrChanged
	case slices.Contains(t.Agreed(), a.Party):
		return t, agreedTwice
	case a.Party != ByEmployee && a.By == t.Person:
		return t, twoHats
	}
	for _, other := range t.Agreements {
		if other.Text == t.Revision && other.By == a.By {
			return t, twoHats
		}
	}
	t.Agreements = append(slices.Clip(t.Agreements), a)
	return t, nil
}

// Revise replaces what the track says: everybody who had agreed has to agree again. A track that runs goes on meanwhile, what
// is done stays done, and what the role asked stays as it was. Where nothing changes, nobody has to agree again.
func (t Track) Revise(terms Terms, steps []TrackStep) (Track, error) {
	switch t.Phase() {
	case Stopped:
		return t, itStopped
	case Done:
		return t, everythingDone
	}
	if t.Terms == terms && slices.Equal(t.Steps, steps) {
		return t, nil
	}
	t.Terms, t.Steps = terms, steps
	t.Revision++
	return t, nil
}

var (
	notAgreed  = fault.New(fault.Conflict, "Dit plan loopt nog niet. Eerst geven alle drie akkoord.", "This plan does not run yet. All three agree first.").Because("not_agreed")
	noSuchStep = fault.New(fault.NotFound, "Deze stap staat niet in het plan.", "This step is not in the plan.")
	doneBefore = fault.New(fault.Conflict, "Deze stap is al klaar.", "This step is done already.").Because("done")
	doneTooNew = fault.New(fault.Invalid, "Kies vandaag of een eerdere dag.", "Choose today or an earlier day.").At("on", "kies vandaag of een eerdere dag", "choose today or an earlier day")
)

// Finish marks a step of a running track as done on a day.
func (t Track) Finish(number int, on, today calendar.Date) (Track, error) {
	at := slices.IndexFunc(t.Steps, func(s TrackStep) bool { return s.Number == number })
	switch phase := t.Phase(); {
	case at < 0:
		return t, noSuchStep
	case phase == Stopped:
		return t, itStopped
	case !t.Steps[at].DoneOn.IsZero():
		return t, doneBefore
	case phase != Running && phase != Changing:
		return t, notAgreed
	case on.IsZero() || on > today:
		return t, doneTooNew
	}
	t.Steps = slices.Clone(t.Steps)
	t.Steps[at].DoneOn = on
	return t, nil
}

// Minutes is how long all steps take together.
func (t Track) Minutes() int {
	minutes := 0
	for _, s := range t.Steps {
		minutes += s.Minutes
	}
	return minutes
}

// Finished counts the steps that are done.
func (t Track) Finished() int {
	n := 0
	for _, s := range t.Steps {
		if !s.DoneOn.IsZero() {
			n++
		}
	}
	return n
}
