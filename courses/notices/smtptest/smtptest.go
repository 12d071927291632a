// Package smtptest gives tests a real mail server that keeps what it gets.
package smtptest

import (
	"bufio"
	"fmt"
	"net"
	"net/mail"
	"slices"
	"strings"
	"sync"
	"testing"
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
}

// Start starts a mail server.
func Start(t testing.TB) *Server {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	address := listener.Addr().(*net.TCPAddr)
	s := &Server{Host: address.IP.String(), Port: address.Port}
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

// Bodies returns what it got as it came over the line.
func (s *Server) Bodies() []string {
	s.lock.Lock()
	defer s.lock.Unlock()
	return slices.Clone(s.bodies)
}

func (s *Server) talk(conn net.Conn) {
	defer conn.Close()
	s.lock.Lock()
	away := s.away
	s.lock.Unlock()
	if away {
		return
	}
	say := func(line string) { fmt.Fprintf(conn, "%s\r\n", line) }
	say("220 test")
	in := bufio.NewReader(conn)
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		switch verb, rest, _ := strings.Cut(strings.TrimSpace(line), " "); strings.ToUpper(verb) {
		case "EHLO", "HELO":
			say("250-test")
			say("250 8BITMIME")
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
