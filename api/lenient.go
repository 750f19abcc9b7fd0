package api

import (
	"context"
	"strings"
)

// The header with which a client asks that values of a PATCH are not held against their types (RFC
// 7240). errata asks for it when it brings back what a log held before, and its own server grants
// it; others check as they do.
const (
	PreferHeader = "Prefer"
	lenient      = "handling=lenient"
)

type lenientKey struct{}

// WithLenient asks the service that a log is updated in under the context to take values of a wrong
// type.
func WithLenient(ctx context.Context) context.Context {
	return context.WithValue(ctx, lenientKey{}, true)
}

// IsLenient tells whether the context asks for that.
func IsLenient(ctx context.Context) bool {
	asked, _ := ctx.Value(lenientKey{}).(bool)
	return asked
}

// PrefersLenient tells whether the value of a Prefer header asks for that.
func PrefersLenient(header string) bool {
	for preference := range strings.SplitSeq(header, ",") {
		if strings.EqualFold(strings.TrimSpace(preference), lenient) {
			return true
		}
	}
	return false
}
