package web

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"bekwaam/certificates"
	"bekwaam/courses/academy"
	"bekwaam/courses/fault"
)

// An importMapPage asks whether we understand a list: its columns, the order of its dates and its spellings.
type importMapPage struct {
	ID, FileName string
	Lines        int
	Nameless     bool // columns have no names, or the same one: we went by what stands in them
	Columns      []formField
	Order        *formField // nil: the dates tell
	Ask          []formField
	Sure         []formField
	More         int // spellings that are not shown: too many for one column of schemes
	Problems     problems
}

var importMapView = declare[importMapPage]("import_map.html")

// mostSpellings is how many spellings one page asks about.
const mostSpellings = 200

const (
	columnField   = "kolom-"
	spellingField = "schrijfwijze-"
	orderField    = "volgorde"
	leftOut       = "-" // the value of what does not come in
)

// importMap shows how we understand a list.
func (s *Site) importMap(v *visit) error {
	read, err := s.office.EvidenceImport(v.ctx(), v.actor, v.r.PathValue("lijst"))
	switch {
	case err != nil:
		return err
	case read.Done():
		return v.redirect("/import/" + read.ID + "/resultaat")
	}
	return importMapView.show(v, v.importMapPage(read, nil))
}

// importMapPage builds the form; where it is sent, what was sent stands in it.
func (v *visit) importMapPage(read academy.ReadImport, sent func(id, otherwise string) string) importMapPage {
	if sent == nil {
		sent = func(_, otherwise string) string { return otherwise }
	}
	list := read.List
	page := importMapPage{ID: read.ID, FileName: read.FileName, Lines: list.Count(academy.Good) + list.Count(academy.Duplicate) + list.Count(academy.Wrong), Nameless: !list.ColumnsSure}
	for i := range list.Table.Columns {
		f := formField{ID: columnField + strconv.Itoa(i), Label: list.Table.ColumnName(i), Hint: v.seen(list, i)}
		f.Groups = []optionGroup{{Options: choose(sent(f.ID, string(list.Mapping.Columns[i])), v.columnFields()...)}}
		page.Columns = append(page.Columns, f)
	}
	if !list.OrderSure || read.OrderChosen {
		order := ""
		if list.OrderSure {
			order = string(list.Mapping.Order)
		}
		f := formField{ID: orderField, Label: v.say("Hoe schrijft deze lijst een datum?", "How does this list write a date?"), Hint: v.say("Uit de lijst zelf is dit niet op te maken: 03-04-2026 kan 3 april zijn, of 4 maart.", "The list itself does not tell: 03-04-2026 may be 3 April, or 4 March.")}
		f.Groups = []optionGroup{{Options: choose(sent(f.ID, order), option{"", v.say("Kies", "Choose"), false}, option{string(academy.DayFirst), v.say("Eerst de dag: 03-04 is 3 april", "The day first: 03-04 is 3 April"), false}, option{string(academy.MonthFirst), v.say("Eerst de maand: 03-04 is 4 maart", "The month first: 03-04 is 4 March"), false})}}
		page.Order = &f
	}
	v.addSpellings(&page, read, sent)
	return page
}

// addSpellings asks about the spellings of schemes: those that we do not know or guessed first, the most frequent on top.
func (v *visit) addSpellings(page *importMapPage, read academy.ReadImport, sent func(id, otherwise string) string) {
	schemes := v.schemeOptions(read.Schemes)
	order := make([]int, len(read.List.Spellings))
	for i := range order {
		order[i] = i
	}
	spelling := func(i int) academy.Spelling { return read.List.Spellings[i] }
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(strings.Compare(string(spelling(a).How), string(spelling(b).How)), cmp.Compare(spelling(b).Count, spelling(a).Count))
	})
	page.More = max(0, len(order)-mostSpellings)
	for _, i := range order[:min(len(order), mostSpellings)] {
		is := spelling(i)
		f := formField{ID: spellingField + strconv.Itoa(i), Label: is.Text, Hint: v.count(is.Count, "regel", "regels", "line", "lines")}
		value := string(is.Scheme)
		switch is.How {
		case academy.SpellingLeftOut:
			value = leftOut
		case academy.SpellingUnknown:
			f.Hint += v.say("; wij weten niet wat dit is", "; we do not know what this is")
		}
		f.Groups = []optionGroup{{Options: choose(sent(f.ID, value), slices.Clone(schemes)...)}}
		if is.Sure() {
			page.Sure = append(page.Sure, f)
		} else {
			page.Ask = append(page.Ask, f)
		}
	}
}

// schemeOptions are the schemes to choose from, by title.
func (v *visit) schemeOptions(schemes map[certificates.SchemeKey]certificates.Scheme) []option {
	options := []option{{"", v.say("Kies een regeling", "Choose a scheme"), false}, {leftOut, v.say("Hoort er niet bij: lees dit niet in", "Does not belong here: do not import"), false}}
	keys := slices.SortedFunc(maps.Keys(schemes), func(a, b certificates.SchemeKey) int {
		return cmp.Or(strings.Compare(schemes[a].Title, schemes[b].Title), strings.Compare(string(a), string(b)))
	})
	for _, key := range keys {
		options = append(options, option{string(key), fmt.Sprintf("%s (%s)", schemes[key].Title, key), false})
	}
	return options
}

// columnFields are what a column may say, in words.
func (v *visit) columnFields() []option {
	options := []option{{"", v.say("Niet nodig", "Not needed"), false}}
	for _, f := range academy.ColumnFields() {
		options = append(options, option{string(f), v.columnWord(f), false})
	}
	return options
}

func (l language) columnWord(f academy.ColumnField) string {
	switch f {
	case academy.FieldNumber:
		return l.say("Personeelsnummer", "Personnel number")
	case academy.FieldName:
		return l.say("Naam, of achternaam", "Name, or last name")
	case academy.FieldFirst:
		return l.say("Voornaam of voorletters", "First name or initials")
	case academy.FieldInfix:
		return l.say("Tussenvoegsel", "Infix")
	case academy.FieldScheme:
		return l.say("Wat iemand haalde", "What somebody achieved")
	case academy.FieldAchieved:
		return l.say("Behaald op", "Achieved on")
	case academy.FieldUntil:
		return l.say("Geldig tot en met", "Valid until and including")
	}
	return l.say("Wat is gezien, zoals examen", "What was seen, such as an exam")
}

// seen shows the first different things that stand in a column.
func (v *visit) seen(l academy.EvidenceList, column int) string {
	const examples = 3
	var found []string
	for _, r := range l.Rows {
		if cell := r.Cells[column]; r.Aside == "" && cell != "" && !slices.Contains(found, cell) {
			found = append(found, cell)
		}
		if len(found) == examples {
			break
		}
	}
	if len(found) == 0 {
		return v.say("Hier staat niets in.", "Nothing stands here.")
	}
	return v.say("Bijvoorbeeld: ", "For example: ") + strings.Join(found, " · ")
}

// saveImportMap keeps how a list is to be read. Where another column says what was achieved, its spellings come first.
func (s *Site) saveImportMap(v *visit) error {
	read, err := s.office.EvidenceImport(v.ctx(), v.actor, v.r.PathValue("lijst"))
	switch {
	case err != nil:
		return err
	case read.Done():
		return v.redirect("/import/" + read.ID + "/resultaat")
	}
	m := academy.EvidenceMapping{Order: academy.DateOrder(v.field(orderField)), Schemes: make(map[string]certificates.SchemeKey)}
	for i := range read.List.Table.Columns {
		m.Columns = append(m.Columns, academy.ColumnField(v.field(columnField+strconv.Itoa(i))))
	}
	same := schemeColumn(m.Columns) == schemeColumn(read.List.Mapping.Columns)
	var wrong problems
	if _, asked := v.r.PostForm[orderField]; asked && m.Order == "" {
		wrong = append(wrong, problem{orderField, v.say("Kies hoe deze lijst een datum schrijft.", "Choose how this list writes a date.")})
	}
	for i, is := range read.List.Spellings {
		id := spellingField + strconv.Itoa(i)
		if _, asked := v.r.PostForm[id]; !same || !asked {
			continue
		}
		switch value := v.field(id); value {
		case "":
			wrong = append(wrong, problem{id, v.say("Kies een regeling bij “%s”.", "Choose a scheme for “%s”.", is.Text)})
		case leftOut:
			m.Schemes[is.Key] = ""
		default:
			m.Schemes[is.Key] = certificates.SchemeKey(value)
		}
	}
	if len(wrong) == 0 {
		err = s.office.MapEvidence(v.ctx(), v.actor, read.ID, m)
	}
	if f := fault.Of(err); f != nil && f.Kind == fault.Invalid {
		for _, field := range f.Fields {
			wrong = append(wrong, problem{columnField + "0", v.say(field.Dutch, field.English)})
		}
		if len(f.Fields) == 0 {
			wrong = append(wrong, problem{columnField + "0", v.say(f.Dutch, f.English)})
		}
	} else if err != nil {
		return err
	}
	if len(wrong) > 0 {
		page := v.importMapPage(read, func(id, otherwise string) string {
			if _, sent := v.r.PostForm[id]; sent {
				return v.field(id)
			}
			return otherwise
		})
		page.refuse(wrong)
		return importMapView.refuse(v, page, wrong)
	}
	if !same {
		return v.redirect("/import/" + read.ID)
	}
	return v.redirect("/import/" + read.ID + "/controle")
}

// refuse puts what is wrong at each field.
func (p *importMapPage) refuse(wrong problems) {
	p.Problems = wrong
	for _, fields := range [][]formField{p.Columns, p.Ask, p.Sure} {
		for i, f := range fields {
			fields[i].Problem = wrong.At(f.ID)
		}
	}
	if p.Order != nil {
		p.Order.Problem = wrong.At(orderField)
	}
}

// schemeColumn is the place of the column that says what was achieved; -1 where none does.
func schemeColumn(columns []academy.ColumnField) int {
	return slices.Index(columns, academy.FieldScheme)
}
