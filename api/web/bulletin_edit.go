package web

import (
	"net/url"

	"bekwaam/courses/changes"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

var bulletinEditView = declare[changeStepPage]("bulletin_edit.html", narrow)

// askBulletin asks for a new bulletin, or for another version of the one of the address.
func (s *Site) askBulletin(v *visit) error {
	values := url.Values{"from": {v.moment.Today().String()}, "holder": {string(v.actor.Person)}, "change": {v.query("wijziging")}}
	b, e, err := s.bulletinOf(v)
	if err != nil {
		return err
	}
	if b.ID != "" {
		values = url.Values{
			"topic": {b.Topic}, "law": {b.Law}, "article": {b.Article}, "change": {string(b.Change)}, "holder": {string(b.Holder)}, "readBefore": {dayValue(b.ReadBefore)}, "roles": texts(b.Roles),
			"title": {e.Title}, "text": {e.Text}, "from": {v.moment.Today().String()}, "until": {dayValue(e.Until)},
		}
	}
	return s.showBulletin(v, b, values, nil)
}

// bulletinOf reads the bulletin of the address with the version to begin with: the one that waits, else the one to read now.
func (s *Site) bulletinOf(v *visit) (changes.Bulletin, changes.Edition, error) {
	id := v.r.PathValue("bulletin")
	if id == "" {
		return changes.Bulletin{}, changes.Edition{}, nil
	}
	seen, err := s.office.Bulletin(v.ctx(), v.actor, changes.BulletinID(id), 0)
	if seen.Waiting != nil {
		return seen.Bulletin, *seen.Waiting, err
	}
	return seen.Bulletin, seen.Edition, err
}

// sendBulletinEdit keeps a version, which waits for somebody else who confirms it.
func (s *Site) sendBulletinEdit(v *visit) error {
	b, _, err := s.bulletinOf(v)
	if err != nil {
		return err
	}
	b.Topic, b.Law, b.Article, b.Change, b.Holder, b.Roles, b.ReadBefore = v.field("topic"), v.field("law"), v.field("article"), changes.ID(v.field("change")), staff.PersonID(v.field("holder")), keysOf[staff.RoleID](v.r.PostForm["roles"]), v.typedDay("readBefore")
	saved, err := s.office.WriteBulletin(v.ctx(), v.actor, b, changes.Edition{Title: v.field("title"), Text: v.field("text"), From: v.typedDay("from"), Until: v.typedDay("until")})
	if fault.KindOf(err) == fault.Invalid {
		return s.showBulletin(v, b, v.r.PostForm, err)
	}
	if err != nil {
		return err
	}
	return v.done("bulletin-bewaard", "/bulletins/"+url.PathEscape(string(saved.ID)))
}

func (s *Site) showBulletin(v *visit, b changes.Bulletin, values url.Values, wrong error) error {
	names, err := s.office.ChangeNames(v.ctx(), v.actor)
	if err != nil {
		return err
	}
	all, err := s.office.Changes(v.ctx(), v.actor)
	if err != nil {
		return err
	}
	belongs := []option{{Name: "–"}}
	for _, c := range all {
		if c.WithdrawnAt.IsZero() {
			belongs = append(belongs, option{Value: string(c.ID), Name: c.Title})
		}
	}
	page := changeStepPage{Here: "/bulletins/nieuw", Title: v.say("Nieuw bulletin", "New bulletin")}
	if b.ID != "" {
		page.Path = "/bulletins/" + url.PathEscape(string(b.ID))
		page.Here, page.Title = page.Path+"/bewerk", b.Topic
	}
	page.Fields = []formField{
		{ID: "topic", Label: v.say("Onderwerp", "Topic"), Type: "text", Class: "lang"},
		{ID: "title", Label: v.say("Kop", "Heading"), Type: "text", Class: "lang"},
		{ID: "from", Label: v.say("Geldt vanaf", "Valid from"), Type: "date", Class: "kort"},
		{ID: "until", Label: v.say("Geldt tot en met", "Valid until"), Hint: v.say("Laat leeg als er geen einde is.", "Leave empty where there is no end."), Type: "date", Class: "kort"},
		{ID: "readBefore", Label: v.say("Lezen voor", "To be read by"), Hint: v.say("Laat leeg om de dag van de wijziging te volgen.", "Leave empty to follow the day of the change."), Type: "date", Class: "kort"},
		{ID: "law", Label: v.say("Wet of bron", "Law or source"), Type: "text", Class: "lang"},
		{ID: "article", Label: v.say("Artikel", "Article"), Type: "text", Class: "kort"},
		{ID: "change", Label: v.say("Hoort bij de wijziging", "Belongs to the change"), Groups: []optionGroup{{Options: belongs}}},
		{ID: "holder", Label: v.say("Kennisdrager", "Knowledge holder"), Hint: v.say("Het personeelsnummer van wie vragen beantwoordt.", "The personnel number of who answers questions."), Type: "text", Class: "kort"},
	}
	page.Texts = []formField{{ID: "text", Label: v.say("Wat moeten collega's weten en doen?", "What must colleagues know and do?"), Hint: v.say("Korte zinnen. Geen namen of nummers van inwoners.", "Short sentences. No names or numbers of residents.")}}
	page.Sets = []checkSet{{ID: "roles", Label: v.say("Voor wie?", "For whom?"), Hint: v.say("Kies niets als het voor iedereen is.", "Choose nothing where it is for everybody."), Options: optionsOf(names.Roles)}}
	page.fill(values, v.problemsOf(wrong, func(string) string { return "" }))
	if wrong != nil {
		return bulletinEditView.refuse(v, page, page.Problems)
	}
	return bulletinEditView.show(v, page)
}
