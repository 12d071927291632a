package academy_test

import (
	"strings"
	"testing"

	"bekwaam/courses/academy"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
	"bekwaam/courses/store/storetest"
)

const staffList = "Medewerker;Roepnaam;Voorvoegsel;Achternaam;E-mail;Team;Functie;Datum in dienst;Datum uit dienst;Leidinggevende;Salaris\n" +
	"EVA;Eva;van der;Berg;;Balie;medewerker balie;15-01-2026;;LEA;geheim\n" +
	"NEW;Noa;;Smit;noa@gemeente.example;Archief;medewerker balie;01-01-2026;;LOU;geheim\n" +
	"ODD;Odd;;Smit;;Archief;Tovenaar;01-01-2026;;LOU;geheim\n" +
	"XAN;Xan;;Bos;;Backoffice;overig;01-01-2020;28-02-2026;LOU;geheim\n"

func TestAListOfPeopleComesInOnceSomebodyLooked(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		pen := s.as("PEN")
		before := s.dump()
		list, err := s.TakeInPeople(ctx, pen, academy.PeopleRequest{MakeTeams: true, Content: []byte(staffList), DryRun: true})
		s.must(err)
		same(t, "a dry run", s.dump(), before)
		equal(t, "new", list.Count(academy.PersonNew), 1)
		equal(t, "left", list.Count(academy.PersonLeft), 1)
		equal(t, "unchanged", list.Count(academy.PersonUnchanged), 1)
		equal(t, "wrong", list.Wrong(), 1)

		id, err := s.UploadPeople(ctx, pen, "mensen.csv", academy.PeopleRequest{MakeTeams: true, Content: []byte(staffList)})
		s.must(err)
		equal(t, "people before anybody looked", s.lines("people", "id=NEW"), 0)
		if strings.Contains(s.dump(), "geheim") {
			t.Error("a column that says nothing we keep is kept")
		}
		corrections, err := s.PeopleCorrections(ctx, pen, id, false)
		s.must(err)
		if !strings.Contains(string(corrections), "Tovenaar") || strings.Contains(string(corrections), "Noa") {
			t.Errorf("corrections: %s", corrections)
		}
		_, err = s.BringInPeople(ctx, pen, id)
		s.must(err)
		equal(t, "people", s.lines("people", "id=NEW", "last_name=Smit"), 1)
		equal(t, "teams", s.lines("teams", "name=Archief", "leader=LOU"), 1)
		equal(t, "last days", s.lines("employments", "person=XAN", "until_on=2026-02-28"), 1)
		equal(t, "appointments of the sweep", s.lines("agenda", "person=NEW", "scheme=BALIE"), 1)
		_, err = s.BringInPeople(ctx, pen, id)
		refuses(t, err, fault.Conflict, "done")

		after := s.dump()
		list, err = s.TakeInPeople(ctx, pen, academy.PeopleRequest{MakeTeams: true, Content: []byte(staffList)})
		s.must(err)
		same(t, "the same list again", s.dump(), after)
		equal(t, "unchanged the second time", list.Count(academy.PersonUnchanged), 3)

		_, err = s.TakeInPeople(ctx, pen, academy.PeopleRequest{MakeTeams: true, Content: []byte(staffList), MakeRoles: true})
		s.must(err)
		equal(t, "roles", s.lines("roles", "name=Tovenaar"), 1)
		s.sweep(academy.SweepRequest{})
		equal(t, "duties", s.lines("duties", "person=NEW", "scheme=BALIE"), 1)
	})
}

func TestAListMakesNoTeamThatNobodyAskedFor(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		pen := s.as("PEN")
		ask := academy.PeopleRequest{Content: []byte("Medewerker;Roepnaam;Achternaam;Team;Functie;Datum in dienst;Leidinggevende\nNEW;Noa;Smit;Archief;medewerker balie;01-01-2026;\nNOG;Nog;Bos;Balie;medewerker balie;01-01-2026;LOU\n")}
		id, err := s.UploadPeople(ctx, pen, "mensen.csv", ask)
		s.must(err)
		_, err = s.BringInPeople(ctx, pen, id)
		s.must(err)
		equal(t, "teams", s.lines("teams", "name=Archief"), 0)
		equal(t, "people", s.lines("people", "id=NEW")+s.lines("people", "id=NOG"), 1)
		equal(t, "who leads the team, whatever one line says", s.lines("teams", "name=Balie", "leader=LEA"), 1)
		ask.MakeTeams = true
		id, err = s.UploadPeople(ctx, pen, "mensen.csv", ask)
		s.must(err)
		i, err := s.UploadedPeople(ctx, pen, id)
		s.must(err)
		equal(t, "asked to make teams", i.MakeTeams, true)
		equal(t, "columns", len(i.List.Columns), 7)
		_, err = s.BringInPeople(ctx, pen, id)
		s.must(err)
		equal(t, "teams", s.lines("teams", "name=Archief"), 1)
	})
}

func TestWhoStillLeadsATeamIsNamedBeforeErasing(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		pen := s.as("PEN")
		var work []string
		for _, e := range storetest.Lines(t, storetest.Raw(t, s.address), "SELECT t.name || ';' || r.name || ';' || SUBSTR(CAST(e.from_on AS TEXT), 1, 10) FROM employments AS e JOIN teams AS t ON t.id = e.team JOIN roles AS r ON r.id = e.role WHERE e.person = 'LEA'") {
			work = append(work, "LEA;;;"+e+";10-01-2026\n")
		}
		list, err := s.TakeInPeople(ctx, pen, academy.PeopleRequest{Content: []byte("Medewerker;Roepnaam;Achternaam;Team;Functie;Vanaf;Datum uit dienst\n" + strings.Join(work, ""))})
		s.must(err)
		equal(t, "wrong", list.Wrong(), 0)
		equal(t, "leaders who leave", len(list.Leaving), 1)
		equal(t, "who", list.Leaving[0].Before.ID, "LEA")
		s.clock.set("2026-06-01", "06:00")
		e, err := s.Erasable(ctx, pen, "LEA")
		s.must(err)
		equal(t, "teams", strings.Join(e.Leads, ", "), list.Leaving[0].Team)
	})
}

func TestWhoMayBringInPeopleAndWhat(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		ask := academy.PeopleRequest{MakeTeams: true, Content: []byte(staffList)}
		_, err := s.TakeInPeople(ctx, s.as("LEA"), ask)
		refuses(t, err, fault.Forbidden, "")
		_, err = s.UploadPeople(ctx, s.as("EVA"), "x.csv", ask)
		refuses(t, err, fault.Forbidden, "")
		_, err = s.BringInPeople(ctx, s.as("LEA"), "x")
		refuses(t, err, fault.Forbidden, "")
		pen := s.as("PEN")
		_, err = s.UploadedPeople(ctx, pen, "nothing")
		refuses(t, err, fault.NotFound, "")
		for text, reason := range map[string]string{
			"Medewerker;BSN;Vanaf\nA;1;01-01-2026\nB;2;01-01-2026\n":           "forbidden_column",
			"Medewerker;Geboortedatum;Vanaf\nA;1;01-01-2026\nB;2;01-01-2026\n": "forbidden_column",
			"Wie;Wat;Waar\nA;B;01-01-2026\nC;D;01-01-2026\n":                   "mapping",
		} {
			_, err := s.TakeInPeople(ctx, pen, academy.PeopleRequest{Content: []byte(text)})
			refuses(t, err, fault.Invalid, reason)
		}
		_, err = s.TakeInPeople(ctx, pen, academy.PeopleRequest{MakeTeams: true, Content: []byte(staffList), Columns: []academy.PeopleField{"gold"}})
		refuses(t, err, fault.Invalid, "mapping")
		list, err := s.TakeInPeople(ctx, pen, academy.PeopleRequest{Content: []byte("Nummer;Naam;Achternaam;Aanwijzing;Vanaf\nPEN;Pen;Bos;praktijkbeoordelaar;01-01-2026\nEVA;Eva;Berg;bhv;01-01-2026\n"), DryRun: true})
		s.must(err)
		equal(t, "lines about oneself", len(list.Rows[0].Mistakes), 1)
	})
}

func TestARealInstallationGetsGoingFromItsAdministrator(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		s := &scene{t: t, address: address, clock: &clock{}}
		s.clock.set("2026-11-23", "12:00")
		s.db = storetest.Open(t, address)
		s.Office = academy.New(academy.Config{DB: s.db, Now: s.clock.now, URL: "https://leren.example"})
		s.must(s.Begin(ctx, store.Installation{Kind: store.Real, Municipality: "Gemeente Echt", NumberPrefix: "EC"}))
		s.must(s.CreateAdministrator(ctx, staff.Person{ID: "A1", First: "Ada", Last: "Min", Email: "ada@gemeente.example"}, "een lang wachtwoord"))
		admin := s.as("A1")
		_, err := s.TakeInPeople(ctx, admin, academy.PeopleRequest{MakeRoles: true, MakeTeams: true, Content: []byte("Medewerker;Roepnaam;Achternaam;Team;Functie;Aanwijzing;Datum in dienst\n" +
			"P1;Kim;Prins;P&O;Adviseur P&O;;01-01-2020\nP1;Kim;Prins;;;opleidingscoordinator;01-01-2020\nP2;Jan;Dijk;Balie;Baliemedewerker;;01-01-2021\n")})
		s.must(err)
		s.must(s.GivePassword(ctx, "P1", "nog een lang wachtwoord"))
		refuses(t, s.GivePassword(ctx, "P9", "nog een lang wachtwoord"), fault.NotFound, "")
		refuses(t, s.GivePassword(ctx, "P2", "kort"), fault.Invalid, "")
		secret, err := s.LogIn(ctx, "P1", "nog een lang wachtwoord")
		s.must(err)
		kim, err := s.Authenticate(ctx, secret, store.Session)
		s.must(err)
		if !kim.Is(staff.TrainingOfficer) || !kim.Is(staff.Author) {
			t.Errorf("Kim is %v", kim.Functions)
		}
		s.publish(kim, "BALIE", 1)
		s.must(s.Define(ctx, kim, schemes[:1], nil))
	})
}
