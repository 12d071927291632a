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
