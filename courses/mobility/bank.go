package mobility

import "bekwaam/courses/calendar"

// A bank keeps what somebody has of time to learn, week by week. What takes whole days at once is borrowed from the weeks
// around it: it may exceed a week, and then less is left until that has been made up for.
type bank struct {
	first calendar.Date // the Monday of the first week
	free  func(monday calendar.Date) int
	weeks []entry
}

// An entry is one week of a bank, in minutes.
type entry struct{ free, spent, borrowed int }

// week is the entry of a Monday; nil before the first.
func (b *bank) week(monday calendar.Date) *entry {
	at := int(monday-b.first) / 7
	if at < 0 {
		return nil
	}
	for len(b.weeks) <= at {
		b.weeks = append(b.weeks, entry{free: max(0, b.free(b.first.AddDays(7*len(b.weeks))))})
	}
	return &b.weeks[at]
}

func (b *bank) spend(monday calendar.Date, minutes int) {
	if w := b.week(monday); w != nil {
		w.spent += minutes
	}
}

func (b *bank) borrow(monday calendar.Date, minutes int) {
	if w := b.week(monday); w != nil {
		w.borrowed += minutes
	}
}

// room is how much can be spent in a week: what it has, and no more than is left of all weeks until then.
func (b *bank) room(monday calendar.Date) int {
	w := b.week(monday)
	if w == nil {
		return 0
	}
	left := 0
	for _, e := range b.weeks[:int(monday-b.first)/7+1] {
		left += e.free - e.spent - e.borrowed
	}
	return min(w.free-w.spent, left)
}
