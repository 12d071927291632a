package notices

// A Note is something one person is told because of what somebody did: a line in their next mail.
type Note struct {
	Kind     string // what happened, in a word: "session-enrolled"; it may stand in a log
	Dutch    string // one or two sentences without results, scores or reasons of absence
	English  string
	Path     string // the page it is about: "/groepstraining/…"; empty: none
	Calendar []byte // an iCalendar file that comes with it, in a mail of its own; nil: none
	Urgent   bool   // it goes at once in a mail of its own
}

// Alone reports whether the note goes at once in a mail of its own.
func (n Note) Alone() bool { return n.Urgent || n.Calendar != nil }
