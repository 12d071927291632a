package web

import (
	"bekwaam/certificates"
	"bekwaam/courses/academy"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
)

// An importCheckPage shows what will become of every line of a list, before anything is written.
type importCheckPage struct {
	ID, FileName string
	Missing      bool // a column is missing, or something is guessed: first the other page
	Good         int
	Known        int // of the good: the office holds them already
	New          int
	Reckoned     int // of the new: their end comes from the scheme
	Wrong        []importMistakes
	MoreWrong    int
	Duplicates   []importRow
	Warned       int // of the new: a scheme would say something else
	Warnings     []importWarned
	MoreWarnings int
	Fresh        []importRow
	MoreFresh    int
	Ignored      []importRow
	MoreIgnored  int
}

// An importRow is one line of a list in words.
type importRow struct {
	Line   int
	Name   string
	Scheme string
	On     calendar.Date
	Until  calendar.Date
	SameAs int
	Text   string // of a line that is left out: what stands there
	Why    string
}

// An importMistakes is a wrong line with what to do about it.
type importMistakes struct {
	Line     int
	Text     string
	Mistakes []importMistake
}

// An importWarned is a line that comes in though its scheme would say something else.
type importWarned struct {
	importRow
	Warnings []importMistake
}

// An importMistake is what is wrong in one column.
type importMistake struct{ Column, Text string }

var importCheckView = declare[importCheckPage]("import_check.html")

// mostShown is how many lines of each kind a page shows.
const mostShown = 100

// importCheck shows what will become of every line.
func (s *Site) importCheck(v *visit) error {
	read, err := s.office.EvidenceImport(v.ctx(), v.actor, v.r.PathValue("lijst"))
	switch {
	case err != nil:
		return err
	case read.Done():
		return v.redirect("/import/" + read.ID + "/resultaat")
	case len(read.List.Missing) > 0:
		return v.redirect("/import/" + read.ID)
	}
	page := importCheckPage{ID: read.ID, FileName: read.FileName, Missing: read.List.Guessed()}
	for _, r := range read.List.Rows {
		page.add(v, read, r)
	}
	return importCheckView.show(v, page)
}

// add adds one line to what the page shows.
func (p *importCheckPage) add(v *visit, read academy.ReadImport, r academy.EvidenceRow) {
	row := importRow{Line: r.Line, Name: read.Names[r.Person], Scheme: schemeTitle(read.Schemes, r.Scheme), On: r.AchievedOn, Until: r.ValidUntil, SameAs: r.SameAs}
	switch {
	case r.Verdict == academy.Good && r.Known:
		p.Good++
		p.Known++
	case r.Verdict == academy.Good:
		p.Good++
		p.New++
		if r.Reckoned {
			p.Reckoned++
		}
		if len(r.Warnings) > 0 {
			p.Warned++
			keep(&p.Warnings, &p.MoreWarnings, importWarned{row, v.mistakes(r.Warnings)})
		}
		keep(&p.Fresh, &p.MoreFresh, row)
	case r.Verdict == academy.Duplicate:
		p.Duplicates = append(p.Duplicates, row)
	case r.Verdict == academy.Wrong:
		keep(&p.Wrong, &p.MoreWrong, importMistakes{r.Line, cellsOf(r), v.mistakes(r.Mistakes)})
	default:
		row.Text, row.Why = cellsOf(r), v.whyIgnored(r)
		keep(&p.Ignored, &p.MoreIgnored, row)
	}
}

// mistakes are what is told of the columns of a line, in words.
func (v *visit) mistakes(fields []fault.Field) []importMistake {
	told := make([]importMistake, len(fields))
	for i, f := range fields {
		told[i] = importMistake{f.Path, v.say(f.Dutch, f.English)}
	}
	return told
}

// keep adds a line to those that are shown, or counts it with the others.
func keep[T any](shown *[]T, more *int, one T) {
	if len(*shown) == mostShown {
		*more++
		return
	}
	*shown = append(*shown, one)
}

// WrongLines, and IgnoredLines, are how many there are, shown or not.
func (p importCheckPage) WrongLines() int   { return len(p.Wrong) + p.MoreWrong }
func (p importCheckPage) IgnoredLines() int { return len(p.Ignored) + p.MoreIgnored }

// cellsOf is a line as it stands in the list.
func cellsOf(r academy.EvidenceRow) string {
	text := ""
	for _, c := range r.Cells {
		if c != "" && text != "" {
			text += " · "
		}
		text += c
	}
	return text
}

func schemeTitle(schemes map[certificates.SchemeKey]certificates.Scheme, key certificates.SchemeKey) string {
	if scheme, ok := schemes[key]; ok {
		return scheme.Title
	}
	return string(key)
}

// whyIgnored says why a line is no evidence.
func (l language) whyIgnored(r academy.EvidenceRow) string {
	switch r.Aside {
	case academy.AsideHeader:
		return l.say("de kop staat hier nog een keer", "the header once more")
	case academy.AsideHeading:
		return l.say("een tussenkop", "a heading")
	case academy.AsideTotal:
		return l.say("een totaal", "a total")
	}
	return l.say("hier staat geen bewijs, of je koos om dit niet in te lezen", "there is no evidence here, or you chose not to import this")
}

// doImport takes the list in.
func (s *Site) doImport(v *visit) error {
	id := v.r.PathValue("lijst")
	_, err := s.office.ImportEvidence(v.ctx(), v.actor, id)
	if f := fault.Of(err); f != nil && f.Reason == "guessed" {
		return v.redirect("/import/" + id)
	}
	if err != nil {
		return err
	}
	return v.redirect("/import/" + id + "/resultaat")
}

// An importResultPage tells what came in.
type importResultPage struct {
	academy.Import
	Wrong     int
	Duplicate int
	Good      int
	On        calendar.Date
}

var importResultView = declare[importResultPage]("import_result.html")

// importResult tells what came in.
func (s *Site) importResult(v *visit) error {
	read, err := s.office.EvidenceImport(v.ctx(), v.actor, v.r.PathValue("lijst"))
	switch {
	case err != nil:
		return err
	case !read.Done():
		return v.redirect("/import/" + read.ID + "/controle")
	}
	return importResultView.show(v, importResultPage{
		Import: read.Import, On: calendar.On(read.DoneAt),
		Wrong: read.List.Count(academy.Wrong), Duplicate: read.List.Count(academy.Duplicate), Good: read.List.Count(academy.Good),
	})
}
