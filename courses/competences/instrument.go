package competences

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

// A Purpose is what somebody lets the results of an instrument, such as a questionnaire about drives, be used for. Consent is
// for one purpose at a time.
type Purpose string

const (
	ForGrowth   Purpose = "growth"   // which role and which learning suit the person
	ForTeamwork Purpose = "teamwork" // talking about how the person works together with others
)

// Purposes lists every purpose.
func Purposes() []Purpose { return []Purpose{ForGrowth, ForTeamwork} }

// A Consent is that somebody lets results be kept for a purpose. Only the person gives it, it always ends, and without it
// nothing is kept. Withdrawing it leaves nothing behind.
type Consent struct {
	Person  staff.PersonID
	Purpose Purpose
	GivenOn calendar.Date
	EndsOn  calendar.Date // the last day
}

// longestKept is how long consent lasts, and a result is kept, at most: in months.
const longestKept = 24

// LongestConsent is the last day on which a consent of a day may end.
func LongestConsent(given calendar.Date) calendar.Date { return given.AddMonths(longestKept) }

var wrongConsent = fault.New(fault.Invalid, "Deze toestemming klopt nog niet:", "This consent is not right yet:").Because("instrument_consent")

// NewConsent is the consent that somebody gives on a day; fault.Invalid where it would not end, or end already.
func NewConsent(person staff.PersonID, purpose Purpose, given, ends calendar.Date) (Consent, error) {
	m := mistakes{*wrongConsent}
	if !slices.Contains(Purposes(), purpose) {
		m.wrong("purpose", "kies growth of teamwork", "choose growth or teamwork")
	}
	if last := LongestConsent(given); ends < given || ends > last {
		m.wrong("endsOn", "kies een dag van vandaag tot en met "+last.Dutch()+": hoogstens twee jaar", "choose a day from today up to "+last.English()+": at most two years")
	}
	return Consent{person, purpose, given, ends}, m.err()
}

// Stands reports whether the consent holds on a day.
func (c Consent) Stands(on calendar.Date) bool { return c.GivenOn <= on && on <= c.EndsOn }

// A Score is a place on a scale, in hundredths.
type Score int

// Words writes a score as people do: 7 or 6,5.
func (s Score) Words() (dutch, english string) {
	sign, n := "", int(s)
	if n < 0 {
		sign, n = "-", -n
	}
	english = fmt.Sprintf("%s%d", sign, n/100)
	if n%100 != 0 {
		english += strings.TrimRight(fmt.Sprintf(".%02d", n%100), "0")
	}
	return strings.Replace(english, ".", ",", 1), english
}

// A Scale is one scale of an instrument under the names that the customer gives it: no text and no norm of the instrument.
// Both ends of it are worth something.
type Scale struct {
	Instrument string
	Name       string
	Low, High  string // what the ends are called; may be empty
	Min, Max   Score
	Competence CompetenceID // whose aptitude it tells, for this customer; empty: of none
}

// longestName is how many characters the names of a scale may have: too few for a text of an instrument.
const longestName = 60

// mostScore is the end of the longest scale.
const mostScore Score = 1_000_00

var wrongScale = fault.New(fault.Invalid, "Deze schaal klopt nog niet:", "This scale is not right yet:").Because("instrument_scale")

// Check returns fault.Invalid with all that is wrong with a scale.
func (s Scale) Check() error {
	m := mistakes{*wrongScale}
	for _, name := range []struct {
		field, text string
		needed      bool
	}{{"instrument", s.Instrument, true}, {"scale", s.Name, true}, {"low", s.Low, false}, {"high", s.High, false}} {
		m.text(name.field, name.text, name.needed)
		if n := utf8.RuneCountInString(name.text); n > longestName && n <= longestText {
			m.wrong(name.field, "schrijf hoogstens 60 tekens: alleen een naam, geen tekst uit het instrument", "write at most 60 characters: only a name, no text of the instrument")
		}
	}
	if s.Min >= s.Max || s.Min < -mostScore || s.Max > mostScore {
		m.wrong("max", "kies een hoogste score boven de laagste, tussen -1000 en 1000", "choose a highest score above the lowest, between -1000 and 1000")
	}
	return m.err()
}

// Holds reports whether a score is on the scale.
func (s Scale) Holds(score Score) bool { return s.Min <= score && score <= s.Max }

// A ScaleScore is the score on one scale. Scores are never added up.
type ScaleScore struct {
	Scale string
	Score Score
}

// A Result (uitslag) is what an instrument said of a person on a day, for one purpose. Nobody but the person sees it until
// they share it, with one colleague at a time.
type Result struct {
	ID         string
	Person     staff.PersonID
	Purpose    Purpose
	Instrument string
	TakenOn    calendar.Date
	EndsOn     calendar.Date // the last day it is kept; sooner where the consent ends
	Scores     []ScaleScore  // in order of scale
	Shared     []ResultShare
}

// A ResultShare lets one colleague see a result.
type ResultShare struct {
	With staff.PersonID
	On   calendar.Date
}

// SharedWith reports whether somebody may see the result beside the person.
func (r Result) SharedWith(reader staff.PersonID) bool {
	return slices.ContainsFunc(r.Shared, func(s ResultShare) bool { return s.With == reader })
}

// KeptUntil is the last day on which a result may be kept: what the supplier says, and never longer than two years after it
// was taken.
func KeptUntil(taken, said calendar.Date) calendar.Date {
	last := taken.AddMonths(longestKept)
	if said.IsZero() {
		return last
	}
	return min(said, last)
}

// Visible returns the results that may be seen on a day, with the last day on which they may: those that did not end,
// under a consent that stands.
func Visible(results []Result, consents []Consent, on calendar.Date) []Result {
	var visible []Result
	for _, r := range results {
		at := slices.IndexFunc(consents, func(c Consent) bool { return c.Purpose == r.Purpose && c.Person == r.Person && c.Stands(on) })
		if at < 0 || r.EndsOn < on {
			continue
		}
		r.EndsOn = min(r.EndsOn, consents[at].EndsOn)
		visible = append(visible, r)
	}
	return visible
}

// An Aptitude is what an instrument says of somebody's inclination to a competence.
type Aptitude int

const (
	AptitudeUnknown Aptitude = iota // no result, not shared, or two results that contradict each other
	AptitudeLow                     // below the middle of the scale
	AptitudeHigh                    // the middle of the scale, or above
)

// An Inclination (aanleg) is an aptitude with the score that tells it.
type Inclination struct {
	Aptitude Aptitude
	Scale    Scale // of AptitudeLow and AptitudeHigh
	Score    Score
	TakenOn  calendar.Date
	Divided  bool // scores of the same day contradict each other
}

// aptitude tells on which side of the middle of its scale a score is.
func (s Scale) aptitude(score Score) Aptitude {
	if 2*score >= s.Min+s.Max {
		return AptitudeHigh
	}
	return AptitudeLow
}

// Inclinations work out the aptitude for each competence that a scale tells of, from results for ForGrowth: the newest
// result counts. Scores are not added up: two of the same day that contradict each other tell nothing.
func Inclinations(results []Result, scales []Scale) map[CompetenceID]Inclination {
	found := make(map[CompetenceID]Inclination)
	for _, r := range results {
		if r.Purpose != ForGrowth {
			continue
		}
		for _, score := range r.Scores {
			at := slices.IndexFunc(scales, func(s Scale) bool { return s.Instrument == r.Instrument && s.Name == score.Scale })
			if at < 0 || scales[at].Competence == "" {
				continue
			}
			scale := scales[at]
			is, known := found[scale.Competence]
			says := Inclination{Aptitude: scale.aptitude(score.Score), Scale: scale, Score: score.Score, TakenOn: r.TakenOn}
			switch {
			case !known || r.TakenOn > is.TakenOn:
				found[scale.Competence] = says
			case r.TakenOn == is.TakenOn && is.Aptitude != says.Aptitude:
				found[scale.Competence] = Inclination{TakenOn: r.TakenOn, Divided: true}
			}
		}
	}
	return found
}

// Why says on what an aptitude rests.
func (i Inclination) Why() (dutch, english string) {
	if i.Divided {
		return "Twee uitslagen van dezelfde dag spreken elkaar tegen: daarom zeggen we niets over aanleg.", "Two results of the same day contradict each other: so we say nothing about aptitude."
	}
	if i.Aptitude == AptitudeUnknown {
		return "Er is geen uitslag die iets over aanleg zegt.", "There is no result that says anything about aptitude."
	}
	score, scoreEN := i.Score.Words()
	least, leastEN := i.Scale.Min.Words()
	most, mostEN := i.Scale.Max.Words()
	end, side, sideEN := i.Scale.High, "op of boven het midden", "at or above the middle"
	if i.Aptitude == AptitudeLow {
		end, side, sideEN = i.Scale.Low, "onder het midden", "below the middle"
	}
	dutch = fmt.Sprintf("Score %s op %s (van %s tot en met %s): %s", score, i.Scale.Name, least, most, side)
	english = fmt.Sprintf("Score %s on %s (from %s to %s): %s", scoreEN, i.Scale.Name, leastEN, mostEN, sideEN)
	if end != "" {
		dutch, english = dutch+", "+end, english+", "+end
	}
	return dutch + ".", english + "."
}
