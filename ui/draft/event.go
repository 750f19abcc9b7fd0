package draft

import (
	"bytes"
	"slices"

	"errata/model"
	"errata/model/jsonraw"
)

// Event is something that changes a draft: Base, Put, Step, Undo, Redo, Open, Splice, Close, Enter,
// Leave, ExternalEdit, ExternalDone, Say, Judged or Moved. What an event holds is kept and must not
// be modified afterwards.
type Event interface{ event() }

// Base says what the log as fetched holds for a field. Put, Step and Open say so themselves.
type Base struct {
	Field *model.Field
	Value model.Value
}

// Put changes the edit of a field outside the history, as a merge does. A nil Edit is none: the
// field is as fetched.
type Put struct {
	Field *model.Field
	Base  model.Value
	Edit  *model.Edit
}

// Step is one edit of a field, to be undone and done again. It ends what could be done again
// before. A nil Edit is none: the field is as fetched.
type Step struct {
	Field         *model.Field
	Base          model.Value
	Before, After *model.Edit
	// it is undone and done again together with the step ahead of it
	Joined bool
	// a step of the judgments, which has none of the above; nil for one of a field
	Said *Said
}

// Undo takes back the last Step that was not taken back yet.
type Undo struct{}

// Redo does again the Step that was taken back last.
type Redo struct{}

// Open begins the editing of a field's text, instead of any other. By itself it is not a change: a
// draft in which nothing was typed vanishes. A long text is written ahead, away from the keys, so
// that the first Splice finds it on disk. An Open with the field and text that are open already
// changes nothing, so that an editor can go on after a restart.
type Open struct {
	Field *model.Field
	Base  model.Value
	Text  []byte
	// the text is a JSON literal that is edited as a structure, and not typed as a whole
	Literal bool
}

// Opened is an editor that was open, with its text up to the last key.
type Opened struct {
	Open
	Inner *Enter // the text within it that was being edited, up to the last key; nil when none was
}

// Splice replaces Del bytes at byte At of the inner text if one was entered, otherwise of the open
// text, by Ins.
type Splice struct {
	At, Del int
	Ins     []byte
}

// Close ends the editing of the open text and drops it. Append the Step that keeps it ahead of the
// Close, in the same call.
type Close struct{}

// Enter begins the editing of a text within the open one, a literal, instead of any other: of the
// string or scalar at Path, or of the name of the member there. By itself it is not a change, and
// written ahead like an Open. An Enter of the place and text that are being edited already changes
// nothing.
type Enter struct {
	Place string // where it is in the words of the screen, given back as it was
	Path  []int  // child positions from the root of the literal down
	Name  bool   // the name of the member is edited, not its value
	Text  []byte
}

// Leave ends the editing of the inner text and drops it. Outer is what it made of the open text;
// the zero Splice is nothing. Both are one record: the inner text is never lost ahead of what
// became of it. Without an inner text Leave is no more than Outer.
type Leave struct{ Outer Splice }

// Moved says that the bases are now those of a newer reading of the log; Base and Put give them
// field by field.
type Moved struct{ ETag string }

// made is the first record of a file: whose draft it is.
type made struct{ head header }

// opened is an Open as it is recorded.
type opened struct {
	Open
	typed bool   // somebody typed in it already
	from  source // where the text is found
}

// entered is an Enter as it is recorded.
type entered struct {
	Enter
	typed bool
}

func (Base) event()    {}
func (Put) event()     {}
func (Step) event()    {}
func (Undo) event()    {}
func (Redo) event()    {}
func (Open) event()    {}
func (Splice) event()  {}
func (Close) event()   {}
func (Enter) event()   {}
func (Leave) event()   {}
func (Moved) event()   {}
func (made) event()    {}
func (opened) event()  {}
func (entered) event() {}

func (s Splice) empty() bool { return s.Del == 0 && len(s.Ins) == 0 }

// sameAs reports whether both are the editing of the same place.
func (e *Enter) sameAs(other *Enter) bool {
	return e.Place == other.Place && e.Name == other.Name && slices.Equal(e.Path, other.Path)
}

// Between is the one splice that makes a text into another. It shares the new text's bytes.
func Between(before, after []byte) Splice {
	head := prefix(before, after)
	tail := suffix(before[head:], after[head:])
	return Splice{At: head, Del: len(before) - head - tail, Ins: after[head : len(after)-tail]}
}

// betweenValues is Between of a literal and one that may share its memory, which is not read then.
func betweenValues(before []byte, after jsonraw.Parts) Splice {
	head, tail := after.Shared(jsonraw.Parts{before})
	return Splice{At: head, Del: len(before) - head - tail, Ins: after.Of(jsonraw.Span{Start: head, End: after.Len() - tail})}
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
