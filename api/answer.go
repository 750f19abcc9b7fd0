package api

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"mime"
	"net/http"
	"strings"
	"time"

	"errata/model"
	"errata/model/charset"
	"errata/model/jsonraw"
)

// contentJSON is the only media type that the API speaks.
const contentJSON = "application/json"

// call is one request, and what its answer has to be like.
type call struct {
	method  string
	url     string
	what    string // what a 404 says is not there: "log log_1"
	id      string // the id that the answer must have, empty for any
	body    []byte
	ifMatch string
	// the tag of the log that the caller has: the answer may be that it is still the one, which is
	// an answer without a body
	ifNoneMatch string
	cut         int // what LogQuery says of the records of the list that is asked for
}

// sent gives s for a write, and NotSent for a read: a read changes nothing on the server, however
// it ends.
func (cl call) sent(s Sent) Sent {
	if cl.method == http.MethodGet {
		return NotSent
	}
	return s
}

// answer is a JSON object that the server answered with.
type answer struct {
	body []byte
	etag string

	locked []string   // see Document
	log    *model.Log // body as a log; any JSON object can be indexed as one
	sent   Sent
	from   string
}

func (a answer) document() Document {
	return Document{Raw: a.body, ETag: a.etag, Locked: a.locked, log: a.log}
}

// member is the text of a top-level string, "" for anything else.
func (a answer) member(name string) string {
	text, _ := a.log.Member(name).Text()
	return text
}

func (a answer) created() (Created, error) {
	made := Created{ID: a.member("id"), PromptID: a.member("prompt_id"), VersionID: a.member("version_id")}
	if made.ID == "" {
		return Created{}, badAnswer("has no id", a.from, a.sent, nil)
	}
	return made, nil
}

// try sends a request once. first limits the time to the first byte of the answer.
func (c *Client) try(ctx context.Context, cl call, first time.Duration) (answer, error) {
	if err := ctx.Err(); err != nil {
		return answer{}, c.lost(cl, nil, err)
	}
	w := newWatch(ctx, first, c.o.Timeout)
	defer w.stop()
	slow := time.AfterFunc(c.o.Slow, func() { Notify(ctx, 0, "%s has not answered yet", c.host) })
	defer slow.Stop()
	req := c.resty.R().SetContext(c.withBody(w.ctx, cl.body))
	if cl.method != http.MethodGet {
		// A body that is given as a reader goes out as it is; one that is given as bytes, resty
		// copies twice.
		req.SetHeader("Content-Type", contentJSON).SetBody(bytes.NewReader(cl.body))
	}
	if IsLenient(ctx) {
		req.SetHeader(PreferHeader, lenient)
	}
	if cl.ifMatch != "" {
		req.SetHeader("If-Match", cl.ifMatch)
	}
	seen := seenIn(ctx)
	tag := cmp.Or(cl.ifNoneMatch, seen.tag(cl.url))
	if tag != "" {
		req.SetHeader("If-None-Match", tag)
	}
	resp, err := req.Execute(cl.method, cl.url)
	if err != nil {
		return answer{}, c.lost(cl, w, err)
	}
	slow.Stop()
	raw := resp.RawResponse
	defer func() { _ = raw.Body.Close() }()
	switch {
	case raw.StatusCode == http.StatusNotModified && cl.ifNoneMatch != "":
		return answer{etag: raw.Header.Get("ETag"), from: c.host}, nil
	case raw.StatusCode == http.StatusNotModified && tag != "":
		return answer{}, unchanged()
	case CodeForStatus(raw.StatusCode) != 0:
		return answer{}, c.turnedDown(cl, w, raw)
	}
	if raw.StatusCode == http.StatusNoContent && cl.method == http.MethodDelete {
		return answer{sent: WasSent, from: c.host}, nil
	}
	a, err := c.accept(cl, w, raw)
	if err == nil {
		seen.note(cl.url, a.etag)
	}
	return a, err
}

// accept reads an answer whose status is a success. A write has taken effect by then, even where
// the rest of its answer cannot be read. But an answer that is not the API's, or is about another
// log, proves nothing about the write.
func (c *Client) accept(cl call, w *watch, raw *http.Response) (answer, error) {
	a := answer{etag: raw.Header.Get("ETag"), locked: lockedIn(raw.Header), sent: cl.sent(WasSent), from: c.host}
	foreign := cl.sent(MaybeSent)
	if fault := notJSON(raw.Header); fault != "" {
		return answer{}, badAnswer(fault, c.host, foreign, nil)
	}
	if a.log = handedAlone(raw); a.log == nil {
		if err := c.take(cl, w, raw, &a); err != nil {
			return answer{}, err
		}
	}
	if id := a.member("id"); cl.id != "" && id != cl.id {
		about := quote(id)
		if id == "" {
			about = "nothing that has an id"
		}
		return answer{}, badAnswer("is not about "+quote(cl.id)+" but about "+about, c.host, foreign, errStray)
	}
	return a, nil
}

// take reads the body of an answer, and what it holds.
func (c *Client) take(cl call, w *watch, raw *http.Response, a *answer) (err error) {
	foreign := cl.sent(MaybeSent)
	if a.body, err = cl.read(w, raw, c.o.MaxBody); err != nil {
		return c.cut(cl, w, err)
	}
	if a.body, err = charset.Decode(a.body); err != nil {
		return badAnswer("is not JSON", c.host, foreign, err)
	}
	if first := bytes.TrimLeft(a.body, " \t\r\n"); len(first) == 0 || first[0] != '{' {
		return badAnswer("is not a JSON object", c.host, foreign, nil)
	}
	if a.log, err = logOf(raw, a.body); err != nil {
		return badAnswer("is not complete JSON", c.host, a.sent, err)
	}
	return nil
}

// notJSON says what an answer is by its header, "" when it is JSON.
func notJSON(h http.Header) string {
	if coding := h.Get("Content-Encoding"); coding != "" && !strings.EqualFold(coding, "identity") {
		return "is compressed in a way that was not asked for"
	}
	kind, _, err := mime.ParseMediaType(h.Get("Content-Type"))
	switch {
	case kind == contentJSON || strings.HasPrefix(kind, "application/") && strings.HasSuffix(kind, "+json"):
		return ""
	case kind == "text/html" || kind == "application/xhtml+xml":
		return "is a web page (" + kind + "), not JSON"
	case err != nil:
		return "does not say that it is JSON"
	}
	return "is " + quote(kind) + ", not JSON"
}

// errStray is the cause of an error where an answer is about another log than the one asked for.
var errStray = errors.New("the answer to something else")

var errTooLarge = errors.New("the answer is too large")

// read reads the body of an answer. If a list of logs with a limit for each member was asked for,
// the members are cut here once more: a server that does not know the parameter sends them whole.
func (cl call) read(w *watch, raw *http.Response, limit int64) ([]byte, error) {
	if cl.cut <= 0 {
		return readBody(w, raw, limit)
	}
	var list bytes.Buffer
	cutter := jsonraw.NewCutter(&bounded{&list, limit}, jsonraw.OfPage, cl.cut)
	if _, err := io.CopyBuffer(cutter, struct{ io.Reader }{w.reader(raw.Body)}, make([]byte, 64<<10)); err != nil {
		return nil, err
	}
	return list.Bytes(), nil
}

// bounded is a buffer that takes no more than it has room for.
type bounded struct {
	*bytes.Buffer
	room int64
}

// Write gives errTooLarge for what does not fit.
func (b *bounded) Write(p []byte) (int, error) {
	if b.room -= int64(len(p)); b.room < 0 {
		return 0, errTooLarge
	}
	return b.Buffer.Write(p)
}

// readBody reads a whole body, at most limit bytes of it as decompressed, into memory of its size.
func readBody(w *watch, raw *http.Response, limit int64) ([]byte, error) {
	if raw.ContentLength > limit {
		return nil, errTooLarge
	}
	if body, ok := raw.Body.(*collected); ok {
		return body.all, nil
	}
	src := w.reader(raw.Body)
	if raw.ContentLength < 0 {
		return readChunks(src, limit)
	}
	body := make([]byte, raw.ContentLength)
	n, err := fill(shared(w.ctx, src, raw.ContentLength), body)
	if err == nil {
		// Only a body that was read to its end leaves the connection fit for the next request.
		_, err = fill(src, make([]byte, 1))
	}
	if n < len(body) && errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	if !errors.Is(err, io.EOF) {
		return nil, err
	}
	return body, nil
}

// readChunks reads a body of unknown length piece by piece and joins them once.
func readChunks(src io.Reader, limit int64) ([]byte, error) {
	const smallest, largest = 32 << 10, 16 << 20
	var (
		chunks [][]byte
		total  int64
	)
	for size := smallest; ; size = min(2*size, largest) {
		chunk := make([]byte, size)
		n, err := fill(src, chunk)
		chunks = append(chunks, chunk[:n])
		total += int64(n)
		switch {
		case total > limit:
			return nil, errTooLarge
		case errors.Is(err, io.EOF) && len(chunks) == 1:
			return chunks[0], nil
		case errors.Is(err, io.EOF):
			return bytes.Join(chunks, nil), nil
		case err != nil:
			return nil, err
		}
	}
}

// fill reads until buf is full or src ends. Unlike io.ReadFull it hands on the error of src as it
// is, which tells a body that ended from one that was cut.
func fill(src io.Reader, buf []byte) (n int, err error) {
	for n < len(buf) && err == nil {
		var m int
		m, err = src.Read(buf[n:])
		n += m
	}
	return n, err
}
