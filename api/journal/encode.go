package journal

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"unicode/utf8"

	"errata/model/jsonraw"
)

// members writes what is in a record behind its checksum, to the closing brace. A record is written
// twice, for the checksum and for the file, and piece by piece: the values of a large log are never
// put together in memory.
type members func(w io.Writer) error

// of are the members of a small record.
func of(r any) members {
	return func(w io.Writer) error {
		text, err := json.Marshal(r)
		if err != nil {
			return err
		}
		_, err = w.Write(text[1:])
		return err
	}
}

// measure gives the beginning of the record's line, which holds the checksum, and the length of all
// of it, the line feed included.
func (m members) measure() (head []byte, size int64, err error) {
	sum, n := crc32.NewIEEE(), counter(0)
	if err := m(io.MultiWriter(sum, &n)); err != nil {
		return nil, 0, err
	}
	head = checksum(sum.Sum32())
	return head, int64(len(head)) + int64(n) + 1, nil
}

// line writes the record's line.
func (m members) line(w io.Writer, head []byte) error {
	if _, err := w.Write(head); err != nil {
		return err
	}
	if err := m(w); err != nil {
		return err
	}
	_, err := w.Write([]byte{'\n'})
	return err
}

// text is the record's line in memory.
func (m members) text() ([]byte, error) {
	head, _, err := m.measure()
	if err != nil {
		return nil, err
	}
	var text bytes.Buffer
	err = m.line(&text, head)
	return text.Bytes(), err
}

func checksum(sum uint32) []byte { return fmt.Appendf(nil, `{"sum":"%08x",`, sum) }

type counter int64

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}

// members are those of the heading, then the changes.
func (o opening) members() members {
	return func(w io.Writer) error {
		if err := of(o.heading)(cut{w}); err != nil {
			return err
		}
		if len(o.Changes) == 0 {
			_, err := io.WriteString(w, `,"changes":[]}`)
			return err
		}
		return writeChanges(w, o.Changes)
	}
}

// writeChanges writes the changes as the last member of a record.
func writeChanges(w io.Writer, list []change) error {
	for i, c := range list {
		sep := `,{"field":"`
		if i == 0 {
			sep = `,"changes":[{"field":"`
		}
		// the wire names need no escapes
		if _, err := io.WriteString(w, sep+c.Field+`"`); err != nil {
			return err
		}
		if err := c.write(w); err != nil {
			return err
		}
		if _, err := io.WriteString(w, "}"); err != nil {
			return err
		}
	}
	_, err := io.WriteString(w, "]}")
	return err
}

// write writes the values of a change, or its splice, as members.
func (ch change) write(w io.Writer) error {
	s := ch.Splice
	if s == nil {
		return errors.Join(ch.Old.write(w, `,"old":`), ch.New.write(w, `,"new":`))
	}
	_, err := fmt.Fprintf(w, `,"splice":{"at":%d`, s.At)
	for i, h := range s.held() {
		if err == nil {
			err = h.write(w, [...]string{`,"before":`, `,"old":`, `,"new":`, `,"after":`}[i])
		}
	}
	if err == nil {
		// hashes need no escapes
		_, err = fmt.Fprintf(w, `,"old_sha256":"%s","old_length":%d,"new_sha256":"%s","new_length":%d}`, s.OldSHA256, s.OldLength, s.NewSHA256, s.NewLength)
	}
	return err
}

// members are those of a closing; the values that it may hold are written piece by piece.
func (c closing) members() members {
	if len(c.Changes) == 0 {
		return of(c)
	}
	return func(w io.Writer) error {
		small := c
		small.Changes = nil
		if err := of(small)(cut{w}); err != nil {
			return err
		}
		return writeChanges(w, c.Changes)
	}
}

// cut leaves the closing brace of an object out, which is written in one piece.
type cut struct{ io.Writer }

func (c cut) Write(p []byte) (int, error) {
	_, err := c.Writer.Write(bytes.TrimSuffix(p, []byte{'}'}))
	return len(p), err
}

// write writes a value as a member; one that is absent is left out.
func (h *held) write(w io.Writer, name string) error {
	if h == nil {
		return nil
	}
	if h.raw == nil {
		text, err := json.Marshal(h)
		if err != nil {
			return err
		}
		_, err = w.Write(append([]byte(name), text...))
		return err
	}
	member, write := `{"literal":"`, quoted
	if !utf8.Valid(h.raw) {
		member, write = `{"bytes":"`, encoded
	}
	if _, err := io.WriteString(w, name+member); err != nil {
		return err
	}
	if err := write(w, h.raw); err != nil {
		return err
	}
	_, err := io.WriteString(w, `"}`)
	return err
}

// pieceSize is about how much of a value is encoded at a time.
const pieceSize = 64 << 10

// quoted writes UTF-8 as the inside of a JSON string.
func quoted(w io.Writer, raw []byte) error {
	for len(raw) > 0 {
		n := min(pieceSize, len(raw))
		for n < len(raw) && !utf8.RuneStart(raw[n]) {
			n++
		}
		text, err := jsonraw.Quote(string(raw[:n]))
		if err != nil {
			return err
		}
		if _, err := w.Write(text[1 : len(text)-1]); err != nil {
			return err
		}
		raw = raw[n:]
	}
	return nil
}

// encoded writes bytes in base64, as encoding/json reads them.
func encoded(w io.Writer, raw []byte) error {
	e := base64.NewEncoder(base64.StdEncoding, w)
	if _, err := e.Write(raw); err != nil {
		return err
	}
	return e.Close()
}
