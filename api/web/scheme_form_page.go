package web

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"bekwaam/certificates"
	"bekwaam/courses/academy"
	"bekwaam/courses/calendar"
)

// A schemeFormPage is the form with what it makes of real people beside it.
type schemeFormPage struct {
	Title    string                 // of the page
	Key      certificates.SchemeKey // empty: a new scheme
	Action   string
	Version  int
	Fields   map[string]formField
	Methods  []methodChoice
	Several  bool // components, so that it matters within which time
	Course   bool // a component is a course of ours, which may be shown at work
	AtWork   bool
	Lists    []rowList // components, refreshers, prerequisites
	Problems problems
	Instead  string // the mark of the version that is replaced; empty: it is added
	Clash    *clash // nil: nobody else was first
	Example  schemeExample
}

// A methodChoice is one way of reckoning.
type methodChoice struct {
	Value, Name, Example string
	Chosen               bool
}

// A rowList is a list of rows that one adds to.
type rowList struct {
	Name    string // of its fields
	Problem string // of the list as a whole
	Focus   bool
	Rows    []formRow
	Adds    []option // what can be added
}

// A formRow is one row with its fields.
type formRow struct {
	ID      string
	Legend  string
	Kind    string // of a component or refresher
	Fields  []formField
	Text    *formField // of more lines
	Remove  string     // the value of its button
	Up      string     // empty: it is the first, or order means nothing
	Problem string
}

// schemeFields are the words of the plain fields of the form.
func (v *visit) schemeFields() map[string]formField {
	field := func(id, label, hint, class string) formField {
		return formField{ID: id, Type: "text", Label: label, Hint: hint, Class: class}
	}
	fields := make(map[string]formField)
	for _, f := range []formField{
		field("title", v.say("Naam van de regeling", "Name of the scheme"), v.say("Zo staat het op certificaten en taken.", "This is what certificates and duties say."), "lang"),
		field("key", v.say("Code", "Key"), v.say("Hoofdletters, cijfers en streepjes, zoals BHV-2. De code verandert later niet.", "Capitals, digits and dashes, such as BHV-2. The key does not change later."), "kort"),
		field("months", v.say("Hoeveel maanden geldt het?", "For how many months does it hold?"), v.say("12 is een jaar.", "12 is a year."), "kort"),
		field("windowMonths", v.say("Venster: hoeveel maanden voor het einde kan iemand vernieuwen?", "Window: how many months before the end can somebody renew?"), v.say("Eerder gehaald telt niet als vernieuwing. 0: pas na het einde, in de uitloop.", "Completed earlier does not count as a renewal. 0: after the end only, in the grace."), "kort"),
		field("graceMonths", v.say("Uitloop: hoeveel maanden na het einde is de korte herhaling nog genoeg?", "Grace: how many months after the end does the short refresher still suffice?"), v.say("In de uitloop is iemand niet gekwalificeerd. Daarna begint alles opnieuw. 0: geen uitloop.", "In the grace somebody is not qualified. After it everything starts again. 0: no grace."), "kort"),
		field("anchorDay", v.say("Vaste dag", "Fixed day"), "", "kort"),
		field("minimumMonths", v.say("Minstens hoeveel maanden?", "At least how many months?"), v.say("Wie kort voor de vaste dag begint, loopt door tot de volgende.", "Whoever begins shortly before the fixed day goes on until the next."), "kort"),
		field("componentsWithinMonths", v.say("Binnen hoeveel maanden haalt iemand alle onderdelen?", "Within how many months are all components completed?"), v.say("Laat leeg voor 12.", "Leave empty for 12."), "kort"),
		field("minutes", v.say("Hoeveel uur kost het de eerste keer?", "How many hours does it take the first time?"), v.say("Voor de vooruitblik op scholingsuren.", "For the forecast of training hours."), "kort"),
		field("refresherMinutes", v.say("En hoeveel uur kost vernieuwen?", "And how many hours does a renewal take?"), v.say("Laat leeg als het even lang duurt.", "Leave empty where it takes as long."), "kort"),
		field("citation", v.say("Artikel, bepaling of besluit", "Article, clause or decision"), v.say("Nodig bij wet, cao en norm. Bijvoorbeeld: art. 15 Arbowet.", "Needed for law, collective agreement and norm. For example: art. 15 Arbowet."), "lang"),
		field("appliesFrom", v.say("Vanaf wanneer geldt dit?", "From when does this apply?"), "", "kort"),
	} {
		fields[f.ID] = f
	}
	from := fields["appliesFrom"]
	from.Type = "date"
	fields["appliesFrom"] = from
	fields["anchorMonth"] = formField{ID: "anchorMonth", Label: v.say("van de maand", "of the month"), Groups: []optionGroup{{"", v.monthOptions()}}}
	origins := []option{{"", v.origin(""), false}}
	for _, o := range certificates.Origins() {
		origins = append(origins, option{string(o), v.origin(o), false})
	}
	fields["origin"] = formField{ID: "origin", Label: v.say("Waar komt dit vandaan?", "Where does this come from?"), Groups: []optionGroup{{"", origins}}}
	return fields
}

// monthOptions are the months of the year to choose from.
func (l language) monthOptions() []option {
	months := []option{{"", l.say("kies een maand", "choose a month"), false}}
	for m := time.January; m <= time.December; m++ {
		name := l.date(calendar.New(2023, m, 1))
		months = append(months, option{fmt.Sprint(int(m)), strings.TrimSuffix(strings.TrimPrefix(name, "1 "), " 2023"), false})
	}
	return months
}

// schemeLabel names a field of the form in the summary of what is wrong.
func (v *visit) schemeLabel(fields map[string]formField) func(string) string {
	return func(id string) string {
		if f, ok := fields[id]; ok {
			name, _, _ := strings.Cut(f.Label, ":")
			return strings.TrimSuffix(name, "?")
		}
		list, rest, _ := strings.Cut(id, "-")
		at, _, _ := strings.Cut(rest, "-")
		n, err := strconv.Atoi(at)
		if err != nil {
			return ""
		}
		return v.rowLegend(list, n)
	}
}

// rowLegend names a row: "Onderdeel 2".
func (v *visit) rowLegend(list string, at int) string {
	switch list {
	case componentRows:
		return v.say("Onderdeel %d", "Component %d", at+1)
	case refresherRows:
		return v.say("Herhaling %d", "Refresher %d", at+1)
	}
	return v.say("Voorwaarde %d", "Prerequisite %d", at+1)
}

// schemeFormPage makes the page of a form; wrong is what is wrong with it, nil where nothing is said of that.
func (s *Site) schemeFormPage(v *visit, f schemeForm, key certificates.SchemeKey, wrong error) (schemeFormPage, error) {
	fields := v.schemeFields()
	page := schemeFormPage{Key: key, Title: v.say("Nieuwe regeling", "New scheme"), Action: "/regelingen/nieuw", AtWork: f.Get("assessmentAtWork") != "", Several: len(f.Components) > 1}
	page.Course = slices.ContainsFunc(f.Components, func(r schemeRow) bool { return r.Kind == string(certificates.ComponentCourse) })
	page.Instead = f.Get("instead")
	page.Version, _ = strconv.Atoi(f.Get("version"))
	page.Problems = v.problemsOf(wrong, v.schemeLabel(fields))
	from := fields["appliesFrom"]
	from.Hint = v.say("Laat leeg: meteen. Of kies een dag die nog komt.", "Leave empty: at once. Or choose a day to come.")
	if key != "" {
		page.Title, page.Action = v.say("Wijzig ", "Change ")+f.Get("title"), "/regelingen/"+url.PathEscape(string(key))+"/bewerken"
		from.Hint = v.say("Vanaf morgen of later. Wie nu een certificaat heeft, houdt zijn datums.", "From tomorrow or later. Whoever holds a certificate now keeps its dates.")
	}
	fields["appliesFrom"] = from
	for id, field := range fields {
		field.Value, field.Problem = f.Get(id), page.Problems.At(id)
		for _, g := range field.Groups {
			choose(field.Value, g.Options...)
		}
		fields[id] = field
	}
	page.Fields = fields
	for _, m := range methods {
		name, example := v.method(m)
		page.Methods = append(page.Methods, methodChoice{string(m), name, example, f.Get("method") == string(m)})
	}
	listings, err := s.office.Courses(v.ctx(), v.actor, academy.CourseSearch{})
	if err != nil {
		return page, err
	}
	schemes, err := s.office.SchemeOverviews(v.ctx(), v.actor)
	if err != nil {
		return page, err
	}
	offered := []option{{"", v.say("kies een cursus", "choose a course"), false}}
	for _, l := range listings {
		if l.Published {
			offered = append(offered, option{string(l.Key), l.Title, false})
		}
	}
	others := []option{{"", v.say("kies een regeling", "choose a scheme"), false}}
	for _, o := range schemes {
		if o.Key != key {
			others = append(others, option{string(o.Key), o.Title, false})
		}
	}
	for _, name := range []string{componentRows, refresherRows, prerequisiteRows} {
		list := rowList{Name: name, Problem: page.Problems.At(name), Focus: f.Focus == name}
		for i, r := range *f.lists()[name] {
			list.Rows = append(list.Rows, v.schemeRow(name, i, r, offered, others, page.Problems, f.Focus))
		}
		kinds := []certificates.ComponentKind{certificates.ComponentExternal, certificates.ComponentCourse, certificates.ComponentObserved, certificates.ComponentDesignation}
		switch name {
		case prerequisiteRows:
			list.Adds = []option{{"erbij prerequisites " + hardly, v.say("Voeg een voorwaarde toe", "Add a prerequisite"), false}}
			kinds = nil
		case refresherRows:
			kinds = kinds[:3] // a decision is not taken again
		}
		for _, k := range kinds {
			list.Adds = append(list.Adds, option{"erbij " + name + " " + string(k), v.say("Voeg toe: ", "Add: ") + v.componentKind(k), false})
		}
		page.Lists = append(page.Lists, list)
	}
	page.Example, err = s.schemeExample(v, f)
	return page, err
}

// schemeRow makes the fields of one row.
func (v *visit) schemeRow(list string, i int, r schemeRow, offered, others []option, wrong problems, focus string) formRow {
	id := fmt.Sprintf("%s-%d", list, i)
	row := formRow{ID: id, Legend: v.rowLegend(list, i), Remove: fmt.Sprintf("weg %s %d", list, i), Problem: wrong.At(id + "-kind")}
	add := func(f formField) {
		f.Problem = wrong.At(f.ID)
		f.Focus = focus == id && len(row.Fields) == 0
		for _, g := range f.Groups {
			choose(f.Value, g.Options...)
		}
		row.Fields = append(row.Fields, f)
	}
	if list == prerequisiteRows {
		add(formField{ID: id + "-scheme", Label: v.say("Welke regeling komt eerst?", "Which scheme comes first?"), Value: r.Scheme, Groups: []optionGroup{{"", slices.Clone(others)}}})
		add(formField{ID: id + "-kind", Label: v.say("Moet dat?", "Must it?"), Value: r.Kind, Groups: []optionGroup{{"", []option{{hardly, v.say("ja, anders begint deze niet", "yes, else this one does not begin"), false}, {advisory, v.say("nee, het is een advies", "no, it is advice"), false}}}}})
		return row
	}
	kind := certificates.ComponentKind(r.Kind)
	row.Kind = r.Kind
	row.Legend += ": " + v.componentKind(kind)
	if list == refresherRows && i > 0 {
		row.Up = fmt.Sprintf("op %s %d", list, i)
	}
	if kind == certificates.ComponentCourse {
		add(formField{ID: id + "-course", Label: v.say("Welke cursus?", "Which course?"), Value: r.Course, Groups: []optionGroup{{"", slices.Clone(offered)}}})
		add(formField{ID: id + "-title", Type: "text", Class: "lang", Label: v.say("Andere naam", "Another name"), Hint: v.say("Laat leeg voor de naam van de cursus.", "Leave empty for the name of the course."), Value: r.Title})
		return row
	}
	add(formField{ID: id + "-title", Type: "text", Class: "lang", Label: v.say("Hoe heet het?", "What is it called?"), Value: r.Title})
	if kind == certificates.ComponentObserved {
		row.Text = &formField{ID: id + "-checklist", Label: v.say("Waar let de beoordelaar op?", "What does the assessor look at?"), Hint: v.say("Eén ding per regel.", "One thing a line."), Value: r.Checklist, Problem: wrong.At(id + "-checklist")}
	}
	return row
}
