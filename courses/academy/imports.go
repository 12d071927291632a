package academy

import (
	"context"
	"strings"
	"time"
	"unicode"

	"bekwaam/certificates"
	"bekwaam/courses/exchange"
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

// UploadEvidence keeps a list of evidence without any BSN so that somebody can look at what it means, and returns its key.
// fault.Invalid where it is no list. Nothing else is written.
func (o *Office) UploadEvidence(ctx context.Context, who staff.Actor, fileName string, content []byte) (string, error) {
	if err := who.Allow(staff.ImportEvidence, staff.Subject{}); err != nil {
		return "", err
	}
	table, err := exchange.ReadTable(content)
	if err != nil {
		return "", err
	}
	people, err := store.People(ctx, o.db.Read())
	if err != nil {
		return "", err
	}
	if content, err = table.WithoutBSN(people).Bytes(); err != nil {
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

// shownName is the name of a file without the folders it was in, as it can be shown and stored; none where it holds a BSN.
func shownName(name string) string {
	if exchange.HoldsBSN(name) {
		return ""
	}
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
	table, err := exchange.OpenTable(i.Content)
	if err != nil {
		return ReadImport{}, err
	}
	return o.readImport(ctx, now, who, i, table)
}

// readImport works out what a list means to the office as it is, while not too many others are worked out: it may take
// seconds. It reads outside of any transaction, so that others need not wait for it.
func (o *Office) readImport(ctx context.Context, now Moment, who staff.Actor, i store.Import, table exchange.Table) (read ReadImport, err error) {
	select {
	case o.reading <- struct{}{}:
		defer func() { <-o.reading }()
	case <-ctx.Done():
		return ReadImport{}, ctx.Err()
	}
	q := o.db.Read()
	read = ReadImport{Import: importOf(i), Names: make(map[staff.PersonID]string)}
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
	read.List = exchange.ReadEvidenceList(table.WithoutBSN(facts.People), facts, mappingOf(i))
	if err := compare(ctx, q, who, read.List); err != nil {
		return ReadImport{}, err
	}
	periods, err := store.Periods(ctx, q, read.List.People()...)
	if err != nil {
		return ReadImport{}, err
	}
	return read, read.List.Warn(facts.Schemes, periods)
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
