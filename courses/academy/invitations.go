package academy

import (
	"bytes"
	"context"
	"fmt"

	"bekwaam/courses/exchange"
	"bekwaam/courses/notices"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
	"bekwaam/courses/training"
)

// A sessionNews is what somebody is told about a group training: the kind of the note.
type sessionNews string

const (
	sessionEnrolled  sessionNews = "session-enrolled" // on the list, with a place or on the waiting list
	sessionUp        sessionNews = "session-up"       // from the waiting list to a place
	sessionLeft      sessionNews = "session-left"
	sessionMoved     sessionNews = "session-moved"
	sessionOff       sessionNews = "session-off"
	sessionConfirmed sessionNews = "session-confirmed"
	sessionCorrected sessionNews = "session-corrected"
)

// What a calendar file asks of a calendar: RFC 5546.
const (
	publish = "PUBLISH" // note this
	request = "REQUEST" // you are invited, or the invitation changed
	cancel  = "CANCEL"  // forget it
)

// tell tells somebody on a list what happened to it. Whose calendar that concerns gets a file for it.
func (o *Office) tell(ctx context.Context, q store.Q, now Moment, r training.Roll, to staff.PersonID, news sessionNews) error {
	n := notices.Note{Kind: string(news), Path: sessionPath(r.ID)}
	method := ""
	waiting := r.WaitingAs(to)
	on, onEN := "de groepstraining "+r.Title+" op "+r.Day.Dutch(), "the group training "+r.Title+" on "+r.Day.English()
	switch {
	case news == sessionEnrolled && waiting > 0:
		n.Dutch = fmt.Sprintf("Je staat op de wachtlijst voor %s. Je bent nummer %d.", on, waiting)
		n.English = fmt.Sprintf("You are on the waiting list for %s. You are number %d.", onEN, waiting)
	case news == sessionEnrolled:
		n.Dutch, n.English, method = "Je hebt een plaats bij "+on+".", "You have a place in "+onEN+".", request
	case news == sessionUp:
		n.Dutch, n.English, method = "Er kwam een plaats vrij: je hebt nu een plaats bij "+on+".", "A place came free: you now have a place in "+onEN+".", request
	case news == sessionLeft:
		n.Dutch, n.English, method = "Je staat niet meer op de lijst voor "+on+".", "You are no longer on the list for "+onEN+".", cancel
	case news == sessionMoved:
		n.Dutch = fmt.Sprintf("Er is iets veranderd aan een groepstraining: %s is nu op %s, %s tot %s uur, %s.", r.Title, r.Day.Dutch(), r.Starts, r.Ends, r.Place)
		n.English = fmt.Sprintf("Something changed in a group training: %s is now on %s, %s to %s, %s.", r.Title, r.Day.English(), r.Starts, r.Ends, r.Place)
		method = request
	case news == sessionOff:
		n.Dutch, n.English, method = "Dit gaat niet door: "+on+".", "This does not go on: "+onEN+".", cancel
	case news == sessionConfirmed:
		n.Dutch, n.English, n.Path = "De lijst is bevestigd van "+on+". Kijk bij je certificaten wat dat voor je betekent.", "The list was confirmed of "+onEN+". See your certificates for what that means for you.", "/certificaten"
	case news == sessionCorrected:
		n.Dutch, n.English, n.Path = "Jouw regel op de lijst is gecorrigeerd van "+on+". Kijk bij je certificaten wat dat voor je betekent.", "Your line on the list was corrected of "+onEN+". See your certificates for what that means for you.", "/certificaten"
	}
	if method != "" && waiting == 0 {
		var err error
		if n.Calendar, err = o.calendarFile(ctx, q, now, r.Session, to, method); err != nil {
			return err
		}
	}
	return note(ctx, q, now, to, n)
}

// Invitation writes a group training as a file for one's own calendar.
func (o *Office) Invitation(ctx context.Context, who staff.Actor, id training.SessionID) ([]byte, error) {
	if err := who.Allow(staff.ReadSessions, staff.Subject{}); err != nil {
		return nil, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return nil, err
	}
	q := o.db.Read()
	r, err := store.Roll(ctx, q, id)
	if err != nil {
		return nil, err
	}
	return o.calendarFile(ctx, q, now, r.Session, who.Person, publish)
}

// calendarFile writes a session for the calendar of one person. Its UID is always the same and its sequence rises, so that
// a calendar replaces what it had.
func (o *Office) calendarFile(ctx context.Context, q store.Q, now Moment, s training.Session, to staff.PersonID, method string) ([]byte, error) {
	event := o.sessionEvent(s)
	event.Stamp, event.Cancelled = now.Office, method == cancel || s.Cancelled()
	if method != publish {
		people, err := store.PeopleNamed(ctx, q, to, s.PlannedBy)
		if err != nil {
			return nil, err
		}
		for _, p := range people {
			party := exchange.Party{Name: p.Name(), Email: p.Email}
			if p.ID == s.PlannedBy {
				event.Organizer = party
			}
			if p.ID == to && p.Email != "" {
				event.Attendees = append(event.Attendees, party)
			}
		}
	}
	if method != publish && (event.Organizer.Email == "" || len(event.Attendees) == 0) {
		method = publish // an invitation names both
	}
	if method == request {
		reader, err := o.reader(ctx, q, to)
		if err != nil {
			return nil, err
		}
		event.Description += "\n" + reader.Language.Say("Kun je niet? Meld je af in Bekwaam: ", "Can you not come? Cancel your place in Bekwaam: ") + event.URL
	}
	var out bytes.Buffer
	err := exchange.Calendar{Name: s.Title, Method: method, Events: []exchange.Event{event}}.Write(&out)
	return out.Bytes(), err
}

// sessionEvent is a session as every calendar gets it.
func (o *Office) sessionEvent(s training.Session) exchange.Event {
	return exchange.Event{
		UID: string(s.ID) + "@" + o.host(), Summary: s.Title, Description: s.Supplier, Location: s.Place, URL: o.url + sessionPath(s.ID),
		Start: s.Start(), End: s.End(), Sequence: s.Sequence, Cancelled: s.Cancelled(),
	}
}

// sessionPath is the address of the page of a session.
func sessionPath(id training.SessionID) string { return "/groepstraining/" + string(id) }
