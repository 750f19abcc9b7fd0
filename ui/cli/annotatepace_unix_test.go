//go:build unix

package cli_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"errata/api/server"
	"errata/api/store"
	"errata/ui/term/termtest"
)

// annotateLogs names a directory of exported logs for BenchmarkNextLog; without it 590 are made.
const annotateLogs = "ERRATA_BENCH_LOGS"

// slowBy is what BenchmarkNextLog adds to each request to a server that is far away.
const slowBy = 300 * time.Millisecond

// BenchmarkNextLog measures from the two keys that judge, or tag, a log and complete it to the
// frame that shows the next one: over the embedded store, and with a server far away. A round is a
// log.
//
//	ERRATA_BENCH_LOGS=/path/to/exports go test ./ui/cli -run '^$' -bench NextLog -benchtime 100x
func BenchmarkNextLog(b *testing.B) {
	bin := b.TempDir()
	build(b, bin, "../..")
	for i, name := range []string{"embedded", "embedded tag", "far", "far tag"} {
		tag, far := i%2 == 1, i > 1
		b.Run(name, func(b *testing.B) {
			h := newHome(b)
			if tag {
				tagOnly(b, h)
			}
			db := filepath.Join(h.dir, "logs.db")
			h.run("import", "--db", db, logsToJudge(b, h))
			h.run("evaluators", "add", "--db", db, "rating", "--options", "good:+,bad:-")
			at := h.command("annotate", "--db", db)
			if far {
				at = h.command("annotate", "--base-url", farAway(b, db)+"/v5")
				at.Env = append(at.Env, "ERRATA_API_KEY="+key)
			}
			at.Path = filepath.Join(bin, "errata")
			nextLogs(b, termtest.Start(b, at, paceWidth, paceHeight))
		})
	}
}

// tagOnly puts a tag on the digit 1, and nothing else on any.
func tagOnly(b *testing.B, h home) {
	b.Helper()
	dir := filepath.Join(h.dir, ".config", "errata")
	err := os.MkdirAll(dir, 0o700)
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, "config.toml"), []byte("[[annotate]]\nset = ['metadata.good:=true']\n"), 0o600)
	}
	if err != nil {
		b.Fatal(err)
	}
}

// logsToJudge is the file, or the directory, with the logs.
func logsToJudge(b *testing.B, h home) string {
	b.Helper()
	if dir := os.Getenv(annotateLogs); dir != "" {
		return dir
	}
	const logs = 590
	var text strings.Builder
	for i := range logs {
		doc := talk("small", 5, small)
		text.WriteString(strings.ReplaceAll(doc, "log_small", fmt.Sprint("log_small", i)) + "\n")
	}
	file := filepath.Join(h.dir, "logs.jsonl")
	if err := os.WriteFile(file, []byte(text.String()), 0o600); err != nil {
		b.Fatal(err)
	}
	return file
}

// farAway serves a store, each request slowBy later.
func farAway(b *testing.B, db string) (url string) {
	b.Helper()
	st, err := store.Open(b.Context(), db, store.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = st.Close() })
	handler := server.New(st, server.Options{Allow: server.Only(key, "")})
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		time.Sleep(slowBy)
		handler.ServeHTTP(w, req)
	}))
	b.Cleanup(srv.Close)
	return srv.URL
}

// nextLogs judges a log a round.
func nextLogs(b *testing.B, r *termtest.Remote) {
	b.Helper()
	r.Until("a digit", func() bool { return strings.Contains(r.Screen(), " 1 ") })
	var times []time.Duration
	for i := 0; b.Loop(); i++ {
		r.Quiet(4 * silence) // as somebody reads: the next one is there then
		id := shownLog(r)
		begun := time.Now()
		r.Send("1" + keyNextLog)
		r.Until("the next log", func() bool { now := shownLog(r); return now != "" && now != id })
		times = append(times, time.Since(begun))
	}
	b.ReportMetric(milliseconds(quantile(times, 0.5)), "p50-ms")
	b.ReportMetric(milliseconds(quantile(times, 0.95)), "p95-ms")
	b.ReportMetric(0, "ns/op") // mostly silence
}

// shownLog is the id of the log on the screen.
func shownLog(r *termtest.Remote) string {
	_, line, _ := strings.Cut(r.Screen(), "\n")
	id, _, _ := strings.Cut(line, " ")
	return id
}
