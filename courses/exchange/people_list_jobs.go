package exchange

import (
	"slices"

	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
)

// A jobsPlan makes the employments of one person as a list says them. Days that have been stay as they were.
type jobsPlan struct {
	today   calendar.Date
	jobs    []staff.Employment // as they are, and then as they become
	says    []staff.Employment
	hired   []staff.Employment
	amended []staff.Employment
	matched []int // places of jobs that a line is about
}

// say adds what a line says, once: lists repeat a line for each of what we do not read.
func (j *jobsPlan) say(s staff.Employment) {
	if !slices.Contains(j.says, s) {
		j.says = append(j.says, s)
	}
}

func (j *jobsPlan) work() {
	var later []staff.Employment
	for _, s := range j.says { // the same job from the same day
		if !j.match(s, func(e staff.Employment) bool { return e.From == s.From }) {
			later = append(later, s)
		}
	}
	for _, s := range later {
		began := slices.ContainsFunc(j.jobs, func(e staff.Employment) bool { return e.From == s.From })
		if began && j.match(s, func(e staff.Employment) bool { return e.From > s.From }) {
			continue // it came here later than it began: a list before this one said so
		}
		j.move(s, began)
	}
}

// match finds the job that a line is about, of the same team and role, and gives it the last day of the line. Where the line
// has none, a last day that is known and has not been stays: many lists leave out the end of a contract.
func (j *jobsPlan) match(s staff.Employment, is func(staff.Employment) bool) bool {
	for i, e := range j.jobs {
		if slices.Contains(j.matched, i) || e.Team != s.Team || e.Role != s.Role || !is(e) || j.open(s) && j.followed(e) {
			continue
		}
		j.matched = append(j.matched, i)
		if e.Until != s.Until && !(s.Until.IsZero() && e.Until >= j.today) {
			j.jobs[i].Until = s.Until
			j.amended = append(j.amended, j.jobs[i])
		}
		return true
	}
	return false
}

// open reports whether a job has not ended.
func (j *jobsPlan) open(e staff.Employment) bool { return e.Until.IsZero() || e.Until >= j.today }

// followed reports whether another job came in the place of one that ended, and no line says that as it is: who comes back
// does so today, and did not stay there in between.
func (j *jobsPlan) followed(e staff.Employment) bool {
	return !j.open(e) && slices.ContainsFunc(j.jobs, func(next staff.Employment) bool {
		return next.From == e.Until.AddDays(1) && !slices.ContainsFunc(j.says, func(s staff.Employment) bool {
			return s.Team == next.Team && s.Role == next.Role && s.From == next.From
		})
	})
}

// move lets another job follow the one that no line is about any more, or adds one beside the others. A job of which only
// the team or the role is another one changes today, also where it began (began) in yet another team or role.
func (j *jobsPlan) move(s staff.Employment, began bool) {
	for i, e := range j.jobs {
		if slices.Contains(j.matched, i) || !e.Until.IsZero() || e.From > s.From && !(began && e.From <= j.today && (s.Until.IsZero() || s.Until >= e.From)) {
			continue
		}
		if e.From >= s.From && e.From < j.today && j.open(s) {
			s.From = j.today
		}
		j.matched = append(j.matched, i)
		if e.From >= s.From { // it has not begun, or began this day
			j.jobs[i].Team, j.jobs[i].Role, j.jobs[i].Until = s.Team, s.Role, s.Until
		} else {
			j.jobs[i].Until = s.From.AddDays(-1)
			j.hire(s)
		}
		j.amended = append(j.amended, j.jobs[i])
		return
	}
	j.hire(s)
}

func (j *jobsPlan) hire(s staff.Employment) {
	for _, e := range j.jobs {
		s.Number = max(s.Number, e.Number)
	}
	s.Number++
	j.matched = append(j.matched, len(j.jobs))
	j.jobs, j.hired = append(j.jobs, s), append(j.hired, s)
}

// left reports whether every job has a last day.
func (j *jobsPlan) left() bool {
	return !slices.ContainsFunc(j.jobs, func(e staff.Employment) bool { return e.Until.IsZero() })
}
