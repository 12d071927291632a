package main

import (
	"fmt"
	"io"
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/notices"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// A config is what the options and the environment say. It is read once; an option goes before the environment.
type config struct {
	Listen   string // the address the server listens on. Default 127.0.0.1:8080
	Database string // a SQLite file or a postgres:// URL. Default bekwaam.db in this folder
	Named    bool   // whether somebody chose the database: then a new one is no demo of itself
	Demo     bool   // make a new database the demo
	URL      string // the public address, without a trailing slash. Default: the listen address

	Proxies proxies // whose X-Forwarded-For is believed. Default: nobody's

	SMTP             notices.SMTP // the mail server; without one mails are only kept
	SMTPPasswordFile string       // where the password of its user stands, unless the environment holds it

	Contact string // the e-mail address for questions about the API. Default: opleidingen@ and the host of URL

	Again bool // seed: forget a demo and fill it anew

	On      calendar.Date // sweep: the day; zero: today
	DryRun  bool          // sweep: only tell
	Confirm bool          // sweep: write also what would be held

	From, Until calendar.Date // simulate: the first day (zero: today) and the last
	Renew       string        // simulate: on-time or never. Default on-time

	Person staff.PersonID // a personnel number
	Hours  int            // how long a token lasts. Default 8

	First, Infix, Last, Email string // the administrator's name and address
	PasswordFile              string // where the administrator's password stands. Default: asked on the terminal
	Municipality, Department  string // what the installation is called
	Prefix                    string // the letters its certificate numbers begin with, at its first start

	Signatory   certificates.Signatory // settings: who is mandated to sign certificates
	NoSignatory bool                   // settings: nobody is any more
}

// An option is one thing one can set: by flag, and where it has a variable also in the environment.
type option struct {
	name           string
	variable       string
	value          string // what the help calls its value; empty: it is on or off
	dutch, english string
	preset         string                                               // what it is when nobody sets it
	set            func(c *config, text string) (dutch, english string) // what is wrong with the text; empty: nothing
}

var options = []option{
	{"listen", "BEKWAAM_LISTEN", "ADRES", "adres en poort van de website", "address and port of the pages", "127.0.0.1:8080", (*config).setListen},
	{"database", "BEKWAAM_DATABASE", "BESTAND|URL", "SQLite-bestand of postgres://gebruiker@host/naam", "SQLite file or postgres://user@host/name", "bekwaam.db", (*config).setDatabase},
	{"demo", "BEKWAAM_DEMO", "", "maakt een nieuwe database de demo", "makes a new database the demo", "", onOff(func(c *config) *bool { return &c.Demo })},
	{"url", "BEKWAAM_URL", "URL", "openbaar adres, voor QR-codes", "public address, for QR codes", "", (*config).setURL},
	{"proxies", "BEKWAAM_PROXIES", "ADRESSEN", "adressen of netwerken van vertrouwde webservers ervoor", "addresses or networks of trusted web servers before it", "", (*config).setProxies},
	{"contact", "BEKWAAM_CONTACT", "ADRES", "e-mailadres voor vragen over de API", "e-mail address for questions about the API", "", text(func(c *config) *string { return &c.Contact })},
	{"smtp", "BEKWAAM_SMTP", "URL", "mailserver, zoals smtp://gebruiker@mail.gemeente.example:587", "mail server, such as smtp://user@mail.municipality.example:587", "", (*config).setSMTP},
	{"smtp-password-file", "BEKWAAM_SMTP_PASSWORD_FILE", "BESTAND", "bestand met het wachtwoord van de mailserver", "file with the password for the mail server", "", text(func(c *config) *string { return &c.SMTPPasswordFile })},
	{"mail-from", "BEKWAAM_MAIL_FROM", "ADRES", "afzender van mail", "sender of mail", "", (*config).setSender},
	{"again", "", "", "wist een demo en vult hem opnieuw", "empties a demo and fills it anew", "", onOff(func(c *config) *bool { return &c.Again })},
	{"on", "", "JJJJ-MM-DD", "de dag om naar te kijken", "the day to look at", "vandaag/today", day(func(c *config) *calendar.Date { return &c.On })},
	{"dry-run", "", "", "vertelt alleen wat er zou gebeuren", "only tells what would happen", "", onOff(func(c *config) *bool { return &c.DryRun })},
	{"confirm", "", "", "voert ook uit wat op iemand wacht", "also does what waits for somebody", "", onOff(func(c *config) *bool { return &c.Confirm })},
	{"from", "", "JJJJ-MM-DD", "de eerste dag", "the first day", "vandaag/today", day(func(c *config) *calendar.Date { return &c.From })},
	{"until", "", "JJJJ-MM-DD", "de laatste dag", "the last day", "", day(func(c *config) *calendar.Date { return &c.Until })},
	{"renew", "", "HOE", "on-time: iedereen op de laatste dag; never: niemand", "on-time: everybody on the last day; never: nobody", renewOnTime, (*config).setRenew},
	{"person", "", "NUMMER", "personeelsnummer", "personnel number", "", text(func(c *config) *string { return (*string)(&c.Person) })},
	{"hours", "", "AANTAL", "zo lang geldt het token", "how long the token lasts", "8", (*config).setHours},
	{"first", "", "NAAM", "voornaam", "first name", "", text(func(c *config) *string { return &c.First })},
	{"infix", "", "NAAM", "tussenvoegsel", "infix, such as van", "", text(func(c *config) *string { return &c.Infix })},
	{"last", "", "NAAM", "achternaam", "last name", "", text(func(c *config) *string { return &c.Last })},
	{"email", "", "ADRES", "e-mailadres", "e-mail address", "", text(func(c *config) *string { return &c.Email })},
	{"password-file", "BEKWAAM_ADMIN_PASSWORD_FILE", "BESTAND", "bestand met het wachtwoord; zonder vraagt bekwaam erom", "file with the password; without it bekwaam asks", "", text(func(c *config) *string { return &c.PasswordFile })},
	{"municipality", "", "NAAM", "naam van de gemeente", "name of the municipality", "", text(func(c *config) *string { return &c.Municipality })},
	{"department", "", "NAAM", "afdeling die certificaten uitgeeft", "department that issues certificates", "", text(func(c *config) *string { return &c.Department })},
	{"signatory", "", "NAAM", "wie certificaten mag ondertekenen", "who may sign certificates", "", text(func(c *config) *string { return &c.Signatory.Name })},
	{"signatory-function", "", "FUNCTIE", "en in welke functie", "and in which function", "", text(func(c *config) *string { return &c.Signatory.Function })},
	{"no-signatory", "", "", "niemand ondertekent certificaten meer", "nobody signs certificates any more", "", onOff(func(c *config) *bool { return &c.NoSignatory })},
	{"prefix", "", "LETTERS", "begin van certificaatnummers, bij de eerste start", "start of certificate numbers, at the first start", "", (*config).setPrefix},
}

func optionNamed(name string) option {
	return options[slices.IndexFunc(options, func(o option) bool { return o.name == name })]
}

// parse reads the options of a command and reports every mistake at once; help is true where somebody asks for it.
// It repeats no value: a value may hold a password.
func parse(cmd command, args []string, getenv func(string) string) (c config, help bool, err error) {
	mistakes := *usage
	mistake := func(where, dutch, english string) {
		if dutch != "" {
			mistakes = *mistakes.At(where, dutch, english)
		}
	}
	given := make(map[string]bool)
	for len(args) > 0 {
		name, value, inline := strings.Cut(args[0], "=")
		flag := strings.TrimPrefix(strings.TrimPrefix(name, "-"), "-")
		args = args[1:]
		switch {
		case flag == "help" || flag == "h":
			return config{}, true, nil
		case flag == name:
			mistake("…", "er staat een woord te veel achter het commando", "there is a word too many after the command")
			continue
		case !slices.Contains(cmd.options, flag):
			mistake(name, "deze optie bestaat hier niet; kijk bij --help", "there is no such option here; see --help")
			continue
		}
		o := optionNamed(flag)
		switch {
		case o.value == "" && !inline:
			value = "true"
		case !inline && (len(args) == 0 || strings.HasPrefix(args[0], "--")):
			mistake("--"+flag, "schrijf er een waarde achter", "write a value after it")
			given[flag] = true
			continue
		case !inline:
			value, args = args[0], args[1:]
		}
		given[flag] = true
		dutch, english := o.set(&c, value)
		mistake("--"+flag, dutch, english)
	}
	for _, name := range cmd.options {
		o := optionNamed(name)
		if value := fromEnvironment(o, getenv); value != "" && !given[name] {
			given[name] = true
			dutch, english := o.set(&c, value)
			mistake(o.variable, dutch, english)
		}
		if slices.Contains(cmd.needs, name) && !given[name] {
			mistake("--"+name, "deze optie is nodig", "this option is needed")
		}
	}
	if c.SMTP.Host != "" {
		c.SMTP.Password = getenv("BEKWAAM_SMTP_PASSWORD") // never an option: it would stand in lists of processes
		if c.SMTP.From.Address == "" {
			mistake("--mail-from", "noem ook de afzender", "name the sender as well")
		}
	}
	c.Named = given["database"]
	c.fillIn()
	if len(mistakes.Fields) > 0 {
		return config{}, false, &mistakes
	}
	return c, false, nil
}

func fromEnvironment(o option, getenv func(string) string) string {
	if o.variable == "" {
		return ""
	}
	return getenv(o.variable)
}

// fillIn gives what nobody set its default.
func (c *config) fillIn() {
	if c.Listen == "" {
		c.Listen = "127.0.0.1:8080"
	}
	if c.Database == "" {
		c.Database = "bekwaam.db"
	}
	if c.Hours == 0 {
		c.Hours = 8
	}
}

func (c *config) setListen(value string) (dutch, english string) {
	c.Listen = value
	_, port, err := net.SplitHostPort(value)
	if n, portErr := strconv.ParseUint(port, 10, 16); err != nil || portErr != nil || n > 65535 {
		return "schrijf een adres met een poort, zoals 127.0.0.1:8080", "write an address with a port, such as 127.0.0.1:8080"
	}
	return "", ""
}

func (c *config) setDatabase(value string) (dutch, english string) {
	c.Database = value
	switch {
	case value == "":
		return "schrijf een bestand of een postgres://-adres", "write a file or a postgres:// address"
	case store.IsPostgres(value):
		if u, err := url.Parse(value); err != nil || u.Host == "" || len(u.Path) < 2 {
			return "schrijf postgres://gebruiker:wachtwoord@host:5432/naam", "write postgres://user:password@host:5432/name"
		}
	case strings.Contains(value, "://"):
		return "dit soort database kent bekwaam niet: gebruik een bestand of postgres://", "bekwaam does not know this kind of database: use a file or postgres://"
	}
	return "", ""
}

func (c *config) setURL(value string) (dutch, english string) {
	u, err := url.Parse(value)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || u.User != nil || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "" {
		return "schrijf alleen het adres, zoals https://leren.gemeente.example", "write only the address, such as https://leren.gemeente.example"
	}
	c.URL = u.Scheme + "://" + u.Host
	return "", ""
}

func (c *config) setSMTP(value string) (dutch, english string) {
	server, err := notices.ReadServer(value)
	if err != nil {
		return sayBoth(err)
	}
	server.From = c.SMTP.From
	c.SMTP = server
	return "", ""
}

func (c *config) setSender(value string) (dutch, english string) {
	var err error
	if c.SMTP.From, err = notices.ReadSender(value); err != nil {
		return sayBoth(err)
	}
	return "", ""
}

// sayBoth is what is wrong in both languages.
func sayBoth(err error) (dutch, english string) {
	f := fault.Of(err)
	return f.Dutch, f.English
}

// day sets an option that is a day.
func day(field func(*config) *calendar.Date) func(*config, string) (string, string) {
	return func(c *config, value string) (dutch, english string) {
		var err error
		if *field(c), err = calendar.Parse(value); err != nil {
			return "schrijf een dag die bestaat, zoals 2026-12-12", "write a day that exists, such as 2026-12-12"
		}
		return "", ""
	}
}

func (c *config) setRenew(value string) (dutch, english string) {
	c.Renew = value
	if value != renewOnTime && value != renewNever {
		return "schrijf on-time of never", "write on-time or never"
	}
	return "", ""
}

const maxHours = 366 * 24

func (c *config) setHours(value string) (dutch, english string) {
	var err error
	if c.Hours, err = strconv.Atoi(value); err != nil || c.Hours < 1 || c.Hours > maxHours {
		return fmt.Sprintf("schrijf een aantal uren van 1 tot en met %d", maxHours), fmt.Sprintf("write a number of hours from 1 to %d", maxHours)
	}
	return "", ""
}

func (c *config) setPrefix(value string) (dutch, english string) {
	c.Prefix = value
	if certificates.CheckPrefix(value) != nil {
		return "schrijf twee tot vier hoofdletters, zoals RW", "write two to four capital letters, such as RW"
	}
	return "", ""
}

// text sets an option that may be any text but an empty one.
func text(field func(*config) *string) func(*config, string) (string, string) {
	return func(c *config, value string) (dutch, english string) {
		*field(c) = strings.TrimSpace(value)
		if *field(c) == "" {
			return "schrijf hier iets", "write something here"
		}
		return "", ""
	}
}

// onOff sets an option without a value.
func onOff(field func(*config) *bool) func(*config, string) (string, string) {
	return func(c *config, value string) (dutch, english string) {
		var err error
		if *field(c), err = strconv.ParseBool(value); err != nil {
			return "schrijf true of false, of niets", "write true or false, or nothing"
		}
		return "", ""
	}
}

// help writes what a command does and what its options are.
func (cmd command) help(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n  %s\n  %s\n", strings.TrimSpace("bekwaam "+cmd.name), cmd.dutch, cmd.english)
	if cmd.name == "" {
		b.WriteString("\nZonder opties: de demo op http://127.0.0.1:8080, in bekwaam.db in deze map.\nWithout options: the demo on http://127.0.0.1:8080, in bekwaam.db in this folder.\n\nCommando's / commands\n")
		for _, c := range commands[1:] {
			fmt.Fprintf(&b, "  %-14s %s\n  %-14s %s\n", c.name, c.dutch, "", c.english)
		}
		b.WriteString("  bekwaam COMMANDO --help vertelt meer / tells more\n")
	}
	if len(cmd.options) > 0 {
		b.WriteString("\nOpties / options\n")
	}
	for _, name := range cmd.options {
		o := optionNamed(name)
		preset := ""
		if o.preset != "" {
			preset = " [" + o.preset + "]"
		}
		if slices.Contains(cmd.needs, name) {
			preset = " (nodig / needed)"
		}
		fmt.Fprintf(&b, "  %-30s %s%s\n  %-30s %s\n", strings.TrimSpace("--"+o.name+" "+o.value), o.dutch, preset, o.variable, o.english)
	}
	_, err := io.WriteString(w, b.String())
	return err
}
