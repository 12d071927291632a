package exchange

import "strings"

// A pdfFont says which letters the codes of a text are. The nil font has the letters of Latin-1.
type pdfFont struct {
	wide    bool // a code is two bytes
	letters map[int]string
}

const (
	mostLetters   = 1 << 16 // of one font
	longestLetter = 8       // letters that one code stands for, such as "ffi"
)

// font reads a font, once.
func (r *pdfReader) font(value any) *pdfFont {
	ref, isRef := value.(pdfRef)
	if known, ok := r.fonts[ref]; isRef && ok {
		return known
	}
	dict := r.dict(value)
	f := &pdfFont{wide: dict["Subtype"] == pdfName("Type0"), letters: make(map[int]string)}
	f.readDifferences(r.resolve(r.dict(dict["Encoding"])["Differences"]))
	if s, ok := r.resolve(dict["ToUnicode"]).(pdfStream); ok {
		f.readUnicode(r.unpack(s))
	}
	if isRef {
		r.fonts[ref] = f
	}
	return f
}

// hides reports whether nobody can know what a text says: its codes are two bytes, and no table names their letters.
func (f *pdfFont) hides(text string) bool {
	return f != nil && f.wide && len(f.letters) == 0 && text != ""
}

// decode writes a text in letters. Codes of two bytes that nobody named cannot be read.
func (f *pdfFont) decode(text string) string {
	var said strings.Builder
	if f != nil && f.wide {
		for i := 0; i+1 < len(text); i += 2 {
			said.WriteString(f.letters[int(text[i])<<8|int(text[i+1])])
		}
		return said.String()
	}
	for _, b := range []byte(text) {
		if f != nil && f.letters[int(b)] != "" {
			said.WriteString(f.letters[int(b)])
			continue
		}
		said.WriteRune(rune(b))
	}
	return said.String()
}

// glyphs are the names of what a number is written with.
var glyphs = map[pdfName]string{
	"zero": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
	"space": " ", "period": ".", "hyphen": "-", "colon": ":",
}

// readDifferences reads which letters an encoding has in other places: a number, and the names from there on.
func (f *pdfFont) readDifferences(value any) {
	list, _ := value.([]any)
	code := 0
	for _, v := range list {
		switch v := v.(type) {
		case float64:
			code = int(v)
		case pdfName:
			if letter := glyphs[v]; letter != "" {
				f.letters[code] = letter
			} else if len(v) == 1 {
				f.letters[code] = string(v)
			}
			code++
		}
	}
}

// readUnicode reads the table that says which letters codes are.
func (f *pdfFont) readUnicode(table []byte) {
	lexer := pdfLexer{data: table}
	var values []any
	for len(f.letters) < mostLetters {
		value, ok := lexer.next()
		if !ok {
			return
		}
		operator, is := value.(pdfOperator)
		if !is {
			values = append(values, value)
			continue
		}
		switch operator {
		case "endbfchar":
			for i := 0; i+1 < len(values); i += 2 {
				f.name(values[i], 0, values[i+1], 0)
			}
		case "endbfrange":
			for i := 0; i+2 < len(values); i += 3 {
				f.nameRange(values[i], values[i+1], values[i+2])
			}
		}
		values = values[:0]
	}
}

// nameRange names the codes from one to another: the letters that follow a first one, or each its own.
func (f *pdfFont) nameRange(from, to, letters any) {
	first, last := codeOf(from), codeOf(to)
	for n := 0; n <= last-first && n < 1<<8 && len(f.letters) < mostLetters; n++ {
		if each, ok := letters.([]any); ok {
			if n < len(each) {
				f.name(from, n, each[n], 0)
			}
			continue
		}
		f.name(from, n, letters, n)
	}
}

// name says which letter the nth code after one is: the nth after a letter.
func (f *pdfFont) name(code any, n int, letter any, after int) {
	text, _ := letter.(string)
	letters := []rune(utf16Text(text))
	if len(letters) == 0 || len(letters) > longestLetter {
		return
	}
	letters[len(letters)-1] += rune(after)
	f.letters[codeOf(code)+n] = string(letters)
}

// codeOf reads the code that a text of one or two bytes is.
func codeOf(value any) int {
	text, _ := value.(string)
	code := 0
	for _, b := range []byte(text[max(0, len(text)-2):]) {
		code = code<<8 | int(b)
	}
	return code
}
