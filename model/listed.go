package model

import (
	"iter"
	"sync"

	"errata/model/jsonraw"
)

// listed is a large list of messages in which jsonraw.Check finds no fault, and what is known of
// them: one that is made of another is not read where it is the same.
type listed struct {
	jsonraw.List
	plain []bool // of each message, see isPlain
}

// isPlain says that nothing is wrong with a message, that it makes no call, and that it answers
// none.
func isPlain(message Value) bool {
	role, _, ok := PlainMessage(message)
	return ok && role != "tool"
}

// listFrom is the size in bytes from which it pays to know where the messages of a list stand.
const listFrom = 1 << 20

// lists are the large lists of a log, once somebody has asked for them.
type lists struct {
	mu sync.Mutex
	of map[*Field]*listed
}

// known is the list of a field, if somebody has asked for it.
func (l *lists) known(f *Field) *listed {
	if l == nil {
		return nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.of[f]
}

// listed is the list of messages that the log holds for f; ok is false if it is small, or not to be
// edited in place without loss. It is read through once.
func (l *Log) listed(f *Field) (list *listed, ok bool) {
	v := l.Value(f)
	if f.Kind != Messages || v.Kind() != jsonraw.Array || v.Len() < listFrom || l.Locked(f) != "" {
		return nil, false
	}
	if v.list != nil {
		return v.list, true
	}
	list = &listed{List: jsonraw.ListOf(v.Bytes())}
	list.plain = make([]bool, len(list.Items))
	for i := range list.plain {
		list.plain[i] = isPlain(list.message(i))
	}
	l.lists.mu.Lock()
	defer l.lists.mu.Unlock()
	if l.lists.of == nil {
		l.lists.of = map[*Field]*listed{}
	}
	l.lists.of[f] = list
	return list, true
}

// whole is a list in one piece, which is in the memory of Bytes; ok is false if it is not known
// where its elements are.
func (v Value) whole() (list *listed, ok bool) {
	if v.list == nil {
		return nil, false
	}
	return &listed{jsonraw.List{Doc: jsonraw.Parts{v.Bytes()}, Items: v.list.Items}, v.list.plain}, true
}

// message is one of them.
func (l *listed) message(i int) Value { return Value{raw: l.At(i)} }

// remade is a list in pieces that is made of this one, as jsonraw.List.Remade tells.
func (l *listed) remade(size int, pieces iter.Seq[[]byte]) (v Value, ok bool) {
	made, runs, ok := l.Remade(size, pieces)
	if !ok {
		return Absent, false
	}
	now := &listed{made, make([]bool, len(made.Items))}
	done := 0
	for _, r := range append(runs, jsonraw.Run{At: len(now.plain)}) {
		for i := done; i < r.At; i++ {
			now.plain[i] = isPlain(now.message(i))
		}
		copy(now.plain[r.At:], l.plain[r.From:r.From+r.Len])
		done = r.At + r.Len
	}
	v = inParts(made.Doc, nil)
	v.list = now
	return v, true
}

// equal compares two lists by meaning.
func (l *listed) equal(m *listed) bool {
	if len(l.Items) != len(m.Items) {
		return false
	}
	for i := range l.Items {
		if !jsonraw.Equal(l.At(i), m.At(i)) {
			return false
		}
	}
	return true
}

// special yields the messages of a list that are not plain, with their places.
func (v Value) special() iter.Seq2[int, Value] {
	return func(yield func(int, Value) bool) {
		if v.list != nil {
			for i, plain := range v.list.plain {
				if !plain && !yield(i, v.list.message(i)) {
					return
				}
			}
			return
		}
		i, list := -1, v.Bytes()
		for e := range jsonraw.EachElement(list) {
			m := Value{raw: e.Val.Of(list)}
			if i++; !isPlain(m) && !yield(i, m) {
				return
			}
		}
	}
}

// List is the value as a list, where it is known without reading it where its elements are.
func (v Value) List() (list jsonraw.List, ok bool) {
	if v.list == nil {
		return list, false
	}
	return v.list.List, true
}
