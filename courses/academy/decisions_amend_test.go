package academy_test

import (
	"strings"
	"testing"

	"bekwaam/certificates"
	"bekwaam/courses/academy"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

func TestAnAbsenceThatIsOverIsCorrected(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.sweep(academy.SweepRequest{}) // EVA's duty is due on 14 February
		decided := s.decide("LEA", about(certificates.Absence, "2026-01-20", "2026-04-30"))
		s.clock.set("2026-05-10", "12:00")
		s.sweep(academy.SweepRequest{})
		eva, pen, lou := s.as("EVA"), s.as("PEN"), s.as("LOU")
		equal(t, "due", s.task(eva, "EVA").DueOn, date("2026-05-31"))
		before := s.facts()
		tried, err := s.TryEndDecision(ctx, pen, decided.ID, date("2026-03-31"))
		s.must(err)
		same(t, "rows after a try", s.facts(), before)
		equal(t, "what it would do", changes(tried), "moved 2026-05-10 BALIE due 2026-05-01")
		equal(t, "may be corrected again", tried.Endable, true)

		refuses(t, second(s.EndDecision(ctx, eva, decided.ID, date("2026-03-31"))), fault.Forbidden, "")
		refuses(t, second(s.EndDecision(ctx, lou, decided.ID, date("2026-03-31"))), fault.NotFound, "")
		refuses(t, second(s.EndDecision(ctx, pen, decided.ID, date("2026-01-19"))), fault.Invalid, "decision")
		same(t, "rows after refusals", s.facts(), before)
		corrected, err := s.EndDecision(ctx, s.as("LEA"), decided.ID, date("2026-03-31"))
		s.must(err)
		equal(t, "what it does", changes(corrected), changes(tried))
		task := s.task(eva, "EVA")
		equal(t, "due again", task.DueOn, date("2026-05-01"))
		equal(t, "late", task.Overdue(), true)
		equal(t, "audit", s.lines("audit", "act=decision.corrected ", "subject=EVA", "actor=LEA", "object="+decided.ID), 1)
		equal(t, "she is told", s.lines("notes", "person=EVA", "Verbeterd: Afwezig van 20 januari 2026 tot en met 31 maart 2026."), 1)

		again, err := s.EndDecision(ctx, s.as("LEA"), decided.ID, date("2026-03-31"))
		s.must(err)
		equal(t, "the same again changes nothing", again.Made, false)
		equal(t, "and is not told twice", s.lines("audit", "act=decision.corrected "), 1)
		away, err := s.EndDecision(ctx, pen, decided.ID, date("2026-06-30")) // still away
		s.must(err)
		equal(t, "what it does", changes(away), "moved 2026-05-10 BALIE due 2026-07-31")
		waiting, err := s.Tasks(ctx, eva, "EVA", academy.DutyPaused)
		s.must(err)
		equal(t, "waits", len(waiting), 1)
	})
}

func TestAnAbsenceTellsWhatWaitsInIt(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.holds("EVA", "2025-06-12") // valid until 11 June 2026, window from 12 April
		s.sweep(academy.SweepRequest{})
		waits := func(d certificates.Decision) string {
			t.Helper()
			tried, err := s.TryDecision(ctx, s.as("LEA"), d)
			s.must(err)
			tried.Changes = tried.Waits
			return changes(tried)
		}
		equal(t, "without an end: what is planned and what ends", waits(about(certificates.Absence, "2026-02-01", "")), "opened 2026-04-12 BALIE due 2026-06-11, lapsed 2026-06-12 BALIE due ")
		equal(t, "back before it opens", waits(about(certificates.Absence, "2026-02-01", "2026-04-11")), "")
		equal(t, "back in time: it keeps its last day", waits(about(certificates.Absence, "2026-04-01", "2026-04-30")), "opened 2026-04-12 BALIE due 2026-06-11")
		tried, err := s.TryDecision(ctx, s.as("LEA"), about(certificates.Absence, "2026-04-01", "2026-07-31"))
		s.must(err)
		equal(t, "what moves", changes(tried), "opened 2026-04-12 BALIE due 2026-08-31")
		equal(t, "past the end of the certificate", tried.Changes[0].Last.ValidUntil, date("2026-06-11"))
		equal(t, "is not told twice", len(tried.Waits), 0)
	})
}

// Whoever may not see a person hears of decisions about them what one hears of decisions that are not there.
func TestADecisionAboutAnotherTeamIsNotThere(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.sweep(academy.SweepRequest{})
		s.holds("EVA", "2025-02-12")
		revoke := about(certificates.Revocation, "2026-02-01", "")
		revoke.Cycle = 1
		revoked := s.decide("PEN", revoke)
		away := s.decide("LEA", about(certificates.Absence, "2026-02-01", ""))
		for _, id := range []string{revoked.ID, away.ID, "NONE"} {
			refuses(t, second(s.UndoDecision(ctx, s.as("LOU"), id)), fault.NotFound, "")
			refuses(t, second(s.EndDecision(ctx, s.as("LOU"), id, date("2026-03-01"))), fault.NotFound, "")
			refuses(t, second(s.UndoDecision(ctx, s.as("EEF"), id)), fault.Forbidden, "")
		}
		refuses(t, second(s.UndoDecision(ctx, s.as("LEA"), revoked.ID)), fault.Forbidden, "")
		about := away.Decision
		about.ID, about.Person = "", "LEA"
		own := s.decide("PEN", about)
		refuses(t, second(s.UndoDecision(ctx, s.as("LEA"), own.ID)), fault.Forbidden, "self_approval")
	})
}

func TestEverythingThatIsWrongWithADecisionIsToldAtOnce(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.sweep(academy.SweepRequest{})
		for kind, want := range map[certificates.DecisionKind]string{
			certificates.Extension: "scheme until reason", certificates.Exemption: "scheme until reason", certificates.Late: "scheme until reason", certificates.Early: "scheme reason", certificates.Revocation: "scheme cycle reason",
		} {
			err := second(s.Decide(ctx, s.as("PEN"), certificates.Decision{Kind: kind, Person: staff.PersonID("EVA")}))
			refuses(t, err, fault.Invalid, "decision")
			var places []string
			for _, f := range fault.Of(err).Fields {
				places = append(places, f.Path)
			}
			equal(t, string(kind), strings.Join(places, " "), want)
		}
	})
}
