package academy

import (
	"context"
	"fmt"
	"strings"

	"bekwaam/courses/changes"
	"bekwaam/courses/fault"
	"bekwaam/courses/notices"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// A SignalSeen is a signal as its reader may see it: everybody sees what was heard and what became of it, and only the reporter
// and whoever decides see who reported it.
type SignalSeen struct {
	changes.Signal
	ReporterName  string // empty: not for the reader
	DecidedByName string
	Mine          bool
}

// Signals lists every signal, the newest first. The reporter always sees the fate, the decision and its day.
func (o *Office) Signals(ctx context.Context, who staff.Actor) ([]SignalSeen, error) {
	if err := who.Allow(staff.ReadChanges, staff.Subject{}); err != nil {
		return nil, err
	}
	q := o.db.Read()
	all, err := store.Signals(ctx, q)
	if err != nil {
		return nil, err
	}
	var people []staff.PersonID
	for _, s := range all {
		people = append(people, s.Reporter, s.DecidedBy)
	}
	names, err := namesOf(ctx, q, people...)
	seen := make([]SignalSeen, len(all))
	for i, s := range all {
		seen[i] = SignalSeen{Signal: s, DecidedByName: names[s.DecidedBy], Mine: s.Reporter == who.Person}
		if who.May(staff.DecideSignals) || seen[i].Mine {
			seen[i].ReporterName = names[s.Reporter]
		} else {
			seen[i].Reporter = ""
		}
	}
	return seen, err
}

// SendSignal keeps what a colleague heard outside. The same again on the same day answers the same.
func (o *Office) SendSignal(ctx context.Context, who staff.Actor, origin changes.Origin, title, text string) (changes.Signal, error) {
	s := changes.Signal{Reporter: who.Person, Origin: origin, Title: strings.TrimSpace(title), Text: strings.TrimSpace(text), Fate: changes.New}
	if err := who.Allow(staff.SendSignals, staff.Subject{Person: who.Person}); err != nil {
		return s, err
	}
	if err := withBSN(withBSN(s.Check(), "title", title), "text", text); err != nil {
		return s, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return s, err
	}
	s.On = now.Today()
	err = o.inTx(ctx, func(ctx context.Context, q store.Q) error {
		all, err := store.Signals(ctx, q)
		if err != nil {
			return err
		}
		for _, other := range all {
			if other.Reporter == s.Reporter && other.On == s.On && other.Title == s.Title && other.Text == s.Text {
				s = other
				return nil
			}
		}
		s.ID = newID()
		if err := store.InsertSignals(ctx, q, s); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, who, "signal.sent", who.Person, s.ID))
	})
	return s, err
}

// DecideSignal says what becomes of a signal, and tells its reporter. Nobody decides about their own: fault.Forbidden.
func (o *Office) DecideSignal(ctx context.Context, who staff.Actor, id string, fate changes.Fate, decision string, change changes.ID, bulletin changes.BulletinID) error {
	if err := who.Allow(staff.DecideSignals, staff.Subject{}); err != nil {
		return err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return err
	}
	return o.inTx(ctx, func(ctx context.Context, q store.Q) error {
		s, err := store.Signal(ctx, q, id)
		if err != nil {
			return err
		}
		if s.Reporter == who.Person {
			return ownSignal
		}
		was := s
		s, wrong := s.Decide(fate, strings.TrimSpace(decision), change, bulletin, who.Person, now.Today())
		if wrong = withBSN(wrong, "decision", decision); wrong != nil {
			return wrong
		}
		if s == was {
			return nil
		}
		if s.Change != "" {
			if _, err := store.Change(ctx, q, s.Change); err != nil {
				return notThere(err, "change")
			}
		}
		if s.Bulletin != "" {
			if _, err := store.Bulletin(ctx, q, s.Bulletin); err != nil {
				return notThere(err, "bulletin")
			}
		}
		if err := store.SaveSignal(ctx, q, s); err != nil {
			return err
		}
		n := notices.Note{
			Kind: "signal-decided", Path: "/signalen", Dutch: fmt.Sprintf("Over je signaal \"%s\" is iets besloten: %s", s.Title, s.Decision), English: fmt.Sprintf("Something was decided about your signal \"%s\": %s", s.Title, s.Decision),
		}
		if err := noteIfHere(ctx, q, now, s.Reporter, n); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, who, "signal.decided", s.Reporter, s.ID))
	})
}

var ownSignal = fault.New(fault.Forbidden, "Dit moet iemand anders doen: je meldde dit zelf.", "Somebody else must do this: you reported it yourself.").Because("self_approval")

// notThere makes a mistake in a form of what does not exist.
func notThere(err error, field string) error {
	if fault.KindOf(err) != fault.NotFound {
		return err
	}
	return fault.New(fault.Invalid, "Dit bestaat niet.", "This does not exist.").At(field, "kies er een uit de lijst", "choose one from the list")
}
