package search

import (
	"errors"
	"fmt"
	"math/rand/v2"
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
		`(gas OR wood) oven`:          `<gas> <oven> | <wood> <oven>`,
		`oven (gas OR wood)`:          `<oven> <gas> | <oven> <wood>`,
		`( gas OR wood ) AND oven`:    `<gas> <oven> | <wood> <oven>`,
		`(a OR b) (c OR d)`:           `<a> <c> | <a> <d> | <b> <c> | <b> <d>`,
		`((a OR b) c) OR d`:           `<a> <c> | <b> <c> | <d>`,
		`("gas mark" OR wood)`:        `<gas mark> | <wood>`,
		`-(gas wood) oven`:            `-<gas> <oven> | -<wood> <oven>`,
		`oven NOT (gas OR wood)`:      `<oven> -<gas> -<wood>`,
		`NOT (a -b)`:                  `-<a> | <b>`,
		`error:(late OR "no answer")`: `error<late> | error<no answer>`,
		`-error:(a output:b) c`:       `-error<a> <c> | -output<b> <c>`,
		`(error:x OR y)`:              `error<x> | <y>`,
		`(f(x) OR g(y)) z`:            `<f(x)> <z> | <g(y)> <z>`,
		`print(x) OR call()`:          `<print(x)> | <call()>`,
		`:) OR :(`:                    `<:)> | <:(>`,
		`"(gas" OR "wood)"`:           `<(gas> | <wood)>`,
		`(gas) mark`:                  `<(gas) mark>`,
		`f(x)`:                        `<f(x)>`,
		`(gas`:                        `<(gas>`,
		`-(5+3)`:                      `<-(5+3)>`,
		`(a -)  "b"`:                  `<a> <-> <b>`,
		`(Straße OR 東京) weiß`:         `<Straße> <weiß> | <東京> <weiß>`,
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
		`NOT NOT gas`: "column 5: a word is missing before NOT",
		`(gas OR x`:   "column 1: the parenthesis is not closed; in quotes it is a text",
		`ä (b "c" (d`: "column 10: the parenthesis is not closed; in quotes it is a text",
		`() OR x`:     "column 1: a word is missing after (",
		`(gas OR) x`:  "column 6: a word is missing after OR",
		`(OR x)`:      "column 2: a word is missing before OR",
		`x (AND y)`:   "column 4: a word is missing before AND",
		`(a OR b) (c OR d) (e OR f) (g OR h) (i OR j) (k OR l) (m OR n)`: "column 55: with its parentheses the search has more than 64 alternatives",
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
	for _, seed := range []string{`-(a OR (b c)) error:(d`, `(() OR x`, `)(-`, `+)) OR (`, `gas AND "x y" OR -z`, `error:"a`, `-- - NOT AND`, "\xff:\"", `-error:`} {
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

// grown is a search that was put together at random, and what it says of the words that a log has.
type grown struct {
	text  string
	holds func(has map[string]bool) bool
}

func grow(r *rand.Rand, depth int) grown {
	if depth == 0 || r.IntN(4) == 0 {
		word := string(rune('a' + r.IntN(4)))
		return grown{word, func(has map[string]bool) bool { return has[word] }}
	}
	a, b := grow(r, depth-1), grow(r, depth-1)
	switch r.IntN(5) {
	case 0:
		return grown{"(" + a.text + " OR " + b.text + ")", func(has map[string]bool) bool { return a.holds(has) || b.holds(has) }}
	case 1:
		return grown{"-(" + a.text + ")", func(has map[string]bool) bool { return !a.holds(has) }}
	case 2:
		return grown{"NOT " + "(" + a.text + " " + b.text + ")", func(has map[string]bool) bool { return !a.holds(has) || !b.holds(has) }}
	case 3:
		return grown{"(" + a.text + " AND " + b.text + ")", func(has map[string]bool) bool { return a.holds(has) && b.holds(has) }}
	}
	return grown{"(" + a.text + " " + b.text + ")", func(has map[string]bool) bool { return a.holds(has) && b.holds(has) }}
}

// found reports whether a log that has some words is one that is looked for.
func found(s Search, has map[string]bool) bool {
	for _, group := range s.Groups {
		all := true
		for _, w := range group {
			all = all && has[w.Text] != w.Not
		}
		if all {
			return true
		}
	}
	return false
}

// Parentheses, AND, OR and NOT mean what they mean in logic, however they are nested.
func TestParenthesesMeanLogic(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 5))
	read := 0
	for range 3000 {
		g := grow(r, 4)
		s, err := Parse(`"" OR `+g.text, isField) // it begins with a sign
		if err != nil {
			if !strings.Contains(err.Error(), "alternatives") {
				t.Fatalf("%s: %v", g.text, err)
			}
			continue
		}
		read++
		for bits := range 16 {
			has := map[string]bool{"a": bits&1 > 0, "b": bits&2 > 0, "c": bits&4 > 0, "d": bits&8 > 0}
			if found(s, has) != g.holds(has) {
				t.Fatalf("%s of %v: %t", g.text, has, found(s, has))
			}
		}
	}
	if read < 2000 {
		t.Errorf("only %d searches could be read", read)
	}
}
