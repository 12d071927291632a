package academy

import (
	"context"
	"slices"

	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// An opening is what a new attempt at a course would begin with.
type opening struct {
	content *courses.Course
	version store.VersionID
	cycle   int
	number  int // of the attempt in its cycle
}

// opening decides whether somebody may start an attempt after their earlier ones, which are all handed in; *courses.Refused
// where not.
func (o *Office) opening(ctx context.Context, q store.Q, now Moment, person staff.PersonID, course courses.CourseKey, earlier []courses.Attempt) (opening, error) {
	version, err := store.NewestPublished(ctx, q, course)
	if err != nil {
		return opening{}, err
	}
	content, err := o.content(ctx, q, version)
	if err != nil {
		return opening{}, err
	}
	cycle, err := o.attemptCycle(ctx, q, person, course, earlier, now.Today())
	if err != nil {
		return opening{}, err
	}
	followUps, err := store.FollowUps(ctx, q, person, course)
	if err != nil {
		return opening{}, err
	}
	inCycle := courses.InCycle(earlier, cycle)
	if err := courses.MayStart(content.Quiz.Policy, courses.Counting(inCycle, followUps), now.Office); err != nil {
		return opening{}, err
	}
	return opening{content, version, cycle, len(inCycle) + 1}, nil
}

// attemptCycle tells for which cycle an attempt counts: that of the open duty, else the next one (API.md). A course that
// belongs to no scheme begins a new cycle each time it is passed.
func (o *Office) attemptCycle(ctx context.Context, q store.Q, person staff.PersonID, course courses.CourseKey, earlier []courses.Attempt, today calendar.Date) (int, error) {
	schemes, err := o.schemesOfCourse(ctx, q, course, today)
	if err != nil {
		return 0, err
	}
	next := 0
	for _, scheme := range schemes {
		duty, open, err := store.OpenDuty(ctx, q, person, scheme.Key)
		if err != nil {
			return 0, err
		}
		if open {
			return duty.Cycle, nil
		}
		if next == 0 {
			periods, err := store.PeriodsOf(ctx, q, person, scheme.Key)
			if err != nil {
				return 0, err
			}
			next = certificates.File{Periods: periods}.Cycle()
		}
	}
	if next > 0 {
		return next, nil
	}
	cycle := 1
	for _, a := range earlier {
		if a.Passed {
			cycle++
		}
	}
	return cycle, nil
}

// MayStart says what StartAttempt would: nil where it starts an attempt or goes on with an open one, *courses.Refused
// where no attempt is left in this cycle or the cooling-off time is not over.
func (o *Office) MayStart(ctx context.Context, who staff.Actor, course courses.CourseKey) error {
	if err := who.Allow(staff.TakeQuizzes, staff.Subject{Person: who.Person}); err != nil {
		return err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return err
	}
	q := o.db.Read()
	earlier, err := store.Attempts(ctx, q, who.Person, course)
	if err != nil || len(earlier) == 0 || slices.ContainsFunc(earlier, courses.Attempt.Open) {
		return err // whoever never tried may
	}
	_, err = o.opening(ctx, q, now, who.Person, course, earlier)
	return err
}

// OwnFollowUps returns what one chose after a last attempt and what nobody has dealt with yet, oldest first.
func (o *Office) OwnFollowUps(ctx context.Context, who staff.Actor) ([]courses.FollowUp, error) {
	if err := who.Allow(staff.TakeQuizzes, staff.Subject{Person: who.Person}); err != nil {
		return nil, err
	}
	return store.UnsettledFollowUps(ctx, o.db.Read(), who.Person)
}
