package auth

import (
	"net/http"
	"strings"
	"time"

	"bekwaam/courses/academy"
)

// Session returns the secret of the session cookie; empty where the browser sent none. publicURL is the address of the
// installation: a cookie that came over http is never believed on https.
func Session(r *http.Request, publicURL string) string {
	cookie, err := r.Cookie(cookieName(publicURL))
	if err != nil {
		return ""
	}
	return cookie.Value
}

// Remember gives the browser a session. The browser never shows it to scripts, nor sends it along when another site
// makes it send a form.
func Remember(w http.ResponseWriter, publicURL, secret string) {
	http.SetCookie(w, sessionCookie(publicURL, secret, academy.SessionLength))
}

// Forget takes the session away from the browser. The office still has to revoke it.
func Forget(w http.ResponseWriter, publicURL string) {
	http.SetCookie(w, sessionCookie(publicURL, "", -time.Second))
}

func sessionCookie(publicURL, secret string, lasts time.Duration) *http.Cookie {
	return &http.Cookie{
		Name: cookieName(publicURL), Value: secret, Path: "/", MaxAge: int(lasts / time.Second),
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: Secure(publicURL),
	}
}

// cookieName is the name that browsers accept only from this very host over https, or a plain one where there is no https.
func cookieName(publicURL string) string {
	if Secure(publicURL) {
		return "__Host-bekwaam"
	}
	return "bekwaam"
}

// Secure reports whether an installation is reached over https, so that its cookies never travel otherwise.
func Secure(publicURL string) bool { return strings.HasPrefix(publicURL, "https://") }
