package logfile

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"

	"golang.org/x/sync/semaphore"
)

// source reads files and cuts them into pieces.
type source[T any] struct {
	ctx  context.Context
	out  chan<- *piece[T]
	room *semaphore.Weighted
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
	in, end, err := text(s.in)
	if err != nil {
		s.hand(t, nil, 0, err)
		return
	}
	defer end()
	if t.what == version {
		raw, err := io.ReadAll(in)
		s.hand(t, raw, 0, err)
		return
	}
	start := newLineReader(in)
	c, err := start.cut(t.what == lines)
	if err != nil {
		s.hand(t, nil, start.line, err)
		return
	}
	s.records(t, c)
}

// hand hands a piece on, with the number of its first line, as soon as there is room for it.
func (s *source[T]) hand(t task, data []byte, line int, err error) {
	p := &piece[T]{task: t, line: line, data: data, at: s.done + s.in.n, err: err, size: min(int64(cap(data)), room)}
	if s.room.Acquire(s.ctx, p.size) != nil {
		return
	}
	select {
	case s.out <- p:
	case <-s.ctx.Done():
	}
}

// records hands on the portions of a file.
func (s *source[T]) records(t task, c portions) {
	for line := 1; s.ctx.Err() == nil; {
		data, err := c.next()
		if errors.Is(err, io.EOF) {
			s.hand(t, data, line, nil)
			return
		}
		s.hand(t, data, line, err)
		line += bytes.Count(data, newline)
		switch {
		case errors.Is(err, errLong):
			line++
		case err != nil:
			return
		}
	}
}
