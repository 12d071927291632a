package academy

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

var (
	anotherVersion = fault.New(fault.Conflict, "Iemand heeft intussen een andere versie van deze regeling bewaard. Bekijk die eerst.", "Somebody saved another version of this scheme in the meantime. Look at that one first.").Because("scheme_version")
	versionBegun   = fault.New(fault.Conflict, "Deze versie geldt al. Maak een nieuwe versie die hem vervangt.", "This version applies already. Make a new version that replaces it.").Because("begun")
	versionOlder   = fault.New(fault.Conflict, "Er is al een nieuwere versie. Zet die eerst terug.", "There is a newer version already. Undo that one first.").Because("newer_version")
	schemeInUse    = fault.New(fault.Conflict, "Deze regeling wordt al gebruikt. Haal eerst weg wie hem moet hebben, of bij welke regeling hij een voorwaarde is.", "This scheme is in use. First remove who must hold it, or of which scheme it is a prerequisite.").Because("in_use")
)

// SaveScheme adds a version of a scheme: the first one, or the next, which applies from a day to come and never rewrites a
// period. Its number is the next one of the scheme, or somebody else was first: fault.Conflict. Saving what is there already
// changes nothing. Nobody is planned anew: a version changes no date of a period or duty that there is.
func (o *Office) SaveScheme(ctx context.Context, who staff.Actor, s certificates.Scheme) (certificates.Scheme, error) {
	return o.saveScheme(ctx, who, s, "")
}

// ReplaceScheme puts a version of a scheme in the place of the newest one while that has no effect, as WithdrawScheme may
// remove it. instead is the mark of that one: where it says something else by now, somebody else was first, fault.Conflict.
func (o *Office) ReplaceScheme(ctx context.Context, who staff.Actor, s certificates.Scheme, instead string) (certificates.Scheme, error) {
	return o.saveScheme(ctx, who, s, cmp.Or(instead, "none"))
}

// saveScheme adds a version, or puts it in the place of the one with a mark.
func (o *Office) saveScheme(ctx context.Context, who staff.Actor, s certificates.Scheme, instead string) (certificates.Scheme, error) {
	if err := who.Allow(staff.ChangeSchemes, staff.Subject{}); err != nil {
		return certificates.Scheme{}, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return certificates.Scheme{}, err
	}
	err = o.inTx(ctx, func(ctx context.Context, q store.Q) error {
		if err := store.Alone(ctx, q); err != nil { // two schemes changed at once could wait for each other
			return err
		}
		book, err := readBook(ctx, q)
		if err != nil {
			return err
		}
		titles, err := o.publishedTitles(ctx, q)
		if err != nil {
			return err
		}
		s = tidyScheme(s, titles)
		versions := book[s.Key]
		if n := len(versions); n > 0 && versions[n-1].Same(s) {
			return nil
		}
		if err := checkScheme(ctx, q, book, s, instead, now.Today(), titles); err != nil {
			return err
		}
		act := "scheme.saved"
		if instead != "" {
			act = "scheme.replaced"
			if err := store.DeleteScheme(ctx, q, s.Key, s.Version); err != nil {
				return err
			}
		}
		if err := store.InsertSchemes(ctx, q, []certificates.Scheme{s}); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, who, act, "", schemeName(s.Key, s.Version)))
	})
	o.schemes.Store(nil)
	return s, err
}

// checkScheme checks a tidy version before it is added to a book, or put in the place of the one with a mark.
func checkScheme(ctx context.Context, q store.Q, book certificates.Book, s certificates.Scheme, instead string, today calendar.Date, titles courseTitles) error {
	if instead == "" {
		if s.Version != len(book[s.Key])+1 {
			return anotherVersion
		}
		return book.Check(s, today, titles.has)
	}
	newest, there := book.Newest(s.Key)
	if !there || s.Version != newest.Version || newest.Mark() != instead {
		return anotherVersion
	}
	if err := withoutEffect(ctx, q, newest, today); err != nil {
		return err
	}
	if s.AppliesFrom > newest.AppliesFrom { // until then it is as if there were none
		if err := circleWithout(book, s.Key, today); err != nil {
			return err
		}
	}
	return book.Without(s.Key).Check(s, today, titles.has)
}

// CheckScheme tells everything that is wrong with a version of a scheme, as SaveScheme would, or ReplaceScheme where instead is
// not empty, and stores nothing.
func (o *Office) CheckScheme(ctx context.Context, who staff.Actor, s certificates.Scheme, instead string) error {
	if err := who.Allow(staff.ChangeSchemes, staff.Subject{}); err != nil {
		return err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return err
	}
	q := o.db.Read()
	book, err := readBook(ctx, q)
	if err != nil {
		return err
	}
	titles, err := o.publishedTitles(ctx, q)
	if err != nil {
		return err
	}
	return checkScheme(ctx, q, book, tidyScheme(s, titles), instead, now.Today(), titles)
}

// WithdrawScheme removes the newest version of a scheme while it has no effect: it does not apply yet, or it is the first
// one and nobody did or must do anything for it; nor may schemes wait for each other without it. Otherwise fault.Conflict.
func (o *Office) WithdrawScheme(ctx context.Context, who staff.Actor, key certificates.SchemeKey, version int) error {
	if err := who.Allow(staff.ChangeSchemes, staff.Subject{}); err != nil {
		return err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return err
	}
	err = o.inTx(ctx, func(ctx context.Context, q store.Q) error {
		if err := store.Alone(ctx, q); err != nil {
			return err
		}
		book, err := readBook(ctx, q)
		if err != nil {
			return err
		}
		newest, there := book.Newest(key)
		switch {
		case !there || version < 1 || version > newest.Version:
			return notYours
		case version < newest.Version:
			return versionOlder
		case version == 1 && precedes(book, key):
			return schemeInUse
		}
		if err := withoutEffect(ctx, q, newest, now.Today()); err != nil {
			return err
		}
		if err := circleWithout(book, key, now.Today()); err != nil {
			return err
		}
		if err := store.DeleteScheme(ctx, q, key, version); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, who, "scheme.withdrawn", "", schemeName(key, version)))
	})
	o.schemes.Store(nil)
	return err
}

// withoutEffect refuses a version that decides something already: it applies, or it is the first one and somebody did or must do
// anything for it.
func withoutEffect(ctx context.Context, q store.Q, newest certificates.Scheme, today calendar.Date) error {
	if newest.Version > 1 {
		if newest.AppliesFrom <= today {
			return versionBegun
		}
		return nil
	}
	used, err := store.SchemeUsed(ctx, q, newest.Key)
	if err == nil && used {
		return schemeInUse
	}
	return err
}

// circleWithout refuses where schemes would wait for each other without the newest version of one.
func circleWithout(book certificates.Book, key certificates.SchemeKey, today calendar.Date) error {
	circle := book.CircleWithout(key, today)
	if circle == nil {
		return nil
	}
	way := strings.Join(circle, " → ")
	return fault.New(fault.Conflict, "Zonder deze versie wacht iedereen op zichzelf: "+way+". Haal eerst een andere van deze voorwaarden weg.", "Without this version everybody waits for themselves: "+way+". First remove another of these prerequisites.").Because("circle")
}

// precedes reports whether a scheme is a prerequisite of another one.
func precedes(book certificates.Book, key certificates.SchemeKey) bool {
	for _, versions := range book {
		for _, s := range versions {
			if slices.ContainsFunc(s.Prerequisites, func(p certificates.Prerequisite) bool { return p.Scheme == key }) {
				return true
			}
		}
	}
	return false
}

// schemeName writes a version of a scheme for the audit trail.
func schemeName(key certificates.SchemeKey, version int) string {
	return fmt.Sprintf("%s/%d", key, version)
}

func readBook(ctx context.Context, q store.Q) (certificates.Book, error) {
	versions, err := store.AllSchemes(ctx, q)
	return certificates.NewBook(versions), err
}

// courseTitles are the titles of the published courses.
type courseTitles map[courses.CourseKey]string

func (t courseTitles) has(key courses.CourseKey) bool { _, ok := t[key]; return ok }

func (o *Office) publishedTitles(ctx context.Context, q store.Q) (courseTitles, error) {
	versions, err := store.Versions(ctx, q)
	if err != nil {
		return nil, err
	}
	titles := make(courseTitles)
	for _, v := range versions { // the last published one counts
		if !v.Published() {
			continue
		}
		content, err := o.content(ctx, q, store.VersionID{Course: v.Course, Number: v.Number})
		if err != nil {
			return nil, err
		}
		titles[v.Course] = content.Title
	}
	return titles, nil
}

// tidyScheme writes a scheme as it is read back: without spaces around texts and with the title of a course where its component
// has none.
func tidyScheme(s certificates.Scheme, titles courseTitles) certificates.Scheme {
	s.Key = certificates.SchemeKey(strings.TrimSpace(string(s.Key)))
	s.Title, s.Citation = strings.TrimSpace(s.Title), strings.TrimSpace(s.Citation)
	s.Components, s.Refreshers = tidyParts(s.Components, titles), tidyParts(s.Refreshers, titles)
	s.Prerequisites = slices.SortedFunc(slices.Values(s.Prerequisites), func(a, b certificates.Prerequisite) int {
		return cmp.Compare(a.Scheme, b.Scheme)
	})
	return s
}

func tidyParts(parts []certificates.Component, titles courseTitles) []certificates.Component {
	var tidy []certificates.Component
	for _, c := range parts {
		c.Title = cmp.Or(strings.TrimSpace(c.Title), titles[c.Course])
		var lines []string
		for _, line := range c.Checklist {
			lines = append(lines, strings.TrimSpace(line))
		}
		c.Checklist = lines
		tidy = append(tidy, c)
	}
	return tidy
}

// A DraftCase is what a draft of a scheme makes of a case, beside what applies now.
type DraftCase struct {
	certificates.Case
	Name    string                 // of a real person; empty where the case is invented
	Present *certificates.Reckoned // under the version that would apply that day without the draft; nil where there is none
	Then    certificates.Reckoned  // under the draft
}

// casesAround is how many people on either side of a day the cases are picked from.
const casesAround = 20

// DraftCases works out, while somebody edits a scheme, what the draft makes of real people, as they stand on the day it begins
// to apply, and of somebody who begins then. It is the function that renews real periods; nothing is stored.
// fault.Invalid where the draft cannot reckon.
func (o *Office) DraftCases(ctx context.Context, who staff.Actor, draft certificates.Scheme) ([]DraftCase, error) {
	if err := who.Allow(staff.ChangeSchemes, staff.Subject{}); err != nil {
		return nil, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return nil, err
	}
	if err := draft.Check(); err != nil {
		return nil, err
	}
	on := max(now.Today(), draft.AppliesFrom)
	if year, _, _ := on.Civil(); year > lastYear {
		return nil, tooFar
	}
	q := o.db.Read()
	book, err := readBook(ctx, q)
	if err != nil {
		return nil, err
	}
	periods, err := store.PeriodsAround(ctx, q, draft.Key, on, casesAround)
	if err != nil {
		return nil, err
	}
	cases := certificates.RealCases(periods, on)
	invented := draft.InventedCases(on)
	if len(cases) > 0 {
		invented = invented[:1]
	}
	var drafted []DraftCase
	for _, c := range append(cases, invented...) {
		d := DraftCase{Case: c}
		if c.Last != nil && c.Last.Person != "" {
			person, err := store.Person(ctx, q, c.Last.Person)
			if err != nil {
				return nil, err
			}
			d.Name = person.Name()
		}
		if d.Then, err = draft.Reckon(c); err != nil {
			return nil, err
		}
		if present, ok := book.On(draft.Key, c.CompletedOn); ok {
			reckoned, err := present.Reckon(c)
			if err != nil {
				return nil, err
			}
			d.Present = &reckoned
		}
		drafted = append(drafted, d)
	}
	return drafted, nil
}

// lastYear keeps every date of a case within the years that people write with four digits.
const lastYear = 2500

var tooFar = fault.New(fault.Invalid, "Kies een dag die dichterbij is.", "Choose a day that is nearer.").At("appliesFrom", "kies een dag die dichterbij is", "choose a day that is nearer")
