package api

import "context"

// reserveKey finds the function of WithReserve in a context.
type reserveKey struct{}

// WithReserve has whoever works for ctx ask before it takes much memory.
func WithReserve(ctx context.Context, reserve func(ctx context.Context, bytes int64) error) context.Context {
	return context.WithValue(ctx, reserveKey{}, reserve)
}

// Reserve waits until so many bytes may be taken on behalf of ctx at one time: of several calls the
// largest counts, until the request has ended. Where nobody wants to be asked it does nothing. An
// error means that they must not be taken.
func Reserve(ctx context.Context, bytes int64) error {
	if reserve, ok := ctx.Value(reserveKey{}).(func(context.Context, int64) error); ok {
		return reserve(ctx, bytes)
	}
	return nil
}

// Reserves tells whether somebody wants to be asked.
func Reserves(ctx context.Context) bool {
	_, ok := ctx.Value(reserveKey{}).(func(context.Context, int64) error)
	return ok
}
