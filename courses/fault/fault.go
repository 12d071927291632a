// Package fault sorts errors by what the reader of the error can do about it.
//
// It is a leaf: it imports nothing of ours. A fault carries one sentence for people, in Dutch and in English;
// whatever caused it is kept for the log and never shown.
package fault

import (
	"errors"
	"fmt"
	"slices"
)

// A Kind says what somebody can do about an error. The zero Kind is Internal: nothing, it is our mistake.
type Kind int

const (
	Internal        Kind = iota // a mistake of ours; only the log knows more
	NotFound                    // it does not exist, or it is not yours to see
	Invalid                     // the input is wrong; Fields say where
	Conflict                    // the state of things does not allow it now
	Forbidden                   // you may not do this
	Unauthenticated             // we do not know who you are
	TooMany                     // try again later
	Unavailable                 // the installation cannot do this at the moment
)

// An Error is a fault that may be shown to people.
type Error struct {
	Kind    Kind
	Dutch   string  // one sentence in Dutch, without values that were put in
	English string  // the same sentence in English
	Reason  string  // a word for programs such as attempts_exhausted; may be empty
	Fields  []Field // what is wrong where, for Invalid
	Cause   error   // for the log only
}

// A Field is one thing that is wrong in the input.
type Field struct {
	Path    string // where: "goals[2].text", "regel 41"
	Dutch   string
	English string
}

// New makes a fault with its sentence in Dutch and in English.
func New(kind Kind, dutch, english string) *Error {
	return &Error{Kind: kind, Dutch: dutch, English: english}
}

// Because returns a copy of e with a reason that programs can read.
func (e Error) Because(reason string) *Error {
	e.Reason = reason
	return &e
}

// From returns a copy of e that remembers its cause for the log.
func (e Error) From(cause error) *Error {
	e.Cause = cause
	return &e
}

// At returns a copy of e that also says what is wrong in one place of the input.
func (e Error) At(path, dutch, english string) *Error {
	e.Fields = append(e.Fields[:len(e.Fields):len(e.Fields)], Field{path, dutch, english})
	return &e
}

// With returns a copy of e with the fields of another fault too. What e says of a place comes first, and is enough.
func (e Error) With(other error) *Error {
	if f := Of(other); f != nil {
		for _, field := range f.Fields {
			if !slices.ContainsFunc(e.Fields, func(known Field) bool { return known.Path == field.Path }) {
				e = *e.At(field.Path, field.Dutch, field.English)
			}
		}
	}
	return &e
}

// In says in which file an error is: every field of a fault names it, and the text of any other error.
func In(file string, err error) error {
	f := Of(err)
	if f == nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	named := *f
	named.Fields = slices.Clone(f.Fields)
	for i := range named.Fields {
		named.Fields[i].Path = file + ", " + named.Fields[i].Path
	}
	return &named
}

// Error is the English sentence with its fields and cause: for logs and terminals, not for answers to clients.
func (e *Error) Error() string {
	text := e.English
	for _, f := range e.Fields {
		text += fmt.Sprintf("\n  %s: %s", f.Path, f.English)
	}
	if e.Cause != nil {
		text += ": " + e.Cause.Error()
	}
	return text
}

func (e *Error) Unwrap() error { return e.Cause }

// Is makes errors.Is(err, fault.New(kind, "", "")) ask for the kind, and for the reason where the target has one.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Kind == e.Kind && (t.Reason == "" || t.Reason == e.Reason)
}

// KindOf returns the kind of the first fault in err's chain; Internal where there is none.
func KindOf(err error) Kind {
	if e := Of(err); e != nil {
		return e.Kind
	}
	return Internal
}

// Of returns the first fault in err's chain, or nil.
func Of(err error) *Error {
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return nil
}
