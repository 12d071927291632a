package academy_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"bekwaam/certificates"
	"bekwaam/courses/academy"
	"bekwaam/courses/competences"
	"bekwaam/courses/fault"
	"bekwaam/courses/mobility"
	"bekwaam/courses/staff"
	"bekwaam/courses/staffing"
	"bekwaam/courses/store"
	"bekwaam/courses/training"
)

// grow gives the scene something to grow into: role F1, which begins in a year, asks level 3 of K1 and level 1 of K2. A and
// then B lead to K1, or C alone, which takes longer and costs nothing; D leads to K2 and to the certificate BALIE.
func (s *scene) grow() {
	s.t.Helper()
	raise := func(c competences.CompetenceID, from, to competences.Level) []competences.Raise {
		return []competences.Raise{{Competence: c, From: from, To: to}}
	}
	levels := []string{"een", "twee", "drie"}
	s.must(s.db.InTx(ctx, func(ctx context.Context, q store.Q) error {
		if err := store.InsertCompetences(ctx, q, competences.Catalogue{
			Frameworks:  []competences.Framework{{Key: "vak", Title: "Vak", Scale: levels, Independent: 3}},
			Competences: []competences.Competence{{ID: "K1", Framework: "vak", Name: "Balie", Levels: levels}, {ID: "K2", Framework: "vak", Name: "Identiteit", Levels: levels}, {ID: "K3", Framework: "vak", Name: "Moed", Levels: levels}},
		}); err != nil {
			return err
		}
		for _, p := range []competences.RoleProfile{
			{Role: "F1", Version: 1, ValidFrom: date("2027-01-01"), Required: []competences.Required{{Competence: "K1", Level: 3, Weight: 3}, {Competence: "K2", Level: 1, Weight: 1}}},
			{Role: "R2", Version: 1, ValidFrom: date("2020-01-01"), Required: []competences.Required{{Competence: "K1", Level: 1, Weight: 1}, {Competence: "K3", Level: 2, Weight: 1}}},
			{Role: "R1", Version: 1, ValidFrom: date("2020-01-01"), Required: []competences.Required{{Competence: "K1", Level: 1, Weight: 1}}},
		} {
			if err := store.InsertRoleProfile(ctx, q, p, "PEN", moment("2026-01-01", "09:00")); err != nil {
				return err
			}
		}
		if err := store.InsertFutureRoles(ctx, q, []competences.FutureRole{{Role: staff.Role{ID: "F1", Code: "straks", Name: "Straks"}, Team: "T1", From: date("2027-01-01"), Places: 1, Schemes: []certificates.SchemeKey{"BALIE"}}}); err != nil {
			return err
		}
		for _, year := range []int{2026, 2027} {
			if err := store.PutBudget(ctx, q, training.Budget{Account: training.Account{Team: "T1", Year: year, Fund: training.Development}, Budgeted: 12_000}); err != nil {
				return err
			}
		}
		for _, i := range []competences.LearningItem{
			{ID: "A", Title: "Cursus", Kind: "cursus", Minutes: 120, Cents: 10_000, Weeks: 1, Evidences: raise("K1", 0, 2)},
			{ID: "B", Title: "Meelopen", Kind: "meelopen", Minutes: 240, Weeks: 1, Guide: "EEF", After: []competences.ItemID{"A"}, AtLeast: []competences.Attained{{Competence: "K1", Level: 2}}, Evidences: raise("K1", 2, 3)},
			{ID: "C", Title: "Zelfstudie", Kind: "elearning", Minutes: 600, Weeks: 1, Evidences: raise("K1", 0, 3)},
			{ID: "D", Title: "Toets", Kind: "cursus", Scheme: "BALIE", Minutes: 60, Cents: 5_000, Weeks: 1, Evidences: raise("K2", 0, 1), Statutory: true},
		} {
			if err := store.PutLearningItem(ctx, q, i); err != nil {
				return err
			}
		}
		return nil
	}))
}

var toF1 = academy.PlanRequest{Person: "EVA", Role: "F1", By: date("2026-12-31"), PerWeek: 120}

// wish keeps a wish of Eva and shares it.
func (s *scene) wish(with ...staff.PersonID) {
	s.t.Helper()
	eva := s.as("EVA")
	_, err := s.PutWish(ctx, eva, academy.WishRequest{Role: "F1", Words: "Dat wil ik.", By: toF1.By, PerWeek: toF1.PerWeek})
	s.must(err)
	for _, reader := range with {
		s.must(s.ShareWish(ctx, eva, "F1", reader))
	}
}

func TestADraftProposesAndStoresNothing(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.grow()
		eva := s.as("EVA")
		before := s.dump()
		d, err := s.DraftPlan(ctx, eva, toF1)
		s.must(err)
		same(t, "a draft", s.dump(), before)
		if len(d.Proposal.Plans) != 2 || d.Proposal.Plans[0].Minutes != 420 || d.Proposal.Plans[0].Cents != 15_000 || d.Proposal.Plans[1].Minutes != 660 || d.Proposal.Plans[1].Cents != 5_000 {
			t.Errorf("it proposes %+v", d.Proposal.Plans)
		}
		if !slices.Equal(d.Match.Lacking, []certificates.SchemeKey{"BALIE"}) || len(d.Certified(d.Proposal.Plans[0])) != 0 || d.Target.Name != "Straks" {
			t.Error(d.Match.Lacking, d.Target)
		}

		ask := academy.PlanRequest{Person: "EVA", Role: "R2", By: toF1.By, PerWeek: 120}
		d, err = s.DraftPlan(ctx, eva, ask)
		s.must(err)
		if len(d.Proposal.Open) != 1 || d.Proposal.Open[0].Competence != "K3" || len(d.Proposal.Plans) != 2 {
			t.Errorf("what nothing closes: %+v", d.Proposal)
		}
		for field, wrong := range map[string]academy.PlanRequest{
			"role": {Person: "EVA", Role: "R1", By: toF1.By, PerWeek: 120}, "by": {Person: "EVA", Role: "F1", By: date("2026-01-15"), PerWeek: 120}, "hoursPerWeek": {Person: "EVA", Role: "F1", By: toF1.By},
		} {
			_, err := s.DraftPlan(ctx, eva, wrong)
			if f := fault.Of(err); f == nil || f.Kind != fault.Invalid || len(f.Fields) != 1 || f.Fields[0].Path != field {
				t.Errorf("%s: %v", field, err)
			}
		}
		_, err = s.DraftPlan(ctx, eva, academy.PlanRequest{Person: "EVA", Role: "R3"})
		if f := fault.Of(err); f == nil || len(f.Fields) != 3 { // a role without a profile, no day, no hours: all at once
			t.Error(err)
		}

		_, err = s.DraftPlan(ctx, s.as("LEA"), toF1)
		refuses(t, err, fault.Forbidden, "not_shared")
		_, err = s.DraftPlan(ctx, s.as("XAN"), toF1)
		refuses(t, err, fault.NotFound, "")
		s.wish("LEA")
		_, err = s.DraftPlan(ctx, s.as("LEA"), toF1)
		s.must(err)
		ask.Role = "R2" // a role of which nothing was shared
		_, err = s.DraftPlan(ctx, s.as("LEA"), ask)
		refuses(t, err, fault.Forbidden, "not_shared")
	})
}

func TestWhoIsOnLeaveOrCannotBeMissedLearnsLess(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.grow()
		works := staffing.Hours{From: 9 * 60, To: 17 * 60}
		roster := staffing.Roster{Person: "EVA", Employment: 1, From: date("2026-01-15")}
		for _, day := range []int{1, 2, 3, 4} {
			roster.Days[day] = works
		}
		s.must(s.db.InTx(ctx, func(ctx context.Context, q store.Q) error {
			if err := store.PutRosters(ctx, q, roster); err != nil {
				return err
			}
			return store.PutLeave(ctx, q, staffing.Leave{ID: "1", Person: "EVA", From: date("2026-01-19"), Until: date("2026-01-20"), Part: staffing.WholeDay, Approved: true})
		}))
		d, err := s.DraftPlan(ctx, s.as("EVA"), toF1)
		s.must(err)
		if len(d.Short) != 1 || d.Short[0].Monday != date("2026-01-19") || d.Short[0].Minutes != 60 || !d.Short[0].Leave {
			t.Errorf("on leave for half of the week: %+v", d.Short)
		}
		s.must(s.db.InTx(ctx, func(ctx context.Context, q store.Q) error { // somebody must always be at the counter, and only Eva may
			if err := store.InsertActivities(ctx, q, []staff.Activity{{ID: "P1", Kind: staff.Process, Name: "Balie open", Roles: staff.Always("R1")}}); err != nil {
				return err
			}
			return store.InsertProcess(ctx, q, staffing.Process{Activity: staff.Activity{ID: "P1"}, Version: 1, Windows: []staffing.Window{{Days: []time.Weekday{1, 2, 3, 4}, From: 9 * 60, To: 16 * 60, Minimum: 1}}}, store.Written{})
		}))
		d, err = s.DraftPlan(ctx, s.as("EVA"), toF1)
		s.must(err)
		if len(d.Short) != 1 || d.Short[0].Minutes != 60 || !slices.Equal(d.Short[0].Processes, []string{"Balie open"}) {
			t.Errorf("an hour a day is left: %+v", d.Short)
		}
	})
}

func TestThreeDifferentPeopleAgreeToAPlan(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.grow()
		eva, lea, pen := s.as("EVA"), s.as("LEA"), s.as("PEN")
		ask := academy.NewPlan{PlanRequest: toF1, Terms: mobility.Terms{Words: "Dat wil ik.", Guide: "EEF", ReturnTill: date("2026-12-31")}}
		plan, made, err := s.SavePlan(ctx, eva, ask)
		s.must(err)
		again, more, err := s.SavePlan(ctx, eva, ask)
		s.must(err)
		if !made || more || again.ID != plan.ID {
			t.Error("saved twice:", made, more)
		}
		other := ask
		other.PlanRequest.PerWeek = 60
		_, _, err = s.SavePlan(ctx, eva, other)
		refuses(t, err, fault.Conflict, "plan_exists")
		_, _, err = s.SavePlan(ctx, eva, academy.NewPlan{PlanRequest: toF1, Terms: mobility.Terms{Guide: "EVA"}})
		refuses(t, err, fault.Invalid, "plan")

		_, err = s.Plan(ctx, s.as("XAN"), plan.ID)
		refuses(t, err, fault.NotFound, "")
		v, err := s.Plan(ctx, s.as("EEF"), plan.ID) // who helps
		s.must(err)
		if v.May.Revise || len(v.May.Agree) > 0 || v.First != "Eva" {
			t.Error("who helps may", v.May)
		}
		if development, statutory := v.Budget(); development != 10_000 || statutory != 5_000 {
			t.Error("the law's part is apart:", development, statutory)
		}

		edit := academy.PlanEdit{Revision: 1, Terms: ask.Terms, Steps: []mobility.Wanted{{Item: "C"}, {Item: "D"}, {Title: "Kennismaken", Until: date("2026-02-01")}}}
		edit.By, edit.PerWeek = toF1.By, 120
		_, err = s.RevisePlan(ctx, pen, plan.ID, edit)
		refuses(t, err, fault.Forbidden, "")
		changed, err := s.RevisePlan(ctx, lea, plan.ID, edit)
		s.must(err)
		_, err = s.Plan(ctx, s.as("EEF"), plan.ID)
		refuses(t, err, fault.NotFound, "") // until EVA agreed to what LEA wrote
		if changed.Revision != 2 || len(changed.Steps) != 3 {
			t.Errorf("%+v", changed)
		}
		_, err = s.RevisePlan(ctx, eva, plan.ID, edit)
		refuses(t, err, fault.Conflict, "plan_changed")

		agree := func(who staff.Actor, party mobility.Party, revision int) error {
			_, _, err := s.AgreePlan(ctx, who, plan.ID, party, revision)
			return err
		}
		refuses(t, agree(eva, mobility.ByEmployee, 1), fault.Conflict, "plan_changed")
		refuses(t, agree(eva, mobility.ByHR, 2), fault.Forbidden, "not_that_party")
		refuses(t, agree(pen, mobility.ByLeader, 2), fault.Forbidden, "not_that_party")
		refuses(t, agree(s.as("LOU"), mobility.ByLeader, 2), fault.NotFound, "")
		s.must(agree(lea, mobility.ByLeader, 2))
		s.must(agree(lea, mobility.ByLeader, 2)) // once more changes nothing
		s.must(agree(eva, mobility.ByEmployee, 2))
		s.must(agree(pen, mobility.ByHR, 2))
		if got := s.lines("audit", "plan.agreed"); got != 3 {
			t.Errorf("%d agreements in the trail", got)
		}

		s.must(s.db.InTx(ctx, func(ctx context.Context, q store.Q) error { // the role asks more later
			return store.InsertRoleProfile(ctx, q, competences.RoleProfile{Role: "F1", Version: 2, ValidFrom: date("2026-01-15"), Required: []competences.Required{{Competence: "K3", Level: 3, Weight: 3}}}, "PEN", moment("2026-01-15", "12:00"))
		}))
		v, err = s.Plan(ctx, eva, plan.ID)
		s.must(err)
		if v.Phase() != mobility.Running || len(v.Gaps) != 2 || v.Gaps[0].Competence != "K1" {
			t.Errorf("what is asked changed after the agreement: %+v", v.Gaps)
		}
		edit.Revision = 2
		edit.PerWeek = 60
		changed, err = s.RevisePlan(ctx, eva, plan.ID, edit)
		s.must(err)
		if changed.Phase() != mobility.Changing || changed.Next() != mobility.ByEmployee {
			t.Error("what runs and changes is", changed.Phase())
		}
		for party, who := range map[mobility.Party]staff.Actor{mobility.ByEmployee: eva, mobility.ByLeader: lea, mobility.ByHR: pen} {
			s.must(agree(who, party, 3))
		}
		if v, err = s.Plan(ctx, eva, plan.ID); err != nil || v.Phase() != mobility.Running || len(v.Gaps) != 2 || len(v.Needed) != 1 {
			t.Errorf("what was asked at first stays: %+v, %v", v.Gaps, err)
		}
		readers, err := s.Readers(ctx, eva)
		s.must(err)
		if len(readers) == 0 {
			t.Error("she does not see who looked")
		}
	})
}

func TestAStepIsProvedByACertificateOrSaidBySomebodyElse(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.grow()
		eva, lea, pen := s.as("EVA"), s.as("LEA"), s.as("PEN")
		plan, _, err := s.SavePlan(ctx, eva, academy.NewPlan{PlanRequest: toF1})
		s.must(err)
		number := func(item competences.ItemID) int {
			return plan.Steps[slices.IndexFunc(plan.Steps, func(s mobility.TrackStep) bool { return s.Item == item })].Number
		}
		today := date("2026-01-15")
		_, err = s.FinishStep(ctx, lea, plan.ID, number("A"), today)
		refuses(t, err, fault.Conflict, "not_agreed")
		for party, who := range map[mobility.Party]staff.Actor{mobility.ByEmployee: eva, mobility.ByLeader: lea, mobility.ByHR: pen} {
			_, _, err := s.AgreePlan(ctx, who, plan.ID, party, 1)
			s.must(err)
		}
		_, err = s.FinishStep(ctx, eva, plan.ID, number("A"), today)
		refuses(t, err, fault.Forbidden, "self_approval")
		_, err = s.FinishStep(ctx, s.as("XAN"), plan.ID, number("A"), today)
		refuses(t, err, fault.NotFound, "")
		_, err = s.FinishStep(ctx, lea, plan.ID, number("A"), today)
		s.must(err)
		v, err := s.Plan(ctx, eva, plan.ID)
		s.must(err)
		if g := v.Gaps[0]; g.Competence != "K1" || g.Has.Level != 2 || g.Has.Because.Source != competences.Leader || g.Has.Because.By != "LEA" {
			t.Errorf("what it showed: %+v", g)
		}
		_, err = s.FinishStep(ctx, lea, plan.ID, number("D"), today)
		refuses(t, err, fault.Conflict, "not_certified")
		s.take(eva, "BALIE", right)
		_, err = s.FinishStep(ctx, eva, plan.ID, number("D"), today) // the certificate says it
		s.must(err)
		_, err = s.FinishStep(ctx, pen, plan.ID, number("B"), today)
		s.must(err)
		if v, err = s.Plan(ctx, eva, plan.ID); err != nil || v.Phase() != mobility.Done || v.Gaps[0].Missing() > 0 && v.Gaps[0].Competence == "K1" {
			t.Error(v.Phase(), v.Gaps, err)
		}
		looked, err := s.EvaluatePlan(ctx, eva, plan.ID, "Het was de moeite waard.")
		s.must(err)
		if goals := looked.Evaluations[0].Goals; len(goals) != 3 || mobility.Reached(goals) != 2 { // the certificate shows no K2
			t.Errorf("what was reached: %+v", goals)
		}
		_, err = s.EvaluatePlan(ctx, s.as("XAN"), plan.ID, "Ik ook.")
		refuses(t, err, fault.NotFound, "")
		_, err = s.StopPlan(ctx, eva, plan.ID, "")
		refuses(t, err, fault.Conflict, "done")
	})
}

func TestAPlanThatIsStoppedMakesRoomForAnother(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.grow()
		eva := s.as("EVA")
		plan, _, err := s.SavePlan(ctx, eva, academy.NewPlan{PlanRequest: toF1})
		s.must(err)
		_, err = s.StopPlan(ctx, s.as("PEN"), plan.ID, "Nee.")
		refuses(t, err, fault.Forbidden, "")
		_, err = s.StopPlan(ctx, s.as("LEA"), plan.ID, "Eva blijft.")
		s.must(err)
		v, err := s.Plan(ctx, eva, plan.ID)
		s.must(err)
		if v.Phase() != mobility.Stopped || v.StopWords != "Eva blijft." {
			t.Error(v.Phase(), v.StopWords)
		}
		_, made, err := s.SavePlan(ctx, eva, academy.NewPlan{PlanRequest: toF1, Items: []competences.ItemID{"C", "D"}})
		s.must(err)
		lines, err := s.Plans(ctx, eva)
		s.must(err)
		if !made || len(lines) != 2 {
			t.Error(made, len(lines))
		}
		if lines, err = s.Plans(ctx, s.as("XAN")); err != nil || len(lines) > 0 {
			t.Error("somebody else sees", lines, err)
		}
	})
}

func TestAWishIsSeenOnlyByWhomItIsSharedWith(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.grow()
		s.wish()
		eva, lea, pen := s.as("EVA"), s.as("LEA"), s.as("PEN")
		own, err := s.Matches(ctx, eva, "EVA")
		s.must(err)
		if len(own.Roles) != 3 || own.Roles[0].Steps() > own.Roles[1].Steps() || own.Roles[1].Steps() > own.Roles[2].Steps() {
			t.Errorf("the nearest is not first: %+v", own.Roles)
		}
		_, err = s.Matches(ctx, lea, "EVA")
		refuses(t, err, fault.Forbidden, "not_shared")
		refuses(t, s.ShareWish(ctx, eva, "F1", "XAN"), fault.Invalid, "")
		refuses(t, s.ShareWish(ctx, eva, "R2", "LEA"), fault.NotFound, "")
		s.must(s.ShareWish(ctx, eva, "F1", "LEA"))
		shown, err := s.SharedWish(ctx, eva, "F1", "LEA")
		s.must(err)
		seen, err := s.Matches(ctx, lea, "EVA")
		s.must(err)
		if len(seen.Roles) != 1 || seen.Roles[0].Target.ID != "F1" || len(shown.Roles) != 1 || seen.Roles[0].Wish.Words != shown.Roles[0].Wish.Words {
			t.Errorf("what is shown is not what is shared: %+v, %+v", seen.Roles, shown.Roles)
		}
		if s.lines("audit", "person.read", "LEA") != 1 {
			t.Error("looking is not in the trail")
		}
		_, err = s.Aspirants(ctx, lea, "F1")
		refuses(t, err, fault.Forbidden, "no_consent")
		s.must(s.RecordConsent(ctx, pen, date("2026-01-15"), "OR 2026-1"))
		all, err := s.Aspirants(ctx, lea, "F1")
		s.must(err)
		if len(all) != 1 || all[0].Name != "Eva van der Berg" {
			t.Error(all)
		}
		if none, err := s.Aspirants(ctx, pen, "F1"); err != nil || len(none) > 0 {
			t.Error("HR sees what is not shared with HR:", none, err)
		}
		_, err = s.Aspirants(ctx, eva, "F1")
		refuses(t, err, fault.Forbidden, "")
		s.must(s.UnshareWish(ctx, eva, "F1", "LEA"))
		_, err = s.Matches(ctx, lea, "EVA")
		refuses(t, err, fault.Forbidden, "not_shared")
		s.must(s.DropWish(ctx, eva, "F1"))
		if s.lines("wishes") != 0 {
			t.Error("the wish is still there")
		}
	})
}
