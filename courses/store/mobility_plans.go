package store

import (
	"cmp"
	"context"
	"errors"

	"github.com/uptrace/bun"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/competences"
	"bekwaam/courses/fault"
	"bekwaam/courses/mobility"
	"bekwaam/courses/staff"
)

type planRow struct {
	bun.BaseModel `bun:"table:plans,alias:p"`

	ID         string `bun:"id,pk"`
	Person     string `bun:"person"`
	Role       string `bun:"role"`
	Revision   int    `bun:"revision"`
	By         day    `bun:"by_on"`
	PerWeek    int    `bun:"minutes_per_week"`
	Words      string `bun:"words"`
	Guide      string `bun:"guide"`
	Roster     string `bun:"roster"`
	LearnDay   int    `bun:"learn_day"`
	Talks      string `bun:"talks"`
	TalkOn     day    `bun:"talk_on,nullzero"`
	ReturnTill day    `bun:"return_till,nullzero"`
	DraftedBy  string `bun:"drafted_by"`
	DraftedOn  day    `bun:"drafted_on"`
	StoppedOn  day    `bun:"stopped_on,nullzero"`
	StoppedBy  string `bun:"stopped_by"`
	StopWords  string `bun:"stop_words"`
	WentBack   bool   `bun:"went_back"`
	Closed     bool   `bun:"closed"`
}

func newPlanRow(t mobility.Track) planRow {
	phase := t.Phase()
	return planRow{
		ID: t.ID, Person: string(t.Person), Role: string(t.Role), Revision: t.Revision, By: day(t.By), PerWeek: t.PerWeek, Words: t.Words, Guide: string(t.Guide), Roster: t.Roster, LearnDay: t.LearnDay,
		Talks: t.Talks, TalkOn: day(t.TalkOn), WentBack: t.WentBack, ReturnTill: day(t.ReturnTill), DraftedBy: string(t.DraftedBy), DraftedOn: day(t.DraftedOn), StoppedOn: day(t.Stopped), StoppedBy: string(t.StoppedBy), StopWords: t.StopWords,
		Closed: phase == mobility.Stopped || phase == mobility.Done,
	}
}

func (r planRow) track() mobility.Track {
	return mobility.Track{
		ID: r.ID, Person: staff.PersonID(r.Person), Role: staff.RoleID(r.Role), Revision: r.Revision, DraftedBy: staff.PersonID(r.DraftedBy), DraftedOn: calendar.Date(r.DraftedOn),
		Terms: mobility.Terms{
			By: calendar.Date(r.By), PerWeek: r.PerWeek, Words: r.Words, Guide: staff.PersonID(r.Guide), Roster: r.Roster, LearnDay: r.LearnDay, Talks: r.Talks,
			TalkOn: calendar.Date(r.TalkOn), ReturnTill: calendar.Date(r.ReturnTill),
		},
		WentBack: r.WentBack, Stopped: calendar.Date(r.StoppedOn), StoppedBy: staff.PersonID(r.StoppedBy), StopWords: r.StopWords,
	}
}

type planStepRow struct {
	bun.BaseModel `bun:"table:plan_steps,alias:s"`

	Plan      string `bun:"plan,pk"`
	Number    int    `bun:"number,pk"`
	Item      string `bun:"item"`
	Title     string `bun:"title"`
	Owner     string `bun:"owner"`
	From      day    `bun:"from_on"`
	Until     day    `bun:"until_on"`
	Minutes   int    `bun:"minutes"`
	Cents     int    `bun:"cents"`
	Statutory bool   `bun:"statutory"`
	DoneOn    day    `bun:"done_on,nullzero"`
}

func stepRows(t mobility.Track) []planStepRow {
	return convert(t.Steps, func(s mobility.TrackStep) planStepRow {
		return planStepRow{
			Plan: t.ID, Number: s.Number, Item: string(s.Item), Title: s.Title, Owner: string(s.Owner), From: day(s.From), Until: day(s.Until), Minutes: s.Minutes, Cents: s.Cents,
			Statutory: s.Statutory, DoneOn: day(s.DoneOn),
		}
	})
}

func (r planStepRow) step() mobility.TrackStep {
	return mobility.TrackStep{
		Number: r.Number, Item: competences.ItemID(r.Item), Title: r.Title, Owner: staff.PersonID(r.Owner), From: calendar.Date(r.From), Until: calendar.Date(r.Until), Minutes: r.Minutes,
		Cents: r.Cents, Statutory: r.Statutory, DoneOn: calendar.Date(r.DoneOn),
	}
}

type planAskedRow struct {
	bun.BaseModel `bun:"table:plan_asked,alias:a"`

	Plan       string `bun:"plan,pk"`
	Competence string `bun:"competence,pk"`
	Level      int    `bun:"level"`
	Weight     int    `bun:"weight"`
}

type planAgreementRow struct {
	bun.BaseModel `bun:"table:plan_agreements,alias:a"`

	Plan     string `bun:"plan,pk"`
	Revision int    `bun:"revision,pk"`
	Party    string `bun:"party,pk"`
	By       string `bun:"agreed_by"`
	On       day    `bun:"agreed_on"`
}

type planEvaluationRow struct {
	bun.BaseModel `bun:"table:plan_evaluations,alias:e"`

	Plan   string `bun:"plan,pk"`
	Number int    `bun:"number,pk"`
	On     day    `bun:"evaluated_on"`
	By     string `bun:"evaluated_by"`
	Text   string `bun:"text"`
}

// Plan reads one plan.
func Plan(ctx context.Context, q Q, id string) (mobility.Track, error) {
	found, err := plans(ctx, q, "p.id = ?", id)
	if err != nil || len(found) == 0 {
		return mobility.Track{}, cmp.Or(err, error(notFound))
	}
	return found[0], nil
}

// PlanForUpdate reads a plan and keeps others who do the same from going on until the transaction ends.
func PlanForUpdate(ctx context.Context, q Q, id string) (mobility.Track, error) {
	if isPostgres(q.Dialect()) {
		if err := q.NewSelect().Model((*planRow)(nil)).Column("id").Where("id = ?", id).For("UPDATE").Scan(ctx, new(string)); err != nil {
			return mobility.Track{}, translate(err)
		}
	}
	return Plan(ctx, q, id)
}

// PlansOf reads the plans of some people, the newest first.
func PlansOf(ctx context.Context, q Q, people ...staff.PersonID) ([]mobility.Track, error) {
	return plans(ctx, q, "p.person IN (?)", bun.List(people))
}

// Plans reads every plan, the newest first.
func Plans(ctx context.Context, q Q) ([]mobility.Track, error) { return plans(ctx, q, "1 = 1") }

// PlansGuidedBy reads the plans in which somebody helps, the newest first.
func PlansGuidedBy(ctx context.Context, q Q, guide staff.PersonID) ([]mobility.Track, error) {
	return plans(ctx, q, "p.guide = ?", guide)
}

// plans reads plans with all that belongs to them.
func plans(ctx context.Context, q Q, where string, values ...any) ([]mobility.Track, error) {
	var rows []planRow
	if err := q.NewSelect().Model(&rows).Where(where, values...).Order("p.drafted_on DESC", "p.id").Scan(ctx); err != nil || len(rows) == 0 {
		return nil, translate(err)
	}
	tracks, at := convert(rows, planRow.track), make(map[string]int, len(rows))
	ids := make([]string, len(tracks))
	for i, t := range tracks {
		at[t.ID], ids[i] = i, t.ID
	}
	var steps []planStepRow
	var asked []planAskedRow
	var agreements []planAgreementRow
	var evaluations []planEvaluationRow
	var schemes []planSchemeRow
	var returns []planReturnRow
	var pauses []planPauseRow
	var goals []planGoalRow
	for _, part := range []struct {
		rows  any
		order []string
	}{
		{&steps, []string{"plan", "number"}}, {&asked, []string{"plan", "competence"}}, {&agreements, []string{"plan", "agreed_on", "revision", "party"}}, {&evaluations, []string{"plan", "number"}},
		{&schemes, []string{"plan", "scheme"}}, {&returns, []string{"plan", "revision"}}, {&pauses, []string{"plan", "number"}}, {&goals, []string{"plan", "number", "place"}},
	} {
		if err := q.NewSelect().Model(part.rows).Where("plan IN (?)", bun.List(ids)).Order(part.order...).Scan(ctx); err != nil {
			return nil, translate(err)
		}
	}
	for _, r := range steps {
		t := &tracks[at[r.Plan]]
		t.Steps = append(t.Steps, r.step())
	}
	for _, r := range asked {
		t := &tracks[at[r.Plan]]
		t.Asked = append(t.Asked, competences.Required{Competence: competences.CompetenceID(r.Competence), Level: competences.Level(r.Level), Weight: r.Weight})
	}
	for _, r := range agreements {
		t := &tracks[at[r.Plan]]
		t.Agreements = append(t.Agreements, mobility.Agreement{Party: mobility.Party(r.Party), By: staff.PersonID(r.By), On: calendar.Date(r.On), Text: r.Revision})
	}
	for _, r := range evaluations {
		t := &tracks[at[r.Plan]]
		t.Evaluations = append(t.Evaluations, mobility.Evaluation{On: calendar.Date(r.On), By: staff.PersonID(r.By), Text: r.Text})
	}
	for _, r := range schemes {
		t := &tracks[at[r.Plan]]
		t.Needed = append(t.Needed, certificates.SchemeKey(r.Scheme))
	}
	for _, r := range returns {
		t := &tracks[at[r.Plan]]
		t.Returns = append(t.Returns, mobility.Return{Party: mobility.Party(r.Party), By: staff.PersonID(r.By), On: calendar.Date(r.On), Text: r.Revision, Words: r.Words})
	}
	for _, r := range pauses {
		t := &tracks[at[r.Plan]]
		t.Pauses = append(t.Pauses, mobility.Pause{From: calendar.Date(r.From), Until: calendar.Date(r.Until), By: staff.PersonID(r.By), Words: r.Words})
	}
	for _, r := range goals {
		e := &tracks[at[r.Plan]].Evaluations[r.Number-1]
		e.Goals = append(e.Goals, r.goal())
	}
	return tracks, nil
}

var planMoved = fault.New(fault.Conflict, "Het plan is intussen veranderd. Lees het opnieuw.", "The plan has changed meanwhile. Read it again.").Because("plan_changed")

// UpdatePlan writes what a plan says, beside its agreements and evaluations; fault.Conflict where it is not the plan that
// was read, by its revision.
func UpdatePlan(ctx context.Context, q Q, t mobility.Track, read int) error {
	row := newPlanRow(t)
	res, err := q.NewUpdate().Model(&row).WherePK().Where("revision = ?", read).Exec(ctx)
	if err := changed(res, err, planMoved); err != nil {
		return err
	}
	if _, err := q.NewDelete().Model((*planStepRow)(nil)).Where("plan = ?", t.ID).Exec(ctx); err != nil {
		return translate(err)
	}
	return insert(ctx, q, stepRows(t))
}

// FreezePlan keeps what a role asks for a plan.
func FreezePlan(ctx context.Context, q Q, plan string, asked []competences.Required, schemes []certificates.SchemeKey) error {
	if err := insert(ctx, q, convert(schemes, func(s certificates.SchemeKey) planSchemeRow { return planSchemeRow{Plan: plan, Scheme: string(s)} })); err != nil {
		return err
	}
	return insert(ctx, q, convert(asked, func(r competences.Required) planAskedRow {
		return planAskedRow{Plan: plan, Competence: string(r.Competence), Level: int(r.Level), Weight: r.Weight}
	}))
}

var agreedBefore = fault.New(fault.Conflict, "Er is al akkoord gegeven op dit plan.", "This plan was agreed to already.").Because("agreed")

// InsertAgreement adds the yes of a party; fault.Conflict where there is one, or the same person said it for another party.
func InsertAgreement(ctx context.Context, q Q, plan string, a mobility.Agreement) error {
	row := planAgreementRow{Plan: plan, Revision: a.Text, Party: string(a.Party), By: string(a.By), On: day(a.On)}
	_, err := q.NewInsert().Model(&row).Exec(ctx)
	if err = translate(err); errors.Is(err, alreadyThere) {
		return agreedBefore.From(err)
	}
	return err
}

// InsertEvaluation adds how somebody looks back, as the number that it is.
func InsertEvaluation(ctx context.Context, q Q, plan string, number int, e mobility.Evaluation) error {
	row := planEvaluationRow{Plan: plan, Number: number, On: day(e.On), By: string(e.By), Text: e.Text}
	if _, err := q.NewInsert().Model(&row).Exec(ctx); err != nil {
		return translate(err)
	}
	rows := make([]planGoalRow, len(e.Goals))
	for i, g := range e.Goals {
		rows[i] = planGoalRow{
			Plan: plan, Number: number, Place: i + 1, Competence: string(g.Competence), Scheme: string(g.Scheme), Asked: int(g.Asked), Has: int(g.Has), Held: g.Held, Source: string(g.Source), On: day(g.Day),
		}
	}
	return insert(ctx, q, rows)
}
