package api_test

import (
	"errors"
	"fmt"
	"testing"

	"errata/api"
)

func TestCodeOf(t *testing.T) {
	t.Parallel()
	cause := errors.New("cause")
	conflict := &api.Error{Code: api.Conflict, Msg: "taken", Err: cause}
	for _, c := range []struct {
		err  error
		want api.Code
	}{
		{nil, 0},
		{cause, api.Failed},
		{conflict, api.Conflict},
		{fmt.Errorf("saving: %w", conflict), api.Conflict},
		{&api.Error{Msg: "no code"}, api.Failed},
	} {
		if got := api.CodeOf(c.err); got != c.want {
			t.Errorf("CodeOf(%v) = %d, want %d", c.err, got, c.want)
		}
	}
	if !errors.Is(conflict, cause) {
		t.Error("the cause is not in the chain")
	}
}

func TestStatuses(t *testing.T) {
	t.Parallel()
	for status, want := range map[int]api.Code{
		200: 0, 204: 0, 301: api.Redirected, 304: api.Redirected, 308: api.Redirected,
		400: api.Failed, 401: api.Unauthorized, 403: api.Unauthorized, 404: api.NotFound, 405: api.Failed,
		408: api.Timeout, 409: api.Conflict, 412: api.Precondition, 413: api.Failed, 422: api.Invalid,
		429: api.RateLimited, 500: api.Unavailable, 502: api.Unavailable, 503: api.Unavailable, 504: api.Unavailable, 599: api.Unavailable,
	} {
		if got := api.CodeForStatus(status); got != want {
			t.Errorf("CodeForStatus(%d) = %d, want %d", status, got, want)
		}
	}
	for _, c := range []api.Code{api.Unauthorized, api.NotFound, api.Conflict, api.Precondition, api.Invalid, api.RateLimited, api.Unavailable} {
		if got := api.CodeForStatus(c.HTTPStatus()); got != c {
			t.Errorf("code %d becomes %d on its way over HTTP", c, got)
		}
	}
	for c := api.Code(0); c <= api.Canceled+1; c++ {
		if s := c.HTTPStatus(); s < 400 || s > 599 {
			t.Errorf("code %d has status %d", c, s)
		}
	}
}
