package web

import "time"

// A notice is what a page says once of what the page before did, in a word.
type notice string

// notices are the words of each; add yours here and end a POST with v.done.
var notices = map[notice][2]string{
	"afgemeld":          {"Je bent uitgelogd.", "You are logged out."},
	"verborgen":         {"De controlepagina van dit certificaat staat uit.", "The public page of this certificate is off."},
	"zichtbaar":         {"De controlepagina van dit certificaat staat aan.", "The public page of this certificate is on."},
	"mailtaal":          {"Je krijgt je mail voortaan in deze taal.", "You get your mail in this language from now on."},
	"agenda-weg":        {"Het adres van je agenda werkt niet meer.", "The address of your calendar works no more."},
	"opgepakt":          {"Jij pakt dit op. Het gaat niet verder omhoog.", "You take this up. It goes up no further."},
	"opnieuw":           {"De voorbeeldgegevens zijn weer als nieuw.", "The sample data are as new again."},
	"geregeld":          {"Geregeld. Deze collega kan opnieuw beginnen met de toets.", "Settled. This colleague can start the quiz again."},
	"gestopt":           {"Je bent gestopt. Je antwoorden zijn bewaard.", "You stopped. Your answers are saved."},
	"meer-tijd":         {"Je hebt meer tijd gekregen.", "You have been given more time."},
	"vervolg":           {"We weten nu hoe je verder wilt.", "We now know how you want to go on."},
	"regeling":          {"De regeling is bewaard.", "The scheme is saved."},
	"regeling-terug":    {"De versie is teruggezet. Alles is weer zoals het was.", "The version is undone. Everything is as it was."},
	"verplicht":         {"De verplichting is toegevoegd. Wie iets moet doen, ziet het bij Mijn scholing.", "The requirement is added. Whoever must do something sees it in My training."},
	"verplicht-terug":   {"Het einde is weggehaald. De verplichting gaat gewoon door.", "The end is taken away. The requirement goes on."},
	"verplicht-weg":     {"De verplichting is teruggezet. Er is niemand iets gevraagd.", "The requirement is undone. Nothing was asked of anybody."},
	"einde":             {"De verplichting krijgt een einde. Je kunt dit nog terugzetten.", "The requirement gets an end. You can still undo this."},
	"werk":              {"Het werk is bewaard.", "The work is saved."},
	"besluit":           {"Het besluit is genomen. Je collega ziet het. Hieronder kun je het terugzetten zolang het nog niets veranderd heeft.", "The decision is taken. Your colleague sees it. Below you can undo it as long as it has changed nothing."},
	"lijst-weg":         {"De lijst is weggegooid.", "The list was thrown away."},
	"besluit-terug":     {"Het besluit is teruggezet.", "The decision is undone."},
	"besluit-einde":     {"De laatste dag is veranderd.", "The last day is changed."},
	"bewijs":            {"Je bewijs is gestuurd. P&O bekijkt het.", "Your evidence was sent. HR looks at it."},
	"bewijs-namens":     {"Het bewijs is gestuurd. Een collega van je bekijkt het.", "The evidence was sent. A colleague of yours looks at it."},
	"bewijs-terug":      {"Teruggetrokken. Het document is verwijderd.", "Withdrawn. The document was removed."},
	"goedgekeurd":       {"Goedgekeurd. Je collega krijgt bericht.", "Accepted. Your colleague is told."},
	"teruggevraagd":     {"Je collega krijgt bericht en stuurt het opnieuw.", "Your colleague is told and sends it again."},
	"afgewezen":         {"Afgewezen. Je collega krijgt bericht. Het document is verwijderd.", "Refused. Your colleague is told. The document was removed."},
	"gezien":            {"Opgeschreven. Geef het document terug.", "Noted. Give the document back."},
	"beoordeeld":        {"Ondertekend. Je collega krijgt bericht en tekent ook.", "Signed. Your colleague is told and signs too."},
	"ondertekend":       {"Ondertekend door jullie allebei.", "Signed by both of you."},
	"niet-herkend":      {"We hebben je antwoord bewaard. Je collega krijgt bericht.", "We kept your answer. Your colleague is told."},
	"training":          {"De groepstraining is bewaard.", "The group training is saved."},
	"training-weg":      {"De groepstraining is afgezegd. Wie op de lijst stond, krijgt bericht.", "The group training is called off. Whoever was on the list is told."},
	"training-in":       {"Je bent ingeschreven. De uitnodiging komt per mail.", "You are enrolled. The invitation comes by mail."},
	"training-wacht":    {"Je staat op de wachtlijst. Komt er een plaats vrij, dan hoor je het.", "You are on the waiting list. When a place comes free, you will hear."},
	"training-af":       {"Je bent afgemeld. Je plaats gaat naar wie het langst wacht.", "You are off the list. Your place goes to whoever waited longest."},
	"training-erop":     {"Je collega is ingeschreven en krijgt bericht.", "Your colleague is enrolled and will be told."},
	"training-erachter": {"Je collega staat op de wachtlijst en krijgt bericht.", "Your colleague is on the waiting list and will be told."},
	"training-eraf":     {"Je collega is afgemeld en krijgt bericht.", "Your colleague is off the list and will be told."},
	"lijst":             {"De lijst is bewaard. Iemand anders bevestigt hem nu.", "The list is saved. Somebody else confirms it now."},
	"bevestigd":         {"Bevestigd. Iedereen die slaagde heeft nu het bewijs.", "Confirmed. Everybody who passed has their evidence now."},
	"budget":            {"Het budget is bewaard.", "The budget is saved."},
	"gelezen":           {"Les klaar. We onthouden dat voor je.", "Lesson finished. We remember that for you."},
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
