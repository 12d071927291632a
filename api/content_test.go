package api

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"bekwaam/courses"
	"bekwaam/courses/academy"
	"bekwaam/courses/fault"
)

// everyField is a course with every field that a course can have, none of them as it would be without.
const everyField = `{"id": "C", "title": "T", "version": 2, "language": "nl", "level": "B1", "kind": "delta", "subject": "skill", "targetRoles": ["r"], "durationMinutes": 9,
	"passMarkPct": 80, "validityMonths": 12, "certificate": "C", "legalStatus": "norm", "why": "W", "reviewDue": "2027-01-01",
	"goals": [{"id": "G", "text": "T"}], "sources": [{"text": "T", "mark": "SEEN"}],
	"delta": {"changeId": "D", "effectiveDates": ["2026-12-01"], "baseCourse": "B", "retrainBefore": "2027-01-01", "replacesLessons": [1]},
	"quiz": {"attemptsPerCycle": 2, "coolingOffHours": 1, "timeLimitMinutes": 9, "feedback": "never", "practice": "marked", "draw": 1},
	"lessons": [{"title": "T", "text": "T"}],
	"questions": [
		{"id": "Q1", "type": "multiple", "goal": "G", "difficulty": 1, "points": 1, "prompt": "P", "practice": true, "scoring": "partial",
			"options": [{"id": "A", "text": "T", "correct": true}, {"id": "B", "text": "T", "feedback": "F"}]},
		{"id": "Q2", "type": "numeric", "goal": "G", "difficulty": 1, "points": 1, "prompt": "P", "answer": 5, "tolerance": 1, "unit": "u",
			"commonErrors": [{"value": 7, "feedback": "F"}], "feedbackCorrect": "F", "feedbackWrong": "F"},
		{"id": "Q3", "type": "short", "goal": "G", "difficulty": 1, "points": 1, "prompt": "P", "accept": ["A"], "normalise": ["trim"],
			"commonErrors": [{"match": "B", "feedback": "F"}], "feedbackWrong": "F"},
		{"id": "Q4", "type": "match", "goal": "G", "difficulty": 1, "points": 1, "prompt": "P", "left": [{"id": "A", "text": "T"}, {"id": "B", "text": "T"}],
			"right": [{"id": "A", "text": "T"}, {"id": "B", "text": "T"}], "pairs": {"A": "B", "B": "A"}, "feedbackPair": {"A": "F"}},
		{"id": "Q5", "type": "order", "goal": "G", "difficulty": 1, "points": 1, "prompt": "P", "items": [{"id": "A", "text": "T"}, {"id": "B", "text": "T", "feedback": "F"}]},
		{"id": "Q6", "type": "cloze", "goal": "G", "difficulty": 1, "points": 1, "prompt": "P", "text": "{{G1}}",
			"gaps": [{"id": "G1", "kind": "input", "accept": ["A"], "normalise": ["trim"], "feedbackWrong": "F"}]}]}`

func TestEveryFieldOfACourseFileHasItsTwinInJSON(t *testing.T) {
	var content courseContent
	if err := json.Unmarshal([]byte(everyField), &content); err != nil {
		t.Fatal(err)
	}
	course, err := content.course()
	if err != nil {
		t.Fatal(err)
	}
	file, err := academy.CourseFile(course)
	if err != nil {
		t.Fatal(err)
	}
	twins := map[string]bool{"lessons": true, "questions": true} // those are headings in the file
	for _, found := range regexp.MustCompile(`(?:^|[\n {])([a-z_]+):`).FindAllSubmatch(file, -1) {
		twins[inJSON(string(found[1]))] = true
	}
	names := make(map[string]bool)
	walk(typeOf[courseContent](), map[reflect.Type]bool{}, func(_ reflect.Type, field reflect.StructField) {
		if name, _, _ := strings.Cut(field.Tag.Get("json"), ","); name != "" {
			names[name] = true
		}
	})
	if !maps.Equal(twins, names) {
		t.Errorf("the file has\n%v\nJSON has\n%v", slices.Sorted(maps.Keys(twins)), slices.Sorted(maps.Keys(names)))
	}
}

func TestTheContractHasTheLimitsOfACourseFile(t *testing.T) {
	s := newServer(academy.New(academy.Config{URL: publicURL}), Config{})
	if err := s.build(http.NewServeMux(), Config{Contact: contact}); err != nil {
		t.Fatal(err)
	}
	limits := make(map[string]float64)
	schemas := s.api.OpenAPI().Components.Schemas.Map()
	for _, shape := range []string{"CourseContent", "ContentQuiz", "ContentQuestion"} {
		for name, property := range schemas[shape].Properties {
			if property.Maximum != nil {
				limits[name] = *property.Maximum
			}
		}
	}
	for _, p := range s.api.OpenAPI().Paths["/courses/{course}/versions/{number}"].Get.Parameters {
		if p.Name == "number" {
			limits[p.Name] = *p.Schema.Maximum
		}
	}
	want := map[string]float64{
		"version": courses.MaxVersion, "number": courses.MaxVersion, "durationMinutes": courses.MaxMinutes, "passMarkPct": 100, "validityMonths": courses.MaxValidityMonths,
		"attemptsPerCycle": courses.MaxAttemptsPerCycle, "coolingOffHours": courses.MaxCoolingOffHours, "timeLimitMinutes": courses.MaxMinutes, "draw": courses.MaxDraw,
		"difficulty": 3, "points": courses.MaxPoints,
	}
	if !maps.Equal(limits, want) {
		t.Errorf("the contract has %v, a course file %v", limits, want)
	}
}

func TestStrayFieldsAreToldInOrderAndNotWithoutEnd(t *testing.T) {
	var questions []any
	for range 10_000 {
		questions = append(questions, map[string]any{"type": "single", "unit": "", "accept": "", "pairs": "", "options": ""})
	}
	f := fault.Of(strayFields(map[string]any{"questions": questions}))
	if f == nil || len(f.Fields) != mostStray {
		t.Fatal("it does not name as many as it should")
	}
	for i, name := range []string{"accept", "pairs", "unit"} {
		if want := fmt.Sprintf("body.questions[0].%s", name); f.Fields[i].Path != want {
			t.Errorf("place %d is %s, not %s", i, f.Fields[i].Path, want)
		}
	}
	if err := strayFields(map[string]any{"questions": []any{map[string]any{"type": "single", "options": ""}}}); err != nil {
		t.Errorf("a question without stray fields: %v", err)
	}
}
