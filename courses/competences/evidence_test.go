package competences

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
)

var day = calendar.MustParse

func shown(source Source, level Level, on string) Evidence {
	return Evidence{Person: "P", Competence: "K01", Source: source, Level: level, On: day(on)}
}

func TestWhatSomebodyCanDo(t *testing.T) {
	for _, c := range []struct {
		sentence string
		evidence []Evidence
		want     Level
		sources  int
	}{
		{"nothing is known, so nothing can be said", nil, 0, 0},
		{"what somebody says of themselves is shown and does not count", []Evidence{shown(Self, 5, "2026-01-01")}, 0, 1},
		{"a leader's level counts", []Evidence{shown(Self, 5, "2026-01-01"), shown(Leader, 3, "2026-01-01")}, 3, 2},
		{"the highest of the sources counts, and never the mean", []Evidence{shown(Leader, 2, "2026-05-01"), shown(Assessor, 4, "2026-01-01")}, 4, 2},
		{"a later judgement of the same source takes the place of an earlier, also where it is lower", []Evidence{shown(Leader, 4, "2025-01-01"), shown(Leader, 2, "2026-01-01")}, 2, 1},
		{"the order in which evidence came in does not matter", []Evidence{shown(Leader, 2, "2026-01-01"), shown(Leader, 4, "2025-01-01")}, 2, 1},
		{"of a certificate the one that evidences most counts, whichever is newer", []Evidence{shown(Certificate, 3, "2024-01-01"), shown(Certificate, 2, "2026-01-01")}, 3, 1},
		{"what is judged later than the day is not known yet", []Evidence{shown(Leader, 4, "2026-12-01")}, 0, 0},
		{"a judgement of the day itself counts", []Evidence{shown(Leader, 4, "2026-06-01")}, 4, 1},
		{"level 0 is a judgement too", []Evidence{shown(Leader, 0, "2026-01-01")}, 0, 1},
	} {
		got := Standings(c.evidence, day("2026-06-01"))["K01"]
		if got.Level != c.want || len(got.Sources) != c.sources {
			t.Errorf("%s: level %d of %d sources, want %d of %d", c.sentence, got.Level, len(got.Sources), c.want, c.sources)
		}
		if (got.Because != nil) != (c.want > 0) || got.Because != nil && got.Because.Level != c.want {
			t.Errorf("%s: because of %v", c.sentence, got.Because)
		}
	}
}

// anyEvidence draws evidence of one person and competence.
func anyEvidence() *rapid.Generator[Evidence] {
	return rapid.Custom(func(t *rapid.T) Evidence {
		return Evidence{Competence: "K01", Source: rapid.SampledFrom(Sources()).Draw(t, "source"), Level: Level(rapid.IntRange(0, 5).Draw(t, "level")), On: day("2026-01-01").AddDays(rapid.IntRange(0, 50).Draw(t, "day"))}
	})
}

func TestMoreEvidenceOfASourceThatCountsNeverLowers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		evidence := rapid.SliceOf(anyEvidence()).Draw(t, "evidence")
		more := anyEvidence().Filter(func(e Evidence) bool { return e.Source.Counts() }).Draw(t, "more")
		for _, e := range evidence {
			if e.Source == more.Source {
				more.Level, more.On = max(more.Level, e.Level), max(more.On, e.On)
			}
		}
		on := day("2026-12-31")
		before, after := Standings(evidence, on)["K01"].Level, Standings(append(evidence, more), on)["K01"].Level
		if after < before {
			t.Fatalf("from %d to %d by %v", before, after, more)
		}
	})
}

func TestWhatSomebodySaysOfThemselvesNeverCounts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		evidence := rapid.SliceOf(anyEvidence()).Draw(t, "evidence")
		said := anyEvidence().Draw(t, "said")
		said.Source = Self
		on := day("2026-02-01")
		if before, after := Standings(evidence, on)["K01"].Level, Standings(append(evidence, said), on)["K01"].Level; before != after {
			t.Fatalf("from %d to %d", before, after)
		}
	})
}

func TestTheOrderOfEvidenceDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		evidence := rapid.SliceOf(anyEvidence()).Draw(t, "evidence")
		other := rapid.Permutation(evidence).Draw(t, "other")
		on := day("2026-02-01")
		if a, b := fmt.Sprint(Standings(evidence, on)["K01"].Sources), fmt.Sprint(Standings(other, on)["K01"].Sources); a != b {
			t.Fatalf("%s and %s", a, b)
		}
	})
}

func TestWhatCertificatesEvidence(t *testing.T) {
	proofs := Proofs{"A": {{"K01", 2}, {"K02", 1}}, "B": {}}
	until := func(p certificates.Period, revoked string) certificates.Period {
		p.RevokedOn = day(revoked)
		return p
	}
	a := certificates.Period{Person: "P", Scheme: "A", CompletedOn: day("2025-01-01"), ValidFrom: day("2025-02-01"), ValidUntil: day("2026-01-31")}
	for _, c := range []struct {
		sentence string
		periods  []certificates.Period
		on       string
		want     int
	}{
		{"a certificate evidences all that its scheme does", []certificates.Period{a}, "2025-03-01", 2},
		{"from the day it was completed", []certificates.Period{a}, "2025-01-01", 2},
		{"and not before", []certificates.Period{a}, "2024-12-31", 0},
		{"what was known is still known after the certificate expired", []certificates.Period{a}, "2027-01-01", 2},
		{"a revoked certificate evidences nothing", []certificates.Period{until(a, "2025-06-01")}, "2025-06-01", 0},
		{"until it was revoked it did", []certificates.Period{until(a, "2025-06-01")}, "2025-05-31", 2},
		{"a scheme may evidence nothing", []certificates.Period{{Scheme: "B", CompletedOn: day("2025-01-01")}}, "2025-03-01", 0},
	} {
		got := proofs.Evidence(c.periods, day(c.on))
		if len(got) != c.want {
			t.Errorf("%s: %v", c.sentence, got)
		}
		for _, e := range got {
			if e.Source != Certificate || e.Scheme != "A" || e.On != a.CompletedOn || e.Person != staff.PersonID("P") {
				t.Errorf("%s: %v", c.sentence, e)
			}
		}
	}
}

func TestTheGapOfAPersonToAProfile(t *testing.T) {
	profile := RoleProfile{Required: []Required{{"K01", 3, 1}, {"K02", 2, 3}, {"K03", 4, 2}, {"K04", 1, 3}}}
	gaps := Gaps(profile, Standings([]Evidence{shown(Leader, 3, "2026-01-01"), {Competence: "K02", Source: Self, Level: 5, On: day("2026-01-01")}, {Competence: "K03", Source: Assessor, Level: 2, On: day("2026-01-01")}}, day("2026-02-01")))
	text := ""
	for _, g := range gaps {
		text += fmt.Sprintf("%s-%d ", g.Competence, g.Missing())
	}
	if text != "K02-2 K04-1 K03-2 K01-0 " || Met(gaps) != 1 {
		t.Errorf("got %q, %d met", text, Met(gaps))
	}
}

func TestTheVersionOfAProfileThatHolds(t *testing.T) {
	versions := []RoleProfile{{Version: 1, ValidFrom: day("2026-01-01")}, {Version: 2, ValidFrom: day("2027-01-01")}}
	for on, want := range map[string]int{"2025-01-01": 1, "2026-01-01": 1, "2026-12-31": 1, "2027-01-01": 2} {
		if p, ok := On(versions, day(on)); !ok || p.Version != want {
			t.Errorf("on %s: version %d, want %d", on, p.Version, want)
		}
	}
	if _, ok := On(nil, day("2026-01-01")); ok {
		t.Error("a role without a profile has one")
	}
}
