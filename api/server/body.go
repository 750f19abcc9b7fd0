package server

import (
	"bytes"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"strings"

	"errata/api"
)

// firstBuffer bounds what is set aside for a body because of the length that its sender claims.
const firstBuffer = 1 << 20

// body reads the body of a request. The errors are answers: 415, 413, 400.
func (h *handler) body(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	if kind := r.Header.Get("Content-Type"); kind != "" && !isJSON(kind) {
		return nil, &api.Error{Code: api.Failed, Status: http.StatusUnsupportedMediaType, Msg: "the body must be JSON; send Content-Type: application/json"}
	}
	if r.ContentLength > h.o.MaxBody {
		return nil, h.tooLarge()
	}
	var buf bytes.Buffer
	if r.ContentLength > 0 {
		buf.Grow(int(min(r.ContentLength, firstBuffer)) + bytes.MinRead)
	}
	_, err := buf.ReadFrom(http.MaxBytesReader(w, r.Body, h.o.MaxBody))
	var over *http.MaxBytesError
	switch {
	case errors.As(err, &over):
		return nil, h.tooLarge()
	case err != nil:
		return nil, &api.Error{Code: api.Failed, Status: http.StatusBadRequest, Msg: "the body ended too early", Err: err}
	}
	return buf.Bytes(), nil
}

func (h *handler) tooLarge() error {
	return &api.Error{Code: api.Failed, Status: http.StatusRequestEntityTooLarge, Msg: fmt.Sprintf("the body is larger than %d bytes", h.o.MaxBody)}
}

// isJSON tells whether a content type is JSON or a kind of it.
func isJSON(contentType string) bool {
	kind, _, err := mime.ParseMediaType(contentType)
	return err == nil && (kind == "application/json" || strings.HasPrefix(kind, "application/") && strings.HasSuffix(kind, "+json"))
}
