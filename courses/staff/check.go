package staff

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"bekwaam/courses/fault"
)

var (
	rightID    = regexp.MustCompile(`^[A-Za-z0-9._-]{1,32}$`) // it stands in addresses and in the names of files
	rightEmail = regexp.MustCompile(`^[^@\s]+@[^@\s]+\.[^@\s]+$`)
)

// maxName is how many characters a part of a name, or an e-mail address, may have.
const maxName = 100

var wrongPerson = fault.New(fault.Invalid, "De gegevens van deze persoon kloppen niet:", "The data of this person are not right:").Because("person")

// Check reports at once everything that is wrong with what is written about a person: fault.Invalid. Somebody needs no
// infix and no e-mail address.
func (p Person) Check() error {
	mistakes := *wrongPerson
	if !rightID.MatchString(string(p.ID)) {
		mistakes = *mistakes.At("person", "schrijf hoogstens 32 letters, cijfers, punten, streepjes en lage streepjes", "write at most 32 letters, digits, dots, dashes and underscores")
	}
	for _, part := range []struct {
		name, text string
		needed     bool
	}{{"first", p.First, true}, {"infix", p.Infix, false}, {"last", p.Last, true}, {"email", p.Email, false}} {
		switch {
		case strings.TrimSpace(part.text) == "" && part.needed:
			mistakes = *mistakes.At(part.name, "schrijf hier iets", "write something here")
		case !utf8.ValidString(part.text) || strings.ContainsFunc(part.text, func(r rune) bool { return !unicode.IsPrint(r) }):
			mistakes = *mistakes.At(part.name, "hier staan tekens in die niet mogen", "this has characters that are not allowed")
		case utf8.RuneCountInString(part.text) > maxName:
			mistakes = *mistakes.At(part.name, fmt.Sprintf("schrijf hoogstens %d tekens", maxName), fmt.Sprintf("write at most %d characters", maxName))
		case part.name == "email" && part.text != "" && !rightEmail.MatchString(part.text):
			mistakes = *mistakes.At(part.name, "schrijf een e-mailadres, zoals naam@gemeente.nl", "write an e-mail address, such as name@municipality.nl")
		}
	}
	if len(mistakes.Fields) > 0 {
		return &mistakes
	}
	return nil
}
