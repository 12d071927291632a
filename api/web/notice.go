package web

import "time"

// A notice is what a page says once of what the page before did, in a word.
type notice string

// notices are the words of each; add yours here and end a POST with v.done.
var notices = map[notice][2]string{
	"afgemeld":             {"Je bent uitgelogd.", "You are logged out."},
	"verborgen":            {"De controlepagina van dit certificaat staat uit.", "The public page of this certificate is off."},
	"zichtbaar":            {"De controlepagina van dit certificaat staat aan.", "The public page of this certificate is on."},
	"mail":                 {"Bewaard. Zo krijg je voortaan bericht.", "Saved. You are told this way from now on."},
	"agenda-weg":           {"Het adres van je agenda werkt niet meer.", "The address of your calendar works no more."},
	"opgepakt":             {"Jij pakt dit op. Het gaat niet verder omhoog.", "You take this up. It goes up no further."},
	"opnieuw":              {"De voorbeeldgegevens zijn weer als nieuw.", "The sample data are as new again."},
	"geregeld":             {"Geregeld. Deze collega kan opnieuw beginnen met de toets.", "Settled. This colleague can start the quiz again."},
	"gestopt":              {"Je bent gestopt. Je antwoorden zijn bewaard.", "You stopped. Your answers are saved."},
	"meer-tijd":            {"Je hebt meer tijd gekregen.", "You have been given more time."},
	"vervolg":              {"We weten nu hoe je verder wilt.", "We now know how you want to go on."},
	"regeling":             {"De regeling is bewaard.", "The scheme is saved."},
	"regeling-terug":       {"De versie is teruggezet. Alles is weer zoals het was.", "The version is undone. Everything is as it was."},
	"verplicht":            {"De verplichting is toegevoegd. Wie iets moet doen, ziet het bij Mijn scholing.", "The requirement is added. Whoever must do something sees it in My training."},
	"verplicht-anders":     {"De verplichting is gewijzigd.", "The requirement is changed."},
	"verplicht-terug":      {"Het einde is weggehaald. De verplichting gaat gewoon door.", "The end is taken away. The requirement goes on."},
	"verplicht-weg":        {"De verplichting is teruggezet. Er is niemand iets gevraagd.", "The requirement is undone. Nothing was asked of anybody."},
	"einde":                {"De verplichting krijgt een einde. Je kunt dit nog terugzetten.", "The requirement gets an end. You can still undo this."},
	"werk":                 {"Het werk is bewaard.", "The work is saved."},
	"besluit":              {"Het besluit is genomen. Je collega ziet het. Hieronder kun je het terugzetten zolang het nog niets veranderd heeft.", "The decision is taken. Your colleague sees it. Below you can undo it as long as it has changed nothing."},
	"besluit-werkt":        {"Het besluit is genomen en werkt nu. Je collega ziet het.", "The decision is taken and works now. Your colleague sees it."},
	"besluit-werkt-dag":    {"Het besluit is genomen en werkt nu. Je collega ziet het. Hieronder kun je een andere laatste dag kiezen.", "The decision is taken and works now. Your colleague sees it. Below you can choose another last day."},
	"lijst-weg":            {"De lijst is weggegooid.", "The list was thrown away."},
	"besluit-terug":        {"Het besluit is teruggezet.", "The decision is undone."},
	"besluit-einde":        {"De laatste dag is veranderd. Je collega ziet het. Hieronder kun je weer een andere kiezen.", "The last day is changed. Your colleague sees it. Below you can choose another again."},
	"besluit-voorbij":      {"De vrijstelling is voorbij. Je collega ziet het.", "The exemption is over. Your colleague sees it."},
	"bewijs":               {"Je bewijs is gestuurd. P&O bekijkt het.", "Your evidence was sent. HR looks at it."},
	"bewijs-namens":        {"Het bewijs is gestuurd. Een collega van je bekijkt het.", "The evidence was sent. A colleague of yours looks at it."},
	"bewijs-terug":         {"Teruggetrokken. Het document is verwijderd.", "Withdrawn. The document was removed."},
	"goedgekeurd":          {"Goedgekeurd. Je collega krijgt bericht.", "Accepted. Your colleague is told."},
	"teruggevraagd":        {"Je collega krijgt bericht en stuurt het opnieuw.", "Your colleague is told and sends it again."},
	"afgewezen":            {"Afgewezen. Je collega krijgt bericht. Het document is verwijderd.", "Refused. Your colleague is told. The document was removed."},
	"gezien":               {"Opgeschreven. Geef het document terug.", "Noted. Give the document back."},
	"beoordeeld":           {"Ondertekend. Je collega krijgt bericht en tekent ook.", "Signed. Your colleague is told and signs too."},
	"gezien-terug":         {"Teruggezet. Je collega krijgt bericht.", "Undone. Your colleague is told."},
	"ondertekend":          {"Ondertekend door jullie allebei.", "Signed by both of you."},
	"niet-herkend":         {"We hebben je antwoord bewaard. Je collega krijgt bericht.", "We kept your answer. Your colleague is told."},
	"training":             {"De groepstraining is bewaard.", "The group training is saved."},
	"training-weg":         {"De groepstraining is afgezegd. Wie op de lijst stond, krijgt bericht.", "The group training is called off. Whoever was on the list is told."},
	"training-in":          {"Je bent ingeschreven. De uitnodiging komt per mail.", "You are enrolled. The invitation comes by mail."},
	"training-wacht":       {"Je staat op de wachtlijst. Komt er een plaats vrij, dan hoor je het.", "You are on the waiting list. When a place comes free, you will hear."},
	"training-af":          {"Je bent afgemeld. Je plaats gaat naar wie het langst wacht.", "You are off the list. Your place goes to whoever waited longest."},
	"training-erop":        {"Je collega is ingeschreven en krijgt bericht.", "Your colleague is enrolled and will be told."},
	"training-erachter":    {"Je collega staat op de wachtlijst en krijgt bericht.", "Your colleague is on the waiting list and will be told."},
	"training-eraf":        {"Je collega is afgemeld en krijgt bericht.", "Your colleague is off the list and will be told."},
	"lijst":                {"De lijst is bewaard. Iemand anders bevestigt hem nu.", "The list is saved. Somebody else confirms it now."},
	"bevestigd":            {"Bevestigd. Iedereen die slaagde heeft nu het bewijs.", "Confirmed. Everybody who passed has their evidence now."},
	"correctie":            {"De correctie is bewaard. Iemand anders bevestigt haar nu.", "The correction is saved. Somebody else confirms it now."},
	"gecorrigeerd":         {"Bevestigd. Je collega krijgt bericht.", "Confirmed. Your colleague is told."},
	"wijziging-bekend":     {"Bekendgemaakt. Wie iets moet doen, krijgt bericht.", "Announced. Whoever must do something is told."},
	"wijziging-gezien":     {"Genoteerd: je hebt hiernaar gekeken.", "Noted: you looked at this."},
	"wijziging-live":       {"Bevestigd: dit is live.", "Confirmed: this is live."},
	"bewaard":              {"Bewaard.", "Saved."},
	"bulletin-bewaard":     {"Bewaard. Een collega bevestigt de tekst.", "Saved. A colleague confirms the text."},
	"wijziging-terug":      {"Ingetrokken. Wie nog iets moest doen, krijgt bericht.", "Withdrawn. Whoever still had to do something is told."},
	"spoed":                {"Verstuurd. Laat een collega het bulletin nog bevestigen.", "Sent. Have a colleague confirm the bulletin still."},
	"duiding":              {"Bewaard. Iedereen kan het lezen.", "Saved. Everybody can read it."},
	"signaal":              {"Bedankt. Je ziet hier wat ermee gebeurt.", "Thank you. You see here what becomes of it."},
	"signaal-besloten":     {"Bewaard. De melder krijgt bericht.", "Saved. Its reporter is told."},
	"wens":                 {"Je wens is bewaard. Alleen jij ziet hem, tot je hem deelt.", "Your wish is kept. Only you see it, until you share it."},
	"wens-weg":             {"Je wens is vergeten. Niemand ziet hem meer.", "Your wish is forgotten. Nobody sees it any more."},
	"wens-gedeeld":         {"Gedeeld. Je kunt het altijd terughalen.", "Shared. You can always take it back."},
	"wens-terug":           {"Teruggehaald. Deze collega ziet je wens niet meer.", "Taken back. This colleague does not see your wish any more."},
	"toestemming":          {"Bewaard. Je kunt je toestemming altijd intrekken.", "Saved. You can always withdraw your consent."},
	"toestemming-weg":      {"Ingetrokken. De uitslagen zijn overal weg.", "Withdrawn. The results are gone everywhere."},
	"uitslag-gedeeld":      {"Gedeeld. Deze collega ziet deze uitslag, tot je hem terughaalt.", "Shared. This colleague sees this result, until you take it back."},
	"uitslag-terug":        {"Teruggehaald. Deze collega ziet je uitslag niet meer.", "Taken back. This colleague does not see your result any more."},
	"uitslag-weg":          {"Verwijderd. Niemand ziet deze uitslag meer.", "Removed. Nobody sees this result any more."},
	"uitslagen":            {"De uitslagen zijn ingelezen. Je collega's zien ze zelf als eerste.", "The results are brought in. Your colleagues see them first themselves."},
	"schalen":              {"De koppeling van de schalen is bewaard.", "The mapping of the scales is saved."},
	"plan":                 {"Het plan is bewaard als concept. Jij, je leidinggevende en P&O zien het.", "The plan is kept as a draft. You, your leader and HR see it."},
	"plan-anders":          {"Het plan is gewijzigd. Iedereen geeft opnieuw akkoord.", "The plan is changed. Everybody agrees again."},
	"plan-akkoord":         {"Je bent akkoord met het plan.", "You agreed to the plan."},
	"plan-teruggestuurd":   {"Teruggestuurd. Iedereen in het plan krijgt bericht.", "Sent back. Everybody in the plan is told."},
	"plan-pauze":           {"Het plan pauzeert. De dagen zijn verschoven.", "The plan pauses. Its days have moved."},
	"plan-stap":            {"Deze stap is klaar.", "This step is done."},
	"plan-stop":            {"Het plan is gestopt.", "The plan is stopped."},
	"plan-terug":           {"Je terugblik is bewaard.", "Your look back is kept."},
	"bulletin-gelezen":     {"Genoteerd: je hebt dit gelezen.", "Noted: you read this."},
	"bulletin-bevestigd":   {"Bevestigd. Collega's kunnen dit nu lezen.", "Confirmed. Colleagues can read this now."},
	"vraag-gesteld":        {"Je vraag is gesteld. Je krijgt bericht als er een antwoord is.", "Your question is asked. You are told when there is an answer."},
	"beantwoord":           {"Je antwoord staat onder het bulletin.", "Your answer stands under the bulletin."},
	"doel":                 {"De waarde is bewaard.", "The value is saved."},
	"nodig":                {"Bewaard. De matrix rekent er meteen mee.", "Saved. The matrix counts with it at once."},
	"profiel":              {"Het profiel is bewaard. Wat tot nu toe gevraagd is, blijft staan.", "The profile is saved. What was asked until now stays."},
	"rol":                  {"De rol is bewaard. Kies nu wat hij vraagt.", "The role is saved. Now choose what it asks."},
	"rol-weg":              {"De rol is weggehaald.", "The role is taken away."},
	"raamwerk":             {"Het raamwerk is bewaard.", "The framework is saved."},
	"vaardigheid":          {"De vaardigheid is bewaard.", "The skill is saved."},
	"aanbod":               {"Het leeraanbod is bewaard.", "What is on offer is saved."},
	"aanbod-weg":           {"Weggehaald. Plannen die het noemen, houden de titel.", "Taken off. Plans that name it keep its title."},
	"niveau":               {"Bewaard, met je naam en de dag.", "Saved, with your name and the day."},
	"geteld":               {"Opnieuw geteld.", "Counted again."},
	"budget":               {"Het budget is bewaard.", "The budget is saved."},
	"mensen-ingelezen":     {"De lijst is ingelezen. Wie iets moet doen, ziet het na de volgende ronde.", "The list came in. Whoever must do something sees it after the next sweep."},
	"wissen-gevraagd":      {"Gevraagd. Een collega van P&O bevestigt het.", "Asked. A colleague of HR confirms it."},
	"wissen-terug":         {"Ingetrokken. Er is niets gewist.", "Withdrawn. Nothing was erased."},
	"gewist":               {"Deze persoon is gewist.", "This person is erased."},
	"bewaartermijn":        {"De bewaartermijnen zijn bewaard.", "How long we keep things is saved."},
	"proces":               {"De nieuwe versie is bewaard. Wat ervoor gold, blijft te lezen.", "The new version is saved. What held before can still be read."},
	"werkwijze":            {"Bewaard. De vorige versie blijft te lezen.", "Saved. The version before can still be read."},
	"werktijden":           {"Bewaard. De bezetting rekent er meteen mee.", "Saved. The staffing counts with it at once."},
	"werktijden-ingelezen": {"De goede regels zijn ingelezen.", "The right lines came in."},
	"instemming":           {"Vastgelegd. De overzichten zijn meteen bijgewerkt.", "Recorded. The views follow at once."},
	"gelezen":              {"Les klaar. We onthouden dat voor je.", "Lesson finished. We remember that for you."},
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
