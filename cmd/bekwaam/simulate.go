package main

import (
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"bekwaam/certificates"
	"bekwaam/certificates/outlook"
	"bekwaam/courses/academy"
	"bekwaam/courses/calendar"
)

// simulate lives through the days between two, as the sweep would each morning, writes nothing and prints what happens.
func (p *program) simulate(ctx context.Context) error {
	return p.withOffice(ctx, func(office *academy.Office) error {
		bar := newProgress(p.stderr)
		s, err := office.Simulate(ctx, shell, academy.SimulationRequest{From: p.From, Until: p.Until, OnTime: p.Renew != renewNever}, func(done, total int) {
			bar.step(done, total, fmt.Sprintf("%d van %d mensen / %[1]d of %[2]d people", done, total))
		})
		if err != nil {
			return err
		}
		return printCalendar(p.stdout, s, p.Renew != renewNever)
	})
}

// What --renew can be.
const (
	renewOnTime = "on-time"
	renewNever  = "never"
)

// stepWords are what people call what happens, of one and of more, in the order in which a day tells it.
var stepWords = []struct {
	kind      certificates.ChangeKind
	one, many string
}{
	{certificates.Opened, "taak erbij", "taken erbij"}, {certificates.Returned, "taak terug", "taken terug"}, {certificates.Moved, "taak met een andere datum", "taken met een andere datum"},
	{certificates.Ended, "taak vervalt", "taken vervallen"}, {outlook.Renewed, "keer gehaald", "keer gehaald"}, {certificates.Lapsed, "certificaat verlopen", "certificaten verlopen"},
}

// counted writes a number with its words.
func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// A tally counts what happens.
type tally struct {
	kinds map[certificates.ChangeKind]int
	mails int
}

func (t *tally) add(d outlook.Day) {
	if t.kinds == nil {
		t.kinds = make(map[certificates.ChangeKind]int)
	}
	for _, s := range d.Steps {
		t.kinds[s.Kind]++
	}
	t.mails += d.Mails
}

// String writes "3 taken erbij, 1 certificaat verlopen, 2 herinneringen".
func (t tally) String() string {
	var parts []string
	for _, w := range stepWords {
		if n := t.kinds[w.kind]; n > 0 {
			parts = append(parts, counted(n, w.one, w.many))
		}
	}
	if t.mails > 0 {
		parts = append(parts, counted(t.mails, "herinnering", "herinneringen"))
	}
	if len(parts) == 0 {
		return "niets"
	}
	return strings.Join(parts, ", ")
}

// printCalendar writes a calendar of what happens: a heading for each month with its totals, and below it each day.
func printCalendar(out io.Writer, s academy.Simulation, onTime bool) error {
	var b strings.Builder
	assumed := "iedereen doet alles op de laatste dag die op tijd is"
	if !onTime {
		assumed = "niemand doet iets"
	}
	fmt.Fprintf(&b, "Naspelen van %s tot en met %s: %s. Er wordt niets opgeslagen. / Simulation, nothing is written.\n", s.From.Dutch(), s.Until.Dutch(), assumed)
	if s.Start < s.Today {
		fmt.Fprintf(&b, "Begonnen met de stand van %s, zoals we die nu kennen: wat daarna gehaald, ingetrokken of besloten is, telt niet mee. Wie er werkt, wat verplicht is en de regelingen zijn zoals ze nu bekend zijn, ook wat later is ingevoerd. Wie gewist is, ontbreekt. / Began with the record as it stood then, as we know it now.\n", s.Start.Dutch())
	}
	b.WriteString("Voorwaarden vooraf tellen niet mee: gerekend is alsof iedereen die al heeft. / Prerequisites do not count.\n")
	var total tally
	months := make(map[string]*tally)
	for _, day := range s.Days {
		month := day.On.String()[:len("2026-11")]
		if months[month] == nil {
			months[month] = &tally{}
		}
		months[month].add(day)
		total.add(day)
	}
	for _, month := range slices.Sorted(maps.Keys(months)) {
		fmt.Fprintf(&b, "\n%s: %s\n", firstOf(month).DutchMonth(), months[month])
		for _, day := range s.Days {
			if strings.HasPrefix(day.On.String(), month) {
				printDay(&b, s, day)
			}
		}
	}
	fmt.Fprintf(&b, "\nSamen: %s.\n", total)
	_, err := io.WriteString(out, b.String())
	return err
}

// firstOf is the first day of a month such as 2026-11.
func firstOf(month string) calendar.Date { return calendar.MustParse(month + "-01") }

// printDay writes what happens on a day, a line for each kind and scheme with who it is about.
func printDay(b *strings.Builder, s academy.Simulation, day outlook.Day) {
	fmt.Fprintf(b, "  %s %s\n", day.On.DutchWeekday()[:2], day.On)
	for _, w := range stepWords {
		who := make(map[certificates.SchemeKey][]string)
		for _, step := range day.Steps {
			if step.Kind == w.kind {
				who[step.Duty.Scheme] = append(who[step.Duty.Scheme], told(step))
			}
		}
		for _, scheme := range slices.Sorted(maps.Keys(who)) {
			fmt.Fprintf(b, "    %s, %s (%s): %s\n", counted(len(who[scheme]), w.one, w.many), s.Title(scheme), scheme, strings.Join(who[scheme], ", "))
		}
	}
	if day.Mails > 0 {
		fmt.Fprintf(b, "    herinnering aan %s\n", counted(day.Mails, "collega", "collega's"))
	}
}

// told writes about whom a step is, and what they must know of it.
func told(s outlook.Step) string {
	switch s.Kind {
	case certificates.Opened, certificates.Returned, certificates.Moved:
		return fmt.Sprintf("%s voor %s", s.Duty.Person, s.Duty.DueOn)
	case outlook.Renewed:
		return fmt.Sprintf("%s (%s)", s.Duty.Person, map[certificates.Path]string{certificates.PathInitial: "volledig", certificates.PathRefresher: "kort"}[s.Path])
	}
	return string(s.Duty.Person)
}
