package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/academy"
	"bekwaam/courses/staff"
)

// An ObservedItem is one thing of the checklist of a skill.
type ObservedItem struct {
	Text  string `json:"text" maxLength:"400" example:"Blijft rustig en noemt een grens" doc:"As the checklist says it."`
	Shown bool   `json:"shown" doc:"Whether the assessor saw it."`
	Note  string `json:"note,omitempty" maxLength:"1000" example:"De grens kwam pas na de derde keer." doc:"Needed where it was not seen: what is missing."`
}

// An observation is what an assessor saw somebody else do.
type observation struct {
	Observation       string                        `json:"observation" example:"4T7QK2M9XD3PZ8RW6VYN5HJCBA" doc:"Its key."`
	Person            staff.PersonID                `json:"person" example:"RW1013" doc:"The candidate."`
	Assessor          staff.PersonID                `json:"assessor" example:"RW1002"`
	Scheme            certificates.SchemeKey        `json:"scheme" example:"AGRESSIE"`
	Title             string                        `json:"title" example:"Omgaan met agressie en weerstand" doc:"Of the scheme."`
	Component         int                           `json:"component" example:"0" doc:"Which component of the scheme, from 0."`
	Refresher         int                           `json:"refresher" example:"0" doc:"Which refresher was shown instead, from 1; 0: the component itself."`
	SeenOn            date                          `json:"seenOn"`
	State             certificates.ObservationState `json:"state" enum:"waiting,signed,disputed" doc:"waiting: for the candidate."`
	Shown             bool                          `json:"shown" doc:"Whether everything was seen; only then it is evidence once both signed."`
	Items             []ObservedItem                `json:"items"`
	AssessorSignedAt  time.Time                     `json:"assessorSignedAt"`
	CandidateSignedAt *time.Time                    `json:"candidateSignedAt,omitempty"`
	Dispute           string                        `json:"dispute,omitempty" example:"Dit gesprek deed een collega." doc:"Why the candidate does not recognise it."`
	Outcome           courses.Outcome               `json:"outcome,omitempty" enum:"certified,before_window,components_missing,full_course_needed,other_refresher,prerequisite_first" doc:"What signing led to."`
}

func observationOf(from academy.Observed) observation {
	to := observation{
		Observation: from.ID, Person: from.Person, Assessor: from.Assessor, Scheme: from.Scheme, Title: from.Title, Component: from.Component, Refresher: from.Refresher, SeenOn: dateOf(from.SeenOn),
		State: from.State(), Shown: from.Shown(), Items: []ObservedItem{}, AssessorSignedAt: from.AssessorSignedAt.UTC(), Dispute: from.Dispute, Outcome: from.Outcome,
	}
	for _, i := range from.Items {
		to.Items = append(to.Items, ObservedItem(i))
	}
	if !from.CandidateSignedAt.IsZero() {
		at := from.CandidateSignedAt.UTC()
		to.CandidateSignedAt = &at
	}
	return to
}

// ObservationPath is in the address of everything about one observation.
type ObservationPath struct {
	Observation string `path:"observation" maxLength:"64" example:"4T7QK2M9XD3PZ8RW6VYN5HJCBA" doc:"The key of the observation."`
}

const (
	observationTermsExample = `"person": "RW1013", "scheme": "AGRESSIE", "seenOn": "2026-11-20", "items": [{"text": "Omgaan met agressie en weerstand", "shown": true}]`
	observationExample      = `{"observation": "4T7QK2M9XD3PZ8RW6VYN5HJCBA", "assessor": "RW1002", "title": "Omgaan met agressie en weerstand", "component": 0, "refresher": 0, "state": "waiting", "shown": true,
		"assessorSignedAt": "2026-11-23T09:12:00Z", ` + observationTermsExample + `}`
)

func (s *server) observations() {
	s.handInObservation()
	s.readObservations()

	type input struct {
		ObservationPath
		Body struct {
			Agree    bool   `json:"agree" doc:"Whether the candidate recognises it."`
			Sentence string `json:"sentence,omitempty" maxLength:"1000" example:"Dit gesprek deed een collega." doc:"Needed where they do not: what is not right."`
		} `nameHint:"SignatureInput"`
	}
	type output struct{ Body observation }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "sign-observation", Method: http.MethodPost, Path: "/observations/{observation}/signatures", Tags: []string{"Evidence"}, DefaultStatus: http.StatusOK, MaxBodyBytes: answersBody,
			Errors:  []int{http.StatusNotFound, http.StatusConflict},
			Summary: "Sign what was seen of you", Description: "The candidate signs, or says that they do not recognise it. Signed by both, and with everything seen, it is evidence at once; outcome says what that led to. It is answered once: 409, not_waiting.",
		},
		permission: staff.SignObservation,
		request:    `{"agree": true}`,
		response:   observationExample,
	}, func(ctx context.Context, c caller, in *input) (*output, error) {
		if in.Body.Agree {
			seen, err := s.office.SignObservation(ctx, c.Actor, in.Observation)
			if err != nil {
				return nil, err
			}
			return &output{observationOf(seen)}, nil
		}
		seen, err := s.office.DenyObservation(ctx, c.Actor, in.Observation, in.Body.Sentence)
		if err != nil {
			return nil, within("body.", err)
		}
		return &output{observationOf(seen)}, nil
	})
}

func (s *server) handInObservation() {
	type input struct {
		Body struct {
			Person    string                 `json:"person" maxLength:"64" example:"RW1013" doc:"The candidate; never the assessor."`
			Scheme    certificates.SchemeKey `json:"scheme" maxLength:"32" example:"AGRESSIE"`
			Component int                    `json:"component,omitempty" minimum:"0" maximum:"100" doc:"Which component of the scheme, from 0."`
			Refresher int                    `json:"refresher,omitempty" minimum:"0" maximum:"100" doc:"Which refresher was shown instead, from 1; 0 or absent: the component itself."`
			SeenOn    date                   `json:"seenOn"`
			Items     []ObservedItem         `json:"items" maxItems:"50" doc:"Everything on the checklist of the skill, in its order; of a skill without one its name."`
		} `nameHint:"ObservationInput"`
	}
	type output struct {
		Status   int
		Location string `header:"Location" doc:"The address of the observation."`
		Body     observation
	}
	shape := s.api.OpenAPI().Components.Schemas.Schema(typeOf[observation](), true, "")
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "hand-in-observation", Method: http.MethodPost, Path: "/observations", Tags: []string{"Evidence"}, DefaultStatus: http.StatusCreated, MaxBodyBytes: answersBody,
			Errors:  []int{http.StatusNotFound, http.StatusConflict},
			Summary: "Hand in what you saw", Description: "The assessor hands in, and by that signs, what they saw somebody else do. It waits for the candidate. Its natural key is the candidate and the skill while it waits: sending the same once more answers the first one with 200, another one 409, already_observed.",
			Responses: map[string]*huma.Response{
				"200": {Description: "It was handed in before.", Content: map[string]*huma.MediaType{jsonType: {Schema: shape}}},
				"201": {Description: "It waits for the candidate.", Content: map[string]*huma.MediaType{jsonType: {Schema: shape}}},
			},
		},
		permission: staff.ObserveSkills,
		request:    `{` + observationTermsExample + `}`,
		response:   observationExample,
	}, func(ctx context.Context, c caller, in *input) (*output, error) {
		day, err := in.Body.SeenOn.read("body.seenOn")
		if err != nil {
			return nil, err
		}
		o := certificates.Observation{Person: c.personOf(in.Body.Person), Scheme: in.Body.Scheme, Place: certificates.Place{Component: in.Body.Component, Refresher: in.Body.Refresher}, SeenOn: day}
		for _, i := range in.Body.Items {
			o.Items = append(o.Items, certificates.ObservedItem(i))
		}
		seen, made, err := s.office.HandInObservation(ctx, c.Actor, o)
		if err != nil {
			return nil, within("body.", err)
		}
		status := http.StatusCreated
		if !made {
			status = http.StatusOK
		}
		return &output{status, root + "/observations/" + seen.ID, observationOf(seen)}, nil
	})
}

func (s *server) readObservations() {
	type listInput struct {
		Person string `query:"person" maxLength:"64" example:"me" doc:"Of whom: a personnel number, or me. Absent: what you saw of others, for an assessor; of you, for others."`
		State  string `query:"state" enum:"waiting,signed,disputed" doc:"Only those in one state."`
		Page
	}
	type listOutput struct{ Body list[observation] }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "list-observations", Method: http.MethodGet, Path: "/observations", Tags: []string{"Evidence"}, Errors: []int{http.StatusNotFound},
			Summary: "What was seen at work", Description: "Lists observations, the newest first.",
		},
		permission: staff.ReadEvidence,
		response:   `{"items": [` + observationExample + `]}`,
	}, func(ctx context.Context, c caller, in *listInput) (*listOutput, error) {
		var all []academy.Observed
		var err error
		if in.Person == "" && c.May(staff.ObserveSkills) {
			all, err = s.office.OwnAssessments(ctx, c.Actor)
		} else {
			all, err = s.office.ObservationsOf(ctx, c.Actor, c.personOf(in.Person))
		}
		if err != nil {
			return nil, err
		}
		var asked []academy.Observed
		for _, seen := range all {
			if in.State == "" || string(seen.State()) == in.State {
				asked = append(asked, seen)
			}
		}
		part, err := turn(asked, in.Page, func(seen academy.Observed) string { return seen.ID })
		if err != nil {
			return nil, err
		}
		return &listOutput{convert(part, observationOf)}, nil
	})

	type output struct{ Body observation }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "get-observation", Method: http.MethodGet, Path: "/observations/{observation}", Tags: []string{"Evidence"}, Errors: []int{http.StatusNotFound},
			Summary: "One observation", Description: "What an assessor saw, for the candidate, the assessor and HR.",
		},
		permission: staff.ReadEvidence,
		response:   observationExample,
	}, func(ctx context.Context, c caller, in *ObservationPath) (*output, error) {
		seen, err := s.office.Observation(ctx, c.Actor, in.Observation)
		if err != nil {
			return nil, err
		}
		return &output{observationOf(seen)}, nil
	})
}
