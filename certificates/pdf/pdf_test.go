package pdf

import (
	"bytes"
	"flag"
	"image"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"rsc.io/qr"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
)

var update = flag.Bool("update", false, "write the golden file")

const golden = "testdata/certificate.golden.pdf"

func sample() certificates.Document {
	return certificates.Document{
		Number: "RW-2026-7KQ4M-2XD9T-C8", Holder: "Samira El Amrani", Title: "Reisdocumenten voor minderjarigen", Statement: certificates.StatementAble,
		Shown: []string{
			"Je weet wie toestemming moet geven voor een paspoort of identiteitskaart.",
			"Je controleert het gezag in de BRP en herkent uitzonderingen.",
			"Je legt de toestemming goed vast.",
		},
		AchievedOn: calendar.MustParse("2026-11-23"), ValidFrom: calendar.MustParse("2026-11-23"), ValidUntil: calendar.MustParse("2028-11-22"),
		CourseVersion: 4, Lessons: 6,
		VerifyURL: "https://leren.rietwaarde.example/c/mfrggzdfmztwq2lknnwg23tpoa", IssuedAt: time.Date(2026, 11, 23, 9, 57, 0, 0, time.UTC),
		Issuer: certificates.Issuer{Municipality: "Gemeente Rietwaarde", Department: "Publiekszaken", Signatory: certificates.Signatory{Name: "J. Verhoeven", Function: "teamleider Burgerzaken"}},
	}
}

// crowded has more text everywhere than anybody would give it.
func crowded() certificates.Document {
	d := sample()
	d.Statement = certificates.StatementQuiz
	d.Holder = "Maria Johanna Wilhelmina Catharina van Nispen tot Sevenaer-van der Goes van Naters"
	d.Title = strings.Repeat("Identiteitsvaststelling en documentfraude herkennen ", 4)[:200]
	d.Shown = []string{strings.Repeat("Je vergelijkt gezicht en foto op vaste kenmerken. ", 8), strings.Repeat("w", 500), strings.Repeat("Ŵ ", 300), "Je kent de valkuilen.", "Je leest dit niet."}
	d.ValidFrom = calendar.MustParse("2026-12-24")
	d.Municipality = "Gemeente " + strings.Repeat("Nederbetuwe-Overbetuwe en ", 6) + "Omstreken"
	d.Department = strings.Repeat("Publieksdienstverlening ", 9)
	d.VerifyURL = "https://leeromgeving.publieksdienstverlening.samenwerkende-gemeenten-nederbetuwe.example/bekwaam/c/mfrggzdfmztwq2lknnwg23tpoa"
	d.Signatory = certificates.Signatory{Name: d.Holder, Function: d.Department}
	return d
}

func draw(t testing.TB, d certificates.Document) []byte {
	t.Helper()
	drawn, err := Draw(d)
	if err != nil {
		t.Fatal(err)
	}
	return drawn
}

// run gives a document to a tool of poppler and returns what it prints.
func run(t *testing.T, drawn []byte, tool string, args ...string) []byte {
	t.Helper()
	if _, err := exec.LookPath(tool); err != nil {
		if os.Getenv("BEKWAAM_TEST_ALL") == "1" {
			t.Fatalf("%s is missing (poppler-utils)", tool)
		}
		t.Skipf("needs %s (poppler-utils)", tool)
	}
	file := filepath.Join(t.TempDir(), "certificate.pdf")
	if err := os.WriteFile(file, drawn, 0o600); err != nil {
		t.Fatal(err)
	}
	for i := range args {
		args[i] = strings.ReplaceAll(args[i], "FILE", file)
	}
	var printed, complaints bytes.Buffer
	cmd := exec.Command(tool, args...)
	cmd.Stdout, cmd.Stderr = &printed, &complaints
	if err := cmd.Run(); err != nil || complaints.Len() > 0 {
		t.Fatalf("%s: %v %s", tool, err, complaints.String())
	}
	return printed.Bytes()
}

func words(t *testing.T, d certificates.Document) string {
	t.Helper()
	return string(bytes.TrimRight(run(t, draw(t, d), "pdftotext", "-raw", "FILE", "-"), "\n\f"))
}

// The golden file changes with the drawing, and may change with a new version of Go, whose compression it holds.
func TestDrawGolden(t *testing.T) {
	got := draw(t, sample())
	if *update {
		if err := os.WriteFile(golden, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	const command = "look at the page, then: go test ./certificates/pdf -run TestDrawGolden -update"
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatalf("%v; %s", err, command)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("the certificate differs from %s; %s", golden, command)
	}
}

func TestTheSameFactsGiveTheSameBytesAlsoInParallel(t *testing.T) {
	for _, d := range []certificates.Document{sample(), crowded()} {
		want := draw(t, d)
		var group sync.WaitGroup
		for range 8 {
			group.Go(func() {
				if got, err := Draw(d); err != nil || !bytes.Equal(got, want) {
					t.Errorf("another drawing differs (%v)", err)
				}
			})
		}
		group.Wait()
	}
}

// Nothing stands on the page but this: no score, no personnel number, no token.
func TestDrawPrintsTheFactsInReadingOrderAndNothingElse(t *testing.T) {
	want := `Gemeente Rietwaarde
Publiekszaken
Certificaat RW-2026-7KQ4M-2XD9T-C8
De gemeente Rietwaarde verklaart dat
Samira El Amrani
bekwaam is in
Reisdocumenten voor minderjarigen
Laten zien
weet wie toestemming moet geven voor een paspoort of identiteitskaart
controleert het gezag in de BRP en herkent uitzonderingen
legt de toestemming goed vast
Behaald op
23 november 2026
Geldig tot en met
22 november 2028
Cursus
versie 4, 6 lessen
J. Verhoeven
teamleider Burgerzaken
Is dit certificaat nog geldig?
Scan de code of ga naar
leren.rietwaarde.example/controle
en vul het nummer in:
RW-2026-7KQ4M-2XD9T-C8`
	if got := words(t, sample()); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestDrawWithoutSignatoryGoalsCourseDepartmentOrEnd(t *testing.T) {
	d := sample()
	d.Signatory, d.Shown, d.CourseVersion, d.Department, d.ValidUntil = certificates.Signatory{}, nil, 0, "", 0
	d.Statement = certificates.StatementQuiz
	want := `Gemeente Rietwaarde Certificaat RW-2026-7KQ4M-2XD9T-C8
De gemeente Rietwaarde verklaart dat
Samira El Amrani
de toets
Reisdocumenten voor minderjarigen
heeft behaald
Behaald op
23 november 2026
Geldig tot en met
geen einddatum
Is dit certificaat nog geldig?`
	if got := words(t, d); !strings.HasPrefix(got, want) {
		t.Errorf("got\n%s\nwant at first\n%s", got, want)
	}
}

func TestNamesComeOutAsTheyAreWritten(t *testing.T) {
	for _, name := range []string{"Şükrü Yılmaz", "Łukasz Wójcik", "Zoë d’Ancona-Čapek", "Ștefan Ağa"} {
		d := sample()
		d.Holder = name
		if got := words(t, d); !strings.Contains(got, "\n"+name+"\n") {
			t.Errorf("%s came out as\n%s", name, got)
		}
	}
}

func TestLongTextsStayOnThePageAndApart(t *testing.T) {
	type box struct{ left, top, right, bottom float64 }
	word := regexp.MustCompile(`<word xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.*?)</word>`)
	var boxes []box
	var texts []string
	for _, m := range word.FindAllStringSubmatch(string(run(t, draw(t, crowded()), "pdftotext", "-bbox", "FILE", "-")), -1) {
		var side [4]float64
		for i := range side {
			points, err := strconv.ParseFloat(m[i+1], 64)
			if err != nil {
				t.Fatal(err)
			}
			side[i] = points * millimetres
		}
		// The box holds the tallest letter of the font: the middle is where the letters of this word stand.
		edge := (side[3] - side[1]) / 6
		boxes = append(boxes, box{side[0], side[1] + edge, side[2], side[3] - edge})
		texts = append(texts, m[5])
	}
	if len(boxes) < 100 {
		t.Fatalf("only %d words", len(boxes))
	}
	for i, a := range boxes {
		if a.left < left-.1 || a.right > right+.1 || a.top < top || a.bottom > bottom {
			t.Errorf("%q stands at %.0f, outside the page's %.0f to %.0f and %.0f to %.0f", texts[i], a, left, right, top, bottom)
		}
		for j, b := range boxes[:i] {
			if a.left < b.right-.1 && b.left < a.right-.1 && a.top < b.bottom && b.top < a.bottom {
				t.Errorf("%q at %.1f and %q at %.1f overlap", texts[i], a, texts[j], b)
			}
		}
	}
}

func TestTheCodeHoldsTheAddress(t *testing.T) {
	for _, d := range []certificates.Document{sample(), crowded()} {
		want, err := qr.Encode(d.VerifyURL, qr.M)
		if err != nil {
			t.Fatal(err)
		}
		const dpi = 150
		page, err := png.Decode(bytes.NewReader(run(t, draw(t, d), "pdftoppm", "-png", "-gray", "-singlefile", "-r", strconv.Itoa(dpi), "FILE")))
		if err != nil {
			t.Fatal(err)
		}
		module := codeSide / float64(want.Size+2*quietZone)
		dark := func(column, row int) bool {
			at := func(start float64, i int) int { return int((start + (float64(i)+.5)*module) / 25.4 * dpi) }
			return isDark(page, at(right-codeSide+quietZone*module, column), at(bottom-codeSide+quietZone*module, row))
		}
		for row := -quietZone; row < want.Size+quietZone; row++ {
			for column := -quietZone; column < want.Size+quietZone; column++ {
				if dark(column, row) != want.Black(column, row) {
					t.Fatalf("module %d, %d of %d is wrong", column, row, want.Size)
				}
			}
		}
	}
}

func isDark(page image.Image, x, y int) bool {
	r, _, _, _ := page.At(x, y).RGBA()
	return r < 0x8000
}

func TestTheDocumentSaysWhatItIs(t *testing.T) {
	d := sample()
	d.Title = "Wat doe je bij (twijfel) – Şükrü 👩🏽‍🚀"
	drawn := draw(t, d)
	got := string(run(t, drawn, "pdfinfo", "-isodates", "FILE"))
	for _, want := range []string{
		"Title:           Certificaat RW-2026-7KQ4M-2XD9T-C8\n", "Subject:         Wat doe je bij (twijfel) – Şükrü\n", "Author:          Gemeente Rietwaarde\n",
		"CreationDate:    2026-11-23T09:57:00Z\n", "Pages:           1\n", "Page size:       841.89 x 595.28 pts (A4)\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if !bytes.Contains(drawn, []byte("/Lang (nl-NL)")) {
		t.Error("the document does not say that it is in Dutch")
	}
}

func TestAPanicOfTheLibraryBecomesAnError(t *testing.T) {
	d := sample()
	d.Number = "RW-\U00010000" // never printable; gofpdf panics on the first character beyond its table of widths
	if _, err := Draw(d); err == nil {
		t.Error("no error")
	}
}

func FuzzDraw(f *testing.F) {
	for _, text := range []string{"", "👩🏽‍🚀❤️", "\xff\xfe\xc3", "王小明", "\U00010000\uFFFF\uFFFE", "a\x00b\r\n(c)\\", strings.Repeat("W", 5000), strings.Repeat("é ", 3000), "\u202eנועה", "\xed\xa0\x80"} {
		f.Add(text, text)
	}
	f.Fuzz(func(t *testing.T, holder, other string) {
		d := sample()
		d.Holder, d.Title, d.Municipality, d.Department, d.Shown = holder, other, other, other, []string{other, holder}
		d.Signatory = certificates.Signatory{Name: holder, Function: other}
		draw(t, d)
	})
}

func BenchmarkDraw(b *testing.B) {
	d := sample()
	b.ReportAllocs()
	for b.Loop() {
		draw(b, d)
	}
}
