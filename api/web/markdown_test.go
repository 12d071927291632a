package web

import (
	"strings"
	"testing"

	"bekwaam/courses"
)

func TestMarkdownIsHarmless(t *testing.T) {
	for _, text := range []string{
		"<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "![x](https://elders.example/x.png)", "[x](javascript:alert(1))", `<a href="/" style="color:red" onclick="x()">x</a>`, "<iframe src=//elders.example>",
	} {
		got, err := markdown(courses.Markdown("voor\n\n" + text + "\n\n**na**"))
		if err != nil {
			t.Fatal(err)
		}
		for _, bad := range []string{"<script", "<img", "javascript:", "onclick", "onerror", "style=", "<iframe"} {
			if strings.Contains(string(got), bad) {
				t.Errorf("%s becomes %s", text, got)
			}
		}
		if !strings.Contains(string(got), "<strong>na</strong>") {
			t.Errorf("%s swallows what comes after it: %s", text, got)
		}
	}
	if got, _ := inline("Een *twee*\n\n[drie](https://elders.example)"); got != "Een <em>twee</em><br>drie" {
		t.Errorf("inline: %s", got)
	}
}

func TestHeadingsFollowTheHeadingOfThePage(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"# Een\n\n## Twee\n\n# Drie", "<h2>Een</h2>\n<h3>Twee</h3>\n<h2>Drie</h2>\n"},
		{"## Een\n\n#### Twee\n\n### Drie\n\n## Vier", "<h2>Een</h2>\n<h3>Twee</h3>\n<h3>Drie</h3>\n<h2>Vier</h2>\n"},
		{"### Een\n\n# Twee", "<h2>Een</h2>\n<h2>Twee</h2>\n"},
		{"Een\n===\n\n## Twee\n### Drie\n#### Vier\n##### Vijf\n###### Zes", "<h2>Een</h2>\n<h3>Twee</h3>\n<h4>Drie</h4>\n<h5>Vier</h5>\n<h6>Vijf</h6>\n<h6>Zes</h6>\n"},
	} {
		if got, err := markdown(courses.Markdown(tt.text)); err != nil || string(got) != tt.want {
			t.Errorf("%q becomes %q, %v; want %q", tt.text, got, err, tt.want)
		}
	}
}
