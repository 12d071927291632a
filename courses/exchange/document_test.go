package exchange_test

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"os"
	"strings"
	"testing"

	"github.com/jung-kurt/gofpdf"

	"bekwaam/courses/exchange"
	"bekwaam/courses/fault"
)

// bsn is a number that passes the test and that nobody has: it is the example of every form.
const bsn = "123456782"

// drawn is a PDF as a library makes one, compressed, with a font of its own or one of the old ones.
func drawn(t testing.TB, unicode bool, pages ...string) []byte {
	t.Helper()
	pdf := gofpdf.New("P", "mm", "A4", "")
	family := "Helvetica"
	if unicode {
		font, err := os.ReadFile("../../certificates/pdf/fonts/AtkinsonHyperlegibleNext_400Regular.ttf")
		if err != nil {
			t.Fatal(err)
		}
		family = "Atkinson"
		pdf.AddUTF8FontFromBytes(family, "", font)
	}
	for _, text := range pages {
		pdf.AddPage()
		pdf.SetFont(family, "", 12)
		pdf.MultiCell(0, 6, text, "", "L", false)
	}
	var out bytes.Buffer
	if err := pdf.Output(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// plainPDF is a PDF of one page written by hand: what it draws, and further objects from number 5 on.
func plainPDF(draws string, further ...string) []byte {
	pdf := "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n" +
		"3 0 obj\n<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> /XObject << /X1 6 0 R >> >> >>\nendobj\n" +
		fmt.Sprintf("4 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj\n", len(draws), draws)
	for i, body := range further {
		pdf += fmt.Sprintf("%d 0 obj\n%s\nendobj\n", 5+i, body)
	}
	return []byte(pdf + "trailer\n<< /Root 1 0 R >>\n%%EOF\n")
}

const helvetica = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"

func refusedFor(t *testing.T, content []byte, reason string) *fault.Error {
	t.Helper()
	_, err := exchange.ReadDocument(content)
	f := fault.Of(err)
	if f == nil || f.Kind != fault.Invalid || f.Reason != reason {
		t.Fatalf("got %v, want it refused because of %s", err, reason)
	}
	return f
}

func TestAPDFWithABSNIsRefusedAndTheNumberNotRepeated(t *testing.T) {
	for name, tt := range map[string]struct {
		content []byte
		where   string
	}{
		"an old font":                {drawn(t, false, "Diploma", "Burgerservicenummer "+bsn+", geboren 12-03-1980"), "pagina 2"},
		"a font of its own":          {drawn(t, true, "Diploma\nBSN: 1234.56.782"), "pagina 1"},
		"spaces":                     {drawn(t, true, "nr 123 456 782 van 7 maart"), "pagina 1"},
		"eight digits, named":        {drawn(t, false, "BSN 10000008 en verder"), "pagina 1"},
		"cut over operators":         {plainPDF("BT /F1 12 Tf 50 700 Td (1234) Tj (56) Tj [(7) -20 (82)] TJ ET", helvetica), "pagina 1"},
		"a box for each digit":       {plainPDF(boxes(bsn), helvetica), "pagina 1"},
		"hexadecimal":                {plainPDF("BT /F1 12 Tf 50 700 Td <313233343536373832> Tj ET", helvetica), "pagina 1"},
		"escapes":                    {plainPDF(`BT /F1 12 Tf 50 700 Td (\061\0623456782) Tj ET`, helvetica), "pagina 1"},
		"a drawing within":           {plainPDF("q /X1 Do Q", helvetica, stream("/Type /XObject /Subtype /Form", "BT /F1 9 Tf (nummer "+bsn+") Tj ET")), "pagina 1"},
		"names for letters":          {plainPDF("BT /F1 12 Tf (abcdefghb) Tj ET", "<< /Type /Font /Subtype /Type3 /Encoding << /Differences [97 /one /two /three /four /five /six /seven /eight] >> >>"), "pagina 1"},
		"the title":                  {plainPDF("", helvetica, "<< /Title (Diploma van "+bsn+") >>"), "eigenschappen"},
		"keywords in UTF-16":         {plainPDF("", helvetica, "<< /Keywords <FEFF"+fmt.Sprintf("%x", wide(bsn))+"> >>"), "eigenschappen"},
		"a field that was filled in": {plainPDF("", helvetica, "<< /Type /Annot /FT /Tx /T (nummer) /V ("+bsn+") >>"), "invulveld"},
		"metadata":                   {plainPDF("", helvetica, stream("/Type /Metadata /Subtype /XML", "<dc:description>"+bsn+"</dc:description>")), "eigenschappen"},
		"packed objects":             {plainPDF("", helvetica, flate("/Type /ObjStm /N 1 /First 4", "9 0 << /Subject (nr "+bsn+") >>")), "eigenschappen"},
	} {
		t.Run(name, func(t *testing.T) {
			f := refusedFor(t, tt.content, "bsn")
			if len(f.Fields) != 1 || !strings.Contains(f.Fields[0].Dutch, tt.where) {
				t.Errorf("it says %v", f.Fields)
			}
			if text := f.Error() + f.Dutch; strings.Contains(text, "456") || strings.Contains(text, "10000008") {
				t.Errorf("it repeats the number: %s", text)
			}
		})
	}
}

// boxes draws each letter at a place of its own, as forms with a box for each digit do.
func boxes(text string) string {
	var draws strings.Builder
	for i, c := range text {
		fmt.Fprintf(&draws, "BT /F1 12 Tf %d 700 Td (%c) Tj ET\n", 50+20*i, c)
	}
	return draws.String()
}

func wide(text string) []byte {
	var units []byte
	for _, r := range text {
		units = binary.BigEndian.AppendUint16(units, uint16(r))
	}
	return units
}

func stream(dict, content string) string {
	return fmt.Sprintf("<< %s /Length %d >>\nstream\n%s\nendstream", dict, len(content), content)
}

func flate(dict, content string) string {
	var packed bytes.Buffer
	w := zlib.NewWriter(&packed)
	w.Write([]byte(content))
	w.Close()
	return stream(dict+" /Filter /FlateDecode", packed.String())
}

func TestAPDFWithOtherNumbersIsTaken(t *testing.T) {
	for _, text := range []string{
		"Diploma nr 123456789, behaald 20261123", "KvK 10000008, BTW NL123456782B01, RSIN 123456782", "Tel. 0612345678",
		"cijfers 7 8 6 9 7 8 8 7 6 5 9 8", "123456782345", "IBAN NL91ABNA0417164300", "1.234.567,82", "23-11-2026 12-11-2026",
	} {
		got, err := exchange.ReadDocument(drawn(t, true, text))
		if err != nil || got.Type != "application/pdf" {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestWhatIsNotWhatItSaysIsRefused(t *testing.T) {
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 3, 3))); err != nil {
		t.Fatal(err)
	}
	broken := bytes.Clone(picture.Bytes())
	broken[len(broken)-20]++
	for name, tt := range map[string]struct {
		content []byte
		reason  string
	}{
		"nothing":                    {nil, "no_document"},
		"11 MiB":                     {append([]byte("%PDF-1.4"), make([]byte, 11<<20)...), "too_large"},
		"a page":                     {[]byte("<html><script>alert(1)</script>"), "document_type"},
		"a program":                  {[]byte("MZ\x90\x00"), "document_type"},
		"Word":                       {[]byte("PK\x03\x04..."), "document_type"},
		"HEIC":                       {[]byte("\x00\x00\x00\x18ftypheic...."), "document_type"},
		"a head of a PDF":            {[]byte("%PDF-1.7\nhello"), "damaged"},
		"a head of a JPEG":           {[]byte("\xff\xd8\xff\xe0hello"), "damaged"},
		"a head of a PNG":            {[]byte("\x89PNG\r\n\x1a\nhello"), "damaged"},
		"half a PNG":                 {picture.Bytes()[:picture.Len()-9], "damaged"},
		"a PNG with an error":        {broken, "damaged"},
		"a password":                 {bytes.Replace(plainPDF(""), []byte("/Root 1 0 R"), []byte("/Root 1 0 R /Encrypt 9 0 R"), 1), "encrypted"},
		"an image without an end":    {hugePNG(), "too_many_pixels"},
		"a thousand pages":           {[]byte(strings.Replace(string(plainPDF("")), "[3 0 R]", "["+strings.Repeat("<< /Type /Page >> ", 1000)+"]", 1)), "too_many_pages"},
		"packed in PDF's own LZW":    {plainPDF("/X1 Do", helvetica, stream("/Subtype /Form /Filter /LZWDecode", "\x80\x0b\x60\x50")), "unreadable"},
		"an unknown packing":         {plainPDF("/X1 Do", helvetica, stream("/Subtype /Form /Filter /BrotliDecode", "x")), "unreadable"},
		"a broken stream":            {plainPDF("/X1 Do", helvetica, strings.Replace(flate("/Subtype /Form", "BT (nummer) Tj ET"), "stream\nx", "stream\ny", 1)), "unreadable"},
		"letters that nobody names":  {plainPDF("BT /F1 12 Tf <00140015> Tj ET", "<< /Type /Font /Subtype /Type0 /Encoding /Identity-H >>"), "unreadable"},
		"a bomb":                     {plainPDF("", helvetica, flate("/Type /ObjStm /N 1 /First 4", "9 0 ("+strings.Repeat("0", 60<<20)+")")), "too_complex"},
		"a page that draws for ever": {plainPDF("/X1 Do", helvetica, flate("/Subtype /Form", strings.Repeat("/X1 Do ", 100_000))), "too_complex"},
	} {
		t.Run(name, func(t *testing.T) { refusedFor(t, tt.content, tt.reason) })
	}
}

func hugePNG() []byte {
	head := []byte("IHDR\x00\x01\x00\x00\x00\x01\x00\x00\x08\x00\x00\x00\x00")
	content := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0d"), head...)
	return binary.BigEndian.AppendUint32(content, crc32.ChecksumIEEE(head))
}

func TestAPDFThatRefersToItselfEnds(t *testing.T) {
	for _, text := range []string{
		"1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj 2 0 obj << /Type /Pages /Kids [2 0 R 2 0 R 1 0 R] >> endobj",
		"1 0 obj << /Type /Catalog /Pages 1 0 R /Kids 1 0 R >> endobj 2 0 obj 3 0 R endobj 3 0 obj 2 0 R endobj",
		"1 0 obj " + strings.Repeat("[", 100_000),
		strings.Repeat("1 0 obj (", 10_000),
		strings.Repeat("trailer<<", 200_000),
		"1 0 obj << /Type /ObjStm /N 9999999999 /First 0 /Length 1 0 R /Filter 1 0 R >> stream\nendstream endobj",
		"1 0 obj << /Type /Catalog /Pages " + strings.Repeat("<< /Kids [", 1000),
	} {
		if _, err := exchange.ReadDocument([]byte("%PDF-1.4\n" + text)); err != nil && fault.KindOf(err) != fault.Invalid {
			t.Error(err)
		}
	}
}

// photo is a JPEG as a phone makes one: lying on its side, with the place it was taken and a thumbnail.
func photo(t testing.TB) []byte {
	t.Helper()
	picture := image.NewRGBA(image.Rect(0, 0, 40, 30))
	picture.Set(1, 1, color.White)
	var out bytes.Buffer
	if err := jpeg.Encode(&out, picture, nil); err != nil {
		t.Fatal(err)
	}
	exif := "Exif\x00\x00II\x2a\x00\x08\x00\x00\x00\x02\x00\x12\x01\x03\x00\x01\x00\x00\x00\x06\x00\x00\x00" + "\x25\x88\x04\x00\x01\x00\x00\x00GPS!" + "52.3702 N 4.8952 E"
	segment := binary.BigEndian.AppendUint16([]byte{0xFF, 0xE1}, uint16(len(exif)+2))
	content := append([]byte{0xFF, 0xD8}, append(segment, exif...)...)
	content = append(content, "\xff\xfe\x00\x0dhello Eva!!"...)
	content = append(content, "\xff\xe0\x00\x1dJFIF\x00\x01\x02\x01\x00\x48\x00\x48\x02\x02thumbnail one"...)
	content = append(content, "\xff\xe0\x00\x13JFXX\x00\x10thumbnail 2"...)
	return append(append(content, out.Bytes()[2:]...), "and a film of her house"...)
}

func TestAPhotoKeepsItsPictureAndNotWhereItWasTaken(t *testing.T) {
	content := photo(t)
	got, err := exchange.ReadDocument(content)
	if err != nil || got.Type != "image/jpeg" {
		t.Fatal(err)
	}
	for _, told := range []string{"GPS", "52.3702", "Eva", "film", "thumbnail"} {
		if bytes.Contains(got.Content, []byte(told)) {
			t.Errorf("it still tells %q", told)
		}
	}
	if !bytes.Contains(got.Content, []byte("\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06")) {
		t.Error("it lost which side is up")
	}
	before, err := jpeg.Decode(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	after, err := jpeg.Decode(bytes.NewReader(got.Content))
	if err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(before) != fmt.Sprint(after) {
		t.Error("the picture changed")
	}
	again, err := exchange.ReadDocument(got.Content)
	if err != nil || !bytes.Equal(again.Content, got.Content) {
		t.Error("what was kept is not kept as it is", err)
	}
}

func TestAPNGLosesItsTexts(t *testing.T) {
	var out bytes.Buffer
	if err := png.Encode(&out, image.NewGray(image.Rect(0, 0, 3, 3))); err != nil {
		t.Fatal(err)
	}
	text := []byte("tEXtAuthor\x00Eva")
	chunk := binary.BigEndian.AppendUint32([]byte{0, 0, 0, byte(len(text) - 4)}, 0)[:4]
	chunk = binary.BigEndian.AppendUint32(append(chunk, text...), crc32.ChecksumIEEE(text))
	whole := out.Bytes()
	content := append(append(bytes.Clone(whole[:33]), chunk...), whole[33:]...)
	got, err := exchange.ReadDocument(append(content, "more"...))
	if err != nil || !bytes.Equal(got.Content, whole) {
		t.Errorf("%v: %q", err, got.Content)
	}
}

func FuzzReadDocument(f *testing.F) {
	f.Add(drawn(f, false, "nr "+bsn))
	f.Add(drawn(f, true, "Diploma"))
	f.Add(plainPDF("/X1 Do BI /W 1 ID \x00\x01 EI BT (x) Tj ET", helvetica, flate("/Subtype /Form", "/X1 Do")))
	f.Add(plainPDF("", helvetica, flate("/Type /ObjStm /N 2 /First 8", "9 0 10 3 << >> [1 2]")))
	f.Add(photo(f))
	f.Add(hugePNG())
	f.Fuzz(func(t *testing.T, content []byte) {
		got, err := exchange.ReadDocument(content)
		if err != nil {
			if !errors.Is(err, fault.New(fault.Invalid, "", "")) {
				t.Fatal(err)
			}
			return
		}
		if again, err := exchange.ReadDocument(got.Content); err != nil || !bytes.Equal(again.Content, got.Content) || again.Type != got.Type {
			t.Fatalf("what was kept is read as something else: %v", err)
		}
	})
}
