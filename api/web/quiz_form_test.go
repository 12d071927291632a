package web

import (
	"net/url"
	"strings"
	"testing"

	"bekwaam/courses"
)

func TestPieces(t *testing.T) {
	gaps := []courses.Gap{{ID: "g1", Kind: courses.GapInput}, {ID: "g2", Kind: courses.GapInput}}
	for _, tt := range []struct{ name, text, want string }{
		{"a gap in a sentence", "Een {{g1}} hier.", "<p>Een [1 g1] hier.</p>\n"},
		{"gaps are counted as they are shown", "{{g2}} en **{{g1}}**", "<p>[1 g2] en <strong>[2 g1]</strong></p>\n"},
		{"what is no gap stays", "{{g9}} {{g1}}", "<p>{{g9}} [1 g1]</p>\n"},
		{"a gap within an attribute stays text of the attribute", `[a](https://example.nl/x "{{g1}}") {{g1}}`, `<p><a href="https://example.nl/x" rel="noreferrer">a</a> [1 g1]</p>` + "\n"},
		{"markup of a text is shown, not obeyed", "&lt;b&gt; {{g1}}", "<p>&lt;b&gt; [1 g1]</p>\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			form := questionForm{Paper: courses.Paper{Kind: courses.KindCloze, Text: courses.Markdown(tt.text), Gaps: gaps}, Form: url.Values{}}
			pieces, err := form.Pieces()
			if err != nil {
				t.Fatal(err)
			}
			var b strings.Builder
			for _, p := range pieces {
				b.WriteString(string(p.HTML))
				if p.Gap != nil {
					b.WriteString("[" + string(rune('0'+p.Number)) + " " + string(p.Gap.ID) + "]")
				}
			}
			if b.String() != tt.want {
				t.Errorf("got  %q\nwant %q", b.String(), tt.want)
			}
		})
	}
}

func TestPlain(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"Een **vet** woord", "Een vet woord"},
		{"a < b & c", "a < b & c"},
		{"&lt;script&gt;", "<script>"},
		{"Eerst\n\ndan", "Eerst dan"},
		{"<b>weg</b>", "weg"},
	} {
		if got, err := plain(courses.Markdown(tt.text)); err != nil || got != tt.want {
			t.Errorf("%q: got %q, %v; want %q", tt.text, got, err, tt.want)
		}
	}
}

func TestShort(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"Leg het document neer", "Leg het document neer"},
		{"Vergelijk het gezicht met de foto, op vaste kenmerken", "Vergelijk het gezicht met de foto, op…"},
		{"Vergelijk het gezicht met alle foto's, ook de oude", "Vergelijk het gezicht met alle foto's…"},
		{strings.Repeat("w", 50), strings.Repeat("w", 40) + "…"},
	} {
		if got := short(tt.text); got != tt.want {
			t.Errorf("got %q, want %q", got, tt.want)
		}
	}
}

func TestRemindersAreThoseToCome(t *testing.T) {
	for minutes, want := range map[int]string{
		20: "We zeggen het als er nog 10, 5 en 1 minuten over zijn.", 10: "We zeggen het als er nog 5 en 1 minuten over zijn.", 3: "We zeggen het als er nog 1 minuut over is.", 1: "",
	} {
		if got := (questionView{questionForm: questionForm{language: dutch}, Minutes: minutes}).Reminders(); got != want {
			t.Errorf("with %d minutes left: %q, want %q", minutes, got, want)
		}
	}
}

func TestParagraphs(t *testing.T) {
	for _, tt := range []struct {
		prompt         courses.Markdown
		situation, ask courses.Markdown
	}{
		{"Wat doe je?", "", "Wat doe je?"},
		{"Noor komt aan de balie.\n\nZe is 14.\n\nWat doe je?\n", "Noor komt aan de balie.\n\nZe is 14.", "Wat doe je?"},
	} {
		if situation, ask := paragraphs(tt.prompt); situation != tt.situation || ask != tt.ask {
			t.Errorf("%q: got %q and %q", tt.prompt, situation, ask)
		}
	}
}

func TestInWords(t *testing.T) {
	for _, tt := range []struct {
		kind   courses.Kind
		answer courses.Answer
		want   string
	}{
		{courses.KindSingle, courses.Answer{Options: []courses.OptionID{"bb"}}, "B"},
		{courses.KindOrder, courses.Answer{Options: []courses.OptionID{"cc", "aa", "bb"}}, "C; A; B"},
		{courses.KindTrueFalse, courses.Answer{Truth: &no}, "Niet waar"},
		{courses.KindNumeric, courses.Answer{Number: "2.5"}, "2,5 jaar"},
		{courses.KindShort, courses.Answer{Text: "ID-desk"}, "ID-desk"},
		{courses.KindMatch, courses.Answer{Pairs: map[string]string{"bb": "xx"}}, "B → X"},
		{courses.KindCloze, courses.Answer{Pairs: map[string]string{"g1": "cc", "g2": "feitelijk"}}, "Gat 1: C; Gat 2: feitelijk"},
		{courses.KindMultiple, courses.Answer{}, ""},
	} {
		if got := strings.Join(dutch.inWords(papers[tt.kind], tt.answer).Lines, "; "); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.kind, got, tt.want)
		}
	}
}
