package store

import (
	"context"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/calendar"
	"bekwaam/courses/changes"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

type changeRow struct {
	bun.BaseModel `bun:"table:changes,alias:c"`

	ID            string    `bun:"id,pk"`
	Title         string    `bun:"title"`
	Kind          string    `bun:"kind"`
	Origins       string    `bun:"origins"`
	Source        string    `bun:"source"`
	EffectiveOn   day       `bun:"effective_on,nullzero"`
	Certainty     string    `bun:"certainty"`
	Phase         string    `bun:"phase"`
	Holder        string    `bun:"holder"`
	Deputy        string    `bun:"deputy"`
	Chance        string    `bun:"chance"`
	Risk          string    `bun:"risk"`
	Buffer        int       `bun:"buffer_days"`
	RetrainBefore day       `bun:"retrain_before,nullzero"`
	Gate          int       `bun:"gate"`
	Urgent        bool      `bun:"urgent"`
	Version       int       `bun:"version"`
	DraftedBy     string    `bun:"drafted_by"`
	DraftedAt     time.Time `bun:"drafted_at"`
	PublishedBy   string    `bun:"published_by"`
	PublishedAt   time.Time `bun:"published_at,nullzero"`
	SeenBy        string    `bun:"seen_by"`
	SeenAt        time.Time `bun:"seen_at,nullzero"`
	LiveBy        string    `bun:"live_by"`
	LiveAt        time.Time `bun:"live_at,nullzero"`
	WithdrawnBy   string    `bun:"withdrawn_by"`
	WithdrawnAt   time.Time `bun:"withdrawn_at,nullzero"`
	Withdrawal    string    `bun:"withdrawal"`
}

func (r changeRow) change() changes.Change {
	return changes.Change{
		ID: changes.ID(r.ID), Title: r.Title, Kind: changes.Kind(r.Kind), Origins: fields[changes.Origin](r.Origins), Source: r.Source, EffectiveOn: calendar.Date(r.EffectiveOn),
		Certainty: changes.Certainty(r.Certainty), Phase: changes.Phase(r.Phase), Holder: staff.PersonID(r.Holder), Deputy: staff.PersonID(r.Deputy), Chance: r.Chance, Risk: r.Risk,
		Buffer: r.Buffer, RetrainBefore: calendar.Date(r.RetrainBefore), Gate: r.Gate, Urgent: r.Urgent, Version: r.Version, DraftedBy: staff.PersonID(r.DraftedBy), DraftedAt: r.DraftedAt.UTC(),
		PublishedBy: staff.PersonID(r.PublishedBy), PublishedAt: instant(r.PublishedAt), WithdrawnBy: staff.PersonID(r.WithdrawnBy), WithdrawnAt: instant(r.WithdrawnAt), Withdrawal: r.Withdrawal,
		SeenBy: staff.PersonID(r.SeenBy), SeenAt: instant(r.SeenAt), LiveBy: staff.PersonID(r.LiveBy), LiveAt: instant(r.LiveAt),
	}
}

func newChangeRow(c changes.Change) changeRow {
	return changeRow{
		ID: string(c.ID), Title: c.Title, Kind: string(c.Kind), Origins: words(c.Origins), Source: c.Source, EffectiveOn: day(c.EffectiveOn), Certainty: string(c.Certainty), Phase: string(c.Phase),
		Holder: string(c.Holder), Deputy: string(c.Deputy), Chance: c.Chance, Risk: c.Risk, Buffer: c.Buffer, RetrainBefore: day(c.RetrainBefore), Gate: c.Gate, Urgent: c.Urgent, Version: c.Version,
		DraftedBy: string(c.DraftedBy), DraftedAt: c.DraftedAt, PublishedBy: string(c.PublishedBy), PublishedAt: c.PublishedAt, WithdrawnBy: string(c.WithdrawnBy), WithdrawnAt: c.WithdrawnAt, Withdrawal: c.Withdrawal,
		SeenBy: string(c.SeenBy), SeenAt: c.SeenAt, LiveBy: string(c.LiveBy), LiveAt: c.LiveAt,
	}
}

type touchRow struct {
	bun.BaseModel `bun:"table:change_touches,alias:t"`

	Change  string `bun:"change,pk"`
	Kind    string `bun:"kind,pk"`
	Place   int    `bun:"place,pk"`
	Subject string `bun:"subject"`
}

// newTouchRows makes rows of everything that a change touches.
func newTouchRows(c changes.Change) []touchRow {
	var rows []touchRow
	add := func(kind string, subjects []string) {
		for i, s := range subjects {
			rows = append(rows, touchRow{Change: string(c.ID), Kind: kind, Place: i, Subject: s})
		}
	}
	t := c.Touches
	add("role", texts(t.Roles))
	add("process", texts(t.Processes))
	add("application", t.Applications)
	add("course", texts(t.Courses))
	add("scheme", texts(t.Schemes))
	add("article", texts(t.Articles))
	add("other", t.Others)
	return rows
}

func texts[T ~string](values []T) []string {
	return convert(values, func(v T) string { return string(v) })
}

// touch adds what a row says to what a change touches.
func (r touchRow) touch(t *changes.Touches) {
	switch r.Kind {
	case "role":
		t.Roles = append(t.Roles, staff.RoleID(r.Subject))
	case "process":
		t.Processes = append(t.Processes, staff.ActivityID(r.Subject))
	case "application":
		t.Applications = append(t.Applications, r.Subject)
	case "course":
		t.Courses = append(t.Courses, courses.CourseKey(r.Subject))
	case "scheme":
		t.Schemes = append(t.Schemes, certificates.SchemeKey(r.Subject))
	case "article":
		t.Articles = append(t.Articles, changes.ArticleID(r.Subject))
	case "other":
		t.Others = append(t.Others, r.Subject)
	}
}

type changeVerdictRow struct {
	bun.BaseModel `bun:"table:change_verdicts,alias:v"`

	Change   string `bun:"change,pk"`
	Place    int    `bun:"place,pk"`
	Kind     string `bun:"kind"`
	Roles    string `bun:"roles"`
	Scheme   string `bun:"scheme"`
	Holders  string `bun:"holders"`
	Version  int    `bun:"version"`
	Bulletin string `bun:"bulletin"`
	Starters bool   `bun:"starters"`
	Loses    string `bun:"loses"`
}

func (r changeVerdictRow) verdict() changes.Verdict {
	return changes.Verdict{
		Kind: changes.VerdictKind(r.Kind), Roles: fields[staff.RoleID](r.Roles), Scheme: certificates.SchemeKey(r.Scheme), Holders: certificates.SchemeKey(r.Holders), Version: r.Version,
		Bulletin: changes.BulletinID(r.Bulletin), StartersOnly: r.Starters, LosesFor: fields[staff.ActivityID](r.Loses),
	}
}

// Changes reads every change, in order of key.
func Changes(ctx context.Context, q Q) ([]changes.Change, error) {
	return someChanges(ctx, q, func(query *bun.SelectQuery, _ string) *bun.SelectQuery { return query })
}

// Change reads one change; fault.NotFound where there is none of that key.
func Change(ctx context.Context, q Q, id changes.ID) (changes.Change, error) {
	all, err := someChanges(ctx, q, func(query *bun.SelectQuery, key string) *bun.SelectQuery {
		return query.Where("? = ?", bun.Ident(key), id)
	})
	if err != nil {
		return changes.Change{}, err
	}
	if len(all) == 0 {
		return changes.Change{}, notFound
	}
	return all[0], nil
}

func someChanges(ctx context.Context, q Q, pick func(query *bun.SelectQuery, key string) *bun.SelectQuery) ([]changes.Change, error) {
	var rows []changeRow
	if err := pick(q.NewSelect().Model(&rows), "id").Order("id").Scan(ctx); err != nil {
		return nil, translate(err)
	}
	all := convert(rows, changeRow.change)
	places := make(map[string]int, len(all))
	for i, c := range all {
		places[string(c.ID)] = i
	}
	var touched []touchRow
	if err := pick(q.NewSelect().Model(&touched), "change").Order("change", "kind", "place").Scan(ctx); err != nil {
		return nil, translate(err)
	}
	for _, r := range touched {
		r.touch(&all[places[r.Change]].Touches)
	}
	var verdicts []changeVerdictRow
	if err := pick(q.NewSelect().Model(&verdicts), "change").Order("change", "place").Scan(ctx); err != nil {
		return nil, translate(err)
	}
	for _, r := range verdicts {
		c := &all[places[r.Change]]
		c.Verdicts = append(c.Verdicts, r.verdict())
	}
	return all, nil
}

var changeOther = fault.New(fault.Conflict, "Iemand heeft deze wijziging intussen veranderd. Bekijk die eerst.", "Somebody changed this in the meantime. Look at it first.").Because("change_changed")

// InsertChange adds a change; fault.Conflict where there is one of that key.
func InsertChange(ctx context.Context, q Q, c changes.Change) error {
	if err := insert(ctx, q, []changeRow{newChangeRow(c)}); err != nil {
		return err
	}
	return insertParts(ctx, q, c)
}

// SaveChange writes a change in the place of a version; fault.Conflict where somebody wrote another in the meantime.
func SaveChange(ctx context.Context, q Q, c changes.Change, version int) error {
	row := newChangeRow(c)
	res, err := q.NewUpdate().Model(&row).WherePK().Where("version = ?", version).Exec(ctx)
	if err := changed(res, err, changeOther); err != nil {
		return err
	}
	for _, model := range []any{(*touchRow)(nil), (*changeVerdictRow)(nil)} {
		if _, err := q.NewDelete().Model(model).Where("change = ?", c.ID).Exec(ctx); err != nil {
			return translate(err)
		}
	}
	return insertParts(ctx, q, c)
}

func insertParts(ctx context.Context, q Q, c changes.Change) error {
	if err := insert(ctx, q, newTouchRows(c)); err != nil {
		return err
	}
	var verdicts []changeVerdictRow
	for i, v := range c.Verdicts {
		verdicts = append(verdicts, changeVerdictRow{
			Change: string(c.ID), Place: i, Kind: string(v.Kind), Roles: words(v.Roles), Scheme: string(v.Scheme), Holders: string(v.Holders), Version: v.Version,
			Bulletin: string(v.Bulletin), Starters: v.StartersOnly, Loses: words(v.LosesFor),
		})
	}
	return insert(ctx, q, verdicts)
}

type changeRequirementRow struct {
	bun.BaseModel `bun:"table:change_requirements,alias:r"`

	Change      string `bun:"change,pk"`
	Requirement string `bun:"requirement,pk"`
}

// InsertChangeRequirements keeps which requirements publishing a change made.
func InsertChangeRequirements(ctx context.Context, q Q, change changes.ID, requirements ...string) error {
	return insert(ctx, q, convert(requirements, func(id string) changeRequirementRow {
		return changeRequirementRow{Change: string(change), Requirement: id}
	}))
}

// ChangeRequirements reads which requirements publishing a change made.
func ChangeRequirements(ctx context.Context, q Q, change changes.ID) ([]string, error) {
	var rows []changeRequirementRow
	err := q.NewSelect().Model(&rows).Where("change = ?", change).Order("requirement").Scan(ctx)
	return convert(rows, func(r changeRequirementRow) string { return r.Requirement }), translate(err)
}

type meaningRow struct {
	bun.BaseModel `bun:"table:change_meanings,alias:m"`

	ID       string    `bun:"id,pk"`
	Change   string    `bun:"change"`
	Team     string    `bun:"team"`
	Text     string    `bun:"text"`
	Decision string    `bun:"decision"`
	By       string    `bun:"said_by"`
	At       time.Time `bun:"said_at"`
}

// Meanings reads what leaders said a change means for us, the newest first.
func Meanings(ctx context.Context, q Q, change changes.ID) ([]changes.Meaning, error) {
	var rows []meaningRow
	err := q.NewSelect().Model(&rows).Where("change = ?", change).Order("said_at DESC", "id").Scan(ctx)
	return convert(rows, func(r meaningRow) changes.Meaning {
		return changes.Meaning{ID: r.ID, Change: changes.ID(r.Change), Team: staff.TeamID(r.Team), Text: r.Text, Decision: r.Decision, By: staff.PersonID(r.By), At: r.At.UTC()}
	}), translate(err)
}

// InsertMeaning adds what a leader says a change means for us.
func InsertMeaning(ctx context.Context, q Q, m changes.Meaning) error {
	return insert(ctx, q, []meaningRow{{ID: m.ID, Change: string(m.Change), Team: string(m.Team), Text: m.Text, Decision: m.Decision, By: string(m.By), At: m.At}})
}

type articleRow struct {
	bun.BaseModel `bun:"table:law_articles,alias:a"`

	ID        string `bun:"id,pk"`
	Source    string `bun:"source"`
	Article   string `bun:"article"`
	Topic     string `bun:"topic"`
	Course    string `bun:"course"`
	Goal      string `bun:"goal"`
	Questions string `bun:"questions"`
	Scheme    string `bun:"scheme"`
	Basis     string `bun:"basis"`
	Change    string `bun:"change"`
}

// Articles reads the law register, in order of key.
func Articles(ctx context.Context, q Q) (changes.Register, error) {
	var rows []articleRow
	err := q.NewSelect().Model(&rows).Order("id").Scan(ctx)
	return convert(rows, func(r articleRow) changes.Article {
		return changes.Article{
			ID: changes.ArticleID(r.ID), Source: r.Source, Article: r.Article, Topic: r.Topic, Course: courses.CourseKey(r.Course), Goal: courses.GoalID(r.Goal),
			Questions: fields[courses.QuestionID](r.Questions), Scheme: certificates.SchemeKey(r.Scheme), Basis: changes.Basis(r.Basis), Change: changes.ID(r.Change),
		}
	}), translate(err)
}

// InsertArticles adds lines to the law register.
func InsertArticles(ctx context.Context, q Q, articles changes.Register) error {
	return insert(ctx, q, convert(articles, func(a changes.Article) articleRow {
		return articleRow{
			ID: string(a.ID), Source: a.Source, Article: a.Article, Topic: a.Topic, Course: string(a.Course), Goal: string(a.Goal), Questions: words(a.Questions),
			Scheme: string(a.Scheme), Basis: string(a.Basis), Change: strings.TrimSpace(string(a.Change)),
		}
	}))
}
