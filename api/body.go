package api

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"
)

// Bodies larger than this are refused with 413.
const (
	answersBody = 64 << 10
	courseBody  = 1<<20 + 64<<10 // a course file of 1 MiB, and what JSON needs beside it
)

// deepest is how many brackets may stand within brackets. Nothing of ours needs more than eight.
const deepest = 32

var (
	errTooDeep = errors.New("too deep")
	errNUL     = errors.New("a NUL")
)

// bodyFaults are what a body can suffer from that is not a mistake in one field, by the message of the error.
var bodyFaults = map[string]struct {
	status int
	sentence
}{
	errTooDeep.Error(): {http.StatusBadRequest, sentence{"De inhoud heeft te veel haakjes binnen haakjes.", "The body has too many brackets within brackets."}},
	errNUL.Error():     {http.StatusUnprocessableEntity, sentence{"De inhoud bevat een NUL-teken. Dat kan niet worden bewaard.", "The body has a NUL character. That cannot be stored."}},
}

// formats is JSON, read strictly.
var formats = map[string]huma.Format{"application/json": strictJSON, "json": strictJSON}

var strictJSON = huma.Format{
	Marshal: func(w io.Writer, v any) error {
		encoder := json.NewEncoder(w)
		encoder.SetEscapeHTML(false)
		return encoder.Encode(v)
	},
	Unmarshal: readJSON,
}

// readJSON reads a body. huma reads each one twice, first into any to check it: then we look at what no schema can say.
func readJSON(body []byte, into any) error {
	value, first := into.(*any)
	if first && !utf8.Valid(body) {
		return errors.New("not UTF-8") // encoding/json would put another character in its place
	}
	if err := json.Unmarshal(body, into); err != nil || !first {
		return err
	}
	return sound(*value, 0)
}

// sound looks through a value for what cannot be stored and for depth without an end.
func sound(value any, depth int) error {
	if depth > deepest {
		return errTooDeep
	}
	switch value := value.(type) {
	case string:
		if !clean(value) {
			return errNUL
		}
	case []any:
		for _, v := range value {
			if err := sound(v, depth+1); err != nil {
				return err
			}
		}
	case map[string]any:
		for name, v := range value {
			if !clean(name) {
				return errNUL
			}
			if err := sound(v, depth+1); err != nil {
				return err
			}
		}
	}
	return nil
}
