package fault

import (
	"errors"
	"fmt"
	"testing"
)

func TestAFaultIsKnownByItsKindAndReason(t *testing.T) {
	err := fmt.Errorf("save: %w", New(Conflict, "Nee.", "No.").Because("stale").From(errors.New("row is newer")))
	for _, tt := range []struct {
		name   string
		target *Error
		want   bool
	}{
		{"its kind", New(Conflict, "", ""), true},
		{"its kind and reason", New(Conflict, "", "").Because("stale"), true},
		{"another reason", New(Conflict, "", "").Because("submitted"), false},
		{"another kind", New(Invalid, "", ""), false},
	} {
		if got := errors.Is(err, tt.target); got != tt.want {
			t.Errorf("%s: got %v", tt.name, got)
		}
	}
	if KindOf(err) != Conflict || KindOf(errors.New("boom")) != Internal || Of(errors.New("boom")) != nil {
		t.Error("the kind is lost, or made up")
	}
}

func TestACopyLeavesTheFaultAsItWas(t *testing.T) {
	sentence := New(Invalid, "Fout.", "Wrong.")
	one, other := sentence.At("a", "x", "x"), sentence.At("b", "y", "y").At("c", "z", "z")
	if len(sentence.Fields) != 0 || len(one.Fields) != 1 || len(other.Fields) != 2 || other.Fields[0].Path != "b" {
		t.Errorf("got %v, %v, %v", sentence.Fields, one.Fields, other.Fields)
	}
}

func TestTwoFaultsBecomeOne(t *testing.T) {
	one := New(Invalid, "Fout.", "Wrong.").At("a", "eerst", "first")
	both := one.With(fmt.Errorf("read: %w", New(Invalid, "", "").At("a", "daarna", "then").At("b", "ook", "too").At("b", "en nog eens", "and again")))
	if len(both.Fields) != 2 || both.Fields[0].Dutch != "eerst" || both.Fields[1].Dutch != "ook" || len(one.Fields) != 1 {
		t.Errorf("got %v of %v", both.Fields, one.Fields)
	}
	if alone := one.With(nil); len(alone.Fields) != 1 || len(one.With(errors.New("boom")).Fields) != 1 {
		t.Errorf("got %v", alone.Fields)
	}
}

func TestInNamesTheFile(t *testing.T) {
	wrong := New(Invalid, "Verbeter dit.", "Correct this.").At("regel 12", "te lang", "too long")
	if got := Of(In("a-brp.md", wrong)); got.Fields[0].Path != "a-brp.md, regel 12" || wrong.Fields[0].Path != "regel 12" {
		t.Errorf("got %v, and the original is %v", got.Fields, wrong.Fields)
	}
	if got := In("a-brp.md", errors.New("no such file")).Error(); got != "a-brp.md: no such file" {
		t.Errorf("got %q", got)
	}
}
