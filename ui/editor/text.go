package editor

import (
	"bytes"
	"io"
	"iter"
)

// Text is an immutable snapshot of a text; the zero Text is empty. It shares its bytes with the
// editor and costs nothing to take or keep.
type Text struct{ root rope }

// Len is the number of bytes.
func (t Text) Len() int { return t.root.Len() }

// Bytes copies the text together. For a large text do it away from the keys.
func (t Text) Bytes() []byte { return t.root.appendTo(make([]byte, 0, t.Len()), 0, t.Len()) }

// Slice copies the bytes from up to to, as far as there are any.
func (t Text) Slice(from, to int) []byte { return t.root.slice(from, to) }

// LineStart is the first byte of the line that byte at is in.
func (t Text) LineStart(at int) int { return t.root.lineStart(t.root.lineOf(at)) }

// Equal compares without copying.
func (t Text) Equal(b []byte) bool {
	if len(b) != t.Len() {
		return false
	}
	return t.root.walk(func(part []byte) bool {
		same := bytes.Equal(part, b[:len(part)])
		b = b[len(part):]
		return same
	})
}

// Same reports, without reading, whether two snapshots are the same one. Different snapshots may
// still have equal text.
func (t Text) Same(other Text) bool { return t.root == other.root }

// Parts yields the text piece by piece, without copying. The pieces must not be changed.
func (t Text) Parts() iter.Seq[[]byte] {
	return func(yield func([]byte) bool) { t.root.walk(yield) }
}

// WriteTo writes the text piece by piece.
func (t Text) WriteTo(w io.Writer) (int64, error) {
	var total int64
	for part := range t.Parts() {
		n, err := w.Write(part)
		total += int64(n)
		if err != nil {
			return total, err
		}
	}
	return total, nil
}
