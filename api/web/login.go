package web

import (
	"net/http"
	"time"

	"bekwaam/api/auth"
	"bekwaam/courses/fault"
)

// From one network address this many wrong passwords can be tried in a row, and then one every six seconds. A whole office
// may share an address, so right ones do not count.
const (
	logInsAtOnce = 10
	logInEvery   = 6 * time.Second
)

// A logInPage asks who somebody is.
type logInPage struct {
	Name     string // as it was typed
	Return   string
	Problems problems
}

var logInView = declare[logInPage]("login.html", narrow)

// askLogIn shows the form; in a demo one chooses who to be instead.
func (s *Site) askLogIn(v *visit) error {
	switch {
	case v.demo:
		return v.redirect("/")
	case v.known():
		return v.redirect(v.own())
	}
	return logInView.show(v, logInPage{Return: back(v.query("terug"), "")})
}

// logInWithPassword starts a session for whoever has this name and password.
func (s *Site) logInWithPassword(v *visit) error {
	if v.demo {
		return v.redirect("/")
	}
	page := logInPage{Name: v.field("naam"), Return: back(v.field("terug"), "")}
	forget, err := s.logIns.Try(auth.Address(v.r), v.moment.Real)
	if err != nil {
		page.Problems = problems{{"naam", v.say("Er is te vaak een verkeerd wachtwoord ingevuld. Probeer het over een minuut opnieuw.", "A wrong password was entered too often. Try again in a minute.")}}
		v.askPatience()
		return v.render(http.StatusTooManyRequests, logInView.file, frame{layout: logInView.layout, Page: page, Problems: page.Problems})
	}
	secret, err := s.office.LogIn(v.ctx(), page.Name, v.r.PostForm.Get("wachtwoord"))
	if f := fault.Of(err); f != nil && f.Kind == fault.Unauthenticated {
		page.Problems = problems{{"naam", v.say(f.Dutch, f.English)}}
		return logInView.refuse(v, page, page.Problems)
	}
	if err != nil {
		return err
	}
	forget()
	if err := v.logOut(); err != nil {
		return err
	}
	v.logIn(secret)
	return v.redirect(back(page.Return, "/"))
}

// leave ends the session.
func (s *Site) leave(v *visit) error {
	if err := v.logOut(); err != nil {
		return err
	}
	return v.done("afgemeld", "/")
}

// logOut makes the session of the browser useless, where there is one.
func (v *visit) logOut() error {
	secret := v.session()
	if secret == "" || !v.known() {
		return nil
	}
	v.forget()
	return v.site.office.Revoke(v.ctx(), secret)
}
