package server

import (
	"bytes"
	"context"
	"encoding/binary"
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

// firstBuffer is how much memory is allocated at once for a body because of the length that its
// sender claims.
const firstBuffer = 1 << 20

// body reads the body of a request, decompressed if need be. Its errors are responses: 415, 413,
// 408 or 400.
func (h *handler) body(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	if kind := r.Header.Get("Content-Type"); kind != "" && !isJSON(kind) {
		return nil, &api.Error{Code: api.Failed, Status: http.StatusUnsupportedMediaType, Msg: "the body must be JSON; send Content-Type: application/json"}
	}
	if r.ContentLength > h.o.MaxBody {
		return nil, h.tooLarge()
	}
	mine := &requestOf(r.Context()).share
	if body, here := api.BodyIn(r.Context()); here && int64(len(body)) <= h.o.MaxBody {
		if err := mine.wantBody(r.Context(), int64(len(body))); err != nil {
			return nil, h.bodyFault(w, err)
		}
		return body, mine.wantNames(r.Context(), body)
	}
	src := http.MaxBytesReader(w, r.Body, h.o.MaxBody)
	var doc []byte
	var err error
	switch coding := strings.ToLower(strings.TrimSpace(header(r, "Content-Encoding"))); coding {
	case "", "identity":
		doc, err = readAll(r.Context(), mine, src, r.ContentLength)
	case "gzip", "x-gzip":
		doc, err = inflate(r.Context(), mine, src, r.ContentLength, h.o.MaxBody)
	default:
		w.Header().Set("Accept-Encoding", "gzip, identity")
		return nil, &api.Error{Code: api.Failed, Status: http.StatusUnsupportedMediaType, Msg: "the body must be sent as it is or as gzip"}
	}
	if err != nil {
		return nil, h.bodyFault(w, err)
	}
	return doc, mine.wantNames(r.Context(), doc)
}

// bodyFault is the response to a body that could not be read. Where more of it may still come, the
// connection is closed afterwards.
func (h *handler) bodyFault(w http.ResponseWriter, err error) error {
	var known *api.Error
	var over *http.MaxBytesError
	var corrupt flate.CorruptInputError
	bad := func(msg string) error {
		return &api.Error{Code: api.Failed, Status: http.StatusBadRequest, Msg: msg, Err: err}
	}
	switch {
	case errors.As(err, &known):
		return err
	case errors.As(err, &over), errors.Is(err, errInflated):
		return h.tooLarge()
	case errors.Is(err, os.ErrDeadlineExceeded):
		w.Header().Set("Connection", "close")
		return &api.Error{Code: api.Timeout, Status: http.StatusRequestTimeout, Msg: "the body did not come in time; send it again", Err: err}
	case errors.Is(err, gzip.ErrHeader), errors.Is(err, gzip.ErrChecksum), errors.As(err, &corrupt):
		return bad("the body is not gzip; send it as it is, or leave Content-Encoding out")
	case errors.Is(err, errBehind):
		return bad("behind the gzip text of the body stands something else; send nothing after it")
	case errors.Is(err, io.ErrUnexpectedEOF):
		return bad("the body ended too early")
	}
	return bad("the body did not come as its header says; send it again")
}

func (h *handler) tooLarge() error {
	return &api.Error{Code: api.Failed, Status: http.StatusRequestEntityTooLarge, Msg: fmt.Sprintf("the body is larger than %d bytes", h.o.MaxBody)}
}

// readAll reads src to its end. What its sender claims it to hold is believed once a part of it has
// come; one of unknown length asks for memory as it grows.
func readAll(ctx context.Context, mine *share, src io.Reader, claimed int64) ([]byte, error) {
	if err := mine.wantBody(ctx, claimed); err != nil {
		return nil, err
	}
	room := min(max(claimed, bytes.MinRead), firstBuffer)
	buf := make([]byte, 0, room+1) // a byte more sees the end without growing
	for {
		n, err := src.Read(buf[len(buf):cap(buf)])
		buf = buf[:len(buf)+n]
		switch {
		case errors.Is(err, io.EOF) && int64(len(buf)) < claimed:
			return nil, io.ErrUnexpectedEOF
		case errors.Is(err, io.EOF):
			return buf, nil
		case err != nil:
			return nil, err
		case len(buf) < cap(buf):
			continue
		}
		room = int64(2 * len(buf))
		if claimed >= int64(len(buf)) {
			room = claimed
		} else if err := mine.wantBody(ctx, room); err != nil {
			return nil, err
		}
		buf = append(make([]byte, 0, room+1), buf...)
	}
}

// early turns the end of the input into the error that it is where more was to come.
func early(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

var errInflated = errors.New("the inflated body is too large")

// sizeTail is the end of a gzip text that tells its size, and leastGzipText how long one is at
// least.
const (
	sizeTail      = 4
	leastGzipText = 18
)

// gzipStart is the first byte of every gzip text.
const gzipStart = 0x1f

// inflate reads gzip to its end, at most limit bytes of what it holds. Its own word about its size
// is taken for a claim: what is too large is refused without keeping any of it.
func inflate(ctx context.Context, mine *share, src io.Reader, length, limit int64) ([]byte, error) {
	packed, err := readAll(ctx, mine, src, length)
	if err != nil {
		return nil, err
	}
	gz, err := newMembers(packed)
	if err != nil {
		return nil, early(err)
	}
	claimed := int64(-1)
	if len(packed) >= leastGzipText {
		claimed = int64(binary.LittleEndian.Uint32(packed[len(packed)-sizeTail:]))
	}
	if claimed > limit {
		return nil, measure(gz, limit)
	}
	// The claim only sizes the memory: a body of several parts gives the size of the last one.
	if err := mine.wantBody(ctx, int64(len(packed))+claimed); err != nil {
		return nil, err
	}
	doc := bytes.NewBuffer(make([]byte, 0, max(claimed, 0)+bytes.MinRead))
	_, err = doc.ReadFrom(&growing{io.LimitReader(gz, limit+1), func(size int64) error {
		return mine.wantBody(ctx, int64(len(packed))+max(size, claimed))
	}, 0})
	if err == nil && int64(doc.Len()) > limit {
		err = errInflated
	}
	return doc.Bytes(), err
}

// errBehind is the error for what is behind a gzip text and is none.
var errBehind = errors.New("something else stands behind the gzip text")

// members reads gzip texts, one behind the other.
type members struct {
	all    []byte
	packed *bytes.Reader // of all, what is left
	gz     *gzip.Reader
}

func newMembers(packed []byte) (*members, error) {
	m := &members{all: packed, packed: bytes.NewReader(packed)}
	var err error
	if m.gz, err = gzip.NewReader(m.packed); err != nil {
		return nil, err
	}
	m.gz.Multistream(false)
	return m, nil
}

// Read reads on in the next text where one ends.
func (m *members) Read(p []byte) (int, error) {
	n, err := m.gz.Read(p)
	if !errors.Is(err, io.EOF) || m.packed.Len() == 0 {
		return n, err
	}
	if first := m.all[len(m.all)-m.packed.Len()]; first != gzipStart {
		return n, errBehind
	}
	if err := m.gz.Reset(m.packed); err != nil {
		return n, early(err)
	}
	m.gz.Multistream(false)
	return n, nil
}

// measure says what is wrong with gzip that claims to hold more than limit, keeping none of it.
func measure(gz io.Reader, limit int64) error {
	n, err := io.Copy(io.Discard, io.LimitReader(gz, limit+1))
	if err == nil || n > limit {
		return errInflated
	}
	return err
}

// growing is a reader that reserves memory before it returns more.
type growing struct {
	io.Reader
	ask  func(size int64) error
	size int64
}

// Read hands on a piece that was asked for.
func (g *growing) Read(p []byte) (int, error) {
	n, err := g.Reader.Read(p)
	g.size += int64(n)
	if refused := g.ask(g.size); refused != nil {
		return 0, refused
	}
	return n, err
}

// isJSON reports whether a content type is JSON or a kind of it.
func isJSON(contentType string) bool {
	kind, _, err := mime.ParseMediaType(contentType)
	return err == nil && (kind == "application/json" || strings.HasPrefix(kind, "application/") && strings.HasSuffix(kind, "+json"))
}
