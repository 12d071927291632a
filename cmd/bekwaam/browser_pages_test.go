package main

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/academy"
	"bekwaam/courses/staff"
)

// dutchPages checks what everybody may see, the training of an employee, and what moving the clock shows.
func (b *browser) dutchPages(t *testing.T) {
	d := serveDemo(t)
	w := b.tab(t, d.url)
	d.walkVisitor(w)
	d.walkEmployee(w)
	d.walkPractice(w)
	d.walkClock(w)
}

// dutchQuizPages checks the quiz, and what follows from passing and from not passing it.
func (b *browser) dutchQuizPages(t *testing.T) {
	d := serveDemo(t)
	w := b.tab(t, d.url)
	d.walkQuiz(w)
	d.walkFailure(w)
	d.walkCertificates(w)
}

// walkVisitor is what everybody may see.
func (d *demo) walkVisitor(w *tab) {
	w.t.Helper()
	w.open("/").says("Als wie wil je rondkijken?").check("start", 200)
	w.open("/demo/ronde").check("round-none", 200)
	w.open("/demo/opnieuw").check("reset", 200)
	w.open("/hulp").check("help", 200)
	w.open("/toegankelijkheid").check("accessibility", 200)
	w.open("/privacy").check("privacy", 200)
	w.open("/v1/docs").check("api", 200)
	w.open("/bestaat-niet").says("Hier is niets").check("error-404", 404)
	w.open("/controle").check("verify-ask", 200)
	w.fill("nummer", "RW-2026")
	w.press("main .filter button").check("verify-wrong", 422)
}

// walkEmployee is the training of people with one, no and many duties, and the courses.
func (d *demo) walkEmployee(w *tab) {
	w.t.Helper()
	w.be(tineke).open("/mijn-scholing").says("Bekijk de cursus").check("training", 200)
	w.open("/vervolg").says("Dit is niet voor jou").check("error-403", 403)
	w.open("/cursussen").check("courses", 200)
	w.open("/cursussen?zoek=olifant").says("Geen cursus gevonden").check("courses-none", 200)
	w.open("/cursussen/"+string(identity)).check("course", 200)
	w.open("/cursussen/"+string(identity)+"/lessen/1").check("lesson", 200)
	w.press("main form button").check("lesson-done", 200)
	idle, busy := d.idleAndBusy()
	w.be(idle).open("/mijn-scholing").says("Niets te doen").check("training-none", 200)
	w.be(busy).open("/mijn-scholing").check("training-many", 200)
	w.open("/mijn-scholing?toon=alle").check("training-all", 200)
}

// idleAndBusy are the people with the fewest duties, which is none, and with the most.
func (d *demo) idleAndBusy() (idle, busy staff.PersonID) {
	d.t.Helper()
	people, err := d.office.DemoPeople(d.t.Context())
	if err != nil {
		d.t.Fatal(err)
	}
	most := 0
	for _, p := range people {
		tasks, err := d.office.Tasks(d.t.Context(), as(p.ID), p.ID, academy.DutyOpen)
		if err != nil {
			d.t.Fatal(err)
		}
		if len(tasks) == 0 {
			idle = p.ID
		}
		if len(tasks) > most {
			most, busy = len(tasks), p.ID
		}
	}
	return idle, busy
}

// walkPractice answers a question to practise with wrong, right and not at all.
func (d *demo) walkPractice(w *tab) {
	w.t.Helper()
	const check = ".toets button.knop[value=kijk-na]"
	w.be(tineke).open("/cursussen/"+string(identity)+"/oefenen/1").check("practice", 200)
	w.press(check).says("Geef eerst een antwoord.").check("practice-empty", 422)
	options := ask[int](w, `document.querySelectorAll("input[type=radio]").length`)
	seen := map[bool]bool{}
	for i := 1; i <= options && len(seen) < 2; i++ {
		w.click(fmt.Sprintf(".opties > :nth-child(%d) input", i))
		w.press(check)
		right := ask[bool](w, `document.querySelector(".melding.m-goed") !== null`)
		if !seen[right] {
			w.check(map[bool]string{true: "practice-right", false: "practice-wrong"}[right], 200)
		}
		seen[right] = true
	}
	if len(seen) < 2 {
		w.t.Error("no answer to the practice question is right, or none is wrong")
	}
}

// walkQuiz is the quiz: every kind of question, and everything that can come between. It ends with the open attempt.
func (d *demo) walkQuiz(w *tab) {
	w.t.Helper()
	w.be(tineke).open("/cursussen/"+string(identity)+"/toets").check("quiz-start", 200)
	w.press("main form button.knop")
	s := d.sitting(tineke)
	right := d.right(s)
	for _, kind := range kinds {
		w.open(questionPath(s, number(w.t, s, kind))).check("question-"+string(kind), 200)
	}
	ordering := number(w.t, s, courses.KindOrder)
	w.open(questionPath(s, ordering))
	items := s.Papers[ordering-1].Items
	for i, item := range items[:3] {
		w.choose("plaats-"+string(item.ID), fmt.Sprint(max(i, 1))) // 1, 1 and 2
	}
	w.press(".toets button.knop[value=volgende]").says("Je antwoord is nog niet bewaard").check("question-order-wrong", 422)
	w.open(questionPath(s, number(w.t, s, courses.KindNumeric)))
	w.fill("antwoord", "veel")
	w.press(".toets button.knop[value=volgende]").check("question-numeric-wrong", 422)

	options := s.Papers[0].Options
	w.open(questionPath(s, 1))
	d.save(tineke, s, 1, courses.Answer{Options: []courses.OptionID{options[1].ID}})
	w.click("#keuze-" + string(options[0].ID))
	w.press(".toets button.knop[value=volgende]").says("Welk antwoord wil je houden?").check("conflict", 409)

	w.open(questionPath(s, 2))
	w.answer(s.Papers[1], right[1])
	w.press(".toets button[value=markeer]").says("Haal de markering weg").check("question-marked", 200)
	w.press("button[value=controle]").says("Gemarkeerd").check("quiz-check-open", 200)
	w.open("/cursussen/"+string(identity)+"/toets").check("quiz-start-open", 200)
	w.open("/cursussen/"+string(identity)+"/oefenen/1").check("practice-closed", 409)
	w.open("/mijn-scholing").says("Ga verder").check("training-busy", 200)

	w.open(questionPath(s, 3))
	call(w, network.ClearBrowserCookies, cdp.Empty{})
	w.click("#keuze-waar")
	w.press(".toets button.knop[value=volgende]").says("Je was te lang weg").check("session-ended", 401)
}

// save changes an answer behind the back of the page that shows it.
func (d *demo) save(person staff.PersonID, s academy.Sitting, number int, a courses.Answer) {
	d.t.Helper()
	question := s.Papers[number-1].Question
	if _, err := d.office.SaveAnswers(d.t.Context(), as(person), s.Attempt.ID, []academy.Given{{Question: question, Answer: a, Version: d.saved(person, s.Attempt.ID, number).Version}}); err != nil {
		d.t.Fatal(err)
	}
}

// walkFailure is what follows when somebody does not pass: once, and after the last attempt, for them and for HR.
func (d *demo) walkFailure(w *tab) {
	w.t.Helper()
	w.be(marloes)
	s := d.sitting(marloes)
	w.open(questionPath(s, 3))
	d.handIn(marloes, nil)
	w.click("#keuze-waar")
	w.press(".toets button.knop[value=volgende]").says("Dit antwoord telt niet meer mee").check("question-late", 409)
	w.open("/toets/"+string(s.Attempt.ID)+"/resultaat").says("Nog niet gehaald").check("result-failed", 200)
	w.open("/cursussen/"+string(identity)+"/toets").says("Probeer opnieuw vanaf").check("refused", 409)
	w.open("/cursussen/"+string(identity)).says("Opnieuw vanaf").check("course-refused", 200)
	w.open("/mijn-scholing").says("Opnieuw vanaf").check("training-refused", 200)
	for range 2 {
		d.daysLater(2)
		s = d.handIn(marloes, nil)
	}
	w.be(marloes).open("/toets/"+string(s.Attempt.ID)+"/resultaat").says("Hoe wil je verder?").check("result-last", 200)
	w.open("/cursussen/"+string(identity)+"/toets").says("Je pogingen zijn op").check("refused-last", 409)
	w.open("/toets/"+string(s.Attempt.ID)+"/resultaat").press("main form button.knop").says("Kies hoe je verder wilt.").check("follow-up-none", 422)
	w.click("#keuze-talk")
	w.press("main form button.knop").says("Verander mijn keuze").check("follow-up-chosen", 200)
	w.open("/mijn-scholing").says("Dat wacht op P&O").check("training-waiting", 200)
	w.be("RW1059").open("/cursussen/"+string(identity)+"/toets").press("main form button.knop").press(".titel button").says("Waar je mee bezig bent").check("training-unasked", 200)
	w.be(kevin).open("/vervolg").says("Marloes").check("follow-ups", 200)
	w.press("main form button").check("follow-ups-none", 200)
}

// walkCertificates is a passed quiz, its certificate, and what a visitor sees of it.
func (d *demo) walkCertificates(w *tab) {
	w.t.Helper()
	w.be(tineke)
	w.open("/controle/"+string(d.certificate(tineke, certificates.Expired).Number)).says("verlopen").check("verify-expired", 200)
	s := d.handIn(tineke, d.right(d.sitting(tineke)))
	w.open("/toets/"+string(s.Attempt.ID)+"/resultaat").says("Gehaald").check("result-passed", 200)
	w.open("/certificaten").check("certificates", 200)
	number := string(s.Result.Certificate.Number)
	w.open("/certificaten/"+number).check("certificate", 200)
	w.open("/certificaten/"+number+"/pagina").check("certificate-page", 200)
	w.open("/c/"+string(s.Result.Certificate.Token)).says("Tineke Bakker").check("verify-valid", 200)
	w.open("/controle/"+number).check("verify-number", 200)
	w.open("/controle/RW-2026-7KQ4M-2XD9T-C8").check("verify-unknown", 404)
	w.open("/certificaten/"+number).press("button[value=uit]").says("De controlepagina staat uit").check("certificate-hidden", 200)
	w.press("button[value=aan]")
}

// certificate is a certificate of somebody with this state today.
func (d *demo) certificate(person staff.PersonID, state certificates.State) certificates.Certificate {
	d.t.Helper()
	now, err := d.office.Now(d.t.Context())
	if err != nil {
		d.t.Fatal(err)
	}
	all, err := d.office.Certificates(d.t.Context(), as(person), person)
	if err != nil {
		d.t.Fatal(err)
	}
	for _, c := range all {
		if c.State(now.Today()) == state {
			return c
		}
	}
	d.t.Fatalf("%s has no certificate that is %s", person, state)
	return certificates.Certificate{}
}

// walkClock moves the clock of the demo as people do.
func (d *demo) walkClock(w *tab) {
	w.t.Helper()
	w.be(kevin).open("/").press(".taken button[name=sprong]").says("Wat vraagt de ronde van wie?").check("round", 200)
	w.open("/")
	w.do(chromedp.SetValue(chromedp.CSS("#dag"), "2027-12-01"))
	w.press("form.stapel button.knop").check("round-year-later", 200)
}

// englishPages is the way through the quiz to the certificate in English.
func (b *browser) englishPages(t *testing.T) {
	d := serveDemo(t)
	w := b.tab(t, d.url)
	w.looks = []look{phone, wide} // the colours are those of the Dutch pages
	w.be(yara).open("/?lang=en").says("As whom").check("en-start", 200)
	w.open("/mijn-scholing").check("en-training", 200)
	w.open("/cursussen").check("en-courses", 200)
	w.open("/cursussen/"+string(identity)).check("en-course", 200)
	w.open("/cursussen/"+string(identity)+"/lessen/2").check("en-lesson", 200)
	w.open("/cursussen/"+string(identity)+"/toets").check("en-quiz-start", 200)
	s := d.sitting(yara)
	for _, kind := range kinds {
		w.open(questionPath(s, number(t, s, kind))).check("en-question-"+string(kind), 200)
	}
	w.open("/toets/"+string(s.Attempt.ID)+"/controle").check("en-quiz-check", 200)
	s = d.handIn(yara, d.right(s))
	w.open("/toets/"+string(s.Attempt.ID)+"/resultaat").says("Passed").check("en-result-no-certificate", 200)
	c := d.handIn(tineke, d.right(d.sitting(tineke))).Result.Certificate
	w.be(tineke).open("/certificaten").check("en-certificates", 200)
	w.open("/certificaten/"+string(c.Number)).check("en-certificate", 200)
	w.open("/certificaten/"+string(c.Number)+"/pagina").check("en-certificate-page", 200)
	w.open("/c/"+string(c.Token)).check("en-verify-valid", 200)
	w.open("/").press(".taken button[name=sprong]").says("Something changes for").check("en-round", 200)
	for _, page := range []string{"hulp", "toegankelijkheid", "privacy"} {
		w.open("/"+page).check("en-"+page, 200)
	}
	w.open("/bestaat-niet").check("en-error-404", 404)
}

// firstStart is a real installation: before there is anybody, and where one logs in.
func (b *browser) firstStart(t *testing.T) {
	database := newFile(t)
	w := b.tab(t, serve(t, "--database", database).url)
	w.open("/").check("first-start", 503)
	password := filepath.Join(t.TempDir(), "password")
	if err := os.WriteFile(password, []byte("een goed lang wachtwoord\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	must(t, "admin", "create", "--database", database, "--person", "B1", "--first", "Anna", "--last", "Bos", "--email", "a.bos@echt.example",
		"--password-file", password, "--municipality", "Gemeente Echt", "--prefix", "EC")
	w.open("/inloggen").check("login", 200)
	w.fill("naam", "B1")
	w.fill("wachtwoord", "een ander wachtwoord")
	w.press("main form button").check("login-wrong", 422)
	w.fill("wachtwoord", "een goed lang wachtwoord")
	w.press("main form button").check("after-login", 200)
}
