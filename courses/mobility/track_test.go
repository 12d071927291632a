package mobility_test

import (
	"testing"

	"bekwaam/courses/fault"
	"bekwaam/courses/mobility"
	"bekwaam/courses/staff"
)

// running is a track to which everybody agreed.
func running(t *testing.T, steps ...mobility.TrackStep) mobility.Track {
	t.Helper()
	track := mobility.Track{Person: "RW1036", Revision: 1, Steps: steps}
	for party, by := range map[mobility.Party]staff.PersonID{mobility.ByEmployee: "RW1036", mobility.ByLeader: "RW1026", mobility.ByHR: "RW1057"} {
		var err error
		if track, err = track.Agree(mobility.Agreement{Party: party, By: by, Text: 1}); err != nil {
			t.Fatal(err)
		}
	}
	return track
}

func TestAStepIsDoneOnceAndNotTomorrow(t *testing.T) {
	today := day(2026, 11, 23)
	draft := mobility.Track{Steps: []mobility.TrackStep{{Number: 1, Until: today.AddDays(-1)}, {Number: 2, Until: today}}}
	if _, err := draft.Finish(1, today, today); fault.KindOf(err) != fault.Conflict {
		t.Error("before the agreement:", err)
	}
	track := running(t, draft.Steps...)
	if late := track.Late(today); len(late) != 1 || late[0].Number != 1 {
		t.Error(late)
	}
	if _, err := track.Finish(3, today, today); fault.KindOf(err) != fault.NotFound {
		t.Error(err)
	}
	if _, err := track.Finish(1, today.AddDays(1), today); fault.KindOf(err) != fault.Invalid {
		t.Error(err)
	}
	one, err := track.Finish(1, today, today)
	if err != nil || one.Finished() != 1 || track.Finished() != 0 || one.Phase() != mobility.Running {
		t.Error(one, err)
	}
	if _, err := one.Finish(1, today, today); fault.KindOf(err) != fault.Conflict {
		t.Error("twice:", err)
	}
	both, err := one.Finish(2, today, today)
	if err != nil || both.Phase() != mobility.Done {
		t.Error(both.Phase(), err)
	}
	if _, err := both.Stop("RW1036", today, ""); fault.KindOf(err) != fault.Conflict {
		t.Error("what is done is not stopped:", err)
	}
}

func TestAPlanCanStopAndPeopleLookBack(t *testing.T) {
	today := day(2026, 11, 23)
	if _, err := (mobility.Track{}).Evaluate(mobility.Evaluation{On: today}); fault.KindOf(err) != fault.Conflict {
		t.Error("there is nothing to look back on yet:", err)
	}
	track := running(t, mobility.TrackStep{Number: 1})
	stopped, err := track.Stop("RW1026", today, "Emre blijft.")
	if err != nil || stopped.Phase() != mobility.Stopped {
		t.Error(err)
	}
	if again, err := stopped.Stop("RW1026", today.AddDays(1), "Emre blijft."); err != nil || again.Stopped != today {
		t.Error("the same once more:", again.Stopped, err)
	}
	if _, err := stopped.Stop("RW1036", today, "Toch niet."); fault.KindOf(err) != fault.Conflict {
		t.Error(err)
	}
	if _, err := stopped.Finish(1, today, today); fault.KindOf(err) != fault.Conflict {
		t.Error(err)
	}
	if _, err := stopped.Agree(mobility.Agreement{Text: 1}); fault.KindOf(err) != fault.Conflict {
		t.Error(err)
	}
	e := mobility.Evaluation{On: today, By: "RW1036", Text: "Ik leerde veel."}
	seen, err := stopped.Evaluate(e)
	if err != nil || len(seen.Evaluations) != 1 {
		t.Error(seen, err)
	}
	if seen, err = seen.Evaluate(e); err != nil || len(seen.Evaluations) != 1 {
		t.Error("the same on the same day is said once:", seen.Evaluations, err)
	}
}

func TestWhatTheLawAsksIsNeverOnAPersonalBudget(t *testing.T) {
	track := mobility.Track{Steps: []mobility.TrackStep{{Cents: 115_000, Minutes: 960}, {Cents: 22_500, Minutes: 480, Statutory: true}}}
	if development, statutory := track.Budget(); development != 115_000 || statutory != 22_500 || track.Minutes() != 1440 {
		t.Error(development, statutory)
	}
}

func TestNothingNewAsksNobodyAgain(t *testing.T) {
	track := mobility.Track{Revision: 1, Terms: mobility.Terms{PerWeek: 240}, Steps: []mobility.TrackStep{{Number: 1}}}
	same, err := track.Revise(track.Terms, []mobility.TrackStep{{Number: 1}})
	if err != nil || same.Revision != 1 {
		t.Error(same.Revision, err)
	}
	if other, err := track.Revise(mobility.Terms{PerWeek: 120}, track.Steps); err != nil || other.Revision != 2 {
		t.Error(other.Revision, err)
	}
}
