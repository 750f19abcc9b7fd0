package api

import (
	"context"
	"fmt"
	"io"
	"time"
)

// Notice says why something takes longer than usual.
type Notice struct {
	// a sentence without a full stop; it may quote a server, so it is not safe for a terminal as it
	// is
	Text string
	For  time.Duration // the wait, where a server asked for it; 0 where somebody else is slow

	// how many bytes of a long answer have come, and how many it has; 0 in a notice with a Text
	Done, All int64
}

type noticeKey struct{}

// WithNotices gives a context whose work reports why it takes longer than usual. tell may be called
// from any goroutine and must return at once; with nil nobody is told.
func WithNotices(ctx context.Context, tell func(Notice)) context.Context {
	return context.WithValue(ctx, noticeKey{}, tell)
}

// Notify reports why the work under the context takes longer than usual.
func Notify(ctx context.Context, wait time.Duration, format string, args ...any) {
	if tell, _ := ctx.Value(noticeKey{}).(func(Notice)); tell != nil {
		tell(Notice{Text: fmt.Sprintf(format, args...), For: wait})
	}
}

// When the share of an answer that has come is reported: of one that is not short, once it takes
// long, and then a few times a second.
const (
	shareFrom  = 1 << 20 // bytes
	shareAfter = 500 * time.Millisecond
	shareEach  = 200 * time.Millisecond
)

// sharing is an answer of a known length that reports, as a Notice, how much of it has come.
type sharing struct {
	io.Reader
	tell      func(Notice)
	done, all int64
	next      time.Time // when it is reported next
}

// shared gives an answer that is read under ctx, of which all bytes are to come.
func shared(ctx context.Context, in io.Reader, all int64) io.Reader {
	tell, _ := ctx.Value(noticeKey{}).(func(Notice))
	if tell == nil || all < shareFrom {
		return in
	}
	return &sharing{Reader: in, tell: tell, all: all, next: time.Now().Add(shareAfter)}
}

// Read reads on, and reports when it is time.
func (s *sharing) Read(p []byte) (int, error) {
	n, err := s.Reader.Read(p)
	s.done += int64(n)
	if now := time.Now(); now.After(s.next) {
		s.next = now.Add(shareEach)
		s.tell(Notice{Done: s.done, All: s.all})
	}
	return n, err
}
