package web

import (
	"html/template"

	"bekwaam/courses"
	"bekwaam/courses/academy"
)

var resultPage = declare[result]("result.html")

// A result is what handing in led to, as far as the quiz lets its maker see it.
type result struct {
	language
	academy.Result
	Attempt  courses.Attempt
	Course   courses.CourseKey
	Title    string
	Score    string // points
	Maximum  int
	Needed   string // points, "12,8 van de 16"
	TimeOver bool   // the time ended the attempt

	Seal    template.HTML
	Control string // the path of the public page of the certificate
	Current bool   // the certificate is valid today
	Next    *academy.Task

	Goals     []goalView
	Marks     []markView
	Wrong     int
	Choices   []choice
	Retry     string // when, in words; empty where it can be at once
	MayRetry  bool
	ChosenNow courses.FollowUpChoice
}

// Certified reports whether passing began a period.
func (r result) Certified() bool { return r.Attempt.Outcome == courses.Certified }

// Explanation says in plain words why passing gave no certificate; empty where it did.
func (r result) Explanation() string {
	switch r.Outcome {
	case courses.BeforeWindow:
		return r.say("Je bent er vroeg bij: je huidige certificaat is nog een tijd geldig. Daarom krijg je nu geen nieuw. We bewaren dat je de toets hebt gehaald.",
			"You are early: your present certificate is valid for some time yet. Therefore you get no new one now. We keep that you passed the quiz.")
	case courses.ComponentsMissing:
		return r.say("De toets is klaar. Voor het certificaat is nog een ander onderdeel nodig. Is dat een andere toets van ons? Als je die haalt, krijg je het certificaat. Is het een diploma van elders? Stuur dan je bewijs.",
			"The quiz is done. The certificate needs another part too. Is that another quiz of ours? When you pass it, you get the certificate. Is it a diploma from elsewhere? Then send your evidence.")
	case courses.FullCourseNeeded:
		return r.say("Je certificaat was al te lang verlopen voor de korte toets. Doe de hele cursus, dan krijg je een nieuw certificaat. We bewaren dat je deze toets hebt gehaald.",
			"Your certificate had expired too long ago for the short quiz. Do the whole course and you get a new certificate. We keep that you passed this quiz.")
	case courses.OtherRefresher:
		return r.say("De herhalingen gaan om beurten, en deze was nu niet aan de beurt. Bij je taak staat welke je nu doet. We bewaren dat je deze toets hebt gehaald.",
			"The refreshers take turns, and this one has not its turn now. Your duty says which one to do. We keep that you passed this quiz.")
	case courses.PrerequisiteFirst:
		return r.say("Je hebt eerst een ander certificaat nodig. Zodra je dat hebt, telt deze toets mee en krijg je het certificaat.",
			"You need another certificate first. As soon as you have it, this quiz counts and you get the certificate.")
	case courses.NoScheme:
		return r.say("Bij deze cursus hoort geen certificaat. We bewaren dat je de toets hebt gehaald.", "This course has no certificate. We keep that you passed the quiz.")
	}
	return ""
}

// A goalView is how the questions about one goal went.
type goalView struct {
	Text   string
	Points string // "1 van de 2 punten"
	Full   bool
	Lesson int // to read again; 0: none is known
}

// A choice is one thing somebody may choose after the last attempt.
type choice struct {
	Value courses.FollowUpChoice
	Text  string
	Hint  string
}

// quizResult shows the result of an attempt that was handed in.
func (s *Site) quizResult(v *visit) error {
	sitting, err := s.sitting(v)
	switch {
	case err != nil:
		return err
	case sitting.Attempt.Open():
		return v.redirect(resumePath(sitting))
	}
	page, err := v.result(sitting)
	if err != nil {
		return err
	}
	if sitting.Attempt.Passed {
		if page.Next, err = s.nextTask(v, sitting.Attempt.Course); err != nil {
			return err
		}
	}
	return resultPage.show(v, page)
}

// result gathers what the page of a result shows.
func (v *visit) result(s academy.Sitting) (result, error) {
	a, r := s.Attempt, *s.Result
	page := result{
		language: v.language, Result: r, Attempt: a, Course: a.Course, Title: s.Title,
		Score: v.points(r.Grade.Score), Maximum: r.Grade.Maximum, Needed: v.pointsNeeded(s.PassMark, r.Grade.Maximum),
		TimeOver: timeOver(a),
		Choices:  v.choices(r.Choices),
	}
	if c := r.Certificate; c != nil {
		page.Seal = seal(c.Number, c.Issuer)
		page.Control = "/c/" + string(c.Token)
		page.Current = c.Period.ValidFrom <= v.moment.Today()
	}
	if r.Disclosure >= courses.DiscloseGoals {
		for _, g := range r.Goals {
			page.Goals = append(page.Goals, v.goal(g))
		}
	}
	if r.Disclosure >= courses.DiscloseEverything {
		for i, mark := range r.Grade.Marks {
			view := v.mark(s.Papers[i], mark, s.Saved[mark.Question].Answer)
			view.Number = i + 1
			page.Marks = append(page.Marks, view)
			if !view.Full() {
				page.Wrong++
			}
		}
	}
	if !r.RetryAt.IsZero() {
		page.MayRetry = !v.moment.Office.Before(r.RetryAt)
		if !page.MayRetry {
			page.Retry = v.moments(&courses.Refused{AvailableAt: r.RetryAt})
		}
	}
	if r.FollowUp != nil {
		page.ChosenNow = r.FollowUp.Choice
	}
	return page, nil
}

// timeOver reports whether the time ended an attempt.
func timeOver(a courses.Attempt) bool {
	return !a.Open() && !a.EndsAt.IsZero() && !a.SubmittedAt.Before(a.Deadline())
}

func (l language) goal(g courses.GoalResult) goalView {
	return goalView{Text: g.Goal.Text, Points: l.pointsOf(g.Earned, g.Points), Full: full(g.Earned, g.Points), Lesson: g.Lesson}
}

// choices puts in words what somebody may choose.
func (l language) choices(of []courses.FollowUpChoice) []choice {
	var all []choice
	for _, value := range of {
		c := choice{Value: value}
		switch value {
		case courses.RereadTogether:
			c.Text = l.say("Samen met een collega de lessen nog eens lezen", "Read the lessons once more with a colleague")
			c.Hint = l.say("Daarna kun je de toets opnieuw doen.", "After that you can do the quiz again.")
		case courses.Talk:
			c.Text = l.say("Er eerst over praten", "Talk about it first")
			c.Hint = l.say("P&O belt je. Daarna kun je de toets opnieuw doen.", "HR calls you. After that you can do the quiz again.")
		case courses.AssessmentAtWork:
			c.Text = l.say("Het laten zien op je werk", "Show it at work")
			c.Hint = l.say("Een praktijkbeoordelaar kijkt mee terwijl je het doet.", "An assessor looks on while you do it.")
		}
		all = append(all, c)
	}
	return all
}

// nextTask is what the visitor can go on with: the open duty that is due first, of another course.
func (s *Site) nextTask(v *visit, done courses.CourseKey) (*academy.Task, error) {
	tasks, err := s.office.Tasks(v.ctx(), v.actor, v.actor.Person, academy.DutyOpen)
	if err != nil {
		return nil, err
	}
	offered, err := s.offered(v)
	if err != nil {
		return nil, err
	}
	for _, task := range tasks {
		if _, ok := offered[task.Course]; ok && task.Course != done {
			return &task, nil
		}
	}
	return nil, nil
}

// chooseFollowUp keeps what somebody chose after their last attempt.
func (s *Site) chooseFollowUp(v *visit) error {
	id := courses.AttemptID(v.r.PathValue("poging"))
	selected := courses.FollowUpChoice(v.field("keuze"))
	if selected == "" {
		sitting, err := s.sitting(v)
		if err != nil {
			return err
		}
		if sitting.Attempt.Open() {
			return v.redirect(resumePath(sitting))
		}
		page, err := v.result(sitting)
		if err != nil {
			return err
		}
		return resultPage.refuse(v, page, problems{{"keuze", v.say("Kies hoe je verder wilt.", "Choose how you want to go on.")}})
	}
	if err := s.office.ChooseFollowUp(v.ctx(), v.actor, id, selected); err != nil {
		return err
	}
	return v.done("vervolg", attemptPath(id, "resultaat"))
}

// A markView is what there is to learn from one answer.
type markView struct {
	Number   int
	Ask      courses.Markdown
	Points   string // "1 van de 2 punten"
	Earned   int    // compared with nothing and with all: 0 nothing, 1 a part, 2 everything
	Answered bool
	Parts    []partView
	Ordered  bool               // the parts have an order
	Solution []courses.Markdown // where not everything was right
}

// Full reports whether the answer earned all points.
func (m markView) Full() bool { return m.Earned == 2 }

// A partView is one part of an answer with what there is to say about it.
type partView struct {
	Label    courses.Markdown // of what; may be empty
	Given    courses.Markdown
	Open     bool // nothing was given
	Right    bool
	Feedback courses.Markdown
}

// mark tells what there is to learn from an answer. It holds the key: only for whom the disclosure allows it.
func (l language) mark(p courses.Paper, m courses.Mark, given courses.Answer) markView {
	_, ask := paragraphs(p.Prompt)
	view := markView{
		Ask: ask, Points: l.pointsOf(m.Earned, m.Points),
		Earned: m.Earned.Sign(), Answered: len(m.Remarks) > 0, Ordered: p.Kind == courses.KindOrder,
	}
	if full(m.Earned, m.Points) {
		view.Earned = 2
	}
	for i, r := range m.Remarks {
		part := partView{Label: r.Part, Given: r.Given, Right: r.Right, Feedback: r.Feedback}
		switch {
		case p.Kind == courses.KindCloze:
			part.Label = courses.Markdown(l.say("Gat %d", "Gap %d", i+1))
		case p.Kind == courses.KindTrueFalse && given.Truth != nil:
			part.Given = courses.Markdown(l.truth(*given.Truth))
		case p.Kind == courses.KindNumeric:
			part.Given = courses.Markdown(l.decimal(string(r.Given)))
		}
		part.Open = part.Given == ""
		view.Parts = append(view.Parts, part)
	}
	if !view.Full() {
		view.Solution = m.Solution
		if p.Kind == courses.KindTrueFalse && m.Key.Truth != nil {
			view.Solution = []courses.Markdown{courses.Markdown(l.truth(*m.Key.Truth))}
		}
		if p.Kind == courses.KindNumeric {
			view.Solution = []courses.Markdown{courses.Markdown(l.decimal(string(m.Solution[0])))}
		}
	}
	return view
}
