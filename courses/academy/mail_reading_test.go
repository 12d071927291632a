package academy_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"bekwaam/certificates"
	"bekwaam/courses/academy"
	"bekwaam/courses/fault"
	"bekwaam/courses/notices"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
	"bekwaam/courses/training"
)

func TestWhoWantsNoMailReadsItHere(t *testing.T) {
	withMail(t, func(t *testing.T, p *postOffice) {
		eva := p.as("EVA")
		off := store.MailSetting{Language: notices.Dutch, Off: true}
		p.must(p.SetMail(ctx, eva, off))
		got, err := p.MailSettings(ctx, eva)
		p.must(err)
		equal(t, "how EVA is told", got, off)
		arrived := append(p.morning("2026-01-15"), p.morning("2026-01-16")...)
		equal(t, "EVA got mail", slices.ContainsFunc(arrived, func(m string) bool { return strings.HasPrefix(m, "EVA") }), false)
		mails, err := p.OwnMails(ctx, eva)
		p.must(err)
		if len(mails) != 1 || mails[0].State() != academy.MailKept || !mails[0].ReadAt.IsZero() {
			t.Fatalf("EVA has %+v", mails)
		}
		p.must(p.MarkOwnMail(ctx, eva, mails[0].ID, true))
		first, err := p.OwnMail(ctx, eva, mails[0].ID)
		p.must(err)
		p.clock.set("2026-01-17", "09:00")
		p.must(p.MarkOwnMail(ctx, eva, mails[0].ID, true))
		again, err := p.OwnMail(ctx, eva, mails[0].ID)
		p.must(err)
		equal(t, "when it was read", again.ReadAt, first.ReadAt)
		equal(t, "it was read", first.ReadAt.IsZero(), false)
		p.must(p.MarkOwnMail(ctx, eva, mails[0].ID, false))
		again, err = p.OwnMail(ctx, eva, mails[0].ID)
		p.must(err)
		equal(t, "it is unread", again.ReadAt.IsZero(), true)
		refuses(t, p.MarkOwnMail(ctx, p.as("XAN"), mails[0].ID, true), fault.NotFound, "")
		refuses(t, p.MarkOwnMail(ctx, staff.Actor{Person: "EVA"}, mails[0].ID, true), fault.Forbidden, "")
	})
}

// The session of April is in summer time, the one of January is not.
func TestGroupTrainingsStandInTheFeed(t *testing.T) {
	withMail(t, func(t *testing.T, p *postOffice) {
		p.must(p.Define(ctx, staff.Actor{}, []certificates.Scheme{emergency}, nil))
		spring := planned()
		spring.ID, spring.Day, spring.Places = "G2", date("2026-04-07"), 1
		for _, s := range []training.Session{planned(), spring} {
			p.must(second(p.PutSession(ctx, p.as("PEN"), s)))
		}
		eva := p.as("EVA")
		secret, err := p.MakeFeed(ctx, eva)
		p.must(err)
		events := func() string {
			t.Helper()
			feed, err := p.Feed(ctx, secret)
			p.must(err)
			var lines []string
			for line := range strings.Lines(string(feed)) {
				for _, name := range []string{"UID:G", "DTSTART:", "STATUS:CANCELLED"} {
					if strings.HasPrefix(line, name) {
						lines = append(lines, strings.TrimSpace(line))
					}
				}
			}
			return strings.Join(lines, " ")
		}
		equal(t, "at first", events(), "")
		for _, id := range []training.SessionID{"G1", "G2"} {
			p.must(second(p.Enrol(ctx, eva, id, "EVA")))
		}
		winter, summer := "UID:G1@leren.example DTSTART:20260120T080000Z", "UID:G2@leren.example DTSTART:20260407T070000Z"
		equal(t, "with a place", events(), winter+" "+summer)
		xan, err := p.MakeFeed(ctx, p.as("XAN"))
		p.must(err)
		p.must(second(p.Enrol(ctx, p.as("XAN"), "G2", "XAN")))
		waits, err := p.Feed(ctx, xan)
		p.must(err)
		equal(t, "XAN waits and has no place", strings.Contains(string(waits), "UID:G"), false)
		p.must(p.CancelSession(ctx, p.as("PEN"), "G2"))
		equal(t, "one is off", events(), winter+" "+summer+" STATUS:CANCELLED")
		p.must(p.Leave(ctx, eva, "G1", "EVA"))
		equal(t, "and the other is left", events(), summer+" STATUS:CANCELLED")
	})
}

// A calendar replaces what it had by a higher sequence, and forgets what is cancelled.
func TestInvitationsByMail(t *testing.T) {
	withMail(t, func(t *testing.T, p *postOffice) {
		p.must(p.Define(ctx, staff.Actor{}, []certificates.Scheme{emergency}, nil))
		p.must(second(p.PutSession(ctx, p.as("PEN"), planned())))
		p.clock.set("2026-01-15", "10:00")
		var told []string
		look := func() {
			t.Helper()
			before := p.read
			p.at("2026-01-15", "10:00")
			for _, body := range p.server.Bodies()[before:] {
				body = strings.ReplaceAll(body, "=\r\n", "")
				var line []string
				for _, word := range []string{"method=REQUEST", "method=CANCEL", "STATUS:CANCELLED", "RSVP=3DTRUE"} {
					if strings.Contains(body, word) {
						line = append(line, word)
					}
				}
				_, after, _ := strings.Cut(body, "SEQUENCE:")
				sequence, _, _ := strings.Cut(after, "\r\n")
				told = append(told, strings.Join(append(line, sequence), " "))
			}
		}
		p.must(second(p.Enrol(ctx, p.as("EVA"), "G1", "EVA")))
		look()
		moved := planned()
		moved.Place, moved.Version = "De Dijk", 1
		p.must(second(p.PutSession(ctx, p.as("PEN"), moved)))
		look()
		p.must(p.CancelSession(ctx, p.as("PEN"), "G1"))
		look()
		equal(t, "invitations", fmt.Sprint(told), "[method=REQUEST RSVP=3DTRUE 1 method=REQUEST RSVP=3DTRUE 2 method=CANCEL STATUS:CANCELLED RSVP=3DTRUE 3]")
	})
}
