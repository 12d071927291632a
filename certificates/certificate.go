package certificates

import (
	"time"

	"bekwaam/courses/calendar"
)

// A Certificate is the numbered document that proves a period. What it says is kept as it was when it was issued.
type Certificate struct {
	Number    Number
	Token     Token  // of the QR code; whoever has it may see the holder
	Period    Period // what it proves
	Holder    string
	Title     string
	Statement Statement
	Shown     []string // what was shown: the course's goals, at most four
	Lessons   int      // of the course; 0 where there was none
	IssuedAt  time.Time
	Issuer    Issuer
	Hidden    bool // the holder switched the public page off

	ReplacedFrom calendar.Date // when a later period of the same person and scheme begins; zero while there is none
	OutdatedFrom calendar.Date // since when its holder missed a change; zero: they missed none
}

// State is what a certificate is worth on a day.
func (c Certificate) State(on calendar.Date) State {
	return c.Period.State(on, c.ReplacedFrom, !c.OutdatedFrom.IsZero() && on >= c.OutdatedFrom)
}
