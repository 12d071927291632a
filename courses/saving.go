package courses

import "time"

// A SavedAnswer is what was kept of one question of an attempt, with a version that counts its changes. The zero
// version says that nothing was saved yet.
type SavedAnswer struct {
	Question QuestionID
	Answer   Answer // in the course's own ids, canonical
	Version  int
	SavedAt  time.Time // the office's clock
	Marked   bool      // "mark this question for later"
}

// Save returns s with another answer, given by somebody who saw version seen; false where they saw an older answer than
// the one that is kept, so that a stale tab never overwrites silently. Saying the same again is never a conflict and
// does not raise the version.
func (s SavedAnswer) Save(a Answer, seen int, at time.Time) (SavedAnswer, bool) {
	switch same := s.Answer.Equal(a); {
	case same && s.Version > 0 && (seen == s.Version || seen == s.Version-1):
		s.SavedAt = at
		return s, true
	case seen != s.Version:
		return s, false
	}
	s.Answer, s.Version, s.SavedAt = a, s.Version+1, at
	return s, true
}
