package academy

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"maps"
	"slices"

	"bekwaam/certificates"
	"bekwaam/certificates/pdf"
	"bekwaam/courses"
	"bekwaam/courses/audit"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// record keeps evidence and settles what it leads to. Evidence that does not count is kept all the same.
func (o *Office) record(ctx context.Context, q store.Q, now Moment, who staff.Actor, scheme certificates.Scheme, e certificates.Evidence) (courses.Outcome, error) {
	e.SchemeVersion = cmp.Or(e.SchemeVersion, scheme.Version)
	if err := store.InsertEvidence(ctx, q, e); err != nil {
		return "", err
	}
	return o.settle(ctx, q, now, who, scheme, e.Person, e.ID)
}

// settle begins the next period of a person where their evidence, of which latest came last (empty: the newest),
// completes the scheme in time: with its certificate, the duty closed, and the next appointment of the sweep. What waited
// for this scheme as a prerequisite is settled after it. Of two at once about one person the second sees what the first did.
func (o *Office) settle(ctx context.Context, q store.Q, now Moment, who staff.Actor, scheme certificates.Scheme, person staff.PersonID, latest string) (courses.Outcome, error) {
	if err := store.LockPerson(ctx, q, person); err != nil {
		return "", err
	}
	r, err := renewalOf(ctx, q, scheme, person, latest)
	if err != nil || r.outcome != courses.Certified {
		return r.outcome, err
	}
	period := r.period
	period.ID = newID()
	if err := o.grant(ctx, q, now, who, scheme, period); err != nil {
		return "", err
	}
	schemes, err := o.schemesOn(ctx, q, now.Today())
	if err != nil {
		return "", err
	}
	for _, key := range slices.Sorted(maps.Keys(schemes)) {
		if schemes[key].Requires(scheme.Key) {
			if _, err := o.settle(ctx, q, now, who, schemes[key], person, ""); err != nil {
				return "", err
			}
		}
	}
	return r.outcome, nil
}

// A renewal is what the evidence of a person leads to under a version of a scheme, with the facts that it follows from.
type renewal struct {
	file     certificates.File
	evidence []certificates.Evidence
	held     []certificates.Period // under every scheme
	period   certificates.Period   // that begins; of another outcome none does
	outcome  courses.Outcome       // empty where there is no evidence
}

// renewalOf works out what the evidence of a person leads to, of which latest came last (empty: the newest): what is kept,
// and more.
func renewalOf(ctx context.Context, q store.Q, scheme certificates.Scheme, person staff.PersonID, latest string, more ...certificates.Evidence) (r renewal, err error) {
	if r.evidence, err = evidenceFor(ctx, q, scheme, person, more...); err != nil || len(r.evidence) == 0 {
		return r, err
	}
	e := r.evidence[len(r.evidence)-1]
	if at := slices.IndexFunc(r.evidence, func(e certificates.Evidence) bool { return e.ID == latest }); at >= 0 {
		e = r.evidence[at]
	}
	if r.held, err = store.Periods(ctx, q, person); err != nil {
		return r, err
	}
	decisions, err := store.Decisions(ctx, q, person)
	if err != nil {
		return r, err
	}
	r.file = certificates.File{Person: person, Scheme: scheme.Key,
		Periods:   only(r.held, func(p certificates.Period) bool { return p.Scheme == scheme.Key }),
		Decisions: only(decisions, func(d certificates.Decision) bool { return d.Scheme == scheme.Key }),
	}
	r.period, r.outcome, err = scheme.Renew(r.file, r.evidence, e, r.held)
	return r, err
}

// evidenceFor reads what a person showed that a version of a scheme asks, and adds more.
func evidenceFor(ctx context.Context, q store.Q, scheme certificates.Scheme, person staff.PersonID, more ...certificates.Evidence) ([]certificates.Evidence, error) {
	evidence, err := store.EvidenceOf(ctx, q, person, scheme.Key)
	evidence = append(evidence, more...)
	if err != nil || !slices.ContainsFunc(evidence, func(e certificates.Evidence) bool { return e.SchemeVersion != scheme.Version }) {
		return evidence, err
	}
	book, err := readBook(ctx, q)
	return scheme.Recognise(evidence, book[scheme.Key]), err
}

// grant stores a period with its certificate, closes the duty it answers and makes the next appointment.
func (o *Office) grant(ctx context.Context, q store.Q, now Moment, who staff.Actor, scheme certificates.Scheme, period certificates.Period) error {
	if err := store.InsertPeriods(ctx, q, period); err != nil {
		return err
	}
	var err error
	if period.WindowOpensOn.IsZero() {
		err = store.CancelAppointment(ctx, q, period.Person, scheme.Key)
	} else {
		err = store.MakeAppointments(ctx, q, store.Appointment{Person: period.Person, Scheme: scheme.Key, On: period.WindowOpensOn})
	}
	if err != nil {
		return err
	}
	// After the appointment, for which a sweep that is at this person makes us wait: the duty may be of that sweep.
	if err := store.CloseDuty(ctx, q, period.Person, scheme.Key, period.Cycle, period.CompletedOn); err != nil {
		return err
	}
	entries := []audit.Entry{did(now.Office, who, "period.begun", period.Person, period.ID)}
	if scheme.IssuesCertificate() {
		var content *courses.Course
		if period.CourseVersion > 0 {
			if content, err = o.content(ctx, q, store.VersionID{Course: period.Course, Number: period.CourseVersion}); err != nil {
				return err
			}
		}
		number, err := certify(ctx, q, now, scheme, period, content)
		if err != nil {
			return err
		}
		entries = append(entries, did(now.Office, who, "certificate.issued", period.Person, string(number)))
	}
	return store.Write(ctx, q, entries...)
}

// certify issues the numbered certificate of a period.
func certify(ctx context.Context, q store.Q, now Moment, scheme certificates.Scheme, period certificates.Period, content *courses.Course) (certificates.Number, error) {
	i, err := store.GetInstallation(ctx, q)
	if err != nil {
		return "", err
	}
	person, err := store.Person(ctx, q, period.Person)
	if err != nil {
		return "", err
	}
	c, err := newCertificate(i, person, scheme, period, content)
	if err != nil {
		return "", err
	}
	c.IssuedAt = now.Office
	return c.Number, store.InsertCertificates(ctx, q, c)
}

// newCertificate draws a number and a token for a period. It keeps the facts as they are now: a later change of name or
// of the course (nil: there was none) changes no certificate that was issued.
func newCertificate(i store.Installation, holder staff.Person, scheme certificates.Scheme, period certificates.Period, content *courses.Course) (certificates.Certificate, error) {
	year, _, _ := period.CompletedOn.Civil()
	number, err := certificates.NewNumber(rand.Reader, i.NumberPrefix, year)
	if err != nil {
		return certificates.Certificate{}, err
	}
	token, err := certificates.NewToken(rand.Reader)
	if err != nil {
		return certificates.Certificate{}, err
	}
	c := certificates.Certificate{Number: number, Token: token, Period: period, Holder: holder.Name(), Title: scheme.Title, Statement: scheme.Statement(), Issuer: i.Issuer()}
	if content != nil {
		c.Shown, c.Lessons = content.Shown(), len(content.Lessons)
	}
	return c, nil
}

// certificateOf returns the certificate that an attempt earned, or nil where it earned a period without one.
func certificateOf(ctx context.Context, q store.Q, a courses.Attempt) (*certificates.Certificate, error) {
	c, err := store.CertificateOfAttempt(ctx, q, a)
	if errors.Is(err, fault.New(fault.NotFound, "", "")) {
		return nil, nil
	}
	return &c, err
}

// Certificates lists the certificates of a person, in order of scheme and cycle.
func (o *Office) Certificates(ctx context.Context, who staff.Actor, person staff.PersonID) ([]certificates.Certificate, error) {
	if err := o.allowReading(ctx, who, staff.ReadCertificates, person); err != nil {
		return nil, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return nil, err
	}
	issued, err := store.CertificatesOf(ctx, o.db.Read(), person)
	if err != nil {
		return nil, err
	}
	marked := make([]*certificates.Certificate, len(issued))
	for i := range issued {
		marked[i] = &issued[i]
	}
	return issued, outdate(ctx, o.db.Read(), now.Today(), marked...)
}

// Periods lists every period of a person, of certificates and of diplomas and decisions from elsewhere, in order of
// scheme and cycle.
func (o *Office) Periods(ctx context.Context, who staff.Actor, person staff.PersonID) ([]certificates.Period, error) {
	if err := o.allowReading(ctx, who, staff.ReadCertificates, person); err != nil {
		return nil, err
	}
	return store.Periods(ctx, o.db.Read(), person)
}

// Certificate returns one certificate of somebody whose certificates one may see.
func (o *Office) Certificate(ctx context.Context, who staff.Actor, number certificates.Number) (certificates.Certificate, error) {
	c, err := store.Certificate(ctx, o.db.Read(), number)
	if err != nil {
		return certificates.Certificate{}, err
	}
	if err := o.allowReading(ctx, who, staff.ReadCertificates, c.Period.Person); err != nil {
		return certificates.Certificate{}, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return certificates.Certificate{}, err
	}
	err = outdate(ctx, o.db.Read(), now.Today(), &c)
	return c, err
}

// CertificateDocument draws a certificate as a PDF. The period is the fact; the document is drawn from it when somebody
// asks, outside any transaction, and is the same to the byte each time.
func (o *Office) CertificateDocument(ctx context.Context, who staff.Actor, number certificates.Number) ([]byte, error) {
	d, err := o.CertificateFacts(ctx, who, number)
	if err != nil {
		return nil, err
	}
	return pdf.Draw(d)
}

// CertificateFacts returns what the document of a certificate says, for who cannot read a PDF.
func (o *Office) CertificateFacts(ctx context.Context, who staff.Actor, number certificates.Number) (certificates.Document, error) {
	c, err := o.Certificate(ctx, who, number)
	if err != nil {
		return certificates.Document{}, err
	}
	return o.document(c), nil
}

// document gathers what is printed on a certificate.
func (o *Office) document(c certificates.Certificate) certificates.Document {
	return certificates.Document{
		Number: c.Number, Holder: c.Holder, Title: c.Title, Statement: c.Statement, Shown: c.Shown,
		AchievedOn: c.Period.CompletedOn, ValidFrom: c.Period.ValidFrom, ValidUntil: c.Period.ValidUntil, CourseVersion: c.Period.CourseVersion, Lessons: c.Lessons, TakenOverOn: c.Period.TakenOverOn,
		VerifyURL: o.VerifyURL(c.Token), IssuedAt: c.IssuedAt, Issuer: c.Issuer,
	}
}

// VerifyURL is the address of the public page of a certificate, as its QR code holds it.
func (o *Office) VerifyURL(token certificates.Token) string { return o.url + "/c/" + string(token) }

// HideCertificate switches the public page of one's own certificate off, or on again. Off looks the same as unknown.
func (o *Office) HideCertificate(ctx context.Context, who staff.Actor, number certificates.Number, hidden bool) error {
	now, err := o.Now(ctx)
	if err != nil {
		return err
	}
	return o.db.InTx(ctx, func(ctx context.Context, q store.Q) error {
		c, err := store.Certificate(ctx, q, number)
		if err != nil {
			return err
		}
		if c.Period.Person != who.Person {
			return notYours
		}
		if err := store.HideCertificate(ctx, q, number, hidden); err != nil {
			return err
		}
		act := map[bool]string{true: "certificate.hidden", false: "certificate.shown"}[hidden]
		return store.Write(ctx, q, did(now.Office, who, act, who.Person, string(number)))
	})
}

// A Verification is what anybody may know of a certificate.
type Verification struct {
	State   certificates.State
	Named   bool                // found by its token: the holder may be named
	On      calendar.Date       // the day for which the state holds
	Replace certificates.Number // of the certificate that replaced it; empty where its holder switched that one off

	certificates.Certificate
}

// Verify tells anybody whether a certificate holds, by the token of its QR code (then with its holder) or by its number
// (then without). Unknown and switched off are both fault.NotFound. Nothing about the visitor is kept.
func (o *Office) Verify(ctx context.Context, code string) (Verification, error) {
	now, err := o.Now(ctx)
	if err != nil {
		return Verification{}, err
	}
	v := Verification{On: now.Today()}
	q := o.db.Read()
	if token, ok := certificates.ParseToken(code); ok {
		v.Named = true
		v.Certificate, err = store.CertificateByToken(ctx, q, token)
	} else if number, parseErr := certificates.ParseNumber(code); parseErr == nil {
		v.Certificate, err = store.Certificate(ctx, q, number)
	} else {
		err = notYours
	}
	if err != nil {
		return Verification{}, err
	}
	if v.Hidden {
		return Verification{}, notYours
	}
	if err := outdate(ctx, q, v.On, &v.Certificate); err != nil {
		return Verification{}, err
	}
	v.State = v.Certificate.State(v.On)
	if v.State == certificates.Replaced {
		v.Replace, err = replacement(ctx, q, v.Certificate)
	}
	return v, err
}

// replacement returns the number of the certificate that replaced one, where anybody may see it.
func replacement(ctx context.Context, q store.Q, old certificates.Certificate) (certificates.Number, error) {
	all, err := store.CertificatesOf(ctx, q, old.Period.Person)
	if err != nil {
		return "", err
	}
	for _, c := range all {
		if c.Period.Scheme == old.Period.Scheme && c.Period.ValidFrom == old.ReplacedFrom && !c.Hidden {
			return c.Number, nil
		}
	}
	return "", nil
}

// allowAbout checks that somebody may do an act about a person, with the teams that person works in and leads today. About
// nobody it is fault.NotFound.
func (o *Office) allowAbout(ctx context.Context, who staff.Actor, act staff.Act, person staff.PersonID) error {
	about := staff.Subject{Person: person}
	switch q := o.db.Read(); {
	case person == who.Person || !who.May(act):
	case who.MayForAll(act):
		if _, err := store.Person(ctx, q, person); err != nil {
			return err
		}
	default:
		now, err := o.Now(ctx)
		if err != nil {
			return err
		}
		if about.Teams, err = teamsOf(ctx, q, person, now.Today()); err != nil {
			return err
		}
		mine, err := teamsOf(ctx, q, who.Person, now.Today())
		if err != nil {
			return err
		}
		teams, err := store.Teams(ctx, q)
		if err != nil {
			return err
		}
		about.LeadsActor = slices.ContainsFunc(teams, func(t staff.Team) bool { return t.Leader == person && slices.Contains(mine, t.ID) })
	}
	return who.Allow(act, about)
}

// teamsOf lists the teams in which a person works on a day.
func teamsOf(ctx context.Context, q store.Q, person staff.PersonID, day calendar.Date) (teams []staff.TeamID, err error) {
	employments, err := store.Employments(ctx, q, person)
	for _, e := range employments {
		if e.On(day) {
			teams = append(teams, e.Team)
		}
	}
	return teams, err
}
