package certificates

import (
	"errors"
	"testing"
	"time"

	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
)

var (
	elsewhere = map[SchemeKey]Scheme{
		"BHV": {Key: "BHV", Title: "BHV", Months: 12, Method: MethodCompletion, Components: []Component{{Kind: ComponentExternal, Title: "basis"}, {Kind: ComponentObserved, Title: "ontruimen", Checklist: []string{"telt", "meldt"}}},
			Refreshers: []Component{{Kind: ComponentExternal, Title: "herhaling A"}, {Kind: ComponentObserved, Title: "oefening"}}},
		"VOG":   {Key: "VOG", Method: MethodNever, Components: []Component{{Kind: ComponentExternal}}},
		"ABS":   {Key: "ABS", Method: MethodNever, Components: []Component{{Kind: ComponentDesignation}}},
		"TOETS": {Key: "TOETS", Months: 12, Method: MethodCompletion, Components: []Component{{Kind: ComponentCourse, Course: "C"}}},
	}
	submittedOn = calendar.MustParse("2026-11-23")
	judgedAt    = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
)

func claim() Submission {
	return Submission{ID: "1", Person: "EVA", Scheme: "BHV", CompletedOn: submittedOn, Issuer: "Opleider", Document: "D", SentBy: "EVA"}
}

// wrongAtFields returns the fields that an error names.
func wrongAtFields(err error) (fields []string) {
	if f := fault.Of(err); f != nil {
		for _, field := range f.Fields {
			fields = append(fields, field.Path)
		}
	}
	return fields
}

func TestEverythingOfASchemeHasItsPlace(t *testing.T) {
	bhv := elsewhere["BHV"]
	want := []Place{{0, 0}, {1, 0}, {0, 1}, {1, 2}}
	places := bhv.Places()
	if len(places) != len(want) {
		t.Fatalf("got %v", places)
	}
	for i, title := range []string{"basis", "ontruimen", "herhaling A", "oefening"} {
		if c, ok := bhv.At(places[i]); places[i] != want[i] || !ok || c.Title != title {
			t.Errorf("%v holds %q", places[i], c.Title)
		}
	}
	for _, nowhere := range []Place{{2, 0}, {0, 3}, {1, 1}, {-1, 0}} {
		if _, ok := bhv.At(nowhere); ok {
			t.Errorf("something stands at %v", nowhere)
		}
	}
	for cycle := 1; cycle < 5; cycle++ {
		for _, path := range []Path{PathInitial, PathRefresher} {
			for i, place := range bhv.PlacesAsked(cycle, path) {
				if c, _ := bhv.At(place); c.Title != bhv.Asked(cycle, path)[i].Title {
					t.Errorf("cycle %d, %s: %v is %q", cycle, path, place, c.Title)
				}
			}
		}
	}
}

func TestOnlyWhatADocumentShowsIsSent(t *testing.T) {
	day := calendar.MustParse
	for name, tt := range map[string]struct {
		change func(*Submission)
		wrong  string
	}{
		"a diploma":              {func(*Submission) {}, ""},
		"a skill seen elsewhere": {func(s *Submission) { s.Component = 1 }, ""},
		"a refresher":            {func(s *Submission) { s.Refresher = 1 }, ""},
		"no such part":           {func(s *Submission) { s.Component = 2 }, "scheme"},
		"no such scheme":         {func(s *Submission) { s.Scheme = "X" }, "scheme"},
		"a VOG":                  {func(s *Submission) { s.Scheme = "VOG" }, "scheme"},
		"a decision":             {func(s *Submission) { s.Scheme = "ABS" }, "scheme"},
		"a quiz of ours":         {func(s *Submission) { s.Scheme = "TOETS" }, "scheme"},
		"no day":                 {func(s *Submission) { s.CompletedOn = 0 }, "completedOn"},
		"tomorrow":               {func(s *Submission) { s.CompletedOn = day("2026-11-24") }, "completedOn"},
		"before anybody worked":  {func(s *Submission) { s.CompletedOn = day("1926-11-24") }, "completedOn"},
		"nobody gave it":         {func(s *Submission) { s.Issuer = " " }, "issuer"},
	} {
		t.Run(name, func(t *testing.T) {
			s := claim()
			tt.change(&s)
			err := s.Check(elsewhere, submittedOn)
			if fields := wrongAtFields(err); (tt.wrong == "") != (err == nil) || err != nil && (len(fields) != 1 || fields[0] != tt.wrong) {
				t.Errorf("wrong at %v: %v", fields, err)
			}
		})
	}
	if fields := wrongAtFields((Submission{}).Check(elsewhere, submittedOn)); len(fields) != 3 {
		t.Errorf("an empty claim is wrong at %v", fields)
	}
}

func TestWhatMayFollowWhat(t *testing.T) {
	accepted, err := claim().Judge(Accept, "", "PEN", judgedAt)
	if err != nil || accepted.State() != SubmissionAccepted || !accepted.KeepsDocument() {
		t.Fatalf("%v, %v", accepted.State(), err)
	}
	asked, err := claim().Judge(AskBack, " de datum ontbreekt ", "PEN", judgedAt)
	if err != nil || asked.State() != SubmissionAskedBack || asked.Sentence != "de datum ontbreekt" || !asked.KeepsDocument() {
		t.Fatalf("%+v, %v", asked, err)
	}
	refused, err := claim().Judge(Refuse, "x", "PEN", judgedAt)
	if err != nil || refused.State() != SubmissionRefused || refused.KeepsDocument() {
		t.Fatalf("%+v, %v", refused, err)
	}
	resent := asked
	resent.Resent = true
	withdrawn, err := asked.Withdraw(judgedAt)
	if err != nil || withdrawn.State() != SubmissionWithdrawn || resent.State() != SubmissionResent || resent.KeepsDocument() || withdrawn.KeepsDocument() {
		t.Fatalf("%v %v %v", withdrawn.State(), resent.State(), err)
	}
	notWaiting := fault.New(fault.Conflict, "", "").Because("not_waiting")
	for _, over := range []Submission{accepted, asked, refused, resent, withdrawn} {
		if _, err := over.Judge(Refuse, "x", "PEN", judgedAt); !errors.Is(err, notWaiting) {
			t.Errorf("%s is judged: %v", over.State(), err)
		}
	}
	for _, over := range []Submission{accepted, refused, resent, withdrawn} {
		if _, err := over.Withdraw(judgedAt); !errors.Is(err, notWaiting) {
			t.Errorf("%s is withdrawn: %v", over.State(), err)
		}
	}
	for _, needs := range []Verdict{AskBack, Refuse} {
		if _, err := claim().Judge(needs, "  ", "PEN", judgedAt); len(wrongAtFields(err)) != 1 {
			t.Errorf("%s goes without a sentence: %v", needs, err)
		}
	}
	if _, err := claim().Judge("maybe", "x", "PEN", judgedAt); wrongAtFields(err)[0] != "decision" {
		t.Error(err)
	}
	byOther := claim()
	byOther.SentBy = "PIM"
	for _, own := range []Submission{claim(), byOther} {
		if _, err := own.Judge(Accept, "", own.SentBy, judgedAt); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("whoever sent it judges it: %v", err)
		}
	}
	if _, err := byOther.Judge(Accept, "", "EVA", judgedAt); fault.KindOf(err) != fault.Forbidden {
		t.Errorf("the person judges it: %v", err)
	}
}

func TestOfADecisionOnlyIsKeptThatItWasSeen(t *testing.T) {
	for scheme, source := range map[SchemeKey]string{"VOG": "gezien", "ABS": "besluit"} {
		e, err := elsewhere[scheme].Seen("1", "EVA", Place{}, submittedOn, submittedOn, "PEN")
		if err != nil || e.Source != source || e.RecordedBy != "PEN" || e.CompletedOn != submittedOn || !e.Repeats(e) {
			t.Errorf("%+v, %v", e, err)
		}
	}
	if _, err := elsewhere["BHV"].Seen("1", "EVA", Place{}, submittedOn, submittedOn, "PEN"); wrongAtFields(err)[0] != "scheme" {
		t.Error(err)
	}
	if _, err := elsewhere["VOG"].Seen("1", "EVA", Place{}, submittedOn.AddDays(1), submittedOn, "PEN"); wrongAtFields(err)[0] != "seenOn" {
		t.Error(err)
	}
}

func seen() Observation {
	return Observation{ID: "1", Person: "EVA", Assessor: "ASS", Scheme: "BHV", Place: Place{Component: 1}, SeenOn: submittedOn, AssessorSignedAt: judgedAt,
		Items: []ObservedItem{{"telt", true, ""}, {"meldt", false, "deed een collega"}}}
}

func TestAnObservationAnswersTheWholeList(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(*Observation)
		wrong  string
	}{
		"all of it":           {func(*Observation) {}, ""},
		"a diploma":           {func(o *Observation) { o.Component = 0 }, "scheme"},
		"no day":              {func(o *Observation) { o.SeenOn = 0 }, "seenOn"},
		"tomorrow":            {func(o *Observation) { o.SeenOn++ }, "seenOn"},
		"long ago":            {func(o *Observation) { o.SeenOn = o.SeenOn.AddMonths(-4) }, "seenOn"},
		"half":                {func(o *Observation) { o.Items = o.Items[:1] }, "items"},
		"another list":        {func(o *Observation) { o.Items[0].Text = "telt niet" }, "items[0]"},
		"not seen, no reason": {func(o *Observation) { o.Items[1].Note = " " }, "items[1]"},
	} {
		t.Run(name, func(t *testing.T) {
			o := seen()
			tt.change(&o)
			err := o.Check(elsewhere, submittedOn)
			if fields := wrongAtFields(err); (tt.wrong == "") != (err == nil) || err != nil && (len(fields) != 1 || fields[0] != tt.wrong) {
				t.Errorf("wrong at %v: %v", fields, err)
			}
		})
	}
	own := seen()
	own.Assessor = own.Person
	if err := own.Check(elsewhere, submittedOn); fault.KindOf(err) != fault.Forbidden {
		t.Errorf("somebody assesses themselves: %v", err)
	}
	if got := (Component{Kind: ComponentObserved, Title: "balie"}).Checked(); len(got) != 1 || got[0] != "balie" {
		t.Errorf("without a list there is %v", got)
	}
}

func TestTheCandidateAnswersOnce(t *testing.T) {
	signed, err := seen().Sign(judgedAt)
	if err != nil || signed.State() != ObservationSigned || signed.Shown() {
		t.Fatalf("%v, %v", signed.State(), err)
	}
	denied, err := seen().Deny(" dat was ik niet ", judgedAt)
	if err != nil || denied.State() != ObservationDisputed || denied.Dispute != "dat was ik niet" {
		t.Fatalf("%+v, %v", denied, err)
	}
	if _, err := seen().Deny(" ", judgedAt); len(wrongAtFields(err)) != 1 {
		t.Error(err)
	}
	for _, over := range []Observation{signed, denied} {
		_, signing := over.Sign(judgedAt)
		_, denying := over.Deny("x", judgedAt)
		if fault.KindOf(signing) != fault.Conflict || fault.KindOf(denying) != fault.Conflict {
			t.Errorf("%s is answered again: %v, %v", over.State(), signing, denying)
		}
	}
	again := seen()
	again.ID = "2"
	if !again.RepeatedBy(seen()) || again.RepeatedBy(signed) {
		t.Error("a repeat is not known")
	}
}
