package web

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"slices"
	"strings"

	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
)

//go:embed templates/*.html
var templates embed.FS

// A view is a page with the type of what it shows.
type view[T any] struct {
	file   string
	layout layout
}

// A layout says how the frame of a page differs from the usual one.
type layout int

const (
	narrow layout = 1 << iota // a narrow column, for a page with one thing
	noMenu                    // no main menu, so that nothing leads away from a quiz
)

// declared are the files of all views; each is made when the program starts.
var declared []string

// declare makes a view of a file in templates, which defines "title" and "main".
func declare[T any](file string, layouts ...layout) view[T] {
	declared = append(declared, file)
	v := view[T]{file: file}
	for _, l := range layouts {
		v.layout |= l
	}
	return v
}

// show answers with the page.
func (w view[T]) show(v *visit, data T) error {
	return v.render(http.StatusOK, w.file, frame{layout: w.layout, Page: data})
}

// refuse answers with the page of a form that needs another look: what is wrong stands on top and at each field.
func (w view[T]) refuse(v *visit, data T, problems problems) error {
	return v.render(http.StatusUnprocessableEntity, w.file, frame{layout: w.layout, Page: data, Problems: problems})
}

// A problem is something a person must change in a form.
type problem struct {
	Field string // the id of the field
	Text  string
}

type problems []problem

// At returns what is wrong at a field; empty where nothing is.
func (p problems) At(field string) string {
	if at := slices.IndexFunc(p, func(p problem) bool { return p.Field == field }); at >= 0 {
		return p[at].Text
	}
	return ""
}

// pages are the templates by language and file.
type pages map[language]map[string]*template.Template

// readPages prepares every declared view in every language.
func readPages(static static) (pages, error) {
	files, err := fs.Glob(templates, "templates/[^_]*.html")
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		if name := strings.TrimPrefix(file, "templates/"); !slices.Contains(declared, name) {
			return nil, fmt.Errorf("%s is used by no page", file)
		}
	}
	all := make(pages)
	for _, lang := range languages {
		base, err := template.New("frame").Funcs(functions(lang, static)).ParseFS(templates, "templates/_*.html")
		if err != nil {
			return nil, err
		}
		all[lang] = make(map[string]*template.Template)
		for _, file := range declared {
			page, err := template.Must(base.Clone()).ParseFS(templates, "templates/"+file)
			if err != nil {
				return nil, err
			}
			for _, part := range []string{"title", "main"} {
				if page.Lookup(part) == nil {
					return nil, fmt.Errorf("%s defines no %q", file, part)
				}
			}
			all[lang][file] = page
		}
	}
	return all, nil
}

// functions are what templates can say beyond what a page holds. They are bound to the language of the page.
func functions(l language, static static) template.FuncMap {
	return template.FuncMap{
		"dutch":    func() bool { return l == dutch },
		"lang":     func() string { return string(l) },
		"say":      l.say,
		"count":    l.count,
		"date":     l.date,
		"weekday":  l.weekday,
		"clock":    l.clock,
		"day":      calendar.On,
		"minutes":  l.minutes,
		"issuer":   l.issuer,
		"static":   static.address,
		"markdown": markdown,
		"inline":   inline,
		"plain":    plain,
		"inc":      func(n int) int { return n + 1 },
	}
}

// A frame is what stands around every page.
type frame struct {
	layout
	Page     any
	Problems problems

	Municipality string
	Demo         bool
	Personas     []persona // whom one can be, in a demo
	Person       staff.PersonID
	Name         string
	Menu         []menuItem
	Part         []menuItem // the pages of the part of the site that this one is in
	PartName     string
	Messages     *menuItem // one's own messages; nil: none for the visitor
	Notice       string
	Other        string // the address of this page in the other language
}

// Narrow reports whether the page is a narrow column.
func (f frame) Narrow() bool { return f.layout&narrow != 0 }

// render writes a page: into memory first, so that an error half-way never sends half a page.
func (v *visit) render(status int, file string, f frame) error {
	if err := v.who(); err != nil {
		return err
	}
	f.Municipality = v.municipality
	f.Person, f.Name = v.actor.Person, v.profile.Name()
	f.Notice = v.sayNotice()
	if f.layout&noMenu == 0 {
		if err := v.addMenu(&f); err != nil {
			return err
		}
	}
	if f.Demo = v.demo; f.Demo {
		var err error
		if f.Personas, err = v.personas(); err != nil {
			return err
		}
	}
	return v.write(status, file, f)
}

// write fills in a template and sends it.
func (v *visit) write(status int, file string, f frame) error {
	page, ok := v.site.pages[v.language][file]
	if !ok {
		return fmt.Errorf("no page %s", file)
	}
	query := v.r.URL.Query()
	query.Set("lang", string(v.other()))
	f.Other = v.r.URL.EscapedPath() + "?" + query.Encode()
	var out bytes.Buffer
	if err := page.ExecuteTemplate(&out, "frame", f); err != nil {
		return err
	}
	h := v.w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Language", string(v.language))
	h.Set("Cache-Control", "no-store")
	v.w.WriteHeader(status)
	_, _ = out.WriteTo(v.w) // whoever went away misses nothing
	return nil
}
