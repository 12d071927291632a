package notices

import (
	"context"
	"errors"
	"log/slog"

	"bekwaam/courses/staff"
)

// A Mail is what goes to one person.
type Mail struct {
	ID        string // of the outbox
	MessageID string // without the brackets; the same however often it is sent
	Kind      string // "digest"; it may stand in a log
	Person    staff.PersonID
	Name      string
	Address   string
	Content
	Calendar []byte // an iCalendar file; nil: none
}

// A Mailer sends mails. There are two: SMTP, and a log where no mail server is known.
type Mailer interface {
	// Send sends mails in order, and tells after each what came of it; nil: it was accepted. The error is a *Trouble.
	Send(ctx context.Context, mails []Mail, told func(Mail, error))
}

// A Trouble is why a mail was not sent. Its kind may stand in a log or on a page; its cause may name an address and may not.
type Trouble struct {
	Kind  TroubleKind
	Cause error
}

// A TroubleKind is what went wrong.
type TroubleKind string

const (
	Unreachable TroubleKind = "unreachable" // the mail server does not answer, or does not let us in
	Refused     TroubleKind = "refused"     // it does not take mail for this address
	Failed      TroubleKind = "failed"      // it did not take this mail
)

func (t *Trouble) Error() string { return "mail " + string(t.Kind) }
func (t *Trouble) Unwrap() error { return t.Cause }

// KindOf returns what kind of trouble an error is.
func KindOf(err error) TroubleKind {
	if t := (*Trouble)(nil); errors.As(err, &t) {
		return t.Kind
	}
	return Failed
}

// A LogMailer sends nothing: it only tells the log that there would be a mail, and nothing of what it says.
type LogMailer struct{ Log *slog.Logger }

// Send implements Mailer.
func (m LogMailer) Send(ctx context.Context, mails []Mail, told func(Mail, error)) {
	for _, mail := range mails {
		m.Log.InfoContext(ctx, "mail: no mail server is set, so this one is only kept", "mail", mail.ID, "kind", mail.Kind)
		told(mail, nil)
	}
}
