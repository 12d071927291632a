package academy_test

import (
	"errors"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"bekwaam/courses/academy"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
	"bekwaam/courses/store/storetest"
)

const password = "correct paard batterij"

// beReal makes the demo a real installation, which no method does.
func (s *scene) beReal() {
	s.t.Helper()
	_, err := storetest.Raw(s.t, s.address).Exec("UPDATE installation SET kind = 'real'")
	s.must(err)
	s.clock.move(time.Minute)
}

func TestLoggingIn(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.beReal()
		admin := staff.Person{ID: "ADM", First: "Ada", Last: "Bos", Email: "ada@rietwaarde.example"}
		err := s.CreateAdministrator(ctx, staff.Person{ID: "AD M", First: "A\nda", Last: "Bos", Email: "nomail"}, "kort")
		refuses(t, err, fault.Invalid, "administrator")
		equal(t, "all that is wrong", len(fault.Of(err).Fields), 4)
		equal(t, "people after that", s.lines("people", "last_name=Bos", "administrator=1"), 0)
		s.must(s.CreateAdministrator(ctx, admin, password))
		refuses(t, s.CreateAdministrator(ctx, admin, password), fault.Conflict, "already_exists")
		refuses(t, s.CreateAdministrator(ctx, staff.Person{ID: "ADM2", First: "Ad", Last: "Bos", Email: "ADA@Rietwaarde.example"}, password), fault.Conflict, "email_taken")
		equal(t, "the password is not kept", s.lines("passwords", "hash=$argon2id$v=19$m=19456,t=2,p=1$"), 1)
		equal(t, "the password is nowhere", s.lines("passwords", "paard"), 0)

		_, unknown := s.LogIn(ctx, "nobody", password)
		_, wrong := s.LogIn(ctx, "ADM", password+"x")
		_, none := s.LogIn(ctx, "EVA", password) // has no password
		refuses(t, unknown, fault.Unauthenticated, "")
		equal(t, "an unknown name and a wrong password", unknown.Error(), wrong.Error())
		equal(t, "somebody without a password", none.Error(), wrong.Error())
		equal(t, "refusals written down", s.lines("audit", "act=login.failed "), 3)
		equal(t, "of whom it is known", s.lines("audit", "act=login.failed ", "subject=ADM"), 1)
		equal(t, "the name that was typed", s.lines("audit", "nobody"), 0)
		for _, name := range []string{"ADM", " ada@RIETWAARDE.example "} {
			secret, err := s.LogIn(ctx, name, password)
			s.must(err)
			actor, err := s.Authenticate(ctx, secret, store.Session)
			s.must(err)
			equal(t, "who", actor.Person, "ADM")
			equal(t, "what", actor.Is(staff.Administrator), true)
			refuses(t, second(s.Authenticate(ctx, secret, store.Bearer)), fault.Unauthenticated, "")
		}
	})
}

func TestSessionsDie(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		in := func(secret string, kind store.TokenKind) bool {
			_, err := s.Authenticate(ctx, secret, kind)
			return err == nil
		}
		first, err := s.StartSession(ctx, "EVA")
		s.must(err)
		other, err := s.StartSession(ctx, "EVA")
		s.must(err)
		bearer, err := s.IssueToken(ctx, staff.Actor{}, "EVA", time.Hour)
		s.must(err)
		equal(t, "all in", in(first, store.Session) && in(other, store.Session) && in(bearer, store.Bearer), true)
		s.must(s.Revoke(ctx, first))
		s.must(s.Revoke(ctx, first))
		equal(t, "one out", !in(first, store.Session) && in(other, store.Session), true)
		n, err := s.RevokeAll(ctx, staff.Actor{Person: "ADM"}, "EVA")
		s.must(err)
		equal(t, "ended", n, 2)
		equal(t, "all out", in(other, store.Session) || in(bearer, store.Bearer), false)
		equal(t, "secrets kept", s.lines("tokens", first), 0)

		last, err := s.StartSession(ctx, "EVA")
		s.must(err)
		s.clock.move(academy.SessionLength - time.Second)
		equal(t, "a second before the end", in(last, store.Session), true)
		s.clock.move(time.Second)
		equal(t, "at the end", in(last, store.Session), false)
		equal(t, "nonsense", in("nonsense", store.Session) || in("", store.Bearer), false)
		for _, lasts := range []time.Duration{0, -time.Hour, 400 * 24 * time.Hour} {
			refuses(t, second(s.IssueToken(ctx, staff.Actor{}, "EVA", lasts)), fault.Invalid, "")
		}
		refuses(t, second(s.StartSession(ctx, "NOBODY")), fault.NotFound, "")
	})
}

// TestPasswordsAreHashedAFewAtATime measures memory: each hash takes 19 MiB.
func TestPasswordsAreHashedAFewAtATime(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.beReal()
		s.must(s.CreateAdministrator(ctx, staff.Person{ID: "ADM", First: "Ada", Last: "Bos"}, password))
		var most atomic.Uint64
		done := make(chan struct{})
		go func() {
			for {
				select {
				case <-done:
					return
				case <-time.After(5 * time.Millisecond):
					var m runtime.MemStats
					runtime.ReadMemStats(&m)
					most.Store(max(most.Load(), m.HeapAlloc))
				}
			}
		}()
		errs := make([]error, 24)
		parallel(len(errs), func(i int) { _, errs[i] = s.LogIn(ctx, "ADM", password) })
		close(done)
		s.must(errors.Join(errs...))
		if limit := uint64(runtime.NumCPU()+6) * 2 * 19 << 20; most.Load() > limit { // twice, because the collector runs behind
			t.Errorf("%d MiB at once", most.Load()>>20)
		}
	})
}

func TestFewWaitForAPassword(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.beReal()
		s.must(s.CreateAdministrator(ctx, staff.Person{ID: "ADM", First: "Ada", Last: "Bos"}, password))
		errs := make([]error, 300)
		parallel(len(errs), func(i int) { _, errs[i] = s.LogIn(ctx, "ADM", password) })
		in := 0
		for _, err := range errs {
			if err == nil {
				in++
			} else {
				refuses(t, err, fault.TooMany, "")
			}
		}
		if in == 0 || in == len(errs) {
			t.Errorf("%d of %d came in", in, len(errs))
		}
		s.must(second(s.LogIn(ctx, "ADM", password)))
	})
}

func TestAnInstallationBeginsWithAllItNeeds(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		o := academy.New(academy.Config{DB: storetest.Open(t, address)})
		for _, i := range []store.Installation{
			{Municipality: "Gemeente Echt"}, {Municipality: "Gemeente Echt", NumberPrefix: "X"}, {Municipality: "Gemeente Echt", NumberPrefix: "ec"},
			{NumberPrefix: "EC"}, {Municipality: "  ", NumberPrefix: "EC"},
		} {
			i.Kind = store.Real
			refuses(t, o.Begin(ctx, i), fault.Invalid, "")
		}
		if err := o.Begin(ctx, store.Installation{Kind: store.Real, Municipality: "Gemeente Echt", NumberPrefix: "EC"}); err != nil {
			t.Error(err)
		}
	})
}

func TestInventedPeopleAndRealOnesNeverMeet(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		refuses(t, s.CreateAdministrator(ctx, staff.Person{ID: "ADM", First: "Ada", Last: "Bos"}, password), fault.Conflict, "demo")
		real := academy.Workforce{People: []staff.Person{{ID: "NEW"}}}
		refuses(t, s.Hire(ctx, staff.Actor{}, real, false), fault.Conflict, "demo")
		equal(t, "people", s.lines("people", "id=NEW"), 0)
		refuses(t, s.Hire(ctx, staff.Actor{}, real, true), fault.Invalid, "person") // who has no name
		equal(t, "people", s.lines("people", "id=NEW"), 0)
		refuses(t, s.Begin(ctx, store.Installation{Kind: store.Real, Municipality: "X", NumberPrefix: "XX"}), fault.Conflict, "already_exists")
	})
}
