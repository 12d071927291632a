package web

import (
	"bekwaam/courses/academy"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
)

// An importsPage asks for a list of evidence and shows the lists before it.
type importsPage struct {
	Example  bool // there is a list to try it with
	Imports  []importLine
	Problems problems
}

// An importLine is a list that somebody uploaded.
type importLine struct {
	academy.Import
	On calendar.Date
}

var importsView = declare[importsPage]("imports.html")

// imports asks for a list.
func (s *Site) imports(v *visit) error {
	page, err := s.importsPage(v)
	if err != nil {
		return err
	}
	return importsView.show(v, page)
}

func (s *Site) importsPage(v *visit) (importsPage, error) {
	all, err := s.office.Imports(v.ctx(), v.actor)
	if err != nil {
		return importsPage{}, err
	}
	page := importsPage{Example: s.hasExample(v)}
	for _, i := range all {
		page.Imports = append(page.Imports, importLine{i, calendar.On(i.UploadedAt)})
	}
	return page, nil
}

// uploadImport keeps a list and leads on to what must be looked at first.
func (s *Site) uploadImport(v *visit) error {
	id, err := s.keepList(v)
	if fault.KindOf(err) == fault.Invalid {
		page, failed := s.importsPage(v)
		if failed != nil {
			return failed
		}
		f := fault.Of(err)
		page.Problems = problems{{"lijst", v.say(f.Dutch, f.English)}}
		return importsView.refuse(v, page, page.Problems)
	}
	if err != nil {
		return err
	}
	read, err := s.office.EvidenceImport(v.ctx(), v.actor, id)
	if err != nil {
		return err
	}
	if len(read.List.Missing) > 0 || read.List.Guessed() || hasUnknown(read.List) {
		return v.redirect("/import/" + id)
	}
	return v.redirect("/import/" + id + "/controle")
}

var noFile = fault.New(fault.Invalid, "Kies eerst een bestand.", "Choose a file first.")

// keepList gives the file that was sent to the office, and returns the key of the list.
func (s *Site) keepList(v *visit) (string, error) {
	content, err := v.readUpload("lijst", academy.MaxList)
	if err != nil {
		return "", err
	}
	name := v.field("lijst")
	if len(content) == 0 && name == "" {
		return "", noFile
	}
	return s.office.UploadEvidence(v.ctx(), v.actor, name, content)
}

// hasUnknown reports whether a list has a spelling that no scheme comes near.
func hasUnknown(l academy.EvidenceList) bool {
	for _, s := range l.Spellings {
		if s.How == academy.SpellingUnknown {
			return true
		}
	}
	return false
}

// hasExample reports whether there is a list to try importing with: in the demo only, of whose people it is.
func (s *Site) hasExample(v *visit) bool { return v.demo && len(s.example) > 0 }

// importExample is a list to try importing with.
func (s *Site) importExample(v *visit) error {
	if !s.hasExample(v) {
		return noSuchPage
	}
	return v.attach("voorbeeldlijst.csv", s.example)
}

// importCorrections are the wrong lines of a list, as a list to correct.
func (s *Site) importCorrections(v *visit) error {
	corrections, err := s.office.EvidenceCorrections(v.ctx(), v.actor, v.r.PathValue("lijst"), v.language == english)
	if err != nil {
		return err
	}
	return v.attach(v.say("verbeteren.csv", "corrections.csv"), corrections)
}

// attach sends a CSV file for the browser to keep.
func (v *visit) attach(name string, content []byte) error {
	return v.attachAs("text/csv", name, content)
}

// attachAs sends a file of another kind.
func (v *visit) attachAs(kind, name string, content []byte) error {
	h := v.w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Disposition", `attachment; filename="`+name+`"`)
	h.Set("Cache-Control", "no-store")
	_, _ = v.w.Write(content) // whoever went away misses nothing
	return nil
}

// dropImport throws a list away that did not come in.
func (s *Site) dropImport(v *visit) error {
	if err := s.office.DropImport(v.ctx(), v.actor, v.r.PathValue("lijst")); err != nil {
		return err
	}
	return v.done("lijst-weg", "/import")
}
