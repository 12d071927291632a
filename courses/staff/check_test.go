package staff

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"bekwaam/courses/fault"
)

func TestCheckTellsEverythingThatIsWrongWithAPerson(t *testing.T) {
	right := Person{ID: "RW-10_1.3", First: "Şükrü", Infix: "van den", Last: "O'Neil-Łukasz", Email: "Ş.Yılmaz+bhv@post.gemeente.example"}
	for _, tt := range []struct {
		name   string
		change func(*Person)
		want   []string // where something is wrong
	}{
		{"right", func(*Person) {}, nil},
		{"without an infix and an address", func(p *Person) { p.Infix, p.Email = "", "" }, nil},
		{"as long as may be", func(p *Person) { p.ID, p.First = PersonID(strings.Repeat("9", 32)), strings.Repeat("é", 100) }, nil},
		{"nothing at all", func(p *Person) { *p = Person{} }, []string{"person", "first", "last"}},
		{"all wrong", func(p *Person) {
			*p = Person{"P 0010/../", "An\nna", "van\x00", strings.Repeat("x", 101), "nomail", false}
		}, []string{"person", "first", "infix", "last", "email"}},
		{"only spaces", func(p *Person) { p.First, p.Last = " ", "  " }, []string{"first", "last"}},
		{"too long a number", func(p *Person) { p.ID = PersonID(strings.Repeat("9", 33)) }, []string{"person"}},
		{"a number with a line after it", func(p *Person) { p.ID = "P1\n" }, []string{"person"}},
		{"a name of five thousand characters", func(p *Person) { p.First = strings.Repeat("a", 5000) }, []string{"first"}},
		{"broken UTF-8", func(p *Person) { p.Last = "a\xffb" }, []string{"last"}},
		{"text that turns around", func(p *Person) { p.Last = "a\u202eb" }, []string{"last"}},
		{"an address without a dot", func(p *Person) { p.Email = "a@b" }, []string{"email"}},
		{"two addresses", func(p *Person) { p.Email = "a@b.c d@e.f" }, []string{"email"}},
		{"too long an address", func(p *Person) { p.Email = "a@" + strings.Repeat("b", 99) + ".nl" }, []string{"email"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := right
			tt.change(&p)
			err := p.Check()
			var got []string
			if f := fault.Of(err); f != nil {
				for _, field := range f.Fields {
					got = append(got, field.Path)
				}
			}
			if !slices.Equal(got, tt.want) || (err != nil && !errors.Is(err, fault.New(fault.Invalid, "", "").Because("person"))) {
				t.Errorf("wrong are %q, want %q: %v", got, tt.want, err)
			}
		})
	}
}
