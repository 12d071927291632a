package academy

import (
	"bekwaam/courses/exchange"
	"bekwaam/courses/fault"
)

var bsnWritten = fault.New(fault.Invalid, "Hier staat een BSN in. Dat bewaren we nooit:", "This holds a citizen service number (BSN). We never keep that:").Because("bsn")

// refuseBSN returns fault.Invalid where somebody wrote a BSN in a text that would be kept. It never repeats the number.
func refuseBSN(field, text string) error {
	if !exchange.HoldsBSN(text) {
		return nil
	}
	return bsnWritten.At(field, "haal het nummer weg", "remove the number")
}
