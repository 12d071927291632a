package staff

import (
	"slices"

	"bekwaam/courses/fault"
)

// A Function is what somebody is in the product; it decides what they may do.
type Function string

const (
	Employee        Function = "employee"         // everybody employed today
	Leader          Function = "leader"           // leads at least one team
	TrainingOfficer Function = "training-officer" // P&O: follows and decides on training for everybody
	Author          Function = "author"           // writes and publishes courses
	Assessor        Function = "assessor"         // sees skills at work, never their own
	Administrator   Function = "administrator"    // manages the installation
)

// An Act is something one can ask the training office to do. Every act stands in the table below, or nobody may do it.
type Act string

const (
	ReadCourses      Act = "courses.read"
	ReadDrafts       Act = "courses.read-drafts"
	WriteCourses     Act = "courses.write"
	PublishCourses   Act = "courses.publish"
	TakeQuizzes      Act = "attempts.take"
	ReadDuties       Act = "duties.read"
	ReadCertificates Act = "certificates.read"
	ReadFollowUps    Act = "follow-ups.read"
	SettleFollowUps  Act = "follow-ups.settle"
	PreviewSchemes   Act = "schemes.preview"
	ReadSweeps       Act = "sweeps.read"
	RunSweeps        Act = "sweeps.run"
	ReadOwnAccount   Act = "account.read"
	ChangeSettings   Act = "settings.change"

	ReadSchemes     Act = "schemes.read"
	ChangeSchemes   Act = "schemes.change"
	TryChanges      Act = "schemes.what-if"
	ReadPeople      Act = "people.read"
	ReadReports     Act = "reports.read"
	ReadOverview    Act = "overview.read"
	ReadDecisions   Act = "decisions.read"
	TakeDecisions   Act = "decisions.take"
	RevokePeriods   Act = "periods.revoke"
	ReadEvidence    Act = "evidence.read"
	SubmitEvidence  Act = "evidence.submit"
	JudgeEvidence   Act = "evidence.judge"
	ImportEvidence  Act = "evidence.import"
	ObserveSkills   Act = "observations.make"
	SignObservation Act = "observations.sign"
	ReadSessions    Act = "sessions.read"
	PlanSessions    Act = "sessions.plan"
	EnrolInSessions Act = "sessions.enrol"
	ConfirmSessions Act = "sessions.confirm"
	ReadBudgets     Act = "budgets.read"
	SetBudgets      Act = "budgets.set"
	ReadOwnNotices  Act = "notices.read"
	AnswerNotices   Act = "notices.acknowledge"
	ManageMail      Act = "mail.manage"
	ErasePeople     Act = "people.erase"
	SetRetention    Act = "retention.set"
	ImportPeople    Act = "people.import"
	ReadProcesses   Act = "processes.read"
	ReadStaffing    Act = "staffing.read"
	ReadRosters     Act = "rosters.read"
	ChangeStaffing  Act = "staffing.change"
	ChangeRosters   Act = "rosters.change"
	WriteProcedures Act = "procedures.write"
	RecordConsent   Act = "consent.record"
	ReadFrameworks  Act = "frameworks.read"
	ReadCompetences Act = "competences.read"
	SetOwnLevels    Act = "levels.set-own"
	JudgeLevels     Act = "levels.judge"
	AssessLevels    Act = "levels.assess"
	AcceptLevels    Act = "levels.accept"
	ReadMatrix      Act = "matrix.read"
	ChangeProfiles  Act = "profiles.change"
	ChangeNeeded    Act = "needed-levels.change"
	ChangeLearning  Act = "learning-items.change"
	ReadMatches     Act = "matches.read"
	ShareWishes     Act = "wishes.share"
	ReadResults     Act = "instrument-results.read"
	GiveConsent     Act = "instrument-consents.give"
	ImportResults   Act = "instrument-results.import"
	ReadCandidates  Act = "candidates.read"
	DraftPlans      Act = "plans.draft"
	ReadPlans       Act = "plans.read"
	WritePlans      Act = "plans.write"
	AgreePlans      Act = "plans.agree"
	ReadChanges     Act = "changes.read"
	WriteChanges    Act = "changes.write"
	FollowChanges   Act = "changes.follow"
	ExplainChanges  Act = "changes.explain"
	SendSignals     Act = "signals.send"
	DecideSignals   Act = "signals.decide"
	WriteBulletins  Act = "bulletins.write"
	CheckBulletins  Act = "bulletins.confirm"
	SetObjectives   Act = "objectives.set"
)

// A scope is how far a permission reaches.
type scope int

const (
	nobody  scope = iota
	oneself       // about oneself
	team          // about the people of a team one leads, and oneself
	everybody
)

// permissions is the only place that says who may do what. What it does not name is refused.
var permissions = map[Act]map[Function]scope{
	ReadOwnAccount:   {Employee: oneself, Administrator: oneself},
	ReadCourses:      {Employee: everybody, Administrator: everybody},
	ReadDrafts:       {Author: everybody},
	WriteCourses:     {Author: everybody},
	PublishCourses:   {Author: everybody},
	TakeQuizzes:      {Employee: oneself},
	ReadDuties:       {Employee: oneself, Leader: team, TrainingOfficer: everybody},
	ReadCertificates: {Employee: oneself, Leader: team, TrainingOfficer: everybody},
	ReadFollowUps:    {TrainingOfficer: everybody},
	SettleFollowUps:  {TrainingOfficer: everybody},
	PreviewSchemes:   {TrainingOfficer: everybody, Author: everybody},
	ReadSweeps:       {TrainingOfficer: everybody, Administrator: everybody},
	RunSweeps:        {TrainingOfficer: everybody, Administrator: everybody},
	ChangeSettings:   {Administrator: everybody},

	ReadSchemes:     {Leader: everybody, Author: everybody, TrainingOfficer: everybody},
	ChangeSchemes:   {TrainingOfficer: everybody},
	TryChanges:      {TrainingOfficer: everybody},
	ReadPeople:      {Leader: team, TrainingOfficer: everybody},
	ReadReports:     {Leader: team, TrainingOfficer: everybody},
	ReadOverview:    {TrainingOfficer: everybody},
	ReadDecisions:   {Employee: oneself, Leader: team, TrainingOfficer: everybody},
	TakeDecisions:   {Leader: team, TrainingOfficer: everybody},
	RevokePeriods:   {TrainingOfficer: everybody},
	ReadEvidence:    {Employee: oneself, TrainingOfficer: everybody},
	SubmitEvidence:  {Employee: oneself, TrainingOfficer: everybody},
	JudgeEvidence:   {TrainingOfficer: everybody},
	ImportEvidence:  {TrainingOfficer: everybody},
	ObserveSkills:   {Assessor: everybody},
	SignObservation: {Employee: oneself},
	ReadSessions:    {Employee: everybody},
	PlanSessions:    {TrainingOfficer: everybody},
	EnrolInSessions: {Employee: oneself, Leader: team, TrainingOfficer: everybody},
	ConfirmSessions: {TrainingOfficer: everybody},
	ReadBudgets:     {Leader: team, TrainingOfficer: everybody},
	SetBudgets:      {TrainingOfficer: everybody},
	ReadOwnNotices:  {Employee: oneself},
	AnswerNotices:   {Leader: team, TrainingOfficer: everybody},
	ManageMail:      {TrainingOfficer: everybody, Administrator: everybody},
	ErasePeople:     {TrainingOfficer: everybody},
	SetRetention:    {TrainingOfficer: everybody, Administrator: everybody},
	ImportPeople:    {TrainingOfficer: everybody, Administrator: everybody},
	ReadProcesses:   {Employee: everybody},
	ReadStaffing:    {Leader: team, TrainingOfficer: everybody},
	ReadRosters:     {Employee: oneself, Leader: team, TrainingOfficer: everybody},
	ChangeStaffing:  {TrainingOfficer: everybody},
	ChangeRosters:   {Leader: team, TrainingOfficer: everybody},
	WriteProcedures: {Author: everybody, TrainingOfficer: everybody},
	RecordConsent:   {TrainingOfficer: everybody, Administrator: everybody},
	ReadFrameworks:  {Employee: everybody},
	ReadCompetences: {Employee: oneself, Leader: team, TrainingOfficer: everybody},
	SetOwnLevels:    {Employee: oneself},
	JudgeLevels:     {Leader: team},
	AssessLevels:    {Assessor: everybody},
	AcceptLevels:    {TrainingOfficer: everybody}, // shown elsewhere
	ReadMatrix:      {Leader: team, TrainingOfficer: everybody},
	ChangeProfiles:  {TrainingOfficer: everybody},
	ChangeNeeded:    {TrainingOfficer: everybody},
	ChangeLearning:  {TrainingOfficer: everybody},
	ReadMatches:     {Employee: oneself}, // and whoever a wish is shared with
	ShareWishes:     {Employee: oneself},
	ReadResults:     {Employee: oneself}, // and whoever a result is shared with
	GiveConsent:     {Employee: oneself},
	ImportResults:   {TrainingOfficer: everybody},
	ReadCandidates:  {Leader: everybody, TrainingOfficer: everybody}, // of those who shared
	DraftPlans:      {Employee: oneself},                             // and whoever a wish is shared with
	ReadPlans:       {Employee: oneself, Leader: team, TrainingOfficer: everybody},
	WritePlans:      {Employee: oneself, Leader: team},
	AgreePlans:      {Employee: oneself, Leader: team, TrainingOfficer: everybody},
	ReadChanges:     {Employee: everybody},
	WriteChanges:    {Author: everybody, TrainingOfficer: everybody},
	FollowChanges:   {Author: everybody, Leader: everybody, TrainingOfficer: everybody}, // how far a change is, without names
	ExplainChanges:  {Leader: everybody, TrainingOfficer: everybody},
	SendSignals:     {Employee: oneself},
	DecideSignals:   {Author: everybody, Leader: everybody, TrainingOfficer: everybody},
	WriteBulletins:  {Author: everybody},
	CheckBulletins:  {Author: everybody, Leader: everybody, TrainingOfficer: everybody},
	SetObjectives:   {Leader: team, TrainingOfficer: everybody},
}

// notByOneself are the acts that nobody may do about themselves: no self-approval anywhere (RECERTIFICATION §5).
var notByOneself = []Act{SettleFollowUps, ChangeSchemes, TakeDecisions, RevokePeriods, JudgeEvidence, ObserveSkills, ConfirmSessions, AnswerNotices, ErasePeople, ChangeStaffing, ChangeRosters, JudgeLevels, AssessLevels, AcceptLevels}

// Acts returns every act of the table, sorted.
func Acts() []Act {
	acts := make([]Act, 0, len(permissions))
	for act := range permissions {
		acts = append(acts, act)
	}
	slices.Sort(acts)
	return acts
}

// An Actor is somebody who asks, with what they are on the day they ask.
type Actor struct {
	Person    PersonID
	Functions []Function
	Leads     []TeamID // the teams one leads
}

// Facts are what is true of a person on one day.
type Facts struct {
	Administrator bool
	Roles         []Role            // of the employments that hold that day; none: not employed
	Designations  []DesignationKind // that hold that day
	Leads         []TeamID
}

// Be works out what a person is from the facts of a day. Who is not employed is nothing, or an administrator.
func Be(person PersonID, facts Facts) Actor {
	actor := Actor{Person: person}
	is := func(functions ...Function) {
		for _, f := range functions {
			if !actor.Is(f) {
				actor.Functions = append(actor.Functions, f)
			}
		}
	}
	if facts.Administrator {
		is(Administrator)
	}
	if len(facts.Roles) == 0 {
		return actor
	}
	is(Employee)
	for _, r := range facts.Roles {
		is(r.Functions...)
	}
	for _, d := range facts.Designations {
		is(ofDesignation[d]...)
	}
	if len(facts.Leads) > 0 {
		is(Leader)
		actor.Leads = facts.Leads
	}
	return actor
}

// ofDesignation says what a designation makes somebody in the product. The functions of a role stand with the role.
var ofDesignation = map[DesignationKind][]Function{
	KnowledgeHolder:     {Author},
	TrainingCoordinator: {Author, TrainingOfficer},
	WorkplaceAssessor:   {Assessor},
}

// Is reports whether the actor has a function.
func (a Actor) Is(f Function) bool { return slices.Contains(a.Functions, f) }

// May reports whether the actor may do an act about somebody at all: the question of a menu.
func (a Actor) May(act Act) bool { return a.reach(act) > nobody }

// Acts returns the acts the actor may do, sorted.
func (a Actor) Acts() []Act {
	return slices.DeleteFunc(Acts(), func(act Act) bool { return !a.May(act) })
}

// MayForAll reports whether the actor may do an act about everybody.
func (a Actor) MayForAll(act Act) bool { return a.reach(act) == everybody }

// A Subject is whom an act is about. The zero Subject is nobody in particular.
type Subject struct {
	Person PersonID
	Teams  []TeamID // the teams the person works in that day

	LeadsActor bool // the person leads a team the actor works in that day
}

// Allow returns nil where the actor may do the act about the subject. An act that is not theirs to do is Forbidden;
// a person who is not theirs to see is NotFound (API.md, "Who may not").
func (a Actor) Allow(act Act, about Subject) error {
	if about.Person != "" && about.Person == a.Person && slices.Contains(notByOneself, act) {
		return fault.New(fault.Forbidden, "Dit moet iemand anders doen: niemand beslist over zichzelf.", "Somebody else must do this: nobody decides about themselves.").Because("self_approval")
	}
	switch reach := a.reach(act); {
	case reach == nobody:
		return fault.New(fault.Forbidden, "Dit mag je niet doen. Denk je dat dit niet klopt? Vraag het aan P&O.", "You may not do this. Do you think that is wrong? Ask HR.")
	case about.Person == "" || about.Person == a.Person || reach == everybody:
		return nil
	case reach == team && slices.ContainsFunc(about.Teams, func(t TeamID) bool { return slices.Contains(a.Leads, t) }):
		if about.LeadsActor && slices.Contains(notByOneself, act) {
			return fault.New(fault.Forbidden, "Dit moet P&O doen: jullie geven leiding aan elkaar.", "HR must do this: you lead each other.").Because("self_approval")
		}
		return nil
	}
	return fault.New(fault.NotFound, "Dit bestaat niet, of je mag het niet zien.", "This does not exist, or you may not see it.")
}

// reach is how far the actor's permission for an act goes.
func (a Actor) reach(act Act) scope {
	reach := nobody
	for _, f := range a.Functions {
		reach = max(reach, permissions[act][f])
	}
	return reach
}
