package api

import (
	"context"
	"errors"
	"time"
)

// checkFor is how long it may take to learn what became of a request.
const checkFor = 15 * time.Second

// Lasting is a context that goes on for fifteen seconds after ctx has ended, for what became of a
// request must be known.
func Lasting(ctx context.Context) (context.Context, context.CancelFunc) {
	out, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() { time.AfterFunc(checkFor, cancel) })
	return out, func() { stop(); cancel() }
}

// NotDone is the error of a write that was looked for and has done nothing.
func NotDone(err error) error { return withSent(err, NotSent) }

// withSent is the error of a write that says otherwise whether it took effect.
func withSent(err error, sent Sent) error {
	var e *Error
	if !errors.As(err, &e) {
		return err
	}
	anew := *e
	anew.Sent, anew.Err = sent, err
	return &anew
}
