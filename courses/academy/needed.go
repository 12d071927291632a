package academy

import (
	"context"
	"fmt"
	"slices"

	"bekwaam/courses/competences"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// SetNeeded writes how many people of a team must be able to do something alone; 0: nobody.
func (o *Office) SetNeeded(ctx context.Context, who staff.Actor, n competences.Needed) error {
	return o.changeNeeded(ctx, who, n.Team, func(catalogue competences.Catalogue, _ []competences.Needed) ([]competences.Needed, error) {
		return []competences.Needed{n}, catalogue.CheckNeeded(n)
	})
}

// SetNeededOfTeam writes for many competences at once how many people of a team must be able to do them alone, all or none.
// What is not named stays as it is.
func (o *Office) SetNeededOfTeam(ctx context.Context, who staff.Actor, team staff.TeamID, all []competences.Needed) error {
	return o.changeNeeded(ctx, who, team, func(catalogue competences.Catalogue, there []competences.Needed) ([]competences.Needed, error) {
		return only(all, func(n competences.Needed) bool {
			is := slices.IndexFunc(there, func(t competences.Needed) bool { return t.Competence == n.Competence })
			return is >= 0 && there[is] != n || is < 0 && n.People != 0
		}), catalogue.CheckAllNeeded(all)
	})
}

// changeNeeded writes what decide makes of what a team needs.
func (o *Office) changeNeeded(ctx context.Context, who staff.Actor, team staff.TeamID, decide func(competences.Catalogue, []competences.Needed) ([]competences.Needed, error)) error {
	if err := who.Allow(staff.ChangeNeeded, staff.Subject{}); err != nil {
		return err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return err
	}
	return o.inTx(ctx, func(ctx context.Context, q store.Q) error {
		teams, err := store.Teams(ctx, q)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(teams, func(t staff.Team) bool { return t.ID == team }) {
			return notYours
		}
		catalogue, err := store.Competences(ctx, q)
		if err != nil {
			return err
		}
		there, err := store.Needed(ctx, q, team)
		if err != nil {
			return err
		}
		needed, err := decide(catalogue, there)
		if err != nil {
			return err
		}
		if err := store.PutNeeded(ctx, q, needed...); err != nil {
			return err
		}
		for _, n := range needed {
			if err := store.Write(ctx, q, did(now.Office, who, "needed.set", "", fmt.Sprintf("%s/%s/%d", n.Team, n.Competence, n.People))); err != nil {
				return err
			}
		}
		return nil
	})
}

// A TeamNeeds is how many people of a team must be able to do what.
type TeamNeeds struct {
	Team      staff.Team
	Catalogue competences.Catalogue
	Needed    map[competences.CompetenceID]competences.Needed
	Offered   []staff.Team // every team
}

// TeamNeeds tells how many people of a team must be able to do what.
func (o *Office) TeamNeeds(ctx context.Context, who staff.Actor, team staff.TeamID) (n TeamNeeds, err error) {
	if err := who.Allow(staff.ChangeNeeded, staff.Subject{}); err != nil {
		return n, err
	}
	q := o.db.Read()
	if n.Offered, err = store.Teams(ctx, q); err != nil {
		return n, err
	}
	at := slices.IndexFunc(n.Offered, func(t staff.Team) bool { return t.ID == team })
	if at < 0 {
		return n, notYours
	}
	n.Team = n.Offered[at]
	if n.Catalogue, err = store.Competences(ctx, q); err != nil {
		return n, err
	}
	needed, err := store.Needed(ctx, q, team)
	n.Needed = make(map[competences.CompetenceID]competences.Needed, len(needed))
	for _, one := range needed {
		n.Needed[one.Competence] = one
	}
	return n, err
}
