package model

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"errata/model/jsonraw"
	"errata/model/path"
	"errata/model/tree"
)

// MergeMine merges two values of f that were both made from base, as far down as they can be
// compared: objects by their members, lists by their elements, texts by lines and within these by
// words. Where both sides changed the same place to something else that place is taken from mine,
// and elements that came there in theirs are beside it; apart says that there was none such. Every
// byte that is not changed stands as in theirs. ok is false if so much would have to be compared
// word by word that somebody waits for it.
func (f *Field) MergeMine(base, mine, theirs Value) (merged Value, apart, ok bool) {
	switch {
	case mine.Equal(theirs), mine.Equal(base):
		return theirs, true, true
	case theirs.Equal(base):
		return mine, true, true
	case f.Kind.IsExact(): // a time of both would be that of nobody
		return mine, false, true
	}
	var roots [3]*tree.Node
	for i, v := range []Value{base, mine, theirs} {
		if !v.IsSet() || jsonraw.Check(v.Bytes()) != nil {
			return mine, false, true
		}
		roots[i] = tree.New(v.Bytes())
	}
	m := placeMerge{left: comparedMost}
	root := m.node(roots[0], roots[1], roots[2], 0)
	if m.left < 0 {
		return Absent, false, false
	}
	return Raw(root.Bytes()), m.met == 0, true
}

// comparedMost is how many bytes a merge compares word by word, in all three values together. Each
// megabyte takes a fifth of a second and 60 MB.
const comparedMost = 4 << 20

// containMost is how many bytes the three values may have for containing to look at them: somebody
// is waiting for a save.
const containMost = 1 << 20

// containing is the side that has all that the other one changed, and perhaps more: a change that
// was sent in part, say, beside the whole of it. ok is false if neither has, and for large values.
func (f *Field) containing(base, mine, theirs Value) (v Value, ok bool) {
	if base.Len()+mine.Len()+theirs.Len() > containMost {
		return Absent, false
	}
	merged, apart, _ := f.MergeMine(base, mine, theirs)
	switch {
	case !apart:
		return Absent, false
	case merged.Equal(mine):
		return mine, true
	case merged.Equal(theirs):
		return theirs, true
	}
	return Absent, false
}

// placeMerge is a merge that goes down to single places.
type placeMerge struct {
	met  int // in how many places both sides changed the same to different things
	left int // how many bytes may still be compared word by word, negative where more would be
}

// placeDepth is how deep it looks into a value; what stands deeper is one place.
const placeDepth = 64

// node merges three nodes, nil if nothing is.
func (m *placeMerge) node(base, mine, theirs *tree.Node, depth int) *tree.Node {
	switch {
	case meansSame(mine, theirs), meansSame(mine, base):
		return theirs
	case meansSame(theirs, base):
		return mine
	}
	if depth < placeDepth && base != nil && mine != nil && theirs != nil && base.Kind() == mine.Kind() && mine.Kind() == theirs.Kind() {
		switch theirs.Kind() {
		case jsonraw.Object:
			return m.object(base, mine, theirs, depth+1)
		case jsonraw.Array:
			return m.list(base, mine, theirs, depth+1)
		case jsonraw.String:
			return m.text(base, mine, theirs, depth+1)
		}
	}
	return m.meet(mine)
}

// meet notes that both sides changed the same place, which is taken from mine.
func (m *placeMerge) meet(mine *tree.Node) *tree.Node {
	m.met++
	return mine
}

func meansSame(a, b *tree.Node) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Same(b) || jsonraw.Equal(a.Bytes(), b.Bytes())
}

// object merges by members; what mine added is behind the others.
func (m *placeMerge) object(base, mine, theirs *tree.Node, depth int) *tree.Node {
	was, is, has := membersOf(base), membersOf(mine), membersOf(theirs)
	now := theirs
	for i := theirs.Len() - 1; i >= 0; i-- {
		name := theirs.Name(i)
		if v := m.node(was[name], is[name], theirs.Child(i), depth); v != nil {
			now = now.Replace(tree.Path{i}, v)
		} else {
			now = now.Remove(tree.Path{i})
		}
	}
	for i := range mine.Len() {
		name := mine.Name(i)
		if has[name] != nil {
			continue
		}
		v := m.node(was[name], mine.Child(i), nil, depth)
		switch {
		case v == nil:
		case !utf8.ValidString(name): // it could not be written again
			return m.meet(mine)
		default:
			now = now.Insert(tree.Path{now.Len()}, name, v)
		}
	}
	return now
}

func membersOf(n *tree.Node) map[string]*tree.Node {
	list := make(map[string]*tree.Node, n.Len())
	for i := range n.Len() {
		list[n.Name(i)] = n.Child(i)
	}
	return list
}

// text merges strings: what is JSON in them as that, any other text by lines and, where these are
// in conflict, by words.
func (m *placeMerge) text(base, mine, theirs *tree.Node, depth int) *tree.Node {
	if now := m.inside(base, mine, theirs, depth); now != nil {
		return now
	}
	var texts [3]string
	for i, n := range []*tree.Node{base, mine, theirs} {
		text, ok := n.Text()
		if !ok {
			return m.meet(mine)
		}
		texts[i] = text
	}
	raw, err := respelled(theirs.Bytes(), texts[2], m.texts(texts))
	if err != nil {
		return m.meet(mine)
	}
	return tree.New(raw)
}

// texts merges by lines.
func (m *placeMerge) texts(of [3]string) string {
	s := mergeTexts(of[0], of[1], of[2])
	if len(s.base)+len(s.mine)+len(s.theirs) <= largeMerge {
		if l, ok := newLineMerge(of); ok && l.moves() {
			return m.byLines(l)
		}
	}
	moved := s.moved()
	var b strings.Builder
	for _, r := range s.regions {
		switch {
		case r.twice:
			m.met++
			write(&b, s.once(r, moved))
		case r.from == conflict:
			b.WriteString(m.lines([3]string{strings.Join(cut(s.base, r.base), ""), strings.Join(cut(s.mine, r.mine), ""), strings.Join(cut(s.theirs, r.theirs), "")}))
		default:
			write(&b, s.taken(r))
		}
	}
	return b.String()
}

// inside merges strings that hold JSON, such as the arguments of a call; nil if they do not.
func (m *placeMerge) inside(base, mine, theirs *tree.Node, depth int) *tree.Node {
	was, ok := path.Inside(base)
	is, ours := path.Inside(mine)
	has, others := path.Inside(theirs)
	if !ok || !ours || !others {
		return nil
	}
	now, err := tree.Text(string(m.node(was, is, has, depth).Bytes()))
	if err != nil {
		return m.meet(mine)
	}
	return now
}

// lines merges lines that both sides changed: as one text, or else one by one.
func (m *placeMerge) lines(of [3]string) string {
	all := placeMerge{left: m.left}
	text := all.words(of[0], of[1], of[2])
	if m.left = all.left; all.met == 0 {
		return text
	}
	if l, ok := newLineMerge(of); ok {
		return m.byLines(l)
	}
	m.met++
	return of[1]
}

// words merges by words and the white space between them. What both sides changed has to be apart,
// or the same.
func (m *placeMerge) words(base, mine, theirs string) string {
	if m.left -= len(base) + len(mine) + len(theirs); m.left < 0 {
		return mine
	}
	known := map[string]int{}
	_, a := wordsOf(base, known)
	ours, b := wordsOf(mine, known)
	others, c := wordsOf(theirs, known)
	toMine, toTheirs := hunks(a, b), hunks(a, c)
	regions := mergeHunks(a, b, c, toMine, toTheirs)
	if touch(toMine, toTheirs, b, c) || slices.ContainsFunc(regions, func(r region) bool { return r.twice }) {
		m.met++
		return mine
	}
	var text strings.Builder
	for _, r := range regions {
		if r.from == fromMine {
			write(&text, cut(ours, r.mine))
		} else {
			write(&text, cut(others, r.theirs))
		}
	}
	return text.String()
}

// wordsOf cuts a text into words and numbers them, the same word by the same number.
func wordsOf(text string, known map[string]int) (list []string, ids []int) {
	for text != "" {
		n := wordLen(text)
		id, ok := known[text[:n]]
		if !ok {
			id = len(known)
			known[text[:n]] = id
		}
		list, ids = append(list, text[:n]), append(ids, id)
		text = text[n:]
	}
	return list, ids
}

// stops are between the words of scripts that are written without spaces.
const stops = "。！？、，"

// wordLen is the length of the white space, or the stop, that a text begins with, or else of all
// up to the next: a date, an address or a number of many signs is one word, which no merge takes
// apart.
func wordLen(text string) int {
	first, size := utf8.DecodeRuneInString(text)
	if strings.ContainsRune(stops, first) {
		return size
	}
	blank := unicode.IsSpace(first)
	n := strings.IndexFunc(text, func(r rune) bool { return unicode.IsSpace(r) != blank || strings.ContainsRune(stops, r) })
	if n < 0 {
		return len(text)
	}
	return n
}

// touch reports whether hunks of both sides, of the same base, cannot both be taken without being
// the same change. Beside what the other side changed nothing is put in: a word could be glued to
// one of a line that lost its end.
func touch(a, b []hunk, mine, theirs []int) bool {
	for len(a) > 0 && len(b) > 0 {
		h, g := a[0], b[0]
		meet := h.base.end == g.base.start || g.base.end == h.base.start
		near := h.collides(g) || meet && min(h.base.len(), g.base.len()) == 0
		if near && (h.base != g.base || !slices.Equal(cut(mine, h.side), cut(theirs, g.side))) {
			return true
		}
		if h.base.end <= g.base.end {
			a = a[1:]
		}
		if g.base.end <= h.base.end {
			b = b[1:]
		}
	}
	return false
}
