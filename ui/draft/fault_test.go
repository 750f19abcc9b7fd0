package draft_test

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"errata/ui/draft"
)

// run carries the session out, work included, and tells the last Append that said that all is on
// disk.
func run(t *testing.T, b *bench, d *draft.Draft) (good int) {
	t.Helper()
	good = -1
	for i, events := range session() {
		err := d.Append(events...)
		var off *draft.OffError
		switch {
		case err == nil:
			good = i
		case !errors.As(err, &off):
			t.Fatalf("append %d: %v", i, err)
		}
		if i%3 == 0 || len(events) == 1 && i%2 == 1 {
			b.pass(200 * time.Millisecond)
		}
		if i%7 == 6 {
			_ = d.Sync(t.Context())
		}
	}
	return good
}

// TestEveryOperationFails lets each operation of a session fail in each way, once or from then on:
// what an Append called written is there afterwards, and once the disk works again everything is.
func TestEveryOperationFails(t *testing.T) {
	t.Parallel()
	for name, from := range map[string]int{"written with the first key": 0, "written ahead": 1} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			everyOperationFails(t, from)
		})
	}
}

func everyOperationFails(t *testing.T, from int) {
	_, _, dumps := recorded(t, newBench(t))
	b := ahead(t.TempDir(), from)
	d, _ := take(t, b.Store)
	b.fs.set(nil)
	run(t, b, d)
	total := len(b.fs.ops)
	shut(t, d)
	if total < 20 {
		t.Fatalf("the session makes %d operations only", total)
	}
	for _, err := range []error{syscall.ENOSPC, syscall.EIO, errShort} {
		for _, forever := range []bool{false, true} {
			for n := range total {
				name := fmt.Sprintf("%v at %d, forever %v", err, n, forever)
				b := ahead(t.TempDir(), from)
				d, _ := take(t, b.Store)
				b.fs.set(func(i int, _ string) error {
					if i == n || forever && i > n {
						return err
					}
					return nil
				})
				good := run(t, b, d)
				if forever { // and the process ends
					content := []byte(nil)
					if list := files(t, b.dir, ".draft"); len(list) > 0 {
						content, _ = os.ReadFile(list[0])
					}
					got := dump(planted(t, content))
					if at := slices.Index(dumps, got); good >= 0 && at < good && (at < 0 || dumps[at] != dumps[good]) {
						t.Errorf("%s: append %d was written, but after a restart there is\n%s", name, good, got)
					}
				}
				b.fs.set(nil)
				shut(t, d)
				if got := dump(reread(t, b.dir)); got != dumps[len(dumps)-1] {
					t.Errorf("%s: once the disk works again:\n%s", name, got)
				}
			}
		}
	}
}

func TestFullDisk(t *testing.T) {
	b := newBench(t)
	d, _ := take(t, b.Store)
	add(t, d, open("output", `"a"`, "a"), splice(1, 0, "b"))
	b.fs.set(func(_ int, op string) error {
		if strings.HasPrefix(op, "write") {
			return syscall.ENOSPC
		}
		return nil
	})
	var off *draft.OffError
	if err := d.Append(splice(2, 0, "c")); !errors.As(err, &off) || !errors.Is(err, syscall.ENOSPC) {
		t.Fatalf("append on a full disk: %v", err)
	}
	content, err := os.ReadFile(theFile(t, b.dir))
	if state := planted(t, content); err != nil || state.Lost != 0 || string(state.Open.Text) != "ab" {
		t.Errorf("the write that failed left a torn record: %d bytes (%v)\n%s", state.Lost, err, dump(state))
	}
	b.pass(0) // the sync that was due
	before := len(b.fs.ops)
	for range 100 {
		if err := d.Append(splice(3, 0, "d")); !errors.As(err, &off) {
			t.Fatalf("append: %v", err)
		}
	}
	b.pass(10 * time.Millisecond)
	if n := len(b.fs.ops) - before; n != 0 {
		t.Errorf("%d operations for keys right after a failure", n)
	}
	b.pass(time.Second)
	_ = d.Append(splice(3, 0, "e"))
	b.pass(0)
	if b.fs.count("write .new") != 1 {
		t.Errorf("no new attempt after a second: %v", b.fs.ops)
	}
	b.fs.set(nil)
	b.pass(2 * time.Second)
	_ = d.Append(splice(3, 0, "f"))
	b.pass(0)
	add(t, d, splice(3, 0, "g"))
	shut(t, d)
	if got, want := string(reread(t, b.dir).Open.Text), "abcgfe"+strings.Repeat("d", 100); got != want {
		t.Errorf("text %q, want %q", got, want)
	}
}

func TestReadOnlyDirectory(t *testing.T) {
	b := newBench(t)
	d, _ := take(t, b.Store)
	add(t, d, step("output", `"a"`, nil, value(`"b"`)))
	shut(t, d)
	b.fs.set(func(_ int, op string) error {
		if strings.HasPrefix(op, "read") {
			return nil
		}
		return syscall.EROFS
	})
	d, state, err := b.Take(t.Context(), id, false)
	var off *draft.OffError
	if !errors.As(err, &off) || !errors.Is(err, syscall.EROFS) || len(state.Changes) != 1 {
		t.Fatalf("take: %v, %d changes", err, len(state.Changes))
	}
	if strings.Count(err.Error(), "drafts are off") != 1 {
		t.Errorf("the sentence is %q", err)
	}
	if err := d.Append(step("source", `"a"`, nil, value(`"b"`))); !errors.As(err, &off) {
		t.Errorf("append: %v", err)
	}
	if err := d.Close(t.Context()); !errors.As(err, &off) {
		t.Errorf("close keeps quiet that the change is lost: %v", err)
	}
	if n := len(reread(t, b.dir).Changes); n != 1 {
		t.Errorf("%d changes", n)
	}
	d, _, _ = b.Take(t.Context(), id, false)
	_ = d.Append(step("source", `"a"`, nil, value(`"b"`)))
	b.fs.set(nil)
	if err := d.Sync(t.Context()); err != nil {
		t.Errorf("sync once it is writable: %v", err)
	}
	add(t, d, step("error", ``, nil, value(`"b"`)))
	shut(t, d)
	if n := len(reread(t, b.dir).Changes); n != 3 {
		t.Errorf("%d changes, want 3", n)
	}
}

// TestDirectoryRemoved shows that a draft survives its directory.
func TestDirectoryRemoved(t *testing.T) {
	b := newBench(t)
	d, _ := take(t, b.Store)
	add(t, d, step("output", `"a"`, nil, value(`"b"`)))
	if err := os.RemoveAll(b.dir + "/drafts"); err != nil {
		t.Fatal(err)
	}
	var off *draft.OffError
	if err := d.Append(step("source", `"a"`, nil, value(`"b"`))); !errors.As(err, &off) {
		t.Errorf("append: %v", err)
	}
	if err := d.Sync(t.Context()); err != nil {
		t.Errorf("sync: %v", err)
	}
	add(t, d, step("error", ``, nil, value(`"b"`)))
	shut(t, d)
	if n := len(reread(t, b.dir).Changes); n != 3 {
		t.Errorf("%d changes, want 3", n)
	}
}

func TestClearThatFailsIsMadeUpFor(t *testing.T) {
	b := newBench(t)
	d, _ := take(t, b.Store)
	add(t, d, step("output", `"a"`, nil, value(`"b"`)))
	b.fs.set(func(_ int, op string) error {
		if strings.HasPrefix(op, "remove") {
			return syscall.EIO
		}
		return nil
	})
	var off *draft.OffError
	if err := d.Clear(t.Context(), ""); !errors.As(err, &off) {
		t.Errorf("clear: %v", err)
	}
	b.fs.set(nil)
	shut(t, d)
	if list := files(t, b.dir, ".draft"); len(list) != 0 {
		t.Errorf("left: %v", list)
	}
}

// TestClearWaitsForNoDisk wants a saved log to be shown without waiting for the disk to know that
// its draft has gone: that follows soon, at the latest when the draft is closed.
func TestClearWaitsForNoDisk(t *testing.T) {
	for name, end := range map[string]func(*testing.T, *bench, *draft.Draft){
		"in time":        func(_ *testing.T, b *bench, _ *draft.Draft) { b.pass(200 * time.Millisecond) },
		"when it closes": func(t *testing.T, _ *bench, d *draft.Draft) { shut(t, d) },
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			d, _ := take(t, b.Store)
			add(t, d, step("output", `"a"`, nil, value(`"b"`)))
			b.pass(200 * time.Millisecond)
			b.fs.set(nil)
			if err := d.Clear(t.Context(), ""); err != nil {
				t.Fatal(err)
			}
			if n := b.fs.count("syncdir "); n != 0 {
				t.Errorf("it waited for the disk %d times", n)
			}
			end(t, b, d)
			if n := b.fs.count("syncdir "); n != 1 {
				t.Errorf("the directory was put on the disk %d times, want once", n)
			}
		})
	}
}
