package store

import (
	"context"
	"errors"
	"time"

	"github.com/uptrace/bun"

	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
)

// A PeopleImport is a list of people that somebody uploaded.
type PeopleImport struct {
	ID         string
	FileName   string
	Content    []byte   // none once it is forgotten
	Fields     []string // what each column says
	MakeRoles  bool
	MakeTeams  bool
	UploadedBy staff.PersonID
	UploadedAt time.Time // the office's clock
	DoneBy     staff.PersonID
	DoneAt     time.Time // zero: it did not come in
}

type peopleImportRow struct {
	bun.BaseModel `bun:"table:people_imports,alias:i"`

	ID         string    `bun:"id,pk"`
	FileName   string    `bun:"file_name"`
	Content    []byte    `bun:"content,nullzero"`
	Fields     string    `bun:"column_fields"`
	MakeRoles  bool      `bun:"make_roles"`
	MakeTeams  bool      `bun:"make_teams"`
	UploadedBy string    `bun:"uploaded_by"`
	UploadedAt time.Time `bun:"uploaded_at"`
	DoneBy     string    `bun:"done_by"`
	DoneAt     time.Time `bun:"done_at,nullzero"`
}

// PeopleImportForUpdate reads a list and keeps others from bringing it in until the transaction ends; fault.NotFound where
// there is none.
func PeopleImportForUpdate(ctx context.Context, q Q, id string) (PeopleImport, error) {
	return onePeopleImport(ctx, forUpdate(q, q.NewSelect().Model((*peopleImportRow)(nil))), id)
}

// PeopleImportOf reads a list; fault.NotFound where there is none.
func PeopleImportOf(ctx context.Context, q Q, id string) (PeopleImport, error) {
	return onePeopleImport(ctx, q.NewSelect().Model((*peopleImportRow)(nil)), id)
}

func onePeopleImport(ctx context.Context, query *bun.SelectQuery, id string) (PeopleImport, error) {
	var r peopleImportRow
	if err := query.Where("id = ?", id).Scan(ctx, &r); err != nil {
		return PeopleImport{}, translate(err)
	}
	i := PeopleImport{ID: r.ID, FileName: r.FileName, Content: r.Content, Fields: fields[string](r.Fields), MakeRoles: r.MakeRoles, MakeTeams: r.MakeTeams,
		UploadedBy: staff.PersonID(r.UploadedBy), UploadedAt: r.UploadedAt.UTC(), DoneBy: staff.PersonID(r.DoneBy)}
	if !r.DoneAt.IsZero() {
		i.DoneAt = r.DoneAt.UTC()
	}
	return i, nil
}

// InsertPeopleImport adds a list.
func InsertPeopleImport(ctx context.Context, q Q, i PeopleImport) error {
	row := peopleImportRow{ID: i.ID, FileName: i.FileName, Content: i.Content, Fields: words(i.Fields), MakeRoles: i.MakeRoles, MakeTeams: i.MakeTeams, UploadedBy: string(i.UploadedBy), UploadedAt: i.UploadedAt}
	_, err := q.NewInsert().Model(&row).Exec(ctx)
	return translate(err)
}

// FinishPeopleImport marks that a list came in, and forgets what it said; fault.Conflict where it had already.
func FinishPeopleImport(ctx context.Context, q Q, id string, by staff.PersonID, at time.Time) error {
	res, err := q.NewUpdate().Model((*peopleImportRow)(nil)).Set("done_by = ?", by).Set("done_at = ?", at).Set("content = NULL").Where("id = ? AND done_at IS NULL", id).Exec(ctx)
	return changed(res, err, importDone)
}

// ForgetPeopleImports drops the lists uploaded before a moment that did not come in.
func ForgetPeopleImports(ctx context.Context, q Q, before time.Time) error {
	_, err := q.NewDelete().Model((*peopleImportRow)(nil)).Where("uploaded_at < ? AND done_at IS NULL", before).Exec(ctx)
	return translate(err)
}

// UpdatePeople writes the names and addresses of people; fault.Conflict where somebody else has an address.
func UpdatePeople(ctx context.Context, q Q, people []staff.Person) error {
	for _, p := range people {
		row := personRow{ID: string(p.ID), First: p.First, Infix: p.Infix, Last: p.Last, Email: p.Email}
		res, err := q.NewUpdate().Model(&row).Column("first_name", "infix", "last_name", "email").WherePK().Exec(ctx)
		if err = changed(res, err, notFound); errors.Is(err, alreadyThere) {
			return emailTaken.From(err)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// UpdateEmployments writes the team, the role and the last day of employments, and where the last day is another than it was
// that this was noted on a day.
func UpdateEmployments(ctx context.Context, q Q, employments []staff.Employment, noted calendar.Date) error {
	for _, e := range employments {
		row := employmentRow{Person: string(e.Person), Number: e.Number, Team: string(e.Team), Role: string(e.Role), From: day(e.From), Until: day(e.Until)}
		res, err := q.NewUpdate().Model(&row).Column("team", "role", "until_on").
			Set("until_noted_on = CASE WHEN COALESCE(until_on, '') = ? THEN until_noted_on ELSE ? END", e.Until.String(), noted.String()).WherePK().Exec(ctx)
		if err := changed(res, err, notFound); err != nil {
			return err
		}
	}
	return nil
}

// UpdateDesignations writes the days of designations.
func UpdateDesignations(ctx context.Context, q Q, designations []staff.Designation) error {
	for _, d := range designations {
		row := designationRow{Person: string(d.Person), Kind: string(d.Kind), Subject: d.Subject, From: day(d.From), Until: day(d.Until)}
		res, err := q.NewUpdate().Model(&row).Column("from_on", "until_on").WherePK().Exec(ctx)
		if err := changed(res, err, notFound); err != nil {
			return err
		}
	}
	return nil
}

// UpdateLeaders writes who leads teams.
func UpdateLeaders(ctx context.Context, q Q, teams []staff.Team) error {
	for _, t := range teams {
		res, err := q.NewUpdate().Model((*teamRow)(nil)).Set("leader = ?", t.Leader).Where("id = ?", t.ID).Exec(ctx)
		if err := changed(res, err, notFound); err != nil {
			return err
		}
	}
	return nil
}

// A Roster is what a list of people is compared with.
type Roster struct {
	People       []staff.Person
	Teams        []staff.Team
	Roles        []staff.Role
	Employments  []staff.Employment
	Designations []staff.Designation
}

// ReadRoster reads who works where, of everybody.
func ReadRoster(ctx context.Context, q Q) (r Roster, err error) {
	if r.People, err = People(ctx, q); err != nil {
		return r, err
	}
	if r.Teams, err = Teams(ctx, q); err != nil {
		return r, err
	}
	if r.Roles, err = Roles(ctx, q); err != nil {
		return r, err
	}
	ids := convert(r.People, func(p staff.Person) staff.PersonID { return p.ID })
	if len(ids) == 0 {
		return r, nil
	}
	if r.Employments, err = Employments(ctx, q, ids...); err != nil {
		return r, err
	}
	r.Designations, err = Designations(ctx, q, ids...)
	return r, err
}
