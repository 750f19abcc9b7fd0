package api

import "context"

// reserveKey finds the function of WithReserve in a context.
type reserveKey struct{}

// WithReserve gives a context whose work calls reserve before it takes much memory.
func WithReserve(ctx context.Context, reserve func(ctx context.Context, bytes int64) error) context.Context {
	return context.WithValue(ctx, reserveKey{}, reserve)
}

// Reserve waits until the work under ctx may use that many bytes at one time. Of several calls the
// largest counts, until the request has ended. Without WithReserve it returns at once. An error
// means that the memory must not be used.
func Reserve(ctx context.Context, bytes int64) error {
	if reserve, ok := ctx.Value(reserveKey{}).(func(context.Context, int64) error); ok {
		return reserve(ctx, bytes)
	}
	return nil
}

// Reserves reports whether the context has a function of WithReserve.
func Reserves(ctx context.Context) bool {
	_, ok := ctx.Value(reserveKey{}).(func(context.Context, int64) error)
	return ok
}
