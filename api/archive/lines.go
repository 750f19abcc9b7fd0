package archive

import (
	"bufio"
	"bytes"
	"errors"
	"io"

	"errata/model/jsonraw"
)

const (
	chunk = 64 << 10
	space = " \t\r\n"

	// longest is how long a line may be: what is longer fits into no database.
	longest = 1 << 30
)

var (
	mark    = []byte("\xef\xbb\xbf")
	errLong = errors.New("the line is longer than a log can be")
)

// cutter cuts a text into portions that end with a line.
type cutter struct {
	in   io.Reader
	rest []byte // the start of a line
}

// next gives the next portion, which belongs to the caller. The last one comes together with io.EOF, what was read before another error with
// that. After errLong, which stands for one line, there is more.
func (c *cutter) next() ([]byte, error) {
	buf := append(make([]byte, 0, max(pieceSize, 2*len(c.rest))), c.rest...)
	c.rest = nil
	for {
		n, err := c.in.Read(buf[len(buf):cap(buf)])
		if buf = buf[:len(buf)+n]; err != nil {
			return buf, err
		}
		if len(buf) < cap(buf) {
			continue
		}
		if end := bytes.LastIndexByte(buf, '\n') + 1; end > 0 {
			c.rest = buf[end:]
			return buf[:end:end], nil
		}
		if len(buf) >= longest {
			return nil, c.skip(buf[:chunk])
		}
		buf = append(make([]byte, 0, 2*len(buf)), buf...)
	}
}

// skip leaves the rest of a line out.
func (c *cutter) skip(buf []byte) error {
	for {
		n, err := c.in.Read(buf)
		if _, rest, ok := bytes.Cut(buf[:n], []byte("\n")); ok {
			c.rest = bytes.Clone(rest)
			return errLong
		}
		if errors.Is(err, io.EOF) {
			return errLong
		}
		if err != nil {
			return err
		}
	}
}

// lineReader reads the first lines of a text, without the byte order mark that some editors put at the start of a file.
type lineReader struct {
	in   *bufio.Reader
	line int // the number of the line that next returned
	kept []byte
}

func newLineReader(r io.Reader) *lineReader {
	in := bufio.NewReaderSize(r, chunk)
	if start, _ := in.Peek(len(mark)); bytes.Equal(start, mark) {
		_, _ = in.Discard(len(mark))
	}
	return &lineReader{in: in}
}

// nextFilled returns the next line that is not blank, trimmed. The error is io.EOF only when there is none.
func (l *lineReader) nextFilled() ([]byte, error) {
	for {
		line, err := l.in.ReadBytes('\n')
		l.line++
		l.kept = append(l.kept, line...)
		if line = trim(line); len(line) > 0 {
			return line, nil
		}
		if err != nil {
			return nil, err
		}
	}
}

// all returns the whole text.
func (l *lineReader) all() ([]byte, error) {
	rest, err := io.ReadAll(l.in)
	return append(l.kept, rest...), err
}

// rewind gives the whole text again.
func (l *lineReader) rewind() io.Reader { return io.MultiReader(bytes.NewReader(l.kept), l.in) }

// Lines hands on each line of r that is not blank, without the white space around it, and its number from 1. r may be compressed. line is
// the callee's to keep. The error of f ends it.
func Lines(r io.Reader, f func(n int, line []byte) error) error {
	in, end, err := inflate(r)
	if err != nil {
		return err
	}
	defer end()
	c := cutter{in: in}
	for n := 1; ; {
		data, err := c.next()
		if n == 1 {
			data = withoutMark(data)
		}
		for line := range bytes.Lines(data) {
			if line = trim(line); len(line) > 0 {
				if err := f(n, line); err != nil {
					return err
				}
			}
			n++
		}
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
	}
}

// complete tells whether a line is a JSON document by itself.
func complete(line []byte) bool {
	var err error
	switch jsonraw.KindOf(line) {
	case jsonraw.Object:
		_, err = jsonraw.Members(line)
	case jsonraw.Array:
		_, err = jsonraw.Elements(line)
	default:
		return false
	}
	return err == nil
}

func trim(raw []byte) []byte { return bytes.Trim(raw, space) }

func withoutMark(raw []byte) []byte { return bytes.TrimPrefix(raw, mark) }

// textOf is the text of a member of an object, empty when there is none.
func textOf(raw []byte, name string) string {
	raw = trim(withoutMark(raw))
	members, err := jsonraw.Members(raw)
	if err != nil {
		return ""
	}
	m, _ := jsonraw.Find(members, name)
	text, _ := jsonraw.Text(m.Val.Of(raw))
	return text
}

// OneLine is a document as one line: where it has line breaks, spaces stand for them. They can only stand between its tokens.
func OneLine(raw []byte) []byte {
	if !bytes.ContainsAny(raw, "\r\n") {
		return raw
	}
	return bytes.ReplaceAll(bytes.ReplaceAll(raw, []byte("\n"), []byte(" ")), []byte("\r"), []byte(" "))
}
