package notices

import (
	"flag"
	"os"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

var update = flag.Bool("update", false, "write the golden files anew")

var full = Digest{
	Reader: Reader{First: "Eva", Language: Dutch, URL: "https://leren.example"},
	On:     date("2026-11-27"),
	Now: []Task{
		{Title: "Reisdocumenten", Refresher: true, Course: true, DueOn: date("2026-12-04"), Path: "/cursussen/REIS"},
		{Title: "BHV", DueOn: date("2026-11-20"), Path: "/mijn-scholing"},
	},
	Later: []Task{{Title: "Burgerzaken <b>", Course: true, DueOn: date("2027-03-01"), Path: "/cursussen/BZ"}},
	Notes: []Note{{Dutch: "Je bewijs is geaccepteerd.", English: "Your evidence was accepted.", Path: "/bewijs/1"}},
	Week:  []Late{{Name: "Zoë de Boer", Title: "BHV", DueOn: date("2026-11-20")}},
}

func TestDigest(t *testing.T) {
	for _, language := range []Language{Dutch, English} {
		d := full
		d.Language = language
		c, err := d.Compose()
		if err != nil {
			t.Fatal(err)
		}
		for name, got := range map[string]string{"txt": "Subject: " + c.Subject + "\n\n" + c.Plain, "html": c.HTML} {
			file := "testdata/digest." + string(language) + "." + name
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("%s: got\n%s", file, got)
			}
		}
	}
}

// TestHTMLLoadsNothing also checks that what people write stays text.
func TestHTMLLoadsNothing(t *testing.T) {
	c, err := full.Compose()
	if err != nil {
		t.Fatal(err)
	}
	page, err := html.Parse(strings.NewReader(c.HTML))
	if err != nil {
		t.Fatal(err)
	}
	for n := range page.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.Data {
		case "img", "link", "script", "style", "iframe", "b":
			t.Errorf("there is a <%s>", n.Data)
		}
		for _, a := range n.Attr {
			if a.Key == "src" || a.Key == "style" || a.Key == "href" && !strings.HasPrefix(a.Val, "https://leren.example/") {
				t.Errorf("<%s %s=%q>", n.Data, a.Key, a.Val)
			}
		}
	}
}

func TestTheSubjectSaysTheAction(t *testing.T) {
	retest := Task{Title: "Reisdocumenten", Refresher: true, Course: true, DueOn: date("2026-12-04")}
	late, today := retest, retest
	late.DueOn, today.DueOn = date("2026-11-20"), date("2026-11-27")
	for _, tt := range []struct {
		name string
		d    Digest
		want string
	}{
		{"one task", Digest{Now: []Task{retest}}, "Hertoets Reisdocumenten: doe dit uiterlijk 4 december 2026"},
		{"two tasks", Digest{Now: []Task{retest, retest}}, "Hertoets Reisdocumenten: doe dit uiterlijk 4 december 2026 (en nog 1)"},
		{"a task and two notes", Digest{Now: []Task{today}, Notes: make([]Note, 2)}, "Hertoets Reisdocumenten: doe dit vandaag (en nog 2)"},
		{"an overdue task", Digest{Now: []Task{late}}, "Hertoets Reisdocumenten: doe dit nu, de laatste dag is voorbij"},
		{"a first time", Digest{Now: []Task{{Title: "BRP", Course: true, DueOn: today.DueOn}}}, "Toets BRP: doe dit vandaag"},
		{"evidence", Digest{Now: []Task{{Title: "VOG", DueOn: today.DueOn}}}, "Bewijs voor VOG: doe dit vandaag"},
		{"a note", Digest{Notes: []Note{{Dutch: "Je staat op de lijst.\r\nBcc: x@y.example"}}}, "Je staat op de lijst. Bcc: x@y.example"},
		{"a team", Digest{Week: make([]Late, 3)}, "Je team deze week: vraag wat collega's nodig hebben"},
		{"something long", Digest{Notes: []Note{{Dutch: strings.Repeat("é", 200)}}}, strings.Repeat("é", 119) + "…"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.d.On, tt.d.Language = date("2026-11-27"), Dutch
			c, err := tt.d.Compose()
			if err != nil || c.Subject != tt.want {
				t.Errorf("got %q, %v, want %q", c.Subject, err, tt.want)
			}
		})
	}
}
