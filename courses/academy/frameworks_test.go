package academy_test

import (
	"bytes"
	"context"
	"fmt"
	"testing"

	"github.com/xuri/excelize/v2"

	"bekwaam/courses/competences"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

func TestHRKeepsFrameworksAndTheirScales(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.skills()
		pen := s.as("PEN")
		taal := competences.Framework{Key: "taal", Title: "Taal", Scale: []string{"A", "B"}, Independent: 2}
		refuses(t, s.SaveFramework(ctx, s.as("LEA"), taal), fault.Forbidden, "")
		s.must(s.SaveFramework(ctx, pen, taal))
		refuses(t, s.SaveFramework(ctx, pen, competences.Framework{Key: "taal", Title: "Taal", Scale: []string{"A"}, Independent: 2}), fault.Invalid, "framework")
		refuses(t, s.SaveFramework(ctx, pen, competences.Framework{Key: "vak", Title: "Vak", Scale: []string{"basis", "met hulp"}, Independent: 2}), fault.Invalid, "framework") // level 3 is asked
		taal.Scale = []string{"A", "B", "C"}
		s.must(s.SaveFramework(ctx, pen, taal))

		engels := competences.Competence{ID: "X01", Framework: "taal", Group: "talen", Name: "Engels", Levels: []string{"a", "b", "c"}}
		refuses(t, s.SaveCompetence(ctx, s.as("LEA"), engels, nil), fault.Forbidden, "")
		refuses(t, s.SaveCompetence(ctx, pen, engels, []competences.Proof{{Scheme: "NIETS", Level: 1}}), fault.Invalid, "competence")
		s.must(s.SaveCompetence(ctx, pen, engels, []competences.Proof{{Scheme: "BALIE", Level: 2}}))
		engels.Framework = "vak"
		refuses(t, s.SaveCompetence(ctx, pen, engels, nil), fault.Invalid, "competence")
		all, err := s.Competences(ctx, pen)
		s.must(err)
		c, _ := all.Competence("X01")
		equal(t, "the skill", fmt.Sprint(c.Name, all.ProvedBy("X01"), all.Framework("taal").Highest()), "Engels[{BALIE 2}] 3")
		skills, err := s.Skills(ctx, s.as("EVA"), "EVA", 0, "")
		s.must(err)
		equal(t, "the certificate shows it at once", skills.Standings["X01"].Level, 2)
	})
}

func TestARoleThatNobodyHoldsYet(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.skills()
		pen := s.as("PEN")
		f := competences.FutureRole{Role: staff.Role{ID: "F1", Name: "Wallet"}, Team: "T1", From: date("2026-06-01"), PerWeek: 36 * 60, Places: 1}
		refuses(t, s.SaveFutureRole(ctx, s.as("LEA"), f), fault.Forbidden, "")
		s.must(s.SaveFutureRole(ctx, pen, f))
		held := f
		held.ID = "R1"
		refuses(t, s.SaveFutureRole(ctx, pen, held), fault.Conflict, "already_exists")
		f.Team = "T9"
		refuses(t, s.SaveFutureRole(ctx, pen, f), fault.Invalid, "role")
		_, err := s.SaveProfile(ctx, pen, competences.RoleProfile{Role: "F1", ValidFrom: date("2026-06-01"), Required: []competences.Required{{Competence: "K01", Level: 2, Weight: 1}}})
		s.must(err)
		mine, err := s.Skills(ctx, s.as("EVA"), "EVA", 0, "F1")
		s.must(err)
		equal(t, "compared with a role of the future", len(mine.Roles), 2)
		refuses(t, s.DropFutureRole(ctx, s.as("LEA"), "F1"), fault.Forbidden, "")
		s.must(s.DropFutureRole(ctx, pen, "F1"))
		refuses(t, s.DropFutureRole(ctx, pen, "F1"), fault.NotFound, "")
	})
}

func TestATalkGivesManyLevelsOrNone(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.skills()
		lea := s.as("LEA")
		give := func(on string, levels ...competences.Attained) error {
			return s.SetLevels(ctx, lea, "EVA", competences.Leader, date(on), levels)
		}
		two := []competences.Attained{{Competence: "K01", Level: 3}, {Competence: "K02", Level: 1}}
		refuses(t, give("2026-01-10"), fault.Invalid, "level")
		refuses(t, give("2026-01-16", two...), fault.Invalid, "level") // not yet
		refuses(t, give("2026-01-10", two[0], competences.Attained{Competence: "K02", Level: 9}), fault.Invalid, "level")
		equal(t, "nothing was written", s.lines("competence_evidence", "EVA"), 0)
		s.must(give("2026-01-10", two...))
		equal(t, "with the day of the talk", s.lines("competence_evidence", "EVA", "2026-01-10"), 2)
		refuses(t, s.SetLevels(ctx, lea, "LEA", competences.Leader, 0, two), fault.Forbidden, "self_approval")

		s.must(s.level("EVA", "EVA", "K02", competences.Self, 2))
		form, err := s.LevelForm(ctx, lea, "EVA", competences.Leader)
		s.must(err)
		equal(t, "a leader sees both", fmt.Sprint(form.Name, form.Asked["K01"], len(form.Shown["K02"])), "Eva van der Berg3 2")
		s.must(s.db.InTx(ctx, func(ctx context.Context, q store.Q) error {
			return store.InsertDesignations(ctx, q, []staff.Designation{{Person: "XAN", Kind: staff.WorkplaceAssessor}})
		}))
		xan := s.as("XAN")
		form, err = s.LevelForm(ctx, xan, "EVA", competences.Assessor)
		s.must(err)
		equal(t, "an assessor sees nothing of what others think", len(form.Shown), 0)
		equal(t, "EVA can see who looked", s.lines("looks", "EVA"), 2)
		_, err = s.LevelForm(ctx, xan, "XAN", competences.Assessor)
		refuses(t, err, fault.Forbidden, "self_approval")
		_, err = s.LevelForm(ctx, s.as("LOU"), "EVA", competences.Leader)
		refuses(t, err, fault.NotFound, "")
		_, err = s.LevelForm(ctx, lea, "EVA", competences.Certificate)
		refuses(t, err, fault.Invalid, "")
		people, err := s.Assessable(ctx, xan)
		s.must(err)
		for _, p := range people {
			if p.ID == "XAN" {
				t.Error("an assessor may assess themselves")
			}
		}
		_, err = s.Assessable(ctx, lea)
		refuses(t, err, fault.Forbidden, "")
	})
}

func TestWhatATeamNeedsIsSaidAtOnce(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.skills()
		pen := s.as("PEN")
		s.must(s.SetNeeded(ctx, pen, competences.Needed{Team: "T1", Competence: "K01", People: 2}))
		refuses(t, s.SetNeededOfTeam(ctx, s.as("LEA"), "T1", nil), fault.Forbidden, "")
		refuses(t, s.SetNeededOfTeam(ctx, pen, "T9", nil), fault.NotFound, "")
		refuses(t, s.SetNeededOfTeam(ctx, pen, "T1", []competences.Needed{{Team: "T1", Competence: "K01", People: 3}, {Team: "T1", Competence: "K02", People: -1}}), fault.Invalid, "needed")
		equal(t, "all or none", s.lines("needed_levels", "K01", "2"), 1)
		s.must(s.SetNeededOfTeam(ctx, pen, "T1", []competences.Needed{{Team: "T1", Competence: "K01", People: 2}, {Team: "T1", Competence: "K02", People: 1, Note: "vervanger"}}))
		equal(t, "only what changes is written", s.lines("audit", "needed.set"), 2)
		n, err := s.TeamNeeds(ctx, pen, "T1")
		s.must(err)
		equal(t, "needed", fmt.Sprint(n.Needed["K01"].People, n.Needed["K02"].Note), "2vervanger")
		_, err = s.TeamNeeds(ctx, s.as("LEA"), "T1")
		refuses(t, err, fault.Forbidden, "")
		_, err = s.TeamNeeds(ctx, pen, "T9")
		refuses(t, err, fault.NotFound, "")
	})
}

func TestTheMatrixAsAFileIsALook(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.skills()
		lea := s.as("LEA")
		_, err := s.MatrixSheet(ctx, lea, "T1", 0, false)
		refuses(t, err, fault.Forbidden, "no_consent")
		s.must(s.RecordConsent(ctx, s.as("PEN"), date("2026-01-10"), "besluit 1"))
		content, err := s.MatrixSheet(ctx, lea, "T1", 0, false)
		s.must(err)
		book, err := excelize.OpenReader(bytes.NewReader(content))
		s.must(err)
		rows, err := book.GetRows("Matrix")
		s.must(err)
		equal(t, "the head", fmt.Sprint(rows[0]), "[Vaardigheid Onderwerp Eef Bos Eva van der Berg Lea Bos Zelfstandig Nodig Oordeel]")
		equal(t, "looked at, and noted", fmt.Sprint(s.lines("looks", "EVA", "LEA"), s.lines("audit", "matrix.exported", "LEA")), "1 1")
		_, err = s.MatrixSheet(ctx, s.as("LOU"), "T1", 0, false)
		refuses(t, err, fault.NotFound, "")
		_, err = s.MatrixSheet(ctx, s.as("EVA"), "T1", 0, false)
		refuses(t, err, fault.Forbidden, "")
	})
}
