package web

import (
	"cmp"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"bekwaam/certificates"
	"bekwaam/courses/competences"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

// askFutureRole shows the form of a role that nobody holds yet, or of the one that the address names.
func (s *Site) askFutureRole(v *visit) error {
	values := url.Values{"places": {"1"}, "hours": {"36"}, "withinDays": {"0"}}
	if v.r.PathValue("rol") != "" {
		r, _, err := s.roleAsked(v)
		if err != nil {
			return err
		}
		if r.Future == nil {
			return noSuchPage
		}
		values = futureValues(*r.Future)
	}
	page, err := s.futureForm(v, values, nil)
	if err != nil {
		return err
	}
	return plainFormView.show(v, page)
}

// sendFutureRole saves such a role, or takes it away.
func (s *Site) sendFutureRole(v *visit) error {
	id := staff.RoleID(v.r.PathValue("rol"))
	if v.field("doe") == "weg" {
		if err := s.office.DropFutureRole(v.ctx(), v.actor, id); err != nil {
			return err
		}
		return v.done("rol-weg", rolesPath)
	}
	f, err := readFuture(v.r.PostForm)
	if id != "" {
		r, _, err := s.roleAsked(v)
		if err != nil {
			return err
		}
		if r.Future == nil {
			return noSuchPage
		}
		f.ID = id
	}
	if err == nil {
		err = s.office.SaveFutureRole(v.ctx(), v.actor, f)
	}
	if err == nil {
		return v.done("rol", roleAddress(f.ID))
	}
	if reason := fault.Of(err); fault.KindOf(err) == fault.Conflict && len(reason.Fields) > 0 {
		err = unreadable.At(reason.Fields[0].Path, reason.Fields[0].Dutch, reason.Fields[0].English)
	}
	if fault.KindOf(err) != fault.Invalid {
		return err
	}
	page, failed := s.futureForm(v, v.r.PostForm, err)
	if failed != nil {
		return failed
	}
	return plainFormView.refuse(v, page, page.Problems)
}

func futureValues(f competences.FutureRole) url.Values {
	values := url.Values{
		"role": {string(f.ID)}, "name": {f.Name}, "cluster": {f.Cluster}, "kind": {""}, "team": {string(f.Team)}, "from": {f.From.String()}, "closesOn": {f.ClosesOn.String()},
		"hours": {hoursTyped(f.PerWeek)}, "places": {strconv.Itoa(f.Places)}, "purpose": {f.Purpose}, "withinDays": {strconv.Itoa(f.WithinDays)},
	}
	if f.Vacancy {
		values.Set("kind", "vacature")
	}
	for _, key := range f.Schemes {
		values.Add("schemes", string(key))
	}
	return values
}

// hoursTyped writes minutes as one types hours: 36 or 1,5.
func hoursTyped(minutes int) string {
	return strings.Replace(strconv.FormatFloat(float64(minutes)/60, 'f', -1, 64), ".", ",", 1)
}

// numberIn reads a whole number, 0 where nothing was typed; what cannot be read is added to wrong.
func numberIn(values url.Values, field string, wrong *fault.Error) int {
	n, err := strconv.Atoi(cmp.Or(strings.TrimSpace(values.Get(field)), "0"))
	if err != nil {
		*wrong = *wrong.At(field, "schrijf een heel getal", "write a whole number")
	}
	return n
}

// hoursIn reads hours as minutes; what cannot be read is added to wrong.
func hoursIn(values url.Values, field string, wrong *fault.Error) int {
	h, err := strconv.ParseFloat(strings.Replace(strings.TrimSpace(values.Get(field)), ",", ".", 1), 64)
	if err != nil || h != h || h <= 0 || h > 1000 {
		*wrong = *wrong.At(field, "schrijf een aantal uren van meer dan 0 tot en met 1000, zoals 8 of 1,5", "write a number of hours above 0 up to 1000, such as 8 or 1.5")
		return 0
	}
	return int(h*60 + 0.5)
}

// linesIn are the lines of a text, without those that are empty.
func linesIn(values url.Values, field string) []string {
	var all []string
	for line := range strings.Lines(values.Get(field)) {
		if line = strings.TrimSpace(line); line != "" {
			all = append(all, line)
		}
	}
	return all
}

func readFuture(values url.Values) (competences.FutureRole, error) {
	wrong := *unreadable
	text := func(field string) string { return strings.TrimSpace(values.Get(field)) }
	f := competences.FutureRole{
		Role: staff.Role{ID: staff.RoleID(text("role")), Name: text("name"), Cluster: text("cluster")}, Vacancy: text("kind") == "vacature", Team: staff.TeamID(text("team")), From: dayIn(values, "from", &wrong),
		ClosesOn: dayIn(values, "closesOn", &wrong), PerWeek: hoursIn(values, "hours", &wrong), Places: numberIn(values, "places", &wrong), Purpose: text("purpose"), WithinDays: numberIn(values, "withinDays", &wrong),
	}
	for _, key := range values["schemes"] {
		f.Schemes = append(f.Schemes, certificates.SchemeKey(key))
	}
	if len(wrong.Fields) > 0 {
		return f, &wrong
	}
	return f, nil
}

func (s *Site) futureForm(v *visit, values url.Values, wrong error) (plainForm, error) {
	known, err := s.office.RequirementSubjects(v.ctx(), v.actor)
	if err != nil {
		return plainForm{}, err
	}
	schemes, err := s.schemeOptions(v)
	if err != nil {
		return plainForm{}, err
	}
	teams := []option{{Name: v.say("kies uit de lijst", "choose from the list")}}
	for _, id := range slices.Sorted(maps.Keys(known[certificates.ForTeam])) {
		teams = append(teams, option{Value: id, Name: known[certificates.ForTeam][id]})
	}
	labels := map[string]string{
		"role": v.say("Sleutel", "Key"), "name": v.say("Naam van de rol", "Name of the role"), "cluster": v.say("Cluster (mag leeg)", "Cluster (may be empty)"), "kind": v.say("Wat is het?", "What is it?"), "team": "Team",
		"from": v.say("Vanaf", "From"), "closesOn": v.say("Reageren kan tot en met (mag leeg)", "Apply until (may be empty)"), "hours": v.say("Uren per week", "Hours per week"), "places": v.say("Aantal plaatsen", "Number of places"),
		"purpose": v.say("Waarvoor is deze rol?", "What is this role for?"), "withinDays": v.say("Certificaten binnen hoeveel dagen?", "Certificates within how many days?"), "schemes": v.say("Certificaten die de rol vraagt", "Certificates that the role asks"),
	}
	page := plainForm{Title: v.say("Een rol voor later", "A role for later"), Lead: v.say("Een rol die nog niemand heeft. Collega's kunnen zich ermee vergelijken en er een plan voor maken.", "A role that nobody holds yet. Colleagues can compare themselves with it and make a plan for it."),
		Back: option{Value: rolesPath, Name: v.say("Rollen", "Roles")}, Path: rolesPath + "/nieuw", Buttons: []option{{Value: "bewaar", Name: v.say("Bewaar de rol", "Save the role")}}}
	page.Problems = v.problemsOf(renamedHours(wrong), func(id string) string { return strings.TrimSuffix(labels[id], "?") })
	field := func(id, kind, class, hint string) formField {
		return formField{ID: id, Label: labels[id], Hint: hint, Type: kind, Class: class, Value: values.Get(id), Problem: page.Problems.At(id)}
	}
	list := func(id string, options []option) formField {
		f := field(id, "", "", "")
		f.Groups = []optionGroup{{Options: choose(f.Value, options...)}}
		return f
	}
	var first []formField
	if id := v.r.PathValue("rol"); id != "" {
		page.Path = rolesPath + "/" + url.PathEscape(id) + "/bewerken"
		page.Title, page.Back = v.say("Wijzig %s", "Change %s", values.Get("name")), option{Value: rolesPath + "/" + url.PathEscape(id), Name: v.say("Terug naar de rol", "Back to the role")}
		page.Buttons = append(page.Buttons, option{Value: "weg", Name: v.say("Haal deze rol weg", "Take this role away"), Chosen: true})
	} else {
		first = []formField{field("role", "text", "kort", v.say("Kort en uniek, zoals F07. Die blijft.", "Short and unique, such as F07. It stays."))}
	}
	page.Parts = []formPart{{Fields: append(first, field("name", "text", "lang", ""), field("purpose", "lines", "", ""), list("kind", []option{{Name: v.say("een rol die er later komt", "a role that will exist later")}, {Value: "vacature", Name: v.say("een vacature", "a vacancy")}}),
		list("team", teams), field("cluster", "text", "", ""), field("from", "date", "kort", ""), field("closesOn", "date", "kort", ""), field("hours", "text", "kort", ""), field("places", "text", "kort", ""), field("withinDays", "text", "kort", v.say("Na de eerste dag. 0 als er geen certificaat nodig is.", "After the first day. 0 where no certificate is needed.")))},
		{Checks: newCheckList("schemes", labels["schemes"], page.Problems.At("schemes"), func(key string) bool { return slices.Contains(values["schemes"], key) }, schemes...)}}
	return page, nil
}

// renamedHours lets what is wrong with minutes stand at the field in which one types hours.
func renamedHours(wrong error) error {
	if fault.Of(wrong) == nil {
		return wrong
	}
	return renamed(wrong, func(path string) string {
		if path == "minutesPerWeek" || path == "minutes" {
			return "hours"
		}
		return path
	})
}

// schemeOptions are all schemes to choose from, in order of title.
func (s *Site) schemeOptions(v *visit) ([]option, error) {
	all, err := s.office.Schemes(v.ctx(), v.actor)
	var options []option
	for key, scheme := range all {
		options = append(options, option{Value: string(key), Name: fmt.Sprintf("%s (%s)", scheme.Title, key)})
	}
	slices.SortFunc(options, func(a, b option) int { return cmp.Compare(a.Name, b.Name) })
	return options, err
}
