package pager

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"errata/model/jsonraw"
	"errata/ui/find"
	"errata/ui/theme"
)

func TestTree(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ raw, want string }{
		{`null`, "null"},
		{`0.10`, "0.10"},
		{`"x\ty"`, "\"x→     y\""},
		{`{}`, "{}"},
		{`[ ]`, "[]"},
		{`[1,[],{}]`, "[\n  1\n  []\n  {}\n]"},
		{`{"a":1,"b":{"c":[true,1e-07]},"d":"e\"f"}`, "{\n  \"a\": 1\n  \"b\": {\n    \"c\": [\n      true\n      1e-07\n    ]\n  }\n  \"d\": \"e\"f\"\n}"},
		{`{"a":"one\ntwo\r\n\nthree","b":2}`, "{\n  \"a\": |\n    one\n    two␍\n\n    three\n  \"b\": 2\n}"},
		{`["x\u000Ay\\n"]`, "[\n  |\n    x\n    y\\n\n]"},
		{"{ \"\\u0061\" :\n \"b\" }", "{\n  \"a\": \"b\"\n}"},
		{`{"a":1,"a":2}`, "{\n  \"a\": 1\n  \"a\": 2\n}"},
	} {
		if got := frameOf(Tree([]byte(c.raw), theme.None()), 40, 20); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.raw, got, c.want)
		}
	}
}

func TestTreeOfWhatIsNoJSONEnds(t *testing.T) {
	t.Parallel()
	for _, raw := range []string{"", "{", `{"a`, `{"a":`, `"\`, "]]]]", "::::", `{"a" "b"}`, "nul", "\xff\xfe", `"\u00`, `[}{]`} {
		s := Tree([]byte(raw), theme.None())
		for i := range s.Len() {
			s.Block(i)
		}
	}
}

func TestDeepTreeLeavesRoomForText(t *testing.T) {
	t.Parallel()
	raw := strings.Repeat("[", 1000) + `"here"` + strings.Repeat("]", 1000)
	s := Tree([]byte(raw), theme.None())
	if s.Len() != 2001 {
		t.Fatalf("%d lines", s.Len())
	}
	m := open(s, 20, 3)
	m.Highlight(nil, &find.Hit{At: 1001, End: 4})
	if !strings.Contains(frame(m), `"here"`) {
		t.Errorf("the text is not to be seen:\n%s", frame(m))
	}
}

// texts lists the blocks.
func texts(t *testing.T, s Source) []string {
	t.Helper()
	var all []string
	var places []int
	for at := After(s, -1); at < s.Len(); at = After(s, at) {
		all, places = append(all, s.Block(at).Text), append(places, at)
	}
	n := len(places)
	for at := Before(s, s.Len()); at >= 0; at = Before(s, at) {
		if n--; n < 0 || at != places[n] {
			t.Fatalf("from the end block %d stands at %d, not among %v", n, at, places)
		}
	}
	if n != 0 {
		t.Fatalf("%d blocks fewer from the end", n)
	}
	return all
}

func TestManyLines(t *testing.T) {
	t.Parallel()
	text := numbered(1000) + "\n\n\n" + strings.Repeat("x", 50_000) + "\n" + numbered(100) + "\n"
	got := strings.Join(texts(t, Plain(text, theme.None())), "\n")
	if got = strings.ReplaceAll(got, "x\nx", "xx"); got != text { // the long line is cut
		t.Error("the lines of a text are not the text")
	}
	raw, err := json.Marshal(map[string]any{"a": text, "b": strings.Split(text, "\n"), "c": map[string]any{"d": text}})
	if err != nil {
		t.Fatal(err)
	}
	texts(t, Tree(raw, theme.None()))
}

func FuzzLiteral(f *testing.F) {
	f.Add(hostile)
	f.Add("")
	f.Add("\\n\n\\\\\nx\ud7ff")
	f.Fuzz(func(t *testing.T, text string) {
		raw, err := jsonraw.Quote(text)
		if err != nil {
			return // no text
		}
		want, _ := jsonraw.Text(raw)
		if got := strings.Join(texts(t, Text(raw, theme.None(), nil)), "\n"); got != want {
			t.Errorf("%q is shown as %q", want, got)
		}
	})
}

func FuzzTree(f *testing.F) {
	f.Add([]byte(`{"a":"one\ntwo","b":[1,[],{}],"c":null}`))
	f.Add([]byte(`[[["\u000a\\n"]],"x\ny"]`))
	f.Add([]byte(`{"a" "b":]`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		s := Tree(raw, theme.None())
		all := texts(t, s)
		if !json.Valid(raw) || bytes.ContainsAny(raw, `\`) {
			return
		}
		var pretty bytes.Buffer
		if err := json.Indent(&pretty, raw, "", "  "); err != nil {
			t.Fatal(err)
		}
		var lines []string
		for _, l := range strings.Split(strings.TrimSpace(pretty.String()), "\n") {
			lines = append(lines, strings.TrimSuffix(strings.TrimLeft(l, " "), ","))
		}
		if got, want := strings.Join(all, "\n"), strings.Join(lines, "\n"); got != want {
			t.Errorf("%s:\n%s\nwant\n%s", raw, got, want)
		}
	})
}

// TestAnAddressWithinATextIsOneRow shows the address of a picture within a text, or within a string
// of a tree, as what it is, and shows none of its letters.
func TestAnAddressWithinATextIsOneRow(t *testing.T) {
	t.Parallel()
	picture := "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAADAAAAAYCAIAAAAzn" + strings.Repeat("bUIayQ0TQ", 9000)
	text := `"before\n![a](` + picture + `) behind\nbUI"`
	for _, s := range []Source{Text([]byte(text), theme.None(), nil), Tree([]byte(`{"a":"x","b":`+text+`}`), theme.None())} {
		got := strings.Join(texts(t, s), "\n")
		if want := "before\n![a](\n[image image/png, 60,780 bytes]\n) behind\nbUI"; !strings.Contains(got, want) {
			t.Errorf("%.300s", got)
		}
		if n := strings.Count(got, "bUI"); n != 1 {
			t.Errorf("the letters are shown %d times", n)
		}
	}
}
