package find

import (
	"regexp"
	"slices"

	"errata/model/jsonraw"
	"errata/model/tree"
	"errata/ui/stringlines"
)

// maxHits is how many hits a search gives at most.
const maxHits = 100_000

// Hit is a match: in the name of the node at Path, or in the node's text. That of a string is its
// lines as decoded, that of anything else but a container its literal.
type Hit struct {
	Path       tree.Path
	Name       bool
	Line       int // of a string's text: the line, as stringlines.Text names it; else 0
	Start, End int // bytes of the name, the line or the literal
	At         int // the byte of the literal of the whole value at which it begins
	Of         int // of several values, the number of the one that it is in
}

// Options say what of a value is searched. The zero Options search all of it.
type Options struct {
	// Hides says what of a member nobody sees: its name, its value. value is the beginning of it,
	// and in the name of the member that the object, or its list, is the value of.
	Hides func(in, name string, value []byte) (hideName, hideValue bool)
	// Packed says that the text of a member is shown as the JSON that it holds, if it holds an
	// object or a list. Hits in it are those of the member, in the line 0.
	Packed func(name string) bool
	// Rank orders the members of an object as they are shown, the lowest first; nil for their own
	// order. The objects that are meant stand so many steps below the root.
	Rank  func(name string) int
	Level int
}

// order is a path by which what is shown comes in the order in which it is shown.
func (o Options) order(root *tree.Node, p tree.Path) tree.Path {
	if o.Rank == nil || len(p) <= o.Level {
		return p
	}
	up, ok := root.At(p[:o.Level])
	if !ok || up.Kind() != jsonraw.Object || p[o.Level] >= up.Len() {
		return p
	}
	p = slices.Clone(p)
	p[o.Level] += o.Rank(up.Name(p[o.Level])) << 32
	return p
}

// packedBytes is the most of a text that is taken for JSON.
const packedBytes = 256 << 10

// Walk gives all hits in a value, in the order in which it is shown, until yield refuses one. stop
// is asked again and again, with the bytes that were passed, and ends the search.
func Walk(root *tree.Node, re *regexp.Regexp, o Options, yield func(Hit) bool, stop func(passed int) bool) {
	w := &walker{root: root, re: re, probe: newProbe(re), o: o, yield: yield, stop: stop}
	w.node(root, "")
}

// walker is a search on its way.
type walker struct {
	root  *tree.Node
	re    *regexp.Regexp
	probe *Probe // nil when any text may match
	o     Options
	yield func(Hit) bool
	stop  func(int) bool

	path   []int
	in     string // the name of the member that the search is in
	passed int    // bytes of the literals that are behind
	hits   int
	ended  bool
	ranks  []int  // of the members that were passed of an object that is shown in another order
	begins origin // of the literal, or the name, that is searched
}

// origin is where in the whole value a literal begins. It is looked up when there is a hit.
type origin struct {
	depth int // of its path
	name  bool
	at    int // -1 until it was looked up
}

// begin notes that the literal at the path is searched next, or its name.
func (w *walker) begin(name bool) { w.begins = origin{len(w.path), name, -1} }

// base is the byte of the whole value at which what is searched begins.
func (w *walker) base() int {
	o := &w.begins
	if path := w.path[:o.depth]; o.at < 0 && o.name {
		o.at, _, _ = w.root.NameSpan(path)
	} else if o.at < 0 {
		o.at, _, _ = w.root.Span(path)
	}
	return o.at
}

// node searches a node, which is the member name of an object, "" elsewhere. What was edited is
// searched child by child.
func (w *walker) node(n *tree.Node, name string) {
	if raw, ok := n.Literal(); ok {
		w.begin(false)
		w.literal(raw, name, nil)
		w.passed += len(raw)
		return
	}
	was := w.enter(name)
	w.inOrder(n.Kind() == jsonraw.Object, func() { w.children(n) })
	w.in = was
}

// children searches the children of a container that was edited.
func (w *walker) children(n *tree.Node) {
	for i := 0; i < n.Len() && !w.done(w.passed); i++ {
		w.path = append(w.path, i)
		child, name := n.Child(i), ""
		hideValue := false
		if n.Kind() == jsonraw.Object {
			name = n.Name(i)
			w.rank(name)
			glimpse := []byte{byte(child.Kind())}
			if raw, ok := child.Literal(); ok {
				glimpse = raw
			}
			w.begin(true)
			hideValue = w.name(name, glimpse, n.Key(i), 0)
		}
		if !hideValue {
			w.node(child, name)
		}
		w.path = w.path[:len(w.path)-1]
	}
}

// inOrder gives the hits that walk finds in the container at the path. Those of an object whose
// members are shown in another order are held back until all are found.
func (w *walker) inOrder(object bool, walk func()) {
	if w.o.Rank == nil || !object || len(w.path) != w.o.Level {
		walk()
		return
	}
	var held []Hit
	yield := w.yield
	w.yield, w.ranks = func(h Hit) bool {
		held = append(held, h)
		return true
	}, w.ranks[:0]
	walk()
	w.yield = yield
	rank := func(h Hit) int { return w.ranks[h.Path[w.o.Level]] }
	slices.SortStableFunc(held, func(a, b Hit) int { return rank(a) - rank(b) })
	for _, h := range held {
		if !yield(h) {
			w.ended = true
			return
		}
	}
}

// rank notes the rank of the next member of an object whose members may be shown in another order.
func (w *walker) rank(name string) {
	if w.o.Rank != nil && len(w.path) == w.o.Level+1 {
		w.ranks = append(w.ranks, w.o.Rank(name))
	}
}

// enter notes the name of a container that is a member, and returns the one that it is in.
func (w *walker) enter(name string) (was string) {
	if was = w.in; name != "" {
		w.in = name
	}
	return was
}

// literal searches a literal. Hits in one that is within a text are those of the text.
func (w *walker) literal(raw []byte, name string, within *text) {
	s := scan{walker: w, raw: raw, within: within}
	if w.probe != nil {
		s.places, s.near = w.probe.Over(raw), -1
		if !s.may(0, len(raw)) {
			return
		}
	}
	s.value(0, name)
}

func (w *walker) done(passed int) bool {
	w.ended = w.ended || w.hits >= maxHits || w.stop(passed)
	return w.ended
}

// name searches the name of the member at the path, whose literal begins at a byte of what is
// searched, and reports whether its value is hidden.
func (w *walker) name(name string, value, literal []byte, at int) (hideValue bool) {
	hide := false
	if w.o.Hides != nil {
		hide, hideValue = w.o.Hides(w.in, name, value)
	}
	if !hide {
		t := text{name: true}
		w.matches(&t, 0, piece{of: name, raw: stringlines.Inside(literal), at: at + 1})
	}
	return hideValue
}

// text is what hits are counted in: a name, or the text of a node.
type text struct {
	name bool
	path tree.Path // once there is a hit
	// of a text that is shown as the JSON that it holds: the string, and where it begins
	packed *stringlines.Cursor
	at     int
	lead   int // the white space ahead of the JSON
}

// piece is something that is searched as one: a name, a part of a line, a literal.
type piece struct {
	of, rest string // rest continues with it behind a cut
	raw      []byte // what it is written as
	at       int    // where that begins, in the literal that is searched
}

// matches gives the hits in a piece of a text.
func (w *walker) matches(t *text, line int, p piece) {
	written := stringlines.Cursor{Inside: p.raw}
	for _, at := range w.re.FindAllStringIndex(p.of+p.rest, -1) {
		if at[0] == at[1] || at[0] >= len(p.of) || w.ended {
			continue
		}
		if t.path == nil {
			t.path = slices.Clone(w.path)
		}
		h := Hit{Path: t.path, Name: t.name, Line: line, Start: at[0], End: min(at[1], len(p.of))}
		h.At = w.base() + t.place(p.at+written.Byte(at[0]))
		w.hits++
		w.ended = !w.yield(h) || w.hits >= maxHits
	}
}

// place is where a byte of a literal is in the one around it, when it is JSON that a string holds.
func (t *text) place(at int) int {
	if t.packed == nil {
		return at
	}
	return t.at + t.packed.Byte(t.lead+at)
}

// lines searches the lines of a string's literal, which begins at a byte of what is searched. next
// tells the first place from a byte of it on at which a match can be, the end of it when there is
// none.
func (w *walker) lines(t *text, raw stringlines.Parts, begin int, next func(from int) int) {
	for at, more := raw.First(), true; more && !w.done(w.passed+begin+at); {
		near := next(at)
		if near >= raw.End() {
			return
		}
		if near-overlap > at {
			at = raw.Start(near - overlap)
		}
		end, after := raw.Stop(at)
		rest := ""
		if after == end && end < raw.End() && !raw.IsWhole(end) {
			rest = raw.Line(end)
			rest = rest[:min(len(rest), overlap)]
		}
		line := at
		if t.packed != nil {
			line = 0
		}
		if !raw.IsWhole(at) {
			w.matches(t, line, piece{raw.Decode(at, end), rest, raw.Text[at:end], begin + at})
		}
		at, more = raw.After(at)
	}
}
