package academy

import (
	"context"
	"slices"

	"bekwaam/courses"
	"bekwaam/courses/calendar"
	"bekwaam/courses/changes"
	"bekwaam/courses/notices"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// A ReplacedLesson (vervallen les) is one whose text holds no longer, because something changed.
type ReplacedLesson struct {
	Lesson int
	Since  calendar.Date     // the first day on which the text does not hold
	Delta  courses.CourseKey // the course that teaches how it is now
	Title  string            // of that course
	Change changes.ID        // empty where nobody keeps it
}

// ReplacedLessons tells which lessons of a course hold no longer today and what came in their place. A newer version of the course
// than of the delta has the change in its own text.
func (o *Office) ReplacedLessons(ctx context.Context, who staff.Actor, key courses.CourseKey) ([]ReplacedLesson, error) {
	if err := who.Allow(staff.ReadCourses, staff.Subject{}); err != nil {
		return nil, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return nil, err
	}
	q := o.db.Read()
	newest, err := newestPublished(ctx, q)
	if err != nil {
		return nil, err
	}
	base, published := newest[key]
	if !published {
		return nil, nil
	}
	all, err := store.Changes(ctx, q)
	if err != nil {
		return nil, err
	}
	var replaced []ReplacedLesson
	for _, v := range newest {
		content, err := o.content(ctx, q, v.VersionID)
		if err != nil {
			return nil, err
		}
		d := content.Delta
		if d == nil || d.BaseCourse != key || v.PublishedAt.Before(base.PublishedAt) {
			continue
		}
		since, change := replacesSince(*d, all)
		if since.IsZero() || since > now.Today() {
			continue
		}
		for _, lesson := range d.ReplacesLessons {
			replaced = append(replaced, ReplacedLesson{lesson, since, content.Key, content.Title, change})
		}
	}
	slices.SortFunc(replaced, func(a, b ReplacedLesson) int { return a.Lesson - b.Lesson })
	return replaced, nil
}

// replacesSince is the first day on which the old text does not hold: of the change that is kept here, else what the delta course
// itself says. Zero where it still holds.
func replacesSince(d courses.Delta, all []changes.Change) (calendar.Date, changes.ID) {
	if at := slices.IndexFunc(all, func(c changes.Change) bool { return string(c.ID) == d.Change }); at >= 0 {
		if !all[at].Stands() {
			return 0, ""
		}
		return all[at].HoldsFrom(), all[at].ID
	}
	if len(d.EffectiveDates) == 0 {
		return 0, ""
	}
	return slices.Max(d.EffectiveDates), ""
}

// newestPublished reads which version of each course is offered, and who answers for it: who published it.
func newestPublished(ctx context.Context, q store.Q) (map[courses.CourseKey]store.Offered, error) {
	all, err := store.AllOffered(ctx, q)
	newest := make(map[courses.CourseKey]store.Offered, len(all))
	for _, v := range all {
		newest[v.Course] = v
	}
	return newest, err
}

// A Review is a course whose text should have been reviewed by now.
type Review struct {
	Course courses.CourseKey
	Title  string
	Number int            // of the version
	DueOn  calendar.Date  // the last day on which it was in time
	Owner  staff.PersonID // who answers for it: who published it; empty: nobody who still works here
}

// Reviews lists the courses that somebody answers for and that should have been reviewed by now, the longest ago first; for HR
// also those that nobody answers for any more.
func (o *Office) Reviews(ctx context.Context, who staff.Actor) ([]Review, error) {
	if err := who.Allow(staff.ReadCourses, staff.Subject{}); err != nil {
		return nil, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return nil, err
	}
	all, err := o.reviews(ctx, now.Today())
	return only(all, func(r Review) bool {
		return r.Owner == who.Person || r.Owner == "" && who.Is(staff.TrainingOfficer)
	}), err
}

// reviews lists the courses whose review day is past on a day.
func (o *Office) reviews(ctx context.Context, on calendar.Date) ([]Review, error) {
	q := o.db.Read()
	newest, err := newestPublished(ctx, q)
	if err != nil {
		return nil, err
	}
	var owners []staff.PersonID
	var late []Review
	for key, v := range newest {
		content, err := o.content(ctx, q, v.VersionID)
		if err != nil {
			return nil, err
		}
		if content.ReviewDue.IsZero() || content.ReviewDue >= on {
			continue
		}
		late = append(late, Review{key, content.Title, v.Number, content.ReviewDue, v.By})
		owners = append(owners, v.By)
	}
	if len(late) == 0 {
		return nil, nil
	}
	employments, err := store.Employments(ctx, q, owners...)
	if err != nil {
		return nil, err
	}
	for i, r := range late {
		if !slices.ContainsFunc(employments, func(e staff.Employment) bool { return e.Person == r.Owner && e.On(on) }) {
			late[i].Owner = ""
		}
	}
	slices.SortFunc(late, func(a, b Review) int { return int(a.DueOn) - int(b.DueOn) })
	return late, nil
}

// tellReviews tells who answers for a course, once for each version, that it should have been reviewed by now. HR hears it of what
// nobody answers for any more.
func (o *Office) tellReviews(ctx context.Context, now Moment) error {
	late, err := o.reviews(ctx, now.Today())
	if err != nil || len(late) == 0 {
		return err
	}
	return o.inTx(ctx, func(ctx context.Context, q store.Q) error {
		officers, err := officersOn(ctx, q, now.Today())
		if err != nil {
			return err
		}
		for _, r := range late {
			told := officers
			if r.Owner != "" {
				told = []staff.PersonID{r.Owner}
			}
			for _, person := range told {
				first, err := store.TellReview(ctx, q, store.VersionID{Course: r.Course, Number: r.Number}, person, now.Today())
				if err != nil {
					return err
				}
				if !first {
					continue
				}
				n := notices.Note{
					Kind: "review-due", Path: "/cursussen/" + string(r.Course),
					Dutch:   "De cursus " + r.Title + " moest voor " + r.DueOn.Dutch() + " zijn nagekeken. Kijk of de tekst nog klopt en publiceer een nieuwe versie.",
					English: "The course " + r.Title + " had to be reviewed before " + r.DueOn.English() + ". Check whether the text is still right and publish a new version.",
				}
				if err := note(ctx, q, now, person, n); err != nil {
					return err
				}
			}
		}
		return nil
	})
}
