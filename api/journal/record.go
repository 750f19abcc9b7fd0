package journal

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"hash/crc32"
	"slices"
	"time"

	"errata/model"
)

// opening is the record that is written before a PATCH is sent.
type opening struct {
	heading
	Changes []change `json:"changes"`
}

// heading is an opening but for the values. Begin is first, where parse looks for it.
type heading struct {
	Begin    string    `json:"begin"`
	Batch    string    `json:"batch,omitempty"`
	Item     int       `json:"item,omitempty"`
	Time     time.Time `json:"time"`
	Server   string    `json:"server"`
	LogID    string    `json:"log_id"`
	PromptID string    `json:"prompt_id"`
	Redacted bool      `json:"redacted,omitempty"`
	Judgment *judged   `json:"judgment,omitempty"`
}

// closing is the record that is written when the outcome is known. It holds no value and no word of
// a server.
type closing struct {
	End     string    `json:"end"`
	Time    time.Time `json:"time"`
	Outcome Outcome   `json:"outcome"`
	NotKept []string  `json:"not_kept,omitempty"`
	// the id that the server gave a judgment, where that is another
	Made string `json:"made,omitempty"`
	// the old values that a splice does not tell, see record.untold, and then of which log
	Server  string   `json:"server,omitempty"`
	LogID   string   `json:"log_id,omitempty"`
	Changes []change `json:"changes,omitempty"`
}

// change has both values, or a splice. A build that does not know splices finds no new value, and
// takes the record for damaged.
type change struct {
	Field  string   `json:"field"`
	Old    *held    `json:"old,omitempty"` // nil for absent
	New    *held    `json:"new"`
	Splice *spliced `json:"splice,omitempty"`
}

// spliced is a Splice, and the digests of both literals.
type spliced struct {
	At        int    `json:"at"`
	Before    *held  `json:"before"`
	Old       *held  `json:"old"`
	New       *held  `json:"new"`
	After     *held  `json:"after"`
	OldSHA256 string `json:"old_sha256"`
	OldLength int    `json:"old_length"`
	NewSHA256 string `json:"new_sha256"`
	NewLength int    `json:"new_length"`
}

// splice puts splices in the place of large values, and gives what the values were.
func (o *opening) splice() (whole []change) {
	for i, c := range o.Changes {
		if c.Old == nil || c.New == nil || c.Splice != nil || len(c.Old.raw)+len(c.New.raw) < spliceFrom {
			continue
		}
		s, ok := spliceOf(c.Old.raw, c.New.raw)
		if !ok {
			continue
		}
		whole = append(whole, c)
		oldSum, newSum := s.sums(c.Old.raw, c.New.raw)
		o.Changes[i] = change{Field: c.Field, Splice: &spliced{
			At: s.At, Before: &held{raw: s.Before}, Old: &held{raw: s.Old}, New: &held{raw: s.New}, After: &held{raw: s.After},
			OldSHA256: oldSum.SHA256, OldLength: oldSum.Length, NewSHA256: newSum.SHA256, NewLength: newSum.Length,
		}}
	}
	return whole
}

// read reads a splice back into a change.
func (s *spliced) read(c *Change) error {
	if slices.Contains(s.held(), nil) {
		return errRecord
	}
	c.OldSum, c.NewSum = &Digest{s.OldSHA256, s.OldLength}, &Digest{s.NewSHA256, s.NewLength}
	c.Splice = &Splice{At: s.At, Before: s.Before.literal(), Old: s.Old.literal(), New: s.New.literal(), After: s.After.literal()}
	return nil
}

// held are the pieces of literals in it.
func (s *spliced) held() []*held { return []*held{s.Before, s.Old, s.New, s.After} }

// held is a JSON literal as it was written, white space and all, or what a redaction left of it.
type held struct {
	Literal string `json:"literal,omitempty"`
	Bytes   []byte `json:"bytes,omitempty"` // a literal that is not UTF-8
	SHA256  string `json:"sha256,omitempty"`
	Length  int    `json:"length,omitempty"`

	raw []byte // the literal, of one that is to be written
}

func hold(v model.Value) *held {
	if v.IsAbsent() {
		return nil
	}
	return &held{raw: v.Bytes()}
}

func (h *held) literal() []byte {
	if h.raw != nil {
		return h.raw
	}
	if h.Literal != "" {
		return []byte(h.Literal)
	}
	return h.Bytes
}

// redacted is the hash of h in its place.
func (h *held) redacted() *held {
	if h == nil {
		return nil
	}
	sum := digestOf(h.literal())
	return &held{SHA256: sum.SHA256, Length: sum.Length}
}

func digestOf(raw []byte) *Digest {
	sum := sha256.Sum256(raw)
	return &Digest{hex.EncodeToString(sum[:]), len(raw)}
}

var errRecord = errors.New("a damaged record")

// read gives the value, or the digest in its place.
func (h *held) read() (model.Value, *Digest, error) {
	switch {
	case h == nil:
		return model.Absent, nil, nil
	case h.SHA256 != "":
		return model.Absent, &Digest{h.SHA256, h.Length}, nil
	}
	raw := h.literal()
	if !json.Valid(raw) {
		return model.Absent, nil, errRecord
	}
	return model.Raw(raw), nil, nil
}

// entry reads the record back.
func (o opening) entry() (Entry, error) {
	e := Entry{ID: o.Begin, Batch: o.Batch, Item: o.Item, Time: o.Time, Server: o.Server, LogID: o.LogID, PromptID: o.PromptID, Redacted: o.Redacted, Outcome: Pending}
	if o.Judgment != nil {
		var err error
		e.Judgment, err = o.Judgment.read(e)
		return e, err
	}
	for _, ch := range o.Changes {
		read, err := ch.read()
		if err != nil {
			return Entry{}, err
		}
		e.Changes = append(e.Changes, read)
	}
	return e, nil
}

// read reads a change back.
func (ch change) read() (c Change, err error) {
	f, ok := model.Lookup(ch.Field)
	c.Field = f
	switch {
	case !ok || ch.New == nil && ch.Splice == nil:
		return Change{}, errRecord
	case ch.Splice != nil:
		return c, ch.Splice.read(&c)
	}
	var errNew error
	c.Old, c.OldSum, err = ch.Old.read()
	c.New, c.NewSum, errNew = ch.New.read()
	return c, errors.Join(err, errNew)
}

// close completes an entry with its outcome.
func (e *Entry) close(c closing) {
	e.Outcome, e.Finished = c.Outcome, c.Time
	if c.Made != "" && e.Judgment != nil {
		e.Judgment.ID = c.Made
	}
	for _, name := range c.NotKept {
		if f, ok := model.Lookup(name); ok {
			e.NotKept = append(e.NotKept, f)
		}
	}
	e.complete(c.Changes)
}

// complete puts whole values in the place of splices that did not tell them.
func (e *Entry) complete(whole []change) {
	for _, w := range whole {
		old, sum, err := w.Old.read()
		for i, c := range e.Changes {
			if c.Field.Name != w.Field || c.Splice == nil || err != nil || sum != nil || c.OldSum.Length != old.Len() {
				continue
			}
			if sent, ok := c.Splice.forth(old); ok {
				e.Changes[i] = Change{Field: c.Field, Old: old, New: sent}
			}
		}
	}
}

// line is a record that is not decoded yet.
type line struct {
	segment segment
	at      int64  // where it begins
	text    []byte // without the line feed
	begin   bool   // an opening, else a closing
	id      string
	batch   string // of an opening: that it is part of, empty for none
}

// parse checks a line and reads what is first in it, which costs little.
func parse(text []byte) (l line, ok bool) {
	head := len(checksum(0))
	if len(text) < head {
		return line{}, false
	}
	members := text[head:]
	if !bytes.Equal(text[:head], checksum(crc32.ChecksumIEEE(members))) {
		return line{}, false
	}
	id, begin := bytes.CutPrefix(members, []byte(`"begin":"`))
	if !begin {
		if id, ok = bytes.CutPrefix(members, []byte(`"end":"`)); !ok {
			return line{}, false
		}
	}
	if len(id) <= idLen || id[idLen] != '"' || len(bytes.Trim(id[:idLen], idDigits)) > 0 {
		return line{}, false
	}
	l = line{text: text, begin: begin, id: string(id[:idLen])}
	if begin {
		l.batch = batchOf(id[idLen:])
	}
	return l, true
}
