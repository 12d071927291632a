package academy

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode"

	"bekwaam/certificates"
	"bekwaam/courses/audit"
	"bekwaam/courses/exchange"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// What a list of evidence says, under the office's name.
type (
	EvidenceList    = exchange.EvidenceList
	EvidenceRow     = exchange.EvidenceRow
	EvidenceMapping = exchange.EvidenceMapping
	ColumnField     = exchange.ColumnField
	DateOrder       = exchange.DateOrder
	Verdict         = exchange.Verdict
	Spelling        = exchange.Spelling
)

const (
	DayFirst   = exchange.DayFirst
	MonthFirst = exchange.MonthFirst

	FieldNone     = exchange.FieldNone
	FieldNumber   = exchange.FieldNumber
	FieldName     = exchange.FieldName
	FieldFirst    = exchange.FieldFirst
	FieldInfix    = exchange.FieldInfix
	FieldScheme   = exchange.FieldScheme
	FieldAchieved = exchange.FieldAchieved
	FieldUntil    = exchange.FieldUntil
	FieldSource   = exchange.FieldSource

	Good      = exchange.Good
	Duplicate = exchange.Duplicate
	Wrong     = exchange.Wrong
	Ignored   = exchange.Ignored

	SpellingGuessed = exchange.SpellingGuessed
	SpellingLeftOut = exchange.SpellingLeftOut
	SpellingUnknown = exchange.SpellingUnknown

	AsideHeader  = exchange.AsideHeader
	AsideHeading = exchange.AsideHeading
	AsideTotal   = exchange.AsideTotal
)

// MaxList is how many bytes a list may be.
const MaxList = exchange.MaxTable

// ColumnFields lists what a column of a list may say.
func ColumnFields() []ColumnField { return exchange.ColumnFields() }

// An Import is a list of evidence that somebody uploaded.
type Import struct {
	ID          string
	FileName    string
	Looked      bool // somebody said how it is to be read
	OrderChosen bool // also in which order its dates are
	UploadedBy  staff.PersonID
	Uploader    string    // their name; in a list of imports only
	UploadedAt  time.Time // the office's clock
	DoneBy      staff.PersonID
	DoneAt      time.Time // zero: it did not come in yet
	Added       int       // how many lines came in
	Forgotten   bool      // only that it came in is still known
}

// Done reports whether the list came in.
func (i Import) Done() bool { return !i.DoneAt.IsZero() }

func importOf(from store.Import) Import {
	return Import{ID: from.ID, FileName: from.FileName, Looked: len(from.Fields) > 0, OrderChosen: from.DateOrder != "", UploadedBy: from.UploadedBy, UploadedAt: from.UploadedAt, DoneBy: from.DoneBy, DoneAt: from.DoneAt, Added: from.Added}
}

// importsKept is how long a list that was uploaded is kept: it holds names.
const importsKept = 30 * 24 * time.Hour

// UploadEvidence keeps a list of evidence so that somebody can look at what it means, and returns its key. fault.Invalid
// where it is no list. Nothing else is written.
func (o *Office) UploadEvidence(ctx context.Context, who staff.Actor, fileName string, content []byte) (string, error) {
	if err := who.Allow(staff.ImportEvidence, staff.Subject{}); err != nil {
		return "", err
	}
	if _, err := exchange.ReadTable(content); err != nil {
		return "", err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return "", err
	}
	i := store.Import{ID: newID(), FileName: shownName(fileName), Content: content, UploadedBy: who.Person, UploadedAt: now.Office}
	return i.ID, o.db.InTx(ctx, func(ctx context.Context, q store.Q) error {
		if err := store.ForgetImports(ctx, q, now.Office.Add(-importsKept)); err != nil {
			return err
		}
		if err := store.InsertImport(ctx, q, i); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, who, "import.uploaded", "", i.ID))
	})
}

// shownName is the name of a file without the folders it was in, as it can be shown and stored.
func shownName(name string) string {
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return -1
	}, strings.ToValidUTF8(name, ""))
	const longest = 100
	if runes := []rune(name); len(runes) > longest {
		name = string(runes[len(runes)-longest:])
	}
	return name
}

// Imports lists what was uploaded, the newest first.
func (o *Office) Imports(ctx context.Context, who staff.Actor) ([]Import, error) {
	if err := who.Allow(staff.ImportEvidence, staff.Subject{}); err != nil {
		return nil, err
	}
	const recent = 20
	q := o.db.Read()
	all, err := store.Imports(ctx, q, recent)
	if err != nil {
		return nil, err
	}
	people := make([]staff.PersonID, len(all))
	for i, from := range all {
		people[i] = from.UploadedBy
	}
	names, err := namesOf(ctx, q, people...)
	imports := make([]Import, len(all))
	for i, from := range all {
		imports[i] = importOf(from)
		imports[i].Uploader = names[from.UploadedBy]
	}
	return imports, err
}

// A ReadImport is a list with what it means now.
type ReadImport struct {
	Import
	List    EvidenceList // empty where the list is forgotten
	Schemes map[certificates.SchemeKey]certificates.Scheme
	Names   map[staff.PersonID]string
}

// EvidenceImport reads a list and what it means now; fault.NotFound where there is none.
func (o *Office) EvidenceImport(ctx context.Context, who staff.Actor, id string) (ReadImport, error) {
	if err := who.Allow(staff.ImportEvidence, staff.Subject{}); err != nil {
		return ReadImport{}, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return ReadImport{}, err
	}
	q := o.db.Read()
	i, err := store.ImportOf(ctx, q, id)
	if err != nil {
		return ReadImport{}, err
	}
	read := ReadImport{Import: importOf(i)}
	if read.Forgotten = i.Content == nil; read.Forgotten {
		return read, nil
	}
	return o.readImport(ctx, now, who, i, i.Content)
}

// readImport works out what a list means to the office as it is, while not too many others are worked out: it may take
// seconds. It reads outside of any transaction, so that others need not wait for it.
func (o *Office) readImport(ctx context.Context, now Moment, who staff.Actor, i store.Import, content []byte) (ReadImport, error) {
	select {
	case o.reading <- struct{}{}:
		defer func() { <-o.reading }()
	case <-ctx.Done():
		return ReadImport{}, ctx.Err()
	}
	table, err := exchange.ReadTable(content)
	if err != nil {
		return ReadImport{}, err
	}
	q := o.db.Read()
	read := ReadImport{Import: importOf(i), Names: make(map[staff.PersonID]string)}
	facts := exchange.EvidenceOffice{Today: now.Today()}
	if facts.People, err = store.People(ctx, q); err != nil {
		return ReadImport{}, err
	}
	if facts.Schemes, err = store.Schemes(ctx, q, now.Today()); err != nil {
		return ReadImport{}, err
	}
	if facts.Learned, err = store.Spellings(ctx, q); err != nil {
		return ReadImport{}, err
	}
	for _, p := range facts.People {
		read.Names[p.ID] = p.Name()
	}
	read.Schemes = facts.Schemes
	read.List = exchange.ReadEvidenceList(table, facts, mappingOf(i))
	return read, compare(ctx, q, who, read.List)
}

// compare marks what the office holds already of a list, and refuses what else it says about who takes it in.
func compare(ctx context.Context, q store.Q, who staff.Actor, list EvidenceList) error {
	held, err := store.Achievements(ctx, q, list.People()...)
	if err != nil {
		return err
	}
	known := make(map[exchange.Achievement]bool, len(held))
	for _, a := range held {
		known[exchange.Achievement(a)] = true
	}
	list.MarkKnown(known)
	list.RefuseOwn(who.Person)
	return nil
}

// mappingOf is what somebody said of how a list is to be read.
func mappingOf(i store.Import) exchange.EvidenceMapping {
	m := exchange.EvidenceMapping{Order: exchange.DateOrder(i.DateOrder), Schemes: i.Spellings}
	for _, f := range i.Fields {
		if f == noField {
			f = ""
		}
		m.Columns = append(m.Columns, ColumnField(f))
	}
	return m
}

// noField is how a column is kept that says nothing we ask.
const noField = "-"

var wrongMapping = fault.New(fault.Invalid, "Zeg eerst wat de kolommen betekenen.", "First say what the columns mean.").Because("mapping")

// missing says which columns a list cannot do without.
func missing(l EvidenceList) error {
	mistakes := *wrongMapping
	mistakes.Fields = l.Missing
	return &mistakes
}

// MapEvidence keeps how a list is to be read. fault.Invalid where a column is missing or a scheme does not exist;
// fault.Conflict where the list came in already.
func (o *Office) MapEvidence(ctx context.Context, who staff.Actor, id string, m EvidenceMapping) error {
	read, err := o.EvidenceImport(ctx, who, id)
	if err != nil {
		return err
	}
	if m.Order != exchange.OrderUnknown && m.Order != DayFirst && m.Order != MonthFirst {
		return wrongMapping
	}
	i := store.Import{ID: id, DateOrder: string(m.Order), Spellings: m.Schemes}
	for _, f := range m.Columns {
		if f != FieldNone && !slices.Contains(ColumnFields(), f) {
			return wrongMapping
		}
		i.Fields = append(i.Fields, cmp.Or(string(f), noField))
	}
	mistakes := *wrongMapping
	tried := exchange.ReadEvidenceList(read.List.Table, exchange.EvidenceOffice{}, m)
	mistakes.Fields = tried.Missing
	for _, scheme := range m.Schemes {
		if _, ok := read.Schemes[scheme]; scheme != "" && !ok {
			mistakes = *mistakes.At("schemes", "Kies een regeling die bestaat.", "Choose a scheme that exists.")
		}
	}
	if len(m.Columns) != len(read.List.Table.Columns) || len(mistakes.Fields) > 0 {
		return &mistakes
	}
	now, err := o.Now(ctx)
	if err != nil {
		return err
	}
	return o.db.InTx(ctx, func(ctx context.Context, q store.Q) error {
		if err := store.MapImport(ctx, q, i); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, who, "import.mapped", "", id))
	})
}

// DropImport throws a list away that did not come in, as where it was the wrong one. A list that came in stays.
func (o *Office) DropImport(ctx context.Context, who staff.Actor, id string) error {
	if err := who.Allow(staff.ImportEvidence, staff.Subject{}); err != nil {
		return err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return err
	}
	return o.db.InTx(ctx, func(ctx context.Context, q store.Q) error {
		if err := store.DropImport(ctx, q, id); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, who, "import.dropped", "", id))
	})
}

var lookFirst = fault.New(fault.Conflict, "Kijk eerst of we de schrijfwijzen en de datums goed begrijpen.", "First check whether we understand the spellings and the dates.").Because("guessed")

// ImportEvidence takes in what is good in a list and not known yet, all of it or nothing, and remembers its spellings. A
// list that came in already stays as it was. fault.Conflict while something in it is guessed.
func (o *Office) ImportEvidence(ctx context.Context, who staff.Actor, id string) (Import, error) {
	if err := who.Allow(staff.ImportEvidence, staff.Subject{}); err != nil {
		return Import{}, err
	}
	i, err := store.ImportOf(ctx, o.db.Read(), id)
	if err != nil || !i.DoneAt.IsZero() {
		return importOf(i), err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return Import{}, err
	}
	read, err := o.readImport(ctx, now, who, i, i.Content)
	if err == nil {
		err = ready(read.List, false)
	}
	if err != nil {
		return Import{}, err
	}
	was := mappingOf(i)
	err = o.inTx(ctx, func(ctx context.Context, q store.Q) error {
		if err := store.Alone(ctx, q); err != nil { // two lists may say the same
			return err
		}
		if i, err = store.ImportForUpdate(ctx, q, id); err != nil || !i.DoneAt.IsZero() {
			return err
		}
		if is := mappingOf(i); is.Order != was.Order || !slices.Equal(is.Columns, was.Columns) || !maps.Equal(is.Schemes, was.Schemes) {
			return lookFirst // somebody said otherwise while it was read
		}
		i.DoneBy, i.DoneAt = who.Person, now.Office
		if i.Added, err = o.takeIn(ctx, q, now, who, i.ID, read.List); err != nil {
			return err
		}
		return store.FinishImport(ctx, q, id, who.Person, now.Office, i.Added)
	})
	return importOf(i), err
}

// ready returns nil where a list may come in: fault.Invalid where a column is missing, fault.Conflict where something is
// guessed and guesses do not count.
func ready(list EvidenceList, guesses bool) error {
	switch {
	case len(list.Missing) > 0:
		return missing(list)
	case list.Guessed() && !guesses:
		return lookFirst
	}
	return nil
}

// takeIn stores what is good in a list and not known yet, and what its spellings mean, and returns how many lines came in.
// The list was read a moment ago: only what the office holds is looked at anew.
func (o *Office) takeIn(ctx context.Context, q store.Q, now Moment, who staff.Actor, id string, list EvidenceList) (int, error) {
	if err := compare(ctx, q, who, list); err != nil {
		return 0, err
	}
	fresh := list.Fresh()
	held := make([]Held, len(fresh))
	people := make([]staff.PersonID, len(fresh))
	entries := make([]audit.Entry, len(fresh))
	for n, h := range fresh {
		held[n], people[n] = Held(h), h.Person
		entries[n] = did(now.Office, who, "evidence.taken-over", h.Person, fmt.Sprintf("%s %s %s", id, h.Scheme, h.AchievedOn))
	}
	learned := make(map[string]certificates.SchemeKey)
	for _, s := range list.Spellings {
		if s.Scheme != "" && (s.How == exchange.SpellingChosen || s.How == SpellingGuessed) {
			learned[s.Key] = s.Scheme
		}
	}
	if err := store.LearnSpellings(ctx, q, who.Person, now.Office, learned); err != nil || len(fresh) == 0 {
		return 0, err
	}
	if err := o.takeOver(ctx, q, now, who, held); err != nil {
		return 0, err
	}
	if err := store.Write(ctx, q, entries...); err != nil {
		return 0, err
	}
	slices.Sort(people)
	return len(fresh), replan(ctx, q, now, who, "evidence.imported", id, slices.Compact(people))
}

// EvidenceCorrections writes the wrong lines of a list as a file to correct and upload; fault.NotFound where the list is
// forgotten or nothing in it is wrong.
func (o *Office) EvidenceCorrections(ctx context.Context, who staff.Actor, id string, english bool) ([]byte, error) {
	read, err := o.EvidenceImport(ctx, who, id)
	if err != nil {
		return nil, err
	}
	if read.List.Count(Wrong) == 0 {
		return nil, notYours
	}
	return exchange.WriteCorrections(read.List, english), nil
}

// TakeInEvidence is the whole import in one go, for programs: it reads a list and takes in what is good and not known yet,
// all of it or nothing. With dry nothing is stored. What is guessed counts only where the caller says so with guesses; else
// a list with guesses that is not dry is fault.Conflict. order, where it is given, is that of the dates.
func (o *Office) TakeInEvidence(ctx context.Context, who staff.Actor, content []byte, order DateOrder, dry, guesses bool) (EvidenceList, error) {
	if err := who.Allow(staff.ImportEvidence, staff.Subject{}); err != nil {
		return EvidenceList{}, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return EvidenceList{}, err
	}
	i := store.Import{ID: newID(), FileName: "API", DateOrder: string(order), UploadedBy: who.Person, UploadedAt: now.Office, DoneBy: who.Person, DoneAt: now.Office}
	read, err := o.readImport(ctx, now, who, i, content)
	if err == nil {
		err = ready(read.List, dry || guesses)
	}
	if err != nil || dry {
		return read.List, err
	}
	err = o.inTx(ctx, func(ctx context.Context, q store.Q) error {
		if err := store.Alone(ctx, q); err != nil { // two lists may say the same
			return err
		}
		if i.Added, err = o.takeIn(ctx, q, now, who, i.ID, read.List); err != nil || i.Added == 0 {
			return err
		}
		return store.InsertImport(ctx, q, i)
	})
	return read.List, err
}
