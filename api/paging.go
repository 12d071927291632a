package api

import (
	"encoding/base64"
	"slices"

	"bekwaam/courses/fault"
)

// A Page asks for a part of a list.
type Page struct {
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50" doc:"How many items at most."`
	Cursor string `query:"cursor" maxLength:"400" doc:"Where to go on: next of the answer before."`
}

// A list is a part of a list.
type list[T any] struct {
	Items []T    `json:"items" doc:"The items."`
	Next  string `json:"next,omitempty" doc:"The cursor of what comes after; absent where nothing does."`
}

// turn returns the part of all that a page asks for. keyOf names an item; the cursor is the name of the last one before.
func turn[T any](all []T, p Page, keyOf func(T) string) (list[T], error) {
	start := 0
	if p.Cursor != "" {
		last, err := base64.RawURLEncoding.DecodeString(p.Cursor)
		at := slices.IndexFunc(all, func(item T) bool { return keyOf(item) == string(last) })
		if err != nil || at < 0 {
			return list[T]{}, wrongCursor()
		}
		start = at + 1
	}
	end := min(start+p.Limit, len(all))
	part := list[T]{Items: append([]T{}, all[start:end]...)}
	if end < len(all) {
		part.Next = base64.RawURLEncoding.EncodeToString([]byte(keyOf(all[end-1])))
	}
	return part, nil
}

// turnOf is turn where read reads only what comes after an item (empty: from the start) and says whether more follows.
// fault.NotFound of it means that there is no such item.
func turnOf[T any](p Page, read func(after string) ([]T, bool, error), keyOf func(T) string) (list[T], error) {
	after, err := base64.RawURLEncoding.DecodeString(p.Cursor)
	if err != nil {
		return list[T]{}, wrongCursor()
	}
	items, more, err := read(string(after))
	switch {
	case p.Cursor != "" && fault.KindOf(err) == fault.NotFound:
		return list[T]{}, wrongCursor()
	case err != nil:
		return list[T]{}, err
	}
	part := list[T]{Items: append([]T{}, items...)}
	if more {
		part.Next = base64.RawURLEncoding.EncodeToString([]byte(keyOf(items[len(items)-1])))
	}
	return part, nil
}

func wrongCursor() error {
	return invalid("query.cursor", "begin opnieuw, zonder cursor", "begin anew, without a cursor")
}

// convert writes the items of a list in another shape.
func convert[T, U any](from list[T], shape func(T) U) list[U] {
	to := list[U]{Items: make([]U, len(from.Items)), Next: from.Next}
	for i, item := range from.Items {
		to.Items[i] = shape(item)
	}
	return to
}
