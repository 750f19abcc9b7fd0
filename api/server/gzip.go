package server

import (
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/klauspost/compress/gzip"
)

// leastGzip is how long an answer has to be to gain from compression.
const leastGzip = 1 << 10

// writers are compressors that have done their work; a new one costs more than a small answer.
var writers = sync.Pool{New: func() any {
	gz, _ := gzip.NewWriterLevel(io.Discard, gzip.BestSpeed) // the level is valid
	return gz
}}

// compressed sends answers as gzip to who takes it. The ETag stays as it is: it names the log
// rather than the bytes on the line, so that what was read compressed can be sent back in If-Match.
func compressed(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodHead || !takesGzip(r.Header.Values("Accept-Encoding")) {
			next.ServeHTTP(w, r)
			return
		}
		c := &compressor{ResponseWriter: w}
		next.ServeHTTP(c, r)
		c.close() // not after a panic: half an answer must not look whole
	})
}

// compressor is the writer of one answer.
type compressor struct {
	http.ResponseWriter
	gz *gzip.Writer // nil while the answer goes out as it is
}

// WriteHeader decides by the declared length whether the answer is compressed. One without a length
// is long.
func (c *compressor) WriteHeader(status int) {
	head := c.Header()
	n, err := strconv.Atoi(head.Get("Content-Length"))
	if long := err == nil && n >= leastGzip || err != nil && status == http.StatusOK; long && c.gz == nil {
		head.Del("Content-Length")
		head.Set("Content-Encoding", "gzip")
		c.gz = writers.Get().(*gzip.Writer) // the pool holds nothing else
		c.gz.Reset(c.ResponseWriter)
	}
	c.ResponseWriter.WriteHeader(status)
}

// Write compresses what the answer says, if it is to be.
func (c *compressor) Write(p []byte) (int, error) {
	if c.gz == nil {
		return c.ResponseWriter.Write(p)
	}
	return c.gz.Write(p)
}

func (c *compressor) close() {
	if c.gz == nil {
		return
	}
	_ = c.gz.Close() // a caller who went away is not told
	c.gz.Reset(io.Discard)
	writers.Put(c.gz)
}

// Unwrap lets http.ResponseController reach the writer beneath.
func (c *compressor) Unwrap() http.ResponseWriter { return c.ResponseWriter }

// takesGzip reads an Accept-Encoding header: gzip or anything is welcome, with a weight above zero.
func takesGzip(lines []string) bool {
	if len(lines) == 0 {
		return false
	}
	wildcard := false
	for _, item := range strings.Split(strings.Join(lines, ","), ",") {
		name, rest, _ := strings.Cut(item, ";")
		weighs := weight(rest) > 0
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "gzip", "x-gzip":
			return weighs
		case "*":
			wildcard = weighs
		}
	}
	return wildcard
}

// weight reads the parameter q of an item: 1 when it is not there, 0 when it cannot be read.
func weight(params string) float64 {
	for _, p := range strings.Split(params, ";") {
		name, value, _ := strings.Cut(p, "=")
		if strings.EqualFold(strings.TrimSpace(name), "q") {
			q, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
			if err != nil {
				return 0
			}
			return q
		}
	}
	return 1
}
