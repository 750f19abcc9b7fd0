package archive

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"io/fs"

	"errata/model/jsonraw"
)

const (
	chunk = 64 << 10
	// keepable is the largest buffer that is kept for the next line.
	keepable = 4 << 20
	space    = " \t\r\n"
)

var mark = []byte("\xef\xbb\xbf")

// lineReader reads lines of any length, without the byte order mark that some editors put at the start of a file.
type lineReader struct {
	in   *bufio.Reader
	line int  // the number of the line that next returned
	keep bool // remember what was read, for rewind
	text []byte
	kept []byte
}

func newLineReader(r io.Reader) *lineReader {
	in := bufio.NewReaderSize(r, chunk)
	if start, _ := in.Peek(len(mark)); bytes.Equal(start, mark) {
		_, _ = in.Discard(len(mark))
	}
	return &lineReader{in: in}
}

// next returns a line with its end, valid until the following call. The last line comes together with io.EOF.
func (l *lineReader) next() ([]byte, error) {
	if cap(l.text) > keepable {
		l.text = nil
	}
	l.text = l.text[:0]
	l.line++
	for {
		part, err := l.in.ReadSlice('\n')
		l.text = append(l.text, part...)
		if l.keep {
			l.kept = append(l.kept, part...)
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return l.text, err
		}
	}
}

// nextFilled returns the next line that is not blank, trimmed. The error is io.EOF only when there is none.
func (l *lineReader) nextFilled() ([]byte, error) {
	for {
		line, err := l.next()
		if line = trim(line); len(line) > 0 {
			return line, nil
		}
		if err != nil {
			return nil, err
		}
	}
}

// all returns the whole text, what was kept included.
func (l *lineReader) all() ([]byte, error) {
	rest, err := io.ReadAll(l.in)
	return append(l.kept, rest...), err
}

// rewind goes back to the start of what was kept, and stops keeping.
func (l *lineReader) rewind() {
	l.in = bufio.NewReaderSize(io.MultiReader(bytes.NewReader(l.kept), l.in), chunk)
	l.kept, l.keep, l.line = nil, false, 0
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

// looksLikeLog tells whether an object has what every log of a prompt has.
func looksLikeLog(raw []byte) bool {
	members, err := jsonraw.Members(raw)
	if err != nil {
		return false
	}
	_, hasID := jsonraw.Find(members, "id")
	_, hasPrompt := jsonraw.Find(members, "prompt")
	return hasID && hasPrompt
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

// reason is the message of an error; of one about a file, without the operation and the name, which stand beside it already.
func reason(err error) string {
	var at *fs.PathError
	if errors.As(err, &at) {
		return at.Err.Error()
	}
	return err.Error()
}
