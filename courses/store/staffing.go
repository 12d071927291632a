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
	bun.BaseModel `bun:"table:process_terms,alias:p"`

	Process     string    `bun:"process,pk"`
	Version     int       `bun:"version,pk"`
	From        day       `bun:"from_on,nullzero"`
	Cluster     string    `bun:"cluster"`
	Owner       string    `bun:"owner"`
	PoolMinimum int       `bun:"pool_minimum"`
	Shortage    string    `bun:"shortage"`
	FourEyes    string    `bun:"four_eyes"`
	Why         string    `bun:"why"`
	WrittenBy   string    `bun:"written_by"`
	WrittenAt   time.Time `bun:"written_at,nullzero"`
}

type processSchemeRow struct {
	bun.BaseModel `bun:"table:process_term_schemes,alias:s"`

	Process string `bun:"process,pk"`
	Version int    `bun:"version,pk"`
	OneOf   bool   `bun:"one_of,pk"`
	Scheme  string `bun:"scheme,pk"`
	Place   int    `bun:"place"`
}

type processWindowRow struct {
	bun.BaseModel `bun:"table:process_term_windows,alias:w"`

	Process string `bun:"process,pk"`
	Version int    `bun:"version,pk"`
	Place   int    `bun:"place,pk"`
	Days    string `bun:"days"`
	Starts  int    `bun:"starts"`
	Ends    int    `bun:"ends"`
	Minimum int    `bun:"minimum"`
	Note    string `bun:"note"`
}

// Written is who wrote a version, when and why. Of the oldest versions nobody knows.
type Written struct {
	By  staff.PersonID
	At  time.Time
	Why string
}

// A ProcessVersion is what a process asks from a day on.
type ProcessVersion struct {
	staffing.Process
	Written
}

// Processes reads every process as it is on a day, with what it asks later, in order of key. Of one that nobody said more of
// there are its name and roles.
func Processes(ctx context.Context, q Q, on calendar.Date) ([]staffing.Process, error) {
	activities, err := Activities(ctx, q)
	if err != nil {
		return nil, err
	}
	written, err := ProcessVersions(ctx, q, "")
	if err != nil {
		return nil, err
	}
	versions := make(map[staff.ActivityID][]staffing.Process)
	for _, v := range written {
		versions[v.ID] = append(versions[v.ID], v.Process)
	}
	var processes []staffing.Process
	for _, a := range activities {
		if a.Kind == staff.Process {
			processes = append(processes, staffing.Holding(a, versions[a.ID], on))
		}
	}
	return processes, nil
}

// ProcessVersions reads every version of what a process asks, or of all of them, in order of process and version. Their names
// and roles are not there.
func ProcessVersions(ctx context.Context, q Q, process staff.ActivityID) ([]ProcessVersion, error) {
	of := func(s *bun.SelectQuery) *bun.SelectQuery {
		if process == "" {
			return s
		}
		return s.Where("process = ?", process)
	}
	var rows []processRow
	if err := of(q.NewSelect().Model(&rows)).Order("process", "version").Scan(ctx); err != nil {
		return nil, translate(err)
	}
	type key struct {
		process string
		version int
	}
	places := make(map[key]int)
	versions := make([]ProcessVersion, len(rows))
	for i, r := range rows {
		places[key{r.Process, r.Version}] = i
		versions[i] = ProcessVersion{staffing.Process{
			Activity: staff.Activity{ID: staff.ActivityID(r.Process), Kind: staff.Process}, Version: r.Version, From: calendar.Date(r.From), Cluster: r.Cluster,
			Owner: staff.PersonID(r.Owner), PoolMinimum: r.PoolMinimum, Shortage: r.Shortage, FourEyes: r.FourEyes,
		}, Written{staff.PersonID(r.WrittenBy), r.WrittenAt.UTC(), r.Why}}
	}
	var schemes []processSchemeRow
	if err := of(q.NewSelect().Model(&schemes)).Order("process", "version", "place").Scan(ctx); err != nil {
		return nil, translate(err)
	}
	for _, r := range schemes {
		v := &versions[places[key{r.Process, r.Version}]]
		if r.OneOf {
			v.OneOf = append(v.OneOf, certificates.SchemeKey(r.Scheme))
		} else {
			v.All = append(v.All, certificates.SchemeKey(r.Scheme))
		}
	}
	var windows []processWindowRow
	if err := of(q.NewSelect().Model(&windows)).Order("process", "version", "place").Scan(ctx); err != nil {
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
		v := &versions[places[key{r.Process, r.Version}]]
		v.Windows = append(v.Windows, w)
	}
	return versions, nil
}

// InsertProcess adds a version of what a process that is there asks, but for its name and roles; fault.Conflict where there is
// one of that number.
func InsertProcess(ctx context.Context, q Q, p staffing.Process, w Written) error {
	row := processRow{
		Process: string(p.ID), Version: p.Version, From: day(p.From), Cluster: p.Cluster, Owner: string(p.Owner), PoolMinimum: p.PoolMinimum, Shortage: p.Shortage,
		FourEyes: p.FourEyes, Why: w.Why, WrittenBy: string(w.By), WrittenAt: w.At,
	}
	if err := insert(ctx, q, []processRow{row}); err != nil {
		return err
	}
	var schemes []processSchemeRow
	for i, key := range p.All {
		schemes = append(schemes, processSchemeRow{Process: string(p.ID), Version: p.Version, Scheme: string(key), Place: i})
	}
	for i, key := range p.OneOf {
		schemes = append(schemes, processSchemeRow{Process: string(p.ID), Version: p.Version, OneOf: true, Scheme: string(key), Place: i})
	}
	if err := insert(ctx, q, schemes); err != nil {
		return err
	}
	var windows []processWindowRow
	for i, w := range p.Windows {
		days := convert(w.Days, func(d time.Weekday) string { return strconv.Itoa(int(d)) })
		windows = append(windows, processWindowRow{Process: string(p.ID), Version: p.Version, Place: i, Days: words(days), Starts: int(w.From), Ends: int(w.To), Minimum: w.Minimum, Note: w.Note})
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
	Deputy    string    `bun:"deputy"`
	Why       string    `bun:"why"`
	WrittenBy string    `bun:"written_by"`
	WrittenAt time.Time `bun:"written_at"`
}

// A ProcedureVersion is how a process is done from a day on.
type ProcedureVersion struct {
	staffing.Procedure
	Written
}

// Procedures reads every version of how a process is done, the first one first.
func Procedures(ctx context.Context, q Q, process staff.ActivityID) ([]ProcedureVersion, error) {
	var rows []procedureRow
	err := q.NewSelect().Model(&rows).Where("process = ?", process).Order("version").Scan(ctx)
	return convert(rows, func(r procedureRow) ProcedureVersion {
		return ProcedureVersion{
			staffing.Procedure{Process: staff.ActivityID(r.Process), Version: r.Version, From: calendar.Date(r.From), Text: r.Text, Holder: staff.PersonID(r.Holder), Deputy: staff.PersonID(r.Deputy)},
			Written{staff.PersonID(r.WrittenBy), r.WrittenAt.UTC(), r.Why},
		}
	}), translate(err)
}

// InsertProcedure adds a version of how a process is done; fault.Conflict where there is one of that number or day.
func InsertProcedure(ctx context.Context, q Q, p staffing.Procedure, w Written) error {
	return insert(ctx, q, []procedureRow{{
		Process: string(p.Process), Version: p.Version, From: day(p.From), Text: p.Text, Holder: string(p.Holder), Deputy: string(p.Deputy), Why: w.Why, WrittenBy: string(w.By), WrittenAt: w.At,
	}})
}

type consentRow struct {
	bun.BaseModel `bun:"table:works_council_consent"`

	ID         int       `bun:"id,pk"`
	GivenOn    day       `bun:"given_on"`
	Reference  string    `bun:"reference"`
	Views      string    `bun:"views"`
	RecordedBy string    `bun:"recorded_by"`
	RecordedAt time.Time `bun:"recorded_at"`
}

// A Consent of the works council to views that follow named people. The zero Consent is none.
type Consent struct {
	On         calendar.Date
	Reference  string // where it is written
	Views      []string
	RecordedBy staff.PersonID
	RecordedAt time.Time
}

// GetConsent reads the consent of the works council; fault.NotFound where there is none.
func GetConsent(ctx context.Context, q Q) (Consent, error) {
	var row consentRow
	err := q.NewSelect().Model(&row).Where("id = 1").Scan(ctx)
	return Consent{calendar.Date(row.GivenOn), row.Reference, strings.Fields(row.Views), staff.PersonID(row.RecordedBy), row.RecordedAt.UTC()}, translate(err)
}

// PutConsent writes the consent of the works council, or takes it away where it is none.
func PutConsent(ctx context.Context, q Q, c Consent) error {
	if _, err := q.NewDelete().Model((*consentRow)(nil)).Where("id = 1").Exec(ctx); err != nil || c.On.IsZero() {
		return translate(err)
	}
	return insert(ctx, q, []consentRow{{ID: 1, GivenOn: day(c.On), Reference: c.Reference, Views: words(c.Views), RecordedBy: string(c.RecordedBy), RecordedAt: c.RecordedAt}})
}
