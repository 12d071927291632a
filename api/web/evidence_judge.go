package web

import (
	"strings"

	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/academy"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

// A judgeQueuePage lists what waits for a verdict.
type judgeQueuePage struct {
	Waiting []sentLine
	Own     []sentLine // of the visitor, or sent by them or asked back from them: somebody else judges those
}

var judgeQueueView = declare[judgeQueuePage]("evidence_queue.html")

// judgeQueue shows what waits.
func (s *Site) judgeQueue(v *visit) error {
	waiting, err := s.office.SubmissionQueue(v.ctx(), v.actor)
	if err != nil {
		return err
	}
	var page judgeQueuePage
	for _, one := range waiting {
		line := v.sentLine(one)
		if one.Barred {
			page.Own = append(page.Own, line)
		} else {
			page.Waiting = append(page.Waiting, line)
		}
	}
	return judgeQueueView.show(v, page)
}

// A judgePage is a document beside the form in which somebody judges it.
type judgePage struct {
	sentLine
	Picture  bool     // the document is an image, which the page shows
	Expects  []string // what accepting leads to, while it waits for the visitor
	Sentence formField
	Problems problems
}

var judgeView = declare[judgePage]("evidence_judge.html")

// askVerdict shows one submission with its form.
func (s *Site) askVerdict(v *visit) error {
	page, err := s.judgePage(v)
	if err != nil {
		return err
	}
	return judgeView.show(v, page)
}

func (s *Site) judgePage(v *visit) (judgePage, error) {
	if !v.actor.May(staff.JudgeEvidence) {
		return judgePage{}, noSuchPage
	}
	sent, err := s.office.Submission(v.ctx(), v.actor, v.r.PathValue("bewijs"))
	if err != nil {
		return judgePage{}, err
	}
	page := judgePage{sentLine: v.sentLine(sent), Sentence: formField{
		ID: "sentence", Label: v.say("Wat laat je de collega weten?", "What do you tell the colleague?"), Value: v.field("sentence"),
		Hint: v.say("Verplicht als er iets ontbreekt of als je het afwijst. Schrijf geen gegevens over gezondheid op.", "Required when something is missing or when you refuse it. Write nothing about health."),
	}}
	if sent.State() == certificates.SubmissionWaiting && !sent.Barred {
		effect, err := s.office.SubmissionEffect(v.ctx(), v.actor, sent.ID)
		if err != nil {
			return page, err
		}
		page.Expects = v.expects(effect)
	}
	if sent.KeepsDocument() {
		kind, err := s.office.SubmittedType(v.ctx(), v.actor, sent.ID)
		if err != nil {
			return page, err
		}
		page.Picture = isPicture(kind)
	}
	return page, nil
}

// expects says what evidence would lead to.
func (v *visit) expects(e academy.Effect) (all []string) {
	add := func(dutch, english string, values ...any) { all = append(all, v.say(dutch, english, values...)) }
	lacks := strings.Join(e.Lacks, ", ")
	switch p := e.Period; e.Outcome {
	case courses.Certified:
		switch {
		case p.ValidUntil.IsZero():
			add("Er begint een geldigheidsperiode op %s, zonder einddatum.", "A period of validity begins on %s, without an end.", v.date(p.ValidFrom))
		case p.ValidUntil < v.moment.Today():
			add("Er komt een geldigheidsperiode van %s tot en met %s. Die is al voorbij: je collega is er nu niet mee gecertificeerd.", "There will be a period of validity from %s until and including %s. It is over already: your colleague is not certified by it now.", v.date(p.ValidFrom), v.date(p.ValidUntil))
		default:
			add("Er begint een nieuwe geldigheidsperiode: van %s tot en met %s.", "A new period of validity begins: from %s until and including %s.", v.date(p.ValidFrom), v.date(p.ValidUntil))
		}
		return all
	case courses.BeforeWindow:
		if e.Last == nil || e.Last.ValidUntil.IsZero() {
			add("Er verandert niets: wat je collega al heeft, heeft geen einddatum.", "Nothing changes: what your colleague holds already has no end.")
			return all
		}
		add("Te vroeg: er verandert niets. Wat je collega nu heeft, geldt tot en met %s.", "Too early: nothing changes. What your colleague holds now is valid until and including %s.", v.date(e.Last.ValidUntil))
		add("Vernieuwen telt vanaf %s.", "Renewing counts from %s.", v.date(e.Last.WindowOpensOn))
	case courses.FullCourseNeeded:
		add("Er begint geen periode: een herhaling is niet genoeg. De volledige opleiding is nodig.", "No period begins: a refresher does not suffice. The full training is needed.")
	case courses.OtherRefresher:
		add("Er begint geen periode: nu is een andere herhaling aan de beurt.", "No period begins: another refresher has its turn now.")
	case courses.PrerequisiteFirst:
		add("Er begint nog geen periode. Eerst nodig: %s.", "No period begins yet. Needed first: %s.", lacks)
	default:
		add("Er begint nog geen periode: er is meer nodig dan dit.", "No period begins yet: more is needed than this.")
	}
	if e.Last != nil && !e.Last.RevokedOn.IsZero() {
		add("De vorige periode is ingetrokken per %s. Alleen wat daarna is gehaald, telt.", "The period before was revoked as of %s. Only what was completed after that counts.", v.date(e.Last.RevokedOn))
	}
	if lacks != "" && e.Outcome != courses.PrerequisiteFirst {
		add("Nog nodig: %s.", "Still needed: %s.", lacks)
	}
	add("Het bewijs wordt wel bewaard.", "The evidence is kept all the same.")
	return all
}

// judge gives a verdict.
func (s *Site) judge(v *visit) error {
	sent, err := s.office.JudgeEvidence(v.ctx(), v.actor, v.r.PathValue("bewijs"), certificates.Verdict(v.field("oordeel")), v.field("sentence"))
	if fault.KindOf(err) == fault.Invalid {
		page, failed := s.judgePage(v)
		if failed != nil {
			return failed
		}
		page.Problems = v.problemsOf(err, func(string) string { return strings.TrimSuffix(page.Sentence.Label, "?") })
		page.Sentence.Problem = page.Problems.At("sentence")
		return judgeView.refuse(v, page, page.Problems)
	}
	if err != nil {
		return err
	}
	if sent.Verdict == certificates.Accept { // its page says what it led to
		return v.done("goedgekeurd", "/bewijs/beoordelen/"+sent.ID)
	}
	return v.done(map[certificates.Verdict]notice{certificates.AskBack: "teruggevraagd", certificates.Refuse: "afgewezen"}[sent.Verdict], "/bewijs/beoordelen")
}
