package courses

import (
	"regexp"
	"slices"
	"strings"
)

func (s Single) key() Answer   { return Answer{Options: optionIDs(correctOptions(s.Options))} }
func (m Multiple) key() Answer { return Answer{Options: optionIDs(correctOptions(m.Options))} }

func (t TrueFalse) key() Answer { return Answer{Truth: &t.Answer} }
func (n Numeric) key() Answer   { return Answer{Number: string(n.Answer)} }
func (s Short) key() Answer     { return Answer{Text: s.Accept[0]} }

func (m Match) key() Answer {
	pairs := make(map[string]string, len(m.Left))
	for left, right := range m.Pairs {
		pairs[string(left)] = string(right)
	}
	return Answer{Pairs: pairs}
}

func (o Order) key() Answer {
	var sequence []OptionID
	for _, i := range o.Items {
		sequence = append(sequence, i.ID)
	}
	return Answer{Options: sequence}
}

func (c Cloze) key() Answer {
	pairs := make(map[string]string, len(c.Gaps))
	for _, gap := range c.Gaps {
		if gap.Kind == GapInput {
			pairs[string(gap.ID)] = gap.Accept[0]
		} else {
			pairs[string(gap.ID)] = place(gap.correct())
		}
	}
	return Answer{Pairs: pairs}
}

// correct is the index of the first correct option of a gap where one chooses.
func (g ClozeGap) correct() int {
	return slices.IndexFunc(g.Options, func(o GapOption) bool { return o.Correct })
}

func (s Single) solution() []Markdown   { return optionTexts(correctOptions(s.Options)) }
func (m Multiple) solution() []Markdown { return optionTexts(correctOptions(m.Options)) }

func (TrueFalse) solution() []Markdown { return nil }
func (n Numeric) solution() []Markdown { return []Markdown{n.withUnit(n.Answer)} }
func (s Short) solution() []Markdown   { return []Markdown{plain(s.Accept[0])} }

func (m Match) solution() []Markdown {
	var lines []Markdown
	for _, left := range m.Left {
		lines = append(lines, left.Text+" → "+item(m.Right, m.Pairs[left.ID]).Text)
	}
	return lines
}

func (o Order) solution() []Markdown {
	var lines []Markdown
	for _, i := range o.Items {
		lines = append(lines, i.Text)
	}
	return lines
}

// solution is the text with its gaps filled.
func (c Cloze) solution() []Markdown {
	filled := string(c.Text)
	for _, gap := range c.Gaps {
		var words Markdown
		if gap.Kind == GapInput {
			words = plain(gap.Accept[0])
		} else {
			words = gap.Options[gap.correct()].Text
		}
		filled = strings.ReplaceAll(filled, "{{"+string(gap.ID)+"}}", string(words))
	}
	return []Markdown{Markdown(filled)}
}

// optionIDs returns the ids of options as a sorted set.
func optionIDs(options []Option) []OptionID {
	var ids []OptionID
	for _, o := range options {
		ids = append(ids, o.ID)
	}
	slices.Sort(ids)
	return ids
}

func optionTexts(options []Option) []Markdown {
	var texts []Markdown
	for _, o := range options {
		texts = append(texts, o.Text)
	}
	return texts
}

// Within a line, and at its start, these are markup to CommonMark.
var (
	inlineMarkup = regexp.MustCompile("[\\\\`*_\\[\\]<>&~]")
	blockMarkup  = regexp.MustCompile(`^([0-9]{1,9})?([-+#.)])($|[- #])`)
)

// plain returns a text, which is not Markdown, as Markdown of one line that shows the same.
func plain(text string) Markdown {
	line := strings.Join(strings.Fields(text), " ")
	line = inlineMarkup.ReplaceAllString(line, `\$0`)
	return Markdown(blockMarkup.ReplaceAllString(line, `${1}\${2}${3}`))
}
