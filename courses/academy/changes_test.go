package academy_test

import (
	"strings"
	"testing"

	"bekwaam/certificates"
	"bekwaam/courses/academy"
	ch "bekwaam/courses/changes"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

// change is a draft that asks the delta EENMALIG of role R1, and a bulletin of R2.
func change() ch.Change {
	return ch.Change{
		ID: "WET-1", Title: "Nieuwe wet", Kind: ch.Law, Source: "art. 1 Wet", EffectiveOn: date("2026-04-01"), Certainty: ch.Fixed, Phase: ch.Assessing, Holder: "AUT", Deputy: "PEN", Buffer: 14,
		Touches:  ch.Touches{Roles: []staff.RoleID{"R1", "R2"}},
		Verdicts: []ch.Verdict{{Kind: ch.Delta, Roles: []staff.RoleID{"R1"}, Scheme: "EENMALIG"}, {Kind: ch.Read, Roles: []staff.RoleID{"R2"}, Bulletin: "BUL-1"}},
	}
}

func bulletin() (ch.Bulletin, ch.Edition) {
	return ch.Bulletin{ID: "BUL-1", Topic: "Nieuwe wet", Law: "Wet", Article: "art. 1", Roles: []staff.RoleID{"R2"}, Holder: "AUT"}, ch.Edition{From: date("2026-01-15"), Title: "Wat verandert er?", Text: "Dit."}
}

// announced makes a scene in which the change is published.
func (s *scene) announced() ch.Impact {
	s.t.Helper()
	s.must(s.Define(ctx, staff.Actor{}, []certificates.Scheme{forever}, nil))
	author := s.as("AUT")
	b, e := bulletin()
	_, err := s.WriteBulletin(ctx, author, b, e)
	s.must(err)
	c, err := s.SaveChange(ctx, author, change())
	s.must(err)
	_, err = s.PublishChange(ctx, s.as("PEN"), c.ID, c.Version, false)
	refuses(s.t, err, fault.Conflict, "bulletin_waits")
	refuses(s.t, s.ConfirmBulletin(ctx, author, "BUL-1", 1), fault.Forbidden, "self_approval")
	s.must(s.ConfirmBulletin(ctx, s.as("LEA"), "BUL-1", 1))
	before := s.dump()
	impact, err := s.ChangeImpact(ctx, author, c.ID)
	s.must(err)
	same(s.t, "the impact", s.dump(), before)
	_, err = s.PublishChange(ctx, author, c.ID, c.Version, false)
	refuses(s.t, err, fault.Forbidden, "self_approval")
	_, err = s.PublishChange(ctx, author, c.ID, c.Version, true)
	refuses(s.t, err, fault.Conflict, "not_urgent")
	same(s.t, "what was refused", s.dump(), before)
	again, err := s.PublishChange(ctx, s.as("PEN"), c.ID, c.Version, false)
	s.must(err)
	equal(s.t, "people told", again.People, impact.People)
	return impact
}

// A change of law is announced and followed through to the last read receipt.
func TestAChangeOfLawFromAnnouncementToTheLastReceipt(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		impact := s.announced()
		equal(t, "who is in it", impact.People, 6) // EVA and EEF; LEA, LOU, XAN and AUT
		equal(t, "due", impact.DueOn, date("2026-03-18"))
		tasks, err := s.Tasks(ctx, s.as("EVA"), "EVA", academy.DutyOpen)
		s.must(err)
		found := false
		for _, task := range tasks {
			if task.Scheme == "EENMALIG" {
				found = true
				equal(t, "the duty is due", task.DueOn, date("2026-03-18"))
				if !strings.Contains(strings.Join(task.WhyDutch, " "), "Omdat je sinds") || !strings.Contains(strings.Join(task.WhyDutch, " "), "(art. 1 Wet)") {
					t.Errorf("why: %v", task.WhyDutch)
				}
			}
		}
		equal(t, "there is a duty", found, true)
		equal(t, "notes", s.lines("notes", "change-published"), 6)

		c, err := s.Change(ctx, s.as("AUT"), "WET-1")
		s.must(err)
		publisher := s.as("PEN")
		before := s.dump()
		_, err = s.PublishChange(ctx, publisher, "WET-1", c.Version-1, false)
		s.must(err)
		same(t, "publishing twice", s.dump(), before)
		_, err = s.PublishChange(ctx, s.as("AUT"), "WET-1", c.Version, false)
		refuses(t, err, fault.Conflict, "published")
		edited := c.Change
		_, err = s.SaveChange(ctx, s.as("AUT"), edited)
		refuses(t, err, fault.Conflict, "published")

		s.take(s.as("EVA"), "LOS", right)
		s.take(s.as("EEF"), "LOS", right)
		for _, reader := range []staff.PersonID{"LEA", "LOU", "XAN", "AUT"} {
			s.must(s.ReadBulletin(ctx, s.as(reader), "BUL-1", 1))
		}
		before = s.dump()
		s.must(s.ReadBulletin(ctx, s.as("XAN"), "BUL-1", 1))
		equal(t, "receipts after reading twice", s.lines("bulletin_receipts"), strings.Count(before, "\nbulletin_receipts "))
		c, err = s.Change(ctx, s.as("PEN"), "WET-1")
		s.must(err)
		equal(t, "who did everything", c.Impact.Done, 6)
		equal(t, "hours left", c.Impact.Minutes, 0)
	})
}

func TestWhoDidNotLearnItIsShownAsOutdatedAndByNameOnlyToWhoMay(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.announced()
		_, err := s.ChangePeople(ctx, s.as("LEA"), "WET-1")
		refuses(t, err, fault.Forbidden, "no_consent")
		s.must(s.RecordConsent(ctx, s.as("PEN"), date("2026-01-01"), "OR 1"))
		people, err := s.ChangePeople(ctx, s.as("LEA"), "WET-1")
		s.must(err)
		var names []string
		for _, p := range people {
			names = append(names, string(p.Person))
		}
		equal(t, "whom LEA sees", strings.Join(names, " "), "EEF EVA LEA")
		_, err = s.ChangePeople(ctx, s.as("XAN"), "WET-1")
		refuses(t, err, fault.Forbidden, "")

		s.clock.set("2026-04-01", "12:00") // EEF left
		c, err := s.Change(ctx, s.as("LEA"), "WET-1")
		s.must(err)
		equal(t, "outdated", c.Outdated, 1)
		c, err = s.Change(ctx, s.as("EVA"), "WET-1")
		s.must(err)
		equal(t, "what an employee sees of others", c.Impact == nil, true)
		equal(t, "what it asks of EVA", len(c.Mine) == 1 && !c.Mine[0].Done, true)
	})
}

func TestAWithdrawnChangeAsksNothingMore(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.announced()
		refuses(t, s.WithdrawChange(ctx, s.as("EVA"), "WET-1", "x"), fault.Forbidden, "")
		refuses(t, s.WithdrawChange(ctx, s.as("AUT"), "WET-1", " "), fault.Invalid, "question")
		s.must(s.WithdrawChange(ctx, s.as("AUT"), "WET-1", "De wet is uitgesteld."))
		tasks, err := s.Tasks(ctx, s.as("EVA"), "EVA", academy.DutyOpen)
		s.must(err)
		for _, task := range tasks {
			if task.Scheme == "EENMALIG" {
				t.Errorf("it is still asked: %+v", task.Duty)
			}
		}
		equal(t, "who hears it", s.lines("notes", "change-withdrawn"), 6)
		author := s.as("AUT")
		before := s.dump()
		s.must(s.WithdrawChange(ctx, author, "WET-1", "De wet is uitgesteld."))
		same(t, "withdrawing twice", s.dump(), before)
	})
}

func TestWhatCannotWaitIsOutAtOnce(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		u := academy.Urgent{What: "Storing reisdocumenten", Kind: ch.Application, Text: "Geef vandaag geen paspoorten uit.", Source: "RvIG, mail van 9.00 uur", Roles: []staff.RoleID{"R1"}}
		_, _, err := s.PublishUrgently(ctx, s.as("XAN"), u)
		refuses(t, err, fault.Forbidden, "")
		_, _, err = s.PublishUrgently(ctx, s.as("AUT"), academy.Urgent{What: "x"})
		refuses(t, err, fault.Invalid, "urgent")
		for _, field := range fault.Of(err).Fields {
			if strings.Contains(field.Path, "bulletin") {
				t.Errorf("the form has no %s", field.Path)
			}
		}
		id, told, err := s.PublishUrgently(ctx, s.as("AUT"), u)
		s.must(err)
		equal(t, "told", told, 2)
		author := s.as("AUT")
		before := s.dump()
		again, _, err := s.PublishUrgently(ctx, author, u)
		s.must(err)
		equal(t, "the same form twice", again, id)
		same(t, "the same form twice", s.dump(), before)
		found, err := s.Bulletins(ctx, s.as("EVA"), "paspoorten", 0)
		s.must(err)
		equal(t, "EVA finds it", len(found) == 1 && found[0].ForMe && found[0].Waiting == nil, true)
		refuses(t, s.ConfirmBulletin(ctx, s.as("AUT"), ch.BulletinID(id), 1), fault.Forbidden, "self_approval")
		s.must(s.ConfirmBulletin(ctx, s.as("LOU"), ch.BulletinID(id), 1))
	})
}

func TestABulletinIsFoundAsItWasValidOnADay(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		author := s.as("AUT")
		b, e := bulletin()
		_, err := s.WriteBulletin(ctx, s.as("XAN"), b, e)
		refuses(t, err, fault.Forbidden, "")
		_, err = s.WriteBulletin(ctx, author, b, e)
		s.must(err)
		found, err := s.Bulletins(ctx, s.as("XAN"), "", 0)
		s.must(err)
		equal(t, "before it is confirmed", len(found), 0)
		_, err = s.Bulletin(ctx, s.as("XAN"), "BUL-1", 0)
		refuses(t, err, fault.NotFound, "")
		refuses(t, s.ReadBulletin(ctx, s.as("XAN"), "BUL-1", 1), fault.NotFound, "")
		s.must(s.ConfirmBulletin(ctx, s.as("LEA"), "BUL-1", 1))
		e.From, e.Text = date("2026-02-01"), "Dat."
		_, err = s.WriteBulletin(ctx, author, b, e)
		s.must(err)
		s.must(s.ConfirmBulletin(ctx, s.as("LEA"), "BUL-1", 2))
		for day, text := range map[string]string{"2026-01-20": "Dit.", "2026-02-01": "Dat."} {
			found, err = s.Bulletins(ctx, s.as("XAN"), "art. 1", date(day))
			s.must(err)
			equal(t, "on "+day, len(found) == 1 && found[0].Text == text, true)
		}
	})
}

func TestAQuestionToTheKnowledgeHolder(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		b, e := bulletin()
		_, err := s.WriteBulletin(ctx, s.as("AUT"), b, e)
		s.must(err)
		s.must(s.ConfirmBulletin(ctx, s.as("LEA"), "BUL-1", 1))
		_, err = s.AskHolder(ctx, s.as("XAN"), "BUL-1", "Geldt dit voor 111222333?")
		refuses(t, err, fault.Invalid, "")
		asked, err := s.AskHolder(ctx, s.as("XAN"), "BUL-1", "Geldt dit ook op zaterdag?")
		s.must(err)
		seen, err := s.Bulletin(ctx, s.as("LOU"), "BUL-1", 0)
		s.must(err)
		equal(t, "what others see before it is answered", len(seen.Questions), 0)
		refuses(t, s.AnswerQuestion(ctx, s.as("LEA"), "BUL-1", asked.ID, "Ja."), fault.Forbidden, "")
		s.must(s.AnswerQuestion(ctx, s.as("AUT"), "BUL-1", asked.ID, "Ja."))
		seen, err = s.Bulletin(ctx, s.as("LOU"), "BUL-1", 0)
		s.must(err)
		equal(t, "what others see", len(seen.Questions) == 1 && seen.Questions[0].Answer == "Ja." && seen.Questions[0].AskedBy == "", true)
		equal(t, "who hears the answer", s.lines("notes", "question-answered", "XAN"), 1)
	})
}

func TestASignalAndItsFate(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		sent, err := s.SendSignal(ctx, s.as("XAN"), ch.Residents, "Formulier is te lang", "Drie bellers.")
		s.must(err)
		_, err = s.SendSignal(ctx, s.as("XAN"), "moon", "", "")
		refuses(t, err, fault.Invalid, "signal")
		refuses(t, s.DecideSignal(ctx, s.as("EVA"), sent.ID, ch.Declined, "Nu niet.", "", ""), fault.Forbidden, "")
		refuses(t, s.DecideSignal(ctx, s.as("LOU"), sent.ID, ch.Linked, "Hoort erbij.", "NIETS", ""), fault.Invalid, "")
		s.must(s.DecideSignal(ctx, s.as("LOU"), sent.ID, ch.Declined, "Nu niet: er is geen budget.", "", ""))
		all, err := s.Signals(ctx, s.as("XAN"))
		s.must(err)
		equal(t, "the reporter sees", all[0].Mine && all[0].Fate == ch.Declined && all[0].Decision != "" && all[0].DecidedOn == date("2026-01-15"), true)
		all, err = s.Signals(ctx, s.as("EVA"))
		s.must(err)
		equal(t, "a colleague does not see who", all[0].Reporter == "" && all[0].ReporterName == "", true)
		own, err := s.SendSignal(ctx, s.as("LOU"), ch.Region, "Buurgemeente belt", "")
		s.must(err)
		refuses(t, s.DecideSignal(ctx, s.as("LOU"), own.ID, ch.Declined, "x", "", ""), fault.Forbidden, "self_approval")
	})
}

func TestALeaderSaysWhatAChangeMeansForUs(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.must(s.Define(ctx, staff.Actor{}, []certificates.Scheme{forever}, nil))
		b, e := bulletin()
		_, err := s.WriteBulletin(ctx, s.as("AUT"), b, e)
		s.must(err)
		_, err = s.SaveChange(ctx, s.as("AUT"), change())
		s.must(err)
		m := ch.Meaning{Change: "WET-1", Team: "T1", Text: "Meer vragen aan de balie.", Decision: "We oefenen in maart."}
		_, err = s.ExplainChange(ctx, s.as("EVA"), m)
		refuses(t, err, fault.Forbidden, "")
		_, err = s.ExplainChange(ctx, s.as("LOU"), m)
		refuses(t, err, fault.Invalid, "meaning")
		for range 2 {
			_, err = s.ExplainChange(ctx, s.as("LEA"), m)
			s.must(err)
		}
		c, err := s.Change(ctx, s.as("EVA"), "WET-1")
		s.must(err)
		equal(t, "meanings", len(c.Meanings) == 1 && c.Meanings[0].Name == "Lea Bos" && c.Meanings[0].At.Equal(moment("2026-01-15", "12:00")), true)
		refuses(t, s.MoveChange(ctx, s.as("LEA"), "WET-1", ch.Training), fault.Forbidden, "")
		s.must(s.MoveChange(ctx, s.as("AUT"), "WET-1", ch.Training))
	})
}

func TestObjectivesAreWorkedOutOrFilledIn(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		computed := ch.Objective{ID: "D1", Teams: []staff.TeamID{"T1"}, Text: "Iedereen", Indicator: "% met Balie", Norm: 100, Until: date("2026-12-31"), Measure: ch.ByCertificate, Scheme: "BALIE"}
		few := computed
		few.ID, few.Role = "D2", "R1"
		hand := ch.Objective{ID: "D3", Teams: []staff.TeamID{"T1", "T2"}, Text: "Op tijd", Indicator: "% op tijd", Norm: 98, Until: date("2026-12-31"), Measure: ch.ByHand}
		refuses(t, s.SaveObjective(ctx, s.as("EVA"), computed), fault.Forbidden, "")
		refuses(t, s.SaveObjective(ctx, s.as("LOU"), computed), fault.NotFound, "")
		for _, o := range []ch.Objective{computed, few, hand} {
			s.must(s.SaveObjective(ctx, s.as("LEA"), o))
		}
		refuses(t, s.FillIn(ctx, s.as("LEA"), "D1", 50), fault.Conflict, "computed")
		s.must(s.FillIn(ctx, s.as("LOU"), "D3", 98))
		s.must(s.SaveStrategy(ctx, s.as("PEN"), ch.Strategy{Mission: "Iedereen in één keer goed helpen."}))
		refuses(t, s.SaveStrategy(ctx, s.as("LEA"), ch.Strategy{Mission: "x"}), fault.NotFound, "")
		d, err := s.Objectives(ctx, s.as("EVA"))
		s.must(err)
		equal(t, "of seven people nobody holds it", d.Objectives[0].Reading.Value == 0 && !d.Objectives[0].Reading.Unknown && !d.Objectives[0].Reached, true)
		equal(t, "of two people nothing is told", d.Objectives[1].Reading.TooFew, true)
		equal(t, "what was filled in", d.Objectives[2].Reading.Value == 98 && d.Objectives[2].Reached && strings.Join(d.Objectives[2].Owners, ",") == "Lea Bos,Lou Bos", true)
	})
}

// Who holds the touched scheme on an older version of its course is asked by name; who was certified on the new one owes
// nothing.
func TestHoldersOfAnOlderVersionAreAskedByName(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.must(s.Define(ctx, staff.Actor{}, []certificates.Scheme{forever}, nil))
		s.take(s.as("XAN"), "BALIE", right)
		author := s.as("AUT")
		s.publish(author, "BALIE", 2)
		s.take(s.as("LOU"), "BALIE", right)
		s.sweep(academy.SweepRequest{})
		c := change()
		c.Touches.Schemes, c.Verdicts = []certificates.SchemeKey{"BALIE"}, []ch.Verdict{{Kind: ch.Delta, Roles: []staff.RoleID{"R1"}, Scheme: "EENMALIG", Holders: "BALIE", Version: 2}}
		c, err := s.SaveChange(ctx, author, c)
		s.must(err)
		impact, err := s.PublishChange(ctx, s.as("PEN"), c.ID, c.Version, false)
		s.must(err)
		equal(t, "who is in it", impact.People, 1) // XAN by what they hold; EVA and EEF still have to do the course itself
		for person, want := range map[staff.PersonID]bool{"XAN": true, "EVA": false, "LOU": false} {
			tasks, err := s.Tasks(ctx, s.as(person), person, academy.DutyOpen)
			s.must(err)
			asked := false
			for _, task := range tasks {
				asked = asked || task.Scheme == "EENMALIG" && task.DueOn == date("2026-03-18")
			}
			equal(t, string(person)+" is asked", asked, want)
		}
		for _, one := range []struct {
			day  string
			want certificates.State
		}{{"2026-03-31", certificates.Valid}, {"2026-04-01", certificates.Outdated}} {
			day, want := one.day, one.want
			s.clock.set(day, "12:00")
			held, err := s.Certificates(ctx, s.as("XAN"), "XAN")
			s.must(err)
			v, err := s.Verify(ctx, string(held[0].Number))
			s.must(err)
			equal(t, "on "+day, held[0].State(date(day)) == want && v.State == want, true)
		}
		s.take(s.as("XAN"), "LOS", right)
		held, err := s.Certificates(ctx, s.as("XAN"), "XAN")
		s.must(err)
		equal(t, "after learning it", held[0].State(date("2026-04-01")), certificates.Valid)
	})
}

func TestWhatTouchesPeriodsAsksTheRightToRevoke(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.take(s.as("XAN"), "BALIE", right)
		author, hr := s.as("AUT"), s.as("PEN")
		for _, one := range []struct { // in this order: what is revoked cannot be renewed early
			kind ch.VerdictKind
			want certificates.DecisionKind
		}{{ch.Full, certificates.Early}, {ch.Withdraw, certificates.Revocation}} {
			kind, want := one.kind, one.want
			c := change()
			c.ID = ch.ID("WET-" + string(kind))
			c.Touches.Schemes, c.Verdicts = []certificates.SchemeKey{"BALIE"}, []ch.Verdict{{Kind: kind, Scheme: "BALIE", Holders: "BALIE", Version: 2}}
			c, err := s.SaveChange(ctx, hr, c)
			s.must(err)
			before := s.dump()
			_, err = s.PublishChange(ctx, author, c.ID, c.Version, false)
			refuses(t, err, fault.Forbidden, "")
			same(t, "what was refused", s.dump(), before)
			c, err = s.SaveChange(ctx, author, c)
			s.must(err)
			_, err = s.PublishChange(ctx, hr, c.ID, c.Version, false)
			s.must(err)
			equal(t, string(want)+" of XAN", s.lines("decisions", "kind="+string(want), "person=XAN"), 1)
		}
		equal(t, "what counts no longer", s.lines("periods", "person=XAN", "revoked_on=2026-04-01"), 1)

		for _, kind := range []ch.VerdictKind{ch.Full, ch.Withdraw} {
			s.must(s.WithdrawChange(ctx, hr, ch.ID("WET-"+string(kind)), "De wet gaat niet door."))
		}
		equal(t, "decisions that stand", s.lines("decisions", "person=XAN", "undone_at=-"), 0)
		equal(t, "what would count no longer", s.lines("periods", "person=XAN", "revoked_on=2026-04-01"), 0)
		s.clock.set("2026-04-02", "12:00")
		held, err := s.Certificates(ctx, s.as("XAN"), "XAN")
		s.must(err)
		equal(t, "on the day after", held[0].State(date("2026-04-02")), certificates.Valid)
	})
}

func TestWhatIsRevokedAlreadyStaysSoWhenAChangeIsWithdrawn(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.take(s.as("XAN"), "BALIE", right)
		author, hr := s.as("AUT"), s.as("PEN")
		c := change()
		c.Touches.Schemes, c.Verdicts = []certificates.SchemeKey{"BALIE"}, []ch.Verdict{{Kind: ch.Withdraw, Scheme: "BALIE", Holders: "BALIE", Version: 2}}
		c, err := s.SaveChange(ctx, author, c)
		s.must(err)
		_, err = s.PublishChange(ctx, hr, c.ID, c.Version, false)
		s.must(err)
		s.clock.set("2026-04-02", "12:00")
		s.must(s.WithdrawChange(ctx, hr, c.ID, "De wet gaat niet door."))
		equal(t, "what is gone stays gone", s.lines("periods", "person=XAN", "revoked_on=2026-04-01"), 1)
	})
}
