package web

import (
	"strings"
	"unicode"

	"bekwaam/courses/fault"
)

// A formField is one field of a long form, as the template "field" shows it. Its id is the place that a fault names.
type formField struct {
	ID      string
	Label   string
	Hint    string
	Value   string
	Problem string
	Type    string // of an input: "text", "date"
	Class   string // "kort", "lang"
	Focus   bool   // begin here
	Groups  []optionGroup
}

// An optionGroup holds choices of a list; with an empty name they stand in no group.
type optionGroup struct {
	Name    string
	Options []option
}

// An option is one choice of a list.
type option struct {
	Value, Name string
	Chosen      bool
}

// choose marks the option with a value.
func choose(value string, options ...option) []option {
	for i, o := range options {
		options[i].Chosen = o.Value == value
	}
	return options
}

// fieldID makes the id of a field of the place that a fault names: components[0].title is components-0-title.
func fieldID(path string) string {
	return strings.NewReplacer("[", "-", "]", "", ".", "-").Replace(path)
}

// problemsOf tells what is wrong with a form, in its summary on top. label names a field where the words themselves do not:
// those begin with a small letter.
func (v *visit) problemsOf(err error, label func(id string) string) problems {
	f := fault.Of(err)
	if f == nil || f.Kind != fault.Invalid {
		return nil
	}
	var found problems
	for _, field := range f.Fields {
		id := fieldID(field.Path)
		text := v.say(field.Dutch, field.English)
		if name := label(id); name != "" && unicode.IsLower([]rune(text)[0]) {
			text = name + ": " + text
		}
		found = append(found, problem{id, text})
	}
	return found
}
