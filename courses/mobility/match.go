package mobility

import (
	"cmp"
	"slices"

	"bekwaam/certificates"
	"bekwaam/courses/competences"
	"bekwaam/courses/staff"
)

// A Match compares what one person can do with what one role asks. It explains; it decides nothing, and it is no score.
type Match struct {
	Role    staff.RoleID
	Gaps    []competences.Gap        // everything that is asked, what is missing first
	Lacking []certificates.SchemeKey // certificates the role asks and the person does not hold, in order of key
	Open    []Open                   // of what is missing, what no learning on offer closes, whenever it is given
	Held    bool                     // the person has the role already
}

// Met counts what is there already.
func (m Match) Met() int { return competences.Met(m.Gaps) }

// Steps counts what is missing: competences below their level, and certificates.
func (m Match) Steps() int { return len(m.Gaps) - m.Met() + len(m.Lacking) }

// Compare makes the match of a person and a role. holds tells which certificates are valid; reach what the offer leads to.
func Compare(profile competences.RoleProfile, standings map[competences.CompetenceID]competences.Standing, schemes []certificates.SchemeKey, holds func(certificates.SchemeKey) bool, reach Reach) Match {
	m := Match{Role: profile.Role, Gaps: competences.Gaps(profile, standings)}
	for _, g := range m.Gaps {
		if reaches := max(reach[g.Competence], g.Has.Level); g.Missing() > 0 && reaches < g.Level {
			m.Open = append(m.Open, Open{Required: g.Required, Has: g.Has.Level, Reaches: reaches})
		}
	}
	for _, s := range schemes {
		if !holds(s) {
			m.Lacking = append(m.Lacking, s)
		}
	}
	slices.Sort(m.Lacking)
	return m
}

// A Reach is the level to which everything on offer could bring somebody, by competence.
type Reach map[competences.CompetenceID]competences.Level

// ReachOf works out how far the whole offer could bring somebody: once for a person, whatever number of roles.
func ReachOf(p Problem) Reach {
	s := newSearch(p)
	reach := make(Reach, len(s.ids))
	levels, _ := s.reachable()
	for i, level := range levels {
		reach[s.ids[i]] = level
	}
	return reach
}

// SortForPerson puts the matches of one person in order of the number of steps, then of role: which roles are near. It is
// never used for several people and one role: those stand in order of name.
func SortForPerson(matches []Match) {
	slices.SortFunc(matches, func(a, b Match) int {
		return cmp.Or(cmp.Compare(a.Steps(), b.Steps()), cmp.Compare(a.Role, b.Role))
	})
}

// A Quadrant is the place of one competence in the two by two of developed and aptitude.
type Quadrant string

const (
	UseAndStrengthen Quadrant = "use"     // developed, and it suits
	InvestAndDevelop Quadrant = "invest"  // not developed yet, and it suits
	KeepUp           Quadrant = "keep-up" // developed, and it costs effort
	WorkAround       Quadrant = "around"  // not developed, and it costs effort: another may do it, or it takes longer
	OnlyDeveloped    Quadrant = "developed"
	OnlyMissing      Quadrant = "missing"
)

// QuadrantOf places a gap. Without an aptitude it tells only whether the level is there.
func QuadrantOf(g competences.Gap, a competences.Aptitude) Quadrant {
	developed := g.Missing() == 0
	switch {
	case a == competences.AptitudeHigh && developed:
		return UseAndStrengthen
	case a == competences.AptitudeHigh:
		return InvestAndDevelop
	case a == competences.AptitudeLow && developed:
		return KeepUp
	case a == competences.AptitudeLow:
		return WorkAround
	case developed:
		return OnlyDeveloped
	}
	return OnlyMissing
}

// Label names the quadrant in a word; empty where no aptitude is known.
func (q Quadrant) Label() (dutch, english string) {
	switch q {
	case UseAndStrengthen:
		return "Inzetten", "Put to use"
	case InvestAndDevelop:
		return "Ontwikkelen", "Develop"
	case KeepUp:
		return "Bijhouden", "Keep up"
	case WorkAround:
		return "Bewust kiezen", "Choose deliberately"
	}
	return "", ""
}

// Say explains the quadrant in Dutch and in English, to the person first.
func (q Quadrant) Say() (dutch, english string) {
	switch q {
	case UseAndStrengthen:
		return "Dit kun je, en het past bij je: gebruik het.", "You can do this, and it suits you: use it."
	case InvestAndDevelop:
		return "Dit past bij je. Met leren kom je er.", "This suits you. Learning gets you there."
	case KeepUp:
		return "Dit kun je, maar het kost je meer moeite: houd het bij.", "You can do this, but it takes more effort: keep it up."
	case WorkAround:
		return "Dit kost je meer moeite. Bespreek of je het wilt leren, of dat een collega het doet.", "This takes more effort. Discuss whether you want to learn it, or a colleague does it."
	case OnlyDeveloped:
		return "Dit kun je.", "You can do this."
	}
	return "Dit kun je nog niet op dit niveau.", "You cannot do this at this level yet."
}
