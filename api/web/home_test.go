package web

import (
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"bekwaam/certificates"
	"bekwaam/courses/academy"
	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
)

func TestMijnScholing(t *testing.T) {
	h := openHall(t)
	p := h.enter(t, "RW1013").get("/mijn-scholing").want(200, "49 dagen te laat", "Je certificaat was geldig tot en met 5 oktober 2026.", "12 vragen", "Uiterlijk 18 december 2026", "Medewerker frontoffice Burgerzaken")
	filled := 0
	for n := range p.first("main", nil).Descendants() {
		if n.Type == html.ElementNode && attr(n, "class") == "knop" {
			filled++
		}
	}
	if filled != 1 {
		t.Errorf("%d buttons are filled", filled)
	}
	tasks := p.first("ol", func(n *html.Node) bool { return attr(n, "class") == "taken" })
	if first := words(p.first("h3", nil)); !strings.Contains(words(tasks), "te laat "+first) {
		t.Errorf("%s is not the first task: %s", first, words(tasks))
	}
	if p.first("rect", func(n *html.Node) bool { return attr(n, "class") == "fout" }) == nil {
		t.Error("no bar shows what has expired")
	}
	h.enter(t, "RW1003").get("/mijn-scholing").want(200, "hertoets", "Start de hertoets")
}

func TestMijnScholingOfSomebodyWithNothingToDo(t *testing.T) {
	h := openHall(t)
	people, err := h.office.DemoPeople(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, person := range people {
		tasks, err := h.office.Tasks(t.Context(), h.as(t, person.ID), person.ID, academy.DutyOpen)
		if err != nil {
			t.Fatal(err)
		}
		reading, err := h.office.ReadTasks(t.Context(), h.as(t, person.ID), person.ID, academy.DutyOpen)
		if err != nil {
			t.Fatal(err)
		}
		if len(tasks)+len(reading) == 0 {
			h.enter(t, person.ID).get("/mijn-scholing").want(200, "Je bent helemaal bij.", "Niets te doen", "Zoek zelf een cursus")
			return
		}
	}
	t.Fatal("everybody in the demo has something to do")
}

func TestATaskWithoutACourseSaysWhatToBring(t *testing.T) {
	h := openHall(t)
	people, err := h.office.DemoPeople(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, person := range people {
		tasks, err := h.office.Tasks(t.Context(), h.as(t, person.ID), person.ID, academy.DutyOpen)
		if err != nil {
			t.Fatal(err)
		}
		for _, task := range tasks {
			if task.Course == "" {
				p := h.enter(t, person.ID).get("/mijn-scholing?toon=alle").want(200)
				for sentence, asks := range map[string]bool{
					"Hiervoor stuur je bewijs van een andere opleider:": task.Asks[0].Kind == certificates.ComponentExternal,
					"Dit laat je zien op het werk:":                     task.Asks[0].Kind == certificates.ComponentObserved,
				} {
					if asks && (!strings.Contains(p.text(), sentence) || strings.Contains(p.text(), sentence+" .")) {
						t.Errorf("%s asks %v and does not say %q", task.Scheme, task.Asks, sentence)
					}
				}
				return
			}
		}
	}
	t.Fatal("nobody in the demo has to bring evidence")
}

func TestATaskWaitsForItsCourse(t *testing.T) {
	h := openHall(t)
	_, source := identityCourse(t)
	author := h.as(t, "RW1003")
	if _, err := h.office.DraftVersion(t.Context(), author, "KOMT-NOG", []byte(strings.ReplaceAll(source, "ID-LOOKALIKE", "KOMT-NOG"))); err != nil {
		t.Fatal(err)
	}
	scheme := certificates.Scheme{Key: "KOMT-NOG", Version: 1, Title: "Wat nog komt", Method: certificates.MethodNever, Components: []certificates.Component{{Kind: certificates.ComponentCourse, Course: "KOMT-NOG"}}}
	everybody := certificates.Requirement{ID: "KOMT-NOG", Scheme: scheme.Key, SubjectKind: certificates.ForEverybody}
	if err := h.office.Define(t.Context(), staff.Actor{}, []certificates.Scheme{scheme}, []certificates.Requirement{everybody}); err != nil {
		t.Fatal(err)
	}
	if _, err := h.office.SweepNow(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, person := range []staff.PersonID{"RW1013", author.Person} { // an author sees the draft among the courses
		p := h.enter(t, person).get("/mijn-scholing?toon=alle").want(200, "Wat nog komt", "De cursus komt nog.", "Er zijn er nu 6.")
		if link := p.first("a", func(n *html.Node) bool { return strings.Contains(attr(n, "href"), "KOMT-NOG") }); link != nil {
			t.Errorf("%s is led to %s", person, attr(link, "href"))
		}
	}
	passed := h.enter(t, "RW1013")
	_, id, right := start(t, h, passed)
	for i, answer := range right {
		passed.get(questionPath(id, i+1)).enter(answer)
	}
	if p := passed.post(attemptPath(id, "inleveren"), nil).want(200, "Je certificaat is vanaf nu geldig."); strings.Contains(p.source, "/cursussen/KOMT-NOG") {
		t.Error("the result goes on with a course that is still to come")
	}
}

func TestDue(t *testing.T) {
	today := calendar.MustParse("2026-11-23")
	v := &visit{language: dutch, moment: academy.Moment{Office: today.Start()}}
	for _, tt := range []struct {
		due, want string
		soon      bool
	}{
		{"1999-07-30", "Meer dan een jaar te laat", false},
		{"2025-11-22", "Meer dan een jaar te laat", false},
		{"2025-11-23", "365 dagen te laat", false},
		{"2026-11-20", "3 dagen te laat", false},
		{"2026-11-22", "1 dag te laat", false},
		{"2026-11-23", "Vandaag de laatste dag", true},
		{"2026-12-05", "Nog 12 dagen", true},
		{"2026-12-18", "Uiterlijk 18 december 2026", false},
	} {
		got, soon := v.due(academy.Task{Duty: certificates.Duty{DueOn: calendar.MustParse(tt.due)}})
		if got != tt.want || soon != tt.soon {
			t.Errorf("%s: %q, %v", tt.due, got, soon)
		}
	}
}

func TestGreetingFollowsTheOfficesClock(t *testing.T) {
	v := &visit{language: dutch, profile: academy.Profile{Person: staff.Person{First: "Ada"}}}
	for hour, want := range map[int]string{5: "Goedenacht, Ada", 6: "Goedemorgen, Ada", 12: "Goedemiddag, Ada", 18: "Goedenavond, Ada"} {
		v.moment.Office = calendar.MustParse("2026-11-23").Start().Add(time.Duration(hour) * time.Hour).UTC()
		if got := v.greeting(); got != want {
			t.Errorf("at %d: %s", hour, got)
		}
	}
}
