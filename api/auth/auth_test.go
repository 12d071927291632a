package auth

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"path/filepath"
	"testing"
	"time"

	"bekwaam/courses/academy"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// office opens a demo with one person in it.
func office(t *testing.T, url string) *academy.Office {
	t.Helper()
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "bekwaam.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	if _, err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	o := academy.New(academy.Config{DB: db, URL: url})
	if err := o.Begin(t.Context(), store.Installation{Kind: store.Demo, Municipality: "Gemeente Rietwaarde", NumberPrefix: "RW"}); err != nil {
		t.Fatal(err)
	}
	if err := o.Hire(t.Context(), staff.Actor{}, academy.Workforce{People: []staff.Person{{ID: "RW1013", First: "Tineke", Last: "Bakker", Email: "t.bakker@rietwaarde.example", Administrator: true}}}, true); err != nil {
		t.Fatal(err)
	}
	return o
}

func TestAProgramIsKnownByItsToken(t *testing.T) {
	o := office(t, "https://leren.rietwaarde.example")
	token, err := o.IssueToken(t.Context(), staff.Actor{}, "RW1013", time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	session, err := o.StartSession(t.Context(), "RW1013")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name, authorization string
		known               bool
	}{
		{"its token", "Bearer " + token, true},
		{"its token, written otherwise", "bearer  " + token, true},
		{"nothing", "", false},
		{"a token without a scheme", token, false},
		{"another scheme", "Basic " + token, false},
		{"a session", "Bearer " + session, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			who, err := Program(t.Context(), o, tt.authorization)
			if tt.known != (err == nil && who.Person == "RW1013") || !tt.known && fault.KindOf(err) != fault.Unauthenticated {
				t.Errorf("got %+v, %v", who, err)
			}
		})
	}
}

func TestABrowserIsKnownByItsCookie(t *testing.T) {
	for _, tt := range []struct {
		url, name string
		secure    bool
	}{
		{"https://leren.rietwaarde.example", "__Host-bekwaam", true},
		{"http://127.0.0.1:8080", "bekwaam", false},
	} {
		t.Run(tt.url, func(t *testing.T) {
			o := office(t, tt.url)
			session, err := o.StartSession(t.Context(), "RW1013")
			if err != nil {
				t.Fatal(err)
			}
			recorder := httptest.NewRecorder()
			Remember(recorder, tt.url, session)
			cookie := recorder.Result().Cookies()[0]
			if cookie.Name != tt.name || cookie.Secure != tt.secure || !cookie.HttpOnly || cookie.SameSite != http.SameSiteLaxMode || cookie.Path != "/" || cookie.Domain != "" || cookie.MaxAge != 12*60*60 {
				t.Errorf("the cookie is %v", cookie)
			}
			r := httptest.NewRequest("GET", "/", nil)
			if _, err := Browser(r, o); fault.KindOf(err) != fault.Unauthenticated {
				t.Errorf("without a cookie: %v", err)
			}
			r.AddCookie(cookie)
			if who, err := Browser(r, o); err != nil || who.Person != "RW1013" {
				t.Errorf("with its cookie it is %+v, %v", who, err)
			}
			recorder = httptest.NewRecorder()
			Forget(recorder, tt.url)
			if forgotten := recorder.Result().Cookies()[0]; forgotten.Name != tt.name || forgotten.MaxAge >= 0 || forgotten.Value != "" {
				t.Errorf("forgetting sends %v", forgotten)
			}
		})
	}
}

func TestAThrottleHoldsBackOneAddressOnly(t *testing.T) {
	now := time.Date(2026, time.November, 23, 9, 0, 0, 0, time.UTC)
	throttle := NewThrottle(time.Second, 3)
	allowed := func(address string, at time.Time) bool {
		addr, _ := netip.ParseAddr(address)
		err := throttle.Allow(addr, at)
		if err != nil && fault.KindOf(err) != fault.TooMany {
			t.Errorf("got %v", err)
		}
		return err == nil
	}
	for range 3 {
		if !allowed("2001:db8::1", now) {
			t.Error("the first three are held back")
		}
	}
	for _, tt := range []struct {
		name, address string
		at            time.Time
		want          bool
	}{
		{"the fourth at once", "2001:db8::1", now, false},
		{"another address of the same subscriber", "2001:db8::2", now, false},
		{"another subscriber", "2001:db8:0:1::1", now, true},
		{"the fourth a second later", "2001:db8::1", now.Add(time.Second), true},
		{"an address that is not known", "", now, true},
	} {
		if got := allowed(tt.address, tt.at); got != tt.want {
			t.Errorf("%s: got %v", tt.name, got)
		}
	}
}

func TestAThrottleForgetsWhatWasHarmless(t *testing.T) {
	now := time.Date(2026, time.November, 23, 9, 0, 0, 0, time.UTC)
	throttle, address := NewThrottle(time.Minute, 2), netip.MustParseAddr("10.0.0.1")
	for range 5 {
		forget, err := throttle.Try(address, now)
		if err != nil {
			t.Fatal(err)
		}
		forget()
	}
	for _, want := range []bool{true, true, false, false} {
		if _, err := throttle.Try(address, now); (err == nil) != want {
			t.Errorf("got %v, want it allowed: %v", err, want)
		}
	}
	if _, err := throttle.Try(address, now.Add(time.Minute)); err != nil {
		t.Error("who was held back waits longer")
	}
}

func TestAThrottleRemembersNoMoreThanItCanHold(t *testing.T) {
	now := time.Date(2026, time.November, 23, 9, 0, 0, 0, time.UTC)
	throttle := NewThrottle(time.Second, 1)
	address := netip.MustParseAddr("10.0.0.0")
	for i := range 2*maxCallers + 2 {
		if err := throttle.Allow(address, now.Add(time.Duration(i)*time.Microsecond)); err != nil {
			t.Fatal(err)
		}
		address = address.Next()
	}
	if len(throttle.callers) > maxCallers {
		t.Errorf("it remembers %d addresses", len(throttle.callers))
	}
}
