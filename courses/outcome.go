package courses

// An Outcome is what a passed quiz led to. The empty Outcome is that of a quiz not passed.
type Outcome string

const (
	Certified         Outcome = "certified"          // a period, and its certificate where the scheme gives one
	BeforeWindow      Outcome = "before_window"      // kept as evidence: the window to renew was not open yet
	ComponentsMissing Outcome = "components_missing" // kept as evidence: the scheme asks more than this
	FullCourseNeeded  Outcome = "full_course_needed" // kept as evidence: after the grace a refresher does not suffice
	OtherRefresher    Outcome = "other_refresher"    // kept as evidence: in this cycle another refresher has its turn
	PrerequisiteFirst Outcome = "prerequisite_first" // kept as evidence: it counts once another scheme is held
	NoScheme          Outcome = "no_scheme"          // the course belongs to no scheme
)
