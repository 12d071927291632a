package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"bekwaam/courses/staff"
	"bekwaam/courses/training"
)

// A CorrectionLine is what is recorded about somebody.
type CorrectionLine struct {
	Attendance training.Attendance `json:"attendance" enum:"present,absent"`
	Result     training.Result     `json:"result,omitempty" enum:"passed,failed,partly" doc:"Of who was present."`
	Components []int               `json:"components,omitempty" maxItems:"50" doc:"Of partly: the places, from 0, of the components that were shown."`
}

// A correction is what was changed in a line that was confirmed.
type correction struct {
	Was         CorrectionLine `json:"was"`
	Now         CorrectionLine `json:"now"`
	Reason      string         `json:"reason" example:"Twee namen verwisseld."`
	CorrectedBy staff.PersonID `json:"correctedBy" example:"RW1057"`
	CorrectedAt time.Time      `json:"correctedAt"`
	ConfirmedBy staff.PersonID `json:"confirmedBy,omitempty" example:"RW1058" doc:"Absent: it waits."`
	ConfirmedAt *time.Time     `json:"confirmedAt,omitempty"`
}

func correctionOf(from training.Correction) correction {
	line := func(l training.Line) CorrectionLine { return CorrectionLine{l.Attendance, l.Result, l.Shown} }
	to := correction{Was: line(from.Was), Now: line(from.Line), Reason: from.Reason, CorrectedBy: from.CorrectedBy, CorrectedAt: from.CorrectedAt.UTC(), ConfirmedBy: from.ConfirmedBy}
	if !from.Waits() {
		at := from.ConfirmedAt.UTC()
		to.ConfirmedAt = &at
	}
	return to
}

// CorrectionPath is in the address of the corrections of one line.
type CorrectionPath struct {
	SessionPath
	Person string `path:"person" maxLength:"64" example:"RW1025" doc:"A personnel number."`
}

func (s *server) corrections() {
	const path = "/sessions/{session}/corrections/{person}"
	type output struct {
		Body struct {
			Corrections []correction `json:"corrections" doc:"The first one first. At most the last one waits."`
			Revoke      string       `json:"revoke,omitempty" doc:"The key of a period that began with evidence that a correction took away. Decide on it with a revocation: nothing else ends it."`
		} `nameHint:"Corrections"`
	}
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "get-corrections", Method: http.MethodGet, Path: path, Tags: []string{"Group training"}, Errors: []int{http.StatusNotFound},
			Summary: "The corrections of one line", Description: "What was corrected in a line of an attendance list after it was confirmed.",
		},
		permission: staff.PlanSessions,
		response:   `{"corrections": [{"was": {"attendance": "present", "result": "passed"}, "now": {"attendance": "absent"}, "reason": "Twee namen verwisseld.", "correctedBy": "RW1057", "correctedAt": "2026-12-09T09:12:00Z"}]}`,
	}, func(ctx context.Context, c caller, in *CorrectionPath) (*output, error) {
		found, err := s.office.CorrectionsOf(ctx, c.Actor, in.id(), c.personOf(in.Person))
		if err != nil {
			return nil, err
		}
		out := new(output)
		out.Body.Corrections = []correction{}
		for _, one := range found.Corrections {
			out.Body.Corrections = append(out.Body.Corrections, correctionOf(one))
		}
		if found.Revoke != nil {
			out.Body.Revoke = found.Revoke.ID
		}
		return out, nil
	})

	type input struct {
		CorrectionPath
		Body struct {
			CorrectionLine
			Reason string `json:"reason" maxLength:"500" example:"Twee namen verwisseld."`
		} `nameHint:"CorrectionInput"`
	}
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "correct-attendance", Method: http.MethodPut, Path: path, Tags: []string{"Group training"}, DefaultStatus: http.StatusNoContent, MaxBodyBytes: answersBody,
			Errors:  []int{http.StatusNotFound, http.StatusConflict},
			Summary: "Correct a line that was confirmed", Description: "Says what a confirmed line should have said. Nothing changes until somebody else confirms it; a correction that waits is replaced. Nobody corrects their own line.",
		},
		permission: staff.PlanSessions,
		request:    `{"attendance": "absent", "reason": "Twee namen verwisseld."}`,
	}, func(ctx context.Context, c caller, in *input) (*struct{}, error) {
		line := training.Line{Person: c.personOf(in.Person), Attendance: in.Body.Attendance, Result: in.Body.Result, Shown: in.Body.Components}
		return nil, within("body.", s.office.CorrectAttendance(ctx, c.Actor, in.id(), line, in.Body.Reason))
	})

	type confirmation struct {
		CorrectionPath
		Body struct {
			CorrectedAt time.Time `json:"correctedAt" example:"2026-12-09T09:12:00Z" doc:"Of the correction that you read: another one that came in its place is not confirmed unread."`
		} `nameHint:"CorrectionConfirmation"`
	}
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "confirm-correction", Method: http.MethodPost, Path: path + "/confirmation", Tags: []string{"Group training"}, DefaultStatus: http.StatusNoContent, MaxBodyBytes: answersBody,
			Errors:  []int{http.StatusNotFound, http.StatusConflict},
			Summary: "Confirm a correction", Description: "Confirms the correction that waits, of somebody else and about somebody else. What was shown after all is recorded, with the period that it completes; what was not is no evidence any more. A period that began with it stands until somebody revokes it.",
		},
		permission: staff.ConfirmSessions,
		request:    `{"correctedAt": "2026-12-09T09:12:00Z"}`,
	}, func(ctx context.Context, c caller, in *confirmation) (*struct{}, error) {
		return nil, s.office.ConfirmCorrection(ctx, c.Actor, in.id(), c.personOf(in.Person), in.Body.CorrectedAt)
	})
}
