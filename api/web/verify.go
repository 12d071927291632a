package web

import (
	"html/template"
	"net/http"
	"time"

	"bekwaam/api/auth"
	"bekwaam/certificates"
	"bekwaam/courses/academy"
	"bekwaam/courses/fault"
)

// Whoever checks certificates may look up this many in a row, and then one every two seconds. A whole office may share an
// address; whoever wants to guess numbers gets nowhere.
const (
	lookUpsAtOnce = 20
	lookUpEvery   = 2 * time.Second
)

// A verdict is the state of a certificate in words.
type verdict struct {
	State certificates.State
	Word  string // "Geldig"
	Tone  string // class: "goed", "let", "fout" or "stil"
}

// verdict names a state.
func (l language) verdict(s certificates.State) verdict {
	switch s {
	case certificates.Revoked:
		return verdict{s, l.say("Ingetrokken", "Revoked"), "fout"}
	case certificates.Replaced:
		return verdict{s, l.say("Vervangen", "Replaced"), "stil"}
	case certificates.Upcoming:
		return verdict{s, l.say("Gaat nog in", "Not valid yet"), "let"}
	case certificates.Expired:
		return verdict{s, l.say("Verlopen", "Expired"), "fout"}
	case certificates.Outdated:
		return verdict{s, l.say("Achterhaald", "Outdated"), "let"}
	}
	return verdict{s, l.say("Geldig", "Valid"), "goed"}
}

// A verifyPage tells anybody whether a certificate holds, or asks for a number.
type verifyPage struct {
	Found    *verified
	Unknown  bool   // nothing was found
	Typed    string // the number as it was typed
	Local    bool   // a phone cannot open these pages
	Example  string
	Problems problems
}

// A verified is what anybody may know of a certificate: no score, and a name only where the QR code was scanned.
type verified struct {
	State    verdict
	Sentence string // the verdict in one sentence
	Meaning  string
	Checked  string // when
	Holder   string // empty where the number was typed
	Title    string
	Goals    []string
	Facts    []certificates.Fact
	Issuer   string
	Number   certificates.Number
	Replaced certificates.Number // of the certificate that came after it
	Seal     template.HTML
}

var verifyView = declare[verifyPage]("verify.html", narrow)

// askNumber shows the form of the public check page.
func (s *Site) askNumber(v *visit) error {
	return verifyView.show(v, v.verifyPage())
}

func (v *visit) verifyPage() verifyPage {
	return verifyPage{Local: v.local(), Example: "RW-2026-7KQ4M-2XD9T-C8"}
}

// findNumber sends somebody who typed a number to its page.
func (s *Site) findNumber(v *visit) error {
	number, err := certificates.ParseNumber(v.field("nummer"))
	if err != nil {
		page := v.verifyPage()
		page.Typed = v.field("nummer")
		page.Problems = problems{{"nummer", v.say("Dit nummer kennen wij niet. Kijk of u alle tekens goed hebt overgenomen.", "We do not know this number. See whether you copied all characters right.")}}
		return verifyView.refuse(v, page, page.Problems)
	}
	return v.redirect("/controle/" + string(number))
}

// verifyNumber and verifyToken show whether a certificate holds: by its number without a name, by its QR code with it.
func (s *Site) verifyNumber(v *visit) error {
	number, err := certificates.ParseNumber(v.r.PathValue("nummer"))
	if err != nil {
		return v.unknownCertificate()
	}
	return s.verify(v, string(number))
}

func (s *Site) verifyToken(v *visit) error {
	token, ok := certificates.ParseToken(v.r.PathValue("token"))
	if !ok {
		return v.unknownCertificate()
	}
	return s.verify(v, string(token))
}

// verify answers with what the office knows. It keeps nothing about the visitor.
func (s *Site) verify(v *visit, code string) error {
	if err := s.lookUps.Allow(auth.Address(v.r), v.moment.Real); err != nil {
		return err
	}
	found, err := s.office.Verify(v.ctx(), code)
	if fault.KindOf(err) == fault.NotFound {
		return v.unknownCertificate()
	}
	if err != nil {
		return err
	}
	page := v.verifyPage()
	page.Found = v.verified(found)
	return verifyView.show(v, page)
}

// unknownCertificate is the page of a number that is unknown, and of one whose holder switched it off: nobody can tell.
func (v *visit) unknownCertificate() error {
	page := v.verifyPage()
	page.Unknown = true
	return v.render(http.StatusNotFound, verifyView.file, frame{layout: verifyView.layout, Page: page})
}

// verified puts a verification in words.
func (v *visit) verified(f academy.Verification) *verified {
	period := f.Period
	page := &verified{
		State: v.verdict(f.State), Checked: v.say("Gecontroleerd op %s om %s", "Checked on %s at %s", v.date(f.On), v.clock(v.moment.Office)),
		Title: f.Title, Goals: certificates.Document{Shown: f.Shown}.Goals(), Facts: v.facts(period), Issuer: f.Issuer.Municipality, Number: f.Number, Replaced: f.Replace, Seal: seal(f.Number, f.Issuer),
	}
	if f.Named {
		page.Holder = f.Holder
	}
	switch f.State {
	case certificates.Revoked:
		page.Sentence = v.say("Dit certificaat is ingetrokken", "This certificate was revoked")
		page.Meaning = v.say("Het geldt niet meer vanaf %s.", "It has not been valid since %s.", v.date(period.RevokedOn))
	case certificates.Replaced:
		page.Sentence = v.say("Dit certificaat is vervangen", "This certificate was replaced")
		page.Meaning = v.say("Vanaf %s geldt een nieuw certificaat.", "Since %s a new certificate is valid.", v.date(f.ReplacedFrom))
	case certificates.Upcoming:
		page.Sentence = v.say("Dit certificaat gaat nog in", "This certificate is not valid yet")
		page.Meaning = v.say("Het geldt vanaf %s.", "It is valid from %s.", v.date(period.ValidFrom))
	case certificates.Expired:
		page.Sentence = v.say("Dit certificaat is verlopen", "This certificate has expired")
		page.Meaning = v.say("Het was geldig tot en met %s.", "It was valid until and including %s.", v.date(period.ValidUntil))
	case certificates.Outdated:
		page.Sentence = v.say("Dit certificaat is achterhaald", "This certificate is outdated")
		page.Meaning = v.say("Het is van voor een wijziging die de houder nog niet heeft geleerd.", "It is from before a change that its holder has not learned yet.")
	default:
		page.Sentence = v.say("Dit certificaat is geldig", "This certificate is valid")
	}
	return page
}

// facts are the dates of a certificate and where it comes from.
func (v *visit) facts(p certificates.Period) []certificates.Fact {
	facts := []certificates.Fact{{Label: v.say("Behaald op", "Achieved on"), Value: v.date(p.CompletedOn)}}
	if p.ValidFrom > p.CompletedOn {
		facts = append(facts, certificates.Fact{Label: v.say("Geldig vanaf", "Valid from"), Value: v.date(p.ValidFrom)})
	}
	until := v.date(p.ValidUntil)
	if p.ValidUntil.IsZero() {
		until = v.say("geen einddatum", "no end date")
	}
	facts = append(facts, certificates.Fact{Label: v.say("Geldig tot en met", "Valid until and including"), Value: until})
	if !p.TakenOverOn.IsZero() {
		return append(facts, certificates.Fact{Label: v.say("Overgenomen uit een lijst op", "Taken over from a list on"), Value: v.date(p.TakenOverOn)})
	}
	if p.CourseVersion > 0 {
		facts = append(facts, certificates.Fact{Label: v.say("Cursus", "Course"), Value: v.say("versie %d", "version %d", p.CourseVersion)})
	}
	return facts
}
