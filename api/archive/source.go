package archive

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
)

// source cuts files into pieces.
type source[T any] struct {
	ctx  context.Context
	out  chan<- *piece[T]
	done int64 // bytes of the files before this one
	in   *counter
}

// counter counts what is read of a file, before it is inflated.
type counter struct {
	in io.Reader
	n  int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.in.Read(p)
	c.n += int64(n)
	return n, err
}

// open reads one file.
func (s *source[T]) open(fsys fs.FS, t task) {
	s.in = &counter{}
	f, err := fsys.Open(t.name)
	if err != nil {
		s.hand(t, nil, 0, err)
		return
	}
	defer func() { _ = f.Close() }()
	s.read(t, f)
	s.done += s.in.n
}

// read reads a file that is open.
func (s *source[T]) read(t task, file io.Reader) {
	s.in = &counter{in: file}
	in, end, err := inflate(s.in)
	if err != nil {
		s.hand(t, nil, 0, err)
		return
	}
	defer end()
	switch t.what {
	case version:
		raw, err := io.ReadAll(in)
		s.hand(t, withoutMark(raw), 0, err)
	case lines:
		s.lines(t, in)
	default:
		s.sniff(t, newLineReader(in))
	}
}

// hand hands a piece on, with the number of its first line.
func (s *source[T]) hand(t task, data []byte, line int, err error) {
	select {
	case s.out <- &piece[T]{task: t, line: line, data: data, at: s.done + s.in.n, err: err}:
	case <-s.ctx.Done():
	}
}

// lines reads a file of lines.
func (s *source[T]) lines(t task, in io.Reader) {
	c := cutter{in: in}
	for line := 1; s.ctx.Err() == nil; {
		data, err := c.next()
		if line == 1 {
			data = withoutMark(data)
		}
		if errors.Is(err, io.EOF) {
			s.hand(t, data, line, nil)
			return
		}
		s.hand(t, data, line, err)
		line += bytes.Count(data, []byte("\n"))
		switch {
		case errors.Is(err, errLong):
			line++
		case err != nil:
			return
		}
	}
}

// sniff reads a file that its name tells nothing of. It is JSONL when its first or second line is a document by itself: a document over
// several lines has its first line end in the middle, and so has JSONL whose first line is cut off.
func (s *source[T]) sniff(t task, in *lineReader) {
	t.what = lines
	first, err := in.nextFilled()
	if err == nil && !complete(first) {
		if first[0] != '{' && first[0] != '[' {
			s.hand(t, nil, in.line, errors.New("neither a JSON document nor lines of JSON"))
			return
		}
		isList := first[0] == '['
		var second []byte
		second, err = in.nextFilled()
		if err == nil && (isList || !complete(second)) {
			t.what = document
			raw, err := in.all()
			s.hand(t, raw, 1, err)
			return
		}
	}
	s.lines(t, in.rewind()) // which meets an error of reading again
}
