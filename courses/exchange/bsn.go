package exchange

import (
	"regexp"
	"slices"
	"strings"

	"bekwaam/courses/calendar"
)

// isBSN reports whether nine digits can be a burgerservicenummer: nine times the first, eight times the second and so on
// to twice the eighth, minus the ninth, is divisible by eleven. Source: Logisch Ontwerp BSN, the 11-proef.
func isBSN(digits string) bool {
	if len(digits) != 9 || digits == "000000000" {
		return false
	}
	sum := -int(digits[8] - '0')
	for i, d := range []byte(digits[:8]) {
		sum += int(d-'0') * (9 - i)
	}
	return sum%11 == 0
}

var (
	// digitRun finds digits with at most one and the same kind of mark between them.
	digitRun = regexp.MustCompile(`[0-9]+(?: [0-9]+)+|[0-9]+(?:\.[0-9]+)+|[0-9]+(?:-[0-9]+)+|[0-9]+`)
	// otherNumber finds, before a number, the name of one that is no BSN though it may pass the same test.
	otherNumber = regexp.MustCompile(`(?i)(?:kvk|k\.v\.k\.|rsin|btw|vat|fax|tel)[^0-9\n]{0,20}$`)
	ownName     = regexp.MustCompile(`(?i)(?:bsn|sofi|burgerservicenummer|sofinummer)[^0-9\n]{0,12}$`)
	letterEnd   = regexp.MustCompile(`\p{L}$`)
	letterBegin = regexp.MustCompile(`^\p{L}`)
	oddSpace    = strings.NewReplacer("\u00a0", " ", "\u2007", " ", "\u2009", " ", "\u202f", " ", "\u2011", "-", "\u2013", "-")
)

// HoldsBSN reports whether a BSN stands in a text: nine digits, or eight where the first one was a zero, with or without
// spaces, dots or dashes between them. Not every such number is one, so what is named otherwise, stuck to letters or a
// date does not count.
func HoldsBSN(text string) bool {
	text = oddSpace.Replace(text)
	for _, at := range digitRun.FindAllStringIndex(text, -1) {
		groups := strings.FieldsFunc(text[at[0]:at[1]], func(r rune) bool { return r < '0' || r > '9' })
		whole := strings.Join(groups, "")
		nine := isBSN(whole) || slices.ContainsFunc(windows(groups), isBSN)
		eight := len(whole) == 8 && isBSN("0"+whole) && !isDate(whole)
		if !nine && !eight && !isBSN("0"+groups[0]) { // the last counts only where it is named
			continue
		}
		before, after := text[max(0, at[0]-40):at[0]], text[at[1]:min(len(text), at[1]+4)]
		if ownName.MatchString(before) {
			return true
		}
		if (nine || eight) && !otherNumber.MatchString(before) && !letterEnd.MatchString(before) && !letterBegin.MatchString(after) {
			return true
		}
	}
	return false
}

// windows are the groups of digits within a longer run that look like one number: nine together, or in the groups that
// people write a BSN in.
func windows(groups []string) []string {
	var found []string
	for i, g := range groups {
		if len(g) == 9 {
			found = append(found, g)
		}
		if i+3 <= len(groups) {
			if shape := [3]int{len(g), len(groups[i+1]), len(groups[i+2])}; shape == [3]int{4, 2, 3} || shape == [3]int{3, 3, 3} || shape == [3]int{3, 2, 4} {
				found = append(found, strings.Join(groups[i:i+3], ""))
			}
		}
	}
	return found
}

// isDate reports whether eight digits are a day of our time: 20261123 or 23112026.
func isDate(digits string) bool {
	for _, written := range []string{digits[:4] + "-" + digits[4:6] + "-" + digits[6:], digits[4:] + "-" + digits[2:4] + "-" + digits[:2]} {
		if day, err := calendar.Parse(written); err == nil {
			if year, _, _ := day.Civil(); year >= 1900 && year < 2100 {
				return true
			}
		}
	}
	return false
}
