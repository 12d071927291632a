package main

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// What several lines of arrows have in common.
const (
	leaves = "courses/fault courses/calendar"
	people = leaves + " courses/staff"
	field  = people + " courses certificates"
)

// arrows is the import table: which of our packages each of them may import, separated by spaces. An arrow never goes
// up, and sideways only as it stands here. A new package gets a line; a new arrow is a decision, not a repair.
var arrows = map[string]string{
	"courses/fault":            "",
	"courses/calendar":         "",
	"courses/staff":            leaves,
	"courses/audit":            "courses/staff",
	"courses":                  people,
	"certificates":             people + " courses",
	"certificates/outlook":     "certificates courses/staff courses/calendar",
	"certificates/pdf":         "certificates",
	"courses/training":         field,
	"courses/competences":      field,
	"courses/mobility":         people + " certificates courses/competences",
	"courses/staffing":         people + " certificates courses/training", // training: the clock of a day
	"courses/changes":          field + " courses/staffing",
	"courses/exchange":         field + " courses/changes courses/competences courses/mobility courses/staffing courses/training",
	"courses/notices":          people,
	"courses/notices/smtptest": "",
	"courses/store":            field + " courses/audit courses/changes courses/competences courses/mobility courses/notices courses/staffing courses/training certificates/outlook",
	"courses/store/storetest":  "courses/store",
	"courses/academy":          field + " courses/audit courses/changes courses/competences courses/exchange courses/mobility courses/notices courses/staffing courses/store courses/training certificates/outlook certificates/pdf",
	"api/auth":                 "courses/academy courses/staff courses/fault",
	"api":                      field + " certificates/outlook courses/academy courses/changes courses/competences courses/mobility courses/staffing courses/training api/auth",
	"api/web":                  field + " certificates/outlook courses/academy courses/changes courses/competences courses/mobility courses/staffing courses/training api/auth",
	"seed":                     "courses/fault courses/staff courses/academy courses/exchange",
	"seed/seedtest":            "courses/academy courses/store seed",
	"cmd/bekwaam":              people + " certificates certificates/outlook courses/academy courses/notices courses/store api api/web seed",
	"cmd/check":                "",
}

// owners says which package each library from elsewhere belongs to, so that it can be replaced in one place. What makes
// HTML has several, separated by spaces.
var owners = map[string]string{
	"github.com/danielgtaylor/huma/v2":   "api",
	"github.com/goccy/go-yaml":           "courses/exchange",
	"github.com/jackc/pgx/v5":            "courses/store",
	"github.com/jung-kurt/gofpdf":        "certificates/pdf",
	"github.com/microcosm-cc/bluemonday": "api/web",
	"github.com/robfig/cron/v3":          "cmd/bekwaam",
	"github.com/uptrace/bun":             "courses/store",
	"github.com/wneessen/go-mail":        "courses/notices",
	"github.com/xuri/excelize/v2":        "courses/exchange",
	"github.com/yuin/goldmark":           "api/web",
	"golang.org/x/crypto":                "courses/academy", // argon2: passwords are checked where accounts are
	"golang.org/x/net":                   "api/web",
	"golang.org/x/time":                  "api/auth",
	"html/template":                      "api api/web courses/notices", // api: its documentation page
	"modernc.org/sqlite":                 "courses/store",
	"rsc.io/qr":                          "certificates/pdf",
}

// shared are libraries from elsewhere that belong to nobody: they are to the standard library what its own packages are.
var shared = []string{"golang.org/x/text"}

// pure lists the packages without input, output, log or database.
var pure = []string{"courses/fault", "courses/calendar", "courses/staff", "courses/audit", "courses", "certificates", "certificates/outlook", "courses/training", "courses/staffing", "courses/changes", "courses/competences", "courses/exchange"}

// outside is what a pure package never imports.
var outside = []string{"database/sql", "log", "log/slog", "net", "net/http", "os", "os/exec", "path/filepath"}

const module = "bekwaam/"

// A listed package is what go list knows of it: without its tests.
type listed struct {
	ImportPath string
	Imports    []string
}

func list(t *testing.T) []listed {
	t.Helper()
	out := output(t, "go", "list", "-e", "-json=ImportPath,Imports", module+"...")
	var all []listed
	for d := json.NewDecoder(bytes.NewReader(out)); d.More(); {
		var p listed
		if err := d.Decode(&p); err != nil {
			t.Fatal(err)
		}
		p.ImportPath = strings.TrimPrefix(p.ImportPath, module)
		all = append(all, p)
	}
	return all
}

func output(t *testing.T, name string, args ...string) []byte {
	t.Helper()
	cmd := exec.Command(name, args...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s %v: %v\n%s", name, args, err, stderr.String())
	}
	return out
}

func TestEveryPackageImportsOnlyWhatItMay(t *testing.T) {
	packages := list(t)
	for _, p := range packages {
		may, known := arrows[p.ImportPath]
		if !known {
			t.Errorf("%s has no line in arrows: decide where it stands in the house and what it may import", p.ImportPath)
			continue
		}
		for _, imported := range p.Imports {
			if ours, ok := strings.CutPrefix(imported, module); ok && !slices.Contains(strings.Fields(may), ours) {
				t.Errorf("%s may not import %s: move what it needs down to where both may reach it, or change arrows and say why", p.ImportPath, ours)
			}
			if slices.Contains(pure, p.ImportPath) && slices.Contains(outside, imported) {
				t.Errorf("%s is pure and may not import %s: let it take and return values", p.ImportPath, imported)
			}
		}
		for name := range strings.FieldsSeq(may) {
			if !slices.Contains(p.Imports, module+name) {
				t.Errorf("%s no longer imports %s: remove it from arrows", p.ImportPath, name)
			}
		}
	}
	for name := range arrows {
		if !slices.ContainsFunc(packages, func(p listed) bool { return p.ImportPath == name }) {
			t.Errorf("arrows has a line for %s, which does not exist: remove it", name)
		}
	}
}

func TestEveryLibraryHasOneOwner(t *testing.T) {
	used := make(map[string]bool)
	for _, p := range list(t) {
		for _, imported := range p.Imports {
			library := libraryOf(imported)
			switch owner, known := owners[library]; {
			case library == "" || slices.Contains(shared, library):
			case !known:
				t.Errorf("%s imports %s, which has no owner: add it to owners, with a decision that says why we need it", p.ImportPath, imported)
			case !slices.Contains(strings.Fields(owner), p.ImportPath):
				t.Errorf("%s imports %s, which belongs to %s: ask that package for what you need", p.ImportPath, imported, owner)
			default:
				used[library] = true
			}
		}
	}
	for library, owner := range owners {
		if !used[library] {
			t.Errorf("%s no longer uses %s: remove it from owners", owner, library)
		}
	}
}

// libraryOf returns the library that an import is of; empty for our own packages and those of the standard library that
// everybody may use.
func libraryOf(imported string) string {
	for _, library := range slices.AppendSeq(slices.Clone(shared), maps.Keys(owners)) {
		if imported == library || strings.HasPrefix(imported, library+"/") {
			return library
		}
	}
	if first, _, _ := strings.Cut(imported, "/"); strings.Contains(first, ".") {
		return imported
	}
	return ""
}

// SQLite is translated for one version of libc; with another one it may crash or corrupt a database.
func TestLibcIsTheVersionThatSQLiteWasMadeFor(t *testing.T) {
	gomod := strings.TrimSpace(string(output(t, "go", "list", "-m", "-f", "{{.GoMod}}", "modernc.org/sqlite")))
	text, err := os.ReadFile(gomod)
	if err != nil {
		t.Fatal(err)
	}
	asked := regexp.MustCompile(`modernc\.org/libc (v\S+)`).FindSubmatch(text)
	if asked == nil {
		t.Fatal("the go.mod of modernc.org/sqlite does not name modernc.org/libc")
	}
	if have := strings.TrimSpace(string(output(t, "go", "list", "-m", "-f", "{{.Version}}", "modernc.org/libc"))); have != string(asked[1]) {
		t.Errorf("modernc.org/libc is %s, but modernc.org/sqlite asks %s: go get modernc.org/libc@%[2]s", have, asked[1])
	}
}
