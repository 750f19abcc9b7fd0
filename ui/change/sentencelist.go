package change

import (
	"strings"
	"unsafe"

	"errata/model"
	"errata/model/figure"
	"errata/model/jsonraw"
	"errata/model/path"
)

// ends are two lists with what both begin and end with left out.
type ends struct {
	was, is    jsonraw.List
	head, tail int // how many are the same at each end
	steps      []step
}

// narrowed reads two lists; ok is false if one is none.
func narrowed(before, after []byte) (e ends, ok bool) {
	if jsonraw.KindOf(before) != jsonraw.Array || jsonraw.KindOf(after) != jsonraw.Array {
		return e, false
	}
	return between(jsonraw.Beside(before, after)), true
}

// between leaves out what two lists begin and end with, and says what made them differ.
func between(p jsonraw.Pair) ends {
	e := ends{was: p.A, is: p.B, head: p.Head}
	olds, nows := e.olds(), e.nows()
	few := min(olds, nows)
	for e.head < few && e.equal(e.head, e.head) {
		e.head++
	}
	e.tail = min(p.Tail, few-e.head)
	for e.tail < few-e.head && e.equal(olds-1-e.tail, nows-1-e.tail) {
		e.tail++
	}
	e.steps = e.align()
	return e
}

func (e ends) olds() int           { return len(e.was.Items) }
func (e ends) nows() int           { return len(e.is.Items) }
func (e ends) old(i int) []byte    { return e.was.At(i) }
func (e ends) now(i int) []byte    { return e.is.At(i) }
func (e ends) equal(i, j int) bool { return same(e.old(i), e.now(j)) }
func (e ends) gone() int           { return e.olds() - e.head - e.tail }
func (e ends) come() int           { return e.nows() - e.head - e.tail }

// known remembers the last two large lists that were narrowed, and the last two large texts that
// were compared, for whoever tells of them in more than one way. Nil remembers nothing.
type known struct {
	before, after []byte
	ends
	whole *ends // of the values themselves, where it is known where their elements are
	texts struct {
		before, after []byte
		head, tail    int
	}
}

// shared is what jsonraw.Shared gives. Of a text in parts it costs nothing.
func (k *known) shared(before []byte, after jsonraw.Parts) (head, tail int) {
	if k == nil || len(after) != 1 {
		return jsonraw.Parts{before}.Shared(after)
	}
	if t := &k.texts; !is(t.before, before) || !is(t.after, after[0]) {
		t.before, t.after = before, after[0]
		t.head, t.tail = jsonraw.Shared(before, after[0])
	}
	return k.texts.head, k.texts.tail
}

// narrowed is what the function of that name gives.
func (k *known) narrowed(before, after []byte) (ends, bool) {
	if k == nil || !large(before, after) {
		return narrowed(before, after)
	}
	if !is(k.before, before) || !is(k.after, after) {
		e, ok := narrowed(before, after)
		if !ok {
			return e, false
		}
		k.before, k.after, k.ends = before, after, e
	}
	return k.ends, true
}

// listed tells of two values that are lists of which it is known where their elements are: they are
// not read.
func (k *known) listed(before, after model.Value) (e ends, ok bool) {
	was, ok := before.List()
	is, too := after.List()
	switch {
	case !ok || !too:
		return e, false
	case k != nil && k.whole != nil:
		return *k.whole, true
	}
	e = between(jsonraw.Pair{A: was, B: is})
	if k != nil {
		k.whole = &e
	}
	return e, true
}

// is reports whether two slices are the same bytes in memory.
func is(a, b []byte) bool {
	return len(a) == len(b) && unsafe.SliceData(a) == unsafe.SliceData(b)
}

// only is the element that alone differs, with as many elements as before.
func (e ends) only() (i int, ok bool) { return e.head, e.gone() == 1 && e.come() == 1 }

// inList says what was put into a list, taken out of it, or changed in it, and where.
func (s speaker) inList(lead string, before, after []byte) string {
	e, ok := s.known.narrowed(before, after)
	if !ok {
		return lead + "changed"
	}
	return s.inEnds(lead, e)
}

// inEnds is inList of two lists that were read.
func (s speaker) inEnds(lead string, e ends) string {
	talk := s.f.Kind == model.Messages
	if i, ok := e.only(); ok {
		where := path.Element(i).Behind(s.where)
		if talk {
			where = e.place(i, talk)
		}
		return s.within(where, talk, e.old(i), e.now(i))
	}
	return lead + e.words(talk)
}

// words says what differs in a list, and where, if that is not one element alone.
func (e ends) words(talk bool) string {
	gone, come := e.gone(), e.come()
	count := func(n int) string {
		if talk {
			return figure.Int(n)
		}
		return figure.Count(n, "element")
	}
	switch {
	case gone == 0:
		return count(come) + " added " + e.where(talk)
	case come == 0:
		return count(gone) + " removed " + e.where(talk)
	case e.scattered() && !e.turned():
		return e.told(count, talk)
	case e.head == 0 && e.tail == 0 && gone != come:
		return count(gone) + " replaced by " + figure.Int(come)
	case gone != come:
		return count(gone) + " removed and " + figure.Int(come) + " added " + e.where(talk)
	case e.turned() && gone > 2 && len(e.steps) == 2: // one went and came elsewhere
		return count(1) + " moved: " + e.moved(talk)
	case e.turned():
		return count(gone) + " put in another order"
	}
	return e.told(count, talk)
}

// told says how many elements changed, came and went, and names some of each.
func (e ends) told(count func(int) string, talk bool) string {
	var parts []string
	say := func(is func(step) bool, did string) {
		var list []step
		for _, s := range e.steps {
			if is(s) {
				list = append(list, s)
			}
		}
		if len(list) == 0 {
			return
		}
		number := count(len(list))
		if len(parts) > 0 {
			number = figure.Int(len(list))
		}
		name := func(i int) string { return e.named(list[i], talk) }
		parts = append(parts, number+" "+did+": "+someOf(len(list), name))
	}
	say(step.changed, "changed")
	say(step.came, "added")
	say(step.went, "removed")
	return strings.Join(parts, "; ")
}

// moved names the element that went and came elsewhere, and its new place.
func (e ends) moved(talk bool) string {
	from, to := e.steps[0], e.steps[1]
	if from.came() {
		from, to = to, from
	}
	return e.named(from, talk) + " to " + numbered(to.now)
}

// named is the place of an element that made the lists differ: of one that came that in the new
// list, of any other that in the old one.
func (e ends) named(s step, talk bool) string {
	if s.came() {
		return e.short(s.now, talk)
	}
	if !talk {
		return numbered(s.old)
	}
	return numbered(s.old) + " " + roleOf(e.old(s.old))
}

// scattered reports whether elements that are the same are between those that differ.
func (e ends) scattered() bool {
	changed := 0
	for _, s := range e.steps {
		if s.changed() {
			changed++
		}
	}
	return len(e.steps) < e.gone()+e.come()-changed
}

// where says where in a list something came or went.
func (e ends) where(talk bool) string {
	switch {
	case e.head == 0 && e.tail == 0 && e.come() == 0:
		return "and nothing left"
	case e.head == 0 && e.tail == 0:
		return "to an empty list"
	case e.tail == 0:
		return "at the end"
	case e.head == 0:
		return "at the beginning"
	}
	return "after " + e.place(e.head-1, talk)
}

// place names an element: a message by its role where no other has that.
func (e ends) place(i int, talk bool) string {
	if !talk {
		return numbered(i)
	}
	const few = 500 // messages whose roles are read
	role := roleOf(e.now(i))
	for j := range e.nows() {
		if e.nows() > few || j != i && roleOf(e.now(j)) == role {
			return "message " + e.short(i, talk)
		}
	}
	return "the " + role + " message"
}

// short is the place of an element with, for a message, its role.
func (e ends) short(i int, talk bool) string {
	if !talk {
		return numbered(i)
	}
	return numbered(i) + " " + roleOf(e.now(i))
}

// turned reports whether the elements that differ are the same in another order.
func (e ends) turned() bool {
	const few = 32
	n := e.gone()
	if n < 2 || n > few || n != e.come() {
		return false
	}
	var used [few]bool
next:
	for i := range n {
		for j := range n {
			if !used[j] && e.equal(e.head+i, e.head+j) {
				used[j] = true
				continue next
			}
		}
		return false
	}
	return true
}
