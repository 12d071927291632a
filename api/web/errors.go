package web

import (
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"runtime/debug"

	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

var (
	noSuchPage    = fault.New(fault.NotFound, "Deze pagina bestaat niet, of je mag hem niet zien.", "This page does not exist, or you may not see it.")
	fromElsewhere = fault.New(fault.Forbidden, "Je browser zegt dat deze aanvraag van een andere website komt. Daarom is er niets gebeurd.", "Your browser says that this request comes from another website. Therefore nothing happened.")
	tooLarge      = fault.New(fault.Invalid, "Wat je verstuurde is te groot voor dit formulier.", "What you sent is too large for this form.").Because("too_large")
	logInFirst    = fault.New(fault.Unauthenticated, "Log eerst in.", "Log in first.")
)

var errorView = declare[errorPage]("error.html", narrow)

// An errorPage says what happened, what still works, and where to go.
type errorPage struct {
	Title     string
	Text      string   // what happened
	Fields    []string // what is wrong where
	Works     string   // what still works
	Link      string   // where to go
	LinkName  string
	Reference string // the same as in the log
}

// statuses are the answers to each kind of fault; anything else is our mistake.
var statuses = map[fault.Kind]int{
	fault.NotFound:        http.StatusNotFound,
	fault.Invalid:         http.StatusUnprocessableEntity,
	fault.Conflict:        http.StatusConflict,
	fault.Forbidden:       http.StatusForbidden,
	fault.Unauthenticated: http.StatusUnauthorized,
	fault.TooMany:         http.StatusTooManyRequests,
	fault.Unavailable:     http.StatusServiceUnavailable,
}

// fail answers an error: with the log-in page where nobody is logged in, with the first start where there is no
// installation yet, and else with a page that says what happened.
func (s *Site) fail(v *visit, err error) {
	kind := fault.KindOf(err)
	switch {
	case kind == fault.Unauthenticated:
		v.askWho()
		return
	case kind == fault.NotFound && v.municipality == "":
		s.firstStart(v)
		return
	}
	status, ok := statuses[kind]
	switch {
	case !ok:
		status = http.StatusInternalServerError
	case errors.Is(err, tooLarge):
		status = http.StatusRequestEntityTooLarge
	}
	page := v.explain(err, status)
	level := slog.LevelInfo
	if status >= http.StatusInternalServerError && v.ctx().Err() == nil { // who goes away causes no error
		level = slog.LevelError
	}
	s.log.Log(v.ctx(), level, "page", "reference", page.Reference, "status", status, "method", v.r.Method, "route", v.pattern, "err", err)
	if status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable {
		v.askPatience()
	}
	f := frame{layout: errorView.layout, Page: page}
	if err := v.render(status, errorView.file, f); err == nil {
		return
	}
	// Perhaps the database does not answer: the same page with nothing in it that is read from there.
	if err := v.write(status, errorView.file, f); err != nil {
		s.log.ErrorContext(v.ctx(), "error page", "reference", page.Reference, "err", err)
		http.Error(v.w, page.Title+" "+page.Reference, status)
	}
}

// askPatience tells browsers when it makes sense to try again.
func (v *visit) askPatience() { v.w.Header().Set("Retry-After", "60") }

// crashed answers a request in which the program broke down.
func (s *Site) crashed(v *visit, p any) {
	if p == http.ErrAbortHandler {
		panic(p)
	}
	s.fail(v, fmt.Errorf("panic: %v\n%s", p, debug.Stack()))
}

// explain puts an error in words.
func (v *visit) explain(err error, status int) errorPage {
	p := errorPage{Reference: rand.Text()[:8], Link: "/", LinkName: v.say("Naar het begin", "To the start")}
	if v.known() {
		p.Link, p.LinkName = v.own(), v.say("Naar je eigen begin", "To your own start")
	}
	switch status {
	case http.StatusNotFound:
		p.Title = v.say("Hier is niets", "There is nothing here")
		p.Works = v.say("Klopt het adres? De rest van de site werkt gewoon.", "Is the address right? The rest of the site works as usual.")
	case http.StatusUnprocessableEntity, http.StatusRequestEntityTooLarge:
		p.Title = v.say("Dit konden we niet verwerken", "We could not handle this")
		p.Works = v.say("Er is niets veranderd. Ga terug naar de vorige pagina en pas het aan.", "Nothing has changed. Go back to the page before and change it.")
	case http.StatusConflict:
		p.Title = v.say("Dit kan nu niet", "This cannot be done now")
		p.Works = v.say("Wat al bewaard was, is nog bewaard.", "What was saved is still saved.")
	case http.StatusForbidden:
		p.Title = v.say("Dit is niet voor jou", "This is not for you")
		p.Works = v.say("Je eigen pagina's werken gewoon.", "Your own pages work as usual.")
	case http.StatusTooManyRequests:
		p.Title = v.say("Even wachten", "Please wait")
		p.Works = v.say("Daarna werkt deze pagina weer.", "After that this page works again.")
	case http.StatusServiceUnavailable:
		p.Title = v.say("Dit werkt nu even niet", "This does not work right now")
		p.Works = v.say("Wat al bewaard was, is nog bewaard. Probeer het over een minuut opnieuw.", "What was saved is still saved. Try again in a minute.")
	default:
		p.Title = v.say("Er ging iets mis bij ons", "Something went wrong on our side")
		p.Text = v.say("Jij deed niets verkeerd. We kunnen deze pagina nu niet laten zien.", "You did nothing wrong. We cannot show this page now.")
		p.Works = v.say("Wat al bewaard was, is nog bewaard. Blijft dit gebeuren? Geef dan het nummer hieronder door aan je beheerder.", "What was saved is still saved. Does this keep happening? Give the number below to your administrator.")
		return p
	}
	if f := fault.Of(err); f != nil {
		p.Text = v.say(f.Dutch, f.English)
		if f.Reason == "no_consent" && v.actor.May(staff.RecordConsent) {
			p.Title, p.Link, p.LinkName = v.say("Nog niet aangezet", "Not switched on yet"), "/instemming", v.say("Leg de instemming vast", "Record the consent")
		}
		for _, field := range f.Fields {
			p.Fields = append(p.Fields, v.say(field.Dutch, field.English))
		}
	}
	return p
}

// askWho sends somebody who is not logged in to where they can be, and back here afterwards.
func (v *visit) askWho() {
	if v.r.PostForm.Has(versionField) {
		v.holdAnswer()
		return
	}
	to := "/inloggen"
	if v.demo {
		to = "/"
	}
	if v.r.Method == http.MethodGet {
		to += "?" + url.Values{"terug": {v.r.URL.EscapedPath()}}.Encode()
	}
	http.Redirect(v.w, v.r, to, http.StatusSeeOther)
}
