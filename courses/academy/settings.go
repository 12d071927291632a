package academy

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"bekwaam/certificates"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// A SettingsRequest asks to change what may change about an installation; what is empty stays as it is. The letters of
// certificate numbers never change: the numbers that were issued begin with them.
type SettingsRequest struct {
	Municipality string
	Department   string
	Signatory    certificates.Signatory
	NoSignatory  bool // nobody is mandated any more: certificates carry no autograph
	Target       int  // in percents
	NoTarget     bool // the municipality wants nothing in particular
}

// maxSetting is how many characters a setting may have: it has to fit on a certificate.
const maxSetting = 100

var wrongSettings = fault.New(fault.Invalid, "Deze instellingen kloppen niet:", "These settings are not right:").Because("settings")

// ChangeSettings changes the settings of the installation; fault.Invalid says everything that is wrong with them. Every
// certificate that is issued from then on has them.
func (o *Office) ChangeSettings(ctx context.Context, who staff.Actor, ask SettingsRequest) error {
	if err := who.Allow(staff.ChangeSettings, staff.Subject{}); err != nil {
		return err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return err
	}
	err = o.db.InTx(ctx, func(ctx context.Context, q store.Q) error {
		before, err := store.GetInstallation(ctx, q)
		if err != nil {
			return err
		}
		after := ask.of(before)
		if after == before {
			return nil
		}
		if err := CheckSettings(after); err != nil {
			return err
		}
		if err := store.UpdateInstallation(ctx, q, after); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, who, "settings.changed", "", changedSettings(before, after)))
	})
	o.installation.Store(nil)
	return err
}

// of returns an installation as it is after the change.
func (ask SettingsRequest) of(i store.Installation) store.Installation {
	i.Municipality = cmp.Or(ask.Municipality, i.Municipality)
	i.Department = cmp.Or(ask.Department, i.Department)
	i.Signatory = certificates.Signatory{Name: cmp.Or(ask.Signatory.Name, i.Signatory.Name), Function: cmp.Or(ask.Signatory.Function, i.Signatory.Function)}
	if ask.NoSignatory {
		i.Signatory = certificates.Signatory{}
	}
	i.Target = cmp.Or(ask.Target, i.Target)
	if ask.NoTarget {
		i.Target = 0
	}
	return i
}

// CheckSettings reports at once everything that is wrong with the settings of an installation: fault.Invalid.
func CheckSettings(i store.Installation) error {
	mistakes := *wrongSettings
	for _, setting := range []struct{ name, text string }{
		{"municipality", i.Municipality}, {"department", i.Department}, {"signatory", i.Signatory.Name}, {"signatory-function", i.Signatory.Function},
	} {
		switch {
		case !utf8.ValidString(setting.text) || strings.ContainsFunc(setting.text, func(r rune) bool { return !unicode.IsPrint(r) }):
			mistakes = *mistakes.At(setting.name, "hier staan tekens in die niet mogen", "this has characters that are not allowed")
		case utf8.RuneCountInString(setting.text) > maxSetting:
			mistakes = *mistakes.At(setting.name, fmt.Sprintf("schrijf hoogstens %d tekens", maxSetting), fmt.Sprintf("write at most %d characters", maxSetting))
		}
	}
	if (i.Signatory.Name == "") != (i.Signatory.Function == "") {
		mistakes = *mistakes.At("signatory", "noem de naam en de functie van wie ondertekent", "give the name and the function of who signs")
	}
	if i.Target < 0 || i.Target > 100 {
		mistakes = *mistakes.At("target", "kies een percentage van 0 tot en met 100", "choose a percentage from 0 up to 100")
	}
	if len(mistakes.Fields) > 0 {
		return &mistakes
	}
	return nil
}

// changedSettings names the settings that differ, without what they say.
func changedSettings(before, after store.Installation) string {
	var names []string
	for _, setting := range []struct {
		name    string
		differs bool
	}{
		{"municipality", before.Municipality != after.Municipality}, {"department", before.Department != after.Department}, {"signatory", before.Signatory != after.Signatory}, {"target", before.Target != after.Target},
	} {
		if setting.differs {
			names = append(names, setting.name)
		}
	}
	return strings.Join(names, " ")
}
