package academy

import (
	"context"
	"math/big"
	"slices"
	"time"

	"bekwaam/courses"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// A Sitting is an attempt as the person who makes it sees it. While it is open it holds no key and no feedback: Papers
// have no place for them. An older attempt shows no marks and no answers as long as another one at the course is open.
// Option ids are opaque and belong to this attempt alone.
type Sitting struct {
	Attempt     courses.Attempt
	Title       string
	Quiz        courses.Policy
	PassMark    int // percent
	Papers      []courses.Paper
	Saved       map[courses.QuestionID]courses.SavedAnswer // empty for an attempt that was handed in while Result.Busy
	SecondsLeft int                                        // of real time; meaningless without a time limit
	Result      *Result                                    // nil while the attempt is open
}

// Timing is what somebody chooses about the time limit before they start, without a reason or permission (WCAG 2.2.1).
// The zero Timing is the quiz's own limit.
type Timing struct {
	None   bool // no limit
	Factor int  // that many times the limit, 2 to 10
}

// StartAttempt begins an attempt at the newest published version of a course, or returns the one that is open already
// (started false), going on where it was paused. One whose time is over it hands in and returns with its result: nobody
// begins the next before they saw it. *courses.Refused (a conflict) where no attempt is left in this cycle or the
// cooling-off time is not over.
func (o *Office) StartAttempt(ctx context.Context, who staff.Actor, course courses.CourseKey, timing Timing) (s Sitting, started bool, err error) {
	if err := who.Allow(staff.TakeQuizzes, staff.Subject{Person: who.Person}); err != nil {
		return Sitting{}, false, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return Sitting{}, false, err
	}
	var a courses.Attempt
	err = o.inTx(ctx, func(ctx context.Context, q store.Q) error {
		started = false
		earlier, err := store.Attempts(ctx, q, who.Person, course)
		if err != nil {
			return err
		}
		if at := slices.IndexFunc(earlier, courses.Attempt.Open); at >= 0 {
			if a, err = store.AttemptForUpdate(ctx, q, earlier[at].ID); err != nil {
				return err
			}
			a, err = o.resume(ctx, q, now, who, a)
			return err
		}
		started = true
		a, err = o.begin(ctx, q, now, who, course, timing, earlier)
		return err
	})
	if err != nil {
		return Sitting{}, false, err
	}
	s, err = o.sitting(ctx, o.db.Read(), now, a)
	return s, started, err
}

// begin stores a new attempt, where one may start.
func (o *Office) begin(ctx context.Context, q store.Q, now Moment, who staff.Actor, course courses.CourseKey, timing Timing, earlier []courses.Attempt) (courses.Attempt, error) {
	next, err := o.opening(ctx, q, now, who.Person, course, earlier)
	if err != nil {
		return courses.Attempt{}, err
	}
	a := courses.Attempt{
		ID: courses.AttemptID(newID()), Person: who.Person, Course: course, Version: next.version.Number, Cycle: next.cycle, Number: next.number,
		Seed: []byte(newID()), StartedAt: now.Office, BeganAt: now.Real, Score: new(big.Rat),
	}
	if limit := next.content.Quiz.Policy.TimeLimit * time.Duration(max(1, min(timing.Factor, 10))); limit > 0 && !timing.None {
		a.EndsAt = now.Real.Add(limit)
	}
	if err := store.InsertAttempt(ctx, q, a); err != nil {
		return courses.Attempt{}, err
	}
	return a, store.Write(ctx, q, did(now.Office, who, "attempt.started", who.Person, string(a.ID)))
}

// resume goes on with an open attempt: it ends a pause, or hands the attempt in where its time is over.
func (o *Office) resume(ctx context.Context, q store.Q, now Moment, who staff.Actor, a courses.Attempt) (courses.Attempt, error) {
	switch {
	case a.Expired(now.Real):
		return o.submit(ctx, q, now, who, a)
	case a.Open() && !a.PausedAt.IsZero():
		a = a.Resume(now.Real)
		return a, store.SaveTiming(ctx, q, a)
	}
	return a, nil
}

// Attempt returns an attempt of one's own: to go on with while it is open, with its result after it was handed in. An
// attempt whose time is over is handed in first.
func (o *Office) Attempt(ctx context.Context, who staff.Actor, id courses.AttemptID) (Sitting, error) {
	now, err := o.Now(ctx)
	if err != nil {
		return Sitting{}, err
	}
	q := o.db.Read()
	a, err := ownAttempt(ctx, q, who, id)
	if err != nil {
		return Sitting{}, err
	}
	if a.Open() && a.Expired(now.Real) {
		return o.SubmitAttempt(ctx, who, id)
	}
	return o.sitting(ctx, q, now, a)
}

// OpenAttempts returns one's attempts that are not handed in.
func (o *Office) OpenAttempts(ctx context.Context, who staff.Actor) ([]courses.Attempt, error) {
	if err := who.Allow(staff.TakeQuizzes, staff.Subject{Person: who.Person}); err != nil {
		return nil, err
	}
	return store.OpenAttempts(ctx, o.db.Read(), who.Person)
}

// ownAttempt reads an attempt of the person who asks; anybody else's does not exist for them.
func ownAttempt(ctx context.Context, q store.Q, who staff.Actor, id courses.AttemptID) (courses.Attempt, error) {
	a, err := store.Attempt(ctx, q, id)
	if err != nil {
		return courses.Attempt{}, err
	}
	return a, allowOwn(who, a)
}

func allowOwn(who staff.Actor, a courses.Attempt) error {
	return who.Allow(staff.TakeQuizzes, staff.Subject{Person: a.Person})
}

// sitting gathers what the person who makes an attempt may see of it.
func (o *Office) sitting(ctx context.Context, q store.Q, now Moment, a courses.Attempt) (Sitting, error) {
	content, err := o.content(ctx, q, store.VersionID{Course: a.Course, Number: a.Version})
	if err != nil {
		return Sitting{}, err
	}
	saved, err := store.Answers(ctx, q, a.ID)
	if err != nil {
		return Sitting{}, err
	}
	s := Sitting{Attempt: a, Title: content.Title, Quiz: content.Quiz.Policy, PassMark: content.PassMark, SecondsLeft: a.SecondsLeft(now.Real)}
	if !a.Open() {
		if s.Result, err = o.result(ctx, q, content, a, saved); err != nil {
			return Sitting{}, err
		}
		if s.Result.Busy {
			clear(saved) // beside a full score they are the key
		}
	}
	s.Papers, s.Saved = conceal(content, a, saved)
	return s, nil
}

// conceal writes an attempt's questions and answers in its opaque ids.
func conceal(content *courses.Course, a courses.Attempt, saved map[courses.QuestionID]courses.SavedAnswer) ([]courses.Paper, map[courses.QuestionID]courses.SavedAnswer) {
	shuffle := a.Shuffle()
	var papers []courses.Paper
	concealed := make(map[courses.QuestionID]courses.SavedAnswer, len(saved))
	for _, id := range shuffle.Draw(content.Quiz) {
		question, _ := content.Quiz.Question(id)
		papers = append(papers, shuffle.Paper(question))
		if kept, ok := saved[id]; ok {
			kept.Answer = shuffle.Conceal(question, kept.Answer)
			concealed[id] = kept
		}
	}
	return papers, concealed
}

// A Given is an answer somebody gives: in the opaque ids of the attempt, with the version they saw last.
type Given struct {
	Question courses.QuestionID
	Answer   courses.Answer
	Version  int

	// Read makes the answer of what was sent, once the kind of question is known; nil: Answer is the answer.
	Read func(courses.Kind) (courses.Answer, error)
}

// reveal reads the answer in the question's own ids.
func (g Given) reveal(shuffle courses.Shuffle, question courses.Question) (courses.Answer, error) {
	answer := g.Answer
	if g.Read != nil {
		var err error
		if answer, err = g.Read(question.Kind()); err != nil {
			return courses.Answer{}, err
		}
	}
	return shuffle.Reveal(question, answer)
}

// A Kept says what became of a given answer: what is stored now, in opaque ids, and why the given one was not stored,
// where it was not (fault.Conflict: somebody saved another one since; fault.Invalid: it does not fit the question).
type Kept struct {
	courses.SavedAnswer
	Err error
}

var (
	staleAnswer = fault.New(fault.Conflict, "Dit antwoord is intussen ergens anders veranderd. Kijk welk antwoord je wilt houden.", "This answer was changed elsewhere in the meantime. Look which answer you want to keep.").Because("stale")
	notInQuiz   = fault.New(fault.Invalid, "Deze vraag zit niet in deze toets.", "This question is not in this quiz.").Because("unknown_question")
	twice       = fault.New(fault.Invalid, "Deze vraag staat er twee keer in.", "This question is given twice.").Because("duplicate_question")
	onPause     = fault.New(fault.Conflict, "De toets staat stil. Ga eerst verder met de toets.", "The quiz is paused. Go on with it first.").Because("paused")
	handedIn    = fault.New(fault.Conflict, "Deze toets is al ingeleverd.", "This quiz has already been handed in.").Because("submitted")
)

// TimeOver is what somebody hears who wants to go on with an attempt whose time is over: it is handed in.
var TimeOver = fault.New(fault.Conflict, "De tijd is om. Je antwoorden zijn ingeleverd.", "The time is over. Your answers have been handed in.").Because("time_over")

// SaveAnswers keeps answers in one transaction and returns once they are durable. What one answer suffers does not touch
// the others: each Kept tells. After handing in nothing is kept: fault.Conflict.
func (o *Office) SaveAnswers(ctx context.Context, who staff.Actor, id courses.AttemptID, given []Given) ([]Kept, error) {
	var kept []Kept
	err := o.changeAttempt(ctx, who, id, func(ctx context.Context, q store.Q, now Moment, a courses.Attempt, content *courses.Course) error {
		stored, err := store.Answers(ctx, q, id)
		if err != nil {
			return err
		}
		shuffle := a.Shuffle()
		drawn := shuffle.Draw(content.Quiz)
		kept = make([]Kept, len(given))
		seen := make(map[courses.QuestionID]bool, len(given))
		var changed []courses.SavedAnswer
		for i, g := range given {
			before := stored[g.Question]
			kept[i].Question = g.Question
			question, _ := content.Quiz.Question(g.Question)
			switch {
			case !slices.Contains(drawn, g.Question):
				kept[i].Err = notInQuiz
				continue
			case seen[g.Question]:
				kept[i].Err = twice
				continue
			}
			seen[g.Question] = true
			before.Question = g.Question
			after := before
			if answer, err := g.reveal(shuffle, question); err != nil {
				kept[i].Err = err
			} else if saved, ok := before.Save(answer, g.Version, now.Office); !ok {
				kept[i].Err = staleAnswer
			} else {
				after = saved
				changed = append(changed, saved)
			}
			kept[i].SavedAnswer = after
			kept[i].Answer = shuffle.Conceal(question, after.Answer)
		}
		return store.PutAnswers(ctx, q, id, changed...)
	})
	return kept, err
}

// MarkQuestion marks a question of an open attempt for later, or takes the mark off.
func (o *Office) MarkQuestion(ctx context.Context, who staff.Actor, id courses.AttemptID, question courses.QuestionID, marked bool) error {
	return o.changeAttempt(ctx, who, id, func(ctx context.Context, q store.Q, now Moment, a courses.Attempt, content *courses.Course) error {
		if !slices.Contains(a.Shuffle().Draw(content.Quiz), question) {
			return notInQuiz
		}
		stored, err := store.Answers(ctx, q, id)
		if err != nil || stored[question].Marked == marked {
			return err
		}
		answer := stored[question]
		answer.Question, answer.Marked = question, marked
		if answer.SavedAt.IsZero() {
			answer.SavedAt = now.Office
		}
		return store.PutAnswers(ctx, q, id, answer)
	})
}

// changeAttempt lets act change an open attempt of one's own that is not paused. An attempt whose time is over is handed
// in instead: the answers are kept, and the caller hears a conflict.
func (o *Office) changeAttempt(ctx context.Context, who staff.Actor, id courses.AttemptID, act func(ctx context.Context, q store.Q, now Moment, a courses.Attempt, content *courses.Course) error) error {
	now, err := o.Now(ctx)
	if err != nil {
		return err
	}
	var content *courses.Course
	var version store.VersionID
	expired := false
	err = o.inTx(ctx, func(ctx context.Context, q store.Q) error {
		expired = false
		a, err := store.AttemptForUpdate(ctx, q, id)
		if err != nil {
			return err
		}
		switch err := allowOwn(who, a); {
		case err != nil:
			return err
		case !a.Open():
			return handedIn
		case a.Expired(now.Real):
			expired = true
			_, err := o.submit(ctx, q, now, who, a)
			return err
		case !a.PausedAt.IsZero():
			return onPause
		}
		version = store.VersionID{Course: a.Course, Number: a.Version}
		if content, err = o.content(ctx, q, version); err != nil {
			return err
		}
		return act(ctx, q, now, a, content)
	})
	switch {
	case err != nil:
		return err
	case expired:
		return TimeOver
	}
	o.contents.LoadOrStore(version, content) // an attempt is at a published version, and now it is known that this one stays
	return nil
}

// PauseAttempt stops the clock of an attempt with a time limit: "Stop en ga later verder". Starting it again goes on.
func (o *Office) PauseAttempt(ctx context.Context, who staff.Actor, id courses.AttemptID) error {
	return o.changeAttempt(ctx, who, id, func(ctx context.Context, q store.Q, now Moment, a courses.Attempt, _ *courses.Course) error {
		if a.EndsAt.IsZero() {
			return nil
		}
		return store.SaveTiming(ctx, q, a.Pause(now.Real))
	})
}

// ExtendAttempt gives an attempt its time limit once more, up to ten times, without a reason or permission (WCAG 2.2.1).
func (o *Office) ExtendAttempt(ctx context.Context, who staff.Actor, id courses.AttemptID) error {
	return o.changeAttempt(ctx, who, id, func(ctx context.Context, q store.Q, now Moment, a courses.Attempt, content *courses.Course) error {
		extended, err := a.Extend(content.Quiz.Policy.TimeLimit)
		if err != nil {
			return err
		}
		return store.SaveTiming(ctx, q, extended)
	})
}
