package exchange

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"bekwaam/courses"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
)

// seedCourses returns the six courses that come with the product, by the letter their file begins with.
func seedCourses(t testing.TB) map[string][]byte {
	t.Helper()
	names, err := filepath.Glob("../../seed/data/courses/?-*.md")
	if err != nil || len(names) != 6 {
		t.Fatalf("found %d courses (%v), want 6", len(names), err)
	}
	sources := map[string][]byte{}
	for _, name := range names {
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		sources[filepath.Base(name)[:1]] = source
	}
	return sources
}

func read(t testing.TB, source []byte) courses.Course {
	t.Helper()
	c, err := ReadCourse(source)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestTheSixCoursesLoadAsTheyAre(t *testing.T) {
	total := 0
	for letter, source := range seedCourses(t) {
		c := read(t, source)
		total += len(c.Quiz.Questions)
		kinds := map[courses.Kind]bool{}
		for _, q := range c.Quiz.Questions {
			kinds[q.Kind()] = true
		}
		if len(kinds) != 8 {
			t.Errorf("course %s has %d kinds of questions, want 8", letter, len(kinds))
		}
		if c.Quiz.Policy != courses.DefaultPolicy() {
			t.Errorf("course %s has the policy %+v, want the default", letter, c.Quiz.Policy)
		}
	}
	if total != 67 {
		t.Errorf("the courses have %d questions, want 67", total)
	}
}

func TestACourseSaysWhatItsFileSays(t *testing.T) {
	sources := seedCourses(t)
	c := read(t, sources["a"])
	if c.Key != "BRP-ADRES" || c.Title != "BRP in de praktijk: adreswijziging en adresonderzoek" || c.Version != 1 || c.Language != "nl" ||
		c.Level != "B1-B2" || c.Kind != courses.BasisCourse || c.Subject != courses.Regulation || len(c.TargetRoles) != 5 || c.Minutes != 60 ||
		c.PassMark != 75 || c.ValidityMonths != 24 || c.Certificate != "BRP Adres (intern)" || c.LegalStatus != courses.Internal ||
		len(c.Goals) != 4 || len(c.Sources) != 8 || c.ReviewDue != calendar.MustParse("2027-06-01") || c.Delta != nil || len(c.Lessons) != 4 {
		t.Errorf("front matter of course a: %+v", c)
	}
	if first := c.Lessons[0]; first.Number != 1 || first.Title != "Waarom een juist adres zo belangrijk is" || !strings.HasPrefix(string(first.Body), "In de Basisregistratie") || !strings.HasSuffix(string(first.Body), "digitale aangifte.") {
		t.Errorf("first lesson: %+v", first)
	}
	want := courses.Numeric{
		Answer: "5", Tolerance: "0", Unit: "werkdagen", CommonErrors: []courses.NumericError{
			{Value: "28", Feedback: "28 dagen (vier weken) is de termijn waarop een verhuizing vooraf mag worden doorgegeven, niet die van een terugmelding."},
			{Value: "3", Feedback: "Drie werkdagen is sneller dan nodig. De termijn is vijf werkdagen."},
		},
		FeedbackCorrect: "Goed. Binnen vijf werkdagen pakt de gemeente de terugmelding op.", FeedbackWrong: "De termijn voor een terugmelding via de TMV is vijf werkdagen.",
	}
	if q, _ := c.Quiz.Question("BRP-06"); !reflect.DeepEqual(q.Body, want) || q.Goal != "LD3" || q.Difficulty != 1 || q.Points != 1 {
		t.Errorf("BRP-06: %+v", q)
	}
	if got := read(t, sources["d"]).Subject; got != courses.Application {
		t.Errorf("the subject of course d is %q", got)
	}
	delta := courses.Delta{Change: "ONTW-04", EffectiveDates: []calendar.Date{calendar.MustParse("2024-01-01"), calendar.MustParse("2024-12-31")}, RetrainBefore: calendar.MustParse("2023-12-31")}
	if got := read(t, sources["f"]).Delta; !reflect.DeepEqual(got, &delta) {
		t.Errorf("delta of course f: %+v", got)
	}
}

func TestWindowsLineEndsAndAByteOrderMarkChangeNothing(t *testing.T) {
	for letter, source := range seedCourses(t) {
		windows := append([]byte("\uFEFF"), bytes.ReplaceAll(source, []byte("\n"), []byte("\r\n"))...)
		if !reflect.DeepEqual(read(t, windows), read(t, source)) {
			t.Errorf("course %s differs", letter)
		}
	}
}

func TestThePolicyOfTheFileReplacesTheDefault(t *testing.T) {
	source := edit(t, `review_due: 2027-06-01`, "quiz: {attempts_per_cycle: 2, cooling_off_hours: 0, time_limit_minutes: 45, feedback: never, practice: marked, draw: 5}\nsubject: skill")
	c := read(t, source)
	want := courses.Policy{AttemptsPerCycle: 2, TimeLimit: 45 * time.Minute, Feedback: courses.FeedbackNever, Practice: courses.PracticeMarked, Draw: 5}
	if c.Quiz.Policy != want || c.Subject != courses.Skill {
		t.Errorf("got %+v and %s", c.Quiz.Policy, c.Subject)
	}
	source = edit(t, `review_due: 2027-06-01`, "quiz: {time_limit_minutes: null, draw: null}")
	if got := read(t, source).Quiz.Policy; got != courses.DefaultPolicy() {
		t.Errorf("null is not the default: %+v", got)
	}
}

// edit returns course a with one text replaced.
func edit(t testing.TB, old, new string) []byte {
	t.Helper()
	source := string(seedCourses(t)["a"])
	if !strings.Contains(source, old) {
		t.Fatalf("course a has no %q", old)
	}
	return []byte(strings.Replace(source, old, new, 1))
}

// told returns the mistakes of a file, as line and English sentence.
func told(t testing.TB, err error) []string {
	t.Helper()
	if !errors.Is(err, fault.New(fault.Invalid, "", "").Because("course_file")) {
		t.Fatalf("not a fault of a course file: %v", err)
	}
	var told []string
	for _, f := range fault.Of(err).Fields {
		told = append(told, f.Path+": "+f.English)
	}
	return told
}

func says(line int, s sentence, args ...any) string {
	return fmt.Sprintf("regel %d: ", line) + fmt.Sprintf(s.english, args...)
}

func TestEveryMistakeIsToldWithItsLine(t *testing.T) {
	course := string(seedCourses(t)["a"])
	_, options, _ := strings.Cut(course, "  options:")
	options, _, _ = strings.Cut(options, "\n- id: BRP-02")
	const optionC = `{id: c, text: "Bij beide gemeenten.", correct: false, feedback: "Nee. Eén aangifte bij de nieuwe gemeente is genoeg."}`
	for _, tt := range []struct {
		name     string
		old, new string
		want     []string
	}{
		{"a title that is a number is no text", `title: "BRP in de praktijk: adreswijziging en adresonderzoek"`, `title: 12`, []string{says(3, notText, "title")}},
		{"a title has one line", `title: "BRP in de praktijk:`, `title: "BRP\n`, []string{says(3, notOneLine, "title")}},
		{"an escaped control character is one too", `title: "BRP in`, `title: "BRP\0in`, []string{says(3, notText, "title")}},
		{"a required field that is empty is missing", `title: "BRP in de praktijk: adreswijziging en adresonderzoek"`, `title: " "`, []string{says(2, missing, "title")}},
		{"lines are right after texts of several lines", "version: 1", "why: |\n  een\n\n  twee\nlevel: \"a\n\n  b\"\n\n# c\ncertificate: >-\n  d\n  e\nsources:\n  - text: 'f\n      g'\n    mark: SEEN\nversion: een", []string{
			says(8, notOneLine, "level"), says(20, notWhole, "version", 1, courses.MaxVersion),
			says(22, twice, 8), says(28, twice, 13), says(30, twice, 4), says(36, twice, 16),
		}},
		{"a course id stands in addresses", `id: BRP-ADRES`, `id: "../x"`, []string{says(2, notID, "id")}},
		{"a version is a whole number", `version: 1`, `version: "1"`, []string{says(4, notWhole, "version", 1, courses.MaxVersion)}},
		{"a version begins at 1", `version: 1`, `version: 0`, []string{says(4, notWhole, "version", 1, courses.MaxVersion)}},
		{"a number with a leading zero is refused", `version: 1`, `version: 01`, []string{says(4, notWhole, "version", 1, courses.MaxVersion)}},
		{"a language has a code", `language: nl`, `language: Nederlands`, []string{says(5, notCode, "language")}},
		{"a kind is one of three", `kind: basis`, `kind: cursus`, []string{says(7, notChoice, "kind", "basis, applicatie, delta")}},
		{"a delta course has a change", `kind: basis`, `kind: delta`, []string{says(2, missing, "delta")}},
		{"only a delta course has a change", `review_due: 2027-06-01`, `delta: {change_id: X}`, []string{says(29, deltaOnly)}},
		{"roles are a list", `target_roles: [frontoffice-burgerzaken, specialist-brp, toezichthouder-brp, kcc-medewerker, gegevensbeheerder]`, `target_roles: kcc`, []string{says(8, notList, "target_roles")}},
		{"a pass mark of 0 passes everybody", `pass_mark_pct: 75`, `pass_mark_pct: 0`, []string{says(10, notWhole, "pass_mark_pct", 1, 100)}},
		{"a pass mark of 101 passes nobody", `pass_mark_pct: 75`, `pass_mark_pct: 101`, []string{says(10, notWhole, "pass_mark_pct", 1, 100)}},
		{"a date must exist", `review_due: 2027-06-01`, `review_due: 2027-02-29`, []string{says(29, notDate, "review_due")}},
		{"an unknown field is refused", `review_due: 2027-06-01`, `evidences: []`, []string{says(29, unknown, strings.Join(courseFields, ", "))}},
		{"a name that is a number is refused, each time", `{id: LD1,`, `{1: a, 2: b, id: LD1,`, []string{says(16, unknown, "id, text"), says(16, unknown, "id, text")}},
		{"a field stands there once", `language: nl`, `version: 2`, []string{says(2, missing, "language"), says(5, twice, 4)}},
		{"two goals have different ids", "  - {id: LD4,", "  - {id: LD1, text: x}\n  - {id: LD4,", []string{says(19, sameID, 16)}},
		{"a goal has an id and a text", "  - {id: LD4,", "  - {}\n  - {id: LD4,", []string{says(19, missing, "id"), says(19, missing, "text")}},
		{"a goal has nothing else", "  - {id: LD4,", "  - {level: 1, id: LD4,", []string{says(19, unknown, "id, text")}},
		{"a source has a text and a mark", `  - {text: "Bezwaartermijn zes weken (Awb)", mark: KNOWN}`, `  - {}`, []string{says(28, missing, "text"), says(28, missing, "mark")}},
		{"a source has nothing else", `mark: KNOWN`, `mark: KNOWN, url: x`, []string{says(28, unknown, "text, mark")}},
		{"a change has an id", "kind: basis", "kind: delta\ndelta: {base_course: X}", []string{says(8, missing, "change_id")}},
		{"a change has no other fields", "kind: basis", "kind: delta\ndelta: {change_id: X, replaces: [1]}", []string{says(8, unknown, "change_id, effective_dates, base_course, retrain_before, replaces_lessons")}},
		{"only lessons of a base course are replaced", "kind: basis", "kind: delta\ndelta: {change_id: X, replaces_lessons: [1]}", []string{says(8, noBase)}},
		{"a change is a record", "kind: basis", "kind: delta\ndelta: X", []string{says(8, notFields)}},
		{"dates are dates", "kind: basis", "kind: delta\ndelta: {change_id: X, effective_dates: [2026-01-01, 1 mei]}", []string{says(8, notDate, "effective_dates")}},
		{"a policy is a record", `review_due: 2027-06-01`, `quiz: streng`, []string{says(29, notFields)}},
		{"a source is seen or known", `mark: KNOWN`, `mark: HEARD`, []string{says(28, notChoice, "mark", "SEEN, KNOWN")}},
		{"a policy draws no more than there is", `review_due: 2027-06-01`, `quiz: {draw: 13}`, []string{says(29, drawTooMany, 12)}},
		{"an unknown field of the policy is refused", `review_due: 2027-06-01`, `quiz: {tries: 3}`, []string{says(29, unknown, "attempts_per_cycle, cooling_off_hours, time_limit_minutes, feedback, practice, draw")}},
		{"an anchor is refused", `language: nl`, `language: &a nl`, []string{says(5, tricky)}},
		{"an alias is refused", `language: nl`, `language: *a`, []string{says(5, tricky)}},
		{"a tag is refused", `language: nl`, `language: !!str nl`, []string{says(5, tricky)}},
		{"a merge key is refused", `language: nl`, `<<: nl`, []string{says(5, tricky)}},
		{"an open bracket is no YAML", `target_roles: [frontoffice-burgerzaken, specialist-brp, toezichthouder-brp, kcc-medewerker, gegevensbeheerder]`, `target_roles: [x`, []string{says(9, badYAML)}},
		{"brackets go eight deep", `target_roles: [`, `target_roles: [[[[[[[[[`, []string{says(8, tooDeep)}},

		{"a file begins with its data", "---\nid: BRP-ADRES", "id: BRP-ADRES", []string{says(1, noFrontmatter)}},
		{"text stands in a lesson", "\n## Les 1:", "\nHallo\n\n## Les 1:", []string{says(32, strayText)}},
		{"lessons are numbered from 1", "## Les 4:", "## Les 5:", []string{says(73, wrongHeading, 4)}},
		{"a lesson has text", "## Les 1:", "## Les 1: Leeg\n## Les 2:", []string{says(32, emptyLesson), says(43, wrongHeading, 3)}},
		{"a code block is closed", "Ook voor de inwoner", "~~~\nOok voor de inwoner", []string{says(38, openFence), says(252, noQuestions)}},
		{"a control character is found on its line", "Ook voor de inwoner", "Ook\x00voor de inwoner", []string{says(38, controlled)}},
		{"a character that turns the direction of reading is one too", "Ook voor de inwoner", "Ook\u202evoor de inwoner", []string{says(38, controlled)}},
		{"so is one that isolates a text", "Ook voor de inwoner", "Ook\u2069voor de inwoner", []string{says(38, controlled)}},
		{"an escaped one too", `title: "BRP in`, `title: "BRP\u2066in`, []string{says(3, notText, "title")}},
		{"a character that is not UTF-8 is found on its line", "Ook voor de inwoner", "Ook\xffvoor de inwoner", []string{says(38, notUTF8)}},
		{"there are questions", "```yaml questions", "```yaml", []string{says(89, noQuestions)}},
		{"a question begins with a dash", "```yaml questions\n", "```yaml questions\nvragen:\n", []string{says(92, notAQuestion)}},

		{"nothing stands between the heading and the block", "```yaml questions", "Succes!\n\n```yaml questions", []string{says(89, noQuestions)}},
		{"two blocks are one too many", "- id: BRP-02\n", "```\n\n```yaml questions\n- id: BRP-02\n", []string{says(105, afterQuiz)}},
		{"no lesson comes after the questions", "- id: BRP-02\n", "```\n\n## Les 5: Toegift\n\n```\n- id: BRP-02\n", []string{says(105, afterQuiz)}},
		{"two questions have different ids", "- id: BRP-02", "- id: BRP-01", []string{says(103, sameID, 92)}},
		{"a question has all its fields", "  goal: LD2\n  difficulty: 1\n", "", []string{says(92, missing, "goal"), says(92, missing, "difficulty")}},
		{"a goal is one of the course", "goal: LD2", "goal: LD9", []string{says(94, unknownGoal)}},
		{"a type is one of eight", "type: single", "type: essay", []string{says(93, notChoice, "type", "single, multiple, truefalse, numeric, short, match, order, cloze")}},
		{"a field of another type is refused", "type: truefalse", "type: short", []string{
			says(142, missing, "accept"),
			says(148, unknown, "id, type, goal, difficulty, points, prompt, practice, accept, normalise, common_errors, feedback_correct, feedback_wrong"),
		}},
		{"the difficulty goes to 3", "difficulty: 1", "difficulty: 4", []string{says(95, notWhole, "difficulty", 1, 3)}},
		{"a question is worth something", "points: 1", "points: 0", []string{says(96, notWhole, "points", 1, courses.MaxPoints)}},
		{"one question that is no YAML leaves the others", "- id: BRP-02\n", "- id: [BRP-02\n", []string{says(104, badYAML)}},
		{"two options have different ids", "{id: b, text: \"Bij de gemeente Breda", "{id: a, text: \"Bij de gemeente Breda", []string{says(100, sameID, 99)}},
		{"no correct option is refused", `waar zij gaat wonen.", correct: true`, `waar zij gaat wonen.", correct: false`, []string{says(98, oneCorrect)}},
		{"two correct options are refused", `Bij beide gemeenten.", correct: false`, `Bij beide gemeenten.", correct: true`, []string{says(98, oneCorrect)}},
		{"correct is true or false", `Bij beide gemeenten.", correct: false`, `Bij beide gemeenten.", correct: no`, []string{says(101, notTruth, "correct")}},
		{"a wrong option has feedback", optionC, `{id: c, text: "Bij beide gemeenten."}`, []string{says(101, missing, "feedback")}},
		{"an option is a record", optionC, `c`, []string{says(101, notFields)}},
		{"a number is written without quotes", `answer: 15`, `answer: "15"`, []string{says(109, notDecimal, "answer")}},
		{"a number is decimal", `answer: 15`, `answer: 0xF`, []string{says(109, notDecimal, "answer")}},
		{"a tolerance is not negative", `tolerance: 0`, `tolerance: -0.5`, []string{says(110, negative, "tolerance")}},
		{"a step is one of four", `[trim, lower, strip_punctuation]`, `[trim, upper]`, []string{says(183, notChoice, "normalise", "trim, lower, strip_punctuation, strip_spaces")}},
		{"an accepted answer is more than what the steps take away", `accept: ["LAA"]`, `accept: ["?!"]`, []string{says(182, emptyAccept, "accept")}},
		{"an accepted answer can be typed", `accept: ["LAA"]`, `accept: ["` + strings.Repeat("x", courses.MaxText+1) + `"]`, []string{says(182, tooLong, "accept", courses.MaxText)}},
		{"a single has two options", options, ` [{id: a, text: "Ja", correct: true}]`, []string{says(98, tooFew, "options", 2)}},
		{"every left side has a pair", `{l1: r2, l2: r4, l3: r1, l4: r3}`, `{l1: r2, l2: r4, l3: r1}`, []string{says(219, unpaired)}},
		{"a pair begins at the left", `{l1: r2, l2: r4, l3: r1, l4: r3}`, `{l1: r2, l2: r4, l3: r1, l4: r3, l5: r1}`, []string{says(219, unknownLeft, "pairs")}},
		{"a pair ends at the right", `{l1: r2,`, `{l1: r9,`, []string{says(219, unknownRight)}},
		{"feedback on pairs begins at the left", `    l4: "Vertrokken`, `    l5: "Vertrokken`, []string{says(224, unknownLeft, "feedback_pair")}},
		{"a gap stands in the text", `is maximaal {{g2}} euro`, `is maximaal 325 euro`, []string{says(243, gapNotInText)}},
		{"a gap stands in the text once", `is maximaal {{g2}} euro`, `is maximaal {{g2}} of {{g2}} euro`, []string{says(243, gapNotInText)}},
		{"a gap of the text is described", `is maximaal {{g2}} euro`, `is maximaal {{g2}} tot {{g4}} euro`, []string{says(240, gapNotInGaps)}},
		{"a gap where one types has feedback", `, feedback_wrong: "De bezwaartermijn is zes weken."`, ``, []string{says(242, missing, "feedback_wrong")}},
		{"a gap has one right option", `"de afnemer", correct: false`, `"de afnemer", correct: true`, []string{says(246, oneCorrect)}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := ReadCourse(edit(t, tt.old, tt.new))
			if got := told(t, err); !reflect.DeepEqual(got, tt.want) {
				t.Errorf("got\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(tt.want, "\n  "))
			}
		})
	}
}

func TestTheDataThatACourseNeeds(t *testing.T) {
	_, rest, _ := strings.Cut(string(seedCourses(t)["a"]), "review_due: 2027-06-01")
	_, err := ReadCourse([]byte("---\nlevel: B1" + rest))
	var want []string
	for _, name := range []string{"id", "title", "version", "language", "kind", "pass_mark_pct", "goals"} {
		want = append(want, says(2, missing, name))
	}
	if got := told(t, err); !reflect.DeepEqual(got, want) {
		t.Errorf("got\n  %s", strings.Join(got, "\n  "))
	}
}

func TestAFileWithoutALessonIsRefused(t *testing.T) {
	before, rest, _ := strings.Cut(string(seedCourses(t)["a"]), "## Les 1")
	_, quiz, _ := strings.Cut(rest, "## Vragen")
	_, err := ReadCourse([]byte(before + "## Vragen" + quiz))
	if got := told(t, err); !reflect.DeepEqual(got, []string{says(30, noLessons)}) {
		t.Errorf("got %v", got)
	}
}

func TestAFileWithoutAQuestionIsRefused(t *testing.T) {
	head, _, _ := strings.Cut(string(seedCourses(t)["a"]), "- id: BRP-01")
	for name, end := range map[string]string{"an empty block": "```\n", "a block of remarks": "# later\n\n```\n"} {
		_, err := ReadCourse([]byte(head + end))
		if got := told(t, err); len(got) != 1 || !strings.HasSuffix(got[0], noQuestions.english) {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestAllMistakesOfAFileAreToldInTheOrderOfItsLines(t *testing.T) {
	source := strings.NewReplacer("pass_mark_pct: 75", "pass_mark_pct: ja", "- id: BRP-02\n", "- id: [BRP-02\n", "goal: LD4\n  difficulty: 2\n  points: 2\n  prompt: \"Zet", "goal: LD5\n  difficulty: 2\n  points: 2\n  prompt: \"Zet").Replace(string(seedCourses(t)["a"]))
	_, err := ReadCourse([]byte(source))
	got := told(t, err)
	want := []string{says(10, notWhole, "pass_mark_pct", 1, 100), says(104, badYAML), says(191, unknownGoal)}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %s", strings.Join(got, "\n"))
	}
}

func TestAMistakeNeverRepeatsWhatTheFileSays(t *testing.T) {
	const secret = "geheim4711"
	for _, old := range []string{"BRP-ADRES", "nl\n", "basis", "2027-06-01", "75\n", "LD2\n", "single", "[trim", "BRP-02\n", "l1: r2", "review_due"} {
		_, err := ReadCourse(edit(t, old, secret+":"+old))
		if err == nil {
			t.Errorf("%q before %q is accepted", secret, old)
			continue
		}
		if strings.Contains(fmt.Sprintf("%+v %s", fault.Of(err), err), secret) {
			t.Errorf("a mistake about %q repeats it: %v", old, err)
		}
	}
}

// hostileFiles are files that would take long to read where reading is more than linear in what they hold.
func hostileFiles(t testing.TB) map[string]string {
	course := string(seedCourses(t)["a"])
	head, _, _ := strings.Cut(course, "- id: BRP-01")
	return map[string]string{
		"a file of more than a mebibyte":    course + strings.Repeat(" ", MaxCourseFile),
		"nothing":                           "",
		"a mebibyte of NUL bytes":           strings.Repeat("\x00\n", MaxCourseFile/2),
		"a mebibyte of questions":           head + strings.Repeat("- a\n", (MaxCourseFile-len(head))/4-1) + "```\n",
		"a mebibyte of one question":        head + "- a:" + strings.Repeat("\n  b: [1]", (MaxCourseFile-len(head))/10) + "\n```\n",
		"a list within a list within a":     head + strings.Repeat("- ", 30_000) + "\n```\n",
		"fields within fields":              "---\n" + nested(400) + "---\n",
		"brackets within brackets":          "---\na: " + strings.Repeat("[", 60_000) + "\n---\n",
		"brackets that were never opened":   "---\na: " + strings.Repeat("]", 1_900) + strings.Repeat("[", 2_000) + "\n---\n",
		"a question with very many fields":  head + "- a: 1" + strings.Repeat("\n  b: 1", 2_000) + "\n```\n",
		"a mebibyte of headings":            head + strings.Repeat("## x\n", (MaxCourseFile-len(head))/5),
		"a mebibyte of lessons of one line": "---\nid: x\n---\n" + strings.Repeat("## Les 1: x\n", MaxCourseFile/12-10),
	}
}

func TestHostileFilesAreRefused(t *testing.T) {
	for name, source := range hostileFiles(t) {
		t.Run(name, func(t *testing.T) {
			_, err := ReadCourse([]byte(source))
			if got := told(t, err); len(got) == 0 || len(got) > mostMistakes {
				t.Errorf("%d mistakes", len(got))
			}
		})
	}
}

// Each is refused well within a second.
func BenchmarkHostileFiles(b *testing.B) {
	for name, source := range hostileFiles(b) {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := ReadCourse([]byte(source)); err == nil {
					b.Fatal("it is accepted")
				}
			}
		})
	}
}

// nested writes fields so many deep.
func nested(depth int) string {
	var text strings.Builder
	for i := range depth {
		text.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	return text.String()
}

func FuzzReadCourse(f *testing.F) {
	for _, source := range seedCourses(f) {
		f.Add(source)
	}
	f.Fuzz(func(t *testing.T, source []byte) {
		c, err := ReadCourse(source)
		if err != nil {
			told(t, err)
			return
		}
		written, err := WriteCourse(c)
		if err != nil {
			for _, mistake := range told(t, err) {
				if !strings.Contains(mistake, tooMuch.english) && !strings.Contains(mistake, tooLarge.english) { // quoting takes room
					t.Errorf("what was read cannot be written: %s", mistake)
				}
			}
			return
		}
		if again := read(t, written); !reflect.DeepEqual(again, c) {
			t.Errorf("read %+v\nand after writing %+v", c, again)
		}
	})
}
