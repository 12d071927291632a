package courses_test

import (
	"fmt"
	"maps"
	"slices"

	"pgregory.net/rapid"

	"bekwaam/courses"
)

// drawQuestion draws a question that a course file could hold.
func drawQuestion(t *rapid.T) courses.Question {
	q := courses.Question{ID: "Q", Points: rapid.IntRange(1, 9).Draw(t, "points")}
	scoring := rapid.SampledFrom([]courses.Scoring{"", courses.ScoreAll, courses.ScorePartial}).Draw(t, "scoring")
	switch rapid.IntRange(0, 7).Draw(t, "kind") {
	case 0:
		q.Body = courses.Single{Options: drawOptions(t, 1)}
	case 1:
		q.Body = courses.Multiple{Options: drawOptions(t, rapid.IntRange(1, 5).Draw(t, "correct")), Scoring: scoring}
	case 2:
		q.Body = courses.TrueFalse{Answer: rapid.Bool().Draw(t, "answer")}
	case 3:
		q.Body = courses.Numeric{Answer: drawDecimal(t), Tolerance: courses.Decimal(fmt.Sprint(rapid.IntRange(0, 9).Draw(t, "tolerance")))}
	case 4:
		q.Body = courses.Short{Accept: drawWords(t), Normalise: drawSteps(t)}
	case 5:
		m := courses.Match{Left: drawItems(t, "l"), Right: drawItems(t, "r"), Pairs: map[courses.OptionID]courses.OptionID{}}
		for _, left := range m.Left {
			m.Pairs[left.ID] = rapid.SampledFrom(m.Right).Draw(t, "right").ID
		}
		q.Body = m
	case 6:
		q.Body = courses.Order{Items: drawItems(t, "i"), Scoring: scoring}
	default:
		var c courses.Cloze
		for i := range rapid.IntRange(1, 4).Draw(t, "gaps") {
			gap := courses.ClozeGap{ID: courses.GapID(fmt.Sprintf("g%d", i)), Kind: courses.GapInput, Accept: drawWords(t), Normalise: drawSteps(t)}
			if rapid.Bool().Draw(t, "select") {
				gap = courses.ClozeGap{ID: gap.ID, Kind: courses.GapSelect}
				for _, o := range drawOptions(t, 1) {
					gap.Options = append(gap.Options, courses.GapOption{Text: o.Text, Correct: o.Correct})
				}
			}
			c.Text += courses.Markdown("{{" + gap.ID + "}}")
			c.Gaps = append(c.Gaps, gap)
		}
		q.Body = c
	}
	return q
}

// drawOptions draws options of which so many are correct, or all where there are no more.
func drawOptions(t *rapid.T, correct int) []courses.Option {
	var options []courses.Option
	for _, i := range drawItems(t, "o") {
		options = append(options, courses.Option{ID: i.ID, Text: i.Text})
	}
	places := []int{0, 1, 2, 3, 4, 5}[:len(options)]
	for _, i := range rapid.Permutation(places).Draw(t, "places")[:min(correct, len(options))] {
		options[i].Correct = true
	}
	return options
}

func drawItems(t *rapid.T, prefix string) []courses.Item {
	var items []courses.Item
	for i := range rapid.IntRange(2, 6).Draw(t, "length") {
		id := fmt.Sprintf("%s%d", prefix, i)
		items = append(items, courses.Item{ID: courses.OptionID(id), Text: courses.Markdown("text of " + id)})
	}
	return rapid.Permutation(items).Draw(t, "items")
}

func drawDecimal(t *rapid.T) courses.Decimal {
	d, err := courses.ParseDecimal(rapid.StringMatching(`-?[0-9]{1,18}(\.[0-9]{1,18})?`).Draw(t, "number"))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// drawWords draws texts of which something is left after any steps.
func drawWords(t *rapid.T) []string {
	return rapid.SliceOfN(rapid.StringMatching(`[ .A-Zé]{0,4}[0-9a-z][ .€]{0,3}`), 1, 3).Draw(t, "words")
}

func drawSteps(t *rapid.T) []courses.Step {
	if rapid.Bool().Draw(t, "default") {
		return nil
	}
	return rapid.SliceOfN(rapid.SampledFrom([]courses.Step{courses.Trim, courses.Lower, courses.StripPunctuation, courses.StripSpaces}), 0, 4).Draw(t, "steps")
}

// drawAnswer draws an answer to a question, which may be none or make no sense.
func drawAnswer(t *rapid.T, q courses.Question) courses.Answer {
	a := courses.Answer{Pairs: map[string]string{}}
	id := func(prefix string) string { return fmt.Sprintf("%s%d", prefix, rapid.IntRange(0, 6).Draw(t, "id")) }
	switch b := q.Body.(type) {
	case courses.Single, courses.Multiple:
		for range rapid.IntRange(0, 4).Draw(t, "chosen") {
			a.Options = append(a.Options, courses.OptionID(id("o")))
		}
	case courses.TrueFalse:
		a = truth(rapid.Bool().Draw(t, "truth"))
	case courses.Numeric:
		a.Number = rapid.OneOf(rapid.Just(string(b.Answer)), rapid.StringMatching(`-?[0-9]{0,3}[.,e]?[0-9]{0,3}`)).Draw(t, "number")
	case courses.Short:
		a.Text = rapid.OneOf(rapid.SampledFrom(b.Accept), rapid.String()).Draw(t, "text")
	case courses.Match:
		for range rapid.IntRange(0, 4).Draw(t, "pairs") {
			a.Pairs[id("l")] = id("r")
		}
	case courses.Order:
		for _, i := range rapid.Permutation(b.Items).Draw(t, "sequence") {
			a.Options = append(a.Options, i.ID)
		}
	case courses.Cloze:
		for _, g := range b.Gaps {
			a.Pairs[string(g.ID)] = rapid.OneOf(rapid.SampledFrom(append(slices.Clone(g.Accept), "")), rapid.StringMatching(`[1-6]`)).Draw(t, "gap")
		}
	}
	maps.DeleteFunc(a.Pairs, func(string, string) bool { return rapid.IntRange(0, 5).Draw(t, "open") == 0 })
	return a
}
