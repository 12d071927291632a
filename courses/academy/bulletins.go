package academy

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"bekwaam/courses/calendar"
	"bekwaam/courses/changes"
	"bekwaam/courses/fault"
	"bekwaam/courses/notices"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// A BulletinSeen is a bulletin as it is valid on a day.
type BulletinSeen struct {
	changes.Bulletin
	changes.Edition // of the day; of a bulletin with nothing out yet the one that waits
	On              calendar.Date
	LastDay         calendar.Date // of that version; zero: none is known
	HolderName      string
	ForMe           bool             // it is for somebody with the reader's role
	ReadOn          calendar.Date    // when the reader read that version; zero: they did not
	ReadBy          calendar.Date    // the last day of the reader's duty to read that version; zero: they have none open
	Newer           int              // the version that is valid today, where that is a later one; 0: this is it
	Waiting         *changes.Edition // for who may write or confirm: the version that nobody confirmed yet
	MayConfirm      bool
	MayAnswer       bool
	Questions       []changes.Question // answered ones; for who may answer also those that wait, and one's own
}

// Bulletins lists the bulletins that are valid on a day (zero: today) and have every word, in their topic, law, article or text.
// Who may write or confirm sees also what has nothing out yet.
func (o *Office) Bulletins(ctx context.Context, who staff.Actor, words string, on calendar.Date) ([]BulletinSeen, error) {
	q := o.db.Read()
	now, on, err := o.beginBulletins(ctx, who, on)
	if err != nil {
		return nil, err
	}
	all, err := store.Bulletins(ctx, q)
	if err != nil {
		return nil, err
	}
	var found []changes.Bulletin
	for _, b := range all {
		_, out := b.On(on)
		if out && b.Mentions(words, on) || !out && words == "" && on == now.Today() && mayWrite(who) && len(b.Versions) > 0 {
			found = append(found, b)
		}
	}
	return seeBulletins(ctx, q, who, now, on, found...)
}

func mayWrite(who staff.Actor) bool {
	return who.May(staff.WriteBulletins) || who.May(staff.CheckBulletins)
}

func (o *Office) beginBulletins(ctx context.Context, who staff.Actor, on calendar.Date) (Moment, calendar.Date, error) {
	if err := who.Allow(staff.ReadChanges, staff.Subject{}); err != nil {
		return Moment{}, on, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return now, on, err
	}
	if on.IsZero() {
		on = now.Today()
	}
	return now, on, near(on, now.Today())
}

// Bulletin tells one bulletin as it is valid on a day (zero: today), with the questions and answers under it.
func (o *Office) Bulletin(ctx context.Context, who staff.Actor, id changes.BulletinID, on calendar.Date) (BulletinSeen, error) {
	q := o.db.Read()
	now, on, err := o.beginBulletins(ctx, who, on)
	if err != nil {
		return BulletinSeen{}, err
	}
	b, err := store.Bulletin(ctx, q, id)
	if err != nil {
		return BulletinSeen{}, err
	}
	if _, out := b.Current(on); !out && !mayWrite(who) {
		return BulletinSeen{}, notYours
	}
	seen, err := seeBulletins(ctx, q, who, now, on, b)
	if err != nil {
		return BulletinSeen{}, err
	}
	questions, err := store.Questions(ctx, q, id)
	s := seen[0]
	for _, asked := range questions {
		mine := asked.AskedBy == who.Person
		if asked.Answer != "" || mine || s.MayAnswer {
			if !mine {
				asked.AskedBy = "" // who asked is nobody's business
			}
			s.Questions = append(s.Questions, asked)
		}
	}
	return s, err
}

// seeBulletins tells some bulletins as somebody sees them on a day.
func seeBulletins(ctx context.Context, q store.Q, who staff.Actor, now Moment, on calendar.Date, some ...changes.Bulletin) ([]BulletinSeen, error) {
	receipts, err := store.ReceiptsOf(ctx, q, who.Person)
	if err != nil {
		return nil, err
	}
	duties, err := store.ReadDuties(ctx, q, who.Person)
	if err != nil {
		return nil, err
	}
	employments, err := store.Employments(ctx, q, who.Person)
	if err != nil {
		return nil, err
	}
	var roles []staff.RoleID
	for _, e := range employments {
		if e.On(now.Today()) {
			roles = append(roles, e.Role)
		}
	}
	var holders []staff.PersonID
	for _, b := range some {
		holders = append(holders, b.Holder)
	}
	names, err := namesOf(ctx, q, holders...)
	if err != nil {
		return nil, err
	}
	all := make([]BulletinSeen, len(some))
	for i, b := range some {
		s := BulletinSeen{Bulletin: b, On: on, HolderName: names[b.Holder], ForMe: b.For(roles...)}
		waiting, waits := b.Waiting()
		if waits && mayWrite(who) {
			s.Waiting, s.MayConfirm = &waiting, who.May(staff.CheckBulletins) && waiting.MadeBy != who.Person
		}
		var out bool
		if s.Edition, out = b.Current(on); !out {
			s.Edition = waiting
		}
		s.LastDay = b.Until(s.Number)
		s.MayAnswer = b.Holder == who.Person
		if at := slices.IndexFunc(receipts, func(r changes.Receipt) bool { return r.Bulletin == b.ID && r.Number == s.Number }); at >= 0 {
			s.ReadOn = receipts[at].On
		}
		asked := func(d changes.ReadDuty) bool { return d.Bulletin == b.ID && d.Number == s.Number && d.Open() }
		if at := slices.IndexFunc(duties, asked); at >= 0 {
			s.ReadBy = duties[at].DueOn
		}
		if e, ok := b.On(now.Today()); ok && e.Number > s.Number {
			s.Newer = e.Number
		}
		all[i] = s
	}
	return all, nil
}

// WriteBulletin adds a version to a bulletin, which is new where there is none of its key and gets a key where it has none. It is
// out once somebody else confirmed it; until then it can be written anew. The same once more changes nothing.
func (o *Office) WriteBulletin(ctx context.Context, who staff.Actor, b changes.Bulletin, e changes.Edition) (changes.Bulletin, error) {
	if err := who.Allow(staff.WriteBulletins, staff.Subject{}); err != nil {
		return b, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return b, err
	}
	e = changes.Edition{From: e.From, Until: e.Until, Title: strings.TrimSpace(e.Title), Text: strings.TrimSpace(e.Text), MadeBy: who.Person, MadeAt: now.Office}
	b.Topic, b.Law, b.Article = strings.TrimSpace(b.Topic), strings.TrimSpace(b.Law), strings.TrimSpace(b.Article)
	sent := b
	err = o.inTx(ctx, func(ctx context.Context, q store.Q) (err error) { // which may run again: it begins with what was sent
		b = sent
		if err := store.Alone(ctx, q); err != nil { // nobody else takes the same key or writes the same version meanwhile
			return err
		}
		if b.ID == "" {
			if b.ID, err = newBulletinKey(ctx, q, now, who, e); err != nil {
				return err
			}
		}
		was, err := store.Bulletin(ctx, q, b.ID)
		if err != nil && fault.KindOf(err) != fault.NotFound {
			return err
		}
		same := func(v changes.Edition) bool {
			return v.From == e.From && v.Until == e.Until && v.Title == e.Title && v.Text == e.Text
		}
		if at := slices.IndexFunc(was.Versions, same); at >= 0 {
			b = was
			return nil
		}
		b.Versions = was.Versions
		if b, err = b.Add(e); err != nil {
			return err
		}
		known, err := o.readKnown(ctx, q, now.Today())
		if err != nil {
			return err
		}
		if err := withBSN(b.Check(known), "text", e.Text); err != nil {
			return err
		}
		if err := store.PutBulletin(ctx, q, b); err != nil {
			return err
		}
		if err := store.PutEdition(ctx, q, b.ID, b.Versions[len(b.Versions)-1]); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, who, "bulletin.written", "", fmt.Sprintf("%s/%d", b.ID, len(b.Versions))))
	})
	return b, err
}

// newBulletinKey chooses a key for a bulletin that has none; the one its writer made today where they sent the same.
func newBulletinKey(ctx context.Context, q store.Q, now Moment, who staff.Actor, e changes.Edition) (changes.BulletinID, error) {
	all, err := store.Bulletins(ctx, q)
	prefix := "B-" + now.Today().String()
	n := 1
	for _, other := range all {
		if strings.HasPrefix(string(other.ID), prefix) {
			if n++; len(other.Versions) == 1 && other.Versions[0].MadeBy == who.Person && other.Versions[0].Title == e.Title {
				return other.ID, err
			}
		}
	}
	return changes.BulletinID(fmt.Sprintf("%s-%d", prefix, n)), err
}

// ConfirmBulletin says that somebody else than its maker read the newest version and agrees: then it is out.
func (o *Office) ConfirmBulletin(ctx context.Context, who staff.Actor, id changes.BulletinID, number int) error {
	if err := who.Allow(staff.CheckBulletins, staff.Subject{}); err != nil {
		return err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return err
	}
	return o.inTx(ctx, func(ctx context.Context, q store.Q) error {
		b, err := store.Bulletin(ctx, q, id)
		if err != nil {
			return err
		}
		if number < 1 || number > len(b.Versions) {
			return notYours
		}
		if b.Versions[number-1].ConfirmedBy == who.Person {
			return nil
		}
		if b, err = b.Confirm(number, who.Person, now.Office); err != nil {
			return err
		}
		if err := store.ConfirmEdition(ctx, q, id, b.Versions[number-1]); err != nil {
			return err
		}
		if err := seeUrgent(ctx, q, now, who, b); err != nil {
			return err
		}
		if err := o.planReading(ctx, q, now, who); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, who, "bulletin.confirmed", b.Versions[number-1].MadeBy, fmt.Sprintf("%s/%d", id, number)))
	})
}

// seeUrgent marks that somebody looked at the change that went out with a bulletin of the urgent form.
func seeUrgent(ctx context.Context, q store.Q, now Moment, who staff.Actor, b changes.Bulletin) error {
	if string(b.ID) != string(b.Change) {
		return nil
	}
	c, err := store.Change(ctx, q, b.Change)
	if err != nil || !c.Unseen() || c.PublishedBy == who.Person {
		return err
	}
	seen := c.Version
	c.SeenBy, c.SeenAt, c.Version = who.Person, now.Office, seen+1
	return store.SaveChange(ctx, q, c, seen)
}

// ReadBulletin keeps that somebody read a version that is out, which does their duty to read that version. The first day counts.
func (o *Office) ReadBulletin(ctx context.Context, who staff.Actor, id changes.BulletinID, number int) error {
	if err := who.Allow(staff.ReadChanges, staff.Subject{}); err != nil {
		return err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return err
	}
	return o.inTx(ctx, func(ctx context.Context, q store.Q) error {
		b, err := store.Bulletin(ctx, q, id)
		if err != nil {
			return err
		}
		if number < 1 || number > len(b.Versions) || !b.Versions[number-1].Out() {
			return notYours
		}
		receipt := changes.Receipt{Bulletin: id, Number: number, Person: who.Person, On: now.Today()}
		if err := store.InsertReceipts(ctx, q, receipt); err != nil {
			return err
		}
		if err := store.CloseReadDuty(ctx, q, receipt); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, who, "bulletin.read", who.Person, fmt.Sprintf("%s/%d", id, number)))
	})
}

// AskHolder asks a question to who knows most of a bulletin's topic. The same again answers the same.
func (o *Office) AskHolder(ctx context.Context, who staff.Actor, id changes.BulletinID, text string) (asked changes.Question, err error) {
	if err := who.Allow(staff.ReadChanges, staff.Subject{}); err != nil {
		return asked, err
	}
	text = strings.TrimSpace(text)
	if err := withBSN(changes.CheckQuestion("text", text), "text", text); err != nil {
		return asked, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return asked, err
	}
	err = o.inTx(ctx, func(ctx context.Context, q store.Q) error {
		b, err := store.Bulletin(ctx, q, id)
		if err != nil {
			return err
		}
		questions, err := store.Questions(ctx, q, id)
		if err != nil {
			return err
		}
		if at := slices.IndexFunc(questions, func(other changes.Question) bool { return other.AskedBy == who.Person && other.Text == text }); at >= 0 {
			asked = questions[at]
			return nil
		}
		asked = changes.Question{ID: newID(), Bulletin: id, AskedBy: who.Person, AskedAt: now.Office, Text: text}
		if err := store.InsertQuestion(ctx, q, asked); err != nil {
			return err
		}
		n := notices.Note{Kind: "question-asked", Path: "/bulletins/" + string(id), Dutch: fmt.Sprintf("Een collega heeft een vraag over \"%s\".", b.Topic), English: fmt.Sprintf("A colleague has a question about \"%s\".", b.Topic)}
		if err := noteIfHere(ctx, q, now, b.Holder, n); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, who, "question.asked", who.Person, asked.ID))
	})
	return asked, err
}

var notTheHolder = fault.New(fault.Forbidden, "Alleen de kennisdrager beantwoordt deze vraag.", "Only the knowledge holder answers this question.")

// AnswerQuestion puts an answer under a bulletin, for everybody, and tells who asked. Only its knowledge holder answers.
func (o *Office) AnswerQuestion(ctx context.Context, who staff.Actor, id changes.BulletinID, question, answer string) error {
	if err := who.Allow(staff.ReadChanges, staff.Subject{}); err != nil {
		return err
	}
	answer = strings.TrimSpace(answer)
	if err := withBSN(changes.CheckQuestion("answer", answer), "answer", answer); err != nil {
		return err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return err
	}
	return o.inTx(ctx, func(ctx context.Context, q store.Q) error {
		b, err := store.Bulletin(ctx, q, id)
		if err != nil {
			return err
		}
		if b.Holder != who.Person {
			return notTheHolder
		}
		questions, err := store.Questions(ctx, q, id)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(questions, func(other changes.Question) bool { return other.ID == question })
		if at < 0 {
			return notYours
		}
		asked := questions[at]
		if asked.Answer == answer {
			return nil
		}
		asked.Answer, asked.AnsweredBy, asked.AnsweredAt = answer, who.Person, now.Office
		if err := store.AnswerQuestion(ctx, q, asked); err != nil {
			return err
		}
		n := notices.Note{Kind: "question-answered", Path: "/bulletins/" + string(id), Dutch: fmt.Sprintf("Je vraag over \"%s\" is beantwoord.", b.Topic), English: fmt.Sprintf("Your question about \"%s\" is answered.", b.Topic)}
		if err := noteIfHere(ctx, q, now, asked.AskedBy, n); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, who, "question.answered", asked.AskedBy, asked.ID))
	})
}
