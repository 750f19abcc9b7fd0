package model

import (
	"slices"
	"strings"
	"unicode"

	"errata/model/jsonraw"
	"errata/model/tree"
)

// oneOf is one of the lists that are merged, of elements or of lines.
type oneOf struct {
	ids     []int                               // equal for what means the same, in any of the lists
	literal func(i int) []byte                  // of an element
	holds   func(i int, word func(string) bool) // yields its words
	words   map[int][]int
	number  map[string]int // of the words
}

func elementsOf(list *tree.Node, means *numbering, words map[string]int) *oneOf {
	o := &oneOf{words: map[int][]int{}, number: words}
	for k := range list.Len() {
		o.ids = append(o.ids, means.of(Value{raw: list.Child(k).Bytes()}))
	}
	o.literal = func(i int) []byte { return list.Child(i).Bytes() }
	o.holds = func(i int, word func(string) bool) { wordsIn(list.Child(i), 0, word) }
	return o
}

func linesOf(lines []string, known, words map[string]int) *oneOf {
	o := &oneOf{words: map[int][]int{}, number: words}
	for _, line := range lines {
		if _, ok := known[line]; !ok {
			known[line] = len(known)
		}
		o.ids = append(o.ids, known[line])
	}
	o.literal = func(i int) []byte { return []byte(lines[i][:min(len(lines[i]), textMost)]) }
	o.holds = func(i int, word func(string) bool) { wordsOfText(lines[i][:min(len(lines[i]), textMost)], word) }
	return o
}

// Elements are compared by their first wordsMost words, and by the first textMost bytes of each of
// their texts.
const (
	wordsMost = 256
	textMost  = 1 << 10
)

// wordsOf lists the words in an element's values, as sorted numbers.
func (o *oneOf) wordsOf(i int) []int {
	list, known := o.words[i]
	if !known {
		o.holds(i, func(word string) (more bool) {
			if _, known := o.number[word]; !known {
				o.number[word] = len(o.number)
			}
			list = append(list, o.number[word])
			return len(list) < wordsMost
		})
		slices.Sort(list)
		o.words[i] = list
	}
	return list
}

// wordsIn calls word for the words in a value for as long as it wants more, and reports whether it
// does.
func wordsIn(n *tree.Node, depth int, word func(string) bool) (more bool) {
	switch n.Kind() {
	case jsonraw.Object, jsonraw.Array:
		for i := 0; i < n.Len() && depth < placeDepth; i++ {
			if !wordsIn(n.Child(i), depth+1, word) {
				return false
			}
		}
		return true
	case jsonraw.String:
		text, _ := n.TextPrefix(textMost)
		return wordsOfText(text, word)
	}
	return wordsOfText(string(n.Bytes()), word)
}

func wordsOfText(text string, word func(string) bool) (more bool) {
	for w := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if !word(w) {
			return false
		}
	}
	return true
}

// shared counts the numbers that two sorted lists have in common.
func shared(a, b []int) (n int) {
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] < b[0]:
			a = a[1:]
		case a[0] > b[0]:
			b = b[1:]
		default:
			a, b, n = a[1:], b[1:], n+1
		}
	}
	return n
}

// pairing matches the elements of a side with those of the base.
type pairing struct {
	base, side *oneOf
	hunks      []hunk         // between what they mean
	others     map[int][]span // what came on the other side, and in the place of what
	of         []int          // for each element of the side the one of the base, or came
	taken      []bool         // the elements of the base that are one of the side
}

// placesOf maps each element that hunks put into a side to the stretches of the base it replaces.
func placesOf(ids []int, hunks []hunk) map[int][]span {
	places := map[int][]span{}
	for _, h := range hunks {
		for _, id := range cut(ids, h.side) {
			if list := places[id]; len(list) == 0 || list[len(list)-1] != h.base {
				places[id] = append(list, h.base)
			}
		}
	}
	return places
}

// came stands for the partner of an element that has none in the base.
const came = -1

// partners finds for each element of the side the one of the base that it was: first those that
// mean the same, in place or moved; then those that are similar, in place or moved. What is left
// between these is paired in order, wherever there are as many elements as in the base.
func partners(base, side *oneOf, hunks []hunk, others map[int][]span) []int {
	p := &pairing{base, side, hunks, others, make([]int, len(side.ids)), make([]bool, len(base.ids))}
	p.pairKept()
	p.pairMoved()
	var places []hunk
	for _, h := range hunks {
		places = append(places, p.pairAlike(h)...)
	}
	p.pairMovedAlike()
	for _, h := range places {
		base, side := p.left(h)
		if len(base) == len(side) {
			for k, j := range side {
				p.pair(base[k], j)
			}
		}
	}
	return p.of
}

func (p *pairing) pair(i, j int) { p.of[j], p.taken[i] = i, true }

// left lists the elements of a hunk that have no partner yet.
func (p *pairing) left(h hunk) (base, side []int) {
	for i := h.base.start; i < h.base.end; i++ {
		if !p.taken[i] {
			base = append(base, i)
		}
	}
	for j := h.side.start; j < h.side.end; j++ {
		if p.of[j] == came {
			side = append(side, j)
		}
	}
	return base, side
}

// allLeft lists those of all hunks.
func (p *pairing) allLeft() (base, side []int) {
	for _, h := range p.hunks {
		b, s := p.left(h)
		base, side = append(base, b...), append(side, s...)
	}
	return base, side
}

func (p *pairing) pairKept() {
	i, j := 0, 0
	for _, h := range append(slices.Clone(p.hunks), hunk{span{len(p.taken), len(p.taken)}, span{len(p.of), len(p.of)}}) {
		for ; j < h.side.start; i, j = i+1, j+1 {
			p.pair(i, j)
		}
		for ; j < h.side.end; j++ {
			p.of[j] = came
		}
		i = h.base.end
	}
}

func (p *pairing) pairMoved() {
	base, side := p.allLeft()
	gone := map[int][]int{}
	for _, i := range base {
		gone[p.base.ids[i]] = append(gone[p.base.ids[i]], i)
	}
	for _, j := range side {
		id := p.side.ids[j]
		if same := gone[id]; len(same) > 0 {
			p.pair(same[0], j)
			gone[id] = same[1:]
		}
	}
}

// pairsMost limits how many pairs of elements are compared to find similar ones.
const pairsMost = 1 << 16

// pairAlike pairs those of a place that are alike, in order, so that what all pairs have in common
// is most. It gives the places between them.
func (p *pairing) pairAlike(h hunk) (between []hunk) {
	base, side := p.left(h)
	if len(base)*len(side) > pairsMost {
		return []hunk{h}
	}
	most := make([][]int, len(base)+1) // in common of those from i and j on
	most[len(base)] = make([]int, len(side)+1)
	common := make([][]int, len(base))
	for i := len(base) - 1; i >= 0; i-- {
		most[i], common[i] = make([]int, len(side)+1), make([]int, len(side))
		for j := len(side) - 1; j >= 0; j-- {
			common[i][j] = p.common(base[i], side[j])
			most[i][j] = max(most[i+1][j], most[i][j+1], most[i+1][j+1]+common[i][j])
		}
	}
	for i, j := 0, 0; i < len(base) && j < len(side); {
		switch most[i][j] {
		case most[i+1][j]:
			i++
		case most[i][j+1]:
			j++
		default:
			p.pair(base[i], side[j])
			between = append(between, hunk{span{h.base.start, base[i]}, span{h.side.start, side[j]}})
			h.base.start, h.side.start = base[i]+1, side[j]+1
			i, j = i+1, j+1
		}
	}
	return append(between, h)
}

// pairMovedAlike pairs each that is left with the one that it is most like, wherever that stood.
func (p *pairing) pairMovedAlike() {
	base, side := p.allLeft()
	if len(base)*len(side) > pairsMost {
		return
	}
	for _, j := range side {
		best, most := came, 0
		for _, i := range base {
			if n := p.common(i, j); n > most && !p.taken[i] && p.muchAlike(i, j) {
				best, most = i, n
			}
		}
		if best != came {
			p.pair(best, j)
		}
	}
}

// common is what two elements have in common, zero if they are not alike: half of their words, and
// of those that have as many, what they begin and end with. An element that came on both sides is
// one of a pair where both put it in the place of the same.
func (p *pairing) common(i, j int) int {
	places := p.others[p.side.ids[j]]
	at, _ := slices.BinarySearchFunc(places, i, func(s span, i int) int { return s.end - i - 1 })
	also := at < len(places) && places[at].start <= i
	if len(places) > 0 && !also {
		return 0
	}
	a, b := p.base.wordsOf(i), p.side.wordsOf(j)
	n := shared(a, b)
	if !also && 2*n < max(len(a), len(b)) {
		return 0
	}
	return 1 + n*endsMost + ends(p.base.literal(i), p.side.literal(j))
}

// muchAlike reports whether two elements have most of their words in common: that is enough to take
// one for the other, even in another place.
func (p *pairing) muchAlike(i, j int) bool {
	a, b := p.base.wordsOf(i), p.side.wordsOf(j)
	return 3*shared(a, b) >= 2*max(len(a), len(b), 1)
}

// endsMost is larger than any result of ends.
const endsMost = 8 << 10

// ends measures how long the common beginning and the common end of two literals are; the beginning
// counts a little more.
func ends(a, b []byte) int {
	const most = 1 << 10
	head := jsonraw.SamePrefix(a[:min(len(a), most)], b[:min(len(b), most)])
	a, b = a[head:], b[head:]
	return 4*head + 3*jsonraw.SameSuffix(a[max(0, len(a)-most):], b[max(0, len(b)-most):])
}
