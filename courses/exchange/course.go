package exchange

import (
	"slices"
	"time"

	"golang.org/x/text/language"

	"bekwaam/courses"
)

// ReadCourse reads a course file. A fault.Invalid with the reason course_file lists all mistakes that can be found in
// one go, each with its line; it never repeats what the file says.
func ReadCourse(source []byte) (courses.Course, error) {
	var m mistakes
	c := m.course(source)
	if err := m.fault(); err != nil {
		return courses.Course{}, err
	}
	return c, nil
}

func (m *mistakes) course(source []byte) (c courses.Course) {
	lines := m.lines(source)
	if len(m.found) > 0 {
		return c // not a text: more mistakes would only follow from these
	}
	l := m.layout(lines)
	if l.data.first == 0 {
		return c
	}
	policy := m.frontMatter(l.data, &c)
	c.Lessons = l.lessons
	c.Quiz.Questions = m.questions(l.questions, c.Goals)
	if questions := len(c.Quiz.Questions); c.Quiz.Policy.Draw > questions && questions > 0 {
		m.wrong(policy.fields["draw"].line, drawTooMany, questions)
	}
	return c
}

var courseFields = []string{
	"id", "title", "version", "language", "level", "kind", "subject", "target_roles", "duration_minutes", "pass_mark_pct",
	"validity_months", "certificate", "legal_status", "why", "delta", "quiz", "goals", "sources", "review_due",
}

// frontMatter reads the data of the course, and returns the record of its policy.
func (m *mistakes) frontMatter(b block, c *courses.Course) record {
	node, ok := m.parse(b)
	if !ok {
		return record{}
	}
	r, ok := m.record(field{line: b.start(), value: node})
	if !ok {
		return record{}
	}
	r.only(courseFields...)
	r.require("id", "title", "version", "language", "kind", "pass_mark_pct", "goals")
	c.Key = courses.CourseKey(m.id(r.fields["id"]))
	c.Title = m.oneLine(r.fields["title"])
	c.Version = m.whole(r.fields["version"], 1, courses.MaxVersion)
	c.Language = m.languageCode(r.fields["language"])
	c.Level = m.oneLine(r.fields["level"])
	c.Kind = choice(m, r.fields["kind"], courses.BasisCourse, courses.ApplicationCourse, courses.DeltaCourse)
	c.Subject = choice(m, r.fields["subject"], courses.Regulation, courses.Application, courses.Skill)
	if c.Subject == "" {
		c.Subject = c.Kind.Subject()
	}
	c.TargetRoles = collect(m.list(r.fields["target_roles"]), m.oneLine)
	c.Minutes = m.whole(r.fields["duration_minutes"], 1, courses.MaxMinutes)
	c.PassMark = m.whole(r.fields["pass_mark_pct"], 1, 100)
	c.ValidityMonths = m.whole(r.fields["validity_months"], 1, courses.MaxValidityMonths)
	c.Certificate = m.oneLine(r.fields["certificate"])
	c.LegalStatus = choice(m, r.fields["legal_status"], courses.Statutory, courses.Norm, courses.Internal)
	c.Why = m.markdown(r.fields["why"])
	c.Goals = m.goals(r.fields["goals"])
	c.Sources = m.sources(r.fields["sources"])
	c.ReviewDue = m.date(r.fields["review_due"])
	c.Delta = m.delta(r, c.Kind)
	policy := record{mistakes: m}
	if f := r.fields["quiz"]; f.value != nil {
		policy, _ = m.record(f)
	}
	c.Quiz.Policy = policy.policy()
	return policy
}

func (m *mistakes) languageCode(f field) string {
	const longest = 35 // BCP 47, section 4.4.1
	code, ok := m.words(f)
	if !ok {
		return ""
	}
	tag, err := language.Parse(code[:min(len(code), longest)])
	if err != nil || tag == language.Und || tag.String() != code {
		m.wrong(f.line, notCode, f.name)
	}
	return code
}

func (m *mistakes) goals(f field) []courses.Goal {
	var goals []courses.Goal
	taken := map[string]int{}
	for _, r := range m.records(f, 1) {
		r.only("id", "text")
		r.require("id", "text")
		goals = append(goals, courses.Goal{ID: courses.GoalID(m.newID(r.fields["id"], taken)), Text: m.oneLine(r.fields["text"])})
	}
	return goals
}

func (m *mistakes) sources(f field) []courses.Source {
	var sources []courses.Source
	for _, r := range m.records(f, 0) {
		r.only("text", "mark")
		r.require("text", "mark")
		sources = append(sources, courses.Source{Text: m.oneLine(r.fields["text"]), Mark: choice(m, r.fields["mark"], courses.Seen, courses.Known)})
	}
	return sources
}

// delta reads the change that a delta course teaches, and refuses one in any other course.
func (m *mistakes) delta(course record, kind courses.CourseKind) *courses.Delta {
	f := course.fields["delta"]
	if kind == courses.DeltaCourse {
		course.require("delta")
	}
	if f.value == nil {
		return nil
	}
	if kind != courses.DeltaCourse && kind != "" {
		m.wrong(f.line, deltaOnly)
	}
	r, ok := m.record(f)
	if !ok || len(r.all) == 0 {
		return nil
	}
	r.only("change_id", "effective_dates", "base_course", "retrain_before", "replaces_lessons")
	r.require("change_id")
	delta := &courses.Delta{
		Change:          m.id(r.fields["change_id"]),
		EffectiveDates:  collect(m.list(r.fields["effective_dates"]), m.date),
		BaseCourse:      courses.CourseKey(m.id(r.fields["base_course"])),
		RetrainBefore:   m.date(r.fields["retrain_before"]),
		ReplacesLessons: collect(m.list(r.fields["replaces_lessons"]), func(f field) int { return m.whole(f, 1, courses.MaxLessons) }),
	}
	if len(delta.ReplacesLessons) > 0 && delta.BaseCourse == "" {
		m.wrong(r.fields["replaces_lessons"].line, noBase)
	}
	return delta
}

// policy reads the policy of a quiz; what a record does not say is as in courses.DefaultPolicy.
func (r record) policy() courses.Policy {
	r.only("attempts_per_cycle", "cooling_off_hours", "time_limit_minutes", "feedback", "practice", "draw")
	policy := courses.DefaultPolicy()
	if f := r.fields["attempts_per_cycle"]; f.value != nil {
		policy.AttemptsPerCycle = r.whole(f, 1, courses.MaxAttemptsPerCycle)
	}
	if f := r.fields["cooling_off_hours"]; f.value != nil {
		policy.CoolingOff = time.Duration(r.whole(f, 0, courses.MaxCoolingOffHours)) * time.Hour
	}
	if f := r.fields["feedback"]; f.value != nil {
		policy.Feedback = choice(r.mistakes, f, courses.FeedbackNever, courses.FeedbackAfterPassOrLast, courses.FeedbackAfterSubmission)
	}
	if f := r.fields["practice"]; f.value != nil {
		policy.Practice = choice(r.mistakes, f, courses.PracticeAll, courses.PracticeMarked, courses.PracticeNone)
	}
	policy.TimeLimit = time.Duration(r.whole(r.fields["time_limit_minutes"], 1, courses.MaxMinutes)) * time.Minute
	policy.Draw = r.whole(r.fields["draw"], 1, courses.MaxDraw)
	return policy
}

// hasGoal reports whether a goal is one of the course.
func hasGoal(goals []courses.Goal, id courses.GoalID) bool {
	return slices.ContainsFunc(goals, func(g courses.Goal) bool { return g.ID == id })
}
