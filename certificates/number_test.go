package certificates

import (
	"bytes"
	"crypto/rand"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"
	"testing/iotest"

	"bekwaam/courses/fault"
)

// ISO/IEC 7064 gives "ISO79" with MOD 1271-36 as its example.
func TestCheckCharactersAreThoseOfTheStandard(t *testing.T) {
	if got := checkOf("ISO79"); got != "3W" {
		t.Errorf("got %s, want 3W", got)
	}
}

func draws(t testing.TB, prefix string) Number {
	t.Helper()
	n, err := NewNumber(rand.Reader, prefix, 2026)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestNumbersLookAsPrinted(t *testing.T) {
	form := regexp.MustCompile(`^[A-Z]{2,4}-2026-[2-9A-HJKMNP-TV-Z]{5}-[2-9A-HJKMNP-TV-Z]{5}-[2-9A-HJKMNP-TV-Z]{2}$`)
	seen := map[Number]bool{}
	for range 500 {
		for _, prefix := range []string{"RW", "OLI", "GOUD"} {
			n := draws(t, prefix)
			if !form.MatchString(string(n)) || seen[n] {
				t.Fatalf("%s has another form, or came twice", n)
			}
			seen[n] = true
			if again, err := ParseNumber(string(n)); err != nil || again != n {
				t.Fatalf("%s was read as %q (%v)", n, again, err)
			}
		}
	}
}

func TestParseNumberReadsWhatPeopleType(t *testing.T) {
	n := draws(t, "RW")
	bare := strings.ReplaceAll(string(n), "-", "")
	for _, typed := range []string{
		string(n), strings.ToLower(string(n)), bare, "  " + strings.ToLower(bare) + "\n", strings.ReplaceAll(string(n), "-", " "),
		strings.ReplaceAll(string(n), "-", " – "), strings.Join(strings.Split(bare, ""), "\u00a0"), bare[:7] + "-" + bare[7:],
	} {
		if got, err := ParseNumber(typed); err != nil || got != n {
			t.Errorf("%q was read as %q (%v), not as %s", typed, got, err, n)
		}
	}
}

func TestEverySingleWrongCharacterIsFound(t *testing.T) {
	for _, prefix := range []string{"RW", "GOUD"} {
		for range 20 {
			typed := []byte(strings.ReplaceAll(string(draws(t, prefix)), "-", ""))
			for i, right := range typed {
				for _, wrong := range []byte(values) {
					typed[i] = wrong
					if n, err := ParseNumber(string(typed)); err == nil && wrong != right {
						t.Fatalf("%s with %c in place of %c at %d was read as %s", typed, wrong, right, i, n)
					}
				}
				typed[i] = right
			}
		}
	}
}

func TestEverySwapOfNeighboursIsFound(t *testing.T) {
	for _, a := range []byte(symbols) {
		for _, b := range []byte(symbols) {
			for i := range randomLength - 1 { // every two symbols in every place of the random part …
				text := []byte("RW20262222222222")
				text[6+i], text[7+i] = a, b
				check := checkOf(string(text))
				text[6+i], text[7+i] = b, a
				if a != b && checkOf(string(text)) == check {
					t.Fatalf("%c%c and %c%c at %d have the same check characters", a, b, b, a, i)
				}
			}
		}
	}
	for range 500 { // … and every place of real numbers, check characters included
		n := strings.ReplaceAll(string(draws(t, "RWD")), "-", "")
		for i := range len(n) - 1 {
			typed := []byte(n)
			typed[i], typed[i+1] = n[i+1], n[i]
			if got, err := ParseNumber(string(typed)); err == nil && n[i] != n[i+1] {
				t.Fatalf("%s with a swap at %d was read as %s", n, i, got)
			}
		}
	}
}

func TestParseNumberRefusesEverythingElseWithoutEchoingIt(t *testing.T) {
	n := string(draws(t, "RW"))
	for _, text := range []string{
		"", "-", "RW", "2026", n[1:], n + "2", n + n, n[:len(n)-1], "É" + n[1:], "ＲＷ" + n[2:], strings.Replace(n, "2026", "0026", 1), "RW-2O26" + n[7:],
		strings.Replace(n, "RW", "R2", 1), strings.ReplaceAll(n, "-", "/"), "\x00" + n, "\xff" + n, strings.Repeat("RW-2026 ", 1<<16), strings.Repeat(" ", 200) + n,
	} {
		got, err := ParseNumber(text)
		if fault.KindOf(err) != fault.Invalid {
			t.Errorf("%.40q was read as %q (%v)", text, got, err)
		}
		if err != nil && len(text) > 2 && strings.Contains(err.Error(), text) {
			t.Errorf("the error repeats %.40q", text)
		}
	}
}

func TestNewNumberRefusesABadPrefixOrYear(t *testing.T) {
	for _, prefix := range []string{"", "R", "rw", "R2", "GEMEENTE", "RÉ", "R-W"} {
		if n, err := NewNumber(rand.Reader, prefix, 2026); fault.KindOf(err) != fault.Invalid {
			t.Errorf("prefix %q gave %q (%v)", prefix, n, err)
		}
	}
	for _, year := range []int{-1, 0, 999, 10000} {
		if n, err := NewNumber(rand.Reader, "RW", year); fault.KindOf(err) != fault.Invalid {
			t.Errorf("year %d gave %q (%v)", year, n, err)
		}
	}
}

// repeating gives one byte for ever.
type repeating byte

func (r repeating) Read(b []byte) (int, error) {
	copy(b, bytes.Repeat([]byte{byte(r)}, len(b)))
	return len(b), nil
}

func TestNewNumberEndsWithABrokenSource(t *testing.T) {
	broken := errors.New("broken")
	if _, err := NewNumber(iotest.ErrReader(broken), "RW", 2026); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
	if _, err := NewNumber(io.LimitReader(rand.Reader, 5), "RW", 2026); err == nil {
		t.Error("five random bytes gave a number")
	}
	refused := 0
	for b := range 240 {
		if _, err := NewNumber(repeating(b), "RW", 2026); err != nil {
			refused++
		}
	}
	if refused == 0 || refused == 240 {
		t.Errorf("%d of 240 constant sources were refused", refused)
	}
}

func TestEverySymbolIsEquallyLikely(t *testing.T) {
	every := make([]byte, 256)
	for i := range every {
		every[i] = byte(i)
	}
	drawn, err := draw(bytes.NewReader(every), 240)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range symbols {
		if n := strings.Count(drawn, string(s)); n != 8 {
			t.Errorf("%c came %d times, not 8", s, n)
		}
	}
}

func TestTokens(t *testing.T) {
	seen := map[Token]bool{}
	for range 1000 {
		token, err := NewToken(rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		if got, ok := ParseToken(string(token)); !ok || got != token || seen[token] {
			t.Fatalf("a token was not recognised, or came twice")
		}
		seen[token] = true
		if n, err := ParseNumber(string(token)); err == nil {
			t.Fatalf("a token was read as number %s", n)
		}
	}
	if _, err := NewToken(io.LimitReader(rand.Reader, 15)); err == nil {
		t.Error("fifteen random bytes gave a token")
	}
}

func TestParseTokenKnowsOnlyTheCanonicalForm(t *testing.T) {
	const token = "mfrggzdfmztwq2lknnwg23tpoa"
	if _, ok := ParseToken(token); !ok {
		t.Fatal("the canonical form was refused")
	}
	for _, text := range []string{
		"", strings.ToUpper(token), " " + token, token + " ", token[1:], token + "a", token[:25] + "b", token[:25] + "\n", token[:13] + "\r\n" + token[15:],
		"1" + token[1:], strings.Repeat("=", 26), string(draws(t, "GOUD")),
	} {
		if got, ok := ParseToken(text); ok {
			t.Errorf("%q was taken for token %q", text, got)
		}
	}
}

func FuzzParseNumber(f *testing.F) {
	for _, text := range []string{"RW-2026-7KQ4M-2XD9T-C8", "rw 2026", "mfrggzdfmztwq2lknnwg23tpoa", "\xff", ""} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		n, err := ParseNumber(text)
		if err != nil {
			return
		}
		if again, err := ParseNumber(string(n)); err != nil || again != n {
			t.Errorf("%q was read as %q, and that as %q (%v)", text, n, again, err)
		}
		if _, ok := ParseToken(text); ok {
			t.Errorf("%q is both a number and a token", text)
		}
	})
}
