package notices

import (
	"embed"
	htmltemplate "html/template"
	"strconv"
	"strings"
	"text/template"
)

//go:embed templates
var templates embed.FS

var (
	plainLetter = template.Must(template.ParseFS(templates, "templates/letter.txt"))
	htmlLetter  = htmltemplate.Must(htmltemplate.ParseFS(templates, "templates/letter.html"))
)

// A letter is a mail before it is plain text or HTML.
type letter struct {
	Reader
	Subject string
	Lead    string
	Parts   []part
}

// A part is some items under a heading.
type part struct {
	Heading string
	Text    string
	Items   []item
}

// An item is one thing: what it is, what there is to say about it, and where it is done.
type item struct {
	Title string
	Text  string
	Path  string
	Link  string // the words of the link
}

// add adds the parts that have something to tell.
func (l *letter) add(parts ...part) {
	for _, p := range parts {
		if len(p.Items) > 0 {
			l.Parts = append(l.Parts, p)
		}
	}
}

// longestSubject is how many characters of a subject people get to see at most.
const longestSubject = 120

// write fills in both templates.
func (l letter) write(subject string) (Content, error) {
	l.Subject = strings.Join(strings.Fields(subject), " ")
	if runes := []rune(l.Subject); len(runes) > longestSubject {
		l.Subject = string(runes[:longestSubject-1]) + "…"
	}
	var plain, html strings.Builder
	if err := plainLetter.Execute(&plain, l); err != nil {
		return Content{}, err
	}
	if err := htmlLetter.Execute(&html, l); err != nil {
		return Content{}, err
	}
	return Content{Language: l.Language, Subject: l.Subject, Plain: plain.String(), HTML: html.String()}, nil
}

// What the templates say themselves.

func (l letter) Greeting() string {
	if l.First == "" {
		return l.Language.Say("Hallo,", "Hello,")
	}
	return l.Language.Say("Hallo ", "Hello ") + l.First + ","
}

func (l letter) Why() string {
	return l.Language.Say("Je krijgt hoogstens één overzicht per dag. Je leest je berichten ook in Bekwaam. Daar kies je hun taal, of geen mail:",
		"You get at most one overview a day. You can also read your messages in Bekwaam. There you choose their language, or no mail:")
}

func (l letter) Settings() string { return l.URL + "/berichten/instellingen" }

func number(n int) string { return strconv.Itoa(n) }
