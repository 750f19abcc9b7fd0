//go:build linux

package cli_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"text/tabwriter"
	"time"
)

// grown is a server of a build on a store of some size, and what its answers took by what was
// asked.
type grown struct {
	build string
	logs  int
	*served
	took map[string][]time.Duration
}

// growthQuestions are what BenchmarkGrowth asks, in this order; an answer is given n times.
var growthQuestions = []struct {
	name string
	n    int
	ask  func(g *grown, n int) (method, path, body string)
}{
	{"a log", 300, func(g *grown, _ int) (string, string, string) {
		return http.MethodGet, "/logs/" + bulkID(rand.IntN(g.logs)), ""
	}},
	{"page 1,000", 20, func(*grown, int) (string, string, string) {
		return http.MethodGet, "/logs?file_id=pr_1&size=10&page=1000", ""
	}},
	{"a rare word, first", 1, searchFor(bulkRare)},
	{"a rare word", 20, searchFor(bulkRare)},
	{"a common word, first", 1, searchFor(bulkCommon)},
	{"a common word", 20, searchFor(bulkCommon)},
	{"a PATCH", 1100, func(g *grown, n int) (string, string, string) {
		return http.MethodPatch, "/prompts/pr_1/log/" + bulkID(rand.IntN(g.logs)), fmt.Sprintf(`{"metadata":{"n":%d}}`, -n)
	}},
}

func searchFor(word string) func(*grown, int) (method, path, body string) {
	return func(*grown, int) (string, string, string) {
		return http.MethodGet, "/logs?file_id=pr_1&size=10&search=" + word, ""
	}
}

// ask sends a request and notes what its answer took.
func (g *grown) ask(b *testing.B, name, method, path, body string) {
	b.Helper()
	begun := time.Now()
	r, err := http.NewRequestWithContext(b.Context(), method, g.base+path, strings.NewReader(body))
	if err != nil {
		b.Fatal(err)
	}
	r.Header.Set("X-API-KEY", key)
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		b.Fatal(err)
	}
	_, err = io.Copy(io.Discard, res.Body)
	if err = errors.Join(err, res.Body.Close()); err != nil || res.StatusCode != http.StatusOK {
		b.Fatalf("%s, %s %s: %s %v", g.build, method, path, res.Status, err)
	}
	g.took[name] = append(g.took[name], time.Since(begun))
}

// grow imports a file with a build and serves it.
func grow(b *testing.B, path, lines string, logs int) *grown {
	b.Helper()
	home := b.TempDir()
	command := func(args ...string) *exec.Cmd {
		cmd := exec.CommandContext(context.WithoutCancel(b.Context()), path, args...)
		cmd.Env = []string{"HOME=" + home}
		return cmd
	}
	g := &grown{build: filepath.Base(path), logs: logs, took: map[string][]time.Duration{}}
	begun := time.Now()
	if out, err := command("import", lines).CombinedOutput(); err != nil {
		b.Fatalf("%s: %v\n%s", path, err, out)
	}
	g.took["the import"] = []time.Duration{time.Since(begun)}
	g.served = startServed(b, command("serve", "--listen", "127.0.0.1:0", "--log", os.DevNull))
	return g
}

// BenchmarkGrowth prints what a server answers in with more and more logs, beside the builds that
// are named; each question is put to all of them in turn. The figures are p50 and p95 in
// milliseconds, of a PATCH the longest as well, and the memory at most.
//
//	ERRATA_PACE=10000,1000000 go test ./ui/cli -run '^$' -bench Growth -benchtime 1x
func BenchmarkGrowth(b *testing.B) {
	bin := b.TempDir()
	build(b, bin, "../..")
	var columns [][]*grown
	for _, n := range paceSizes(b, 10_000) {
		lines := filepath.Join(b.TempDir(), "logs.jsonl")
		bulkLines(b, lines, n)
		var column []*grown
		for path := range strings.SplitSeq(filepath.Join(bin, "errata")+","+os.Getenv(oldBuilds), ",") {
			if path != "" {
				column = append(column, grow(b, path, lines, n))
			}
		}
		for _, q := range growthQuestions {
			for i := range q.n {
				for _, g := range column {
					method, where, body := q.ask(g, i)
					g.ask(b, q.name, method, where, body)
				}
			}
		}
		columns = append(columns, column)
	}
	load, _ := os.ReadFile("/proc/loadavg")
	fmt.Printf("\nload of the machine at the end: %s\n%s", load, growthTable(b, columns))
	b.ReportMetric(0, "ns/op")
}

// growthTable has a line for each question and build, and a column for each size.
func growthTable(b *testing.B, columns [][]*grown) string {
	b.Helper()
	var out bytes.Buffer
	w := tabwriter.NewWriter(&out, 0, 0, 2, ' ', tabwriter.AlignRight)
	line := func(name, by string, cell func(g *grown) string, at int) {
		fmt.Fprintf(w, "%s\t%s\t", name, by)
		for _, column := range columns {
			fmt.Fprintf(w, "%s\t", cell(column[at]))
		}
		fmt.Fprintln(w)
	}
	for at, g := range columns[0] {
		line("", g.build, func(g *grown) string { return fmt.Sprint(g.logs) }, at)
		line("the import", "", func(g *grown) string { return fmt.Sprintf("%.1f s", g.took["the import"][0].Seconds()) }, at)
		for _, q := range growthQuestions {
			line(q.name, "", func(g *grown) string {
				list := g.took[q.name]
				text := fmt.Sprintf("%.2f", milliseconds(quantile(list, 0.5)))
				if len(list) > 1 {
					text += fmt.Sprintf("/%.2f", milliseconds(quantile(list, 0.95)))
				}
				if len(list) > 1000 {
					text += fmt.Sprintf("/%.1f", milliseconds(quantile(list, 1)))
				}
				return text
			}, at)
		}
		line("memory", "", func(g *grown) string {
			return fmt.Sprintf("%d MB", figures(b, fmt.Sprintf("/proc/%d/status", g.cmd.Process.Pid), "VmHWM")/1000)
		}, at)
	}
	_ = w.Flush()
	return out.String()
}
