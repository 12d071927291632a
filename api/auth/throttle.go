package auth

import (
	"net/http"
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"bekwaam/courses/fault"
)

// A Throttle holds back whoever asks too often without saying who they are. Make one with NewThrottle; it may be used by
// many goroutines.
type Throttle struct {
	each  rate.Limit
	burst int

	mu      sync.Mutex
	callers map[netip.Prefix]*rate.Limiter
}

// maxCallers is how many addresses a Throttle remembers: a few megabytes.
const maxCallers = 20_000

// NewThrottle lets each address ask burst times at once and then once every so often.
func NewThrottle(every time.Duration, burst int) *Throttle {
	return &Throttle{each: rate.Every(every), burst: burst, callers: make(map[netip.Prefix]*rate.Limiter)}
}

var tooOften = fault.New(fault.TooMany, "Je vraagt dit te vaak. Probeer het over een minuut opnieuw.", "You ask this too often. Try again in a minute.")

// Allow counts one request of an address; fault.TooMany where it has to wait.
func (t *Throttle) Allow(address netip.Addr, now time.Time) error {
	_, err := t.Try(address, now)
	return err
}

// Try is Allow with a way back: forget takes the request out of the count, for one that turned out to be harmless. Counting
// comes first, or many at once would all be let in before the first of them is found to be harmful.
func (t *Throttle) Try(address netip.Addr, now time.Time) (forget func(), err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	from := network(address)
	limiter, known := t.callers[from]
	if !known {
		t.makeRoom(now)
		limiter = rate.NewLimiter(t.each, t.burst)
		t.callers[from] = limiter
	}
	r := limiter.ReserveN(now, 1)
	if r.DelayFrom(now) > 0 {
		r.CancelAt(now)
		return nil, tooOften
	}
	return func() { r.CancelAt(now) }, nil
}

// makeRoom forgets who has waited long enough to begin anew; where that is nobody, it forgets everybody.
func (t *Throttle) makeRoom(now time.Time) {
	if len(t.callers) < maxCallers {
		return
	}
	for from, limiter := range t.callers {
		if limiter.TokensAt(now) >= float64(t.burst) {
			delete(t.callers, from)
		}
	}
	if len(t.callers) >= maxCallers {
		clear(t.callers)
	}
}

// network is whom an address belongs to: an IPv6 subscriber has a whole /64.
func network(address netip.Addr) netip.Prefix {
	bits := 32
	if address = address.Unmap().WithZone(""); address.Is6() {
		bits = 64
	}
	prefix, err := address.Prefix(bits)
	if err != nil {
		return netip.Prefix{} // no address: all of those count together
	}
	return prefix
}

// Address is where a connection comes from; the zero address where that is not known.
func Address(r *http.Request) netip.Addr {
	from, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	return from.Addr()
}
