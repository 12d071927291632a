package web

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"bekwaam/certificates"
	"bekwaam/courses/competences"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

// frameworksPath is where the frameworks are.
const frameworksPath = "/raamwerken"

// A frameworksPage shows every framework with its scale and its skills.
type frameworksPage struct {
	Frameworks []shownFramework
	MayChange  bool
}

// A shownFramework is one framework.
type shownFramework struct {
	competences.Framework
	Path   string
	Groups []skillGroup
}

// A skillGroup is some skills under a heading.
type skillGroup struct {
	Name   string
	Skills []shownSkill
}

// A shownSkill is one skill with what goes with it.
type shownSkill struct {
	competences.Competence
	Path   string
	Proofs []competences.Proof
}

var frameworksView = declare[frameworksPage]("frameworks.html")

// frameworks shows what one can be more or less good at.
func (s *Site) frameworks(v *visit) error {
	all, err := s.office.Competences(v.ctx(), v.actor)
	if err != nil {
		return err
	}
	page := frameworksPage{MayChange: v.actor.May(staff.ChangeProfiles)}
	for _, f := range all.Frameworks {
		shown := shownFramework{Framework: f, Path: frameworksPath + "/" + url.PathEscape(f.Key)}
		for _, c := range all.Competences {
			if c.Framework != f.Key {
				continue
			}
			at := slices.IndexFunc(shown.Groups, func(g skillGroup) bool { return g.Name == c.Group })
			if at < 0 {
				shown.Groups, at = append(shown.Groups, skillGroup{Name: c.Group}), len(shown.Groups)
			}
			shown.Groups[at].Skills = append(shown.Groups[at].Skills, shownSkill{c, shown.Path + "/" + url.PathEscape(string(c.ID)), all.ProvedBy(c.ID)})
		}
		page.Frameworks = append(page.Frameworks, shown)
	}
	return frameworksView.show(v, page)
}

// askFramework shows the form of a framework, new or there already.
func (s *Site) askFramework(v *visit) error {
	values := url.Values{}
	if key := v.r.PathValue("raamwerk"); key != "" {
		all, err := s.office.Competences(v.ctx(), v.actor)
		if err != nil {
			return err
		}
		f := all.Framework(key)
		if f.Key == "" {
			return noSuchPage
		}
		values = url.Values{"key": {f.Key}, "title": {f.Title}, "scale": {strings.Join(f.Scale, "\n")}, "independent": {fmt.Sprint(f.Independent)}}
	}
	return plainFormView.show(v, v.frameworkForm(values, nil))
}

// sendFramework saves a framework.
func (s *Site) sendFramework(v *visit) error {
	values := v.r.PostForm
	wrong := *unreadable
	f := competences.Framework{Key: v.field("key"), Title: v.field("title"), Scale: linesIn(values, "scale"), Independent: competences.Level(numberIn(values, "independent", &wrong))}
	there := v.r.PathValue("raamwerk")
	if there != "" {
		f.Key = there
	}
	all, err := s.office.Competences(v.ctx(), v.actor)
	if err != nil {
		return err
	}
	switch known := all.Framework(f.Key).Key != ""; {
	case there != "" && !known:
		return noSuchPage
	case there == "" && known:
		wrong = *wrong.At("key", "dit raamwerk is er al: kies een andere sleutel", "this framework is there already: choose another key")
	}
	if len(wrong.Fields) > 0 {
		err = &wrong
	} else {
		err = s.office.SaveFramework(v.ctx(), v.actor, f)
	}
	if fault.KindOf(err) == fault.Invalid {
		page := v.frameworkForm(values, err)
		return plainFormView.refuse(v, page, page.Problems)
	}
	if err != nil {
		return err
	}
	return v.done("raamwerk", frameworksPath)
}

func (v *visit) frameworkForm(values url.Values, wrong error) plainForm {
	labels := map[string]string{"key": v.say("Sleutel", "Key"), "title": v.say("Naam", "Name"), "scale": v.say("De niveaus", "The levels"), "independent": v.say("Zelfstandig vanaf niveau", "Alone from level")}
	page := plainForm{Title: v.say("Een nieuw raamwerk", "A new framework"), Lead: v.say("Een raamwerk heeft een eigen schaal: hoe je niveaus noemt, en vanaf welk niveau iemand het werk zelfstandig doet.", "A framework has a scale of its own: what you call levels, and from which level somebody does the work alone."),
		Back: option{Value: frameworksPath, Name: v.say("Raamwerken", "Frameworks")}, Path: frameworksPath + "/nieuw", Buttons: []option{{Value: "bewaar", Name: v.say("Bewaar het raamwerk", "Save the framework")}}}
	page.Problems = v.problemsOf(wrong, func(id string) string { return labels[id] })
	field := func(id, kind, class, hint string) formField {
		return formField{ID: id, Label: labels[id], Hint: hint, Type: kind, Class: class, Value: values.Get(id), Problem: page.Problems.At(id)}
	}
	fields := []formField{field("title", "text", "lang", ""), field("scale", "lines", "", v.say("Elk niveau op een eigen regel, het laagste eerst. Niveau 0 (niets) is er altijd. Een niveau dat in gebruik is, blijft bestaan.", "Each level on a line of its own, the lowest first. Level 0 (nothing) is always there. A level in use stays.")),
		field("independent", "text", "kort", v.say("Het nummer van de regel.", "The number of the line."))}
	if key := v.r.PathValue("raamwerk"); key != "" {
		page.Title, page.Path = v.say("Wijzig het raamwerk", "Change the framework"), frameworksPath+"/"+url.PathEscape(key)
	} else {
		fields = append([]formField{field("key", "text", "kort", v.say("Kort en uniek, zoals vakkennis. Die blijft.", "Short and unique, such as vakkennis. It stays."))}, fields...)
	}
	page.Parts = []formPart{{Fields: fields}}
	return page
}

// askSkill shows the form of a skill of a framework, new or there already.
func (s *Site) askSkill(v *visit) error {
	all, f, err := s.frameworkAsked(v)
	if err != nil {
		return err
	}
	values := url.Values{}
	if id := competences.CompetenceID(v.r.PathValue("vaardigheid")); id != "" {
		c, there := all.Competence(id)
		if !there || c.Framework != f.Key {
			return noSuchPage
		}
		values = url.Values{"id": {string(c.ID)}, "name": {c.Name}, "group": {c.Group}, "definition": {c.Definition}, "levels": {strings.Join(c.Levels, "\n")}}
		for _, key := range c.Certificates {
			values.Add("certificates", string(key))
		}
		for i, p := range all.ProvedBy(c.ID) {
			values.Set(fmt.Sprintf("proofs-%d-scheme", i), string(p.Scheme))
			values.Set(fmt.Sprintf("proofs-%d-level", i), fmt.Sprint(p.Level))
		}
	}
	page, err := s.skillForm(v, f, values, nil)
	if err != nil {
		return err
	}
	return plainFormView.show(v, page)
}

// frameworkAsked finds the framework that the address names.
func (s *Site) frameworkAsked(v *visit) (competences.Catalogue, competences.Framework, error) {
	all, err := s.office.Competences(v.ctx(), v.actor)
	f := all.Framework(v.r.PathValue("raamwerk"))
	if err == nil && f.Key == "" {
		err = noSuchPage
	}
	return all, f, err
}

// sendSkill saves a skill of a framework.
func (s *Site) sendSkill(v *visit) error {
	all, f, err := s.frameworkAsked(v)
	if err != nil {
		return err
	}
	values := v.r.PostForm
	c := competences.Competence{ID: competences.CompetenceID(v.field("id")), Framework: f.Key, Group: v.field("group"), Name: v.field("name"), Definition: v.field("definition"), Levels: linesIn(values, "levels")}
	there := competences.CompetenceID(v.r.PathValue("vaardigheid"))
	if there != "" {
		c.ID = there
	}
	for _, key := range values["certificates"] {
		c.Certificates = append(c.Certificates, certificates.SchemeKey(key))
	}
	var proofs []competences.Proof
	var rows []int // of the form, of each proof
	for i := range proofRows {
		if key := v.field(fmt.Sprintf("proofs-%d-scheme", i)); key != "" {
			level, _ := strconv.Atoi(v.field(fmt.Sprintf("proofs-%d-level", i))) // what is no number is refused as no level
			proofs, rows = append(proofs, competences.Proof{Scheme: certificates.SchemeKey(key), Level: competences.Level(level)}), append(rows, i)
		}
	}
	switch known, is := all.Competence(c.ID); {
	case there != "" && (!is || known.Framework != f.Key):
		return noSuchPage
	case there == "" && is:
		err = unreadable.At("id", "deze vaardigheid is er al: kies een andere sleutel", "this skill is there already: choose another key")
	default:
		err = s.office.SaveCompetence(v.ctx(), v.actor, c, proofs)
	}
	if fault.KindOf(err) == fault.Invalid {
		err = renamed(err, func(path string) string { return inRow(path, "proofs", rows) })
		page, failed := s.skillForm(v, f, values, err)
		if failed != nil {
			return failed
		}
		return plainFormView.refuse(v, page, page.Problems)
	}
	if err != nil {
		return err
	}
	return v.done("vaardigheid", frameworksPath)
}

// inRow names the row of a form of which the list was read: some were empty.
func inRow(path, list string, rows []int) string {
	var at int
	var what string
	if n, _ := fmt.Sscanf(path, list+"[%d].%s", &at, &what); n == 2 && at < len(rows) {
		return fmt.Sprintf("%s[%d].%s", list, rows[at], what)
	}
	return path
}

// proofRows is how many certificates a form can name as evidence of a skill.
const proofRows = 6

func (s *Site) skillForm(v *visit, f competences.Framework, values url.Values, wrong error) (plainForm, error) {
	schemes, err := s.schemeOptions(v)
	if err != nil {
		return plainForm{}, err
	}
	labels := map[string]string{"id": v.say("Sleutel", "Key"), "name": v.say("Naam", "Name"), "group": v.say("Onderwerp", "Subject"), "definition": v.say("Wat houdt het in?", "What is it about?"), "levels": v.say("Hoe ziet elk niveau eruit?", "What does each level look like?"),
		"certificates": v.say("Zelfstandig telt alleen met een van deze certificaten", "Working alone counts only with one of these certificates")}
	page := plainForm{Title: v.say("Een nieuwe vaardigheid", "A new skill"), Lead: f.Title + ": " + strings.Join(f.Scale, "; ") + ".", Back: option{Value: frameworksPath, Name: v.say("Raamwerken", "Frameworks")},
		Path: frameworksPath + "/" + url.PathEscape(f.Key) + "/nieuw", Buttons: []option{{Value: "bewaar", Name: v.say("Bewaar de vaardigheid", "Save the skill")}}}
	page.Problems = v.problemsOf(wrong, func(id string) string { return strings.TrimSuffix(labels[id], "?") })
	field := func(id, kind, class, hint string) formField {
		return formField{ID: id, Label: labels[id], Hint: hint, Type: kind, Class: class, Value: values.Get(id), Problem: page.Problems.At(id)}
	}
	fields := []formField{field("name", "text", "lang", ""), field("group", "text", "lang", v.say("Vaardigheden met hetzelfde onderwerp staan bij elkaar.", "Skills with the same subject stand together.")), field("definition", "lines", "", ""),
		field("levels", "lines", "", v.say("Een regel per niveau, %d regels: wat zie je iemand doen?", "A line per level, %d lines: what do you see somebody do?", len(f.Scale)))}
	if id := v.r.PathValue("vaardigheid"); id != "" {
		page.Title, page.Path = v.say("Wijzig de vaardigheid", "Change the skill"), frameworksPath+"/"+url.PathEscape(f.Key)+"/"+url.PathEscape(id)
	} else {
		fields = append([]formField{field("id", "text", "kort", v.say("Kort en uniek, zoals K17. Die blijft.", "Short and unique, such as K17. It stays."))}, fields...)
	}
	proved := formPart{Legend: v.say("Welk certificaat laat welk niveau zien?", "Which certificate shows which level?"), Hint: v.say("Laat leeg wat je niet gebruikt. Zonder bewijs telt alleen wat iemand ziet: leidinggevende of praktijkbeoordelaar.", "Leave empty what you do not use. Without evidence only what somebody sees counts: leader or assessor.")}
	levels := append([]option{{Name: "–"}}, levelOptions(f, 1)...)
	for i := range proofRows {
		scheme, level := fmt.Sprintf("proofs-%d-scheme", i), fmt.Sprintf("proofs-%d-level", i)
		if i > 1 && values.Get(scheme) == "" && values.Get(fmt.Sprintf("proofs-%d-scheme", i-1)) == "" {
			break // one empty row after those that are filled in
		}
		of := append([]option{{Name: v.say("geen", "none")}}, schemes...)
		proved.Fields = append(proved.Fields,
			formField{ID: scheme, Label: v.say("Certificaat %d", "Certificate %d", i+1), Groups: []optionGroup{{Options: choose(values.Get(scheme), of...)}}, Problem: page.Problems.At(scheme)},
			formField{ID: level, Label: v.say("Niveau bij certificaat %d", "Level with certificate %d", i+1), Groups: []optionGroup{{Options: choose(values.Get(level), slices.Clone(levels)...)}}, Problem: page.Problems.At(level)})
	}
	page.Parts = []formPart{{Fields: fields}, proved, {Checks: newCheckList("certificates", labels["certificates"], page.Problems.At("certificates"), func(key string) bool { return slices.Contains(values["certificates"], key) }, slices.Clone(schemes)...)}}
	return page, nil
}
