package path_test

import (
	"errors"
	"strings"
	"testing"

	"errata/model/path"
)

func TestParse(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"messages[2].content": "messages[2].content",
		"messages[-1]":        "messages[-1]",
		`metadata["a.b"]`:     `metadata["a.b"]`,
		`metadata["a"].b`:     "metadata.a.b",
		".metadata.a":         "metadata.a",
		`metadata."a b"`:      `metadata["a b"]`,
		`.["a"]["b"]`:         "a.b",
		`a["\u0062\n"]`:       `a["b\n"]`,
		`a["\ud83d"]`:         `a["\ud83d"]`,
		`a[""]`:               `a[""]`,
		`metadata.größe`:      `metadata["größe"]`,
		"a[0][1].b_2":         "a[0][1].b_2",
		`["[0].=:+\"]"]`:      `["[0].=:+\"]"]`,
		`a["2024"]`:           `a["2024"]`,
	} {
		p, err := path.Parse(text)
		if err != nil || p.String() != want {
			t.Errorf("%s is read as %s, %v, want %s", text, p, err, want)
		}
	}
	for text, want := range map[string]string{
		"":                               "column 1: a name is missing",
		".":                              "column 2: a name is missing after the dot",
		"metadata.":                      "column 10: a name is missing after the dot",
		"metadata..a":                    "column 10: a name is missing after the dot",
		"messages.0.content":             "column 10: an element is written [0], and a member of this name [\"0\"]",
		"metadata.2nd-try.x":             `column 10: a name that begins with a digit stands in brackets and quotes: ["2nd-try"]`,
		"metadata.user-id":               `column 14: - stands in no name without quotes; a name that has it is written ["user-id"]`,
		"metadata.a:b.c":                 `column 11: : stands in no name without quotes; a name that has it is written ["a:b"]`,
		"metadata.a b":                   `column 11: a space stands in no name without quotes; a name that has it is written ["a b"]`,
		"metadata[a.b]":                  `column 10: a name in brackets stands in double quotes, and for the shell in single ones around them: '["a.b"]'`,
		"metadata['a']":                  "column 10: a name stands in double quotes, not in single ones",
		"messages[]":                     "column 10: a path leads to one place: a position is missing in the brackets",
		"messages[*].content":            "column 10: a path leads to one place: a position is missing in the brackets",
		"messages[1:2]":                  "column 10: a path leads to one place, not to a part of a list",
		"messages[1":                     "column 9: the closing bracket is missing",
		"messages[+1]":                   "column 10: +1 is not a position",
		"messages[99999999999999999999]": "column 10: 99999999999999999999 is not a position",
		`metadata["a`:                    "column 10: the closing quote of the name is missing",
		`metadata["a"`:                   "column 9: the closing bracket is missing",
		`metadata["a\q"]`:                "column 10: the name is not a string as JSON writes it",
		"messages[1]content":             "column 12: a dot is missing before content",
		"größe.ü-b":                      `column 8: - stands in no name without quotes; a name that has it is written ["ü-b"]`,
		"a\xff":                          "column 2: a byte is not UTF-8",
		"a=b":                            `column 2: = stands in no name without quotes; a name that has it is written ["a"]`,
	} {
		_, err := path.Parse(text)
		var syntax *path.SyntaxError
		if !errors.As(err, &syntax) || err.Error() != want {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
}

func TestCut(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][2]string{
		"output=a=b":          {"output", "=a=b"},
		"metadata.a:=1":       {"metadata.a", ":=1"},
		"metadata.a+=1":       {"metadata.a", "+=1"},
		`metadata["a=b"]=x`:   {`metadata["a=b"]`, "=x"},
		`metadata["a:="]:={}`: {`metadata["a:="]`, ":={}"},
		"messages[-1].role=x": {"messages[-1].role", "=x"},
		"output":              {"output", ""},
	} {
		p, rest, err := path.Cut(text)
		if err != nil || p.String() != want[0] || rest != want[1] {
			t.Errorf("%s: %s, %s, %v", text, p, rest, err)
		}
	}
}

// FuzzParse: what is read is written so that it is read as the same again, and an error points into
// the text.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{"messages[2].content", `a["\u00e9"].b[-1]`, "metadata.a:=1", `.["x y"]."z"`, "a..b", "a[", `a["`, "\xff", "a[1]b", "é.ü[0]="} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p, rest, err := path.Cut(text)
		var syntax *path.SyntaxError
		if errors.As(err, &syntax) {
			if syntax.Col < 1 || syntax.Col > len([]rune(text))+1 {
				t.Fatalf("%q: column %d", text, syntax.Col)
			}
			return
		}
		if err != nil || !strings.HasSuffix(text, rest) {
			t.Fatalf("%q: %v, %q", text, err, rest)
		}
		again, err := path.Parse(p.String())
		if err != nil || again.String() != p.String() || len(again) != len(p) {
			t.Fatalf("%q is written %s, and read again as %s, %v", text, p, again, err)
		}
	})
}

func TestAStepBehindAPath(t *testing.T) {
	for want, got := range map[string]string{
		`a.b`:      path.Member("b").Behind("a"),
		`a["b-c"]`: path.Member("b-c").Behind("a"),
		`a[2]`:     path.Element(2).Behind("a"),
		`b`:        path.Member("b").Behind(""),
	} {
		if got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}
