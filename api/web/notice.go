package web

import "time"

// A notice is what a page says once of what the page before did, in a word.
type notice string

// notices are the words of each; add yours here and end a POST with v.done.
var notices = map[notice][2]string{
	"afgemeld":        {"Je bent uitgelogd.", "You are logged out."},
	"verborgen":       {"De controlepagina van dit certificaat staat uit.", "The public page of this certificate is off."},
	"zichtbaar":       {"De controlepagina van dit certificaat staat aan.", "The public page of this certificate is on."},
	"opnieuw":         {"De voorbeeldgegevens zijn weer als nieuw.", "The sample data are as new again."},
	"geregeld":        {"Geregeld. Deze collega kan opnieuw beginnen met de toets.", "Settled. This colleague can start the quiz again."},
	"gestopt":         {"Je bent gestopt. Je antwoorden zijn bewaard.", "You stopped. Your answers are saved."},
	"meer-tijd":       {"Je hebt meer tijd gekregen.", "You have been given more time."},
	"vervolg":         {"We weten nu hoe je verder wilt.", "We now know how you want to go on."},
	"regeling":        {"De regeling is bewaard.", "The scheme is saved."},
	"regeling-terug":  {"De versie is teruggezet. Alles is weer zoals het was.", "The version is undone. Everything is as it was."},
	"verplicht":       {"De verplichting is toegevoegd. Wie iets moet doen, ziet het bij Mijn scholing.", "The requirement is added. Whoever must do something sees it in My training."},
	"verplicht-terug": {"Het einde is weggehaald. De verplichting gaat gewoon door.", "The end is taken away. The requirement goes on."},
	"verplicht-weg":   {"De verplichting is teruggezet. Er is niemand iets gevraagd.", "The requirement is undone. Nothing was asked of anybody."},
	"einde":           {"De verplichting krijgt een einde. Je kunt dit nog terugzetten.", "The requirement gets an end. You can still undo this."},
	"werk":            {"Het werk is bewaard.", "The work is saved."},
	"besluit":         {"Het besluit is genomen. Je collega ziet het. Hieronder kun je het terugzetten zolang het nog niets veranderd heeft.", "The decision is taken. Your colleague sees it. Below you can undo it as long as it has changed nothing."},
	"besluit-terug":   {"Het besluit is teruggezet.", "The decision is undone."},
	"besluit-einde":   {"De laatste dag is veranderd.", "The last day is changed."},
	"gelezen":         {"Les klaar. We onthouden dat voor je.", "Lesson finished. We remember that for you."},
}

const (
	noticeCookie = "gedaan"
	noticeLasts  = time.Minute
)

// done ends a form that was carried out: the next page says so.
func (v *visit) done(n notice, path string) error {
	v.setCookie(noticeCookie, string(n), noticeLasts)
	return v.redirect(path)
}

// readNotice is what the page before left.
func (v *visit) readNotice() notice {
	c, err := v.r.Cookie(noticeCookie)
	if err != nil {
		return ""
	}
	return notice(c.Value)
}

// sayNotice says it and forgets it.
func (v *visit) sayNotice() string {
	words, ok := notices[v.notice]
	if !ok {
		return ""
	}
	v.setCookie(noticeCookie, "", -time.Second)
	return v.say(words[0], words[1])
}
