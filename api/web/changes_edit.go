package web

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/academy"
	"bekwaam/courses/calendar"
	"bekwaam/courses/changes"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

// A changeStepPage is one step of writing a change: what it is, what it touches, or what each group must do. Each step is saved
// before the next one; the last step is the page of the change with whom it hits.
type changeStepPage struct {
	Path     string // of the change; empty: there is none yet
	Title    string
	Step     int
	Here     string // where the form goes
	Version  int
	Fields   []formField
	Texts    []formField
	Sets     []checkSet
	Groups   []changeGroup // what was said already, in step 3
	Problems problems
}

// A checkSet asks to choose any number of things.
type checkSet struct {
	ID, Label, Hint, Problem string
	Options                  []option
}

var changeStepView = declare[changeStepPage]("change_step.html", narrow)

// The steps by the last part of their address; the last step is the change itself.
var changeSteps = []string{"", "bewerk", "raakt", "groepen"}

// newChange asks what changes.
func (s *Site) newChange(v *visit) error {
	c := changes.Change{Kind: changes.Law, Certainty: changes.Expected, Phase: changes.Scanning, Holder: v.actor.Person, Buffer: 14}
	return s.showStep(v, c, 1, changeValues(c), nil)
}

// editChange shows a step of a change that is there.
func (s *Site) editChange(v *visit) error {
	c, step, err := s.stepOf(v)
	if err != nil {
		return err
	}
	return s.showStep(v, c, step, changeValues(c), nil)
}

// stepOf reads the change and the step of the address.
func (s *Site) stepOf(v *visit) (changes.Change, int, error) {
	step := slices.Index(changeSteps, v.r.PathValue("stap"))
	if step < 1 {
		return changes.Change{}, 0, noSuchPage
	}
	o, err := s.office.Change(v.ctx(), v.actor, changes.ID(v.r.PathValue("wijziging")))
	if err == nil {
		err = o.Editable()
	}
	return o.Change, step, err
}

// sendNewChange keeps a new change as a draft and goes on to what it touches.
func (s *Site) sendNewChange(v *visit) error {
	return s.sendStep(v, changes.Change{Phase: changes.Scanning}, 1)
}

// sendChangeStep saves a step and goes on to the next.
func (s *Site) sendChangeStep(v *visit) error {
	c, step, err := s.stepOf(v)
	if err != nil {
		return err
	}
	if c.Version, err = strconv.Atoi(v.field("versie")); err != nil {
		return unreadable
	}
	return s.sendStep(v, c, step)
}

func (s *Site) sendStep(v *visit, c changes.Change, step int) error {
	changed, err := v.applyStep(c, step)
	if err != nil {
		return err
	}
	saved, err := s.office.SaveChange(v.ctx(), v.actor, changed)
	if fault.KindOf(err) == fault.Invalid {
		return s.showStep(v, c, step, v.r.PostForm, err)
	}
	if err != nil {
		return err
	}
	next := "/wijzigingen/" + url.PathEscape(string(saved.ID))
	if v.field("doe") == "hier" || strings.HasPrefix(v.field("doe"), "weg-") {
		next += "/" + changeSteps[step]
	} else if step+1 < len(changeSteps) {
		next += "/" + changeSteps[step+1]
	}
	return v.done("bewaard", next)
}

// changeValues are the values of the form of a change.
func changeValues(c changes.Change) url.Values {
	values := url.Values{
		"title": {c.Title}, "kind": {string(c.Kind)}, "source": {c.Source}, "effectiveOn": {dayValue(c.EffectiveOn)}, "certainty": {string(c.Certainty)}, "phase": {string(c.Phase)}, "holder": {string(c.Holder)}, "deputy": {string(c.Deputy)},
		"chance": {c.Chance}, "risk": {c.Risk}, "buffer": {strconv.Itoa(c.Buffer)}, "retrainBefore": {dayValue(c.RetrainBefore)}, "gate": {strconv.Itoa(c.Gate)}, "applications": {strings.Join(c.Touches.Applications, "\n")}, "others": {strings.Join(c.Touches.Others, "\n")},
	}
	for id, keys := range map[string][]string{
		"origins": texts(c.Origins), "roles": texts(c.Touches.Roles), "processes": texts(c.Touches.Processes), "courses": texts(c.Touches.Courses), "schemes": texts(c.Touches.Schemes), "articles": texts(c.Touches.Articles),
	} {
		values[id] = keys
	}
	return values
}

func dayValue(d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

func texts[T ~string](keys []T) []string {
	all := make([]string, len(keys))
	for i, k := range keys {
		all[i] = string(k)
	}
	return all
}

func keysOf[T ~string](all []string) []T {
	keys := make([]T, len(all))
	for i, k := range all {
		keys[i] = T(k)
	}
	return keys
}

// typedLines are the lines that somebody typed, without empty ones.
func typedLines(text string) []string {
	var lines []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// applyStep puts what somebody filled in into a change.
func (v *visit) applyStep(c changes.Change, step int) (changes.Change, error) {
	form := v.r.PostForm
	switch step {
	case 1:
		c.Title, c.Kind, c.Source, c.Certainty, c.Holder, c.Deputy = v.field("title"), changes.Kind(v.field("kind")), v.field("source"), changes.Certainty(v.field("certainty")), staff.PersonID(v.field("holder")), staff.PersonID(v.field("deputy"))
		c.Chance, c.Risk, c.Origins, c.Phase = v.field("chance"), v.field("risk"), keysOf[changes.Origin](form["origins"]), changes.Phase(v.field("phase"))
		c.Buffer, c.Gate = v.wholeNumber("buffer"), v.wholeNumber("gate")
		c.EffectiveOn, c.RetrainBefore = v.typedDay("effectiveOn"), v.typedDay("retrainBefore")
	case 2:
		c.Touches = changes.Touches{
			Roles: keysOf[staff.RoleID](form["roles"]), Processes: keysOf[staff.ActivityID](form["processes"]), Courses: keysOf[courses.CourseKey](form["courses"]), Schemes: keysOf[certificates.SchemeKey](form["schemes"]), Articles: keysOf[changes.ArticleID](form["articles"]),
			Applications: typedLines(v.field("applications")), Others: typedLines(v.field("others")),
		}
	case 3:
		c.Verdicts = slices.Clone(c.Verdicts)
		if at, gone := strings.CutPrefix(v.field("doe"), "weg-"); gone {
			i, err := strconv.Atoi(at)
			if err != nil || i < 0 || i >= len(c.Verdicts) {
				return c, unreadable
			}
			c.Verdicts = slices.Delete(c.Verdicts, i, i+1)
			return c, nil
		}
		if v.field("kind") == "" { // nothing to add
			return c, nil
		}
		c.Verdicts = append(c.Verdicts, changes.Verdict{
			Kind: changes.VerdictKind(v.field("kind")), Roles: keysOf[staff.RoleID](form["roles"]), Scheme: certificates.SchemeKey(v.field("scheme")), Holders: certificates.SchemeKey(v.field("holders")), Version: v.wholeNumber("version"),
			Bulletin: changes.BulletinID(v.field("bulletin")), StartersOnly: v.field("startersOnly") != "", LosesFor: keysOf[staff.ActivityID](form["losesFor"]),
		})
	}
	return c, nil
}

// wholeNumber is a number that was typed; nothing is 0, and what is no number is out of every range.
func (v *visit) wholeNumber(field string) int {
	if v.field(field) == "" {
		return 0
	}
	n, err := strconv.Atoi(v.field(field))
	if err != nil {
		return -1
	}
	return n
}

// typedDay is a day that was typed; what is no day is one that no form takes.
func (v *visit) typedDay(field string) calendar.Date {
	if v.field(field) == "" {
		return 0
	}
	day, err := calendar.Parse(v.field(field))
	if err != nil {
		return calendar.New(1900, 1, 1)
	}
	return day
}

// showStep shows a step, filled in and with what is wrong.
func (s *Site) showStep(v *visit, c changes.Change, step int, values url.Values, wrong error) error {
	names, err := s.office.ChangeNames(v.ctx(), v.actor)
	if err != nil {
		return err
	}
	page := changeStepPage{Title: c.Title, Step: step, Version: c.Version, Here: "/wijzigingen/nieuw"}
	if c.ID != "" {
		page.Path = "/wijzigingen/" + url.PathEscape(string(c.ID))
		page.Here = page.Path + "/" + changeSteps[step]
	}
	switch step {
	case 1:
		v.fillWhat(&page)
	case 2:
		reach, err := s.office.Register(v.ctx(), v.actor, "")
		if err != nil {
			return err
		}
		v.fillTouches(&page, names, reach.Articles)
	case 3:
		bulletins, err := s.office.Bulletins(v.ctx(), v.actor, "", 0)
		if err != nil {
			return err
		}
		v.fillVerdict(&page, c, names, bulletins)
	}
	found := v.problemsOf(wrong, func(string) string { return "" })
	for i := range found {
		found[i].Field = strings.TrimPrefix(found[i].Field, "verdicts-"+strconv.Itoa(len(c.Verdicts))+"-")
	}
	page.fill(values, found)
	if wrong != nil {
		return changeStepView.refuse(v, page, page.Problems)
	}
	return changeStepView.show(v, page)
}

// fill puts values and what is wrong with them at their fields.
func (page *changeStepPage) fill(values url.Values, found problems) {
	for _, fields := range [][]formField{page.Fields, page.Texts} {
		for i, f := range fields {
			fields[i].Value, fields[i].Problem = values.Get(f.ID), found.At(f.ID)
			for _, g := range f.Groups {
				choose(values.Get(f.ID), g.Options...)
			}
			if fields[i].Problem != "" {
				page.Problems = append(page.Problems, problem{f.ID, f.Label + ": " + fields[i].Problem})
			}
		}
	}
	for i, set := range page.Sets {
		for j, o := range set.Options {
			page.Sets[i].Options[j].Chosen = slices.Contains(values[set.ID], o.Value)
		}
		for _, p := range found {
			if p.Field == set.ID || strings.HasPrefix(p.Field, set.ID+"-") {
				page.Sets[i].Problem = p.Text
				page.Problems = append(page.Problems, problem{set.ID, set.Label + ": " + p.Text})
				break
			}
		}
	}
	for _, p := range found { // what another step must mend
		if !slices.ContainsFunc(page.Problems, func(shown problem) bool { return p.Field == shown.Field || strings.HasPrefix(p.Field, shown.Field+"-") }) {
			page.Problems = append(page.Problems, p)
		}
	}
}

// fillWhat asks what changes, when, and who follows it.
func (v *visit) fillWhat(page *changeStepPage) {
	kinds, certainties, phases := []option{}, []option{}, []option{}
	for _, k := range changes.Kinds() {
		kinds = append(kinds, option{Value: string(k), Name: v.changeKind(k)})
	}
	for _, c := range changes.Certainties() {
		certainties = append(certainties, option{Value: string(c), Name: v.certainty(c)})
	}
	for _, p := range changes.Phases() {
		phases = append(phases, option{Value: string(p), Name: v.changePhase(p)})
	}
	origins := checkSet{ID: "origins", Label: v.say("Van wie komt het, of over wie gaat het?", "From whom does it come, or about whom is it?")}
	for _, o := range changes.FiveOs() {
		origins.Options = append(origins.Options, option{Value: string(o), Name: v.fromOutside(o)})
	}
	page.Sets = []checkSet{origins}
	page.Fields = []formField{
		{ID: "title", Label: v.say("Wat verandert er?", "What changes?"), Hint: v.say("In een paar woorden.", "In a few words."), Type: "text", Class: "lang"},
		{ID: "kind", Label: v.say("Soort", "Kind"), Groups: []optionGroup{{Options: kinds}}},
		{ID: "source", Label: v.say("Waar staat het?", "Where is it written?"), Hint: v.say("Een artikel, een release of een website.", "An article, a release or a website."), Type: "text", Class: "lang"},
		{ID: "effectiveOn", Label: v.say("Gaat in op", "Effective on"), Hint: v.say("Laat leeg als je het nog niet weet. Vandaag of eerder mag ook.", "Leave empty if you do not know yet. Today or earlier is fine too."), Type: "date", Class: "kort"},
		{ID: "certainty", Label: v.say("Hoe zeker is die dag?", "How sure is that day?"), Groups: []optionGroup{{Options: certainties}}},
		{ID: "buffer", Label: v.say("Hoeveel dagen ervoor moet iedereen klaar zijn?", "How many days before must everybody be done?"), Type: "text", Class: "kort"},
		{ID: "retrainBefore", Label: v.say("Of: uiterlijk op deze dag", "Or: by this day"), Hint: v.say("Laat leeg om met de dagen hierboven te rekenen.", "Leave empty to reckon with the days above."), Type: "date", Class: "kort"},
		{ID: "gate", Label: v.say("Live gaan mag als zoveel procent is geschoold", "It may go live once this percentage is trained"), Hint: v.say("Alleen voor een applicatie. 0: er is geen poort.", "For an application only. 0: there is no gate."), Type: "text", Class: "kort"},
		{ID: "phase", Label: v.say("Hoe ver zijn we?", "How far are we?"), Groups: []optionGroup{{Options: phases}}},
		{ID: "holder", Label: v.say("Kennisdrager", "Knowledge holder"), Hint: v.say("Het personeelsnummer van wie dit volgt.", "The personnel number of who follows this."), Type: "text", Class: "kort"},
		{ID: "deputy", Label: v.say("Vervanger", "Deputy"), Hint: v.say("Een personeelsnummer, of leeg.", "A personnel number, or empty."), Type: "text", Class: "kort"},
	}
	page.Texts = []formField{{ID: "chance", Label: v.say("Welke kans biedt dit?", "Which chance does this give?")}, {ID: "risk", Label: v.say("Welk risico is er?", "Which risk is there?")}}
}

// fillTouches asks what the change touches.
func (v *visit) fillTouches(page *changeStepPage, names academy.ChangeNames, register []changes.Article) {
	articles := checkSet{ID: "articles", Label: v.say("Regels van het wetsregister", "Lines of the law register")}
	for _, a := range register {
		articles.Options = append(articles.Options, option{Value: string(a.ID), Name: a.Name() + ": " + a.Topic})
	}
	page.Sets = []checkSet{
		{ID: "roles", Label: v.say("Rollen", "Roles"), Options: optionsOf(names.Roles)}, {ID: "processes", Label: v.say("Processen en applicaties", "Processes and applications"), Options: optionsOf(names.Processes)},
		{ID: "courses", Label: v.say("Cursussen", "Courses"), Options: optionsOf(names.Courses)}, {ID: "schemes", Label: v.say("Regelingen", "Schemes"), Options: optionsOf(names.Schemes)}, articles,
	}
	page.Texts = []formField{
		{ID: "applications", Label: v.say("Andere applicaties", "Other applications"), Hint: v.say("Eén op een regel.", "One on a line.")},
		{ID: "others", Label: v.say("Anderen die dit raakt", "Others whom this touches"), Hint: v.say("Mensen die hier niet in dienst zijn, zoals bestuurders. Eén op een regel.", "People who are not employed here, such as administrators. One on a line.")},
	}
}

// fillVerdict shows what each group must do, and asks for one more group.
func (v *visit) fillVerdict(page *changeStepPage, c changes.Change, names academy.ChangeNames, bulletins []academy.BulletinSeen) {
	for _, verdict := range c.Verdicts {
		page.Groups = append(page.Groups, changeGroup{Whom: v.verdictWhom(verdict, names), Does: v.verdictDoes(verdict, names)})
	}
	nothing := option{Name: "–"}
	does := []option{nothing}
	for _, k := range changes.VerdictKinds() {
		does = append(does, option{Value: string(k), Name: v.verdictKind(k)})
	}
	read := []option{nothing}
	for _, b := range bulletins {
		read = append(read, option{Value: string(b.ID), Name: b.Topic})
	}
	schemes, held := append([]option{nothing}, optionsOf(names.Schemes)...), []option{nothing}
	for _, key := range c.Touches.Schemes {
		held = append(held, option{Value: string(key), Name: names.Schemes[key]})
	}
	page.Fields = []formField{
		{ID: "kind", Label: v.say("Wat moet deze groep doen?", "What must this group do?"), Groups: []optionGroup{{Options: does}}},
		{ID: "bulletin", Label: v.say("Lezen: welk bulletin?", "To read: which bulletin?"), Groups: []optionGroup{{Options: read}}},
		{ID: "scheme", Label: v.say("Scholing: welke regeling?", "Training: which scheme?"), Groups: []optionGroup{{Options: schemes}}},
		{ID: "holders", Label: v.say("Ook wie deze regeling al heeft", "Also who holds this scheme already"), Hint: v.say("Kies uit wat de wijziging raakt.", "Choose from what the change touches."), Groups: []optionGroup{{Options: held}}},
		{ID: "version", Label: v.say("…en slaagde op een oudere versie van de cursus dan", "…and passed on an older version of the course than"), Type: "text", Class: "kort"},
	}
	page.Sets = []checkSet{
		{ID: "roles", Label: v.say("Wie met deze rol", "Who has this role"), Options: optionsOf(names.Roles)},
		{ID: "losesFor", Label: v.say("Telt zonder scholing niet meer mee voor", "Does not count without the training for"), Hint: v.say("Meestal niets.", "Usually nothing."), Options: optionsOf(names.Processes)},
		{ID: "startersOnly", Label: v.say("Alleen starters", "Newcomers only"), Options: []option{{Value: "1", Name: v.say("alleen wie begint na de bekendmaking", "only who begins after the announcement")}}},
	}
}

// verdictKind says what a group must do, without of what.
func (l language) verdictKind(k changes.VerdictKind) string {
	switch k {
	case changes.Read:
		return l.say("een bulletin lezen", "read a bulletin")
	case changes.Delta:
		return l.say("een korte scholing doen", "do a short training")
	case changes.Full:
		return l.say("de hele cursus opnieuw doen", "do the whole course again")
	case changes.Withdraw:
		return l.say("opnieuw halen: wat ze hebben telt niet meer", "obtain it anew: what they hold counts no longer")
	}
	return l.say("niets", "nothing")
}

// optionsOf makes choices of names, in order of name.
func optionsOf[K ~string](names map[K]string) []option {
	options := make([]option, 0, len(names))
	for key, name := range names {
		options = append(options, option{Value: string(key), Name: name})
	}
	sortOptions(options)
	return options
}
