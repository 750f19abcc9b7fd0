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
	For  time.Duration // the wait, where a server asked for it; 0 if somebody else is slow

	// how many bytes of a long answer have come, and how many it has; 0 in a notice with a Text
	Done, All int64
}

type noticeKey struct{}

// WithNotices gives a context whose work reports why it takes longer than usual. tell may be called
// from any goroutine and must return at once; nil reports nothing.
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

// Sharing returns a function to call with each piece of a long answer as it arrives. It reports
// under ctx, as a Notice, how much of all bytes has arrived.
func Sharing(ctx context.Context, all int64) (came func(bytes int)) {
	tell, _ := ctx.Value(noticeKey{}).(func(Notice))
	if tell == nil || all < shareFrom {
		return func(int) {}
	}
	done, next := int64(0), time.Now().Add(shareAfter)
	return func(bytes int) {
		done += int64(bytes)
		if now := time.Now(); now.After(next) {
			next = now.Add(shareEach)
			tell(Notice{Done: done, All: all})
		}
	}
}

// sharing is an answer of a known length that reports how much of it has come.
type sharing struct {
	io.Reader
	came func(bytes int)
}

// shared gives an answer that is read under ctx, of which all bytes are to come.
func shared(ctx context.Context, in io.Reader, all int64) io.Reader {
	return sharing{in, Sharing(ctx, all)}
}

// Read reads on, and reports when it is time.
func (s sharing) Read(p []byte) (int, error) {
	n, err := s.Reader.Read(p)
	s.came(n)
	return n, err
}
