package draft

import (
	"encoding/binary"
	"io"
)

// batch is a list of records to be written to a file. Long members are not copied into it.
type batch struct {
	parts [][]byte
	buf   []byte // follows the parts
}

// long is the length from which a member is not copied, and portion how much of one is written at a
// time where that can be broken off.
const (
	long    = 16 << 10
	portion = 1 << 20
)

// begin makes room for a record's frame.
func (b *batch) begin() (start int) {
	start = len(b.buf)
	b.buf = append(b.buf, make([]byte, frame)...)
	return start
}

// end adds the last member of the record that began at start, and seals it.
func (b *batch) end(start int, last []byte) {
	record := b.buf[start:]
	binary.LittleEndian.PutUint32(record, uint32(len(record)-frame+len(last)))
	binary.LittleEndian.PutUint32(record[4:], sum(record[:4], record[frame:], last))
	if len(last) < long {
		b.buf = append(b.buf, last...)
		return
	}
	b.parts, b.buf = append(b.parts, b.buf, last), nil
}

// join adds another batch, which must not grow any more.
func (b *batch) join(other *batch) {
	if len(b.buf) > 0 {
		b.parts, b.buf = append(b.parts, b.buf), nil
	}
	b.parts = append(b.parts, other.parts...)
	if len(other.buf) > 0 {
		b.parts = append(b.parts, other.buf)
	}
}

// each calls f for every part.
func (b *batch) each(f func(part []byte) error) error {
	for _, part := range b.parts {
		if err := f(part); err != nil {
			return err
		}
	}
	if len(b.buf) == 0 {
		return nil
	}
	return f(b.buf)
}

// size is the number of bytes.
func (b *batch) size() int64 {
	n := len(b.buf)
	for _, part := range b.parts {
		n += len(part)
	}
	return int64(n)
}

// writeTo writes the batch.
func (b *batch) writeTo(f File) error {
	return b.each(func(part []byte) error { return writeAll(f, part) })
}

// writeWhile writes the batch for as long as it is wanted, and then gives errUnwanted.
func (b *batch) writeWhile(f File, wanted func() bool) error {
	return b.each(func(part []byte) error {
		for len(part) > 0 {
			if !wanted() {
				return errUnwanted
			}
			n := min(len(part), portion)
			if err := writeAll(f, part[:n]); err != nil {
				return err
			}
			part = part[n:]
		}
		return nil
	})
}

func writeAll(f File, b []byte) error {
	n, err := f.Write(b)
	if err == nil && n < len(b) {
		err = io.ErrShortWrite
	}
	return err
}
