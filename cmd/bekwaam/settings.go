package main

import (
	"context"
	"fmt"
	"text/tabwriter"

	"bekwaam/certificates"
	"bekwaam/courses/academy"
	"bekwaam/courses/fault"
	"bekwaam/courses/store"
)

var notBegun = fault.New(fault.NotFound, "Deze installatie is nog niet begonnen. Maak eerst een beheerder met bekwaam admin create.", "This installation has not begun. Make an administrator first, with bekwaam admin create.")

// settings changes the settings that the options name, and shows them all.
func (p *program) settings(ctx context.Context) error {
	if p.NoSignatory && p.Signatory != (certificates.Signatory{}) {
		return usage.At("--no-signatory", "noem iemand of niemand, niet allebei", "name somebody or nobody, not both")
	}
	return p.withOffice(ctx, func(office *academy.Office) error {
		ask := academy.SettingsRequest{Municipality: p.Municipality, Department: p.Department, Signatory: p.Signatory, NoSignatory: p.NoSignatory}
		if ask != (academy.SettingsRequest{}) {
			if err := office.ChangeSettings(ctx, shell, ask); err != nil {
				return begun(err)
			}
		}
		i, err := office.Installation(ctx)
		if err != nil {
			return begun(err)
		}
		return p.printSettings(i)
	})
}

// begun explains why there are no settings.
func begun(err error) error {
	if fault.KindOf(err) == fault.NotFound {
		return notBegun
	}
	return err
}

func (p *program) printSettings(i store.Installation) error {
	signatory := "niemand / nobody"
	if i.Signatory.Name != "" {
		signatory = i.Signatory.Name + ", " + i.Signatory.Function
	}
	table := tabwriter.NewWriter(p.stdout, 0, 0, 2, ' ', 0)
	for _, line := range [][2]string{
		{"gemeente / municipality", i.Municipality}, {"afdeling / department", i.Department}, {"certificaatnummers / certificate numbers", i.NumberPrefix + "-…"}, {"ondertekenaar / signatory", signatory},
	} {
		fmt.Fprintf(table, "%s\t%s\n", line[0], line[1])
	}
	return table.Flush()
}
