// Package changes knows what changes in the law, in applications and around us, whom that touches and what they must do
// about it; what colleagues hear outside; and what the organisation wants to reach.
//
// It is pure: values in, values out. It imports staffing and what is below it.
package changes

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

// An ID is the key of a change, such as ONTW-01.
type ID string

// A Kind says what changes.
type Kind string

const (
	Law         Kind = "law"
	Application Kind = "application"
	Society     Kind = "society"
	Technology  Kind = "technology"
)

// Kinds lists every kind.
func Kinds() []Kind { return []Kind{Law, Application, Society, Technology} }

// An Origin says from whom something comes: one of the five O's, or the region.
type Origin string

const (
	Residents     Origin = "residents"     // onze inwoners
	Education     Origin = "education"     // onderwijs
	Businesses    Origin = "businesses"    // ondernemers
	Organisations Origin = "organisations" // maatschappelijke organisaties
	Governments   Origin = "governments"   // andere overheden
	Region        Origin = "region"        // of signals only
)

// FiveOs lists the five O's.
func FiveOs() []Origin {
	return []Origin{Residents, Education, Businesses, Organisations, Governments}
}

// A Certainty says how sure an effective date is.
type Certainty string

const (
	Fixed         Certainty = "fixed"
	Expected      Certainty = "expected"
	Investigating Certainty = "investigating"
)

// Certainties lists every certainty.
func Certainties() []Certainty { return []Certainty{Fixed, Expected, Investigating} }

// A Phase says how far the organisation is with a change.
type Phase string

const (
	Scanning     Phase = "scanning"
	Interpreting Phase = "interpreting" // duiden: what does it mean for us?
	Assessing    Phase = "impact"
	Training     Phase = "training"
	Introduced   Phase = "introduced"
	Secured      Phase = "secured"
)

// Phases lists every phase, the first one first.
func Phases() []Phase {
	return []Phase{Scanning, Interpreting, Assessing, Training, Introduced, Secured}
}

// A Change (ontwikkeling, wijziging) is something that comes from outside. RECERTIFICATION §6.
type Change struct {
	ID            ID
	Title         string
	Kind          Kind
	Origins       []Origin // the O's it comes from or is about
	Source        string   // where it is written: an article, a release, an address
	EffectiveOn   calendar.Date
	Certainty     Certainty // of the effective date; zero date: unknown
	Phase         Phase
	Holder        staff.PersonID // who follows it
	Deputy        staff.PersonID // who follows it when the holder is away; empty: nobody
	Chance        string
	Risk          string
	Buffer        int           // days before the effective date by which all must be done
	RetrainBefore calendar.Date // the last day; zero: the effective date less the buffer
	Gate          int           // percent of its users that must be trained before a release goes live; 0: no gate
	Urgent        bool          // it went out before a second person looked at it: met spoed

	Touches  Touches
	Verdicts []Verdict

	Version     int            // rises with each change of a draft
	DraftedBy   staff.PersonID // who wrote it as it is
	DraftedAt   time.Time
	PublishedBy staff.PersonID
	PublishedAt time.Time      // zero: a draft
	SeenBy      staff.PersonID // who looked at an urgent one afterwards; never who published it
	SeenAt      time.Time
	LiveBy      staff.PersonID // who confirmed that a release with a gate went live
	LiveAt      time.Time
	WithdrawnBy staff.PersonID
	WithdrawnAt time.Time // zero: it stands
	Withdrawal  string    // why
}

// Touches are the things that a change is about.
type Touches struct {
	Roles        []staff.RoleID
	Processes    []staff.ActivityID
	Applications []string // by the name people use; not every one is an activity
	Courses      []courses.CourseKey
	Schemes      []certificates.SchemeKey
	Articles     []ArticleID
	Others       []string // people who are no employees, such as "bestuurders"
}

// A State is where a change stands; it is never stored.
type State string

const (
	Draft     State = "draft"
	Published State = "published" // announced, not in force
	InForce   State = "in-force"
	Withdrawn State = "withdrawn"
)

// States lists every state.
func States() []State { return []State{Draft, Published, InForce, Withdrawn} }

// State is where the change stands on a day.
func (c Change) State(on calendar.Date) State {
	switch {
	case !c.WithdrawnAt.IsZero():
		return Withdrawn
	case c.PublishedAt.IsZero():
		return Draft
	case c.HoldsFrom().IsZero() || on < c.HoldsFrom():
		return Published
	}
	return InForce
}

// HoldsFrom is the first day on which a change holds: its effective date, and of a release with a gate never before somebody
// confirmed that it went live. Zero where that is not known.
func (c Change) HoldsFrom() calendar.Date {
	switch {
	case c.Gate == 0:
		return c.EffectiveOn
	case c.LiveAt.IsZero():
		return 0
	}
	return max(c.EffectiveOn, calendar.On(c.LiveAt))
}

// Stands reports whether the change was published and not withdrawn.
func (c Change) Stands() bool { return !c.PublishedAt.IsZero() && c.WithdrawnAt.IsZero() }

// DueOn is the last day on which what it asks must be done; zero where the effective date is not known.
func (c Change) DueOn() calendar.Date {
	if !c.RetrainBefore.IsZero() || c.EffectiveOn.IsZero() {
		return c.RetrainBefore
	}
	return c.EffectiveOn.AddDays(-c.Buffer)
}

// Hurried reports whether the change is announced on a day on which it holds already, or on which all should be done: met
// spoed. That is normal.
func (c Change) Hurried(on calendar.Date) bool { return !c.DueOn().IsZero() && c.DueOn() <= on }

// AskedBy is the last day that people get who are told on a day: nobody is late on the day they hear of it.
func (c Change) AskedBy(on calendar.Date) calendar.Date {
	if c.Hurried(on) {
		return on
	}
	return c.DueOn()
}

// What may be put in at most.
const (
	longestTitle = 200
	longestText  = 2000
	longestBody  = 10_000
	mostTouched  = 200
	mostBuffer   = 365
)

// mistakes gathers what is wrong with something that somebody fills in.
type mistakes struct{ fault.Error }

func (m *mistakes) wrong(field, dutch, english string) { m.Error = *m.At(field, dutch, english) }

// text checks a text of at most some characters; least 1 asks that there is one.
func (m *mistakes) text(field, text string, least, most int) {
	switch {
	case !utf8.ValidString(text) || strings.ContainsFunc(text, unprintable):
		m.wrong(field, "hier staan tekens in die niet mogen", "this has characters that are not allowed")
	case utf8.RuneCountInString(text) > most:
		m.wrong(field, fmt.Sprintf("schrijf hoogstens %d tekens", most), fmt.Sprintf("write at most %d characters", most))
	case strings.TrimSpace(text) == "" && least > 0:
		m.wrong(field, "vul dit in", "fill this in")
	}
}

func unprintable(r rune) bool { return !unicode.IsPrint(r) && r != '\n' && r != '\r' && r != '\t' }

// day checks a day that somebody filled in.
func (m *mistakes) day(field string, day calendar.Date) {
	if y, _, _ := day.Civil(); !day.IsZero() && (y < 1990 || y > 2100) {
		m.wrong(field, "kies een dag tussen 1990 en 2100", "choose a day between 1990 and 2100")
	}
}

// oneOf checks a choice.
func oneOf[T ~string](m *mistakes, field string, value T, all []T) {
	if !slices.Contains(all, value) {
		m.wrong(field, "kies er een uit de lijst", "choose one from the list")
	}
}

// err is what is wrong; nil where nothing is.
func (m *mistakes) err() error {
	if len(m.Fields) == 0 {
		return nil
	}
	return &m.Error
}

var wrongChange = fault.New(fault.Invalid, "Deze wijziging klopt nog niet:", "This change is not right yet:").Because("change")

// Known tells what there is that a change can name.
type Known struct {
	Person   func(staff.PersonID) bool
	Role     func(staff.RoleID) bool
	Process  func(staff.ActivityID) bool
	Course   func(courses.CourseKey) bool
	Scheme   func(certificates.SchemeKey) bool
	Article  func(ArticleID) bool
	Bulletin func(BulletinID) bool
}

// Check reports at once everything that is wrong with a change, with what to do about it: fault.Invalid.
func (c Change) Check(known Known) error {
	m := mistakes{*wrongChange}
	if !isKey(string(c.ID)) {
		m.wrong("id", "kies een sleutel van 2 tot 40 letters, cijfers en streepjes", "choose a key of 2 to 40 letters, digits and hyphens")
	}
	m.text("title", c.Title, 1, longestTitle)
	m.text("source", c.Source, 1, longestTitle)
	m.text("chance", c.Chance, 0, longestText)
	m.text("risk", c.Risk, 0, longestText)
	oneOf(&m, "kind", c.Kind, Kinds())
	oneOf(&m, "certainty", c.Certainty, Certainties())
	oneOf(&m, "phase", c.Phase, Phases())
	for i, origin := range c.Origins {
		oneOf(&m, fmt.Sprintf("origins[%d]", i), origin, FiveOs())
	}
	m.day("effectiveOn", c.EffectiveOn)
	m.day("retrainBefore", c.RetrainBefore)
	if c.EffectiveOn.IsZero() && c.Certainty == Fixed {
		m.wrong("certainty", "kies verwacht of in onderzoek: er is nog geen datum", "choose expected or investigating: there is no date yet")
	}
	if c.Buffer < 0 || c.Buffer > mostBuffer {
		m.wrong("buffer", "schrijf een getal van 0 tot en met 365", "write a number from 0 to 365")
	}
	if c.Gate < 0 || c.Gate > 100 {
		m.wrong("gate", "schrijf een percentage van 0 tot en met 100", "write a percentage from 0 to 100")
	}
	if c.Gate > 0 && c.Kind != Application {
		m.wrong("gate", "laat dit leeg: alleen een applicatie gaat live", "leave this out: only an application goes live")
	}
	if !known.Person(c.Holder) {
		m.wrong("holder", "kies wie deze wijziging volgt: een kennisdrager die hier werkt", "choose who follows this change: a knowledge holder who works here")
	}
	switch {
	case c.Deputy != "" && !known.Person(c.Deputy):
		m.wrong("deputy", "er is geen collega met dit personeelsnummer: kijk het na", "there is no colleague with this personnel number: check it")
	case c.Deputy != "" && c.Deputy == c.Holder:
		m.wrong("deputy", "kies iemand anders dan de kennisdrager", "choose somebody other than the knowledge holder")
	}
	there(&m, "roles", c.Touches.Roles, known.Role)
	there(&m, "processes", c.Touches.Processes, known.Process)
	there(&m, "courses", c.Touches.Courses, known.Course)
	there(&m, "schemes", c.Touches.Schemes, known.Scheme)
	there(&m, "articles", c.Touches.Articles, known.Article)
	there(&m, "applications", c.Touches.Applications, func(name string) bool { return strings.TrimSpace(name) != "" })
	for i, v := range c.Verdicts {
		v.check(&m, fmt.Sprintf("verdicts[%d]", i), c, known)
	}
	return m.err()
}

// there checks that some things exist, each named once.
func there[T comparable](m *mistakes, field string, keys []T, exists func(T) bool) {
	if len(keys) > mostTouched {
		m.wrong(field, "geef er hoogstens 200", "give at most 200")
		return
	}
	for i, key := range keys {
		switch {
		case !exists(key):
			m.wrong(fmt.Sprintf("%s[%d]", field, i), "dit bestaat niet: kies er een uit de lijst", "this does not exist: choose one from the list")
		case slices.Contains(keys[:i], key):
			m.wrong(fmt.Sprintf("%s[%d]", field, i), "dit staat er al", "this is there already")
		}
	}
}

// isKey reports whether a text can be the key of something in an address.
func isKey(text string) bool {
	return len(text) >= 2 && len(text) <= 40 && !strings.ContainsFunc(text, func(r rune) bool {
		return !(r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-')
	})
}
