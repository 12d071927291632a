package academy_test

import (
	"regexp"
	"strings"
	"testing"

	"bekwaam/certificates"
	"bekwaam/courses/academy"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
	"bekwaam/courses/store/storetest"
)

// leave lets EEF and OTTO of HR do and undergo all kinds of things before they leave on 31 March. It is 1 June afterwards.
func (s *scene) leave() (code certificates.Token) {
	s.t.Helper()
	s.addEvidence()
	s.must(s.Hire(ctx, staff.Actor{}, academy.Workforce{
		People:       []staff.Person{{ID: "OTTO", First: "Otto", Last: "Zwaan", Email: "otto@gemeente.example"}},
		Employments:  []staff.Employment{{Person: "OTTO", Number: 1, Team: "T2", Role: "R3", From: date("2020-01-01"), Until: date("2026-03-31")}},
		Designations: []staff.Designation{{Person: "OTTO", Kind: staff.WorkplaceAssessor}},
	}, true))
	otto, eef, eva := s.as("OTTO"), s.as("EEF"), s.as("EVA")
	s.must(s.FinishLesson(ctx, eef, store.VersionID{Course: "BALIE", Number: 1}, 1))
	s.take(eef, "BALIE", right)
	s.take(eef, "LOS", wrong)
	held, err := s.Certificates(ctx, eef, "EEF")
	s.must(err)
	sent := s.submit(eef, claimOf("EEF"))
	_, err = s.JudgeEvidence(ctx, otto, sent.ID, certificates.Accept, "")
	s.must(err)
	own := s.submit(eva, claimOf("EVA"))
	_, err = s.JudgeEvidence(ctx, otto, own.ID, certificates.AskBack, "Vraag het na bij Eef Bos.")
	s.must(err)
	_, _, err = s.HandInObservation(ctx, otto, skillOf("EVA"))
	s.must(err)
	_, err = s.AddRequirement(ctx, s.as("PEN"), certificates.Requirement{Scheme: "BALIE", SubjectKind: certificates.ForPerson, Subject: "EEF", Since: date("2026-01-15")})
	s.must(err)
	s.decide("OTTO", about(certificates.Extension, "", "2026-02-20"))
	s.decide("PEN", certificates.Decision{Kind: certificates.Absence, Person: "EEF", From: date("2026-02-01"), Until: date("2026-02-10")})
	_, err = s.Decisions(ctx, otto, "EEF")
	s.must(err)
	s.upload(otto, "Naam;Diploma;Behaald\nEef Bos;DIPLOMA;01-02-2025\n")
	_, err = s.IssueToken(ctx, otto, "OTTO", 1e12)
	s.must(err)
	for _, day := range []string{"2026-02-23", "2026-03-09", "2026-03-30", "2026-06-01"} {
		s.clock.set(day, "06:00")
		s.sweep(academy.SweepRequest{Confirm: true})
	}
	return held[0].Token
}

// gone checks that no column of any table knows somebody: their name, or their number in capitals or small letters.
func (s *scene) gone(name string, number staff.PersonID) {
	s.t.Helper()
	known := regexp.MustCompile(regexp.QuoteMeta(name) + `|\b(` + string(number) + `|` + strings.ToLower(string(number)) + `)\b`)
	for line := range strings.Lines(s.dump()) {
		if known.MatchString(line) {
			s.t.Errorf("still there: %s", line)
		}
	}
}

// erase erases somebody, by two people.
func (s *scene) erase(person staff.PersonID) {
	s.t.Helper()
	asked, err := s.RequestErasure(ctx, s.as("PEN"), person)
	s.must(err)
	s.must(s.ConfirmErasure(ctx, s.as("PIM"), asked.ID))
}

func TestAfterAnErasureNothingKnowsThePerson(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		code := s.leave()
		pen := s.as("PEN")
		equal(t, "the certificate before", s.verdict(string(code)), certificates.Valid)
		then := func() int {
			report, err := s.Compliance(ctx, pen, date("2026-02-15"), "T1")
			s.must(err)
			return len(report.Standings)
		}
		people := then()
		entries := s.lines("audit")
		if n := storetest.Lines(t, storetest.Raw(t, s.address), "SELECT COUNT(*) FROM outbox WHERE person <> 'EEF' AND plain LIKE '%Eef Bos%'"); n[0] == "0" {
			t.Error("nobody else was told of Eef: the test shows nothing")
		}
		shown, err := s.Erasable(ctx, pen, "EEF")
		s.must(err)
		for _, trace := range []academy.Trace{academy.TraceLearning, academy.TraceEvidence, academy.TraceCertificates, academy.TraceDuties, academy.TraceMessages, academy.TraceLooks, academy.TraceWork, academy.TraceAccount} {
			if shown.Rows[trace] == 0 {
				t.Errorf("the page says that nothing of %s would go", trace)
			}
		}
		s.erase("EEF")
		s.gone("Eef Bos", "EEF")
		equal(t, "what a report of a past day tells", then() < people, true)
		s.erase("OTTO")
		s.gone("Otto Zwaan", "OTTO")
		s.gone("otto@gemeente.example", "OTTO")
		if got := s.lines("audit"); got <= entries {
			t.Errorf("the trail has %d entries, it had %d", got, entries)
		}
		equal(t, "who judged, by a pseudonym", s.lines("submissions", "judged_by=gewist-", "person=EVA"), 1)
		_, err = s.Verify(ctx, string(code))
		refuses(t, err, fault.NotFound, "")
		_, err = s.TasksOn(ctx, pen, "EEF", date("2026-02-15"), "")
		refuses(t, err, fault.NotFound, "")
		all, err := s.Erasures(ctx, pen)
		s.must(err)
		equal(t, "done", len(all.Done), 2)
		equal(t, "waiting", len(all.Waiting), 0)
		s.sweep(academy.SweepRequest{})
	})
}

func TestErasingTakesTwoPeopleAndSomebodyWhoLeft(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.leave()
		pen, pim := s.as("PEN"), s.as("PIM")
		for _, tt := range []struct {
			who    staff.Actor
			person staff.PersonID
			kind   fault.Kind
			reason string
		}{
			{s.as("LEA"), "EEF", fault.Forbidden, ""},
			{s.as("EVA"), "EVA", fault.Forbidden, "self_approval"},
			{pen, "PEN", fault.Forbidden, "self_approval"},
			{pen, "EVA", fault.Conflict, "still_here"},
			{pen, "NOBODY", fault.NotFound, ""},
		} {
			_, err := s.RequestErasure(ctx, tt.who, tt.person)
			refuses(t, err, tt.kind, tt.reason)
		}
		asked, err := s.RequestErasure(ctx, pen, "EEF")
		s.must(err)
		again, err := s.RequestErasure(ctx, pim, "EEF")
		s.must(err)
		equal(t, "asked twice", again.ID, asked.ID)
		refuses(t, s.ConfirmErasure(ctx, pen, asked.ID), fault.Forbidden, "self_approval")
		refuses(t, s.ConfirmErasure(ctx, s.as("LEA"), asked.ID), fault.Forbidden, "")
		s.must(s.WithdrawErasure(ctx, pim, asked.ID))
		refuses(t, s.ConfirmErasure(ctx, pim, asked.ID), fault.NotFound, "")
		asked, err = s.RequestErasure(ctx, pen, "EEF")
		s.must(err)
		s.must(s.Hire(ctx, staff.Actor{}, academy.Workforce{Employments: []staff.Employment{{Person: "EEF", Number: 2, Team: "T1", Role: "R1", From: date("2026-07-01")}}}, true))
		refuses(t, s.ConfirmErasure(ctx, pim, asked.ID), fault.Conflict, "still_here")
	})
}

func TestTheTrailLetsNobodyElseIn(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.leave()
		asked, err := s.RequestErasure(ctx, s.as("PEN"), "EEF")
		s.must(err)
		raw := storetest.Raw(t, s.address)
		for _, statement := range []string{
			"UPDATE audit SET subject = '" + string(asked.Pseudonym) + "' WHERE subject = 'EEF'",
			"UPDATE audit SET actor = 'EVA' WHERE actor = 'EEF'",
			"UPDATE audit SET act = 'nothing'",
			"DELETE FROM audit",
		} {
			if _, err := raw.Exec(statement); err == nil || !strings.Contains(err.Error(), "append only") {
				t.Errorf("%s: got %v", statement, err)
			}
		}
	})
}

func TestTheSweepErasesWhoLeftLongAgo(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.leave()
		pen := s.as("PEN")
		s.clock.set("2028-03-31", "06:00")
		s.sweep(academy.SweepRequest{DryRun: true, On: date("2028-03-31")})
		s.sweep(academy.SweepRequest{Confirm: true})
		equal(t, "people on the last day", s.lines("people", "id=EEF"), 1)
		s.must(s.SetRetention(ctx, pen, academy.Retention{Class: academy.Leavers, Basis: "Selectielijst 2020"}))
		s.clock.set("2028-04-01", "06:00")
		s.sweep(academy.SweepRequest{Confirm: true})
		equal(t, "people where all are kept", s.lines("people", "id=EEF"), 1)
		s.must(s.SetRetention(ctx, pen, academy.Retention{Class: academy.Leavers, Months: 24}))
		s.sweep(academy.SweepRequest{Confirm: true})
		equal(t, "people before somebody else confirmed it", s.lines("people", "id=EEF"), 1)
		s.must(s.ConfirmRetention(ctx, s.as("PIM"), academy.Leavers, 24))
		s.sweep(academy.SweepRequest{Confirm: true})
		s.gone("Eef Bos", "EEF")
		s.gone("Otto Zwaan", "OTTO")
		equal(t, "erased", s.lines("erasures", "requested_by= "), 2)
		if log := s.log.String(); !strings.Contains(log, "people=2") || s.logs("EEF") || s.logs("Eef") {
			t.Errorf("the log tells more, or less, than how many: %s", log)
		}
	})
}

// A last day long ago that somebody writes down today erases nobody tomorrow: nobody erases alone.
func TestSomebodyIsKeptFromTheDayTheirLastDayWasNoted(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		pen := s.as("PEN")
		s.clock.set("2030-01-15", "12:00")
		var lines strings.Builder
		for _, e := range storetest.Lines(t, storetest.Raw(t, s.address), "SELECT t.name || ';' || r.name || ';' || SUBSTR(CAST(e.from_on AS TEXT), 1, 10) FROM employments AS e JOIN teams AS t ON t.id = e.team JOIN roles AS r ON r.id = e.role WHERE e.person = 'EVA'") {
			lines.WriteString("EVA;;;" + e + ";10-01-2027\n")
		}
		list, err := s.TakeInPeople(ctx, pen, academy.PeopleRequest{Content: []byte("Medewerker;Roepnaam;Achternaam;Team;Functie;Vanaf;Datum uit dienst\n" + lines.String())})
		s.must(err)
		equal(t, "left", list.Count(academy.PersonLeft), 1)
		for _, tt := range []struct {
			day  string
			want int
		}{{"2030-01-16", 1}, {"2032-01-15", 1}, {"2032-01-16", 0}} { // 24 months after it was noted
			s.clock.set(tt.day, "06:00")
			s.sweep(academy.SweepRequest{Confirm: true})
			equal(t, "people on "+tt.day, s.lines("people", "id=EVA"), tt.want)
		}
	})
}

func TestDocumentsAreForgottenSomeTimeAfterWhatTheyGaveEnded(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		pim := s.addEvidence()
		eva, xan := s.as("EVA"), s.as("XAN")
		sent := s.submit(eva, claimOf("EVA")) // gives a year
		_, err := s.JudgeEvidence(ctx, pim, sent.ID, certificates.Accept, "")
		s.must(err)
		waits := claimOf("XAN")
		waits.Document = picture(2)
		s.submit(xan, waits)
		for _, tt := range []struct {
			day  string
			want int
		}{{"2029-01-09", 2}, {"2029-01-11", 1}} {
			s.clock.set(tt.day, "06:00")
			s.sweep(academy.SweepRequest{Confirm: true})
			equal(t, "documents on "+tt.day, s.lines("files"), tt.want)
		}
		all, err := s.SubmissionsOf(ctx, pim, "EVA")
		s.must(err)
		if all[0].State() != certificates.SubmissionAccepted || all[0].KeepsDocument() {
			t.Errorf("got %+v", all[0])
		}
	})
}

func TestDocumentsAreKeptShorterOnlyByTwo(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		pim := s.addEvidence()
		pen := s.as("PEN")
		sent := s.submit(s.as("EVA"), claimOf("EVA")) // gives a year
		_, err := s.JudgeEvidence(ctx, pim, sent.ID, certificates.Accept, "")
		s.must(err)
		s.clock.set("2027-06-01", "06:00")
		s.must(s.SetRetention(ctx, pen, academy.Retention{Class: academy.Documents, Months: 1}))
		waiting, err := s.WaitingRetentions(ctx, pim)
		s.must(err)
		equal(t, "requests that wait", len(waiting), 1)
		equal(t, "documents that would go", waiting[0].Documents, 1)
		s.sweep(academy.SweepRequest{Confirm: true})
		equal(t, "documents before a second confirmed", s.lines("files"), 1)
		refuses(t, s.ConfirmRetention(ctx, pen, academy.Documents, 1), fault.Forbidden, "self_approval")
		refuses(t, s.ConfirmRetention(ctx, pim, academy.Leavers, 1), fault.NotFound, "")
		s.must(s.ConfirmRetention(ctx, pim, academy.Documents, 1))
		s.sweep(academy.SweepRequest{Confirm: true})
		equal(t, "documents", s.lines("files"), 0)
	})
}

func TestRetentionIsForHRAndAdministrators(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		_, err := s.Retentions(ctx, s.as("LEA"))
		refuses(t, err, fault.Forbidden, "")
		refuses(t, s.SetRetention(ctx, s.as("LEA"), academy.Retention{Class: academy.Leavers, Months: 1}), fault.Forbidden, "")
		pen := s.as("PEN")
		refuses(t, s.SetRetention(ctx, pen, academy.Retention{Class: "answers", Months: -1}), fault.Invalid, "retention")
		all, err := s.Retentions(ctx, pen)
		s.must(err)
		equal(t, "leavers", all[0], academy.Retention{Class: academy.Leavers, Months: 24})
	})
}

func TestPeopleAreKeptShorterOnlyByTwo(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.leave()
		pen, pim := s.as("PEN"), s.as("PIM")
		keep := func(who staff.Actor, months int) {
			t.Helper()
			s.must(s.SetRetention(ctx, who, academy.Retention{Class: academy.Leavers, Months: months}))
		}
		kept := func(want int) {
			t.Helper()
			all, err := s.Retentions(ctx, pen)
			s.must(err)
			equal(t, "months", all[0].Months, want)
		}
		refuses(t, s.ConfirmRetention(ctx, pim, academy.Leavers, 1), fault.NotFound, "")
		refuses(t, s.WithdrawRetention(ctx, pim, academy.Leavers), fault.NotFound, "")
		keep(pen, 1)
		kept(24)
		all, err := s.WaitingRetentions(ctx, pim)
		s.must(err)
		equal(t, "requests that wait", len(all), 1)
		if w := all[0]; w.Months != 1 || w.RequestedBy != "PEN" || len(w.Erased) != 2 || w.Erased[0].Name == "" || w.Erased[0].LastDay != date("2026-03-31") {
			t.Fatalf("got %+v", w)
		}
		s.sweep(academy.SweepRequest{Confirm: true})
		equal(t, "people before a second confirmed", s.lines("people", "id=EEF"), 1)
		_, err = s.WaitingRetentions(ctx, s.as("LEA"))
		refuses(t, err, fault.Forbidden, "")
		refuses(t, s.ConfirmRetention(ctx, s.as("LEA"), academy.Leavers, 1), fault.Forbidden, "")
		refuses(t, s.WithdrawRetention(ctx, s.as("LEA"), academy.Leavers), fault.Forbidden, "")
		refuses(t, s.ConfirmRetention(ctx, pen, academy.Leavers, 1), fault.Forbidden, "self_approval")
		keep(pim, 1) // asks the same: it stays what PEN asked
		refuses(t, s.ConfirmRetention(ctx, pen, academy.Leavers, 1), fault.Forbidden, "self_approval")
		keep(pen, 2) // another than PIM saw
		refuses(t, s.ConfirmRetention(ctx, pim, academy.Leavers, 1), fault.Conflict, "changed")
		s.must(s.WithdrawRetention(ctx, pim, academy.Leavers))
		refuses(t, s.ConfirmRetention(ctx, pim, academy.Leavers, 2), fault.NotFound, "")
		keep(pen, 2)
		s.must(s.SetRetention(ctx, pim, academy.Retention{Class: academy.Leavers, Months: 24, Basis: "Selectielijst"}, academy.Retention{Class: academy.Documents, Months: 12}))
		keep(pen, 36) // longer at once, and what waited is over
		kept(36)
		refuses(t, s.ConfirmRetention(ctx, pim, academy.Leavers, 2), fault.NotFound, "")
		keep(pen, 1)
		s.must(s.ConfirmRetention(ctx, pim, academy.Leavers, 1))
		kept(1)
		s.sweep(academy.SweepRequest{Confirm: true})
		s.gone("Eef Bos", "EEF")
		equal(t, "requests in the trail", s.lines("audit", "act=retention.requested", "actor=PEN"), 4)
		equal(t, "confirmations in the trail", s.lines("audit", "act=retention.confirmed", "actor=PIM", "object=leavers/1"), 1)
		keep(pen, 0) // for ever
		kept(0)
		keep(pen, 600)
		kept(0)
	})
}
