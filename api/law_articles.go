package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/changes"
	"bekwaam/courses/staff"
)

// A lawArticle is a line of the law register.
type lawArticle struct {
	Article   changes.ArticleID      `json:"lawArticle" example:"W25"`
	Source    string                 `json:"source" example:"Awb"`
	Place     string                 `json:"article,omitempty" example:"art. 2:10 lid 2"`
	Topic     string                 `json:"topic"`
	Course    courses.CourseKey      `json:"course" example:"DELTA-WMEBV"`
	Goal      courses.GoalID         `json:"goal" example:"LD3"`
	Questions []courses.QuestionID   `json:"questions"`
	Scheme    certificates.SchemeKey `json:"scheme" example:"INT-WMEBV"`
	Basis     changes.Basis          `json:"basis" enum:"source,own,document" doc:"own: knowledge of the trade that somebody must check."`
	Change    changes.ID             `json:"change,omitempty" example:"ONTW-01"`
}

func (s *server) lawArticles() {
	type input struct {
		Q string `query:"q" maxLength:"200" example:"Awb art. 2:10" doc:"Words of the source, the article or the topic."`
		Page
	}
	type output struct{ Body list[lawArticle] }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "list-law-articles", Method: http.MethodGet, Path: "/law-articles", Tags: []string{"Changes"},
			Summary: "What a change of an article touches", Description: "Lists the law register: which goal teaches an article, which questions ask it and which scheme proves it.",
		},
		permission: staff.ReadChanges,
		response:   `{"items": [{"lawArticle": "W25", "source": "Awb", "article": "art. 2:10 lid 2", "topic": "essentiële informatie in de notificatie", "course": "DELTA-WMEBV", "goal": "LD3", "questions": ["WM-08"], "scheme": "INT-WMEBV", "basis": "source", "change": "ONTW-01"}]}`,
	}, func(ctx context.Context, c caller, in *input) (*output, error) {
		reach, err := s.office.Register(ctx, c.Actor, in.Q)
		if err != nil {
			return nil, err
		}
		part, err := turn(reach.Articles, in.Page, func(a changes.Article) string { return string(a.ID) })
		if err != nil {
			return nil, err
		}
		return &output{convert(part, func(a changes.Article) lawArticle {
			return lawArticle{a.ID, a.Source, a.Article, a.Topic, a.Course, a.Goal, a.Questions, a.Scheme, a.Basis, a.Change}
		})}, nil
	})
}
