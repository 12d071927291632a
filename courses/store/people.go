package store

import (
	"context"
	"errors"

	"github.com/uptrace/bun"

	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

type personRow struct {
	bun.BaseModel `bun:"table:people,alias:p"`

	ID            string `bun:"id,pk"`
	First         string `bun:"first_name"`
	Infix         string `bun:"infix"`
	Last          string `bun:"last_name"`
	Email         string `bun:"email"`
	Administrator bool   `bun:"administrator"`
}

func (r personRow) person() staff.Person {
	return staff.Person{ID: staff.PersonID(r.ID), First: r.First, Infix: r.Infix, Last: r.Last, Email: r.Email, Administrator: r.Administrator}
}

// Person reads one person.
func Person(ctx context.Context, q Q, id staff.PersonID) (staff.Person, error) {
	var row personRow
	err := q.NewSelect().Model(&row).Where("id = ?", id).Scan(ctx)
	return row.person(), translate(err)
}

// People reads everybody, in order of personnel number.
func People(ctx context.Context, q Q) ([]staff.Person, error) {
	var rows []personRow
	err := q.NewSelect().Model(&rows).Order("id").Scan(ctx)
	return convert(rows, personRow.person), translate(err)
}

// PeopleNamed reads some people, in order of personnel number.
func PeopleNamed(ctx context.Context, q Q, people ...staff.PersonID) ([]staff.Person, error) {
	var rows []personRow
	err := q.NewSelect().Model(&rows).Where("id IN (?)", bun.List(people)).Order("id").Scan(ctx)
	return convert(rows, personRow.person), translate(err)
}

var (
	numberTaken = fault.New(fault.Conflict, "Iemand heeft dit personeelsnummer al.", "Somebody has this personnel number already.").Because("already_exists")
	emailTaken  = fault.New(fault.Conflict, "Iemand heeft dit e-mailadres al.", "Somebody has this e-mail address already.").Because("email_taken")
)

// LockPerson keeps others who lock the person from going on until the transaction ends. What only refers to the person is not
// kept waiting.
func LockPerson(ctx context.Context, q Q, person staff.PersonID) error {
	if !isPostgres(q.Dialect()) {
		return nil
	}
	return translate(q.NewSelect().Model((*personRow)(nil)).Column("id").Where("id = ?", person).For("NO KEY UPDATE").Scan(ctx, new(string)))
}

// InsertPeople adds people; fault.Conflict where somebody has the same personnel number, or the same e-mail address
// whether in capitals or not.
func InsertPeople(ctx context.Context, q Q, people []staff.Person) error {
	err := insert(ctx, q, convert(people, func(p staff.Person) personRow {
		return personRow{ID: string(p.ID), First: p.First, Infix: p.Infix, Last: p.Last, Email: p.Email, Administrator: p.Administrator}
	}))
	switch {
	case !errors.Is(err, alreadyThere):
		return err
	case violates(err, "people_email"):
		return emailTaken.From(err)
	}
	return numberTaken.From(err)
}

type teamRow struct {
	bun.BaseModel `bun:"table:teams,alias:t"`

	ID      string `bun:"id,pk"`
	Name    string `bun:"name"`
	Cluster string `bun:"cluster"`
	Leader  string `bun:"leader,nullzero"`
}

// Teams reads all teams.
func Teams(ctx context.Context, q Q) ([]staff.Team, error) {
	var rows []teamRow
	err := q.NewSelect().Model(&rows).Order("id").Scan(ctx)
	return convert(rows, func(r teamRow) staff.Team {
		return staff.Team{ID: staff.TeamID(r.ID), Name: r.Name, Cluster: r.Cluster, Leader: staff.PersonID(r.Leader)}
	}), translate(err)
}

// InsertTeams adds teams.
func InsertTeams(ctx context.Context, q Q, teams []staff.Team) error {
	return insert(ctx, q, convert(teams, func(t staff.Team) teamRow {
		return teamRow{ID: string(t.ID), Name: t.Name, Cluster: t.Cluster, Leader: string(t.Leader)}
	}))
}

type roleRow struct {
	bun.BaseModel `bun:"table:roles,alias:r"`

	ID        string `bun:"id,pk"`
	Code      string `bun:"code"`
	Name      string `bun:"name"`
	Cluster   string `bun:"cluster"`
	Functions string `bun:"functions"`
}

func (r roleRow) role() staff.Role {
	return staff.Role{ID: staff.RoleID(r.ID), Code: r.Code, Name: r.Name, Cluster: r.Cluster, Functions: fields[staff.Function](r.Functions)}
}

// Roles reads all roles.
func Roles(ctx context.Context, q Q) ([]staff.Role, error) {
	var rows []roleRow
	err := q.NewSelect().Model(&rows).Order("id").Scan(ctx)
	return convert(rows, roleRow.role), translate(err)
}

// InsertRoles adds roles.
func InsertRoles(ctx context.Context, q Q, roles []staff.Role) error {
	return insert(ctx, q, convert(roles, func(r staff.Role) roleRow {
		return roleRow{ID: string(r.ID), Code: r.Code, Name: r.Name, Cluster: r.Cluster, Functions: words(r.Functions)}
	}))
}

type employmentRow struct {
	bun.BaseModel `bun:"table:employments,alias:e"`

	Person string `bun:"person,pk"`
	Number int    `bun:"number,pk"`
	Team   string `bun:"team"`
	Role   string `bun:"role"`
	From   day    `bun:"from_on"`
	Until  day    `bun:"until_on,nullzero"`
	Fixed  bool   `bun:"fixed"`
}

func (r employmentRow) employment() staff.Employment {
	return staff.Employment{Person: staff.PersonID(r.Person), Number: r.Number, Team: staff.TeamID(r.Team), Role: staff.RoleID(r.Role),
		From: calendar.Date(r.From), Until: calendar.Date(r.Until), Fixed: r.Fixed}
}

// Employments reads the employments of some people.
func Employments(ctx context.Context, q Q, people ...staff.PersonID) ([]staff.Employment, error) {
	var rows []employmentRow
	err := q.NewSelect().Model(&rows).Where("person IN (?)", bun.List(people)).Order("person", "number").Scan(ctx)
	return convert(rows, employmentRow.employment), translate(err)
}

// EmploymentsFrom reads the employments that hold on a day or begin after it, in order of person and number.
func EmploymentsFrom(ctx context.Context, q Q, on calendar.Date) ([]staff.Employment, error) {
	var rows []employmentRow
	err := q.NewSelect().Model(&rows).Where("until_on IS NULL OR until_on >= ?", on.String()).Order("person", "number").Scan(ctx)
	return convert(rows, employmentRow.employment), translate(err)
}

// InsertEmployments adds employments.
func InsertEmployments(ctx context.Context, q Q, employments []staff.Employment) error {
	return insert(ctx, q, convert(employments, func(e staff.Employment) employmentRow {
		return employmentRow{Person: string(e.Person), Number: e.Number, Team: string(e.Team), Role: string(e.Role), From: day(e.From), Until: day(e.Until), Fixed: e.Fixed}
	}))
}

// CountEmployed returns how many people are employed on a day.
func CountEmployed(ctx context.Context, q Q, on calendar.Date) (int, error) {
	var n int
	err := q.NewSelect().Model((*employmentRow)(nil)).ColumnExpr("COUNT(DISTINCT person)").
		Where("from_on <= ?", on.String()).Where("until_on IS NULL OR until_on >= ?", on.String()).Scan(ctx, &n)
	return n, translate(err)
}

type designationRow struct {
	bun.BaseModel `bun:"table:designations,alias:d"`

	Person  string `bun:"person,pk"`
	Kind    string `bun:"kind,pk"`
	Subject string `bun:"subject,pk"`
	From    day    `bun:"from_on,nullzero"`
	Until   day    `bun:"until_on,nullzero"`
}

// Designations reads the designations of some people.
func Designations(ctx context.Context, q Q, people ...staff.PersonID) ([]staff.Designation, error) {
	var rows []designationRow
	err := q.NewSelect().Model(&rows).Where("person IN (?)", bun.List(people)).Order("person", "kind", "subject").Scan(ctx)
	return convert(rows, func(r designationRow) staff.Designation {
		return staff.Designation{Person: staff.PersonID(r.Person), Kind: staff.DesignationKind(r.Kind), Subject: r.Subject, From: calendar.Date(r.From), Until: calendar.Date(r.Until)}
	}), translate(err)
}

// InsertDesignations adds designations.
func InsertDesignations(ctx context.Context, q Q, designations []staff.Designation) error {
	return insert(ctx, q, convert(designations, func(d staff.Designation) designationRow {
		return designationRow{Person: string(d.Person), Kind: string(d.Kind), Subject: d.Subject, From: day(d.From), Until: day(d.Until)}
	}))
}

// PeopleWorking reads who is employed on any day between two, in some teams or, without any, at all, in order of personnel
// number: also who left since.
func PeopleWorking(ctx context.Context, q Q, from, until calendar.Date, teams ...staff.TeamID) ([]staff.PersonID, error) {
	query := q.NewSelect().Model((*employmentRow)(nil)).ColumnExpr("DISTINCT person").
		Where("from_on <= ?", until.String()).Where("until_on IS NULL OR until_on >= ?", from.String())
	if len(teams) > 0 {
		query.Where("team IN (?)", bun.List(teams))
	}
	var people []staff.PersonID
	err := query.Order("person").Scan(ctx, &people)
	return people, translate(err)
}
