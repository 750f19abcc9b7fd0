package server_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"errata/api/apitest"
	"errata/api/server"
)

// longDoc is a log that is worth compressing.
var longDoc = strings.Replace(doc, `"\ud800"`, `"`+strings.Repeat("many words ", 500)+`"`, 1)

func longHandler(t *testing.T) http.Handler {
	t.Helper()
	return server.New(seeded(t, apitest.Seed{Logs: [][]byte{[]byte(longDoc)}}), server.Options{Allow: server.Only(testKey, ""), MaxBody: 1 << 16})
}

func zipped(t *testing.T, text string) string {
	t.Helper()
	var buf bytes.Buffer
	gz := gzip.NewWriter(&buf)
	if _, err := gz.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := gz.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.String()
}

func unzipped(t *testing.T, w *httptest.ResponseRecorder) string {
	t.Helper()
	gz, err := gzip.NewReader(w.Body)
	if err != nil {
		t.Fatalf("%v: %s", err, w.Body)
	}
	text, err := io.ReadAll(gz)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestCompressedAnswers(t *testing.T) {
	t.Parallel()
	h := longHandler(t)
	for accept, want := range map[string]bool{
		"":                      false,
		"gzip":                  true,
		"GZIP":                  true,
		"x-gzip":                true,
		"gzip, deflate, br":     true,
		"br;q=1.0, gzip;q=0.5":  true,
		"*":                     true,
		"gzip;q=0":              false,
		"gzip; q=0.000, *":      false,
		"*;q=0":                 false,
		"identity":              false,
		"deflate":               false,
		"gzip;q=high":           false,
		"gzip;level=9 ; q=0.01": true,
	} {
		w := call(h, "GET", logPath, "", "Accept-Encoding", accept)
		head := w.Header()
		if got := head.Get("Content-Encoding") == "gzip"; got != want || head.Get("Vary") != "Accept-Encoding" {
			t.Errorf("%q: Content-Encoding %q, Vary %q", accept, head.Get("Content-Encoding"), head.Get("Vary"))
			continue
		}
		if !want {
			check(t, w, 200, longDoc)
			continue
		}
		small := w.Body.Len()
		if head.Get("Content-Length") != "" || small >= len(longDoc)/2 {
			t.Errorf("%q: %d bytes, Content-Length %s", accept, small, head.Get("Content-Length"))
		}
		if got := unzipped(t, w); got != longDoc {
			t.Errorf("%q: inflated to %.80s", accept, got)
		}
	}
	if w := call(h, "GET", "/v5/prompts", "", "Accept-Encoding", "gzip"); w.Header().Get("Content-Encoding") != "" {
		t.Error("a short answer was compressed")
	}
	if w := call(h, "HEAD", logPath, "", "Accept-Encoding", "gzip"); w.Header().Get("Content-Length") == "" {
		t.Error("HEAD tells no length")
	}
}

// TestCompressedTags wants the ETag of a compressed answer to be good for If-Match and
// If-None-Match.
func TestCompressedTags(t *testing.T) {
	t.Parallel()
	h := longHandler(t)
	tag := call(h, "GET", logPath, "", "Accept-Encoding", "gzip").Header().Get("ETag")
	if plain := call(h, "GET", logPath, "").Header().Get("ETag"); tag == "" || tag != plain {
		t.Fatalf("ETag %s compressed, %s plain", tag, plain)
	}
	w := call(h, "GET", logPath, "", "Accept-Encoding", "gzip", "If-None-Match", tag)
	check(t, w, 304, "")
	if w.Header().Get("Content-Encoding") != "" {
		t.Error("304 is compressed")
	}
	if w := call(h, "PATCH", patchPath, `{"prompt_cost":1}`, "Accept-Encoding", "gzip", "If-Match", tag); w.Code != 200 {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

func TestCompressedBodies(t *testing.T) {
	t.Parallel()
	h := longHandler(t)
	patch := `{"output": "` + strings.Repeat("é", 1000) + `"}`
	want := strings.Replace(doc, `"\ud800"`, `"`+strings.Repeat("é", 1000)+`"`, 1)
	for _, coding := range []string{"gzip", "x-gzip", " GZIP "} {
		check(t, call(h, "PATCH", patchPath, zipped(t, patch), "Content-Encoding", coding), 200, want)
	}
	check(t, call(h, "PATCH", patchPath, patch, "Content-Encoding", "identity"), 200, want)
	check(t, call(h, "PATCH", patchPath, zipped(t, `{"output":`)+zipped(t, `"two parts"}`), "Content-Encoding", "gzip"), 200, strings.Replace(doc, `"\ud800"`, `"two parts"`, 1))

	noGzip := `{"detail":"the body is not gzip; send it as it is, or leave Content-Encoding out"}`
	tooEarly := `{"detail":"the body ended too early"}`
	whole := zipped(t, patch)
	check(t, call(h, "PATCH", patchPath, patch, "Content-Encoding", "gzip"), 400, noGzip)
	check(t, call(h, "PATCH", patchPath, whole[:len(whole)/2], "Content-Encoding", "gzip"), 400, tooEarly)
	check(t, call(h, "PATCH", patchPath, "", "Content-Encoding", "gzip"), 400, tooEarly)
	check(t, call(h, "PATCH", patchPath, whole[:len(whole)-8]+"12345678", "Content-Encoding", "gzip"), 400, noGzip)
	check(t, call(h, "PATCH", patchPath, whole[:12]+strings.Repeat("\xff", 20)+whole[32:], "Content-Encoding", "gzip"), 400, noGzip)
	for _, garbage := range []string{"x", "garbage", "garbage of more bytes than a head of gzip has", "\x00\x00", zipped(t, "{}")[1:]} {
		check(t, call(h, "PATCH", patchPath, whole+garbage, "Content-Encoding", "gzip"), 400,
			`{"detail":"behind the gzip text of the body stands something else; send nothing after it"}`)
	}
	check(t, call(h, "PATCH", patchPath, whole+whole[:5], "Content-Encoding", "gzip"), 400, tooEarly)
	for _, coding := range []string{"br", "gzip, gzip", "deflate", "zstd"} {
		w := call(h, "PATCH", patchPath, patch, "Content-Encoding", coding)
		check(t, w, 415, `{"detail":"the body must be sent as it is or as gzip"}`)
		if w.Header().Get("Accept-Encoding") != "gzip, identity" {
			t.Errorf("%s: Accept-Encoding %q", coding, w.Header().Get("Accept-Encoding"))
		}
	}
	// A few bytes that inflate to many are stopped where a plain body would be.
	bomb := zipped(t, `{"output":"`+strings.Repeat("0", 4<<20)+`"}`)
	if len(bomb) > 1<<14 {
		t.Fatalf("the bomb has %d bytes", len(bomb))
	}
	check(t, call(server.New(seeded(t, apitest.Seed{}), server.Options{Allow: server.Only(testKey, ""), MaxBody: 1 << 18}), "PATCH", patchPath, bomb, "Content-Encoding", "gzip"),
		413, `{"detail":"the body is larger than 262144 bytes"}`)
}
