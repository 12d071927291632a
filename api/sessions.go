package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"bekwaam/certificates"
	"bekwaam/courses/academy"
	"bekwaam/courses/staff"
	"bekwaam/courses/training"
)

// SessionTerms are what somebody plans of a group training.
type SessionTerms struct {
	Title      string                 `json:"title" maxLength:"200" example:"Omgaan met agressie en weerstand"`
	Scheme     certificates.SchemeKey `json:"scheme" maxLength:"32" example:"AGRESSIE"`
	Components []int                  `json:"components" maxItems:"50" doc:"The places, from 0, of the components of the scheme that whoever passes has shown. Of a refresher: the one it takes the place of."`
	Refresher  int                    `json:"refresher,omitempty" minimum:"0" maximum:"50" doc:"Which refresher of the scheme it is, from 1; 0 or absent: the components themselves."`
	Day        date                   `json:"day"`
	Starts     string                 `json:"starts" maxLength:"5" example:"09:00" doc:"A time of day in Amsterdam."`
	Ends       string                 `json:"ends" maxLength:"5" example:"13:00"`
	Place      string                 `json:"place" maxLength:"200" example:"Gemeentehuis, zaal De Dijk"`
	Supplier   string                 `json:"supplier" maxLength:"200" example:"Trainersgroep De Kade"`
	Places     int                    `json:"places" minimum:"1" maximum:"500" example:"12"`
	Elsewhere  int                    `json:"elsewhere,omitempty" minimum:"0" maximum:"500" doc:"Of the places: those of other municipalities, which pay their share."`
	Cost       int64                  `json:"cost" minimum:"0" maximum:"100000000" example:"74000" doc:"Of the whole session, in eurocents."`
	Fund       training.Fund          `json:"fund" enum:"statutory,development" doc:"What pays for it. Training that law or cao demand is paid from the statutory budget only (art. 7:611a BW)."`
	Version    int                    `json:"version,omitempty" minimum:"0" maximum:"1000000" example:"1" doc:"Of the session as you read it, when you change it: 409, stale, where somebody changed it since. 0 or absent: a new one."`
}

// session is the session as the pure rules know it.
func (t SessionTerms) session(id training.SessionID) (s training.Session, err error) {
	s = training.Session{
		ID: id, Title: t.Title, Scheme: t.Scheme, Components: t.Components, Refresher: t.Refresher, Place: t.Place, Supplier: t.Supplier,
		Places: t.Places, Elsewhere: t.Elsewhere, Cost: training.Cents(t.Cost), Fund: t.Fund, Version: t.Version,
	}
	if s.Day, err = t.Day.read("body.day"); err != nil {
		return s, err
	}
	if s.Starts, err = training.ParseClock(t.Starts); err != nil {
		return s, invalid("body.starts", "schrijf een tijd zoals 09:30", "write a time such as 09:30")
	}
	if s.Ends, err = training.ParseClock(t.Ends); err != nil {
		return s, invalid("body.ends", "schrijf een tijd zoals 09:30", "write a time such as 09:30")
	}
	return s, nil
}

// A Participant is somebody on the list of a session.
type Participant struct {
	Person      staff.PersonID      `json:"person" example:"RW1025"`
	Name        string              `json:"name" example:"Sander Vos"`
	Waiting     int                 `json:"waiting,omitempty" doc:"The place on the waiting list, from 1; absent: a place in the session."`
	Attendance  training.Attendance `json:"attendance,omitempty" enum:"present,absent" doc:"Absent from the answer: not recorded."`
	Result      training.Result     `json:"result,omitempty" enum:"passed,failed,partly"`
	Components  []int               `json:"components,omitempty" doc:"Of partly: the places of what was shown."`
	ConfirmedBy staff.PersonID      `json:"confirmedBy,omitempty" example:"RW1057"`
	Outcome     string              `json:"outcome,omitempty" enum:"certified,before_window,components_missing,full_course_needed,other_refresher,prerequisite_first" doc:"What confirming led to; absent where nothing was shown or confirmed."`
}

func participantOf(p academy.Participant) Participant {
	return Participant{p.Person, p.Name, p.Waiting, p.Attendance, p.Result, p.Shown, p.ConfirmedBy, string(p.Outcome)}
}

// A session is a group training as the caller sees it.
type session struct {
	Session training.SessionID `json:"session" example:"G4"`
	SessionTerms
	State        training.State `json:"state" enum:"planned,cancelled,to_record,to_confirm,held"`
	Free         int            `json:"free" doc:"Places left."`
	Enrolled     int            `json:"enrolled" doc:"How many people have a place."`
	Waiting      int            `json:"waiting" doc:"How many people wait for one."`
	Mine         *Participant   `json:"mine,omitempty" doc:"Your own place; absent where you are not on the list."`
	Participants []Participant  `json:"participants" doc:"Those whom you may enrol, in order: oneself, the people of a leader's team, or everybody."`
	Over         []balance      `json:"overBudget,omitempty" doc:"Budgets with more planned than there is, that pay for this session. It is a warning: nothing is refused for it. In the answer about one session, for whoever may read budgets."`
}

func sessionOf(from academy.SessionView) session {
	to := session{
		Session: from.ID, State: from.State, Free: from.Free, Enrolled: from.Enrolled, Waiting: from.Waiting, Participants: []Participant{},
		SessionTerms: SessionTerms{
			Title: from.Title, Scheme: from.Scheme, Components: from.Components, Refresher: from.Refresher, Day: dateOf(from.Day), Starts: from.Starts.String(), Ends: from.Ends.String(),
			Place: from.Place, Supplier: from.Supplier, Places: from.Places, Elsewhere: from.Elsewhere, Cost: int64(from.Cost), Fund: from.Fund, Version: from.Version,
		},
	}
	if from.Mine != nil {
		mine := participantOf(*from.Mine)
		to.Mine = &mine
	}
	for _, p := range from.Participants {
		to.Participants = append(to.Participants, participantOf(p))
	}
	for _, b := range from.Over {
		to.Over = append(to.Over, balanceOf(b))
	}
	return to
}

// SessionPath is in the address of one session.
type SessionPath struct {
	Session string `path:"session" maxLength:"64" example:"G4" doc:"The key of the session. Who plans one chooses it: letters, digits and hyphens."`
}

func (in SessionPath) id() training.SessionID { return training.SessionID(in.Session) }

const (
	sessionTermsExample = `"title": "Omgaan met agressie en weerstand", "scheme": "AGRESSIE", "components": [0], "day": "2026-12-08", "starts": "09:00", "ends": "13:00", "place": "Gemeentehuis, zaal De Dijk", "supplier": "Trainersgroep De Kade", "places": 4, "cost": 74000, "fund": "statutory"`
	sessionExample      = `{"session": "G4", ` + sessionTermsExample + `, "version": 1, "state": "planned", "free": 0, "enrolled": 4, "waiting": 1, "participants": [{"person": "RW1025", "name": "Sander Vos"}]}`
	begunExample        = `{"type": "about:blank", "title": "Conflict", "status": 409, "detail": "This group training has begun already.", "reason": "begun"}`
)

func (s *server) sessions() {
	s.readSessions()
	s.planSessions()
	s.enrolments()
	s.attendance()
	s.corrections()
}

func (s *server) readSessions() {
	type listInput struct {
		From  date `query:"from" doc:"The first day; absent: no bound."`
		Until date `query:"until" doc:"The last day; absent: no bound."`
		Page
	}
	type listOutput struct{ Body list[session] }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "list-sessions", Method: http.MethodGet, Path: "/sessions", Tags: []string{"Group training"},
			Summary: "Group trainings", Description: "Lists group trainings in order of day, also those that were and those that do not go on.",
		},
		permission: staff.ReadSessions,
		response:   `{"items": [` + sessionExample + `]}`,
	}, func(ctx context.Context, c caller, in *listInput) (*listOutput, error) {
		var search academy.SessionSearch
		var err error
		if search.From, err = in.From.read("query.from"); err != nil {
			return nil, err
		}
		if search.Until, err = in.Until.read("query.until"); err != nil {
			return nil, err
		}
		all, err := s.office.Sessions(ctx, c.Actor, search)
		if err != nil {
			return nil, err
		}
		part, err := turn(all, in.Page, func(v academy.SessionView) string { return string(v.ID) })
		if err != nil {
			return nil, err
		}
		return &listOutput{convert(part, sessionOf)}, nil
	})

	type output struct{ Body session }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "get-session", Method: http.MethodGet, Path: "/sessions/{session}", Tags: []string{"Group training"}, Errors: []int{http.StatusNotFound},
			Summary: "One group training", Description: "A group training with the people on it whom you may enrol.",
		},
		permission: staff.ReadSessions,
		response:   sessionExample,
	}, func(ctx context.Context, c caller, in *SessionPath) (*output, error) {
		found, err := s.office.Session(ctx, c.Actor, in.id())
		if err != nil {
			return nil, err
		}
		return &output{sessionOf(found)}, nil
	})

	type fileOutput struct {
		ContentType        string `header:"Content-Type" hidden:"true"`
		ContentDisposition string `header:"Content-Disposition" doc:"Names the file."`
		Body               []byte
	}
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "get-session-invitation", Method: http.MethodGet, Path: "/sessions/{session}/invitation", Tags: []string{"Group training"}, Errors: []int{http.StatusNotFound},
			Summary: "A group training for a calendar", Description: "The session as an iCalendar file. It always has the same UID, and a higher SEQUENCE after each change.",
			Responses: map[string]*huma.Response{"200": {Description: "The file.", Content: map[string]*huma.MediaType{"text/calendar": {Schema: &huma.Schema{Type: huma.TypeString}}}}},
		},
		permission: staff.ReadSessions,
	}, func(ctx context.Context, c caller, in *SessionPath) (*fileOutput, error) {
		file, err := s.office.Invitation(ctx, c.Actor, in.id())
		if err != nil {
			return nil, err
		}
		return &fileOutput{"text/calendar; charset=utf-8", `attachment; filename="groepstraining.ics"`, file}, nil
	})
}

func (s *server) planSessions() {
	type input struct {
		SessionPath
		Body SessionTerms
	}
	type output struct {
		Status int
		Body   session
	}
	written := s.api.OpenAPI().Components.Schemas.Schema(typeOf[session](), true, "")
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "put-session", Method: http.MethodPut, Path: "/sessions/{session}", Tags: []string{"Group training"}, MaxBodyBytes: answersBody,
			Errors:  []int{http.StatusConflict},
			Summary: "Plan a group training, or change it", Description: "Plans a session under a key that you choose, or changes the one that has it and the version you read: 409, stale, where somebody changed it since. What is saved already may be sent again. Who is on the list is told of another title, day, time or place. Nobody loses a place. Once it has begun only supplier, cost and fund may change.",
			Responses: map[string]*huma.Response{
				"200": {Description: "The session as it is now.", Content: map[string]*huma.MediaType{"application/json": {}}},
				"201": {Description: "The session that was planned.", Content: map[string]*huma.MediaType{"application/json": {Schema: written}}},
			},
		},
		permission: staff.PlanSessions,
		request:    `{` + sessionTermsExample + `}`,
		response:   sessionExample,
		conflict:   begunExample,
	}, func(ctx context.Context, c caller, in *input) (*output, error) {
		planned, err := in.Body.session(in.id())
		if err != nil {
			return nil, err
		}
		created, err := s.office.PutSession(ctx, c.Actor, planned)
		if err != nil {
			return nil, within("body.", err)
		}
		found, err := s.office.Session(ctx, c.Actor, in.id())
		if err != nil {
			return nil, err
		}
		out := &output{http.StatusOK, sessionOf(found)}
		if created {
			out.Status = http.StatusCreated
		}
		return out, nil
	})

	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "cancel-session", Method: http.MethodPost, Path: "/sessions/{session}/cancellation", Tags: []string{"Group training"}, DefaultStatus: http.StatusNoContent,
			Errors:  []int{http.StatusNotFound, http.StatusConflict},
			Summary: "Call a group training off", Description: "Says that a session that has not begun does not go on, and tells everybody on the list. Once more changes nothing.",
		},
		permission: staff.PlanSessions,
	}, func(ctx context.Context, c caller, in *SessionPath) (*struct{}, error) {
		return nil, s.office.CancelSession(ctx, c.Actor, in.id())
	})
}
