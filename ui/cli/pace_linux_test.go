package cli_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"
	"time"
)

// BenchmarkIdle measures what an open log costs while nobody does anything.
func BenchmarkIdle(b *testing.B) {
	for _, s := range subjects(b, "hello", "small", "many") {
		b.Run(s.name, func(b *testing.B) {
			r, cmd, _ := s.run(b)
			bytes, wakes := -r.Quiet(time.Second), -wakeups(b, cmd.Process.Pid)
			begun := time.Now()
			for b.Loop() {
				time.Sleep(time.Second)
			}
			seconds := time.Since(begun).Seconds()
			bytes, wakes = bytes+r.Written(), wakes+wakeups(b, cmd.Process.Pid)
			b.ReportMetric(float64(bytes)/seconds, "bytes/s")
			b.ReportMetric(float64(wakes)/seconds, "wakeups/s")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// BenchmarkPeakMemory measures the most that was resident until the first frame.
func BenchmarkPeakMemory(b *testing.B) {
	for _, s := range subjects(b, "hello", "small", "many", "huge") {
		b.Run(s.name, func(b *testing.B) {
			var peak int
			for b.Loop() {
				r, cmd, _ := s.run(b)
				peak = max(peak, figures(b, fmt.Sprintf("/proc/%d/status", cmd.Process.Pid), "VmHWM"))
				r.Send("q")
				r.Ends()
			}
			b.ReportMetric(float64(peak)/1024, "MB")
		})
	}
}

// wakeups is how often the threads of a process were given a processor.
func wakeups(b *testing.B, pid int) (n int) {
	b.Helper()
	tasks, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/status", pid))
	if err != nil || len(tasks) == 0 {
		b.Fatalf("no threads of %d: %v", pid, err)
	}
	for _, task := range tasks {
		n += figures(b, task, "voluntary_ctxt_switches") + figures(b, task, "nonvoluntary_ctxt_switches")
	}
	return n
}

// figures reads one number of a status file.
func figures(b *testing.B, path, name string) int {
	b.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		b.Fatal(err)
	}
	found := regexp.MustCompile(`(?m)^` + name + `:\s+(\d+)`).FindSubmatch(text)
	if found == nil {
		b.Fatalf("no %s in %s", name, path)
	}
	n, err := strconv.Atoi(string(found[1]))
	if err != nil {
		b.Fatal(err)
	}
	return n
}
