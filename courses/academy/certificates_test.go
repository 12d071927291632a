package academy_test

import (
	"bytes"
	"context"
	"testing"
	"time"

	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/academy"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
	"bekwaam/courses/store/storetest"
)

func TestACertificateIsVerifiedByAnybody(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		eva := s.as("EVA")
		c := *s.take(eva, "BALIE", right).Result.Certificate
		state := func(code, day string) certificates.State {
			t.Helper()
			s.clock.set(day, "12:00")
			v, err := s.Verify(ctx, code)
			s.must(err)
			return v.State
		}
		equal(t, "on the day", state(string(c.Token), "2026-01-15"), certificates.Valid)
		byToken, err := s.Verify(ctx, string(c.Token))
		s.must(err)
		equal(t, "the token names the holder", byToken.Named, true)
		byNumber, err := s.Verify(ctx, string(c.Number))
		s.must(err)
		equal(t, "the number does not", byNumber.Named, false)
		equal(t, "issuer", byNumber.Issuer.Municipality, "Gemeente Test")
		equal(t, "before the first day", state(string(c.Number), "2026-01-14"), certificates.Upcoming)
		equal(t, "on the last day", state(string(c.Number), "2027-01-14"), certificates.Valid)
		equal(t, "the day after", state(string(c.Number), "2027-01-15"), certificates.Expired)

		s.clock.set("2026-12-01", "12:00")
		next := *s.take(eva, "KORT", right).Result.Certificate
		equal(t, "while the next waits", state(string(c.Number), "2027-01-14"), certificates.Valid)
		equal(t, "the next one then", state(string(next.Token), "2027-01-14"), certificates.Upcoming)
		equal(t, "when the next begins", state(string(c.Number), "2027-01-15"), certificates.Replaced)
		replaced, err := s.Verify(ctx, string(c.Number))
		s.must(err)
		equal(t, "the one that replaced it", replaced.Replace, next.Number)
		_, err = storetest.Raw(t, s.address).Exec("UPDATE periods SET revoked_on = '2026-06-01' WHERE id = '" + c.Period.ID + "'")
		s.must(err)
		equal(t, "revoked comes first", state(string(c.Number), "2027-01-15"), certificates.Revoked)
	})
}

func TestSwitchedOffLooksLikeUnknown(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		eva := s.as("EVA")
		c := *s.take(eva, "BALIE", right).Result.Certificate
		refuses(t, s.HideCertificate(ctx, s.as("EEF"), c.Number, true), fault.NotFound, "")
		refuses(t, s.HideCertificate(ctx, s.as("LEA"), c.Number, true), fault.NotFound, "")
		s.must(s.HideCertificate(ctx, eva, c.Number, true))
		_, unknown := s.Verify(ctx, "TE-2026-XXXXX-XXXXX-XX")
		refuses(t, unknown, fault.NotFound, "")
		for _, code := range []string{string(c.Number), string(c.Token)} {
			_, err := s.Verify(ctx, code)
			refuses(t, err, fault.NotFound, "")
			equal(t, "the words", fault.Of(err).Dutch, fault.Of(unknown).Dutch)
		}
		own, err := s.Certificate(ctx, eva, c.Number)
		s.must(err)
		equal(t, "the holder still sees it", own.Hidden, true)
		s.must(s.HideCertificate(ctx, eva, c.Number, false))
		s.must(second(s.Verify(ctx, string(c.Number))))
		equal(t, "audit", s.lines("audit", "act=certificate.hidden ")+s.lines("audit", "act=certificate.shown "), 2)
	})
}

func TestACertificateKeepsWhatItSaid(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		eva := s.as("EVA")
		c := *s.take(eva, "BALIE", right).Result.Certificate
		drawn, err := s.CertificateDocument(ctx, eva, c.Number)
		s.must(err)
		raw := storetest.Raw(t, s.address)
		_, err = raw.Exec("UPDATE people SET last_name = 'Anders' WHERE id = 'EVA'")
		s.must(err)
		renamed := schemes[0]
		renamed.Version, renamed.Title = 2, "Een andere titel"
		s.must(s.Define(ctx, staff.Actor{}, []certificates.Scheme{renamed}, nil))
		s.publish(s.as("AUT"), "BALIE", 2)
		s.clock.move(72 * time.Hour)
		again, err := s.Certificate(ctx, eva, c.Number)
		s.must(err)
		equal(t, "holder", again.Holder, "Eva van der Berg")
		equal(t, "title", again.Title, "Balie")
		same, err := s.office(s.db).CertificateDocument(ctx, eva, c.Number)
		s.must(err)
		equal(t, "the document to the byte", bytes.Equal(drawn, same), true)
		equal(t, "it is a PDF", bytes.HasPrefix(drawn, []byte("%PDF-")), true)
	})
}

func TestWhoSeesWhose(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.sweep(academy.SweepRequest{})
		number := s.take(s.as("EVA"), "BALIE", right).Result.Certificate.Number
		for _, tt := range []struct {
			name string
			who  staff.PersonID
			kind fault.Kind // NotFound where they may not
			may  bool
		}{
			{"oneself", "EVA", 0, true},
			{"the leader of the team", "LEA", 0, true},
			{"P&O", "PEN", 0, true},
			{"a colleague", "EEF", fault.NotFound, false},
			{"the leader of another team", "LOU", fault.NotFound, false},
			{"an author", "AUT", fault.NotFound, false},
		} {
			t.Run(tt.name, func(t *testing.T) {
				who := s.as(tt.who)
				for what, err := range map[string]error{
					"duties": second(s.Tasks(ctx, who, "EVA", "")), "certificates": second(s.Certificates(ctx, who, "EVA")), "periods": second(s.Periods(ctx, who, "EVA")),
					"certificate": second(s.Certificate(ctx, who, number)), "document": second(s.CertificateDocument(ctx, who, number)), "name": second(s.Name(ctx, who, "EVA")),
				} {
					if tt.may && err != nil {
						t.Errorf("%s: %v", what, err)
					} else if !tt.may {
						refuses(t, err, tt.kind, "")
					}
				}
			})
		}
		for what, err := range map[string]error{
			"nobody": second(s.Tasks(ctx, staff.Actor{}, "EVA", "")), "an administrator": second(s.Certificates(ctx, staff.Be("ADM", staff.Facts{Administrator: true}), "EVA")),
		} {
			t.Run(what, func(t *testing.T) { refuses(t, err, fault.Forbidden, "") })
		}
		for _, who := range []staff.PersonID{"PEN", "LEA", "EVA"} {
			for what, err := range map[string]error{"duties": second(s.Tasks(ctx, s.as(who), "NIEMAND", "")), "certificates": second(s.Certificates(ctx, s.as(who), "NIEMAND")), "periods": second(s.Periods(ctx, s.as(who), "NIEMAND"))} {
				t.Run(what+" of nobody, for "+string(who), func(t *testing.T) { refuses(t, err, fault.NotFound, "") })
			}
		}
		s.clock.set("2026-04-01", "12:00") // EEF left yesterday
		refuses(t, second(s.Tasks(ctx, s.as("LEA"), "EEF", "")), fault.NotFound, "")
		me, err := s.Me(ctx, s.as("EVA"))
		s.must(err)
		equal(t, "my team", me.Teams[0].ID, "T1")
		equal(t, "my role", me.Roles[0].ID, "R1")
	})
}

func TestAnObservedSkillIsMissing(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		eva := s.as("EVA")
		equal(t, "outcome", s.take(eva, "PRAKTIJK", right).Result.Outcome, courses.ComponentsMissing)
		equal(t, "evidence", s.lines("evidence", "person=EVA", "scheme=PRAKTIJK"), 1)
		equal(t, "periods", s.lines("periods", "person=EVA"), 0)
		seen := certificates.Evidence{ID: "seen", Person: "EVA", Scheme: "PRAKTIJK", Component: 1, CompletedOn: date("2026-01-15"), Source: "gezien", RecordedBy: "LEA"}
		s.write(func(ctx context.Context, q store.Q) error { return store.InsertEvidence(ctx, q, seen) })
		s.clock.move(25 * time.Hour)
		passed := s.take(eva, "PRAKTIJK", right)
		equal(t, "outcome once it was seen", passed.Result.Outcome, courses.Certified)
		equal(t, "statement", passed.Result.Certificate.Statement, certificates.StatementAble)
	})
}

func TestACourseWithoutAScheme(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		eva := s.as("EVA")
		for range 3 { // every pass begins a new cycle
			passed := s.take(eva, "LOS", right)
			equal(t, "outcome", passed.Result.Outcome, courses.NoScheme)
			s.clock.move(time.Hour)
		}
		equal(t, "cycles", s.lines("attempts", "course=LOS", "number=1"), 3)
	})
}

func TestTakingOverKeepsTheDatesOfTheOldAdministration(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.sweep(academy.SweepRequest{})
		s.must(s.TakeOver(ctx, staff.Actor{Person: "PEN"}, []academy.Held{
			{Person: "EVA", Scheme: "BALIE", AchievedOn: date("2024-02-29"), ValidUntil: date("2025-02-28"), Source: "toets"},
			{Person: "EVA", Scheme: "BALIE", AchievedOn: date("2025-02-01"), ValidUntil: date("2026-02-28"), Source: "toets"},
		}))
		s.sweep(academy.SweepRequest{})
		equal(t, "the chain", s.lines("periods", "person=EVA", "anchor_on=2024-02-29", "term=2", "valid_from=2025-03-01", "valid_until=2026-02-28"), 1)
		equal(t, "certificates", s.lines("certificates", "person=EVA"), 2)
		equal(t, "the window is open already", s.lines("duties", "person=EVA", "cycle=3", "due_on=2026-02-28"), 1)
		equal(t, "open duties", s.lines("duties", "person=EVA", "done_on=-"), 1)
		s.must(s.TakeOver(ctx, staff.Actor{}, []academy.Held{ // later, once more
			{Person: "EVA", Scheme: "BALIE", AchievedOn: date("2026-01-10"), ValidUntil: date("2027-02-28"), Source: "toets"},
			{Person: "EVA", Scheme: "PRAKTIJK", AchievedOn: date("2025-06-01"), ValidUntil: date("2027-05-31"), Source: "gezien"},
		}))
		equal(t, "the chain goes on", s.lines("periods", "person=EVA", "cycle=3", "term=3", "valid_from=2026-03-01"), 1)
		equal(t, "open duties then", s.lines("duties", "person=EVA", "done_on=-"), 0)
		equal(t, "evidence of a quiz", s.lines("evidence", "scheme=PRAKTIJK", "component=0", "course=PRAKTIJK", "course_version=0"), 1)
		equal(t, "periods that say that they were taken over", s.lines("periods", "person=EVA", "course_version=0", "taken_over_on=2026-01-15"), 4)
		equal(t, "evidence of a skill", s.lines("evidence", "scheme=PRAKTIJK", "component=1", "course= ", "course_version=0"), 1)
		if err := s.TakeOver(ctx, staff.Actor{}, []academy.Held{{Person: "EVA", Scheme: "NONE", AchievedOn: date("2024-01-01")}}); err == nil {
			t.Error("an unknown scheme was taken over")
		}
		refuses(t, s.TakeOver(ctx, staff.Actor{}, []academy.Held{{Person: "XAN", Scheme: "BALIE", AchievedOn: date("2024-01-02"), ValidUntil: date("2024-01-01")}}), fault.Invalid, "")
	})
}
