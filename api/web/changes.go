package web

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"bekwaam/courses/academy"
	"bekwaam/courses/calendar"
	"bekwaam/courses/changes"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

// A changesPage is the timeline of what changes.
type changesPage struct {
	Coming, Past, Unknown []changeLine
	MayHurry, MayWrite    bool
	Unseen                int // that went out with urgency and wait for the visitor's second look
	Signals, Bulletins    int // that wait for the visitor
}

// A changeLine is one change of the timeline.
type changeLine struct {
	ID       changes.ID
	Title    string
	Kind     string
	On       calendar.Date // zero: not known
	Expected bool          // the day is not certain
	Phase    string
	State    tag
	Holder   string
	Progress string // for who may follow it; empty: it asks nothing yet
	Late     string // what is urgent about it; empty: nothing
	Mine     int    // what it asks of the visitor that they did not do yet
}

// A tag is a word with how it looks.
type tag struct{ Word, Tone string }

var (
	changesView = declare[changesPage]("changes.html")
	changeView  = declare[changePage]("change.html")
	urgentView  = declare[urgentPage]("change_urgent.html", narrow)
)

// changes shows the timeline.
func (s *Site) changes(v *visit) error {
	all, err := s.office.Changes(v.ctx(), v.actor)
	if err != nil {
		return err
	}
	page := changesPage{MayHurry: v.actor.May(staff.WriteBulletins), MayWrite: v.actor.May(staff.WriteChanges)}
	for _, c := range all {
		line := v.changeLine(c)
		if c.Unseen() && c.PublishedBy != v.actor.Person && v.actor.May(staff.CheckBulletins) {
			page.Unseen++
		}
		switch {
		case c.EffectiveOn.IsZero():
			page.Unknown = append(page.Unknown, line)
		case c.EffectiveOn < c.On:
			page.Past = append([]changeLine{line}, page.Past...)
		default:
			page.Coming = append(page.Coming, line)
		}
	}
	if v.actor.May(staff.DecideSignals) {
		if page.Signals, err = s.newSignals(v); err != nil {
			return err
		}
	}
	if v.actor.May(staff.CheckBulletins) {
		if page.Bulletins, err = s.unconfirmed(v); err != nil {
			return err
		}
	}
	return changesView.show(v, page)
}

func (v *visit) changeLine(c academy.ChangeOverview) changeLine {
	line := changeLine{ID: c.ID, Title: c.Title, Kind: v.changeKind(c.Kind), On: c.EffectiveOn, Expected: c.Certainty != changes.Fixed, Phase: v.changePhase(c.Phase), State: v.changeState(c.State(c.On)), Holder: c.HolderName}
	for _, m := range c.Mine {
		if !m.Done {
			line.Mine++
		}
	}
	if i := c.Impact; i != nil && !i.TooFew && c.Stands() && c.Phase != changes.Secured && i.People > 0 {
		line.Progress = v.say("%d van de %d klaar", "%d of the %d done", i.Done, i.People)
		left := i.People - i.Done
		if days := c.On.DaysUntil(c.DueOn()); !c.DueOn().IsZero() && left > 0 && days >= 0 && days <= 28 {
			line.Late = v.say("Nog %s. %s nog niet klaar.", "%s left. %s not done yet.", v.count(days, "dag", "dagen", "day", "days"), v.count(left, "collega is", "collega's zijn", "colleague is", "colleagues are"))
		} else if !c.DueOn().IsZero() && left > 0 && days < 0 {
			line.Late = v.say("De laatste dag was %s. %s nog niet klaar.", "The last day was %s. %s not done yet.", v.date(c.DueOn()), v.count(left, "collega is", "collega's zijn", "colleague is", "colleagues are"))
		}
	}
	return line
}

// A changePage shows one change with all that hangs on it.
type changePage struct {
	changeLine
	academy.ChangeOverview
	Terms      []term
	Groups     []changeGroup
	Teams      []changeTeam
	Hours      string
	Counters   []changeCounter
	Asks       []string // of the visitor, with a mark where it is done
	Signals    []signalLine
	People     []changePerson
	MayConsent bool // record the consent of the works council
	Closed     bool // the works council does not consent, so there are no names
	Gate       string
	MayWrite   bool
	MayOpen    bool // the visitor can announce it
	Own        bool // the visitor wrote it: a colleague announces it, unless it is urgent
	Near       bool // it may go out with urgency
	MayLive    bool // the visitor can confirm that it went live
	MaySee     bool // the visitor can take the second look
	Blocked    bool // too few are trained to go live
	Names      bool // the visitor may see names
	Explain    []formField
	Withdraw   formField
	Published  bool
}

type changeGroup struct {
	Whom, Does, Done string
	Bulletin         changes.BulletinID
	Scheme           string
}

type changeTeam struct {
	Name          string
	People, Owing int
	Hours         string
	TooFew        bool
}

type changeCounter struct {
	ID          staff.ActivityID
	Name        string
	On          calendar.Date
	Pool, After int
	Minimum     int
	Below       bool
}

type changePerson struct {
	ID   staff.PersonID
	Name string
	Owes string // empty: everything is done
}

// change shows one change.
func (s *Site) change(v *visit) error {
	page, err := s.changePage(v, nil, nil)
	if err != nil {
		return err
	}
	return changeView.show(v, page)
}

func (s *Site) changePage(v *visit, values url.Values, wrong error) (changePage, error) {
	o, err := s.office.Change(v.ctx(), v.actor, changes.ID(v.r.PathValue("wijziging")))
	if err != nil {
		return changePage{}, err
	}
	page := changePage{changeLine: v.changeLine(o), ChangeOverview: o, MayWrite: v.actor.May(staff.WriteChanges), Names: v.actor.May(staff.ReadPeople), Published: o.Stands()}
	page.MayOpen = page.MayWrite && o.Publishable() == nil
	page.Own = o.DraftedBy == v.actor.Person
	_, urgent := o.Publish(v.actor.Person, v.moment.Office, true)
	page.Near = urgent == nil
	page.MaySee = o.Unseen() && v.actor.May(staff.CheckBulletins) && o.PublishedBy != v.actor.Person
	page.MayLive = page.MayWrite && o.Stands() && o.Gate > 0 && o.LiveAt.IsZero()
	page.Terms = v.changeTerms(o)
	for _, m := range o.Mine {
		text := v.verdictDoes(m.Verdict, o.Names)
		if m.Done {
			text = v.say("Gedaan: ", "Done: ") + text
		}
		page.Asks = append(page.Asks, text)
	}
	for _, signal := range o.Signals {
		page.Signals = append(page.Signals, v.signalLine(academy.SignalSeen{Signal: signal}))
	}
	v.fillImpact(&page)
	if page.Names && len(o.Verdicts) > 0 {
		people, err := s.office.ChangePeople(v.ctx(), v.actor, o.ID)
		page.MayConsent = v.actor.May(staff.RecordConsent)
		if page.Closed = fault.KindOf(err) == fault.Forbidden; err != nil && !page.Closed {
			return page, err
		}
		for _, p := range people {
			var owes []string
			for _, verdict := range p.Owes {
				owes = append(owes, v.verdictDoes(verdict, o.Names))
			}
			page.People = append(page.People, changePerson{p.Person, p.Name, strings.Join(owes, "; ")})
		}
	}
	found := v.problemsOf(wrong, func(string) string { return "" })
	if v.actor.May(staff.ExplainChanges) {
		teams := []option{}
		if v.actor.Is(staff.TrainingOfficer) {
			teams = append(teams, option{"", v.say("de hele organisatie", "the whole organisation"), false})
		}
		for id, name := range o.Names.Teams {
			if v.actor.Is(staff.TrainingOfficer) || slices.Contains(v.actor.Leads, id) {
				teams = append(teams, option{string(id), name, false})
			}
		}
		sortOptions(teams)
		page.Explain = []formField{
			{ID: "team", Label: v.say("Voor", "For"), Groups: []optionGroup{{"", choose(values.Get("team"), teams...)}}},
			{ID: "text", Label: v.say("Wat betekent dit voor ons?", "What does this mean for us?"), Value: values.Get("text"), Problem: found.At("text")},
			{ID: "decision", Label: v.say("Wat besluiten we?", "What do we decide?"), Value: values.Get("decision"), Problem: found.At("decision")},
		}
	}
	page.Withdraw = formField{ID: "why", Label: v.say("Waarom trek je de wijziging in?", "Why do you withdraw the change?"), Hint: v.say("Wie nog iets moest doen, leest dit.", "Whoever still had to do something reads this."), Type: "text", Class: "lang", Value: values.Get("why"), Problem: found.At("why")}
	return page, nil
}

// fillImpact adds whom a change hits, for who may follow it.
func (v *visit) fillImpact(page *changePage) {
	i := page.Impact
	if i == nil {
		return
	}
	page.Hours = v.workingHours(i.Minutes)
	for _, g := range i.Groups {
		line := changeGroup{Whom: v.verdictWhom(g.Verdict, page.ChangeOverview.Names), Does: v.verdictDoes(g.Verdict, page.ChangeOverview.Names), Bulletin: g.Bulletin, Scheme: string(g.Scheme)}
		line.Done = v.count(len(g.Members), "collega", "collega's", "colleague", "colleagues")
		if g.TooFew && page.Published {
			line.Done += v.say(": minder dan vijf, dus we tonen niet hoe ver ze zijn", ": fewer than five, so we do not show how far they are")
		} else if g.Kind == changes.Read {
			line.Done = v.say("%d van de %d gelezen", "%d of the %d read it", g.Done(), len(g.Members))
		} else if g.Kind == changes.Delta || g.Kind == changes.Full {
			line.Done = v.say("%d van de %d klaar", "%d of the %d done", g.Done(), len(g.Members))
		}
		page.Groups = append(page.Groups, line)
	}
	for _, t := range i.Teams {
		page.Teams = append(page.Teams, changeTeam{page.ChangeOverview.Names.Teams[t.Team], t.People, t.Owing, v.workingHours(t.Minutes), t.TooFew})
	}
	for _, c := range i.Counters {
		page.Counters = append(page.Counters, changeCounter{c.ID, c.Name, c.On, c.Pool, c.After, c.PoolMinimum, c.Below()})
	}
	if page.ChangeOverview.Gate > 0 && i.People > 0 {
		page.Gate = v.say("Live gaan mag als %d%% klaar is. Nu is dat %d%%.", "It may go live once %d%% is done. Now that is %d%%.", page.ChangeOverview.Gate, i.Trained())
		if page.Blocked = i.Trained() < page.ChangeOverview.Gate; page.Blocked {
			page.Gate += v.say(" Nog %s. Plan tijd met hun leidinggevenden, of kies een latere dag.", " Still %s. Plan time with their leaders, or choose a later day.", v.count(i.People-i.Done, "collega moet iets doen", "collega's moeten iets doen", "colleague must do something", "colleagues must do something"))
		}
		if !page.LiveAt.IsZero() {
			page.Gate = v.say("Live sinds %s.", "Live since %s.", v.date(calendar.On(page.LiveAt)))
		} else if on := page.ChangeOverview.On; !page.EffectiveOn.IsZero() && on < page.EffectiveOn {
			page.Gate += v.say(" Er zijn nog %s.", " There are %s left.", v.count(on.DaysUntil(page.EffectiveOn), "dag", "dagen", "day", "days"))
		}
	}
}

// changeTerms lists what a change says.
func (v *visit) changeTerms(o academy.ChangeOverview) []term {
	names := o.Names
	effective := v.say("nog niet bekend", "not known yet")
	if !o.EffectiveOn.IsZero() {
		effective = v.date(o.EffectiveOn)
	}
	due := v.say("nog niet bekend", "not known yet")
	if !o.DueOn().IsZero() {
		due = v.date(o.DueOn())
	}
	deputy := o.DeputyName
	if deputy == "" {
		deputy = v.say("niemand: kies een vervanger", "nobody: choose a deputy")
	}
	terms := []term{
		{Label: v.say("Soort", "Kind"), New: v.changeKind(o.Kind)}, {Label: v.say("Van buiten", "From outside"), New: v.origins(o.Origins)}, {Label: v.say("Bron", "Source"), New: o.Source},
		{Label: v.say("Gaat in op", "Effective on"), New: effective + " (" + v.certainty(o.Certainty) + ")"}, {Label: v.say("Klaar voor", "To be done by"), New: due}, {Label: v.say("Fase", "Phase"), New: v.changePhase(o.Phase)},
		{Label: v.say("Kennisdrager", "Knowledge holder"), New: o.HolderName}, {Label: v.say("Vervanger", "Deputy"), New: deputy}, {Label: v.say("Kans", "Chance"), New: o.Chance}, {Label: v.say("Risico", "Risk"), New: o.Risk},
		{Label: v.say("Rollen", "Roles"), New: list(o.Touches.Roles, func(r staff.RoleID) string { return names.Roles[r] })},
		{Label: v.say("Anderen", "Others"), New: strings.Join(o.Touches.Others, ", ")},
		{Label: v.say("Applicaties", "Applications"), New: strings.Join(o.Touches.Applications, ", ")},
	}
	kept := terms[:0]
	for _, t := range terms {
		if t.New != "" {
			kept = append(kept, t)
		}
	}
	return kept
}

// list writes the names of some things.
func list[T any](things []T, name func(T) string) string {
	names := make([]string, len(things))
	for i, t := range things {
		names[i] = name(t)
	}
	return strings.Join(names, ", ")
}

// sendChange publishes or withdraws a change, or keeps what it means for us.
func (s *Site) sendChange(v *visit) error {
	id := changes.ID(v.r.PathValue("wijziging"))
	here := "/wijzigingen/" + url.PathEscape(string(id))
	var err error
	var said notice
	switch v.field("doe") {
	case "bekend":
		version, wrong := strconv.Atoi(v.field("versie"))
		if wrong != nil {
			return unreadable
		}
		said = "wijziging-bekend"
		_, err = s.office.PublishChange(v.ctx(), v.actor, id, version, v.field("spoed") != "")
	case "gezien":
		said = "wijziging-gezien"
		err = s.office.SeeChange(v.ctx(), v.actor, id)
	case "live":
		said = "wijziging-live"
		err = s.office.GoLive(v.ctx(), v.actor, id)
	case "terug":
		said = "wijziging-terug"
		err = s.office.WithdrawChange(v.ctx(), v.actor, id, v.field("why"))
	default:
		said = "duiding"
		_, err = s.office.ExplainChange(v.ctx(), v.actor, changes.Meaning{Change: id, Team: staff.TeamID(v.field("team")), Text: v.field("text"), Decision: v.field("decision")})
	}
	if fault.KindOf(err) == fault.Invalid {
		page, wrong := s.changePage(v, v.r.PostForm, err)
		if wrong != nil {
			return wrong
		}
		return changeView.refuse(v, page, v.problemsOf(err, func(string) string { return "" }))
	}
	if err != nil {
		return err
	}
	return v.done(said, here)
}

// An urgentPage is the one form to tell colleagues something now.
type urgentPage struct {
	Fields []formField
	Text   formField
	Roles  []option
	Wrong  string // what is wrong with the roles
}

// askUrgent shows the form.
func (s *Site) askUrgent(v *visit) error {
	page, err := s.urgentPage(v, nil, nil)
	if err != nil {
		return err
	}
	return urgentView.show(v, page)
}

// sendUrgent sends it out at once.
func (s *Site) sendUrgent(v *visit) error {
	u := academy.Urgent{What: v.field("title"), Kind: changes.Kind(v.field("kind")), Text: v.field("text"), Source: v.field("source")}
	for _, role := range v.r.PostForm["roles"] {
		u.Roles = append(u.Roles, staff.RoleID(role))
	}
	id, _, err := s.office.PublishUrgently(v.ctx(), v.actor, u)
	if fault.KindOf(err) == fault.Invalid {
		page, wrong := s.urgentPage(v, v.r.PostForm, err)
		if wrong != nil {
			return wrong
		}
		var found problems
		for _, f := range append(page.Fields, page.Text) {
			if f.Problem != "" {
				found = append(found, problem{f.ID, strings.TrimSuffix(f.Label, "?") + ": " + f.Problem})
			}
		}
		if page.Wrong != "" {
			found = append(found, problem{"roles", page.Wrong})
		}
		return urgentView.refuse(v, page, found)
	}
	if err != nil {
		return err
	}
	return v.done("spoed", "/wijzigingen/"+url.PathEscape(string(id)))
}

func (s *Site) urgentPage(v *visit, values url.Values, wrong error) (urgentPage, error) {
	names, err := s.office.ChangeNames(v.ctx(), v.actor)
	if err != nil {
		return urgentPage{}, err
	}
	found := v.problemsOf(wrong, func(string) string { return "" })
	page := urgentPage{
		Fields: []formField{
			{ID: "title", Label: v.say("Wat is er?", "What is it?"), Hint: v.say("In een paar woorden.", "In a few words."), Type: "text", Class: "lang"},
			{ID: "source", Label: v.say("Waar komt dit vandaan?", "Where does this come from?"), Hint: v.say("Bijvoorbeeld een artikel, een mail van de leverancier of een website.", "For example an article, a mail of the supplier or a website."), Type: "text", Class: "lang"},
		},
		Text: formField{ID: "text", Label: v.say("Wat moeten collega's weten en doen?", "What must colleagues know and do?"), Hint: v.say("Korte zinnen. Geen namen of nummers van inwoners.", "Short sentences. No names or numbers of residents.")},
	}
	page.Fields = slices.Insert(page.Fields, 1, formField{ID: "kind", Label: v.say("Waarover gaat het?", "What is it about?"), Groups: []optionGroup{{Options: choose(values.Get("kind"),
		option{Value: string(changes.Law), Name: v.say("de wet of een regel", "the law or a rule")}, option{Value: string(changes.Application), Name: v.say("een applicatie", "an application")}, option{Value: string(changes.Society), Name: v.say("iets anders", "something else")})}}})
	for i, f := range page.Fields {
		page.Fields[i].Value, page.Fields[i].Problem = values.Get(f.ID), found.At(f.ID)
	}
	page.Text.Value, page.Text.Problem = values.Get("text"), found.At("text")
	for _, p := range found {
		if strings.HasPrefix(p.Field, "verdicts-0-roles") || strings.HasPrefix(p.Field, "roles") {
			page.Wrong = v.say("Kies minstens één rol.", "Choose at least one role.")
		}
	}
	for id, name := range names.Roles {
		page.Roles = append(page.Roles, option{string(id), name, slices.Contains(values["roles"], string(id))})
	}
	sortOptions(page.Roles)
	return page, nil
}
