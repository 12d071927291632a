package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"syscall"
	"time"

	"bekwaam/api"
	"bekwaam/api/web"
	"bekwaam/courses/academy"
	"bekwaam/courses/fault"
	"bekwaam/courses/notices"
	"bekwaam/courses/store"
	"bekwaam/seed"
)

// drain is how long requests may take to finish once the program is asked to stop.
const drain = 20 * time.Second

var (
	portTaken = fault.New(fault.Conflict, "Deze poort is al bezet. Draait bekwaam al? Kies anders een andere, zoals --listen 127.0.0.1:8081.", "This port is taken. Is bekwaam running already? If not, choose another one, such as --listen 127.0.0.1:8081.")
	noDemo    = fault.New(fault.Conflict, "Dit is de database van een echte gemeente en geen demo. Laat --demo weg, of kies een andere database.", "This is the database of a real municipality and no demo. Leave out --demo, or choose another database.").Because("real")
)

// serve answers requests until ctx is done, and then stops in order: no new requests, the ones that are busy, the jobs,
// the database.
func (p *program) serve(ctx context.Context) (err error) {
	if p.mailer, err = p.server(); err != nil {
		return err
	}
	listener, err := net.Listen("tcp", p.Listen)
	if errors.Is(err, syscall.EADDRINUSE) {
		return portTaken.From(err)
	}
	if err != nil {
		return err
	}
	defer listener.Close()
	db, _, err := p.openNew(ctx)
	if err != nil {
		return err
	}
	err = p.serveFrom(ctx, db, listener)
	return errors.Join(err, db.Close())
}

var noPassword = fault.New(fault.Invalid, "Het wachtwoord van de mailserver kan niet worden gelezen. Kijk naar het bestand dat je noemt met --smtp-password-file.", "The password for the mail server cannot be read. Look at the file that you name with --smtp-password-file.")

// server is the mail server that the options name; nil where they name none.
func (p *program) server() (notices.Mailer, error) {
	if p.SMTP.Host == "" {
		return nil, nil
	}
	if p.SMTPPasswordFile != "" {
		text, err := os.ReadFile(p.SMTPPasswordFile)
		if err != nil {
			return nil, noPassword.From(err)
		}
		p.SMTP.Password = strings.TrimRight(string(text), "\r\n")
	}
	return p.SMTP, nil
}

// serveFrom serves a database whose tables are up to date.
func (p *program) serveFrom(ctx context.Context, db *store.DB, listener net.Listener) error {
	if p.URL == "" {
		p.URL = localURL(listener.Addr())
	}
	office := p.office(db, p.URL)
	if err := p.prepare(ctx, office); err != nil {
		return err
	}
	handler, err := p.handler(office)
	if err != nil {
		return err
	}
	server := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       15 * time.Second,
		WriteTimeout:      30 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    32 << 10,
		ErrorLog:          slog.NewLogLogger(p.log.Handler(), slog.LevelWarn),
	}
	stopJobs, err := startJobs(ctx, office, p.log)
	if err != nil {
		return err
	}
	defer stopJobs()
	if err := p.greet(ctx, office); err != nil {
		return err
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	p.log.Info("stopping", "at most", drain)
	patient, cancel := context.WithTimeout(context.WithoutCancel(ctx), drain)
	defer cancel()
	if err := server.Shutdown(patient); err != nil {
		return errors.Join(fmt.Errorf("some requests did not finish within %s: %w", drain, err), server.Close())
	}
	return nil
}

// prepare makes a database that nobody began the demo, where that is what is meant, and completes one whose filling was
// interrupted.
func (p *program) prepare(ctx context.Context, office *academy.Office) error {
	i, err := office.Installation(ctx)
	isNew := fault.KindOf(err) == fault.NotFound
	switch {
	case err != nil && !isNew:
		return err
	case isNew && p.Named && !p.Demo:
		return nil // a real first start: admin create begins it
	case !isNew && i.Kind != store.Demo:
		if p.Demo {
			return noDemo
		}
		return nil
	}
	return seed.Fill(ctx, office, newProgress(p.stderr).step)
}

// handler puts the API, the pages and the probes on one mux.
func (p *program) handler(office *academy.Office) (http.Handler, error) {
	mux := http.NewServeMux()
	if err := api.Register(mux, office, api.Config{Contact: p.contact(), Log: p.log}); err != nil {
		return nil, err
	}
	example, err := seed.OldList()
	if err != nil {
		return nil, err
	}
	scores, err := seed.Scores()
	if err != nil {
		return nil, err
	}
	site, err := web.New(office, web.Config{Log: p.log, Example: example, Scores: scores, Reset: func(ctx context.Context) error {
		return seed.Again(context.WithoutCancel(ctx), office, func(int, int, string) {}) // half an empty demo helps nobody
	}})
	if err != nil {
		return nil, err
	}
	site.Register(mux)
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "ok\n") })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		if err := office.Ready(r.Context()); err != nil {
			p.log.ErrorContext(r.Context(), "not ready", "err", err)
			http.Error(w, "not ready", http.StatusServiceUnavailable)
			return
		}
		io.WriteString(w, "ok\n")
	})
	return p.Proxies.uncover(site.Protect(mux)), nil
}

// contact is whom the description of the API names for questions.
func (p *program) contact() api.Contact {
	c := api.Contact{Name: "Bekwaam", Email: p.Contact, URL: p.URL}
	if c.Email == "" {
		if u, err := url.Parse(p.URL); err == nil {
			c.Email = "opleidingen@" + u.Hostname()
		}
	}
	return c
}

// greet tells where the server is and what to do first.
func (p *program) greet(ctx context.Context, office *academy.Office) error {
	i, err := office.Installation(ctx)
	var dutch, english string
	switch {
	case fault.KindOf(err) == fault.NotFound:
		where := p.Database
		if store.IsPostgres(where) {
			where = "postgres://…" // it may hold a password
		}
		dutch = "Deze installatie is nieuw. Maak eerst een beheerder:\n  bekwaam admin create --database " + where + " --person … --first … --last … --email … --municipality … --prefix …"
		english = "This installation is new. Make an administrator first, with the command above."
	case err != nil:
		return err
	case i.Kind == store.Demo:
		dutch = "Open dat adres en wees Tineke Bakker: haar toets identiteitsvaststelling is verlopen. Alles is verzonnen; je kunt niets stukmaken."
		english = "Open that address and be Tineke Bakker, whose identity quiz has lapsed. Everything is invented; you cannot break anything."
	default:
		dutch, english = "Open dat adres en log in.", "Open that address and log in."
	}
	_, err = fmt.Fprintf(p.stdout, "Bekwaam: %s (%s)\n%s\n%s\nStoppen / stop: Ctrl-C\n", p.URL, p.databaseName(), dutch, english)
	return err
}

// localURL is the address of a listener as a browser on this machine writes it.
func localURL(address net.Addr) string {
	tcp, ok := address.(*net.TCPAddr)
	if !ok {
		return "http://" + address.String()
	}
	host := tcp.IP.String()
	if tcp.IP.IsUnspecified() {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, fmt.Sprint(tcp.Port))
}
