package api

import (
	"context"
	"fmt"
	"time"
)

// Notice says why something takes longer than usual.
type Notice struct {
	// a sentence without a full stop; it may quote a server, so it is not safe for a terminal as it
	// is
	Text string
	For  time.Duration // the wait, where a server asked for it; 0 where somebody else is slow
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
		tell(Notice{fmt.Sprintf(format, args...), wait})
	}
}
