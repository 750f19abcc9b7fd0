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
	For  time.Duration // how long is waited on purpose; 0 where somebody else takes long
}

type noticeKey struct{}

// WithNotices has whatever works under the context say why it takes longer than usual. tell is
// called from any goroutine and returns at once; nil hears nothing.
func WithNotices(ctx context.Context, tell func(Notice)) context.Context {
	return context.WithValue(ctx, noticeKey{}, tell)
}

// Notify says why what is done under the context takes longer than usual.
func Notify(ctx context.Context, wait time.Duration, format string, args ...any) {
	if tell, _ := ctx.Value(noticeKey{}).(func(Notice)); tell != nil {
		tell(Notice{fmt.Sprintf(format, args...), wait})
	}
}
