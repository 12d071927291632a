package staff

import (
	"errors"
	"slices"
	"testing"

	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
)

// The whole table of who may do what, as a reader would write it down: a change of a permission is a change here too.
func TestPermissions(t *testing.T) {
	reach := map[scope]string{nobody: "-", oneself: "self", team: "team", everybody: "all"}
	functions := []Function{Employee, Leader, TrainingOfficer, Author, Administrator, Assessor}
	want := map[Act][]string{
		ReadOwnAccount:   {"self", "-", "-", "-", "self", "-"},
		ReadCourses:      {"all", "-", "-", "-", "all", "-"},
		ReadDrafts:       {"-", "-", "-", "all", "-", "-"},
		WriteCourses:     {"-", "-", "-", "all", "-", "-"},
		PublishCourses:   {"-", "-", "-", "all", "-", "-"},
		TakeQuizzes:      {"self", "-", "-", "-", "-", "-"},
		ReadDuties:       {"self", "team", "all", "-", "-", "-"},
		ReadCertificates: {"self", "team", "all", "-", "-", "-"},
		ReadFollowUps:    {"-", "-", "all", "-", "-", "-"},
		SettleFollowUps:  {"-", "-", "all", "-", "-", "-"},
		PreviewSchemes:   {"-", "-", "all", "all", "-", "-"},
		ReadSweeps:       {"-", "-", "all", "-", "all", "-"},
		RunSweeps:        {"-", "-", "all", "-", "all", "-"},
		ChangeSettings:   {"-", "-", "-", "-", "all", "-"},
		ReadSchemes:      {"-", "all", "all", "all", "-", "-"},
		ChangeSchemes:    {"-", "-", "all", "-", "-", "-"},
		TryChanges:       {"-", "-", "all", "-", "-", "-"},
		ReadPeople:       {"-", "team", "all", "-", "-", "-"},
		ReadReports:      {"-", "team", "all", "-", "-", "-"},
		ReadOverview:     {"-", "-", "all", "-", "-", "-"},
		ReadDecisions:    {"self", "team", "all", "-", "-", "-"},
		TakeDecisions:    {"-", "team", "all", "-", "-", "-"},
		RevokePeriods:    {"-", "-", "all", "-", "-", "-"},
		ReadEvidence:     {"self", "-", "all", "-", "-", "-"},
		SubmitEvidence:   {"self", "-", "all", "-", "-", "-"},
		JudgeEvidence:    {"-", "-", "all", "-", "-", "-"},
		ImportEvidence:   {"-", "-", "all", "-", "-", "-"},
		ImportResults:    {"-", "-", "all", "-", "-", "-"},
		ObserveSkills:    {"-", "-", "-", "-", "-", "all"},
		SignObservation:  {"self", "-", "-", "-", "-", "-"},
		ReadSessions:     {"all", "-", "-", "-", "-", "-"},
		PlanSessions:     {"-", "-", "all", "-", "-", "-"},
		EnrolInSessions:  {"self", "team", "all", "-", "-", "-"},
		ConfirmSessions:  {"-", "-", "all", "-", "-", "-"},
		ReadBudgets:      {"-", "team", "all", "-", "-", "-"},
		SetBudgets:       {"-", "-", "all", "-", "-", "-"},
		ReadOwnNotices:   {"self", "-", "-", "-", "-", "-"},
		AnswerNotices:    {"-", "team", "all", "-", "-", "-"},
		ManageMail:       {"-", "-", "all", "-", "all", "-"},
		ErasePeople:      {"-", "-", "all", "-", "-", "-"},
		SetRetention:     {"-", "-", "all", "-", "all", "-"},
		ImportPeople:     {"-", "-", "all", "-", "all", "-"},
		ReadProcesses:    {"all", "-", "-", "-", "-", "-"},
		ReadStaffing:     {"-", "team", "all", "-", "-", "-"},
		ReadRosters:      {"self", "team", "all", "-", "-", "-"},
		ReadChanges:      {"all", "-", "-", "-", "-", "-"},
		WriteChanges:     {"-", "-", "all", "all", "-", "-"},
		FollowChanges:    {"-", "all", "all", "all", "-", "-"},
		ExplainChanges:   {"-", "all", "all", "-", "-", "-"},
		SendSignals:      {"self", "-", "-", "-", "-", "-"},
		DecideSignals:    {"-", "all", "all", "all", "-", "-"},
		WriteBulletins:   {"-", "-", "-", "all", "-", "-"},
		CheckBulletins:   {"-", "all", "all", "all", "-", "-"},
		SetObjectives:    {"-", "team", "all", "-", "-", "-"},
		ChangeStaffing:   {"-", "-", "all", "-", "-", "-"},
		ChangeRosters:    {"-", "team", "all", "-", "-", "-"},
		WriteProcedures:  {"-", "-", "all", "all", "-", "-"},
		RecordConsent:    {"-", "-", "all", "-", "all", "-"},
		ReadFrameworks:   {"all", "-", "-", "-", "-", "-"},
		ReadCompetences:  {"self", "team", "all", "-", "-", "-"},
		SetOwnLevels:     {"self", "-", "-", "-", "-", "-"},
		JudgeLevels:      {"-", "team", "-", "-", "-", "-"},
		AssessLevels:     {"-", "-", "-", "-", "-", "all"},
		AcceptLevels:     {"-", "-", "all", "-", "-", "-"},
		ReadMatrix:       {"-", "team", "all", "-", "-", "-"},
		ChangeProfiles:   {"-", "-", "all", "-", "-", "-"},
		ChangeNeeded:     {"-", "-", "all", "-", "-", "-"},
		ChangeLearning:   {"-", "-", "all", "-", "-", "-"},
		ReadMatches:      {"self", "-", "-", "-", "-", "-"},
		ShareWishes:      {"self", "-", "-", "-", "-", "-"},
		ReadResults:      {"self", "-", "-", "-", "-", "-"},
		GiveConsent:      {"self", "-", "-", "-", "-", "-"},
		ReadCandidates:   {"-", "all", "all", "-", "-", "-"},
		DraftPlans:       {"self", "-", "-", "-", "-", "-"},
		ReadPlans:        {"self", "team", "all", "-", "-", "-"},
		WritePlans:       {"self", "team", "-", "-", "-", "-"},
		AgreePlans:       {"self", "team", "all", "-", "-", "-"},
	}
	for _, act := range Acts() {
		var got []string
		for _, f := range functions {
			got = append(got, reach[Actor{Functions: []Function{f}}.reach(act)])
		}
		if !slices.Equal(got, want[act]) {
			t.Errorf("%s: got %v, want %v", act, got, want[act])
		}
	}
	if len(want) != len(Acts()) {
		t.Errorf("there are %d acts, want %d", len(Acts()), len(want))
	}
}

func TestAllow(t *testing.T) {
	leader := Actor{Person: "P1", Functions: []Function{Employee, Leader}, Leads: []TeamID{"T1"}}
	officer := Actor{Person: "P2", Functions: []Function{Employee, TrainingOfficer}}
	for _, tt := range []struct {
		name  string
		who   Actor
		act   Act
		about Subject
		want  error
	}{
		{"one's own", Actor{Person: "P3", Functions: []Function{Employee}}, ReadDuties, Subject{Person: "P3"}, nil},
		{"a colleague's does not exist", Actor{Person: "P3", Functions: []Function{Employee}}, ReadDuties, Subject{Person: "P1", Teams: []TeamID{"T1"}}, fault.New(fault.NotFound, "", "")},
		{"somebody's of one's team", leader, ReadDuties, Subject{Person: "P3", Teams: []TeamID{"T2", "T1"}}, nil},
		{"somebody's of another team does not exist", leader, ReadDuties, Subject{Person: "P3", Teams: []TeamID{"T2"}}, fault.New(fault.NotFound, "", "")},
		{"an attempt of one's team does not exist either", leader, TakeQuizzes, Subject{Person: "P3", Teams: []TeamID{"T1"}}, fault.New(fault.NotFound, "", "")},
		{"an act that is not one's", leader, RunSweeps, Subject{}, fault.New(fault.Forbidden, "", "")},
		{"an act that nobody knows", officer, "gold.make", Subject{}, fault.New(fault.Forbidden, "", "")},
		{"nobody at all", Actor{}, ReadCourses, Subject{}, fault.New(fault.Forbidden, "", "")},
		{"settling for somebody else", officer, SettleFollowUps, Subject{Person: "P3"}, nil},
		{"revoking one's own", officer, RevokePeriods, Subject{Person: "P2"}, fault.New(fault.Forbidden, "", "").Because("self_approval")},
		{"a leader about themselves", leader, TakeDecisions, Subject{Person: "P1", Teams: []TeamID{"T1"}}, fault.New(fault.Forbidden, "", "").Because("self_approval")},
		{"a leader about who leads them", leader, TakeDecisions, Subject{Person: "P3", Teams: []TeamID{"T1"}, LeadsActor: true}, fault.New(fault.Forbidden, "", "").Because("self_approval")},
		{"a leader reads about who leads them", leader, ReadDuties, Subject{Person: "P3", Teams: []TeamID{"T1"}, LeadsActor: true}, nil},
		{"HR about who leads them", officer, TakeDecisions, Subject{Person: "P3", LeadsActor: true}, nil},
		{"settling for oneself", officer, SettleFollowUps, Subject{Person: "P2"}, fault.New(fault.Forbidden, "", "").Because("self_approval")},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if err := tt.who.Allow(tt.act, tt.about); !errors.Is(err, tt.want) {
				t.Errorf("got %v, want %v", err, tt.want)
			}
		})
	}
}

func TestWhatSomebodyIsFollowsFromTheFactsOfADay(t *testing.T) {
	desk := Role{ID: "R1"}
	hr := Role{ID: "R2", Functions: []Function{TrainingOfficer}}
	for _, tt := range []struct {
		name  string
		facts Facts
		want  []Function
	}{
		{"not employed", Facts{Designations: []DesignationKind{KnowledgeHolder}, Leads: []TeamID{"T1"}}, nil},
		{"an administrator who is not employed", Facts{Administrator: true}, []Function{Administrator}},
		{"employed", Facts{Roles: []Role{desk}}, []Function{Employee}},
		{"two roles, one of which does more", Facts{Roles: []Role{desk, hr}}, []Function{Employee, TrainingOfficer}},
		{"a knowledge holder writes courses", Facts{Roles: []Role{desk}, Designations: []DesignationKind{EmergencyResponder, KnowledgeHolder}}, []Function{Employee, Author}},
		{"who leads a team is a leader", Facts{Roles: []Role{desk}, Leads: []TeamID{"T1"}}, []Function{Employee, Leader}},
		{"nothing is said twice", Facts{Roles: []Role{hr}, Designations: []DesignationKind{TrainingCoordinator}}, []Function{Employee, TrainingOfficer, Author}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := Be("P1", tt.facts).Functions; !slices.Equal(got, tt.want) {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

func TestAnEmploymentHoldsOnItsFirstAndLastDay(t *testing.T) {
	day := calendar.MustParse
	e := Employment{From: day("2026-01-01"), Until: day("2026-06-30")}
	for text, want := range map[string]bool{"2025-12-31": false, "2026-01-01": true, "2026-06-30": true, "2026-07-01": false} {
		if e.On(day(text)) != want {
			t.Errorf("%s: got %v", text, !want)
		}
	}
	if e.Until = 0; !e.On(day("2099-01-01")) {
		t.Error("an employment without an end has one")
	}
}

func TestNamesAreWrittenWithOneSpace(t *testing.T) {
	for want, p := range map[string]Person{
		"Marloes van Rijn": {First: "Marloes", Infix: "van", Last: "Rijn"},
		"Sevda Yıldız":     {First: "Sevda ", Last: " Yıldız"},
	} {
		if got := p.Name(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
