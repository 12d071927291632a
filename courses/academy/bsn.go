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

// withBSN adds to what is wrong with a form, nil where nothing is, that a field of it holds a BSN.
func withBSN(wrong error, field, text string) error {
	found := fault.Of(refuseBSN(field, text))
	if f := fault.Of(wrong); f != nil && found != nil {
		return f.Because(found.Reason).At(field, found.Fields[0].Dutch, found.Fields[0].English)
	}
	if found != nil {
		return found
	}
	return wrong
}
