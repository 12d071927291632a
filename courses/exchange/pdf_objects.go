package exchange

import (
	"bytes"
	"compress/zlib"
	"encoding/ascii85"
	"encoding/hex"
	"errors"
	"io"
	"regexp"
	"strconv"
)

// What a PDF is made of. A number is a float64, a text a string, an array []any; null, true, false and what ends an array
// or a dictionary are operators.
type (
	pdfName     string
	pdfRef      int // the number of an object; generations are not told apart
	pdfDict     map[pdfName]any
	pdfOperator string
)

// A pdfStream is the data that belong to a dictionary, as they stand in the file.
type pdfStream struct {
	dict pdfDict
	raw  []byte
}

// A pdfLexer reads the parts of a PDF one by one. It stops where they nest too deep.
type pdfLexer struct {
	data []byte
	at   int
}

// deepestPDF is how many arrays and dictionaries may stand within each other.
const deepestPDF = 50

// next reads one part; false at the end.
func (l *pdfLexer) next() (any, bool) { return l.read(0) }

func (l *pdfLexer) read(depth int) (any, bool) {
	l.skipSpace()
	if depth > deepestPDF {
		l.at = len(l.data) // nobody means this: there is nothing to read on for
	}
	if l.at >= len(l.data) {
		return nil, false
	}
	c := l.data[l.at]
	l.at++
	switch c {
	case '/':
		return l.name(), true
	case '(':
		return l.text(), true
	case '[':
		return l.list("]", depth), true
	case '<':
		if l.at < len(l.data) && l.data[l.at] == '<' {
			l.at++
			return dictOf(l.list(">>", depth)), true
		}
		return l.hexText(), true
	case '>':
		if l.at < len(l.data) && l.data[l.at] == '>' {
			l.at++
		}
		return pdfOperator(">>"), true
	case ']', '{', '}', ')':
		return pdfOperator(c), true
	}
	start := l.at - 1
	for l.at < len(l.data) && !endsWord(l.data[l.at]) {
		l.at++
	}
	word := string(l.data[start:l.at])
	if c <= '9' { // digits, a sign or a point
		if number, err := strconv.ParseFloat(word, 64); err == nil {
			return number, true
		}
	}
	return pdfOperator(word), true
}

// list reads what stands before an end, with references to objects put together.
func (l *pdfLexer) list(end pdfOperator, depth int) []any {
	var items []any
	for {
		item, ok := l.read(depth + 1)
		switch n := len(items); {
		case !ok || item == end:
			return items
		case item == pdfOperator("R") && n >= 2:
			number, _ := items[n-2].(float64)
			items = append(items[:n-2], pdfRef(number))
		default:
			items = append(items, item)
		}
	}
}

func dictOf(items []any) pdfDict {
	d := make(pdfDict)
	for i := 0; i+1 < len(items); i += 2 {
		if name, ok := items[i].(pdfName); ok {
			d[name] = items[i+1]
		}
	}
	return d
}

func (l *pdfLexer) skipSpace() {
	for l.at < len(l.data) {
		switch c := l.data[l.at]; {
		case isPDFSpace(c):
			l.at++
		case c == '%':
			for l.at < len(l.data) && l.data[l.at] != '\n' && l.data[l.at] != '\r' {
				l.at++
			}
		default:
			return
		}
	}
}

func isPDFSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0
}

func endsWord(c byte) bool { return isPDFSpace(c) || bytes.IndexByte([]byte("()<>[]{}/%"), c) >= 0 }

func (l *pdfLexer) name() pdfName {
	start := l.at
	for l.at < len(l.data) && !endsWord(l.data[l.at]) {
		l.at++
	}
	return pdfName(l.data[start:l.at])
}

// escapes are what a backslash makes of a letter.
var escapes = map[byte]byte{'n': '\n', 'r': '\r', 't': '\t', 'b': '\b', 'f': '\f'}

// text reads a text between brackets, behind the first.
func (l *pdfLexer) text() string {
	var text []byte
	for open := 1; l.at < len(l.data); {
		c := l.data[l.at]
		l.at++
		switch c {
		case '(':
			open++
		case ')':
			if open--; open == 0 {
				return string(text)
			}
		case '\\':
			text = l.escaped(text)
			continue
		}
		text = append(text, c)
	}
	return string(text)
}

// escaped adds what stands behind a backslash: a letter, up to three octal digits, or an end of line that does not count.
func (l *pdfLexer) escaped(text []byte) []byte {
	value, digits := 0, 0
	for digits < 3 && l.at < len(l.data) && l.data[l.at] >= '0' && l.data[l.at] <= '7' {
		value, digits = value*8+int(l.data[l.at]-'0'), digits+1
		l.at++
	}
	if digits > 0 {
		return append(text, byte(value))
	}
	if l.at >= len(l.data) {
		return text
	}
	c := l.data[l.at]
	l.at++
	switch meant, ok := escapes[c]; {
	case ok:
		return append(text, meant)
	case c == '\n' || c == '\r':
		if c == '\r' && l.at < len(l.data) && l.data[l.at] == '\n' {
			l.at++
		}
		return text
	}
	return append(text, c)
}

func (l *pdfLexer) hexText() string {
	end := bytes.IndexByte(l.data[l.at:], '>')
	if end < 0 {
		end = len(l.data) - l.at
	}
	digits := hexDigits(l.data[l.at : l.at+end])
	l.at = min(l.at+end+1, len(l.data))
	return string(digits)
}

// hexDigits reads hexadecimal digits, whatever stands between them. A last one alone is followed by a 0.
func hexDigits(text []byte) []byte {
	digits := bytes.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'a' && r <= 'f' || r >= 'A' && r <= 'F' {
			return r
		}
		return -1
	}, text)
	if len(digits)%2 == 1 {
		digits = append(digits, '0')
	}
	read := make([]byte, len(digits)/2)
	n, _ := hex.Decode(read, digits) // only digits are left
	return read[:n]
}

var (
	objectBegins  = regexp.MustCompile(`([0-9]{1,9})[\x00\t\n\f\r ]+[0-9]{1,5}[\x00\t\n\f\r ]+obj`)
	trailerBegins = regexp.MustCompile(`trailer[\x00\t\n\f\r ]*<<`)
)

// scan finds every object of the file where it stands, whatever its table of contents says: that may be broken, or hide
// an older state of the document. It goes through the file once.
func (r *pdfReader) scan(file []byte) {
	for at := 0; at < len(file); {
		begin := objectBegins.FindSubmatchIndex(file[at:])
		if begin == nil {
			break
		}
		number, _ := strconv.Atoi(string(file[at+begin[2] : at+begin[3]])) // at most nine digits
		lexer := pdfLexer{file, at + begin[1]}
		value, ok := lexer.next()
		if ok {
			r.keep(pdfRef(number), lexer.withStream(value))
		}
		at = lexer.at
	}
	for at := 0; at < len(file); {
		begin := trailerBegins.FindIndex(file[at:])
		if begin == nil {
			return
		}
		lexer := pdfLexer{file, at + begin[1] - len("<<")}
		if trailer, ok := lexer.next(); ok {
			r.look(trailer)
		}
		at = lexer.at
	}
}

var (
	streamWord    = []byte("stream")
	endstreamWord = []byte("endstream")
)

// withStream adds the data that stand behind a dictionary.
func (l *pdfLexer) withStream(value any) any {
	dict, ok := value.(pdfDict)
	if !ok {
		return value
	}
	l.skipSpace()
	if !bytes.HasPrefix(l.data[l.at:], streamWord) {
		return value
	}
	l.at += len(streamWord)
	if l.at < len(l.data) && l.data[l.at] == '\r' {
		l.at++
	}
	if l.at < len(l.data) && l.data[l.at] == '\n' {
		l.at++
	}
	rest := l.data[l.at:]
	if length, ok := dict["Length"].(float64); ok && length >= 0 && length < float64(len(rest)) {
		if bytes.HasPrefix(bytes.TrimLeft(rest[int(length):min(int(length)+16, len(rest))], "\r\n "), endstreamWord) {
			l.at += int(length)
			return pdfStream{dict, rest[:int(length)]}
		}
	}
	if end := bytes.Index(rest, endstreamWord); end >= 0 {
		rest = rest[:end]
	}
	l.at += len(rest)
	return pdfStream{dict, rest}
}

// unpack undoes the filters of a stream that holds text or objects, as far as the budget goes. Where it is broken, or packed
// in a way that is not read here (such as LZW, of which PDF has its own kind), nobody knows what the document says.
func (r *pdfReader) unpack(s pdfStream) []byte {
	var filters []any
	switch filter := r.resolve(s.dict["Filter"]).(type) {
	case pdfName:
		filters = []any{filter}
	case []any:
		filters = filter
	}
	if len(filters) > mostFilters {
		r.unreadable = true
		return nil
	}
	var data io.Reader = bytes.NewReader(s.raw)
	for _, f := range filters {
		name, _ := r.resolve(f).(pdfName)
		switch name {
		case "FlateDecode", "Fl":
			inflated, err := zlib.NewReader(data)
			if err != nil {
				r.unreadable = true
				return nil
			}
			data = inflated
		case "ASCIIHexDecode", "AHx":
			data = bytes.NewReader(hexDigits(r.take(data)))
		case "ASCII85Decode", "A85":
			text, _, _ := bytes.Cut(bytes.TrimPrefix(bytes.TrimSpace(r.take(data)), []byte("<~")), []byte("~"))
			data = ascii85.NewDecoder(bytes.NewReader(text))
		default:
			r.unreadable = true
			return nil
		}
	}
	return r.take(data)
}

// mostFilters is how many filters a stream may have: nobody needs more than two.
const mostFilters = 4

// take reads all there is, within the budget. Where only the sum at the end is wrong, all of it was read.
func (r *pdfReader) take(data io.Reader) []byte {
	read, err := io.ReadAll(io.LimitReader(data, int64(max(r.budget, 0))+1))
	if err != nil && !errors.Is(err, zlib.ErrChecksum) {
		r.unreadable = true
	}
	r.budget -= len(read)
	return read
}
