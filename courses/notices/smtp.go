package notices

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	netmail "net/mail"
	"net/url"
	"strconv"
	"time"

	"github.com/wneessen/go-mail"

	"bekwaam/courses/fault"
)

// An SMTP sends by a mail server.
type SMTP struct {
	Host     string
	Port     int
	User     string // empty: it asks nobody who they are
	Password string
	From     netmail.Address

	trusted *x509.CertPool // nil: what this machine trusts
	address string         // where it is reached; empty: at its host and port
}

// patient is how long the mail server may take for each mail.
const patient = 15 * time.Second

// ReadServer reads smtp://user@host:587; without a port it is 587. A password in it is refused: it would stand in lists
// of processes.
func ReadServer(text string) (SMTP, error) {
	wrong := fault.New(fault.Invalid, "schrijf smtp://gebruiker@mailserver:587, zonder wachtwoord", "write smtp://user@mailserver:587, without a password")
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "smtp" || u.Hostname() == "" || (u.Path != "" && u.Path != "/") || u.RawQuery != "" || u.Fragment != "" {
		return SMTP{}, wrong
	}
	if _, has := u.User.Password(); has {
		return SMTP{}, wrong
	}
	port := 587
	if u.Port() != "" {
		if port, err = strconv.Atoi(u.Port()); err != nil || port < 1 || port > 65535 {
			return SMTP{}, wrong
		}
	}
	return SMTP{Host: u.Hostname(), Port: port, User: u.User.Username()}, nil
}

// ReadSender reads the address that mails come from: "Opleidingen <opleidingen@gemeente.example>".
func ReadSender(text string) (netmail.Address, error) {
	a, err := netmail.ParseAddress(text)
	if err != nil {
		return netmail.Address{}, fault.New(fault.Invalid, "schrijf een adres, zoals opleidingen@gemeente.example", "write an address, such as training@municipality.example")
	}
	return *a, nil
}

// Send implements Mailer. It demands STARTTLS, but of a mail server on this machine.
func (s SMTP) Send(ctx context.Context, mails []Mail, told func(Mail, error)) {
	client, err := s.dial(ctx)
	if err != nil {
		for _, m := range mails {
			told(m, &Trouble{Unreachable, err})
		}
		return
	}
	defer client.Close()
	for i, m := range mails {
		if err := ctx.Err(); err != nil {
			told(m, &Trouble{Unreachable, err})
			continue
		}
		err := s.send(client, m)
		told(m, err)
		if err != nil && KindOf(err) == Unreachable {
			for _, rest := range mails[i+1:] {
				told(rest, err)
			}
			return
		}
	}
}

func (s SMTP) dial(ctx context.Context) (*mail.Client, error) {
	policy := mail.TLSMandatory
	if s.local() {
		policy = mail.NoTLS
	}
	options := []mail.Option{mail.WithPort(s.Port), mail.WithTLSPolicy(policy), mail.WithTimeout(patient)}
	if s.User != "" {
		options = append(options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(s.User), mail.WithPassword(s.Password))
	}
	if s.trusted != nil {
		options = append(options, mail.WithTLSConfig(&tls.Config{ServerName: s.Host, RootCAs: s.trusted, MinVersion: tls.VersionTLS12}))
	}
	if s.address != "" {
		options = append(options, mail.WithDialContextFunc(func(ctx context.Context, network, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, network, s.address)
		}))
	}
	client, err := mail.NewClient(s.Host, options...)
	if err != nil {
		return nil, err
	}
	return client, client.DialWithContext(ctx)
}

// local reports whether the mail server is on this machine.
func (s SMTP) local() bool {
	ip := net.ParseIP(s.Host)
	return s.Host == "localhost" || ip != nil && ip.IsLoopback()
}

func (s SMTP) send(client *mail.Client, m Mail) error {
	msg, err := s.message(m)
	if err != nil {
		return &Trouble{Refused, err}
	}
	err = client.Send(msg)
	if err == nil || msg.IsDelivered() { // what goes wrong after it was accepted is none of this mail's
		return nil
	}
	var failed *mail.SendError
	switch {
	case !errors.As(err, &failed) || failed.Reason == mail.ErrConnCheck || failed.ErrorCode() == 0:
		return &Trouble{Unreachable, err}
	case failed.Reason == mail.ErrSMTPRcptTo && !failed.IsTemp():
		return &Trouble{Refused, err}
	}
	return &Trouble{Failed, err}
}

// message writes a mail as it goes over the line. No machine answers it. A calendar file is in it twice: as the alternative
// with which a mail program lets people answer an invitation (RFC 6047), and as a file for every other one.
func (s SMTP) message(m Mail) (*mail.Msg, error) {
	msg := mail.NewMsg(mail.WithNoDefaultUserAgent())
	msg.FromMailAddress(&s.From)
	if err := msg.AddToFormat(m.Name, m.Address); err != nil {
		return nil, err
	}
	msg.Subject(m.Subject)
	msg.SetDate()
	msg.SetMessageIDWithValue(m.MessageID)
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	msg.SetGenHeader("X-Auto-Response-Suppress", "All")
	msg.SetGenHeader("Content-Language", string(m.Language))
	msg.SetBodyString(mail.TypeTextPlain, m.Plain)
	msg.AddAlternativeString(mail.TypeTextHTML, m.HTML)
	if method := methodOf(m.Calendar); method != "" {
		msg.AddAlternativeString(mail.ContentType("text/calendar; method="+method), string(m.Calendar))
	}
	if m.Calendar != nil {
		if err := msg.AttachReader("bekwaam.ics", bytes.NewReader(m.Calendar), mail.WithFileContentType(`text/calendar; charset=utf-8`)); err != nil {
			return nil, err
		}
	}
	return msg, nil
}

// methodOf is what a calendar file asks of whoever gets it: RFC 5546; empty where it asks nothing.
func methodOf(calendar []byte) string {
	for line := range bytes.Lines(calendar) {
		switch method, _ := bytes.CutPrefix(bytes.TrimSpace(line), []byte("METHOD:")); string(method) {
		case "REQUEST", "CANCEL":
			return string(method)
		}
	}
	return ""
}
