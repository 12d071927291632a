package academy_test

import (
	"bytes"
	"strings"
	"testing"

	"bekwaam/certificates"
	"bekwaam/courses/academy"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// shell is who works on the command line.
var shell = staff.Actor{Functions: []staff.Function{staff.Administrator}}

// What a certificate says stays as it was when it was issued, whoever signs those of later.
func TestACertificateIsSignedByWhoIsMandatedWhenItIsIssued(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		verhoeven := certificates.Issuer{Municipality: "Gemeente Ander", Department: "Burgerzaken", Signatory: certificates.Signatory{Name: "J. Verhoeven", Function: "teamleider Burgerzaken"}}
		issuedTo := func(person staff.PersonID) (certificates.Number, certificates.Issuer) {
			t.Helper()
			number := s.take(s.as(person), "BALIE", right).Result.Certificate.Number
			facts, err := s.CertificateFacts(ctx, s.as(person), number)
			s.must(err)
			return number, facts.Issuer
		}
		number, before := issuedTo("EVA")
		equal(t, "nobody signs", before.Signatory, certificates.Signatory{})
		drawn, err := s.CertificateDocument(ctx, s.as("EVA"), number)
		s.must(err)

		s.must(s.ChangeSettings(ctx, shell, academy.SettingsRequest{Municipality: verhoeven.Municipality, Department: verhoeven.Department, Signatory: verhoeven.Signatory}))
		_, after := issuedTo("EEF")
		equal(t, "the issuer", after, verhoeven)
		again, err := s.CertificateDocument(ctx, s.as("EVA"), number)
		s.must(err)
		equal(t, "the earlier one is the same to the byte", bytes.Equal(again, drawn), true)
	})
}

func TestSettingsChangeOneByOne(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		want, err := s.Installation(ctx)
		s.must(err)
		for _, step := range []struct {
			ask   academy.SettingsRequest
			apply func(*store.Installation)
			audit string // what the entry names; empty: nothing changed
		}{
			{academy.SettingsRequest{Municipality: "Gemeente Ander"}, func(i *store.Installation) { i.Municipality = "Gemeente Ander" }, "municipality"},
			{academy.SettingsRequest{Department: "Opleidingen"}, func(i *store.Installation) { i.Department = "Opleidingen" }, "department"},
			{academy.SettingsRequest{Signatory: certificates.Signatory{Name: "A. Bee", Function: "secretaris"}}, func(i *store.Installation) {
				i.Signatory = certificates.Signatory{Name: "A. Bee", Function: "secretaris"}
			}, "signatory"},
			{academy.SettingsRequest{Municipality: "Gemeente Ç", Signatory: certificates.Signatory{Name: "C. Dee"}}, func(i *store.Installation) { i.Municipality, i.Signatory.Name = "Gemeente Ç", "C. Dee" }, "municipality signatory"},
			{academy.SettingsRequest{Municipality: "Gemeente Ç"}, func(*store.Installation) {}, ""},
			{academy.SettingsRequest{}, func(*store.Installation) {}, ""},
		} {
			before := s.lines("audit", "act=settings.changed ")
			s.must(s.ChangeSettings(ctx, shell, step.ask))
			step.apply(&want)
			got, err := s.Installation(ctx) // its clock stands still: only a dropped memory tells the new ones
			s.must(err)
			equal(t, "the installation", got, want)
			if step.audit == "" {
				equal(t, "entries for no change", s.lines("audit", "act=settings.changed ")-before, 0)
			} else {
				equal(t, "entries for "+step.audit, s.lines("audit", "act=settings.changed ", "object="+step.audit), 1)
			}
		}
	})
}

func TestWrongSettingsChangeNothing(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		before := s.dump()
		for name, tt := range map[string]struct {
			ask  academy.SettingsRequest
			want string // where something is wrong
		}{
			"a line break":                 {academy.SettingsRequest{Municipality: "Gemeente\nX"}, "municipality"},
			"a NUL":                        {academy.SettingsRequest{Department: "P\x00O"}, "department"},
			"text that runs the other way": {academy.SettingsRequest{Department: "P\u202eO"}, "department"},
			"broken UTF-8":                 {academy.SettingsRequest{Municipality: "Gemeente \xff"}, "municipality"},
			"a name without a function":    {academy.SettingsRequest{Signatory: certificates.Signatory{Name: "A. Bee"}}, "signatory"},
			"a function without a name":    {academy.SettingsRequest{Signatory: certificates.Signatory{Function: "secretaris"}}, "signatory"},
			"everything at once, and long": {academy.SettingsRequest{Municipality: strings.Repeat("é", 101), Department: "\t", Signatory: certificates.Signatory{Function: strings.Repeat("x", 101)}}, "municipality department signatory-function signatory"},
			"one right and one wrong":      {academy.SettingsRequest{Municipality: "Gemeente Goed", Department: "\x1b[2J"}, "department"},
		} {
			t.Run(name, func(t *testing.T) {
				err := s.ChangeSettings(ctx, shell, tt.ask)
				refuses(t, err, fault.Invalid, "settings")
				var places []string
				for _, field := range fault.Of(err).Fields {
					places = append(places, field.Path)
				}
				equal(t, "wrong are", strings.Join(places, " "), tt.want)
			})
		}
		s.must(s.ChangeSettings(ctx, shell, academy.SettingsRequest{}))
		same(t, "the database", s.dump(), before)
		for _, who := range []staff.PersonID{"EVA", "LEA", "PEN", "AUT"} {
			refuses(t, s.ChangeSettings(ctx, s.as(who), academy.SettingsRequest{Department: "X"}), fault.Forbidden, "")
		}
	})
}
