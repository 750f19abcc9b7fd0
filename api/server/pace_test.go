package server

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"testing"
)

// keeper is a response that keeps what it was given, as a pool of HTTP/2 does.
type keeper struct {
	*httptest.ResponseRecorder
	kept []byte
}

func (k *keeper) Write(p []byte) (int, error) {
	k.kept = p
	return k.ResponseRecorder.Write(p)
}

// What the layer below keeps of an answer holds no large document in memory.
func TestAnAnswerLendsNoDocument(t *testing.T) {
	t.Parallel()
	doc := bytes.Repeat([]byte("tide "), 100_000)
	k := &keeper{ResponseRecorder: httptest.NewRecorder()}
	w := &pacedWriter{ResponseWriter: k, conn: http.NewResponseController(k), stream: true}
	if n, err := w.Write(doc); n != len(doc) || err != nil || !bytes.Equal(k.Body.Bytes(), doc) {
		t.Errorf("%d bytes were written, %v", n, err)
	}
	if size := cap(k.kept); size > 2*pieceSize {
		t.Errorf("%d bytes are held by what was written last", size)
	}
}
