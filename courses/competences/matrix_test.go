package competences

import (
	"fmt"
	"strings"
	"testing"

	"bekwaam/certificates"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

var catalogue = Catalogue{
	Frameworks:  []Framework{{Key: "f", Scale: []string{"a", "b", "c", "d", "e"}, Independent: 3}},
	Competences: []Competence{{ID: "K01", Framework: "f", Name: "Paspoort", Certificates: []certificates.SchemeKey{"A", "B"}}, {ID: "K02", Framework: "f", Name: "Schrijven"}, {ID: "K03", Framework: "f", Name: "Zingen"}},
	Proofs:      Proofs{"A": {{"K01", 2}}},
}

// member is somebody in the team for whom a leader gave a level of each competence.
func member(id staff.PersonID, until string, fixed bool, levels ...Level) Member {
	m := Member{Person: id, Employments: []staff.Employment{{Person: id, Number: 1, From: day("2020-01-01"), Fixed: fixed}}}
	if until != "" {
		m.Employments[0].Until = day(until)
	}
	for i, level := range levels {
		m.Evidence = append(m.Evidence, Evidence{Person: id, Competence: catalogue.Competences[i].ID, Source: Leader, Level: level, On: day("2026-01-01")})
	}
	return m
}

// holding gives a member a certificate.
func holding(m Member, scheme certificates.SchemeKey, from, until string) Member {
	m.Periods = append(m.Periods, certificates.Period{Person: m.Person, Scheme: scheme, CompletedOn: day(from), ValidFrom: day(from), ValidUntil: day(until)})
	return m
}

func TestHowATeamStandsInACompetence(t *testing.T) {
	const certified, plain = "K01", "K02"
	for _, c := range []struct {
		sentence   string
		members    []Member
		competence CompetenceID
		needed     int
		on         string
		without    staff.PersonID
		want       string
	}{
		{"enough people can do it", []Member{member("A", "", false, 0, 3), member("B", "", false, 0, 4)}, plain, 2, "2026-06-01", "", "2 fine"},
		{"nobody said how many are needed", []Member{member("A", "", false, 0, 3)}, plain, 0, "2026-06-01", "", "1 "},
		{"one where two are needed is vulnerable", []Member{member("A", "", false, 0, 3), member("B", "", false, 0, 2)}, plain, 2, "2026-06-01", "", "1 vulnerable [] teach B "},
		{"two where three are needed is too few", []Member{member("A", "", false, 0, 3), member("B", "", false, 0, 3), member("C", "", false, 0, 1)}, plain, 3, "2026-06-01", "", "2 short [] teach C "},
		{"nobody knows anything of it", []Member{member("A", "", false)}, plain, 1, "2026-06-01", "", "0 vulnerable [] recruit  "},
		{"who is away counts for nothing and is not asked either", []Member{member("A", "", false, 0, 3), member("B", "", false, 0, 2)}, plain, 1, "2026-06-01", "A", "0 vulnerable [] teach B "},
		{"the one who can do it leaves, so somebody learns it before", []Member{member("A", "2027-03-31", false, 0, 3), member("B", "", false, 0, 2)}, plain, 2, "2026-06-01", "", "1 vulnerable [leaves A 2027-03-31] teach B 2027-03-31"},
		{"a contract ends", []Member{member("A", "2027-03-31", true, 0, 3), member("B", "", false, 0, 2)}, plain, 2, "2026-06-01", "", "1 vulnerable [contract-ends A 2027-03-31] teach B 2027-03-31"},
		{"somebody leaves within half a year and then there are too few", []Member{member("A", "2026-11-30", false, 0, 3)}, plain, 1, "2026-06-01", "", "1 soon [leaves A 2026-11-30] recruit  "},
		{"somebody leaves later than that", []Member{member("A", "2026-12-01", false, 0, 3)}, plain, 1, "2026-06-01", "", "1 fine"},
		{"somebody leaves who can be missed", []Member{member("A", "2026-07-01", false, 0, 3), member("B", "", false, 0, 3)}, plain, 1, "2026-06-01", "", "2 fine"},
		{"who left is not in the team", []Member{member("A", "2026-05-31", false, 0, 3)}, plain, 1, "2026-06-01", "", "absent"},
		{"a level without its certificate does not count", []Member{member("A", "", false, 4)}, certified, 1, "2026-06-01", "", "0 vulnerable [] renew A "},
		{"an expired certificate does not count", []Member{holding(member("A", "", false, 4), "B", "2025-01-01", "2026-05-31")}, certified, 1, "2026-06-01", "", "0 vulnerable [] renew A "},
		{"on its last day a certificate counts", []Member{holding(member("A", "", false, 4), "B", "2025-01-01", "2026-06-01")}, certified, 1, "2026-06-01", "", "1 soon [certificate-ends A 2026-06-01] renew A 2026-06-01"},
		{"a certificate that holds for longer asks for nothing", []Member{holding(member("A", "", false, 4), "B", "2025-01-01", "2026-07-31")}, certified, 1, "2026-06-01", "", "1 fine"},
		{"one that ends within sixty days does", []Member{holding(member("A", "", false, 4), "B", "2025-01-01", "2026-07-30")}, certified, 1, "2026-06-01", "", "1 soon [certificate-ends A 2026-07-30] renew A 2026-07-30"},
		{"but not where it was renewed already", []Member{holding(holding(member("A", "", false, 4), "B", "2025-01-01", "2026-07-30"), "A", "2026-07-31", "2027-07-30")}, certified, 1, "2026-06-01", "", "1 fine"},
		{"a certificate alone is not enough", []Member{holding(member("A", "", false, 1), "A", "2025-01-01", "2028-01-01")}, certified, 1, "2026-06-01", "", "0 vulnerable [] teach A "},
		{"before anybody judged, nobody counts", []Member{member("A", "", false, 0, 3)}, plain, 1, "2025-06-01", "", "0 vulnerable [] recruit  "},
	} {
		m := catalogue.Matrix(c.members, []Needed{{Competence: c.competence, People: c.needed}}, day(c.on), c.without)
		if got := say(m, c.competence); got != c.want {
			t.Errorf("%s: %q, want %q", c.sentence, got, c.want)
		}
	}
}

// say writes how a team stands in a competence.
func say(m Matrix, id CompetenceID) string {
	if len(m.People) == 0 {
		return "absent"
	}
	for _, r := range m.Rows {
		if r.ID != id {
			continue
		}
		text := fmt.Sprintf("%d %s", len(r.Covered), r.State)
		if r.Risk == nil {
			return text
		}
		var ends []string
		for _, e := range r.Risk.Ends {
			ends = append(ends, fmt.Sprint(e.Kind, " ", e.Person, " ", e.Last))
		}
		by := ""
		if !r.Risk.Help.By.IsZero() {
			by = r.Risk.Help.By.String()
		}
		return fmt.Sprintf("%s [%s] %s %s %s", text, strings.Join(ends, ", "), r.Risk.Help.Kind, r.Risk.Help.Person, by)
	}
	return "no row"
}

func TestAMatrixHasWhatIsNeededAskedOrShown(t *testing.T) {
	asked := member("A", "", false, 2)
	asked.Asked = map[CompetenceID]Level{"K02": 3}
	m := catalogue.Matrix([]Member{asked}, nil, day("2026-06-01"), "")
	var rows []string
	for _, r := range m.Rows {
		rows = append(rows, fmt.Sprint(r.ID, " ", r.Cells[0].Level, " of ", r.Cells[0].Asked))
	}
	if got := strings.Join(rows, ", "); got != "K01 2 of 0, K02 0 of 3" {
		t.Errorf("got %s", got)
	}
}

func TestRisksStandWithTheMostUrgentFirst(t *testing.T) {
	members := []Member{holding(member("A", "2026-07-01", false, 3, 3, 3), "A", "2025-01-01", "2027-01-01"), member("B", "", false, 0, 3)}
	m := catalogue.Matrix(members, []Needed{{Competence: "K01", People: 1}, {Competence: "K02", People: 3}, {Competence: "K03", People: 2}}, day("2026-06-01"), "")
	var got []string
	for _, r := range m.Risks() {
		got = append(got, fmt.Sprint(r.Competence, " ", r.State))
		dutch, english := Book{"A": "An", "B": "Bo"}.Words(r)
		help, helped := Book{"A": "An", "B": "Bo"}.HelpWords(r, false)
		for _, words := range []string{dutch, english, help, helped} {
			if words == "" || strings.Contains(words, "%!") {
				t.Errorf("%s: %q", r.Competence, words)
			}
		}
	}
	if text := strings.Join(got, ", "); text != "K03 vulnerable, K02 short, K01 soon" {
		t.Errorf("got %s", text)
	}
}

func TestWhatIsWrongWithALearningItem(t *testing.T) {
	office := Office{Items: []LearningItem{{ID: "L1", After: []ItemID{"L2"}}, {ID: "L2"}}, Scheme: func(k certificates.SchemeKey) bool { return k == "A" }, Person: func(p staff.PersonID) bool { return p == "A" }}
	good := LearningItem{ID: "L2", Title: "Les", Kind: "cursus", Minutes: 60, Scheme: "A", Guide: "A", Evidences: []Raise{{"K01", 0, 2}}}
	for _, c := range []struct {
		sentence string
		change   func(*LearningItem)
		want     string
	}{
		{"a good item", func(*LearningItem) {}, ""},
		{"what evidences nothing may be there", func(i *LearningItem) { i.Evidences = nil }, ""},
		{"an item without a title", func(i *LearningItem) { i.Title = " " }, "title"},
		{"an item that takes no time", func(i *LearningItem) { i.Minutes = 0 }, "minutes"},
		{"an item for a scheme that is not there", func(i *LearningItem) { i.Scheme = "Z" }, "scheme"},
		{"an item that waits for itself", func(i *LearningItem) { i.After = []ItemID{"L2"} }, "after after"},
		{"items that wait for each other", func(i *LearningItem) { i.After = []ItemID{"L1"} }, "after"},
		{"an item after one that is not there", func(i *LearningItem) { i.AfterAny = []ItemID{"L9"} }, "afterAny"},
		{"a level that lowers", func(i *LearningItem) { i.Evidences = []Raise{{"K01", 3, 2}} }, "evidences[0].from"},
		{"a level above the scale", func(i *LearningItem) { i.Evidences = []Raise{{"K01", 3, 6}} }, "evidences[0].level"},
		{"a competence that is not there", func(i *LearningItem) { i.AtLeast = []Attained{{"K99", 1}} }, "atLeast[0].competence"},
		{"days that are not in order", func(i *LearningItem) { i.Starts = []Start{{day("2027-02-02"), day("2027-02-01")}} }, "starts"},
	} {
		item := good
		c.change(&item)
		if got := fieldsOf(catalogue.CheckItem(item, office)); got != c.want {
			t.Errorf("%s: %q, want %q", c.sentence, got, c.want)
		}
	}
}

func TestWhatIsWrongWithAProfile(t *testing.T) {
	there := []RoleProfile{{Version: 1, ValidFrom: day("2026-09-01")}}
	for _, c := range []struct {
		sentence string
		profile  RoleProfile
		want     string
	}{
		{"a good profile", RoleProfile{ValidFrom: day("2026-10-01"), Required: []Required{{"K01", 3, 3}}}, ""},
		{"one that begins in the past", RoleProfile{ValidFrom: day("2026-05-31"), Required: []Required{{"K01", 3, 3}}}, "validFrom"},
		{"one that begins before the newest", RoleProfile{ValidFrom: day("2026-08-31"), Required: []Required{{"K01", 3, 3}}}, "validFrom"},
		{"one that asks nothing", RoleProfile{ValidFrom: day("2026-10-01")}, "required"},
		{"one that asks the same twice", RoleProfile{ValidFrom: day("2026-10-01"), Required: []Required{{"K01", 3, 3}, {"K01", 2, 3}}}, "required[1].competence"},
		{"one that asks level 0 with weight 4", RoleProfile{ValidFrom: day("2026-10-01"), Required: []Required{{"K01", 0, 4}}}, "required[0].level required[0].weight"},
	} {
		if got := fieldsOf(catalogue.CheckProfile(c.profile, there, day("2026-06-01"))); got != c.want {
			t.Errorf("%s: %q, want %q", c.sentence, got, c.want)
		}
	}
	if got := fieldsOf(catalogue.CheckNeeded(Needed{Competence: "K99", People: -1})); got != "competence people" {
		t.Errorf("needed: %q", got)
	}
	if got := fieldsOf(catalogue.CheckLevel("K01", 6)); got != "level" {
		t.Errorf("level: %q", got)
	}
}

// fieldsOf names the fields in which something is wrong.
func fieldsOf(err error) string {
	if err == nil {
		return ""
	}
	var names []string
	for _, f := range fault.Of(err).Fields {
		names = append(names, f.Path)
	}
	return strings.Join(names, " ")
}
