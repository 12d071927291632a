package api

import (
	"net/http"
	"regexp"
)

// A sentence is in both languages.
type sentence struct{ dutch, english string }

// sentences say in general what a status means to whoever gets it.
var sentences = map[int]sentence{
	http.StatusBadRequest:            {"Het verzoek is niet te lezen. Stuur de inhoud als JSON in UTF-8.", "The request cannot be read. Send the body as JSON in UTF-8."},
	http.StatusUnauthorized:          {"Stuur een token mee: Authorization: Bearer …", "Send a token along: Authorization: Bearer …"},
	http.StatusForbidden:             {"Dit mag je niet doen. Denk je dat dit niet klopt? Vraag het aan P&O.", "You may not do this. Do you think that is wrong? Ask HR."},
	http.StatusNotFound:              {"Dit bestaat niet, of je mag het niet zien.", "This does not exist, or you may not see it."},
	http.StatusMethodNotAllowed:      {"Dit kan niet op dit adres. De kop Allow zegt wat wel kan.", "This cannot be done at this address. The Allow header says what can."},
	http.StatusNotAcceptable:         {"We kunnen dit niet geven in de vorm die je vraagt.", "We cannot give this in the form you ask for."},
	http.StatusRequestTimeout:        {"Het verzoek kwam niet op tijd binnen.", "The request did not come in in time."},
	http.StatusConflict:              {"De stand van zaken laat dit nu niet toe.", "The state of things does not allow this now."},
	http.StatusRequestEntityTooLarge: {"De inhoud is te groot.", "The body is too large."},
	http.StatusUnsupportedMediaType:  {"Deze soort inhoud (Content-Type) kunnen we hier niet lezen.", "This kind of body (Content-Type) cannot be read here."},
	http.StatusUnprocessableEntity:   {"Er klopt iets niet in het verzoek. Kijk bij errors wat en waar.", "Something in the request is not right. See errors for what and where."},
	http.StatusTooManyRequests:       {"Je vraagt dit te vaak. Probeer het over een minuut opnieuw.", "You ask this too often. Try again in a minute."},
	http.StatusInternalServerError:   {"Er ging bij ons iets mis. Probeer het later opnieuw.", "Something went wrong on our side. Try again later."},
	http.StatusServiceUnavailable:    {"Dit kan nu even niet. Probeer het over een minuut opnieuw.", "This cannot be done at the moment. Try again in a minute."},
}

// unknownParameter is what we find wrong ourselves, in the manner of huma.
const unknownParameter = "unknown query parameter"

// messages turn what huma finds wrong into words for people. They let through only what our own document says, such as
// the names of fields and limits, never what was sent.
var messages = []struct {
	found *regexp.Regexp
	sentence
}{
	{regexp.MustCompile(`^unexpected property$`), sentence{"dit veld bestaat hier niet", "this field does not exist here"}},
	{regexp.MustCompile(`^` + unknownParameter + `$`), sentence{"deze parameter bestaat hier niet", "this parameter does not exist here"}},
	{regexp.MustCompile(`^expected required property (\S+) to be present$`), sentence{"het veld $1 ontbreekt", "the field $1 is missing"}},
	{regexp.MustCompile(`^required \w+ parameter is missing$`), sentence{"deze parameter ontbreekt", "this parameter is missing"}},
	{regexp.MustCompile(`^expected string to be RFC 3339 date$`), sentence{"schrijf een datum die bestaat, zoals 2026-11-23", "write a date that exists, such as 2026-11-23"}},
	{regexp.MustCompile(`^expected string$`), sentence{"schrijf een tekst", "write a text"}},
	{regexp.MustCompile(`^(?:expected|invalid) boolean$`), sentence{"schrijf true of false", "write true or false"}},
	{regexp.MustCompile(`^(?:expected|invalid) integer$`), sentence{"schrijf een geheel getal", "write a whole number"}},
	{regexp.MustCompile(`^(?:expected number|invalid float)$`), sentence{"schrijf een getal", "write a number"}},
	{regexp.MustCompile(`^expected array$`), sentence{"schrijf een lijst", "write a list"}},
	{regexp.MustCompile(`^expected object$`), sentence{"schrijf een object met velden", "write an object with fields"}},
	{regexp.MustCompile(`^expected value to be one of "(.*)"$`), sentence{"kies een van: $1", "choose one of: $1"}},
	{regexp.MustCompile(`^expected number >= (\S+)$`), sentence{"schrijf $1 of meer", "write $1 or more"}},
	{regexp.MustCompile(`^expected number <= (\S+)$`), sentence{"schrijf hoogstens $1", "write at most $1"}},
	{regexp.MustCompile(`^expected length >= (\d+)$`), sentence{"schrijf minstens $1 tekens", "write at least $1 characters"}},
	{regexp.MustCompile(`^expected length <= (\d+)$`), sentence{"schrijf hoogstens $1 tekens", "write at most $1 characters"}},
	{regexp.MustCompile(`^expected array length >= (\d+)$`), sentence{"geef minstens $1 onderdelen", "give at least $1 items"}},
	{regexp.MustCompile(`^expected array length <= (\d+)$`), sentence{"geef hoogstens $1 onderdelen", "give at most $1 items"}},
}

// messageOf is what huma found wrong, in the language of the caller.
func messageOf(c caller, found string) string {
	for _, m := range messages {
		if m.found.MatchString(found) {
			return m.found.ReplaceAllString(found, c.say(m.dutch, m.english))
		}
	}
	return c.say("dit klopt niet", "this is not right")
}
