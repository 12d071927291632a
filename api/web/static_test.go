package web

import (
	"io/fs"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"bekwaam/certificates"
)

func TestStaticFilesAreKeptForEverAndSmall(t *testing.T) {
	h := openHall(t)
	r := h.enter(t, "")
	css := attr(r.get("/").first("link", func(n *html.Node) bool { return attr(n, "rel") == "stylesheet" }), "href")
	folder := css[:strings.LastIndex(css, "/")+1]
	sheet := r.get(css)
	addresses := regexp.MustCompile(`url\(([^)]*)\)`).FindAllStringSubmatch(sheet.source, -1)
	if len(addresses) < 5 {
		t.Error("the stylesheet names no fonts")
	}
	paths := []string{css, folder + "bekwaam.js", folder + "merk.svg"}
	for _, a := range addresses {
		if strings.HasPrefix(a[1], "#") {
			continue
		}
		paths = append(paths, folder+a[1])
	}
	for _, path := range paths {
		resp := r.ask("GET", path, nil)
		if resp.StatusCode != http.StatusOK || !strings.Contains(resp.Header.Get("Cache-Control"), "immutable") {
			t.Errorf("%s: %d, %s", path, resp.StatusCode, resp.Header.Get("Cache-Control"))
		}
	}
	for _, path := range []string{folder, folder + "fonts/", folder + "geen.css", "/static/oud/bekwaam.css"} {
		if got := r.ask("GET", path, nil).StatusCode; got != http.StatusNotFound {
			t.Errorf("%s answers %d", path, got)
		}
	}
	for name, most := range map[string]int64{"static/bekwaam.css": 30_000, "static/bekwaam.js": 6_000} {
		info, err := fs.Stat(staticFiles, name)
		if err != nil || info.Size() > most {
			t.Errorf("%s: %v, more than %d bytes", name, err, most)
		}
	}
}

func TestEveryClassOfTheStylesheetIsOnAPage(t *testing.T) {
	used := map[string]bool{"o-let": true, "o-fout": true, "o-stil": true, "vol": true, "n0": true, "n1": true, "n2": true, "n4": true} // made of a state
	add := func(source string) {
		for _, m := range regexp.MustCompile(`class="([^"]*)"`).FindAllStringSubmatch(source, -1) {
			for _, class := range strings.Fields(m[1]) {
				used[class] = true
			}
		}
	}
	add(certificates.NewSeal("RW-2026-7KQ4M-2XD9T-C8").SVG("Gemeente Test"))
	files, err := fs.Glob(templates, "templates/*.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		source, err := fs.ReadFile(templates, file)
		if err != nil {
			t.Fatal(err)
		}
		add(regexp.MustCompile(`\{\{[^}]*\}\}`).ReplaceAllString(string(source), " "))
	}
	sheet, err := fs.ReadFile(staticFiles, "static/bekwaam.css")
	if err != nil {
		t.Fatal(err)
	}
	rules := regexp.MustCompile(`url\([^)]*\)`).ReplaceAllString(string(sheet), "")
	for _, m := range regexp.MustCompile(`\.([a-z][a-z0-9-]*)`).FindAllStringSubmatch(rules, -1) {
		if !used[m[1]] {
			t.Errorf("no page has the class %s", m[1])
		}
	}
}
