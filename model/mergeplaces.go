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
// and elements that came there in theirs stand beside it; apart tells that there was none such.
// Every byte that is not changed stands as in theirs.
func (f *Field) MergeMine(base, mine, theirs Value) (merged Value, apart bool) {
	switch {
	case mine.Equal(theirs), mine.Equal(base):
		return theirs, true
	case theirs.Equal(base):
		return mine, true
	case f.Kind.IsExact(): // a time of both would be that of nobody
		return mine, false
	}
	var m placeMerge
	var roots [3]*tree.Node
	for i, v := range []Value{base, mine, theirs} {
		if !v.IsSet() || jsonraw.Check(v.Bytes()) != nil {
			return mine, false
		}
		roots[i] = tree.New(v.Bytes())
	}
	root := m.node(roots[0], roots[1], roots[2], 0)
	return Raw(root.Bytes()), m.met == 0
}

// containMost is how many bytes the three values may have in which containing looks. To compare
// word by word takes half a second for each megabyte, and somebody waits for it.
const containMost = 1 << 20

// containing is the side that has all that the other one changed, and perhaps more: a change that
// was sent in part, say, beside the whole of it. ok is false where neither has, and for large values.
func (f *Field) containing(base, mine, theirs Value) (v Value, ok bool) {
	if base.Len()+mine.Len()+theirs.Len() > containMost {
		return Absent, false
	}
	merged, apart := f.MergeMine(base, mine, theirs)
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
	met int // in how many places both sides changed the same to different things
}

// placeDepth is how deep it looks into a value; what stands deeper is one place.
const placeDepth = 64

// node merges three nodes, nil where nothing stands.
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

// object merges by members; what mine added stands behind the others.
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

// list merges by elements, and within them where it is plain which of both sides belong together.
func (m *placeMerge) list(base, mine, theirs *tree.Node, depth int) *tree.Node {
	n := newNumbering()
	var ids [3][]int
	for i, list := range []*tree.Node{base, mine, theirs} {
		for k := range list.Len() {
			ids[i] = append(ids[i], n.of(Value{raw: list.Child(k).Bytes()}))
		}
	}
	now := theirs
	a, b := oneByOne(hunks(ids[0], ids[1])), oneByOne(hunks(ids[0], ids[2]))
	for _, r := range slices.Backward(regionsOf(len(ids[0]), ids[1], ids[2], a, b)) {
		switch r.from {
		case fromMine:
			now = swapped(now, r.theirs, children(mine, r.mine))
		case conflict:
			now = swapped(now, r.theirs, m.elements(children(base, r.base), children(mine, r.mine), children(theirs, r.theirs), depth))
		}
	}
	return now
}

func children(n *tree.Node, of span) (list []*tree.Node) {
	for i := of.start; i < of.end; i++ {
		list = append(list, n.Child(i))
	}
	return list
}

// swapped is a list with other elements in the place of some of its own.
func swapped(now *tree.Node, at span, list []*tree.Node) *tree.Node {
	for i := at.end; i > at.start+len(list); i-- {
		now = now.Remove(tree.Path{i - 1})
	}
	for k, v := range list {
		if i := at.start + k; i < at.end {
			now = now.Replace(tree.Path{i}, v)
		} else {
			now = now.Insert(tree.Path{i}, "", v)
		}
	}
	return now
}

// elements merges elements that both sides changed. Those that came stand all behind the others, or
// all ahead of them: that is what tells which elements of both sides belong together. Which of both
// it is tell the elements that are more like those of the base; where neither are, it is the one
// that has no conflict.
func (m *placeMerge) elements(base, mine, theirs []*tree.Node, depth int) []*tree.Node {
	n := len(base)
	ours, others := len(mine)-n, len(theirs)-n
	if min(ours, others) < 0 {
		m.met++
		return beside(base, mine, theirs)
	}
	var behind, ahead placeMerge
	list := slices.Concat(behind.pairs(base, mine[:n], theirs[:n], depth), behind.came(mine[n:], theirs[n:]))
	if n == 0 || ours == 0 && others == 0 {
		m.met += behind.met
		return list
	}
	other := slices.Concat(ahead.came(mine[:ours], theirs[:others]), ahead.pairs(base, mine[ours:], theirs[others:], depth))
	further := unlike(base, mine[:n]) + unlike(base, theirs[:n]) - unlike(base, mine[ours:]) - unlike(base, theirs[others:])
	switch {
	case further < 0, further == 0 && behind.met == 0 && ahead.met > 0:
		m.met += behind.met
		return list
	case further > 0, ahead.met == 0 && behind.met > 0:
		m.met += ahead.met
		return other
	}
	m.met++
	return mine
}

// beside is mine, and beside it what came in theirs, where some of the base's elements went from
// one of both.
func beside(base, mine, theirs []*tree.Node) []*tree.Node {
	n, others := len(base), len(theirs)-len(base)
	switch {
	case others <= 0:
		return mine
	case unlike(base, theirs[:n]) <= unlike(base, theirs[others:]):
		return slices.Concat(mine, theirs[n:])
	}
	return slices.Concat(theirs[:others], mine)
}

// unlike is in how many bytes elements differ from others, one by one.
func unlike(list, others []*tree.Node) (n int) {
	for i := range list {
		a, b := list[i].Bytes(), others[i].Bytes()
		head := jsonraw.SamePrefix(a, b)
		n += max(len(a), len(b)) - head - jsonraw.SameSuffix(a[head:], b[head:])
	}
	return n
}

// pairs merges elements one by one.
func (m *placeMerge) pairs(base, mine, theirs []*tree.Node, depth int) (list []*tree.Node) {
	for k := range base {
		list = append(list, m.node(base[k], mine[k], theirs[k], depth))
	}
	return list
}

// came are the elements that both sides put in the same place: one of them has all that the other
// has, in its order. Else those of mine stand first, and none is left out.
func (m *placeMerge) came(mine, theirs []*tree.Node) []*tree.Node {
	switch {
	case holdsAll(theirs, mine):
		return theirs
	case holdsAll(mine, theirs):
		return mine
	}
	m.met++
	n, list, there := newNumbering(), slices.Clone(mine), map[int]bool{}
	for _, e := range mine {
		there[n.of(Value{raw: e.Bytes()})] = true
	}
	for _, e := range theirs {
		if !there[n.of(Value{raw: e.Bytes()})] {
			list = append(list, e)
		}
	}
	return list
}

// holdsAll tells whether a list has the elements of another in their order, and perhaps more.
func holdsAll(list, others []*tree.Node) bool {
	for _, n := range list {
		if len(others) > 0 && meansSame(n, others[0]) {
			others = others[1:]
		}
	}
	return len(others) == 0
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
	s := mergeTexts(texts[0], texts[1], texts[2])
	var b strings.Builder
	for _, r := range s.regions {
		if r.from == conflict {
			write(&b, m.lines(cut(s.base, r.base), cut(s.mine, r.mine), cut(s.theirs, r.theirs)))
		} else {
			write(&b, s.taken(r))
		}
	}
	raw, err := respelled(theirs.Bytes(), texts[2], b.String())
	if err != nil {
		return m.meet(mine)
	}
	return tree.New(raw)
}

// inside merges strings that hold JSON, such as the arguments of a call; nil where they do not.
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

// lines merges lines that both sides changed: as one text, or line by line where there are as many
// on all sides.
func (m *placeMerge) lines(base, mine, theirs []string) (merged []string) {
	var all placeMerge
	text := all.words(strings.Join(base, ""), strings.Join(mine, ""), strings.Join(theirs, ""))
	if all.met == 0 {
		return []string{text}
	}
	if len(base) != len(mine) || len(base) != len(theirs) {
		m.met++
		return mine
	}
	for i := range base {
		merged = append(merged, m.line(base[i], mine[i], theirs[i]))
	}
	return merged
}

func (m *placeMerge) line(base, mine, theirs string) string {
	switch {
	case mine == theirs, mine == base:
		return theirs
	case theirs == base:
		return mine
	}
	return m.words(base, mine, theirs)
}

// words merges by words and the white space between them. What both sides changed has to be apart,
// or the same.
func (m *placeMerge) words(base, mine, theirs string) string {
	known := map[string]int{}
	_, a := wordsOf(base, known)
	ours, b := wordsOf(mine, known)
	others, c := wordsOf(theirs, known)
	if touch(hunks(a, b), hunks(a, c), b, c) {
		m.met++
		return mine
	}
	var text strings.Builder
	for _, r := range merge3(a, b, c) {
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

// stops stand between the words of scripts that are written without spaces.
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

// touch tells whether hunks of both sides, of the same base, cannot both be taken without being the
// same change. Beside what the other side changed nothing is put in: a word could be glued to one
// of a line that lost its end.
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
