package web

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strconv"

	"bekwaam/certificates"
	"bekwaam/courses/academy"
	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
)

// A peoplePage lists the people one may follow.
type peoplePage struct {
	Fields   []formField
	People   []listedPerson
	Found    int
	Of       int
	Scheme   string // the title of the scheme that was asked; empty where none was
	Orders   []sortLink
	Sheet    string // the address of the same rows as a file
	Page     int
	Pages    int
	Previous string // the addresses of the pages around this one; empty where there is none
	Next     string
	Problems problems
}

// A listedPerson is one row.
type listedPerson struct {
	academy.Colleague
	Badge    badge
	Standing badge
}

// A sortLink is the head of a column by which the list can be ordered.
type sortLink struct {
	Name, Path string
	Now        bool
}

// peopleAtOnce is how many rows a page shows.
const peopleAtOnce = 50

var peopleView = declare[peoplePage]("people.html")

// people shows who are there and how they are doing.
func (s *Site) people(v *visit) error {
	ask := v.peopleQuery()
	page, err := s.peoplePage(v, ask)
	if err != nil {
		return err
	}
	if ask.Standing != "" && ask.Scheme == "" {
		wrong := problems{{"regeling", v.say("Kies ook een regeling. Deze stand hoort bij één regeling.", "Choose a scheme too. This state belongs to one scheme.")}}
		for i, f := range page.Fields {
			page.Fields[i].Problem = wrong.At(f.ID)
		}
		page.Problems = wrong
		return peopleView.refuse(v, page, wrong)
	}
	people, of, err := s.office.Colleagues(v.ctx(), v.actor, ask)
	if err != nil {
		return err
	}
	page.Found, page.Of = len(people), of
	page.Pages = (len(people) + peopleAtOnce - 1) / peopleAtOnce
	n, _ := strconv.Atoi(v.query("pagina"))
	page.Page = max(1, min(n, page.Pages))
	if page.Page > 1 {
		page.Previous = v.peopleAddress("pagina", fmt.Sprint(page.Page-1))
	}
	if page.Page < page.Pages {
		page.Next = v.peopleAddress("pagina", fmt.Sprint(page.Page+1))
	}
	first := (page.Page - 1) * peopleAtOnce
	for _, p := range people[first:min(first+peopleAtOnce, len(people))] {
		page.People = append(page.People, listedPerson{p, v.progress(p.Progress), v.standing(p.Standing)})
	}
	return peopleView.show(v, page)
}

// peopleQuery reads the filters of the address. What it does not know filters everybody out or nobody, as it comes.
func (v *visit) peopleQuery() academy.PeopleQuery {
	ask := academy.PeopleQuery{
		Name: v.query("q"), Team: staff.TeamID(v.query("team")), Role: staff.RoleID(v.query("rol")), Scheme: certificates.SchemeKey(v.query("regeling")), Order: academy.PeopleOrder(v.query("volgorde")),
	}
	for _, p := range progresses {
		if v.query("stand") == string(p) {
			ask.Progress = p
		}
	}
	for _, s := range certificates.Standings() {
		if v.query("stand") == string(s) {
			ask.Standing = s
		}
	}
	return ask
}

// progresses lists how somebody can be doing, those first that ask for attention.
var progresses = []academy.Progress{academy.ProgressLate, academy.ProgressOpen, academy.ProgressDone, academy.ProgressAway}

// peopleAddress is this list with one thing asked otherwise.
func (v *visit) peopleAddress(name, value string) string {
	query := url.Values{}
	for _, known := range []string{"q", "team", "rol", "regeling", "stand", "volgorde"} {
		if asked := v.query(known); asked != "" {
			query.Set(known, asked)
		}
	}
	query.Set(name, value)
	return "/mensen?" + query.Encode()
}

// peoplePage makes the filters and the heads of the columns.
func (s *Site) peoplePage(v *visit, ask academy.PeopleQuery) (peoplePage, error) {
	teams, roles, err := s.office.Places(v.ctx(), v.actor)
	if err != nil {
		return peoplePage{}, err
	}
	schemes, err := s.office.Schemes(v.ctx(), v.actor)
	if err != nil {
		return peoplePage{}, err
	}
	everyTeam, everyRole := []option{{Name: v.say("alle teams", "all teams")}}, []option{{Name: v.say("alle rollen", "all roles")}}
	for _, t := range teams {
		everyTeam = append(everyTeam, option{Value: string(t.ID), Name: t.Name})
	}
	for _, r := range roles {
		everyRole = append(everyRole, option{Value: string(r.ID), Name: r.Name})
	}
	all, one := optionGroup{Name: v.say("Alles wat gevraagd is", "Everything that is asked")}, optionGroup{Name: v.say("De gekozen regeling", "The chosen scheme")}
	for _, p := range progresses {
		all.Options = append(all.Options, option{Value: string(p), Name: v.progress(p).Word})
	}
	for _, st := range certificates.Standings() {
		one.Options = append(one.Options, option{Value: string(st), Name: v.standing(st).Word})
	}
	page := peoplePage{Scheme: schemes[ask.Scheme].Title, Sheet: "/mensen/lijst.csv?" + v.r.URL.Query().Encode(), Fields: []formField{
		{ID: "q", Type: "search", Label: v.say("Naam of personeelsnummer", "Name or personnel number"), Value: ask.Name},
		{ID: "team", Label: v.say("Team", "Team"), Groups: []optionGroup{{Options: choose(string(ask.Team), everyTeam...)}}},
		{ID: "rol", Label: v.say("Rol", "Role"), Groups: []optionGroup{{Options: choose(string(ask.Role), everyRole...)}}},
		{ID: "regeling", Label: v.say("Regeling", "Scheme"), Groups: []optionGroup{{Options: choose(string(ask.Scheme), append([]option{{Name: v.say("geen", "none")}}, schemesByTitle(schemes)...)...)}}},
		{ID: "stand", Label: v.say("Stand", "State"), Groups: []optionGroup{
			{Options: []option{{Name: v.say("alle", "all")}}}, {all.Name, choose(string(ask.Progress), all.Options...)}, {one.Name, choose(string(ask.Standing), one.Options...)},
		}},
	}}
	for _, o := range []struct {
		order  academy.PeopleOrder
		nl, en string
	}{{academy.ByName, "Naam", "Name"}, {academy.ByTeam, "Team", "Team"}, {academy.ByRole, "Rol", "Role"}, {academy.ByDue, "Eerst te doen", "Due first"}} {
		now := ask.Order == o.order || ask.Order == "" && o.order == academy.ByName
		page.Orders = append(page.Orders, sortLink{v.say(o.nl, o.en), v.peopleAddress("volgorde", string(o.order)), now})
	}
	return page, nil
}

// schemesByTitle lists schemes to choose from.
func schemesByTitle(schemes map[certificates.SchemeKey]certificates.Scheme) []option {
	var options []option
	for key, scheme := range schemes {
		options = append(options, option{Value: string(key), Name: scheme.Title})
	}
	slices.SortFunc(options, func(a, b option) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Value, b.Value)) })
	return options
}

// peopleSheet sends exactly the rows of the list as a file.
func (s *Site) peopleSheet(v *visit) error {
	ask := v.peopleQuery()
	people, _, err := s.office.Colleagues(v.ctx(), v.actor, ask)
	if err != nil {
		return err
	}
	rows := [][]string{{v.say("Personeelsnummer", "Personnel number"), v.say("Naam", "Name"), v.say("Team", "Team"), v.say("Rol", "Role"), v.say("Begint op", "Starts on"),
		v.say("Stand", "State"), v.say("Open taken", "Open duties"), v.say("Te laat", "Overdue"), v.say("Eerst te doen", "Due first")}}
	if ask.Scheme != "" {
		rows[0] = append(rows[0], v.say("Regeling", "Scheme"), v.say("Stand van de regeling", "State of the scheme"), v.say("Geldig tot en met", "Valid until and including"))
	}
	day := func(d calendar.Date) string {
		if d.IsZero() {
			return ""
		}
		return d.String()
	}
	for _, p := range people {
		row := []string{string(p.ID), p.Name(), p.TeamNames(), p.RoleNames(), day(p.Starts), v.progress(p.Progress).Word, fmt.Sprint(p.Open), fmt.Sprint(p.Late), day(p.DueOn)}
		if ask.Scheme != "" {
			row = append(row, string(ask.Scheme), v.standing(p.Standing).Word, day(p.Until))
		}
		rows = append(rows, row)
	}
	return v.attach(v.say("mensen-%s.csv", "people-%s.csv", v.moment.Today()), academy.Sheet(rows))
}
