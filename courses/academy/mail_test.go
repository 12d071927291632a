package academy_test

import (
	"context"
	"fmt"
	"log/slog"
	netmail "net/mail"
	"slices"
	"strings"
	"testing"
	"time"

	"bekwaam/certificates"
	"bekwaam/courses/academy"
	"bekwaam/courses/fault"
	"bekwaam/courses/notices"
	"bekwaam/courses/notices/smtptest"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
	"bekwaam/courses/store/storetest"
)

// A postOffice is a scene with a mail server, in which everybody has an address.
type postOffice struct {
	*scene
	*academy.Office
	server *smtptest.Server
	read   int // how many mails were looked at
}

func withMail(t *testing.T, test func(t *testing.T, p *postOffice)) {
	onStage(t, func(t *testing.T, s *scene) {
		p := &postOffice{scene: s, server: smtptest.Start(t)}
		p.Office = p.another(s.db)
		p.addresses()
		test(t, p)
	})
}

// another opens an office that sends by the mail server.
func (p *postOffice) another(db *store.DB) *academy.Office {
	mailer := notices.SMTP{Host: p.server.Host, Port: p.server.Port, From: netmail.Address{Address: "opleidingen@gemeente.example"}}
	return academy.New(academy.Config{DB: db, Now: p.clock.now, URL: "https://leren.example", Log: slog.New(slog.NewTextHandler(p.log, nil)), Mailer: mailer})
}

// addresses gives everybody who is there an address.
func (p *postOffice) addresses() {
	p.t.Helper()
	_, err := storetest.Raw(p.t, p.address).Exec("UPDATE people SET email = LOWER(id) || '@gemeente.example'")
	p.must(err)
}

// morning sweeps and sends at a day, and returns the mails that arrived: "EVA: subject".
func (p *postOffice) morning(day string) []string {
	p.t.Helper()
	p.clock.set(day, "05:15")
	if r, err := p.SweepNow(ctx); err != nil || r.Failed > 0 {
		p.t.Fatalf("%s: %+v, %v", day, r, err)
	}
	p.send()
	return p.at(day, "09:00")
}

// at sends at a time of a day and returns the mails that arrived since somebody looked.
func (p *postOffice) at(day, hour string) []string {
	p.t.Helper()
	p.clock.set(day, hour)
	p.send()
	return p.arrived()
}

func (p *postOffice) send() academy.Delivery {
	p.t.Helper()
	d, err := p.SendMail(ctx)
	p.must(err)
	return d
}

func (p *postOffice) arrived() []string {
	var mails []string
	all := p.server.Mails()
	for _, m := range all[p.read:] {
		to, err := m.Header.AddressList("To")
		p.must(err)
		name, _, _ := strings.Cut(to[0].Address, "@")
		mails = append(mails, strings.ToUpper(name)+": "+m.Header.Get("Subject"))
	}
	p.read = len(all)
	slices.Sort(mails)
	return mails
}

// It sweeps every day, also over the change of the clocks.
func TestRemindersGoOnTheirDays(t *testing.T) {
	withMail(t, func(t *testing.T, p *postOffice) {
		got := make(map[string]string)
		for day := date("2026-01-15"); day <= date("2026-04-10"); day++ {
			seen := make(map[string]bool)
			for _, m := range p.morning(day.String()) {
				who, subject, _ := strings.Cut(m, ": ")
				if seen[who] {
					t.Errorf("%s has two mails on %s", who, day)
				}
				seen[who] = true
				if !day.Workday() {
					t.Errorf("%s on %s", m, day)
				}
				if strings.Contains(subject, "Balie") && who == "EVA" {
					got[day.String()] = subject
				}
			}
		}
		const until, over = "Toets Balie: doe dit uiterlijk 14 februari 2026", "Toets Balie: doe dit nu, de laatste dag is voorbij"
		want := map[string]string{ // 14 February is a Saturday: so are all steps of it
			"2026-01-16": until, "2026-01-30": until, "2026-02-06": until, "2026-02-13": until,
			"2026-02-23": over, "2026-03-02": over, "2026-03-09": over, "2026-03-16": over,
		}
		for day, subject := range got {
			equal(t, "EVA's mail of "+day, subject, want[day])
		}
		equal(t, "EVA's mails", len(got), len(want))
		equal(t, "XAN's", p.lines("outbox", "person=XAN"), 0)
		equal(t, "steps", p.lines("reminders", "person=EVA"), 8)
		equal(t, "unsent", p.lines("outbox", "sent_at=-"), 0)
	})
}

func TestWhoIsDoneOrAwayIsLeftInPeace(t *testing.T) {
	withMail(t, func(t *testing.T, p *postOffice) {
		equal(t, "on the first day", fmt.Sprint(p.morning("2026-01-15")), "[LEA: Toets Balie: doe dit nu, de laatste dag is voorbij]")
		p.clock.set("2026-01-15", "12:00")
		p.take(p.as("EVA"), "BALIE", right)
		p.write(func(ctx context.Context, q store.Q) error {
			return store.InsertDecision(ctx, q, certificates.Decision{ID: "A", Kind: certificates.Absence, Person: "EEF", From: date("2026-01-15"), Until: date("2026-03-30"), TakenBy: "LEA", TakenAt: p.clock.now()})
		})
		for _, day := range []string{"2026-01-16", "2026-01-23", "2026-01-30"} {
			for _, m := range p.morning(day) {
				if strings.HasPrefix(m, "EVA") || strings.HasPrefix(m, "EEF") {
					t.Errorf("on %s: %s", day, m)
				}
			}
		}
	})
}

func TestAfterAnOutageThereIsOneMailEach(t *testing.T) {
	for _, tt := range []struct {
		name  string
		hours int
	}{{"a day", 24}, {"four days", 96}} {
		t.Run(tt.name, func(t *testing.T) {
			withMail(t, func(t *testing.T, p *postOffice) {
				p.crowd(40, "2025-02-24") // their last day is 23 February 2026
				p.crowd(160, "2025-12-01")
				p.addresses()
				p.server.Away(true)
				p.clock.set("2026-02-09", "05:15") // the sweep, a Monday: two weeks before
				for hour := range tt.hours {
					if hour%24 == 0 {
						p.must(second(p.SweepNow(ctx)))
					}
					for range 4 {
						p.send()
						p.clock.move(15 * time.Minute)
					}
				}
				equal(t, "arrived while nobody answers", len(p.arrived()), 0)
				p.server.Away(false)
				p.must(second(p.SweepNow(ctx)))
				for range 24 * 8 {
					p.send()
					p.clock.move(15 * time.Minute)
				}
				mails := p.arrived()
				people := make(map[string]int)
				for _, m := range mails {
					who, _, _ := strings.Cut(m, ": ")
					people[who]++
				}
				for who, n := range people {
					if n > 1 {
						t.Errorf("%s got %d mails", who, n)
					}
				}
				if tt.hours == 24 && len(people) < 40 {
					t.Errorf("%d people got theirs", len(people))
				}
				equal(t, "waiting", p.lines("outbox", "sent_at=-", "dropped_at=-"), 0)
			})
		})
	}
}

func TestTwoReplicasSendEachMailOnce(t *testing.T) {
	withMail(t, func(t *testing.T, p *postOffice) {
		p.crowd(45, "2025-02-24")
		p.crowd(200, "2025-12-01")
		p.addresses()
		offices := []*academy.Office{p.Office, p.another(storetest.Open(t, p.scene.address)), p.another(storetest.Open(t, p.scene.address))}
		p.clock.set("2026-02-09", "09:00")
		errs := make([]error, 3*len(offices))
		parallel(len(errs), func(i int) {
			office := offices[i%len(offices)]
			if _, errs[i] = office.SweepNow(ctx); errs[i] == nil {
				_, errs[i] = office.SendMail(ctx)
			}
		})
		for _, err := range errs {
			p.must(err)
		}
		p.send()
		mails := p.arrived()
		if once := slices.Compact(slices.Clone(mails)); len(once) != len(mails) {
			t.Errorf("%d mails, of which %d are the same", len(mails), len(mails)-len(once))
		}
		if len(mails) < 45 {
			t.Errorf("%d arrived", len(mails))
		}
		equal(t, "unsent", p.lines("outbox", "sent_at=-"), 0)
	})
}

func TestAtMostAHundredMailsAMinute(t *testing.T) {
	withMail(t, func(t *testing.T, p *postOffice) {
		p.crowd(230, "2025-12-01")
		p.addresses()
		p.clock.set("2026-01-19", "10:00")
		p.write(func(ctx context.Context, q store.Q) error {
			for n := range 230 {
				person := staff.PersonID(fmt.Sprintf("2025-12-01-%05d", n))
				if err := store.InsertNotes(ctx, q, store.Note{Note: notices.Note{Kind: "test", Dutch: "Nieuws"}, ID: string(person), Person: person, MadeAt: p.clock.now().Add(-time.Hour)}); err != nil {
					return err
				}
			}
			return nil
		})
		other := p.another(storetest.Open(t, p.scene.address))
		equal(t, "the first turn", p.send().Sent, 100)
		d, err := other.SendMail(ctx)
		p.must(err)
		equal(t, "another replica within the minute", d.Sent, 0)
		p.clock.move(time.Minute)
		equal(t, "a minute later", p.send().Sent, 100)
		p.clock.move(time.Minute)
		equal(t, "and the rest", p.send().Sent, 30)
	})
}

func TestASweepThatMailsManyWaitsForSomebody(t *testing.T) {
	for _, tt := range []struct {
		name           string
		remind, remain int
		held           bool
	}{
		{"fifty of more than two hundred and fifty", 50, 250, false},
		{"fifty of a hundred", 50, 50, true},
		{"forty-nine of fifty", 49, 1, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			withMail(t, func(t *testing.T, p *postOffice) {
				p.crowd(tt.remind, "2025-02-23")
				p.crowd(tt.remain, "2025-12-01")
				p.clock.set("2026-01-14", "05:15")
				_, err := storetest.Raw(t, p.scene.address).Exec("DELETE FROM agenda WHERE person IN ('LEA', 'EVA', 'EEF')")
				p.must(err)
				p.sweep(academy.SweepRequest{})
				p.clock.set("2026-01-23", "05:15") // the last day is 22 February, a Sunday; 28 days before is one too
				before := p.facts() + p.outbox()
				dry := p.sweep(academy.SweepRequest{DryRun: true})
				equal(t, "held in a dry run", dry.Held, tt.held)
				equal(t, "mails of a dry run", dry.Mails, tt.remind)
				same(t, "rows after a dry run", p.facts()+p.outbox(), before)
				r := p.sweep(academy.SweepRequest{})
				equal(t, "held", r.Held, tt.held)
				equal(t, "because of the mails", r.TooManyMails, tt.held)
				equal(t, "people", r.Mails, tt.remind)
				if !tt.held {
					equal(t, "mails", p.lines("outbox"), tt.remind)
					return
				}
				same(t, "rows while it is held", p.facts()+p.outbox(), before)
				equal(t, "mails once confirmed", p.sweep(academy.SweepRequest{Confirm: true}).Mails, tt.remind)
				equal(t, "in the outbox", p.lines("outbox"), tt.remind)
				equal(t, "a second time", p.sweep(academy.SweepRequest{}).Mails, 0)
			})
		})
	}
}

// outbox is every row of the mail.
func (p *postOffice) outbox() string {
	var rows []string
	for line := range strings.Lines(p.dump()) {
		if strings.HasPrefix(line, "outbox ") || strings.HasPrefix(line, "reminders ") || strings.HasPrefix(line, "notes ") || strings.HasPrefix(line, "escalations ") {
			rows = append(rows, line)
		}
	}
	return strings.Join(rows, "")
}

func TestNotesGoInOneMailOfTheDay(t *testing.T) {
	withMail(t, func(t *testing.T, p *postOffice) {
		p.morning("2026-01-15")
		tell := func(id, dutch, english string, calendar []byte) {
			p.write(func(ctx context.Context, q store.Q) error {
				return store.InsertNotes(ctx, q, store.Note{Note: notices.Note{Kind: "test", Dutch: dutch, English: english, Path: "/bewijs", Calendar: calendar}, ID: id, Person: "XAN", MadeAt: p.clock.now()})
			})
		}
		p.must(p.SetMail(ctx, p.as("XAN"), store.MailSetting{Language: notices.English}))
		p.clock.set("2026-01-15", "10:00")
		tell("1", "Eén", "One", nil)
		p.clock.move(10 * time.Minute)
		tell("2", "Twee", "Two", nil)
		tell("3", "Uitnodiging", "Invitation", []byte("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"))
		equal(t, "at once, only what brings a calendar", fmt.Sprint(p.at("2026-01-15", "10:10")), "[XAN: Invitation]")
		equal(t, "a little later the others together", fmt.Sprint(p.at("2026-01-15", "10:15")), "[XAN: One (and 1 more)]")
		tell("4", "Vier", "Four", nil)
		equal(t, "no second one that day", len(p.at("2026-01-15", "18:00")), 0)
		equal(t, "the next morning", slices.Contains(p.morning("2026-01-16"), "XAN: Four"), true)
		p.clock.set("2026-01-16", "19:30")
		tell("5", "Vijf", "Five", []byte("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"))
		equal(t, "not in the evening", len(p.at("2026-01-16", "19:31")), 0)
		equal(t, "nor on Saturday", len(p.at("2026-01-17", "12:00")), 0)
		equal(t, "but on Monday", fmt.Sprint(p.at("2026-01-19", "07:00")), "[XAN: Five]")
		equal(t, "waiting notes", p.lines("notes", "mail=-"), 0)

		mails, err := p.OwnMails(ctx, p.as("XAN"))
		p.must(err)
		equal(t, "XAN's mails", len(mails), 4)
		mail, err := p.OwnMail(ctx, p.as("XAN"), mails[0].ID)
		p.must(err)
		equal(t, "what it says", strings.Contains(mail.Plain, "https://leren.example/bewijs"), true)
		equal(t, "where it stands", mail.State(), academy.MailSent)
		refuses(t, second(p.OwnMail(ctx, p.as("EVA"), mail.ID)), fault.NotFound, "")
		refuses(t, second(p.OwnMails(ctx, staff.Actor{Person: "XAN"})), fault.Forbidden, "")
		refuses(t, p.SetMail(ctx, p.as("XAN"), store.MailSetting{Language: "fr"}), fault.Invalid, "")
		refuses(t, p.SetMail(ctx, staff.Actor{Person: "XAN"}, store.MailSetting{Language: notices.Dutch}), fault.Forbidden, "")
		refuses(t, second(p.Outbox(ctx, p.as("XAN"))), fault.Forbidden, "")
		box, err := p.Outbox(ctx, p.as("PEN"))
		p.must(err)
		equal(t, "sent", box.Counts[academy.MailSent], len(box.Mails))
		for _, m := range box.Mails {
			equal(t, "what the outbox tells", m.Subject+m.Plain+m.HTML, "")
		}
	})
}

func TestMailThatCannotGo(t *testing.T) {
	withMail(t, func(t *testing.T, p *postOffice) {
		p.clock.set("2026-01-16", "09:00") // a Friday
		p.server.Refuse("eva@gemeente.example")
		_, err := storetest.Raw(t, p.scene.address).Exec("UPDATE people SET email = '' WHERE id = 'LEA'")
		p.must(err)
		for _, person := range []staff.PersonID{"XAN", "EEF"} {
			p.write(func(ctx context.Context, q store.Q) error {
				return store.InsertNotes(ctx, q, store.Note{Note: notices.Note{Kind: "test", Dutch: "Nieuws"}, ID: string(person), Person: person, MadeAt: p.clock.now()})
			})
		}
		p.sweep(academy.SweepRequest{})
		d := p.send()
		equal(t, "sent, refused and dropped", fmt.Sprint(d), "{2 1 1}")
		_, err = storetest.Raw(t, p.scene.address).Exec("UPDATE employments SET until_on = '2026-01-15' WHERE person = 'XAN'")
		p.must(err)
		p.clock.move(50 * time.Minute)
		equal(t, "tried too soon", fmt.Sprint(p.send()), "{0 0 0}")
		p.clock.move(15 * time.Minute)
		equal(t, "tried again", p.send().Failed, 1)
		p.clock.set("2026-01-20", "09:00") // the end of the next working day has passed
		equal(t, "given up", p.send().Dropped, 1)
		box, err := p.Outbox(ctx, p.as("PEN"))
		p.must(err)
		states := make(map[staff.PersonID]academy.MailState)
		for _, m := range box.Mails {
			states[m.Person] = m.State()
		}
		equal(t, "EVA's", states["EVA"], academy.MailFailed)
		equal(t, "LEA's", states["LEA"], academy.MailFailed)
		equal(t, "XAN's", states["XAN"], academy.MailSent)
	})
}

// A worker that dies between the acceptance and the mark sends once more, as the same message.
func TestAMailThatGoesTwiceIsTheSameMessage(t *testing.T) {
	withMail(t, func(t *testing.T, p *postOffice) {
		p.clock.set("2026-01-16", "09:00")
		p.sweep(academy.SweepRequest{})
		sent := p.send().Sent
		_, err := storetest.Raw(t, p.scene.address).Exec("UPDATE outbox SET sent_at = NULL")
		p.must(err)
		p.clock.move(9 * time.Minute)
		equal(t, "while the claim lasts", p.send().Sent, 0)
		p.clock.move(2 * time.Minute)
		equal(t, "after it", p.send().Sent, sent)
		ids := make(map[string]int)
		for _, m := range p.server.Mails() {
			ids[m.Header.Get("Message-Id")]++
		}
		equal(t, "messages", len(ids), sent)
	})
}

func TestEscalations(t *testing.T) {
	withMail(t, func(t *testing.T, p *postOffice) {
		for day := date("2026-01-15"); day <= date("2026-03-31"); day++ {
			p.morning(day.String())
		}
		equal(t, "what PEN hears of EVA", p.lines("notes", "person=PEN", "dutch=Eva van der Berg heeft Balie nog niet gedaan. De laatste dag was 14 februari 2026."), 2)
		equal(t, "waiting", p.lines("notes", "mail=-"), 0)
		// EVA's last day is 14 February: LEA hears it on Monday 2 March, PEN two weeks later.
		equal(t, "EVA's first", p.lines("escalations", "person=EVA", "level=1", "on_day=2026-03-02", "told=LEA"), 1)
		equal(t, "EVA's second", p.lines("escalations", "person=EVA", "level=2", "on_day=2026-03-16", "told=PEN"), 1)
		equal(t, "EVA's third", p.lines("escalations", "person=EVA", "level=3", "on_day=2026-03-30", "told=PEN"), 1)
		equal(t, "LEA leads herself, so HR hears it", p.lines("escalations", "person=LEA", "level=1", "on_day=2026-01-29", "told=PEN"), 1)
		equal(t, "notes", p.lines("notes", "person=LEA", "kind=escalation", "mail=-"), 0)

		open, err := p.Escalations(ctx, p.as("LEA"))
		p.must(err)
		var mine academy.Escalated
		for _, e := range open {
			if e.Person == "EVA" {
				mine = e
			}
			equal(t, "her own is marked: "+string(e.Person), e.Own, e.Person == "LEA")
		}
		equal(t, "what LEA reads", mine.Name+", "+mine.Title, "Eva van der Berg, Balie")
		for _, who := range []staff.PersonID{"EVA", "XAN"} {
			refuses(t, second(p.Escalations(ctx, p.as(who))), fault.Forbidden, "")
			refuses(t, p.AnswerEscalation(ctx, p.as(who), mine.DutyID, ""), fault.Forbidden, map[bool]string{true: "self_approval"}[who == "EVA"])
		}
		refuses(t, p.AnswerEscalation(ctx, p.as("LOU"), mine.DutyID, ""), fault.NotFound, "")
		lea := open[slices.IndexFunc(open, func(e academy.Escalated) bool { return e.Person == "LEA" })]
		refuses(t, p.AnswerEscalation(ctx, p.as("LEA"), lea.DutyID, ""), fault.Forbidden, "self_approval")
		refuses(t, p.AnswerEscalation(ctx, p.as("LEA"), mine.DutyID, strings.Repeat("x", 501)), fault.Invalid, "")
		other := mine.DutyID
		other.DueOn = other.DueOn.AddDays(1)
		refuses(t, p.AnswerEscalation(ctx, p.as("LEA"), other, ""), fault.NotFound, "")
		p.must(p.AnswerEscalation(ctx, p.as("LEA"), mine.DutyID, "We plannen een middag."))
		refuses(t, p.AnswerEscalation(ctx, p.as("PEN"), mine.DutyID, ""), fault.Conflict, "answered")
		for _, day := range []string{"2026-04-13", "2026-04-28", "2026-05-12"} {
			p.morning(day)
		}
		equal(t, "EVA's after the answer", p.lines("escalations", "person=EVA"), 3)
		equal(t, "audit", p.lines("audit", "act=duty.escalation-answered ", "subject=EVA", "actor=LEA"), 1)
	})
}

// Leaders read once a week what is overdue in their team, and never of somebody who was not told first.
func TestTheWeekOfALeader(t *testing.T) {
	withMail(t, func(t *testing.T, p *postOffice) {
		for day := date("2026-01-15"); day <= date("2026-03-13"); day++ {
			p.morning(day.String())
		}
		equal(t, "of LOU, in whose team nothing is overdue", p.lines("leader_weeks", "person=LOU"), 0)
		equal(t, "before anything was overdue of the others", p.lines("leader_weeks", "person=LEA", "week_on=2026-01-26"), 0)
		equal(t, "the week after EEF's last day, 31 January", p.lines("leader_weeks", "person=LEA", "week_on=2026-02-02"), 1)
		equal(t, "and each week after", p.lines("leader_weeks", "person=LEA"), 6)
		mails, err := p.OwnMails(ctx, p.as("LEA"))
		p.must(err)
		told := 0
		for _, m := range mails {
			if strings.Contains(m.Plain, "Je team deze week") {
				told++
				equal(t, "the day of the week", m.On, m.On.Monday().WorkdayFrom())
				equal(t, "it names EEF", strings.Contains(m.Plain, "- Eef Bos\n  Balie. De laatste dag was 31 januari 2026."), true)
			}
		}
		equal(t, "mails with the team", told, 6)
	})
}

func TestTheCalendarAtASecretAddress(t *testing.T) {
	withMail(t, func(t *testing.T, p *postOffice) {
		p.sweep(academy.SweepRequest{})
		p.crowd(1, "2025-12-01")
		eva, xan := p.as("EVA"), p.as("XAN")
		none, err := p.OwnFeed(ctx, eva)
		p.must(err)
		equal(t, "at first", none, nil)
		secret, err := p.MakeFeed(ctx, eva)
		p.must(err)
		refuses(t, second(p.MakeFeed(ctx, staff.Actor{Person: "EVA"})), fault.Forbidden, "")
		feed, err := p.Feed(ctx, secret)
		p.must(err)
		for _, want := range []string{"SUMMARY:Uiterlijk vandaag: Balie\r\n", "DTSTART;VALUE=DATE:20260214\r\n"} {
			equal(t, want, strings.Contains(string(feed), want), true)
		}
		for _, other := range []string{"Bos", "LEA", "EEF"} {
			equal(t, "it names "+other, strings.Contains(string(feed), other), false)
		}
		again, err := p.Feed(ctx, secret)
		p.must(err)
		equal(t, "the same bytes", string(again), string(feed))
		equal(t, "the secret is in the database", strings.Contains(p.dump(), secret), false)

		p.take(eva, "BALIE", right)
		feed, err = p.Feed(ctx, secret)
		p.must(err)
		equal(t, "now the end of the certificate", strings.Contains(string(feed), "SUMMARY:Laatste geldige dag: Balie\r\n") && strings.Contains(string(feed), "DATE:20270114"), true)

		newer, err := p.MakeFeed(ctx, eva)
		p.must(err)
		refuses(t, second(p.Feed(ctx, secret)), fault.NotFound, "")
		p.must(second(p.Feed(ctx, newer)))
		p.must(p.RevokeFeed(ctx, xan))
		p.must(second(p.Feed(ctx, newer)))
		p.must(p.RevokeFeed(ctx, eva))
		refuses(t, second(p.Feed(ctx, newer)), fault.NotFound, "")
		refuses(t, second(p.Feed(ctx, "")), fault.NotFound, "")

		eef, err := p.MakeFeed(ctx, p.as("EEF"))
		p.must(err)
		p.must(second(p.Feed(ctx, eef)))
		p.clock.set("2026-04-01", "12:00")
		refuses(t, second(p.Feed(ctx, eef)), fault.NotFound, "")
	})
}
