package academy

import (
	"cmp"
	"context"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"

	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/calendar"
	"bekwaam/courses/exchange"
	"bekwaam/courses/fault"
	"bekwaam/courses/notices"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// MostDocument is how many bytes a document that somebody sends may have.
const MostDocument = exchange.MostDocument

// A Claim is what somebody says that a person completed elsewhere, with the document that shows it.
type Claim struct {
	Person staff.PersonID
	Scheme certificates.SchemeKey
	certificates.Place
	CompletedOn calendar.Date
	Issuer      string
	Answers     string // the submission that was asked back; empty: it is new
	Document    []byte // with Answers it may be left out: then the document stays the same
}

// A Sent is a submission as people see it.
type Sent struct {
	certificates.Submission
	Title  string // of the scheme
	Part   string // what it shows of that
	Name   string // of the person
	Sender string // the name of whoever sent it
	Judge  string // the name of whoever judged it; empty while nobody did
	Barred bool   // whoever looks may not judge it; known where they could

	CountsFrom calendar.Date // from when renewing counts, of what was too early; zero where there is nothing to renew
}

var (
	noAskedBack = fault.New(fault.Conflict, "Hier wordt niet om een aanvulling gevraagd.", "Nobody asks for more here.").Because("not_asked_back")
	noDocument  = fault.New(fault.Invalid, "Dit bewijs kunnen we zo niet opsturen:", "This evidence cannot be sent like this:").Because("submission")
)

// SubmitEvidence sends evidence from elsewhere: about oneself, or by HR about somebody. It waits until somebody else judges
// it. A second call with the same facts and document answers the first one: false. What is wrong with the claim and the
// document is told at once: fault.Invalid.
func (o *Office) SubmitEvidence(ctx context.Context, who staff.Actor, c Claim) (Sent, bool, error) {
	if err := o.allowAbout(ctx, who, staff.SubmitEvidence, c.Person); err != nil {
		return Sent{}, false, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return Sent{}, false, err
	}
	schemes, err := o.schemesOn(ctx, o.db.Read(), now.Today())
	if err != nil {
		return Sent{}, false, err
	}
	s := certificates.Submission{ID: newID(), Person: c.Person, Scheme: c.Scheme, SchemeVersion: schemes[c.Scheme].Version, Place: c.Place, CompletedOn: c.CompletedOn, Issuer: strings.TrimSpace(c.Issuer), Answers: c.Answers, SentBy: who.Person, SentAt: now.Office}
	var file store.File
	wrong := withBSN(s.Check(schemes, now.Today()), "issuer", s.Issuer)
	if len(c.Document) > 0 || c.Answers == "" {
		document, err := o.readDocument(ctx, c.Document)
		if wrong = withDocument(wrong, err); wrong == nil {
			file = store.File{ID: newID(), Person: c.Person, SHA256: sha256.Sum256(document.Content), Type: document.Type, Content: document.Content, UploadedBy: who.Person, UploadedAt: now.Office}
		}
	}
	if wrong != nil {
		return Sent{}, false, wrong
	}
	made := true
	err = o.inTx(ctx, func(ctx context.Context, q store.Q) error {
		s, made, err = send(ctx, q, now, who, s, file)
		return err
	})
	if err != nil {
		return Sent{}, false, err
	}
	all, err := o.sent(ctx, o.db.Read(), s)
	return append(all, Sent{})[0], made, err
}

// documentsAtOnce is how many documents are checked at the same time: each may take a second and 100 MB.
const documentsAtOnce = 2

// readDocument checks a document, while not too many others are checked.
func (o *Office) readDocument(ctx context.Context, content []byte) (exchange.Document, error) {
	select {
	case o.reading <- struct{}{}:
		defer func() { <-o.reading }()
		return exchange.ReadDocument(content)
	case <-ctx.Done():
		return exchange.Document{}, ctx.Err()
	}
}

// withDocument adds what is wrong with the document to what is wrong with the claim.
func withDocument(claim, document error) error {
	d := fault.Of(document)
	if d == nil {
		return cmp.Or(document, claim)
	}
	dutch, english := d.Dutch, d.English
	for _, f := range d.Fields {
		dutch, english = dutch+" Waar: "+f.Dutch+".", english+" Where: "+f.English+"."
	}
	if c := fault.Of(claim); c != nil {
		return c.At("document", dutch, english)
	}
	return noDocument.Because(d.Reason).At("document", dutch, english)
}

// send stores a submission with its document, or finds the one that was sent before with the same.
func send(ctx context.Context, q store.Q, now Moment, who staff.Actor, s certificates.Submission, file store.File) (certificates.Submission, bool, error) {
	var asked certificates.Submission
	var err error
	if s.Answers != "" {
		if asked, err = store.SubmissionForUpdate(ctx, q, s.Answers); err != nil {
			return s, false, err
		}
		if asked.Person != s.Person {
			return s, false, notYours
		}
		s.Document = asked.Document
	}
	if file.ID != "" {
		if s.Document, err = store.PutFile(ctx, q, file); err != nil {
			return s, false, err
		}
	}
	before, err := store.Submissions(ctx, q, s.Person)
	if err != nil {
		return s, false, err
	}
	if at := slices.IndexFunc(before, func(b certificates.Submission) bool {
		return b.State() == certificates.SubmissionWaiting && b.Repeats(s)
	}); at >= 0 {
		return before[at], false, nil
	}
	if s.Answers != "" && asked.State() != certificates.SubmissionAskedBack {
		return s, false, noAskedBack
	}
	if err := store.InsertSubmission(ctx, q, s); err != nil {
		return s, false, err
	}
	if err := dropDocument(ctx, q, asked.Document); err != nil {
		return s, false, err
	}
	return s, true, store.Write(ctx, q, did(now.Office, who, "evidence.submitted", s.Person, s.ID))
}

// dropDocument removes a document that no submission needs any more.
func dropDocument(ctx context.Context, q store.Q, document string) error {
	if err := store.LockFile(ctx, q, document); err != nil {
		return err
	}
	with, err := store.SubmissionsWith(ctx, q, document)
	if err != nil || slices.ContainsFunc(with, certificates.Submission.KeepsDocument) {
		return err
	}
	return store.DeleteFile(ctx, q, document)
}

// WithdrawEvidence takes a submission back that waits or was asked back. Its document is gone.
func (o *Office) WithdrawEvidence(ctx context.Context, who staff.Actor, id string) error {
	now, err := o.Now(ctx)
	if err != nil {
		return err
	}
	s, err := store.Submission(ctx, o.db.Read(), id)
	if err != nil {
		return err
	}
	if err := o.allowAbout(ctx, who, staff.SubmitEvidence, s.Person); err != nil {
		return err
	}
	return o.db.InTx(ctx, func(ctx context.Context, q store.Q) error {
		if s, err = store.SubmissionForUpdate(ctx, q, id); err != nil {
			return err
		}
		if s, err = s.Withdraw(now.Office); err != nil {
			return err
		}
		if err := store.WithdrawSubmission(ctx, q, s); err != nil {
			return err
		}
		if err := dropDocument(ctx, q, s.Document); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, who, "evidence.withdrawn", s.Person, s.ID))
	})
}

// JudgeEvidence gives a verdict on a submission, by somebody else than the person and whoever sent it. What is accepted is
// evidence at once, and begins the next period where it completes the scheme: the outcome says whether, and else why not.
// The document of what is refused is gone.
func (o *Office) JudgeEvidence(ctx context.Context, who staff.Actor, id string, verdict certificates.Verdict, sentence string) (Sent, error) {
	if err := who.Allow(staff.JudgeEvidence, staff.Subject{}); err != nil {
		return Sent{}, err
	}
	if err := refuseBSN("sentence", sentence); err != nil {
		return Sent{}, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return Sent{}, err
	}
	var s certificates.Submission
	err = o.inTx(ctx, func(ctx context.Context, q store.Q) error {
		if s, err = store.SubmissionForUpdate(ctx, q, id); err != nil {
			return err
		}
		if err := who.Allow(staff.JudgeEvidence, staff.Subject{Person: s.Person}); err != nil {
			return err
		}
		before, err := store.Submissions(ctx, q, s.Person)
		if err != nil {
			return err
		}
		if s, err = s.Judge(verdict, sentence, who.Person, now.Office, followedBy(s, before)...); err != nil {
			return err
		}
		if s.Verdict == certificates.Accept {
			if s.Outcome, err = o.recordAt(ctx, q, now, who, s.Evidence(newID())); err != nil {
				return err
			}
		}
		if err := store.PutVerdict(ctx, q, s); err != nil {
			return err
		}
		if err := dropDocument(ctx, q, s.Document); err != nil {
			return err
		}
		if err := o.noteOf(ctx, q, now, s.Person, s.Scheme, evidenceJudged); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, who, "evidence."+string(s.Verdict), s.Person, s.ID))
	})
	if err != nil {
		return Sent{}, err
	}
	sent, err := o.sent(ctx, o.db.Read(), s)
	return append(sent, Sent{})[0], err
}

// followedBy lists the submissions that were asked back and that one follows, the newest first.
func followedBy(s certificates.Submission, all []certificates.Submission) (before []certificates.Submission) {
	for s.Answers != "" {
		at := slices.IndexFunc(all, func(b certificates.Submission) bool { return b.ID == s.Answers })
		if at < 0 {
			break
		}
		s = all[at]
		before = append(before, s)
	}
	return before
}

// What people are told about evidence. The sentences take the title of a scheme; what was decided stands on the page.
var (
	evidenceJudged      = notices.Note{Kind: "evidence-judged", Dutch: "Er is gekeken naar je bewijs voor %s.", English: "Somebody looked at your evidence for %s.", Path: "/bewijs"}
	evidenceUnseen      = notices.Note{Kind: "evidence-seen-undone", Dutch: "Teruggezet door P&O: dat dit is gezien, was een vergissing: %s.", English: "Undone by HR: that this was seen was a slip: %s.", Path: "/certificaten"}
	evidenceSeen        = notices.Note{Kind: "evidence-seen", Dutch: "P&O heeft opgeschreven dat dit is gezien: %s.", English: "HR noted that this was seen: %s.", Path: "/certificaten"}
	observationHandedIn = notices.Note{Kind: "observation-handed-in", Dutch: "Er staat een praktijkbeoordeling voor je klaar om te ondertekenen: %s.", English: "An assessment at work waits for your signature: %s.", Path: "/bewijs"}
	observationAnswered = notices.Note{Kind: "observation-answered", Dutch: "Een collega heeft geantwoord op je praktijkbeoordeling: %s.", English: "A colleague answered your assessment at work: %s.", Path: "/praktijk"}
)

// noteOf tells somebody something about a scheme.
func (o *Office) noteOf(ctx context.Context, q store.Q, now Moment, to staff.PersonID, scheme certificates.SchemeKey, n notices.Note) error {
	schemes, err := o.schemesOn(ctx, q, now.Today())
	if err != nil {
		return err
	}
	title := schemes[scheme].Title
	n.Dutch, n.English = fmt.Sprintf(n.Dutch, title), fmt.Sprintf(n.English, title)
	return note(ctx, q, now, to, n)
}

// recordAt records evidence under the scheme as it applied on the day of completion.
func (o *Office) recordAt(ctx context.Context, q store.Q, now Moment, who staff.Actor, e certificates.Evidence) (courses.Outcome, error) {
	scheme, err := schemeFor(ctx, q, now, e)
	if err != nil {
		return "", err
	}
	return o.record(ctx, q, now, who, scheme, e)
}
