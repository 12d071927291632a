package exchange

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"bekwaam/courses/staff"
)

// A peopleFinder finds whom a number or a name in a list is about.
type peopleFinder struct {
	people []namedPerson
	place  map[staff.PersonID]int
	number map[string][]int          // by number without what separates, and by its digits alone
	last   map[string][]int          // by each word of a last name
	named  map[string][]staff.Person // whom a name that was looked for before may mean
}

// A namedPerson is somebody with the words of their name.
type namedPerson struct {
	staff.Person
	first, infix, last []string
}

func newPeopleFinder(people []staff.Person) peopleFinder {
	f := peopleFinder{place: make(map[staff.PersonID]int), number: make(map[string][]int), last: make(map[string][]int), named: make(map[string][]staff.Person)}
	for i, p := range people {
		named := namedPerson{p, tokens(p.First), tokens(p.Infix), tokens(p.Last)}
		f.people, f.place[p.ID] = append(f.people, named), i
		whole := strings.Join(tokens(string(p.ID)), "")
		f.number[whole] = append(f.number[whole], i)
		if digits := digitsOf(whole); digits != whole {
			f.number[digits] = append(f.number[digits], i)
		}
		for _, word := range named.last {
			if !slices.Contains(f.last[word], i) {
				f.last[word] = append(f.last[word], i)
			}
		}
	}
	return f
}

// digitsOf are the digits of a number without the zeros before them.
func digitsOf(number string) string {
	return strings.TrimLeft(strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return r
		}
		return -1
	}, number), "0")
}

// byNumber returns who has a number, whether it is written with what stands before it or without.
func (f peopleFinder) byNumber(text string) []staff.Person {
	number := strings.Join(tokens(text), "")
	found := f.number[number]
	if len(found) == 0 && !strings.ContainsFunc(number, func(r rune) bool { return !unicode.IsDigit(r) }) {
		found = f.number[strings.TrimLeft(number, "0")]
	}
	return f.all(found)
}

func (f peopleFinder) all(places []int) []staff.Person {
	people := make([]staff.Person, len(places))
	for i, at := range places {
		people[i] = f.people[at].Person
	}
	return people
}

// byName returns who may be meant by a name.
func (f peopleFinder) byName(name string) []staff.Person {
	found, before := f.named[name]
	if !before {
		found = f.search(name)
		f.named[name] = found
	}
	return found
}

func (f peopleFinder) search(name string) []staff.Person {
	words := tokens(name)
	var places []int
	for _, word := range words {
		if strings.Contains(word, "?") { // nobody's name is found by that
			places = make([]int, len(f.people))
			for i := range places {
				places[i] = i
			}
			break
		}
		places = append(places, f.last[word]...)
	}
	slices.Sort(places)
	var strict, loose []int
	for _, at := range slices.Compact(places) {
		switch p := f.people[at]; {
		case !p.fits(words):
		case p.inOrder(name, words):
			strict = append(strict, at)
		default:
			loose = append(loose, at)
		}
	}
	if len(strict) > 0 {
		return f.all(strict)
	}
	return f.all(loose)
}

// mayBe reports whether a name beside the number of a person may be theirs. Where it is nobody's here, their first name will
// do, and a last name of which a part is like theirs: somebody married, or it is misspelled. named is who may be meant by
// the name alone.
func (f peopleFinder) mayBe(person staff.Person, name string, named []staff.Person) bool {
	p, words := f.people[f.place[person.ID]], tokens(name)
	switch {
	case len(words) == 0 || p.fits(words):
		return true
	case len(named) > 0:
		return false
	case p.firstFits(words) || len(p.last) > 0 && slices.Contains(words, p.last[0]):
		return true
	}
	return slices.ContainsFunc(p.last, func(last string) bool {
		return slices.ContainsFunc(words, func(word string) bool {
			return min(len(word), len(last)) >= telltale && likeness(word, last) >= much
		})
	})
}

// fits reports whether words are the last name of a person with nothing beside it but their infix, and their first name or
// initials.
func (p namedPerson) fits(words []string) bool {
	rest := slices.Clone(words)
	for _, last := range p.last {
		at := slices.IndexFunc(rest, func(word string) bool { return alike(word, last) })
		if at < 0 {
			return false
		}
		rest = slices.Delete(rest, at, at+1)
	}
	whole := without(rest, p.infix, func(word, infix string) bool { return word == infix })
	if len(whole) == 0 || p.firstFits(whole) {
		return true
	}
	short := without(rest, p.infix, func(word, infix string) bool { return strings.HasPrefix(infix, word) }) // "v.d."
	return len(short) > 0 && p.firstFits(short)
}

// without leaves out the first word that matches each of others.
func without(words, others []string, match func(word, other string) bool) []string {
	words = slices.Clone(words)
	for _, other := range others {
		if at := slices.IndexFunc(words, func(word string) bool { return match(word, other) }); at >= 0 {
			words = slices.Delete(words, at, at+1)
		}
	}
	return words
}

// firstFits reports whether words are the first name of a person or their initials.
func (p namedPerson) firstFits(words []string) bool {
	if len(p.first) == 0 || !begins(p.first[0], words[0]) {
		return false
	}
	for i, word := range words[1:] { // more first names, or initials of some that we do not know
		known := i+1 < len(p.first) && begins(p.first[i+1], word)
		if !known && len(word) > 1 {
			return false
		}
	}
	return true
}

// inOrder reports whether a name that fits has the last name where it belongs: before a comma, or at the end.
func (p namedPerson) inOrder(name string, words []string) bool {
	if before, _, comma := strings.Cut(name, ","); comma {
		front := tokens(before)
		return !slices.ContainsFunc(p.last, func(last string) bool {
			return !slices.ContainsFunc(front, func(word string) bool { return alike(word, last) })
		})
	}
	return len(p.last) > 0 && alike(words[len(words)-1], p.last[len(p.last)-1])
}

// begins reports whether a first name begins with a word: an initial, or more of it.
func begins(first, word string) bool {
	return len([]rune(word)) <= len([]rune(first)) && alike(word, string([]rune(first)[:len([]rune(word))]))
}

// alike reports whether two words are the same but for letters that the first has lost.
func alike(word, whole string) bool {
	if !strings.Contains(word, "?") {
		return word == whole
	}
	a, b := []rune(word), []rune(whole)
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != '?' && a[i] != b[i] {
			return false
		}
	}
	return true
}

// telltale is how long a word must be to be like a last name at all; much is how like it must be.
const (
	telltale = 4
	much     = 0.6
)

// near returns who has a last name much like a word of a name.
func (f peopleFinder) near(name string) []staff.Person {
	var places []int
	for _, word := range tokens(name) {
		for last, at := range f.last {
			if len(word) >= telltale && likeness(word, last) >= much {
				places = append(places, at...)
			}
		}
	}
	slices.Sort(places)
	return f.all(slices.Compact(places))
}

// readPerson finds out whom a line is about.
func (r *listReader) readPerson(row TableRow, wrong func(place, dutch, english string, values ...any)) staff.PersonID {
	number, name := r.cell(row, FieldNumber), r.cell(row, FieldName)
	if rest := strings.TrimSpace(r.cell(row, FieldFirst) + " " + r.cell(row, FieldInfix)); rest != "" {
		name = strings.TrimSpace(name + ", " + rest)
	}
	if number == "" && len(r.people.byNumber(name)) == 1 { // somebody put the number where the name belongs
		number, name = name, ""
	}
	named := r.people.byName(name)
	numbers, names := r.list.column(FieldNumber, FieldName), r.list.column(FieldName, FieldNumber)
	switch found := r.people.byNumber(number); {
	case number == "" && name == "":
		wrong(numbers, "Schrijf hier van wie dit is: het personeelsnummer is genoeg.", "Write here whose this is: the personnel number will do.")
	case number != "" && len(found) != 1:
		wrong(numbers, "Niemand heeft dit personeelsnummer. Kijk de cijfers na.%s", "Nobody has this personnel number. Check the digits.%s", r.meant(named, name)...)
	case number != "" && name != "" && !r.people.mayBe(found[0], name, named):
		wrong(numbers, "Het nummer en de naam zijn van verschillende mensen. Kijk na wie het is.", "The number and the name are of different people. Check who it is.")
	case number != "":
		return found[0].ID
	case len(named) == 1:
		return named[0].ID
	case len(named) > 1:
		wrong(names, "Deze naam past bij meer dan één collega. Zet het personeelsnummer erbij.", "This name fits more than one colleague. Add the personnel number.")
	default:
		wrong(names, "Wij kennen niemand met deze naam. Schrijf de naam zoals wij hem kennen, of het personeelsnummer.%s", "We know nobody of this name. Write the name as we know it, or the personnel number.%s", r.meant(nil, name)...)
	}
	return ""
}

// mostHints keeps a list in which nobody can be found from taking long.
const mostHints = 200

// meant says whom a line may be about, in both languages alike; empty where nobody comes near.
func (r *listReader) meant(named []staff.Person, name string) []any {
	if r.hints++; len(named) != 1 && r.hints <= mostHints {
		named = r.people.near(name)
	}
	if len(named) != 1 {
		return []any{""}
	}
	return []any{fmt.Sprintf(" %s (%s)?", named[0].Name(), named[0].ID)}
}
