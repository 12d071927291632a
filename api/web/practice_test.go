package web

import (
	"net/url"
	"strconv"
	"testing"

	"bekwaam/courses"
	"bekwaam/courses/staff"
)

// practiceAnswer is the form that answers a question to practise with, right, as the page shows it.
func practiceAnswer(t *testing.T, course courses.Course, number int, p *shown) url.Values {
	t.Helper()
	question := course.Quiz.PracticeQuestions()[number-1]
	shuffle := courses.NewShuffle([]byte(filledIn(p.form()).Get(seedField)))
	form := fillIn(shuffle.Paper(question), shuffle.Conceal(question, question.Mark(courses.Answer{}).Key))
	delete(form, rowField)
	return form
}

func TestPracticeTellsAtOnceAndKeepsNothing(t *testing.T) {
	h := openHall(t)
	course, source := identityCourse(t)
	canaries := secrets(source)
	r := h.enter(t, tineke)
	for number := 1; number <= 12; number++ {
		p := r.get(identity+"/oefenen/"+strconv.Itoa(number)).want(200, "Het telt nergens voor mee. We bewaren niets en niemand ziet het.").tellsNo(canaries)
		p.press("kijk-na", nil).want(422, "Geef eerst een antwoord.")
		p.press("kijk-na", practiceAnswer(t, course, number, p)).want(200, "Dat is goed")
	}
	last := r.get(identity + "/oefenen/12")
	last.press("kijk-na", url.Values{answerField: {isFalse}}).want(200, "Kijk nog eens", "Goed is:", "Dit mag juist wel.", "Klaar met oefenen: naar de toets")
	r.get(identity + "/oefenen/13").want(404)
	r.get(identity + "/oefenen/x").want(404)
	open, err := h.office.OpenAttempts(t.Context(), staff.Actor{Person: tineke, Functions: []staff.Function{staff.Employee}})
	if err != nil || len(open) > 0 {
		t.Errorf("practice left %d attempts, %v", len(open), err)
	}
}

func TestPracticeMovesAndClears(t *testing.T) {
	h := openHall(t)
	r := h.enter(t, tineke)
	p := r.get(identity + "/oefenen/4")
	row := filledIn(p.form())[rowField]
	moved := p.press("omlaag-"+row[0], nil).want(200, "” staat nu op plaats 2.")
	if got := filledIn(moved.form())[rowField]; got[1] != row[0] {
		t.Errorf("the rows are %v", got)
	}
	cleared := moved.press("wis", nil)
	if got := filledIn(cleared.form()).Get(placeField + row[0]); got != "" {
		t.Errorf("after clearing the place is %s", got)
	}
	r.get(identity+"/oefenen/8").press("kijk-na", url.Values{answerField: {"tien"}}).want(422, "Schrijf een getal")
}

func TestPracticeIsClosedDuringAnAttempt(t *testing.T) {
	h := openHall(t)
	r := h.enter(t, tineke)
	p := r.get(identity + "/oefenen/1")
	_, id, _ := start(t, h, r)
	closed := r.get(identity+"/oefenen/1").want(409, "Oefenen kan nu niet", "Ga verder met de toets")
	if attr(closed.first("a", nil), "href") == "" || attemptOf(t, r.get(questionPath(id, 1))) != id {
		t.Error("no way back to the attempt")
	}
	p.press("kijk-na", nil).want(409)
}
