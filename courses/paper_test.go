package courses_test

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"bekwaam/courses"
)

func TestWhatACandidateSeesHasNoPlaceForAKey(t *testing.T) {
	key := regexp.MustCompile(`(?i)key|correct|feedback|remark|solution|answer|accept|pairs|tolerance|error|scoring|right$`)
	for _, of := range []reflect.Type{reflect.TypeFor[courses.Paper](), reflect.TypeFor[courses.Choice](), reflect.TypeFor[courses.Gap]()} {
		for i := range of.NumField() {
			name := of.Field(i).Name
			if of == reflect.TypeFor[courses.Paper]() && name == "Right" {
				continue // the right-hand side of a match
			}
			if key.MatchString(name) {
				t.Errorf("%s.%s looks like a key", of.Name(), name)
			}
		}
	}
}

// canaries hands out words and numbers that stand nowhere else.
type canaries int

func (c *canaries) word() string { *c++; return fmt.Sprintf("kanarie%dk", *c) }

func (c *canaries) number() courses.Decimal { *c++; return courses.Decimal(fmt.Sprintf("77%08d", *c)) }

var song = regexp.MustCompile(`kanarie\d+k|77\d{8}`)

// hide puts a canary in every field of a question that a candidate may not see, its own ids included.
func (c *canaries) hide(b courses.Body) courses.Body {
	markdown := func() courses.Markdown { return courses.Markdown(c.word()) }
	items := func(items []courses.Item, own map[courses.OptionID]courses.OptionID) []courses.Item {
		for i := range items {
			id := courses.OptionID(c.word())
			own[items[i].ID] = id
			items[i].ID, items[i].Feedback = id, markdown()
		}
		return items
	}
	options := func(options []courses.Option) {
		for i := range options {
			options[i].ID, options[i].Feedback = courses.OptionID(c.word()), markdown()
		}
	}
	switch b := b.(type) {
	case courses.Single:
		options(b.Options)
		return b
	case courses.Multiple:
		options(b.Options)
		b.Scoring = courses.Scoring(c.word())
		return b
	case courses.TrueFalse:
		return courses.TrueFalse{FeedbackCorrect: markdown(), FeedbackWrong: markdown()}
	case courses.Numeric:
		return courses.Numeric{
			Answer: c.number(), Tolerance: c.number(), Unit: b.Unit, FeedbackCorrect: markdown(), FeedbackWrong: markdown(),
			CommonErrors: []courses.NumericError{{Value: c.number(), Feedback: markdown()}},
		}
	case courses.Short:
		return courses.Short{
			Accept: []string{c.word()}, Normalise: []courses.Step{courses.Step(c.word())}, FeedbackCorrect: markdown(), FeedbackWrong: markdown(),
			CommonErrors: []courses.ShortError{{Match: c.word(), Feedback: markdown()}},
		}
	case courses.Match:
		left, right := map[courses.OptionID]courses.OptionID{}, map[courses.OptionID]courses.OptionID{}
		hidden := courses.Match{Left: items(b.Left, left), Right: items(b.Right, right), Pairs: map[courses.OptionID]courses.OptionID{}, Feedback: map[courses.OptionID]courses.Markdown{}}
		for l, r := range b.Pairs {
			hidden.Pairs[left[l]], hidden.Feedback[left[l]] = right[r], markdown()
		}
		return hidden
	case courses.Order:
		return courses.Order{Items: items(b.Items, map[courses.OptionID]courses.OptionID{}), Scoring: courses.Scoring(c.word())}
	case courses.Cloze:
		for i, gap := range b.Gaps {
			b.Gaps[i].Accept, b.Gaps[i].Normalise, b.Gaps[i].FeedbackWrong = []string{c.word()}, []courses.Step{courses.Step(c.word())}, markdown()
			for j := range gap.Options {
				gap.Options[j].Feedback = markdown()
			}
		}
		return b
	}
	panic("a kind of question without canaries")
}

func TestAPaperOfTheSixCoursesLeaksNothing(t *testing.T) {
	var c canaries
	for _, course := range seedCourses(t) {
		for _, q := range course.Quiz.Questions {
			before := c
			q.Body = c.hide(q.Body)
			if c == before {
				t.Fatalf("question %s hides nothing", q.ID)
			}
			if !song.MatchString(fmt.Sprintf("%+v", q)) {
				t.Fatalf("question %s lost its canaries", q.ID)
			}
			paper, err := json.Marshal(courses.NewShuffle(seed(1)).Paper(q))
			if err != nil {
				t.Fatal(err)
			}
			if leaked := song.FindString(string(paper)); leaked != "" {
				t.Errorf("the paper of %s leaks %s: %s", q.ID, leaked, paper)
			}
		}
	}
}

// seed makes the seed of an attempt.
func seed(n int) []byte { return binary.BigEndian.AppendUint64(make([]byte, 8), uint64(n)) }

func TestAPaperShowsAllThereIsToAnswer(t *testing.T) {
	s := courses.NewShuffle(seed(1))
	texts := func(choices []courses.Choice) (texts []string) {
		for _, c := range choices {
			texts = append(texts, string(c.Text))
		}
		slices.Sort(texts)
		return texts
	}
	q := courses.Question{ID: "Q", Prompt: "Koppel", Points: 2, Body: courses.Match{
		Left: []courses.Item{{ID: "l1", Text: "een"}, {ID: "l2", Text: "twee"}}, Right: []courses.Item{{ID: "r1", Text: "I"}, {ID: "r2", Text: "II"}, {ID: "r3", Text: "III"}},
	}}
	p := s.Paper(q)
	if p.Question != "Q" || p.Kind != courses.KindMatch || p.Prompt != "Koppel" || p.Points != 2 ||
		!slices.Equal(texts(p.Left), []string{"een", "twee"}) || !slices.Equal(texts(p.Right), []string{"I", "II", "III"}) {
		t.Errorf("match: %+v", p)
	}
	if p = s.Paper(courses.Question{Body: courses.Numeric{Unit: "dagen"}}); p.Unit != "dagen" {
		t.Errorf("numeric: %+v", p)
	}
	p = s.Paper(courses.Question{Body: cloze})
	if p.Text != cloze.Text || len(p.Gaps) != 2 || p.Gaps[0].ID != "g1" || p.Gaps[0].Options != nil || !slices.Equal(texts(p.Gaps[1].Options), []string{"x", "y"}) {
		t.Errorf("cloze: %+v", p)
	}
}

func TestOneSeedGivesOnePaperAndAnotherSeedOtherIDs(t *testing.T) {
	for _, course := range seedCourses(t) {
		for _, q := range course.Quiz.Questions {
			first, again, other := courses.NewShuffle(seed(1)).Paper(q), courses.NewShuffle(seed(1)).Paper(q), courses.NewShuffle(seed(2)).Paper(q)
			if !reflect.DeepEqual(first, again) {
				t.Errorf("%s differs between two papers of one attempt", q.ID)
			}
			for id := range ids(first) {
				if ids(other)[id] {
					t.Errorf("%s has the id %s in two attempts", q.ID, id)
				}
			}
		}
	}
}

func TestChoicesOfDifferentPartsHaveDifferentIDs(t *testing.T) {
	same := []courses.Item{{ID: "a"}, {ID: "b"}}
	options := []courses.GapOption{{Text: "x"}, {Text: "y"}}
	for name, body := range map[string]courses.Body{
		"the sides of a match": courses.Match{Left: same, Right: same},
		"the gaps of a cloze":  courses.Cloze{Gaps: []courses.ClozeGap{{ID: "g1", Kind: courses.GapSelect, Options: options}, {ID: "g2", Kind: courses.GapSelect, Options: options}}},
	} {
		if got := len(ids(courses.NewShuffle(seed(1)).Paper(courses.Question{Body: body}))); got != 4 {
			t.Errorf("%s: %d ids for 4 choices", name, got)
		}
	}
}

// ids returns the opaque ids of a paper.
func ids(p courses.Paper) map[courses.OptionID]bool {
	choices := slices.Concat(p.Options, p.Left, p.Right, p.Items)
	for _, gap := range p.Gaps {
		choices = append(choices, gap.Options...)
	}
	ids := map[courses.OptionID]bool{}
	for _, c := range choices {
		ids[c.ID] = true
	}
	return ids
}

func TestAnAnswerIsRevealedAsItWasConcealed(t *testing.T) {
	for _, course := range seedCourses(t) {
		for _, q := range course.Quiz.Questions {
			s, key := courses.NewShuffle(seed(3)), q.Mark(courses.Answer{}).Key
			if revealed, err := s.Reveal(q, s.Conceal(q, key)); err != nil || !revealed.Equal(key) {
				t.Errorf("%s: got %+v and %v, want %+v", q.ID, revealed, err, key)
			}
		}
	}
}

func TestAnyAnswerIsRevealedAsItWasConcealed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := drawQuestion(t)
		a, err := q.Check(drawAnswer(t, q))
		if err != nil {
			t.Skip("no answer to this question")
		}
		s := courses.NewShuffle(rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, "seed"))
		if revealed, err := s.Reveal(q, s.Conceal(q, a)); err != nil || !revealed.Equal(a) {
			t.Errorf("got %+v and %v, want %+v", revealed, err, a)
		}
	})
}

func TestOwnIDsAndThoseOfAnotherAttemptAreNotAccepted(t *testing.T) {
	q := courses.Question{ID: "Q", Body: single}
	s := courses.NewShuffle(seed(1))
	for name, a := range map[string]courses.Answer{"own id": chosen("a"), "another attempt": courses.NewShuffle(seed(2)).Conceal(q, chosen("a"))} {
		if _, err := s.Reveal(q, a); err == nil {
			t.Errorf("%s was accepted", name)
		}
	}
}

func TestThePlaceOfTheRightOptionTellsNothing(t *testing.T) {
	const seeds = 4000
	for _, tt := range []struct {
		name   string
		body   courses.Body
		key    courses.OptionID
		places int
		limit  float64 // chi-square with places−1 degrees of freedom is above it once in 1,000 times
	}{
		{"the correct option of a single", courses.Single{Options: slices.Concat(single.Options, []courses.Option{{ID: "c"}, {ID: "d"}})}, "a", 4, 16.27},
		{"the first item of an order", order, "i1", 3, 13.82},
	} {
		t.Run(tt.name, func(t *testing.T) {
			q := courses.Question{ID: "Q", Body: tt.body}
			counts := make([]int, tt.places)
			for n := range seeds {
				s := courses.NewShuffle(seed(n))
				paper, opaque := s.Paper(q), s.Conceal(q, chosen(tt.key)).Options[0]
				at := slices.IndexFunc(slices.Concat(paper.Options, paper.Items), func(c courses.Choice) bool { return c.ID == opaque })
				counts[at]++
			}
			expected, chiSquare := float64(seeds)/float64(tt.places), 0.0
			for _, count := range counts {
				chiSquare += (float64(count) - expected) * (float64(count) - expected) / expected
			}
			if chiSquare > tt.limit {
				t.Errorf("places %v: chi-square %.1f, want at most %.2f", counts, chiSquare, tt.limit)
			}
		})
	}
}

func TestDraw(t *testing.T) {
	c, all := quizOf(10, 50)
	if drawn := courses.NewShuffle(seed(1)).Draw(c.Quiz); !slices.Equal(drawn, all) {
		t.Errorf("without a number to draw, drawn %v", drawn)
	}
	c.Quiz.Policy.Draw = 4
	times := map[courses.QuestionID]int{}
	for n := range 1000 {
		drawn := courses.NewShuffle(seed(n)).Draw(c.Quiz)
		if len(drawn) != 4 || !slices.IsSorted(drawn) || len(slices.Compact(slices.Clone(drawn))) != 4 {
			t.Fatalf("drawn %v, want 4 in the order of the file", drawn)
		}
		if again := courses.NewShuffle(seed(n)).Draw(c.Quiz); !slices.Equal(again, drawn) {
			t.Fatalf("drawn %v and then %v", drawn, again)
		}
		for _, id := range drawn {
			times[id]++
		}
	}
	for _, id := range all {
		if times[id] < 325 || times[id] > 475 { // 400 ± 5 standard deviations
			t.Errorf("%s was drawn %d times of 1,000, want about 400", id, times[id])
		}
	}
}

func TestAPaperIsTheSameWhateverTheKeySays(t *testing.T) {
	s := courses.NewShuffle(seed(1))
	for _, course := range seedCourses(t) {
		for _, q := range course.Quiz.Questions {
			before := s.Paper(q)
			switch b := q.Body.(type) {
			case courses.Single:
				flip(b.Options)
			case courses.Multiple:
				flip(b.Options)
			case courses.TrueFalse:
				b.Answer = !b.Answer
				q.Body = b
			case courses.Order:
				slices.Reverse(b.Items)
			case courses.Cloze:
				for _, gap := range b.Gaps {
					for i := range gap.Options {
						gap.Options[i].Correct = !gap.Options[i].Correct
					}
				}
			}
			if after := s.Paper(q); !reflect.DeepEqual(after, before) {
				t.Errorf("%s: %+v became %+v", q.ID, before, after)
			}
		}
	}
}

// flip makes what is correct wrong, and the other way round.
func flip(options []courses.Option) {
	for i := range options {
		options[i].Correct = !options[i].Correct
	}
}
