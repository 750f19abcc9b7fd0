package draft

import (
	"bytes"

	"errata/model"
)

// Event is something that changes a draft: Base, Put, Step, Undo, Redo, Open, Splice, Close or Moved. What an event holds is
// kept and must not be modified afterwards.
type Event interface{ event() }

// Base says what the log as fetched holds for a field. Put, Step and Open say so themselves.
type Base struct {
	Field *model.Field
	Value model.Value
}

// Put changes the edit of a field outside the history, as a merge does. A nil Edit is none: the field is as fetched.
type Put struct {
	Field *model.Field
	Base  model.Value
	Edit  *model.Edit
}

// Step is one edit of a field, to be undone and done again. It ends what could be done again before. A nil Edit is none:
// the field is as fetched.
type Step struct {
	Field         *model.Field
	Base          model.Value
	Before, After *model.Edit
}

// Undo takes back the last Step that was not taken back yet.
type Undo struct{}

// Redo does again the Step that was taken back last.
type Redo struct{}

// Open begins the editing of a field's text, in place of any other. By itself it is no change: it reaches the disk with the first
// Splice. An Open with the field and text that are open already changes nothing, so that an editor can go on after a restart.
type Open struct {
	Field *model.Field
	Base  model.Value
	Text  []byte
}

// Splice replaces Del bytes at byte At of the open text by Ins.
type Splice struct {
	At, Del int
	Ins     []byte
}

// Close ends the editing of the open text and drops it. Append the Step that keeps it ahead of the Close, in the same call.
type Close struct{}

// Moved says that the bases are now those of a newer reading of the log; Base and Put tell them field by field.
type Moved struct{ ETag string }

// made is the first record of a file: whose draft it is.
type made struct{ head header }

func (Base) event()   {}
func (Put) event()    {}
func (Step) event()   {}
func (Undo) event()   {}
func (Redo) event()   {}
func (Open) event()   {}
func (Splice) event() {}
func (Close) event()  {}
func (Moved) event()  {}
func (made) event()   {}

// Between is the one splice that makes a text into another. It shares the new text's bytes.
func Between(old, new []byte) Splice {
	head := prefix(old, new)
	tail := suffix(old[head:], new[head:])
	return Splice{At: head, Del: len(old) - head - tail, Ins: new[head : len(new)-tail]}
}

// stride is how many bytes prefix and suffix compare at a time.
const stride = 1024

// prefix is how many bytes a and b begin with in common.
func prefix(a, b []byte) int {
	n, limit := 0, min(len(a), len(b))
	for n+stride <= limit && bytes.Equal(a[n:n+stride], b[n:n+stride]) {
		n += stride
	}
	for n < limit && a[n] == b[n] {
		n++
	}
	return n
}

// suffix is how many bytes a and b end with in common.
func suffix(a, b []byte) int {
	limit := min(len(a), len(b))
	a, b = a[len(a)-limit:], b[len(b)-limit:]
	n := limit
	for n >= stride && bytes.Equal(a[n-stride:n], b[n-stride:n]) {
		n -= stride
	}
	for n > 0 && a[n-1] == b[n-1] {
		n--
	}
	return limit - n
}
