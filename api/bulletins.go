package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"bekwaam/courses/academy"
	"bekwaam/courses/changes"
	"bekwaam/courses/staff"
)

// BulletinTerms are what somebody writes of a bulletin and its new version.
type BulletinTerms struct {
	Topic      string            `json:"topic" minLength:"1" maxLength:"200" example:"Berichtenbox en notificaties"`
	Roles      []staff.RoleID    `json:"roles,omitempty" maxItems:"200" doc:"For whom; absent: for everybody."`
	Law        string            `json:"law,omitempty" maxLength:"200" example:"Awb"`
	Article    string            `json:"article,omitempty" maxLength:"200" example:"art. 2:10 lid 2"`
	Register   changes.ArticleID `json:"register,omitempty" maxLength:"40" example:"W25"`
	Change     changes.ID        `json:"change,omitempty" maxLength:"40" example:"ONTW-01"`
	Holder     string            `json:"holder" maxLength:"64" example:"RW1052" doc:"Who answers questions."`
	ReadBefore date              `json:"readBefore,omitempty"`
	From       date              `json:"from" doc:"The first day of the new version."`
	Until      date              `json:"until,omitempty" doc:"The last day; absent: until the next version."`
	Title      string            `json:"title" minLength:"1" maxLength:"200"`
	Text       string            `json:"text" minLength:"1" maxLength:"10000"`
}

// A bulletin is one as it is valid on a day.
type bulletin struct {
	Bulletin changes.BulletinID `json:"bulletin" example:"B1"`
	Number   int                `json:"number" example:"1" doc:"Of the version."`
	BulletinTerms
	Confirmed bool             `json:"confirmed" doc:"Somebody other than its maker confirmed it. An urgent one is out before that."`
	ForMe     bool             `json:"forMe"`
	ReadOn    *date            `json:"readOn" nullable:"true" doc:"When you read this version."`
	Waiting   int              `json:"waiting,omitempty" doc:"The version that waits for a confirmation; for who may write or confirm."`
	Questions []bulletinAnswer `json:"questions,omitempty" doc:"With one bulletin only."`
}

type bulletinAnswer struct {
	Question string `json:"question"`
	Text     string `json:"text"`
	Answer   string `json:"answer,omitempty"`
}

func bulletinOf(b academy.BulletinSeen) bulletin {
	out := bulletin{
		Bulletin: b.ID, Number: b.Number, Confirmed: b.ConfirmedBy != "", ForMe: b.ForMe, ReadOn: orNull(b.ReadOn),
		BulletinTerms: BulletinTerms{b.Topic, b.Roles, b.Law, b.Article, b.Register, b.Change, string(b.Holder), dateOf(b.ReadBefore), dateOf(b.From), dateOf(b.LastDay), b.Title, b.Text},
	}
	if b.Waiting != nil {
		out.Waiting = b.Waiting.Number
	}
	for _, q := range b.Questions {
		out.Questions = append(out.Questions, bulletinAnswer{q.ID, q.Text, q.Answer})
	}
	return out
}

const bulletinTermsExample = `"topic": "Berichtenbox en notificaties", "roles": ["R01", "R05"], "law": "Awb", "article": "art. 2:10 lid 2", "change": "ONTW-01", "holder": "RW1052", "from": "2026-10-05",
	"title": "Een nieuw seintje bij een bericht", "text": "Vanaf 1 januari 2027 moet de inwoner kunnen zien waarom het bericht belangrijk is."`

const bulletinExample = `{"bulletin": "B1", "number": 1, ` + bulletinTermsExample + `, "confirmed": true, "forMe": true, "readOn": null}`

// BulletinPath is in the address of a bulletin.
type BulletinPath struct {
	Bulletin changes.BulletinID `path:"bulletin" maxLength:"40" example:"B1"`
}

func (s *server) bulletins() {
	type listInput struct {
		Q  string `query:"q" maxLength:"200" example:"art. 2:10" doc:"Words of the topic, the law, the article or the text."`
		On date   `query:"on" doc:"As it is valid on this day; absent: today."`
		Page
	}
	type listOutput struct{ Body list[bulletin] }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "list-bulletins", Method: http.MethodGet, Path: "/bulletins", Tags: []string{"Changes"},
			Summary: "How it is now", Description: "Lists the bulletins as they are valid on a day, with those words. At most one version of each is valid on a day.",
		},
		permission: staff.ReadChanges,
		response:   `{"items": [` + bulletinExample + `]}`,
	}, func(ctx context.Context, c caller, in *listInput) (*listOutput, error) {
		on, err := in.On.read("query.on")
		if err != nil {
			return nil, err
		}
		all, err := s.office.Bulletins(ctx, c.Actor, in.Q, on)
		if err != nil {
			return nil, err
		}
		part, err := turn(all, in.Page, func(b academy.BulletinSeen) string { return string(b.ID) })
		if err != nil {
			return nil, err
		}
		return &listOutput{convert(part, bulletinOf)}, nil
	})

	type getInput struct {
		BulletinPath
		On date `query:"on" doc:"As of the list."`
	}
	type oneOutput struct{ Body bulletin }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "get-bulletin", Method: http.MethodGet, Path: "/bulletins/{bulletin}", Tags: []string{"Changes"}, Errors: []int{http.StatusNotFound},
			Summary: "One bulletin", Description: "Tells one bulletin as it is valid on a day, with the questions and answers under it. Who asked is not told.",
		},
		permission: staff.ReadChanges,
		response:   bulletinExample,
	}, func(ctx context.Context, c caller, in *getInput) (*oneOutput, error) {
		on, err := in.On.read("query.on")
		if err != nil {
			return nil, err
		}
		b, err := s.office.Bulletin(ctx, c.Actor, in.Bulletin, on)
		return &oneOutput{bulletinOf(b)}, err
	})

	type writeInput struct {
		BulletinPath
		Body BulletinTerms `nameHint:"BulletinInput"`
	}
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "write-bulletin", Method: http.MethodPost, Path: "/bulletins/{bulletin}/versions", Tags: []string{"Changes"}, DefaultStatus: http.StatusCreated, MaxBodyBytes: answersBody, Errors: []int{http.StatusConflict},
			Summary: "Write a version", Description: "Adds a version, and the bulletin where there is none of that key. It is out once somebody else confirmed it. The same again is not doubled.",
		},
		permission: staff.WriteBulletins,
		request:    `{` + bulletinTermsExample + `}`,
		response:   bulletinExample,
	}, func(ctx context.Context, c caller, in *writeInput) (*oneOutput, error) {
		t := in.Body
		b := changes.Bulletin{ID: in.Bulletin, Topic: t.Topic, Roles: t.Roles, Law: t.Law, Article: t.Article, Register: t.Register, Change: t.Change, Holder: staff.PersonID(t.Holder)}
		e := changes.Edition{Title: t.Title, Text: t.Text}
		var err error
		if b.ReadBefore, err = t.ReadBefore.read("body.readBefore"); err != nil {
			return nil, err
		}
		if e.From, err = t.From.read("body.from"); err != nil {
			return nil, err
		}
		if e.Until, err = t.Until.read("body.until"); err != nil {
			return nil, err
		}
		if _, err := s.office.WriteBulletin(ctx, c.Actor, b, e); err != nil {
			return nil, within("body.", err)
		}
		seen, err := s.office.Bulletin(ctx, c.Actor, in.Bulletin, e.From)
		return &oneOutput{bulletinOf(seen)}, err
	})

	type versionPath struct {
		BulletinPath
		Number int `path:"number" minimum:"1" maximum:"100000" example:"1"`
	}
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "confirm-bulletin", Method: http.MethodPost, Path: "/bulletins/{bulletin}/versions/{number}/confirmation", Tags: []string{"Changes"}, DefaultStatus: http.StatusNoContent, Errors: []int{http.StatusNotFound, http.StatusConflict},
			Summary: "Confirm a version", Description: "Says that you read the newest version and agree. Who made it cannot: 403 and self_approval.",
		},
		permission: staff.CheckBulletins,
	}, func(ctx context.Context, c caller, in *versionPath) (*struct{}, error) {
		return nil, s.office.ConfirmBulletin(ctx, c.Actor, in.Bulletin, in.Number)
	})
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "read-bulletin", Method: http.MethodPut, Path: "/bulletins/{bulletin}/versions/{number}/receipt", Tags: []string{"Changes"}, DefaultStatus: http.StatusNoContent, Errors: []int{http.StatusNotFound},
			Summary: "I read it", Description: "Keeps that you read a version. The first day counts.",
		},
		permission: staff.ReadChanges,
	}, func(ctx context.Context, c caller, in *versionPath) (*struct{}, error) {
		return nil, s.office.ReadBulletin(ctx, c.Actor, in.Bulletin, in.Number)
	})

	type askInput struct {
		BulletinPath
		Body struct {
			Text string `json:"text" minLength:"1" maxLength:"2000"`
		} `nameHint:"BulletinQuestion"`
	}
	type askOutput struct{ Body bulletinAnswer }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "ask-knowledge-holder", Method: http.MethodPost, Path: "/bulletins/{bulletin}/questions", Tags: []string{"Changes"}, DefaultStatus: http.StatusCreated, MaxBodyBytes: answersBody, Errors: []int{http.StatusNotFound},
			Summary: "Ask who knows", Description: "Asks the knowledge holder a question. The answer comes under the bulletin, for everybody. The same again is not doubled.",
		},
		permission: staff.ReadChanges,
		request:    `{"text": "Geldt dit ook voor brieven?"}`,
		response:   `{"question": "4T7QK2M9XD3PZ8RW6VYN5HJCBA", "text": "Geldt dit ook voor brieven?"}`,
	}, func(ctx context.Context, c caller, in *askInput) (*askOutput, error) {
		q, err := s.office.AskHolder(ctx, c.Actor, in.Bulletin, in.Body.Text)
		return &askOutput{bulletinAnswer{q.ID, q.Text, q.Answer}}, within("body.", err)
	})
	type answerInput struct {
		BulletinPath
		Question string `path:"question" maxLength:"64"`
		Body     struct {
			Answer string `json:"answer" minLength:"1" maxLength:"2000"`
		} `nameHint:"BulletinAnswerInput"`
	}
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "answer-bulletin-question", Method: http.MethodPut, Path: "/bulletins/{bulletin}/questions/{question}/answer", Tags: []string{"Changes"}, DefaultStatus: http.StatusNoContent, MaxBodyBytes: answersBody, Errors: []int{http.StatusNotFound, http.StatusConflict},
			Summary: "Answer it", Description: "Puts an answer under a bulletin and tells who asked. Only its knowledge holder answers.",
		},
		permission: staff.ReadChanges,
		request:    `{"answer": "Nee, alleen voor digitale berichten."}`,
	}, func(ctx context.Context, c caller, in *answerInput) (*struct{}, error) {
		return nil, within("body.", s.office.AnswerQuestion(ctx, c.Actor, in.Bulletin, in.Question, in.Body.Answer))
	})
}
