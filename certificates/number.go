package certificates

import (
	"encoding/base32"
	"fmt"
	"io"
	"strings"
	"unicode"

	"bekwaam/courses/fault"
)

// A Number is what a certificate is called, as it is printed: RW-2026-7KQ4M-2XD9T-C8. It holds the issuer's letters, the
// year, ten random characters, so that nobody can count or guess through the numbers, and two check characters.
// Whoever knows a number learns whether the certificate holds, not whose it is.
type Number string

// A Token is the secret of a certificate's QR code: 128 random bits. Whoever knows it may see the holder.
type Token string

const (
	// symbols are the random and check characters: no 0 or O, no 1, I or L, and no U that looks like a V.
	symbols = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
	// values orders the characters that check characters reckon with: each is worth its place.
	values = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"

	shortestPrefix, longestPrefix = 2, 4
	yearLength, randomLength      = 4, 10
	checkLength                   = 2
	tailLength                    = yearLength + randomLength + checkLength
)

// mistyped says nothing of what was typed: an error may end up in a log.
var mistyped = fault.New(fault.Invalid,
	"Dit is geen certificaatnummer. Controleer of alle tekens goed zijn overgenomen.",
	"This is not a certificate number. Check that you copied every character.")

// NewNumber draws a number for a certificate of a year. The prefix is two to four capital letters; anything else is
// fault.Invalid.
func NewNumber(random io.Reader, prefix string, year int) (Number, error) {
	if err := CheckPrefix(prefix); err != nil {
		return "", err
	}
	if year < 1000 || year > 9999 {
		return "", fault.New(fault.Invalid, "Het jaar van een certificaatnummer heeft vier cijfers.", "The year of a certificate number has four digits.")
	}
	// A third of the draws has a check character that looks like another one. A source that never gives a good one is broken.
	for range 200 {
		drawn, err := draw(random, randomLength)
		if err != nil {
			return "", err
		}
		text := fmt.Sprintf("%s%d%s", prefix, year, drawn)
		if check := checkOf(text); onlyOf(check, symbols) {
			return written(text + check), nil
		}
	}
	return "", fmt.Errorf("certificates: the random source repeats itself")
}

// ParseNumber reads a number as people type it, in capitals or not, with or without dashes and spaces, and returns it as
// it is printed. Wrong check characters are fault.Invalid: they find every wrong character and every two neighbours that
// changed places.
func ParseNumber(text string) (Number, error) {
	if len(text) > 100 {
		return "", mistyped
	}
	typed := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), unicode.Is(unicode.Pd, r):
			return -1
		case 'a' <= r && r <= 'z':
			return r - 'a' + 'A'
		}
		return r
	}, text)
	split := len(typed) - tailLength
	if split < 0 || !isPrefix(typed[:split]) {
		return "", mistyped
	}
	body, check := typed[:len(typed)-checkLength], typed[len(typed)-checkLength:]
	year, rest := typed[split:split+yearLength], typed[split+yearLength:]
	if !onlyOf(year, "0123456789") || year[0] == '0' || !onlyOf(rest, symbols) || checkOf(body) != check {
		return "", mistyped
	}
	return written(typed), nil
}

// checkOf returns the two check characters of a text of letters and digits.
// Source: ISO/IEC 7064:2003, system MOD 1271-36. It finds every single wrong character and every swap of neighbours.
func checkOf(text string) string {
	const radix, modulus = 36, 1271
	p := 0
	for _, c := range []byte(text) {
		p = (p + strings.IndexByte(values, c)) * radix % modulus
	}
	p = p * radix % modulus
	rest := (modulus + 1 - p) % modulus
	return string([]byte{values[rest/radix], values[rest%radix]})
}

// written puts the dashes in.
func written(text string) Number {
	p := len(text) - tailLength
	year, random := p+yearLength, p+yearLength+randomLength
	half := year + randomLength/2
	return Number(strings.Join([]string{text[:p], text[p:year], text[year:half], text[half:random], text[random:]}, "-"))
}

// draw returns n symbols, each equally likely.
func draw(random io.Reader, n int) (string, error) {
	const fair = 256 / len(symbols) * len(symbols)
	drawn := make([]byte, 0, n)
	for b := make([]byte, 1); len(drawn) < n; {
		if _, err := io.ReadFull(random, b); err != nil {
			return "", fmt.Errorf("certificates: drawing a number: %w", err)
		}
		if int(b[0]) < fair {
			drawn = append(drawn, symbols[int(b[0])%len(symbols)])
		}
	}
	return string(drawn), nil
}

// CheckPrefix reports whether certificate numbers may begin with a prefix: fault.Invalid where not.
func CheckPrefix(prefix string) error {
	if !isPrefix(prefix) {
		return fault.New(fault.Invalid, "Certificaatnummers beginnen met twee tot vier hoofdletters.", "Certificate numbers begin with two to four capital letters.")
	}
	return nil
}

func isPrefix(text string) bool {
	return len(text) >= shortestPrefix && len(text) <= longestPrefix && onlyOf(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
}

func onlyOf(text, set string) bool { return strings.Trim(text, set) == "" }

// tokens are written in small letters and the digits 2 to 7: safe in an address, and longer than any number without its
// dashes, so that the two are never confused.
var tokens = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

const tokenBytes = 16 // 128 bits

// NewToken draws a token.
func NewToken(random io.Reader) (Token, error) {
	secret := make([]byte, tokenBytes)
	if _, err := io.ReadFull(random, secret); err != nil {
		return "", fmt.Errorf("certificates: drawing a token: %w", err)
	}
	return Token(tokens.EncodeToString(secret)), nil
}

// ParseToken reports whether text is a token, written exactly as NewToken writes it.
func ParseToken(text string) (Token, bool) {
	if len(text) != tokens.EncodedLen(tokenBytes) {
		return "", false
	}
	secret, err := tokens.DecodeString(text)
	if err != nil || tokens.EncodeToString(secret) != text { // an encoding of our own skips \r and \n, and has spare bits
		return "", false
	}
	return Token(text), true
}
