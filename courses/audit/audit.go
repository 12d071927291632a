// Package audit says what is written down about who did what, for ever.
//
// It is pure and imports only staff. Entries hold keys, never names, answers or scores.
package audit

import (
	"time"

	"bekwaam/courses/staff"
)

// An Entry is one act that somebody did. It is never changed or removed.
type Entry struct {
	At      time.Time      // the office's clock
	Actor   staff.PersonID // who did it; empty for the installation itself, as in a sweep
	Act     string         // "attempt.submitted", "period.issued"
	Subject staff.PersonID // whom it is about; may be empty
	Object  string         // the key of what it is about
}
