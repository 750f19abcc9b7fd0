package find

import (
	"regexp"
	"slices"

	"errata/model/jsonraw"
	"errata/model/tree"
	"errata/ui/stringlines"
)

// MaxHits is how many hits a search gives at most.
const MaxHits = 100_000

// Hit is a match: in the name of the node at Path, or in the node's text. That of a string is its
// lines as decoded, that of anything else but a container its literal.
type Hit struct {
	Path       tree.Path
	Name       bool
	Line       int // of a string's text: the line, as stringlines.Text names it; else 0
	Start, End int // bytes of the name, the line or the literal
}

// before tells whether a hit of the same node comes ahead of another: its name is ahead of its
// text.
func (h Hit) before(other Hit) bool {
	switch {
	case h.Name != other.Name:
		return h.Name
	case h.Line != other.Line:
		return h.Line < other.Line
	}
	return h.Start < other.Start
}

// Options say what of a value is searched. The zero Options search all of it.
type Options struct {
	// Hides tells what of a member nobody sees: its name, its value. value is the beginning of it,
	// and in the name of the member that the object, or its list, is the value of.
	Hides func(in, name string, value []byte) (hideName, hideValue bool)
	// Packed tells that the text of a member is shown as the JSON that it holds, if it holds an
	// object or a list. Hits in it are those of the member, in the line 0.
	Packed func(name string) bool
}

// packedBytes is the most of a text that is taken for JSON.
const packedBytes = 256 << 10

// Walk gives all hits in a value, in the order of the text, until yield refuses one. stop is asked
// again and again, with the bytes that were passed, and ends the search.
func Walk(root *tree.Node, re *regexp.Regexp, o Options, yield func(Hit) bool, stop func(passed int) bool) {
	w := &walker{re: re, probe: NewProbe(re), o: o, yield: yield, stop: stop}
	w.node(root, "")
}

// walker is a search on its way.
type walker struct {
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
}

// node searches a node, which is the member name of an object, "" elsewhere. What was edited is
// searched child by child.
func (w *walker) node(n *tree.Node, name string) {
	if raw, ok := n.Literal(); ok {
		w.literal(raw, name, nil)
		w.passed += len(raw)
		return
	}
	was := w.enter(name)
	for i := 0; i < n.Len() && !w.done(w.passed); i++ {
		w.path = append(w.path, i)
		child, name := n.Child(i), ""
		hideValue := false
		if n.Kind() == jsonraw.Object {
			name = n.Name(i)
			glimpse := []byte{byte(child.Kind())}
			if raw, ok := child.Literal(); ok {
				glimpse = raw
			}
			hideValue = w.name(name, glimpse)
		}
		if !hideValue {
			w.node(child, name)
		}
		w.path = w.path[:len(w.path)-1]
	}
	w.in = was
}

// enter notes the name of a container that is a member, and returns the one that it stands in.
func (w *walker) enter(name string) (was string) {
	if was = w.in; name != "" {
		w.in = name
	}
	return was
}

// literal searches a literal. Hits in one that stands within a text are those of the text.
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
	w.ended = w.ended || w.hits >= MaxHits || w.stop(passed)
	return w.ended
}

// name searches the name of the member at the path, and tells whether its value is hidden.
func (w *walker) name(name string, value []byte) (hideValue bool) {
	hide := false
	if w.o.Hides != nil {
		hide, hideValue = w.o.Hides(w.in, name, value)
	}
	if !hide {
		t := text{name: true}
		w.matches(&t, 0, name, "")
	}
	return hideValue
}

// text is what hits are counted in: a name, or the text of a node.
type text struct {
	name   bool
	packed bool      // it is shown as the JSON that it holds
	path   tree.Path // once there is a hit
}

// matches gives the hits in a line. rest goes on with it behind a cut.
func (w *walker) matches(t *text, line int, of, rest string) {
	for _, at := range w.re.FindAllStringIndex(of+rest, -1) {
		if at[0] == at[1] || at[0] >= len(of) || w.ended {
			continue
		}
		if t.path == nil {
			t.path = slices.Clone(w.path)
		}
		h := Hit{Path: t.path, Name: t.name, Line: line, Start: at[0], End: min(at[1], len(of))}
		w.hits++
		w.ended = !w.yield(h) || w.hits >= MaxHits
	}
}

// lines searches the lines of a string's literal. next tells the first place from a byte of it on
// at which a match can be, the end of it when there is none.
func (w *walker) lines(t *text, raw stringlines.Parts, passed int, next func(from int) int) {
	for at, more := raw.First(), true; more && !w.done(passed+at); {
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
		if t.packed {
			line = 0
		}
		if !raw.IsWhole(at) {
			w.matches(t, line, raw.Decode(at, end), rest)
		}
		at, more = raw.After(at)
	}
}
