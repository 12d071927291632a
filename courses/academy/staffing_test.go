package academy_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"bekwaam/certificates"
	"bekwaam/courses/academy"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/staffing"
	"bekwaam/courses/store"
)

// counter makes the process of the scene: EVA and EEF have its role, and EVA and XAN are to hold BALIE.
func (s *scene) counter() staff.Actor {
	s.t.Helper()
	pen := s.as("PEN")
	_, err := s.SaveActivity(ctx, pen, staff.Activity{ID: "P1", Kind: staff.Process, Name: "Balie", Roles: staff.Always("R1")})
	s.must(err)
	s.must(s.SaveProcess(ctx, pen, staffing.Process{
		Activity: staff.Activity{ID: "P1"}, Cluster: "Burgerzaken", Owner: "LOU", All: []certificates.SchemeKey{"BALIE"}, PoolMinimum: 1, Shortage: "Balie dicht.",
		Windows: []staffing.Window{{Days: []time.Weekday{time.Thursday}, From: 540, To: 1020, Minimum: 1}},
	}, ""))
	s.must(s.TakeOver(ctx, staff.Actor{}, []academy.Held{{Person: "EVA", Scheme: "BALIE", AchievedOn: date("2026-01-01"), ValidUntil: date("2026-12-31")}}))
	return pen
}

// roster lets somebody work on weekdays from 8:30 to 17:00.
func roster(person staff.PersonID, from string) staffing.Roster {
	r := staffing.Roster{Person: person, Employment: 1, From: date(from)}
	for day := time.Monday; day <= time.Friday; day++ {
		r.Days[day] = staffing.Hours{From: 510, To: 1020}
	}
	return r
}

// crew says how a process stands for somebody who reads it.
func crew(p academy.StaffedProcess) string {
	if p.Crew == nil {
		return fmt.Sprint(p.Colour, " closed:", p.Closed)
	}
	text := fmt.Sprint(p.Colour, " ", len(p.Crew.Pool), " known:", p.Crew.Known(), " others:", p.Crew.Others)
	for _, m := range p.Crew.Members {
		text += fmt.Sprint(" ", m.Person, "{", m.Lack.Role, " ", m.Lack.All, " ", m.Lack.OneOf, "}")
	}
	return text
}

func TestWhoSeesHowAProcessIsStaffed(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		pen := s.counter()
		look := func(who staff.PersonID) string {
			p, err := s.Process(ctx, s.as(who), "P1", 0, "")
			s.must(err)
			return crew(p)
		}
		for _, who := range []staff.PersonID{"PEN", "LEA", "LOU"} {
			equal(t, string(who)+" without consent", look(who), "yellow closed:true")
		}
		_, err := s.ProcessForecast(ctx, pen, "P1", 0, "")
		refuses(t, err, fault.Forbidden, "no_consent")
		_, err = s.Process(ctx, pen, "P1", 0, "EVA")
		refuses(t, err, fault.Forbidden, "no_consent")

		s.must(s.RecordConsent(ctx, pen, date("2026-01-10"), "besluit 1"))
		equal(t, "HR", look("PEN"), "yellow 1 known:false others:0 EEF{false [BALIE] []} EVA{false [] []}")
		equal(t, "the leader", look("LEA"), "yellow 1 known:false others:0 EEF{false [BALIE] []} EVA{false [] []}")
		equal(t, "who answers for it and leads others", look("LOU"), "yellow 1 known:false others:1")
		equal(t, "an employee", look("XAN"), "yellow closed:false")
		if n := s.lines("looks", "EVA", "LEA"); n != 1 {
			t.Errorf("that the leader saw EVA was written down %d times, want once", n)
		}

		s.must(s.SetRoster(ctx, pen, roster("EVA", "2026-01-15")))
		p, err := s.Process(ctx, s.as("LEA"), "P1", 0, "")
		s.must(err)
		equal(t, "with a roster", fmt.Sprint(p.Crew.Windows[0].Present, p.Crew.Known()), "1 true")
		p, err = s.Process(ctx, s.as("LEA"), "P1", 0, "EVA")
		s.must(err)
		equal(t, "without EVA", fmt.Sprint(p.Colour, len(p.Crew.Pool), len(p.Crew.With.Pool), p.Crew.Windows[0].Present), "red0 1 0")

		_, err = s.Process(ctx, s.as("LEA"), "P1", 0, "XAN")
		refuses(t, err, fault.NotFound, "")
		_, err = s.Process(ctx, s.as("XAN"), "P1", 0, "EVA")
		refuses(t, err, fault.Forbidden, "")
		_, err = s.ProcessForecast(ctx, s.as("XAN"), "P1", 0, "")
		refuses(t, err, fault.Forbidden, "")
		_, err = s.Process(ctx, pen, "P9", 0, "")
		refuses(t, err, fault.NotFound, "")
		_, err = s.Process(ctx, pen, "P1", date("2126-01-01"), "")
		refuses(t, err, fault.Invalid, "")
		_, err = s.Processes(ctx, staff.Actor{}, 0)
		refuses(t, err, fault.Forbidden, "")

		s.must(s.RecordConsent(ctx, pen, 0, ""))
		equal(t, "after the consent was withdrawn", look("PEN"), "yellow closed:true")
	})
}

func TestAForecastOfAProcessTellsWhyAndWhatHelps(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		pen := s.counter()
		s.must(s.RecordConsent(ctx, pen, date("2026-01-10"), "besluit 1"))
		say := func(who staff.PersonID, without staff.PersonID) string {
			f, err := s.ProcessForecast(ctx, s.as(who), "P1", 0, without)
			s.must(err)
			var text []string
			for _, c := range f.Changes {
				text = append(text, fmt.Sprint(c.Day, " ", c.Pool, " ", strings.Join(c.Dutch, ", ")))
			}
			for _, r := range f.Risks {
				text = append(text, r.Dutch+" "+r.ActionDutch)
			}
			return strings.Join(text, "\n")
		}
		equal(t, "the leader", say("LEA", ""), `2026-01-15 1 
2027-01-01 0 BALIE van Eva van der Berg verloopt op 1 januari 2027
Vanaf 1 januari 2027 mag niemand dit werk doen. Laat Eva van der Berg de hertoets doen van Balie (BALIE) uiterlijk op 31 december 2026.`)
		equal(t, "another leader", say("LOU", ""), `2026-01-15 1 
2027-01-01 0 BALIE van een collega van een ander team verloopt op 1 januari 2027
Vanaf 1 januari 2027 mag niemand dit werk doen. Laat een collega van een ander team de hertoets doen van Balie (BALIE) uiterlijk op 31 december 2026.`)
		equal(t, "without EVA", say("LEA", "EVA"), `2026-01-15 0 
Nu mag niemand dit werk doen. Laat Eef Bos dit halen: Balie (BALIE), zo snel mogelijk.`)
		_, err := s.ProcessForecast(ctx, pen, "P1", 61, "")
		refuses(t, err, fault.Invalid, "")
	})
}

func TestWhatAProcessAsksIsChangedByHR(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		pen := s.counter()
		refuses(t, s.SaveProcess(ctx, s.as("LEA"), staffing.Process{Activity: staff.Activity{ID: "P1"}}, ""), fault.Forbidden, "")
		refuses(t, s.SaveProcess(ctx, pen, staffing.Process{Activity: staff.Activity{ID: "P9"}}, ""), fault.NotFound, "")
		refuses(t, s.SaveProcess(ctx, pen, staffing.Process{Activity: staff.Activity{ID: "P1"}, All: []certificates.SchemeKey{"NIETS"}, Owner: "NIEMAND"}, "nieuw"), fault.Invalid, "process")
		if n := s.lines("audit", "process.saved"); n != 1 {
			t.Errorf("%d changes were written down, want 1", n)
		}

		p, err := s.Process(ctx, pen, "P1", 0, "")
		s.must(err)
		asks := p.Process
		s.must(s.SaveProcess(ctx, pen, asks, "")) // the same once more
		asks.PoolMinimum, asks.From = 3, date("2026-02-01")
		refuses(t, s.SaveProcess(ctx, pen, asks, " "), fault.Invalid, "process")
		_, err = s.PreviewProcess(ctx, s.as("LEA"), asks, "meer bezoekers")
		refuses(t, err, fault.Forbidden, "")
		effect, err := s.PreviewProcess(ctx, pen, asks, "meer bezoekers")
		s.must(err)
		equal(t, "without consent nobody is counted", fmt.Sprint(effect.Counted, effect.After, effect.Is.PoolMinimum, effect.Was.PoolMinimum, effect.Nobody), "false 0 3 1 false")
		s.must(s.RecordConsent(ctx, pen, date("2026-01-10"), "besluit 1", academy.ViewStaffing))
		effect, err = s.PreviewProcess(ctx, pen, asks, "meer bezoekers")
		s.must(err)
		equal(t, "effect", fmt.Sprint(effect.Before, effect.After, effect.Colour), "1 1red")
		s.must(s.SaveProcess(ctx, pen, asks, "meer bezoekers"))
		for day, want := range map[string]string{"2026-01-15": "yellow 1", "2026-01-31": "yellow 1", "2026-02-01": "red 3"} {
			p, err := s.Process(ctx, pen, "P1", date(day), "")
			s.must(err)
			equal(t, day, fmt.Sprint(p.Colour, " ", p.PoolMinimum), want)
		}
		versions, err := s.ProcessVersions(ctx, s.as("EVA"), "P1")
		s.must(err)
		equal(t, "versions", fmt.Sprint(len(versions), versions[1].Why, versions[1].By), "2meer bezoekersPEN")
		f, err := s.ProcessForecast(ctx, pen, "P1", 1, "")
		s.must(err)
		equal(t, "why the pool stands otherwise", f.Changes[1].Dutch[0], "dit proces vraagt iets anders vanaf 1 februari 2026")
		asks.From = date("2026-01-14")
		refuses(t, s.SaveProcess(ctx, pen, asks, "terug"), fault.Invalid, "process")
		_, err = s.ProcessVersions(ctx, s.as("EVA"), "P9")
		refuses(t, err, fault.NotFound, "")
	})
}

func TestHowAProcessIsDoneHasVersions(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.counter()
		aut := s.as("AUT")
		how := staffing.Procedure{Process: "P1", From: date("2026-01-15"), Text: " Zo doen we het. ", Holder: "AUT"}
		refuses(t, func() error { _, err := s.WriteProcedure(ctx, s.as("EVA"), how, ""); return err }(), fault.Forbidden, "")
		for range 2 { // the same once more changes nothing
			saved, err := s.WriteProcedure(ctx, aut, how, "nieuw")
			s.must(err)
			equal(t, "version", saved.Version, 1)
		}
		other := how
		other.Text = "Anders."
		_, err := s.WriteProcedure(ctx, aut, other, "anders")
		refuses(t, err, fault.Conflict, "already_exists")
		other.From = date("2026-02-01")
		_, err = s.WriteProcedure(ctx, aut, other, "anders")
		s.must(err)
		other.From, other.Holder = date("2026-01-20"), "NIEMAND"
		_, err = s.WriteProcedure(ctx, aut, other, "anders")
		refuses(t, err, fault.Invalid, "procedure")
		for day, want := range map[string]string{"2026-01-14": "0 ", "2026-01-31": "1 Aut Bos", "2026-02-01": "2 Aut Bos"} {
			p, err := s.Process(ctx, s.as("XAN"), "P1", date(day), "")
			s.must(err)
			equal(t, day, fmt.Sprint(p.Procedure.Version, " ", p.Holder), want)
		}
		all, err := s.Procedures(ctx, s.as("XAN"), "P1")
		s.must(err)
		equal(t, "versions", fmt.Sprint(len(all), all[1].Why, all[1].Writer), "2andersAut Bos")
		_, err = s.Procedures(ctx, s.as("XAN"), "P9")
		refuses(t, err, fault.NotFound, "")
	})
}

func TestWorkingTimesAreSetByLeadersAndHRAndNeverByOneself(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		pen := s.counter()
		refuses(t, s.SetRoster(ctx, pen, roster("PEN", "2026-01-15")), fault.Forbidden, "self_approval")
		refuses(t, s.SetRoster(ctx, s.as("LEA"), roster("XAN", "2026-01-15")), fault.NotFound, "")
		refuses(t, s.SetRoster(ctx, s.as("EEF"), roster("EVA", "2026-01-15")), fault.Forbidden, "")
		refuses(t, s.SetRoster(ctx, pen, roster("NIEMAND", "2026-01-15")), fault.NotFound, "")
		second := roster("EVA", "2026-01-15")
		second.Employment = 2
		refuses(t, s.SetRoster(ctx, pen, second), fault.NotFound, "")
		refuses(t, s.SetRoster(ctx, pen, roster("EVA", "2026-01-14")), fault.Invalid, "roster")
		s.must(s.SetRoster(ctx, s.as("LEA"), roster("EVA", "2026-01-15")))
		s.must(s.SetRoster(ctx, pen, roster("EVA", "2026-01-15")))

		leave := staffing.Leave{ID: "A1", Person: "EVA", From: date("2026-01-22"), Until: date("2026-01-22"), Part: staffing.Morning, Approved: true}
		s.must(s.SetLeave(ctx, pen, leave))
		s.must(s.SetLeave(ctx, pen, leave))
		twice := leave
		twice.ID = "A2"
		refuses(t, s.SetLeave(ctx, pen, twice), fault.Invalid, "leave")
		twice.Person = "PEN"
		refuses(t, s.SetLeave(ctx, pen, twice), fault.Forbidden, "self_approval")

		w, err := s.WorkingTimes(ctx, s.as("EVA"), "EVA")
		s.must(err)
		equal(t, "EVA's own", fmt.Sprint(len(w.Employments), len(w.Rosters), len(w.Leave), w.Rosters[0].Minutes()), "1 1 1 2400")
		_, err = s.WorkingTimes(ctx, s.as("LEA"), "EVA")
		s.must(err)
		_, err = s.WorkingTimes(ctx, s.as("XAN"), "EVA")
		refuses(t, err, fault.NotFound, "")

		s.must(s.RecordConsent(ctx, pen, date("2026-01-10"), "besluit 1"))
		p, err := s.Process(ctx, pen, "P1", date("2026-01-22"), "")
		s.must(err)
		equal(t, "in the morning", fmt.Sprint(p.Crew.Windows[0].Short, p.Crew.Away), "[{09:00 13:00 0}] [EVA]")
		s.must(s.DropLeave(ctx, pen, "EVA", "A1"))
		refuses(t, s.DropLeave(ctx, pen, "EVA", "A1"), fault.NotFound, "")
		refuses(t, s.DropLeave(ctx, s.as("EVA"), "EVA", "A1"), fault.Forbidden, "self_approval")

		call := []staffing.OnCall{{Person: "EVA", Process: "P1", Day: date("2026-01-17"), From: 600, To: 660}}
		s.must(s.SetOnCall(ctx, pen, "P1", date("2026-01-17"), call))
		refuses(t, s.SetOnCall(ctx, s.as("LEA"), "P1", date("2026-01-17"), call), fault.Forbidden, "")
		refuses(t, s.SetOnCall(ctx, pen, "P9", date("2026-01-17"), call), fault.NotFound, "")
		for reader, want := range map[staff.PersonID]string{"PEN": "[EVA]", "LEA": "[EVA]", "LOU": "[]"} {
			calls, err := s.OnCall(ctx, s.as(reader), "P1", 0)
			s.must(err)
			var people []staff.PersonID
			for _, c := range calls {
				people = append(people, c.Person)
			}
			equal(t, string(reader)+" sees on call", fmt.Sprint(people), want)
		}
		_, err = s.OnCall(ctx, s.as("EVA"), "P1", 0)
		refuses(t, err, fault.Forbidden, "")
		w, err = s.WorkingTimes(ctx, s.as("EVA"), "EVA")
		s.must(err)
		equal(t, "EVA's own time on call", len(w.OnCall), 1)
		call[0].Person = "NIEMAND"
		refuses(t, s.SetOnCall(ctx, pen, "P1", date("2026-01-17"), call), fault.Invalid, "on-call")
	})
}

func TestTheConsentOfTheWorksCouncilIsRecorded(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		refuses(t, s.RecordConsent(ctx, s.as("LEA"), date("2026-01-10"), "x"), fault.Forbidden, "")
		_, err := s.Consent(ctx, s.as("LEA"))
		refuses(t, err, fault.Forbidden, "")
		pen := s.as("PEN")
		refuses(t, s.RecordConsent(ctx, pen, date("2026-01-16"), " "), fault.Invalid, "consent")
		c, err := s.Consent(ctx, pen)
		s.must(err)
		equal(t, "before", fmt.Sprint(c), fmt.Sprint(store.Consent{}))
		s.must(s.RecordConsent(ctx, pen, date("2026-01-10"), " besluit 1 "))
		c, err = s.Consent(ctx, pen)
		s.must(err)
		equal(t, "after", fmt.Sprint(c.On, c.Reference, c.Views, c.RecordedBy), "2026-01-10besluit 1[staffing matrix candidates changes]PEN")
		refuses(t, s.RecordConsent(ctx, pen, date("2026-01-10"), "besluit 1", "alles"), fault.Invalid, "consent")
		s.must(s.RecordConsent(ctx, pen, date("2026-01-10"), "besluit 1", academy.ViewMatrix))
		s.counter()
		_, err = s.ProcessForecast(ctx, pen, "P1", 0, "")
		refuses(t, err, fault.Forbidden, "no_consent") // to another view alone
		equal(t, "written down", s.lines("audit", "consent.recorded"), 2)
	})
}

func TestLeaveIsNotKeptForEver(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		pen := s.counter()
		s.must(s.SetRoster(ctx, pen, roster("EVA", "2026-01-15")))
		for id, day := range map[string]string{"OUD": "2026-01-16", "JAAR": "2026-01-20", "NU": "2026-02-20"} {
			s.must(s.SetLeave(ctx, pen, staffing.Leave{ID: id, Person: "EVA", From: date(day), Until: date(day), Part: staffing.WholeDay, Approved: true}))
		}
		s.clock.set("2027-01-20", "12:00")
		s.sweep(academy.SweepRequest{})
		equal(t, "after the sweep", s.lines("leave"), 2)
		equal(t, "written down", s.lines("audit", "act=leave.forgotten"), 1)
	})
}
