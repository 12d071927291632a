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
		{"GET /besluiten", staff.ReadDecisions, s.aboutMe},
		{"GET /certificaten", staff.ReadCertificates, s.certificates},
		{"GET /certificaten/{nummer}", staff.ReadCertificates, s.certificate},
		{"POST /certificaten/{nummer}", staff.ReadCertificates, s.hideCertificate},
		{"GET /certificaten/{nummer}/pagina", staff.ReadCertificates, s.certificatePaper},
		{"GET /certificaten/{nummer}/document", staff.ReadCertificates, s.certificateDocument},
		{"GET /groepstraining", staff.ReadSessions, s.trainings},
		{"GET /groepstraining/{training}", staff.ReadSessions, s.training},
		{"POST /groepstraining/{training}", staff.EnrolInSessions, s.changePlace},
		{"GET /groepstraining/{training}/agenda.ics", staff.ReadSessions, s.trainingFile},

		// evidence from elsewhere, and what is seen at work
		{"GET /bewijs", staff.ReadEvidence, s.evidence},
		{"GET /bewijs/nieuw", staff.SubmitEvidence, s.askEvidence},
		{"POST /bewijs/nieuw", staff.SubmitEvidence, s.sendEvidence},
		{"POST /bewijs/terug", staff.SubmitEvidence, s.withdrawEvidence},
		{"GET /bewijs/document/{bewijs}", staff.ReadEvidence, s.evidenceDocument},
		{"GET /bewijs/beoordelen", staff.JudgeEvidence, s.judgeQueue},
		{"GET /bewijs/beoordelen/{bewijs}", staff.JudgeEvidence, s.askVerdict},
		{"POST /bewijs/beoordelen/{bewijs}", staff.JudgeEvidence, s.judge},
		{"GET /bewijs/gezien", staff.JudgeEvidence, s.askSeen},
		{"POST /bewijs/gezien", staff.JudgeEvidence, s.noteSeen},
		{"GET /praktijk", staff.ObserveSkills, s.skills},
		{"GET /praktijk/nieuw", staff.ObserveSkills, s.askObservation},
		{"POST /praktijk/nieuw", staff.ObserveSkills, s.sendObservation},
		{"GET /praktijk/{beoordeling}", staff.ReadEvidence, s.observation},
		{"POST /praktijk/{beoordeling}", staff.SignObservation, s.signObservation},
		{"GET /berichten", staff.ReadOwnNotices, s.messages},
		{"GET /berichten/{bericht}", staff.ReadOwnNotices, s.message},
		{"GET /berichten/instellingen", staff.ReadOwnNotices, s.messageSettings},
		{"POST /berichten/instellingen", staff.ReadOwnNotices, s.setMail},
		{"POST /berichten/agenda", staff.ReadOwnNotices, s.makeFeed},
		{"POST /berichten/agenda/intrekken", staff.ReadOwnNotices, s.revokeFeed},
		{"GET /agenda/{geheim}", anybody, s.feed}, // the address is the secret

		// what changes
		{"GET /wijzigingen", staff.ReadChanges, s.changes},
		{"GET /wijzigingen/spoed", staff.WriteBulletins, s.askUrgent},
		{"POST /wijzigingen/spoed", staff.WriteBulletins, s.sendUrgent},
		{"GET /wijzigingen/{wijziging}", staff.ReadChanges, s.change},
		{"POST /wijzigingen/{wijziging}", staff.FollowChanges, s.sendChange},
		{"GET /signalen", staff.ReadChanges, s.signals},
		{"POST /signalen", staff.SendSignals, s.sendSignal},
		{"GET /doelen", staff.ReadChanges, s.objectives},
		{"POST /doelen", staff.SetObjectives, s.fillInObjective},
		{"GET /bulletins", staff.ReadChanges, s.bulletins},
		{"GET /bulletins/{bulletin}", staff.ReadChanges, s.bulletin},
		{"POST /bulletins/{bulletin}", staff.ReadChanges, s.sendBulletin},

		// growth and plans
		{"GET /groei", staff.ReadMatches, s.growth},
		{"GET /groei/{rol}", staff.ReadMatches, s.growthRole},
		{"POST /groei/{rol}", staff.ReadMatches, s.changeGrowth},
		{"GET /groei/{rol}/delen", staff.ShareWishes, s.askShare},
		{"GET " + matrixPath, staff.ReadMatrix, s.teamMatrix},
		{"GET " + matrixPath + "/{team}/{vaardigheid}", staff.ReadMatrix, s.teamSkill},
		{"POST " + matrixPath + "/{team}/{vaardigheid}", staff.ChangeNeeded, s.changeNeeded},
		{"GET " + ownSkillsPath, staff.SetOwnLevels, s.personSkills},
		{"POST " + ownSkillsPath, staff.SetOwnLevels, s.giveLevel},
		{"GET /mensen/{persoon}/vaardigheden", staff.ReadCompetences, s.personSkills},
		{"POST /mensen/{persoon}/vaardigheden", staff.ReadCompetences, s.giveLevel},
		{"GET /kandidaten", staff.ReadCandidates, s.candidates},
		{"GET /plannen", staff.ReadPlans, s.plans},
		{"GET /plannen/{plan}", staff.ReadPlans, s.plan},
		{"POST /plannen/{plan}", staff.ReadPlans, s.changePlan},
		{"GET /plannen/{plan}/wijzigen", staff.WritePlans, s.editPlan},
		{"POST /plannen/{plan}/wijzigen", staff.WritePlans, s.sendPlan},

		// leaders, HR and specialists
		{"GET /escalaties", staff.AnswerNotices, s.escalations},
		{"POST /escalaties", staff.AnswerNotices, s.answerEscalation},
		{"GET /mail", staff.ManageMail, s.mail},
		{"GET " + deskPath, staff.ReadOwnAccount, s.desk},
		{"GET /processen", staff.ReadProcesses, s.processes},
		{"GET /processen/{proces}", staff.ReadProcesses, s.process},
		{"GET /overzicht", staff.ReadOverview, s.overview},
		{"POST /overzicht", staff.ReadOverview, s.countAnew},
		{"GET /overzicht/teams.csv", staff.ReadOverview, s.overviewSheet},
		{"GET /stand", staff.ReadReports, s.compliance},
		{"GET /stand/lijst.csv", staff.ReadReports, s.complianceSheet},
		{"GET /vooruitblik", staff.ReadReports, s.forecast},
		{"GET /vooruitblik/maanden.csv", staff.ReadReports, s.forecastMonths},
		{"GET /vooruitblik/voorstel.csv", staff.ReadReports, s.forecastWeeks},
		{"GET /wat-als", staff.TryChanges, s.whatIf},
		{"GET /wat-als/lijst.csv", staff.TryChanges, s.whatIfSheet},
		{"GET /vervolg", staff.ReadFollowUps, s.followUps},
		{"POST /vervolg", staff.SettleFollowUps, s.settleFollowUp},

		{"GET /mensen", staff.ReadPeople, s.people},
		{"GET /mensen/lijst.csv", staff.ReadPeople, s.peopleSheet},
		{"GET /mensen/{persoon}", staff.ReadPeople, s.person},
		{"GET /mensen/{persoon}/besluit", staff.TakeDecisions, s.askDecision},
		{"POST /mensen/{persoon}/besluit", staff.TakeDecisions, s.sendDecision},
		{"POST /mensen/{persoon}/besluiten", staff.TakeDecisions, s.amendDecision},

		{"GET /regelingen", staff.ReadSchemes, s.schemes},
		{"GET /regelingen/nieuw", staff.ChangeSchemes, s.newScheme},
		{"POST /regelingen/nieuw", staff.ChangeSchemes, s.sendNewScheme},
		{"POST /regelingen/voorbeeld", staff.ChangeSchemes, s.showSchemeExample},
		{"GET /regelingen/werk", staff.ReadSchemes, s.activities},
		{"POST /regelingen/werk", staff.ChangeSchemes, s.saveActivity},
		{"GET /regelingen/{regeling}", staff.ReadSchemes, s.scheme},
		{"GET /regelingen/{regeling}/bewerken", staff.ChangeSchemes, s.editScheme},
		{"POST /regelingen/{regeling}/bewerken", staff.ChangeSchemes, s.sendScheme},
		{"POST /regelingen/{regeling}/versie", staff.ChangeSchemes, s.withdrawScheme},
		{"GET /regelingen/{regeling}/verplichting", staff.ChangeSchemes, s.askRequirement},
		{"POST /regelingen/{regeling}/verplichting", staff.ChangeSchemes, s.sendRequirement},
		{"POST /regelingen/{regeling}/verplichtingen", staff.ChangeSchemes, s.changeRequirement},

		{"GET /import", staff.ImportEvidence, s.imports},
		{"POST /import", staff.ImportEvidence, s.uploadImport},
		{"GET /import/voorbeeld.csv", staff.ImportEvidence, s.importExample},
		{"GET /import/{lijst}", staff.ImportEvidence, s.importMap},
		{"POST /import/{lijst}", staff.ImportEvidence, s.saveImportMap},
		{"POST /import/{lijst}/weg", staff.ImportEvidence, s.dropImport},
		{"GET /import/{lijst}/controle", staff.ImportEvidence, s.importCheck},
		{"POST /import/{lijst}/controle", staff.ImportEvidence, s.doImport},
		{"GET /import/{lijst}/resultaat", staff.ImportEvidence, s.importResult},
		{"GET /import/{lijst}/verbeteren.csv", staff.ImportEvidence, s.importCorrections},
		{"GET /groepstraining/nieuw", staff.PlanSessions, s.askTraining},
		{"POST /groepstraining/nieuw", staff.PlanSessions, s.sendTraining},
		{"GET /groepstraining/{training}/bewerken", staff.PlanSessions, s.editTraining},
		{"POST /groepstraining/{training}/bewerken", staff.PlanSessions, s.changeTraining},
		{"GET /groepstraining/{training}/afzeggen", staff.PlanSessions, s.askTrainingOff},
		{"POST /groepstraining/{training}/afzeggen", staff.PlanSessions, s.trainingOff},
		{"GET /groepstraining/{training}/aanwezigheid", staff.PlanSessions, s.attendance},
		{"POST /groepstraining/{training}/aanwezigheid", staff.PlanSessions, s.recordAttendance},
		{"GET /groepstraining/{training}/bevestigen", staff.ConfirmSessions, s.askConfirmation},
		{"POST /groepstraining/{training}/bevestigen", staff.ConfirmSessions, s.confirmAttendance},
		{"GET /groepstraining/{training}/corrigeren/{persoon}", staff.PlanSessions, s.askCorrection},
		{"POST /groepstraining/{training}/corrigeren/{persoon}", staff.PlanSessions, s.sendCorrection},
		{"POST /groepstraining/{training}/corrigeren/{persoon}/bevestigen", staff.ConfirmSessions, s.confirmCorrection},
		{"GET /mensen-inlezen", staff.ImportPeople, s.peopleImport},
		{"POST /mensen-inlezen", staff.ImportPeople, s.uploadPeople},
		{"GET /mensen-inlezen/{lijst}", staff.ImportPeople, s.checkPeople},
		{"POST /mensen-inlezen/{lijst}", staff.ImportPeople, s.bringInPeople},
		{"GET /mensen-inlezen/{lijst}/verbeteren.csv", staff.ImportPeople, s.peopleCorrections},
		{"GET /wissen", staff.ErasePeople, s.erasures},
		{"GET /bewaartermijnen", staff.SetRetention, s.askRetention},
		{"POST /bewaartermijnen", staff.SetRetention, s.setRetention},
		{"GET /wissen/{persoon}", staff.ErasePeople, s.askErasure},
		{"POST /wissen/{persoon}", staff.ErasePeople, s.requestErasure},
		{"POST /wissen/verzoek/{verzoek}", staff.ErasePeople, s.endErasure},
		{"GET /budget", staff.ReadBudgets, s.budgets},
		{"GET /budget/{team}/{jaar}/{soort}", staff.SetBudgets, s.askBudget},
		{"POST /budget/{team}/{jaar}/{soort}", staff.SetBudgets, s.setBudget},

		// the demo; the office refuses each where this is none
		{"POST /demo/wissel", anybody, s.become},
		{"POST /demo/datum", anybody, s.setDay},
		{"GET /demo/ronde", anybody, s.showRound},
		{"POST /demo/ronde", staff.RunSweeps, s.confirmRound},
		{"GET /demo/opnieuw", anybody, s.askReset},
		{"POST /demo/opnieuw", anybody, s.resetDemo},
	}
}
