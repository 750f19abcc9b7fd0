package cli_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"errata/ui/term/termtest"
)

// score is what was measured of a program on a log. Times are from a key to the last byte of its
// answer.
type score struct {
	name string
	// from the start of the process to the frame that shows the log
	first                         time.Duration
	page, end, line, typed, found []time.Duration
	pageBytes                     []int // 120×40
	narrow, wide                  []int // a line of scrolling, 80×24 and 200×50
	typedBytes                    []int
	// kB resident at most: reading, with the editor too, with the review of what it made
	peak, edited, kept int
	// from the key that closes the editor and asks for the review to the review
	reviewed             time.Duration
	idleBytes, idleWakes int // in a second
	dragged              []time.Duration
}

// BenchmarkScale opens, reads, searches and edits large logs as a person would, next to the same on
// one of 10 KB, and next to vim where that is installed, and prints a table.
//
//	go test ./ui/cli -run '^$' -bench Scale -benchtime 1x
//	ERRATA_SCALE=5m go test ./ui/cli -run '^$' -bench Scale -benchtime 1x
//	ERRATA_SCALE_ONLY=text go test ./ui/cli -run '^$' -bench Scale -benchtime 1x
func BenchmarkScale(b *testing.B) {
	size, bin := scaleSize(b), b.TempDir()
	build(b, bin, "../..")
	for b.Loop() {
		fmt.Printf("%-10s %8s %9s %9s %9s %9s %9s %6s %6s %6s %6s %7s %7s %7s %8s %10s %9s\n", "", "first", "page p95", "end p95", "line p95", "typed p95",
			"search", "page B", "80×24", "200×50", "typed B", "peak MB", "edit MB", "keep MB", "review", "idle B, wk", "9,600 b/s")
		for _, s := range shapes {
			n := size
			if s.size > 0 {
				n = s.size
			}
			if only := os.Getenv("ERRATA_SCALE_ONLY"); only != "" && only != s.name {
				continue
			}
			h := newHome(b)
			file := h.put(s.name, s.doc(s.name, n))
			measure(b, filepath.Join(bin, "errata"), h, s).print()
			if s.name == "messages" { // whose lines are no longer than a window
				measureVim(b, file)
			}
		}
	}
	b.ReportMetric(0, "ns/op") // mostly silence
}

// print writes a line of the table.
func (s score) print() {
	at := func(list []time.Duration, q float64) string {
		if len(list) == 0 {
			return "–"
		}
		return fmt.Sprintf("%.1f ms", milliseconds(quantile(list, q)))
	}
	size := func(list []int) string {
		if len(list) == 0 {
			return "–"
		}
		return fmt.Sprint(quantile(list, 0.5))
	}
	fmt.Printf("%-10s %5.0f ms %9s %9s %9s %9s %9s %6s %6s %6s %7s %7d %7d %7d %5.0f ms %6d, %2d %9s\n", s.name, milliseconds(s.first), at(s.page, 0.95), at(s.end, 0.95),
		at(s.line, 0.95), at(s.typed, 0.95), at(s.found, 0.5), size(s.pageBytes), size(s.narrow), size(s.wide), size(s.typedBytes), s.peak/1000, s.edited/1000, s.kept/1000,
		milliseconds(s.reviewed), s.idleBytes, s.idleWakes, at(s.dragged, 0.95))
}

// measure drives errata over a log.
func measure(b *testing.B, program string, h home, s shape) score {
	b.Helper()
	got := score{name: s.name}
	cmd := h.command("log_" + s.name)
	cmd.Path = program
	begun := time.Now()
	r := termtest.Start(b, cmd, paceWidth, paceHeight)
	r.Shows("scale/" + s.name)
	got.first = time.Since(begun)
	pid := cmd.Process.Pid

	r.Send(s.field + " ")
	r.Shows(" reading") // the title of what is read
	r.Lacks(" MB …")
	r.Quiet(10 * silence)
	got.page, got.pageBytes = presses(r, 20, pageDown, pageDown, pageUp, pageUp)
	got.line, _ = presses(r, 20, "j", "j", "k", "k")
	for range 5 {
		_, took := r.Key("G", silence)
		got.end = append(got.end, took)
		r.Key("g", silence)
	}
	r.Resize(80, 24)
	r.Quiet(4 * silence)
	_, got.narrow = presses(r, 10, "j", "j", "k", "k")
	r.Resize(200, 50)
	r.Quiet(4 * silence)
	_, got.wide = presses(r, 10, "j", "j", "k", "k")
	r.Resize(paceWidth, paceHeight)
	r.Quiet(4 * silence)

	if s.size == 0 {
		r.Send("g/" + needle[:12])
		r.Quiet(4 * silence)
		begun := time.Now()
		r.Send("\r")
		r.Shows(needle)
		got.found = append(got.found, time.Since(begun))
		r.Shows("1 hit")
	}
	bytes, wakes := -r.Quiet(10*silence), -wakeups(b, pid)
	time.Sleep(time.Second)
	got.idleBytes, got.idleWakes = bytes+r.Written(), wakes+wakeups(b, pid)
	got.peak = figures(b, fmt.Sprintf("/proc/%d/status", pid), "VmHWM")
	r.Send("\x1b")
	r.Lacks(" reading")
	r.Send("\r")
	r.Shows("editing")
	r.Send(s.edit)
	if s.edit == "x" { // the first one also marks the field as changed
		r.Quiet(20 * silence)
		got.typed, got.typedBytes = presses(r, 40, "n")
		r.Slow(960)
		got.dragged, _ = presses(r, 10, "n")
		r.Slow(0)
	}
	r.Shows("1 changed")
	got.edited = figures(b, fmt.Sprintf("/proc/%d/status", pid), "VmHWM")
	begun = time.Now()
	r.Send("\x13")
	r.Shows("nothing is sent yet")
	got.reviewed = time.Since(begun)
	got.kept = figures(b, fmt.Sprintf("/proc/%d/status", pid), "VmHWM")
	r.Send(ctrlC)
	return got
}

// presses presses keys in turn, so many times.
func presses(r *termtest.Remote, n int, list ...string) (times []time.Duration, sizes []int) {
	for i := range n {
		size, took := r.Key(list[i%len(list)], silence)
		times, sizes = append(times, took), append(sizes, size)
	}
	return times, sizes
}

// measureVim opens and searches the same file in vim, if there is one.
func measureVim(b *testing.B, file string) {
	b.Helper()
	path, err := exec.LookPath("vim")
	if err != nil || os.Getenv("ERRATA_SCALE_ALONE") != "" {
		return
	}
	cmd := exec.Command(path, "-n", file)
	cmd.Env = []string{"HOME=" + b.TempDir(), "PATH=" + os.Getenv("PATH")}
	begun := time.Now()
	r := termtest.Start(b, cmd, paceWidth, paceHeight)
	r.Shows("log_messages")
	got := score{name: "  vim", first: time.Since(begun)}
	r.Quiet(20 * silence)
	for range 5 {
		n, took := r.Key(pageDown, silence)
		got.page, got.pageBytes = append(got.page, took), append(got.pageBytes, n)
	}
	r.Send("gg")
	r.Quiet(10 * silence)
	begun = time.Now()
	r.Send("/" + needle[:12] + "\r") // whole: it searches while one types
	r.Until("the needle", func() bool { return strings.Contains(r.Screen(), needle) })
	got.found = append(got.found, time.Since(begun))
	got.peak = figures(b, fmt.Sprintf("/proc/%d/status", cmd.Process.Pid), "VmHWM")
	got.print()
	r.Send("\x1b:q!\r")
}

// TestKeysCostTheSameInALargeLog compares what a page and a typed character take in a log of 5 MB
// and in one of 50 KB.
func TestKeysCostTheSameInALargeLog(t *testing.T) {
	h := newHome(t)
	h.put("little", largeText("little", 50_000))
	h.put("large", largeText("large", 5_000_000))
	little, large := keyTimes(t, h, "little"), keyTimes(t, h, "large")
	for key, took := range large {
		const slack = 20 * time.Millisecond // of a busy machine
		if limit := 3*little[key] + slack; took > limit {
			t.Errorf("%s takes %v in 5 MB, %v in 50 KB", key, took, little[key])
		}
	}
}

// keyTimes is the least time of a key of each kind, in which what else the machine does counts
// least.
func keyTimes(t *testing.T, h home, name string) map[string]time.Duration {
	t.Helper()
	r := h.open(paceWidth, paceHeight, "log_"+name)
	r.Shows("scale/" + name)
	r.Send("gjj ")
	r.Shows(" reading")
	r.Quiet(4 * silence)
	page, _ := presses(r, 9, pageDown, pageDown, pageUp, pageUp)
	end, _ := presses(r, 1, "G")
	r.Send("\x1b")
	r.Lacks(" reading")
	r.Send("\r")
	r.Shows("editing")
	r.Quiet(4 * silence)
	typed, sizes := presses(r, 9, "n")
	if n := quantile(sizes, 0.5); n > 32 {
		t.Errorf("a character typed into %s costs %d bytes", name, n)
	}
	return map[string]time.Duration{"a page": slices.Min(page), "the end": end[0], "a typed character": slices.Min(typed)}
}
