package web

import (
	"bytes"
	"html/template"
	"slices"
	"strings"

	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"bekwaam/courses"
)

// converter writes CommonMark with tables as HTML. HTML in the text is left out: goldmark does so unless told otherwise.
var converter = goldmark.New(goldmark.WithExtensions(extension.Table), goldmark.WithParserOptions(parser.WithASTTransformers(util.Prioritized(headings{}, 0))))

// headings makes the headings of a text follow the h1 of its page: the highest is an h2 and no level is skipped.
type headings struct{}

func (headings) Transform(doc *ast.Document, _ text.Reader, _ parser.Context) {
	var above []int // the levels, as they were written, of the headings that the next one stands below
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if h, ok := n.(*ast.Heading); ok && entering {
			above = append(slices.DeleteFunc(above, func(level int) bool { return level >= h.Level }), h.Level)
			h.Level = min(1+len(above), 6)
		}
		return ast.WalkContinue, nil
	}) // which fails only where the function does
}

// allowed is all the HTML that a text of an author can become: no images, for they could come from another host, and no
// attributes but the address of a link.
var allowed = func() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "br", "hr", "em", "strong", "code", "pre", "blockquote", "ul", "ol", "li", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td")
	p.AllowAttrs("href").OnElements("a")
	p.AllowURLSchemes("https", "http", "mailto")
	p.AllowRelativeURLs(true)
	p.RequireNoReferrerOnLinks(true)
	return p
}()

// markdown writes a text of an author as HTML that is safe in a page.
func markdown(source courses.Markdown) (template.HTML, error) {
	var out bytes.Buffer
	if err := converter.Convert([]byte(source), &out); err != nil {
		return "", err
	}
	return template.HTML(allowed.SanitizeBytes(out.Bytes())), nil // sanitised the moment before
}

// inlineAllowed is what may stand within a line: in a label or a button there are no paragraphs and no links.
var inlineAllowed = bluemonday.NewPolicy().AllowElements("em", "strong", "code", "br")

// inline is markdown without paragraphs, for the text of an option.
func inline(source courses.Markdown) (template.HTML, error) {
	var out bytes.Buffer
	if err := converter.Convert([]byte(source), &out); err != nil {
		return "", err
	}
	lines := strings.ReplaceAll(strings.TrimSpace(out.String()), "</p>\n<p>", "<br>")
	return template.HTML(strings.TrimSpace(inlineAllowed.Sanitize(lines))), nil // sanitised the moment before
}
