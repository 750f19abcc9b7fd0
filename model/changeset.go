package model

import (
	"bytes"
	"iter"
	"slices"
	"sync"
	"weak"

	"errata/model/jsonraw"
)

// ChangeSet is a log and the changes made to it. It alone decides what has changed, and what a
// PATCH contains. It is not safe for concurrent use.
type ChangeSet struct {
	base  *Log
	edits map[*Field]Edit
	notes []string // see Notes

	answer *answer // what the response tells, once it was read
}

// Edit is the state of one edited field: a value, or a text that is not a value yet.
type Edit struct {
	Value Value
	Text  string // the text as typed, when Err is not nil
	Err   error  // why Text is not a value; nil when Value counts

	// the version of the log from which Value is known to differ, since comparing two values of 100
	// MB is slow
	from weak.Pointer[Log]
	// what CheckEdit finds in Value beside the value of that version
	found *findings
}

// findings is what CheckEdit finds in a value, once somebody has asked for it.
type findings struct {
	once sync.Once
	list []Problem
}

// valid is the edit that gives f a value which is known to differ from that of the base.
func (c *ChangeSet) valid(v Value) Edit {
	return Edit{Value: v, from: weak.Make(c.base), found: &findings{}}
}

// NewChangeSet starts without changes.
func NewChangeSet(base *Log) *ChangeSet {
	return &ChangeSet{base: base, edits: map[*Field]Edit{}}
}

// Base is the log as it was fetched.
func (c *ChangeSet) Base() *Log { return c.base }

// Value is the value of f as edited; the base's where it is not edited or its text is not a value
// yet.
func (c *ChangeSet) Value(f *Field) Value {
	if e, ok := c.edits[f]; ok && e.Err == nil {
		return e.Value
	}
	return c.base.Value(f)
}

// Edit is the edit of f, if there is one. A value that means the same as the base's is not an edit.
func (c *ChangeSet) Edit(f *Field) (Edit, bool) {
	e, ok := c.edits[f]
	return e, ok
}

// Set gives f a value. One that means the same as the base's removes the edit. Absent stands for
// null where the base has the member, because a PATCH cannot take a member away.
func (c *ChangeSet) Set(f *Field, v Value) {
	base := c.base.Value(f)
	if v.IsAbsent() && !base.IsAbsent() {
		v = Null
	}
	if v.Equal(base) {
		delete(c.edits, f)
		return
	}
	c.edits[f] = c.valid(v.under(f))
}

// SetLiteral gives f a value as a JSON literal, unless it cannot take the place of the base's: then
// nothing is changed, and the error is that of Fits.
func (c *ChangeSet) SetLiteral(f *Field, literal []byte) error {
	v, base := Raw(literal), c.base.Value(f)
	found := c.check(f, v)
	if v.IsAbsent() || refused(found) >= 0 {
		return f.Fits(literal, base)
	}
	c.setChecked(f, v, found)
	return nil
}

// SetRemade is SetLiteral for a list of messages that is given in pieces of size bytes together.
// Pieces that lie in the memory of old, which is the base's value or one set here before, are
// shared with it and not read again. ok is false, and nothing is changed, if the literal has to be
// given as a whole: old is not a large list, the new one has little in common with it, or it cannot
// take the place of the base's. pieces is called several times.
func (c *ChangeSet) SetRemade(f *Field, old Value, size int, pieces iter.Seq[[]byte]) (ok bool) {
	was, ok := old.whole()
	if !ok && old.shares(c.base.Value(f)) {
		was, ok = c.base.listed(f)
	}
	if !ok {
		return false
	}
	v, ok := was.remade(size, pieces)
	if !ok {
		return false
	}
	found := c.check(f, v)
	if refused(found) >= 0 {
		return false
	}
	c.setChecked(f, v, found)
	return true
}

// setChecked is Set for a value whose CheckEdit result is known.
func (c *ChangeSet) setChecked(f *Field, v Value, found []Problem) {
	c.Set(f, v)
	if e, ok := c.edits[f]; ok {
		e.found.once.Do(func() { e.found.list = found })
	}
}

// findings is what CheckEdit finds in the value of f.
func (c *ChangeSet) findings(f *Field) []Problem {
	e, ok := c.edits[f]
	if !ok || e.Err != nil || e.found == nil || e.from != weak.Make(c.base) {
		return c.check(f, c.Value(f))
	}
	e.found.once.Do(func() { e.found.list = c.check(f, c.Value(f)) })
	return e.found.list
}

// check is what CheckEdit finds in a value that replaces that of the base. A text is read only
// where it differs from the base's, if that is sound.
func (c *ChangeSet) check(f *Field, v Value) []Problem {
	base := c.base.Value(f)
	if f.Kind.IsText() && v.Kind() == jsonraw.String && base.Kind() == jsonraw.String &&
		c.base.Locked(f) == "" && v.Parts().IsSound(base.Bytes()) {
		return nil
	}
	return f.CheckEdit(v, base)
}

// SetText gives f the value that text stands for, made from the base's value. Text that is not a
// value is kept as an invalid edit, and its *ParseError returned.
func (c *ChangeSet) SetText(f *Field, text string) error {
	base := c.base.Value(f)
	v, err := f.Parse(text, base)
	switch {
	case err != nil:
		c.edits[f] = Edit{Text: text, Err: err}
		return err
	case v.IsSet() && base.IsSet() && !v.shares(base):
		c.edits[f] = c.valid(v) // Parse has compared them already
	default:
		c.Set(f, v)
	}
	return nil
}

// SetPieces is SetText for a text that is given in pieces. It is for fields that are large texts:
// 100 MB are copied once, and Patch uses that copy.
func (c *ChangeSet) SetPieces(f *Field, size int, pieces iter.Seq[[]byte]) error {
	head := patchHead(f.Name)
	q := jsonraw.NewQuoter(head, size)
	for piece := range pieces {
		q.Add(piece)
	}
	literal, err := q.Literal()
	if err != nil || size == 0 { // SetText says where it is wrong
		return c.SetText(f, string(bytes.Join(slices.Collect(pieces), nil)))
	}
	end := len(literal)
	literal = append(literal, '}')
	c.Set(f, Value{raw: literal[len(head):end:end], body: literal})
	return nil
}

// SetSpliced is SetText for the text of old after some swaps, which are in order and do not
// overlap; everything between them keeps its spelling. It is for large texts: it shares the memory
// of old, and reads only what it needs to find the places. ok is false, and nothing is changed, if
// the text has to be given as a whole: old is not a text, or the new text is not a value.
func (c *ChangeSet) SetSpliced(f *Field, old Value, swaps []jsonraw.Swap) (ok bool) {
	if !f.Kind.IsText() || old.Kind() != jsonraw.String || len(swaps) == 0 {
		return false
	}
	parts, err := jsonraw.SplicedParts(old.Bytes(), swaps)
	if err != nil {
		return false
	}
	c.Set(f, inParts(parts, patchHead(f.Name)))
	return true
}

// Adopt takes over the edit of f from a change set on the same base. Unlike Put it reads no value.
func (c *ChangeSet) Adopt(f *Field, from *ChangeSet) {
	if e, had := from.edits[f]; had {
		c.edits[f] = e
	} else {
		delete(c.edits, f)
	}
}

// Put restores an edit as Edit returned it; with had false it removes it. It is for undo.
func (c *ChangeSet) Put(f *Field, e Edit, had bool) {
	switch {
	case !had:
		delete(c.edits, f)
	case e.Err != nil || e.from == weak.Make(c.base):
		c.edits[f] = e
	default:
		c.Set(f, e.Value)
	}
}

// Revert removes the edit of f.
func (c *ChangeSet) Revert(f *Field) { delete(c.edits, f) }

// Changed lists the fields that differ from the base, invalid ones included, in the order of Form.
func (c *ChangeSet) Changed() []*Field {
	return pick(func(f *Field) bool { _, ok := c.edits[f]; return ok })
}

// Invalid lists the fields whose text is not a value yet, in the order of Form.
func (c *ChangeSet) Invalid() []*Field {
	return pick(func(f *Field) bool { return c.edits[f].Err != nil })
}

// pick lists the fields that match, in the order of the form.
func pick(match func(*Field) bool) []*Field {
	var list []*Field
	for _, f := range form {
		if match(f) {
			list = append(list, f)
		}
	}
	return list
}

// Foreign reports whether a change contains a value that a check refuses. Typed and assigned values
// never are; it happens when an old value of the log is brought back.
func (c *ChangeSet) Foreign() bool {
	for f, e := range c.edits {
		switch {
		case e.Err != nil || !e.Value.IsSet():
		case f.Misfit(e.Value):
			return true
		case f.Kind == Map || f.Kind.IsText(): // any other fault is refused when it is typed
		default:
			if refused(c.findings(f)) >= 0 {
				return true
			}
		}
	}
	return false
}

// Patch is the body of the PATCH, which must not be changed: an object with one member for each
// changed field, in the order of Fields, its literal as edited. "{}" when nothing changed. Invalid
// fields are left out: refuse to send while there are any.
func (c *ChangeSet) Patch() []byte {
	if list := c.replaced(); len(list) == 1 {
		if body := c.edits[list[0]].Value.alone(); bytes.HasPrefix(body, patchHead(list[0].Name)) {
			return body
		}
	}
	return bytes.Join(c.PatchPieces(), nil)
}

// patchHead is how the PATCH of one field begins.
func patchHead(name string) []byte { return []byte(`{"` + name + `":`) }

// IsPatch reports whether a body is the one that Patch gives, without making another one.
func (c *ChangeSet) IsPatch(body []byte) bool {
	for _, piece := range c.PatchPieces() {
		rest, ok := bytes.CutPrefix(body, piece)
		if !ok {
			return false
		}
		body = rest
	}
	return len(body) == 0
}

// PatchPieces are the pieces of the body, each value one or, where it is in parts, several, for who
// need not have it in one.
func (c *ChangeSet) PatchPieces() [][]byte {
	pieces, before := [][]byte{}, "{"
	for _, f := range c.replaced() {
		// the wire names need no escapes
		pieces = append(pieces, []byte(before+`"`+f.Name+`":`))
		pieces = append(pieces, c.edits[f].Value.Parts()...)
		before = ","
	}
	if len(pieces) == 0 {
		return [][]byte{[]byte("{}")}
	}
	return append(pieces, []byte{'}'})
}

// PatchSize is how many bytes Patch gives.
func (c *ChangeSet) PatchSize() int {
	list := c.replaced()
	size := len("{}") + max(len(list)-1, 0)
	for _, f := range list {
		size += len(f.Name) + len(`"":`) + c.edits[f].Value.Len()
	}
	return size
}

// Apply is what the log becomes when its server replaces just the members of the patch.
func (c *ChangeSet) Apply() (*Log, error) {
	var list []jsonraw.Edit
	for _, f := range c.replaced() {
		list = append(list, jsonraw.Edit{Name: f.Name, Val: c.edits[f].Value.Bytes()})
	}
	raw, err := jsonraw.Set(c.base.Bytes(), list)
	if err != nil {
		return nil, err
	}
	return ParseLog(raw)
}

// replaced lists the fields with valid edits in the order of Fields.
func (c *ChangeSet) replaced() (list []*Field) {
	for _, f := range fields {
		if e, ok := c.edits[f]; ok && e.Err == nil {
			list = append(list, f)
		}
	}
	return list
}
