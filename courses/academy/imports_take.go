package academy

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"bekwaam/certificates"
	"bekwaam/courses/audit"
	"bekwaam/courses/exchange"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

var lookFirst = fault.New(fault.Conflict, "Kijk eerst of we de schrijfwijzen en de datums goed begrijpen.", "First check whether we understand the spellings and the dates.").Because("guessed")

// ImportEvidence takes in what is good in a list and not known yet, all of it or nothing, and remembers its spellings. A
// list that came in already stays as it was. What its other columns said is kept no longer. fault.Conflict while something in
// it is guessed.
func (o *Office) ImportEvidence(ctx context.Context, who staff.Actor, id string) (Import, error) {
	if err := who.Allow(staff.ImportEvidence, staff.Subject{}); err != nil {
		return Import{}, err
	}
	i, err := store.ImportOf(ctx, o.db.Read(), id)
	if err != nil || !i.DoneAt.IsZero() {
		return importOf(i), err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return Import{}, err
	}
	table, err := exchange.OpenTable(i.Content)
	if err != nil {
		return Import{}, err
	}
	read, err := o.readImport(ctx, now, who, i, table)
	if err == nil {
		err = ready(read.List, false)
	}
	if err != nil {
		return Import{}, err
	}
	kept, fields := read.List.Table.Only(read.List.Mapping.Columns)
	content, err := kept.Bytes()
	if err != nil {
		return Import{}, err
	}
	was := mappingOf(i)
	err = o.inTx(ctx, func(ctx context.Context, q store.Q) error {
		if err := store.Alone(ctx, q); err != nil { // two lists may say the same
			return err
		}
		if i, err = store.ImportForUpdate(ctx, q, id); err != nil || !i.DoneAt.IsZero() {
			return err
		}
		if is := mappingOf(i); is.Order != was.Order || !slices.Equal(is.Columns, was.Columns) || !maps.Equal(is.Schemes, was.Schemes) {
			return lookFirst // somebody said otherwise while it was read
		}
		i.DoneBy, i.DoneAt = who.Person, now.Office
		if i.Added, err = o.takeIn(ctx, q, now, who, i.ID, read.List); err != nil {
			return err
		}
		i.Content, i.Fields = content, keptFields(fields)
		return store.FinishImport(ctx, q, i)
	})
	return importOf(i), err
}

// ready returns nil where a list may come in: fault.Invalid where a column is missing, fault.Conflict where something is
// guessed and guesses do not count.
func ready(list EvidenceList, guesses bool) error {
	switch {
	case len(list.Missing) > 0:
		return missing(list)
	case list.Guessed() && !guesses:
		return lookFirst
	}
	return nil
}

// takeIn stores what is good in a list and not known yet, and what its spellings mean, and returns how many lines came in.
// The list was read a moment ago: only what the office holds is looked at anew.
func (o *Office) takeIn(ctx context.Context, q store.Q, now Moment, who staff.Actor, id string, list EvidenceList) (int, error) {
	if err := compare(ctx, q, who, list); err != nil {
		return 0, err
	}
	fresh := list.Fresh()
	held := make([]Held, len(fresh))
	people := make([]staff.PersonID, len(fresh))
	entries := make([]audit.Entry, len(fresh))
	for n, h := range fresh {
		held[n], people[n] = Held(h), h.Person
		entries[n] = did(now.Office, who, "evidence.taken-over", h.Person, fmt.Sprintf("%s %s %s", id, h.Scheme, h.AchievedOn))
	}
	learned := make(map[string]certificates.SchemeKey)
	for _, s := range list.Spellings {
		if s.Scheme != "" && (s.How == exchange.SpellingChosen || s.How == SpellingGuessed) {
			learned[s.Key] = s.Scheme
		}
	}
	if err := store.LearnSpellings(ctx, q, who.Person, now.Office, learned); err != nil || len(fresh) == 0 {
		return 0, err
	}
	if err := o.takeOver(ctx, q, now, who, held); err != nil {
		return 0, err
	}
	if err := store.Write(ctx, q, entries...); err != nil {
		return 0, err
	}
	slices.Sort(people)
	return len(fresh), replan(ctx, q, now, who, "evidence.imported", id, slices.Compact(people))
}

// EvidenceCorrections writes the wrong lines of a list as a file to correct and upload; fault.NotFound where the list is
// forgotten or nothing in it is wrong.
func (o *Office) EvidenceCorrections(ctx context.Context, who staff.Actor, id string, english bool) ([]byte, error) {
	read, err := o.EvidenceImport(ctx, who, id)
	if err != nil {
		return nil, err
	}
	if read.List.Count(Wrong) == 0 {
		return nil, notYours
	}
	return exchange.WriteCorrections(read.List, english), nil
}

// TakeInEvidence is the whole import in one go, for programs: it reads a list and takes in what is good and not known yet,
// all of it or nothing. With dry nothing is stored. What is guessed counts only where the caller says so with guesses; else
// a list with guesses that is not dry is fault.Conflict. order, where it is given, is that of the dates.
func (o *Office) TakeInEvidence(ctx context.Context, who staff.Actor, content []byte, order DateOrder, dry, guesses bool) (EvidenceList, error) {
	if err := who.Allow(staff.ImportEvidence, staff.Subject{}); err != nil {
		return EvidenceList{}, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return EvidenceList{}, err
	}
	i := store.Import{ID: newID(), FileName: "API", DateOrder: string(order), UploadedBy: who.Person, UploadedAt: now.Office, DoneBy: who.Person, DoneAt: now.Office}
	table, err := exchange.ReadTable(content)
	if err != nil {
		return EvidenceList{}, err
	}
	read, err := o.readImport(ctx, now, who, i, table)
	if err == nil {
		err = ready(read.List, dry || guesses)
	}
	if err != nil || dry {
		return read.List, err
	}
	err = o.inTx(ctx, func(ctx context.Context, q store.Q) error {
		if err := store.Alone(ctx, q); err != nil { // two lists may say the same
			return err
		}
		if i.Added, err = o.takeIn(ctx, q, now, who, i.ID, read.List); err != nil || i.Added == 0 {
			return err
		}
		return store.InsertImport(ctx, q, i)
	})
	return read.List, err
}
