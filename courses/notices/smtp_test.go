package notices

import (
	"bytes"
	"context"
	"crypto/x509"
	"errors"
	"io"
	"log/slog"
	"mime"
	"mime/multipart"
	"net"
	netmail "net/mail"
	"strconv"
	"strings"
	"testing"

	"bekwaam/courses/notices/smtptest"
)

func some(n int) []Mail {
	mails := make([]Mail, n)
	for i := range mails {
		id := string(rune('A' + i))
		mails[i] = Mail{ID: id, MessageID: id + "@leren.example", Kind: "digest", Person: "RW1", Name: "Zoë, de Boer", Address: id + "@gemeente.example",
			Content: Content{Language: Dutch, Subject: "Hertoets één: doe dit", Plain: "Hallo Zoë\n.\nEinde\n", HTML: "<p>Hallo Zoë</p>"}}
	}
	return mails
}

// sent sends mails and returns what came of each.
func sent(ctx context.Context, m Mailer, mails []Mail) (kinds []TroubleKind) {
	m.Send(ctx, mails, func(_ Mail, err error) {
		kind := TroubleKind("")
		if err != nil {
			kind = KindOf(err)
		}
		kinds = append(kinds, kind)
	})
	return kinds
}

func testMailer(s *smtptest.Server) SMTP {
	return SMTP{Host: s.Host, Port: s.Port, From: netmail.Address{Name: "Opleidingen", Address: "opleidingen@gemeente.example"}}
}

func TestSMTPSendsWhatItIsGiven(t *testing.T) {
	server := smtptest.Start(t)
	mails := some(2)
	mails[1].Calendar = []byte("BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n")
	if kinds := sent(t.Context(), testMailer(server), mails); len(kinds) != 2 || kinds[0]+kinds[1] != "" {
		t.Fatalf("got %q", kinds)
	}
	got := server.Mails()
	if len(got) != 2 {
		t.Fatalf("%d arrived", len(got))
	}
	head := got[0].Header
	subject, err := new(mime.WordDecoder).DecodeHeader(head.Get("Subject"))
	if err != nil || subject != "Hertoets één: doe dit" {
		t.Errorf("the subject is %q, %v", subject, err)
	}
	if to, err := head.AddressList("To"); err != nil || len(to) != 1 || to[0].Name != "Zoë, de Boer" || to[0].Address != "A@gemeente.example" {
		t.Errorf("it goes to %v, %v", to, err)
	}
	for name, want := range map[string]string{"Message-Id": "<A@leren.example>", "Auto-Submitted": "auto-generated", "Content-Language": "nl", "From": `"Opleidingen" <opleidingen@gemeente.example>`} {
		if head.Get(name) != want {
			t.Errorf("%s is %q, want %q", name, head.Get(name), want)
		}
	}
	kinds := make(map[string]string)
	parts(t, got[0].Header.Get("Content-Type"), got[0].Body, kinds)
	if plain := strings.ReplaceAll(kinds["text/plain"], "\r\n", "\n"); plain != "Hallo Zoë\n.\nEinde\n" || kinds["text/html"] != "<p>Hallo Zoë</p>" {
		t.Errorf("it says %q", kinds)
	}
	var asked []string
	alternatives(t, got[1].Header.Get("Content-Type"), got[1].Body, &asked)
	if strings.Join(asked, ", ") != "text/plain, text/html, text/calendar REQUEST" {
		t.Errorf("a mail program chooses between %q", asked)
	}
	if !strings.Contains(server.Bodies()[1], "text/calendar") || !strings.Contains(server.Bodies()[1], `filename="bekwaam.ics"`) {
		t.Error("the calendar is not attached")
	}
}

// parts reads the parts of a message that are text.
func parts(t *testing.T, contentType string, body io.Reader, into map[string]string) {
	t.Helper()
	kind, about, err := mime.ParseMediaType(contentType)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(kind, "multipart/") {
		text, err := io.ReadAll(body)
		if err != nil {
			t.Fatal(err)
		}
		into[kind] = string(text)
		return
	}
	for r := multipart.NewReader(body, about["boundary"]); ; {
		part, err := r.NextPart() // undoes quoted-printable
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		parts(t, part.Header.Get("Content-Type"), part, into)
	}
}

// alternatives lists between what a mail program chooses, in order: the kind of each and what it asks.
func alternatives(t *testing.T, contentType string, body io.Reader, into *[]string) {
	t.Helper()
	kind, about, err := mime.ParseMediaType(contentType)
	if err != nil {
		t.Fatal(err)
	}
	for r := multipart.NewReader(body, about["boundary"]); strings.HasPrefix(kind, "multipart/"); {
		part, err := r.NextPart()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		inner, more, err := mime.ParseMediaType(part.Header.Get("Content-Type"))
		if err != nil {
			t.Fatal(err)
		}
		if kind == "multipart/alternative" {
			*into = append(*into, strings.TrimSpace(inner+" "+more["method"]))
		}
		alternatives(t, part.Header.Get("Content-Type"), part, into)
	}
}

func TestTroubleWithSMTP(t *testing.T) {
	server := smtptest.Start(t)
	server.Refuse("B@gemeente.example")
	if kinds := sent(t.Context(), testMailer(server), some(3)); strings.Join([]string{string(kinds[0]), string(kinds[1]), string(kinds[2])}, ",") != ",refused," {
		t.Errorf("got %q", kinds)
	}
	if n := len(server.Mails()); n != 2 {
		t.Errorf("%d arrived", n)
	}
	server.Away(true)
	if kinds := sent(t.Context(), testMailer(server), some(2)); len(kinds) != 2 || kinds[0] != Unreachable || kinds[1] != Unreachable {
		t.Errorf("got %q where nobody answers", kinds)
	}
	server.Away(false)
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if kinds := sent(stopped, testMailer(server), some(2)); len(kinds) != 2 || kinds[0] != Unreachable || len(server.Mails()) != 2 {
		t.Errorf("got %q after the stop", kinds)
	}
	withPassword := testMailer(server)
	withPassword.User, withPassword.Password = "u", "geheim"
	if kinds := sent(t.Context(), withPassword, some(1)); kinds[0] != Unreachable {
		t.Errorf("got %q from a server that asks nobody who they are", kinds)
	}
}

func TestOnlyThisMachineMayDoWithoutTLS(t *testing.T) {
	for host, local := range map[string]bool{"localhost": true, "127.0.0.1": true, "::1": true, "mail.example": false, "10.0.0.1": false} {
		if got := (SMTP{Host: host}).local(); got != local {
			t.Errorf("%s: local is %v", host, got)
		}
	}
}

// secured is a mailer that reaches a server of a test by a name on the net.
func secured(s *smtptest.Server, trusted *x509.CertPool, password string) SMTP {
	m := testMailer(s)
	m.Host, m.User, m.Password, m.trusted = "mail.example", "bekwaam", password, trusted
	m.address = net.JoinHostPort(s.Host, strconv.Itoa(s.Port))
	return m
}

func TestAPasswordGoesOverTLSOnly(t *testing.T) {
	open := smtptest.Start(t)
	secure, pool := smtptest.StartTLS(t, "mail.example")
	other, _ := smtptest.StartTLS(t, "mail.example")
	elsewhere, poolOfElsewhere := smtptest.StartTLS(t, "elsewhere.example")
	for _, tt := range []struct {
		name     string
		server   *smtptest.Server
		trusted  *x509.CertPool
		password string
		want     TroubleKind
		logins   string
	}{
		{"it offers TLS", secure, pool, "geheim", "", "PLAIN over TLS: bekwaam, geheim"},
		{"it offers no TLS", open, pool, "geheim", Unreachable, ""},
		{"nobody vouches for its certificate", other, pool, "geheim", Unreachable, ""},
		{"its certificate is of another name", elsewhere, poolOfElsewhere, "geheim", Unreachable, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			kinds := sent(t.Context(), secured(tt.server, tt.trusted, tt.password), some(1))
			if len(kinds) != 1 || kinds[0] != tt.want {
				t.Errorf("got %q, want %q", kinds, tt.want)
			}
			if got := strings.Join(tt.server.Logins(), "; "); got != tt.logins {
				t.Errorf("it was told %q, want %q", got, tt.logins)
			}
			if n := len(tt.server.Mails()); (n == 1) != (tt.want == "") {
				t.Errorf("%d arrived", n)
			}
		})
	}
	if kinds := sent(t.Context(), secured(secure, pool, "wrong"), some(2)); len(kinds) != 2 || kinds[0] != Unreachable || kinds[1] != Unreachable || len(secure.Mails()) != 1 {
		t.Errorf("got %q with a wrong password", kinds)
	}
}

func TestReadServer(t *testing.T) {
	for text, want := range map[string]SMTP{
		"smtp://mail.example":           {Host: "mail.example", Port: 587},
		"smtp://jan@mail.example:25":    {Host: "mail.example", Port: 25, User: "jan"},
		"smtp://jan%40x.nl@[::1]:2525/": {Host: "::1", Port: 2525, User: "jan@x.nl"},
	} {
		if got, err := ReadServer(text); err != nil || got != want {
			t.Errorf("%s: got %+v, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "mail.example", "http://mail.example", "smtp://", "smtp://jan:geheim@mail.example", "smtp://mail.example:0", "smtp://mail.example/x", "smtp://mail.example?x"} {
		if _, err := ReadServer(text); err == nil || strings.Contains(err.Error(), "geheim") {
			t.Errorf("%s: %v", text, err)
		}
	}
	if a, err := ReadSender("Opleidingen <o@x.nl>"); err != nil || a.Address != "o@x.nl" {
		t.Errorf("got %v, %v", a, err)
	}
	if _, err := ReadSender("o"); err == nil {
		t.Error("o was read as an address")
	}
}

func TestTheLogTellsNothingPersonal(t *testing.T) {
	var log bytes.Buffer
	if kinds := sent(t.Context(), LogMailer{slog.New(slog.NewTextHandler(&log, nil))}, some(1)); kinds[0] != "" {
		t.Errorf("got %q", kinds)
	}
	for _, secret := range []string{"Zoë", "gemeente.example", "Hertoets", "Hallo", "RW1"} {
		if strings.Contains(log.String(), secret) {
			t.Errorf("the log says %q", secret)
		}
	}
	if !strings.Contains(log.String(), "mail=A") || !strings.Contains(log.String(), "digest") {
		t.Errorf("the log says %s", log.String())
	}
}
