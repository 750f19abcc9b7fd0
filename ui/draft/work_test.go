package draft_test

import (
	"bytes"
	"os"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"errata/ui/draft"
)

func TestSyncedWithin200ms(t *testing.T) {
	b := newBench(t)
	d, _ := take(t, b.Store)
	b.fs.set(nil)
	add(t, d, step("output", `"a"`, nil, value(`"b"`)))
	add(t, d, step("source", `"a"`, nil, value(`"b"`)))
	if len(b.waits) != 1 || b.waits[0] > 150*time.Millisecond {
		t.Fatalf("timers after two events: %v", b.waits)
	}
	if b.fs.count("sync .draft") != 0 {
		t.Error("a key waits for an fsync")
	}
	b.pass(b.waits[0])
	if b.fs.count("sync .draft") != 1 || b.fs.count("syncdir ") != 1 {
		t.Errorf("operations: %v", b.fs.ops)
	}
	b.pass(time.Hour)
	if len(b.waits) != 1 {
		t.Errorf("a timer runs while nothing happens: %v", b.waits)
	}
	add(t, d, step("error", `"a"`, nil, value(`"b"`)))
	if err := d.Sync(t.Context()); err != nil || b.fs.count("sync .draft") != 2 {
		t.Errorf("sync: %v, %v", err, b.fs.ops)
	}
	shut(t, d)
	if b.fs.count("sync .draft") != 2 {
		t.Errorf("what was synced is synced again: %v", b.fs.ops)
	}
}

func TestFailedSyncIsTold(t *testing.T) {
	b := newBench(t)
	d, _ := take(t, b.Store)
	add(t, d, step("output", `"a"`, nil, value(`"b"`)))
	b.fs.set(func(_ int, op string) error {
		if strings.HasPrefix(op, "sync ") {
			return syscall.EIO
		}
		return nil
	})
	b.pass(time.Second)
	if err := d.Append(step("source", `"a"`, nil, value(`"b"`))); err == nil {
		t.Error("the Append after a failed fsync says nothing")
	}
	b.fs.set(nil)
	shut(t, d)
	if n := len(reread(t, b.dir).Changes); n != 2 {
		t.Errorf("%d changes", n)
	}
}

func TestLongTextIsCheap(t *testing.T) {
	text := bytes.Repeat([]byte("All work and no play. "), 10<<20/22)
	base := "\"" + string(text) + "\""
	b := newBench(t)
	d, _ := take(t, b.Store)
	add(t, d, open("output", base, string(text)), splice(0, 0, "x"))
	before := size(t, theFile(t, b.dir))
	want := carry(text, splice(0, 0, "x"))
	var start, end runtime.MemStats
	runtime.ReadMemStats(&start)
	for i := range 1000 {
		add(t, d, splice(5<<20+i, 0, "y"))
	}
	runtime.ReadMemStats(&end)
	if grown := size(t, theFile(t, b.dir)) - before; grown > 20*1000 {
		t.Errorf("1,000 keys cost %d bytes", grown)
	}
	if spent := end.TotalAlloc - start.TotalAlloc; spent > 4<<20 {
		t.Errorf("1,000 keys made %d bytes of garbage: the text is copied", spent)
	}
	b.fs.set(nil)
	b.pass(time.Second)
	if b.fs.count("sync .draft") != 1 || b.fs.count("open .new") != 0 {
		t.Errorf("a file that is large because its text is: %v", b.fs.ops)
	}
	want = carry(want, splice(5<<20, 0, strings.Repeat("y", 1000)))
	after := `"` + string(want) + `"`
	before = size(t, theFile(t, b.dir))
	add(t, d, step("output", base, nil, value(after)), draft.Close{})
	if grown := size(t, theFile(t, b.dir)) - before; grown > 6<<20 {
		t.Errorf("the step costs %d bytes: more than what lies between its first and last change", grown)
	}
	shut(t, d)
	if got := reread(t, b.dir).Changes[0].Edit.Value.Bytes(); string(got) != after {
		t.Error("the text is another after a restart")
	}
}

func size(t *testing.T, name string) int64 {
	t.Helper()
	info, err := os.Stat(name)
	if err != nil {
		t.Fatal(err)
	}
	return info.Size()
}

func TestFileStaysBounded(t *testing.T) {
	b := newBench(t)
	d, _ := take(t, b.Store)
	add(t, d, step("source", `"a"`, nil, value(`"b"`)))
	add(t, d, open("output", `""`, ""))
	var largest int64
	big := strings.Repeat("z", 10_000)
	for range 300 {
		add(t, d, splice(0, 0, big), splice(0, len(big), ""))
		b.pass(100 * time.Millisecond)
		largest = max(largest, size(t, theFile(t, b.dir)))
	}
	if largest > 1<<20+20_100 {
		t.Errorf("the file grew to %d bytes", largest)
	}
	add(t, d, splice(0, 0, "end"))
	shut(t, d)
	state := reread(t, b.dir)
	if string(state.Open.Text) != "end" || len(state.Changes) != 1 || !state.Made.Equal(newClock().now) {
		t.Errorf("after rewriting:\n%s made %v", dump(state), state.Made)
	}
	if list := files(t, b.dir, ".new"); len(list) != 0 {
		t.Errorf("left: %v", list)
	}
}

// TestRewriteKeepsState compares what a rewritten file holds with what the one of all events did.
func TestRewriteKeepsState(t *testing.T) {
	for n := range len(session()) {
		b := newBench(t)
		d, _ := take(t, b.Store)
		for _, events := range session()[:n+1] {
			add(t, d, events...)
		}
		if n == 0 {
			shut(t, d)
			continue
		}
		content, _ := os.ReadFile(theFile(t, b.dir))
		want := dump(planted(t, content))
		b.fs.set(func(i int, _ string) error { // one failure has everything written again
			if i == 0 {
				return syscall.EIO
			}
			return nil
		})
		_ = d.Append(step("stdout", ``, nil, nil))
		_ = d.Append(draft.Undo{})
		shut(t, d)
		rewritten, _ := os.ReadFile(theFile(t, b.dir))
		if bytes.HasPrefix(rewritten, content) && n > 8 {
			t.Errorf("after %d appends the file was not rewritten", n+1)
		}
		got := dump(planted(t, rewritten))
		want = strings.Replace(want, "step metadata: {\"a\":1,\"b\":\"\\ud800\"} -> as fetched\n--\nopen", "--\nopen", 1)
		got = strings.Replace(got, "step stdout: as fetched -> as fetched\n", "", 1)
		if head(got) != head(want) {
			t.Errorf("after %d appends:\n%s\nwant:\n%s", n+1, got, want)
		}
	}
}

// head is a dump without what could be done again, which a step ends.
func head(s string) string {
	parts := strings.SplitAfter(s, "--\n")
	return parts[0] + parts[2]
}

// TestKeysDuringARewrite types whenever the new file is being synced, more often than a rewrite
// runs after.
func TestKeysDuringARewrite(t *testing.T) {
	b := newBench(t)
	d, _ := take(t, b.Store)
	add(t, d, open("output", `""`, ""), splice(0, 0, strings.Repeat("z", 2<<20)), splice(1, 2<<20-1, ""))
	keys := 0
	b.fs.set(func(_ int, op string) error {
		if op == "sync .new" && keys < 10 {
			keys++
			return d.Append(splice(keys, 0, "k"))
		}
		return nil
	})
	b.pass(time.Second)
	add(t, d, splice(0, 1, "Z"))
	if keys != 10 || b.fs.count("rename .draft") != 1 {
		t.Errorf("%d keys, operations %v", keys, b.fs.ops)
	}
	shut(t, d)
	if got := string(reread(t, b.dir).Open.Text); got != "Zkkkkkkkkkk" {
		t.Errorf("text %q", got)
	}
}

// TestTypingWhileRewriting types as fast as it can while the file is rewritten over and over.
func TestTypingWhileRewriting(t *testing.T) {
	dir := t.TempDir()
	var work sync.WaitGroup
	s := draft.New(dir, draft.Options{After: func(_ time.Duration, f func()) func() bool {
		work.Go(f)
		return func() bool { return true }
	}})
	d, _ := take(t, s)
	add(t, d, open("output", `""`, ""))
	var want []byte
	for i := range 4000 {
		key := bytes.Repeat([]byte{byte('a' + i%26)}, 1000)
		events := []draft.Event{draft.Splice{At: len(want), Ins: key}}
		if want = append(want, key...); len(want) > 50_000 {
			events = append(events, splice(0, len(want)-100, ""))
			want = bytes.Clone(want[len(want)-100:])
		}
		add(t, d, events...)
	}
	work.Wait()
	if err := d.Sync(t.Context()); err != nil {
		t.Error(err)
	}
	if n := size(t, theFile(t, dir)); n > 1<<20 {
		t.Errorf("the file has %d bytes", n)
	}
	shut(t, d)
	if got := reread(t, dir).Open.Text; !bytes.Equal(got, want) {
		t.Errorf("text of %d bytes, want %d", len(got), len(want))
	}
}
