package certificates

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bekwaam/courses"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

// bhv is a scheme that is right: a diploma from elsewhere with two refreshers that take turns.
func bhv() Scheme {
	return Scheme{
		Key: "BHV-2", Version: 1, Title: "BHV", Months: 12, Method: MethodCompletion, WindowMonths: 3, GraceMonths: 3, Origin: OriginLaw, Citation: "art. 15 Arbowet",
		Components: []Component{{Kind: ComponentExternal, Title: "BHV basis"}},
		Refreshers: []Component{{Kind: ComponentExternal, Title: "Herhaling brand"}, {Kind: ComponentExternal, Title: "Herhaling EHBO"}},
	}
}

func isPublished(key courses.CourseKey) bool { return key == "BALIE" }

// places are the fields that a fault names.
func places(err error) string {
	var all []string
	if f := fault.Of(err); f != nil {
		for _, field := range f.Fields {
			all = append(all, field.Path)
		}
	}
	return strings.Join(all, " ")
}

func TestWhatIsWrongWithAScheme(t *testing.T) {
	today := date("2026-11-23")
	first, later := bhv(), bhv()
	later.Version, later.AppliesFrom = 2, date("2027-01-01")
	book := NewBook([]Scheme{
		{Key: "A", Version: 1, Prerequisites: []Prerequisite{{"B", true}}}, {Key: "B", Version: 1, Prerequisites: []Prerequisite{{"C", false}}},
		{Key: "C", Version: 1}, {Key: "OUD", Version: 1, Prerequisites: []Prerequisite{{"C", true}}}, {Key: "OUD", Version: 2, AppliesFrom: date("2026-01-01")},
		{Key: "STRAKS", Version: 1}, {Key: "STRAKS", Version: 2, AppliesFrom: date("2028-01-01"), Prerequisites: []Prerequisite{{"C", true}}},
	})
	for _, tt := range []struct {
		name   string
		book   Book
		change func(*Scheme)
		want   string
	}{
		{"nothing", book, func(s *Scheme) {}, ""},
		{"a key in small letters", book, func(s *Scheme) { s.Key = "bhv" }, "key"},
		{"a key that is part of an address", book, func(s *Scheme) { s.Key = "B/V" }, "key"},
		{"no title", book, func(s *Scheme) { s.Title = " " }, "title"},
		{"a title of two lines", book, func(s *Scheme) { s.Title = "a\nb" }, "title"},
		{"a window as long as the term", book, func(s *Scheme) { s.WindowMonths = 12 }, "windowMonths"},
		{"window and grace longer than the term", book, func(s *Scheme) { s.WindowMonths, s.GraceMonths = 13, 14 }, "windowMonths graceMonths"},
		{"refreshers that nobody can do", book, func(s *Scheme) { s.WindowMonths, s.GraceMonths = 0, 0 }, "windowMonths"},
		{"refreshers after the end only", book, func(s *Scheme) { s.WindowMonths = 0 }, ""},
		{"neither window nor refreshers", book, func(s *Scheme) { s.WindowMonths, s.GraceMonths, s.Refreshers = 0, 0, nil }, ""},
		{"a first version of another age", book, func(s *Scheme) { s.AppliesFrom = date("1020-01-01") }, "appliesFrom"},
		{"a term of a hundred years", book, func(s *Scheme) { s.Months = 1200 }, "months"},
		{"no months", book, func(s *Scheme) { s.Months = 0 }, "months"},
		{"an unknown method", book, func(s *Scheme) { s.Method = "soon" }, "method"},
		{"a day that does not exist every year", book, func(s *Scheme) {
			s.Method, s.AnchorMonth, s.AnchorDay, s.MinimumMonths = MethodFixed, time.February, 29, 6
		}, "anchorDay"},
		{"months that never end", book, func(s *Scheme) { s.Method, s.Refreshers = MethodNever, nil }, "months"},
		{"refreshers of what never ends", book, func(s *Scheme) { s.Method, s.Months, s.WindowMonths, s.GraceMonths = MethodNever, 0, 0, 0 }, "refreshers"},
		{"no component", book, func(s *Scheme) { s.Components = nil }, "components"},
		{"a component twice", book, func(s *Scheme) {
			s.Components = append(s.Components, Component{Kind: ComponentExternal, Title: " bhv BASIS"})
		}, "components[1].title"},
		{"a component without a kind and name", book, func(s *Scheme) { s.Components[0] = Component{} }, "components[0].kind components[0].title"},
		{"a course that is published", book, func(s *Scheme) { s.Components[0] = Component{Kind: ComponentCourse, Course: "BALIE"} }, ""},
		{"a course that is not published", book, func(s *Scheme) { s.Components[0] = Component{Kind: ComponentCourse, Course: "GEEN"} }, "components[0].course"},
		{"a diploma with a course", book, func(s *Scheme) { s.Components[0].Course = "BALIE" }, "components[0].course"},
		{"a skill without a checklist", book, func(s *Scheme) { s.Components[0].Kind = ComponentObserved }, "components[0].checklist"},
		{"a checklist with an empty line", book, func(s *Scheme) {
			s.Components[0] = Component{Kind: ComponentObserved, Title: "x", Checklist: []string{"a", " "}}
		}, "components[0].checklist"},
		{"a diploma with a checklist", book, func(s *Scheme) { s.Components[0].Checklist = []string{"a"} }, "components[0].checklist"},
		{"a refresher that is a component", book, func(s *Scheme) { s.Refreshers[1].Title = "BHV basis" }, "refreshers[1].title"},
		{"a refresher twice", book, func(s *Scheme) { s.Refreshers[1] = s.Refreshers[0] }, "refreshers[1].title"},
		{"a prerequisite that does not exist", book, func(s *Scheme) { s.Prerequisites = []Prerequisite{{"Z", true}} }, "prerequisites[0].scheme"},
		{"itself as a prerequisite", book, func(s *Scheme) { s.Prerequisites = []Prerequisite{{"BHV-2", false}} }, "prerequisites[0].scheme"},
		{"a prerequisite twice", book, func(s *Scheme) { s.Prerequisites = []Prerequisite{{"A", true}, {"A", false}} }, "prerequisites[1].scheme"},
		{"a long way of prerequisites", book, func(s *Scheme) { s.Prerequisites = []Prerequisite{{"A", true}} }, ""},
		{"law without a citation", book, func(s *Scheme) { s.Citation = "" }, "citation"},
		{"policy without a citation", book, func(s *Scheme) { s.Origin, s.Citation = OriginPolicy, "" }, ""},
		{"an unknown origin", book, func(s *Scheme) { s.Origin = "gewoonte" }, "origin"},
		{"minutes below nothing", book, func(s *Scheme) { s.Minutes = -1 }, "minutes"},
		{"a first version of long ago", book, func(s *Scheme) { s.AppliesFrom = date("2020-01-01") }, ""},
		{"a second version from tomorrow", NewBook([]Scheme{first}), func(s *Scheme) { s.Version, s.AppliesFrom = 2, date("2026-11-24") }, ""},
		{"a second version from today", NewBook([]Scheme{first}), func(s *Scheme) { s.Version, s.AppliesFrom = 2, today }, "appliesFrom"},
		{"a second version that always applied", NewBook([]Scheme{first}), func(s *Scheme) { s.Version = 2 }, "appliesFrom"},
		{"a third version before the second", NewBook([]Scheme{first, later}), func(s *Scheme) { s.Version, s.AppliesFrom = 3, date("2027-01-01") }, "appliesFrom"},
		{"everything at once", book, func(s *Scheme) {
			*s = Scheme{Method: MethodLater, Months: 6, WindowMonths: 6, Origin: OriginCAO}
		}, "key title windowMonths components citation"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := bhv()
			tt.change(&s)
			err := tt.book.Check(s, today, isPublished)
			if got := places(err); got != tt.want || (err == nil) != (tt.want == "") {
				t.Errorf("got %q, want %q: %v", got, tt.want, err)
			}
			if err != nil && fault.KindOf(err) != fault.Invalid {
				t.Errorf("it is no fault of whoever filled it in: %v", err)
			}
		})
	}
}

func TestNoSchemeWaitsForItself(t *testing.T) {
	book := NewBook([]Scheme{
		{Key: "A", Version: 1, Prerequisites: []Prerequisite{{"B", true}}}, {Key: "B", Version: 1, Prerequisites: []Prerequisite{{"C", false}}}, {Key: "C", Version: 1},
		{Key: "OUD", Version: 1, Prerequisites: []Prerequisite{{"C", true}}}, {Key: "OUD", Version: 2, AppliesFrom: date("2026-01-01")},
		{Key: "STRAKS", Version: 1}, {Key: "STRAKS", Version: 2, AppliesFrom: date("2028-01-01"), Prerequisites: []Prerequisite{{"C", true}}},
	})
	for _, tt := range []struct {
		name     string
		requires SchemeKey
		want     string // the circle in the words; empty: none
	}{
		{"in three steps", "A", "C → A → B → C"},
		{"in two steps", "B", "C → B → C"},
		{"by a version that applies no more", "OUD", ""},
		{"by a version that applies later", "STRAKS", "C → STRAKS → C"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := bhv()
			s.Key, s.Version, s.AppliesFrom, s.Prerequisites = "C", 2, date("2027-01-01"), []Prerequisite{{tt.requires, false}}
			s.Key = "C"
			err := book.Check(s, date("2026-11-23"), isPublished)
			said := ""
			if f := fault.Of(err); f != nil {
				said = f.Fields[len(f.Fields)-1].Dutch
			}
			if strings.Contains(said, "→") != (tt.want != "") || !strings.Contains(said, tt.want) {
				t.Errorf("got %q", said)
			}
		})
	}
}

func TestTheVersionOfADay(t *testing.T) {
	first, second := bhv(), bhv()
	second.Version, second.AppliesFrom = 2, date("2027-01-01")
	later := Scheme{Key: "NIEUW", Version: 1, AppliesFrom: date("2027-03-01")}
	book := NewBook([]Scheme{first, second, later})
	for day, want := range map[string]int{"2020-01-01": 1, "2026-12-31": 1, "2027-01-01": 2} {
		if s, ok := book.On("BHV-2", date(day)); !ok || s.Version != want {
			t.Errorf("on %s it is version %d, %t", day, s.Version, ok)
		}
	}
	if _, ok := book.On("NIEUW", date("2027-02-28")); ok {
		t.Error("a scheme applies before its first version does")
	}
	if s, ok := book.Newest("BHV-2"); !ok || s.Version != 2 {
		t.Errorf("the newest is %d, %t", s.Version, ok)
	}
	if _, ok := book.Newest("GEEN"); ok {
		t.Error("there is a scheme that does not exist")
	}
}

func TestWhatIsWrongWithARequirement(t *testing.T) {
	later := bhv()
	later.Key, later.AppliesFrom = "STRAKS", date("2027-01-01")
	book := NewBook([]Scheme{bhv(), later})
	known := Subjects{ForRole: {"R1": "balie"}, ForPerson: {"P1": "Eva"}}
	for _, tt := range []struct {
		name string
		r    Requirement
		want string
	}{
		{"nothing", Requirement{Scheme: "BHV-2", SubjectKind: ForRole, Subject: "R1"}, ""},
		{"nothing, of everybody", Requirement{Scheme: "BHV-2", SubjectKind: ForEverybody}, ""},
		{"everybody of something", Requirement{Scheme: "BHV-2", SubjectKind: ForEverybody, Subject: "R1"}, "subject"},
		{"a role that does not exist", Requirement{Scheme: "BHV-2", SubjectKind: ForRole, Subject: "R9"}, "subject"},
		{"a colleague who does not exist", Requirement{Scheme: "BHV-2", SubjectKind: ForPerson, Subject: "P9"}, "subject"},
		{"an unknown kind", Requirement{Scheme: "BHV-2", SubjectKind: "hobby", Subject: "R1"}, "subjectKind"},
		{"a scheme that does not exist", Requirement{Scheme: "GEEN", SubjectKind: ForEverybody}, "scheme"},
		{"before its scheme applies", Requirement{Scheme: "STRAKS", SubjectKind: ForEverybody, Since: date("2026-12-31")}, "since"},
		{"when its scheme applies", Requirement{Scheme: "STRAKS", SubjectKind: ForEverybody, Since: date("2027-01-01")}, ""},
		{"an end before the start", Requirement{Scheme: "BHV-2", SubjectKind: ForEverybody, Since: date("2026-12-31"), Until: date("2026-12-30")}, "until"},
		{"not late before a day on which nothing is asked", Requirement{Scheme: "BHV-2", SubjectKind: ForEverybody, Since: date("2026-12-31"), DueOn: date("2026-12-30")}, "dueOn"},
		{"not late before its first day", Requirement{Scheme: "BHV-2", SubjectKind: ForEverybody, Since: date("2026-12-31"), DueOn: date("2026-12-31")}, ""},
		{"one day", Requirement{Scheme: "BHV-2", SubjectKind: ForEverybody, Since: date("2026-12-31"), Until: date("2026-12-31")}, ""},
		{"starters of always", Requirement{Scheme: "BHV-2", SubjectKind: ForEverybody, StartersOnly: true}, "since"},
		{"a day of another age", Requirement{Scheme: "BHV-2", SubjectKind: ForEverybody, Since: date("1020-01-01"), DueOn: date("9020-01-01")}, "since dueOn"},
		{"an induction of ages", Requirement{Scheme: "BHV-2", SubjectKind: ForEverybody, InductionDays: 3651}, "inductionDays"},
		{"an induction below nothing", Requirement{Scheme: "BHV-2", SubjectKind: ForEverybody, InductionDays: -1}, "inductionDays"},
		{"a norm without a citation", Requirement{Scheme: "BHV-2", SubjectKind: ForEverybody, Origin: OriginNorm}, "citation"},
		{"everything at once", Requirement{SubjectKind: ForRole, Origin: "x", Until: date("2020-01-01"), Since: date("2021-01-01"), InductionDays: -1}, "subject scheme until inductionDays origin"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			err := tt.r.Check(book, known)
			if got := places(err); got != tt.want || (err == nil) != (tt.want == "") {
				t.Errorf("got %q, want %q: %v", got, tt.want, err)
			}
		})
	}
}

func TestWhatWasShownUnderAnotherVersionCountsForTheSame(t *testing.T) {
	external := func(title string) Component { return Component{Kind: ComponentExternal, Title: title} }
	first := Scheme{Key: "S", Version: 1, Components: []Component{external("A"), external("B"), external("C")}, Refreshers: []Component{external("kort")}}
	second := Scheme{Key: "S", Version: 2, Components: []Component{external("c "), external("nieuw"), external("A")}, Refreshers: []Component{external("B"), external("Kort")}}
	var told []string
	for _, e := range second.Recognise([]Evidence{
		{ID: "A", SchemeVersion: 1}, {ID: "B", SchemeVersion: 1, Component: 1}, {ID: "C", SchemeVersion: 1, Component: 2}, {ID: "short", SchemeVersion: 1, Component: 0, Refresher: 1},
		{ID: "nothing", SchemeVersion: 1, Component: 9}, {ID: "own", SchemeVersion: 2, Component: 1}, {ID: "unknown", Component: 1},
	}, []Scheme{first, second}) {
		told = append(told, fmt.Sprintf("%s %d/%d", e.ID, e.Component, e.Refresher))
	}
	if got, want := strings.Join(told, ", "), "A 2/0, B 0/1, C 0/0, short 0/2, own 1/0, unknown 1/0"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if counts := (Scheme{Key: "S", Version: 3}).Recognise([]Evidence{{SchemeVersion: 1}}, []Scheme{first}); len(counts) > 0 {
		t.Errorf("what is asked no more counts: %+v", counts)
	}
}

func TestTheCasesOfANewScheme(t *testing.T) {
	var told []string
	s := bhv()
	for _, c := range s.InventedCases(date("2026-11-23")) {
		r, err := s.Reckon(c)
		if err != nil {
			t.Fatal(err)
		}
		asks := ""
		if len(r.Asks) > 0 {
			asks = r.Asks[0].Words()
		}
		told = append(told, fmt.Sprintf("%s %s %t %s %s", c.Kind, c.CompletedOn, r.Counts, r.ValidUntil, asks))
		if len(r.WhyDutch) == 0 || len(r.WhyDutch) != len(r.WhyEnglish) {
			t.Errorf("%s is not explained", c.Kind)
		}
	}
	want := []string{
		"first 2026-11-23 true 2027-11-22 BHV basis",
		"early 2027-08-22 false  ",
		"window 2027-08-23 true 2028-08-22 Herhaling brand",
		"again 2028-05-23 true 2029-05-22 Herhaling EHBO",
		"grace 2028-02-22 true 2029-02-21 Herhaling brand",
		"lapsed 2028-02-23 true 2029-02-22 BHV basis",
	}
	if !slices.Equal(told, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(told, "\n"), strings.Join(want, "\n"))
	}
	if cases := (Scheme{Method: MethodNever, Components: s.Components}).InventedCases(date("2026-11-23")); len(cases) != 1 {
		t.Errorf("what never ends has %d cases", len(cases))
	}
	if cases := (Scheme{}).InventedCases(date("2026-11-23")); cases != nil {
		t.Errorf("what cannot reckon has %d cases", len(cases))
	}
}

func TestRealCasesShowEveryKindOnceOrTwice(t *testing.T) {
	s := bhv()
	var newest []Period
	for i, end := range []string{"2026-12-24", "2026-12-01", "2027-02-01", "2027-12-01", "2026-11-22", "2026-08-22", "2020-01-01", "2026-07-01", "2025-07-01"} {
		p := s.Previous(date(end).AddDays(1).AddMonths(-12), 1, date(end))
		p.Person = staff.PersonID(fmt.Sprint("P", i+1))
		newest = append(newest, p)
	}
	newest = append(newest, Period{Person: "P10"}) // no end
	revoked := newest[0]
	revoked.Person, revoked.RevokedOn = "P11", date("2026-11-01")
	var told []string
	for _, c := range RealCases(append(newest, revoked), date("2026-11-23")) {
		told = append(told, fmt.Sprintf("%s %s %s", c.Kind, c.Last.Person, c.CompletedOn))
	}
	want := []string{"window P2 2026-11-23", "window P1 2026-11-23", "later P4 2027-09-02", "grace P5 2026-11-23", "lapsed P6 2026-11-23", "lapsed P8 2026-11-23"}
	if !slices.Equal(told, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(told, "\n"), strings.Join(want, "\n"))
	}
}

// Whatever a scheme is, whoever made it: what the book accepts can be reckoned with.
func TestWhatTheBookAcceptsCanBeReckonedWith(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := bhv()
		s.Months, s.WindowMonths, s.GraceMonths = rapid.IntRange(-1, 30).Draw(t, "months"), rapid.IntRange(-1, 30).Draw(t, "window"), rapid.IntRange(-1, 30).Draw(t, "grace")
		s.Method = rapid.SampledFrom([]Method{MethodCompletion, MethodPrevious, MethodLater, MethodFixed, MethodNever, "?"}).Draw(t, "method")
		s.AnchorMonth, s.AnchorDay, s.MinimumMonths = time.Month(rapid.IntRange(0, 13).Draw(t, "month")), rapid.IntRange(0, 32).Draw(t, "day"), rapid.IntRange(0, 13).Draw(t, "least")
		today := calendar.New(2026, 1, 1).AddDays(rapid.IntRange(0, 1500).Draw(t, "today"))
		if (Book{}).Check(s, today, isPublished) != nil {
			return
		}
		for _, c := range s.InventedCases(today) {
			r, err := s.Reckon(c)
			if err != nil || r.Counts && !r.ValidUntil.IsZero() && r.ValidUntil < r.ValidFrom {
				t.Fatalf("%+v: %+v %v", s, r, err)
			}
			if wants := c.Kind != CaseEarly; r.Counts != wants {
				t.Fatalf("%+v: %s counts: %t", s, c.Kind, r.Counts)
			}
		}
	})
}
