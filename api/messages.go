package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"bekwaam/courses/academy"
	"bekwaam/courses/staff"
)

// A Message is a mail to the caller.
type Message struct {
	ID       string     `json:"message" example:"4T7QK2M9XD3PZ8RW6VYN5HJCBA" doc:"The key of the message."`
	Kind     string     `json:"kind" enum:"digest,invitation" doc:"digest: the overview of a day. invitation: it brings a calendar file."`
	Language string     `json:"language" enum:"nl,en"`
	Subject  string     `json:"subject" example:"Hertoets Reisdocumenten: doe dit uiterlijk 7 december 2026"`
	On       date       `json:"on" doc:"The day it is of."`
	MadeAt   time.Time  `json:"madeAt"`
	State    string     `json:"state" enum:"waiting,sent,dropped,failed,kept" doc:"Of the mail. dropped: a newer one tells it, or it was too late. kept: you want no mail, so it is here only."`
	ReadAt   *time.Time `json:"readAt,omitempty" doc:"When you read it here; absent: you did not."`
}

// A messageDetail is a message with what it says.
type messageDetail struct {
	Message
	Text string `json:"text" example:"Hallo Marloes," doc:"As plain text, with addresses of pages."`
}

func messageFrom(m academy.Mail) Message {
	to := Message{ID: m.ID, Kind: m.Kind, Language: string(m.Language), Subject: m.Subject, On: dateOf(m.On), MadeAt: m.MadeAt.UTC(), State: string(m.State())}
	if !m.ReadAt.IsZero() {
		at := m.ReadAt.UTC()
		to.ReadAt = &at
	}
	return to
}

// MessagePath is in the address of one message.
type MessagePath struct {
	Message string `path:"message" maxLength:"64" example:"4T7QK2M9XD3PZ8RW6VYN5HJCBA" doc:"The key of the message."`
}

const messageExample = `"message": "4T7QK2M9XD3PZ8RW6VYN5HJCBA", "kind": "digest", "language": "nl", "subject": "Hertoets Reisdocumenten: doe dit uiterlijk 7 december 2026", "on": "2026-11-30", "madeAt": "2026-11-30T04:15:00Z", "state": "sent"`

func (s *server) messages() {
	type listInput struct {
		Unread bool `query:"unread" doc:"Only what you did not read."`
		Page
	}
	type listOutput struct{ Body list[Message] }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "list-messages", Method: http.MethodGet, Path: "/messages", Tags: []string{"Messages"},
			Summary: "Your messages", Description: "Lists what was mailed to you, or kept for you, the newest first: at most the newest 200.",
		},
		permission: staff.ReadOwnNotices,
		response:   `{"items": [{` + messageExample + `}]}`,
	}, func(ctx context.Context, c caller, in *listInput) (*listOutput, error) {
		mails, err := s.office.OwnMails(ctx, c.Actor)
		if err != nil {
			return nil, err
		}
		var wanted []academy.Mail
		for _, m := range mails {
			if !in.Unread || m.ReadAt.IsZero() {
				wanted = append(wanted, m)
			}
		}
		part, err := turn(wanted, in.Page, func(m academy.Mail) string { return m.ID })
		if err != nil {
			return nil, err
		}
		return &listOutput{convert(part, messageFrom)}, nil
	})

	type output struct{ Body messageDetail }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "get-message", Method: http.MethodGet, Path: "/messages/{message}", Tags: []string{"Messages"}, Errors: []int{http.StatusNotFound},
			Summary: "One of your messages", Description: "A message with what it says. Reading it here does not mark it as read.",
		},
		permission: staff.ReadOwnNotices,
		response:   `{` + messageExample + `, "text": "Hallo Marloes,"}`,
	}, func(ctx context.Context, c caller, in *MessagePath) (*output, error) {
		m, err := s.office.OwnMail(ctx, c.Actor, in.Message)
		if err != nil {
			return nil, err
		}
		return &output{messageDetail{messageFrom(m), m.Plain}}, nil
	})

	type readInput struct {
		MessagePath
		Body struct {
			Read bool `json:"read" doc:"Whether you read it."`
		} `nameHint:"ReadState"`
	}
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "set-read-state", Method: http.MethodPut, Path: "/messages/{message}/read-state", Tags: []string{"Messages"}, DefaultStatus: http.StatusNoContent, MaxBodyBytes: answersBody,
			Errors:  []int{http.StatusNotFound},
			Summary: "Mark a message as read", Description: "Marks one of your messages as read, or as unread. What was read before keeps its time.",
		},
		permission: staff.ReadOwnNotices,
		request:    `{"read": true}`,
	}, func(ctx context.Context, c caller, in *readInput) (*struct{}, error) {
		return nil, s.office.MarkOwnMail(ctx, c.Actor, in.Message, in.Body.Read)
	})
	s.messageSettings()
}

// messageSettings are how somebody wants to be told.
type messageSettings struct {
	Language academy.MailLanguage `json:"language" enum:"nl,en" doc:"Of your messages."`
	Mail     bool                 `json:"mail" doc:"Whether they are mailed to you. If not, you read them here only."`
}

func (s *server) messageSettings() {
	type output struct{ Body messageSettings }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "get-message-settings", Method: http.MethodGet, Path: "/message-settings/me", Tags: []string{"Messages"},
			Summary: "How you are told", Description: "The language of your messages, and whether they are mailed.",
		},
		permission: staff.ReadOwnNotices,
		response:   `{"language": "nl", "mail": true}`,
	}, func(ctx context.Context, c caller, _ *struct{}) (*output, error) {
		setting, err := s.office.MailSettings(ctx, c.Actor)
		return &output{messageSettings{setting.Language, !setting.Off}}, err
	})

	type input struct{ Body messageSettings }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "set-message-settings", Method: http.MethodPut, Path: "/message-settings/me", Tags: []string{"Messages"}, DefaultStatus: http.StatusNoContent, MaxBodyBytes: answersBody,
			Summary: "Choose how you are told", Description: "Chooses the language of your messages, and whether they are mailed. It holds for what is sent from now on.",
		},
		permission: staff.ReadOwnNotices,
		request:    `{"language": "nl", "mail": true}`,
	}, func(ctx context.Context, c caller, in *input) (*struct{}, error) {
		err := s.office.SetMail(ctx, c.Actor, academy.MailSetting{Language: in.Body.Language, Off: !in.Body.Mail})
		return nil, within("body.", err)
	})
}
