package api

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"bekwaam/certificates"
	"bekwaam/courses/academy"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

// An escalation is a duty that stays undone and that nobody took up yet.
type escalation struct {
	Escalation string                 `json:"escalation" example:"RW1013.BHV.2.2026-12-07" doc:"The key of the escalation."`
	Person     staff.PersonID         `json:"person" example:"RW1013"`
	Name       string                 `json:"name" example:"Tineke Bakker"`
	Scheme     certificates.SchemeKey `json:"scheme" example:"BHV"`
	Title      string                 `json:"title" example:"Bedrijfshulpverlening"`
	Cycle      int                    `json:"cycle" example:"2"`
	DueOn      date                   `json:"dueOn" doc:"The last day of the duty. With another one, as after an extension, it begins anew."`
	Level      string                 `json:"level" enum:"leader,hr" doc:"To whom it went up."`
	On         date                   `json:"on" doc:"When."`
	Own        bool                   `json:"own" doc:"It is about yourself: somebody else takes it up."`
}

func escalationKey(id academy.DutyID) string {
	return fmt.Sprintf("%s.%s.%d.%s", id.Person, id.Scheme, id.Cycle, id.DueOn)
}

// readEscalationKey reads what escalationKey wrote; false where it did not.
func readEscalationKey(key string) (id academy.DutyID, ok bool) {
	words := strings.Split(key, ".")
	n := len(words)
	if n < 4 {
		return id, false
	}
	due, err := calendar.Parse(words[n-1])
	cycle, wrong := strconv.Atoi(words[n-2])
	id = academy.DutyID{Person: staff.PersonID(strings.Join(words[:n-3], ".")), Scheme: certificates.SchemeKey(words[n-3]), Cycle: cycle, DueOn: due}
	return id, err == nil && wrong == nil
}

func escalationOf(e academy.Escalated) escalation {
	level := "leader"
	if e.Level > 1 {
		level = "hr"
	}
	return escalation{escalationKey(e.DutyID), e.Person, e.Name, e.Scheme, e.Title, e.Cycle, dateOf(e.DueOn), level, dateOf(e.On), e.Own}
}

var noSuchEscalation = fault.New(fault.NotFound, "Deze taak wacht niet.", "This duty does not wait.")

func (s *server) escalations() {
	type listOutput struct{ Body list[escalation] }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "list-escalations", Method: http.MethodGet, Path: "/escalations", Tags: []string{"Messages"},
			Summary: "What stays undone", Description: "Lists the duties that stay undone and that nobody took up, of the people of a leader's team or of everybody, the longest overdue first.",
		},
		permission: staff.AnswerNotices,
		response:   `{"items": [{"escalation": "RW1013.BHV.2.2026-12-07", "person": "RW1013", "name": "Tineke Bakker", "scheme": "BHV", "title": "Bedrijfshulpverlening", "cycle": 2, "dueOn": "2026-12-07", "level": "leader", "on": "2026-12-21", "own": false}]}`,
	}, func(ctx context.Context, c caller, in *Page) (*listOutput, error) {
		waiting, err := s.office.Escalations(ctx, c.Actor)
		if err != nil {
			return nil, err
		}
		part, err := turn(waiting, *in, func(e academy.Escalated) string { return escalationKey(e.DutyID) })
		if err != nil {
			return nil, err
		}
		return &listOutput{convert(part, escalationOf)}, nil
	})

	type input struct {
		Escalation string `path:"escalation" maxLength:"160" example:"RW1013.BHV.2.2026-12-07" doc:"The key of the escalation."`
		Body       struct {
			Answer string `json:"answer,omitempty" maxLength:"500" example:"We plannen een middag." doc:"What you do about it; may be empty."`
		} `nameHint:"AcknowledgementInput"`
	}
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "acknowledge-escalation", Method: http.MethodPost, Path: "/escalations/{escalation}/acknowledgement", Tags: []string{"Messages"}, DefaultStatus: http.StatusNoContent, MaxBodyBytes: answersBody,
			Errors:  []int{http.StatusNotFound, http.StatusConflict},
			Summary: "Take up what stays undone", Description: "Says that you take it up: it goes up no further. There is one answer for each escalation: 409, answered, where there is one. Nobody answers their own.",
		},
		permission: staff.AnswerNotices,
		request:    `{"answer": "We plannen een middag."}`,
	}, func(ctx context.Context, c caller, in *input) (*struct{}, error) {
		id, ok := readEscalationKey(in.Escalation)
		if !ok {
			return nil, noSuchEscalation
		}
		return nil, within("body.", s.office.AnswerEscalation(ctx, c.Actor, id, in.Body.Answer))
	})
}
