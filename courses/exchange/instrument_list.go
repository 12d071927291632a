package exchange

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"bekwaam/courses/calendar"
	"bekwaam/courses/competences"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

// instrumentWords are the words above the columns of a list of scores, and instrumentNeeded those it cannot do without. No
// other column is read.
var (
	instrumentWords = map[string][]string{
		"personeelsnummer": {"personeelsnummer", "persnr", "medewerker", "employee number"}, "instrument": {"instrument"},
		"afgenomen_op": {"afgenomen op", "datum", "taken on"}, "verwijderen_na": {"verwijderen na", "bewaren tot", "remove after"}, "toestemming": {"toestemming", "consent"},
		"schaal": {"schaal", "scale"}, "lage_pool": {"lage pool", "low end"}, "hoge_pool": {"hoge pool", "high end"},
		"score": {"score"}, "min": {"min"}, "max": {"max"}, "competentie_id": {"competentie id", "competentie", "competence"},
	}
	instrumentNeeded = []string{"personeelsnummer", "instrument", "afgenomen_op", "schaal", "score", "min", "max"}
)

var missingColumns = fault.New(fault.Invalid, "In deze lijst ontbreken kolommen. Zet ze erbij en kies het bestand opnieuw.", "This list lacks columns. Add them and choose the file again.").Because("columns")

// An InstrumentOffice is what an office knows before scores come in.
type InstrumentOffice struct {
	Today       calendar.Date
	Self        staff.PersonID // who brings the list in
	Purpose     competences.Purpose
	People      []staff.Person
	Consents    []competences.Consent // to the purpose
	Scales      []competences.Scale
	Competences []competences.Competence
}

// An InstrumentList is what a list of scores brings in.
type InstrumentList struct {
	Lines     int                  // that hold something
	Scores    int                  // that come in
	Results   []competences.Result // without keys
	Scales    []competences.Scale  // that are new
	NoConsent int                  // lines of people who do not consent: nothing else of them was read
	Wrong     []InstrumentMistake  // in order of line
}

// An InstrumentMistake is what is wrong in a line that does not come in. It repeats nothing of the line.
type InstrumentMistake struct {
	Line int
	fault.Field
}

// WrongLines counts the lines with a mistake.
func (l InstrumentList) WrongLines() int {
	n, last := 0, 0
	for _, w := range l.Wrong {
		if w.Line != last {
			n, last = n+1, w.Line
		}
	}
	return n
}

// ReadInstrumentList works out what a list of scores brings in. A line of somebody who does not consent is counted and not
// read. fault.Invalid where columns are missing.
func ReadInstrumentList(t Table, office InstrumentOffice) (InstrumentList, error) {
	r := instrumentReader{office: office, columns: make(map[string]int), scales: slices.Clone(office.Scales), lines: make(map[string]int)}
	for field, words := range instrumentWords {
		at := slices.IndexFunc(t.Columns, func(c string) bool { return slices.Contains(words, strings.Join(tokens(c), " ")) })
		if at >= 0 {
			r.columns[field] = at
		}
	}
	mistakes := *missingColumns
	for _, field := range instrumentNeeded {
		if _, found := r.columns[field]; !found {
			mistakes = *mistakes.At(field, "deze kolom ontbreekt", "this column is missing")
		}
	}
	if len(mistakes.Fields) > 0 {
		return InstrumentList{}, &mistakes
	}
	for _, row := range t.Rows {
		if row.Aside != AsideHeader {
			r.list.Lines++
			r.read(row)
		}
	}
	for i := range r.list.Results {
		slices.SortFunc(r.list.Results[i].Scores, func(a, b competences.ScaleScore) int { return cmp.Compare(a.Scale, b.Scale) })
	}
	r.list.Scales = r.scales[len(office.Scales):]
	return r.list, nil
}

// An instrumentReader reads one list.
type instrumentReader struct {
	office  InstrumentOffice
	columns map[string]int
	scales  []competences.Scale // known, and then new
	lines   map[string]int      // on which a score stands already
	list    InstrumentList
}

// cell is what stands in a column of a line; empty where the column is not there.
func (r *instrumentReader) cell(row TableRow, field string) string {
	at, found := r.columns[field]
	if !found {
		return ""
	}
	return row.Cells[at]
}

// read takes in one line, counts it or says what is wrong with it.
func (r *instrumentReader) read(row TableRow) {
	var wrong []InstrumentMistake
	at := func(field, dutch, english string, values ...any) {
		if len(values) > 0 {
			dutch, english = fmt.Sprintf(dutch, values[0]), fmt.Sprintf(english, values[len(values)-1])
		}
		wrong = append(wrong, InstrumentMistake{row.Line, fault.Field{Path: field, Dutch: dutch, English: english}})
	}
	person := staff.PersonID(r.cell(row, "personeelsnummer"))
	switch {
	case person == "" || !slices.ContainsFunc(r.office.People, func(p staff.Person) bool { return p.ID == person }):
		at("personeelsnummer", "Niemand heeft dit personeelsnummer. Kijk het na.", "Nobody has this personnel number. Check it.")
	case person == r.office.Self:
		at("personeelsnummer", "Dit gaat over jezelf. Laat een collega het inlezen.", "This is about yourself. Let a colleague bring it in.")
	case !r.consents(row, person):
		r.list.NoConsent++
		return
	}
	if len(wrong) > 0 { // of whom it is, is not known: nothing else is read
		r.list.Wrong = append(r.list.Wrong, wrong...)
		return
	}
	result := competences.Result{Person: person, Purpose: r.office.Purpose, Instrument: r.cell(row, "instrument")}
	result.TakenOn, result.EndsOn = r.days(row, at)
	scale, score := r.scale(row, at)
	if len(wrong) == 0 {
		key := fmt.Sprintf("%s\n%s\n%d\n%s", person, result.Instrument, result.TakenOn, fold(scale.Name))
		if line, twice := r.lines[key]; twice {
			at("schaal", "Deze schaal staat ook op regel %d. Haal er een weg.", "This scale is on line %d too. Remove one of them.", line)
		} else {
			r.lines[key] = row.Line
		}
	}
	if len(wrong) > 0 {
		r.list.Wrong = append(r.list.Wrong, wrong...)
		return
	}
	r.take(result, scale, score)
}

// consents reports whether somebody lets results be kept, here and as the list says.
func (r *instrumentReader) consents(row TableRow, person staff.PersonID) bool {
	_, says := r.columns["toestemming"]
	if said := fold(r.cell(row, "toestemming")); says && said != "ja" && said != "yes" {
		return false
	}
	return slices.ContainsFunc(r.office.Consents, func(c competences.Consent) bool { return c.Person == person && c.Stands(r.office.Today) })
}

// days reads when the instrument was taken, and the last day that the result is kept.
func (r *instrumentReader) days(row TableRow, at func(field, dutch, english string, values ...any)) (taken, ends calendar.Date) {
	taken, ok := readDate(r.cell(row, "afgenomen_op"), DayFirst)
	switch {
	case !ok:
		at("afgenomen_op", "Deze dag bestaat niet. Schrijf een dag zoals 23-11-2026.", "This day does not exist. Write a day such as 2026-11-23.")
		return 0, 0
	case taken > r.office.Today:
		at("afgenomen_op", "Deze dag moet nog komen. Kijk de cijfers na.", "This day has yet to come. Check the digits.")
		return 0, 0
	}
	var said calendar.Date
	if text := r.cell(row, "verwijderen_na"); text != "" {
		if said, ok = readDate(text, DayFirst); !ok {
			at("verwijderen_na", "Deze dag bestaat niet. Schrijf een dag zoals 23-11-2026, of laat dit leeg.", "This day does not exist. Write a day such as 2026-11-23, or leave this empty.")
			return taken, 0
		}
	}
	if ends = competences.KeptUntil(taken, said); ends < r.office.Today {
		at("verwijderen_na", "Deze uitslag mogen we niet meer bewaren: de termijn is voorbij. Haal de regel weg.", "This result may not be kept any more: its time is over. Remove the line.")
	}
	return taken, ends
}

// scale reads the scale and the score of a line. A scale that the office knows stays as it is.
func (r *instrumentReader) scale(row TableRow, at func(field, dutch, english string, values ...any)) (competences.Scale, competences.Score) {
	s := competences.Scale{
		Instrument: r.cell(row, "instrument"), Name: r.cell(row, "schaal"), Low: r.cell(row, "lage_pool"), High: r.cell(row, "hoge_pool"), Competence: competences.CompetenceID(r.cell(row, "competentie_id")),
	}
	numbers := [3]competences.Score{}
	read := true
	for i, field := range []string{"min", "max", "score"} {
		var ok bool
		if numbers[i], ok = readScore(r.cell(row, field)); !ok {
			at(field, "Dit is geen getal. Schrijf een getal zoals 7 of 6,5.", "This is no number. Write a number such as 7 or 6.5.")
			read = false
		}
	}
	if !read {
		return s, 0
	}
	s.Min, s.Max = numbers[0], numbers[1]
	known := slices.IndexFunc(r.scales, func(k competences.Scale) bool { return k.Instrument == s.Instrument && fold(k.Name) == fold(s.Name) })
	if known >= 0 {
		if k := r.scales[known]; k.Min != s.Min || k.Max != s.Max {
			from, fromEN := k.Min.Words()
			to, toEN := k.Max.Words()
			at("min", "Deze schaal loopt hier van %s. Kijk het bereik na.", "This scale goes from %s here. Check the range.", from+" tot en met "+to, fromEN+" to "+toEN)
		}
		s = r.scales[known]
	} else {
		if f := fault.Of(s.Check()); f != nil {
			columns := map[string]string{"scale": "schaal", "low": "lage_pool", "high": "hoge_pool"}
			for _, field := range f.Fields {
				at(cmp.Or(columns[field.Path], field.Path), "%s.", "%s.", upperFirst(field.Dutch), upperFirst(field.English))
			}
			return s, 0
		}
		if s.Competence != "" && !slices.ContainsFunc(r.office.Competences, func(c competences.Competence) bool { return c.ID == s.Competence }) {
			at("competentie_id", "Deze competentie is er niet. Schrijf een andere, of laat dit leeg.", "This competence is not there. Write another, or leave this empty.")
		}
	}
	if !s.Holds(numbers[2]) {
		at("score", "Deze score valt buiten de schaal. Kijk score, min en max na.", "This score is outside of the scale. Check score, min and max.")
	}
	return s, numbers[2]
}

// take adds a score to the result it belongs to, and a scale that is new.
func (r *instrumentReader) take(result competences.Result, scale competences.Scale, score competences.Score) {
	if !slices.Contains(r.scales, scale) {
		r.scales = append(r.scales, scale)
	}
	at := slices.IndexFunc(r.list.Results, func(known competences.Result) bool {
		return known.Person == result.Person && known.Instrument == result.Instrument && known.TakenOn == result.TakenOn
	})
	if at < 0 {
		at = len(r.list.Results)
		r.list.Results = append(r.list.Results, result)
	}
	known := &r.list.Results[at]
	known.EndsOn = min(known.EndsOn, result.EndsOn)
	known.Scores = append(known.Scores, competences.ScaleScore{Scale: scale.Name, Score: score})
	r.list.Scores++
}

var scoreForm = regexp.MustCompile(`^(-?)(\d{1,6})(?:[.,](\d{1,2}))?$`)

// readScore reads a number with at most two decimals, after a comma or a point.
func readScore(text string) (competences.Score, bool) {
	m := scoreForm.FindStringSubmatch(text)
	if m == nil {
		return 0, false
	}
	whole, _ := strconv.Atoi(m[2])
	part, _ := strconv.Atoi((m[3] + "00")[:2])
	score := competences.Score(100*whole + part)
	if m[1] != "" {
		score = -score
	}
	return score, true
}

// upperFirst begins a sentence.
func upperFirst(text string) string { return strings.ToUpper(text[:1]) + text[1:] }
