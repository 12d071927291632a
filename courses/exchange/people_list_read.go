package exchange

import (
	"fmt"
	"slices"
	"strings"

	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

// ReadPeopleList works out what a list of people says and what it would change. A list that says what the office knows
// changes nothing. Roles and teams that do not exist are made where may says so, else their lines are wrong.
func ReadPeopleList(t Table, columns []PeopleField, office PeopleOffice, may PeopleMake) PeopleList {
	l := PeopleList{Table: t, Columns: columns, Verdict: make(map[staff.PersonID]PeopleVerdict)}
	for _, needed := range []struct {
		field          PeopleField
		dutch, english string
	}{{PeopleNumber, "wijs de kolom met het personeelsnummer aan", "choose the column with the personnel number"}, {PeopleFrom, "wijs de kolom met de eerste dag aan", "choose the column with the first day"}} {
		if !slices.Contains(columns, needed.field) {
			l.Missing = append(l.Missing, fault.Field{Path: string(needed.field), Dutch: needed.dutch, English: needed.english})
		}
	}
	if len(l.Missing) > 0 {
		return l
	}
	order := DayFirst
	var dates []string
	for _, r := range t.Rows {
		dates = append(dates, l.cell(r, PeopleFrom), l.cell(r, PeopleUntil))
	}
	if found, sure := orderOf(slices.DeleteFunc(dates, func(d string) bool { return d == "" })); sure {
		order = found
	}
	p := newPeoplePlan(office, may)
	for _, r := range t.Rows {
		if r.Aside == "" {
			row := l.readRow(r, order, p)
			l.Rows = append(l.Rows, row)
			p.listed[row.Person.ID] = p.listed[row.Person.ID] || len(row.Mistakes) == 0
		}
	}
	for i := range l.Rows {
		p.checkTogether(&l, i)
	}
	p.refuseCircles(&l)
	p.apply(&l)
	return l
}

// cell is what stands in a line under a column.
func (l PeopleList) cell(r TableRow, f PeopleField) string {
	if at := slices.Index(l.Columns, f); at >= 0 {
		return r.Cells[at]
	}
	return ""
}

// name is what stands above the column that says something.
func (l PeopleList) name(f PeopleField) string {
	if at := slices.Index(l.Columns, f); at >= 0 {
		return l.Table.ColumnName(at)
	}
	return string(f)
}

// readRow reads one line by itself.
func (l PeopleList) readRow(r TableRow, order DateOrder, p *peoplePlan) PeopleRow {
	to := PeopleRow{Line: r.Line, Cells: r.Cells}
	wrong := func(f PeopleField, dutch, english string, values ...any) {
		to.Mistakes = append(to.Mistakes, fault.Field{Path: l.name(f), Dutch: fmt.Sprintf(dutch, values...), English: fmt.Sprintf(english, values...)})
	}
	to.Person = staff.Person{ID: staff.PersonID(l.cell(r, PeopleNumber)), First: l.cell(r, PeopleFirst), Infix: l.cell(r, PeopleInfix), Last: l.cell(r, PeopleLast), Email: l.cell(r, PeopleEmail)}
	if known, ok := p.people[to.Person.ID]; ok { // what the list does not say stays as it is
		to.Person = completed(to.Person, known)
	}
	if f := fault.Of(to.Person.Check()); f != nil {
		places := map[string]PeopleField{"person": PeopleNumber, "first": PeopleFirst, "infix": PeopleInfix, "last": PeopleLast, "email": PeopleEmail}
		for _, m := range f.Fields {
			wrong(places[m.Path], "%s.", "%s.", m.Dutch)
			to.Mistakes[len(to.Mistakes)-1].English = m.English + "."
		}
	}
	for _, f := range []PeopleField{PeopleFirst, PeopleInfix, PeopleLast, PeopleEmail, PeopleTeam, PeopleRole, PeopleDesignation} {
		if HoldsBSN(l.cell(r, f)) {
			wrong(f, "Hier staat een BSN, of een nummer dat erop lijkt. Dat bewaren we nooit.", "Here stands a citizen service number (BSN), or a number like one. We never keep that.")
		}
	}
	to.team, to.leader, to.role = l.cell(r, PeopleTeam), l.cell(r, PeopleLeader), l.cell(r, PeopleRole)
	if text := l.cell(r, PeopleDesignation); text != "" {
		at := slices.IndexFunc(staff.DesignationKinds(), func(k staff.DesignationKind) bool {
			return fold(text) == fold(string(k)) || fold(text) == fold(k.Name())
		})
		if at < 0 {
			wrong(PeopleDesignation, "Deze aanwijzing kennen we niet. Kies uit: %s.", "We do not know this designation. Choose from: %s.", p.kinds())
		} else {
			to.designation = staff.DesignationKinds()[at]
		}
	}
	if to.designation == "" {
		if to.team == "" {
			wrong(PeopleTeam, "Schrijf in welk team deze persoon werkt.", "Write in which team this person works.")
		} else if !p.hasTeam(to.team) {
			wrong(PeopleTeam, "Dit team bestaat niet. Schrijf de naam van een team dat er is, of kies dat nieuwe teams gemaakt worden.", "This team does not exist. Write the name of a team that does, or choose that new teams are made.")
		}
		if to.role == "" {
			wrong(PeopleRole, "Schrijf welke rol deze persoon heeft.", "Write which role this person has.")
		} else if !p.hasRole(to.role) {
			wrong(PeopleRole, "Deze rol bestaat niet. Schrijf de naam van een rol die er is, of kies dat nieuwe rollen gemaakt worden.", "This role does not exist. Write the name of a role that does, or choose that new roles are made.")
		}
	}
	var ok bool
	if to.from, ok = readDate(l.cell(r, PeopleFrom), order); !ok {
		wrong(PeopleFrom, "Schrijf een dag zoals 23-11-2026.", "Write a day such as 23-11-2026.")
	}
	if text := l.cell(r, PeopleUntil); text != "" {
		if to.until, ok = readDate(text, order); !ok {
			wrong(PeopleUntil, "Schrijf een dag zoals 23-11-2026, of niets.", "Write a day such as 23-11-2026, or nothing.")
		} else if to.until < to.from {
			wrong(PeopleUntil, "De laatste dag ligt voor de eerste.", "The last day is before the first.")
		}
	}
	return to
}

// completed fills in what a list leaves out with what is known.
func completed(p, known staff.Person) staff.Person {
	if p.First == "" && p.Last == "" {
		p.First, p.Infix, p.Last = known.First, known.Infix, known.Last
	}
	if p.Email == "" {
		p.Email = known.Email
	}
	p.Administrator = known.Administrator
	return p
}

// kinds writes the designations that there are.
func (p *peoplePlan) kinds() string {
	var names []string
	for _, k := range staff.DesignationKinds() {
		names = append(names, string(k))
	}
	return strings.Join(names, ", ")
}

// checkTogether checks a line against the lines above it and against everybody who is known.
func (p *peoplePlan) checkTogether(l *PeopleList, at int) {
	r := &l.Rows[at]
	if len(r.Mistakes) > 0 {
		return
	}
	wrong := func(f PeopleField, dutch, english string) {
		r.Mistakes = append(r.Mistakes, fault.Field{Path: l.name(f), Dutch: dutch, English: english})
	}
	if before, ok := p.seen[r.Person.ID]; ok && before != r.Person {
		wrong(PeopleLast, "Een andere regel geeft dit personeelsnummer een andere naam of een ander adres.", "Another line gives this personnel number another name or address.")
	}
	if key := fold(r.Person.Email); key != "" {
		if of, ok := p.emails[key]; ok && of != r.Person.ID {
			wrong(PeopleEmail, "Iemand anders heeft dit e-mailadres.", "Somebody else has this e-mail address.")
		}
	}
	if r.leader != "" && !p.mayLead(staff.PersonID(r.leader)) {
		wrong(PeopleLeader, "Niemand heeft dit personeelsnummer.", "Nobody has this personnel number.")
	}
	if r.Person.ID == p.office.Self && p.office.Self != "" && !p.knows(*l, *r) {
		wrong(PeopleNumber, "Dit gaat over jezelf. Laat iemand anders deze regel inlezen.", "This is about yourself. Let somebody else bring in this line.")
	}
	if len(r.Mistakes) == 0 {
		p.seen[r.Person.ID] = r.Person
		if r.Person.Email != "" {
			p.emails[fold(r.Person.Email)] = r.Person.ID
		}
	}
}

// knows reports whether a line says nothing new, nor the lines about the same person together.
func (p *peoplePlan) knows(l PeopleList, r PeopleRow) bool {
	if r.Person != p.people[r.Person.ID] {
		return false
	}
	if r.designation != "" {
		return slices.Contains(p.office.Designations, staff.Designation{Person: r.Person.ID, Kind: r.designation, From: r.from, Until: r.until})
	}
	jobs := jobsPlan{today: p.office.Today, jobs: slices.Clone(p.jobs[r.Person.ID])}
	for _, same := range l.Rows {
		if same.Person.ID != r.Person.ID || same.designation != "" {
			continue
		}
		team, hasTeam := p.teamAt[fold(same.team)]
		role, hasRole := p.roleAt[fold(same.role)]
		if !hasTeam || !hasRole {
			return false
		}
		jobs.say(staff.Employment{Person: r.Person.ID, Team: p.teams[team].ID, Role: p.roles[role].ID, From: same.from, Until: same.until})
	}
	jobs.work()
	return len(jobs.hired)+len(jobs.amended) == 0
}

// mayLead reports whether somebody is known or stands in the list.
func (p *peoplePlan) mayLead(leader staff.PersonID) bool {
	_, known := p.people[leader]
	return known || p.listed[leader]
}

// gone reports whether somebody who is not known left before: people who were erased do not come back by a list.
func gone(rows []PeopleRow, today calendar.Date) bool {
	return !slices.ContainsFunc(rows, func(r PeopleRow) bool { return r.designation == "" && (r.until.IsZero() || r.until >= today) })
}

// refuseCircles refuses the lines in which people lead each other in a circle. Who leads themselves leads the team.
func (p *peoplePlan) refuseCircles(l *PeopleList) {
	open := func(r PeopleRow) bool {
		return len(r.Mistakes) == 0 && r.designation == "" && r.leader != "" && r.leader != string(r.Person.ID) && (r.until.IsZero() || r.until >= p.office.Today)
	}
	above := make(map[string][]string)
	for _, r := range l.Rows {
		if open(r) {
			above[string(r.Person.ID)] = append(above[string(r.Person.ID)], r.leader)
		}
	}
	circle := circles(above)
	for i, r := range l.Rows {
		if c := circle[string(r.Person.ID)]; open(r) && c != 0 && c == circle[r.leader] {
			l.Rows[i].Mistakes = append(l.Rows[i].Mistakes, fault.Field{Path: l.name(PeopleLeader),
				Dutch:   fmt.Sprintf("%s en %s geven volgens deze lijst leiding aan elkaar. Kies wie van hen leiding geeft.", r.Person.ID, r.leader),
				English: fmt.Sprintf("According to this list %s and %s lead each other. Choose which of them leads.", r.Person.ID, r.leader)})
		}
	}
}

// circles numbers who can be reached from whom they reach: people with the same number stand in a circle (Tarjan).
func circles(above map[string][]string) map[string]int {
	circle, index, low := make(map[string]int), make(map[string]int), make(map[string]int)
	var stack []string
	var visit func(who string)
	visit = func(who string) {
		index[who] = len(index) + 1
		low[who] = index[who]
		stack = append(stack, who)
		for _, to := range above[who] {
			switch {
			case index[to] == 0:
				visit(to)
				low[who] = min(low[who], low[to])
			case circle[to] == 0:
				low[who] = min(low[who], index[to])
			}
		}
		if low[who] == index[who] {
			at := slices.Index(stack, who)
			for _, in := range stack[at:] {
				circle[in] = index[who]
			}
			stack = stack[:at]
		}
	}
	for who := range above {
		if index[who] == 0 {
			visit(who)
		}
	}
	return circle
}
