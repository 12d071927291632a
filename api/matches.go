package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"bekwaam/certificates"
	"bekwaam/courses/academy"
	"bekwaam/courses/competences"
	"bekwaam/courses/mobility"
	"bekwaam/courses/staff"
)

// A levelGap is what a role asks of one competence beside what somebody can do.
type levelGap struct {
	Competence competences.CompetenceID `json:"competence" example:"K05"`
	Name       string                   `json:"name" example:"Naturalisatie en optie"`
	Has        competences.Level        `json:"has" example:"1" doc:"The level that counts; 0: none was shown."`
	Asked      competences.Level        `json:"asked" example:"3"`
	Weight     int                      `json:"weight" example:"3" doc:"From 1 to 3."`
	Because    competences.Source       `json:"because,omitempty" enum:"self,leader,assessor,certificate,external" doc:"Who or what showed the level; absent for level 0."`
	On         *date                    `json:"on" nullable:"true" doc:"When it was shown."`
	Quadrant   mobility.Quadrant        `json:"quadrant" enum:"use,invest,keep-up,around,developed,missing" doc:"Developed or not beside aptitude; developed or missing where no aptitude is known or shared. Never a score."`
	Why        string                   `json:"why" example:"Dit kun je nog niet op dit niveau." doc:"What that means, in the language of Accept-Language."`
	Label      string                   `json:"label,omitempty" example:"Ontwikkelen" doc:"The quadrant in a word; absent where no aptitude is known or shared."`
	Aptitude   string                   `json:"aptitude,omitempty" example:"Score 7,5 op Klantgerichtheid (van 1 tot en met 9): op of boven het midden, meer aanleg." doc:"On what the aptitude rests; absent where nothing was compared with it."`
}

func levelGapOf(c caller, w academy.Words, g competences.Gap, q mobility.Quadrant) levelGap {
	to := levelGap{Competence: g.Competence, Name: w.Competence(g.Competence), Has: g.Has.Level, Asked: g.Level, Weight: g.Weight, Quadrant: q, Why: c.say(q.Say()), Label: c.say(q.Label())}
	if g.Has.Because != nil {
		to.Because, to.On = g.Has.Because.Source, orNull(g.Has.Because.On)
	}
	return to
}

// A lacking is a certificate that a role asks and somebody does not hold.
type lacking struct {
	Scheme certificates.SchemeKey `json:"scheme" example:"INT-ID"`
	Title  string                 `json:"title" example:"Identiteitsvaststelling"`
}

// A roleMatch is one role compared with what somebody can do.
type roleMatch struct {
	Role     staff.RoleID `json:"role" example:"F02"`
	Name     string       `json:"name" example:"Medewerker Burgerzaken backoffice"`
	BeginsOn *date        `json:"beginsOn" nullable:"true" doc:"Of a role that is not there yet."`
	Held     bool         `json:"held" doc:"The person has this role."`
	Met      int          `json:"met" example:"4" doc:"How many competences are on their level."`
	Asked    int          `json:"asked" example:"9"`
	Steps    int          `json:"steps" example:"7" doc:"What is missing: competences below their level and certificates. A count, not a score."`
	Gaps     []levelGap   `json:"gaps" doc:"Everything the role asks; what is missing and weighs most first."`
	Lacking  []lacking    `json:"lacking" doc:"Certificates that are missing."`
	Open     []openGap    `json:"open" doc:"Of what is missing, what no learning on offer closes."`
	Wish     *wish        `json:"wish,omitempty" doc:"The person's wish for this role; absent where there is none."`
}

// An openGap is what nothing on offer closes.
type openGap struct {
	Competence competences.CompetenceID `json:"competence" example:"C09"`
	Has        competences.Level        `json:"has" example:"2"`
	Asked      competences.Level        `json:"asked" example:"4"`
	Reaches    competences.Level        `json:"reaches" example:"2" doc:"How far the offer leads."`
	Why        string                   `json:"why" example:"Klantgericht: niveau 4 is gevraagd, niveau 2 is er. Hiervoor is geen leeraanbod."`
}

func openGapsOf(c caller, w academy.Words, open []mobility.Open) []openGap {
	to := make([]openGap, len(open))
	for i, o := range open {
		to[i] = openGap{o.Competence, o.Has, o.Level, o.Reaches, c.say(o.Why(w.Competence(o.Competence)))}
	}
	return to
}

func roleMatchOf(c caller, w academy.Words, m academy.RoleMatch) roleMatch {
	to := roleMatch{
		Role: m.Target.ID, Name: m.Target.Name, BeginsOn: orNull(m.Begins), Held: m.Held, Met: m.Met(), Asked: len(m.Gaps), Steps: m.Steps(),
		Gaps: []levelGap{}, Lacking: lackingOf(w, m.Lacking), Open: openGapsOf(c, w, m.Open),
	}
	for _, g := range m.Gaps {
		gap := levelGapOf(c, w, g, m.Quadrant(g))
		gap.Aptitude = c.say(m.Inclination(g).Why())
		to.Gaps = append(to.Gaps, gap)
	}
	if m.Wish != nil {
		shaped := wishOf(*m.Wish)
		to.Wish = &shaped
	}
	return to
}

func lackingOf(w academy.Words, schemes []certificates.SchemeKey) []lacking {
	to := make([]lacking, len(schemes))
	for i, key := range schemes {
		to[i] = lacking{key, w.Scheme(key)}
	}
	return to
}

// A wish is a role that somebody would like.
type wish struct {
	Person       staff.PersonID `json:"person" example:"RW1036"`
	Role         staff.RoleID   `json:"role" example:"F02"`
	Words        string         `json:"words" example:"Ik wil dossiers van begin tot eind doen."`
	WishedOn     date           `json:"wishedOn"`
	By           date           `json:"by"`
	HoursPerWeek float64        `json:"hoursPerWeek" example:"4"`
	Shared       []wishShare    `json:"shared" doc:"With whom."`
}

// A wishShare is one colleague who may see a wish.
type wishShare struct {
	With staff.PersonID `json:"with" example:"RW1026"`
	On   date           `json:"on"`
}

func wishOf(w mobility.Wish) wish {
	to := wish{Person: w.Person, Role: w.Role, Words: w.Words, WishedOn: dateOf(w.On), By: dateOf(w.By), HoursPerWeek: inHours(w.PerWeek), Shared: []wishShare{}}
	for _, s := range w.Shared {
		to.Shared = append(to.Shared, wishShare{s.With, dateOf(s.On)})
	}
	return to
}

// An aspirant is somebody who shares the wish for a role.
type aspirant struct {
	Person staff.PersonID `json:"person" example:"RW1036"`
	Name   string         `json:"name" example:"Emre Aksoy"`
	Match  roleMatch      `json:"match"`
}

// WishPath names a wish of a person.
type WishPath struct {
	PersonPath
	Role staff.RoleID `path:"role" maxLength:"32" example:"F02" doc:"The key of the role."`
}

const (
	wishExample  = `{"person": "RW1036", "role": "F02", "words": "Ik wil dossiers van begin tot eind doen.", "wishedOn": "2026-11-03", "by": "2027-03-15", "hoursPerWeek": 4, "shared": [{"with": "RW1026", "on": "2026-11-03"}]}`
	matchExample = `{"role": "F02", "name": "Medewerker Burgerzaken backoffice (naturalisatie en burgerlijke stand)", "beginsOn": "2027-03-15", "held": false, "met": 4, "asked": 9, "steps": 7,
		"gaps": [{"competence": "K05", "name": "Naturalisatie en optie", "has": 1, "asked": 3, "weight": 3, "because": "leader", "on": "2026-09-14", "quadrant": "missing", "why": "Dit kun je nog niet op dit niveau."}],
		"lacking": [{"scheme": "INT-ID", "title": "Identiteitsvaststelling"}], "open": [], "wish": ` + wishExample + `}`
)

func (s *server) matches() {
	type matchesInput struct {
		PersonPath
		Page
	}
	type matchesOutput struct{ Body list[roleMatch] }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "list-matches", Method: http.MethodGet, Path: "/people/{person}/matches", Tags: []string{"Plans"}, Errors: []int{http.StatusNotFound},
			Summary: "Roles beside what somebody can do", Description: "Compares a person with every role whose profile is written down, the fewest missing steps first; it explains and decides nothing. Everybody sees their own. Of somebody else only the roles of the wishes that they share with you; none: 403 with reason not_shared, or 404. The person sees that you looked.",
		},
		permission: staff.ReadMatches,
		response:   `{"items": [` + matchExample + `]}`,
	}, func(ctx context.Context, c caller, in *matchesInput) (*matchesOutput, error) {
		m, err := s.office.Matches(ctx, c.Actor, c.personOf(in.Person))
		if err != nil {
			return nil, err
		}
		part, err := turn(m.Roles, in.Page, func(r academy.RoleMatch) string { return string(r.Target.ID) })
		if err != nil {
			return nil, err
		}
		return &matchesOutput{convert(part, func(r academy.RoleMatch) roleMatch { return roleMatchOf(c, m.Words, r) })}, nil
	})

	type aspirantsInput struct {
		Role staff.RoleID `path:"role" maxLength:"32" example:"F02" doc:"The key of the role."`
		Page
	}
	type aspirantsOutput struct{ Body list[aspirant] }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "list-candidates", Method: http.MethodGet, Path: "/roles/{role}/candidates", Tags: []string{"Plans"}, Errors: []int{http.StatusNotFound},
			Summary: "Who would like a role", Description: "Lists who shares the wish for a role with you, in order of name and never of fit. Without the consent of the works council: 403 with reason no_consent. Everybody in it sees that you looked.",
		},
		permission: staff.ReadCandidates,
		response:   `{"items": [{"person": "RW1036", "name": "Emre Aksoy", "match": ` + matchExample + `}]}`,
	}, func(ctx context.Context, c caller, in *aspirantsInput) (*aspirantsOutput, error) {
		all, err := s.office.Aspirants(ctx, c.Actor, in.Role)
		if err != nil {
			return nil, err
		}
		part, err := turn(all, in.Page, func(a academy.Aspirant) string { return string(a.Person) })
		if err != nil {
			return nil, err
		}
		return &aspirantsOutput{convert(part, func(a academy.Aspirant) aspirant {
			return aspirant{a.Person, a.Name, roleMatchOf(c, a.Words, a.RoleMatch)}
		})}, nil
	})
	s.wishes()
}

func (s *server) wishes() {
	own := func(c caller, path PersonPath) error {
		if c.personOf(path.Person) != c.Person {
			return c.Allow(staff.ShareWishes, staff.Subject{Person: c.personOf(path.Person)})
		}
		return nil
	}
	type wishInput struct {
		WishPath
		Body struct {
			Words        string  `json:"words" maxLength:"1000" example:"Ik wil dossiers van begin tot eind doen." doc:"Why, in your own words; may be empty."`
			By           date    `json:"by" doc:"When you would like to be ready."`
			HoursPerWeek float64 `json:"hoursPerWeek" minimum:"0" maximum:"168" example:"4" doc:"How much you would like to learn; from 0.5 to 40."`
		} `nameHint:"WishTerms"`
	}
	type wishOutput struct{ Body wish }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "put-wish", Method: http.MethodPut, Path: "/people/{person}/wishes/{role}", Tags: []string{"Plans"}, MaxBodyBytes: answersBody, Errors: []int{http.StatusNotFound},
			Summary: "Keep a wish", Description: "Keeps a role that you would like. Nobody else sees it until you share it. Only about yourself.",
		},
		permission: staff.ShareWishes,
		request:    `{"words": "Ik wil dossiers van begin tot eind doen.", "by": "2027-03-15", "hoursPerWeek": 4}`,
		response:   wishExample,
	}, func(ctx context.Context, c caller, in *wishInput) (*wishOutput, error) {
		if err := own(c, in.PersonPath); err != nil {
			return nil, err
		}
		by, err := in.Body.By.read("body.by")
		if err != nil {
			return nil, err
		}
		kept, err := s.office.PutWish(ctx, c.Actor, academy.WishRequest{Role: in.Role, Words: in.Body.Words, By: by, PerWeek: inMinutes(in.Body.HoursPerWeek)})
		if err != nil {
			return nil, within("body.", err)
		}
		return &wishOutput{wishOf(kept)}, nil
	})
	type nothing struct{}
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "delete-wish", Method: http.MethodDelete, Path: "/people/{person}/wishes/{role}", Tags: []string{"Plans"}, DefaultStatus: http.StatusNoContent, Errors: []int{http.StatusNotFound},
			Summary: "Forget a wish", Description: "Forgets a wish, also for whoever you shared it with.",
		},
		permission: staff.ShareWishes,
	}, func(ctx context.Context, c caller, in *WishPath) (*nothing, error) {
		if err := own(c, in.PersonPath); err != nil {
			return nil, err
		}
		return nil, s.office.DropWish(ctx, c.Actor, in.Role)
	})
	type shareInput struct {
		WishPath
		Reader staff.PersonID `path:"reader" maxLength:"64" example:"RW1026" doc:"The personnel number of a leader, a career adviser or somebody of HR."`
	}
	for _, op := range []struct {
		huma.Operation
		change func(context.Context, staff.Actor, staff.RoleID, staff.PersonID) error
	}{
		{huma.Operation{
			OperationID: "share-wish", Method: http.MethodPut, Path: "/people/{person}/wishes/{role}/readers/{reader}",
			Summary: "Share a wish", Description: "Lets one colleague see your wish with the comparison of that role, and nothing else. You can take it back at any time.",
		}, s.office.ShareWish},
		{huma.Operation{
			OperationID: "unshare-wish", Method: http.MethodDelete, Path: "/people/{person}/wishes/{role}/readers/{reader}",
			Summary: "Take a wish back", Description: "Lets a colleague not see your wish any more.",
		}, s.office.UnshareWish},
	} {
		op.Tags, op.DefaultStatus, op.Errors = []string{"Plans"}, http.StatusNoContent, []int{http.StatusNotFound}
		declare(s, operation{Operation: op.Operation, permission: staff.ShareWishes}, func(ctx context.Context, c caller, in *shareInput) (*nothing, error) {
			if err := own(c, in.PersonPath); err != nil {
				return nil, err
			}
			return nil, within("path.", op.change(ctx, c.Actor, in.Role, in.Reader))
		})
	}
}
