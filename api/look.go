package api

import "context"

type lookKey struct{}

// WithLook has every answer to a write under ctx that asks to slow down doubted: before it is sent
// again, and before it is given up, look is called, and reports whether it may have been carried
// out. Then it ends with an error that is MaybeSent.
func WithLook(ctx context.Context, look func() (maybe bool)) context.Context {
	return context.WithValue(ctx, lookKey{}, look)
}

// looked reports whether the look under ctx says that a write may have been carried out.
func looked(ctx context.Context) bool {
	look, ok := ctx.Value(lookKey{}).(func() bool)
	return ok && look()
}
