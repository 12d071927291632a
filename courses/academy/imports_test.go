package academy_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/academy"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// oldList is a list with five good lines, of which one is older than what EVA holds already, one duplicate and two that are wrong.
const oldList = `Diploma's;;;
Nummer;Wie;Cursus;Behaald
EVA;;Balie;14-1-2025
EVA;;Balie;13-1-2024
;Eva van der Berg;bal.;14-1-2025
LOU;;bal.;15-1-2026
XAN;;bal.;16-1-2026
AUT;;bal.;30-2-2025
XAN;;praktijktraining;20-6-2025
EEF;;Balie;1-2-2025
`

func (s *scene) upload(who staff.Actor, content string) string {
	s.t.Helper()
	id, err := s.UploadEvidence(ctx, who, `C:\map\oude lijst.csv`, []byte(content))
	s.must(err)
	return id
}

// content is what is kept of a list.
func (s *scene) content(id string) string {
	i, err := store.ImportOf(ctx, s.db.Read(), id)
	s.must(err)
	return string(i.Content)
}

func (s *scene) read(who staff.Actor, id string) academy.ReadImport {
	s.t.Helper()
	read, err := s.EvidenceImport(ctx, who, id)
	s.must(err)
	return read
}

// looked is what somebody says who looks at the guesses and finds them right.
func looked(read academy.ReadImport) academy.EvidenceMapping {
	m := read.List.Mapping
	m.Schemes = make(map[string]certificates.SchemeKey)
	for _, s := range read.List.Spellings {
		m.Schemes[s.Key] = s.Scheme
	}
	return m
}

func counts(l academy.EvidenceList) string {
	return fmt.Sprint(l.Count(academy.Good), l.Count(academy.Duplicate), l.Count(academy.Wrong), len(l.Fresh()))
}

func TestAnOldListComesInOnlyOnceSomebodyLooked(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		pen := s.as("PEN")
		before := s.dump()
		id := s.upload(pen, oldList)
		read := s.read(pen, id)
		equal(t, "good, duplicate, wrong and new", counts(read.List), "5 1 2 5")
		equal(t, "the name of the file", read.FileName, "oude lijst.csv")
		equal(t, "somebody looked", read.Looked, false)
		_, err := s.ImportEvidence(ctx, pen, id)
		refuses(t, err, fault.Conflict, "guessed")
		s.must(s.MapEvidence(ctx, pen, id, looked(read)))
		equal(t, "evidence before the last step", s.lines("evidence"), 0)
		equal(t, "periods before the last step", s.lines("periods"), 0)
		equal(t, "what was learned before the last step", s.lines("spellings"), 0)
		equal(t, "what else was written", strings.Count(s.dump(), "\n")-strings.Count(before, "\n") > 0, true)

		done, err := s.ImportEvidence(ctx, pen, id)
		s.must(err)
		equal(t, "lines that came in", done.Added, 5)
		equal(t, "periods", s.lines("periods"), 5)
		equal(t, "evidence, of which PRAKTIJK asks two", s.lines("evidence"), 6)
		equal(t, "certificates", s.lines("certificates"), 5)
		equal(t, "learned", s.lines("spellings", "bal")+s.lines("spellings", "praktijktraining"), 2)
		equal(t, "entries about somebody", s.lines("audit", "evidence.taken-over"), 5)
		period := s.lines("periods", "EVA", "2024-01-13", "2025-01-12")
		equal(t, "the end is that of the scheme", period, 1)

		after := s.dump()
		again, err := s.ImportEvidence(ctx, pen, id)
		s.must(err)
		equal(t, "lines that came in, asked twice", again.Added, 5)
		same(t, "importing twice", s.dump(), after)
		refuses(t, s.MapEvidence(ctx, pen, id, looked(read)), fault.Conflict, "done")

		read = s.read(pen, s.upload(pen, oldList))
		equal(t, "once more", counts(read.List), "5 1 2 0")
		equal(t, "guessed once more", read.List.Guessed(), false)
		done, err = s.ImportEvidence(ctx, pen, read.ID)
		s.must(err)
		equal(t, "lines that came in once more", done.Added, 0)
		equal(t, "periods once more", s.lines("periods"), 5)

		imports, err := s.Imports(ctx, pen)
		s.must(err)
		equal(t, "imports", len(imports), 2)
		equal(t, "the first one is done", imports[1].Done() && imports[1].DoneBy == "PEN", true)
	})
}

func TestCorrectionsComeInLater(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		pen := s.as("PEN")
		id := s.upload(pen, oldList)
		s.must(s.MapEvidence(ctx, pen, id, looked(s.read(pen, id))))
		_, err := s.ImportEvidence(ctx, pen, id)
		s.must(err)
		file, err := s.EvidenceCorrections(ctx, pen, id, true)
		s.must(err)
		fixed := strings.NewReplacer("16-1-2026", "6-1-2026", "30-2-2025", "28-2-2025").Replace(string(file))
		equal(t, "what is told", strings.Contains(string(file), "Line 7. Behaald: This day has yet to come."), true)
		id = s.upload(pen, fixed)
		equal(t, "corrected", counts(s.read(pen, id).List), "2 0 0 2")
		done, err := s.ImportEvidence(ctx, pen, id)
		s.must(err)
		equal(t, "in all", done.Added+5, 7)
		_, err = s.EvidenceCorrections(ctx, pen, id, true)
		refuses(t, err, fault.NotFound, "")
	})
}

func TestWhatIsOlderThanWhatSomebodyHoldsIsHistory(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		eva, pen := s.as("EVA"), s.as("PEN")
		sitting := s.take(eva, "BALIE", right)
		number := sitting.Result.Certificate.Number
		periods, issued := s.lines("periods"), s.lines("certificates")
		list, err := s.TakeInEvidence(ctx, pen, []byte("Nummer;Cursus;Behaald;Tot\nEVA;BALIE;2024-05-01;2025-04-30\nEVA;BALIE;2026-01-15;2027-01-14\n"), "", false, false)
		s.must(err)
		equal(t, "counts", counts(list), "2 0 0 1")
		equal(t, "periods", s.lines("periods"), periods)
		equal(t, "certificates", s.lines("certificates"), issued)
		equal(t, "evidence", s.lines("evidence", "EVA"), 2)
		certificate, err := s.Certificate(ctx, eva, number)
		s.must(err)
		equal(t, "the certificate", certificate.State(date("2026-01-15")), certificates.Valid)
		s.must(err)
		s.clock.set("2026-12-01", "12:00")
		equal(t, "renewing as if nothing had come in", s.take(eva, "KORT", right).Result.Certificate.Period.Cycle, 2)
	})
}

func TestNobodyTakesInWhatTheyHoldThemselves(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		pen := s.as("PEN")
		list := []byte("Nummer;Cursus;Behaald\nPEN;BALIE;14-1-2026\nEVA;BALIE;14-1-2026\n")
		read, err := s.TakeInEvidence(ctx, pen, list, "", false, false)
		s.must(err)
		equal(t, "counts", counts(read), "1 0 1 1")
		equal(t, "what is wrong", read.Rows[0].Mistakes[0].English, "This is about yourself. Have a colleague of HR import this line.")
		equal(t, "periods of the importer", s.lines("periods", "PEN"), 0)
		equal(t, "certificates of the importer", s.lines("certificates", "Pen Bos"), 0)
		equal(t, "periods", s.lines("periods"), 1)
		id := s.upload(pen, string(list))
		done, err := s.ImportEvidence(ctx, pen, id)
		s.must(err)
		equal(t, "lines that came in by the other way", done.Added, 0)
		equal(t, "periods of the importer", s.lines("periods", "PEN"), 0)
		s.must(s.TakeOver(ctx, staff.Actor{}, []academy.Held{{Person: "PEN", Scheme: "BALIE", AchievedOn: date("2026-01-14"), ValidUntil: date("2027-01-13"), Source: "toets"}}))
		equal(t, "what is known is no mistake", counts(s.read(pen, s.upload(pen, string(list))).List), "2 0 0 0")
	})
}

func TestWhatWaitedForAPrerequisiteBeginsWhenThatComesIn(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		after := forever
		after.Key, after.Title, after.Prerequisites = "NA", "Daarna", []certificates.Prerequisite{{Scheme: "BALIE", Hard: true}}
		s.must(s.Define(ctx, staff.Actor{}, []certificates.Scheme{after}, nil))
		sitting := s.take(s.as("EVA"), "LOS", right)
		equal(t, "what it leads to", sitting.Result.Outcome, courses.PrerequisiteFirst)
		list := []byte("Nummer;Cursus;Behaald\nEVA;BALIE;14-1-2026\n")
		_, err := s.TakeInEvidence(ctx, s.as("PEN"), list, "", false, false)
		s.must(err)
		equal(t, "periods after it", s.lines("periods", "EVA", "scheme=NA"), 1)
		_, err = s.TakeInEvidence(ctx, s.as("PEN"), []byte("Nummer;Cursus;Behaald\nEVA;BALIE;15-1-2026\n"), "", false, false)
		s.must(err)
		equal(t, "periods after it, once more", s.lines("periods", "EVA", "scheme=NA"), 1)
	})
}

func TestOneLineThatFailsKeepsAllOut(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		pen := s.as("PEN")
		before := s.dump()
		if s.TakeOver(ctx, pen, []academy.Held{{Person: "EVA", Scheme: "BALIE", AchievedOn: date("2024-05-01")}, {Person: "EVA", Scheme: "NONE", AchievedOn: date("2024-05-02")}}) == nil {
			t.Fatal("it came in")
		}
		same(t, "after a line that failed", s.dump(), before)
	})
}

func TestAProgramTakesInAListInOneGo(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		pen := s.as("PEN")
		before := s.dump()
		list, err := s.TakeInEvidence(ctx, pen, []byte(oldList), "", true, false)
		s.must(err)
		equal(t, "dry", counts(list), "5 1 2 5")
		same(t, "after a dry run", s.dump(), before)
		_, err = s.TakeInEvidence(ctx, pen, []byte(oldList), "", false, false)
		refuses(t, err, fault.Conflict, "guessed")
		for _, dry := range []bool{true, false} {
			_, err = s.TakeInEvidence(ctx, pen, []byte("a;b\nc;d\n"), "", dry, true)
			refuses(t, err, fault.Invalid, "mapping")
		}
		_, err = s.TakeInEvidence(ctx, pen, []byte("Nummer;Cursus;Behaald\nEVA;BALIE;1/2/2024\n"), "", false, false)
		refuses(t, err, fault.Conflict, "guessed")
		list, err = s.TakeInEvidence(ctx, pen, []byte("Nummer;Cursus;Behaald\nEVA;BALIE;1/2/2024\n"), academy.MonthFirst, true, false)
		s.must(err)
		equal(t, "the month first", list.Rows[0].AchievedOn, date("2024-01-02"))
		same(t, "after refusals", s.dump(), before)
		_, err = s.TakeInEvidence(ctx, pen, []byte(oldList), "", false, true)
		s.must(err)
		after := s.dump()
		list, err = s.TakeInEvidence(ctx, pen, []byte(oldList), "", false, true)
		s.must(err)
		equal(t, "twice", counts(list), "5 1 2 0")
		same(t, "twice is once", s.dump(), after)
	})
}

func TestOnlyHRImports(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		id := s.upload(s.as("PEN"), oldList)
		for _, person := range []staff.PersonID{"EVA", "LEA", "AUT"} {
			who := s.as(person)
			for what, try := range map[string]func() error{
				"upload":      func() error { _, err := s.UploadEvidence(ctx, who, "a.csv", []byte(oldList)); return err },
				"list":        func() error { _, err := s.Imports(ctx, who); return err },
				"read":        func() error { _, err := s.EvidenceImport(ctx, who, id); return err },
				"map":         func() error { return s.MapEvidence(ctx, who, id, academy.EvidenceMapping{}) },
				"throw away":  func() error { return s.DropImport(ctx, who, id) },
				"import":      func() error { _, err := s.ImportEvidence(ctx, who, id); return err },
				"corrections": func() error { _, err := s.EvidenceCorrections(ctx, who, id, false); return err },
				"take in":     func() error { _, err := s.TakeInEvidence(ctx, who, []byte(oldList), "", true, true); return err },
			} {
				if err := try(); fault.KindOf(err) != fault.Forbidden {
					t.Errorf("%s as %s: %v", what, person, err)
				}
			}
		}
	})
}

func TestAMappingMustBeWhole(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		pen := s.as("PEN")
		_, err := s.UploadEvidence(ctx, pen, "foto.png", []byte("\x89PNG\x00\x00"))
		refuses(t, err, fault.Invalid, "no_table")
		id := s.upload(pen, oldList)
		read := s.read(pen, id)
		for name, change := range map[string]func(m *academy.EvidenceMapping){
			"too few columns": func(m *academy.EvidenceMapping) { m.Columns = m.Columns[1:] },
			"no day":          func(m *academy.EvidenceMapping) { m.Columns = []academy.ColumnField{"number", "name", "scheme", ""} },
			"a field that is none": func(m *academy.EvidenceMapping) {
				m.Columns = []academy.ColumnField{"number", "shoe", "scheme", "achieved"}
			},
			"a scheme that is none": func(m *academy.EvidenceMapping) {
				m.Schemes = map[string]certificates.SchemeKey{"balie": "NIETS"}
			},
		} {
			m := looked(read)
			change(&m)
			t.Run(name, func(t *testing.T) { refuses(t, s.MapEvidence(ctx, pen, id, m), fault.Invalid, "mapping") })
		}
		refuses(t, s.MapEvidence(ctx, pen, "niets", looked(read)), fault.NotFound, "")
	})
}

func TestOfAListNoBSNIsKeptAndNoColumnThatNobodyChose(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		pen := s.as("PEN")
		const list = "Nummer;BSN;Cursus;Behaald;Opm.;Chef\nEVA;;BALIE;2024-05-01;geheim;Bos\nEVA;;BALIE;2025-05-01;bsn 111222333 gezien;Bos\nXAN;;BALIE;2025-05-01;;Bos\n"
		id := s.upload(pen, list)
		equal(t, "good, duplicate, wrong and new", counts(s.read(pen, id).List), "2 0 1 2")
		kept := s.content(id)
		equal(t, "a number is kept", strings.Contains(kept, "111222333") || strings.Contains(kept, "gezien"), false)
		equal(t, "columns wait for somebody to choose", strings.Contains(kept, "geheim") && strings.Contains(kept, "Bos"), true)
		_, err := s.ImportEvidence(ctx, pen, id)
		s.must(err)
		kept = s.content(id)
		equal(t, "other columns are kept", strings.Contains(kept, "geheim") || strings.Contains(kept, "Bos"), false)
		equal(t, "it reads as before", counts(s.read(pen, id).List), "2 0 1 0")
		fixed, err := s.EvidenceCorrections(ctx, pen, id, false)
		s.must(err)
		equal(t, "the correction", counts(s.read(pen, s.upload(pen, string(fixed))).List), "1 0 0 1")
		list2, err := s.TakeInEvidence(ctx, pen, []byte(list), "", false, false)
		s.must(err)
		equal(t, "for a program", counts(list2), "2 0 1 0")
		equal(t, "what else says the number", strings.Contains(s.dump(), "111222333"), false)
	})
}

func TestALineThatComesTooEarlyIsWarnedOf(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		pen := s.as("PEN")
		_, err := s.TakeInEvidence(ctx, pen, []byte("Nummer;Cursus;Behaald\nEVA;BALIE;2024-05-01\n"), "", false, false)
		s.must(err)
		list, err := s.TakeInEvidence(ctx, pen, []byte("Nummer;Cursus;Behaald;Geldig tot\nEVA;BALIE;2024-06-01;2025-05-31\nXAN;BALIE;2025-06-01;2026-12-31\nEVA;BALIE;2024-05-01;\n"), "", true, false)
		s.must(err)
		equal(t, "good, duplicate, wrong and new", counts(list), "3 0 0 2")
		equal(t, "lines with a warning", list.Warned(), 2)
		equal(t, "the first", strings.Contains(list.Rows[0].Warnings[0].Dutch, "te vroeg"), true)
		equal(t, "the second", strings.Contains(list.Rows[1].Warnings[0].Dutch, "31 mei 2026") && strings.Contains(list.Rows[1].Warnings[0].Dutch, "31 december 2026"), true)
		done, err := s.TakeInEvidence(ctx, pen, []byte("Nummer;Cursus;Behaald;Geldig tot\nEVA;BALIE;2024-06-01;2025-05-31\n"), "", false, false)
		s.must(err)
		equal(t, "it comes in all the same", len(done.Fresh()), 1)
	})
}

func TestAListIsForgottenAfterAMonth(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		pen := s.as("PEN")
		waiting, came := s.upload(pen, oldList), s.upload(pen, oldList)
		s.must(s.MapEvidence(ctx, pen, waiting, looked(s.read(pen, waiting))))
		s.must(s.MapEvidence(ctx, pen, came, looked(s.read(pen, came))))
		_, err := s.ImportEvidence(ctx, pen, came)
		s.must(err)
		s.clock.move(31 * 24 * time.Hour)
		pen = s.as("PEN")
		s.upload(pen, oldList)
		_, err = s.EvidenceImport(ctx, pen, waiting)
		refuses(t, err, fault.NotFound, "")
		read := s.read(pen, came)
		equal(t, "what came in is forgotten but for that it did", read.Forgotten && read.Done() && read.Added == 5, true)
	})
}

func TestAListThatDidNotComeInIsThrownAway(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		pen := s.as("PEN")
		wrong, came := s.upload(pen, oldList), s.upload(pen, oldList)
		s.must(s.MapEvidence(ctx, pen, wrong, looked(s.read(pen, wrong))))
		s.must(s.MapEvidence(ctx, pen, came, looked(s.read(pen, came))))
		_, err := s.ImportEvidence(ctx, pen, came)
		s.must(err)
		for _, id := range []string{wrong, wrong, came} {
			s.must(s.DropImport(ctx, pen, id))
		}
		_, err = s.EvidenceImport(ctx, pen, wrong)
		refuses(t, err, fault.NotFound, "")
		equal(t, "what came in stays", s.read(pen, came).Done(), true)
	})
}

// More lines than one statement takes.
func TestALargeListComesInWhole(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		const people, lines = 200, 2000
		w := academy.Workforce{}
		list := strings.Builder{}
		list.WriteString("Nummer;Cursus;Behaald\n")
		for i := range people {
			id := staff.PersonID(fmt.Sprint(10000 + i))
			w.People = append(w.People, staff.Person{ID: id, First: "Jan", Last: fmt.Sprint("Bakker", i)})
			w.Employments = append(w.Employments, staff.Employment{Person: id, Number: 1, Team: "T1", Role: "R2", From: date("2020-01-01")})
		}
		for i := range lines {
			fmt.Fprintf(&list, "%d;%s;%s\n", 10000+i%people, []string{"BALIE", "PRAKTIJK"}[i%2], date("2014-01-01").AddDays(i/people*400+i%300))
		}
		s.must(s.Hire(ctx, staff.Actor{}, w, true))
		s.clock.set("2026-01-15", "12:00")
		read, err := s.TakeInEvidence(ctx, s.as("PEN"), []byte(list.String()), "", false, false)
		s.must(err)
		equal(t, "new", len(read.Fresh()), lines)
		equal(t, "in the database", s.lines("evidence"), lines*3/2) // PRAKTIJK has two components
	})
}

func TestTwoListsAtOnceAreOne(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		pen := s.as("PEN")
		errs := make(chan error)
		for range 4 {
			go func() {
				_, err := s.TakeInEvidence(ctx, pen, []byte(oldList), "", false, true)
				errs <- err
			}()
		}
		for range 4 {
			s.must(<-errs)
		}
		equal(t, "evidence", s.lines("evidence"), 6)
		equal(t, "imports", s.lines("imports"), 1)
	})
}
