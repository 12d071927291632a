package api

import (
	"context"
	"fmt"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"bekwaam/courses/academy"
	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
	"bekwaam/courses/staffing"
)

// WorkingDay is at what times somebody works on a day of the week.
type WorkingDay struct {
	Day  weekday `json:"day" enum:"monday,tuesday,wednesday,thursday,friday,saturday,sunday"`
	From string  `json:"from" maxLength:"5" example:"08:30" doc:"In Amsterdam, the break included."`
	To   string  `json:"to" maxLength:"5" example:"17:00"`
}

// RosterTerms are at what times somebody works.
type RosterTerms struct {
	Days []WorkingDay `json:"days" maxItems:"7" doc:"A day that is not here is a day off. Of a day longer than five and a half hours half an hour is a break."`
}

// A roster is at what times somebody works in an employment from a day on.
type roster struct {
	Employment int  `json:"employment" example:"1"`
	From       date `json:"from"`
	RosterTerms
	Minutes int `json:"minutes" example:"1920" doc:"Of work in a week, without breaks."`
}

func rosterOf(r staffing.Roster) roster {
	to := roster{Employment: r.Employment, From: dateOf(r.From), RosterTerms: RosterTerms{[]WorkingDay{}}, Minutes: r.Minutes()}
	for i, day := range staffing.Weekdays() {
		if h := r.Days[day]; !h.Off() {
			to.Days = append(to.Days, WorkingDay{weekdayNames[i], h.From.String(), h.To.String()})
		}
	}
	return to
}

// days reads the days of a roster.
func (t RosterTerms) days() (days [7]staffing.Hours, err error) {
	for i, from := range t.Days {
		at := fmt.Sprintf("body.days[%d]", i)
		for n, name := range weekdayNames {
			if name != from.Day {
				continue
			}
			day := staffing.Weekdays()[n]
			if !days[day].Off() {
				return days, invalid(at+".day", "deze dag staat er al", "this day is there already")
			}
			if days[day].From, days[day].To, err = readTimes(at, from.From, from.To); err != nil {
				return days, err
			}
		}
	}
	return days, nil
}

// LeaveTerms are when somebody is on leave. Why is not asked, and not kept.
type LeaveTerms struct {
	Employment int           `json:"employment,omitempty" minimum:"0" maximum:"99" doc:"Absent: all of them."`
	From       date          `json:"from"`
	Until      date          `json:"until" doc:"The last day."`
	Part       staffing.Part `json:"part" enum:"whole,morning,afternoon" doc:"Of each day: a morning ends and an afternoon begins at 13:00."`
	Approved   bool          `json:"approved" doc:"What is only asked for counts for nothing."`
}

// A leave is one stretch of days on which somebody does not work.
type leave struct {
	Leave string `json:"leave" example:"A010"`
	LeaveTerms
}

func leaveOf(l staffing.Leave) leave {
	return leave{l.ID, LeaveTerms{l.Employment, dateOf(l.From), dateOf(l.Until), l.Part, l.Approved}}
}

func (s *server) workingTimes() {
	type output struct {
		Body struct {
			Rosters []roster      `json:"rosters" doc:"Of each employment, the first one first. Without one we know who may do a process, not who works."`
			Leave   []leave       `json:"leave" doc:"That is not over."`
			OnCall  []onCallShown `json:"onCall" doc:"From today on."`
		} `nameHint:"WorkingTimes"`
	}
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "get-working-times", Method: http.MethodGet, Path: "/people/{person}/working-times", Tags: []string{"Staffing"}, Errors: []int{http.StatusNotFound},
			Summary: "When somebody works", Description: "Tells at what times somebody works and when they are on leave, never why. That it was read is written down, and they can see it.",
		},
		permission: staff.ReadRosters,
		response: `{"rosters": [{"employment": 1, "from": "2009-01-01", "days": [{"day": "monday", "from": "08:30", "to": "17:00"}], "minutes": 480}],
			"leave": [{"leave": "A027", "from": "2026-12-28", "until": "2027-01-01", "part": "whole", "approved": true}], "onCall": []}`,
	}, func(ctx context.Context, c caller, in *PersonPath) (*output, error) {
		w, err := s.office.WorkingTimes(ctx, c.Actor, c.personOf(in.Person))
		if err != nil {
			return nil, err
		}
		out := new(output)
		out.Body.Rosters, out.Body.Leave, out.Body.OnCall = []roster{}, []leave{}, []onCallShown{}
		for _, r := range w.Rosters {
			out.Body.Rosters = append(out.Body.Rosters, rosterOf(r))
		}
		for _, l := range w.Leave {
			out.Body.Leave = append(out.Body.Leave, leaveOf(l))
		}
		for _, c := range w.OnCall {
			out.Body.OnCall = append(out.Body.OnCall, onCallShown{Process: c.Process, On: dateOf(c.Day), From: c.From.String(), To: c.To.String()})
		}
		return out, nil
	})

	type rosterInput struct {
		PersonPath
		Employment int  `path:"employment" minimum:"1" maximum:"99" example:"1"`
		From       date `path:"from" doc:"The first day on which it holds."`
		Body       RosterTerms
	}
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "set-roster", Method: http.MethodPut, Path: "/people/{person}/employments/{employment}/rosters/{from}", Tags: []string{"Staffing"}, DefaultStatus: http.StatusNoContent, MaxBodyBytes: answersBody,
			Errors:  []int{http.StatusNotFound},
			Summary: "Set when somebody works", Description: "Writes at what times somebody works in an employment from a day on, until the next roster of that employment. Days before it stay as they were. Nobody does this about themselves.",
		},
		permission: staff.ChangeRosters,
		request:    `{"days": [{"day": "monday", "from": "08:30", "to": "17:00"}, {"day": "friday", "from": "09:00", "to": "13:00"}]}`,
	}, func(ctx context.Context, c caller, in *rosterInput) (*struct{}, error) {
		r := staffing.Roster{Person: c.personOf(in.Person), Employment: in.Employment}
		var err error
		if r.From, err = readDay("path.from", in.From); err != nil {
			return nil, err
		}
		if r.Days, err = in.Body.days(); err != nil {
			return nil, err
		}
		return nil, within("body.", s.office.SetRoster(ctx, c.Actor, r))
	})
	s.leave()
	s.onCall()
	s.timesImports()
}

// LeavePath is in the address of one leave.
type LeavePath struct {
	PersonPath
	Leave string `path:"leave" minLength:"1" maxLength:"64" pattern:"^[A-Za-z0-9._-]+$" example:"A010" doc:"A key that you choose, such as that of your HR system."`
}

func (s *server) leave() {
	const path = "/people/{person}/leave/{leave}"
	type putInput struct {
		LeavePath
		Body LeaveTerms
	}
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "set-leave", Method: http.MethodPut, Path: path, Tags: []string{"Staffing"}, DefaultStatus: http.StatusNoContent, MaxBodyBytes: answersBody,
			Errors:  []int{http.StatusNotFound, http.StatusConflict},
			Summary: "Set when somebody is on leave", Description: "Writes a leave, in the place of what is there under its key. Leave that overlaps other leave of the same employment is refused. Nobody does this about themselves.",
		},
		permission: staff.ChangeRosters,
		request:    `{"from": "2026-12-02", "until": "2026-12-02", "part": "whole", "approved": true}`,
	}, func(ctx context.Context, c caller, in *putInput) (*struct{}, error) {
		l := staffing.Leave{ID: in.Leave, Person: c.personOf(in.Person), Employment: in.Body.Employment, Part: in.Body.Part, Approved: in.Body.Approved}
		var err error
		if l.From, err = readDay("body.from", in.Body.From); err != nil {
			return nil, err
		}
		if l.Until, err = readDay("body.until", in.Body.Until); err != nil {
			return nil, err
		}
		return nil, within("body.", s.office.SetLeave(ctx, c.Actor, l))
	})
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "drop-leave", Method: http.MethodDelete, Path: path, Tags: []string{"Staffing"}, DefaultStatus: http.StatusNoContent, Errors: []int{http.StatusNotFound},
			Summary: "Take a leave away", Description: "Somebody works after all. Nobody does this about themselves.",
		},
		permission: staff.ChangeRosters,
	}, func(ctx context.Context, c caller, in *LeavePath) (*struct{}, error) {
		return nil, s.office.DropLeave(ctx, c.Actor, c.personOf(in.Person), in.Leave)
	})
}

// OnCallTime is when somebody stands ready.
type OnCallTime struct {
	Person staff.PersonID `json:"person" minLength:"1" maxLength:"64" example:"RW1020"`
	From   string         `json:"from" maxLength:"5" example:"10:00"`
	To     string         `json:"to" maxLength:"5" example:"11:00"`
}

// An onCallShown is when somebody stands ready for a process.
type onCallShown struct {
	Process staff.ActivityID `json:"process" example:"P3"`
	On      date             `json:"on"`
	From    string           `json:"from" example:"10:00"`
	To      string           `json:"to" example:"11:00"`
	Person  staff.PersonID   `json:"person,omitempty" example:"RW1020" doc:"Absent of one person."`
	Name    string           `json:"name,omitempty"`
}

func (s *server) onCall() {
	type listInput struct {
		ProcessPath
		From date `query:"from" doc:"The first day; absent: today."`
		Page
	}
	type listOutput struct{ Body list[onCallShown] }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "list-on-call", Method: http.MethodGet, Path: "/processes/{process}/on-call", Tags: []string{"Staffing"}, Errors: []int{http.StatusNotFound},
			Summary: "Who stands ready", Description: "Lists who stands ready for a process besides the roster from a day on: whom you may see. That they were looked at is written down. Refused with the reason no_consent until the works council has consented.",
		},
		permission: staff.ReadStaffing,
		response:   `{"items": [{"process": "P3", "on": "2026-11-28", "from": "10:00", "to": "11:00", "person": "RW1020", "name": "Lotte van Vliet"}]}`,
	}, func(ctx context.Context, c caller, in *listInput) (*listOutput, error) {
		from, err := in.From.read("query.from")
		if err != nil {
			return nil, err
		}
		all, err := s.office.OnCall(ctx, c.Actor, in.id(), from)
		if err != nil {
			return nil, err
		}
		part, err := turn(all, in.Page, func(t academy.OnCallTime) string { return t.Day.String() + string(t.Person) })
		if err != nil {
			return nil, err
		}
		return &listOutput{convert(part, func(t academy.OnCallTime) onCallShown {
			return onCallShown{t.Process, dateOf(t.Day), t.From.String(), t.To.String(), t.Person, t.Name}
		})}, nil
	})

	type input struct {
		ProcessPath
		On   date `path:"on" doc:"The day."`
		Body struct {
			Items []OnCallTime `json:"items" maxItems:"50"`
		} `nameHint:"OnCallTerms"`
	}
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "set-on-call", Method: http.MethodPut, Path: "/processes/{process}/on-call/{on}", Tags: []string{"Staffing"}, DefaultStatus: http.StatusNoContent, MaxBodyBytes: answersBody,
			Errors:  []int{http.StatusNotFound},
			Summary: "Set who stands ready", Description: "Writes who stands ready for a process on a day besides the roster: these, and nobody else.",
		},
		permission: staff.ChangeStaffing,
		request:    `{"items": [{"person": "RW1020", "from": "10:00", "to": "11:00"}]}`,
	}, func(ctx context.Context, c caller, in *input) (*struct{}, error) {
		on, err := readDay("path.on", in.On)
		if err != nil {
			return nil, err
		}
		calls, err := onCallOf(in.id(), on, in.Body.Items)
		if err != nil {
			return nil, err
		}
		return nil, within("body.", s.office.SetOnCall(ctx, c.Actor, in.id(), on, calls))
	})
}

func onCallOf(process staff.ActivityID, on calendar.Date, items []OnCallTime) ([]staffing.OnCall, error) {
	var calls []staffing.OnCall
	for i, item := range items {
		from, to, err := readTimes(fmt.Sprintf("body.items[%d]", i), item.From, item.To)
		if err != nil {
			return nil, err
		}
		calls = append(calls, staffing.OnCall{Person: item.Person, Process: process, Day: on, From: from, To: to})
	}
	return calls, nil
}
