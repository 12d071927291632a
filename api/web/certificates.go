package web

import (
	"html/template"
	"net/netip"
	"net/url"
	"slices"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
)

// A certificatesPage lists everything somebody holds or held.
type certificatesPage struct {
	Certificates []listedCertificate // the newest first
	Elsewhere    []held              // without a certificate of ours
	Axis         *axis
}

// A listedCertificate is a certificate with its state in words.
type listedCertificate struct {
	certificates.Certificate
	State verdict
}

var certificatesView = declare[certificatesPage]("certificates.html")

// certificates shows one's own certificates.
func (s *Site) certificates(v *visit) error {
	issued, err := s.office.Certificates(v.ctx(), v.actor, v.actor.Person)
	if err != nil {
		return err
	}
	all, err := v.periods()
	if err != nil {
		return err
	}
	page := certificatesPage{Axis: v.axis(all, len(all))}
	for _, c := range issued {
		page.Certificates = append(page.Certificates, listedCertificate{c, v.verdict(c.State(v.moment.Today()))})
	}
	slices.SortStableFunc(page.Certificates, func(a, b listedCertificate) int {
		return int(b.Period.ValidFrom) - int(a.Period.ValidFrom)
	})
	for _, h := range all {
		if h.Number == "" {
			page.Elsewhere = append(page.Elsewhere, h)
		}
	}
	return certificatesView.show(v, page)
}

// A certificatePage is one certificate, as its holder sees it.
type certificatePage struct {
	certificates.Certificate
	State   verdict
	Dates   []certificates.Fact
	Seal    template.HTML
	Own     bool   // the visitor holds it
	Public  string // the address of the public page, which the QR code holds
	Local   bool   // a phone cannot open that address
	Course  string
	Renewal calendar.Date  // from when it can be renewed; zero: that has passed, or never
	Revoked *shownDecision // why it holds no more, or will not; nil: nobody revoked it, or it came with its history
}

var certificateView = declare[certificatePage]("certificate.html")

// certificate shows one certificate.
func (s *Site) certificate(v *visit) error {
	number, err := v.number()
	if err != nil {
		return err
	}
	c, err := s.office.Certificate(v.ctx(), v.actor, number)
	if err != nil {
		return err
	}
	page := certificatePage{
		Certificate: c, State: v.verdict(c.State(v.moment.Today())), Dates: v.facts(c.Period), Seal: seal(number, c.Issuer), Own: c.Period.Person == v.actor.Person,
		Public: "/c/" + string(c.Token), Local: v.local(), Course: string(c.Period.Course),
	}
	if c.Period.WindowOpensOn > v.moment.Today() && page.State.State == certificates.Valid {
		page.Renewal = c.Period.WindowOpensOn
	}
	if !c.Period.RevokedOn.IsZero() {
		if page.Revoked, err = v.revocation(c.Period); err != nil {
			return err
		}
	}
	return certificateView.show(v, page)
}

// revocation finds the decision that revoked a period; nil where there is none.
func (v *visit) revocation(p certificates.Period) (*shownDecision, error) {
	decisions, err := v.site.office.Decisions(v.ctx(), v.actor, p.Person)
	if err != nil {
		return nil, err
	}
	for _, d := range v.shownDecisions(decisions) {
		if d.DecisionTaken.Kind == certificates.Revocation && d.Stands() && d.Scheme == p.Scheme && d.Cycle == p.Cycle {
			return &d, nil
		}
	}
	return nil, nil
}

// A paperPage is the printed document as a page.
type paperPage struct {
	certificates.Document
	Seal template.HTML
}

var paperView = declare[paperPage]("paper.html", narrow)

// Before and After are the words around the title on the document.
func (p paperPage) Before() string { before, _ := p.Statement.Around(); return before }
func (p paperPage) After() string  { _, after := p.Statement.Around(); return after }

// certificatePaper shows the printed document as a page, for whoever cannot read a PDF.
func (s *Site) certificatePaper(v *visit) error {
	number, err := v.number()
	if err != nil {
		return err
	}
	document, err := s.office.CertificateFacts(v.ctx(), v.actor, number)
	if err != nil {
		return err
	}
	return paperView.show(v, paperPage{document, seal(number, document.Issuer)})
}

// number reads the certificate number of the address. What is no number is a page that does not exist.
func (v *visit) number() (certificates.Number, error) {
	number, err := certificates.ParseNumber(v.r.PathValue("nummer"))
	if err != nil {
		return "", noSuchPage
	}
	return number, nil
}

// seal draws the seal of a certificate, with the name of the municipality that issued it as it was then. It holds nothing
// but what was reckoned from the number, and that name, escaped.
func seal(n certificates.Number, by certificates.Issuer) template.HTML {
	return template.HTML(certificates.NewSeal(n).SVG(by.Municipality))
}

// local reports whether the public address is one that only this computer can open.
func (v *visit) local() bool {
	u, err := url.Parse(v.site.office.URL())
	if err != nil {
		return false
	}
	address, err := netip.ParseAddr(u.Hostname())
	return u.Hostname() == "localhost" || err == nil && (address.IsLoopback() || address.IsUnspecified())
}

// certificateDocument sends the PDF.
func (s *Site) certificateDocument(v *visit) error {
	number, err := v.number()
	if err != nil {
		return err
	}
	document, err := s.office.CertificateDocument(v.ctx(), v.actor, number)
	if err != nil {
		return err
	}
	h := v.w.Header()
	h.Set("Content-Type", "application/pdf")
	h.Set("Content-Disposition", `attachment; filename="certificaat-`+string(number)+`.pdf"`)
	h.Set("Cache-Control", "no-store")
	_, _ = v.w.Write(document) // whoever went away misses nothing
	return nil
}

// hideCertificate switches the public page of one's own certificate off or on.
func (s *Site) hideCertificate(v *visit) error {
	number, err := v.number()
	if err != nil {
		return err
	}
	hidden := v.field("controlepagina") == "uit"
	if err := s.office.HideCertificate(v.ctx(), v.actor, number, hidden); err != nil {
		return err
	}
	done := notice("zichtbaar")
	if hidden {
		done = "verborgen"
	}
	return v.done(done, "/certificaten/"+string(number))
}
