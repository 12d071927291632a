package web

import (
	"fmt"
	"net/url"
	"strings"

	"bekwaam/certificates/outlook"
	"bekwaam/courses/academy"
	"bekwaam/courses/calendar"
	"bekwaam/courses/changes"
)

const overviewPath = "/overzicht"

// An overviewPage tells how the municipality stands, with links to the lists that explain it.
type overviewPage struct {
	Lead     string
	Percent  int
	Target   string // what is wanted and how it was a month ago
	Late     string // how many of those who are late became so this week
	LatePath string
	Planned  string
	Oldest   string
	All      outlook.Figures
	Waiting  int
	Trend    trendChart
	Months   []overviewMonth
	Busy     string // in which month most ends
	Teams    []overviewTeam
	Changes  []overviewChange
}

// A trendChart is a line of percentages in a box of 100 by 100, with what stands beside it.
type trendChart struct {
	Line, Area string // the points of SVG's polyline and polygon; empty where there are not two points yet
	Grid       []string
	Scale      []int // percentages, from the top
	Wanted     string
	Points     []trendPoint
	Words      string // what changed last
}

type trendPoint struct {
	Month   string
	Percent int
	Short   string // the first letters of the month; empty: it gets no label
}

// An overviewMonth is a month with its bar.
type overviewMonth struct {
	Name, Short             string
	Expiries, Planned, Open int
	Top, OpenLength         string // where the bar begins, and how much of it is not planned
	PlannedFrom             string
	PlannedLength           string
}

// An overviewTeam is how a team stands.
type overviewTeam struct {
	Name, Path, LatePath, EndingPath string
	outlook.Figures
	Share  string // the length of its bar
	Behind bool
	State  badge
}

// An overviewChange is a change that runs.
type overviewChange struct {
	ID    changes.ID
	Title string
	Words string
	Share string
}

var overviewView = declare[overviewPage]("overview.html")

// overview shows how the municipality stands.
func (s *Site) overview(v *visit) error {
	o, err := s.office.Overview(v.ctx(), v.actor)
	if err != nil {
		return err
	}
	return overviewView.show(v, v.overviewPage(o))
}

// countAnew counts everybody again.
func (s *Site) countAnew(v *visit) error {
	if _, err := s.office.TakeStock(v.ctx(), v.actor); err != nil {
		return err
	}
	return v.done("geteld", overviewPath)
}

// overviewSheet sends the figures as a file.
func (s *Site) overviewSheet(v *visit) error {
	o, err := s.office.Overview(v.ctx(), v.actor)
	if err != nil {
		return err
	}
	return v.attach("overzicht-"+o.Stock.On.String()+".csv", academy.Sheet(o.Rows(v.language == english)))
}

func (v *visit) overviewPage(o academy.Overview) overviewPage {
	all := o.Figures[0]
	page := overviewPage{
		All: all, Percent: all.Percent(), Waiting: o.Waiting, LatePath: "/mensen?" + url.Values{"stand": {string(academy.ProgressLate)}, "volgorde": {string(academy.ByDue)}}.Encode(),
		Lead: v.say("%s, %s. Stand van vandaag, %s.", "%s, %s. As of today, %s.", v.count(all.People, "medewerker", "medewerkers", "colleague", "colleagues"),
			v.count(o.Schemes, "verplichte scholing", "verplichte scholingen", "required training", "required trainings"), v.clock(o.CountedAt)),
		Late:    v.say("%d daarvan minder dan een week", "%d of them less than a week", all.JustLate),
		Planned: v.say("voor %d is al iets ingepland", "for %d something is planned already", all.Planned),
	}
	var beside []string
	if o.Target > 0 {
		beside = append(beside, v.say("doel %d%%", "target %d%%", o.Target))
	}
	if n := len(o.Trend); n > 1 {
		beside = append(beside, v.say("vorige maand %d%%", "last month %d%%", o.Trend[n-2].Percent()))
	}
	page.Target = strings.Join(beside, ", ")
	if o.Waiting > 0 {
		page.Oldest = v.say("het oudste is van %s", "the oldest is of %s", v.date(o.Oldest))
	}
	page.Trend = v.trend(o)
	page.months(v, o.Months)
	for _, f := range o.Figures[1:] {
		if f.People > 0 {
			page.Teams = append(page.Teams, v.overviewTeam(o, f))
		}
	}
	for _, c := range o.Changes {
		words := v.say("%d van de %d klaar.", "%d of the %d done.", c.Done, c.People)
		if !c.EffectiveOn.IsZero() {
			words = v.say("Geldt vanaf %s. ", "Effective from %s. ", v.date(c.EffectiveOn)) + words
		}
		page.Changes = append(page.Changes, overviewChange{c.Change.ID, c.Title, words, percent(100 * float64(c.Done) / float64(c.People))})
	}
	return page
}

func (v *visit) monthShort(d calendar.Date) string {
	return v.say(d.DutchShortMonth(), d.EnglishShortMonth())
}

// trend draws the percentages of a year: as low as the lowest, in steps of ten.
func (v *visit) trend(o academy.Overview) trendChart {
	var c trendChart
	least := 90
	for i, p := range o.Trend {
		least = min(least, p.Percent()/10*10)
		point := trendPoint{Month: v.say(p.On.DutchMonth(), p.On.EnglishMonth()), Percent: p.Percent()}
		if i%3 == 0 || i == len(o.Trend)-1 {
			point.Short = v.monthShort(p.On)
		}
		c.Points = append(c.Points, point)
	}
	height := func(percent int) float64 { return 100 * float64(100-percent) / float64(100-least) }
	step := max(10, (100-least)/50*10+10)
	for p := 100; p >= least; p -= step {
		c.Scale, c.Grid = append(c.Scale, p), append(c.Grid, fmt.Sprintf("%.1f", height(p)))
	}
	if o.Target > least {
		c.Wanted = fmt.Sprintf("%.1f", height(o.Target))
	}
	last := len(c.Points) - 1
	if last < 1 {
		return c
	}
	var line []string
	for i, p := range c.Points {
		line = append(line, fmt.Sprintf("%.1f,%.1f", 100*float64(i)/float64(last), height(p.Percent)))
	}
	c.Line = strings.Join(line, " ")
	c.Area = "0,100 " + c.Line + " 100,100"
	now, before := c.Points[last], c.Points[last-1]
	switch {
	case now.Percent > before.Percent:
		c.Words = v.say("In %s ging het van %d%% naar %d%%.", "In %s it went from %d%% to %d%%.", now.Month, before.Percent, now.Percent)
	case now.Percent < before.Percent:
		c.Words = v.say("In %s daalde het van %d%% naar %d%%. Hieronder zie je bij welke teams.", "In %s it fell from %d%% to %d%%. Below you see in which teams.", now.Month, before.Percent, now.Percent)
	default:
		c.Words = v.say("Deze maand is het gelijk gebleven.", "It stayed the same this month.")
	}
	if o.Target > 0 {
		c.Words = v.say("De stippellijn is het doel van %d%%. ", "The dashed line is the target of %d%%. ", o.Target) + c.Words
	}
	return c
}

// months draws what ends in each month.
func (p *overviewPage) months(v *visit, months []outlook.Month) {
	most, busiest := 1, -1
	for i, m := range months {
		if m.Expiries > most {
			most, busiest = m.Expiries, i
		}
	}
	for _, m := range months {
		share := func(n int) float64 { return 100 * float64(n) / float64(most) }
		open := m.Expiries - m.Planned
		p.Months = append(p.Months, overviewMonth{
			Name: v.say(m.Month.DutchMonth(), m.Month.EnglishMonth()), Short: v.monthShort(m.Month), Expiries: m.Expiries, Planned: m.Planned, Open: open,
			Top: percent(100 - share(m.Expiries)), OpenLength: percent(share(open)), PlannedFrom: percent(100 - share(m.Planned)), PlannedLength: percent(share(m.Planned)),
		})
	}
	if busiest >= 0 {
		m := p.Months[busiest]
		p.Busy = v.say("In %s lopen er de meeste af: %d. Voor %d is nog niets gepland.", "Most end in %s: %d. For %d nothing is planned yet.", m.Name, m.Expiries, m.Open)
	}
}

func (v *visit) overviewTeam(o academy.Overview, f outlook.Figures) overviewTeam {
	team := url.Values{"team": {string(f.Team)}}.Encode()
	row := overviewTeam{
		Name: o.Teams[f.Team], Figures: f, Path: complianceAddress("/stand", 0, f.Team, ""), LatePath: "/mensen?stand=" + string(academy.ProgressLate) + "&" + team, EndingPath: "/vooruitblik?" + team,
		Share: percent(float64(f.Percent())), State: badge{v.say("Op orde", "In order"), "goed"},
	}
	switch wanted := o.Target; {
	case f.Percent() < wanted-10:
		row.Behind, row.State = true, badge{v.say("Actie nodig", "Action needed"), "fout"}
	case f.Percent() < wanted || f.Late > 0:
		row.State = badge{v.say("Bijna", "Nearly"), "let"}
	}
	return row
}
