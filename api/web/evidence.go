package web

import (
	"cmp"
	"fmt"
	"net/url"
	"strings"

	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/academy"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

// An evidencePage shows what somebody sent and what was seen of them, with what became of it.
type evidencePage struct {
	Sent     []sentLine
	Observed []observedLine
}

// A sentLine is one submission in words.
type sentLine struct {
	academy.Sent
	Word   string // where it stands
	Tone   string // class
	Effect string // what accepting led to
	On     calendar.Date
	Again  string // the address where more is sent; empty where nobody asks
	Open   bool   // it can be withdrawn
}

var evidenceView = declare[evidencePage]("evidence.html")

// evidence shows one's own.
func (s *Site) evidence(v *visit) error {
	sent, err := s.office.SubmissionsOf(v.ctx(), v.actor, v.actor.Person)
	if err != nil {
		return err
	}
	observed, err := s.office.ObservationsOf(v.ctx(), v.actor, v.actor.Person)
	if err != nil {
		return err
	}
	var page evidencePage
	for _, one := range sent {
		page.Sent = append(page.Sent, v.sentLine(one))
	}
	for _, one := range observed {
		page.Observed = append(page.Observed, v.observedLine(one))
	}
	return evidenceView.show(v, page)
}

func (v *visit) sentLine(s academy.Sent) sentLine {
	line := sentLine{Sent: s, On: calendar.On(s.SentAt), Effect: v.effectOf(s.Outcome, s.CountsFrom)}
	switch s.State() {
	case certificates.SubmissionWaiting:
		line.Word, line.Tone, line.Open = v.say("Wacht op een oordeel", "Waits for a verdict"), "let", true
	case certificates.SubmissionAskedBack:
		line.Word, line.Tone, line.Open = v.say("Er ontbreekt iets", "Something is missing"), "fout", true
		line.Again = "/bewijs/nieuw?" + url.Values{"antwoord": {s.ID}}.Encode()
	case certificates.SubmissionResent:
		line.Word, line.Tone = v.say("Opnieuw gestuurd", "Sent again"), "stil"
	case certificates.SubmissionAccepted:
		line.Word, line.Tone = v.say("Goedgekeurd", "Accepted"), "goed"
	case certificates.SubmissionRefused:
		line.Word, line.Tone = v.say("Afgewezen", "Refused"), "fout"
	case certificates.SubmissionWithdrawn:
		line.Word, line.Tone = v.say("Teruggetrokken", "Withdrawn"), "stil"
	}
	return line
}

// effect says what evidence led to; empty where it led to nothing yet, or there is none.
func (l language) effect(o courses.Outcome) string {
	switch o {
	case courses.Certified:
		return l.say("Het telt: er is een nieuwe geldigheidsperiode begonnen.", "It counts: a new period of validity has begun.")
	case courses.BeforeWindow:
		return l.say("Het is bewaard, maar het is te vroeg om te vernieuwen: het huidige bewijs geldt nog een tijd.", "It is kept, but it is too early to renew: the present evidence is valid for some time yet.")
	case courses.ComponentsMissing:
		return l.say("Het is bewaard. Er is nog een ander onderdeel nodig.", "It is kept. Another part is still needed.")
	case courses.FullCourseNeeded:
		return l.say("Het is bewaard, maar een herhaling is niet genoeg: de volledige opleiding is nodig.", "It is kept, but a refresher does not suffice: the full training is needed.")
	case courses.OtherRefresher:
		return l.say("Het is bewaard, maar nu is een andere herhaling aan de beurt.", "It is kept, but another refresher has its turn now.")
	case courses.PrerequisiteFirst:
		return l.say("Het is bewaard. Het telt zodra er ook een ander bewijs is dat eerst moet.", "It is kept. It counts as soon as other evidence that comes first is there.")
	}
	return ""
}

// effectOf is effect, with the day from which renewing counts of what was too early.
func (l language) effectOf(o courses.Outcome, from calendar.Date) string {
	if o == courses.BeforeWindow && !from.IsZero() {
		return l.say("Het is bewaard, maar het was te vroeg om te vernieuwen. Vernieuwen telt vanaf %s.", "It is kept, but it was too early to renew. Renewing counts from %s.", l.date(from))
	}
	return l.effect(o)
}

// An evidenceForm asks for evidence from elsewhere.
type evidenceForm struct {
	Asked     *sentLine      // the submission that was asked back; nil: it is new
	For       string         // the name of whom it is about; empty: the visitor
	Person    staff.PersonID // of whom it is about, where that is somebody else
	What      formField
	Day       formField
	Issuer    formField
	Problems  problems
	Again     bool      // the file must be chosen again
	There     *sentLine // what was sent before of the same; nil: nothing
	TherePath string    // where to see that
}

var evidenceFormView = declare[evidenceForm]("evidence_form.html", narrow)

// askEvidence shows the form: empty, for a scheme, or with what was asked back.
func (s *Site) askEvidence(v *visit) error {
	values := url.Values{"scheme": {v.query("regeling")}, "antwoord": {v.query("antwoord")}, "persoon": {v.query("persoon")}}
	form, err := s.evidenceForm(v, values, true)
	if err != nil {
		return err
	}
	return evidenceFormView.show(v, form)
}

// evidenceForm fills the form in with what was typed, or for the first time with what is known.
func (s *Site) evidenceForm(v *visit, typed url.Values, first bool) (evidenceForm, error) {
	form := evidenceForm{
		What:   formField{ID: "scheme", Label: v.say("Waarvoor is dit bewijs?", "What is this evidence for?"), Value: typed.Get("scheme")},
		Day:    formField{ID: "completedOn", Label: v.say("Datum op het document", "Date on the document"), Hint: v.say("Bij een examen: de dag van het examen.", "Of an exam: the day of the exam."), Type: "date", Value: typed.Get("completedOn")},
		Issuer: formField{ID: "issuer", Label: v.say("Wie gaf het document?", "Who gave the document?"), Hint: v.say("Bijvoorbeeld de opleider of het exameninstituut.", "For example the training provider or the examiner."), Type: "text", Class: "lang", Value: typed.Get("issuer")},
	}
	if person := staff.PersonID(typed.Get("persoon")); person != "" && person != v.actor.Person {
		name, err := s.office.Name(v.ctx(), v.actor, person)
		if err != nil {
			return form, err
		}
		form.For, form.Person = name, person
	}
	if id := typed.Get("antwoord"); id != "" {
		sent, err := s.office.Submission(v.ctx(), v.actor, id)
		if err != nil {
			return form, err
		}
		line := v.sentLine(sent)
		form.Asked = &line
		if first {
			form.What.Value, form.Day.Value, form.Issuer.Value = placeValue(sent.Scheme, sent.Place), sent.CompletedOn.String(), sent.Issuer
		}
		if sent.Person != v.actor.Person {
			form.For, form.Person = sent.Name, sent.Person
		}
	}
	takes, err := s.office.TakesDocuments(v.ctx(), v.actor)
	if err != nil {
		return form, err
	}
	if key := certificates.SchemeKey(form.What.Value); first && form.Asked == nil && key != "" { // a link names the scheme: whose turn it is
		place, ok, err := s.office.EvidenceAsked(v.ctx(), v.actor, cmp.Or(form.Person, v.actor.Person), key)
		if err != nil {
			return form, err
		}
		if ok {
			form.What.Value = placeValue(key, place)
		}
	}
	options := []option{{Value: "", Name: v.say("Kies uit de lijst", "Choose from the list")}}
	for _, t := range takes {
		o := option{Value: placeValue(t.Scheme, t.Place), Name: partName(t.Title, t.Part)}
		if string(t.Scheme) == form.What.Value { // that asks nothing of them now: its first part
			form.What.Value = o.Value
		}
		options = append(options, o)
	}
	form.What.Groups = []optionGroup{{Options: choose(form.What.Value, options...)}}
	return form, nil
}

// placeValue writes a part of a scheme as the value of a choice: "BHV/0/1".
func placeValue(scheme certificates.SchemeKey, p certificates.Place) string {
	return fmt.Sprintf("%s/%d/%d", scheme, p.Component, p.Refresher)
}

// readPlace reads what placeValue wrote; what is none names no scheme.
func readPlace(value string) (scheme certificates.SchemeKey, p certificates.Place) {
	key, rest, _ := strings.Cut(value, "/")
	if n, err := fmt.Sscanf(rest, "%d/%d", &p.Component, &p.Refresher); n != 2 || err != nil {
		return "", certificates.Place{}
	}
	return certificates.SchemeKey(key), p
}

// partName names a part of a scheme: the part too where that says more.
func partName(title, part string) string {
	if part == "" || part == title {
		return title
	}
	return title + ": " + part
}

// sendEvidence sends what was filled in.
func (s *Site) sendEvidence(v *visit) error {
	document, err := v.readUpload("document", academy.MostDocument)
	if err != nil {
		return err
	}
	scheme, place := readPlace(v.field("scheme"))
	day, _ := calendar.Parse(v.field("completedOn")) // what is no date is none, and the office asks for one
	claim := academy.Claim{Person: v.actor.Person, Scheme: scheme, Place: place, CompletedOn: day, Issuer: v.field("issuer"), Answers: v.field("antwoord"), Document: document}
	if person := v.field("persoon"); person != "" {
		claim.Person = staff.PersonID(person)
	}
	_, _, err = s.office.SubmitEvidence(v.ctx(), v.actor, claim)
	there := fault.Of(err)
	if again := there != nil && there.Reason == "already_sent"; fault.KindOf(err) != fault.Invalid && !again {
		if err != nil {
			return err
		}
		if claim.Person != v.actor.Person {
			return v.done("bewijs-namens", "/bewijs/beoordelen")
		}
		return v.done("bewijs", "/bewijs")
	}
	form, failed := s.evidenceForm(v, v.r.PostForm, false)
	if failed != nil {
		return failed
	}
	form.Again = len(document) > 0
	if there != nil && there.Reason == "already_sent" {
		if err = s.sentBefore(v, &form, claim); err != nil {
			return err
		}
	}
	form.Problems = append(form.Problems, v.problemsOf(err, func(id string) string {
		return strings.TrimSuffix(map[string]string{"scheme": form.What.Label, "completedOn": form.Day.Label, "issuer": form.Issuer.Label}[id], "?")
	})...)
	form.What.Problem, form.Day.Problem, form.Issuer.Problem = form.Problems.At("scheme"), form.Problems.At("completedOn"), form.Problems.At("issuer")
	return evidenceFormView.refuse(v, form, form.Problems)
}

// sentBefore names what was sent before of the same as a claim.
func (s *Site) sentBefore(v *visit, form *evidenceForm, claim academy.Claim) error {
	all, err := s.office.SubmissionsOf(v.ctx(), v.actor, claim.Person)
	if err != nil {
		return err
	}
	text := v.say("Van deze dag is al bewijs gestuurd. Kijk de datum na.", "Evidence of this day was sent already. Check the date.")
	for _, one := range all {
		state := one.State()
		if one.Scheme != claim.Scheme || one.Place != claim.Place || one.CompletedOn != claim.CompletedOn || state != certificates.SubmissionWaiting && state != certificates.SubmissionAccepted {
			continue
		}
		line := v.sentLine(one)
		form.There, form.TherePath = &line, "/bewijs"
		if one.Person != v.actor.Person {
			form.TherePath = "/bewijs/beoordelen/" + one.ID
		}
		if state == certificates.SubmissionAccepted {
			text = v.say("Bewijs van deze dag is al goedgekeurd. Kijk de datum na.", "Evidence of this day was accepted already. Check the date.")
		}
	}
	form.Problems = problems{{"completedOn", text}}
	return nil
}

// withdrawEvidence takes back what waits.
func (s *Site) withdrawEvidence(v *visit) error {
	if err := s.office.WithdrawEvidence(v.ctx(), v.actor, v.field("bewijs")); err != nil {
		return err
	}
	return v.done("bewijs-terug", "/bewijs")
}

// evidenceDocument sends a document: an image to look at, a PDF to keep, since browsers show none of those under a policy
// that lets them do nothing in our name.
func (s *Site) evidenceDocument(v *visit) error {
	d, err := s.office.SubmittedDocument(v.ctx(), v.actor, v.r.PathValue("bewijs"))
	if err != nil {
		return err
	}
	show := "attachment"
	if isPicture(d.Type) {
		show = "inline"
	}
	h := v.w.Header()
	h.Set("Content-Type", d.Type)
	h.Set("Content-Disposition", fmt.Sprintf("%s; filename=%q", show, d.Name))
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox")
	h.Set("Cache-Control", "no-store")
	_, _ = v.w.Write(d.Content) // whoever went away misses nothing
	return nil
}

// isPicture reports whether a page can show a document of a kind.
func isPicture(kind string) bool { return strings.HasPrefix(kind, "image/") }
