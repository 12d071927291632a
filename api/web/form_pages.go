package web

// A plainForm is a page that is one form.
type plainForm struct {
	Title, Lead string
	Back        option // the page it belongs to, by address and name
	Path        string
	Parts       []formPart
	Buttons     []option // Chosen: not the first thing to do
	Problems    problems
}

// A formPart is some fields, with a legend where they belong together.
type formPart struct {
	Legend, Hint string
	Fields       []formField
	Checks       *checkList
}

// A checkList is a list of which one may choose several.
type checkList struct {
	ID, Label, Problem string
	Options            []option
	Open               bool
}

// newCheckList shows a list with what is chosen; it is open where something is.
func newCheckList(id, label, problem string, chosen func(string) bool, options ...option) *checkList {
	list := &checkList{ID: id, Label: label, Problem: problem, Options: options, Open: problem != ""}
	for i, o := range options {
		list.Options[i].Chosen = chosen(o.Value)
		list.Open = list.Open || list.Options[i].Chosen
	}
	return list
}

var plainFormView = declare[plainForm]("plain_form.html", narrow)

// A gridForm is a page with a table that one fills in: a row per skill.
type gridForm struct {
	Title, Lead string
	Back        option // the page it belongs to, by address and name
	Dutch       bool   // its name is Dutch in every language
	Path        string
	Ask         *gridAsk // what one chooses first; nil: nothing
	Hidden      []option
	Fields      []formField
	Columns     []string
	Groups      []gridGroup
	Buttons     []option
	Problems    problems
}

// A gridAsk is what one chooses before the table is there.
type gridAsk struct {
	Path   string
	Fields []formField
}

// A gridGroup is some rows under a heading.
type gridGroup struct {
	Name string
	Rows []gridRow
}

// A gridRow is one skill.
type gridRow struct {
	Name   string
	Texts  []string
	Fields []formField
}

// add puts a row under the heading it belongs to; those of one heading come after each other.
func (g *gridForm) add(group string, row gridRow) {
	if n := len(g.Groups); n == 0 || g.Groups[n-1].Name != group {
		g.Groups = append(g.Groups, gridGroup{Name: group})
	}
	last := &g.Groups[len(g.Groups)-1]
	last.Rows = append(last.Rows, row)
}

var gridFormView = declare[gridForm]("grid_form.html")
