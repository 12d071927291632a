package academy

import (
	"context"
	"fmt"
	"slices"

	"bekwaam/courses/exchange"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// What a list of people says, under the office's name.
type (
	PeopleList    = exchange.PeopleList
	PeopleField   = exchange.PeopleField
	PeopleVerdict = exchange.PeopleVerdict
)

const (
	PersonNew       = exchange.PersonNew
	PersonChanged   = exchange.PersonChanged
	PersonLeft      = exchange.PersonLeft
	PersonUnchanged = exchange.PersonUnchanged
	PersonGone      = exchange.PersonGone
)

// PeopleColumn says in words in which column a mistake is.
func PeopleColumn(path string, english bool) string { return exchange.PeopleColumn(path, english) }

// PeopleFields lists what a column of a list of people may say.
func PeopleFields() []PeopleField { return exchange.PeopleFields() }

// A PeopleRequest asks to bring in a list of people.
type PeopleRequest struct {
	Content   []byte
	Columns   []PeopleField // what each column says; none: as the words above it tell
	MakeRoles bool          // make roles that do not exist
	MakeTeams bool          // make teams that do not exist
	DryRun    bool          // only tell
}

func (r PeopleRequest) may() exchange.PeopleMake {
	return exchange.PeopleMake{Roles: r.MakeRoles, Teams: r.MakeTeams}
}

// TakeInPeople brings in the right lines of a list of people, all of them or none, and puts everybody whose work changes
// on the agenda of the sweep. A list that came in changes nothing when it comes again. fault.Invalid where it is no list,
// a column is missing, or one holds what is never kept.
func (o *Office) TakeInPeople(ctx context.Context, who staff.Actor, ask PeopleRequest) (PeopleList, error) {
	table, columns, err := o.readPeople(ctx, who, ask)
	if err != nil {
		return PeopleList{}, err
	}
	if ask.DryRun {
		return o.comparePeople(ctx, o.db.Read(), who, table, columns, ask.may())
	}
	var list PeopleList
	err = o.inTx(ctx, func(ctx context.Context, q store.Q) error {
		list, err = o.bringIn(ctx, q, who, table, columns, ask.may())
		return err
	})
	return list, err
}

// readPeople reads a list with the columns that say something we keep, and nothing else.
func (o *Office) readPeople(ctx context.Context, who staff.Actor, ask PeopleRequest) (exchange.Table, []PeopleField, error) {
	if err := who.Allow(staff.ImportPeople, staff.Subject{}); err != nil {
		return exchange.Table{}, nil, err
	}
	select {
	case o.reading <- struct{}{}:
		defer func() { <-o.reading }()
	case <-ctx.Done():
		return exchange.Table{}, nil, ctx.Err()
	}
	table, err := exchange.ReadTable(ask.Content)
	if err != nil {
		return exchange.Table{}, nil, err
	}
	if err := exchange.RefusePersonal(table); err != nil {
		return exchange.Table{}, nil, err
	}
	columns := ask.Columns
	if len(columns) == 0 {
		columns = exchange.GuessPeopleColumns(table)
	}
	if len(columns) != len(table.Columns) || slices.ContainsFunc(columns, func(f PeopleField) bool { return f != "" && !slices.Contains(PeopleFields(), f) }) {
		return exchange.Table{}, nil, wrongMapping
	}
	only, says := table.OnlyPeople(columns)
	return only, says, nil
}

// comparePeople works out what a list changes to the office as it is; fault.Invalid where a column is missing.
func (o *Office) comparePeople(ctx context.Context, q store.Q, who staff.Actor, table exchange.Table, columns []PeopleField, may exchange.PeopleMake) (PeopleList, error) {
	now, err := o.Now(ctx)
	if err != nil {
		return PeopleList{}, err
	}
	roster, err := store.ReadRoster(ctx, q)
	if err != nil {
		return PeopleList{}, err
	}
	list := exchange.ReadPeopleList(table, columns, exchange.PeopleOffice{Today: now.Today(), Self: who.Person, People: roster.People, Teams: roster.Teams, Roles: roster.Roles, Employments: roster.Employments, Designations: roster.Designations}, may)
	if len(list.Missing) > 0 {
		mistakes := *wrongMapping
		mistakes.Fields = list.Missing
		return list, &mistakes
	}
	return list, nil
}

// bringIn writes what a list changes. Others wait, so that what it was compared with is what is there.
func (o *Office) bringIn(ctx context.Context, q store.Q, who staff.Actor, table exchange.Table, columns []PeopleField, may exchange.PeopleMake) (PeopleList, error) {
	if err := store.Alone(ctx, q); err != nil {
		return PeopleList{}, err
	}
	list, err := o.comparePeople(ctx, q, who, table, columns, may)
	if err != nil || list.Changes.None() {
		return list, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return PeopleList{}, err
	}
	c := list.Changes
	w := Workforce{Teams: c.Teams, Roles: c.Roles, People: c.People, Employments: c.Hired, Designations: c.Designations}
	for _, write := range []func() error{
		func() error { return store.UpdateEmployments(ctx, q, c.Amended, now.Today()) },
		func() error { return hire(ctx, q, w) },
		func() error { return store.UpdatePeople(ctx, q, c.Renamed) },
		func() error { return store.UpdateDesignations(ctx, q, c.Redesignated) },
		func() error { return store.UpdateLeaders(ctx, q, c.Leaders) },
	} {
		if err := write(); err != nil {
			return PeopleList{}, err
		}
	}
	w.Employments, w.Designations = append(w.Employments, c.Amended...), append(w.Designations, c.Redesignated...)
	return list, replan(ctx, q, now, who, "people.imported", fmt.Sprint(len(c.People)+len(c.Renamed)+len(c.Hired)+len(c.Amended)), w.touched())
}

// A PeopleImport is a list of people that somebody uploaded and may look at before it comes in.
type PeopleImport struct {
	ID        string
	FileName  string
	MakeRoles bool
	MakeTeams bool
	Done      bool
	List      PeopleList // empty once it came in
}

// UploadPeople keeps the columns of a list that say something, so that somebody can look at what it changes, and returns its
// key. Nothing else is written.
func (o *Office) UploadPeople(ctx context.Context, who staff.Actor, fileName string, ask PeopleRequest) (string, error) {
	table, columns, err := o.readPeople(ctx, who, ask)
	if err != nil {
		return "", err
	}
	if _, err := o.comparePeople(ctx, o.db.Read(), who, table, columns, ask.may()); err != nil {
		return "", err
	}
	content, err := table.Bytes()
	if err != nil {
		return "", err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return "", err
	}
	i := store.PeopleImport{ID: newID(), FileName: shownName(fileName), Content: content, MakeRoles: ask.MakeRoles, MakeTeams: ask.MakeTeams, UploadedBy: who.Person, UploadedAt: now.Office}
	for _, c := range columns {
		i.Fields = append(i.Fields, string(c))
	}
	return i.ID, o.db.InTx(ctx, func(ctx context.Context, q store.Q) error {
		if err := store.ForgetPeopleImports(ctx, q, now.Office.Add(-importsKept)); err != nil {
			return err
		}
		if err := store.InsertPeopleImport(ctx, q, i); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, who, "people-import.uploaded", "", i.ID))
	})
}

// UploadedPeople tells what a list that was uploaded changes now; fault.NotFound where there is none.
func (o *Office) UploadedPeople(ctx context.Context, who staff.Actor, id string) (PeopleImport, error) {
	if err := who.Allow(staff.ImportPeople, staff.Subject{}); err != nil {
		return PeopleImport{}, err
	}
	q := o.db.Read()
	i, err := store.PeopleImportOf(ctx, q, id)
	if err != nil {
		return PeopleImport{}, err
	}
	told := PeopleImport{ID: id, FileName: i.FileName, MakeRoles: i.MakeRoles, MakeTeams: i.MakeTeams, Done: !i.DoneAt.IsZero()}
	if told.Done {
		return told, nil
	}
	table, err := exchange.OpenTable(i.Content)
	if err != nil {
		return PeopleImport{}, err
	}
	told.List, err = o.comparePeople(ctx, q, who, table, peopleFields(i.Fields), exchange.PeopleMake{Roles: i.MakeRoles, Teams: i.MakeTeams})
	return told, err
}

// PeopleCorrections writes the wrong lines of a list that was uploaded.
func (o *Office) PeopleCorrections(ctx context.Context, who staff.Actor, id string, english bool) ([]byte, error) {
	i, err := o.UploadedPeople(ctx, who, id)
	if err != nil {
		return nil, err
	}
	return exchange.WritePeopleCorrections(i.List, english), nil
}

// BringInPeople brings in a list that was uploaded, once; fault.Conflict where it came in already.
func (o *Office) BringInPeople(ctx context.Context, who staff.Actor, id string) (list PeopleList, err error) {
	if err := who.Allow(staff.ImportPeople, staff.Subject{}); err != nil {
		return PeopleList{}, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return PeopleList{}, err
	}
	err = o.inTx(ctx, func(ctx context.Context, q store.Q) error {
		i, err := store.PeopleImportForUpdate(ctx, q, id)
		if err != nil {
			return err
		}
		if err := store.FinishPeopleImport(ctx, q, id, who.Person, now.Office); err != nil {
			return err
		}
		table, err := exchange.OpenTable(i.Content)
		if err != nil {
			return err
		}
		list, err = o.bringIn(ctx, q, who, table, peopleFields(i.Fields), exchange.PeopleMake{Roles: i.MakeRoles, Teams: i.MakeTeams})
		return err
	})
	return list, err
}

func peopleFields(words []string) []PeopleField {
	fields := make([]PeopleField, len(words))
	for i, w := range words {
		fields[i] = PeopleField(w)
	}
	return fields
}

var noPeople = fault.New(fault.NotFound, "Niemand heeft dit personeelsnummer.", "Nobody has this personnel number.")

// GivePassword lets somebody who works here log in with a password: fault.Invalid where it is too short. Every session they
// had ends.
func (o *Office) GivePassword(ctx context.Context, person staff.PersonID, password string) error {
	now, err := o.Now(ctx)
	if err != nil {
		return err
	}
	p, err := store.Person(ctx, o.db.Read(), person)
	if fault.KindOf(err) == fault.NotFound {
		return noPeople
	}
	if err != nil {
		return err
	}
	if err := CheckAdministrator(p, password); err != nil {
		return err
	}
	hash, err := o.hash(ctx, password)
	if err != nil {
		return err
	}
	return o.db.InTx(ctx, func(ctx context.Context, q store.Q) error {
		if err := store.SetPassword(ctx, q, person, hash); err != nil {
			return err
		}
		if _, err := store.RevokeTokens(ctx, q, person, now.Real); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, staff.Actor{}, "password.given", person, ""))
	})
}
