package web

// An infoPage is a page of words about the site.
type infoPage struct {
	Known  bool
	Demo   bool
	Issuer string
}

var (
	helpView          = declare[infoPage]("help.html", narrow)
	accessibilityView = declare[infoPage]("accessibility.html", narrow)
	privacyView       = declare[infoPage]("privacy.html", narrow)
)

func (v *visit) info() infoPage {
	return infoPage{Known: v.known(), Demo: v.demo, Issuer: v.municipality}
}

func (s *Site) help(v *visit) error          { return helpView.show(v, v.info()) }
func (s *Site) accessibility(v *visit) error { return accessibilityView.show(v, v.info()) }
func (s *Site) privacy(v *visit) error       { return privacyView.show(v, v.info()) }
