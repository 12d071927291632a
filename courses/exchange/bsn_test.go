package exchange

import "testing"

func TestTheElevenTest(t *testing.T) {
	for digits, want := range map[string]bool{
		"123456782": true, "111222333": true, "249566758": true, "010000008": true, "000000000": false, "123456789": false, "12345678": false, "1234567820": false,
	} {
		if got := isBSN(digits); got != want {
			t.Errorf("%s: %v", digits, got)
		}
	}
}

func TestWhereABSNStands(t *testing.T) {
	for text, want := range map[string]bool{
		"123456782":               true,
		"BSN123456782":            true,
		"bsn:\u00a0123.456.782":   true,
		"1234-56-782":             true,
		"1 2 3 4 5 6 7 8 2":       true,
		"kaart 1 123456782 1980":  true,
		"sofinummer 12345 6782":   true,
		"A123456782":              false,
		"123456782B01":            false,
		"RSIN: 123456782":         false,
		"12345678\n2":             false,
		"20261123":                false, // passes the test with a zero before it, and is a date
		"7 8 6 9 7 8 8 7 6 5 9 8": false,
		"":                        false,
	} {
		if got := HoldsBSN(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}
