package journal

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"io"
	"unicode/utf8"

	"errata/model/jsonraw"
)

// members writes what stands in a record behind its checksum, to the closing brace. A record is
// written twice, for the checksum and for the file, and piece by piece: the values of a large log
// are never put together in memory.
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
		for i, c := range o.Changes {
			sep := `,{"field":"`
			if i == 0 {
				sep = `,"changes":[{"field":"`
			}
			// the wire names need no escapes
			if _, err := io.WriteString(w, sep+c.Field+`"`); err != nil {
				return err
			}
			if err := c.Old.write(w, `,"old":`); err != nil {
				return err
			}
			if err := c.New.write(w, `,"new":`); err != nil {
				return err
			}
			if _, err := io.WriteString(w, "}"); err != nil {
				return err
			}
		}
		_, err := io.WriteString(w, "]}")
		return err
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
