package api

import (
	"encoding/base64"
	"slices"
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
			return list[T]{}, invalid("query.cursor", "begin opnieuw, zonder cursor", "begin anew, without a cursor")
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

// convert writes the items of a list in another shape.
func convert[T, U any](from list[T], shape func(T) U) list[U] {
	to := list[U]{Items: make([]U, len(from.Items)), Next: from.Next}
	for i, item := range from.Items {
		to.Items[i] = shape(item)
	}
	return to
}
