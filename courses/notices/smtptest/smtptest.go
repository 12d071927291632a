// Package smtptest gives tests a real mail server that keeps what it gets.
package smtptest

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"math/big"
	"net"
	"net/mail"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// A Server listens on this machine until the test ends.
type Server struct {
	Host string
	Port int

	lock    sync.Mutex
	mails   []*mail.Message
	bodies  []string
	away    bool
	refused []string
	secure  *tls.Config // nil: it offers no STARTTLS
	logins  []string    // "PLAIN over TLS: user, password"
}

// Start starts a mail server.
func Start(t testing.TB) *Server {
	t.Helper()
	return start(t, nil)
}

// StartTLS starts a mail server that offers STARTTLS, with a certificate for a name that the pool trusts; after it, it asks
// who somebody is.
func StartTLS(t testing.TB, name string) (*Server, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	terms := &x509.Certificate{SerialNumber: big.NewInt(1), DNSNames: []string{name}, NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true}
	der, err := x509.CreateCertificate(rand.Reader, terms, terms, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(certificate)
	return start(t, &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}), pool
}

func start(t testing.TB, secure *tls.Config) *Server {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	address := listener.Addr().(*net.TCPAddr)
	s := &Server{Host: address.IP.String(), Port: address.Port, secure: secure}
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go s.talk(conn)
		}
	}()
	return s
}

// Away makes the server hang up on everybody, or answer again.
func (s *Server) Away(away bool) {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.away = away
}

// Refuse makes the server take no mail for an address.
func (s *Server) Refuse(address string) {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.refused = append(s.refused, address)
}

// Mails returns what it got, in order.
func (s *Server) Mails() []*mail.Message {
	s.lock.Lock()
	defer s.lock.Unlock()
	return slices.Clone(s.mails)
}

// Logins returns who said who they are, and how: "PLAIN over TLS: user, password".
func (s *Server) Logins() []string {
	s.lock.Lock()
	defer s.lock.Unlock()
	return slices.Clone(s.logins)
}

// Bodies returns what it got as it came over the line.
func (s *Server) Bodies() []string {
	s.lock.Lock()
	defer s.lock.Unlock()
	return slices.Clone(s.bodies)
}

func (s *Server) talk(conn net.Conn) {
	defer func() { conn.Close() }()
	s.lock.Lock()
	away := s.away
	s.lock.Unlock()
	if away {
		return
	}
	say := func(line string) { fmt.Fprintf(conn, "%s\r\n", line) }
	say("220 test")
	in := bufio.NewReader(conn)
	over := "no TLS"
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		switch verb, rest, _ := strings.Cut(strings.TrimSpace(line), " "); strings.ToUpper(verb) {
		case "EHLO", "HELO":
			say("250-test")
			if s.secure != nil && over != "TLS" {
				say("250-STARTTLS")
			} else if s.secure != nil {
				say("250-AUTH PLAIN")
			}
			say("250 8BITMIME")
		case "STARTTLS":
			say("220 go on")
			conn = tls.Server(conn, s.secure)
			in, over = bufio.NewReader(conn), "TLS"
		case "AUTH":
			if !s.login(over, rest) {
				say("535 no")
				continue
			}
			say("235 ok")
		case "RCPT":
			if s.refuses(rest) {
				say("550 no such person here")
				continue
			}
			say("250 ok")
		case "DATA":
			say("354 go on")
			if s.keep(in) != nil {
				return
			}
			say("250 ok")
		case "QUIT":
			say("221 bye")
			return
		default:
			say("250 ok")
		}
	}
}

// login keeps who somebody says they are; with the password "wrong" they are not let in.
func (s *Server) login(over, rest string) bool {
	mechanism, encoded, _ := strings.Cut(rest, " ")
	said, err := base64.StdEncoding.DecodeString(encoded)
	words := strings.Split(string(said), "\x00")
	s.lock.Lock()
	defer s.lock.Unlock()
	s.logins = append(s.logins, fmt.Sprintf("%s over %s: %s", mechanism, over, strings.Join(words[1:], ", ")))
	return err == nil && words[len(words)-1] != "wrong"
}

func (s *Server) refuses(to string) bool {
	s.lock.Lock()
	defer s.lock.Unlock()
	return slices.ContainsFunc(s.refused, func(address string) bool { return strings.Contains(to, "<"+address+">") })
}

// keep reads a mail up to the line with only a dot.
func (s *Server) keep(in *bufio.Reader) error {
	var body strings.Builder
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return err
		}
		if line == ".\r\n" {
			break
		}
		body.WriteString(strings.TrimPrefix(line, "."))
	}
	m, err := mail.ReadMessage(strings.NewReader(body.String()))
	if err != nil {
		return err
	}
	s.lock.Lock()
	defer s.lock.Unlock()
	s.mails, s.bodies = append(s.mails, m), append(s.bodies, body.String())
	return nil
}
