package web

import (
	"bekwaam/courses/staff"
)

// anybody is the act of a page that asks nobody who they are.
const anybody staff.Act = "anybody"

// A route is an address with what it asks of a visitor. Who may not do the act is refused before handle begins; whether
// they may do it about this person or thing is for the office to say.
type route struct {
	pattern string
	act     staff.Act
	handle  func(*visit) error
}

// routes lists every page. It is all that there is: what is not here does not exist.
func (s *Site) routes() []route {
	return []route{
		// everybody
		{"GET /{$}", anybody, s.start},
		{"GET /inloggen", anybody, s.askLogIn},
		{"POST /inloggen", anybody, s.logInWithPassword},
		{"POST /uitloggen", anybody, s.leave},
		{"GET /hulp", anybody, s.help},
		{"GET /toegankelijkheid", anybody, s.accessibility},
		{"GET /privacy", anybody, s.privacy},

		// the quiz and practice; holdAnswer keeps what is sent after a session ended
		{"GET /cursussen/{course}/toets", staff.TakeQuizzes, s.quizBefore},
		{"POST /cursussen/{course}/toets", staff.TakeQuizzes, s.startQuiz},
		{"GET /cursussen/{course}/oefenen/{n}", staff.TakeQuizzes, s.practise},
		{"POST /cursussen/{course}/oefenen/{n}", staff.TakeQuizzes, s.answerPractice},
		{"GET /toets/{poging}/vraag/{n}", staff.TakeQuizzes, s.question},
		{"POST /toets/{poging}/vraag/{n}", staff.TakeQuizzes, s.answerQuestion},
		{"POST /toets/{poging}/antwoord/{n}", staff.TakeQuizzes, s.autosave},
		{"POST /toets/{poging}/stop", staff.TakeQuizzes, s.stopQuiz},
		{"POST /toets/{poging}/tijd", staff.TakeQuizzes, s.quizTime},
		{"GET /toets/{poging}/controle", staff.TakeQuizzes, s.quizCheck},
		{"POST /toets/{poging}/inleveren", staff.TakeQuizzes, s.submitQuiz},
		{"GET /toets/{poging}/resultaat", staff.TakeQuizzes, s.quizResult},
		{"POST /toets/{poging}/vervolg", staff.TakeQuizzes, s.chooseFollowUp},

		// a visitor who checks a certificate
		{"GET /controle", anybody, s.askNumber},
		{"POST /controle", anybody, s.findNumber},
		{"GET /controle/{nummer}", anybody, s.verifyNumber},
		{"GET /c/{token}", anybody, s.verifyToken},

		// an employee
		{"GET /mijn-scholing", staff.ReadCourses, s.home}, // who has no duties goes on to the courses
		{"GET /cursussen", staff.ReadCourses, s.catalogue},
		{"GET /cursussen/{course}", staff.ReadCourses, s.course},
		{"GET /cursussen/{course}/lessen/{les}", staff.ReadCourses, s.lesson},
		{"POST /cursussen/{course}/lessen/{les}", staff.TakeQuizzes, s.finishLesson},
		{"GET /certificaten", staff.ReadCertificates, s.certificates},
		{"GET /certificaten/{nummer}", staff.ReadCertificates, s.certificate},
		{"POST /certificaten/{nummer}", staff.ReadCertificates, s.hideCertificate},
		{"GET /certificaten/{nummer}/pagina", staff.ReadCertificates, s.certificatePaper},
		{"GET /certificaten/{nummer}/document", staff.ReadCertificates, s.certificateDocument},

		// HR
		{"GET /vervolg", staff.ReadFollowUps, s.followUps},
		{"POST /vervolg", staff.SettleFollowUps, s.settleFollowUp},

		// the demo; the office refuses each where this is none
		{"POST /demo/wissel", anybody, s.become},
		{"POST /demo/datum", anybody, s.setDay},
		{"GET /demo/ronde", anybody, s.showRound},
		{"POST /demo/ronde", staff.RunSweeps, s.confirmRound},
		{"GET /demo/opnieuw", anybody, s.askReset},
		{"POST /demo/opnieuw", anybody, s.resetDemo},
	}
}
