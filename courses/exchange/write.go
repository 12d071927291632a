package exchange

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"bekwaam/courses"
	"bekwaam/courses/calendar"
)

// WriteCourse writes the course file of a course. A course that makes no good file is refused as ReadCourse would refuse
// that file, but with the parts of the course for places: "questions[2].common_errors[0]", or "" for the course itself.
// Lessons are numbered by their place.
func WriteCourse(c courses.Course) ([]byte, error) {
	var w writer
	w.line("---")
	w.frontMatter(c)
	w.line("---")
	for i, lesson := range c.Lessons {
		w.lesson(i+1, lesson)
	}
	w.part = ""
	w.line("\n%s\n\n```yaml questions", quizHeading)
	for i, question := range c.Quiz.Questions {
		w.part = fmt.Sprintf("questions[%d]", i)
		w.question(question)
	}
	w.line("```")
	source := []byte(w.text.String())
	if len(w.found) == 0 {
		w.course(source)
	}
	if err := w.fault(); err != nil {
		return nil, err
	}
	return source, nil
}

// A writer holds the file so far, and of which part of the course each line tells. The first line of a record tells of
// the whole: there ReadCourse finds what is missing.
type writer struct {
	text strings.Builder
	part string // that is being written
	mistakes
}

func (w *writer) line(format string, args ...any) {
	written := fmt.Sprintf(format+"\n", args...)
	w.text.WriteString(written)
	w.parts = append(w.parts, slices.Repeat([]string{w.part}, strings.Count(written, "\n"))...)
}

// lineOf writes a line about one part of what is being written.
func (w *writer) lineOf(part, format string, args ...any) {
	whole := w.part
	w.part = strings.TrimPrefix(whole+"."+part, ".")
	w.line(format, args...)
	w.part = whole
}

// next is the number of the line that is written next.
func (w *writer) next() int { return len(w.parts) + 1 }

// lesson writes a lesson, and refuses one whose words would begin another: those are not YAML and cannot be quoted.
func (w *writer) lesson(number int, lesson courses.Lesson) {
	w.part = fmt.Sprintf("lessons[%d]", number-1)
	w.line("\n## Les %d: %s\n", number, lesson.Title)
	body := block{w.next(), strings.Split(strings.ReplaceAll(string(lesson.Body), "\r\n", "\n"), "\n")}
	w.line("%s", body.text())
	if strings.ContainsAny(lesson.Title, "\r\n") {
		w.wrong(body.first, notOneLine, "title")
	}
	if _, headings := w.sections(body); len(headings) > 0 {
		w.wrong(headings[0].line, wrongHeading, number+1)
	}
}

// pair writes one field for a line of its own or for a flow; nothing where it has no value.
func pair(name, value string) string {
	if value == "" {
		return ""
	}
	return name + ": " + value
}

// quote writes a text; Go's escapes are all YAML's too.
func quote[T ~string](text T) string {
	if text == "" {
		return ""
	}
	return strconv.Quote(string(text))
}

func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// decimal writes a number in its canonical form, and what is none as a text, which ReadCourse refuses.
func decimal(d courses.Decimal) string {
	if canonical, err := courses.ParseDecimal(string(d)); err == nil {
		return string(canonical)
	}
	return quote(d)
}

// flow writes the fields that have a value within braces.
func flow(pairs ...string) string {
	return "{" + strings.Join(slices.DeleteFunc(pairs, func(p string) bool { return p == "" }), ", ") + "}"
}

// flowList writes a list within brackets; nothing for no list.
func flowList[T any](values []T, write func(T) string) string {
	if values == nil {
		return ""
	}
	var items []string
	for _, value := range values {
		items = append(items, write(value))
	}
	return "[" + strings.Join(items, ", ") + "]"
}

// texts writes a list of texts, of which some may be empty.
func texts[T ~string](values []T) string {
	return flowList(values, func(text T) string { return strconv.Quote(string(text)) })
}

// fields writes those that have a value, each on a line.
func (w *writer) fields(indent string, pairs ...string) {
	for _, p := range pairs {
		if name, _, ok := strings.Cut(p, ":"); ok {
			w.lineOf(name, "%s%s", indent, p)
		}
	}
}

// list writes a list with a line for each item; nothing where it is empty.
func list[T any](w *writer, indent, name string, values []T, write func(T) string) {
	if len(values) > 0 {
		w.lineOf(name, "%s%s:", indent, name)
	}
	for i, value := range values {
		w.lineOf(fmt.Sprintf("%s[%d]", name, i), "%s  - %s", indent, write(value))
	}
}

func (w *writer) frontMatter(c courses.Course) {
	w.line("id: %s", quote(c.Key))
	w.fields("",
		pair("title", quote(c.Title)), pair("version", number(c.Version)), pair("language", quote(c.Language)),
		pair("level", quote(c.Level)), pair("kind", quote(c.Kind)), pair("subject", quote(c.Subject)), pair("target_roles", texts(c.TargetRoles)),
		pair("duration_minutes", number(c.Minutes)), pair("pass_mark_pct", number(c.PassMark)), pair("validity_months", number(c.ValidityMonths)),
		pair("certificate", quote(c.Certificate)), pair("legal_status", quote(c.LegalStatus)), pair("why", quote(c.Why)),
	)
	if d := c.Delta; d != nil {
		w.lineOf("delta", "delta: %s", flow(
			pair("change_id", quote(d.Change)), pair("effective_dates", flowList(d.EffectiveDates, calendar.Date.String)),
			pair("base_course", quote(d.BaseCourse)), pair("retrain_before", d.RetrainBefore.String()),
			pair("replaces_lessons", flowList(d.ReplacesLessons, strconv.Itoa)),
		))
	}
	p := c.Quiz.Policy
	w.lineOf("quiz", "quiz: %s", flow(
		"attempts_per_cycle: "+strconv.Itoa(p.AttemptsPerCycle), "cooling_off_hours: "+float(p.CoolingOff.Hours()),
		pair("time_limit_minutes", whenSet(p.TimeLimit)), pair("feedback", quote(p.Feedback)), pair("practice", quote(p.Practice)), pair("draw", number(p.Draw)),
	))
	list(w, "", "goals", c.Goals, func(g courses.Goal) string { return flow(pair("id", quote(g.ID)), pair("text", quote(g.Text))) })
	list(w, "", "sources", c.Sources, func(s courses.Source) string { return flow(pair("text", quote(s.Text)), pair("mark", quote(s.Mark))) })
	w.fields("", pair("review_due", c.ReviewDue.String()))
}

// float writes a number that ought to be whole; ReadCourse refuses one that is not.
func float(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }

func whenSet(limit time.Duration) string {
	if limit == 0 {
		return ""
	}
	return float(limit.Minutes())
}

func whenTrue(truth bool) string {
	if !truth {
		return ""
	}
	return "true"
}

func (w *writer) question(q courses.Question) {
	const indent = "  "
	w.line("- id: %s", quote(q.ID))
	w.fields(indent, pair("goal", quote(q.Goal)), pair("difficulty", number(q.Difficulty)), pair("points", number(q.Points)),
		pair("practice", whenTrue(q.Practice)), pair("prompt", quote(q.Prompt)))
	if q.Body == nil {
		return
	}
	w.fields(indent, pair("type", quote(q.Kind())))
	switch b := q.Body.(type) {
	case courses.Single:
		list(w, indent, "options", b.Options, writeOption)
	case courses.Multiple:
		w.fields(indent, pair("scoring", quote(b.Scoring)))
		list(w, indent, "options", b.Options, writeOption)
	case courses.TrueFalse:
		w.fields(indent, pair("answer", strconv.FormatBool(b.Answer)), pair("feedback_correct", quote(b.FeedbackCorrect)), pair("feedback_wrong", quote(b.FeedbackWrong)))
	case courses.Numeric:
		w.fields(indent, pair("answer", decimal(b.Answer)), pair("tolerance", decimal(b.Tolerance)), pair("unit", quote(b.Unit)),
			pair("feedback_correct", quote(b.FeedbackCorrect)), pair("feedback_wrong", quote(b.FeedbackWrong)))
		list(w, indent, "common_errors", b.CommonErrors, func(e courses.NumericError) string {
			return flow(pair("value", decimal(e.Value)), pair("feedback", quote(e.Feedback)))
		})
	case courses.Short:
		w.fields(indent, pair("accept", texts(b.Accept)), pair("normalise", texts(b.Normalise)),
			pair("feedback_correct", quote(b.FeedbackCorrect)), pair("feedback_wrong", quote(b.FeedbackWrong)))
		list(w, indent, "common_errors", b.CommonErrors, func(e courses.ShortError) string {
			return flow(pair("match", quote(e.Match)), pair("feedback", quote(e.Feedback)))
		})
	case courses.Match:
		list(w, indent, "left", b.Left, writeItem)
		list(w, indent, "right", b.Right, writeItem)
		w.fields(indent, pair("pairs", byID(b.Pairs)), pair("feedback_pair", byID(b.Feedback)))
	case courses.Order:
		w.fields(indent, pair("scoring", quote(b.Scoring)))
		list(w, indent, "items", b.Items, writeItem)
	case courses.Cloze:
		w.fields(indent, pair("text", quote(b.Text)))
		list(w, indent, "gaps", b.Gaps, writeGap)
	}
}

func writeOption(o courses.Option) string {
	return flow(pair("id", quote(o.ID)), pair("text", quote(o.Text)), pair("correct", whenTrue(o.Correct)), pair("feedback", quote(o.Feedback)))
}

func writeItem(i courses.Item) string {
	return flow(pair("id", quote(i.ID)), pair("text", quote(i.Text)), pair("feedback", quote(i.Feedback)))
}

// byID writes what belongs to ids, in their order.
func byID[V ~string](values map[courses.OptionID]V) string {
	if len(values) == 0 {
		return ""
	}
	var pairs []string
	for _, id := range slices.Sorted(maps.Keys(values)) {
		pairs = append(pairs, strconv.Quote(string(id))+": "+strconv.Quote(string(values[id])))
	}
	return flow(pairs...)
}

func writeGap(g courses.ClozeGap) string {
	options := flowList(g.Options, func(o courses.GapOption) string {
		return flow(pair("text", quote(o.Text)), pair("correct", whenTrue(o.Correct)), pair("feedback", quote(o.Feedback)))
	})
	return flow(pair("id", quote(g.ID)), pair("kind", quote(g.Kind)), pair("options", options), pair("accept", texts(g.Accept)),
		pair("normalise", texts(g.Normalise)), pair("feedback_wrong", quote(g.FeedbackWrong)))
}
