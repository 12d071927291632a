package academy_test

import (
	"context"
	"fmt"
	"testing"

	"bekwaam/certificates"
	"bekwaam/courses/academy"
	"bekwaam/courses/competences"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// skills gives the scene two competences: K01 goes with BALIE, and role R1 asks level 3 of both.
func (s *scene) skills() {
	s.t.Helper()
	catalogue := competences.Catalogue{
		Frameworks: []competences.Framework{{Key: "vak", Title: "Vak", Scale: []string{"basis", "met hulp", "zelfstandig"}, Independent: 3}},
		Competences: []competences.Competence{
			{ID: "K01", Framework: "vak", Group: "wet", Name: "Reisdocumenten", Levels: []string{"a", "b", "c"}, Certificates: []certificates.SchemeKey{"BALIE"}},
			{ID: "K02", Framework: "vak", Group: "wet", Name: "Schrijven", Levels: []string{"a", "b", "c"}},
		},
		Proofs: competences.Proofs{"BALIE": {{Competence: "K01", Level: 2}}},
	}
	s.must(s.db.InTx(ctx, func(ctx context.Context, q store.Q) error {
		if err := store.InsertCompetences(ctx, q, catalogue); err != nil {
			return err
		}
		return store.InsertRoleProfile(ctx, q, asking("2020-01-01", 1), "PEN", s.clock.now())
	}))
	s.must(s.TakeOver(ctx, staff.Actor{}, []academy.Held{{Person: "EVA", Scheme: "BALIE", AchievedOn: date("2026-01-01"), ValidUntil: date("2026-12-31")}}))
}

// asking is a version of what role R1 asks.
func asking(from string, version int) competences.RoleProfile {
	return competences.RoleProfile{Role: "R1", Version: version, ValidFrom: date(from), Required: []competences.Required{{Competence: "K01", Level: 3, Weight: 3}, {Competence: "K02", Level: 2, Weight: 1}}}
}

func (s *scene) level(who, person staff.PersonID, competence competences.CompetenceID, source competences.Source, level competences.Level) error {
	_, err := s.SetLevel(ctx, s.as(who), person, competence, source, level)
	return err
}

func TestWhoGivesWhomALevel(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.skills()
		s.must(s.level("EVA", "EVA", "K01", competences.Self, 3))
		s.must(s.level("LEA", "EVA", "K01", competences.Leader, 2))
		s.must(s.level("PEN", "EVA", "K02", competences.External, 3))
		refuses(t, s.level("LEA", "EVA", "K01", competences.Self, 3), fault.NotFound, "") // for somebody else
		refuses(t, s.level("EVA", "EVA", "K01", competences.Leader, 3), fault.Forbidden, "self_approval")
		refuses(t, s.level("LEA", "LEA", "K01", competences.Leader, 3), fault.Forbidden, "self_approval")
		refuses(t, s.level("LOU", "EVA", "K01", competences.Leader, 3), fault.NotFound, "")
		refuses(t, s.level("LEA", "EVA", "K01", competences.Assessor, 3), fault.Forbidden, "")
		refuses(t, s.level("PEN", "PEN", "K01", competences.External, 3), fault.Forbidden, "self_approval")
		refuses(t, s.level("LEA", "EVA", "K01", competences.Certificate, 3), fault.Invalid, "")
		refuses(t, s.level("LEA", "EVA", "K99", competences.Leader, 3), fault.Invalid, "level")
		refuses(t, s.level("LEA", "EVA", "K01", competences.Leader, 4), fault.Invalid, "level")

		s.must(s.db.InTx(ctx, func(ctx context.Context, q store.Q) error {
			return store.InsertDesignations(ctx, q, []staff.Designation{{Person: "XAN", Kind: staff.WorkplaceAssessor}})
		}))
		s.must(s.level("XAN", "EVA", "K01", competences.Assessor, 3))
		refuses(t, s.level("XAN", "XAN", "K01", competences.Assessor, 3), fault.Forbidden, "self_approval")
		equal(t, "written down", s.lines("audit", "level.set", "EVA"), 4)

		skills, err := s.Skills(ctx, s.as("EVA"), "EVA", 0, "")
		s.must(err)
		text := ""
		for _, e := range skills.Standings["K01"].Sources {
			text += fmt.Sprint(e.Source, e.Level, " ", e.On, " ", skills.Names[e.By], "; ")
		}
		equal(t, "every source with who and when", text, "assessor3 2026-01-15 Xan Bos; certificate2 2026-01-01 ; leader2 2026-01-15 Lea Bos; self3 2026-01-15 Eva van der Berg; ")
		equal(t, "the gap", fmt.Sprint(competences.Met(skills.Roles[0].Gaps), " of ", len(skills.Roles[0].Gaps)), "2 of 2")
		equal(t, "may give", fmt.Sprint(skills.May), "[self]")
	})
}

func TestWhoSeesWhatSomebodyCanDo(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.skills()
		for who, source := range map[staff.PersonID]string{"LEA": "[leader]", "PEN": "[external]"} {
			skills, err := s.Skills(ctx, s.as(who), "EVA", 0, "")
			s.must(err)
			equal(t, string(who)+" may give", fmt.Sprint(skills.May), source)
		}
		equal(t, "EVA can see who looked", s.lines("looks", "EVA"), 2)
		_, err := s.Skills(ctx, s.as("EEF"), "EVA", 0, "")
		refuses(t, err, fault.NotFound, "")
		_, err = s.Skills(ctx, s.as("LOU"), "EVA", 0, "")
		refuses(t, err, fault.NotFound, "")
		_, err = s.Skills(ctx, s.as("LEA"), "EVA", 0, "R1")
		refuses(t, err, fault.Forbidden, "own_only")
		_, err = s.Skills(ctx, s.as("XAN"), "XAN", 0, "R3")
		refuses(t, err, fault.NotFound, "")
		mine, err := s.Skills(ctx, s.as("XAN"), "XAN", 0, "R1")
		s.must(err)
		equal(t, "compared with another role", fmt.Sprint(len(mine.Roles), mine.Roles[0].Role.ID, competences.Met(mine.Roles[0].Gaps)), "1R10")
	})
}

func TestAMatrixIsForTheLeaderAndHR(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.skills()
		pen, lea := s.as("PEN"), s.as("LEA")
		_, err := s.Matrix(ctx, lea, "T1", 0, "")
		refuses(t, err, fault.Forbidden, "no_consent")
		s.must(s.RecordConsent(ctx, pen, date("2026-01-10"), "besluit 1"))
		s.must(s.level("LEA", "EVA", "K01", competences.Leader, 3))
		s.must(s.SetNeeded(ctx, pen, competences.Needed{Team: "T1", Competence: "K01", People: 2, Note: "altijd twee"}))

		m, err := s.Matrix(ctx, lea, "T1", 0, "")
		s.must(err)
		equal(t, "the matrix", fmt.Sprint(m.People, m.Rows[0].Covered, m.Rows[0].Needed, m.Rows[0].State, m.Rows[0].Cells[1].Asked), "[EEF EVA LEA] [EVA] 2vulnerable3")
		equal(t, "looked at", s.lines("looks", "EVA", "LEA"), 1)
		m, err = s.Matrix(ctx, lea, "T1", 0, "EVA")
		s.must(err)
		equal(t, "without EVA", fmt.Sprint(m.Rows[0].Covered, m.Rows[0].Before), "[] 1")
		m, err = s.Matrix(ctx, lea, "T1", date("2027-01-01"), "")
		s.must(err)
		equal(t, "once the certificate has expired", fmt.Sprint(m.People, m.Rows[0].Covered, m.Rows[0].Cells[0].Certificate), "[EVA LEA] []expired")
		_, err = s.Matrix(ctx, lea, "T1", 0, "XAN")
		refuses(t, err, fault.NotFound, "")
		_, err = s.Matrix(ctx, lea, "T2", 0, "")
		refuses(t, err, fault.NotFound, "")
		_, err = s.Matrix(ctx, pen, "T9", 0, "")
		refuses(t, err, fault.NotFound, "")
		_, err = s.Matrix(ctx, s.as("EVA"), "T1", 0, "")
		refuses(t, err, fault.Forbidden, "")
		_, err = s.Matrix(ctx, lea, "T1", date("2126-01-01"), "")
		refuses(t, err, fault.Invalid, "")
		skill, err := s.Skill(ctx, pen, "T1", "K01", 0)
		s.must(err)
		equal(t, "one skill", fmt.Sprint(skill.Name, len(skill.Rows), skill.Risk.Help.Kind), "Reisdocumenten1recruit")
		_, err = s.Skill(ctx, pen, "T1", "K99", 0)
		refuses(t, err, fault.NotFound, "")
		teams, err := s.MatrixTeams(ctx, lea)
		s.must(err)
		equal(t, "teams of a leader", fmt.Sprint(len(teams), teams[0].ID), "1T1")
	})
}

func TestHRSaysHowManyAreNeeded(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.skills()
		pen := s.as("PEN")
		refuses(t, s.SetNeeded(ctx, s.as("LEA"), competences.Needed{Team: "T1", Competence: "K01", People: 2}), fault.Forbidden, "")
		refuses(t, s.SetNeeded(ctx, pen, competences.Needed{Team: "T9", Competence: "K01", People: 2}), fault.NotFound, "")
		refuses(t, s.SetNeeded(ctx, pen, competences.Needed{Team: "T1", Competence: "K99", People: -2}), fault.Invalid, "needed")
		s.must(s.SetNeeded(ctx, pen, competences.Needed{Team: "T1", Competence: "K01", People: 2}))
		equal(t, "written", s.lines("needed_levels", "K01"), 1)
		s.must(s.SetNeeded(ctx, pen, competences.Needed{Team: "T1", Competence: "K01"}))
		equal(t, "nobody is needed any more", s.lines("needed_levels", "K01"), 0)
		equal(t, "in the audit", s.lines("audit", "needed.set"), 2)
	})
}

func TestANewProfileTellsFirstWhatItDoes(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.skills()
		pen := s.as("PEN")
		s.must(s.level("LEA", "EVA", "K02", competences.Leader, 2))
		s.must(s.level("LEA", "EEF", "K02", competences.Leader, 1))
		higher := asking("2026-02-01", 0)
		higher.Required[1].Level = 3
		effect, err := s.PreviewProfile(ctx, pen, higher)
		s.must(err)
		equal(t, "asking more", fmt.Sprint(effect.Holders, effect.Below, effect.Above, effect.Changed, effect.Profile.Version), "2 1 0 [{K02 2 3}] 2")
		lower := asking("2026-02-01", 0)
		lower.Required[1].Level = 1
		effect, err = s.PreviewProfile(ctx, pen, lower)
		s.must(err)
		equal(t, "asking less", fmt.Sprint(effect.Holders, effect.Below, effect.Above), "2 0 1")
		equal(t, "looking saves nothing", s.lines("role_profiles", "R1"), 1)

		_, err = s.PreviewProfile(ctx, s.as("LEA"), higher)
		refuses(t, err, fault.Forbidden, "")
		_, err = s.SaveProfile(ctx, s.as("LEA"), higher)
		refuses(t, err, fault.Forbidden, "")
		_, err = s.SaveProfile(ctx, pen, asking("2026-01-14", 0))
		refuses(t, err, fault.Invalid, "profile")
		unknown := higher
		unknown.Role = "R9"
		_, err = s.SaveProfile(ctx, pen, unknown)
		refuses(t, err, fault.NotFound, "")
		effect, err = s.SaveProfile(ctx, pen, higher)
		s.must(err)
		equal(t, "saved", fmt.Sprint(effect.Profile.Version, s.lines("audit", "profile.saved")), "2 1")
		_, err = s.SaveProfile(ctx, pen, higher)
		refuses(t, err, fault.Conflict, "already_exists")

		roles, err := s.ProfiledRoles(ctx, s.as("XAN"))
		s.must(err)
		equal(t, "every role", fmt.Sprint(len(roles), len(roles[0].Versions), roles[0].Holders), "3 2 2")
		_, err = s.ProfiledRoles(ctx, staff.Actor{})
		refuses(t, err, fault.Forbidden, "")
		for on, want := range map[string]competences.Level{"2026-01-31": 2, "2026-02-01": 3} {
			skills, err := s.Skills(ctx, s.as("EVA"), "EVA", date(on), "")
			s.must(err)
			for _, r := range skills.Roles[0].Profile.Required {
				if r.Competence == "K02" {
					equal(t, on, r.Level, want)
				}
			}
		}
	})
}

func TestHRKeepsWhatOneCanLearn(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.skills()
		pen := s.as("PEN")
		item := competences.LearningItem{ID: "L1", Title: "Meelopen", Kind: "meelopen", Minutes: 120, Guide: "EVA", Scheme: "BALIE", Course: "BALIE", Evidences: []competences.Raise{{Competence: "K01", To: 2}}}
		refuses(t, s.SaveLearningItem(ctx, s.as("LEA"), item), fault.Forbidden, "")
		s.must(s.SaveLearningItem(ctx, pen, item))
		s.must(s.SaveLearningItem(ctx, pen, item))
		second := competences.LearningItem{ID: "L2", Title: "Verder", Kind: "cursus", Minutes: 60, After: []competences.ItemID{"L1"}}
		s.must(s.SaveLearningItem(ctx, pen, second))
		item.After = []competences.ItemID{"L2"}
		refuses(t, s.SaveLearningItem(ctx, pen, item), fault.Invalid, "learning_item")
		wrong := item
		wrong.Guide, wrong.Scheme, wrong.Course = "NIEMAND", "NIETS", "NIETS"
		refuses(t, s.SaveLearningItem(ctx, pen, wrong), fault.Invalid, "learning_item")
		items, err := s.LearningItems(ctx, s.as("XAN"))
		s.must(err)
		equal(t, "offered", len(items), 2)
		_, err = s.LearningItems(ctx, staff.Actor{})
		refuses(t, err, fault.Forbidden, "")
		_, err = s.Competences(ctx, staff.Actor{})
		refuses(t, err, fault.Forbidden, "")
		all, err := s.Competences(ctx, s.as("XAN"))
		s.must(err)
		equal(t, "competences", len(all.Competences), 2)
		refuses(t, s.DropLearningItem(ctx, pen, "L1"), fault.Conflict, "in_use")
		s.must(s.DropLearningItem(ctx, pen, "L2"))
		s.must(s.DropLearningItem(ctx, pen, "L1"))
		refuses(t, s.DropLearningItem(ctx, pen, "L1"), fault.NotFound, "")
		refuses(t, s.DropLearningItem(ctx, s.as("LEA"), "L1"), fault.Forbidden, "")
	})
}
