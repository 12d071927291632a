package exchange

import (
	"math"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"bekwaam/courses/fault"
)

// A pdfText is what a PDF says.
type pdfText struct {
	Pages  []string // by page, as far as it is text
	Around string   // what stands beside the pages: title, subject, keywords, what was filled in
}

const (
	mostPDFPages = 200
	mostUnpacked = 48 << 20 // bytes: what a PDF of text and images needs many times over
	mostSaid     = 4 << 20  // bytes of text: a thousand full pages
	deepestForm  = 6        // drawings within drawings
)

var (
	brokenPDF    = fault.New(fault.Invalid, "We kunnen dit PDF-bestand niet lezen: het is niet heel. Bewaar of download het opnieuw.", "We cannot read this PDF file: it is damaged. Save or download it again.").Because("damaged")
	encryptedPDF = fault.New(fault.Invalid, "Dit PDF-bestand is beveiligd, dus we kunnen het niet nakijken. Bewaar het zonder beveiliging, of stuur een foto van het papier.", "This PDF file is protected, so we cannot check it. Save it without protection, or send a photo of the paper.").Because("encrypted")
	longPDF      = fault.New(fault.Invalid, "Dit PDF-bestand heeft meer dan 200 pagina's. Stuur alleen de pagina's die het bewijs zijn.", "This PDF file has more than 200 pages. Send only the pages that are the evidence.").Because("too_many_pages")
	closedPDF    = fault.New(fault.Invalid, "We kunnen de tekst van dit PDF-bestand niet nakijken. Stuur een foto van het papier.", "We cannot check the text of this PDF file. Send a photo of the paper.").Because("unreadable")
	heavyPDF     = fault.New(fault.Invalid, "Dit PDF-bestand is te ingewikkeld om na te kijken. Druk het opnieuw af naar PDF, of stuur een foto van het papier.", "This PDF file is too complicated to check. Print it to PDF again, or send a photo of the paper.").Because("too_complex")
)

// A pdfReader reads the text of one PDF that nobody vouches for. Libraries for this trust the file: one that refers to
// itself makes them go round until the program dies. This one looks at every object once, follows references only so deep,
// and stops at a budget.
type pdfReader struct {
	objects    map[pdfRef]any
	numbers    []pdfRef // in order of the file
	around     strings.Builder
	encrypted  bool
	unreadable bool // something in it may say what we do not see
	catalog    pdfDict
	fonts      map[pdfRef]*pdfFont
	budget     int // bytes that may still be unpacked; negative: it asks too much
	left       int // bytes of text that may still be said
}

// readPDF reads what a PDF says: fault.Invalid where that cannot be known.
func readPDF(file []byte) (pdfText, error) {
	r := &pdfReader{objects: make(map[pdfRef]any), fonts: make(map[pdfRef]*pdfFont), budget: mostUnpacked, left: mostSaid}
	r.scan(file)
	if r.encrypted {
		return pdfText{}, encryptedPDF
	}
	pages := r.pages()
	switch {
	case len(pages) == 0 && r.budget >= 0:
		return pdfText{}, brokenPDF
	case len(pages) > mostPDFPages:
		return pdfText{}, longPDF
	}
	said := pdfText{Pages: make([]string, len(pages))}
	for i, p := range pages {
		var text strings.Builder
		(&pdfCanvas{reader: r, said: &text}).draw(r.contents(p.dict["Contents"]), p.resources, 0)
		said.Pages[i] = text.String()
	}
	said.Around = r.around.String()
	switch {
	case r.budget < 0:
		return pdfText{}, heavyPDF
	case r.unreadable:
		return pdfText{}, closedPDF
	}
	return said, nil
}

// keep remembers an object, and what stands in one that holds others.
func (r *pdfReader) keep(number pdfRef, value any) {
	if _, seen := r.objects[number]; !seen {
		r.numbers = append(r.numbers, number)
	}
	r.objects[number] = value
	stream, ok := value.(pdfStream)
	if !ok {
		r.look(value)
		return
	}
	r.look(stream.dict)
	switch stream.dict["Type"] {
	case pdfName("ObjStm"):
		r.keepPacked(stream)
	case pdfName("Metadata"):
		r.say(&r.around, string(r.unpack(stream))+"\n")
	}
}

// keepPacked remembers the objects that are packed together in a stream.
func (r *pdfReader) keepPacked(s pdfStream) {
	count, _ := s.dict["N"].(float64)
	first, _ := s.dict["First"].(float64)
	data := r.unpack(s)
	if first < 0 || first > float64(len(data)) {
		return
	}
	index := pdfLexer{data: data[:int(first)]}
	for range int(min(count, float64(len(data)))) {
		number, _ := index.next()
		offset, ok := index.next()
		n, isNumber := number.(float64)
		at, isOffset := offset.(float64)
		if !ok || !isNumber || !isOffset || at < 0 || at >= float64(len(data))-first {
			return
		}
		object := pdfLexer{data, int(first + at)}
		value, ok := object.next()
		if _, packed := value.(pdfStream); ok && !packed {
			r.budget -= object.at - int(first+at) // each may start at the same place
			r.keep(pdfRef(n), value)
		}
		if r.budget < 0 {
			return
		}
	}
}

// look notes what an object tells about the file, and every text in it.
func (r *pdfReader) look(value any) {
	switch value := value.(type) {
	case string:
		r.say(&r.around, textString(value)+"\n")
	case []any:
		for _, v := range value {
			r.look(v)
		}
	case pdfDict:
		if value["Encrypt"] != nil && (value["Root"] != nil || value["Type"] == pdfName("XRef")) {
			r.encrypted = true
		}
		if value["Type"] == pdfName("Catalog") {
			r.catalog = value
		}
		for name, v := range value {
			if name != "ID" { // random bytes
				r.look(v)
			}
		}
	}
}

// say adds text. Too much of it uses up the budget.
func (r *pdfReader) say(to *strings.Builder, text string) {
	if r.left -= len(text); r.left < 0 {
		r.budget = -1
		return
	}
	to.WriteString(text)
}

// resolve follows a reference to its object, through a few more where they stand in a row.
func (r *pdfReader) resolve(value any) any {
	for range 4 {
		ref, ok := value.(pdfRef)
		if !ok {
			return value
		}
		value = r.objects[ref]
	}
	return nil
}

// dict returns the dictionary that a value is, refers to, or has its data behind.
func (r *pdfReader) dict(value any) pdfDict {
	switch value := r.resolve(value).(type) {
	case pdfDict:
		return value
	case pdfStream:
		return value.dict
	}
	return nil
}

// A pdfPage is a page with what it draws with.
type pdfPage struct {
	dict      pdfDict
	resources pdfDict
}

// pages lists the pages from the root of the document on; where there is no way from there, every page in the file. It
// stops after one too many.
func (r *pdfReader) pages() []pdfPage {
	var found []pdfPage
	seen := make(map[pdfRef]bool)
	var walk func(value any, resources pdfDict, depth int)
	walk = func(value any, resources pdfDict, depth int) {
		if ref, ok := value.(pdfRef); ok {
			if seen[ref] {
				return
			}
			seen[ref] = true
		}
		node := r.dict(value)
		if node == nil || depth > deepestPDF || len(found) > mostPDFPages {
			return
		}
		if own := r.dict(node["Resources"]); own != nil {
			resources = own
		}
		kids, isNode := r.resolve(node["Kids"]).([]any)
		if !isNode {
			found = append(found, pdfPage{node, resources})
			return
		}
		for _, kid := range kids {
			walk(kid, resources, depth+1)
		}
	}
	if r.catalog != nil && r.dict(r.catalog["Pages"]) != nil {
		walk(r.catalog["Pages"], nil, 0)
	}
	if len(found) > 0 {
		return found
	}
	for _, number := range r.numbers {
		if r.dict(number)["Type"] == pdfName("Page") {
			walk(number, nil, 0)
		}
	}
	return found
}

// contents puts what a page draws together: it may be cut anywhere between words.
func (r *pdfReader) contents(value any) []byte {
	switch value := r.resolve(value).(type) {
	case pdfStream:
		return r.unpack(value)
	case []any:
		var all []byte
		for _, part := range value[:min(len(value), mostPDFPages)] {
			if s, ok := r.resolve(part).(pdfStream); ok {
				all = append(append(all, r.unpack(s)...), '\n')
			}
		}
		return all
	}
	return nil
}

// A pdfCanvas hears what is written on one page. It knows where lines end, not how wide letters are.
type pdfCanvas struct {
	reader *pdfReader
	said   *strings.Builder
	font   *pdfFont
	y, at  float64 // the height of the pen, and of what was written last
	moved  bool    // the pen moved since
}

// mostOperands is how many values one drawing operator takes at most.
const mostOperands = 64

// draw follows the operators that write text.
func (c *pdfCanvas) draw(content []byte, resources pdfDict, depth int) {
	lexer := pdfLexer{data: content}
	var values []any
	for c.reader.budget >= 0 {
		value, ok := lexer.next()
		if !ok {
			return
		}
		operator, is := value.(pdfOperator)
		if !is {
			if len(values) < mostOperands {
				values = append(values, value)
			}
			continue
		}
		if operator == "ID" { // an image follows, in bytes
			lexer.skipImage()
		}
		c.do(operator, values, resources, depth)
		values = values[:0]
	}
}

// skipImage goes to the end of an image within the operators.
func (l *pdfLexer) skipImage() {
	for ; l.at+3 < len(l.data); l.at++ {
		if isPDFSpace(l.data[l.at]) && l.data[l.at+1] == 'E' && l.data[l.at+2] == 'I' && isPDFSpace(l.data[l.at+3]) {
			return
		}
	}
}

func (c *pdfCanvas) do(operator pdfOperator, values []any, resources pdfDict, depth int) {
	number := func(i int) float64 {
		if i >= len(values) {
			return 0
		}
		n, _ := values[i].(float64)
		return n
	}
	name := func() pdfName {
		if len(values) == 0 {
			return ""
		}
		n, _ := values[0].(pdfName)
		return n
	}
	switch operator {
	case "BT":
		c.y, c.moved = 0, true
	case "Td", "TD":
		c.y, c.moved = c.y+number(1), true
	case "Tm":
		c.y, c.moved = number(5), true
	case "T*":
		c.y, c.moved = c.y-1e6, true
	case "Tf":
		c.font = c.reader.font(c.reader.dict(resources["Font"])[name()])
	case "'", "\"":
		c.y, c.moved = c.y-1e6, true
		c.write(values)
	case "Tj":
		c.write(values)
	case "TJ":
		if len(values) > 0 {
			parts, _ := values[0].([]any)
			c.write(parts)
		}
	case "Do":
		form, ok := c.reader.resolve(c.reader.dict(resources["XObject"])[name()]).(pdfStream)
		if !ok || form.dict["Subtype"] != pdfName("Form") || depth >= deepestForm {
			return
		}
		own := c.reader.dict(form.dict["Resources"])
		if own == nil {
			own = resources
		}
		c.draw(c.reader.contents(form), own, depth+1)
	}
}

// wideGap is from where space between two letters is a space between words, in thousandths of the size of the letters.
const wideGap = 180

// write writes texts with the space between them.
func (c *pdfCanvas) write(parts []any) {
	for _, part := range parts {
		switch part := part.(type) {
		case string:
			switch {
			case c.moved && math.Abs(c.y-c.at) > 1:
				c.reader.say(c.said, "\n")
			case c.moved:
				c.reader.say(c.said, " ")
			}
			c.moved, c.at = false, c.y
			if c.font.hides(part) {
				c.reader.unreadable = true
			}
			c.reader.say(c.said, c.font.decode(part))
		case float64:
			if part < -wideGap {
				c.reader.say(c.said, " ")
			}
		}
	}
}

// textString reads a text outside the pages: UTF-16 or UTF-8 with its mark, or else a byte for each letter.
func textString(text string) string {
	switch {
	case strings.HasPrefix(text, "\xfe\xff"):
		return utf16Text(text[2:])
	case strings.HasPrefix(text, "\xef\xbb\xbf") && utf8.ValidString(text):
		return text[3:]
	}
	return (*pdfFont)(nil).decode(text)
}

func utf16Text(text string) string {
	units := make([]uint16, 0, len(text)/2)
	for pair := range slices.Chunk([]byte(text), 2) {
		if len(pair) == 2 {
			units = append(units, uint16(pair[0])<<8|uint16(pair[1]))
		}
	}
	return string(utf16.Decode(units))
}
