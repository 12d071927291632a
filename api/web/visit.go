package web

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"bekwaam/api/auth"
	"bekwaam/courses/academy"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

// A visit is one request with what is known of whoever makes it.
type visit struct {
	site *Site
	w    http.ResponseWriter
	r    *http.Request

	language
	moment       academy.Moment
	municipality string          // empty while there is no installation
	demo         bool            // the installation is a demo
	actor        staff.Actor     // the zero Actor: nobody is logged in
	profile      academy.Profile // of the actor; read by whoever needs it with who
	notice       notice          // what the page before did; said once
	pattern      string          // of the route, for the log: an address may hold a secret
}

// ctx is the context of the request.
func (v *visit) ctx() context.Context { return v.r.Context() }

// known reports whether somebody is logged in.
func (v *visit) known() bool { return v.actor.Person != "" }

// maxForm is the size of the largest form: a quiz on one page with long texts is far below it.
const maxForm = 256 << 10

// serve makes the handler of a route: it finds out who visits, lets them in or not, and makes a page of any error.
func (s *Site) serve(rt route) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		v := &visit{site: s, w: w, r: r, language: languageOf(r), pattern: rt.pattern}
		defer func() {
			if p := recover(); p != nil {
				s.crashed(v, p)
			}
		}()
		err := v.arrive()
		if err == nil {
			err = v.admit(rt.act)
		}
		if err == nil {
			err = rt.handle(v)
		}
		if err != nil {
			s.fail(v, err)
		}
	}
}

// arrive reads the request and who makes it.
func (v *visit) arrive() (err error) {
	v.keepLanguage()
	if v.r.Method == http.MethodPost {
		if err := v.readForm(); err != nil {
			return err
		}
	}
	installation, err := v.site.office.Installation(v.ctx())
	if err != nil {
		return err
	}
	v.municipality, v.demo = installation.Municipality, installation.Kind == academy.Demo
	if v.moment, err = v.site.office.Now(v.ctx()); err != nil {
		return err
	}
	v.notice = v.readNotice()
	actor, err := auth.Browser(v.r, v.site.office)
	if fault.KindOf(err) == fault.Unauthenticated {
		return nil
	}
	if err != nil {
		return err
	}
	v.actor = actor
	return nil
}

// who reads the profile of whoever is logged in, once: what only saves an answer needs none.
func (v *visit) who() (err error) {
	if v.known() && v.profile.ID == "" {
		v.profile, err = v.site.office.Me(v.ctx(), v.actor)
	}
	return err
}

// admit lets somebody in who may do an act.
func (v *visit) admit(act staff.Act) error {
	switch {
	case act == anybody:
		return nil
	case !v.known():
		return logInFirst
	}
	return v.actor.Allow(act, staff.Subject{})
}

var unreadable = fault.New(fault.Invalid, "We konden dit formulier niet lezen. Ga terug en probeer het opnieuw.", "We could not read this form. Go back and try again.")

// readForm reads a form of a sensible size in readable characters.
func (v *visit) readForm() error {
	if strings.HasPrefix(v.r.Header.Get("Content-Type"), "multipart/") {
		return nil // a file: its page reads that, once it is known who sends it
	}
	v.r.Body = http.MaxBytesReader(v.w, v.r.Body, maxForm)
	if err := v.r.ParseForm(); err != nil {
		if over := new(http.MaxBytesError); errors.As(err, &over) {
			return tooLarge.From(err)
		}
		return unreadable.From(err)
	}
	for _, values := range v.r.PostForm {
		for _, value := range values {
			if !utf8.ValidString(value) || strings.ContainsRune(value, 0) {
				return unreadable
			}
		}
	}
	return nil
}

// field is a value of the form that was sent, without spaces around it.
func (v *visit) field(name string) string { return strings.TrimSpace(v.r.PostForm.Get(name)) }

// query is a value of the address, without spaces around it; empty where it holds what no page can show.
func (v *visit) query(name string) string {
	value := strings.TrimSpace(v.r.URL.Query().Get(name))
	if !utf8.ValidString(value) || strings.ContainsRune(value, 0) {
		return ""
	}
	return value
}

// own is the page where somebody begins: Mijn scholing, or the courses for an administrator who works elsewhere.
func (v *visit) own() string {
	if v.known() && !v.actor.May(staff.ReadDuties) {
		return "/cursussen"
	}
	return "/mijn-scholing"
}

// redirect sends the browser to another page of ours.
func (v *visit) redirect(path string) error {
	http.Redirect(v.w, v.r, path, http.StatusSeeOther)
	return nil
}

// back is the page where somebody wanted to be before they logged in: a path of ours, or other where it is not.
func back(path, other string) string {
	u, err := url.Parse(path)
	if err != nil || u.IsAbs() || u.Host != "" || u.User != nil || !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || strings.ContainsAny(path, "\\\r\n\t") {
		return other
	}
	return path
}
