package academy_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/academy"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
	"bekwaam/courses/store/storetest"
)

var (
	ctx  = context.Background()
	date = calendar.MustParse
)

// A clock is what an office takes for real time. It stands still, or goes on by a step each time somebody looks at it.
type clock struct{ micros, step atomic.Int64 }

func (c *clock) now() time.Time        { return time.UnixMicro(c.micros.Add(c.step.Load())).UTC() }
func (c *clock) set(day, at string)    { c.micros.Store(moment(day, at).UnixMicro()) }
func (c *clock) move(by time.Duration) { c.micros.Add(by.Microseconds()) }

// moment is a time of a day in Amsterdam.
func moment(day, at string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", day+" "+at, calendar.Amsterdam())
	if err != nil {
		panic(err)
	}
	return t
}

// A scene is an office in a small municipality: team T1 with its leader LEA and the employees EVA and EEF, team T2 with
// its leader LOU and the employee XAN, the training officer PEN and the author AUT. It is noon on 15 January 2026.
type scene struct {
	*academy.Office
	t       *testing.T
	address string
	db      *store.DB
	clock   *clock
	log     *bytes.Buffer
}

// onStage runs a test in a scene of its own on each kind of database.
func onStage(t *testing.T, test func(t *testing.T, s *scene)) {
	storetest.Each(t, func(t *testing.T, address string) {
		s := &scene{t: t, address: address, clock: &clock{}, log: &bytes.Buffer{}}
		s.clock.set("2026-01-15", "12:00")
		s.db = storetest.Open(t, address)
		s.Office = s.office(s.db)
		s.must(s.Begin(ctx, store.Installation{Kind: store.Demo, Municipality: "Gemeente Test", Department: "P&O", NumberPrefix: "TE"}))
		s.must(s.Define(ctx, staff.Actor{}, schemes, requirements))
		s.must(s.Hire(ctx, staff.Actor{}, workforce, true))
		author := s.as("AUT")
		for _, key := range []courses.CourseKey{"BALIE", "KORT", "PRAKTIJK", "LOS"} {
			s.publish(author, key, 1)
		}
		test(t, s)
	})
}

// office opens another office on a database, as a second replica does.
func (s *scene) office(db *store.DB) *academy.Office {
	return academy.New(academy.Config{DB: db, Now: s.clock.now, URL: "https://leren.example", Log: slog.New(slog.NewTextHandler(s.log, nil))})
}

func (s *scene) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// as makes somebody log in.
func (s *scene) as(person staff.PersonID) staff.Actor {
	s.t.Helper()
	secret, err := s.StartSession(ctx, person)
	s.must(err)
	actor, err := s.Authenticate(ctx, secret, store.Session)
	s.must(err)
	return actor
}

// dump is every row but those of logging in.
func (s *scene) dump() string { return storetest.Dump(s.t, s.address, "tokens") }

// lines counts the rows of a table in which all words stand.
func (s *scene) lines(table string, words ...string) int {
	n := 0
rows:
	for line := range strings.Lines(s.dump()) {
		if !strings.HasPrefix(line, table+" ") {
			continue
		}
		for _, word := range words {
			if !strings.Contains(line, word) {
				continue rows
			}
		}
		n++
	}
	return n
}

// source is the file of a course: all courses of the scene ask the same.
func source(t *testing.T, key courses.CourseKey, version string) []byte {
	t.Helper()
	text, err := os.ReadFile("testdata/balie.md")
	if err != nil {
		t.Fatal(err)
	}
	text = bytes.Replace(text, []byte("id: BALIE"), []byte("id: "+key), 1)
	text = bytes.Replace(text, []byte("version: 1"), []byte("version: "+version), 1)
	if key == "KORT" {
		text = bytes.Replace(text, []byte("quiz: {"), []byte("quiz: {time_limit_minutes: 10, "), 1)
	}
	return text
}

func (s *scene) publish(author staff.Actor, key courses.CourseKey, version int) {
	s.t.Helper()
	_, err := s.DraftVersion(ctx, author, key, source(s.t, key, string(rune('0'+version))))
	s.must(err)
	_, err = s.PublishVersion(ctx, author, store.VersionID{Course: key, Number: version})
	s.must(err)
}

// start begins an attempt.
func (s *scene) start(who staff.Actor, course courses.CourseKey) academy.Sitting {
	s.t.Helper()
	sitting, _, err := s.StartAttempt(ctx, who, course, academy.Timing{})
	s.must(err)
	return sitting
}

// right answers both questions well, and wrong neither.
func right(sitting academy.Sitting) []academy.Given { return given(sitting, "goed", "2") }
func wrong(sitting academy.Sitting) []academy.Given { return given(sitting, "fout", "3") }

func given(sitting academy.Sitting, option, number string) []academy.Given {
	var choice courses.OptionID
	for _, o := range sitting.Papers[0].Options {
		if strings.Contains(string(o.Text), option) {
			choice = o.ID
		}
	}
	return []academy.Given{
		{Question: "Q1", Answer: courses.Answer{Options: []courses.OptionID{choice}}, Version: sitting.Saved["Q1"].Version},
		{Question: "Q2", Answer: courses.Answer{Number: number}, Version: sitting.Saved["Q2"].Version},
	}
}

// take does a quiz from start to end.
func (s *scene) take(who staff.Actor, course courses.CourseKey, answers func(academy.Sitting) []academy.Given) academy.Sitting {
	s.t.Helper()
	sitting := s.start(who, course)
	kept, err := s.SaveAnswers(ctx, who, sitting.Attempt.ID, answers(sitting))
	s.must(err)
	for _, k := range kept {
		s.must(k.Err)
	}
	sitting, err = s.SubmitAttempt(ctx, who, sitting.Attempt.ID)
	s.must(err)
	return sitting
}

// sweep runs the sweep and fails the test where it fails.
func (s *scene) sweep(ask academy.SweepRequest) academy.SweepReport {
	s.t.Helper()
	report, err := s.Sweep(ctx, staff.Actor{Functions: []staff.Function{staff.TrainingOfficer}}, ask)
	s.must(err)
	return report
}

// logs says whether the log holds a word as a word of its own: within an ID, which is random letters, it may stand by chance.
func (s *scene) logs(word string) bool {
	return regexp.MustCompile(`\b` + word + `\b`).MatchString(s.log.String())
}

// refuses checks that an error is a fault of a kind and, where it is given, a reason.
func refuses(t testing.TB, err error, kind fault.Kind, reason string) {
	t.Helper()
	if !errors.Is(err, fault.New(kind, "", "").Because(reason)) {
		t.Errorf("got %v, want fault %d with reason %q", err, kind, reason)
	}
}

// same compares two dumps and shows the lines that only one of them has.
func same(t testing.TB, what, got, want string) {
	t.Helper()
	gotLines, wantLines := strings.Split(got, "\n"), strings.Split(want, "\n")
	for _, line := range gotLines {
		if !slices.Contains(wantLines, line) {
			t.Errorf("%s: more: %s", what, line)
		}
	}
	for _, line := range wantLines {
		if !slices.Contains(gotLines, line) {
			t.Errorf("%s: missing: %s", what, line)
		}
	}
	if got != want && !t.Failed() {
		t.Errorf("%s: a line stands there more often", what)
	}
}

func equal[T comparable](t testing.TB, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

var (
	schemes = []certificates.Scheme{
		{Key: "BALIE", Version: 1, Title: "Balie", Months: 12, Method: certificates.MethodPrevious, WindowMonths: 2, GraceMonths: 1, Refreshers: []certificates.Component{{Kind: certificates.ComponentCourse, Course: "KORT"}}, AssessmentAtWork: true,
			Components: []certificates.Component{{Kind: certificates.ComponentCourse, Course: "BALIE", Title: "toets"}}},
		{Key: "PRAKTIJK", Version: 1, Title: "Praktijk", Months: 24, Method: certificates.MethodCompletion, WindowMonths: 3,
			Components: []certificates.Component{{Kind: certificates.ComponentCourse, Course: "PRAKTIJK", Title: "toets"}, {Kind: certificates.ComponentObserved, Title: "gezien"}}},
	}
	// forever is for the tests that need it: what never ends.
	forever      = certificates.Scheme{Key: "EENMALIG", Version: 1, Title: "Eenmalig", Method: certificates.MethodNever, Components: []certificates.Component{{Kind: certificates.ComponentCourse, Course: "LOS"}}}
	requirements = []certificates.Requirement{
		{ID: "1", Scheme: "BALIE", SubjectKind: certificates.ForRole, Subject: "R1", SubjectName: "medewerker balie", InductionDays: 30, Citation: "art. 1"},
		{ID: "2", Scheme: "BALIE", SubjectKind: certificates.ForTeam, Subject: "T1", SubjectName: "Balie", InductionDays: 60},
	}
	workforce = academy.Workforce{
		Teams:  []staff.Team{{ID: "T1", Name: "Balie", Leader: "LEA"}, {ID: "T2", Name: "Backoffice", Leader: "LOU"}},
		Roles:  []staff.Role{{ID: "R1", Code: "balie", Name: "medewerker balie"}, {ID: "R2", Code: "overig", Name: "overig"}, {ID: "R3", Code: "po", Name: "P&O", Functions: []staff.Function{staff.TrainingOfficer}}},
		People: []staff.Person{{ID: "LEA", First: "Lea", Last: "Bos"}, {ID: "EVA", First: "Eva", Infix: "van der", Last: "Berg"}, {ID: "EEF", First: "Eef", Last: "Bos"}, {ID: "LOU", First: "Lou", Last: "Bos"}, {ID: "XAN", First: "Xan", Last: "Bos"}, {ID: "PEN", First: "Pen", Last: "Bos"}, {ID: "AUT", First: "Aut", Last: "Bos"}},
		Employments: []staff.Employment{
			{Person: "LEA", Number: 1, Team: "T1", Role: "R2", From: date("2020-01-01")}, {Person: "EVA", Number: 1, Team: "T1", Role: "R1", From: date("2026-01-15")},
			{Person: "EEF", Number: 1, Team: "T1", Role: "R1", From: date("2026-01-01"), Until: date("2026-03-31")}, {Person: "LOU", Number: 1, Team: "T2", Role: "R2", From: date("2020-01-01")},
			{Person: "XAN", Number: 1, Team: "T2", Role: "R2", From: date("2020-01-01")}, {Person: "PEN", Number: 1, Team: "T2", Role: "R3", From: date("2020-01-01")},
			{Person: "AUT", Number: 1, Team: "T2", Role: "R2", From: date("2020-01-01")},
		},
		Designations: []staff.Designation{{Person: "AUT", Kind: staff.KnowledgeHolder, Subject: "balie"}},
	}
)
