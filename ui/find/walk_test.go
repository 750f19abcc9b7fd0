package find

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"errata/model/jsonraw"
	"errata/model/tree"
	"errata/ui/stringlines"
)

// match is a hit, told by its place and its words.
func match(path tree.Path, name bool, line int, words string) string {
	return fmt.Sprintf("%v %v %d %q", path, name, line, words)
}

// found lists what Walk gives, the lines counted.
func found(t *testing.T, root *tree.Node, re *regexp.Regexp, o Options) (list []string) {
	t.Helper()
	Walk(root, re, o, func(h Hit) bool {
		n, ok := root.At(h.Path)
		if !ok {
			t.Fatalf("a hit is at %v, which is nowhere", h.Path)
		}
		of, line := string(n.Bytes()), 0
		switch {
		case h.Name:
			up, _ := root.At(h.Path[:len(h.Path)-1])
			of = up.Name(h.Path[len(h.Path)-1])
		case n.Kind() == jsonraw.String:
			l := stringlines.Parts{Text: stringlines.Text(n.Bytes())}
			of = l.Line(h.Line)
			for at := l.First(); at < h.Line; at, _ = l.After(at) {
				line++
			}
		}
		if at := writtenAt(root, h); len(at) < 1<<10 && !strings.HasPrefix(at, of[h.Start:h.End]) {
			t.Errorf("a hit on %q is said to be at %.20q", of[h.Start:h.End], at)
		}
		list = append(list, match(h.Path, h.Name, line, of[h.Start:h.End]))
		return true
	}, func(int) bool { return false })
	return list
}

// writtenAt is what is written from the byte of a hit on, to the end of its name or literal.
func writtenAt(root *tree.Node, h Hit) string {
	_, end, _ := root.Span(h.Path)
	if h.Name {
		_, end, _ = root.NameSpan(h.Path)
	}
	if root.Bytes()[end-1] == '"' {
		end--
	}
	return stringlines.Decode(root.Bytes()[h.At:end])
}

// plain lists all matches of an expression the slow way.
func plain(n *tree.Node, re *regexp.Regexp, path tree.Path) (list []string) {
	add := func(path tree.Path, name bool, line int, text string) {
		for _, at := range re.FindAllStringIndex(text, -1) {
			if at[0] < at[1] {
				list = append(list, match(path, name, line, text[at[0]:at[1]]))
			}
		}
	}
	switch n.Kind() {
	case jsonraw.Object, jsonraw.Array:
		for i := range n.Len() {
			at := append(slices.Clip(path), i)
			if n.Kind() == jsonraw.Object {
				add(at, true, 0, n.Name(i))
			}
			list = append(list, plain(n.Child(i), re, at)...)
		}
	case jsonraw.String:
		text, _ := n.TextPrefix(n.Size())
		for i, line := range strings.Split(text, "\n") {
			add(path, false, i, line)
		}
	default:
		add(path, false, 0, string(n.Bytes()))
	}
	return list
}

var documents = []string{
	`null`, `"needle"`, `12.50`, `[]`, `{}`, `[[],{},[{"needle":[]}]]`,
	`{"a":"b","needle":"a Needle","list":["NEEDLE",1234,{"deep":"n\u0065edle \u006Eeedle"}],"x":null}`,
	"{ \"text\" :\t\"one\\nneedle two\\nthree needle\\n\\n\\u212Aelvin di\\u017Fk disk ÉTÉ \\u00c9t\\u00e9 日本語\" , \"n\":\n[1 , true,false , -2e9 ] }",
	`{"arguments":"{\"needle\":\"n\\u0065edle\"}","s":"abbbc xxx","":{"":"needle"}}`,
	`{"many":"` + strings.Repeat(`line 1 with a needle\nline 2\n`, 500) + `","after":["needle"]}`,
	`{"a":"\\","b":"\"needle\"","c":"\\\\needle\\"}`,
}

var expressions = []string{
	`(?i)needle`, `needle`, `NEEDLE`, `(?i)s`, `(?i)kelvin`, `(?i)disk`, `n[^ ]*e`, `a|b`, `(?i)été`, `\d+`, `true`, `line 1\b`, `^needle`, `needle$`, `日本`, `n(eed)le`, `"`, `\\`,
}

func TestWalkFindsWhatASlowSearchFinds(t *testing.T) {
	t.Parallel()
	for _, doc := range documents {
		root := tree.New([]byte(doc))
		edited := root
		if root.Len() > 0 { // a container that is put together of others
			edited = root.Replace(tree.Path{0}, root.Child(0)).Insert(tree.Path{root.Len()}, "needle one", tree.New([]byte(`{"new needle": ["needle"]}`)))
		}
		for _, e := range expressions {
			re := regexp.MustCompile(e)
			for _, n := range []*tree.Node{root, edited} {
				if got, want := found(t, n, re, Options{}), plain(n, re, tree.Path{}); !slices.Equal(got, want) {
					t.Errorf("%s in %.70s: %.9q, want %.9q", e, n.Bytes(), got, want)
				}
			}
		}
	}
}

// Of a match on the cut of a very long line nothing is lost.
func TestHitsOnTheCutOfALongLine(t *testing.T) {
	t.Parallel()
	for pad := range 40 {
		root := tree.New([]byte(`["` + strings.Repeat("x", pad) + strings.Repeat("seventeen letters", 2000) + `"]`))
		n := 0
		Walk(root, regexp.MustCompile("seventeen"), Options{}, func(Hit) bool { n++; return true }, func(int) bool { return false })
		if n != 2000 {
			t.Errorf("with %d bytes before them, %d of 2000 are found", pad, n)
		}
	}
}

func TestOptions(t *testing.T) {
	t.Parallel()
	o := Options{
		Hides: func(_, name string, value []byte) (hideName, hideValue bool) {
			return name == "secret", bytes.HasPrefix(value, []byte(`{"x"`))
		},
		Packed: func(name string) bool { return name == "args" },
	}
	root := tree.New([]byte(`{"secret": "x", "y": {"x": "x"}, "args": "{\"x\": \"caf\\u00e9 x\"}", "list": ["x"]}`))
	var list []string
	Walk(root, regexp.MustCompile(`x|é`), o, func(h Hit) bool {
		list = append(list, fmt.Sprint(h.Path, h.Name, h.Line))
		return true
	}, func(int) bool { return false })
	want := []string{"[0] false 1", "[2] false 0", "[2] false 0", "[2] false 0", "[3 0] false 1"}
	if !slices.Equal(list, want) {
		t.Errorf("%q, want %q", list, want)
	}
}

// Members that are shown in another order are found in that order.
func TestHitsComeInTheOrderInWhichTheyAreShown(t *testing.T) {
	t.Parallel()
	o := Options{Level: 1, Rank: func(name string) int { return strings.Index("ab", name) & 3 }}
	root := tree.New([]byte(`[{"x":"x","b":"x","a":{"b":"x","a":"x"}},{"b":"x","a":"x"}]`))
	for _, root := range []*tree.Node{root, root.Replace(tree.Path{0, 1}, tree.New([]byte(`"x"`)))} {
		var list []string
		Walk(root, regexp.MustCompile("x"), o, func(h Hit) bool {
			list = append(list, fmt.Sprint(h.Path))
			return true
		}, func(int) bool { return false })
		if want := []string{"[0 2 0]", "[0 2 1]", "[0 1]", "[0 0]", "[0 0]", "[1 1]", "[1 0]"}; !slices.Equal(list, want) {
			t.Errorf("%q, want %q", list, want)
		}
		s := Search{Options: o}
		s.Begin("x", false, root, tree.Path{0, 1})
		if h, _ := s.Current(); !slices.Equal(h.Path, tree.Path{0, 1}) {
			t.Errorf("from b on the first is %v", h.Path)
		}
		for _, want := range []tree.Path{{0, 0}, {0, 0}, {1, 1}} {
			s.Shown(tree.Path{})
			s.Walk(1, root, tree.Path{})
			if h, _ := s.Current(); !slices.Equal(h.Path, want) {
				t.Errorf("%v follows, want %v", h.Path, want)
			}
		}
	}
}

// A hit is found again in the JSON as it is laid out for editing, whatever is escaped there.
func TestSeekInTheJSONOfAValue(t *testing.T) {
	t.Parallel()
	for _, doc := range documents {
		if len(doc) > 1<<10 {
			continue // hundreds of hits alike
		}
		laid := jsonraw.Indent([]byte(doc))
		root := tree.New(laid)
		for _, e := range expressions {
			Walk(tree.New([]byte(doc)), regexp.MustCompile(e), Options{}, func(h Hit) bool {
				was := writtenAt(tree.New([]byte(doc)), h)
				h.At = Seek{[]byte(doc), h.At}.In(laid)
				if got := writtenAt(root, h); got != was {
					t.Errorf("%s in %.60q: found again at %.20q, want %.20q", e, doc, got, was)
				}
				return true
			}, func(int) bool { return false })
		}
	}
}

func TestWalkEndsEarly(t *testing.T) {
	t.Parallel()
	root := tree.New([]byte("[" + strings.Repeat(`"x",`, maxHits+10) + `"x"]`))
	n := 0
	count := func(Hit) bool { n++; return n < 5 }
	if Walk(root, regexp.MustCompile("x"), Options{}, count, func(int) bool { return false }); n != 5 {
		t.Errorf("%d hits after 5 were asked for", n)
	}
	n = -1 << 30
	if Walk(root, regexp.MustCompile("x"), Options{}, count, func(int) bool { return false }); n != maxHits-1<<30 {
		t.Errorf("%d hits", n+1<<30)
	}
	n = -1 << 30
	asked := 0
	if Walk(root, regexp.MustCompile("x"), Options{}, count, func(int) bool { asked++; return asked > 3 }); n > 5000-1<<30 {
		t.Errorf("%d hits after it was stopped", n+1<<30)
	}
}

// A value that is nested deep is read once, not once for each level.
func TestDeepValues(t *testing.T) {
	t.Parallel()
	const depth = 9_000
	root := tree.New([]byte(strings.Repeat(`{"a":[`, depth/2) + `"needle"` + strings.Repeat(`]}`, depth/2)))
	if got := found(t, root, regexp.MustCompile("needle"), Options{}); len(got) != 1 {
		t.Errorf("%d hits", len(got))
	}
}

func FuzzWalk(f *testing.F) {
	for _, doc := range documents {
		f.Add([]byte(doc), "needle", false)
		f.Add([]byte(doc), "E", true)
	}
	f.Fuzz(func(t *testing.T, doc []byte, query string, regex bool) {
		if jsonraw.Check(doc) != nil || len(doc) > 8<<10 || strings.ContainsAny(query, "^$") {
			return
		}
		re, err := Pattern(query, regex)
		if err != nil {
			return
		}
		root := tree.New(doc)
		if got, want := found(t, root, re, Options{}), plain(root, re, tree.Path{}); !slices.Equal(got, want) {
			t.Errorf("%q in %q: %q, want %q", re, doc, got, want)
		}
	})
}
