package web

import (
	"fmt"

	"bekwaam/courses/academy"
	"bekwaam/courses/competences"
	"bekwaam/courses/fault"
)

// importResultsPath is the page that brings in scores of instruments.
const importResultsPath = "/uitslagen-inlezen"

// An instrumentImportPage asks for a list of scores, tells what it brings in, and shows which scale tells of what.
type instrumentImportPage struct {
	Purpose  formField
	Example  bool
	Problem  string        // with the file
	Told     *importedTold // nil: no list was looked at
	Scales   []scaleShown
	Problems problems
}

// An importedTold is what a list brought in, or would: no names and no scores.
type importedTold struct {
	academy.InstrumentImport
	Taken bool // it came in
	Wrong []wrongLine
}

// A scaleShown is one scale with the competences to choose from.
type scaleShown struct {
	Field            string
	Instrument, Name string
	From, To         string
	Choices          []option
	Problem          string
}

var instrumentImportView = declare[instrumentImportPage]("instrument_import.html")

// importResults asks for a list of scores.
func (s *Site) importResults(v *visit) error {
	page, err := s.instrumentImportPage(v, competences.ForGrowth)
	if err != nil {
		return err
	}
	return instrumentImportView.show(v, page)
}

func (s *Site) instrumentImportPage(v *visit, purpose competences.Purpose) (page instrumentImportPage, err error) {
	page.Example = v.demo && len(s.scores) > 0
	var purposes []option
	for _, p := range competences.Purposes() {
		name, _ := v.purpose(p)
		purposes = append(purposes, option{Value: string(p), Name: name})
	}
	page.Purpose = formField{ID: "doel", Label: v.say("Waarvoor zijn deze uitslagen?", "What are these results for?"), Groups: []optionGroup{{"", choose(string(purpose), purposes...)}}}
	scales, err := s.office.InstrumentScales(v.ctx(), v.actor)
	if err != nil {
		return page, err
	}
	catalogue, err := s.office.Competences(v.ctx(), v.actor)
	if err != nil {
		return page, err
	}
	for i, scale := range scales {
		choices := []option{{Value: "", Name: v.say("zegt niets over een competentie", "tells of no competence")}}
		for _, c := range catalogue.Competences {
			choices = append(choices, option{Value: string(c.ID), Name: c.Name})
		}
		page.Scales = append(page.Scales, scaleShown{
			Field: fmt.Sprint("schaal-", i), Instrument: scale.Instrument, Name: scale.Name, From: v.both(scale.Min.Words()), To: v.both(scale.Max.Words()), Choices: choose(string(scale.Competence), choices...),
		})
	}
	return page, nil
}

// sendResults tells what a list of scores brings in, or brings it in. The list is not kept in between.
func (s *Site) sendResults(v *visit) error {
	content, err := v.readUpload("lijst", academy.MaxList)
	if err != nil {
		return err
	}
	ask := academy.InstrumentRequest{Content: content, Purpose: competences.Purpose(v.field("doel")), DryRun: v.field("doe") != "inlezen"}
	var told academy.InstrumentImport
	if err = noFile; len(content) > 0 {
		told, err = s.office.ImportResults(v.ctx(), v.actor, ask)
	}
	if err == nil && !ask.DryRun && len(told.Wrong) == 0 {
		return v.done("uitslagen", importResultsPath)
	}
	f := fault.Of(err)
	if err != nil && (f == nil || f.Kind != fault.Invalid) {
		return err
	}
	page, failed := s.instrumentImportPage(v, ask.Purpose)
	if failed != nil {
		return failed
	}
	if f != nil {
		page.Problem = v.say(f.Dutch, f.English)
		for _, field := range f.Fields {
			page.Problem += " " + field.Path + ": " + v.say(field.Dutch, field.English) + "."
		}
		page.Problems = problems{{"lijst", page.Problem}}
		return instrumentImportView.refuse(v, page, page.Problems)
	}
	page.Told = &importedTold{InstrumentImport: told, Taken: !ask.DryRun}
	for _, w := range told.Wrong {
		text := w.Path + ": " + v.say(w.Dutch, w.English)
		if last := len(page.Told.Wrong) - 1; last >= 0 && page.Told.Wrong[last].Line == w.Line {
			page.Told.Wrong[last].Texts = append(page.Told.Wrong[last].Texts, text)
			continue
		}
		page.Told.Wrong = append(page.Told.Wrong, wrongLine{w.Line, []string{text}})
	}
	return instrumentImportView.show(v, page)
}

// saveScales keeps of which competence each scale tells the aptitude.
func (s *Site) saveScales(v *visit) error {
	scales, err := s.office.InstrumentScales(v.ctx(), v.actor)
	if err != nil {
		return err
	}
	for i, scale := range scales {
		chosen := competences.CompetenceID(v.field(fmt.Sprint("schaal-", i)))
		if v.field(fmt.Sprint("naam-", i)) != scale.Instrument+" "+scale.Name || chosen == scale.Competence { // another list of scales than the visitor saw
			continue
		}
		scale.Competence = chosen
		if err := s.office.PutInstrumentScale(v.ctx(), v.actor, scale); err != nil {
			return err
		}
	}
	return v.done("schalen", importResultsPath)
}

// scoresExample is a list to try importing with, in a demo.
func (s *Site) scoresExample(v *visit) error {
	if !v.demo || len(s.scores) == 0 {
		return noSuchPage
	}
	return v.attach("voorbeeld-uitslagen.csv", s.scores)
}
