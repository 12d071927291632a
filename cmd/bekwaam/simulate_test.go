package main

import (
	"strings"
	"testing"

	"bekwaam/courses/store/storetest"
)

func TestASimulationPrintsACalendarAndWritesNothing(t *testing.T) {
	storetest.Blank(t, func(t *testing.T, database string) {
		must(t, "seed", "--database", database)
		before := storetest.Dump(t, database)
		out := must(t, "simulate", "--database", database, "--until", "2028-12-31")
		for _, part := range []string{"van 23 november 2026 tot en met 31 december 2028: iedereen doet alles op de laatste dag", "\ndecember 2026: ", "\ndecember 2028: ", "herinnering aan ", " keer gehaald, Identiteitsvaststelling", "\nSamen: "} {
			if !strings.Contains(out, part) {
				t.Errorf("the calendar lacks %q", part)
			}
		}
		if strings.Contains(out, "certificaten verlopen, Identiteitsvaststelling") {
			t.Error("certificates run out though everybody renews in time")
		}
		never := must(t, "simulate", "--database", database, "--from", "2026-12-01", "--until", "2027-12-31", "--renew", "never")
		if !strings.Contains(never, "niemand doet iets") || strings.Contains(never, "gehaald") || strings.Contains(never, "\nnovember 2026") || !strings.Contains(never, "verlopen") {
			t.Errorf("if nobody does anything:\n%.2000s", never)
		}
		past := must(t, "simulate", "--database", database, "--from", "2026-03-01", "--until", "2026-06-30", "--renew", "never")
		if !strings.Contains(past, "Begonnen met de stand van 1 maart 2026") || !strings.Contains(past, "verlopen") || strings.Contains(past, "\nnovember 2026") {
			t.Errorf("from a day that has been:\n%.2000s", past)
		}
		if after := storetest.Dump(t, database); after != before {
			t.Error("a simulation changed the database")
		}
	})
}

func TestASimulationRefusesDaysThatMakeNoSense(t *testing.T) {
	database := filled(t)
	for _, args := range [][]string{
		{"--until", "2026-01-01"}, {"--from", "1926-01-01", "--until", "2027-01-01"}, {"--from", "2027-02-01", "--until", "2027-01-01"},
		{"--until", "2026-02-30"}, {"--until", "2027-01-01", "--renew", "later"}, {},
	} {
		if _, _, err := bekwaam(t, append([]string{"simulate", "--database", database}, args...)...); err == nil {
			t.Errorf("%v is accepted", args)
		}
	}
}
