package mobility_test

import (
	"slices"
	"testing"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/competences"
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

func TestWhatRunsCanChangeAndGoesOnMeanwhile(t *testing.T) {
	today := day(2026, 11, 23)
	track := running(t, mobility.TrackStep{Number: 1}, mobility.TrackStep{Number: 2})
	changed, err := track.Revise(mobility.Terms{PerWeek: 120}, track.Steps)
	if err != nil || changed.Phase() != mobility.Changing || changed.Next() != mobility.ByEmployee {
		t.Fatal(changed.Phase(), err)
	}
	if _, err := changed.Finish(1, today, today); err != nil {
		t.Error("it goes on:", err)
	}
	no := mobility.Return{Party: mobility.ByHR, By: "RW1057", On: today, Text: 2}
	if _, err := changed.SendBack(no); fault.KindOf(err) != fault.Invalid {
		t.Error("a no without words:", err)
	}
	no.Words = "Te duur."
	yes, err := changed.Agree(mobility.Agreement{Party: mobility.ByEmployee, By: "RW1036", Text: 2})
	if err != nil {
		t.Fatal(err)
	}
	back, err := yes.SendBack(no)
	if err != nil || back.Revision != 3 || len(back.Agreed()) != 0 || back.Returned() == nil || back.Phase() != mobility.Changing {
		t.Error(back.Revision, back.Agreed(), back.Returned(), err)
	}
	if again, err := back.Revise(mobility.Terms{PerWeek: 60}, back.Steps); err != nil || again.Returned() != nil {
		t.Error("it was changed since:", again.Returned(), err)
	}
}

func TestAPauseMovesWhatIsStillToBeDone(t *testing.T) {
	today := day(2026, 11, 23)
	track := running(t, mobility.TrackStep{Number: 1, Title: "Praten", From: today, Until: today.AddDays(1)})
	track.By = today.AddDays(100)
	pause := mobility.Pause{From: today, Until: today.AddDays(30), By: "RW1036", Words: "Eerst de verkiezingen."}
	moved := []mobility.TrackStep{{Number: 1, From: today.AddDays(31), Until: today.AddDays(32)}}
	replan := func(from, by calendar.Date) ([]mobility.TrackStep, error) {
		if from != pause.Until || by != today.AddDays(130) {
			t.Error("planned from", from, "by", by)
		}
		return moved, nil
	}
	rests, err := track.Pause(pause, replan)
	if err != nil || rests.PausedOn(today) == nil || rests.PausedOn(pause.Until.AddDays(1)) != nil || rests.Phase() != mobility.Running || !slices.Equal(rests.Steps, moved) {
		t.Error(rests, err)
	}
	if w := track.Items(30); len(w) != 1 || w[0].From != today.AddDays(30) {
		t.Error(w)
	}
	for _, wrong := range []mobility.Pause{{From: today, Until: today, Words: "x"}, {From: today, Until: today.AddDays(500), Words: "x"}, {From: today, Until: today.AddDays(3)}} {
		if _, err := track.Pause(wrong, replan); fault.KindOf(err) != fault.Invalid {
			t.Error(wrong, err)
		}
	}
	if _, err := (mobility.Track{}).Pause(pause, replan); fault.KindOf(err) != fault.Conflict {
		t.Error("a draft does not pause:", err)
	}
}

func TestTheWayBackIsOpenUntilTheAgreedDay(t *testing.T) {
	today := day(2026, 11, 23)
	track := running(t, mobility.TrackStep{Number: 1, DoneOn: today})
	if _, err := track.GoBack("RW1036", today, "Het past niet."); fault.Of(err) == nil || fault.Of(err).Reason != "no_way_back" {
		t.Error(err)
	}
	track.ReturnTill = today
	if _, err := track.GoBack("RW1036", today.AddDays(1), "Het past niet."); fault.Of(err) == nil || fault.Of(err).Reason != "way_back_over" {
		t.Error(err)
	}
	back, err := track.GoBack("RW1036", today, "Het past niet.")
	if err != nil || !back.WentBack || back.Phase() != mobility.Stopped {
		t.Error(back, err)
	}
	if again, err := back.GoBack("RW1036", today, "Het past niet."); err != nil || again.Stopped != today {
		t.Error("the same once more:", err)
	}
}

func TestGoalsAreReachedByWhatShowsThem(t *testing.T) {
	shown := competences.Evidence{Source: competences.Leader, Level: 2, On: day(2026, 11, 1)}
	gaps := []competences.Gap{{Required: asks("K1", 2, 1), Has: competences.Standing{Level: 2, Because: &shown}}, {Required: asks("K2", 3, 1)}}
	goals := mobility.Goals(gaps, []certificates.SchemeKey{"BHV", "EED"}, func(s certificates.SchemeKey) *certificates.Period {
		if s == "BHV" {
			return &certificates.Period{ValidFrom: day(2026, 1, 1)}
		}
		return nil
	})
	if len(goals) != 4 || mobility.Reached(goals) != 2 || goals[0].Source != competences.Leader || goals[2].Day != day(2026, 1, 1) {
		t.Error(goals)
	}
}
