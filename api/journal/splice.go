package journal

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"hash"
	"unicode/utf8"

	"errata/model"
	"errata/model/jsonraw"
)

// spliceFrom is the size of both literals of a change together, in bytes, from which on the journal
// holds a splice and hashes in their place. around is how much of what is before and behind the
// splice it holds beside it, so that the place is found in a value that has changed since.
const (
	spliceFrom = 256 << 10
	around     = 256
)

// Splice is how one large literal came of another: where both differ, and what is there.
type Splice struct {
	At            int    // where the difference begins, in bytes of either literal
	Old, New      []byte // what was there, and what was sent
	Before, After []byte // what is around it in both literals, some of it
}

// spliceOf is how one literal came of another; ok is false if whole literals are hardly larger. No
// character is cut.
func spliceOf(old, now []byte) (s *Splice, ok bool) {
	at := jsonraw.SamePrefix(old, now)
	for at > 0 && (inside(old, at) || inside(now, at)) {
		at--
	}
	tail := jsonraw.SameSuffix(old[at:], now[at:])
	for tail > 0 && inside(old, len(old)-tail) {
		tail--
	}
	end := len(old) - tail
	s = &Splice{
		At: at, Old: old[at:end], New: now[at : len(now)-tail],
		Before: old[forward(old, at-around):at], After: old[end:forward(old, end+around)],
	}
	return s, 4*s.size() < len(old)+len(now)
}

// size is the bytes that the splice holds.
func (s *Splice) size() int { return len(s.Old) + len(s.New) + len(s.Before) + len(s.After) }

// entrySize is about how many bytes an entry has beside its values.
const entrySize = 400

// SizeOf is about how many bytes the entry of some changes has, once they are sent.
func SizeOf(c *model.ChangeSet) int64 {
	n := entrySize
	for _, f := range c.Changed() {
		old, now := c.Base().Value(f).Bytes(), c.Value(f).Bytes()
		size := len(old) + len(now)
		if size >= spliceFrom {
			if s, ok := spliceOf(old, now); ok {
				size = s.size()
			}
		}
		n += size
	}
	return int64(n)
}

// inside reports whether an offset is within a character.
func inside(text []byte, at int) bool { return at < len(text) && !utf8.RuneStart(text[at]) }

// forward is an offset within a text, moved on to the next character.
func forward(text []byte, at int) int {
	at = max(0, min(at, len(text)))
	for inside(text, at) {
		at++
	}
	return at
}

// back is the old value, made of the one that was sent. ok is false if that does not hold what the
// splice put there.
func (s *Splice) back(now model.Value) (old model.Value, ok bool) {
	return put(now, s.At, s.New, s.Old)
}

// forth is the value that was sent, made of the old one. ok is false likewise.
func (s *Splice) forth(old model.Value) (sent model.Value, ok bool) {
	return put(old, s.At, s.Old, s.New)
}

// put is a value with other bytes in the place of some, which have to be there. What is large is
// not copied.
func put(v model.Value, at int, is, with []byte) (changed model.Value, ok bool) {
	span := jsonraw.Span{Start: at, End: at + len(is)}
	if at < 0 || span.End > v.Len() || !bytes.Equal(v.Parts().Of(span), is) {
		return model.Absent, false
	}
	return v.Spliced(span, with)
}

func joined(parts ...[]byte) []byte { return bytes.Join(parts, nil) }

// takenOut is a value that has changed since, with what was sent taken out and what was there
// before put back. ok is false if that place is not found, or may not be the only one of its like.
// A text is not read as a whole to know that it is one then, nor copied.
func (s *Splice) takenOut(now model.Value) (old model.Value, ok bool) {
	literal, sought := now.Bytes(), joined(s.Before, s.New, s.After)
	at := bytes.Index(literal, sought)
	if at < 0 || bytes.Contains(literal[at+1:], sought) || !s.single(literal, at) {
		return model.Absent, false
	}
	old, ok = put(now, at+len(s.Before), s.New, s.Old)
	return old, ok && (old.Parts().IsSound(literal) || json.Valid(old.Bytes()))
}

// single reports whether the place found at an offset is the one of the splice: it has not moved,
// in bytes from the beginning or at the end, or what is before or behind it stands nowhere else. A
// passage like it in which somebody made the same change is found where the place itself was
// changed again.
func (s *Splice) single(literal []byte, at int) bool {
	behind := at + len(s.Before) + len(s.New)
	return at+len(s.Before) == s.At ||
		len(s.After) < around && behind+len(s.After) == len(literal) ||
		bytes.Index(literal, s.Before) == at && !bytes.Contains(literal[at+1:], s.Before) ||
		bytes.Index(literal, s.After) == behind && !bytes.Contains(literal[behind+1:], s.After)
}

// sums are the digests of both literals. What they begin with is read once.
func (s *Splice) sums(old, now []byte) (oldSum, newSum *Digest) {
	before := sha256.New()
	_, _ = before.Write(old[:s.At])
	end := func(literal []byte) *Digest {
		h, err := before.(hash.Cloner).Clone() // as all hashes of the library can
		if err != nil {
			return digestOf(literal)
		}
		_, _ = h.Write(literal[s.At:])
		return &Digest{hex.EncodeToString(h.Sum(nil)), len(literal)}
	}
	return end(old), end(now)
}

// sides are both values of a change, on a log that holds now for its field: those that the journal
// has, or those that now and the splice tell. ok is false if they do not.
//
// What is made with a splice is taken where it has the hash that the journal has of it. That proves
// now as well: it differs from what was made by nothing but the splice.
func (c Change) sides(now model.Value) (old, sent model.Value, ok bool) {
	if c.Splice == nil {
		return c.Old, c.New, true
	}
	if old, ok = c.Splice.back(now); ok && c.OldSum.of(old) {
		return old, now, true
	}
	if sent, ok = c.Splice.forth(now); ok && c.NewSum.of(sent) {
		return now, sent, true
	}
	return model.Absent, model.Absent, false
}

// Shown are values for reading: of a splice the text around it, before and after.
func (c Change) Shown() (old, sent model.Value) {
	if s := c.Splice; s != nil {
		return fragment(s.Before, s.Old, s.After), fragment(s.Before, s.New, s.After)
	}
	return c.Old, c.New
}

// fragment is a piece of a literal as a text: what it stands for where it is a piece of a text,
// else the piece itself.
func fragment(parts ...[]byte) model.Value {
	raw := joined(parts...)
	if literal := joined([]byte{'"'}, raw, []byte{'"'}); json.Valid(literal) {
		return model.Raw(literal)
	}
	return model.Raw(jsonraw.Literal(string(raw)))
}
