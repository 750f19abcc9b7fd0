package tree_test

import (
	"bytes"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"errata/model/jsonraw"
	"errata/model/tree"
)

const pretty = `{
  "role" : "user",
  "parts": [ "a" , "b" ],
  "empty": { },
  "one": [1]
}`

// TestSpacing shows where an edit leaves the text as it is, and in whose way it writes.
func TestSpacing(t *testing.T) {
	one, two := tree.New([]byte("1")), tree.New([]byte("2"))
	for name, c := range map[string]struct {
		doc, want string
		edit      func(n *tree.Node) *tree.Node
	}{
		"replace": {pretty, strings.Replace(pretty, `"user"`, "1", 1),
			func(n *tree.Node) *tree.Node { return n.Replace(tree.Path{0}, one) }},
		"insert between": {pretty, strings.Replace(pretty, `"a" , "b"`, `"a" , 1 , "b"`, 1),
			func(n *tree.Node) *tree.Node { return n.Insert(tree.Path{1, 1}, "", one) }},
		"insert first": {pretty, strings.Replace(pretty, `[ "a" , "b"`, `[ 1 , "a" , "b"`, 1),
			func(n *tree.Node) *tree.Node { return n.Insert(tree.Path{1, 0}, "", one) }},
		"append a member": {pretty, strings.Replace(pretty, "[1]\n", "[1],\n  \"x\": 2\n", 1),
			func(n *tree.Node) *tree.Node { return n.Insert(tree.Path{4}, "x", two) }},
		"insert a first member": {pretty, strings.Replace(pretty, "{\n", "{\n  \"x\" : 2,\n", 1),
			func(n *tree.Node) *tree.Node { return n.Insert(tree.Path{0}, "x", two) }},
		"fill an empty object": {pretty, strings.Replace(pretty, `{ }`, `{"x": 2}`, 1),
			func(n *tree.Node) *tree.Node { return n.Insert(tree.Path{2, 0}, "x", two) }},
		"a second element": {pretty, strings.Replace(pretty, `[1]`, `[1, 2]`, 1),
			func(n *tree.Node) *tree.Node { return n.Insert(tree.Path{3, 1}, "", two) }},
		"a second element where it is tight": {`[[1],3]`, `[[1,2],3]`,
			func(n *tree.Node) *tree.Node { return n.Insert(tree.Path{0, 1}, "", two) }},
		"remove first": {pretty, strings.Replace(pretty, "\"role\" : \"user\",\n  ", "", 1),
			func(n *tree.Node) *tree.Node { return n.Remove(tree.Path{0}) }},
		"remove last": {pretty, strings.Replace(pretty, ",\n  \"one\": [1]", "", 1),
			func(n *tree.Node) *tree.Node { return n.Remove(tree.Path{3}) }},
		"remove the only one": {pretty, strings.Replace(pretty, "[1]", "[]", 1),
			func(n *tree.Node) *tree.Node { return n.Remove(tree.Path{3, 0}) }},
		"move": {pretty, strings.Replace(pretty, `"a" , "b"`, `"b" , "a"`, 1),
			func(n *tree.Node) *tree.Node { return n.Move(tree.Path{1, 0}, 1) }},
		"move a member with its name": {`{"a":1, "b" : 2}`, `{"b" : 2, "a":1}`,
			func(n *tree.Node) *tree.Node { return n.Move(tree.Path{1}, 0) }},
		"rename": {pretty, strings.Replace(pretty, `"role"`, `"who\"?"`, 1),
			func(n *tree.Node) *tree.Node {
				m, err := n.Rename(tree.Path{0}, `who"?`)
				if err != nil {
					t.Error(err)
				}
				return m
			}},
		"a name that is not a text": {`{}`, "{\"a\uFFFD\":1}",
			func(n *tree.Node) *tree.Node { return n.Insert(tree.Path{0}, "a\xff", one) }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := tree.New([]byte(c.doc))
			m := c.edit(n)
			if got := string(m.Bytes()); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
			if string(n.Bytes()) != c.doc {
				t.Errorf("the value edited has become\n%s", n.Bytes())
			}
			spread(t, n, m)
		})
	}
}

func TestWhatIsTheSameStaysTheSame(t *testing.T) {
	t.Parallel()
	n := tree.New([]byte(pretty))
	renamed, err := n.Rename(tree.Path{0}, "role")
	for name, m := range map[string]*tree.Node{
		"its own child": n.Replace(tree.Path{1}, n.Child(1)),
		"equal bytes":   n.Replace(tree.Path{1, 0}, tree.New([]byte(` "a" `))),
		"itself":        n.Replace(nil, n),
		"no move":       n.Move(tree.Path{1, 1}, 1),
		"its own name":  renamed,
		"read again":    tree.New(n.Bytes()),
	} {
		if !m.Same(n) {
			t.Errorf("%s: it is another (%v)", name, err)
		}
	}
	if n.Replace(tree.Path{1, 0}, tree.New([]byte(`"\u0061"`))).Same(n) {
		t.Error("another literal is the same")
	}
	var none *tree.Node
	if none.Same(n) || n.Same(none) || !none.Same(nil) {
		t.Error("nil is the same as a node, or not as nil")
	}
}

func TestUntouchedLiteralsAreShared(t *testing.T) {
	t.Parallel()
	doc := []byte(`{"digits": 1.10e+2, "text": "\u00e9\/", "list": [1,  2], "twice": 1, "twice": 2}`)
	n := tree.New(doc)
	m := n.Replace(tree.Path{3}, tree.New([]byte("9"))).Insert(tree.Path{0}, "new", tree.List()).Move(tree.Path{1}, 5)
	for i, want := range []string{"new", "text", "list", "twice", "twice", "digits"} {
		if m.Name(i) != want {
			t.Errorf("member %d is %q, want %q", i, m.Name(i), want)
		}
	}
	for _, name := range []string{"digits", "text", "list"} {
		i, _ := m.Find(name)
		j, _ := n.Find(name)
		if a, b := m.Child(i).Bytes(), n.Child(j).Bytes(); &a[0] != &b[0] || len(a) != len(b) {
			t.Errorf("%s is %s, not the bytes of %s", name, a, b)
		}
	}
	if text, ok := m.Child(1).Text(); text != "é/" || !ok {
		t.Errorf("text %q", text)
	}
	if text, whole := m.Child(1).TextPrefix(1); text != "é" || whole {
		t.Errorf("prefix %q, %v", text, whole)
	}
	if _, ok := m.Text(); ok {
		t.Error("an object has a text")
	}
}

func TestMade(t *testing.T) {
	t.Parallel()
	text, err := tree.Text("a\n")
	if err != nil {
		t.Fatal(err)
	}
	n, err := tree.Object(tree.Entry{"role", text}, tree.Entry{"parts", tree.List(tree.New([]byte("null")), text)})
	if err != nil || string(n.Bytes()) != `{"role":"a\n","parts":[null,"a\n"]}` || n.Size() != len(n.Bytes()) {
		t.Errorf("%s, size %d, %v", n.Bytes(), n.Size(), err)
	}
	if none, err := tree.Object(); err != nil || string(none.Bytes()) != "{}" || string(tree.List().Bytes()) != "[]" {
		t.Errorf("%s, %v", none.Bytes(), err)
	}
	if _, err := tree.Text("\xff"); err == nil {
		t.Error("bytes that are no text make a string")
	}
	if _, err := tree.Object(tree.Entry{"\xff", text}); err == nil {
		t.Error("bytes that are no text make a name")
	}
	if _, err := n.Rename(tree.Path{0}, "\xff"); err == nil {
		t.Error("bytes that are no text rename a member")
	}
	many := make([]*tree.Node, 1000)
	for i := range many {
		many[i] = tree.New(fmt.Appendf(nil, "%d", i))
	}
	if list := tree.List(many...); list.Len() != 1000 || string(list.Child(777).Bytes()) != "777" || jsonraw.Check(list.Bytes()) != nil {
		t.Errorf("a list of 1,000 has %d: %.50s", list.Len(), list.Bytes())
	}
}

func TestMistakesPanic(t *testing.T) {
	t.Parallel()
	n, one := tree.New([]byte(`{"a":[1],"b":2}`)), tree.New([]byte("1"))
	for name, f := range map[string]func(){
		"child":                 func() { n.Child(2) },
		"name of a scalar's":    func() { one.Name(0) },
		"replace":               func() { n.Replace(tree.Path{0, 1}, one) },
		"insert at the root":    func() { n.Insert(nil, "", one) },
		"insert too far":        func() { n.Insert(tree.Path{0, 2}, "", one) },
		"insert into a scalar":  func() { n.Insert(tree.Path{1, 0}, "", one) },
		"remove the root":       func() { n.Remove(nil) },
		"remove what is not":    func() { n.Remove(tree.Path{-1}) },
		"move too far":          func() { n.Move(tree.Path{0}, 2) },
		"rename in an array":    func() { _, _ = n.Rename(tree.Path{0, 0}, "x") },
		"rename what is not":    func() { _, _ = n.Rename(tree.Path{2}, "x") },
		"insert below a scalar": func() { n.Insert(tree.Path{1, 0, 0}, "", one) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			defer func() {
				if text, ok := recover().(string); !ok || !strings.HasPrefix(text, "tree: ") {
					t.Errorf("it panics with %q", text)
				}
			}()
			f()
		})
	}
	if _, ok := n.At(tree.Path{0, 1}); ok {
		t.Error("there is something where nothing is")
	}
	if _, _, ok := n.Span(tree.Path{1, 0}); ok {
		t.Error("there is a span where nothing is")
	}
	if _, ok := n.Find("c"); ok {
		t.Error("a name is found that is not there")
	}
}

// listOf makes a list of n elements of about 40 bytes.
func listOf(n int) []byte {
	var b bytes.Buffer
	for i := range n {
		fmt.Fprintf(&b, `, {"role": "user", "content": "%08d"}`, i)
	}
	return append(append([]byte{'['}, b.Bytes()[2:]...), ']')
}

// TestLongListsAreCheap compares the cost of edits of a list with that of one a hundred times as
// long, by what they allocate and by the time that they take at best.
func TestLongListsAreCheap(t *testing.T) {
	short, quick := editsOf(t, 500)
	long, slow := editsOf(t, 50_000)
	for range 4 { // another program may have had the processor
		_, again := editsOf(t, 500)
		quick = min(quick, again)
		_, again = editsOf(t, 50_000)
		slow = min(slow, again)
	}
	if long > 8*short {
		t.Errorf("edits of 50,000 elements make %d bytes, of 500 %d", long, short)
	}
	if slow > 20*quick {
		t.Errorf("edits of 50,000 elements take %v, of 500 %v", slow, quick)
	}
}

// editsOf edits a list of n elements all over, and says what that cost.
func editsOf(t *testing.T, n int) (made uint64, took time.Duration) {
	t.Helper()
	root := tree.New(listOf(n))
	root.Len()
	value := tree.New([]byte(`"new"`))
	var start, end runtime.MemStats
	runtime.ReadMemStats(&start)
	from := time.Now()
	for k := range 200 {
		i := k * (n - 1) / 200
		changed := root.Replace(tree.Path{i, 1}, value)
		if at, del, ins := changed.Since(root); del != 8 && del != 9 || len(ins) > 4 || at == 0 {
			t.Fatalf("one text changed is %q for %d bytes at %d", ins, del, at)
		}
		grown := changed.Insert(tree.Path{i}, "", value)
		if at, del, ins := grown.Since(changed); del != 0 || len(ins) != 7 || at == 0 {
			t.Fatalf("one value more is %q for %d bytes at %d", ins, del, at)
		}
		root = grown.Move(tree.Path{i}, i+1).Remove(tree.Path{i})
	}
	took = time.Since(from)
	runtime.ReadMemStats(&end)
	if root.Len() != n || root.Size() != len(root.Bytes()) {
		t.Fatalf("%d elements of %d bytes", root.Len(), root.Size())
	}
	return end.TotalAlloc - start.TotalAlloc, took
}

// TestRemovalsAreNotRead takes a large value out of a list: neither it nor its neighbours are put
// together to find that out.
func TestRemovalsAreNotRead(t *testing.T) {
	doc := []byte(`["a", "` + strings.Repeat("x", 8<<20) + `", {"b": "` + strings.Repeat("y", 8<<20) + `"}]`)
	n := tree.New(doc)
	n.Len()
	var start, end runtime.MemStats
	runtime.ReadMemStats(&start)
	for _, m := range []*tree.Node{n.Remove(tree.Path{1}), n.Remove(tree.Path{0}), n.Remove(tree.Path{2})} {
		at, del, ins := m.Since(n)
		if len(ins) > 4 || m.Size() != len(doc)-del+len(ins) {
			t.Errorf("%d bytes at %d become %d", del, at, len(ins))
		}
		if at, del, ins := n.Since(m); del > 4 || at+len(ins) > len(doc) {
			t.Errorf("put back, %d bytes become %d", del, len(ins))
		}
	}
	runtime.ReadMemStats(&end)
	if made := end.TotalAlloc - start.TotalAlloc; made > 17<<20 { // the two that are put back
		t.Errorf("%d bytes were made", made)
	}
}

func TestDeep(t *testing.T) {
	t.Parallel()
	const depth = 9_999
	for name, doc := range map[string]string{
		"lists":   strings.Repeat("[", depth) + "1" + strings.Repeat("]", depth),
		"objects": strings.Repeat(`{"a":`, depth) + "1" + strings.Repeat("}", depth),
		"long":    strings.Repeat(`["`+strings.Repeat("x", 100)+`",`, depth) + "1" + strings.Repeat("]", depth),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := tree.New([]byte(doc))
			p := make(tree.Path, depth)
			for i := range p {
				p[i] = n.Len() - 1
			}
			m := n.Replace(p, tree.New([]byte("2")))
			if want := strings.Replace(doc, "1", "2", 1); string(m.Bytes()) != want {
				t.Error("the edit at the bottom is another")
			}
			spread(t, n, m)
			start, end, ok := m.Span(p)
			if !ok || end-start != 1 || fmt.Sprint(m.PathTo(start)) != fmt.Sprint(p) {
				t.Errorf("the bottom is at %d to %d, %v", start, end, ok)
			}
			if at, ok := m.At(p); !ok || string(at.Bytes()) != "2" {
				t.Error("the bottom is not found")
			}
		})
	}
}

// TestReadingTogether reads one tree from many goroutines that all look into it for the first time.
func TestReadingTogether(t *testing.T) {
	t.Parallel()
	n := tree.New(listOf(3000))
	edited := n.Insert(tree.Path{1500}, "", tree.List())
	var group sync.WaitGroup
	found := make([]*tree.Node, 8)
	for k := range found {
		group.Go(func() {
			for i := range n.Len() {
				n.Child(i).Len()
				if _, ok := edited.Child(i).Find("content"); !ok && i != 1500 {
					t.Errorf("child %d has no content", i)
				}
			}
			found[k] = n.Child(2999)
		})
	}
	group.Wait()
	for _, f := range found {
		if f != found[0] {
			t.Error("a child is several nodes")
		}
	}
}

func BenchmarkFirstLook(b *testing.B) {
	doc := listOf(100_000)
	b.SetBytes(int64(len(doc)))
	for b.Loop() {
		tree.New(doc).Len()
	}
}

func BenchmarkEditOfLongList(b *testing.B) {
	n := tree.New(listOf(50_000))
	value := tree.New([]byte("1"))
	n.Len()
	i := 0
	for b.Loop() {
		i = (i + 7919) % 50_000
		n = n.Replace(tree.Path{i}, value).Move(tree.Path{i}, 49_999-i)
	}
}

func TestLiteralIsOfWhatWasNotEdited(t *testing.T) {
	t.Parallel()
	root := tree.New([]byte(` {"a": [1, 2]} `))
	if raw, ok := root.Literal(); !ok || string(raw) != `{"a": [1, 2]}` {
		t.Errorf("%q, %v", raw, ok)
	}
	edited := root.Insert(tree.Path{1}, "b", tree.New([]byte("3")))
	if _, ok := edited.Literal(); ok {
		t.Error("a container that was edited has a literal")
	}
	if raw, ok := edited.Child(0).Literal(); !ok || string(raw) != "[1, 2]" {
		t.Errorf("%q, %v", raw, ok)
	}
}
