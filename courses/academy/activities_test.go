package academy_test

import (
	"context"
	"fmt"
	"testing"

	"bekwaam/certificates"
	"bekwaam/courses/academy"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

func TestWorkAndWhoDoesIt(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		pen := s.as("PEN")
		s.sweep(academy.SweepRequest{})
		desk := staff.Activity{ID: "P1", Kind: staff.Process, Name: "De balie", Roles: staff.Always("R1")}
		refuses(t, second(s.SaveActivity(ctx, s.as("LEA"), desk)), fault.Forbidden, "")
		refuses(t, second(s.Activities(ctx, s.as("EVA"))), fault.Forbidden, "")
		for _, wrong := range []staff.Activity{
			{ID: "P 1", Kind: staff.Process, Name: "x"}, {ID: "P1", Kind: "hobby", Name: "x"}, {ID: "P1", Kind: staff.Process, Name: " "}, {ID: "P1", Kind: staff.Process, Name: "x", Roles: staff.Always("R9")},
		} {
			refuses(t, second(s.SaveActivity(ctx, pen, wrong)), fault.Invalid, "activity")
		}
		s.must(second(s.SaveActivity(ctx, pen, desk)))
		s.must(second(s.AddRequirement(ctx, pen, certificates.Requirement{Scheme: "PRAKTIJK", SubjectKind: certificates.ForProcess, Subject: "P1", Since: date("2026-01-15")})))
		equal(t, "duties of the role", s.lines("duties", "scheme=PRAKTIJK", "ended_on=-"), 2) // EVA and EEF
		desk.Name, desk.Roles = "De nieuwe balie", staff.Always("R3", "R3")
		s.must(second(s.SaveActivity(ctx, pen, desk)))
		equal(t, "who no longer does it", s.lines("duties", "scheme=PRAKTIJK", "ended_on=2026-01-15"), 2)
		equal(t, "who does it now", s.lines("duties", "person=PEN", "scheme=PRAKTIJK", "ended_on=-"), 1)
		equal(t, "the name in the requirement", s.lines("requirements", "subject_name=De nieuwe balie"), 1)
		equal(t, "audit", s.lines("audit", "act=activity.saved ", "object=P1"), 2)
		equal(t, "audit of the roles", s.lines("audit", "act=activity.role-added ", "object=P1/R1")+s.lines("audit", "act=activity.role-removed ", "object=P1/R1")+s.lines("audit", "act=activity.role-added ", "object=P1/R3"), 3)
		none := desk
		none.Roles = nil
		s.must(second(s.SaveActivity(ctx, pen, none)))
		equal(t, "nobody does it", s.lines("duties", "scheme=PRAKTIJK", "ended_on=-"), 0)
		other := desk
		other.Kind = staff.Application
		refuses(t, second(s.SaveActivity(ctx, pen, other)), fault.Invalid, "activity")
		all, err := s.Activities(ctx, s.as("LEA"))
		s.must(err)
		equal(t, "activities", len(all), 1)
	})
}

func TestWhoseRoleComesInLaterIsANewcomer(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		pen := s.as("PEN")
		s.sweep(academy.SweepRequest{})
		desk := staff.Activity{ID: "P1", Kind: staff.Process, Name: "De balie", Roles: staff.Always("R1")}
		s.must(second(s.SaveActivity(ctx, pen, desk)))
		s.must(second(s.AddRequirement(ctx, pen, certificates.Requirement{Scheme: "PRAKTIJK", SubjectKind: certificates.ForProcess, Subject: "P1", InductionDays: 90})))
		desk.Roles = staff.Always("R1", "R3")
		saved, err := s.SaveActivity(ctx, pen, desk)
		s.must(err)
		same(t, "stretches", fmt.Sprint(saved.Roles), fmt.Sprint([]staff.RoleStretch{{Role: "R1"}, {Role: "R3", From: date("2026-01-15")}}))
		equal(t, "PEN's duty", s.lines("duties", "person=PEN", "scheme=PRAKTIJK", "opens_on=2026-01-15", "due_on=2026-04-15"), 1)
	})
}

func TestNoVersionIsWithdrawnThatOthersRestOn(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		pen := s.as("PEN")
		aa, bb := bhv(), bhv()
		aa.Key, bb.Key = "AA", "BB"
		s.must(second(s.SaveScheme(ctx, pen, bb)))
		aa.Prerequisites = []certificates.Prerequisite{{Scheme: "BB", Hard: true}}
		s.must(second(s.SaveScheme(ctx, pen, aa)))
		aa.Version, aa.AppliesFrom, aa.Prerequisites = 2, date("2026-06-01"), nil
		s.must(second(s.SaveScheme(ctx, pen, aa)))
		bb.Version, bb.AppliesFrom, bb.Prerequisites = 2, date("2026-07-01"), []certificates.Prerequisite{{Scheme: "AA", Hard: true}}
		s.must(second(s.SaveScheme(ctx, pen, bb)))
		refuses(t, s.WithdrawScheme(ctx, pen, "AA", 2), fault.Conflict, "circle")
		s.must(s.WithdrawScheme(ctx, pen, "BB", 2))
		s.must(s.WithdrawScheme(ctx, pen, "AA", 2))
	})
}

func TestASchemeWithASubmissionIsInUse(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		pen := s.as("PEN")
		s.must(second(s.SaveScheme(ctx, pen, bhv())))
		s.write(func(ctx context.Context, q store.Q) error {
			return store.InsertSubmission(ctx, q, certificates.Submission{ID: "S1", Person: "EVA", Scheme: "BHV", CompletedOn: date("2026-01-10"), Issuer: "x", Document: "D", SentBy: "EVA", SentAt: s.clock.now()})
		})
		refuses(t, s.WithdrawScheme(ctx, pen, "BHV", 1), fault.Conflict, "in_use")
	})
}

func TestWhoRenewedEarlyIsAHolder(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.holds("EVA", "2025-02-10")
		s.write(func(ctx context.Context, q store.Q) error {
			all, err := store.PeriodsOf(ctx, q, "EVA", "BALIE")
			if err != nil {
				return err
			}
			next := all[len(all)-1]
			next.ID, next.Cycle, next.ValidFrom, next.ValidUntil = "NEXT", next.Cycle+1, next.ValidUntil.AddDays(1), next.ValidUntil.AddDays(365)
			return store.InsertPeriods(ctx, q, next)
		})
		effect, err := s.DraftRequirement(ctx, s.as("PEN"), certificates.Requirement{Scheme: "BALIE", SubjectKind: certificates.ForPerson, Subject: "EVA", Since: date("2026-01-15")}, "")
		s.must(err)
		equal(t, "holders", effect.Holders, 1)
	})
}
