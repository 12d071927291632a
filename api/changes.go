package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"bekwaam/courses/academy"
	"bekwaam/courses/changes"
	"bekwaam/courses/staff"
)

const changeExample = `"title": "Wmebv: essentiële informatie in notificaties", "kind": "law", "origins": ["residents", "businesses"], "source": "art. 2:10 lid 2 Awb", "effectiveOn": "2027-01-01", "certainty": "fixed",
	"phase": "training", "holder": "RW1052", "retrainBefore": "2026-12-18", "roles": ["R01", "R05"], "processes": ["P1"], "verdicts": [{"kind": "delta", "roles": ["R01", "R05"], "scheme": "INT-WMEBV"}]`

const impactExample = `{"dueOn": "2026-12-18", "hurried": false, "people": 24, "done": 8, "minutes": 480, "groups": [{"kind": "read", "roles": ["R01"], "bulletin": "B1", "people": 24, "done": 8, "minutes": 1}],
	"teams": [{"team": "T1", "people": 10, "owing": 6, "minutes": 180}], "counters": [{"process": "P1", "on": "2027-01-01", "pool": 3, "after": 3, "minimum": 7, "below": false}]}`

// ChangePath is in the address of a change.
type ChangePath struct {
	Change changes.ID `path:"change" maxLength:"40" example:"ONTW-01"`
}

// A reader is somebody of a group, and whether they did what it asks.
type reader struct {
	Person staff.PersonID        `json:"person" example:"RW1013"`
	Name   string                `json:"name"`
	Team   staff.TeamID          `json:"team"`
	Owes   []changes.VerdictKind `json:"owes" doc:"What they did not do yet."`
}

// A meaning is what a change means for a team, as somebody who leads it wrote.
type meaning struct {
	Team     staff.TeamID   `json:"team,omitempty" maxLength:"64" example:"T1" doc:"Absent: the whole organisation."`
	Text     string         `json:"text" minLength:"1" maxLength:"2000" doc:"What it means for us."`
	Decision string         `json:"decision" minLength:"1" maxLength:"2000"`
	By       staff.PersonID `json:"by,omitempty" readOnly:"true"`
	At       *time.Time     `json:"at,omitempty" readOnly:"true"`
}

func (s *server) changes() {
	type listOutput struct{ Body list[changeState] }
	type oneOutput struct{ Body changeState }
	type impactOutput struct{ Body changeImpact }
	one := func(ctx context.Context, c caller, id changes.ID) (*oneOutput, error) {
		o, err := s.office.Change(ctx, c.Actor, id)
		return &oneOutput{changeStateOf(o)}, err
	}

	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "list-changes", Method: http.MethodGet, Path: "/changes", Tags: []string{"Changes"},
			Summary: "What changes", Description: "Lists every change of law, application, society and technology, drafts too, the earliest effective date first and those of which it is not known last. Who may follow them also sees how far everybody is, without names.",
		},
		permission: staff.ReadChanges,
		response:   `{"items": [{"change": "ONTW-01", ` + changeExample + `, "state": "published", "version": 1, "dueOn": "2026-12-18", "publishedAt": "2026-10-04T22:00:00Z", "people": 42, "done": 10, "outdated": 0}]}`,
	}, func(ctx context.Context, c caller, in *Page) (*listOutput, error) {
		all, err := s.office.Changes(ctx, c.Actor)
		if err != nil {
			return nil, err
		}
		part, err := turn(all, *in, func(o academy.ChangeOverview) string { return string(o.ID) })
		if err != nil {
			return nil, err
		}
		return &listOutput{convert(part, changeStateOf)}, nil
	})

	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "get-change", Method: http.MethodGet, Path: "/changes/{change}", Tags: []string{"Changes"}, Errors: []int{http.StatusNotFound},
			Summary: "One change", Description: "Tells of one change what the list tells.",
		},
		permission: staff.ReadChanges,
		response:   `{"change": "ONTW-01", ` + changeExample + `, "state": "published", "version": 1, "dueOn": "2026-12-18", "publishedAt": "2026-10-04T22:00:00Z"}`,
	}, func(ctx context.Context, c caller, in *ChangePath) (*oneOutput, error) { return one(ctx, c, in.Change) })

	type addInput struct {
		Body struct {
			Change changes.ID `json:"change" minLength:"2" maxLength:"40" pattern:"^[A-Za-z0-9-]+$" example:"ONTW-07" doc:"The key, which you choose: sending the same twice is refused, never doubled."`
			ChangeTerms
		} `nameHint:"NewChange"`
	}
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "add-change", Method: http.MethodPost, Path: "/changes", Tags: []string{"Changes"}, DefaultStatus: http.StatusCreated, MaxBodyBytes: answersBody, Errors: []int{http.StatusConflict},
			Summary: "Draft a change", Description: "Adds a change as a draft under a key of your choice: another one with that key is refused with 409 and already_exists. It asks nobody anything until it is published.",
		},
		permission: staff.WriteChanges,
		request:    `{"change": "ONTW-07", ` + changeExample + `}`,
		response:   `{"change": "ONTW-07", ` + changeExample + `, "state": "draft", "version": 1, "dueOn": "2026-12-18", "publishedAt": null}`,
	}, func(ctx context.Context, c caller, in *addInput) (*oneOutput, error) {
		change, err := in.Body.change(in.Body.Change, 0)
		if err != nil {
			return nil, err
		}
		if _, err := s.office.SaveChange(ctx, c.Actor, change); err != nil {
			return nil, within("body.", err)
		}
		return one(ctx, c, change.ID)
	})

	type putInput struct {
		ChangePath
		Body struct {
			Version int `json:"version" minimum:"1" doc:"The version that you changed; another one by now is 409 and change_changed."`
			ChangeTerms
		} `nameHint:"ChangeInput"`
	}
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "replace-change", Method: http.MethodPut, Path: "/changes/{change}", Tags: []string{"Changes"}, MaxBodyBytes: answersBody, Errors: []int{http.StatusNotFound, http.StatusConflict},
			Summary: "Change a draft", Description: "Writes another text of a draft. What is published does not change: withdraw it and make another.",
		},
		permission: staff.WriteChanges,
		request:    `{"version": 1, ` + changeExample + `}`,
		response:   `{"change": "ONTW-01", ` + changeExample + `, "state": "draft", "version": 2, "dueOn": "2026-12-18", "publishedAt": null}`,
	}, func(ctx context.Context, c caller, in *putInput) (*oneOutput, error) {
		change, err := in.Body.change(in.Change, in.Body.Version)
		if err != nil {
			return nil, err
		}
		if _, err := s.office.SaveChange(ctx, c.Actor, change); err != nil {
			return nil, within("body.", err)
		}
		return one(ctx, c, in.Change)
	})

	type phaseInput struct {
		ChangePath
		Body struct {
			Phase changes.Phase `json:"phase" enum:"scanning,interpreting,impact,training,introduced,secured"`
		} `nameHint:"PhaseInput"`
	}
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "set-change-phase", Method: http.MethodPut, Path: "/changes/{change}/phase", Tags: []string{"Changes"}, DefaultStatus: http.StatusNoContent, MaxBodyBytes: answersBody, Errors: []int{http.StatusNotFound, http.StatusConflict},
			Summary: "How far we are with it", Description: "Says how far the organisation is with a change, published or not.",
		},
		permission: staff.WriteChanges,
		request:    `{"phase": "introduced"}`,
	}, func(ctx context.Context, c caller, in *phaseInput) (*struct{}, error) {
		return nil, within("body.", s.office.MoveChange(ctx, c.Actor, in.Change, in.Body.Phase))
	})

	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "get-change-impact", Method: http.MethodGet, Path: "/changes/{change}/impact", Tags: []string{"Changes"}, Errors: []int{http.StatusNotFound},
			Summary: "Whom it hits", Description: "Tells what publishing a change would do today, or how far everybody is with one that is published: people, working time per team, and pools that it brings below their minimum. It stores nothing and names nobody.",
		},
		permission: staff.FollowChanges,
		response:   impactExample,
	}, func(ctx context.Context, c caller, in *ChangePath) (*impactOutput, error) {
		impact, err := s.office.ChangeImpact(ctx, c.Actor, in.Change)
		return &impactOutput{changeImpactOf(impact)}, err
	})

	type peopleInput struct {
		ChangePath
		Page
	}
	type peopleOutput struct{ Body list[reader] }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "list-change-people", Method: http.MethodGet, Path: "/changes/{change}/people", Tags: []string{"Changes"}, Errors: []int{http.StatusNotFound},
			Summary: "Who must do something", Description: "Lists by name whom a change asks something, as far as you may follow them: a leader's own people, or all for HR. Until the works council has consented it is refused with 403 and the reason no_consent.",
		},
		permission: staff.ReadPeople,
		response:   `{"items": [{"person": "RW1013", "name": "Tineke Bakker", "team": "T1", "owes": ["delta", "read"]}]}`,
	}, func(ctx context.Context, c caller, in *peopleInput) (*peopleOutput, error) {
		all, err := s.office.ChangePeople(ctx, c.Actor, in.Change)
		if err != nil {
			return nil, err
		}
		part, err := turn(all, in.Page, func(r academy.ChangeReader) string { return string(r.Person) })
		if err != nil {
			return nil, err
		}
		return &peopleOutput{convert(part, func(r academy.ChangeReader) reader {
			out := reader{r.Person, r.Name, r.Team, []changes.VerdictKind{}}
			for _, v := range r.Owes {
				out.Owes = append(out.Owes, v.Kind)
			}
			return out
		})}, nil
	})

	type publishInput struct {
		ChangePath
		Body struct {
			Version  int  `json:"version" minimum:"1" doc:"The version whose impact you looked at; another one by now is 409 and change_changed."`
			Urgently bool `json:"urgently,omitempty" doc:"You wrote it yourself and it cannot wait: only what holds within two weeks (409, not_urgent). It is recorded, and somebody else looks at it afterwards."`
		} `nameHint:"PublicationInput"`
	}
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "publish-change", Method: http.MethodPost, Path: "/changes/{change}/publication", Tags: []string{"Changes"}, MaxBodyBytes: answersBody, Errors: []int{http.StatusNotFound, http.StatusConflict},
			Summary: "Announce it", Description: "Announces a change: its duties are there at once and everybody whom it asks something is told. Somebody else does so than who wrote it as it is (403, self_approval), unless it is urgent. Its bulletins must be confirmed by somebody else first (409, bulletin_waits). An effective date of today or earlier is normal. Sending the same again changes nothing.",
		},
		permission: staff.WriteChanges,
		request:    `{"version": 1}`,
		response:   impactExample,
	}, func(ctx context.Context, c caller, in *publishInput) (*impactOutput, error) {
		impact, err := s.office.PublishChange(ctx, c.Actor, in.Change, in.Body.Version, in.Body.Urgently)
		return &impactOutput{changeImpactOf(impact)}, err
	})

	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "see-change", Method: http.MethodPost, Path: "/changes/{change}/second-look", Tags: []string{"Changes"}, DefaultStatus: http.StatusNoContent, Errors: []int{http.StatusNotFound, http.StatusConflict},
			Summary: "Look at what went out with urgency", Description: "Says that you looked at a change that was announced with urgency, before anybody else saw it. Not for who announced it. Sending it twice changes nothing.",
		},
		permission: staff.CheckBulletins,
	}, func(ctx context.Context, c caller, in *ChangePath) (*struct{}, error) {
		return nil, s.office.SeeChange(ctx, c.Actor, in.Change)
	})
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "go-live", Method: http.MethodPost, Path: "/changes/{change}/go-live", Tags: []string{"Changes"}, DefaultStatus: http.StatusNoContent, Errors: []int{http.StatusNotFound, http.StatusConflict},
			Summary: "A release went live", Description: "Confirms that an application release went live. Refused while fewer of its users are trained than its gate asks (409, gate_closed): the message tells how many are missing. Until then the old release holds and nobody is outdated. Sending it twice changes nothing.",
		},
		permission: staff.WriteChanges,
	}, func(ctx context.Context, c caller, in *ChangePath) (*struct{}, error) {
		return nil, s.office.GoLive(ctx, c.Actor, in.Change)
	})

	type withdrawInput struct {
		ChangePath
		Body struct {
			Why string `json:"why" minLength:"1" maxLength:"2000" example:"De wet is uitgesteld."`
		} `nameHint:"WithdrawalInput"`
	}
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "withdraw-change", Method: http.MethodPost, Path: "/changes/{change}/withdrawal", Tags: []string{"Changes"}, DefaultStatus: http.StatusNoContent, MaxBodyBytes: answersBody, Errors: []int{http.StatusNotFound, http.StatusConflict},
			Summary: "Take it back", Description: "Withdraws a change: what it asked ends today, and whoever did not do it yet is told. Sending it twice changes nothing.",
		},
		permission: staff.WriteChanges,
		request:    `{"why": "De wet is uitgesteld."}`,
	}, func(ctx context.Context, c caller, in *withdrawInput) (*struct{}, error) {
		return nil, within("body.", s.office.WithdrawChange(ctx, c.Actor, in.Change, in.Body.Why))
	})

	meaningOf := func(m changes.Meaning) meaning {
		at := m.At.UTC()
		return meaning{m.Team, m.Text, m.Decision, m.By, &at}
	}
	type explainInput struct {
		ChangePath
		Body meaning `nameHint:"MeaningInput"`
	}
	type explainOutput struct{ Body meaning }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "explain-change", Method: http.MethodPost, Path: "/changes/{change}/meanings", Tags: []string{"Changes"}, DefaultStatus: http.StatusCreated, MaxBodyBytes: answersBody, Errors: []int{http.StatusNotFound},
			Summary: "What does this mean for us?", Description: "Records what a leader says a change means for their team, and what was decided. The same again is not doubled.",
		},
		permission: staff.ExplainChanges,
		request:    `{"team": "T1", "text": "Meer vragen aan de balie.", "decision": "We oefenen in december."}`,
		response:   `{"team": "T1", "text": "Meer vragen aan de balie.", "decision": "We oefenen in december.", "by": "RW1001", "at": "2026-11-23T09:00:00Z"}`,
	}, func(ctx context.Context, c caller, in *explainInput) (*explainOutput, error) {
		m, err := s.office.ExplainChange(ctx, c.Actor, changes.Meaning{Change: in.Change, Team: in.Body.Team, Text: in.Body.Text, Decision: in.Body.Decision})
		return &explainOutput{meaningOf(m)}, within("body.", err)
	})
	type meaningsInput struct {
		ChangePath
		Page
	}
	type meaningsOutput struct{ Body list[meaning] }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "list-change-meanings", Method: http.MethodGet, Path: "/changes/{change}/meanings", Tags: []string{"Changes"}, Errors: []int{http.StatusNotFound},
			Summary: "What it means for us", Description: "Lists what leaders said a change means, the newest first.",
		},
		permission: staff.ReadChanges,
		response:   `{"items": [{"team": "T1", "text": "Meer vragen aan de balie.", "decision": "We oefenen in december.", "by": "RW1001", "at": "2026-11-23T09:00:00Z"}]}`,
	}, func(ctx context.Context, c caller, in *meaningsInput) (*meaningsOutput, error) {
		o, err := s.office.Change(ctx, c.Actor, in.Change)
		if err != nil {
			return nil, err
		}
		part, err := turn(o.Meanings, in.Page, func(m academy.Meaning) string { return m.ID })
		if err != nil {
			return nil, err
		}
		return &meaningsOutput{convert(part, func(m academy.Meaning) meaning { return meaningOf(m.Meaning) })}, nil
	})

	type urgentInput struct {
		Body struct {
			What   string         `json:"what" minLength:"1" maxLength:"200" example:"Storing reisdocumenten"`
			Kind   changes.Kind   `json:"kind" enum:"law,application,society,technology"`
			Text   string         `json:"text" minLength:"1" maxLength:"10000" doc:"What colleagues read."`
			Source string         `json:"source" minLength:"1" maxLength:"200" example:"RvIG, mail van 9.00 uur"`
			Roles  []staff.RoleID `json:"roles" minItems:"1" maxItems:"200" doc:"Whom it concerns."`
		} `nameHint:"UrgentInput"`
	}
	type urgentOutput struct {
		Body struct {
			Change changes.ID `json:"change" example:"SPOED-2026-11-23-1"`
			People int        `json:"people" example:"24" doc:"Who is told."`
		} `nameHint:"UrgentChange"`
	}
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "publish-urgently", Method: http.MethodPost, Path: "/urgent-changes", Tags: []string{"Changes"}, DefaultStatus: http.StatusCreated, MaxBodyBytes: answersBody,
			Summary: "Tell it now", Description: "Makes a change and its bulletin, and announces both at once, with a mail of its own. The bulletin says that nobody confirmed it yet, until somebody else did. The same title by the same person on one day is not doubled.",
		},
		permission: staff.WriteBulletins,
		request:    `{"what": "Storing reisdocumenten", "kind": "application", "text": "Geef vandaag geen paspoorten uit.", "source": "RvIG, mail van 9.00 uur", "roles": ["R01"]}`,
		response:   `{"change": "SPOED-2026-11-23-1", "people": 9}`,
	}, func(ctx context.Context, c caller, in *urgentInput) (*urgentOutput, error) {
		out := new(urgentOutput)
		var err error
		out.Body.Change, out.Body.People, err = s.office.PublishUrgently(ctx, c.Actor, academy.Urgent{What: in.Body.What, Kind: in.Body.Kind, Text: in.Body.Text, Source: in.Body.Source, Roles: in.Body.Roles})
		return out, within("body.", err)
	})
}
