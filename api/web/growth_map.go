package web

import (
	"bekwaam/courses/academy"
	"bekwaam/courses/competences"
	"bekwaam/courses/mobility"
)

// An aptitudeMap is the two by two of developed and aptitude of one role. It has no numbers: people talk about it.
type aptitudeMap struct {
	Own     bool
	Name    string   // of somebody else
	Rows    []mapRow // more aptitude, then less; none: nothing is known, or shared
	Unknown []string // competences of which nothing about aptitude is known
}

// A mapRow is what stands on one side of the middle of the scales.
type mapRow struct {
	Name  string
	Cells []mapCell // what is there, then what is not yet
}

// A mapCell is one quadrant with the competences in it.
type mapCell struct {
	Label, Say string
	Items      []quadrantLine
}

// aptitudes makes the two by two of a match, as whoever looks may see it.
func (v *visit) aptitudes(m academy.Matches, r academy.RoleMatch) aptitudeMap {
	a := aptitudeMap{Own: m.Person == v.actor.Person, Name: m.Name}
	inside := make(map[mobility.Quadrant][]quadrantLine)
	for _, g := range r.Gaps {
		i := r.Inclination(g)
		name := m.Competence(g.Competence)
		switch {
		case i.Aptitude != competences.AptitudeUnknown:
			q := r.Quadrant(g)
			inside[q] = append(inside[q], quadrantLine{Name: name, Why: v.both(i.Why())})
		case i.Divided:
			a.Unknown = append(a.Unknown, name+": "+v.both(i.Why()))
		default:
			a.Unknown = append(a.Unknown, name)
		}
	}
	if len(inside) == 0 {
		return a
	}
	cells := func(quadrants ...mobility.Quadrant) (cells []mapCell) {
		for _, q := range quadrants {
			say := v.quadrant(q)
			if a.Own {
				say = v.both(q.Say())
			}
			cells = append(cells, mapCell{Label: v.both(q.Label()), Say: say, Items: inside[q]})
		}
		return cells
	}
	a.Rows = []mapRow{
		{v.say("Meer aanleg", "More aptitude"), cells(mobility.UseAndStrengthen, mobility.InvestAndDevelop)},
		{v.say("Minder aanleg", "Less aptitude"), cells(mobility.KeepUp, mobility.WorkAround)},
	}
	return a
}
