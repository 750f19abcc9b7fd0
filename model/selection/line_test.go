package selection_test

import (
	"errors"
	"strings"
	"testing"

	"errata/model/selection"
)

func TestParse(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]selection.Selection{
		"":                       {},
		"refund":                 {Search: "refund"},
		"  don't  stop ":         {Search: "  don't  stop "},
		`"in quotes"`:            {Search: `"in quotes"`},
		"refund - not -x":        {Search: "refund - not -x"},
		"--errors":               {Errors: true},
		"--errors=false":         {},
		"late --errors answers ": {Search: "late answers", Errors: true},
		"--model m-1 tide":       {Search: "tide", Model: "m-1"},
		"--since 7d --until=2025-07-01 --limit 5 --oldest": {Since: "7d", Until: "2025-07-01", Limit: 5, Oldest: true},
		"--search 'two  words' --prompt tides/ask":         {Search: "two  words", Prompt: "tides/ask"},
		`--metadata "a \"b\" \\"`:                          {Metadata: `a "b" \`},
		"--where '.error == null' --corrected":             {Where: ".error == null", Corrected: true},
		"--where .output_tokens > 500 and .n --errors":     {Where: ".output_tokens > 500 and .n", Errors: true},
		`--where "ovens" == .metadata.set`:                 {Where: `"ovens" == .metadata.set`},
		`--where ".a == \"b\""`:                            {Where: `.a == "b"`},
		"--sample 20 --seed 7 --all":                       {Sample: 20, Seed: 7, All: true},
		"ice --where .a - .b > 1":                          {Search: "ice", Where: ".a - .b > 1"},
	} {
		got, err := selection.Parse(line)
		if err != nil || got != want {
			t.Errorf("%q is %+v, %v, want %+v", line, got, err, want)
		}
		again, err := selection.Parse(got.String())
		if err != nil || again != want {
			t.Errorf("%q is told as %q, which is %+v, %v", line, got, again, err)
		}
	}
}

func TestParseErrors(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		"--erors":            "1 there is no --erors; did you mean --errors",
		"--zebra":            "1 there is no --zebra; --where looks at any field, and there are --prompt --model --search",
		"ice --since":        "5 --since wants a value",
		"ä --limit many":     "3 --limit: want a number of at least 0",
		"--sample 0":         "1 --sample: want a number of at least 1",
		"--errors=perhaps x": "1 --errors: want true or false",
		"--where":            "1 --where wants a value",
		"--where --errors":   "1 --where wants a value",
	} {
		_, err := selection.Parse(line)
		var at *selection.LineError
		col, msg, _ := strings.Cut(want, " ")
		if !errors.As(err, &at) || !strings.Contains(err.Error(), msg) || string(rune('0'+at.Col)) != col {
			t.Errorf("%q: %v, want %s", line, err, want)
		}
	}
}

// Whatever is selected is told in a line that is read again as the same.
func FuzzString(f *testing.F) {
	f.Add("--a", "it's", `.x == "y"`, "x y")
	f.Add(" ", `"`, `"a" == '`, `\`)
	f.Add("a --errors", "''", ".a", "-")
	f.Fuzz(func(t *testing.T, search, metadata, where, prompt string) {
		s := selection.Selection{Search: search, Metadata: metadata, Where: strings.TrimSpace(where), Prompt: prompt, Errors: true}
		got, err := selection.Parse(s.String())
		if err != nil || got != s {
			t.Errorf("%+v is told as %q, which is %+v, %v", s, s, got, err)
		}
	})
}
