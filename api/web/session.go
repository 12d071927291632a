package web

import (
	"net/http"
	"time"

	"bekwaam/api/auth"
)

// session is the secret of the session; empty where there is none.
func (v *visit) session() string { return auth.Session(v.r, v.site.office.URL()) }

// logIn gives the browser a session.
func (v *visit) logIn(secret string) { auth.Remember(v.w, v.site.office.URL(), secret) }

// forget takes the session from the browser.
func (v *visit) forget() { auth.Forget(v.w, v.site.office.URL()) }

// setCookie keeps a value in the browser; a negative time, of a second or more, deletes it.
func (v *visit) setCookie(name, value string, lasts time.Duration) {
	http.SetCookie(v.w, &http.Cookie{Name: name, Value: value, Path: "/", MaxAge: int(lasts / time.Second), HttpOnly: true, SameSite: http.SameSiteLaxMode,
		Secure: auth.Secure(v.site.office.URL())})
}
