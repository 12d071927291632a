package exchange

import (
	"cmp"
	"fmt"
	"slices"

	"bekwaam/courses/fault"
)

// A sentence tells an author what to do, in Dutch and in English. Both take the same arguments in the same order: names
// of fields and line numbers, never something that the file says.
type sentence struct{ dutch, english string }

var (
	tooLarge      = sentence{"Maak het bestand kleiner: het mag hoogstens 1 MB zijn.", "Make the file smaller: it may be at most 1 MB."}
	notUTF8       = sentence{"Bewaar het bestand als UTF-8: hier staat een teken dat geen UTF-8 is.", "Save the file as UTF-8: here is a character that is not UTF-8."}
	controlled    = sentence{"Haal het besturingsteken weg. Het kan ook een teken zijn dat de leesrichting omkeert.", "Remove the control character. It may also be one that turns the direction of reading around."}
	noFrontmatter = sentence{"Begin het bestand met een regel --- en sluit de gegevens van de cursus met nog zo'n regel.", "Start the file with a line --- and close the data of the course with another such line."}
	strayText     = sentence{"Zet deze tekst in een les, onder een kop ## Les 1: titel.", "Put this text in a lesson, below a heading ## Les 1: title."}
	wrongHeading  = sentence{"Schrijf deze kop als ## Les %d: titel, of als ## Vragen. Gebruik ### voor een kop binnen een les.", "Write this heading as ## Les %d: title, or as ## Vragen. Use ### for a heading within a lesson."}
	emptyLesson   = sentence{"Schrijf tekst onder de kop van deze les.", "Write text below the heading of this lesson."}
	openFence     = sentence{"Sluit het codeblok dat hier begint.", "Close the code block that begins here."}
	noLessons     = sentence{"Schrijf minstens één les, onder een kop ## Les 1: titel.", "Write at least one lesson, below a heading ## Les 1: title."}
	noQuestions   = sentence{"Zet onder de kop ## Vragen een blok dat begint met ```yaml questions en eindigt met ```, met minstens één vraag.", "Put below the heading ## Vragen a block that begins with ```yaml questions and ends with ```, with at least one question."}
	afterQuiz     = sentence{"Haal deze tekst weg: onder ## Vragen staat alleen het blok met vragen.", "Remove this text: below ## Vragen there is only the block with questions."}
	notAQuestion  = sentence{"Begin elke vraag met een streepje en een spatie, even ver ingesprongen: - id: …", "Start each question with a dash and a space, equally indented: - id: …"}

	badYAML    = sentence{"Dit is geen goede YAML. Kijk naar inspringen, aanhalingstekens, haakjes en dubbele punten.", "This is not correct YAML. Look at indentation, quotes, brackets and colons."}
	tricky     = sentence{"Gebruik hier alleen gewone YAML: geen ankers (&), verwijzingen (*, <<), labels (!), richtlijnen (%%) of vraagtekens (?) voor een veld.", "Use only plain YAML here: no anchors (&), aliases (*, <<), tags (!), directives (%%) or question marks (?) before a field."}
	tooMuch    = sentence{"Splits dit: er staat te veel in één vraag of in de gegevens van de cursus.", "Split this: there is too much in one question or in the data of the course."}
	tooDeep    = sentence{"Gebruik minder haakjes binnen haakjes.", "Use fewer brackets within brackets."}
	notFields  = sentence{"Schrijf hier velden, als naam: waarde.", "Write fields here, as name: value."}
	unknown    = sentence{"Haal dit veld weg: het hoort hier niet. Wel mag: %s.", "Remove this field: it does not belong here. These do: %s."}
	twice      = sentence{"Haal dit veld weg: het staat ook al op regel %d.", "Remove this field: it is already on line %d."}
	missing    = sentence{"Vul het veld %s in.", "Fill in the field %s."}
	notText    = sentence{"Schrijf in het veld %s een tekst, zonder besturingstekens.", "Write text in the field %s, without control characters."}
	notOneLine = sentence{"Schrijf in het veld %s één regel tekst.", "Write one line of text in the field %s."}
	tooLong    = sentence{"Schrijf in het veld %s antwoorden van hoogstens %d tekens.", "Write in the field %s answers of at most %d characters."}
	notList    = sentence{"Schrijf in het veld %s een lijst.", "Write a list in the field %s."}
	tooFew     = sentence{"Schrijf in het veld %s minstens %d onderdelen.", "Write in the field %s at least %d items."}
	notID      = sentence{"Gebruik in het veld %s alleen letters, cijfers, punt, streepje en liggend streepje, hoogstens 64, te beginnen met een letter of cijfer.", "Use only letters, digits, point, dash and underscore in the field %s, at most 64, starting with a letter or digit."}
	sameID     = sentence{"Kies een ander id: dit staat ook al op regel %d.", "Choose another id: this one is already on line %d."}
	usedID     = sentence{"Kies een ander id: dit is al van %s.", "Choose another id: this one is already that of %s."}
	notWhole   = sentence{"Schrijf in het veld %s een geheel getal van %d tot en met %d.", "Write in the field %s a whole number from %d to %d."}
	notDecimal = sentence{"Schrijf in het veld %s een getal met hoogstens 18 cijfers voor en 18 na de punt, zonder aanhalingstekens.", "Write a number in the field %s with at most 18 digits before and 18 behind the point, without quotes."}
	negative   = sentence{"Schrijf in het veld %s een getal van 0 of meer.", "Write a number of 0 or more in the field %s."}
	notTruth   = sentence{"Schrijf in het veld %s true of false.", "Write true or false in the field %s."}
	notDate    = sentence{"Schrijf in het veld %s een datum die bestaat, zoals 2026-11-23.", "Write a date that exists in the field %s, such as 2026-11-23."}
	notChoice  = sentence{"Kies voor het veld %s een van: %s.", "Choose one of these for the field %s: %s."}
	notCode    = sentence{"Schrijf in het veld %s een taalcode, zoals nl of en.", "Write a language code in the field %s, such as nl or en."}

	deltaOnly     = sentence{"Haal het veld delta weg, of kies kind: delta.", "Remove the field delta, or choose kind: delta."}
	noBase        = sentence{"Vul het veld base_course in: zonder basiscursus vervangt de delta geen lessen.", "Fill in the field base_course: without a base course the delta replaces no lessons."}
	drawTooMany   = sentence{"Schrijf in het veld draw hoogstens het aantal vragen: %d.", "Write at most the number of questions in the field draw: %d."}
	unknownGoal   = sentence{"Kies voor het veld goal het id van een leerdoel uit goals.", "Choose the id of a goal from goals for the field goal."}
	oneCorrect    = sentence{"Zet bij precies één optie correct: true.", "Put correct: true at exactly one option."}
	someCorrect   = sentence{"Zet bij minstens één optie correct: true.", "Put correct: true at at least one option."}
	emptyAccept   = sentence{"Schrijf in het veld %s antwoorden die na normaliseren niet leeg zijn.", "Write answers in the field %s that are not empty after normalising."}
	unknownLeft   = sentence{"Gebruik in het veld %s alleen ids uit left.", "Use only ids from left in the field %s."}
	unknownRight  = sentence{"Gebruik in het veld pairs na de dubbele punt alleen ids uit right.", "Use only ids from right in the field pairs, behind the colon."}
	unpaired      = sentence{"Geef in het veld pairs elk id uit left een id uit right.", "Give each id from left an id from right in the field pairs."}
	gapNotInText  = sentence{"Zet dit gat precies één keer in het veld text, als {{id}}.", "Put this gap in the field text exactly once, as {{id}}."}
	gapNotInGaps  = sentence{"Beschrijf elk gat uit het veld text in het veld gaps.", "Describe each gap of the field text in the field gaps."}
	mistakesFound = sentence{"Verbeter de cursus op de genoemde plaatsen.", "Correct the course at the places mentioned."}
)

// mostMistakes is how many mistakes one reading reports; who has more will read the file again anyway.
const mostMistakes = 100

// A mistake is one sentence about one line of the file.
type mistake struct {
	line int
	fault.Field
}

// mistakes collects what is wrong in one file.
type mistakes struct {
	found []mistake
	parts []string // of a file that was written from a course: what each line tells of, such as "questions[2].options"
}

// place is where a line stands: its number, or the part of the course that it was written from.
func (m *mistakes) place(line int) string {
	if m.parts == nil {
		return fmt.Sprintf("regel %d", line)
	}
	return m.parts[min(line, len(m.parts))-1]
}

// wrong adds a mistake, unless there are far more than will be reported.
func (m *mistakes) wrong(line int, s sentence, args ...any) {
	if len(m.found) >= 10*mostMistakes {
		return
	}
	m.found = append(m.found, mistake{line, fault.Field{
		Path:    m.place(line),
		Dutch:   fmt.Sprintf(s.dutch, args...),
		English: fmt.Sprintf(s.english, args...),
	}})
}

// fault returns one fault with all mistakes in the order of their lines, or nil where there are none.
func (m mistakes) fault() error {
	if len(m.found) == 0 {
		return nil
	}
	slices.SortStableFunc(m.found, func(a, b mistake) int { return cmp.Compare(a.line, b.line) })
	f := fault.New(fault.Invalid, mistakesFound.dutch, mistakesFound.english).Because("course_file")
	for _, one := range m.found[:min(len(m.found), mostMistakes)] {
		f.Fields = append(f.Fields, one.Field)
	}
	return f
}
