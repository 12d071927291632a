package academy

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// SubmissionsOf lists what was sent about a person, the newest first.
func (o *Office) SubmissionsOf(ctx context.Context, who staff.Actor, person staff.PersonID) ([]Sent, error) {
	if err := o.allowReading(ctx, who, staff.ReadEvidence, person); err != nil {
		return nil, err
	}
	all, err := store.Submissions(ctx, o.db.Read(), person)
	if err != nil {
		return nil, err
	}
	return o.sent(ctx, o.db.Read(), all...)
}

// SubmissionQueue lists what waits for somebody to judge it, what waits longest first.
func (o *Office) SubmissionQueue(ctx context.Context, who staff.Actor) ([]Sent, error) {
	if err := who.Allow(staff.JudgeEvidence, staff.Subject{}); err != nil {
		return nil, err
	}
	waiting, err := store.WaitingSubmissions(ctx, o.db.Read())
	if err != nil {
		return nil, err
	}
	return o.readSent(ctx, who, waiting)
}

// AllSubmissions lists what was sent about one person, or for HR about everybody (empty), the newest first: in one state (empty: in any), what comes after one
// submission (empty: from the start), and at most so many. more says whether others follow. fault.NotFound where there is no
// such submission to go on after.
func (o *Office) AllSubmissions(ctx context.Context, who staff.Actor, person staff.PersonID, state certificates.SubmissionState, after string, limit int) (part []Sent, more bool, err error) {
	if person != "" {
		err = o.allowReading(ctx, who, staff.ReadEvidence, person)
	} else {
		err = who.Allow(staff.JudgeEvidence, staff.Subject{})
	}
	if err != nil {
		return nil, false, err
	}
	if after != "" {
		if _, err := store.Submission(ctx, o.db.Read(), after); err != nil {
			return nil, false, err
		}
	}
	all, err := store.AllSubmissions(ctx, o.db.Read(), person, state, after, limit+1)
	if err != nil {
		return nil, false, err
	}
	part, err = o.readSent(ctx, who, all[:min(limit, len(all))])
	return part, len(all) > limit, err
}

// readSent is sent, where each look at somebody else's result is written down.
func (o *Office) readSent(ctx context.Context, who staff.Actor, submissions []certificates.Submission) ([]Sent, error) {
	people := make([]staff.PersonID, len(submissions))
	for i, s := range submissions {
		people[i] = s.Person
	}
	if err := o.looked(ctx, who, people...); err != nil {
		return nil, err
	}
	return o.sentTo(ctx, who, submissions)
}

// sentTo is sent, with whether somebody may judge each.
func (o *Office) sentTo(ctx context.Context, who staff.Actor, submissions []certificates.Submission) ([]Sent, error) {
	all, err := o.sent(ctx, o.db.Read(), submissions...)
	if err != nil {
		return nil, err
	}
	for i, s := range all {
		var before []certificates.Submission
		if s.Answers != "" {
			sent, err := store.Submissions(ctx, o.db.Read(), s.Person)
			if err != nil {
				return nil, err
			}
			before = followedBy(s.Submission, sent)
		}
		all[i].Barred = s.Submission.Barred(who.Person, before...)
	}
	return all, nil
}

// Submission returns one submission about oneself, or about anybody for HR.
func (o *Office) Submission(ctx context.Context, who staff.Actor, id string) (Sent, error) {
	s, err := store.Submission(ctx, o.db.Read(), id)
	if err != nil {
		return Sent{}, err
	}
	if err := o.allowReading(ctx, who, staff.ReadEvidence, s.Person); err != nil {
		return Sent{}, err
	}
	sent, err := o.sentTo(ctx, who, []certificates.Submission{s})
	return append(sent, Sent{})[0], err
}

// A SentDocument is a document that somebody sent.
type SentDocument struct {
	Type    string // "application/pdf", "image/jpeg" or "image/png"
	Name    string // for whoever saves it
	Content []byte
}

// endings are how the names of files of each kind end.
var endings = map[string]string{"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}

// SubmittedDocument returns the document of a submission. Every look by somebody else than the person is written down. A
// document that was removed is fault.NotFound.
func (o *Office) SubmittedDocument(ctx context.Context, who staff.Actor, id string) (SentDocument, error) {
	s, err := store.Submission(ctx, o.db.Read(), id)
	if err != nil {
		return SentDocument{}, err
	}
	if err := o.allowReading(ctx, who, staff.ReadEvidence, s.Person); err != nil {
		return SentDocument{}, err
	}
	if !s.KeepsDocument() {
		return SentDocument{}, notYours
	}
	f, err := store.ReadFile(ctx, o.db.Read(), s.Document)
	if err != nil {
		return SentDocument{}, err
	}
	if who.Person != s.Person {
		now, err := o.Now(ctx)
		if err != nil {
			return SentDocument{}, err
		}
		err = o.db.InTx(ctx, func(ctx context.Context, q store.Q) error {
			return store.Write(ctx, q, did(now.Office, who, "evidence.document-read", s.Person, s.ID))
		})
		if err != nil {
			return SentDocument{}, err
		}
	}
	return SentDocument{f.Type, fmt.Sprintf("bewijs-%s-%s.%s", s.Scheme, s.CompletedOn, endings[f.Type]), f.Content}, nil
}

// SubmittedType returns the kind of the document of a submission, without reading what is in it.
func (o *Office) SubmittedType(ctx context.Context, who staff.Actor, id string) (string, error) {
	s, err := o.Submission(ctx, who, id)
	if err != nil {
		return "", err
	}
	return store.TypeOfFile(ctx, o.db.Read(), s.Document)
}

// sent adds names and titles to submissions.
func (o *Office) sent(ctx context.Context, q store.Q, submissions ...certificates.Submission) ([]Sent, error) {
	var people []staff.PersonID
	var early []skillsOf
	for _, s := range submissions {
		people = append(people, s.Person, s.SentBy, s.JudgedBy)
		if s.Outcome == courses.BeforeWindow {
			early = append(early, skillsOf{s.Person, s.Scheme})
		}
	}
	words, err := o.labels(ctx, q, people)
	if err != nil {
		return nil, err
	}
	from, err := countsFrom(ctx, q, early...)
	if err != nil {
		return nil, err
	}
	all := make([]Sent, len(submissions))
	for i, s := range submissions {
		all[i] = Sent{s, words.title(s.Scheme), words.part(s.Scheme, s.SchemeVersion, s.Place), words.names[s.Person], words.names[s.SentBy], words.names[s.JudgedBy], false, from[skillsOf{s.Person, s.Scheme}]}
	}
	return all, nil
}

// A Showable is one thing somebody can show for a scheme, and how.
type Showable struct {
	Scheme certificates.SchemeKey
	certificates.Place
	Title string // of the scheme
	Part  string // what it shows of that
}

// TakesDocuments lists everything of which a document from elsewhere is evidence, in order of the schemes' titles.
func (o *Office) TakesDocuments(ctx context.Context, who staff.Actor) ([]Showable, error) {
	if err := who.Allow(staff.SubmitEvidence, staff.Subject{}); err != nil {
		return nil, err
	}
	return o.showable(ctx, certificates.Scheme.TakesDocument)
}

// SeenOnly lists everything of which only is noted that it was seen.
func (o *Office) SeenOnly(ctx context.Context, who staff.Actor) ([]Showable, error) {
	if err := who.Allow(staff.JudgeEvidence, staff.Subject{}); err != nil {
		return nil, err
	}
	return o.showable(ctx, certificates.Scheme.SeenOnly)
}

func (o *Office) showable(ctx context.Context, is func(certificates.Scheme, certificates.Component) bool) ([]Showable, error) {
	now, err := o.Now(ctx)
	if err != nil {
		return nil, err
	}
	schemes, err := o.schemesOn(ctx, o.db.Read(), now.Today())
	if err != nil {
		return nil, err
	}
	var all []Showable
	for _, s := range schemes {
		for _, place := range s.Places() {
			if c, _ := s.At(place); is(s, c) {
				all = append(all, Showable{s.Key, place, s.Title, c.Title})
			}
		}
	}
	slices.SortFunc(all, func(a, b Showable) int {
		return cmp.Or(cmp.Compare(a.Title, b.Title), cmp.Compare(a.Scheme, b.Scheme), cmp.Compare(a.Refresher, b.Refresher), cmp.Compare(a.Component, b.Component))
	})
	return all, nil
}
