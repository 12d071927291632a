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
}

// An EvidenceList is what a table means to an office.
type EvidenceList struct {
	Table     Table
	Mapping   EvidenceMapping // as used: complete where Missing is empty
	OrderSure bool            // the dates tell their order, or somebody did
	Spellings []Spelling      // of schemes, in order of their text
	Missing   []fault.Field   // what no column says
	Rows      []EvidenceRow
}

// Guessed reports whether somebody must look at it before it may come in: a spelling or the dates were guessed.
func (l EvidenceList) Guessed() bool {
	return !l.OrderSure || slices.ContainsFunc(l.Spellings, func(s Spelling) bool { return s.How == SpellingGuessed })
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
	place := slices.Index(l.Mapping.Columns, FieldNumber)
	if place < 0 {
		place = slices.Index(l.Mapping.Columns, FieldName)
	}
	for i, r := range l.Rows {
		if r.Verdict == Good && !r.Known && r.Person == person {
			l.Rows[i].Verdict = Wrong
			l.Rows[i].Mistakes = []fault.Field{{Path: l.Table.ColumnName(place), Dutch: "Dit gaat over jezelf. Laat een collega van P&O deze regel inlezen.", English: "This is about yourself. Have a colleague of HR import this line."}}
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
	for _, r := range l.Rows {
		if r.Verdict == Good && !r.Known {
			fresh = append(fresh, r.Held)
		}
	}
	slices.SortStableFunc(fresh, func(a, b Held) int {
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
	if len(m.Columns) != len(t.Columns) {
		m.Columns = guessColumns(t, r.people, speller)
	}
	for i, f := range m.Columns {
		if _, taken := r.column[f]; f != FieldNone && !taken {
			r.column[f] = i
		}
	}
	r.list = EvidenceList{Table: t, Mapping: m, OrderSure: true, Missing: r.missing()}
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
		if row.Aside == "" && row.Cells[at] != "" {
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

// place names the column of the first of some fields that has one.
func (r *listReader) place(fields ...ColumnField) string {
	for _, f := range fields {
		if at, ok := r.column[f]; ok {
			return r.list.Table.ColumnName(at)
		}
	}
	return ""
}

// ColumnName is what stands above a column, or its letter in a spreadsheet.
func (t Table) ColumnName(at int) string {
	if t.Columns[at] != "" {
		return t.Columns[at]
	}
	letters := string(rune('A' + at%26))
	if at >= 26 {
		letters = string(rune('A'+at/26-1)) + letters
	}
	return letters
}

// longestSource is how many characters of what was seen are kept.
const longestSource = 100

// read works out what one line means.
func (r *listReader) read(row TableRow) EvidenceRow {
	to := EvidenceRow{TableRow: row, Verdict: Ignored}
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
		wrong(r.place(FieldScheme), "Schrijf hier wat deze collega haalde.", "Write here what this colleague achieved.")
	case to.Scheme == "":
		wrong(r.place(FieldScheme), "Kies bij welke regeling deze schrijfwijze hoort.", "Choose the scheme that this spelling belongs to.")
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

// readPerson finds out whom a line is about.
func (r *listReader) readPerson(row TableRow, wrong func(place, dutch, english string, values ...any)) staff.PersonID {
	number, name := r.cell(row, FieldNumber), r.cell(row, FieldName)
	if rest := strings.TrimSpace(r.cell(row, FieldFirst) + " " + r.cell(row, FieldInfix)); rest != "" {
		name = strings.TrimSpace(name + ", " + rest)
	}
	if number == "" && len(r.people.byNumber(name)) == 1 { // somebody put the number where the name belongs
		number, name = name, ""
	}
	named := r.people.byName(name)
	numbers, names := r.place(FieldNumber, FieldName), r.place(FieldName, FieldNumber)
	switch found := r.people.byNumber(number); {
	case number == "" && name == "":
		wrong(numbers, "Schrijf hier van wie dit is: het personeelsnummer is genoeg.", "Write here whose this is: the personnel number will do.")
	case number != "" && len(found) != 1:
		wrong(numbers, "Niemand heeft dit personeelsnummer. Kijk de cijfers na.%s", "Nobody has this personnel number. Check the digits.%s", r.meant(named, name)...)
	case number != "" && name != "" && !r.people.mayBe(found[0], name, named):
		wrong(numbers, "Het nummer en de naam zijn van verschillende mensen. Kijk na wie het is.", "The number and the name are of different people. Check who it is.")
	case number != "":
		return found[0].ID
	case len(named) == 1:
		return named[0].ID
	case len(named) > 1:
		wrong(names, "Deze naam past bij meer dan één collega. Zet het personeelsnummer erbij.", "This name fits more than one colleague. Add the personnel number.")
	default:
		wrong(names, "Wij kennen niemand met deze naam. Schrijf de naam zoals wij hem kennen, of het personeelsnummer.%s", "We know nobody of this name. Write the name as we know it, or the personnel number.%s", r.meant(nil, name)...)
	}
	return ""
}

// mostHints keeps a list in which nobody can be found from taking long.
const mostHints = 200

// meant says whom a line may be about, in both languages alike; empty where nobody comes near.
func (r *listReader) meant(named []staff.Person, name string) []any {
	if r.hints++; len(named) != 1 && r.hints <= mostHints {
		named = r.people.near(name)
	}
	if len(named) != 1 {
		return []any{""}
	}
	return []any{fmt.Sprintf(" %s (%s)?", named[0].Name(), named[0].ID)}
}

// readDays reads when something was achieved and until when it holds.
func (r *listReader) readDays(to *EvidenceRow, row TableRow, wrong func(place, dutch, english string, values ...any)) {
	text, ok := r.cell(row, FieldAchieved), false
	switch to.AchievedOn, ok = readDate(text, r.list.Mapping.Order); {
	case text == "":
		wrong(r.place(FieldAchieved), "Schrijf hier de dag waarop het is gehaald.", "Write here the day on which it was achieved.")
		return
	case !ok:
		wrong(r.place(FieldAchieved), "Deze dag bestaat niet. Schrijf een dag zoals 23-11-2026.", "This day does not exist. Write a day such as 2026-11-23.")
		return
	case to.AchievedOn > r.office.Today:
		wrong(r.place(FieldAchieved), "Deze dag moet nog komen. Kijk de cijfers na.", "This day has yet to come. Check the digits.")
		return
	}
	text = r.cell(row, FieldUntil)
	plain := strings.Join(tokens(text), " ")
	switch {
	case slices.Contains(noEnd, plain):
	case slices.Contains(unsaid, plain):
		if end := r.endOf(to.Scheme, to.AchievedOn); !end.IsZero() {
			to.ValidUntil, to.Reckoned = end, true
		}
	default:
		if to.ValidUntil, ok = readDate(text, r.list.Mapping.Order); !ok {
			wrong(r.place(FieldUntil), "Deze dag bestaat niet. Schrijf een dag zoals 23-11-2026, of laat dit leeg.", "This day does not exist. Write a day such as 2026-11-23, or leave this empty.")
		} else if to.ValidUntil < to.AchievedOn {
			wrong(r.place(FieldUntil), "Dit loopt af voordat het is gehaald. Kijk beide dagen na.", "This ends before it was achieved. Check both days.")
		}
	}
}

// endOf is the end that a scheme gives to what was achieved on a day for the first time; zero where it gives none.
func (r *listReader) endOf(scheme certificates.SchemeKey, achieved calendar.Date) calendar.Date {
	s, ok := r.office.Schemes[scheme]
	if !ok {
		return 0
	}
	next, err := certificates.NextPeriod(s, nil, achieved)
	if err != nil {
		return 0
	}
	return next.ValidUntil
}
