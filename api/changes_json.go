package api

import (
	"time"

	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/academy"
	"bekwaam/courses/calendar"
	"bekwaam/courses/changes"
	"bekwaam/courses/staff"
)

// ChangeVerdict says what one group must do.
type ChangeVerdict struct {
	Kind         changes.VerdictKind    `json:"kind" enum:"none,read,delta,full,withdraw"`
	Roles        []staff.RoleID         `json:"roles,omitempty" maxItems:"200" doc:"Who has one of these belongs to the group."`
	Scheme       certificates.SchemeKey `json:"scheme,omitempty" maxLength:"64" example:"INT-WMEBV" doc:"Of delta: what they must get. Of full and withdraw: what they hold."`
	Holders      certificates.SchemeKey `json:"holders,omitempty" maxLength:"64" doc:"A touched scheme: who holds it and was certified on an older version of its course belongs to the group too. Who was certified on the new version owes nothing; of several verdicts about it each holder is in one: that of the nearest version above theirs."`
	Version      int                    `json:"version,omitempty" minimum:"0" maximum:"1000000" doc:"That new version."`
	Bulletin     changes.BulletinID     `json:"bulletin,omitempty" maxLength:"40" example:"B1" doc:"Of read."`
	StartersOnly bool                   `json:"startersOnly,omitempty" doc:"Only who begins after the change was published."`
	LosesFor     []staff.ActivityID     `json:"losesFor,omitempty" maxItems:"200" doc:"Processes for which whoever is outdated does not count. Usually none."`
}

// ChangeTerms are what somebody writes of a change.
type ChangeTerms struct {
	Title         string                   `json:"title" minLength:"1" maxLength:"200" example:"Wmebv: essentiële informatie in notificaties"`
	Kind          changes.Kind             `json:"kind" enum:"law,application,society,technology"`
	Origins       []changes.Origin         `json:"origins,omitempty" maxItems:"5" doc:"The five O's: residents, education, businesses, organisations, governments."`
	Source        string                   `json:"source" minLength:"1" maxLength:"200" example:"art. 2:10 lid 2 Awb"`
	EffectiveOn   date                     `json:"effectiveOn,omitempty" doc:"Absent: nobody knows yet. Today or earlier is normal."`
	Certainty     changes.Certainty        `json:"certainty" enum:"fixed,expected,investigating"`
	Phase         changes.Phase            `json:"phase" enum:"scanning,interpreting,impact,training,introduced,secured"`
	Holder        string                   `json:"holder" maxLength:"64" example:"RW1052" doc:"The knowledge holder who follows it."`
	Deputy        string                   `json:"deputy,omitempty" maxLength:"64"`
	Chance        string                   `json:"chance,omitempty" maxLength:"2000"`
	Risk          string                   `json:"risk,omitempty" maxLength:"2000"`
	BufferDays    int                      `json:"bufferDays,omitempty" minimum:"0" maximum:"365" example:"14"`
	RetrainBefore date                     `json:"retrainBefore,omitempty" doc:"The last day; absent: the effective date less the buffer."`
	Gate          int                      `json:"gate,omitempty" minimum:"0" maximum:"100" doc:"Percent of its users that must be trained before a release goes live."`
	Roles         []staff.RoleID           `json:"roles,omitempty" maxItems:"200"`
	Processes     []staff.ActivityID       `json:"processes,omitempty" maxItems:"200"`
	Applications  []string                 `json:"applications,omitempty" maxItems:"200"`
	Courses       []courses.CourseKey      `json:"courses,omitempty" maxItems:"200"`
	Schemes       []certificates.SchemeKey `json:"schemes,omitempty" maxItems:"200"`
	Articles      []changes.ArticleID      `json:"articles,omitempty" maxItems:"200" doc:"Lines of the law register."`
	Verdicts      []ChangeVerdict          `json:"verdicts,omitempty" maxItems:"100"`
}

// change makes a change of what somebody wrote.
func (t ChangeTerms) change(id changes.ID, version int) (changes.Change, error) {
	change := changes.Change{
		ID: id, Title: t.Title, Kind: t.Kind, Origins: t.Origins, Source: t.Source, Certainty: t.Certainty, Phase: t.Phase, Holder: staff.PersonID(t.Holder), Deputy: staff.PersonID(t.Deputy),
		Chance: t.Chance, Risk: t.Risk, Buffer: t.BufferDays, Gate: t.Gate, Version: version,
		Touches: changes.Touches{Roles: t.Roles, Processes: t.Processes, Applications: t.Applications, Courses: t.Courses, Schemes: t.Schemes, Articles: t.Articles},
	}
	for _, v := range t.Verdicts {
		change.Verdicts = append(change.Verdicts, changes.Verdict(v))
	}
	var err error
	if change.EffectiveOn, err = t.EffectiveOn.read("body.effectiveOn"); err != nil {
		return change, err
	}
	change.RetrainBefore, err = t.RetrainBefore.read("body.retrainBefore")
	return change, err
}

// A changeState is a change with where it stands.
type changeState struct {
	Change changes.ID `json:"change" example:"ONTW-01"`
	ChangeTerms
	State       changes.State `json:"state" enum:"draft,published,in-force,withdrawn"`
	Version     int           `json:"version" example:"1" doc:"Send it along when you change or publish it."`
	DueOn       *date         `json:"dueOn" nullable:"true" doc:"The last day for what it asks; null: not known."`
	Urgent      bool          `json:"urgent,omitempty" doc:"Its writer announced it before anybody else looked at it."`
	Unseen      bool          `json:"unseen,omitempty" doc:"It is urgent and nobody looked at it since."`
	LiveOn      *date         `json:"liveOn,omitempty" doc:"Since when a release with a gate is live; absent: it is not, or has no gate."`
	Trained     *int          `json:"trained,omitempty" doc:"Of a release with a gate: percent of whom it asks something who did everything."`
	PublishedAt *time.Time    `json:"publishedAt" nullable:"true"`
	Withdrawal  string        `json:"withdrawal,omitempty" doc:"Why it was withdrawn."`
	People      *int          `json:"people,omitempty" doc:"Whom it asks something; for who may follow it, as are the next two, which are absent where that is fewer than five."`
	Done        *int          `json:"done,omitempty" doc:"Of them, who did everything."`
	Outdated    *int          `json:"outdated,omitempty" doc:"Who is outdated today."`
}

func changeStateOf(o academy.ChangeOverview) changeState {
	c := o.Change
	s := changeState{
		Change: c.ID, State: c.State(o.On), Version: c.Version, DueOn: orNull(c.DueOn()), Urgent: c.Urgent, Unseen: c.Unseen(), Withdrawal: c.Withdrawal,
		ChangeTerms: ChangeTerms{
			Title: c.Title, Kind: c.Kind, Origins: c.Origins, Source: c.Source, EffectiveOn: dateOf(c.EffectiveOn), Certainty: c.Certainty, Phase: c.Phase, Holder: string(c.Holder), Deputy: string(c.Deputy),
			Chance: c.Chance, Risk: c.Risk, BufferDays: c.Buffer, RetrainBefore: dateOf(c.RetrainBefore), Gate: c.Gate, Roles: c.Touches.Roles, Processes: c.Touches.Processes,
			Applications: c.Touches.Applications, Courses: c.Touches.Courses, Schemes: c.Touches.Schemes, Articles: c.Touches.Articles,
		},
	}
	for _, v := range c.Verdicts {
		s.Verdicts = append(s.Verdicts, ChangeVerdict(v))
	}
	if !c.PublishedAt.IsZero() {
		at := c.PublishedAt.UTC()
		s.PublishedAt = &at
	}
	if !c.LiveAt.IsZero() {
		on := dateOf(calendar.On(c.LiveAt))
		s.LiveOn = &on
	}
	if o.Impact != nil {
		if trained := o.Impact.Trained(); c.Gate > 0 && !o.Impact.TooFew {
			s.Trained = &trained
		}
		s.People = &o.Impact.People
		if !o.Impact.TooFew {
			s.Done, s.Outdated = &o.Impact.Done, &o.Outdated
		}
	}
	return s
}

// A changeImpact is what a change does to people, hours and processes.
type changeImpact struct {
	DueOn    *date               `json:"dueOn" nullable:"true" doc:"The last day that people get; null: not known."`
	Hurried  bool                `json:"hurried" doc:"It holds already, or all should be done by today. That is normal."`
	People   int                 `json:"people" example:"24" doc:"Who must do something, each once."`
	TooFew   bool                `json:"tooFew,omitempty" doc:"Fewer than five people: done and minutes are left out, so 0."`
	Done     int                 `json:"done" example:"8"`
	Minutes  int                 `json:"minutes" doc:"What the others need together, in working time."`
	Groups   []changeGroupImpact `json:"groups" doc:"One for each verdict."`
	Teams    []changeTeamImpact  `json:"teams"`
	Counters []changePoolImpact  `json:"counters" doc:"The pools of the processes that it touches, on the day on which it holds, if nobody does anything."`
}

type changeGroupImpact struct {
	ChangeVerdict
	People  int  `json:"people" example:"24"`
	TooFew  bool `json:"tooFew,omitempty" doc:"Fewer than five people: done is left out, so 0."`
	Done    int  `json:"done" example:"8"`
	Minutes int  `json:"minutes" doc:"For one person."`
}

type changeTeamImpact struct {
	Team    staff.TeamID `json:"team" example:"T1"`
	People  int          `json:"people"`
	Owing   int          `json:"owing"`
	Minutes int          `json:"minutes"`
	TooFew  bool         `json:"tooFew,omitempty" doc:"Too few people to tell how far they are: owing and minutes are left out, so 0."`
}

type changePoolImpact struct {
	Process staff.ActivityID `json:"process" example:"P1"`
	On      date             `json:"on"`
	Pool    int              `json:"pool"`
	After   int              `json:"after"`
	Minimum int              `json:"minimum"`
	Below   bool             `json:"below" doc:"The change brings it below its minimum."`
}

func changeImpactOf(i changes.Impact) changeImpact {
	out := changeImpact{DueOn: orNull(i.DueOn), Hurried: i.Hurried, People: i.People, TooFew: i.TooFew, Done: i.Done, Minutes: i.Minutes, Groups: []changeGroupImpact{}, Teams: []changeTeamImpact{}, Counters: []changePoolImpact{}}
	if i.TooFew {
		out.Done, out.Minutes = 0, 0
	}
	for _, g := range i.Groups {
		group := changeGroupImpact{ChangeVerdict(g.Verdict), len(g.Members), g.TooFew, g.Done(), g.Minutes}
		if g.TooFew {
			group.Done = 0
		}
		out.Groups = append(out.Groups, group)
	}
	for _, t := range i.Teams {
		out.Teams = append(out.Teams, changeTeamImpact(t))
	}
	for _, c := range i.Counters {
		out.Counters = append(out.Counters, changePoolImpact{c.ID, dateOf(c.On), c.Pool, c.After, c.PoolMinimum, c.Below()})
	}
	return out
}
