package api

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"

	"bekwaam/api/auth"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

// public is the permission of an operation that asks nobody who they are.
const public staff.Act = "public"

// permissionKey is where the document says which permission an operation asks.
const permissionKey = "x-permission"

// An operation is one thing that can be asked, with all that the document tells about it.
type operation struct {
	huma.Operation
	permission staff.Act
	request    string // an example of the body, in JSON
	response   string // an example of the answer, in JSON
	conflict   string // an example of a refusal with 409, in JSON; may be empty
}

// A caller is whoever makes a request, and the language they read.
type caller struct {
	staff.Actor
	english bool
	unknown []error // query parameters that the operation does not have
}

// say chooses between two languages.
func (c caller) say(dutch, english string) string {
	if c.english {
		return english
	}
	return dutch
}

type callerKey struct{}

// callerOf returns the caller of a request that was admitted.
func callerOf(ctx context.Context) caller {
	c, _ := ctx.Value(callerKey{}).(caller)
	return c
}

// The refusals that an operation may give beside its own. 422 and 500 are huma's to add.
var (
	alwaysRefused   = []int{http.StatusBadRequest, http.StatusServiceUnavailable}
	strangerRefused = []int{http.StatusUnauthorized, http.StatusForbidden}                     // where we must know who is calling
	bodyRefused     = []int{http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType} // where there is a body
)

// declare registers an operation. Its handler gets the caller as an argument, and whatever error it returns becomes a
// problem document.
func declare[I, O any](s *server, o operation, handle func(context.Context, caller, *I) (*O, error)) {
	op := o.Operation
	op.Errors = append(op.Errors, alwaysRefused...)
	op.Extensions = map[string]any{permissionKey: string(o.permission)}
	op.Parameters = append(op.Parameters, &huma.Param{Ref: "#/components/parameters/" + languageParameter})
	if o.permission != public {
		op.Errors = append(op.Errors, strangerRefused...)
		op.Security = []map[string][]string{{bearerScheme: {}}}
	}
	if op.MaxBodyBytes > 0 {
		op.Errors = append(op.Errors, bodyRefused...)
	}
	o.exemplify(&op)
	huma.Register(s.api, op, func(ctx context.Context, in *I) (*O, error) {
		c := callerOf(ctx)
		if len(c.unknown) > 0 {
			return nil, ofHuma(c, http.StatusUnprocessableEntity, "", c.unknown)
		}
		out, err := handle(ctx, c, in)
		if err != nil {
			return nil, s.problem(ctx, c, err)
		}
		return out, nil
	})
	if o.conflict != "" {
		op.Responses[strconv.Itoa(http.StatusConflict)].Content[problemType].Example = example(o.conflict)
	}
}

// exemplify puts the examples in the document.
func (o operation) exemplify(op *huma.Operation) {
	if o.request != "" {
		if op.RequestBody == nil {
			op.RequestBody = &huma.RequestBody{Content: map[string]*huma.MediaType{}}
		}
		if op.RequestBody.Content["application/json"] == nil {
			op.RequestBody.Content["application/json"] = &huma.MediaType{}
		}
		op.RequestBody.Content["application/json"].Example = example(o.request)
	}
	if o.response == "" {
		return
	}
	status := strconv.Itoa(max(op.DefaultStatus, http.StatusOK))
	if op.Responses == nil {
		op.Responses = map[string]*huma.Response{}
	}
	if op.Responses[status] == nil {
		op.Responses[status] = &huma.Response{Content: map[string]*huma.MediaType{"application/json": {}}}
	}
	op.Responses[status].Content["application/json"].Example = example(o.response)
}

// example reads an example written in this package; a mistake in it stops the start.
func example(text string) any {
	var value any
	if err := json.Unmarshal([]byte(text), &value); err != nil {
		panic(fmt.Sprintf("api: an example is no JSON: %v: %s", err, text))
	}
	return value
}

// admit finds out who is calling and lets nobody in who may not do the operation at all. Whether they may do it about
// this person or thing is for the office to say.
func (s *server) admit(ctx huma.Context, next func(huma.Context)) {
	c := caller{english: prefersEnglish(ctx.Header("Accept-Language"))}
	err := readable(ctx.URL())
	act, _ := ctx.Operation().Extensions[permissionKey].(string)
	if permission := staff.Act(act); err == nil && permission != public {
		if c.Actor, err = auth.Program(ctx.Context(), s.office, ctx.Header("Authorization")); err == nil {
			err = c.Allow(permission, staff.Subject{})
		}
	}
	if err != nil {
		s.refuse(ctx, c, err)
		return
	}
	c.unknown = unknownParameters(ctx.Operation(), ctx.URL())
	next(huma.WithValue(ctx, callerKey{}, c))
}

// unknownParameters are the query parameters that an operation does not have. huma can refuse them too, but says then
// nothing of what else is wrong.
func unknownParameters(op *huma.Operation, address url.URL) []error {
	var unknown []error
	for _, name := range slices.Sorted(maps.Keys(address.Query())) {
		if !slices.ContainsFunc(op.Parameters, func(p *huma.Param) bool { return p.In == "query" && p.Name == name }) {
			unknown = append(unknown, &huma.ErrorDetail{Location: "query." + name, Message: unknownParameter})
		}
	}
	return unknown
}

var unreadable = fault.New(fault.Invalid, "Dit adres bevat tekens die niet mogen.", "This address has characters that are not allowed.")

// readable refuses an address with characters that no key of ours has and no database stores.
func readable(address url.URL) error {
	query, err := url.QueryUnescape(address.RawQuery)
	if err != nil || !clean(address.Path) || !clean(query) {
		return unreadable
	}
	return nil
}

func clean(text string) bool { return utf8.ValidString(text) && !strings.ContainsRune(text, 0) }

// checkPermissions fails where an operation does not declare who may do it, or names an act that nobody knows.
func checkPermissions(document *huma.OpenAPI) error {
	acts := staff.Acts()
	for path, item := range document.Paths {
		for method, op := range operationsOf(item) {
			act, _ := op.Extensions[permissionKey].(string)
			if permission := staff.Act(act); permission != public && !slices.Contains(acts, permission) {
				return fmt.Errorf("%s %s names no permission that exists: %q", method, path, act)
			}
		}
	}
	return nil
}

// operationsOf returns the operations at one path by their method.
func operationsOf(item *huma.PathItem) map[string]*huma.Operation {
	found := make(map[string]*huma.Operation)
	for method, op := range map[string]*huma.Operation{
		http.MethodGet: item.Get, http.MethodPut: item.Put, http.MethodPost: item.Post, http.MethodDelete: item.Delete, http.MethodPatch: item.Patch,
		http.MethodHead: item.Head, http.MethodOptions: item.Options, http.MethodTrace: item.Trace,
	} {
		if op != nil {
			found[method] = op
		}
	}
	return found
}
