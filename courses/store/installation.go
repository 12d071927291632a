package store

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"bekwaam/certificates"
)

// A Kind of installation: a demo holds invented people only, a real one none of them.
type Kind string

const (
	Demo Kind = "demo"
	Real Kind = "real"
)

// An Installation is what is known about this one.
type Installation struct {
	Kind         Kind
	Municipality string // "Gemeente Rietwaarde"
	Department   string
	NumberPrefix string // the letters certificate numbers begin with
	Signatory    certificates.Signatory
	Target       int           // which share of what is asked is to be in order, in percents; 0: none
	ClockOffset  time.Duration // how far the office's clock is ahead of real time; zero unless a demo
}

// Issuer is the installation as it issues certificates now.
func (i Installation) Issuer() certificates.Issuer {
	return certificates.Issuer{Municipality: i.Municipality, Department: i.Department, Signatory: i.Signatory}
}

type installationRow struct {
	bun.BaseModel `bun:"table:installation"`

	ID                int    `bun:"id,pk"`
	Kind              string `bun:"kind"`
	Municipality      string `bun:"municipality"`
	Department        string `bun:"department"`
	NumberPrefix      string `bun:"number_prefix"`
	SignatoryName     string `bun:"signatory_name,nullzero"`
	SignatoryFunction string `bun:"signatory_function,nullzero"`
	ClockOffset       int64  `bun:"clock_offset"`
	Target            int    `bun:"target"`
}

// GetInstallation reads it; fault.NotFound where the database is still empty.
func GetInstallation(ctx context.Context, q Q) (Installation, error) {
	var row installationRow
	if err := q.NewSelect().Model(&row).Where("id = 1").Scan(ctx); err != nil {
		return Installation{}, translate(err)
	}
	return Installation{
		Kind: Kind(row.Kind), Municipality: row.Municipality, Department: row.Department, NumberPrefix: row.NumberPrefix,
		Signatory:   certificates.Signatory{Name: row.SignatoryName, Function: row.SignatoryFunction},
		Target:      row.Target,
		ClockOffset: time.Duration(row.ClockOffset) * time.Second,
	}, nil
}

// InsertInstallation begins an installation in an empty database; fault.Conflict where there is one already.
func InsertInstallation(ctx context.Context, q Q, i Installation) error {
	return insert(ctx, q, []installationRow{{
		ID: 1, Kind: string(i.Kind), Municipality: i.Municipality, Department: i.Department, NumberPrefix: i.NumberPrefix,
		SignatoryName: i.Signatory.Name, SignatoryFunction: i.Signatory.Function, ClockOffset: int64(i.ClockOffset / time.Second), Target: i.Target,
	}})
}

// UpdateInstallation writes what may change about it: not its kind, its numbers or its clock.
func UpdateInstallation(ctx context.Context, q Q, i Installation) error {
	row := installationRow{ID: 1, Municipality: i.Municipality, Department: i.Department, SignatoryName: i.Signatory.Name, SignatoryFunction: i.Signatory.Function, Target: i.Target}
	_, err := q.NewUpdate().Model(&row).Column("municipality", "department", "signatory_name", "signatory_function", "target").WherePK().Exec(ctx)
	return translate(err)
}

// SetClockOffset moves the office's clock of a demo.
func SetClockOffset(ctx context.Context, q Q, offset time.Duration) error {
	_, err := q.NewUpdate().Model((*installationRow)(nil)).Set("clock_offset = ?", int64(offset/time.Second)).Where("id = 1 AND kind = 'demo'").Exec(ctx)
	return translate(err)
}
