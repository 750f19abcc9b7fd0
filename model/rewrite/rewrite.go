package rewrite

import (
	"slices"

	"errata/model/jsonraw"
	"errata/model/path"
)

// Part says what of a value is asked about.
type Part int

// The parts.
const (
	Text   Part = iota // a string, decoded
	Number             // a number, as it is written; a swap in it makes it a string
	Name               // the name of a member, decoded
)

// Place is where something is. It holds until the question about it is answered.
type Place struct {
	Part  Part
	Steps path.Path // from the value down; those of the member itself for its name
	Tries int       // so many answers gave a name that its object has already; they are not taken
}

// Asked says what becomes of a text: what is swapped in it, in order and without overlap.
type Asked func(at *Place, text string) []jsonraw.Swap

// Value is a JSON value, which must be well formed, with what a question changed in it; ok is false
// when that is nothing. The error is that of jsonraw.Quote.
func Value(raw []byte, ask Asked) (now []byte, ok bool, err error) {
	r := reader{ask: ask, doc: raw, place: &Place{}}
	r.value(jsonraw.SkipSpace(raw, 0))
	if r.err != nil || len(r.swaps) == 0 {
		return raw, false, r.err
	}
	return jsonraw.Swapped(raw, r.sorted(), 0), true, nil
}

// reader goes through one document: the value, or what one of its strings holds.
type reader struct {
	ask   Asked
	doc   []byte
	place *Place
	swaps []jsonraw.Swap
	err   error
}

// value goes through the value at i and gives the position after it.
func (r *reader) value(i int) int {
	if i >= len(r.doc) || r.err != nil {
		return len(r.doc)
	}
	switch jsonraw.KindOf(r.doc[i:]) {
	case jsonraw.Object:
		return r.object(i)
	case jsonraw.Array:
		return r.array(i)
	case jsonraw.String:
		span := jsonraw.Span{Start: i, End: jsonraw.StringEnd(r.doc, i)}
		r.text(span)
		return span.End
	case jsonraw.Number:
		span := jsonraw.Span{Start: i, End: jsonraw.ValueEnd(r.doc, i)}
		r.number(span)
		return span.End
	default:
		return max(jsonraw.ValueEnd(r.doc, i), i+1)
	}
}

func (r *reader) array(i int) int {
	r.push(path.Element(0))
	defer r.pop()
	for n := 0; ; n++ {
		_, val, ok := jsonraw.NextItem(r.doc, i+1, false)
		if !ok || r.err != nil {
			return val + 1
		}
		r.place.Steps[len(r.place.Steps)-1].Index = n
		i = r.value(val) - 1
	}
}

func (r *reader) object(i int) int {
	r.push(path.Member(""))
	defer r.pop()
	var names names
	for {
		key, val, ok := jsonraw.NextItem(r.doc, i+1, true)
		if !ok || r.err != nil {
			r.rename(names)
			return val + 1
		}
		name, _ := jsonraw.Text(key.Of(r.doc))
		r.place.Steps[len(r.place.Steps)-1].Name = name
		names.keys = append(names.keys, key)
		if swaps := r.question(Name, 0, name); len(swaps) > 0 {
			names.changed = append(names.changed, renamed{len(names.keys) - 1, name, swaps})
		}
		i = r.value(val) - 1
	}
}

func (r *reader) push(s path.Step) { r.place.Steps = append(r.place.Steps, s) }

func (r *reader) pop() { r.place.Steps = r.place.Steps[:len(r.place.Steps)-1] }

// question asks about one part of the value.
func (r *reader) question(part Part, tries int, text string) []jsonraw.Swap {
	r.place.Part, r.place.Tries = part, tries
	return r.ask(r.place, text)
}

// text asks about a string, or about what is in the JSON that it holds.
func (r *reader) text(span jsonraw.Span) {
	literal := span.Of(r.doc)
	text, ok := jsonraw.Text(literal)
	if !ok {
		return
	}
	var swaps []jsonraw.Swap
	if holds(text) {
		inner := reader{ask: r.ask, doc: []byte(text), place: r.place}
		inner.value(jsonraw.SkipSpace(inner.doc, 0))
		swaps, r.err = inner.sorted(), inner.err
	} else {
		swaps = r.question(Text, 0, text)
	}
	r.splice(span, swaps)
}

// holds reports whether a text is a JSON object or list.
func holds(text string) bool {
	i := 0
	for i < len(text) && text[i] <= ' ' {
		i++
	}
	if i == len(text) || text[i] != '{' && text[i] != '[' {
		return false
	}
	return jsonraw.Check([]byte(text)) == nil
}

// splice notes what is swapped in the string at a place.
func (r *reader) splice(span jsonraw.Span, swaps []jsonraw.Swap) {
	if len(swaps) == 0 || r.err != nil {
		return
	}
	now, err := jsonraw.Splices(span.Of(r.doc), swaps)
	if err != nil {
		r.err = err
		return
	}
	r.swap(span, now)
}

func (r *reader) swap(span jsonraw.Span, now []byte) {
	r.swaps = append(r.swaps, jsonraw.Swap{At: span.Start, Del: span.End - span.Start, Ins: now})
}

// number asks about a number. One in which something is swapped becomes a string.
func (r *reader) number(span jsonraw.Span) {
	literal := span.Of(r.doc)
	swaps := r.question(Number, 0, string(literal))
	if len(swaps) == 0 {
		return
	}
	now, err := jsonraw.Quote(string(jsonraw.Swapped(literal, swaps, 0)))
	if err != nil {
		r.err = err
		return
	}
	r.swap(span, now)
}

// sorted are the swaps in order: the names of an object are settled behind its values.
func (r *reader) sorted() []jsonraw.Swap {
	slices.SortFunc(r.swaps, func(a, b jsonraw.Swap) int { return a.At - b.At })
	return r.swaps
}
