package api

import (
	"context"
	"fmt"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/calendar"
	"bekwaam/courses/competences"
	"bekwaam/courses/staff"
)

// LearningTerms are what one thing one can do to learn is.
type LearningTerms struct {
	Title     string                 `json:"title" maxLength:"200" example:"Meelopen: 8 dossiers naturalisatie, met eindtoets"`
	Kind      string                 `json:"kind" maxLength:"200" example:"meelopen" doc:"In words of the municipality."`
	Course    courses.CourseKey      `json:"course,omitempty" maxLength:"64" example:"AVG-BIO" doc:"A course of ours."`
	Scheme    certificates.SchemeKey `json:"scheme,omitempty" maxLength:"64" example:"INT-AVG" doc:"The certificate it leads to."`
	Supplier  string                 `json:"supplier,omitempty" maxLength:"200" example:"Team Burgerzaken Specialisten"`
	Minutes   int                    `json:"minutes" minimum:"1" maximum:"60000" example:"720" doc:"Of the participant, all working time."`
	Cents     int                    `json:"cents" minimum:"0" maximum:"10000000" example:"0" doc:"For one person, in euro cents."`
	Weeks     int                    `json:"weeks" minimum:"0" maximum:"260" example:"6" doc:"From start to finish, waiting included."`
	Places    int                    `json:"places,omitempty" minimum:"0" maximum:"1000" example:"1" doc:"0: no limit."`
	Guide     staff.PersonID         `json:"guide,omitempty" maxLength:"64" example:"RW1020"`
	Assessor  staff.PersonID         `json:"assessor,omitempty" maxLength:"64" example:"RW1015"`
	Starts    []dates                `json:"starts,omitempty" maxItems:"100" doc:"The times it is given, each with its days; none: at any time."`
	Until     *date                  `json:"until,omitempty" doc:"The last day on which it can end."`
	After     []competences.ItemID   `json:"after,omitempty" maxItems:"100" example:"[\"L01\"]" doc:"All of these first."`
	AfterAny  []competences.ItemID   `json:"afterAny,omitempty" maxItems:"100" example:"[\"L12\"]" doc:"One of these first."`
	AtLeast   []LevelFirst           `json:"atLeast,omitempty" maxItems:"200" doc:"Levels that somebody must have first."`
	Earlier   certificates.SchemeKey `json:"earlier,omitempty" maxLength:"64" example:"BHV" doc:"A certificate that somebody must have held."`
	Evidences []LevelRaise           `json:"evidences" maxItems:"200" doc:"What it evidences. What evidences nothing is never proposed to close a gap."`
	Statutory bool                   `json:"statutory,omitempty" doc:"Law or collective agreement asks it: never on a personal budget."`
}

// LevelFirst is a level that somebody must have first.
type LevelFirst struct {
	Competence competences.CompetenceID `json:"competence" maxLength:"32" example:"K05"`
	Level      int                      `json:"level" minimum:"1" maximum:"10" example:"2"`
}

// LevelRaise brings whoever has at least a level to another.
type LevelRaise struct {
	Competence competences.CompetenceID `json:"competence" maxLength:"32" example:"K05"`
	From       int                      `json:"from" minimum:"0" maximum:"10" example:"2"`
	To         int                      `json:"to" minimum:"1" maximum:"10" example:"3"`
}

// A learningItem is one thing one can do to learn.
type learningItem struct {
	Item competences.ItemID `json:"item" example:"L14"`
	LearningTerms
}

func learningItemOf(i competences.LearningItem) learningItem {
	to := learningItem{i.ID, LearningTerms{
		Title: i.Title, Kind: string(i.Kind), Course: i.Course, Scheme: i.Scheme, Supplier: i.Supplier, Minutes: i.Minutes, Cents: i.Cents, Weeks: i.Weeks, Places: i.Places,
		Guide: i.Guide, Assessor: i.Assessor, Until: orNull(i.Until), After: i.After, AfterAny: i.AfterAny, Earlier: i.Earlier, Evidences: []LevelRaise{}, Statutory: i.Statutory,
	}}
	for _, start := range i.Starts {
		to.Starts = append(to.Starts, datesOf(start))
	}
	for _, a := range i.AtLeast {
		to.AtLeast = append(to.AtLeast, LevelFirst{a.Competence, int(a.Level)})
	}
	for _, r := range i.Evidences {
		to.Evidences = append(to.Evidences, LevelRaise{r.Competence, int(r.From), int(r.To)})
	}
	return to
}

func (t LearningTerms) item(id string) (competences.LearningItem, error) {
	i := competences.LearningItem{
		ID: competences.ItemID(id), Title: t.Title, Kind: competences.ItemKind(t.Kind), Course: t.Course, Scheme: t.Scheme, Supplier: t.Supplier, Minutes: t.Minutes, Cents: t.Cents,
		Weeks: t.Weeks, Places: t.Places, Guide: t.Guide, Assessor: t.Assessor, After: t.After, AfterAny: t.AfterAny, Earlier: t.Earlier, Statutory: t.Statutory,
	}
	for _, a := range t.AtLeast {
		i.AtLeast = append(i.AtLeast, competences.Attained{Competence: a.Competence, Level: competences.Level(a.Level)})
	}
	for _, r := range t.Evidences {
		i.Evidences = append(i.Evidences, competences.Raise{Competence: r.Competence, From: competences.Level(r.From), To: competences.Level(r.To)})
	}
	for n, days := range t.Starts {
		var start []calendar.Date
		for m, d := range days {
			day, err := d.read(fmt.Sprintf("body.starts[%d][%d]", n, m))
			if err != nil {
				return i, err
			}
			start = append(start, day)
		}
		i.Starts = append(i.Starts, start)
	}
	var err error
	i.Until, err = readOrNone(t.Until, "body.until")
	return i, err
}

// ItemPath is in the address of a learning item.
type ItemPath struct {
	Item string `path:"item" maxLength:"32" pattern:"^[A-Za-z0-9-]+$" example:"L14" doc:"The key of the item."`
}

const itemExample = `"title": "Meelopen: 8 dossiers naturalisatie, met eindtoets", "kind": "meelopen", "supplier": "Team Burgerzaken Specialisten", "minutes": 720, "cents": 0, "weeks": 6, "places": 1, "guide": "RW1020",
	"until": "2027-03-31", "afterAny": ["L12", "L13"], "atLeast": [{"competence": "K05", "level": 2}], "evidences": [{"competence": "K05", "from": 2, "to": 3}]`

func (s *server) learningItems() {
	const path = "/learning-items/{item}"
	type listOutput struct{ Body list[learningItem] }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "list-learning-items", Method: http.MethodGet, Path: "/learning-items", Tags: []string{"Competences"},
			Summary: "What one can do to learn", Description: "Lists courses, diplomas from elsewhere, working along and everything else on offer, with what each evidences, what comes first and what it costs.",
		},
		permission: staff.ReadFrameworks,
		response:   `{"items": [{"item": "L14", ` + itemExample + `}]}`,
	}, func(ctx context.Context, c caller, in *Page) (*listOutput, error) {
		all, err := s.office.LearningItems(ctx, c.Actor)
		if err != nil {
			return nil, err
		}
		part, err := turn(all, *in, func(i competences.LearningItem) string { return string(i.ID) })
		if err != nil {
			return nil, err
		}
		return &listOutput{convert(part, learningItemOf)}, nil
	})

	type putInput struct {
		ItemPath
		Body LearningTerms
	}
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "save-learning-item", Method: http.MethodPut, Path: path, Tags: []string{"Competences"}, DefaultStatus: http.StatusNoContent, MaxBodyBytes: answersBody,
			Summary: "Put something on offer", Description: "Writes one thing one can do to learn, in the place of what is there under its key. An item that would wait for itself is refused.",
		},
		permission: staff.ChangeLearning,
		request:    `{` + itemExample + `}`,
	}, func(ctx context.Context, c caller, in *putInput) (*struct{}, error) {
		item, err := in.Body.item(in.Item)
		if err != nil {
			return nil, err
		}
		return nil, within("body.", s.office.SaveLearningItem(ctx, c.Actor, item))
	})
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "delete-learning-item", Method: http.MethodDelete, Path: path, Tags: []string{"Competences"}, DefaultStatus: http.StatusNoContent, Errors: []int{http.StatusNotFound, http.StatusConflict},
			Summary: "Take something off the offer", Description: "Takes an item off the offer. Refused with the reason in_use while another item must come after it. Plans that name it keep its title.",
		},
		permission: staff.ChangeLearning,
	}, func(ctx context.Context, c caller, in *ItemPath) (*struct{}, error) {
		return nil, s.office.DropLearningItem(ctx, c.Actor, competences.ItemID(in.Item))
	})
}
