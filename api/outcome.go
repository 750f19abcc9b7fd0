package api

import (
	"context"
	"errors"
	"time"
)

// checkFor is how long it may take to learn what became of a request, unless somebody says.
const checkFor = 15 * time.Second

// Lasting is a context that goes on for a while after ctx has ended, for what became of a request
// must be known. A limit of 0 is fifteen seconds.
func Lasting(ctx context.Context, limit time.Duration) (context.Context, context.CancelFunc) {
	if limit == 0 {
		limit = checkFor
	}
	out, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() { time.AfterFunc(limit, cancel) })
	return out, func() { stop(); cancel() }
}

// NotDone is the error of a write that was looked for and has done nothing.
func NotDone(err error) error {
	var e *Error
	if !errors.As(err, &e) {
		return err
	}
	known := *e
	known.Sent, known.Err = NotSent, err
	return &known
}
