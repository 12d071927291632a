package api

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"html/template"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

var (
	//go:embed docs.html
	docsPage string
	//go:embed docs.css
	docsStyle []byte
	//go:embed docs.svg
	docsIcon []byte

	docsTemplate = template.Must(template.New("docs").Funcs(template.FuncMap{"anchor": anchor}).Parse(docsPage))
)

// A docsView is the document as the page shows it.
type docsView struct {
	*huma.OpenAPI
	Chapters []docsChapter
	Shapes   []docsShape
}

// A docsChapter is the operations of one tag.
type docsChapter struct {
	*huma.Tag
	Operations []docsOperation
}

// A docsOperation is one operation.
type docsOperation struct {
	*huma.Operation
	Permission string
	Parameters []*huma.Param
	Bodies     []docsBody
	Answers    []docsAnswer
}

// A docsBody is a body in one content type.
type docsBody struct {
	ContentType string
	Shape       docsType
	Example     string
}

// A docsAnswer is an answer with one status.
type docsAnswer struct {
	Status, Description string
	Headers             []string
	Bodies              []docsBody
}

// A docsShape is a named schema.
type docsShape struct {
	Name   string
	Fields []docsField
}

// A docsField is one field of a shape.
type docsField struct {
	Name, Description string
	Type              docsType
	Required          bool
	Values            []any
}

// A docsType is a type in words, with the shapes it names.
type docsType struct {
	Words  string
	Shapes []string
}

// drawDocs makes the page of the document.
func drawDocs(document *huma.OpenAPI) ([]byte, error) {
	view := docsView{OpenAPI: document}
	for _, tag := range document.Tags {
		view.Chapters = append(view.Chapters, docsChapter{tag, operationsTagged(document, tag.Name)})
	}
	schemas := document.Components.Schemas.Map()
	for _, name := range slices.Sorted(maps.Keys(schemas)) {
		view.Shapes = append(view.Shapes, docsShape{name, fieldsOfSchema(schemas[name])})
	}
	var page bytes.Buffer
	err := docsTemplate.Execute(&page, view)
	return page.Bytes(), err
}

// methods in the order in which the page shows them.
var methods = []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodHead, http.MethodOptions, http.MethodTrace}

func operationsTagged(document *huma.OpenAPI, tag string) []docsOperation {
	var found []docsOperation
	for _, path := range slices.Sorted(maps.Keys(document.Paths)) {
		of := operationsOf(document.Paths[path])
		for _, method := range methods {
			if op := of[method]; op != nil && slices.Contains(op.Tags, tag) {
				found = append(found, docsOperationOf(document, op))
			}
		}
	}
	return found
}

func docsOperationOf(document *huma.OpenAPI, op *huma.Operation) docsOperation {
	d := docsOperation{Operation: op}
	d.Permission, _ = op.Extensions[permissionKey].(string)
	for _, p := range op.Parameters {
		if name, ok := strings.CutPrefix(p.Ref, "#/components/parameters/"); ok {
			p = document.Components.Parameters[name]
		}
		d.Parameters = append(d.Parameters, p)
	}
	if op.RequestBody != nil {
		d.Bodies = bodiesOf(op.RequestBody.Content)
	}
	for _, status := range slices.Sorted(maps.Keys(op.Responses)) {
		response := op.Responses[status]
		d.Answers = append(d.Answers, docsAnswer{status, response.Description, slices.Sorted(maps.Keys(response.Headers)), bodiesOf(response.Content)})
	}
	return d
}

func bodiesOf(content map[string]*huma.MediaType) []docsBody {
	var bodies []docsBody
	for _, contentType := range slices.Sorted(maps.Keys(content)) {
		body := docsBody{ContentType: contentType, Shape: typeInWords(content[contentType].Schema)}
		switch example := content[contentType].Example.(type) {
		case nil:
		case string:
			body.Example = example
		default:
			written, err := json.MarshalIndent(example, "", "  ")
			if err != nil { // impossible: it was read from JSON
				continue
			}
			body.Example = string(written)
		}
		bodies = append(bodies, body)
	}
	return bodies
}

func fieldsOfSchema(schema *huma.Schema) []docsField {
	var fields []docsField
	for _, name := range slices.Sorted(maps.Keys(schema.Properties)) {
		property := schema.Properties[name]
		fields = append(fields, docsField{name, property.Description, typeInWords(property), slices.Contains(schema.Required, name), valuesOf(property)})
	}
	return fields
}

func valuesOf(schema *huma.Schema) []any {
	if schema.Items != nil {
		return schema.Items.Enum
	}
	return schema.Enum
}

// typeInWords says what a value looks like: "list of Duty", "text (date) or null".
func typeInWords(schema *huma.Schema) docsType {
	switch {
	case schema == nil:
		return docsType{}
	case schema.Ref != "":
		name := schema.Ref[strings.LastIndex(schema.Ref, "/")+1:]
		return docsType{Shapes: []string{name}}
	case len(schema.OneOf) > 0:
		var either docsType
		for _, one := range schema.OneOf {
			part := typeInWords(one)
			either.Shapes = append(either.Shapes, part.Shapes...)
			if part.Words != "" {
				either.Words = strings.TrimPrefix(either.Words+" or "+part.Words, " or ")
			}
		}
		return either
	case schema.Type == huma.TypeArray:
		of := typeInWords(schema.Items)
		of.Words = strings.TrimSpace("list of " + of.Words)
		return of
	case schema.Type == huma.TypeObject:
		return docsType{Words: "object"}
	case schema.Type == "":
		return docsType{Words: "any"}
	}
	words := map[string]string{huma.TypeString: "text", huma.TypeInteger: "whole number", huma.TypeNumber: "number", huma.TypeBoolean: "true or false"}[schema.Type]
	if schema.Format == "date" || schema.Format == "date-time" || schema.Format == "binary" {
		words += " (" + schema.Format + ")"
	}
	if schema.Nullable {
		words += " or null"
	}
	return docsType{Words: words}
}

// anchor names a place on the page.
func anchor(kind, name string) string { return kind + "-" + name }
