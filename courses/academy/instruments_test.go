package academy_test

import (
	"strings"
	"testing"

	"bekwaam/courses/academy"
	"bekwaam/courses/competences"
	"bekwaam/courses/fault"
	"bekwaam/courses/mobility"
	"bekwaam/courses/staff"
)

const scoreList = "personeelsnummer;instrument;afgenomen_op;verwijderen_na;toestemming;schaal;lage_pool;hoge_pool;score;min;max;competentie_id\n" +
	"EVA;profiel;12-01-2026;;ja;Balie;minder aanleg;meer aanleg;7,5;1;9;K1\n" +
	"EVA;profiel;12-01-2026;;ja;Moed;minder aanleg;meer aanleg;2;1;9;K3\n" +
	"EVA;profiel;12-01-2026;;ja;Contact;zelf;samen;6;1;9;\n" +
	"EEF;profiel;12-01-2026;;ja;Balie;minder aanleg;meer aanleg;8;1;9;K1\n"

// scores brings a list of scores in for growth.
func (s *scene) scores(list string) academy.InstrumentImport {
	s.t.Helper()
	told, err := s.ImportResults(ctx, s.as("PEN"), academy.InstrumentRequest{Content: []byte(list), Purpose: competences.ForGrowth})
	s.must(err)
	return told
}

// consents lets somebody consent to growth up to a day.
func (s *scene) consents(person staff.PersonID, until string) {
	s.t.Helper()
	_, err := s.GiveInstrumentConsent(ctx, s.as(person), competences.ForGrowth, date(until))
	s.must(err)
}

// result is the only result of somebody, as somebody sees it.
func (s *scene) result(who, person staff.PersonID) competences.Result {
	s.t.Helper()
	r, err := s.InstrumentResults(ctx, s.as(who), person)
	s.must(err)
	if len(r.Results) != 1 {
		s.t.Fatalf("%s sees %d results of %s", who, len(r.Results), person)
	}
	return r.Results[0]
}

func TestScoresComeInOnlyOfWhoConsents(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.grow()
		if told := s.scores(scoreList); told.NoConsent != 4 || told.New != 0 || s.lines("instrument_scales") != 0 || s.lines("audit", "instrument") != 0 {
			t.Errorf("without consent: %+v", told)
		}
		pen := s.as("PEN")
		s.consents("EVA", "2027-01-15")
		before := s.dump()
		told, err := s.ImportResults(ctx, pen, academy.InstrumentRequest{Content: []byte(scoreList), Purpose: competences.ForGrowth, DryRun: true})
		s.must(err)
		if told.New != 1 || told.Scores != 3 || told.NoConsent != 1 || len(told.Scales) != 3 {
			t.Errorf("a dry run: %+v", told)
		}
		same(t, "a dry run", s.dump(), before)
		s.scores(scoreList)
		if told := s.scores(scoreList); told.Same != 1 || told.New+told.Changed+len(told.Scales) != 0 {
			t.Errorf("the second time: %+v", told)
		}
		if s.lines("instrument_scores") != 3 || s.lines("audit", "instrument-result.imported", "EVA") != 1 || s.lines("notes", "instrument-result-came", "EVA") != 1 || strings.Contains(s.log.String(), "7,5") {
			t.Error("what was kept:", s.lines("instrument_scores"))
		}
		if r := s.result("EVA", "EVA"); r.Scores[0] != (competences.ScaleScore{Scale: "Balie", Score: 750}) || r.EndsOn != date("2027-01-15") {
			t.Errorf("%+v", r)
		}
		for _, who := range []staff.PersonID{"LEA", "PEN", "EEF"} { // nobody sees it before she shares it, not who brought it in either
			if r, err := s.InstrumentResults(ctx, s.as(who), "EVA"); err == nil {
				t.Errorf("%s sees %+v", who, r)
			}
		}
		for _, who := range []staff.PersonID{"EVA", "LEA"} {
			_, err := s.ImportResults(ctx, s.as(who), academy.InstrumentRequest{Content: []byte(scoreList), Purpose: competences.ForGrowth})
			refuses(t, err, fault.Forbidden, "")
			_, err = s.InstrumentScales(ctx, s.as(who))
			refuses(t, err, fault.Forbidden, "")
			refuses(t, s.PutInstrumentScale(ctx, s.as(who), competences.Scale{}), fault.Forbidden, "")
		}
		_, err = s.ImportResults(ctx, pen, academy.InstrumentRequest{Content: []byte(scoreList), Purpose: "selection"})
		refuses(t, err, fault.Invalid, "")
		_, err = s.ImportResults(ctx, pen, academy.InstrumentRequest{Content: []byte("personeelsnummer;BSN;score\nEVA;1;7\n"), Purpose: competences.ForGrowth})
		refuses(t, err, fault.Invalid, "forbidden_column")
	})
}

func TestAWithdrawalRemovesTheScoresEverywhereAtOnce(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.grow()
		eva, lea := s.as("EVA"), s.as("LEA")
		s.consents("EVA", "2027-01-15")
		s.scores(scoreList)
		s.must(s.ShareResult(ctx, eva, s.result("EVA", "EVA").ID, "LEA"))
		s.result("LEA", "EVA")
		s.must(s.WithdrawInstrumentConsent(ctx, eva, competences.ForGrowth))
		_, err := s.InstrumentResults(ctx, lea, "EVA")
		refuses(t, err, fault.Forbidden, "not_shared")
		if n := s.lines("instrument_scores") + s.lines("instrument_results") + s.lines("instrument_shares") + s.lines("instrument_consents"); n != 0 {
			t.Error(n, "rows are left")
		}
		if s.lines("audit", "instrument-consent.withdrawn", "EVA") != 1 {
			t.Error("the withdrawal is not in the trail")
		}
		if told := s.scores(scoreList); told.NoConsent != 4 {
			t.Errorf("afterwards: %+v", told)
		}
		s.must(s.WithdrawInstrumentConsent(ctx, eva, competences.ForGrowth)) // there is none: nothing to do
		if s.lines("audit", "instrument-consent.withdrawn") != 1 {
			t.Error("nothing was withdrawn twice")
		}
	})
}

func TestConsentThatEndsHidesAtOnceAndTheSweepRemoves(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.grow()
		s.consents("EVA", "2026-02-01")
		s.scores(scoreList)
		s.clock.set("2026-02-01", "12:00")
		s.result("EVA", "EVA") // the last day
		s.clock.set("2026-02-02", "09:00")
		r, err := s.InstrumentResults(ctx, s.as("EVA"), "EVA")
		s.must(err)
		if len(r.Results) != 0 || s.lines("instrument_scores") != 3 {
			t.Error("the day after, before the sweep:", r.Results)
		}
		m, err := s.Matches(ctx, s.as("EVA"), "EVA")
		s.must(err)
		if m.Aptitude {
			t.Error("aptitude is seen still")
		}
		if _, err := s.SweepNow(ctx); err != nil || s.lines("instrument_scores")+s.lines("instrument_consents") != 0 || s.lines("audit", "instrument-results.forgotten") != 1 {
			t.Error("after the sweep:", err, s.lines("instrument_scores"))
		}
	})
}

func TestANewConsentBringsNothingBack(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.grow()
		s.consents("EVA", "2026-02-01")
		s.scores(scoreList)
		s.consents("EVA", "2026-03-01") // longer: what is there stays
		if r := s.result("EVA", "EVA"); r.EndsOn != date("2026-03-01") {
			t.Error("longer:", r.EndsOn)
		}
		s.clock.set("2026-03-02", "09:00") // no sweep ran
		s.consents("EVA", "2026-04-01")
		r, err := s.InstrumentResults(ctx, s.as("EVA"), "EVA")
		s.must(err)
		if len(r.Results) != 0 {
			t.Error("what ended came back")
		}
		_, err = s.GiveInstrumentConsent(ctx, s.as("EVA"), competences.ForGrowth, date("2028-03-03"))
		refuses(t, err, fault.Invalid, "instrument_consent")
		all, err := s.InstrumentConsents(ctx, s.as("EVA"))
		s.must(err)
		if len(all) != 2 || !all[0].Given() || all[0].EndsOn != date("2026-04-01") || all[1].Given() || all[1].Longest != date("2028-03-02") {
			t.Errorf("%+v", all)
		}
		_, err = s.GiveInstrumentConsent(ctx, staff.Actor{}, competences.ForGrowth, date("2026-04-01"))
		refuses(t, err, fault.Forbidden, "")
	})
}

func TestThePersonSharesOneResultWithOneColleague(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.grow()
		eva, lea := s.as("EVA"), s.as("LEA")
		s.consents("EVA", "2027-01-15")
		s.consents("EEF", "2027-01-15")
		s.scores(scoreList)
		id := s.result("EVA", "EVA").ID
		refuses(t, s.ShareResult(ctx, eva, id, "XAN"), fault.Invalid, "")
		refuses(t, s.ShareResult(ctx, s.as("EEF"), id, "LEA"), fault.NotFound, "")
		refuses(t, s.ShareResult(ctx, lea, id, "LEA"), fault.NotFound, "")
		s.must(s.ShareResult(ctx, eva, id, "LEA"))
		s.must(s.ShareResult(ctx, eva, id, "PEN"))
		if r := s.result("LEA", "EVA"); len(r.Shared) != 1 {
			t.Error("with whom else is told:", r.Shared)
		}
		if s.lines("audit", "person.read", "LEA") != 1 {
			t.Error("looking is not in the trail")
		}
		sharers, err := s.ResultsSharedWithMe(ctx, lea)
		s.must(err)
		if len(sharers) != 1 || sharers[0].Person != "EVA" {
			t.Errorf("%+v", sharers)
		}
		_, err = s.InstrumentResults(ctx, lea, "EEF")
		refuses(t, err, fault.Forbidden, "not_shared")
		_, err = s.InstrumentResults(ctx, s.as("XAN"), "EVA")
		refuses(t, err, fault.NotFound, "")

		changed := strings.Replace(scoreList, "7,5", "3", 1) // other scores: she sees them first again
		if told := s.scores(changed); told.Changed != 1 || told.Same != 1 {
			t.Errorf("%+v", told)
		}
		_, err = s.InstrumentResults(ctx, lea, "EVA")
		refuses(t, err, fault.Forbidden, "not_shared")
		if r := s.result("EVA", "EVA"); r.Scores[0].Score != 300 || r.ID != id {
			t.Errorf("%+v", r)
		}
		s.must(s.ShareResult(ctx, eva, id, "LEA"))
		s.must(s.UnshareResult(ctx, eva, id, "LEA"))
		_, err = s.InstrumentResults(ctx, lea, "EVA")
		refuses(t, err, fault.Forbidden, "not_shared")
		refuses(t, s.RemoveResult(ctx, lea, id), fault.NotFound, "")
		s.must(s.RemoveResult(ctx, eva, id))
		refuses(t, s.ShareResult(ctx, eva, id, "LEA"), fault.NotFound, "")
		if s.lines("instrument_scores") != 1 {
			t.Error("the other's score went too, or hers stayed")
		}
	})
}

func TestTheTwoByTwoUsesOnlyWhatTheReaderMaySee(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.grow()
		eva, lea := s.as("EVA"), s.as("LEA")
		s.consents("EVA", "2027-01-15")
		s.scores(scoreList)
		s.wish("LEA")
		quadrant := func(m academy.Matches, err error, role staff.RoleID, c competences.CompetenceID) mobility.Quadrant {
			t.Helper()
			s.must(err)
			for _, r := range m.Roles {
				for _, g := range r.Gaps {
					if r.Target.ID == role && g.Competence == c {
						return r.Quadrant(g)
					}
				}
			}
			t.Fatalf("%s asks no %s", role, c)
			return ""
		}
		own, err := s.Matches(ctx, eva, "EVA")
		if got := quadrant(own, err, "F1", "K1"); got != mobility.InvestAndDevelop || !own.Aptitude {
			t.Error("her own K1:", got)
		}
		if got := quadrant(own, err, "F1", "K2"); got != mobility.OnlyMissing {
			t.Error("of K2 no scale tells:", got)
		}
		if got := quadrant(own, err, "R2", "K3"); got != mobility.WorkAround {
			t.Error("her own K3:", got)
		}
		seen, err := s.Matches(ctx, lea, "EVA")
		if got := quadrant(seen, err, "F1", "K1"); got != mobility.OnlyMissing || seen.Aptitude {
			t.Error("the wish is shared, the result is not:", got)
		}
		s.must(s.ShareResult(ctx, eva, s.result("EVA", "EVA").ID, "LEA"))
		seen, err = s.Matches(ctx, lea, "EVA")
		if got := quadrant(seen, err, "F1", "K1"); got != mobility.InvestAndDevelop {
			t.Error("the result is shared:", got)
		}
		shown, err := s.SharedWish(ctx, eva, "F1", "LEA")
		if got := quadrant(shown, err, "F1", "K1"); got != mobility.InvestAndDevelop {
			t.Error("what she sees before she shares:", got)
		}
		shown, err = s.SharedWish(ctx, eva, "F1", "PEN")
		if got := quadrant(shown, err, "F1", "K1"); got != mobility.OnlyMissing {
			t.Error("what somebody else would see:", got)
		}

		s.must(s.PutInstrumentScale(ctx, s.as("PEN"), competences.Scale{Instrument: "profiel", Name: "Balie", Min: 100, Max: 900, Competence: "K2"}))
		own, err = s.Matches(ctx, eva, "EVA")
		if got := quadrant(own, err, "F1", "K2"); got != mobility.InvestAndDevelop {
			t.Error("after the customer changed the mapping:", got)
		}
		err = s.PutInstrumentScale(ctx, s.as("PEN"), competences.Scale{Instrument: "profiel", Name: "Balie", Min: 100, Max: 500, Competence: "K9"})
		if f := fault.Of(err); f == nil || len(f.Fields) != 2 {
			t.Error("a range that does not hold, and a competence that is not there:", err)
		}
	})
}
