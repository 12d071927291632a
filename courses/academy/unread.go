package academy

import (
	"context"

	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// UnreadMails counts one's own mails that one did not read.
func (o *Office) UnreadMails(ctx context.Context, who staff.Actor) (int, error) {
	if err := who.Allow(staff.ReadOwnNotices, staff.Subject{Person: who.Person}); err != nil {
		return 0, err
	}
	return store.UnreadMails(ctx, o.db.Read(), who.Person)
}
