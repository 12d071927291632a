package api

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"maps"
	"net/http"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"bekwaam/courses/staff"
)

var update = flag.Bool("update", false, "write the golden files anew")

const golden = "testdata/openapi.golden.yaml"

func TestTheContractIsTheOneThatWasAgreed(t *testing.T) {
	w := newWorld(t)
	got := w.get("", "/openapi.yaml")
	if got.status != http.StatusOK {
		t.Fatalf("got %d: %s", got.status, got.body)
	}
	if *update {
		if err := os.WriteFile(golden, got.body, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatalf("%v; write it with: go test ./api -run TheContract -update", err)
	}
	if !bytes.Equal(got.body, want) {
		t.Errorf("the contract is not that of %s. Is that meant? Then: go test ./api -run TheContract -update", golden)
	}
}

// operations returns every operation with its permission.
func (w *world) operations() map[*huma.Operation]staff.Act {
	w.t.Helper()
	s := newServer(w.office, Config{Contact: contact})
	if err := s.build(http.NewServeMux(), Config{Contact: contact}); err != nil {
		w.t.Fatal(err)
	}
	all := make(map[*huma.Operation]staff.Act)
	for _, item := range s.api.OpenAPI().Paths {
		for _, op := range operationsOf(item) {
			act, _ := op.Extensions[permissionKey].(string)
			all[op] = staff.Act(act)
		}
	}
	return all
}

func TestEveryOperationSaysWhatItIsAndWhoMayDoIt(t *testing.T) {
	operations := newWorld(t).operations()
	if len(operations) < 25 {
		t.Errorf("there are %d operations", len(operations))
	}
	for op, act := range operations {
		if act != public && !slices.Contains(staff.Acts(), act) {
			t.Errorf("%s asks for permission %q", op.OperationID, act)
		}
		if act == public && op.OperationID != "get-verification" {
			t.Errorf("%s is open to anybody", op.OperationID)
		}
		if op.Summary == "" || op.Description == "" || len(op.Tags) != 1 || op.OperationID == "" {
			t.Errorf("%s %s says too little about itself", op.Method, op.Path)
		}
		for status, response := range op.Responses {
			for contentType, body := range response.Content {
				if body.Example == nil && contentType == problemType || body.Schema == nil {
					t.Errorf("%s: answer %s has no example or shape", op.OperationID, status)
				}
			}
		}
	}
}

func TestExamplesAreAsTheContractSays(t *testing.T) {
	w := newWorld(t)
	registry := func() huma.Registry {
		s := newServer(w.office, Config{})
		if err := s.build(http.NewServeMux(), Config{Contact: contact}); err != nil {
			t.Fatal(err)
		}
		return s.api.OpenAPI().Components.Schemas
	}()
	for op := range w.operations() {
		check := func(where string, content map[string]*huma.MediaType) {
			for contentType, body := range content {
				if body.Example == nil || contentType == markdownType {
					continue
				}
				var result huma.ValidateResult
				huma.Validate(registry, body.Schema, huma.NewPathBuffer(nil, 0), huma.ModeReadFromServer, body.Example, &result)
				if len(result.Errors) > 0 {
					t.Errorf("%s %s: %v", op.OperationID, where, result.Errors)
				}
			}
		}
		if op.RequestBody != nil {
			check("request", op.RequestBody.Content)
			if body := op.RequestBody.Content[jsonType]; body != nil && body.Example == nil {
				t.Errorf("%s: the request has no example", op.OperationID)
			}
		}
		for status, response := range op.Responses {
			check(status, response.Content)
		}
	}
}

func TestEveryNameInTheContractBeginsWithASmallLetter(t *testing.T) {
	var document struct {
		Paths      map[string]map[string]struct{ Parameters []*huma.Param }
		Components struct{ Schemas map[string]json.RawMessage }
	}
	if err := json.Unmarshal(newWorld(t).get("", "/openapi.json").body, &document); err != nil {
		t.Fatal(err)
	}
	small := regexp.MustCompile(`^[a-z]`)
	for path, operations := range document.Paths {
		for method, op := range operations {
			for _, p := range op.Parameters {
				if p.In == "query" && !small.MatchString(p.Name) {
					t.Errorf("%s %s has a parameter %s", method, path, p.Name)
				}
			}
		}
	}
	names := 0
	for shape, schema := range document.Components.Schemas {
		for _, name := range propertiesOf(t, schema) {
			names++
			if !small.MatchString(name) {
				t.Errorf("%s has a field %s", shape, name)
			}
		}
	}
	if names < 100 {
		t.Errorf("there are %d fields", names)
	}
}

// propertiesOf are the names of the fields of a schema and of those within it.
func propertiesOf(t *testing.T, schema json.RawMessage) []string {
	var s struct {
		Properties           map[string]json.RawMessage
		Items                json.RawMessage
		AdditionalProperties json.RawMessage
		OneOf                []json.RawMessage
	}
	if err := json.Unmarshal(schema, &s); err != nil && schema[0] == '{' { // additionalProperties may be false
		t.Fatal(err)
	}
	names := slices.Collect(maps.Keys(s.Properties))
	for _, inner := range slices.Concat(slices.Collect(maps.Values(s.Properties)), []json.RawMessage{s.Items, s.AdditionalProperties}, s.OneOf) {
		if inner != nil {
			names = append(names, propertiesOf(t, inner)...)
		}
	}
	return names
}

func TestTheServerDoesNotStartWhereNobodyIsAllowed(t *testing.T) {
	w := newWorld(t)
	for _, tt := range []struct {
		name       string
		extensions map[string]any
	}{
		{"an operation without a permission", nil},
		{"an operation with a permission that nobody knows", map[string]any{permissionKey: "courses.burn"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := newServer(w.office, Config{})
			api := humago.New(http.NewServeMux(), s.config(Config{}))
			huma.Register(api, huma.Operation{Method: "GET", Path: "/secrets", Extensions: tt.extensions}, func(context.Context, *struct{}) (*struct{}, error) { return nil, nil })
			if err := checkPermissions(api.OpenAPI()); err == nil {
				t.Error("the server starts")
			}
		})
	}
}

func TestTheServerDoesNotStartWithoutAContact(t *testing.T) {
	w := newWorld(t)
	if err := Register(http.NewServeMux(), w.office, Config{Contact: Contact{Name: "Functioneel beheer"}}); err == nil {
		t.Error("the server starts")
	}
}

func TestWhatAParticipantGetsWhileAnAttemptIsOpenHasNoPlaceForAnAnswer(t *testing.T) {
	forbidden := []string{"correct", "fraction", "feedback", "key", "solution", "explanation", "earned", "mark", "remarks"}
	for _, shape := range []reflect.Type{
		typeOf[openAttempt](), typeOf[attemptTime](), typeOf[savedAnswer](), typeOf[savedResult](), typeOf[problem](),
	} {
		walk(shape, map[reflect.Type]bool{}, func(of reflect.Type, field reflect.StructField) {
			name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
			if slices.Contains(forbidden, name) {
				t.Errorf("%s has a field %s, within %s", of, name, shape)
			}
		})
	}
}

// walk visits every field of a type and of the types within it.
func walk(t reflect.Type, seen map[reflect.Type]bool, visit func(reflect.Type, reflect.StructField)) {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Map:
		walk(t.Elem(), seen, visit)
	case reflect.Interface:
		if t.NumMethod() == 0 {
			visit(t, reflect.StructField{Tag: `json:"key"`}) // anything goes in there
		}
	case reflect.Struct:
		if seen[t] {
			return
		}
		seen[t] = true
		for i := range t.NumField() {
			visit(t, t.Field(i))
			walk(t.Field(i).Type, seen, visit)
		}
	}
}

func TestThePageShowsEveryOperationAndLoadsNothingFromElsewhere(t *testing.T) {
	w := newWorld(t)
	page := string(w.get("", "/docs").body)
	for op, act := range w.operations() {
		for _, wanted := range []string{`id="` + op.OperationID + `"`, "/v1" + op.Path, ">" + string(act) + "<"} {
			if !strings.Contains(page, wanted) {
				t.Errorf("the page does not show %s of %s", wanted, op.OperationID)
			}
		}
	}
	for _, unwanted := range []string{"<script", "<style", " style=", `src="`, "@import", "url("} {
		if strings.Contains(page, unwanted) || bytes.Contains(docsStyle, []byte(unwanted)) {
			t.Errorf("the page or its style has %q", unwanted)
		}
	}
	for file, contentType := range map[string]string{"docs.css": "text/css; charset=utf-8", "docs.svg": "image/svg+xml"} {
		got := w.get("", "/"+file)
		if got.status != http.StatusOK || got.header.Get("Content-Type") != contentType || !strings.Contains(page, `href="`+file+`"`) {
			t.Errorf("%s answers %d, %s, or the page does not ask for it", file, got.status, got.header.Get("Content-Type"))
		}
	}
}
