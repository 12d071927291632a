package exchange

import (
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"bekwaam/courses"
	"bekwaam/courses/calendar"
)

// Bounds of one piece of YAML, which is one question or the data of the course. The parser takes time and memory that
// grow faster than its input does, so a file is never parsed as a whole.
const (
	mostBytes  = 64 << 10
	mostTokens = 4096
	mostDepth  = 8  // of brackets within brackets
	mostColumn = 40 // where a field or the dash of a list may stand outside brackets
)

// parse reads one piece of YAML; false where it is not plain YAML. Its nodes know their lines in the file.
func (m *mistakes) parse(b block) (ast.Node, bool) {
	text := strings.Join(b.lines, "\n")
	if len(text) > mostBytes {
		m.wrong(b.start(), tooMuch)
		return nil, false
	}
	tokens := lexer.Tokenize(text)
	if len(tokens) > mostTokens {
		m.wrong(b.start(), tooMuch)
		return nil, false
	}
	for _, t := range tokens {
		t.Position.Line += b.first - 1
	}
	if !m.allow(tokens) {
		return nil, false
	}
	file, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
	if err != nil || len(file.Docs) != 1 {
		m.wrong(b.lineOf(err), badYAML)
		return nil, false
	}
	return file.Docs[0].Body, true
}

// lineOf is the line that a mistake of the parser is about, or the first line of the block where it does not say.
func (b block) lineOf(err error) int {
	var syntax *yaml.SyntaxError
	if errors.As(err, &syntax) && syntax.Token != nil {
		return min(max(syntax.Token.Position.Line, b.first), b.first+len(b.lines)-1)
	}
	return b.start()
}

// allow reports whether a piece of YAML uses only what course files need, and no deeper than they need it.
func (m *mistakes) allow(tokens token.Tokens) bool {
	depth := 0
	for i, t := range tokens {
		column := 0
		switch t.Type {
		case token.AnchorType, token.AliasType, token.MergeKeyType, token.TagType, token.DirectiveType, token.MappingKeyType:
			m.wrong(t.Position.Line, tricky)
			return false
		case token.SequenceStartType, token.MappingStartType:
			depth++
		case token.SequenceEndType, token.MappingEndType:
			depth = max(depth-1, 0)
		case token.SequenceEntryType:
			column = t.Position.Column
		case token.MappingValueType:
			column = tokens[max(i-1, 0)].Position.Column
		}
		if depth > mostDepth || depth == 0 && column > mostColumn {
			m.wrong(t.Position.Line, tooDeep)
			return false
		}
	}
	return true
}

// A field is a named value of the file, or one item of a list, under the name of the list. The zero field stands for
// one that is not there; it reads as the zero value of any kind.
type field struct {
	name  string
	line  int
	value ast.Node
}

// empty reports whether a field says nothing: it has no value, or a text of nothing but white space.
func (f field) empty() bool {
	text, ok := content(f.value)
	return f.value == nil || f.value.Type() == ast.NullType || ok && strings.TrimSpace(text) == ""
}

// content returns the text of a node that holds text.
func content(n ast.Node) (text string, ok bool) {
	switch n := n.(type) {
	case *ast.StringNode:
		return n.Value, true
	case *ast.LiteralNode:
		return n.Value.Value, true
	}
	return "", false
}

// A record is a set of fields.
type record struct {
	*mistakes
	line   int
	fields map[string]field // those that are not empty
	all    []field          // in the order of the file
}

// record reads the fields of a value; false where it has none.
func (m *mistakes) record(f field) (record, bool) {
	r := record{m, f.line, map[string]field{}, nil}
	mapping, ok := f.value.(*ast.MappingNode)
	if !ok {
		m.wrong(f.line, notFields)
		return r, false
	}
	lines := make(map[string]int, len(mapping.Values))
	for _, pair := range mapping.Values {
		one := field{line: pair.Key.GetToken().Position.Line, value: pair.Value}
		if key, ok := pair.Key.(*ast.StringNode); ok {
			one.name = key.Value
			if first, ok := lines[one.name]; ok {
				m.wrong(one.line, twice, first)
				continue
			}
			lines[one.name] = one.line
		}
		r.all = append(r.all, one)
		if !one.empty() {
			r.fields[one.name] = one
		}
	}
	return r, true
}

// only refuses all other fields.
func (r record) only(names ...string) {
	for _, f := range r.all {
		if !slices.Contains(names, f.name) {
			r.wrong(f.line, unknown, strings.Join(names, ", "))
		}
	}
}

// require refuses a record that says nothing in one of these fields.
func (r record) require(names ...string) {
	for _, name := range names {
		f, ok := r.fields[name]
		switch value := f.value.(type) {
		case *ast.SequenceNode:
			ok = len(value.Values) > 0
		case *ast.MappingNode:
			ok = len(value.Values) > 0
		}
		if !ok {
			r.wrong(max(r.line, f.line), missing, name)
		}
	}
}

// list returns the items of a list; not nil where the list is there but empty.
func (m *mistakes) list(f field) []field {
	if f.value == nil {
		return nil
	}
	sequence, ok := f.value.(*ast.SequenceNode)
	if !ok {
		m.wrong(f.line, notList, f.name)
		return nil
	}
	items := []field{}
	for _, value := range sequence.Values {
		line := f.line
		if value != nil {
			line = value.GetToken().Position.Line
		}
		items = append(items, field{f.name, line, value})
	}
	return items
}

// collect reads each item of a list; nil where there is no list.
func collect[T any](items []field, read func(field) T) []T {
	if items == nil {
		return nil
	}
	values := []T{}
	for _, item := range items {
		values = append(values, read(item))
	}
	return values
}

// records returns the items of a list of at least so many records; those that are none are left out.
func (m *mistakes) records(f field, least int) []record {
	items := m.list(f)
	if 0 < len(items) && len(items) < least {
		m.wrong(f.line, tooFew, f.name, least)
	}
	var records []record
	for _, item := range items {
		if r, ok := m.record(item); ok {
			records = append(records, r)
		}
	}
	return records
}

// words reads a text; false where the field is not there or holds none.
func (m *mistakes) words(f field) (text string, ok bool) {
	if f.value == nil {
		return "", false
	}
	text, ok = content(f.value)
	if !ok || !utf8.ValidString(text) || !printable(text) {
		m.wrong(f.line, notText, f.name)
		return "", false
	}
	return text, true
}

func (m *mistakes) markdown(f field) courses.Markdown {
	text, _ := m.words(f)
	return courses.Markdown(text)
}

func (m *mistakes) oneLine(f field) string {
	text, _ := m.words(f)
	if strings.Contains(text, "\n") {
		m.wrong(f.line, notOneLine, f.name)
	}
	return text
}

var idForm = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$`)

func (m *mistakes) id(f field) string {
	id, ok := m.words(f)
	if ok && !idForm.MatchString(id) {
		m.wrong(f.line, notID, f.name)
	}
	return id
}

// newID reads an id that may not be taken yet, and takes it.
func (m *mistakes) newID(f field, taken map[string]int) string {
	id := m.id(f)
	switch first, ok := taken[id]; {
	case !ok || id == "":
	case m.parts == nil:
		m.wrong(f.line, sameID, first)
	default:
		m.wrong(f.line, usedID, m.place(first))
	}
	taken[id] = f.line
	return id
}

var wholeForm = regexp.MustCompile(`^(0|-?[1-9][0-9]{0,8})$`)

func (m *mistakes) whole(f field, from, to int) int {
	if f.value == nil {
		return 0
	}
	written, number := f.value.GetToken().Value, 0
	ok := f.value.Type() == ast.IntegerType && wholeForm.MatchString(written)
	if ok {
		number, _ = strconv.Atoi(written) // the form allows no other
	}
	if !ok || number < from || number > to {
		m.wrong(f.line, notWhole, f.name, from, to)
	}
	return number
}

// YAML reads 010 and 1_0 in ways that people do not.
var decimalForm = regexp.MustCompile(`^[-+]?(0|[1-9][0-9]*)?(\.[0-9]*)?([eE][-+]?[0-9]+)?$`)

func (m *mistakes) decimal(f field) courses.Decimal {
	if f.value == nil {
		return ""
	}
	written := f.value.GetToken().Value
	number, err := courses.ParseDecimal(written)
	isNumber := f.value.Type() == ast.IntegerType || f.value.Type() == ast.FloatType
	if err != nil || !isNumber || !decimalForm.MatchString(written) {
		m.wrong(f.line, notDecimal, f.name)
	}
	return number
}

func (m *mistakes) truth(f field) bool {
	if f.value == nil {
		return false
	}
	truth, ok := f.value.(*ast.BoolNode)
	if !ok {
		m.wrong(f.line, notTruth, f.name)
		return false
	}
	return truth.Value
}

func (m *mistakes) date(f field) calendar.Date {
	if f.value == nil {
		return 0
	}
	text, _ := content(f.value)
	date, err := calendar.Parse(text)
	if err != nil {
		m.wrong(f.line, notDate, f.name)
	}
	return date
}

// choice reads one of a few words.
func choice[T ~string](m *mistakes, f field, of ...T) T {
	if f.value == nil {
		return ""
	}
	text, _ := content(f.value)
	if !slices.Contains(of, T(text)) {
		var words []string
		for _, word := range of {
			words = append(words, string(word))
		}
		m.wrong(f.line, notChoice, f.name, strings.Join(words, ", "))
		return ""
	}
	return T(text)
}
