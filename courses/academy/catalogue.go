package academy

import (
	"context"
	"slices"
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/language"

	"bekwaam/courses"
	"bekwaam/courses/exchange"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// A Listing is a course in the catalogue.
type Listing struct {
	*courses.Course                   // the newest published version; for a course that has none the newest draft
	Published       bool              // whether anybody may take it
	Drafts          []int             // numbers of unpublished versions, for authors only
	Versions        []courses.Version // every version the person may see, without content
}

// A CourseSearch narrows the catalogue. The zero CourseSearch asks for everything.
type CourseSearch struct {
	Subject courses.Subject
	Text    string // words that must all be found in the title, the reason or the goals
}

// Courses lists the published courses in order of title, and for authors also those of which there are only drafts.
func (o *Office) Courses(ctx context.Context, who staff.Actor, search CourseSearch) ([]Listing, error) {
	if err := who.Allow(staff.ReadCourses, staff.Subject{}); err != nil {
		return nil, err
	}
	q := o.db.Read()
	versions, err := store.Versions(ctx, q)
	if err != nil {
		return nil, err
	}
	var listings []Listing
	for key, of := range groupByCourse(versions) {
		l, ok, err := o.listing(ctx, q, who, key, of)
		if err != nil {
			return nil, err
		}
		if ok && search.finds(l.Course) {
			listings = append(listings, l)
		}
	}
	slices.SortFunc(listings, func(a, b Listing) int { return strings.Compare(a.Title, b.Title) })
	return listings, nil
}

// Course returns one course: the newest published version, or for an author the newest draft of one never published.
func (o *Office) Course(ctx context.Context, who staff.Actor, key courses.CourseKey) (Listing, error) {
	if err := who.Allow(staff.ReadCourses, staff.Subject{}); err != nil {
		return Listing{}, err
	}
	q := o.db.Read()
	versions, err := store.Versions(ctx, q)
	if err != nil {
		return Listing{}, err
	}
	l, ok, err := o.listing(ctx, q, who, key, groupByCourse(versions)[key])
	if err == nil && !ok {
		err = notYours
	}
	return l, err
}

// CourseVersion returns one version with its course file, to authors only: the file holds the key of the quiz. Whoever has
// an attempt at the course open reads it after handing in: fault.Conflict.
func (o *Office) CourseVersion(ctx context.Context, who staff.Actor, id store.VersionID) (courses.Version, error) {
	if err := who.Allow(staff.ReadCourses, staff.Subject{}); err != nil {
		return courses.Version{}, err
	}
	q := o.db.Read()
	v, err := store.Version(ctx, q, id.Course, id.Number)
	if err != nil {
		return courses.Version{}, err
	}
	if !who.May(staff.ReadDrafts) {
		return courses.Version{}, notYours
	}
	if err := notBusy(ctx, q, who, id.Course); err != nil {
		return courses.Version{}, err
	}
	v.Content, err = exchange.ReadCourse([]byte(v.Source))
	return v, err
}

func groupByCourse(versions []courses.Version) map[courses.CourseKey][]courses.Version {
	return grouped(versions, func(v courses.Version) courses.CourseKey { return v.Course })
}

// listing makes the listing of a course from its versions; false where there is nothing the person may see.
func (o *Office) listing(ctx context.Context, q store.Q, who staff.Actor, key courses.CourseKey, versions []courses.Version) (Listing, bool, error) {
	var l Listing
	show := 0
	for _, v := range versions {
		switch {
		case v.Published():
			l.Published, show = true, v.Number
			l.Versions = append(l.Versions, v)
		case who.May(staff.ReadDrafts):
			l.Drafts = append(l.Drafts, v.Number)
			l.Versions = append(l.Versions, v)
			if !l.Published {
				show = v.Number
			}
		}
	}
	if show == 0 {
		return l, false, nil
	}
	var err error
	l.Course, err = o.content(ctx, q, store.VersionID{Course: key, Number: show})
	return l, true, err
}

// finds reports whether a course answers the search.
func (s CourseSearch) finds(c *courses.Course) bool {
	if s.Subject != "" && s.Subject != c.Subject {
		return false
	}
	fold := cases.Lower(language.Dutch)
	text := c.Title + " " + string(c.Why) + " " + string(c.Key)
	for _, g := range c.Goals {
		text += " " + g.Text
	}
	text = fold.String(text)
	for _, word := range strings.Fields(fold.String(s.Text)) {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

var wrongNumber = fault.New(fault.Conflict, "Dit versienummer is niet het volgende van deze cursus.", "This version number is not the next one of this course.").Because("version_number")

// DraftVersion adds a version to a course from its course file. Its number is the next one of the course.
func (o *Office) DraftVersion(ctx context.Context, who staff.Actor, key courses.CourseKey, source []byte) (courses.Version, error) {
	v, err := o.readDraft(who, key, source)
	if err != nil {
		return courses.Version{}, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return courses.Version{}, err
	}
	return v, o.db.InTx(ctx, func(ctx context.Context, q store.Q) error { return o.draft(ctx, q, now, who, v) })
}

// draft adds a version that was read to its course.
func (o *Office) draft(ctx context.Context, q store.Q, now Moment, who staff.Actor, v courses.Version) error {
	versions, err := store.Versions(ctx, q)
	if err != nil {
		return err
	}
	if of := groupByCourse(versions)[v.Course]; v.Number != len(of)+1 {
		return wrongNumber
	}
	if err := store.InsertDraft(ctx, q, v, who.Person); err != nil {
		return err
	}
	return store.Write(ctx, q, did(now.Office, who, "version.drafted", "", versionName(v)))
}

// ReplaceDraft gives a draft another course file. A published version never changes: fault.Conflict.
func (o *Office) ReplaceDraft(ctx context.Context, who staff.Actor, id store.VersionID, source []byte) (courses.Version, error) {
	v, err := o.readDraft(who, id.Course, source)
	if err != nil {
		return courses.Version{}, err
	}
	if v.Number != id.Number {
		return courses.Version{}, wrongNumber
	}
	now, err := o.Now(ctx)
	if err != nil {
		return courses.Version{}, err
	}
	return v, o.db.InTx(ctx, func(ctx context.Context, q store.Q) error {
		if _, err := store.Version(ctx, q, id.Course, id.Number); err != nil {
			return err
		}
		if err := store.ReplaceDraft(ctx, q, v, who.Person); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, who, "version.redrafted", "", versionName(v)))
	})
}

// PublishVersion makes a draft what people take from now on. Who is busy with an older version finishes that one.
// Publishing what is published already changes nothing.
func (o *Office) PublishVersion(ctx context.Context, who staff.Actor, id store.VersionID) (v courses.Version, err error) {
	if err := who.Allow(staff.PublishCourses, staff.Subject{}); err != nil {
		return courses.Version{}, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return courses.Version{}, err
	}
	seen, err := store.Version(ctx, o.db.Read(), id.Course, id.Number)
	if err != nil {
		return courses.Version{}, err
	}
	content, err := exchange.ReadCourse([]byte(seen.Source)) // outside: a large one takes half a second, in which nobody could write
	if err != nil {
		return courses.Version{}, err
	}
	err = o.db.InTx(ctx, func(ctx context.Context, q store.Q) error {
		if v, err = store.Version(ctx, q, id.Course, id.Number); err != nil {
			return err
		}
		v.Content = content
		switch {
		case v.Published():
			return nil
		case v.Source != seen.Source:
			return redrafted
		}
		v.PublishedAt = now.Office
		return o.publish(ctx, q, now, who, v)
	})
	return v, err
}

var redrafted = fault.New(fault.Conflict, "Dit concept is intussen veranderd. Kijk er nog eens naar en publiceer het dan.", "This draft was changed in the meantime. Look at it again and publish it then.").Because("stale")

var newerPublished = fault.New(fault.Conflict, "Er is al een nieuwere versie gepubliceerd.", "A newer version has been published already.").Because("newer_published")

// publish makes a draft a published version; fault.Conflict where a newer one is published, because nobody would take it.
func (o *Office) publish(ctx context.Context, q store.Q, now Moment, who staff.Actor, v courses.Version) error {
	switch newest, err := store.NewestPublished(ctx, q, v.Course); {
	case err == nil && newest.Number > v.Number:
		return newerPublished
	case err != nil && fault.KindOf(err) != fault.NotFound:
		return err
	}
	if err := store.Publish(ctx, q, store.VersionID{Course: v.Course, Number: v.Number}, now.Office, who.Person); err != nil {
		return err
	}
	return store.Write(ctx, q, did(now.Office, who, "version.published", "", versionName(v)))
}

// readDraft reads a course file that somebody may write and that says it is of this course.
func (o *Office) readDraft(who staff.Actor, key courses.CourseKey, source []byte) (courses.Version, error) {
	if err := who.Allow(staff.WriteCourses, staff.Subject{}); err != nil {
		return courses.Version{}, err
	}
	content, err := exchange.ReadCourse(source)
	if err != nil {
		return courses.Version{}, err
	}
	if content.Key != key {
		return courses.Version{}, fault.New(fault.Invalid, "Het cursusbestand is van een andere cursus.", "The course file is of another course.").
			At("id", "schrijf hier de cursus van dit adres", "write the course of this address here")
	}
	return courses.Version{Course: key, Number: content.Version, Source: string(source), Content: content}, nil
}

// Lessons returns which lessons of a version somebody finished.
func (o *Office) Lessons(ctx context.Context, who staff.Actor, id store.VersionID) (map[int]bool, error) {
	return store.LessonsRead(ctx, o.db.Read(), who.Person, id)
}

// FinishLesson remembers that somebody finished a lesson. Only they see it.
func (o *Office) FinishLesson(ctx context.Context, who staff.Actor, id store.VersionID, lesson int) error {
	if err := who.Allow(staff.TakeQuizzes, staff.Subject{Person: who.Person}); err != nil {
		return err
	}
	q := o.db.Read()
	version, err := store.Version(ctx, q, id.Course, id.Number)
	if err != nil {
		return err
	}
	if !version.Published() {
		return notYours
	}
	content, err := o.content(ctx, q, id)
	if err != nil {
		return err
	}
	if lesson < 1 || lesson > len(content.Lessons) {
		return notYours
	}
	return o.db.InTx(ctx, func(ctx context.Context, q store.Q) error {
		return store.PutLessonRead(ctx, q, who.Person, id, lesson)
	})
}
