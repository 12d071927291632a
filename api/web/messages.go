package web

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
	"time"

	"bekwaam/api/auth"
	"bekwaam/courses/academy"
)

// A messagesPage lists one's own mails.
type messagesPage struct{ Messages []message }

// A message is one mail as its reader sees it.
type message struct {
	ID      string
	Subject string
	At      time.Time
	State   string
	Tone    string // class
	Text    []string
	Lang    string
	Unread  bool
}

var (
	messagesView = declare[messagesPage]("messages.html")
	messageView  = declare[message]("message.html", narrow)
)

// messages shows one's own mails.
func (s *Site) messages(v *visit) error {
	mails, err := s.office.OwnMails(v.ctx(), v.actor)
	if err != nil {
		return err
	}
	var page messagesPage
	for _, m := range mails {
		page.Messages = append(page.Messages, v.message(m))
	}
	return messagesView.show(v, page)
}

// message shows what one of them says, and marks it as read.
func (s *Site) message(v *visit) error {
	mail, err := s.office.OwnMail(v.ctx(), v.actor, v.r.PathValue("bericht"))
	if err != nil {
		return err
	}
	if err := s.office.MarkOwnMail(v.ctx(), v.actor, mail.ID, true); err != nil {
		return err
	}
	return messageView.show(v, v.message(mail))
}

func (v *visit) message(m academy.Mail) message {
	page := message{ID: m.ID, Subject: m.Subject, At: m.MadeAt, Lang: string(m.Language), Unread: m.ReadAt.IsZero()}
	page.State, page.Tone = v.mailState(m.State())
	for block := range strings.SplitSeq(strings.TrimSpace(m.Plain), "\n\n") {
		page.Text = append(page.Text, strings.TrimSpace(block))
	}
	return page
}

// mailState says where a mail stands, and in what tone.
func (l language) mailState(s academy.MailState) (word, tone string) {
	switch s {
	case academy.MailSent:
		return l.say("Verstuurd", "Sent"), "goed"
	case academy.MailWaits:
		return l.say("Wacht", "Waits"), "let"
	case academy.MailFailed:
		return l.say("Mislukt", "Failed"), "fout"
	case academy.MailKept:
		return l.say("Niet gemaild", "Not mailed"), "stil"
	}
	return l.say("Vervallen", "Dropped"), "stil"
}

// A messageSettingsPage is where one chooses the language of one's mail, or to have none, and makes a calendar.
type messageSettingsPage struct {
	Mail     academy.MailSetting
	Since    *time.Time // when the calendar was made; nil: there is none
	Address  string     // of the calendar, only just after it was made
	Problems problems
}

var messageSettingsView = declare[messageSettingsPage]("message_settings.html", narrow)

func (v *visit) messageSettings() (page messageSettingsPage, err error) {
	if page.Mail, err = v.site.office.MailSettings(v.ctx(), v.actor); err != nil {
		return page, err
	}
	feed, err := v.site.office.OwnFeed(v.ctx(), v.actor)
	if feed != nil {
		page.Since = &feed.MadeAt
	}
	return page, err
}

// messageSettings shows the choices.
func (s *Site) messageSettings(v *visit) error {
	page, err := v.messageSettings()
	if err != nil {
		return err
	}
	return messageSettingsView.show(v, page)
}

const messageSettingsPath = "/berichten/instellingen"

// setMail chooses how one is told.
func (s *Site) setMail(v *visit) error {
	if err := s.office.SetMail(v.ctx(), v.actor, academy.MailSetting{Language: academy.MailLanguage(v.field("taal")), Off: v.field("mail") == "uit"}); err != nil {
		return err
	}
	return v.done("mail", messageSettingsPath)
}

// makeFeed makes a calendar and shows its address: here and never again, so that the page is the answer to the form itself.
func (s *Site) makeFeed(v *visit) error {
	secret, err := s.office.MakeFeed(v.ctx(), v.actor)
	if err != nil {
		return err
	}
	page, err := v.messageSettings()
	if err != nil {
		return err
	}
	page.Address = s.office.FeedAddress(secret)
	return messageSettingsView.show(v, page)
}

// revokeFeed takes the calendar away.
func (s *Site) revokeFeed(v *visit) error {
	if err := s.office.RevokeFeed(v.ctx(), v.actor); err != nil {
		return err
	}
	return v.done("agenda-weg", messageSettingsPath)
}

const feedSuffix = ".ics"

// A whole office may share an address, and its calendar programs ask several times an hour.
const (
	feedsAtOnce = 500
	feedEvery   = time.Second
)

// feed answers a calendar program. It asks nobody who they are: whoever knows the address may read it.
func (s *Site) feed(v *visit) error {
	secret, ok := strings.CutSuffix(v.r.PathValue("geheim"), feedSuffix)
	if !ok {
		return noSuchPage
	}
	if err := s.feeds.Allow(auth.Address(v.r), v.moment.Real); err != nil {
		return err
	}
	calendar, err := s.office.Feed(v.ctx(), secret)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(calendar)
	tag := `"` + hex.EncodeToString(sum[:16]) + `"`
	h := v.w.Header()
	h.Set("ETag", tag)
	h.Set("Cache-Control", "private, no-cache")
	if v.r.Header.Get("If-None-Match") == tag {
		v.w.WriteHeader(http.StatusNotModified)
		return nil
	}
	h.Set("Content-Type", "text/calendar; charset=utf-8")
	h.Set("Content-Disposition", `inline; filename="bekwaam.ics"`)
	_, _ = v.w.Write(calendar)
	return nil
}
