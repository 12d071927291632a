package api

import (
	"cmp"
	"context"
	"mime"
	"net/http"
	"slices"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"bekwaam/courses/academy"
	"bekwaam/courses/staff"
)

// A peopleImport is what a list of people changes, or changed.
type peopleImport struct {
	DryRun  bool                 `json:"dryRun" doc:"Whether nothing was stored."`
	Counts  peopleCounts         `json:"counts"`
	Columns []peopleColumn       `json:"columns" doc:"The columns that were read; the others were dropped."`
	People  []peopleImportPerson `json:"people" doc:"Everybody of whom something changes."`
	Teams   []string             `json:"teams" doc:"Teams that are made."`
	Leaders []peopleImportLeader `json:"leaders" doc:"Teams that get another leader. A team keeps a leader who still works here, unless the lines of more than half of its people name another."`
	Leaving []peopleImportLeader `json:"leaving" doc:"Teams whose leader gets a last day: choose another one."`
	Roles   []string             `json:"roles" doc:"Roles that are made."`
	Errors  []importRemark       `json:"errors" doc:"What is wrong in the lines that do not come in, in order of line."`
}

// peopleCounts counts people by what becomes of them, and the wrong lines.
type peopleCounts struct {
	New       int `json:"new" example:"13"`
	Changed   int `json:"changed" example:"2" doc:"Another name, address, team, role or designation."`
	Left      int `json:"left" example:"1" doc:"Got a last day."`
	Unchanged int `json:"unchanged" example:"45"`
	Gone      int `json:"gone" example:"1" doc:"Left before and are not known: they do not come in."`
	Leaders   int `json:"leaders" example:"0" doc:"Teams that get another leader."`
	Wrong     int `json:"wrong" example:"1" doc:"Lines that somebody must correct first."`
}

type peopleColumn struct {
	Name  string              `json:"name" example:"Roepnaam"`
	Field academy.PeopleField `json:"field" example:"first"`
}

type peopleImportPerson struct {
	Person staff.PersonID        `json:"person" example:"RW1061"`
	What   academy.PeopleVerdict `json:"what" enum:"new,changed,left,gone"`
}

// A peopleImportLeader is who leads a team, and who will.
type peopleImportLeader struct {
	Team   string         `json:"team" example:"Burgerzaken Balie"`
	Before staff.PersonID `json:"before,omitempty" example:"RW1001" doc:"Absent: nobody led it."`
	After  staff.PersonID `json:"after,omitempty" example:"RW1013" doc:"Absent: the list names no other leader."`
}

func peopleImportOf(c caller, l academy.PeopleList, dry bool) peopleImport {
	to := peopleImport{DryRun: dry, Columns: []peopleColumn{}, People: []peopleImportPerson{}, Leaders: []peopleImportLeader{}, Leaving: []peopleImportLeader{}, Teams: []string{}, Roles: []string{}, Errors: []importRemark{},
		Counts: peopleCounts{l.Count(academy.PersonNew), l.Count(academy.PersonChanged), l.Count(academy.PersonLeft), l.Count(academy.PersonUnchanged), l.Count(academy.PersonGone), len(l.Leaders), l.Wrong()}}
	for i, f := range l.Columns {
		to.Columns = append(to.Columns, peopleColumn{l.Table.ColumnName(i), f})
	}
	for person, what := range l.Verdict {
		if what != academy.PersonUnchanged {
			to.People = append(to.People, peopleImportPerson{person, what})
		}
	}
	slices.SortFunc(to.People, func(a, b peopleImportPerson) int { return cmp.Compare(a.Person, b.Person) })
	for _, t := range l.Changes.Teams {
		to.Teams = append(to.Teams, t.Name)
	}
	for _, t := range l.Leaders {
		to.Leaders = append(to.Leaders, peopleImportLeader{t.Team, t.Before.ID, t.After.ID})
	}
	for _, t := range l.Leaving {
		to.Leaving = append(to.Leaving, peopleImportLeader{t.Team, t.Before.ID, ""})
	}
	for _, r := range l.Changes.Roles {
		to.Roles = append(to.Roles, r.Name)
	}
	for _, r := range l.Rows {
		for _, m := range r.Mistakes {
			to.Errors = append(to.Errors, importRemark{r.Line, c.say(academy.PeopleColumn(m.Path, false), academy.PeopleColumn(m.Path, true)), c.say(m.Dutch, m.English)})
		}
	}
	return to
}

func (s *server) peopleImports() {
	type input struct {
		DryRun      bool     `query:"dryRun" doc:"Only tell what would change; nothing is stored."`
		MakeRoles   bool     `query:"makeRoles" doc:"Make roles that do not exist; else their lines are wrong."`
		MakeTeams   bool     `query:"makeTeams" doc:"Make teams that do not exist; else their lines are wrong."`
		Columns     []string `query:"columns" maxItems:"200" example:"number,last,-,first" doc:"What each column says, in order: number, first, infix, last, email, team, leader, role, designation, from, until, or - for nothing. Absent: as the words above them tell."`
		ContentType string   `header:"Content-Type" hidden:"true"`
		RawBody     []byte
	}
	type output struct{ Body peopleImport }
	content := listContent("Medewerker;Roepnaam;Achternaam;E-mail;Team;Functie;Datum in dienst;Datum uit dienst;Leidinggevende\nRW1061;Deniz;Özgür;;Burgerzaken Balie;Trainee;01-12-2026;;RW1001\n")
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "import-people", Method: http.MethodPost, Path: "/imports/people", Tags: []string{"Imports"}, DefaultStatus: http.StatusOK,
			Summary:     "Bring in a list of people",
			Description: "Reads a list of who works where (CSV in any usual form, or XLSX) and brings in its right lines, all of them or none: people, teams with their leaders, employments with their last day, and designations. The personnel number is the key: a list that is sent twice changes nothing the second time, and a changed list applies what changed. Whoever is not in the list stays as they are. Lines in which people lead each other in a circle are wrong; who leads themselves leads the team. A line about yourself that says something new is wrong: somebody else brings it in. Columns that are not asked for are dropped unread; a list with a column for citizen service numbers (BSN) or days of birth is refused: 422, forbidden_column.",
			RequestBody: &huma.RequestBody{Required: true, Description: "The file, at most 10 MB.", Content: content}, SkipValidateBody: true, MaxBodyBytes: academy.MaxList, BodyReadTimeout: time.Minute,
		},
		permission: staff.ImportPeople,
		response: `{"dryRun": true, "counts": {"new": 1, "changed": 0, "left": 0, "unchanged": 58, "gone": 0, "leaders": 0, "wrong": 1}, "columns": [{"name": "Roepnaam", "field": "first"}],
			"people": [{"person": "RW1061", "what": "new"}], "teams": [], "leaders": [], "leaving": [], "roles": [], "errors": [{"row": 16, "column": "Functie", "message": "Deze rol bestaat niet."}]}`,
	}, func(ctx context.Context, c caller, in *input) (*output, error) {
		mediaType, _, err := mime.ParseMediaType(in.ContentType)
		if in.ContentType != "" && (err != nil || !slices.Contains(listTypes, mediaType)) {
			return nil, plainProblem(http.StatusUnsupportedMediaType, c)
		}
		ask := academy.PeopleRequest{Content: in.RawBody, MakeRoles: in.MakeRoles, MakeTeams: in.MakeTeams, DryRun: in.DryRun}
		for _, f := range in.Columns {
			if f == "-" {
				f = ""
			}
			ask.Columns = append(ask.Columns, academy.PeopleField(f))
		}
		list, err := s.office.TakeInPeople(ctx, c.Actor, ask)
		if err != nil {
			return nil, err
		}
		return &output{peopleImportOf(c, list, in.DryRun)}, nil
	})
}
