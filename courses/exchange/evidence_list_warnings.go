package exchange

import (
	"fmt"
	"slices"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

// Warn warns of what the schemes would say otherwise of the lines that are good and not known yet, each after the period
// before it, of those that people have and those of the list: a line comes in as it stands unless somebody decides otherwise.
func (l EvidenceList) Warn(schemes map[certificates.SchemeKey]certificates.Scheme, periods []certificates.Period) error {
	type file struct {
		person staff.PersonID
		scheme certificates.SchemeKey
	}
	files := make(map[file][]certificates.Period, len(periods))
	for _, p := range periods {
		files[file{p.Person, p.Scheme}] = append(files[file{p.Person, p.Scheme}], p)
	}
	for _, i := range l.fresh() {
		r := &l.Rows[i]
		of, scheme := file{r.Person, r.Scheme}, schemes[r.Scheme]
		var last *certificates.Period
		for _, p := range files[of] {
			if p.CompletedOn < r.AchievedOn && (last == nil || p.CompletedOn > last.CompletedOn) {
				last = &p
			}
		}
		period, err := scheme.TakeOver(last, r.AchievedOn, r.ValidUntil)
		if err != nil {
			return err
		}
		files[of] = append(files[of], period)
		doubt, day, err := scheme.Doubt(last, period)
		if err != nil {
			return err
		}
		if doubt != "" {
			r.Warnings = []fault.Field{l.warning(doubt, r.ValidUntil, day)}
		}
	}
	return nil
}

// warning says what a scheme would say otherwise: until is the end in the list, day what the scheme says.
func (l EvidenceList) warning(doubt certificates.Doubt, until, day calendar.Date) fault.Field {
	dutch, english := until.Dutch(), until.English()
	if until.IsZero() {
		dutch, english = "geen einddatum", "no end date"
	}
	switch doubt {
	case certificates.DoubtEarly:
		return fault.Field{Path: l.column(FieldAchieved),
			Dutch:   fmt.Sprintf("Dit is te vroeg: vernieuwen telt volgens de regeling pas vanaf %s.", day.Dutch()),
			English: fmt.Sprintf("This is too early: under the scheme renewing counts from %s only.", day.English())}
	case certificates.DoubtTerm:
		return fault.Field{Path: l.column(FieldUntil, FieldAchieved),
			Dutch:   fmt.Sprintf("De regeling kent geen termijn: wat je haalt, blijft geldig. Hier staat: %s.", dutch),
			English: fmt.Sprintf("The scheme has no term: what is achieved stays valid. Here stands: %s.", english)}
	}
	return fault.Field{Path: l.column(FieldUntil, FieldAchieved),
		Dutch:   fmt.Sprintf("De regeling rekent een ander einde uit: %s. Hier staat: %s.", day.Dutch(), dutch),
		English: fmt.Sprintf("The scheme reckons another end: %s. Here stands: %s.", day.English(), english)}
}

// column names the column of the first of some fields that has one.
func (l EvidenceList) column(fields ...ColumnField) string {
	for _, f := range fields {
		if at := slices.Index(l.Mapping.Columns, f); at >= 0 {
			return l.Table.ColumnName(at)
		}
	}
	return ""
}

// Warned counts the lines with a warning.
func (l EvidenceList) Warned() int {
	n := 0
	for _, r := range l.Rows {
		if len(r.Warnings) > 0 {
			n++
		}
	}
	return n
}
