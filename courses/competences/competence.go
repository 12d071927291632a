// Package competences knows what work asks of people and what they show: frameworks with a scale of their own, the level a
// role requires, the evidence for a level with its source, and the gap between the two.
//
// It is pure: values in, values out. It imports certificates, courses and what is below them.
package competences

import (
	"fmt"

	"bekwaam/certificates"
)

// A CompetenceID is the key of a competence, such as C01 (behaviour) or K05 (professional knowledge).
type CompetenceID string

// A Level is a place on the scale of a framework; 0 is none.
type Level int

// A Framework (raamwerk) is a set of competences with one scale.
type Framework struct {
	Key         string
	Title       string
	Scale       []string // what each level means, from level 1
	Independent Level    // from which somebody does the work alone
}

// Highest is the highest level of the scale.
func (f Framework) Highest() Level { return Level(len(f.Scale)) }

// A Competence is one thing that somebody can be more or less good at.
type Competence struct {
	ID         CompetenceID
	Framework  string
	Group      string
	Name       string
	Definition string
	Levels     []string // how each level shows in this competence, from level 1

	// One of these must be valid for a level from Independent on to count for coverage; none: it counts without.
	Certificates []certificates.SchemeKey
}

// Shows is what a level of the competence looks like at work; empty for level 0 and for what the scale does not have.
func (c Competence) Shows(l Level) string {
	if l < 1 || int(l) > len(c.Levels) {
		return ""
	}
	return c.Levels[l-1]
}

// A Raise is what something evidences: whoever has at least From comes to To. From is 0 where nothing is needed first.
type Raise struct {
	Competence CompetenceID
	From, To   Level
}

// String writes a raise as K05 1→2.
func (r Raise) String() string { return fmt.Sprintf("%s %d→%d", r.Competence, r.From, r.To) }
