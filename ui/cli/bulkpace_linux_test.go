//go:build linux

package cli_test

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"text/tabwriter"
	"time"
)

// bulkTable is what BenchmarkBulk has measured: by row, and there by who did it.
type bulkTable struct {
	dir   string
	lines string // the file that is imported
	order []string
	costs map[string][]cost
}

// measure runs a program and notes what it cost. Its output goes to out.
func (t *bulkTable) measure(b *testing.B, name string, cmd *exec.Cmd, out io.Writer) {
	b.Helper()
	var words bytes.Buffer
	cmd.Stdout, cmd.Stderr = out, &words
	begun := time.Now()
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	peak := peaks(cmd.Process)
	if err := cmd.Wait(); err != nil {
		b.Fatalf("%s: %v\n%s", name, err, words.Bytes())
	}
	if t.costs[name] == nil {
		t.order = append(t.order, name)
	}
	t.costs[name] = append(t.costs[name], spent(cmd, time.Since(begun), peak()))
}

// errata imports the file with a build into a new store, imports it once more and exports it.
func (t *bulkTable) errata(b *testing.B, path string) {
	b.Helper()
	home, err := os.MkdirTemp(t.dir, "home")
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = os.RemoveAll(home) }()
	run := func(what string, out io.Writer, args ...string) {
		cmd := exec.CommandContext(b.Context(), path, args...)
		cmd.Env = []string{"HOME=" + home}
		t.measure(b, what+"\t"+filepath.Base(path), cmd, out)
	}
	run("import", nil, "import", t.lines)
	run("import again", nil, "import", t.lines)
	out, err := os.Create(filepath.Join(home, "out.jsonl"))
	if err != nil {
		b.Fatal(err)
	}
	run("export", out, "export")
	if err := out.Close(); err != nil {
		b.Fatal(err)
	}
	if _, err := exec.LookPath("cmp"); err == nil {
		if differ, err := exec.CommandContext(b.Context(), "cmp", t.lines, out.Name()).CombinedOutput(); err != nil {
			b.Errorf("%s: an export is not what was imported: %s", path, differ)
		}
	}
}

// pythonImport reads each line as JSON and inserts it, with its id for a key.
const pythonImport = `import json, sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("PRAGMA journal_mode=WAL")
db.execute("CREATE TABLE logs (id TEXT PRIMARY KEY, doc TEXT)")
db.executemany("INSERT INTO logs VALUES (?, ?)", ((json.loads(line)["id"], line) for line in open(sys.argv[2])))
db.commit()`

// peers do what comes closest to an import and an export, as far as they are installed.
func (t *bulkTable) peers(b *testing.B) {
	b.Helper()
	db, copied := filepath.Join(t.dir, "peer.db"), filepath.Join(t.dir, "copy.jsonl")
	for name, args := range map[string][]string{
		"import\tsqlite3 .import": {"sqlite3", db, "CREATE TABLE logs (doc TEXT)", ".mode ascii", `.separator "\001" "\n"`, ".import " + t.lines + " logs"},
		"import\tpython3":         {"python3", "-c", pythonImport, db, t.lines},
		"export\tcp":              {"cp", "--reflink=never", t.lines, copied},
	} {
		if _, err := exec.LookPath(args[0]); err == nil {
			t.measure(b, name, exec.CommandContext(b.Context(), args[0], args[1:]...), nil) //nolint:gosec // from the list above
		}
		for _, made := range []string{db, db + "-wal", db + "-shm", copied} {
			_ = os.Remove(made)
		}
	}
}

// BenchmarkBulk prints what an import and an export of many logs cost, for this build, those that
// are named and other programs, run in turn: medians, and their ratio to this build. ERRATA_PACE is
// how many logs there are, 20,000 by default; what is exported has to be what was imported.
//
//	ERRATA_PACE=200000 ERRATA_OLD_BUILDS=… go test ./ui/cli -run '^$' -bench Bulk -benchtime 3x
func BenchmarkBulk(b *testing.B) {
	t := &bulkTable{dir: b.TempDir(), costs: map[string][]cost{}}
	t.lines = filepath.Join(t.dir, "logs.jsonl")
	bulkLines(b, t.lines, paceSizes(b, 20_000)[0])
	build(b, t.dir, "../..")
	for b.Loop() {
		for path := range strings.SplitSeq(filepath.Join(t.dir, "errata")+","+os.Getenv(oldBuilds), ",") {
			if path != "" {
				t.errata(b, path)
			}
		}
		t.peers(b)
	}
	load, _ := os.ReadFile("/proc/loadavg")
	fmt.Printf("\nload of the machine at the end: %s\n%s", load, t)
	b.ReportMetric(0, "ns/op")
}

// bulkLines writes n logs, of a bit more than 2 KB each, with texts that differ.
func bulkLines(b *testing.B, name string, n int) {
	b.Helper()
	f, err := os.Create(name)
	if err != nil {
		b.Fatal(err)
	}
	text, w := prose(1<<20), bufio.NewWriter(f)
	for i := range n {
		at := i * 7919 % (len(text) - 2000)
		words := func(from, to int) string { return strings.ReplaceAll(text[at+from:at+to], `\`, "/") }
		_, _ = fmt.Fprintf(w, `{"id":%q,"prompt":{"id":"pr_1","path":"tides/today","version_id":"prv_%d"},"created_at":"2025-07-01T%02d:%02d:%02dZ",`+
			`"messages":[{"role":"user","content":"%s"}],"output":"%s","metadata":{"n":%d}}`+"\n",
			bulkID(i), i%3, i/3600%24, i/60%60, i%60, words(0, 700), words(700, 1950)+bulkMark(i), i)
	}
	if err := errors.Join(w.Flush(), f.Close()); err != nil {
		b.Fatal(err)
	}
}

// bulkRare and bulkCommon are words that one in 5000 logs has, and one in three.
const bulkRare, bulkCommon = "quokkapede", "settlement"

func bulkMark(i int) string {
	switch {
	case i%5000 == 17:
		return " " + bulkRare
	case i%3 == 1:
		return " " + bulkCommon
	}
	return ""
}

// bulkID is the id of the log with that number. Ids come in no order.
func bulkID(i int) string { return fmt.Sprintf("log_%x%06d", uint32(i)*2654435761, i) }

// String is the table: a line for each row and program.
func (t *bulkTable) String() string {
	var out bytes.Buffer
	w := tabwriter.NewWriter(&out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "work\tby\ts\tcpu s\tpeak MB\twrote MB\ttime\tcpu\t")
	for _, name := range t.order {
		work, _, _ := strings.Cut(name, "\t")
		mine, m := median(t.costs[work+"\terrata"]), median(t.costs[name])
		fmt.Fprintf(w, "%s\t%.2f\t%.2f\t%.0f\t%.0f\t%.2f\t%.2f\t\n", name, m.took.Seconds(), m.cpu.Seconds(),
			float64(m.peak)/1e6, float64(m.wrote)/1e6, share(mine.took, m.took), share(mine.cpu, m.cpu))
	}
	_ = w.Flush()
	return out.String()
}
