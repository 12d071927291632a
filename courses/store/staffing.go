package store

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
	"bekwaam/courses/staffing"
	"bekwaam/courses/training"
)

type processRow struct {
	bun.BaseModel `bun:"table:processes,alias:p"`

	Activity    string `bun:"activity,pk"`
	Cluster     string `bun:"cluster"`
	Owner       string `bun:"owner"`
	PoolMinimum int    `bun:"pool_minimum"`
	Shortage    string `bun:"shortage"`
	FourEyes    string `bun:"four_eyes"`
}

type processSchemeRow struct {
	bun.BaseModel `bun:"table:process_schemes,alias:s"`

	Process string `bun:"process,pk"`
	OneOf   bool   `bun:"one_of,pk"`
	Scheme  string `bun:"scheme,pk"`
	Place   int    `bun:"place"`
}

type processWindowRow struct {
	bun.BaseModel `bun:"table:process_windows,alias:w"`

	Process string `bun:"process,pk"`
	Place   int    `bun:"place,pk"`
	Days    string `bun:"days"`
	Starts  int    `bun:"starts"`
	Ends    int    `bun:"ends"`
	Minimum int    `bun:"minimum"`
	Note    string `bun:"note"`
}

// Processes reads every process, in order of key. Of one that nobody said more of there are its name and roles.
func Processes(ctx context.Context, q Q) ([]staffing.Process, error) {
	activities, err := Activities(ctx, q)
	if err != nil {
		return nil, err
	}
	var processes []staffing.Process
	places := make(map[string]int)
	for _, a := range activities {
		if a.Kind == staff.Process {
			places[string(a.ID)] = len(processes)
			processes = append(processes, staffing.Process{Activity: a})
		}
	}
	var rows []processRow
	if err := q.NewSelect().Model(&rows).Scan(ctx); err != nil {
		return nil, translate(err)
	}
	for _, r := range rows {
		p := &processes[places[r.Activity]]
		p.Cluster, p.Owner, p.PoolMinimum, p.Shortage, p.FourEyes = r.Cluster, staff.PersonID(r.Owner), r.PoolMinimum, r.Shortage, r.FourEyes
	}
	var schemes []processSchemeRow
	if err := q.NewSelect().Model(&schemes).Order("process", "place").Scan(ctx); err != nil {
		return nil, translate(err)
	}
	for _, r := range schemes {
		p := &processes[places[r.Process]]
		if r.OneOf {
			p.OneOf = append(p.OneOf, certificates.SchemeKey(r.Scheme))
		} else {
			p.All = append(p.All, certificates.SchemeKey(r.Scheme))
		}
	}
	var windows []processWindowRow
	if err := q.NewSelect().Model(&windows).Order("process", "place").Scan(ctx); err != nil {
		return nil, translate(err)
	}
	for _, r := range windows {
		w := staffing.Window{From: training.Clock(r.Starts), To: training.Clock(r.Ends), Minimum: r.Minimum, Note: r.Note}
		for _, text := range strings.Fields(r.Days) {
			n, err := strconv.Atoi(text)
			if err != nil {
				return nil, fmt.Errorf("process %s: %w", r.Process, err)
			}
			w.Days = append(w.Days, time.Weekday(n))
		}
		p := &processes[places[r.Process]]
		p.Windows = append(p.Windows, w)
	}
	return processes, nil
}

// PutProcess writes what a process that is there asks, but for its name and roles.
func PutProcess(ctx context.Context, q Q, p staffing.Process) error {
	for _, model := range []any{(*processSchemeRow)(nil), (*processWindowRow)(nil)} {
		if _, err := q.NewDelete().Model(model).Where("process = ?", p.ID).Exec(ctx); err != nil {
			return translate(err)
		}
	}
	row := processRow{Activity: string(p.ID), Cluster: p.Cluster, Owner: string(p.Owner), PoolMinimum: p.PoolMinimum, Shortage: p.Shortage, FourEyes: p.FourEyes}
	_, err := q.NewInsert().Model(&row).On("CONFLICT (activity) DO UPDATE").Set("cluster = EXCLUDED.cluster").Set("owner = EXCLUDED.owner").
		Set("pool_minimum = EXCLUDED.pool_minimum").Set("shortage = EXCLUDED.shortage").Set("four_eyes = EXCLUDED.four_eyes").Exec(ctx)
	if err != nil {
		return translate(err)
	}
	var schemes []processSchemeRow
	for i, key := range p.All {
		schemes = append(schemes, processSchemeRow{Process: string(p.ID), Scheme: string(key), Place: i})
	}
	for i, key := range p.OneOf {
		schemes = append(schemes, processSchemeRow{Process: string(p.ID), OneOf: true, Scheme: string(key), Place: i})
	}
	if err := insert(ctx, q, schemes); err != nil {
		return err
	}
	var windows []processWindowRow
	for i, w := range p.Windows {
		days := convert(w.Days, func(d time.Weekday) string { return strconv.Itoa(int(d)) })
		windows = append(windows, processWindowRow{Process: string(p.ID), Place: i, Days: words(days), Starts: int(w.From), Ends: int(w.To), Minimum: w.Minimum, Note: w.Note})
	}
	return insert(ctx, q, windows)
}

type procedureRow struct {
	bun.BaseModel `bun:"table:procedures,alias:p"`

	Process   string    `bun:"process,pk"`
	Version   int       `bun:"version,pk"`
	From      day       `bun:"from_on"`
	Text      string    `bun:"text"`
	Holder    string    `bun:"holder"`
	WrittenBy string    `bun:"written_by"`
	WrittenAt time.Time `bun:"written_at"`
}

// Procedures reads every version of how a process is done, the first one first.
func Procedures(ctx context.Context, q Q, process staff.ActivityID) ([]staffing.Procedure, error) {
	var rows []procedureRow
	err := q.NewSelect().Model(&rows).Where("process = ?", process).Order("version").Scan(ctx)
	return convert(rows, func(r procedureRow) staffing.Procedure {
		return staffing.Procedure{Process: staff.ActivityID(r.Process), Version: r.Version, From: calendar.Date(r.From), Text: r.Text, Holder: staff.PersonID(r.Holder)}
	}), translate(err)
}

// InsertProcedure adds a version of how a process is done; fault.Conflict where there is one of that number or day.
func InsertProcedure(ctx context.Context, q Q, p staffing.Procedure, by staff.PersonID, at time.Time) error {
	return insert(ctx, q, []procedureRow{{Process: string(p.Process), Version: p.Version, From: day(p.From), Text: p.Text, Holder: string(p.Holder), WrittenBy: string(by), WrittenAt: at}})
}

type consentRow struct {
	bun.BaseModel `bun:"table:works_council_consent"`

	ID         int       `bun:"id,pk"`
	GivenOn    day       `bun:"given_on"`
	Reference  string    `bun:"reference"`
	RecordedBy string    `bun:"recorded_by"`
	RecordedAt time.Time `bun:"recorded_at"`
}

// A Consent of the works council to views that follow named people. The zero Consent is none.
type Consent struct {
	On         calendar.Date
	Reference  string // where it is written
	RecordedBy staff.PersonID
	RecordedAt time.Time
}

// GetConsent reads the consent of the works council; fault.NotFound where there is none.
func GetConsent(ctx context.Context, q Q) (Consent, error) {
	var row consentRow
	err := q.NewSelect().Model(&row).Where("id = 1").Scan(ctx)
	return Consent{calendar.Date(row.GivenOn), row.Reference, staff.PersonID(row.RecordedBy), row.RecordedAt.UTC()}, translate(err)
}

// PutConsent writes the consent of the works council, or takes it away where it is none.
func PutConsent(ctx context.Context, q Q, c Consent) error {
	if _, err := q.NewDelete().Model((*consentRow)(nil)).Where("id = 1").Exec(ctx); err != nil || c.On.IsZero() {
		return translate(err)
	}
	return insert(ctx, q, []consentRow{{ID: 1, GivenOn: day(c.On), Reference: c.Reference, RecordedBy: string(c.RecordedBy), RecordedAt: c.RecordedAt}})
}
