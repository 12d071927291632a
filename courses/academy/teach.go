package academy

import (
	"cmp"
	"context"
	"slices"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/competences"
	"bekwaam/courses/fault"
	"bekwaam/courses/mobility"
	"bekwaam/courses/staff"
	"bekwaam/courses/staffing"
	"bekwaam/courses/store"
)

// A TeachingRequest asks who should learn what.
type TeachingRequest struct {
	Team    staff.TeamID     // whose people to show; empty: everybody whom the reader may see
	PerWeek int              // minutes that somebody can learn in a usual week; 0: four hours
	Without []staff.PersonID // who is not asked: they said no, or somebody else would rather
}

// A Teaching says who should learn what so that every process keeps its minimum for the coming 24 months, in the fewest
// hours. It is a proposal: nothing of it is stored, and nobody is asked.
type Teaching struct {
	TeachingRequest
	Words
	Today     calendar.Date
	Until     calendar.Date
	Teams     []staff.Team      // that the reader may choose from
	Choices   []TeachingChoice  // of whom the reader may see, in order of their first last day
	Others    int               // people whom the reader does not see
	Processes []TeachingProcess // that the reader may see
	Open      []TeachingGap     // that learning does not close
	Minutes   int               // of all choices together, also those the reader does not see
	Cents     int
	Names     map[staff.PersonID]string // of whom the reader may see
	Proven    bool                      // nothing takes fewer minutes
	Bound     int                       // nothing takes fewer than this, of the courses that were looked at
}

// A TeachingChoice is what one person should learn, and why this person.
type TeachingChoice struct {
	Person  staff.PersonID
	Name    string
	Teams   []staff.TeamID
	Role    staff.RoleID // with which they do the work
	Lessons []TeachingLesson
	Minutes int
	Cents   int
	Solves  []TeachingEffect // by process
	Instead int              // how many colleagues could do it instead
	Least   int              // the minutes of the one of them who needs the fewest
}

// A TeachingLesson is one thing to do, in words.
type TeachingLesson struct {
	mobility.Lesson
	Planned        calendar.Date // the session in which the person has a place; zero: none
	Dutch, English string
}

// A TeachingEffect is what a process would be without somebody's learning, in the month in which it is felt most.
type TeachingEffect struct {
	Process staffing.Process
	staffing.Need
	With, Months int // how many there are with it; in how many months there would be too few without
}

// A TeachingProcess is a process before and after, month by month.
type TeachingProcess struct {
	staffing.Process
	Months []TeachingMonth
}

// A TeachingMonth is one month of a process.
type TeachingMonth struct {
	Month         calendar.Date
	Before, After int // who may do the work all month
	Minimum       int
	Short, Left   int // times of the week with too few people, before and after
}

// A TeachingGap is where a process has too few people whatever is learned, in words.
type TeachingGap struct {
	Process staffing.Process
	staffing.Gap
	Dutch, English string
}

const usualTeaching = 240

// Teaching works out who should learn what. It is for leaders, who answers for a process and HR, each for whom they may see;
// the whole department is worked out together, so that all see parts of one proposal. fault.Forbidden where the works council
// does not consent.
func (o *Office) Teaching(ctx context.Context, who staff.Actor, ask TeachingRequest) (t Teaching, err error) {
	if err := who.Allow(staff.ReadStaffing, staff.Subject{}); err != nil {
		return t, err
	}
	if ask.PerWeek == 0 {
		ask.PerWeek = usualTeaching
	}
	if ask.PerWeek < leastPerWeek || ask.PerWeek > mostPerWeek {
		return t, wrongTeaching
	}
	q := o.db.Read()
	now, err := o.Now(ctx)
	if err != nil {
		return t, err
	}
	t = Teaching{TeachingRequest: ask, Today: now.Today()}
	teams, err := store.Teams(ctx, q)
	if err != nil {
		return t, err
	}
	t.Teams = only(teams, func(team staff.Team) bool {
		return who.MayForAll(staff.ReadStaffing) || slices.Contains(who.Leads, team.ID)
	})
	if ask.Team != "" && !slices.ContainsFunc(t.Teams, func(team staff.Team) bool { return team.ID == ask.Team }) {
		return t, notYours
	}
	if err := consented(ctx, q, t.Today, ViewMatrix); err != nil {
		return t, err
	}
	s, err := readTeaching(ctx, q, who, &t)
	if err != nil {
		return t, err
	}
	if err := s.files.readNames(ctx, q, who); err != nil {
		return t, err
	}
	t.Names = s.files.names
	s.solve(&t)
	s.show(who, &t)
	var seen []staff.PersonID
	for _, c := range t.Choices {
		seen = append(seen, c.Person)
	}
	return t, o.looked(ctx, who, seen...)
}

var wrongTeaching = fault.New(fault.Invalid, "Kies hoeveel uur per week iemand kan leren: van 0,5 tot en met 40.", "Choose how many hours a week somebody can learn: from 0.5 to 40.").
	At("hoursPerWeek", "kies van 0,5 tot en met 40", "choose from 0.5 to 40")

// A teaching is what Teaching is worked out from.
type teaching struct {
	files    crewFiles
	need     *staffing.Teaching
	learners []teachable
	narrowed bool // somebody has more courses than were looked at
	planned  map[seat]calendar.Date

	plan   mobility.TeamPlan
	counts []int // by need, with the plan
}

// A teachable is somebody who could learn, with the courses they could follow.
type teachable struct {
	record    int
	courses   []mobility.Course
	ways      []mobility.Way
	unoffered []certificates.SchemeKey
}

// readTeaching reads every process with its people and works out what each could learn.
func readTeaching(ctx context.Context, q store.Q, who staff.Actor, t *Teaching) (*teaching, error) {
	processes, err := store.Processes(ctx, q, t.Today)
	if err != nil {
		return nil, err
	}
	s := &teaching{}
	if s.files, err = readCrew(ctx, q, processes, t.Today, t.Today, t.Today.AddMonths(staffingMonths)); err != nil {
		return nil, err
	}
	t.Without = only(t.Without, func(id staff.PersonID) bool {
		return s.files.sees(who, id) && slices.ContainsFunc(s.files.records, func(r staffing.Record) bool { return r.Person == id })
	})
	s.need = staffing.NewTeaching(processes, s.files.records, t.Today, staffingMonths)
	t.Until = s.need.Until
	if s.planned, err = readPlanned(ctx, q, t.Today); err != nil {
		return nil, err
	}
	book, err := readBook(ctx, q)
	if err != nil {
		return nil, err
	}
	catalogue, err := store.Competences(ctx, q)
	if err != nil {
		return nil, err
	}
	items, err := store.LearningItems(ctx, q)
	if err != nil {
		return nil, err
	}
	t.Words = growth{catalogue: catalogue, items: items, book: book, today: t.Today}.words()
	people := make([]staff.PersonID, len(s.files.records))
	for i, r := range s.files.records {
		people[i] = r.Person
	}
	for some := range slices.Chunk(people, peopleAtOnce) {
		periods, err := store.LatestPeriods(ctx, q, some...)
		if err != nil {
			return nil, err
		}
		evidence, err := store.CompetenceEvidence(ctx, q, some...)
		if err != nil {
			return nil, err
		}
		for _, person := range some {
			theirs := next(&periods, func(p certificates.Period) bool { return p.Person == person })
			judged := next(&evidence, func(e competences.Evidence) bool { return e.Person == person })
			record := slices.Index(people, person)
			if r := s.files.records[record]; !r.Employed(t.Until) || slices.Contains(t.Without, person) {
				continue
			}
			done, err := store.ItemsDone(ctx, q, person)
			if err != nil {
				return nil, err
			}
			g := growth{today: t.Today, items: items, standings: catalogue.Standings(judged, theirs, t.Today), done: done, periods: theirs}
			s.add(g, record, book, t.PerWeek)
		}
	}
	return s, nil
}

// add works out what somebody could learn for the processes of their roles.
func (s *teaching) add(g growth, record int, book certificates.Book, perWeek int) {
	r := s.files.records[record]
	var schemes []certificates.Scheme
	for _, p := range s.need.Processes {
		if !slices.ContainsFunc(r.Employments, func(e staff.Employment) bool {
			return slices.ContainsFunc(p.Roles, func(held staff.RoleStretch) bool { return held.Role == e.Role })
		}) {
			continue
		}
		for _, key := range p.Schemes() {
			scheme, known := book.On(key, g.today)
			if known && !slices.ContainsFunc(schemes, func(other certificates.Scheme) bool { return other.Key == key }) {
				schemes = append(schemes, scheme)
			}
		}
	}
	problem := g.problem(nil, s.need.Until, perWeek)
	for _, e := range r.Employments {
		if len(r.Employments) == 1 {
			problem.From = max(problem.From, e.From) // who is yet to begin
		}
	}
	problem.Free = r.LearningTime(problem.From, perWeek)
	l := teachable{record: record}
	var all bool
	l.courses, l.unoffered, all = mobility.Courses(problem, schemes, g.periods, s.need.Until)
	s.narrowed = s.narrowed || !all
	counted := s.need.Counts(r, record)
	for _, c := range l.courses {
		periods := make([]certificates.Period, len(c.Lessons))
		for i, lesson := range c.Lessons {
			periods[i] = lesson.Period
		}
		way := mobility.Way{Minutes: c.Minutes, Cents: c.Cents}
		for _, n := range s.need.Counts(r.With(periods), record) {
			if _, already := slices.BinarySearch(counted, n); !already {
				way.Helps = append(way.Helps, n)
			}
		}
		l.ways = append(l.ways, way)
	}
	s.learners = append(s.learners, l)
}

// solve finds who learns what.
func (s *teaching) solve(t *Teaching) {
	missing := make([]int, len(s.need.Needs))
	for i, n := range s.need.Needs {
		missing[i] = n.Missing()
	}
	// Whoever has the first certificate to lose comes first where all else is equal, as in the advice beside a process.
	slices.SortStableFunc(s.learners, func(a, b teachable) int {
		return cmp.Or(cmp.Compare(a.first(), b.first()), cmp.Compare(s.files.records[a.record].Person, s.files.records[b.record].Person))
	})
	learners := make([]mobility.Learner, len(s.learners))
	for i, l := range s.learners {
		learners[i] = mobility.Learner{Person: s.files.records[l.record].Person, Ways: l.ways}
	}
	s.plan = mobility.Teach(missing, learners)
	t.Minutes, t.Cents, t.Proven, t.Bound = s.plan.Minutes, s.plan.Cents, s.plan.Proven && !s.narrowed, s.plan.Bound
	s.counts = make([]int, len(missing))
	for i, n := range s.need.Needs {
		s.counts[i] = n.Has
	}
	for i, c := range s.plan.Chosen {
		if c >= 0 {
			for _, n := range s.learners[i].ways[c].Helps {
				s.counts[n]++
			}
		}
	}
}

// first is the first day on which something of somebody must be done.
func (l teachable) first() calendar.Date {
	var first calendar.Date
	for _, c := range l.courses {
		for _, lesson := range c.Lessons {
			if first.IsZero() || lesson.Until < first {
				first = lesson.Until
			}
		}
	}
	return first
}
