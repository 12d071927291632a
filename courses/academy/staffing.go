package academy

import (
	"context"
	"slices"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/staffing"
	"bekwaam/courses/store"
)

// A StaffedProcess is how a process stands on a day.
type StaffedProcess struct {
	staffing.Process
	OwnerName string
	On        calendar.Date
	Today     calendar.Date
	Colour    staffing.Colour    // for everybody who works here
	Procedure staffing.Procedure // that holds on the day; version 0: none
	Holder    string             // the name of who knows most of it
	Deputy    string             // and of who stands in for them
	Schemes   map[certificates.SchemeKey]certificates.Scheme
	Roles     []staff.Role // that do this work on the day

	Own    *staffing.Lack // what the reader lacks, where they have a role that does the work; nil: they have none
	Closed bool           // the works council does not consent, so nobody sees more
	Crew   *Crew          // for who leads people in it and for HR
	Risks  []Advice       // in the next 24 months from today: for the same people
}

// A Crew is who may do the work and who is there.
type Crew struct {
	staffing.Occupancy
	Without staff.PersonID // somebody who is taken to be away; empty: nobody
	With    *staffing.Occupancy
	Members []Member // whom the reader may see, in order of personnel number
	Others  int      // of the pool, whom the reader may not see
}

// A Member is somebody with a role that does the work.
type Member struct {
	Person staff.PersonID
	Name   string
	Lack   staffing.Lack
	Hours  []staffing.Hours // of the day, leave not taken off
	Known  bool             // some roster says so
	Away   bool             // on leave in a time that counts
	Learns bool             // learning in a time that counts
}

// An Advice is in which way a process is vulnerable, and the one thing that helps, in words.
type Advice struct {
	staffing.Spot
	Dutch, English       string
	ActionDutch, Advised string // what helps, in Dutch and in English
}

// staffingMonths is how far a forecast of staffing looks.
const staffingMonths = 24

// Processes lists how every process stands on a day (zero: today), in order of key. Who leads people in one, who answers for
// it and HR also see how many there are and where it is vulnerable; names stand with one process alone.
func (o *Office) Processes(ctx context.Context, who staff.Actor, on calendar.Date) ([]StaffedProcess, error) {
	q := o.db.Read()
	processes, now, err := o.beginStaffing(ctx, q, who, &on)
	if err != nil {
		return nil, err
	}
	return o.staffed(ctx, q, who, processes, now.Today(), on)
}

// beginStaffing checks that somebody may see processes, and reads them, as on the day or today, whichever is first.
func (o *Office) beginStaffing(ctx context.Context, q store.Q, who staff.Actor, on *calendar.Date) ([]staffing.Process, Moment, error) {
	if err := who.Allow(staff.ReadProcesses, staff.Subject{}); err != nil {
		return nil, Moment{}, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return nil, now, err
	}
	if on.IsZero() {
		*on = now.Today()
	}
	if err := near(*on, now.Today()); err != nil {
		return nil, now, err
	}
	processes, err := store.Processes(ctx, q, min(*on, now.Today()))
	return processes, now, err
}

// staffed works out how some processes stand on a day.
func (o *Office) staffed(ctx context.Context, q store.Q, who staff.Actor, processes []staffing.Process, today, on calendar.Date) ([]StaffedProcess, error) {
	last := on
	closed := consented(ctx, q, today, ViewStaffing)
	if closed != nil && fault.KindOf(closed) != fault.Forbidden {
		return nil, closed
	}
	if who.May(staff.ReadStaffing) && closed == nil {
		last = max(on, today.AddMonths(staffingMonths))
	}
	files, err := readCrew(ctx, q, processes, min(on, today), min(on, today), last)
	if err != nil {
		return nil, err
	}
	owners := make([]staff.PersonID, len(processes))
	for i, p := range processes {
		owners[i] = p.AsOn(on).Owner
	}
	if err := files.readNames(ctx, q, who, owners...); err != nil {
		return nil, err
	}
	roles, err := store.Roles(ctx, q)
	if err != nil {
		return nil, err
	}
	all := make([]StaffedProcess, len(processes))
	for i, first := range processes {
		p := first.AsOn(on)
		occupancy := p.On(files.records, on)
		s := StaffedProcess{Process: p, OwnerName: files.names[p.Owner], On: on, Today: today, Colour: occupancy.Colour, Schemes: make(map[certificates.SchemeKey]certificates.Scheme)}
		for _, key := range p.Schemes() {
			s.Schemes[key] = files.schemes[key]
		}
		if at := slices.IndexFunc(files.records, func(r staffing.Record) bool { return r.Person == who.Person }); at >= 0 {
			if lack := p.Lacks(files.records[at], on); !lack.Role {
				s.Own = &lack
			}
		}
		s.Roles = only(roles, func(r staff.Role) bool { return p.Works(r.ID, on) })
		if files.involved(who, p) {
			s.Closed = closed != nil
			if !s.Closed {
				s.Crew = &Crew{Occupancy: occupancy}
				s.Risks = files.advise(who, first.AsOn(today), today, today.AddMonths(staffingMonths))
			}
		}
		all[i] = s
	}
	return all, nil
}

// Process tells how one process stands on a day (zero: today), how it is done, and, for whom it may, who is in it. without
// takes somebody to be away: fault.Forbidden or fault.NotFound where that is not for the reader to ask.
func (o *Office) Process(ctx context.Context, who staff.Actor, key staff.ActivityID, on calendar.Date, without staff.PersonID) (StaffedProcess, error) {
	q := o.db.Read()
	p, now, err := o.oneProcess(ctx, q, who, key, &on)
	if err != nil {
		return StaffedProcess{}, err
	}
	if without != "" {
		if err := o.allowWithout(ctx, q, who, without, now.Today()); err != nil {
			return StaffedProcess{}, err
		}
	}
	all, err := o.staffed(ctx, q, who, []staffing.Process{p}, now.Today(), on)
	if err != nil {
		return StaffedProcess{}, err
	}
	s := all[0]
	versions, err := store.Procedures(ctx, q, key)
	if err != nil {
		return StaffedProcess{}, err
	}
	if how, ok := staffing.ProcedureOn(procedures(versions), on); ok {
		s.Procedure = how
		names, err := namesOf(ctx, q, how.Holder, how.Deputy)
		if err != nil {
			return StaffedProcess{}, err
		}
		s.Holder, s.Deputy = names[how.Holder], names[how.Deputy]
	}
	if s.Crew == nil {
		if without != "" {
			return StaffedProcess{}, notYours
		}
		return s, nil
	}
	return s, o.fillCrew(ctx, q, who, &s, without)
}

// oneProcess reads one process; fault.NotFound where there is none.
func (o *Office) oneProcess(ctx context.Context, q store.Q, who staff.Actor, key staff.ActivityID, on *calendar.Date) (staffing.Process, Moment, error) {
	processes, now, err := o.beginStaffing(ctx, q, who, on)
	if err != nil {
		return staffing.Process{}, now, err
	}
	at := slices.IndexFunc(processes, func(p staffing.Process) bool { return p.ID == key })
	if at < 0 {
		return staffing.Process{}, now, notYours
	}
	return processes[at], now, nil
}

// allowWithout checks that somebody may ask how it would be without a person.
func (o *Office) allowWithout(ctx context.Context, q store.Q, who staff.Actor, person staff.PersonID, today calendar.Date) error {
	if err := o.allowAbout(ctx, who, staff.ReadStaffing, person); err != nil {
		return err
	}
	return consented(ctx, q, today, ViewStaffing)
}

// fillCrew adds the people of a process, and how it would be without one of them. That the reader saw them is written down.
func (o *Office) fillCrew(ctx context.Context, q store.Q, who staff.Actor, s *StaffedProcess, without staff.PersonID) error {
	files, err := readCrew(ctx, q, []staffing.Process{s.Process}, min(s.On, s.Today), s.On, s.On)
	if err != nil {
		return err
	}
	if err := files.readNames(ctx, q, who); err != nil {
		return err
	}
	if without != "" {
		with := s.Crew.Occupancy
		s.Crew.Without, s.Crew.With = without, &with
		s.Crew.Occupancy = s.Process.On(staffing.Without(files.records, without), s.On)
		s.Colour = s.Crew.Colour
	}
	var seen []staff.PersonID
	for _, r := range files.records {
		lack := s.Lacks(r, s.On)
		if !files.sees(who, r.Person) {
			if lack.None() && r.Person != without {
				s.Crew.Others++
			}
			continue
		}
		seen = append(seen, r.Person)
		m := Member{Person: r.Person, Name: files.names[r.Person], Lack: lack, Away: slices.Contains(s.Crew.Away, r.Person), Learns: slices.Contains(s.Crew.Learns, r.Person)}
		for _, e := range r.Employments {
			if h, known := r.Works(e.Number, s.On); known && e.On(s.On) {
				m.Known = true
				if !h.Off() {
					m.Hours = append(m.Hours, h)
				}
			}
		}
		s.Crew.Members = append(s.Crew.Members, m)
	}
	return o.looked(ctx, who, seen...)
}
