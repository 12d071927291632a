package changes

import (
	"cmp"
	"slices"

	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
	"bekwaam/courses/staffing"
)

// A ReadDuty (leestaak) asks one person to read a version of a bulletin. There is at most one for a person and a version; the
// read receipt of that version does it.
type ReadDuty struct {
	Person   staff.PersonID
	Bulletin BulletinID
	Number   int // of the version
	Change   ID
	OpensOn  calendar.Date
	DueOn    calendar.Date // the last day in time
	DoneOn   calendar.Date // zero while not read
	EndedOn  calendar.Date // the first day on which nothing asked it any more; zero while something does
}

// Open reports whether the duty still asks something.
func (d ReadDuty) Open() bool { return d.DoneOn.IsZero() && d.EndedOn.IsZero() }

// readWithin is how many days somebody has who hears of a bulletin after it was announced, or of one without a last day.
const readWithin = 14

// AsksToRead lists what a change asks to be read on a day, in order of the records: of everybody in the group of a verdict the
// version that is to be read then.
func (c Change) AsksToRead(records []staffing.Record, bulletins map[BulletinID]Bulletin, day calendar.Date) []ReadDuty {
	if !c.Stands() {
		return nil
	}
	var asked []ReadDuty
	published := calendar.On(c.PublishedAt)
	for i, v := range c.Verdicts {
		b := bulletins[v.Bulletin]
		e, out := b.Current(day)
		if v.Kind != Read || !out {
			continue
		}
		for _, r := range c.Members(i, records, day) {
			d := ReadDuty{Person: r.Person, Bulletin: b.ID, Number: e.Number, Change: c.ID}
			d.OpensOn = max(published, b.outOn(e), v.since(r, day))
			d.DueOn = readBy(b, c, published, d.OpensOn)
			asked = append(asked, d)
		}
	}
	return asked
}

// outOn is the first day on which a version was the one to read.
func (b Bulletin) outOn(e Edition) calendar.Date {
	at := e.ConfirmedAt
	if e.Urgent || at.IsZero() {
		at = e.MadeAt
	}
	on := calendar.On(at)
	if slices.ContainsFunc(b.Versions, func(before Edition) bool { return before.Number < e.Number && before.Out() }) {
		on = max(on, e.From)
	}
	return on
}

// since is the day on which somebody came into the group of a verdict by their role.
func (v Verdict) since(r staffing.Record, day calendar.Date) calendar.Date {
	var since calendar.Date
	for _, e := range r.Employments {
		if e.On(day) && slices.Contains(v.Roles, e.Role) && (since.IsZero() || e.From < since) {
			since = e.From
		}
	}
	return since
}

// readBy is the last day of a duty to read that opens on a day. Who hears of it when it is announced has until the day of the
// bulletin or of the change, and that same day where it is past; who hears of it later has two weeks at least.
func readBy(b Bulletin, c Change, published, opens calendar.Date) calendar.Date {
	last := b.ReadBefore
	if last.IsZero() {
		last = c.DueOn()
	}
	if opens > published || last.IsZero() {
		return max(last, opens.AddDays(readWithin))
	}
	return max(last, opens)
}

// PlanReading compares the duties to read that there should be on a day with those there are, and returns those to write: new
// ones, and ones that end, return or have another last day. What was read stays as it is. read reports whether somebody read a
// version before it was asked.
func PlanReading(have, asked []ReadDuty, day calendar.Date, read func(ReadDuty) bool) []ReadDuty {
	type key struct {
		person   staff.PersonID
		bulletin BulletinID
		number   int
	}
	of := func(d ReadDuty) key { return key{d.Person, d.Bulletin, d.Number} }
	there, wanted := make(map[key]ReadDuty, len(have)), make(map[key]bool, len(asked))
	for _, d := range have {
		there[of(d)] = d
	}
	var write []ReadDuty
	asked = slices.SortedStableFunc(slices.Values(asked), func(a, b ReadDuty) int { return cmp.Compare(a.DueOn, b.DueOn) })
	for _, want := range asked {
		if wanted[of(want)] {
			continue // several verdicts ask the same: the earliest last day wins
		}
		wanted[of(want)] = true
		is, known := there[of(want)]
		switch {
		case known && (!is.DoneOn.IsZero() || is == want):
		case known || !read(want):
			write = append(write, want)
		}
	}
	for _, d := range have {
		if d.Open() && !wanted[of(d)] {
			d.EndedOn = day
			write = append(write, d)
		}
	}
	return write
}
