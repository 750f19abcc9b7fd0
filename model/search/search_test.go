package search

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

func isField(name string) bool { return name == "error" || name == "output" || name == "tool" }

// text writes a search out, each word with its signs.
func text(s Search) string {
	groups := make([]string, len(s.Groups))
	for i, g := range s.Groups {
		var words []string
		for _, w := range g {
			sign := ""
			if w.Not {
				sign = "-"
			}
			words = append(words, fmt.Sprintf("%s%s<%s>", sign, w.Field, w.Text))
		}
		groups[i] = strings.Join(words, " ")
	}
	return strings.Join(groups, " | ")
}

func TestParse(t *testing.T) {
	for given, want := range map[string]string{
		``:                            ``,
		`   `:                         ``,
		`oven`:                        `<oven>`,
		` gas mark `:                  `<gas mark>`,
		`gas  mark`:                   `<gas  mark>`,
		`gas AND mark`:                `<gas> <mark>`,
		`gas OR electric`:             `<gas> | <electric>`,
		`a AND b OR c AND d`:          `<a> <b> | <c> <d>`,
		`gas -oven`:                   `<gas> -<oven>`,
		`gas NOT oven`:                `<gas> -<oven>`,
		`gas AND NOT oven`:            `<gas> -<oven>`,
		`gas OR NOT oven`:             `<gas> | -<oven>`,
		`NOT oven`:                    `-<oven>`,
		`"gas mark" oven`:             `<gas mark> <oven>`,
		`"gas OR mark"`:               `<gas OR mark>`,
		`gas -"old oven"`:             `<gas> -<old oven>`,
		`error:timeout`:               `error<timeout>`,
		`error:"no answer" gas`:       `error<no answer> <gas>`,
		`-error:timeout gas`:          `-error<timeout> <gas>`,
		`tool:get_weather OR error:x`: `tool<get_weather> | error<x>`,
		`http://host:80/x`:            `<http://host:80/x>`,
		`error: timeout`:              `<error: timeout>`,
		`error:`:                      `<error:>`,
		`-5`:                          `<-5>`,
		`--limit`:                     `<--limit>`,
		`AND`:                         `<AND>`,
		`and so or not`:               `<and so or not>`,
		`"no end`:                     `<no end>`,
		`""`:                          `<"">`,
		`a - b`:                       `<a - b>`,
		`"a" -- b`:                    `<a> <--> <b>`,
		`weiß "Straße" OR 東京`:         `<weiß> <Straße> | <東京>`,
	} {
		got, err := Parse(given, isField)
		if err != nil {
			t.Errorf("%q: %v", given, err)
			continue
		}
		if text(got) != want {
			t.Errorf("%q: %s, want %s", given, text(got), want)
		}
	}
}

func TestParseErrors(t *testing.T) {
	for given, want := range map[string]string{
		`gas AND`:     "column 5: a word is missing after AND",
		`gas OR OR x`: "column 8: a word is missing before OR",
		`OR gas`:      "column 1: a word is missing before OR",
		`größe AND`:   "column 7: a word is missing after AND",
		`gas NOT`:     "column 5: a word is missing after NOT",
	} {
		_, err := Parse(given, isField)
		var at *Error
		if !errors.As(err, &at) || err.Error() != want {
			t.Errorf("%q: %v, want %s", given, err, want)
		}
	}
}

func TestWanted(t *testing.T) {
	s, err := Parse(`gas -oven OR error:"no answer"`, isField)
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(s.Wanted(), "|"); got != "gas|no answer" {
		t.Errorf("wanted %q", got)
	}
}

// FuzzParse: whatever is typed, the texts that are looked for were typed, and a text in quotes is
// looked for as it stands.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{`gas AND "x y" OR -z`, `error:"a`, `-- - NOT AND`, "\xff:\"", `-error:`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, given string) {
		s, err := Parse(given, isField)
		if err != nil {
			return
		}
		for _, group := range s.Groups {
			if len(group) == 0 {
				t.Fatalf("%q: a group without words", given)
			}
			for _, w := range group {
				if w.Text == "" || !strings.Contains(given, w.Text) {
					t.Fatalf("%q: the text %q", given, w.Text)
				}
			}
		}
	})
}
