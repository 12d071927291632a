package academy

import (
	"context"
	"slices"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/competences"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// A TeamMatrix is what the people of a team can do on a day, with the words for it.
type TeamMatrix struct {
	competences.Matrix
	Team       staff.Team
	Teams      []staff.Team // that the reader may see
	Today      calendar.Date
	Frameworks []competences.Framework
	Names      map[staff.PersonID]string
	RoleNames  map[staff.PersonID][]string // of the roles in the team
	Schemes    map[certificates.SchemeKey]certificates.Scheme
	Risks      []competences.Risk // where the team is too few, the most urgent first, and then where it will be soon
	Learning   []competences.LearningItem
}

// Offered reports whether there is learning on offer that brings whoever a risk would teach further.
func (m TeamMatrix) Offered(r competences.Risk) bool {
	return slices.ContainsFunc(m.Learning, func(i competences.LearningItem) bool { return i.Brings(r.Competence, r.Help.Level) })
}

// Matrix tells what the people of a team can do on a day (zero: today), and how it would be without one of them. That it was
// read stands in the record of each. fault.Forbidden where the works council does not consent.
func (o *Office) Matrix(ctx context.Context, who staff.Actor, team staff.TeamID, on calendar.Date, without staff.PersonID) (TeamMatrix, error) {
	q := o.db.Read()
	m, err := o.beginMatrix(ctx, q, who, team, &on)
	if err != nil {
		return m, err
	}
	if err := o.readMatrix(ctx, q, &m, on, without); err != nil {
		return m, err
	}
	if without != "" && !slices.Contains(m.People, without) {
		return m, notYours
	}
	return m, o.looked(ctx, who, m.People...)
}

// beginMatrix checks that somebody may see what a team can do.
func (o *Office) beginMatrix(ctx context.Context, q store.Q, who staff.Actor, team staff.TeamID, on *calendar.Date) (m TeamMatrix, err error) {
	if err := who.Allow(staff.ReadMatrix, staff.Subject{}); err != nil {
		return m, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return m, err
	}
	m.Today = now.Today()
	if on.IsZero() {
		*on = m.Today
	}
	if err := near(*on, m.Today); err != nil {
		return m, err
	}
	if m.Teams, err = o.matrixTeams(ctx, q, who); err != nil {
		return m, err
	}
	at := slices.IndexFunc(m.Teams, func(t staff.Team) bool { return t.ID == team })
	if at < 0 {
		return m, notYours
	}
	m.Team = m.Teams[at]
	return m, consented(ctx, q, m.Today, ViewMatrix)
}

// matrixTeams are the teams of which somebody may see what they can do.
func (o *Office) matrixTeams(ctx context.Context, q store.Q, who staff.Actor) ([]staff.Team, error) {
	teams, err := store.Teams(ctx, q)
	return only(teams, func(t staff.Team) bool { return who.MayForAll(staff.ReadMatrix) || slices.Contains(who.Leads, t.ID) }), err
}

// MatrixTeams lists the teams of which somebody may see what they can do, also while the works council does not consent.
func (o *Office) MatrixTeams(ctx context.Context, who staff.Actor) ([]staff.Team, error) {
	if err := who.Allow(staff.ReadMatrix, staff.Subject{}); err != nil {
		return nil, err
	}
	return o.matrixTeams(ctx, o.db.Read(), who)
}

// readMatrix reads the facts about a team and works out its matrix.
func (o *Office) readMatrix(ctx context.Context, q store.Q, m *TeamMatrix, on calendar.Date, without staff.PersonID) error {
	catalogue, err := store.Competences(ctx, q)
	if err != nil {
		return err
	}
	needed, err := store.Needed(ctx, q, m.Team.ID)
	if err != nil {
		return err
	}
	members, err := readMembers(ctx, q, m.Team.ID, on)
	if err != nil {
		return err
	}
	m.Matrix, m.Frameworks = catalogue.Matrix(members, needed, on, without), catalogue.Frameworks
	m.Risks = m.Matrix.Risks()
	if m.Learning, err = store.LearningItems(ctx, q); err != nil {
		return err
	}
	if m.Schemes, err = store.Schemes(ctx, q, on); err != nil {
		return err
	}
	if m.Names, err = namesOf(ctx, q, m.People...); err != nil {
		return err
	}
	roles, err := store.Roles(ctx, q)
	if err != nil {
		return err
	}
	m.RoleNames = make(map[staff.PersonID][]string)
	for _, member := range members {
		for _, r := range roles {
			if slices.ContainsFunc(member.Employments, func(e staff.Employment) bool { return e.On(on) && e.Role == r.ID }) {
				m.RoleNames[member.Person] = append(m.RoleNames[member.Person], r.Name)
			}
		}
	}
	return nil
}

// readMembers reads everything that a matrix knows of whoever works in a team on a day.
func readMembers(ctx context.Context, q store.Q, team staff.TeamID, on calendar.Date) ([]competences.Member, error) {
	employments, err := store.EmploymentsInTeam(ctx, q, team, on, on.AddMonths(12*farthest))
	if err != nil {
		return nil, err
	}
	profiles, err := store.RoleProfiles(ctx, q)
	if err != nil {
		return nil, err
	}
	var members []competences.Member
	for len(employments) > 0 {
		person := employments[0].Person
		theirs := next(&employments, func(e staff.Employment) bool { return e.Person == person })
		member := competences.Member{Person: person, Employments: theirs, Asked: make(map[competences.CompetenceID]competences.Level)}
		if !member.In(on) {
			continue
		}
		for _, e := range theirs {
			if profile, known := competences.On(profiles[e.Role], on); known && e.On(on) {
				for _, r := range profile.Required {
					member.Asked[r.Competence] = max(member.Asked[r.Competence], r.Level)
				}
			}
		}
		members = append(members, member)
	}
	people := make([]staff.PersonID, len(members))
	for i, m := range members {
		people[i] = m.Person
	}
	evidence, err := store.CompetenceEvidence(ctx, q, people...)
	if err != nil {
		return nil, err
	}
	periods, err := store.PeriodsShowing(ctx, q, people...)
	if err != nil {
		return nil, err
	}
	for i := range members { // in the order of both queries
		person := members[i].Person
		members[i].Evidence = next(&evidence, func(e competences.Evidence) bool { return e.Person == person })
		members[i].Periods = next(&periods, func(p certificates.Period) bool { return p.Person == person })
	}
	return members, nil
}

// A TeamSkill is one competence of a team: who can do it, what shows that, and how somebody can learn it.
type TeamSkill struct {
	TeamMatrix // with this competence alone
	competences.Row
	Items []competences.LearningItem // that evidence it, in order of key
}

// Skill tells how a team stands in one competence on a day (zero: today); fault.NotFound where the team has nothing of it.
func (o *Office) Skill(ctx context.Context, who staff.Actor, team staff.TeamID, competence competences.CompetenceID, on calendar.Date) (TeamSkill, error) {
	m, err := o.Matrix(ctx, who, team, on, "")
	if err != nil {
		return TeamSkill{}, err
	}
	at := slices.IndexFunc(m.Rows, func(r competences.Row) bool { return r.ID == competence })
	if at < 0 {
		return TeamSkill{}, notYours
	}
	skill := TeamSkill{TeamMatrix: m, Row: m.Rows[at]}
	skill.Rows = m.Rows[at : at+1]
	skill.Items = only(m.Learning, func(i competences.LearningItem) bool {
		return slices.ContainsFunc(i.Evidences, func(r competences.Raise) bool { return r.Competence == competence })
	})
	return skill, nil
}
