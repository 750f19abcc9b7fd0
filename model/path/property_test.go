package path_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"errata/model/jsonraw"
	"errata/model/path"
	"errata/model/tree"
)

// writer makes random JSON in which a careless reader would alter something: odd spacing, digits
// and escapes, names that stand twice, and strings that hold JSON.
type writer struct{ *rand.Rand }

func (w writer) space() string { return []string{"", "", "", " ", "\n ", "\t"}[w.IntN(6)] }

func (w writer) name() string {
	return []string{`"a"`, `"b"`, `"a.b"`, `"c d"`, `"\u0061"`, `"é"`, `""`, `"k"`, `"b.k"`}[w.IntN(9)]
}

func (w writer) value(depth int) string {
	kinds := 8
	if depth == 0 {
		kinds = 5
	}
	switch w.IntN(kinds) {
	case 0:
		return []string{"0.10", "1E+2", "-0", "12345678901234567890", "7.0"}[w.IntN(5)]
	case 1:
		return []string{"null", "true", "false"}[w.IntN(3)]
	case 2, 3:
		return []string{`"text"`, `"\u0041\/\n"`, `"\ud83d"`, `"😀 é"`, `"[1"`, `"\u007b\u007d"`}[w.IntN(6)]
	case 4:
		return []string{"{}", "[]", "{ }", "[\n]"}[w.IntN(4)]
	case 5:
		return w.spelled(w.space() + w.container(depth) + w.space())
	}
	return w.container(depth)
}

func (w writer) container(depth int) string {
	var items []string
	object := w.IntN(2) == 0
	for range w.IntN(5) {
		item := w.space() + w.value(depth-1) + w.space()
		if object {
			item = w.space() + w.name() + w.space() + ":" + item
		}
		items = append(items, item)
	}
	if object {
		return "{" + strings.Join(items, ",") + "}"
	}
	return "[" + strings.Join(items, ",") + "]"
}

// spelled is a string literal for a text, with some escapes that need not be.
func (w writer) spelled(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range text {
		switch {
		case r < 0x10000 && w.IntN(8) == 0:
			fmt.Fprintf(&b, `\u%04x`, r)
		case r == '"' || r == '\\':
			b.WriteString(`\` + string(r))
		case r < ' ':
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String() + `"`
}

// somewhere is a path that leads to a value of the document, through strings as well; with more
// than that where it leads nowhere.
func (w writer) somewhere(root *tree.Node) (p path.Path, there bool) {
	for n := root; ; {
		if inner, ok := path.Inside(n); ok && w.IntN(3) > 0 {
			n = inner
		}
		if n.Len() == 0 || len(p) > 0 && w.IntN(4) == 0 {
			break
		}
		i := w.IntN(n.Len())
		if n.Kind() == jsonraw.Array {
			p, n = append(p, path.Element(i-w.IntN(2)*n.Len())), n.Child(i)
			continue
		}
		i, _ = n.Find(n.Name(i)) // of two with one name the last
		p, n = append(p, path.Member(n.Name(i))), n.Child(i)
	}
	for there = true; len(p) == 0 || w.IntN(3) == 0; there = false {
		p = append(p, path.Member("new"))
	}
	return p, there
}

// TestSetProperties: whatever the document, the path and the value, what was set is what is read,
// every other byte is what it was, and what is set back gives the first document.
func TestSetProperties(t *testing.T) {
	t.Parallel()
	w := writer{rand.New(rand.NewPCG(1, 2))}
	for n := range 10_000 {
		doc := w.container(4)
		if doc[0] != '{' {
			doc = `{"list":` + doc + `}`
		}
		root := tree.New([]byte(doc))
		p, there := w.somewhere(root)
		value := w.value(2)
		for jsonraw.Check([]byte(value)) != nil { // a name that stands twice
			value = w.value(2)
		}
		checkSet(t, root, p, value, there)
		if t.Failed() {
			t.Fatalf("document %d: %s", n, doc)
		}
	}
}

// checkSet sets a value, and checks what became of it.
func checkSet(t *testing.T, root *tree.Node, p path.Path, value string, there bool) {
	t.Helper()
	was, _, missing := path.Get(root, p)
	now, _, err := path.Set(root, p, tree.New([]byte(value)))
	var fault *path.Error
	switch {
	case errors.As(err, &fault):
		if there {
			t.Errorf("%s is there, and cannot be set: %v", p, err)
		}
		return
	case err != nil:
		t.Errorf("%s: %v", p, err)
		return
	}
	if jsonraw.Check(now.Bytes()) != nil && jsonraw.Check(root.Bytes()) == nil {
		t.Errorf("%s := %s made %s, which is not JSON", p, value, now.Bytes())
	}
	got, _, err := path.Get(now, p)
	if err != nil || !jsonraw.Equal(got.Bytes(), []byte(value)) {
		t.Errorf("%s := %s made %s, with %v", p, value, now.Bytes(), err)
		return
	}
	var back *tree.Node
	if missing != nil {
		back, _, err = path.Remove(now, p)
	} else {
		back, _, err = path.Set(now, p, was)
	}
	if err != nil {
		t.Errorf("%s cannot be taken back: %v", p, err)
	}
	if missing != nil {
		if k, empty := reach(root, p); empty {
			beside(t, root.Bytes(), now.Bytes(), p[:k])
		} else {
			inserted(t, root.Bytes(), now.Bytes())
		}
		return
	}
	beside(t, root.Bytes(), now.Bytes(), p)
	beside(t, root.Bytes(), back.Bytes(), p)
	if again, _, err := path.Get(back, p); err != nil || !bytes.Equal(again.Bytes(), was.Bytes()) && !jsonraw.Equal(was.Bytes(), []byte(value)) {
		t.Errorf("%s := %s and back made\n%s, not\n%s", p, value, back.Bytes(), root.Bytes())
	}
}

// reach is how many steps of a path lead somewhere, and whether to nothing: null, or an object
// without members, the white space in which goes with the first.
func reach(root *tree.Node, p path.Path) (k int, empty bool) {
	for k = len(p); k > 0; k-- {
		if n, _, err := path.Get(root, p[:k]); err == nil {
			if inner, ok := path.Inside(n); ok {
				n = inner
			}
			return k, n.Len() == 0
		}
	}
	return 0, false
}

// beside checks that two documents are the same but for the value at a path that leads somewhere in
// the first, and gives where it is there. A string on the way is held against what it became,
// escape by escape.
func beside(t *testing.T, before, after []byte, p path.Path) (start, end int) {
	t.Helper()
	root := tree.New(before)
	lead := bytes.Index(before, root.Bytes())
	n, at := root, tree.Path{}
	held := false
	for k, step := range p {
		if _, held = path.Inside(n); held {
			p = p[k:]
			break
		}
		i := step.Index
		switch {
		case !step.Element:
			i, _ = n.Find(step.Name)
		case i < 0:
			i += n.Len()
		}
		n, at = n.Child(i), append(at, i)
	}
	start, end, _ = root.Span(at)
	start, end = start+lead, end+lead
	rest := len(before) - end
	if rest > len(after)-start || !bytes.Equal(before[:start], after[:start]) || !bytes.Equal(before[end:], after[len(after)-rest:]) {
		t.Errorf("beside %s\n%s became\n%s", p, before, after)
		return start, end
	}
	if held {
		within(t, before[start:end], after[start:len(after)-rest], p)
	}
	return start, end
}

// within is beside for a string that holds a document.
func within(t *testing.T, before, after []byte, p path.Path) {
	t.Helper()
	was, _ := jsonraw.Decode(before)
	now, ok := jsonraw.Decode(after)
	if !ok {
		t.Errorf("%s is not a string any more", after)
		return
	}
	start, end := beside(t, was, now, p)
	if !bytes.Equal(spelling(before, 0, start), spelling(after, 0, start)) ||
		!bytes.Equal(spelling(before, end, len(was)), spelling(after, end+len(now)-len(was), len(now))) {
		t.Errorf("beside %s\n%s is spelled\n%s", p, before, after)
	}
}

// spelling is how a part of the text of a string is spelled in its literal.
func spelling(literal []byte, from, to int) []byte {
	var out []byte
	body := literal[1 : len(literal)-1]
	for at := 0; len(body) > 0; {
		_, n := utf8.DecodeRune(body)
		if body[0] == '\\' {
			n = 2
			if body[1] == 'u' {
				n = 6
			}
		}
		text, _ := jsonraw.Decode([]byte(`"` + string(body[:n]) + `"`))
		// a pair of surrogates is one letter
		if next := body[n:]; n == 6 && len(next) >= 6 && next[0] == '\\' && next[1] == 'u' {
			if pair, _ := jsonraw.Decode([]byte(`"` + string(body[:12]) + `"`)); len(pair) == 4 {
				text, n = pair, 12
			}
		}
		if from <= at && at < to {
			out = append(out, body[:n]...)
		}
		at, body = at+len(text), body[n:]
	}
	return out
}

// inserted checks that one document is the other with something put in at one place.
func inserted(t *testing.T, before, after []byte) {
	t.Helper()
	head := 0
	for head < min(len(before), len(after)) && before[head] == after[head] {
		head++
	}
	tail := 0
	for tail < min(len(before), len(after))-head && before[len(before)-1-tail] == after[len(after)-1-tail] {
		tail++
	}
	if gone := before[head : len(before)-tail]; len(jsonraw.Trim(gone)) > 0 {
		t.Errorf("%s was taken out of\n%s, which became\n%s", gone, before, after)
	}
}

// FuzzSet does the same with what nobody thought of.
func FuzzSet(f *testing.F) {
	f.Add(sample, "metadata.x", "[1]")
	f.Add(sample, "messages[1].tool_calls[0].function.arguments.city", `"\u00e9"`)
	f.Add(sample, "metadata.new.deep", "null")
	f.Add(`{"s":"\"{}\""}`, "s.a", "1")
	f.Fuzz(func(t *testing.T, doc, text, value string) {
		p, err := path.Parse(text)
		if err != nil || jsonraw.Check([]byte(doc)) != nil || jsonraw.Check([]byte(value)) != nil || jsonraw.KindOf([]byte(doc)) != jsonraw.Object {
			return
		}
		checkSet(t, tree.New([]byte(doc)), p, value, false)
	})
}
