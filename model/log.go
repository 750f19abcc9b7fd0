package model

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"slices"
	"sync"

	"errata/model/jsonraw"
)

// Log is one log as the server sent it: the document's bytes and an index of its top-level members.
// It is immutable; an edit lives in a ChangeSet.
type Log struct {
	raw     []byte        // the document; nil if that is in parts
	parts   jsonraw.Parts // of a large one that was made of another, see With
	members []jsonraw.Member
	marked  []string // see Lock
	sum     *digest
	lists   *lists
}

// digest is the SHA-256 of a document, once somebody has asked for it.
type digest struct {
	once sync.Once
	of   [sha256.Size]byte
}

// Sum is the SHA-256 of the document. It is made once, and piece by piece: the collector of garbage
// would have to wait for one of 100 MB.
func (l *Log) Sum() [sha256.Size]byte {
	l.sum.once.Do(func() {
		h := sha256.New()
		for _, part := range l.Parts() {
			for piece := range slices.Chunk(part, 1<<20) {
				_, _ = h.Write(piece)
			}
		}
		h.Sum(l.sum.of[:0])
	})
	return l.sum.of
}

// ParseLog indexes the document of one log. raw must hold a JSON object and stay unmodified; its
// members may be anything. Errors are *jsonraw.SyntaxError.
func ParseLog(raw []byte) (*Log, error) {
	members, err := jsonraw.Members(raw)
	if err != nil {
		return nil, err
	}
	return &Log{raw: raw, members: members, sum: &digest{}, lists: &lists{}}, nil
}

// Lock gives the log with the named fields locked: the server shows U+FFFD in them for stored bytes
// that are not UTF-8.
func (l *Log) Lock(names []string) *Log {
	if len(names) == 0 {
		return l
	}
	locked := *l
	locked.marked, locked.lists = names, &lists{}
	return &locked
}

// With is the log with other values in the place of some, as jsonraw.Set puts them there; a strict
// reader has to read them. What is large in it is not copied: the edits must not be changed
// afterwards.
func (l *Log) With(edits []jsonraw.Edit) (*Log, error) {
	parts, members, err := jsonraw.Rewrite(l.Parts(), l.members, edits)
	if err != nil {
		return nil, err
	}
	now := &Log{parts: parts, members: members, sum: &digest{}, lists: &lists{}}
	if len(parts) == 1 {
		now.raw, now.parts = parts[0], nil
	}
	return now, nil
}

// Bytes is the document as it came. One that is in several parts is copied each time.
func (l *Log) Bytes() []byte {
	if l.parts != nil {
		return l.parts.Join()
	}
	return l.raw
}

// Parts is the document without a copy, mostly in one part.
func (l *Log) Parts() jsonraw.Parts {
	if l.parts != nil {
		return l.parts
	}
	return jsonraw.Parts{l.raw}
}

// Size is the number of bytes of the document.
func (l *Log) Size() int { return l.Parts().Len() }

// Is reports whether the document is the same, byte for byte.
func (l *Log) Is(doc []byte) bool {
	for _, part := range l.Parts() {
		rest, begins := bytes.CutPrefix(doc, part)
		if !begins {
			return false
		}
		doc = rest
	}
	return len(doc) == 0
}

// Whole reports whether the document is complete. The members of a log from a list may have been
// cut: such a log is for tables and previews, and its values must not be edited or written
// anywhere.
func (l *Log) Whole() bool { return l.Member(jsonraw.CutMember).IsAbsent() }

// Place is where the value of a top-level member is in the document; of one that is not there,
// where it would be put, which is empty.
func (l *Log) Place(name string) jsonraw.Span {
	if m, ok := jsonraw.Find(l.members, name); ok {
		return m.Val
	}
	end := jsonraw.End(l.Parts(), l.members)
	return jsonraw.Span{Start: end, End: end}
}

// Value is what the log holds for f.
func (l *Log) Value(f *Field) Value {
	if list := l.lists.known(f); list != nil {
		return Value{raw: list.Doc.Join(), list: list}
	}
	return l.Member(f.Name)
}

// Member is what the log holds under any top-level name.
func (l *Log) Member(name string) Value {
	m, ok := jsonraw.Find(l.members, name)
	if !ok {
		return Absent
	}
	return l.value(m)
}

func (l *Log) value(m jsonraw.Member) Value {
	if l.parts != nil {
		return Value{raw: l.parts.Of(m.Val)}
	}
	return Value{raw: m.Val.Of(l.raw)}
}

// Envelope lists the members that cannot be updated, in the order of the document.
func (l *Log) Envelope() []EnvelopeMember {
	var list []EnvelopeMember
	for _, m := range l.members {
		if _, ok := Lookup(m.Name); !ok {
			list = append(list, EnvelopeMember{Name: m.Name, Value: l.value(m)})
		}
	}
	return list
}

// EnvelopeMember is a locked member of a log.
type EnvelopeMember struct {
	Name  string
	Value Value
}

// Locked says why the value of f cannot be edited in place without loss ("the member stands twice",
// "a name stands twice in it", "it holds bytes that are not UTF-8"), or "" when it can. A locked
// value can still be replaced whole.
func (l *Log) Locked(f *Field) string {
	var found []jsonraw.Member
	for _, m := range l.members {
		if m.Name == f.Name {
			found = append(found, m)
		}
	}
	switch {
	case len(found) == 0:
		return ""
	case slices.Contains(l.marked, f.Name):
		return notUTF8
	case len(found) > 1:
		return "the member stands twice"
	case found[0].Err != nil:
		return unreadable(found[0].Err)
	}
	return ""
}

const notUTF8 = "it holds bytes that are not UTF-8"

// unreadable words why a strict reader refuses a well-formed value.
func unreadable(err error) string {
	var fault *jsonraw.SyntaxError
	switch {
	case !errors.As(err, &fault):
		return err.Error()
	case fault.Twice:
		return "a name stands twice in it"
	case fault.Bytes:
		return notUTF8
	}
	return fault.Msg
}
