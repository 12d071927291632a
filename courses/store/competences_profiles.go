package store

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/calendar"
	"bekwaam/courses/competences"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

type profileRow struct {
	bun.BaseModel `bun:"table:role_profiles,alias:p"`

	Role      string    `bun:"role,pk"`
	Version   int       `bun:"version,pk"`
	ValidFrom day       `bun:"valid_from"`
	WrittenBy string    `bun:"written_by"`
	WrittenAt time.Time `bun:"written_at"`
}

type profileLineRow struct {
	bun.BaseModel `bun:"table:role_profile_lines,alias:l"`

	Role       string `bun:"role,pk"`
	Version    int    `bun:"version,pk"`
	Competence string `bun:"competence,pk"`
	Level      int    `bun:"level"`
	Weight     int    `bun:"weight"`
}

// RoleProfiles reads every version of what each role asks, in order of first day.
func RoleProfiles(ctx context.Context, q Q) (map[staff.RoleID][]competences.RoleProfile, error) {
	var rows []profileRow
	if err := q.NewSelect().Model(&rows).Order("role", "valid_from").Scan(ctx); err != nil {
		return nil, translate(err)
	}
	var asked []profileLineRow
	if err := q.NewSelect().Model(&asked).Order("role", "version", "competence").Scan(ctx); err != nil {
		return nil, translate(err)
	}
	type id struct {
		role    string
		version int
	}
	required := make(map[id][]competences.Required)
	for _, r := range asked {
		key := id{r.Role, r.Version}
		required[key] = append(required[key], competences.Required{Competence: competences.CompetenceID(r.Competence), Level: competences.Level(r.Level), Weight: r.Weight})
	}
	profiles := make(map[staff.RoleID][]competences.RoleProfile)
	for _, r := range rows {
		role := staff.RoleID(r.Role)
		profiles[role] = append(profiles[role], competences.RoleProfile{Role: role, Version: r.Version, ValidFrom: calendar.Date(r.ValidFrom), Required: required[id{r.Role, r.Version}]})
	}
	return profiles, nil
}

var profileThere = fault.New(fault.Conflict, "Vanaf deze dag is er al een profiel van deze rol, en dat blijft staan. Kies een andere dag.", "From this day there is a profile of this role already, and it stays. Choose another day.").Because("already_exists")

// InsertRoleProfile adds a version of what a role asks; fault.Conflict where there is one of that number or day.
func InsertRoleProfile(ctx context.Context, q Q, p competences.RoleProfile, by staff.PersonID, at time.Time) error {
	err := insert(ctx, q, []profileRow{{Role: string(p.Role), Version: p.Version, ValidFrom: day(p.ValidFrom), WrittenBy: string(by), WrittenAt: at}})
	if errors.Is(err, alreadyThere) {
		return profileThere.From(err)
	} else if err != nil {
		return err
	}
	return insert(ctx, q, convert(p.Required, func(r competences.Required) profileLineRow {
		return profileLineRow{Role: string(p.Role), Version: p.Version, Competence: string(r.Competence), Level: int(r.Level), Weight: r.Weight}
	}))
}

type futureRoleRow struct {
	bun.BaseModel `bun:"table:future_roles,alias:f"`

	ID         string `bun:"id,pk"`
	Code       string `bun:"code"`
	Name       string `bun:"name"`
	Cluster    string `bun:"cluster"`
	Vacancy    bool   `bun:"vacancy"`
	Team       string `bun:"team"`
	From       day    `bun:"from_on"`
	ClosesOn   day    `bun:"closes_on,nullzero"`
	PerWeek    int    `bun:"minutes_per_week"`
	Places     int    `bun:"places"`
	Replaces   string `bun:"replaces"`
	Purpose    string `bun:"purpose"`
	Schemes    string `bun:"schemes"`
	WithinDays int    `bun:"within_days"`
}

// FutureRoles reads the roles that nobody holds yet and the places that are open, in order of key.
func FutureRoles(ctx context.Context, q Q) ([]competences.FutureRole, error) {
	var rows []futureRoleRow
	err := q.NewSelect().Model(&rows).Order("id").Scan(ctx)
	return convert(rows, func(r futureRoleRow) competences.FutureRole {
		return competences.FutureRole{
			Role: staff.Role{ID: staff.RoleID(r.ID), Code: r.Code, Name: r.Name, Cluster: r.Cluster}, Vacancy: r.Vacancy, Team: staff.TeamID(r.Team), From: calendar.Date(r.From),
			ClosesOn: calendar.Date(r.ClosesOn), PerWeek: r.PerWeek, Places: r.Places, Replaces: staff.PersonID(r.Replaces), Purpose: r.Purpose,
			Schemes: fields[certificates.SchemeKey](r.Schemes), WithinDays: r.WithinDays,
		}
	}), translate(err)
}

// InsertFutureRoles adds roles that nobody holds yet.
func InsertFutureRoles(ctx context.Context, q Q, roles []competences.FutureRole) error {
	return insert(ctx, q, convert(roles, func(f competences.FutureRole) futureRoleRow {
		return futureRoleRow{
			ID: string(f.ID), Code: f.Code, Name: f.Name, Cluster: f.Cluster, Vacancy: f.Vacancy, Team: string(f.Team), From: day(f.From), ClosesOn: day(f.ClosesOn),
			PerWeek: f.PerWeek, Places: f.Places, Replaces: string(f.Replaces), Purpose: f.Purpose, Schemes: words(f.Schemes), WithinDays: f.WithinDays,
		}
	}))
}

type itemRow struct {
	bun.BaseModel `bun:"table:learning_items,alias:i"`

	ID        string `bun:"id,pk"`
	Title     string `bun:"title"`
	Kind      string `bun:"kind"`
	Course    string `bun:"course"`
	Scheme    string `bun:"scheme"`
	Supplier  string `bun:"supplier"`
	Minutes   int    `bun:"minutes"`
	Cents     int    `bun:"cents"`
	Weeks     int    `bun:"weeks"`
	Places    int    `bun:"places"`
	Guide     string `bun:"guide"`
	Assessor  string `bun:"assessor"`
	Starts    string `bun:"starts"`
	Until     day    `bun:"until_on,nullzero"`
	AfterAll  string `bun:"after_all"`
	AfterAny  string `bun:"after_any"`
	Earlier   string `bun:"earlier"`
	Statutory bool   `bun:"statutory"`
}

type itemLevelRow struct {
	bun.BaseModel `bun:"table:learning_item_levels,alias:l"`

	Item       string `bun:"item,pk"`
	Competence string `bun:"competence,pk"`
	Level      int    `bun:"level"`
}

type itemRaiseRow struct {
	bun.BaseModel `bun:"table:learning_item_raises,alias:r"`

	Item       string `bun:"item,pk"`
	Competence string `bun:"competence,pk"`
	From       int    `bun:"from_level"`
	To         int    `bun:"to_level"`
}

func newItemRow(i competences.LearningItem) itemRow {
	starts := convert(i.Starts, func(s competences.Start) string {
		return words(convert(s, calendar.Date.String))
	})
	return itemRow{
		ID: string(i.ID), Title: i.Title, Kind: string(i.Kind), Course: string(i.Course), Scheme: string(i.Scheme), Supplier: i.Supplier, Minutes: i.Minutes, Cents: i.Cents,
		Weeks: i.Weeks, Places: i.Places, Guide: string(i.Guide), Assessor: string(i.Assessor), Starts: strings.Join(starts, "\n"), Until: day(i.Until),
		AfterAll: words(i.After), AfterAny: words(i.AfterAny), Earlier: string(i.Earlier), Statutory: i.Statutory,
	}
}

// item reads a row. Its days were written by newItemRow: any other text is a mistake of ours.
func (r itemRow) item() (competences.LearningItem, error) {
	i := competences.LearningItem{
		ID: competences.ItemID(r.ID), Title: r.Title, Kind: competences.ItemKind(r.Kind), Course: courses.CourseKey(r.Course), Scheme: certificates.SchemeKey(r.Scheme), Supplier: r.Supplier,
		Minutes: r.Minutes, Cents: r.Cents, Weeks: r.Weeks, Places: r.Places, Guide: staff.PersonID(r.Guide), Assessor: staff.PersonID(r.Assessor), Until: calendar.Date(r.Until),
		Earlier: certificates.SchemeKey(r.Earlier), Statutory: r.Statutory,
	}
	if r.AfterAll != "" {
		i.After = fields[competences.ItemID](r.AfterAll)
	}
	if r.AfterAny != "" {
		i.AfterAny = fields[competences.ItemID](r.AfterAny)
	}
	for _, line := range lines(r.Starts) {
		var start competences.Start
		for _, text := range strings.Fields(line) {
			on, err := calendar.Parse(text)
			if err != nil {
				return i, err
			}
			start = append(start, on)
		}
		i.Starts = append(i.Starts, start)
	}
	return i, nil
}

// LearningItems reads everything one can do to learn, in order of key.
func LearningItems(ctx context.Context, q Q) ([]competences.LearningItem, error) {
	var rows []itemRow
	if err := q.NewSelect().Model(&rows).Order("id").Scan(ctx); err != nil {
		return nil, translate(err)
	}
	items := make([]competences.LearningItem, len(rows))
	places := make(map[string]int, len(rows))
	for i, r := range rows {
		var err error
		if items[i], err = r.item(); err != nil {
			return nil, err
		}
		places[r.ID] = i
	}
	var levels []itemLevelRow
	if err := q.NewSelect().Model(&levels).Order("item", "competence").Scan(ctx); err != nil {
		return nil, translate(err)
	}
	for _, l := range levels {
		item := &items[places[l.Item]]
		item.AtLeast = append(item.AtLeast, competences.Attained{Competence: competences.CompetenceID(l.Competence), Level: competences.Level(l.Level)})
	}
	var raises []itemRaiseRow
	if err := q.NewSelect().Model(&raises).Order("item", "competence").Scan(ctx); err != nil {
		return nil, translate(err)
	}
	for _, r := range raises {
		item := &items[places[r.Item]]
		item.Evidences = append(item.Evidences, competences.Raise{Competence: competences.CompetenceID(r.Competence), From: competences.Level(r.From), To: competences.Level(r.To)})
	}
	return items, nil
}

// PutLearningItem writes one thing one can do to learn, in the place of what is there under its key.
func PutLearningItem(ctx context.Context, q Q, i competences.LearningItem) error {
	if err := DeleteLearningItem(ctx, q, i.ID); err != nil && fault.KindOf(err) != fault.NotFound {
		return err
	}
	if err := insert(ctx, q, []itemRow{newItemRow(i)}); err != nil {
		return err
	}
	err := insert(ctx, q, convert(i.AtLeast, func(a competences.Attained) itemLevelRow {
		return itemLevelRow{Item: string(i.ID), Competence: string(a.Competence), Level: int(a.Level)}
	}))
	if err != nil {
		return err
	}
	return insert(ctx, q, convert(i.Evidences, func(r competences.Raise) itemRaiseRow {
		return itemRaiseRow{Item: string(i.ID), Competence: string(r.Competence), From: int(r.From), To: int(r.To)}
	}))
}

// DeleteLearningItem takes an item off the offer; fault.NotFound where it is not there.
func DeleteLearningItem(ctx context.Context, q Q, id competences.ItemID) error {
	for _, model := range []any{(*itemLevelRow)(nil), (*itemRaiseRow)(nil)} {
		if _, err := q.NewDelete().Model(model).Where("item = ?", id).Exec(ctx); err != nil {
			return translate(err)
		}
	}
	res, err := q.NewDelete().Model((*itemRow)(nil)).Where("id = ?", id).Exec(ctx)
	return changed(res, err, notFound)
}
