package server

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"os"
	"strings"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"

	"errata/api"
)

// firstBuffer bounds what is set aside for a body because of the length that its sender claims.
const firstBuffer = 1 << 20

// body reads the body of a request, inflated if need be. The errors are answers: 415, 413, 408, 400.
func (h *handler) body(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	if kind := r.Header.Get("Content-Type"); kind != "" && !isJSON(kind) {
		return nil, &api.Error{Code: api.Failed, Status: http.StatusUnsupportedMediaType, Msg: "the body must be JSON; send Content-Type: application/json"}
	}
	if r.ContentLength > h.o.MaxBody {
		return nil, h.tooLarge()
	}
	src := http.MaxBytesReader(w, r.Body, h.o.MaxBody)
	var doc []byte
	var err error
	switch coding := strings.ToLower(strings.TrimSpace(header(r, "Content-Encoding"))); coding {
	case "", "identity":
		doc, err = readAll(src, r.ContentLength)
	case "gzip", "x-gzip":
		doc, err = inflate(src, h.o.MaxBody)
	default:
		w.Header().Set("Accept-Encoding", "gzip, identity")
		return nil, &api.Error{Code: api.Failed, Status: http.StatusUnsupportedMediaType, Msg: "the body must be sent as it is or as gzip"}
	}
	if err != nil {
		return nil, h.bodyFault(w, err)
	}
	return doc, nil
}

// bodyFault is the answer for a body that could not be read. Its connection is of no more use when bytes of it may still come.
func (h *handler) bodyFault(w http.ResponseWriter, err error) error {
	var over *http.MaxBytesError
	var corrupt flate.CorruptInputError
	bad := func(msg string) error {
		return &api.Error{Code: api.Failed, Status: http.StatusBadRequest, Msg: msg, Err: err}
	}
	switch {
	case errors.As(err, &over), errors.Is(err, errInflated):
		return h.tooLarge()
	case errors.Is(err, os.ErrDeadlineExceeded):
		w.Header().Set("Connection", "close")
		return &api.Error{Code: api.Timeout, Status: http.StatusRequestTimeout, Msg: "the body did not come in time; send it again", Err: err}
	case errors.Is(err, gzip.ErrHeader), errors.Is(err, gzip.ErrChecksum), errors.As(err, &corrupt):
		return bad("the body is no gzip; send it as it is, or leave Content-Encoding out")
	}
	return bad("the body ended too early")
}

func (h *handler) tooLarge() error {
	return &api.Error{Code: api.Failed, Status: http.StatusRequestEntityTooLarge, Msg: fmt.Sprintf("the body is larger than %d bytes", h.o.MaxBody)}
}

// readAll reads src to its end. What its sender claims it to hold is believed once a part of it has come.
func readAll(src io.Reader, claimed int64) ([]byte, error) {
	var buf bytes.Buffer
	if claimed > 0 {
		buf.Grow(int(min(claimed, firstBuffer)) + bytes.MinRead)
	}
	if claimed > firstBuffer {
		if _, err := io.CopyN(&buf, src, firstBuffer); err != nil {
			return nil, early(err)
		}
		buf.Grow(int(claimed-firstBuffer) + bytes.MinRead)
	}
	_, err := buf.ReadFrom(src)
	return buf.Bytes(), err
}

// early makes of the end of a text the fault that it is where more was to come.
func early(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

var errInflated = errors.New("the inflated body is too large")

// inflate reads gzip to its end, at most limit bytes of what it holds.
func inflate(src io.Reader, limit int64) ([]byte, error) {
	gz, err := gzip.NewReader(src)
	if err != nil {
		return nil, early(err)
	}
	doc, err := readAll(io.LimitReader(gz, limit+1), 0)
	if err == nil && int64(len(doc)) > limit {
		err = errInflated
	}
	return doc, err
}

// isJSON tells whether a content type is JSON or a kind of it.
func isJSON(contentType string) bool {
	kind, _, err := mime.ParseMediaType(contentType)
	return err == nil && (kind == "application/json" || strings.HasPrefix(kind, "application/") && strings.HasSuffix(kind, "+json"))
}
