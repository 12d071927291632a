package exchange

import (
	"strings"
	"testing"
	"testing/fstest"

	"bekwaam/courses/competences"
)

const knowledgeFile = `zelfstandig_niveau: 3
schaal: {1: "a", 2: "b", 3: "c"}
groepen: [{id: wet, naam: "Wet"}]
vakcompetenties: [{id: K01, naam: Paspoort, groep: wet, certificaat: [A], definitie: "x", niveaus: {1: "p", 2: "q", 3: "r"}}]
certificering_bewijst: {A: [{competentie: K01, niveau: 2}], B: []}
`

const behaviourFile = `schaal: {1: "a"}
competenties: [{id: C01, naam: Rust, cluster: mens, niveaus: {1: "x"}}, {id: C02, naam: Precies, cluster: vak, niveaus: {1: "x"}}, {id: C03, naam: Trouw, cluster: mens, niveaus: {1: "x"}}]
`

// reads puts files of competences together and reads them.
func reads(knowledge, behaviour, measured string) (Municipality, error) {
	files := fstest.MapFS{
		"vakkennis.yaml": {Data: []byte(knowledge)}, "competenties.yaml": {Data: []byte(behaviour)},
		"competentiemetingen.csv": {Data: []byte("personeelsnummer,competentie_id,bron,niveau,datum\n")}, "competentiemetingen_vak.csv": {Data: []byte("personeelsnummer,competentie_id,bron,niveau,datum,beoordelaar,certificaat_id\n" + measured)},
	}
	var m Municipality
	if err := m.readCompetences(files); err != nil {
		return m, err
	}
	return m, m.readMeasurements(files)
}

func TestCompetencesAreRead(t *testing.T) {
	m, err := reads(knowledgeFile, behaviourFile, "P1,K01,zelf,2,2026-09-15,,\nP1,K01,leidinggevende,3,2026-10-05,P2,\nP1,K01,certificaat,2,2026-01-01,,C1\n")
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, c := range m.Competences.Catalogue.Competences {
		ids = append(ids, string(c.ID))
	}
	if got := strings.Join(ids, " "); got != "K01 C01 C03 C02" {
		t.Errorf("in order of group: %s", got)
	}
	if got := m.Competences.Evidence; len(got) != 2 || got[0].By != "P1" || got[0].Source != competences.Self || got[1].By != "P2" || got[1].Level != 3 {
		t.Errorf("evidence: %v", got)
	}
	if got := m.Competences.Catalogue.Proofs["A"]; len(got) != 1 || got[0].Level != 2 {
		t.Errorf("proofs: %v", got)
	}
}

func TestWhatIsWrongWithCompetencesIsSaid(t *testing.T) {
	for _, c := range []struct{ sentence, knowledge, measured, want string }{
		{"a level is left out of a scale", strings.Replace(knowledgeFile, `2: "b", `, "", 1), "", "level 2 is missing"},
		{"a competence has fewer levels than its scale", strings.Replace(knowledgeFile, `, 3: "r"`, "", 1), "", "2 levels on a scale of 3"},
		{"a group is not there", strings.Replace(knowledgeFile, "groep: wet", "groep: kunst", 1), "", "no group"},
		{"a certificate evidences what is not there", strings.Replace(knowledgeFile, "competentie: K01", "competentie: K99", 1), "", "K99 is not a competence"},
		{"a source is not known", knowledgeFile, "P1,K01,buurman,2,2026-09-15,,\n", "not a source"},
		{"a level is above the scale", knowledgeFile, "P1,K01,zelf,4,2026-09-15,,\n", "not a level of K01"},
		{"a day does not exist", knowledgeFile, "P1,K01,zelf,2,2026-02-30,,\n", "2026-02-30"},
	} {
		if _, err := reads(c.knowledge, behaviourFile, c.measured); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", c.sentence, err)
		}
	}
}

func FuzzCompetences(f *testing.F) {
	f.Add(knowledgeFile, behaviourFile, "P1,K01,zelf,2,2026-09-15,,\n")
	f.Fuzz(func(t *testing.T, knowledge, behaviour, measured string) {
		m, err := reads(knowledge, behaviour, measured)
		if err != nil {
			return
		}
		for _, e := range m.Competences.Evidence {
			if c, known := m.Competences.Catalogue.Competence(e.Competence); !known || e.Level < 1 || int(e.Level) > len(c.Levels) || e.On.IsZero() {
				t.Errorf("kept %v", e)
			}
		}
	})
}
