package academy

import (
	"context"
	"slices"
	"time"

	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// A Result is what handing in led to, as far as the person may see it.
type Result struct {
	Grade       courses.Grade             // its marks for DiscloseEverything only
	Disclosure  courses.Disclosure        // how much of the marks the quiz's policy lets them see
	Goals       []courses.GoalResult      // none for DiscloseNothing
	Certificate *certificates.Certificate // nil where the attempt earned none
	Outcome     courses.Outcome           // why passing gave no certificate; empty where it did, or for a fail
	Last        bool                      // no attempt is left in this cycle
	Busy        bool                      // another attempt at the course is open: marks and answers wait until it is handed in
	RetryAt     time.Time                 // when the next attempt may start, on the office's clock; zero where none is left
	FollowUp    *courses.FollowUp         // what the person chose after the last attempt
	Choices     []courses.FollowUpChoice  // what they may choose
}

// SubmitAttempt hands an attempt in, once: grade, evidence, period, certificate, closed duty and audit entry in one
// transaction. Every later call answers the same.
func (o *Office) SubmitAttempt(ctx context.Context, who staff.Actor, id courses.AttemptID) (Sitting, error) {
	now, err := o.Now(ctx)
	if err != nil {
		return Sitting{}, err
	}
	var a courses.Attempt
	err = o.inTx(ctx, func(ctx context.Context, q store.Q) error {
		if a, err = store.AttemptForUpdate(ctx, q, id); err != nil {
			return err
		}
		if err := allowOwn(who, a); err != nil || !a.Open() {
			return err
		}
		a, err = o.submit(ctx, q, now, who, a)
		return err
	})
	if err != nil {
		return Sitting{}, err
	}
	return o.sitting(ctx, o.db.Read(), now, a) // outside: others need not wait until it is read
}

// submit grades an open attempt and stores all that follows from it.
func (o *Office) submit(ctx context.Context, q store.Q, now Moment, who staff.Actor, a courses.Attempt) (courses.Attempt, error) {
	content, err := o.content(ctx, q, store.VersionID{Course: a.Course, Number: a.Version})
	if err != nil {
		return a, err
	}
	saved, err := store.Answers(ctx, q, a.ID)
	if err != nil {
		return a, err
	}
	at := now.Office
	if a.Expired(now.Real) && a.Deadline().Before(at) {
		at = a.Deadline() // it counts for the day on which the time was over, whenever somebody looks
	}
	if at.Before(a.StartedAt) {
		at = a.StartedAt // the clock of a demo was set back
	}
	a = a.Submit(grade(content, a, saved), at)
	if a.Passed {
		if a.Outcome, err = o.complete(ctx, q, now, who, a); err != nil {
			return a, err
		}
	}
	if err := store.SaveSubmission(ctx, q, a); err != nil {
		return a, err
	}
	return a, store.Write(ctx, q, did(now.Office, who, "attempt.submitted", a.Person, string(a.ID)))
}

// grade marks what was saved in an attempt.
func grade(content *courses.Course, a courses.Attempt, saved map[courses.QuestionID]courses.SavedAnswer) courses.Grade {
	answers := make(map[courses.QuestionID]courses.Answer, len(saved))
	for id, s := range saved {
		answers[id] = s.Answer
	}
	return content.Grade(a.Shuffle().Draw(content.Quiz), answers)
}

// complete records a passed quiz as evidence for every scheme the course belongs to.
func (o *Office) complete(ctx context.Context, q store.Q, now Moment, who staff.Actor, a courses.Attempt) (courses.Outcome, error) {
	completed := calendar.On(a.SubmittedAt)
	schemes, err := o.schemesOfCourse(ctx, q, a.Course, completed)
	if err != nil {
		return "", err
	}
	outcome := courses.NoScheme
	for _, scheme := range schemes {
		component, refresher := scheme.PlaceOf(a.Course)
		evidence := certificates.Evidence{
			ID: newID(), Person: a.Person, Scheme: scheme.Key, Component: component, Refresher: refresher, CompletedOn: completed,
			Course: a.Course, CourseVersion: a.Version, Attempt: a.ID, Source: "toets", RecordedBy: a.Person,
		}
		got, err := o.record(ctx, q, now, who, scheme, evidence)
		if err != nil {
			return "", err
		}
		if outcome != courses.Certified {
			outcome = got
		}
	}
	return outcome, nil
}

// result gathers what an attempt that was handed in led to, from what was stored then.
func (o *Office) result(ctx context.Context, q store.Q, content *courses.Course, a courses.Attempt, saved map[courses.QuestionID]courses.SavedAnswer) (*Result, error) {
	r := &Result{Grade: grade(content, a, saved), Outcome: a.Outcome}
	r.Goals = content.ByGoal(r.Grade)
	earlier, err := store.Attempts(ctx, q, a.Person, a.Course)
	if err != nil {
		return nil, err
	}
	followUps, err := store.FollowUps(ctx, q, a.Person, a.Course)
	if err != nil {
		return nil, err
	}
	policy, inCycle := content.Quiz.Policy, courses.InCycle(earlier, a.Cycle)
	counting := courses.Counting(inCycle, followUps)
	r.Busy = slices.ContainsFunc(earlier, courses.Attempt.Open)
	passed := slices.ContainsFunc(inCycle, func(other courses.Attempt) bool { return other.Passed && other.Number >= a.Number })
	r.Last = !r.Busy && policy.AttemptsPerCycle <= len(counting)
	r.Disclosure = courses.FeedbackAllowed(policy, passed, r.Last)
	if r.Busy { // an older attempt must not give away the answers to the one that is open
		r.Disclosure = min(r.Disclosure, courses.DiscloseGoals)
	}
	if r.Disclosure < courses.DiscloseEverything {
		r.Grade.Marks = nil
	}
	if r.Disclosure < courses.DiscloseGoals {
		r.Goals = nil
	}
	switch {
	case a.Passed && a.Outcome == courses.Certified:
		r.Certificate, err = certificateOf(ctx, q, a)
		return r, err
	case passed, r.Busy:
		return r, nil
	case !r.Last:
		r.RetryAt = a.SubmittedAt // at once, where a settled follow-up opened a new series
		for _, c := range counting {
			if at := c.SubmittedAt.Add(policy.CoolingOff); at.After(r.RetryAt) {
				r.RetryAt = at
			}
		}
		return r, nil
	case counting[len(counting)-1].ID != a.ID:
		return r, nil // one chooses after the last attempt only
	}
	if at := slices.IndexFunc(followUps, func(f courses.FollowUp) bool { return f.Attempt == a.ID }); at >= 0 {
		r.FollowUp = &followUps[at]
	}
	r.Choices, err = o.followUpChoices(ctx, q, a)
	return r, err
}

// followUpChoices are what somebody may choose after the last attempt: an assessment at work only where a scheme of the
// course allows one.
func (o *Office) followUpChoices(ctx context.Context, q store.Q, a courses.Attempt) ([]courses.FollowUpChoice, error) {
	choices := []courses.FollowUpChoice{courses.RereadTogether, courses.Talk}
	schemes, err := o.schemesOfCourse(ctx, q, a.Course, calendar.On(a.SubmittedAt))
	if err != nil {
		return nil, err
	}
	for _, s := range schemes {
		if s.AssessmentAtWork {
			return append(choices, courses.AssessmentAtWork), nil
		}
	}
	return choices, nil
}

// ChooseFollowUp records what the person wants after their last attempt of a cycle. It may be changed until somebody
// dealt with it.
func (o *Office) ChooseFollowUp(ctx context.Context, who staff.Actor, id courses.AttemptID, choice courses.FollowUpChoice) error {
	now, err := o.Now(ctx)
	if err != nil {
		return err
	}
	return o.db.InTx(ctx, func(ctx context.Context, q store.Q) error {
		a, err := ownAttempt(ctx, q, who, id)
		if err != nil {
			return err
		}
		if a.Open() {
			return fault.New(fault.Conflict, "Lever de toets eerst in.", "Hand in the quiz first.")
		}
		s, err := o.sitting(ctx, q, now, a)
		if err != nil {
			return err
		}
		if !slices.Contains(s.Result.Choices, choice) {
			return fault.New(fault.Invalid, "Kies een van de mogelijkheden op deze pagina.", "Choose one of the possibilities on this page.")
		}
		f := courses.FollowUp{Attempt: id, Person: a.Person, Course: a.Course, Cycle: a.Cycle, Choice: choice, ChosenAt: now.Office}
		if err := store.PutFollowUp(ctx, q, f); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, who, "follow-up.chosen", a.Person, string(id)))
	})
}

// FollowUps lists the choices that wait for somebody, oldest first. It tells no score.
func (o *Office) FollowUps(ctx context.Context, who staff.Actor) ([]courses.FollowUp, error) {
	if err := who.Allow(staff.ReadFollowUps, staff.Subject{}); err != nil {
		return nil, err
	}
	return store.UnsettledFollowUps(ctx, o.db.Read(), "")
}

// SettleFollowUp says that the talk was held or the lessons were reread: a new series of attempts opens. Nobody settles
// their own.
func (o *Office) SettleFollowUp(ctx context.Context, who staff.Actor, attempt courses.AttemptID) error {
	now, err := o.Now(ctx)
	if err != nil {
		return err
	}
	if err := who.Allow(staff.SettleFollowUps, staff.Subject{}); err != nil {
		return err
	}
	return o.db.InTx(ctx, func(ctx context.Context, q store.Q) error {
		f, err := store.FollowUp(ctx, q, attempt)
		if err != nil {
			return err
		}
		if err := who.Allow(staff.SettleFollowUps, staff.Subject{Person: f.Person}); err != nil {
			return err
		}
		if err := store.SettleFollowUp(ctx, q, attempt, who.Person, now.Office); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, who, "follow-up.settled", f.Person, string(attempt)))
	})
}
