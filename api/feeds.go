package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

// A calendarFeed is a calendar at a secret address.
type calendarFeed struct {
	MadeAt time.Time `json:"madeAt" doc:"When its address was made."`
}

// A newFeed is a calendar with its address, which is told once.
type newFeed struct {
	Address string `json:"address" format:"uri" example:"https://leren.example/agenda/4T7QK2M9XD3PZ8RW6VYN5HJCBA.ics" doc:"Whoever has it reads your dates, without logging in. Nobody can read it again."`
}

var noFeed = fault.New(fault.NotFound, "Je hebt nog geen agenda met een geheim adres.", "You have no calendar with a secret address yet.")

func (s *server) feeds() {
	const path = "/calendar-feeds/me"
	type output struct{ Body calendarFeed }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "get-calendar-feed", Method: http.MethodGet, Path: path, Tags: []string{"Messages"}, Errors: []int{http.StatusNotFound},
			Summary: "Whether your calendar has an address", Description: "Tells since when your calendar has a secret address, and not which.",
		},
		permission: staff.ReadOwnNotices,
		response:   `{"madeAt": "2026-11-23T09:12:00Z"}`,
	}, func(ctx context.Context, c caller, _ *struct{}) (*output, error) {
		feed, err := s.office.OwnFeed(ctx, c.Actor)
		if err == nil && feed == nil {
			err = noFeed
		}
		if err != nil {
			return nil, err
		}
		return &output{calendarFeed{feed.MadeAt.UTC()}}, nil
	})

	type newOutput struct{ Body newFeed }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "put-calendar-feed", Method: http.MethodPut, Path: path, Tags: []string{"Messages"},
			Summary: "Give your calendar an address", Description: "Makes a secret address of an iCalendar feed with your last days, certificates and group trainings. There is one at most: the one before works no more, so that asking again after a lost answer is safe. It is told once.",
		},
		permission: staff.ReadOwnNotices,
		response:   `{"address": "https://leren.example/agenda/4T7QK2M9XD3PZ8RW6VYN5HJCBA.ics"}`,
	}, func(ctx context.Context, c caller, _ *struct{}) (*newOutput, error) {
		secret, err := s.office.MakeFeed(ctx, c.Actor)
		if err != nil {
			return nil, err
		}
		return &newOutput{newFeed{s.office.FeedAddress(secret)}}, nil
	})

	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "revoke-calendar-feed", Method: http.MethodDelete, Path: path, Tags: []string{"Messages"}, DefaultStatus: http.StatusNoContent,
			Summary: "Revoke the address", Description: "The secret address of your calendar answers nothing any more. Once more changes nothing.",
		},
		permission: staff.ReadOwnNotices,
	}, func(ctx context.Context, c caller, _ *struct{}) (*struct{}, error) {
		return nil, s.office.RevokeFeed(ctx, c.Actor)
	})
}
