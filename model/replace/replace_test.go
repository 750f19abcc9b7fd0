package replace_test

import (
	"fmt"
	"strings"
	"testing"

	"errata/model/jsonraw"
	"errata/model/replace"
)

func TestText(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		rule replace.Rule
		text string
		want string
		n    int
	}{
		{replace.Rule{Old: "tide", New: "ebb"}, "tide, Tide, tides", "ebb, Tide, ebbs", 2},
		{replace.Rule{Old: "tide", New: "ebb", IgnoreCase: true}, "tide, Tide", "ebb, ebb", 2},
		{replace.Rule{Old: "tide", New: "ebb", Whole: true}, "tide tides _tide tide-bell, (tide)", "ebb tides _tide ebb-bell, (ebb)", 3},
		{replace.Rule{Old: "é", New: "e", Whole: true}, "é été né", "e été né", 1},
		{replace.Rule{Old: "cat", New: "dog", Whole: true}, "cat\u0301 cat", "cat\u0301 dog", 1},
		{replace.Rule{Old: ", ", New: "; ", Whole: true}, "a, b", "a; b", 1},
		{replace.Rule{Old: "a.c", New: "$1"}, "abc a.c", "abc $1", 1},
		{replace.Rule{Old: `(\w+)@(\w+)`, New: "$2 at ${1}s, $$5", Regexp: true}, "gull@harbour", "harbour at gulls, $5", 1},
		{replace.Rule{Old: `(?P<y>\d{4})-(\d\d)`, New: "$2/${y}", Regexp: true}, "2025-07", "07/2025", 1},
		{replace.Rule{Old: `^`, New: "> ", Regexp: true}, "a\nb", "> a\nb", 1},
		{replace.Rule{Old: `(?m)^`, New: "> ", Regexp: true}, "a\nb", "> a\n> b", 2},
		{replace.Rule{Old: `(?m)\s*$`, New: "", Regexp: true}, "a  \nb ", "a\nb", 2},
		{replace.Rule{Old: `\s+\z`, New: "", Regexp: true}, "a \n", "a", 1},
		{replace.Rule{Old: "a", New: "a"}, "banana", "banana", 0},
		{replace.Rule{Old: "aa", New: "a"}, "aaaaa", "aaa", 2},
	} {
		r, err := replace.New(test.rule)
		if err != nil {
			t.Errorf("%+v: %v", test.rule, err)
			continue
		}
		if now, n := r.Text(test.text); now != test.want || n != test.n {
			t.Errorf("%+v makes %d replacements and %q, want %d and %q", test.rule, n, now, test.n, test.want)
		}
	}
}

func TestRulesThatMakeNoSense(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		rule replace.Rule
		want string
	}{
		{replace.Rule{}, "nothing to look for"},
		{replace.Rule{Old: "a(", Regexp: true}, "no regular expression: "},
		{replace.Rule{Old: "x*", New: "-", Regexp: true}, "found between any two letters"},
		{replace.Rule{Old: "", New: "-", Regexp: true}, "nothing to look for"},
		{replace.Rule{Old: `\B`, New: "-", Regexp: true}, "found between any two letters"},
		{replace.Rule{Old: "(a)", New: "$2", Regexp: true}, "there is no group 2 in (a)"},
		{replace.Rule{Old: "(a)", New: "$1x", Regexp: true}, "there is no group 1x in (a); ${1}x is the group and the text behind it"},
		{replace.Rule{Old: "(a)", New: "${b}", Regexp: true}, "there is no group b in (a)"},
		{replace.Rule{Old: "a", New: "\xff"}, "have to be UTF-8"},
	} {
		if _, err := replace.New(test.rule); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%+v: %v, want %q", test.rule, err, test.want)
		}
	}
}

func TestValue(t *testing.T) {
	t.Parallel()
	const picture = `"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="`
	address := "![](data:image/png;base64," + strings.Repeat("iVBOAAAA", 60) + ")"
	for _, test := range []struct{ old, with, raw, want, places string }{
		{"tide", "ebb", ` { "tide" : [1, "a t\u0069de\u00e9\/", "\u0074"] , "n":"none" } `, ` { "tide" : [1, "a ebb\u00e9\/", "\u0074"] , "n":"none" } `, "tide[1]:1"},
		{"tide", `"ebb"`, `{"arguments": "{ \"tide\": \"the tide\", \"n\": 1.50 }"}`, `{"arguments": "{ \"tide\": \"the \\\"ebb\\\"\", \"n\": 1.50 }"}`, "arguments.tide:1"},
		{"1", "2", `{"a": 1, "b": "1 1", "c": "[1, \"1\"]"}`, `{"a": 1, "b": "2 2", "c": "[1, \"2\"]"}`, "b:2 c[1]:1"},
		{"tide", "ebb", `"\ud800 tide"`, `"\ud800 ebb"`, ":1"},
		{"A", "B", `{"data": ` + picture + `, "a": "A"}`, `{"data": ` + picture + `, "a": "B"}`, "a:1"},
		{"A", "B", `{"thought_signature": "AA", "a": "A"}`, `{"thought_signature": "AA", "a": "B"}`, "a:1"},
		{"A", "B", `"A ` + address + ` A"`, `"B ` + address + ` B"`, ":2"},
		{"{", "(", `"{\"broken"`, `"(\"broken"`, ":1"},
	} {
		r, err := replace.New(replace.Rule{Old: test.old, New: test.with})
		if err != nil {
			t.Fatal(err)
		}
		now, places, err := r.Value([]byte(test.raw))
		var told []string
		for _, p := range places {
			told = append(told, fmt.Sprintf("%s:%d", p.Path, p.Hits))
		}
		if err != nil || string(now) != test.want || strings.Join(told, " ") != test.places {
			t.Errorf("%s for %s in %s\nmakes %s at %v, %v\nwant  %s at %s", test.with, test.old, test.raw, now, told, err, test.want, test.places)
		}
	}
}

// Whatever is replaced, a value stays JSON, and what is not found changes no byte.
func FuzzValue(f *testing.F) {
	f.Add(`{"a": "tide \\ud800", "b": "{\\"c\\": \\"tide\\"}"}`, "tide", "\"", false)
	f.Add(`["\\u0074ide", 1.50, "a\\nb"]`, "(?m)^", "> ", true)
	f.Add(`"[\\"x\\"]"`, "x", "]", false)
	f.Add(`"é"`, ".", "${0}$0", true)
	f.Fuzz(func(t *testing.T, raw, old, with string, expr bool) {
		if jsonraw.Check([]byte(raw)) != nil {
			return
		}
		r, err := replace.New(replace.Rule{Old: old, New: with, Regexp: expr})
		if err != nil {
			return
		}
		now, places, err := r.Value([]byte(raw))
		switch {
		case err != nil:
			return // a surrogate was cut in two
		case jsonraw.Check(now) != nil:
			t.Errorf("%q for %q in %s makes %s", with, old, raw, now)
		case len(places) == 0 && string(now) != raw:
			t.Errorf("nothing is found in %s, but it becomes %s", raw, now)
		}
	})
}
