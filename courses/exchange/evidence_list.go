package exchange

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

// A ColumnField is what a column of a list of evidence says.
type ColumnField string

const (
	FieldNone     ColumnField = ""         // nothing that we ask
	FieldNumber   ColumnField = "number"   // a personnel number, with what stands before it or without
	FieldName     ColumnField = "name"     // somebody's name, in whatever order
	FieldFirst    ColumnField = "first"    // a first name or initials, beside a column with the rest
	FieldInfix    ColumnField = "infix"    // "van den", beside a column with the rest
	FieldScheme   ColumnField = "scheme"   // what was achieved
	FieldAchieved ColumnField = "achieved" // when
	FieldUntil    ColumnField = "until"    // the last valid day
	FieldSource   ColumnField = "source"   // what was seen
)

// ColumnFields lists what a column may say.
func ColumnFields() []ColumnField {
	return []ColumnField{FieldNumber, FieldName, FieldFirst, FieldInfix, FieldScheme, FieldAchieved, FieldUntil, FieldSource}
}

// An EvidenceMapping is how a list of evidence is to be read, as far as somebody said.
type EvidenceMapping struct {
	Columns []ColumnField                     // of each column of the table; nil: as guessed
	Order   DateOrder                         // empty: as guessed
	Schemes map[string]certificates.SchemeKey // by Spelling.Key; empty for what does not belong here
}

// An EvidenceOffice is what an office knows of what a list may be about.
type EvidenceOffice struct {
	Today   calendar.Date
	People  []staff.Person
	Schemes map[certificates.SchemeKey]certificates.Scheme
	Learned map[string]certificates.SchemeKey // by Spelling.Key: what earlier lists meant
}

// An Achievement is what makes two lines the same evidence.
type Achievement struct {
	Person staff.PersonID
	Scheme certificates.SchemeKey
	On     calendar.Date
}

// A Verdict says what becomes of a line.
type Verdict string

const (
	Good      Verdict = "good"      // comes in, or is there already
	Duplicate Verdict = "duplicate" // says the same as a line above it
	Wrong     Verdict = "wrong"     // somebody must correct it first
	Ignored   Verdict = "ignored"   // is no evidence
)

// An EvidenceRow is one line of a list with what it means.
type EvidenceRow struct {
	TableRow
	Held
	Verdict  Verdict
	Known    bool          // good, and the office holds it already: nothing comes in
	Reckoned bool          // the list says no end: it is the one of the scheme
	SameAs   int           // the line that a duplicate repeats
	Mistakes []fault.Field // of a wrong line: the column, and what to do
	Warnings []fault.Field // of a good line that is not known: the column, and what the scheme would say otherwise
}

// An EvidenceList is what a table means to an office.
type EvidenceList struct {
	Table       Table
	Mapping     EvidenceMapping // as used: complete where Missing is empty
	ColumnsSure bool            // what stands above them tells what the columns say, or somebody did
	OrderSure   bool            // the dates tell their order, or somebody did
	Spellings   []Spelling      // of schemes, in order of their text
	Missing     []fault.Field   // what no column says
	Rows        []EvidenceRow
}

// Guessed reports whether somebody must look at it before it may come in: a column, a spelling or the dates were guessed.
func (l EvidenceList) Guessed() bool {
	return !l.ColumnsSure || !l.OrderSure || slices.ContainsFunc(l.Spellings, func(s Spelling) bool { return s.How == SpellingGuessed })
}

// People lists whom the good lines are about.
func (l EvidenceList) People() []staff.PersonID {
	people := make(map[staff.PersonID]bool)
	for _, r := range l.Rows {
		if r.Verdict == Good {
			people[r.Person] = true
		}
	}
	return slices.Sorted(maps.Keys(people))
}

// MarkKnown marks the good lines that say what the office holds already.
func (l EvidenceList) MarkKnown(held map[Achievement]bool) {
	for i, r := range l.Rows {
		l.Rows[i].Known = r.Verdict == Good && held[Achievement{r.Person, r.Scheme, r.AchievedOn}]
	}
}

// RefuseOwn makes the good lines about somebody wrong that are not known yet: nobody takes in what they hold themselves.
func (l EvidenceList) RefuseOwn(person staff.PersonID) {
	for i, r := range l.Rows {
		if r.Verdict == Good && !r.Known && r.Person == person {
			l.Rows[i].Verdict = Wrong
			l.Rows[i].Mistakes = []fault.Field{{Path: l.column(FieldNumber, FieldName), Dutch: "Dit gaat over jezelf. Laat een collega van P&O deze regel inlezen.", English: "This is about yourself. Have a colleague of HR import this line."}}
		}
	}
}

// Count counts the lines of a verdict.
func (l EvidenceList) Count(v Verdict) int {
	n := 0
	for _, r := range l.Rows {
		if r.Verdict == v {
			n++
		}
	}
	return n
}

// Fresh lists what is good and not known yet, in order of achievement.
func (l EvidenceList) Fresh() []Held {
	var fresh []Held
	for _, i := range l.fresh() {
		fresh = append(fresh, l.Rows[i].Held)
	}
	return fresh
}

// fresh are the places of the lines that are good and not known yet, in order of achievement.
func (l EvidenceList) fresh() []int {
	var fresh []int
	for i, r := range l.Rows {
		if r.Verdict == Good && !r.Known {
			fresh = append(fresh, i)
		}
	}
	slices.SortStableFunc(fresh, func(i, j int) int {
		a, b := l.Rows[i], l.Rows[j]
		return cmp.Or(cmp.Compare(a.AchievedOn, b.AchievedOn), cmp.Compare(a.ValidUntil, b.ValidUntil))
	})
	return fresh
}

// ReadEvidenceList works out what every line of a table means. It stores nothing and asks nobody: what it had to guess it
// says, so that somebody can look at it.
func ReadEvidenceList(t Table, office EvidenceOffice, m EvidenceMapping) EvidenceList {
	r := newListReader(t, office, m)
	for _, row := range t.Rows {
		r.list.Rows = append(r.list.Rows, r.read(row))
	}
	return r.list
}

// A listReader reads the lines of one list.
type listReader struct {
	list     EvidenceList
	office   EvidenceOffice
	people   peopleFinder
	column   map[ColumnField]int // the place of each field; what no column says is missing
	spelling map[string]Spelling // by key
	seen     map[Achievement]int // the line on which it stands
	hints    int                 // how many times somebody was looked for who may be meant
}

func newListReader(t Table, office EvidenceOffice, m EvidenceMapping) *listReader {
	r := &listReader{office: office, people: newPeopleFinder(office.People), column: make(map[ColumnField]int), spelling: make(map[string]Spelling), seen: make(map[Achievement]int)}
	speller := newSpeller(office.Schemes, office.Learned)
	chosen := len(m.Columns) == len(t.Columns)
	if !chosen {
		m.Columns = guessColumns(t, r.people, speller)
	}
	for i, f := range m.Columns {
		if _, taken := r.column[f]; f != FieldNone && !taken {
			r.column[f] = i
		}
	}
	r.list = EvidenceList{Table: t, Mapping: m, ColumnsSure: chosen || t.names(m.Columns), OrderSure: true, Missing: r.missing()}
	if spellings, ok := r.spellings(t, speller, m); ok {
		r.list.Spellings = spellings
	} else {
		delete(r.column, FieldScheme)
		r.list.Missing = append(r.list.Missing, tooManySpellings)
	}
	if m.Order == OrderUnknown {
		r.list.Mapping.Order, r.list.OrderSure = orderOf(slices.Concat(r.values(t, FieldAchieved), r.values(t, FieldUntil)))
	}
	for _, s := range r.list.Spellings {
		r.spelling[s.Key] = s
	}
	return r
}

// missing says which columns a list of evidence cannot do without.
func (r *listReader) missing() []fault.Field {
	var missing []fault.Field
	has := func(f ColumnField) bool { _, ok := r.column[f]; return ok }
	if !has(FieldNumber) && !has(FieldName) {
		missing = append(missing, fault.Field{Path: "name", Dutch: "Kies de kolom met het personeelsnummer of de naam.", English: "Choose the column with the personnel number or the name."})
	}
	if !has(FieldScheme) {
		missing = append(missing, fault.Field{Path: "scheme", Dutch: "Kies de kolom die zegt wat iemand haalde.", English: "Choose the column that says what somebody achieved."})
	}
	if !has(FieldAchieved) {
		missing = append(missing, fault.Field{Path: "achieved", Dutch: "Kies de kolom met de dag waarop iemand het haalde.", English: "Choose the column with the day on which somebody achieved it."})
	}
	return missing
}

// values are the cells of the data in the column of a field.
func (r *listReader) values(t Table, f ColumnField) []string {
	at, ok := r.column[f]
	if !ok {
		return nil
	}
	var values []string
	for _, row := range t.Rows {
		if row.Aside == "" && row.Cells[at] != "" && row.Cells[at] != bsnMark {
			values = append(values, row.Cells[at])
		}
	}
	return values
}

// cell is what a line says of a field; empty where no column does.
func (r *listReader) cell(row TableRow, f ColumnField) string {
	if at, ok := r.column[f]; ok {
		return row.Cells[at]
	}
	return ""
}

// longestSource is how many characters of what was seen are kept.
const longestSource = 100

// read works out what one line means.
func (r *listReader) read(row TableRow) EvidenceRow {
	to := EvidenceRow{TableRow: row, Verdict: Ignored}
	if at := slices.Index(row.Cells, bsnMark); at >= 0 && row.Aside == "" {
		to.Verdict, to.Mistakes = Wrong, []fault.Field{{Path: r.list.Table.ColumnName(at), Dutch: bsnInList.Dutch, English: bsnInList.English}}
		return to
	}
	title := r.cell(row, FieldScheme)
	if row.Aside != "" || title == "" && r.cell(row, FieldAchieved) == "" {
		return to
	}
	spelling := r.spelling[spellingKey(title)]
	if spelling.How == SpellingLeftOut {
		return to
	}
	wrong := func(place, dutch, english string, values ...any) {
		to.Mistakes = append(to.Mistakes, fault.Field{Path: place, Dutch: fmt.Sprintf(dutch, values...), English: fmt.Sprintf(english, values...)})
	}
	to.Person = r.readPerson(row, wrong)
	switch to.Scheme = spelling.Scheme; {
	case title == "":
		wrong(r.list.column(FieldScheme), "Schrijf hier wat deze collega haalde.", "Write here what this colleague achieved.")
	case to.Scheme == "":
		wrong(r.list.column(FieldScheme), "Kies bij welke regeling deze schrijfwijze hoort.", "Choose the scheme that this spelling belongs to.")
	}
	r.readDays(&to, row, wrong)
	to.Source = cmp.Or(strings.ToValidUTF8(cut(r.cell(row, FieldSource), longestSource), ""), "oude lijst")
	r.judge(&to)
	return to
}

// judge gives a verdict on a line that was read.
func (r *listReader) judge(to *EvidenceRow) {
	if len(to.Mistakes) > 0 {
		to.Verdict = Wrong
		return
	}
	same := Achievement{to.Person, to.Scheme, to.AchievedOn}
	if line, seen := r.seen[same]; seen {
		to.Verdict, to.SameAs = Duplicate, line
		return
	}
	r.seen[same] = to.Line
	to.Verdict = Good
}

// cut returns the first characters of a text.
func cut(text string, most int) string {
	for i := range text {
		if most--; most < 0 {
			return text[:i]
		}
	}
	return text
}
