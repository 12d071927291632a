package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/staff"
)

func (s *server) seen() {
	type input struct {
		Body struct {
			Person    string                 `json:"person" maxLength:"64" example:"RW1013"`
			Scheme    certificates.SchemeKey `json:"scheme" maxLength:"32" example:"VOG"`
			Component int                    `json:"component,omitempty" minimum:"0" maximum:"100" doc:"Which component of the scheme, from 0."`
			SeenOn    date                   `json:"seenOn" doc:"The day it was seen, or of the decision."`
		} `nameHint:"SeenInput"`
	}
	type output struct {
		Location string `header:"Location" doc:"The address to undo it at."`
		Body     struct {
			Sighting string          `json:"sighting" example:"4T7QK2M9XD3PZ8RW6VYN5HJCBA" doc:"Its key."`
			Outcome  courses.Outcome `json:"outcome" example:"certified" doc:"What it led to; certified is a new period."`
		} `nameHint:"Seen"`
	}
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "record-seen", Method: http.MethodPost, Path: "/sightings", Tags: []string{"Evidence"}, DefaultStatus: http.StatusCreated, MaxBodyBytes: answersBody,
			Errors:  []int{http.StatusNotFound, http.StatusConflict},
			Summary: "Note that something was seen", Description: "Notes that somebody showed a decision (designation) or a declaration without an end, such as a VOG, and when. No document is kept. Nobody notes it about themselves (403, self_approval). The same once more is 409, already_seen.",
		},
		permission: staff.JudgeEvidence,
		request:    `{"person": "RW1013", "scheme": "VOG", "seenOn": "2026-11-20"}`,
		response:   `{"sighting": "4T7QK2M9XD3PZ8RW6VYN5HJCBA", "outcome": "certified"}`,
	}, func(ctx context.Context, c caller, in *input) (*output, error) {
		on, err := in.Body.SeenOn.read("body.seenOn")
		if err != nil {
			return nil, err
		}
		seen, err := s.office.RecordSeen(ctx, c.Actor, c.personOf(in.Body.Person), in.Body.Scheme, certificates.Place{Component: in.Body.Component}, on)
		if err != nil {
			return nil, within("body.", err)
		}
		out := &output{Location: root + "/sightings/" + seen.ID}
		out.Body.Sighting, out.Body.Outcome = seen.ID, seen.Outcome
		return out, nil
	})

	type path struct {
		Sighting string `path:"sighting" maxLength:"64" example:"4T7QK2M9XD3PZ8RW6VYN5HJCBA" doc:"The key of the sighting."`
	}
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "undo-seen", Method: http.MethodDelete, Path: "/sightings/{sighting}", Tags: []string{"Evidence"}, DefaultStatus: http.StatusNoContent,
			Errors:  []int{http.StatusNotFound, http.StatusConflict},
			Summary: "Take back that something was seen", Description: "Takes back a slip while nothing followed from it: the evidence is gone, with the period that it began, and what was asked is asked again. What began a period can be undone on the same day only, and not once another scheme relies on it: 409, in_effect. Revoke the period then.",
		},
		permission: staff.JudgeEvidence,
	}, func(ctx context.Context, c caller, in *path) (*struct{}, error) {
		return nil, s.office.UndoSeen(ctx, c.Actor, in.Sighting)
	})
}
