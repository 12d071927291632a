package changes

import (
	"slices"
	"strings"

	"bekwaam/certificates"
	"bekwaam/courses"
)

// An ArticleID is the key of a line of the law register, such as W25.
type ArticleID string

// A Basis says how sure a line of the register is.
type Basis string

const (
	FromSource   Basis = "source"   // it stands so in the sources of the course
	OwnKnowledge Basis = "own"      // knowledge of the trade: have it checked
	FromDocument Basis = "document" // no article is known, only a document
)

// An Article is a line of the law register: what a source says, which goal teaches it, which questions ask it, and which
// scheme proves it.
type Article struct {
	ID        ArticleID
	Source    string // the law or document
	Article   string // empty: none is known
	Topic     string
	Course    courses.CourseKey
	Goal      courses.GoalID
	Questions []courses.QuestionID
	Scheme    certificates.SchemeKey
	Basis     Basis
	Change    ID // the change it belongs to; empty: none
}

// Name writes the source with its article: "Awb art. 2:10 lid 2".
func (a Article) Name() string { return strings.TrimSpace(a.Source + " " + a.Article) }

// A Register is all lines.
type Register []Article

// A Reach is what a change of some articles touches.
type Reach struct {
	Articles  []Article
	Courses   []courses.CourseKey
	Schemes   []certificates.SchemeKey
	Questions int
}

// Reach tells what it touches when a source changes: those lines that have every word, or belong to a change.
func (r Register) Reach(words string, change ID) Reach {
	var reach Reach
	for _, a := range r {
		if change != "" && a.Change != change {
			continue
		}
		all := strings.ToLower(strings.Join([]string{string(a.ID), a.Source, a.Article, a.Topic}, " "))
		if slices.ContainsFunc(strings.Fields(strings.ToLower(words)), func(word string) bool { return !strings.Contains(all, word) }) {
			continue
		}
		reach.Articles = append(reach.Articles, a)
		reach.Courses = append(reach.Courses, a.Course)
		reach.Schemes = append(reach.Schemes, a.Scheme)
		reach.Questions += len(a.Questions)
	}
	slices.Sort(reach.Courses)
	slices.Sort(reach.Schemes)
	reach.Courses, reach.Schemes = slices.Compact(reach.Courses), slices.Compact(reach.Schemes)
	return reach
}
