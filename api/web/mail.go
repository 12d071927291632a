package web

import (
	"time"

	"bekwaam/courses/academy"
)

// A mailPage tells what was sent to whom and what waits, and nothing of what it says.
type mailPage struct {
	Kept   bool // there is no mail server
	Counts []mailCount
	Mails  []mailLine
}

// A mailCount is how many mails of the last thirty days stand somewhere.
type mailCount struct {
	State string
	Mails int
}

// A mailLine is one mail.
type mailLine struct {
	Name    string
	Kind    string
	At      time.Time
	State   string
	Tone    string // class
	Tries   int
	Trouble string
}

var mailView = declare[mailPage]("mail.html")

// mail shows the outbox.
func (s *Site) mail(v *visit) error {
	box, err := s.office.Outbox(v.ctx(), v.actor)
	if err != nil {
		return err
	}
	page := mailPage{Kept: box.Kept}
	for _, state := range []academy.MailState{academy.MailWaits, academy.MailSent, academy.MailDropped, academy.MailKept, academy.MailFailed} {
		word, _ := v.mailState(state)
		page.Counts = append(page.Counts, mailCount{word, box.Counts[state]})
	}
	for _, m := range box.Mails {
		line := mailLine{Name: box.Names[m.Person], Kind: v.say("Overzicht", "Overview"), At: m.MadeAt, Tries: m.Tries, Trouble: v.trouble(m)}
		if m.Kind == academy.InvitationMail {
			line.Kind = v.say("Uitnodiging", "Invitation")
		}
		line.State, line.Tone = v.mailState(m.State())
		page.Mails = append(page.Mails, line)
	}
	return mailView.show(v, page)
}

// trouble says why a mail was not sent yet, or never will be.
func (l language) trouble(m academy.Mail) string {
	switch {
	case m.State() == academy.MailSent:
		return ""
	case m.Dropped == academy.MailNoAddress:
		return l.say("Er is geen e-mailadres bekend.", "There is no e-mail address.")
	case m.Dropped == academy.MailOff:
		return l.say("Wil geen mail en leest het hier.", "Wants no mail and reads it here.")
	case m.Dropped == academy.MailNotHere:
		return l.say("Werkt hier niet meer.", "Works here no more.")
	case m.Dropped == academy.MailReplaced:
		return l.say("Staat in een nieuwer overzicht.", "A newer overview tells it.")
	}
	switch m.Trouble {
	case "unreachable":
		return l.say("De mailserver antwoordt niet.", "The mail server does not answer.")
	case "refused":
		return l.say("De mailserver kent dit adres niet.", "The mail server does not know this address.")
	case "failed":
		return l.say("De mailserver nam de mail niet aan.", "The mail server did not take the mail.")
	}
	return ""
}
