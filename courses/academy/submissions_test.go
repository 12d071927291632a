package academy_test

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"strings"
	"sync"
	"testing"

	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/academy"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

// elsewhere is a scheme that asks a diploma, one of which only is kept that it was seen, and one that asks a quiz and a skill.
var (
	diploma  = certificates.Scheme{Key: "DIPLOMA", Version: 1, Title: "Diploma", Months: 12, Method: certificates.MethodCompletion, WindowMonths: 2, Components: []certificates.Component{{Kind: certificates.ComponentExternal, Title: "examen"}}}
	vog      = certificates.Scheme{Key: "VOG", Version: 1, Title: "VOG", Method: certificates.MethodNever, Components: []certificates.Component{{Kind: certificates.ComponentExternal, Title: "VOG"}}}
	askedAll = []certificates.Requirement{{ID: "d", Scheme: "DIPLOMA", SubjectKind: certificates.ForEverybody}, {ID: "v", Scheme: "VOG", SubjectKind: certificates.ForEverybody}, {ID: "p", Scheme: "PRAKTIJK", SubjectKind: certificates.ForTeam, Subject: "T1"}}
)

// second is another training officer, and an assessor.
func (s *scene) addEvidence() (second staff.Actor) {
	s.t.Helper()
	s.must(s.Define(ctx, staff.Actor{}, []certificates.Scheme{diploma, vog}, askedAll))
	s.must(s.Hire(ctx, staff.Actor{}, academy.Workforce{
		People:       []staff.Person{{ID: "PIM", First: "Pim", Last: "Bos"}},
		Employments:  []staff.Employment{{Person: "PIM", Number: 1, Team: "T2", Role: "R3", From: date("2020-01-01")}},
		Designations: []staff.Designation{{Person: "PIM", Kind: staff.WorkplaceAssessor}, {Person: "LEA", Kind: staff.WorkplaceAssessor}},
	}, true))
	s.sweep(academy.SweepRequest{})
	return s.as("PIM")
}

// picture is a document; another n is another document.
func picture(n int) []byte {
	var out bytes.Buffer
	if err := png.Encode(&out, image.NewGray(image.Rect(0, 0, n, 1))); err != nil {
		panic(err)
	}
	return out.Bytes()
}

func claimOf(person staff.PersonID) academy.Claim {
	return academy.Claim{Person: person, Scheme: "DIPLOMA", CompletedOn: date("2026-01-10"), Issuer: "Opleider", Document: picture(1)}
}

func (s *scene) submit(who staff.Actor, c academy.Claim) academy.Sent {
	s.t.Helper()
	sent, made, err := s.SubmitEvidence(ctx, who, c)
	s.must(err)
	if !made {
		s.t.Error("it was there already")
	}
	return sent
}

func TestEvidenceIsJudgedBySomebodyElse(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		pim := s.addEvidence()
		eva, pen := s.as("EVA"), s.as("PEN")
		sent := s.submit(eva, claimOf("EVA"))
		equal(t, "name, title, part", fmt.Sprint(sent.Name, "/", sent.Title, "/", sent.Part), "Eva van der Berg/Diploma/examen")
		again, made, err := s.SubmitEvidence(ctx, eva, claimOf("EVA"))
		if s.must(err); made || again.ID != sent.ID || s.lines("submissions") != 1 {
			t.Error("the same was sent twice")
		}
		other := claimOf("EVA")
		other.Document = picture(2)
		_, _, err = s.SubmitEvidence(ctx, eva, other)
		refuses(t, err, fault.Conflict, "already_sent")
		equal(t, "documents kept", s.lines("files"), 1)

		for _, who := range []staff.Actor{eva, s.as("LEA")} {
			_, err = s.JudgeEvidence(ctx, who, sent.ID, certificates.Accept, "")
			refuses(t, err, fault.Forbidden, "")
		}
		queue, err := s.SubmissionQueue(ctx, pen)
		if s.must(err); len(queue) != 1 || queue[0].ID != sent.ID {
			t.Fatalf("the queue is %+v", queue)
		}
		_, err = s.SubmissionQueue(ctx, eva)
		refuses(t, err, fault.Forbidden, "")
		judged, err := s.JudgeEvidence(ctx, pen, sent.ID, certificates.Accept, "")
		s.must(err)
		equal(t, "outcome", judged.Outcome, courses.Certified)
		equal(t, "judge", judged.Judge, "Pen Bos")
		_, err = s.JudgeEvidence(ctx, pim, sent.ID, certificates.Refuse, "x")
		refuses(t, err, fault.Conflict, "not_waiting")
		equal(t, "evidence", s.lines("evidence", "person=EVA", "scheme=DIPLOMA", "source=examen", "recorded_by=PEN", "completed_on=2026-01-10"), 1)
		equal(t, "periods", s.lines("periods", "person=EVA", "scheme=DIPLOMA", "valid_until=2027-01-09"), 1)
		equal(t, "duty done", s.lines("duties", "person=EVA", "scheme=DIPLOMA", "done_on=2026-01-10"), 1)
		equal(t, "certificates of ours", s.lines("certificates"), 0)
		equal(t, "told", s.lines("notes", "person=EVA", "kind=evidence-judged"), 1)
		for _, act := range []string{"evidence.submitted", "evidence.accept"} {
			equal(t, act, s.lines("audit", "act="+act, "subject=EVA"), 1)
		}

		own := s.submit(pen, claimOf("PEN"))
		_, err = s.JudgeEvidence(ctx, pen, own.ID, certificates.Accept, "")
		refuses(t, err, fault.Forbidden, "self_approval")
		onBehalf := s.submit(pen, claimOf("XAN"))
		_, err = s.JudgeEvidence(ctx, pen, onBehalf.ID, certificates.Accept, "")
		refuses(t, err, fault.Forbidden, "self_approval")
		_, err = s.JudgeEvidence(ctx, pim, onBehalf.ID, certificates.Accept, "")
		s.must(err)
		_, _, err = s.SubmitEvidence(ctx, eva, claimOf("XAN"))
		refuses(t, err, fault.NotFound, "")
	})
}

func TestEvidenceThatIsAskedBackIsSentAgain(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		pim := s.addEvidence()
		eva, pen := s.as("EVA"), s.as("PEN")
		sent := s.submit(eva, claimOf("EVA"))
		_, err := s.JudgeEvidence(ctx, pen, sent.ID, certificates.AskBack, "")
		refuses(t, err, fault.Invalid, "verdict")
		_, err = s.JudgeEvidence(ctx, pen, sent.ID, certificates.AskBack, "De datum is niet te lezen.")
		s.must(err)

		better := claimOf("EVA")
		better.Answers, better.Document = sent.ID, picture(3)
		s.clock.move(60e9)
		next := s.submit(eva, better)
		equal(t, "documents kept", s.lines("files"), 1)
		_, err = s.SubmittedDocument(ctx, eva, sent.ID)
		refuses(t, err, fault.NotFound, "")
		mine, err := s.SubmissionsOf(ctx, eva, "EVA")
		if s.must(err); len(mine) != 2 || mine[0].ID != next.ID || mine[1].State() != certificates.SubmissionResent || mine[1].Sentence == "" {
			t.Errorf("she sent %+v", mine)
		}
		_, _, err = s.SubmitEvidence(ctx, eva, academy.Claim{Person: "EVA", Scheme: "DIPLOMA", CompletedOn: date("2026-01-11"), Issuer: "x", Answers: sent.ID})
		refuses(t, err, fault.Conflict, "not_asked_back")
		_, _, err = s.SubmitEvidence(ctx, s.as("XAN"), academy.Claim{Person: "XAN", Scheme: "DIPLOMA", CompletedOn: date("2026-01-11"), Issuer: "x", Answers: sent.ID})
		refuses(t, err, fault.NotFound, "")

		_, err = s.JudgeEvidence(ctx, pim, next.ID, certificates.AskBack, "En wie gaf het?")
		s.must(err)
		same := better
		same.Answers, same.Document, same.Issuer = next.ID, nil, "Opleider Veilig"
		last := s.submit(eva, same)
		document, err := s.SubmittedDocument(ctx, eva, last.ID)
		if s.must(err); !bytes.Equal(document.Content, picture(3)) || document.Type != "image/png" || document.Name != "bewijs-DIPLOMA-2026-01-10.png" {
			t.Errorf("the document is %s %s", document.Type, document.Name)
		}

		refused, err := s.JudgeEvidence(ctx, pim, last.ID, certificates.Refuse, "Dit is geen diploma.")
		s.must(err)
		equal(t, "state", refused.State(), certificates.SubmissionRefused)
		equal(t, "documents kept", s.lines("files"), 0)
		equal(t, "evidence", s.lines("evidence"), 0)
		s.submit(eva, claimOf("EVA")) // what was refused may be tried once more
	})
}

func TestEvidenceIsWithdrawn(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.addEvidence()
		eva := s.as("EVA")
		first := s.submit(eva, claimOf("EVA"))
		other := claimOf("EVA")
		other.CompletedOn = date("2026-01-09") // the same document shows both
		second := s.submit(eva, other)
		equal(t, "documents kept", s.lines("files"), 1)
		refuses(t, s.WithdrawEvidence(ctx, s.as("XAN"), first.ID), fault.NotFound, "")
		s.must(s.WithdrawEvidence(ctx, eva, first.ID))
		refuses(t, s.WithdrawEvidence(ctx, eva, first.ID), fault.Conflict, "not_waiting")
		if _, err := s.SubmittedDocument(ctx, eva, second.ID); err != nil {
			t.Errorf("the document that is still needed is gone: %v", err)
		}
		s.must(s.WithdrawEvidence(ctx, eva, second.ID))
		equal(t, "documents kept", s.lines("files"), 0)
		_, err := s.JudgeEvidence(ctx, s.as("PEN"), second.ID, certificates.Accept, "")
		refuses(t, err, fault.Conflict, "not_waiting")
	})
}

func TestADocumentIsForThePersonAndHR(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.addEvidence()
		eva := s.as("EVA")
		sent := s.submit(eva, claimOf("EVA"))
		for _, who := range []staff.PersonID{"LEA", "XAN", "AUT"} { // her leader, a colleague, an author
			_, err := s.SubmittedDocument(ctx, s.as(who), sent.ID)
			refuses(t, err, fault.NotFound, "")
			_, err = s.Submission(ctx, s.as(who), sent.ID)
			refuses(t, err, fault.NotFound, "")
			_, err = s.SubmissionsOf(ctx, s.as(who), "EVA")
			refuses(t, err, fault.NotFound, "")
		}
		for range 2 {
			_, err := s.SubmittedDocument(ctx, eva, sent.ID)
			s.must(err)
		}
		equal(t, "looks at one's own", s.lines("audit", "act=evidence.document-read"), 0)
		for range 2 {
			_, err := s.SubmittedDocument(ctx, s.as("PEN"), sent.ID)
			s.must(err)
		}
		equal(t, "looks of HR", s.lines("audit", "act=evidence.document-read", "actor=PEN", "subject=EVA", "object="+sent.ID), 2)
		equal(t, "looks at records", s.lines("audit", "act=person.read"), 1)
		all, more, err := s.AllSubmissions(ctx, s.as("PIM"), "", certificates.SubmissionWaiting, "", 1)
		if s.must(err); len(all) != 1 || more {
			t.Errorf("HR sees %d", len(all))
		}
		equal(t, "looks of the other", s.lines("audit", "act=person.read", "actor=PIM", "subject=EVA"), 1)
		_, _, err = s.AllSubmissions(ctx, s.as("PIM"), "", "", "none", 1)
		refuses(t, err, fault.NotFound, "")
		mine, more, err := s.AllSubmissions(ctx, eva, "EVA", certificates.SubmissionWaiting, "", 1)
		if s.must(err); len(mine) != 1 || more {
			t.Errorf("she sees %d", len(mine))
		}
		none, _, err := s.AllSubmissions(ctx, eva, "EVA", certificates.SubmissionRefused, "", 1)
		if s.must(err); len(none) > 0 {
			t.Errorf("refused: %+v", none)
		}
		_, _, err = s.AllSubmissions(ctx, s.as("XAN"), "EVA", "", "", 1)
		refuses(t, err, fault.NotFound, "")
		_, _, err = s.AllSubmissions(ctx, eva, "", "", "", 1)
		refuses(t, err, fault.Forbidden, "")
	})
}

func TestWhatIsWrongWithEvidenceIsToldAtOnce(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.addEvidence()
		_, _, err := s.SubmitEvidence(ctx, s.as("EVA"), academy.Claim{Person: "EVA", Scheme: "VOG", Document: []byte("%PDF-1.4 nothing")})
		refuses(t, err, fault.Invalid, "submission")
		var wrong []string
		for _, f := range fault.Of(err).Fields {
			wrong = append(wrong, f.Path)
		}
		equal(t, "wrong", strings.Join(wrong, " "), "scheme completedOn issuer document")
		c := claimOf("EVA")
		c.Document = []byte("1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]>>endobj 3 0 obj<</Type/Page/Contents 4 0 R>>endobj 4 0 obj<<>>stream\nBT (BSN 123456782) Tj ET\nendstream endobj")
		c.Document = append([]byte("%PDF-1.4\n"), c.Document...)
		_, _, err = s.SubmitEvidence(ctx, s.as("EVA"), c)
		refuses(t, err, fault.Invalid, "bsn")
		if text := fault.Of(err).Fields[0].Dutch; !strings.Contains(text, "pagina 1") || strings.Contains(text, "123456782") {
			t.Errorf("it says %q", text)
		}
		if s.lines("files")+s.lines("submissions") > 0 || strings.Contains(s.log.String(), "123456782") {
			t.Error("something was kept of it")
		}
	})
}

func TestOfAVOGOnlyIsNotedThatItWasSeen(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.addEvidence()
		pen := s.as("PEN")
		seen := func(who staff.Actor, person staff.PersonID, scheme certificates.SchemeKey) error {
			_, err := s.RecordSeen(ctx, who, person, scheme, certificates.Place{}, date("2026-01-14"))
			return err
		}
		s.must(seen(pen, "EVA", "VOG"))
		refuses(t, seen(pen, "EVA", "VOG"), fault.Conflict, "already_seen")
		refuses(t, seen(pen, "PEN", "VOG"), fault.Forbidden, "self_approval")
		refuses(t, seen(pen, "EVA", "DIPLOMA"), fault.Invalid, "seen")
		refuses(t, seen(pen, "NIEMAND", "VOG"), fault.NotFound, "")
		refuses(t, seen(s.as("LEA"), "EVA", "VOG"), fault.Forbidden, "")
		equal(t, "evidence", s.lines("evidence", "person=EVA", "scheme=VOG", "source=gezien", "recorded_by=PEN"), 1)
		equal(t, "duty done", s.lines("duties", "person=EVA", "scheme=VOG", "done_on=2026-01-14"), 1)
		only, err := s.SeenOnly(ctx, pen)
		if s.must(err); len(only) != 1 || only[0].Scheme != "VOG" {
			t.Errorf("only seen are %+v", only)
		}
		takes, err := s.TakesDocuments(ctx, s.as("EVA"))
		if s.must(err); len(takes) != 2 || takes[0].Scheme != "DIPLOMA" || takes[1].Part != "gezien" {
			t.Errorf("documents show %+v", takes)
		}
		_, err = s.SeenOnly(ctx, s.as("EVA"))
		refuses(t, err, fault.Forbidden, "")
	})
}

func skillOf(person staff.PersonID) certificates.Observation {
	return certificates.Observation{Person: person, Scheme: "PRAKTIJK", Place: certificates.Place{Component: 1}, SeenOn: date("2026-01-14"), Items: []certificates.ObservedItem{{Text: "gezien", Shown: true}}}
}

func TestASkillIsSignedByBoth(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		pim := s.addEvidence()
		eva := s.as("EVA")
		waiting, err := s.ToObserve(ctx, pim)
		s.must(err)
		var names []string
		for _, w := range waiting {
			names = append(names, w.Name+" "+string(w.Scheme)+" "+strings.Join(w.Checklist, "/"))
		}
		equal(t, "who waits", strings.Join(names, ", "), "Lea Bos PRAKTIJK gezien, Eef Bos PRAKTIJK gezien, Eva van der Berg PRAKTIJK gezien") // what is due first first
		_, err = s.ToObserve(ctx, eva)
		refuses(t, err, fault.Forbidden, "")
		own, err := s.ToObserve(ctx, s.as("LEA"))
		if s.must(err); len(own) != 2 {
			t.Errorf("an assessor sees %d skills, their own too", len(own))
		}
		assessors, err := s.Assessors(ctx, s.as("LEA"))
		if s.must(err); strings.Join(assessors, ", ") != "Pim Bos" {
			t.Errorf("she can be assessed by %v", assessors)
		}

		_, _, err = s.HandInObservation(ctx, eva, skillOf("EEF"))
		refuses(t, err, fault.Forbidden, "")
		_, _, err = s.HandInObservation(ctx, s.as("LEA"), skillOf("LEA"))
		refuses(t, err, fault.Forbidden, "self_approval")
		seen, made, err := s.HandInObservation(ctx, pim, skillOf("EVA"))
		if s.must(err); !made || seen.AssessorName != "Pim Bos" {
			t.Errorf("handed in %+v", seen)
		}
		again, made, err := s.HandInObservation(ctx, pim, skillOf("EVA"))
		if s.must(err); made || again.ID != seen.ID {
			t.Error("the same was handed in twice")
		}
		_, _, err = s.HandInObservation(ctx, s.as("LEA"), skillOf("EVA"))
		refuses(t, err, fault.Conflict, "already_observed")
		if waiting, err = s.ToObserve(ctx, pim); err != nil || len(waiting) != 2 {
			t.Errorf("after that %d wait, %v", len(waiting), err)
		}

		for _, who := range []staff.Actor{pim, s.as("EEF")} {
			_, err = s.SignObservation(ctx, who, seen.ID)
			refuses(t, err, fault.NotFound, "")
		}
		signed, err := s.SignObservation(ctx, eva, seen.ID)
		s.must(err)
		equal(t, "outcome", signed.Outcome, courses.ComponentsMissing) // the quiz comes yet
		equal(t, "evidence", s.lines("evidence", "person=EVA", "component=1", "source=praktijk", "recorded_by=PIM"), 1)
		_, err = s.DenyObservation(ctx, eva, seen.ID, "toch niet")
		refuses(t, err, fault.Conflict, "not_waiting")
		s.take(eva, "PRAKTIJK", right)
		equal(t, "certificates", s.lines("certificates", "person=EVA"), 1)
		equal(t, "told", s.lines("notes", "person=EVA", "kind=observation-handed-in")+s.lines("notes", "person=PIM", "kind=observation-answered"), 2)
		for _, act := range []string{"observation.handed-in", "observation.signed"} {
			equal(t, act, s.lines("audit", "act="+act, "subject=EVA"), 1)
		}
	})
}

func TestASkillThatWasNotSeenOrNotRecognisedIsNoEvidence(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		pim := s.addEvidence()
		eva := s.as("EVA")
		half := skillOf("EVA")
		half.Items = []certificates.ObservedItem{{Text: "gezien", Note: "nog niet zelfstandig"}}
		first, _, err := s.HandInObservation(ctx, pim, half)
		s.must(err)
		signed, err := s.SignObservation(ctx, eva, first.ID)
		s.must(err)
		equal(t, "outcome", signed.Outcome, "")
		second, _, err := s.HandInObservation(ctx, pim, skillOf("EVA"))
		s.must(err)
		_, err = s.DenyObservation(ctx, eva, second.ID, " ")
		refuses(t, err, fault.Invalid, "signature")
		_, err = s.DenyObservation(ctx, eva, second.ID, "Dat was Eef.")
		s.must(err)
		equal(t, "evidence", s.lines("evidence"), 0)

		for who, want := range map[staff.PersonID]bool{"EVA": true, "PIM": true, "PEN": true, "LEA": false, "XAN": false} {
			_, err := s.Observation(ctx, s.as(who), second.ID)
			if (err == nil) != want {
				t.Errorf("%s reads it: %v", who, err)
			}
		}
		of, err := s.ObservationsOf(ctx, eva, "EVA")
		if s.must(err); len(of) != 2 {
			t.Errorf("she sees %d", len(of))
		}
		by, err := s.OwnAssessments(ctx, pim)
		if s.must(err); len(by) != 2 {
			t.Errorf("he saw %d", len(by))
		}
		_, err = s.ObservationsOf(ctx, s.as("XAN"), "EVA")
		refuses(t, err, fault.NotFound, "")
		_, err = s.OwnAssessments(ctx, eva)
		refuses(t, err, fault.Forbidden, "")
	})
}

func TestEvidenceIsOfTheVersionItWasGivenUnder(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		pim := s.addEvidence()
		eva, pen := s.as("EVA"), s.as("PEN")
		skill := skillOf("EVA")
		skill.SeenOn = date("2026-01-15")
		seen, _, err := s.HandInObservation(ctx, pim, skill)
		s.must(err)
		sent := s.submit(eva, academy.Claim{Person: "EVA", Scheme: "PRAKTIJK", Place: certificates.Place{Component: 1}, CompletedOn: date("2026-01-10"), Issuer: "Opleider", Document: picture(1)})

		next := schemes[1]
		next.Version, next.AppliesFrom = 2, date("2026-01-20")
		next.Components = []certificates.Component{
			{Kind: certificates.ComponentObserved, Title: "gezien", Checklist: []string{"Blijft rustig"}},
			{Kind: certificates.ComponentObserved, Title: "reanimeert", Checklist: []string{"Roept 112"}}, schemes[1].Components[0],
		}
		s.must(second(s.SaveScheme(ctx, pen, next)))
		s.clock.set("2026-01-21", "12:00")
		toSee := func() (parts string) {
			waiting, err := s.ToObserve(ctx, pim)
			s.must(err)
			for _, w := range waiting {
				if w.Person == "EVA" {
					parts += w.Part + " "
				}
			}
			return parts
		}
		equal(t, "while one waits for a signature", toSee(), "reanimeert ")
		signed, err := s.SignObservation(ctx, eva, seen.ID)
		s.must(err)
		equal(t, "what was seen", signed.Part, "gezien")
		judged, err := s.JudgeEvidence(ctx, pen, sent.ID, certificates.Accept, "")
		s.must(err)
		equal(t, "what was sent", judged.Part, "gezien")
		equal(t, "evidence", s.lines("evidence", "person=EVA", "scheme=PRAKTIJK", "component=1", "scheme_version=1"), 2)
		equal(t, "once signed", toSee(), "reanimeert ")
	})
}

func TestNobodyJudgesTheirDocumentAfterSomebodySentItAgain(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		pim := s.addEvidence()
		sent := s.submit(pim, claimOf("EVA"))
		_, err := s.JudgeEvidence(ctx, s.as("PEN"), sent.ID, certificates.AskBack, "naam?")
		s.must(err)
		again := claimOf("EVA")
		again.Answers, again.Document = sent.ID, nil
		resent := s.submit(s.as("EVA"), again)
		_, err = s.JudgeEvidence(ctx, pim, resent.ID, certificates.Accept, "")
		refuses(t, err, fault.Forbidden, "self_approval")
		_, err = s.JudgeEvidence(ctx, s.as("PEN"), resent.ID, certificates.Accept, "")
		s.must(err)
	})
}

func TestComponentsThatAreAcceptedAtOnceBothCount(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.addEvidence()
		both := certificates.Scheme{Key: "BEIDE", Version: 1, Title: "Beide", Months: 12, Method: certificates.MethodCompletion, Components: []certificates.Component{{Kind: certificates.ComponentExternal, Title: "een"}, {Kind: certificates.ComponentExternal, Title: "twee"}}}
		s.must(s.Define(ctx, staff.Actor{}, []certificates.Scheme{both}, nil))
		for _, who := range []staff.PersonID{"EVA", "XAN", "LEA", "PIM"} {
			var done sync.WaitGroup
			for i := range both.Components {
				c := claimOf(who)
				c.Scheme, c.Component = "BEIDE", i
				sent := s.submit(s.as(who), c)
				done.Go(func() {
					if _, err := s.JudgeEvidence(ctx, s.as("PEN"), sent.ID, certificates.Accept, ""); err != nil {
						t.Error(err)
					}
				})
			}
			done.Wait()
			equal(t, "periods of "+string(who), s.lines("periods", "person="+string(who), "scheme=BEIDE"), 1)
		}
	})
}

func TestOfSendingAgainAndWithdrawingOneIsFirst(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.addEvidence()
		for i, who := range []staff.PersonID{"EVA", "XAN", "LEA", "PIM"} {
			sent := s.submit(s.as(who), claimOf(who))
			_, err := s.JudgeEvidence(ctx, s.as("PEN"), sent.ID, certificates.AskBack, "naam?")
			s.must(err)
			again := claimOf(who)
			again.Answers = sent.ID
			if again.Document = nil; i%2 == 0 {
				again.Document = picture(1)
			}
			var withdrawn, resent error
			var done sync.WaitGroup
			done.Go(func() { _, _, resent = s.SubmitEvidence(ctx, s.as(who), again) })
			done.Go(func() { withdrawn = s.WithdrawEvidence(ctx, s.as(who), sent.ID) })
			done.Wait()
			if (withdrawn == nil) == (resent == nil) {
				t.Errorf("%s: withdrawn %v, sent again %v", who, withdrawn, resent)
			}
			kept := 0
			if resent == nil {
				kept = 1
			}
			equal(t, "documents kept", s.lines("files", "person="+string(who)), kept)
		}
	})
}
