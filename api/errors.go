package api

import (
	"errors"
	"io"
	"net/http"
	"time"
)

// Code is what went wrong, for programs.
type Code int

// The codes.
const (
	// whatever has no code of its own, such as a 4xx that is not listed here
	Failed       Code = iota + 1
	Unauthorized      // 401, 403
	NotFound          // 404
	Conflict          // 409
	Precondition      // 412
	Invalid           // 422; Error.Fields says which members
	RateLimited       // 429; Error.RetryAfter
	Unavailable       // 5xx
	Timeout           // no answer within the time limits
	Unreachable       // no connection: refused, no such host, TLS
	// an answer that is not JSON, cut short, too large, or of another log
	BadAnswer
	Redirected // 3xx; never followed
	// not sent, because it would have been unsafe (plain HTTP to another machine, say)
	Refused
	Canceled  // the caller gave up
	Unchanged // 304, for which was asked: it is as WithSeen says
)

// Sent says whether a request may have taken effect.
type Sent int

// Whether a request may have taken effect. Reads are always NotSent.
const (
	NotSent   Sent = iota // certainly not
	MaybeSent             // it was written, and no answer tells
	WasSent               // the server answered that it did
)

// Error is every error of a Service.
type Error struct {
	Code   Code
	Status int // HTTP status, 0 without an answer
	// a sentence, lower case, no full stop: what happened and what to do next. It may quote the
	// server: not safe for a terminal as it is
	Msg        string
	Fields     []FieldError
	RetryAfter time.Duration // how long the server asked to wait, 0 when it did not
	Sent       Sent
	Err        error // the cause, may be nil; holds no key
}

// FieldError is one entry of a 422.
type FieldError struct {
	Loc  []any // strings and ints: "body", "messages", 1, "role"
	Msg  string
	Type string
	More int // how many entries it stands for that are not listed; else 0
}

// Error gives Msg, and what is known of the effect of a write if the answer does not say it.
func (e *Error) Error() string {
	switch e.Sent {
	case MaybeSent:
		return e.Msg + "; whether it was saved is not known"
	case WasSent:
		return e.Msg + "; the server had accepted the change"
	}
	return e.Msg
}

// Unwrap gives the cause. A connection that ended is io.ErrUnexpectedEOF, whatever net/http or a
// driver calls it: io.EOF says that a list is at its end, and nobody must take the one for the
// other.
func (e *Error) Unwrap() error {
	if errors.Is(e.Err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return e.Err
}

// CodeOf is the code of the *Error in err's chain, Failed when there is none, 0 for nil.
func CodeOf(err error) Code {
	if err == nil {
		return 0
	}
	var e *Error
	if errors.As(err, &e) && e != nil && e.Code != 0 {
		return e.Code
	}
	return Failed
}

// statusClientGone is what servers log for a request that its client abandoned. It is no registered
// status and no client sees it.
const statusClientGone = 499

// statuses maps each code to the status that a server answers. Codes that arise only in a client
// map to what a server says that is between.
var statuses = map[Code]int{
	Failed:       http.StatusInternalServerError,
	Unauthorized: http.StatusUnauthorized,
	NotFound:     http.StatusNotFound,
	Conflict:     http.StatusConflict,
	Precondition: http.StatusPreconditionFailed,
	Invalid:      http.StatusUnprocessableEntity,
	RateLimited:  http.StatusTooManyRequests,
	Unavailable:  http.StatusServiceUnavailable,
	Timeout:      http.StatusGatewayTimeout,
	Unreachable:  http.StatusBadGateway,
	BadAnswer:    http.StatusBadGateway,
	Redirected:   http.StatusBadGateway,
	Refused:      http.StatusBadGateway,
	Canceled:     statusClientGone,
}

// HTTPStatus is the status that a server answers for a code, 500 for one that it does not know.
func (c Code) HTTPStatus() int {
	if status, ok := statuses[c]; ok {
		return status
	}
	return http.StatusInternalServerError
}

// CodeForStatus is the code for the status of an answer; 0 for 2xx. It is the inverse of HTTPStatus
// for the codes that a client can distinguish: all of 5xx is Unavailable.
func CodeForStatus(status int) Code {
	switch status {
	case http.StatusUnauthorized, http.StatusForbidden:
		return Unauthorized
	case http.StatusNotFound:
		return NotFound
	case http.StatusRequestTimeout:
		return Timeout
	case http.StatusConflict:
		return Conflict
	case http.StatusPreconditionFailed:
		return Precondition
	case http.StatusUnprocessableEntity:
		return Invalid
	case http.StatusTooManyRequests:
		return RateLimited
	}
	switch status / 100 {
	case 2:
		return 0
	case 3:
		return Redirected
	case 5:
		return Unavailable
	}
	return Failed
}
