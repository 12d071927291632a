package mobility_test

import (
	"fmt"
	"slices"
	"testing"

	"bekwaam/certificates"
	. "bekwaam/courses/competences"
	"bekwaam/courses/fault"
	"bekwaam/courses/mobility"
	"bekwaam/courses/staff"
)

func TestAMatchSaysWhatIsThereWhatIsMissingAndWhatNothingCloses(t *testing.T) {
	p := emre()
	standings := map[CompetenceID]Standing{}
	for id, level := range p.Levels {
		standings[id] = Standing{Competence: id, Level: level}
	}
	profile := RoleProfile{Role: "F02", Required: append(slices.Clone(p.Target), asks("C01", 4, 3))}
	m := mobility.Compare(profile, standings, []certificates.SchemeKey{"INT-ZAAK", "INT-ID", "INT-AVG"},
		func(s certificates.SchemeKey) bool { return s != "INT-ID" }, mobility.ReachOf(p))
	if m.Met() != 4 || m.Steps() != 7 || !slices.Equal(m.Lacking, []certificates.SchemeKey{"INT-ID"}) {
		t.Error(m.Met(), m.Steps(), m.Lacking)
	}
	if len(m.Open) != 1 || m.Open[0].Competence != "C01" {
		t.Error(m.Open)
	}
	if first := m.Gaps[0]; first.Competence != "C01" || first.Missing() != 4 {
		t.Error("what weighs most comes first:", first)
	}
}

func TestWithoutAnAptitudeAQuadrantSaysOnlyWhatIsThere(t *testing.T) {
	missing, there := Gap{Required: asks("C01", 3, 1)}, Gap{Required: asks("C01", 3, 1), Has: Standing{Level: 3}}
	for _, c := range []struct {
		gap      Gap
		aptitude Aptitude
		want     mobility.Quadrant
	}{
		{there, AptitudeHigh, mobility.UseAndStrengthen}, {missing, AptitudeHigh, mobility.InvestAndDevelop},
		{there, AptitudeLow, mobility.KeepUp}, {missing, AptitudeLow, mobility.WorkAround},
		{there, AptitudeUnknown, mobility.OnlyDeveloped}, {missing, AptitudeUnknown, mobility.OnlyMissing},
	} {
		if got := mobility.QuadrantOf(c.gap, c.aptitude); got != c.want {
			t.Errorf("%v: %s, not %s", c, got, c.want)
		}
	}
}

func TestThreeDifferentPeopleAgree(t *testing.T) {
	track := mobility.Track{Person: "RW1036", Revision: 1, Steps: []mobility.TrackStep{{Number: 1}}}
	agree := func(party mobility.Party, by string, text int) error {
		next, err := track.Agree(mobility.Agreement{Party: party, By: staff.PersonID(by), Text: text})
		track = next
		return err
	}
	if err := agree(mobility.ByLeader, "RW1036", 1); fault.KindOf(err) != fault.Forbidden {
		t.Error("for oneself as leader:", err)
	}
	if err := agree(mobility.ByLeader, "RW1026", 0); fault.KindOf(err) != fault.Conflict {
		t.Error("to an older text:", err)
	}
	if err := agree(mobility.ByLeader, "RW1026", 1); err != nil || track.Phase() != mobility.Awaiting {
		t.Error(err, track.Phase())
	}
	if err := agree(mobility.ByHR, "RW1026", 1); fault.KindOf(err) != fault.Forbidden {
		t.Error("for two parties:", err)
	}
	track, err := track.Revise(mobility.Terms{PerWeek: 120}, track.Steps)
	if err != nil || track.Phase() != mobility.Draft {
		t.Error("a change asks everybody again:", err, track.Phase())
	}
	for party, by := range map[mobility.Party]string{mobility.ByLeader: "RW1026", mobility.ByEmployee: "RW1036", mobility.ByHR: "RW1057"} {
		if track, err = track.Agree(mobility.Agreement{Party: party, By: staff.PersonID(by), Text: 2}); err != nil {
			t.Error(err)
		}
	}
	if track.Phase() != mobility.Running {
		t.Error(track.Phase())
	}
	stopped, err := track.Stop("RW1036", 0, "Toch niet.")
	if err != nil {
		t.Error(err)
	}
	stopped.Stopped = 1
	if _, err := stopped.Revise(mobility.Terms{}, nil); fault.KindOf(err) != fault.Conflict {
		t.Error("what stopped is not revised:", err)
	}
}

// BenchmarkMatches compares one person with a hundred roles.
func BenchmarkMatches(b *testing.B) {
	p := emre()
	standings := map[CompetenceID]Standing{}
	for id, level := range p.Levels {
		standings[id] = Standing{Competence: id, Level: level}
	}
	var profiles []RoleProfile
	for i := range 100 {
		profile := RoleProfile{Role: staff.RoleID(fmt.Sprint("R", i))}
		for c := range 31 {
			profile.Required = append(profile.Required, asks(CompetenceID(fmt.Sprintf("K%02d", c)), Level(1+(i+c)%5), 1+c%3))
		}
		profiles = append(profiles, profile)
	}
	for b.Loop() {
		reach := mobility.ReachOf(p)
		var matches []mobility.Match
		for _, profile := range profiles {
			matches = append(matches, mobility.Compare(profile, standings, nil, nil, reach))
		}
		mobility.SortForPerson(matches)
	}
}
