package academy_test

import (
	"testing"
	"time"

	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/academy"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
	"bekwaam/courses/training"
)

// onConfirmed runs a test where POL confirmed a list that PEN recorded: EVA passed, EEF showed the theory.
func onConfirmed(t *testing.T, test func(t *testing.T, s *scene)) {
	onSession(t, func(t *testing.T, s *scene) {
		s.must(s.Hire(ctx, staff.Actor{}, academy.Workforce{
			People:      []staff.Person{{ID: "POR", First: "Por", Last: "Bos"}},
			Employments: []staff.Employment{{Person: "POR", Number: 1, Team: "T2", Role: "R3", From: date("2020-01-01")}},
		}, true))
		s.enrol("EVA", "EEF")
		s.clock.set("2026-01-20", "14:00")
		s.must(s.RecordAttendance(ctx, s.as("PEN"), "G1", []training.Line{{Person: "EVA", Attendance: training.Present, Result: training.Passed}, {Person: "EEF", Attendance: training.Present, Result: training.Partly, Shown: []int{0}}}))
		_, err := s.ConfirmAttendance(ctx, s.as("POL"), "G1")
		s.must(err)
		test(t, s)
	})
}

// confirmCorrection confirms the correction that waits, as somebody who read it.
func (s *scene) confirmCorrection(who staff.Actor, person staff.PersonID) error {
	s.t.Helper()
	view, err := s.CorrectionsOf(ctx, staff.Actor{Person: "PEN", Functions: []staff.Function{staff.Employee, staff.TrainingOfficer}}, "G1", person)
	s.must(err)
	var made time.Time
	if waits := view.Waiting(); waits != nil {
		made = waits.CorrectedAt
	}
	return s.ConfirmCorrection(ctx, who, "G1", person, made)
}

func TestTwoNamesThatWereSwapped(t *testing.T) {
	onConfirmed(t, func(t *testing.T, s *scene) {
		pen, pol, por := s.as("PEN"), s.as("POL"), s.as("POR")
		evidence := func(person string) int { return s.lines("training_evidence", "person="+person) }
		partly := training.Line{Person: "EVA", Attendance: training.Present, Result: training.Partly, Shown: []int{0}}
		passed := training.Line{Person: "EEF", Attendance: training.Present, Result: training.Passed}
		s.must(s.CorrectAttendance(ctx, pol, "G1", partly, "verwisseld"))
		s.must(s.CorrectAttendance(ctx, pol, "G1", passed, "verwisseld"))
		equal(t, "nothing changes before somebody confirms it", evidence("EVA"), 2)
		refuses(t, s.confirmCorrection(pol, "EVA"), fault.Forbidden, "self_approval")
		s.must(s.confirmCorrection(por, "EVA"))
		s.must(s.confirmCorrection(pen, "EEF"))
		equal(t, "EVA's evidence", evidence("EVA"), 1)
		equal(t, "EEF's evidence", evidence("EEF"), 2)
		equal(t, "told", s.lines("notes", "session-corrected"), 2)
		equal(t, "written down", s.lines("audit", "attendance.correction-confirmed"), 2)
		refuses(t, s.confirmCorrection(por, "EVA"), fault.Conflict, "no_correction")

		eva, err := s.CorrectionsOf(ctx, pen, "G1", "EVA")
		s.must(err)
		equal(t, "EVA's outcome", eva.Participant.Outcome, courses.ComponentsMissing)
		if eva.Revoke == nil || len(eva.Corrections) != 1 || eva.Waiting() != nil || eva.Corrections[0].Was.Result != training.Passed {
			t.Errorf("of EVA: %+v", eva)
		}
		eef, err := s.CorrectionsOf(ctx, pen, "G1", "EEF")
		s.must(err)
		equal(t, "EEF's outcome", eef.Participant.Outcome, courses.Certified)
		if eef.Revoke != nil {
			t.Errorf("of EEF: %+v", eef.Revoke)
		}
		s.must(second(s.Decide(ctx, pen, certificates.Decision{Kind: certificates.Revocation, Person: "EVA", Scheme: "BHV", Cycle: eva.Revoke.Cycle, From: date("2026-01-20"), Reason: "verwisseld"})))
		eva, err = s.CorrectionsOf(ctx, pen, "G1", "EVA")
		s.must(err)
		if eva.Revoke != nil {
			t.Errorf("after the revocation: %+v", eva.Revoke)
		}
		held, err := store.Periods(ctx, s.db.Read(), "EVA", "EEF")
		s.must(err)
		equal(t, "periods", len(held), 2)
	})
}

func TestWhatCannotBeCorrected(t *testing.T) {
	onConfirmed(t, func(t *testing.T, s *scene) {
		pen, pol, lea := s.as("PEN"), s.as("POL"), s.as("LEA")
		before := s.dump()
		absent := training.Line{Person: "EVA", Attendance: training.Absent}
		refuses(t, s.CorrectAttendance(ctx, lea, "G1", absent, "was er niet"), fault.Forbidden, "")
		refuses(t, s.confirmCorrection(lea, "EVA"), fault.Forbidden, "")
		refuses(t, second(s.CorrectionsOf(ctx, lea, "G1", "EVA")), fault.Forbidden, "")
		refuses(t, s.CorrectAttendance(ctx, pen, "G1", absent, " "), fault.Invalid, "correction")
		refuses(t, s.CorrectAttendance(ctx, pen, "G1", training.Line{Person: "EVA", Attendance: training.Present, Result: training.Passed}, "zo is het"), fault.Invalid, "correction")
		refuses(t, s.CorrectAttendance(ctx, pen, "G1", training.Line{Person: "EVA", Attendance: training.Present}, "geen uitslag"), fault.Invalid, "correction")
		refuses(t, s.CorrectAttendance(ctx, pen, "G1", training.Line{Person: "XAN", Attendance: training.Absent}, "staat er niet op"), fault.NotFound, "")
		refuses(t, s.confirmCorrection(pen, "EVA"), fault.Conflict, "no_correction")
		same(t, "refusals", s.dump(), before)

		s.must(s.CorrectAttendance(ctx, pen, "G1", absent, "was er niet"))
		s.must(s.CorrectAttendance(ctx, pol, "G1", absent, "was ziek gemeld"))
		refuses(t, s.ConfirmCorrection(ctx, s.as("POR"), "G1", "EVA", s.clock.now().Add(-time.Second)), fault.Conflict, "stale")
		equal(t, "one waits, the newest", s.lines("attendance_corrections", "corrected_by=POL"), 1)
		equal(t, "of all", s.lines("attendance_corrections"), 1)
		refuses(t, s.confirmCorrection(pol, "EVA"), fault.Forbidden, "self_approval")
		s.must(s.confirmCorrection(pen, "EVA"))
	})
}

func TestNobodyCorrectsTheirOwnLine(t *testing.T) {
	onSession(t, func(t *testing.T, s *scene) {
		s.enrol("POL")
		s.clock.set("2026-01-20", "14:00")
		s.must(s.RecordAttendance(ctx, s.as("POL"), "G1", []training.Line{{Person: "POL", Attendance: training.Absent}}))
		refuses(t, s.CorrectAttendance(ctx, s.as("PEN"), "G1", training.Line{Person: "POL", Attendance: training.Present, Result: training.Passed}, "was er wel"), fault.Conflict, "not_confirmed")
		_, err := s.ConfirmAttendance(ctx, s.as("PEN"), "G1")
		s.must(err)
		there := training.Line{Person: "POL", Attendance: training.Present, Result: training.Passed}
		refuses(t, s.CorrectAttendance(ctx, s.as("POL"), "G1", there, "was er wel"), fault.Forbidden, "self_approval")
		s.must(s.CorrectAttendance(ctx, s.as("PEN"), "G1", there, "was er wel"))
		refuses(t, s.confirmCorrection(s.as("POL"), "POL"), fault.Forbidden, "")
	})
}
