package changes

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

// A BulletinID is the key of a bulletin, such as B1.
type BulletinID string

// A Bulletin tells in a few sentences how something is now. It has versions, of which at most one is valid on a day.
type Bulletin struct {
	ID         BulletinID
	Topic      string
	Roles      []staff.RoleID // for whom
	Law        string         // the source it rests on; may be empty, as are the next two
	Article    string
	Register   ArticleID
	Change     ID
	Holder     staff.PersonID // who answers questions about it
	ReadBefore calendar.Date  // zero: no such day
	Versions   []Edition      // in order of number
}

// An Edition is one version of a bulletin.
type Edition struct {
	Number      int
	From        calendar.Date
	Until       calendar.Date // the last day; zero: until the next one
	Title       string
	Text        string
	MadeBy      staff.PersonID
	MadeAt      time.Time
	ConfirmedBy staff.PersonID // never who made it; empty while it waits
	ConfirmedAt time.Time
	Urgent      bool // it went out before anybody confirmed it
}

// Out reports whether people can read it: somebody else confirmed it, or it could not wait.
func (e Edition) Out() bool { return e.ConfirmedBy != "" || e.Urgent }

// A Receipt says that somebody read a version.
type Receipt struct {
	Bulletin BulletinID
	Number   int
	Person   staff.PersonID
	On       calendar.Date
}

// A Question is what somebody asks who knows the topic. The answer stands under the bulletin for everybody, without who asked.
type Question struct {
	ID         string
	Bulletin   BulletinID
	AskedBy    staff.PersonID
	AskedAt    time.Time
	Text       string
	Answer     string // empty while it waits
	AnsweredBy staff.PersonID
	AnsweredAt time.Time
}

// On is the version that is valid on a day; false where none is.
func (b Bulletin) On(day calendar.Date) (Edition, bool) {
	for i, e := range slices.Backward(b.Versions) {
		if e.Out() && day >= e.From && day <= b.last(i) {
			return e, true
		}
	}
	return Edition{}, false
}

const forever = calendar.Date(1<<31 - 1)

// last is the last day of a version: its own, and never later than the day before the next one that is out.
func (b Bulletin) last(i int) calendar.Date {
	last := b.Versions[i].Until
	if last.IsZero() {
		last = forever
	}
	for _, next := range b.Versions[i+1:] {
		if next.Out() {
			last = min(last, next.From.AddDays(-1))
		}
	}
	return last
}

// Until is the last day of a version; zero where none is known.
func (b Bulletin) Until(number int) calendar.Date {
	i := slices.IndexFunc(b.Versions, func(e Edition) bool { return e.Number == number })
	if i < 0 || b.last(i) == forever {
		return 0
	}
	return b.last(i)
}

// Waiting is the newest version where nobody confirmed it yet; false where there is none.
func (b Bulletin) Waiting() (Edition, bool) {
	if n := len(b.Versions); n > 0 && b.Versions[n-1].ConfirmedBy == "" {
		return b.Versions[n-1], true
	}
	return Edition{}, false
}

// For reports whether the bulletin is for somebody with some roles; without roles it is for everybody.
func (b Bulletin) For(roles ...staff.RoleID) bool {
	return len(b.Roles) == 0 || slices.ContainsFunc(roles, func(r staff.RoleID) bool { return slices.Contains(b.Roles, r) })
}

var (
	wrongBulletin = fault.New(fault.Invalid, "Dit bulletin klopt nog niet:", "This bulletin is not right yet:").Because("bulletin")
	madeByYou     = fault.New(fault.Forbidden, "Dit moet iemand anders bevestigen: jij hebt het gemaakt.", "Somebody else must confirm this: you made it.").Because("self_approval")
	nothingWaits  = fault.New(fault.Conflict, "Hier wacht niets op een bevestiging.", "Nothing waits for a confirmation here.").Because("confirmed")
	oneWaits      = fault.New(fault.Conflict, "Er ging een versie met spoed uit die nog niemand bevestigde. Laat die eerst bevestigen.", "A version went out with urgency that nobody confirmed yet. Have that confirmed first.").Because("waiting")
)

// Check reports at once everything that is wrong with a bulletin and its newest version: fault.Invalid.
func (b Bulletin) Check(known Known) error {
	m := mistakes{*wrongBulletin}
	if !isKey(string(b.ID)) {
		m.wrong("id", "kies een sleutel van 2 tot 40 letters, cijfers en streepjes", "choose a key of 2 to 40 letters, digits and hyphens")
	}
	m.text("topic", b.Topic, 1, longestTitle)
	m.text("law", b.Law, 0, longestTitle)
	m.text("article", b.Article, 0, longestTitle)
	there(&m, "roles", b.Roles, known.Role)
	if !known.Person(b.Holder) {
		m.wrong("holder", "kies wie vragen beantwoordt: een kennisdrager die hier werkt", "choose who answers questions: a knowledge holder who works here")
	}
	m.day("readBefore", b.ReadBefore)
	n := len(b.Versions) - 1
	e := b.Versions[n]
	m.text("title", e.Title, 1, longestTitle)
	m.text("text", e.Text, 1, longestBody)
	m.day("from", e.From)
	m.day("until", e.Until)
	switch {
	case e.From.IsZero():
		m.wrong("from", "kies de eerste dag", "choose the first day")
	case n > 0 && e.From <= b.Versions[n-1].From:
		first := b.Versions[n-1].From.AddDays(1)
		m.wrong("from", fmt.Sprintf("kies %s of later: de vorige versie was er eerder", first.Dutch()), fmt.Sprintf("choose %s or later: the version before was there earlier", first.English()))
	}
	if !e.Until.IsZero() && e.Until < e.From {
		m.wrong("until", fmt.Sprintf("kies %s of later, of laat het leeg", e.From.Dutch()), fmt.Sprintf("choose %s or later, or leave it empty", e.From.English()))
	}
	return m.err()
}

// Add returns the bulletin with another version that waits for somebody who confirms it, or that is out at once where it
// cannot wait. A version that waits and that nobody could read yet it replaces; fault.Conflict where people could.
func (b Bulletin) Add(e Edition) (Bulletin, error) {
	b.Versions = slices.Clone(b.Versions)
	if waiting, waits := b.Waiting(); waits {
		if waiting.Out() {
			return b, oneWaits
		}
		b.Versions = b.Versions[:len(b.Versions)-1]
	}
	e.Number = len(b.Versions) + 1
	e.ConfirmedBy, e.ConfirmedAt = "", time.Time{}
	b.Versions = append(b.Versions, e)
	return b, nil
}

// Confirm says that somebody else than its maker read the version with a number and agrees. Only the newest waits.
func (b Bulletin) Confirm(number int, by staff.PersonID, at time.Time) (Bulletin, error) {
	e, waits := b.Waiting()
	switch {
	case !waits || number != len(b.Versions):
		return b, nothingWaits
	case e.MadeBy == by:
		return b, madeByYou
	}
	e.ConfirmedBy, e.ConfirmedAt = by, at
	b.Versions = slices.Clone(b.Versions)
	b.Versions[len(b.Versions)-1] = e
	return b, nil
}

// Mentions reports whether every word stands in the topic, the law, the article or the version that is valid on a day.
func (b Bulletin) Mentions(words string, day calendar.Date) bool {
	e, ok := b.On(day)
	if !ok {
		return false
	}
	all := strings.ToLower(strings.Join([]string{b.Topic, b.Law, b.Article, string(b.Register), e.Title, e.Text}, " "))
	return !slices.ContainsFunc(strings.Fields(strings.ToLower(words)), func(word string) bool { return !strings.Contains(all, word) })
}

// ReadMinutes is how long reading a version takes, in whole minutes.
func (e Edition) ReadMinutes() int {
	const wordsAMinute = 150
	return 1 + len(strings.Fields(e.Text))/wordsAMinute
}

// CheckQuestion reports what is wrong with a question or an answer: fault.Invalid.
func CheckQuestion(field, text string) error {
	m := mistakes{*fault.New(fault.Invalid, "Deze vraag klopt nog niet:", "This question is not right yet:").Because("question")}
	m.text(field, text, 1, longestText)
	return m.err()
}

// Current is the version to read on a day: the one that is valid, else the first that will be, else the last one.
func (b Bulletin) Current(day calendar.Date) (Edition, bool) {
	if e, ok := b.On(day); ok {
		return e, true
	}
	var current Edition
	for _, e := range b.Versions {
		if e.Out() {
			current = e
			if e.From > day {
				break
			}
		}
	}
	return current, current.Number > 0
}
