package certificates

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"bekwaam/courses"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
)

// A Book holds every version of every scheme, by key and in order of version.
type Book map[SchemeKey][]Scheme

// NewBook makes a book of versions in order.
func NewBook(versions []Scheme) Book {
	book := make(Book)
	for _, s := range versions {
		book[s.Key] = append(book[s.Key], s)
	}
	return book
}

// On returns the version of a scheme that applies on a day; false where none does yet.
func (b Book) On(key SchemeKey, day calendar.Date) (Scheme, bool) {
	at := len(b[key]) - 1
	for at >= 0 && b[key][at].AppliesFrom > day {
		at--
	}
	if at < 0 {
		return Scheme{}, false
	}
	return b[key][at], true
}

// Newest returns the last version of a scheme, also where it applies later; false where there is no such scheme.
func (b Book) Newest(key SchemeKey) (Scheme, bool) {
	if len(b[key]) == 0 {
		return Scheme{}, false
	}
	return b[key][len(b[key])-1], true
}

// Without returns the book without the newest version of a scheme.
func (b Book) Without(key SchemeKey) Book {
	rest := maps.Clone(b)
	if rest[key] = b[key][:len(b[key])-1]; len(rest[key]) == 0 {
		delete(rest, key)
	}
	return rest
}

// Mark is short for what a version says: another mark is another text.
func (s Scheme) Mark() string { return mark(s) }

func mark(value any) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%#v", value))
	return hex.EncodeToString(sum[:8])
}

// Same reports whether two versions say the same.
func (s Scheme) Same(other Scheme) bool { return reflect.DeepEqual(s, other) }

var (
	wrongScheme = fault.New(fault.Invalid, "Deze regeling klopt nog niet:", "This scheme is not right yet:").Because("scheme")
	rightKey    = regexp.MustCompile(`^[A-Z][A-Z0-9-]{1,31}$`) // it stands in addresses and in the names of files
)

// What a scheme may hold at most: more than any we know, and few enough for one page.
const (
	mostParts    = 20  // components, and refreshers
	longestTitle = 200 // characters
	longestCite  = 500
	mostMinutes  = 60_000
)

// Check reports at once everything that is wrong with a version of a scheme before it is added to the book on a day, with
// what to do about it: fault.Invalid. published tells whether there is a course that one can take.
func (b Book) Check(s Scheme, today calendar.Date, published func(courses.CourseKey) bool) error {
	m := mistakes{*wrongScheme}
	if !rightKey.MatchString(string(s.Key)) {
		m.wrong("key", "schrijf 2 tot 32 hoofdletters, cijfers en streepjes, te beginnen met een letter, zoals BHV-2", "write 2 to 32 capitals, digits and dashes that begin with a letter, such as BHV-2")
	}
	m.text("title", s.Title, longestTitle, true)
	for _, f := range s.reckoning() {
		m.Fields = append(m.Fields, f.Fields...)
	}
	m.components(s, published)
	m.refreshers(s, published)
	if s.Method != MethodNever && len(s.Refreshers) > 0 && s.WindowMonths == 0 && s.GraceMonths == 0 {
		m.wrong("windowMonths", "kies minstens 1 maand venster of uitloop: zonder allebei kan niemand de herhaling doen", "choose at least 1 month of window or grace: without both nobody can do the refresher")
	}
	b.prerequisites(&m, s, max(s.AppliesFrom, today))
	m.between("componentsWithinMonths", s.ComponentsWithinMonths, 0, longestMonths)
	m.between("minutes", s.Minutes, 0, mostMinutes)
	m.between("refresherMinutes", s.RefresherMinutes, 0, mostMinutes)
	m.origin(s.Origin, s.Citation)
	b.start(&m, s, today)
	return m.err()
}

// start checks from when a version applies: dates that were told to people never change.
func (b Book) start(m *mistakes, s Scheme, today calendar.Date) {
	newest, there := b.Newest(s.Key)
	m.day("appliesFrom", s.AppliesFrom)
	switch {
	case !there: // the first version may apply at once
	case s.AppliesFrom <= today:
		m.wrong("appliesFrom", fmt.Sprintf("kies een dag vanaf %s: een andere versie gaat nooit over dagen die al geweest zijn", today.AddDays(1).Dutch()),
			fmt.Sprintf("choose a day from %s: another version is never about days that have been", today.AddDays(1).English()))
	case s.AppliesFrom <= newest.AppliesFrom:
		m.wrong("appliesFrom", fmt.Sprintf("kies een dag na %s: dan gaat versie %d in", newest.AppliesFrom.Dutch(), newest.Version),
			fmt.Sprintf("choose a day after %s: then version %d begins to apply", newest.AppliesFrom.English(), newest.Version))
	}
}

// prerequisites checks that what comes before a scheme exists, and that from a day on no scheme comes before itself.
func (b Book) prerequisites(m *mistakes, s Scheme, from calendar.Date) {
	if len(s.Prerequisites) > mostParts {
		m.wrong("prerequisites", fmt.Sprintf("geef hoogstens %d voorwaarden", mostParts), fmt.Sprintf("give at most %d prerequisites", mostParts))
		return
	}
	seen := make(map[SchemeKey]bool)
	for i, p := range s.Prerequisites {
		at := fmt.Sprintf("prerequisites[%d].scheme", i)
		_, there := b.Newest(p.Scheme)
		switch {
		case p.Scheme == s.Key:
			m.wrong(at, "een regeling is geen voorwaarde van zichzelf: kies een andere", "a scheme is no prerequisite of itself: choose another")
		case !there:
			m.wrong(at, "deze regeling bestaat niet: kies er een uit de lijst", "this scheme does not exist: choose one from the list")
		case seen[p.Scheme]:
			m.wrong(at, "deze voorwaarde staat er al", "this prerequisite is there already")
		default:
			if way := b.way(p.Scheme, s.Key, from, map[SchemeKey]bool{}); way != nil {
				circle := strings.Join(append([]string{string(s.Key)}, way...), " → ")
				m.wrong(at, "zo wacht iedereen op zichzelf: "+circle+". Haal een van deze voorwaarden weg", "this way everybody waits for themselves: "+circle+". Remove one of these prerequisites")
			}
		}
		seen[p.Scheme] = true
	}
}

// way returns the schemes that lead from one to another by their prerequisites as they are from a day on; nil where none do.
func (b Book) way(from, to SchemeKey, day calendar.Date, seen map[SchemeKey]bool) []string {
	if from == to {
		return []string{string(to)}
	}
	seen[from] = true
	for _, version := range b.from(from, day) {
		for _, p := range version.Prerequisites {
			if seen[p.Scheme] {
				continue
			}
			if rest := b.way(p.Scheme, to, day, seen); rest != nil {
				return append([]string{string(from)}, rest...)
			}
		}
	}
	return nil
}

// CircleWithout returns the schemes that would wait for each other, from a day on, without the newest version of one of them; nil
// where none would.
func (b Book) CircleWithout(key SchemeKey, day calendar.Date) []string {
	rest := b.Without(key)
	for _, s := range rest.from(key, day) {
		for _, p := range s.Prerequisites {
			if way := rest.way(p.Scheme, key, max(s.AppliesFrom, day), map[SchemeKey]bool{}); way != nil {
				return append([]string{string(key)}, way...)
			}
		}
	}
	return nil
}

// from returns the versions of a scheme that apply on a day or later.
func (b Book) from(key SchemeKey, day calendar.Date) []Scheme {
	versions := b[key]
	for len(versions) > 1 && versions[1].AppliesFrom <= day {
		versions = versions[1:]
	}
	return versions
}

// Keys lists the schemes of the book.
func (b Book) Keys() []SchemeKey { return slices.Sorted(maps.Keys(b)) }

// mistakes gathers what is wrong with something that somebody fills in.
type mistakes struct{ fault.Error }

func (m *mistakes) wrong(field, dutch, english string) { m.Error = *m.At(field, dutch, english) }

// err is what is wrong; nil where nothing is.
func (m *mistakes) err() error {
	if len(m.Fields) == 0 {
		return nil
	}
	return &m.Error
}

func (m *mistakes) between(field string, n, least, most int) {
	if n < least || n > most {
		m.wrong(field, fmt.Sprintf("schrijf een getal van %d tot en met %d", least, most), fmt.Sprintf("write a number from %d to %d", least, most))
	}
}

// The days that people mean: one outside them is a slip of the pen.
var firstDay, lastDay = calendar.New(1900, time.January, 1), calendar.New(2200, time.December, 31)

// day checks a day that may be left empty.
func (m *mistakes) day(field string, day calendar.Date) {
	if !day.IsZero() && (day < firstDay || day > lastDay) {
		m.wrong(field, fmt.Sprintf("kies een dag van %s tot en met %s", firstDay.Dutch(), lastDay.Dutch()), fmt.Sprintf("choose a day from %s to %s", firstDay.English(), lastDay.English()))
	}
}

// text checks one line of text.
func (m *mistakes) text(field, text string, longest int, needed bool) {
	switch {
	case strings.TrimSpace(text) == "" && needed:
		m.wrong(field, "schrijf hier iets", "write something here")
	case !utf8.ValidString(text) || strings.ContainsFunc(text, unprintable):
		m.wrong(field, "hier staan tekens in die niet mogen", "this has characters that are not allowed")
	case utf8.RuneCountInString(text) > longest:
		m.wrong(field, fmt.Sprintf("schrijf hoogstens %d tekens", longest), fmt.Sprintf("write at most %d characters", longest))
	}
}

func unprintable(r rune) bool { return !unicode.IsPrint(r) }

// origin checks where an obligation comes from. What others laid down can be looked up.
func (m *mistakes) origin(o Origin, citation string) {
	if o != "" && !slices.Contains(Origins(), o) {
		m.wrong("origin", "kies wet, cao, norm, functie of beleid", "choose wet, cao, norm, functie or beleid")
	}
	cited := o == OriginLaw || o == OriginCAO || o == OriginNorm
	if cited && strings.TrimSpace(citation) == "" {
		m.wrong("citation", "noem het artikel, de bepaling of het besluit, zoals: art. 15 Arbowet", "name the article, clause or decision, such as: art. 15 Arbowet")
		return
	}
	m.text("citation", citation, longestCite, false)
}

// components checks what a scheme asks.
func (m *mistakes) components(s Scheme, published func(courses.CourseKey) bool) {
	switch {
	case len(s.Components) == 0:
		m.wrong("components", "voeg een onderdeel toe: wat moet iemand laten zien?", "add a component: what must somebody show?")
	case len(s.Components) > mostParts:
		m.wrong("components", fmt.Sprintf("geef hoogstens %d onderdelen", mostParts), fmt.Sprintf("give at most %d components", mostParts))
	}
	for i, c := range s.Components {
		at := fmt.Sprintf("components[%d]", i)
		m.component(at, c, published)
		if slices.ContainsFunc(s.Components[:i], c.shows) {
			m.wrong(at+".title", "dit onderdeel staat er al: geef het een andere naam of haal het weg", "this component is there already: give it another name or remove it")
		}
	}
}

// refreshers checks what is done on renewal.
func (m *mistakes) refreshers(s Scheme, published func(courses.CourseKey) bool) {
	switch {
	case s.Method == MethodNever && len(s.Refreshers) > 0:
		m.wrong("refreshers", "wat geen einde heeft, wordt niet vernieuwd: haal de herhalingen weg", "what has no end is not renewed: remove the refreshers")
	case len(s.Refreshers) > mostParts:
		m.wrong("refreshers", fmt.Sprintf("geef hoogstens %d herhalingen", mostParts), fmt.Sprintf("give at most %d refreshers", mostParts))
	}
	for i, r := range s.Refreshers {
		at := fmt.Sprintf("refreshers[%d]", i)
		m.component(at, r, published)
		switch {
		case slices.ContainsFunc(s.Components, r.shows):
			m.wrong(at+".title", "dit is al een onderdeel. Zonder herhaling doet iemand dat onderdeel zelf opnieuw", "this is a component already. Without a refresher somebody does that component itself again")
		case slices.ContainsFunc(s.Refreshers[:i], r.shows):
			m.wrong(at+".title", "deze herhaling staat er al: geef haar een andere naam of haal haar weg", "this refresher is there already: give it another name or remove it")
		}
	}
}

// shows reports whether two components are shown in the same way.
func (c Component) shows(other Component) bool {
	return c.Kind == other.Kind && c.Course == other.Course && (c.Kind == ComponentCourse || strings.EqualFold(strings.TrimSpace(c.Title), strings.TrimSpace(other.Title)))
}

// component checks one component or refresher.
func (m *mistakes) component(at string, c Component, published func(courses.CourseKey) bool) {
	switch c.Kind {
	case ComponentCourse:
		if !published(c.Course) {
			m.wrong(at+".course", "kies een cursus die gepubliceerd is", "choose a course that is published")
		}
		m.text(at+".title", c.Title, longestTitle, false)
		m.stray(at, c)
		return
	case ComponentObserved:
		if len(c.Checklist) == 0 {
			m.wrong(at+".checklist", "schrijf minstens één ding op waar de beoordelaar op let", "write down at least one thing the assessor looks at")
		}
		if len(c.Checklist) > mostParts {
			m.wrong(at+".checklist", fmt.Sprintf("geef hoogstens %d dingen", mostParts), fmt.Sprintf("give at most %d things", mostParts))
		}
		for _, line := range c.Checklist {
			if strings.TrimSpace(line) == "" || utf8.RuneCountInString(line) > longestTitle || strings.ContainsFunc(line, unprintable) {
				m.wrong(at+".checklist", fmt.Sprintf("schrijf op elke regel één ding van hoogstens %d tekens", longestTitle), fmt.Sprintf("write one thing of at most %d characters on each line", longestTitle))
				break
			}
		}
	case ComponentExternal, ComponentDesignation:
	default:
		m.wrong(at+".kind", "kies cursus, diploma van elders, vaardigheid of aanwijzing", "choose a course, a diploma from elsewhere, a skill or a designation")
	}
	m.text(at+".title", c.Title, longestTitle, true)
	m.stray(at, c)
}

// stray refuses what does not belong to the kind of a component.
func (m *mistakes) stray(at string, c Component) {
	if c.Kind != ComponentCourse && c.Course != "" {
		m.wrong(at+".course", "alleen een cursus heeft dit: laat het leeg", "only a course has this: leave it out")
	}
	if c.Kind != ComponentObserved && len(c.Checklist) > 0 {
		m.wrong(at+".checklist", "alleen een vaardigheid heeft dit: laat het leeg", "only a skill has this: leave it out")
	}
}

// Words writes what a component asks, in a few words: its title, or the key of its course where it has none.
func (c Component) Words() string { return cmp.Or(c.Title, string(c.Course)) }
