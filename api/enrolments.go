package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"bekwaam/courses/academy"
	"bekwaam/courses/staff"
	"bekwaam/courses/training"
)

// EnrolmentPath is in the address of one person's place in a session.
type EnrolmentPath struct {
	SessionPath
	Person string `path:"person" maxLength:"64" example:"me" doc:"A personnel number, or me."`
}

func (s *server) enrolments() {
	type output struct {
		Body struct {
			Waiting int `json:"waiting" example:"1" doc:"The place on the waiting list, from 1; 0: a place in the session."`
		} `nameHint:"Enrolment"`
	}
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "enrol", Method: http.MethodPut, Path: "/sessions/{session}/enrolments/{person}", Tags: []string{"Group training"},
			Errors:  []int{http.StatusNotFound, http.StatusConflict},
			Summary: "Enrol somebody", Description: "Gives somebody a place, or the next one on the waiting list where all are taken: oneself, a leader the people of their team, HR everybody. Who is on the list already stays where they are.",
		},
		permission: staff.EnrolInSessions,
		response:   `{"waiting": 0}`,
		conflict:   begunExample,
	}, func(ctx context.Context, c caller, in *EnrolmentPath) (*output, error) {
		out := new(output)
		var err error
		out.Body.Waiting, err = s.office.Enrol(ctx, c.Actor, in.id(), c.personOf(in.Person))
		return out, err
	})

	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "leave-session", Method: http.MethodDelete, Path: "/sessions/{session}/enrolments/{person}", Tags: []string{"Group training"}, DefaultStatus: http.StatusNoContent,
			Errors:  []int{http.StatusNotFound, http.StatusConflict},
			Summary: "Take somebody off the list", Description: "Takes somebody off the list of a session that has not begun. Whoever waited longest gets the place and is told.",
		},
		permission: staff.EnrolInSessions,
	}, func(ctx context.Context, c caller, in *EnrolmentPath) (*struct{}, error) {
		return nil, s.office.Leave(ctx, c.Actor, in.id(), c.personOf(in.Person))
	})
}

// An attended is what is recorded about one participant.
type attended struct {
	Person     staff.PersonID      `json:"person" maxLength:"64" example:"RW1025"`
	Attendance training.Attendance `json:"attendance" enum:"present,absent"`
	Result     training.Result     `json:"result,omitempty" enum:"passed,failed,partly" doc:"Of who was present."`
	Components []int               `json:"components,omitempty" maxItems:"50" doc:"Of partly: the places, from 0, of the components that were shown."`
}

// A consequence is what confirming led to for one participant.
type consequence struct {
	Participant
	ValidFrom  *date `json:"validFrom,omitempty" doc:"Of the period that began; absent: none did."`
	ValidUntil *date `json:"validUntil,omitempty" doc:"Its last valid day; absent: no end, or no period."`
}

func consequenceOf(from academy.Consequence) consequence {
	to := consequence{Participant: participantOf(from.Participant)}
	if from.Period != nil {
		to.ValidFrom, to.ValidUntil = orNull(from.Period.ValidFrom), orNull(from.Period.ValidUntil)
	}
	return to
}

func (s *server) attendance() {
	type recordInput struct {
		SessionPath
		Body struct {
			Participants []attended `json:"participants" maxItems:"500" doc:"The whole list. Who is not on it is not recorded."`
		} `nameHint:"AttendanceInput"`
	}
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "record-attendance", Method: http.MethodPut, Path: "/sessions/{session}/attendance", Tags: []string{"Group training"}, DefaultStatus: http.StatusNoContent, MaxBodyBytes: answersBody,
			Errors:  []int{http.StatusNotFound, http.StatusConflict},
			Summary: "Record who was there", Description: "Writes the whole attendance list of a session that has begun. It may be written anew until somebody else confirms it.",
		},
		permission: staff.PlanSessions,
		request:    `{"participants": [{"person": "RW1025", "attendance": "present", "result": "passed"}, {"person": "RW1012", "attendance": "absent"}]}`,
	}, func(ctx context.Context, c caller, in *recordInput) (*struct{}, error) {
		lines := make([]training.Line, len(in.Body.Participants))
		for i, p := range in.Body.Participants {
			lines[i] = training.Line{Person: p.Person, Attendance: p.Attendance, Result: p.Result, Shown: p.Components}
		}
		return nil, within("body.participants.", s.office.RecordAttendance(ctx, c.Actor, in.id(), lines))
	})

	type confirmInput struct {
		SessionPath
		DryRun bool `query:"dryRun" doc:"Tell what would happen and keep nothing."`
	}
	type confirmOutput struct {
		Body struct {
			DryRun       bool          `json:"dryRun" doc:"Nothing was kept."`
			Participants []consequence `json:"participants" doc:"Who was recorded, in order of enrolling. Without confirmedBy: somebody else must confirm that line."`
		} `nameHint:"Confirmation"`
	}
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "confirm-attendance", Method: http.MethodPost, Path: "/sessions/{session}/confirmation", Tags: []string{"Group training"},
			Errors:  []int{http.StatusNotFound, http.StatusConflict},
			Summary: "Confirm who was there", Description: "Confirms what somebody else recorded about others than yourself: in one transaction everybody who passed gets their evidence, and the period that it completes. Confirming once more changes nothing.",
		},
		permission: staff.ConfirmSessions,
		response:   `{"dryRun": false, "participants": [{"person": "RW1025", "name": "Sander Vos", "attendance": "present", "result": "passed", "confirmedBy": "RW1057", "outcome": "certified", "validFrom": "2026-12-08", "validUntil": "2028-12-07"}]}`,
		conflict:   `{"type": "about:blank", "title": "Conflict", "status": 409, "detail": "Record first who was there.", "reason": "not_recorded"}`,
	}, func(ctx context.Context, c caller, in *confirmInput) (*confirmOutput, error) {
		confirm := s.office.ConfirmAttendance
		if in.DryRun {
			confirm = s.office.ForeseeConfirmation
		}
		led, err := confirm(ctx, c.Actor, in.id())
		if err != nil {
			return nil, err
		}
		out := new(confirmOutput)
		out.Body.DryRun, out.Body.Participants = in.DryRun, make([]consequence, len(led))
		for i, l := range led {
			out.Body.Participants[i] = consequenceOf(l)
		}
		return out, nil
	})
}
