package api

import (
	"context"
	"strings"
)

// The header by which a client asks the server to accept values of a wrong type in a PATCH (Prefer,
// RFC 7240). errata asks for it when it writes back what a log held before, and its own server
// complies; other servers go on checking.
const (
	PreferHeader = "Prefer"
	lenient      = "handling=lenient"
)

type lenientKey struct{}

// WithLenient asks the service to accept values of a wrong type in the updates that are made under
// the context.
func WithLenient(ctx context.Context) context.Context {
	return context.WithValue(ctx, lenientKey{}, true)
}

// IsLenient reports whether the context asks for that.
func IsLenient(ctx context.Context) bool {
	asked, _ := ctx.Value(lenientKey{}).(bool)
	return asked
}

// PrefersLenient reports whether the value of a Prefer header asks for that.
func PrefersLenient(header string) bool {
	for preference := range strings.SplitSeq(header, ",") {
		if strings.EqualFold(strings.TrimSpace(preference), lenient) {
			return true
		}
	}
	return false
}
