//go:build unix

package cli_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"errata/ui/term/termtest"
)

// The terminal of the benchmarks, and how long it is silent after the last byte for a key.
const (
	paceWidth, paceHeight = 120, 40
	silence               = 50 * time.Millisecond
)

// The sizes of the logs.
const (
	small = 10 << 10
	large = 10 << 20
)

// logs are the documents of the benchmarks, by their names.
var logs = map[string]func(name string) string{
	"small": func(name string) string { return talk(name, 5, small) },
	"many":  func(name string) string { return talk(name, large/1000, large) },
	"huge":  func(name string) string { return talk(name, 1, large) },
	"short": func(name string) string { return essay(name, small) },
	"long":  func(name string) string { return essay(name, large) },
}

// talk is a log of a prompt called like it, with so many messages of size bytes in all.
func talk(name string, messages, size int) string {
	text := prose(size / messages)
	list := make([]string, messages)
	for i := range list {
		list[i] = fmt.Sprintf(`{"role":"%s","content":"%d. %s"}`, [2]string{"user", "assistant"}[i%2], i+1, text)
	}
	return fmt.Sprintf(`{"id":"log_%s","prompt":{"id":"pr_pace","path":"pace/%[1]s"},"created_at":"2025-03-01T10:00:00",`+
		`"messages":[%s],"output":"Yes.","prompt_tokens":12}`, name, strings.Join(list, ","))
}

// essay is a log whose output is a text of size bytes, with an empty line at its end.
func essay(name string, size int) string {
	return fmt.Sprintf(`{"id":"log_%s","prompt":{"id":"pr_pace","path":"pace/%[1]s"},"created_at":"2025-03-01T10:00:00","output":"%s\n"}`, name, prose(size))
}

// prose is JSON text of about size bytes, in lines that differ, and the same each time.
func prose(size int) string {
	words := strings.Fields("springs follow the full moon by a day and half while neaps come with quarters at either harbour")
	random := rand.New(rand.NewPCG(1, 2))
	var b strings.Builder
	for b.Len() < size {
		for range 12 {
			b.WriteString(words[random.IntN(len(words))] + " ")
		}
		b.WriteString(`so.\n`)
	}
	return b.String()
}

// TestTypedCharacterIsCheap holds what a slow line feels: a typed character is a few bytes, an idle
// screen none.
func TestTypedCharacterIsCheap(t *testing.T) {
	t.Parallel()
	r := newHome(t).load(essay("small", small)).open(paceWidth, paceHeight, "log_small")
	r.Shows("pace/small")
	r.Send("gjj\r")
	r.Shows("editing")
	r.Send("x") // the first one also marks the field as changed
	r.Shows("1 changed")
	before := r.Quiet(500 * time.Millisecond)
	if after := r.Quiet(time.Second); after != before {
		t.Errorf("an idle screen sent %d bytes", after-before)
	}
	for _, c := range "Neaps come with the quarters" {
		if n, _ := r.Key(string(c), silence); n > 32 {
			t.Errorf("%q cost %d bytes", c, n)
		}
	}
}

// TestAMovedBarIsCheap holds what a bar over a whole row costs on a slow line: the words of the row
// that it leaves and of the one that it comes to have to be written again, and little beside them.
func TestAMovedBarIsCheap(t *testing.T) {
	t.Parallel()
	const looks = 90 // bytes: of colours, and to get there
	h := newHome(t)
	h.load(essay("one", small), essay("two", small), essay("three", small))
	for _, list := range []struct{ keys, shows string }{{"", "3 logs"}, {"\r", "no changes"}} {
		r := h.open(80, 24)
		r.Shows("pace/one")
		r.Send(list.keys)
		r.Shows(list.shows)
		r.Quiet(500 * time.Millisecond)
		for range 2 {
			left := under(r)
			n, _ := r.Key("j", silence)
			if words := left + under(r); n > words+looks {
				t.Errorf("%s: the cursor moved with %d bytes, and its rows have %d:\n%s", list.shows, n, words, r.Screen())
			}
		}
	}
}

// under is how many bytes the row under the cursor has.
func under(r *termtest.Remote) int {
	for line := range strings.SplitSeq(r.Screen(), "\n") {
		if strings.HasPrefix(line, "▸") {
			return len(strings.Join(strings.Fields(line), " "))
		}
	}
	return 0
}

// subject is a program as it is started for the benchmarks, and what its first frame shows.
type subject struct {
	name  string
	start func() *exec.Cmd
	shows string
}

// subjects are stock Bubble Tea, called hello, and errata on logs of different shapes.
func subjects(b *testing.B, names ...string) (list []subject) {
	b.Helper()
	bin, h := b.TempDir(), newHome(b)
	build(b, bin, "./testdata/hello")
	build(b, bin, "../..")
	for _, name := range names {
		if name == "hello" {
			list = append(list, subject{name, func() *exec.Cmd { return exec.Command(filepath.Join(bin, name)) }, "Hello, terminal"})
			continue
		}
		h.load(logs[name](name))
		list = append(list, subject{name, func() *exec.Cmd {
			cmd := h.command("log_" + name)
			cmd.Path = filepath.Join(bin, "errata")
			return cmd
		}, "pace/" + name})
	}
	return list
}

// build builds a program as a release is: static and stripped. With the C library, which the loader
// links to it at each start, a short command takes a fifth more of the processor.
func build(b *testing.B, dir, pkg string) {
	b.Helper()
	cmd := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", dir+string(os.PathSeparator), pkg)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		b.Fatalf("go build %s: %v\n%s", pkg, err, out)
	}
}

// run starts the program, answers its question for the background as a terminal does, and waits for
// its first frame.
func (s subject) run(b *testing.B) (r *termtest.Remote, cmd *exec.Cmd, took time.Duration) {
	b.Helper()
	cmd = s.start()
	begun := time.Now()
	r = termtest.Start(b, cmd, paceWidth, paceHeight)
	if s.name == "hello" { // it shows nothing before the answer
		r.Until("the question for the background", func() bool { return strings.Contains(r.Output(), "\x1b]11;?") })
		r.Send("\x1b]11;rgb:0000/0000/0000\x1b\\\x1b[1;1R")
	}
	r.Shows(s.shows)
	return r, cmd, time.Since(begun)
}

// oldBuilds names other builds of errata, with commas between, that BenchmarkFirstFrame measures
// beside this one.
const oldBuilds = "ERRATA_OLD_BUILDS"

// withOldBuilds adds those builds, each on every log that this one is measured on and in a home of
// its own: a newer build may have changed the store.
func withOldBuilds(b *testing.B, list []subject) []subject {
	b.Helper()
	for path := range strings.SplitSeq(os.Getenv(oldBuilds), ",") {
		if path == "" {
			continue
		}
		h := newHome(b)
		for name, doc := range logs {
			file := filepath.Join(h.dir, name)
			if err := os.WriteFile(file, []byte(doc(name)), 0o600); err != nil {
				b.Fatal(err)
			}
			cmd := h.command("import", file)
			cmd.Path = path
			if out, err := cmd.CombinedOutput(); err != nil {
				b.Fatalf("%s: %v\n%s", path, err, out)
			}
		}
		for _, s := range list {
			if _, known := logs[s.name]; known {
				list = append(list, subject{filepath.Base(path) + ":" + s.name, func() *exec.Cmd {
					cmd := h.command("log_" + s.name)
					cmd.Path = path
					return cmd
				}, s.shows})
			}
		}
	}
	return list
}

// BenchmarkFirstFrame measures from the start of a process to the frame that shows the log. Each
// round runs every program once, so that they share whatever else the machine does; the medians are
// reported, the ratios to stock Bubble Tea, and those of this build to the others that are named.
//
//	go test ./ui/cli -run '^$' -bench . -benchtime 30x
//	ERRATA_OLD_BUILDS=/path/to/errata-1 go test ./ui/cli -run '^$' -bench FirstFrame -benchtime 30x
func BenchmarkFirstFrame(b *testing.B) {
	list := withOldBuilds(b, subjects(b, "hello", "small", "many", "huge"))
	times, sent := map[string][]time.Duration{}, map[string]int{}
	for b.Loop() {
		for _, s := range list {
			r, _, took := s.run(b)
			times[s.name] = append(times[s.name], took)
			sent[s.name] = r.Quiet(silence)
			r.Send("q")
			r.Ends()
		}
	}
	for _, s := range list {
		b.ReportMetric(milliseconds(quantile(times[s.name], 0.5)), s.name+"-ms")
		b.ReportMetric(float64(sent[s.name]), s.name+"-bytes")
		median := float64(quantile(times[s.name], 0.5))
		if _, log, old := strings.Cut(s.name, ":"); old {
			b.ReportMetric(float64(quantile(times[log], 0.5))/median, log+"/"+s.name)
		} else if s.name != "hello" {
			b.ReportMetric(median/float64(quantile(times["hello"], 0.5)), s.name+"/hello")
		}
	}
	b.ReportMetric(0, "ns/op") // of a round, silences and all
}

// BenchmarkTypedCharacter measures from a key to the last byte of its answer.
func BenchmarkTypedCharacter(b *testing.B) {
	for _, s := range subjects(b, "short", "long") {
		b.Run(s.name, func(b *testing.B) {
			r, _, _ := s.run(b)
			r.Send("gjj\r")
			r.Shows("editing")
			r.Send("x")
			r.Shows("1 changed")
			press(b, r, strings.Split("Neaps come with the quarters of the moon.\r", "")...)
		})
	}
}

// BenchmarkScroll measures a text scrolled by a line and by a page, and the list of fields walked
// through.
func BenchmarkScroll(b *testing.B) {
	for _, s := range subjects(b, "short", "long") {
		for _, way := range []struct{ name, open, back, forth string }{
			{"line", "gjj ", "j", "k"}, {"page", "gjj ", "\x1b[6~", "\x1b[5~"}, {"fields", "gjj", "j", "k"},
		} {
			b.Run(s.name+"/"+way.name, func(b *testing.B) {
				r, _, _ := s.run(b)
				r.Send(way.open)
				press(b, r, way.back, way.back, way.forth, way.back, way.forth, way.forth)
			})
		}
	}
}

// press types the keys over and over, and reports what each cost.
func press(b *testing.B, r *termtest.Remote, list ...string) {
	b.Helper()
	r.Quiet(4 * silence)
	var times []time.Duration
	var sizes []int
	for i := 0; b.Loop(); i++ {
		n, took := r.Key(list[i%len(list)], silence)
		times, sizes = append(times, took), append(sizes, n)
	}
	b.ReportMetric(milliseconds(quantile(times, 0.5)), "p50-ms")
	b.ReportMetric(milliseconds(quantile(times, 0.95)), "p95-ms")
	b.ReportMetric(float64(quantile(sizes, 0.5)), "p50-bytes")
	b.ReportMetric(float64(quantile(sizes, 0.95)), "p95-bytes")
	b.ReportMetric(0, "ns/op") // mostly silence
}

// quantile is the value below which the part q of the list lies.
func quantile[T int | time.Duration](list []T, q float64) T {
	sorted := slices.Sorted(slices.Values(list))
	return sorted[min(int(q*float64(len(sorted))), len(sorted)-1)]
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
