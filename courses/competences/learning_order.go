package competences

import "slices"

// waits names a ring of learning items that wait for each other once an item stands among the others: L1, L2, L1. None: each of
// them can be done at some time.
func (i LearningItem) waits(others []LearningItem) []string {
	all := append(slices.DeleteFunc(slices.Clone(others), func(o LearningItem) bool { return o.ID == i.ID }), i)
	byID := make(map[ItemID]LearningItem, len(all))
	for _, one := range all {
		byID[one.ID] = one
	}
	possible := make(map[ItemID]bool, len(all))
	waitsFor := func(one LearningItem) (ItemID, bool) {
		open := func(id ItemID) bool { _, there := byID[id]; return there && !possible[id] }
		if at := slices.IndexFunc(one.After, open); at >= 0 {
			return one.After[at], true
		}
		if len(one.AfterAny) > 0 && !slices.ContainsFunc(one.AfterAny, func(id ItemID) bool { return !open(id) }) {
			return one.AfterAny[0], true
		}
		return "", false
	}
	for more := true; more; {
		more = false
		for _, one := range all {
			if _, waits := waitsFor(one); !waits && !possible[one.ID] {
				possible[one.ID], more = true, true
			}
		}
	}
	if possible[i.ID] {
		return nil
	}
	var ring []string
	for id := i.ID; ; {
		if at := slices.Index(ring, string(id)); at >= 0 {
			return append(ring[at:], string(id))
		}
		ring = append(ring, string(id))
		id, _ = waitsFor(byID[id])
	}
}
