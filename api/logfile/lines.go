package logfile

import (
	"bufio"
	"bytes"
	"errors"
	"io"

	"errata/model/charset"
	"errata/model/jsonraw"
)

const (
	chunk = 64 << 10
	space = " \t\r\n"

	// longest is how long a line may be: what is longer fits into no database.
	longest = 1 << 30

	largestPart = 8 << 20 // of a line that is read in several
)

var errLong = errors.New("the line is longer than a log can be")

// portions reads a text in portions that hold whole records. The last portion comes together with
// io.EOF.
type portions interface{ next() ([]byte, error) }

// cutter reads a text in portions that end with a line.
type cutter struct {
	in   io.Reader
	rest []byte // the start of a line
}

// next gives the next portion, which belongs to the caller. The last one comes together with
// io.EOF, what was read before another error with that. After errLong, which stands for one line,
// there is more.
func (c *cutter) next() ([]byte, error) {
	var before [][]byte // without a line break
	size := 0           // of those
	part := append(make([]byte, 0, max(pieceSize, 2*len(c.rest))), c.rest...)
	c.rest = nil
	for {
		n, err := c.in.Read(part[len(part):cap(part)])
		if part = part[:len(part)+n]; err != nil {
			return joined(before, part), err
		}
		if len(part) < cap(part) {
			continue
		}
		if end := lastBreak(part); end > 0 {
			c.rest = part[end:]
			return joined(before, part[:end:end]), nil
		}
		before, size = append(before, part), size+len(part)
		if size >= longest {
			return nil, c.skip(part[:chunk])
		}
		part = make([]byte, 0, min(size, largestPart))
	}
}

// joined is the parts of a text one behind the other, and the last one.
func joined(before [][]byte, last []byte) []byte {
	if len(before) == 0 {
		return last
	}
	return bytes.Join(append(before, last), nil)
}

// lastBreak is behind the last line break of a text before what may be a record, else behind the
// last line break; 0 without any. A record that stands over several lines among others that do not
// is kept together so.
func lastBreak(text []byte) int {
	if at := bytes.LastIndex(text, []byte("\n{")); at >= 0 {
		return at + 1
	}
	return bytes.LastIndexByte(text, '\n') + 1
}

var errEndless = errors.New("a line has no end; the rest is not read")

// skip passes over the rest of a line that is too long. A line without an end is an error.
func (c *cutter) skip(buf []byte) error {
	for all := 0; ; {
		n, err := c.in.Read(buf)
		if all += n; all > longest {
			return errEndless
		}
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

// lineReader reads the first lines of a text.
type lineReader struct {
	in   *bufio.Reader
	kept []byte // what was read
	line int    // the number of the line that was read last
}

func newLineReader(r io.Reader) *lineReader { return &lineReader{in: bufio.NewReaderSize(r, chunk)} }

// nextFilled returns the next line that is not blank, without the separators around its records. Of
// a line that begins no record only the start is returned. The error is io.EOF only when there is
// no such line.
func (l *lineReader) nextFilled() ([]byte, error) {
	from := len(l.kept)
	for {
		piece, err := l.in.ReadSlice('\n')
		l.kept = append(l.kept, piece...)
		line := l.kept[from:]
		line = trim(line[between(line):])
		switch full := errors.Is(err, bufio.ErrBufferFull); {
		case full && len(l.kept) > longest:
			return nil, errLong
		case full && len(line) == 0:
			from = len(l.kept)
			continue
		case full && opens(line[0]):
			continue
		}
		l.line++
		if len(line) > 0 {
			return line, nil
		}
		if err != nil {
			return nil, err
		}
		from = len(l.kept)
	}
}

// rewind gives the whole text again.
func (l *lineReader) rewind() io.Reader { return io.MultiReader(bytes.NewReader(l.kept), l.in) }

// errNoJSON is the error for a text that does not begin as JSON, where the name of its file does
// not promise JSON either.
var errNoJSON = errors.New("neither a JSON document nor lines of JSON")

// cut gives the portions of a text, by how it begins: as lines when its first or second line holds
// whole records, as it does where the first one is cut off; else record by record, whatever lines
// they are on. named says that the file's name promises lines, so that a line of other text is no
// reason to give up.
func (l *lineReader) cut(named bool) (portions, error) {
	first, err := l.nextFilled()
	switch {
	case err == nil && !opens(first[0]) && !named:
		return nil, errNoJSON
	case err != nil || !opens(first[0]) || whole(first):
		return &cutter{in: l.rewind()}, nil //nolint:nilerr // it meets an error of reading again
	}
	if second, err := l.nextFilled(); err == nil && (first[0] == '[' || !whole(second) || l.goesOn()) {
		return &recordCutter{in: l.rewind()}, nil
	}
	return &cutter{in: l.rewind()}, nil
}

// goesOn reports whether the record of the first line, which is not whole, goes on over the second
// and the third, as one does that has its messages on a line each: the lines behind one that was
// cut off stand where JSON has no place for them.
func (l *lineReader) goesOn() bool {
	if _, err := l.nextFilled(); err != nil {
		return false // the record does not end, or is read again with the error
	}
	at := between(l.kept)
	s := scanner{indent: indentAt(l.kept, at)}
	s.scan(l.kept, at)
	return !s.broken
}

// whole reports whether all records of a line are JSON.
func whole(line []byte) bool {
	for _, record := range records(line, 1) {
		if !complete(record) {
			return false
		}
	}
	return true
}

// Lines hands on each record of r, as Read finds them, without the white space around it, and the
// number of its first line from 1. What is not a record is handed on as well, line by line. r may
// be compressed. record is the callee's to keep. The error of f ends it.
func Lines(r io.Reader, f func(n int, record []byte) error) error {
	in, end, err := text(r)
	if err != nil {
		return err
	}
	defer end()
	c, err := newLineReader(in).cut(true)
	if err != nil {
		return err
	}
	for line := 1; ; {
		portion, err := c.next()
		for n, record := range records(portion, line) {
			if err := f(n, record); err != nil {
				return err
			}
		}
		line += bytes.Count(portion, newline)
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
	}
}

// complete reports whether a line is a JSON document by itself.
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

// decoded is a document that was read as a whole, as UTF-8.
func decoded(raw []byte) []byte {
	if text, err := charset.Decode(raw); err == nil {
		return text
	}
	return raw
}

// textOf is the text of a member of an object, empty when there is none.
func textOf(raw []byte, name string) string {
	raw = trim(decoded(raw))
	members, err := jsonraw.Members(raw)
	if err != nil {
		return ""
	}
	m, _ := jsonraw.Find(members, name)
	text, _ := jsonraw.Text(m.Val.Of(raw))
	return text
}

// OneLine is a document as one line: where it has line breaks, spaces stand for them. They can only
// be between its tokens.
func OneLine(raw []byte) []byte {
	if bytes.IndexByte(raw, '\n') < 0 && bytes.IndexByte(raw, '\r') < 0 {
		return raw
	}
	return bytes.ReplaceAll(bytes.ReplaceAll(raw, []byte("\n"), []byte(" ")), []byte("\r"), []byte(" "))
}
