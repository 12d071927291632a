package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"bekwaam/courses/competences"
	"bekwaam/courses/staff"
)

// TalkTerms are the levels that one talk, one day at work or one diploma showed.
type TalkTerms struct {
	Levels []LevelGiven `json:"levels" minItems:"1" maxItems:"200"`
}

// LevelGiven is one of them.
type LevelGiven struct {
	Competence competences.CompetenceID `json:"competence" maxLength:"32" example:"K05"`
	Level      int                      `json:"level" minimum:"0" maximum:"10" example:"2" doc:"On the scale of the framework; 0: not at all."`
}

func (s *server) levels() {
	type talkInput struct {
		PersonPath
		Source string `path:"source" enum:"self,leader,assessor,external" example:"leader"`
		On     date   `path:"on" doc:"The day of the talk, of what was seen, or of the diploma: today or earlier."`
		Body   TalkTerms
	}
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "set-levels", Method: http.MethodPut, Path: "/people/{person}/levels/{source}/{on}", Tags: []string{"Competences"}, DefaultStatus: http.StatusNoContent, MaxBodyBytes: answersBody, Errors: []int{http.StatusNotFound},
			Summary: "Give somebody the levels of one day", Description: "Writes all levels that one talk, one day at work or one diploma showed, or none where one is wrong. Who may is as with set-level. The same day once more takes the place of what was given for the same competence; earlier days stay.",
		},
		permission: staff.ReadOwnAccount,
		request:    `{"levels": [{"competence": "K05", "level": 2}, {"competence": "C03", "level": 3}]}`,
	}, func(ctx context.Context, c caller, in *talkInput) (*struct{}, error) {
		on, err := in.On.read("path.on")
		if err != nil {
			return nil, err
		}
		var levels []competences.Attained
		for _, l := range in.Body.Levels {
			levels = append(levels, competences.Attained{Competence: l.Competence, Level: competences.Level(l.Level)})
		}
		return nil, within("body.", s.office.SetLevels(ctx, c.Actor, c.personOf(in.Person), competences.Source(in.Source), on, levels))
	})
}
