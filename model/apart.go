package model

import (
	"slices"
	"sync"
	"sync/atomic"

	"errata/model/jsonraw"
)

// apart is the literal of a large value that was made of another one, with which it shares what is
// large. It is put together once somebody asks for that, and then with what a PATCH of it alone has
// around it, so that no second copy is made for sending it.
type apart struct {
	head []byte // how that PATCH begins, empty if nobody asks for it
	size int    // of the literal

	// the literal: one once it is put together, so that nothing is held with it
	parts atomic.Pointer[jsonraw.Parts]
	once  sync.Once
	whole []byte // head, the literal and a brace, once it is put together
}

// inParts is a value whose literal is in these parts, and whose PATCH begins with head.
func inParts(parts jsonraw.Parts, head []byte) Value {
	a := &apart{head: head, size: parts.Len()}
	a.parts.Store(&parts)
	return Value{apart: a}
}

// split is the literal as it is now, in parts or together. It does not wait while another goroutine
// puts it together.
func (a *apart) split() jsonraw.Parts { return *a.parts.Load() }

// together is the literal in one piece, and all of the PATCH.
func (a *apart) together() (literal, patch []byte) {
	a.once.Do(func() {
		a.whole = slices.Concat(slices.Concat(jsonraw.Parts{a.head}, a.split(), jsonraw.Parts{{'}'}})...)
		end := len(a.whole) - 1
		a.parts.Store(&jsonraw.Parts{a.whole[len(a.head):end:end]})
	})
	return a.split()[0], a.whole
}

// under is the value as it is sent for a field.
func (v Value) under(f *Field) Value {
	if v.apart == nil || v.apart.head != nil {
		return v
	}
	sent := inParts(v.apart.split(), patchHead(f.Name))
	sent.list = v.list
	return sent
}

// alone is the PATCH of the value alone, nil if that is not at hand.
func (v Value) alone() []byte {
	if v.apart != nil && v.apart.head != nil {
		_, patch := v.apart.together()
		return patch
	}
	return v.body
}

// Spliced is the value with other bytes in the place of some of its literal, which must be valid
// then. What is large is not copied. ok is false if the literal does not reach that far.
func (v Value) Spliced(at jsonraw.Span, with []byte) (changed Value, ok bool) {
	parts := v.Parts()
	if at.Start < 0 || at.Start > at.End || at.End > parts.Len() {
		return Absent, false
	}
	if parts = parts.Splice(at, with); len(parts) > 1 {
		return inParts(parts, nil), true
	}
	return Value{raw: parts.Join()}, true
}

// Parts is the literal without a copy, mostly in one part; none when absent.
func (v Value) Parts() jsonraw.Parts {
	switch {
	case v.apart != nil:
		return v.apart.split()
	case v.IsAbsent():
		return nil
	}
	return jsonraw.Parts{v.raw}
}

// Len is the number of bytes of the literal, 0 when absent.
func (v Value) Len() int {
	if v.apart != nil {
		return v.apart.size
	}
	return len(v.raw)
}

// Head is the first n bytes of the literal, or all of it where it is shorter. It is not a copy of a
// large value.
func (v Value) Head(n int) []byte { return v.Parts().Of(jsonraw.Span{End: min(n, v.Len())}) }

// Same reports whether both are written in the same bytes.
func (v Value) Same(w Value) bool {
	if v.Len() != w.Len() {
		return false
	}
	head, _ := v.Parts().Shared(w.Parts())
	return head == v.Len()
}
