package api

import (
	"github.com/danielgtaylor/huma/v2"

	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
)

// A date is a civil date in JSON: "2026-11-23". The empty date is none.
type date string

// Schema describes a date.
func (date) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Format: "date", Examples: []any{"2026-11-23"}}
}

// dateOf writes a date.
func dateOf(d calendar.Date) date { return date(d.String()) }

// dates are some civil dates in JSON.
type dates []date

// Schema describes dates. The design rules ask the format of the list itself too.
func (dates) Schema(r huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeArray, Format: "date", Items: date("").Schema(r)}
}

// datesOf writes dates.
func datesOf(days []calendar.Date) dates {
	var written dates
	for _, d := range days {
		written = append(written, dateOf(d))
	}
	return written
}

// orNull writes a date that may be none as null.
func orNull(d calendar.Date) *date {
	if d.IsZero() {
		return nil
	}
	written := dateOf(d)
	return &written
}

// readOrNone reads a date that may be null or absent.
func readOrNone(d *date, place string) (calendar.Date, error) {
	if d == nil {
		return 0, nil
	}
	return d.read(place)
}

// read reads a date, none where it is empty; fault.Invalid, which names the place, where it is no date that exists.
func (d date) read(place string) (calendar.Date, error) {
	if d == "" {
		return 0, nil
	}
	day, err := calendar.Parse(string(d))
	if err != nil {
		return 0, invalid(place, "schrijf een datum die bestaat, zoals 2026-11-23", "write a date that exists, such as 2026-11-23")
	}
	return day, nil
}

// invalid says what is wrong in one place of the request.
func invalid(place, dutch, english string) *fault.Error {
	return badRequest.At(place, dutch, english)
}

// within says of what is wrong where in the request it stands.
func within(place string, err error) error {
	f := fault.Of(err)
	if f == nil || len(f.Fields) == 0 {
		return err
	}
	told := *f
	told.Fields = make([]fault.Field, len(f.Fields))
	for i, field := range f.Fields {
		told.Fields[i] = fault.Field{Path: place + field.Path, Dutch: field.Dutch, English: field.English}
	}
	return &told
}

var badRequest = fault.New(fault.Invalid, "Er klopt iets niet in het verzoek. Kijk bij errors wat en waar.", "Something in the request is not right. See errors for what and where.")
