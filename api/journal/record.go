package journal

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"hash/crc32"
	"time"

	"errata/model"
)

// opening is the record that is written before a PATCH is sent.
type opening struct {
	heading
	Changes []change `json:"changes"`
}

// heading is an opening but for the values. Begin stands first, where parse looks for it.
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
}

type change struct {
	Field string `json:"field"`
	Old   *held  `json:"old,omitempty"` // nil for absent
	New   *held  `json:"new"`
}

// held is a JSON literal as it was written, white space and all, or what a redaction left of it.
type held struct {
	Literal string `json:"literal,omitempty"`
	Bytes   []byte `json:"bytes,omitempty"` // a literal that is no UTF-8
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
	raw := h.literal()
	sum := sha256.Sum256(raw)
	return &held{SHA256: hex.EncodeToString(sum[:]), Length: len(raw)}
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
		f, ok := model.Lookup(ch.Field)
		if !ok || ch.New == nil {
			return Entry{}, errRecord
		}
		read := Change{Field: f}
		var err, errNew error
		read.Old, read.OldSum, err = ch.Old.read()
		read.New, read.NewSum, errNew = ch.New.read()
		if err = errors.Join(err, errNew); err != nil {
			return Entry{}, err
		}
		e.Changes = append(e.Changes, read)
	}
	return e, nil
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

// parse checks a line and reads what stands first in it, which costs little.
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
