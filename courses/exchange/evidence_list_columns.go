package exchange

import (
	"cmp"
	"slices"
	"strings"

	"bekwaam/courses/staff"
)

// columnWords are the words above a column that tell what it says, the most telling first.
var columnWords = map[ColumnField][]string{
	FieldNumber:   {"pers nr", "persnr", "personeelsn", "personeelsnr", "medewerkern", "medewerkernr", "mdw nr", "stamn", "employee number", "employee id", "employee no", "staff no", "staff id", "staff number", "personnel", "pers", "nummer", "nr", "id"},
	FieldFirst:    {"voornaam", "voornamen", "roepnaam", "voorletters", "initialen", "first name", "given name", "firstname", "initials"},
	FieldInfix:    {"tussenvoegsel", "voorvoegsel", "tussenv", "infix"},
	FieldName:     {"medewerker", "achternaam", "naam", "employee", "surname", "last name", "lastname", "name", "collega", "cursist", "deelnemer", "persoon", "participant"},
	FieldScheme:   {"certific", "diploma", "opleiding", "cursus", "training", "course", "regeling", "kwalificatie", "qualification", "verklaring", "scholing", "soort", "onderwerp", "titel", "title", "omschrijving"},
	FieldUntil:    {"geldig t", "geldig tot", "geldig", "verloopt", "verloop", "vervalt", "verval", "einddatum", "eind", "expir", "valid", "t m", "tot", "end"},
	FieldAchieved: {"gehaald", "behaald", "afgerond", "examendatum", "examen", "achieved", "completed", "passed", "uitgifte", "afgifte", "issued", "datum", "date", "dd"},
	FieldSource:   {"bewijs", "gezien", "evidence", "proof", "source", "bron", "wijze"},
}

// A columnGuess is how well a column suits a field.
type columnGuess struct {
	column int
	field  ColumnField
	score  float64
}

// guessColumns works out what each column says, by what stands above it and by what stands in it.
func guessColumns(t Table, people peopleFinder, speller speller) []ColumnField {
	var guesses []columnGuess
	for i := range t.Columns {
		content := contentOf(t, i, people, speller)
		for _, f := range ColumnFields() {
			guesses = append(guesses, columnGuess{i, f, headerScore(t.Columns[i], f) + content[f]})
		}
	}
	slices.SortStableFunc(guesses, func(a, b columnGuess) int { return cmp.Compare(b.score, a.score) })
	columns, taken := make([]ColumnField, len(t.Columns)), make(map[ColumnField]bool)
	const enough = 1
	for _, g := range guesses {
		if g.score >= enough && columns[g.column] == FieldNone && !taken[g.field] {
			columns[g.column], taken[g.field] = g.field, true
		}
	}
	return columns
}

// headerScore tells how well the words above a column suit a field, from 0 to 2.
func headerScore(header string, f ColumnField) float64 {
	header = spellingKey(header)
	for i, word := range columnWords[f] {
		late := float64(i) / float64(len(columnWords[f]))
		switch {
		case header == word:
			return 2 - late/2
		case len(word) > 2 && strings.HasPrefix(header, word), len(word) > 3 && strings.Contains(header, word):
			return 1.7 - late/2
		case strings.Contains(" "+header+" ", " "+word+" "):
			return 1.2 - late/2
		}
	}
	return 0
}

// looked is how many lines are looked at to guess what a column says.
const looked = 200

// contentOf tells how well what stands in a column suits each field. What is against a field counts more than any words
// above it.
func contentOf(t Table, column int, people peopleFinder, speller speller) map[ColumnField]float64 {
	n, dates, numbers, names, schemes := 0.0, 0.0, 0.0, 0.0, 0.0
	for _, row := range t.Rows {
		cell := row.Cells[column]
		if row.Aside != "" || cell == "" || n == looked {
			continue
		}
		n++
		if _, ok := readDate(cell, DayFirst); ok || looksLikeDate(cell) {
			dates++
		}
		numbers += one(people.byNumber(cell))
		names += one(people.byName(cell))
		if key, _ := speller.read(spellingKey(cell)); key != "" {
			schemes++
		}
	}
	if n == 0 {
		return nil
	}
	const against = -3
	score := map[ColumnField]float64{FieldNumber: 2 * numbers / n, FieldName: 2 * names / n, FieldScheme: 2 * schemes / n, FieldAchieved: dates / n, FieldUntil: dates / n * 0.99}
	if dates/n > 0.5 {
		for _, f := range []ColumnField{FieldNumber, FieldName, FieldFirst, FieldInfix, FieldScheme, FieldSource} {
			score[f] = against
		}
		if numbers/n > 0.5 { // a number that may be a day as Excel counts them
			score[FieldNumber] = 2 * numbers / n
		}
	} else {
		score[FieldAchieved] = against
		if dates/n < 0.1 { // of most things nobody knows an end
			score[FieldUntil] = against
		}
	}
	return score
}

// one is 1 for exactly one person.
func one(found []staff.Person) float64 {
	if len(found) == 1 {
		return 1
	}
	return 0
}
