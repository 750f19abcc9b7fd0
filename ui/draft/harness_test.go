package draft_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"errata/model"
	"errata/ui/draft"
)

var id = draft.Identity{Server: "https://example.test/v5", LogID: "log_1", PromptID: "pr_1", ETag: `"a"`}

func field(name string) *model.Field {
	f, ok := model.Lookup(name)
	if !ok {
		panic("no field " + name)
	}
	return f
}

func value(literal string) *model.Edit { return &model.Edit{Value: model.Raw([]byte(literal))} }

// typo is the edit that a text which is not a value makes.
func typo(name, text string) *model.Edit {
	_, err := field(name).Parse(text, model.Absent)
	if err == nil {
		panic(text + " is a value of " + name)
	}
	return &model.Edit{Text: text, Err: err}
}

func step(name, base string, before, after *model.Edit) draft.Step {
	return draft.Step{Field: field(name), Base: model.Raw([]byte(base)), Before: before, After: after}
}

func open(name, base, text string) draft.Open {
	return draft.Open{Field: field(name), Base: model.Raw([]byte(base)), Text: []byte(text)}
}

// literal opens a value as a structure.
func literal(name, base string) draft.Open {
	o := open(name, base, base)
	o.Literal = true
	return o
}

func enter(place, text string, path ...int) draft.Enter {
	return draft.Enter{Place: place, Path: path, Text: []byte(text)}
}

func splice(at, del int, ins string) draft.Splice {
	return draft.Splice{At: at, Del: del, Ins: []byte(ins)}
}

// clock is a time that stands still, and timers that go off when the test says so.
type clock struct {
	mu    sync.Mutex
	now   time.Time
	waits []time.Duration
	due   []func()
}

func newClock() *clock { return &clock{now: time.Date(2031, 5, 6, 7, 8, 9, 0, time.UTC)} }

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) After(d time.Duration, f func()) func() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.waits, c.due = append(c.waits, d), append(c.due, f)
	return func() bool { return true }
}

// pass lets time go by and all timers go off.
func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	due := c.due
	c.now, c.due = c.now.Add(d), nil
	c.mu.Unlock()
	for _, f := range due {
		f()
	}
}

// faulty is a file system whose operations can be made to fail, and are written down.
type faulty struct {
	mu    sync.Mutex
	ops   []string
	fault func(n int, op string) error // of the nth operation, from 0
}

var errShort = errors.New("a short write")

func (f *faulty) do(op, name string) error {
	f.mu.Lock()
	op += " " + filepath.Ext(name)
	f.ops = append(f.ops, op)
	n, fault := len(f.ops)-1, f.fault
	f.mu.Unlock() // a fault may use the draft
	if fault == nil {
		return nil
	}
	return fault(n, op)
}

func (f *faulty) set(fault func(n int, op string) error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.ops, f.fault = nil, fault
}

func (f *faulty) count(op string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	n := 0
	for _, done := range f.ops {
		if done == op {
			n++
		}
	}
	return n
}

func (f *faulty) MkdirAll(dir string, perm os.FileMode) error {
	if err := f.do("mkdir", ""); err != nil {
		return err
	}
	return os.MkdirAll(dir, perm)
}

func (f *faulty) ReadFile(name string) ([]byte, error) {
	if err := f.do("read", name); err != nil {
		return nil, err
	}
	return os.ReadFile(name)
}

func (f *faulty) OpenFile(name string, flag int, perm os.FileMode) (draft.File, error) {
	if err := f.do("open", name); err != nil {
		return nil, err
	}
	file, err := os.OpenFile(name, flag, perm)
	return &faultyFile{f, file}, err
}

func (f *faulty) Rename(from, to string) error {
	if err := f.do("rename", to); err != nil {
		return err
	}
	return os.Rename(from, to)
}

func (f *faulty) Remove(name string) error {
	if err := f.do("remove", name); err != nil {
		return err
	}
	return os.Remove(name)
}

func (f *faulty) SyncDir(string) error { return f.do("syncdir", "") }

type faultyFile struct {
	fs *faulty
	*os.File
}

func (f *faultyFile) Write(b []byte) (int, error) {
	switch err := f.fs.do("write", f.Name()); {
	case errors.Is(err, errShort):
		return f.File.Write(b[:len(b)/2])
	case err != nil:
		_, _ = f.File.Write(b[:len(b)/3])
		return len(b) / 3, err
	}
	return f.File.Write(b)
}

func (f *faultyFile) Sync() error { return f.fs.do("sync", f.Name()) }

func (f *faultyFile) Truncate(size int64) error {
	if err := f.fs.do("truncate", f.Name()); err != nil {
		return err
	}
	return f.File.Truncate(size)
}

// bench is a store on a directory of its own, with time and faults in hand.
type bench struct {
	*draft.Store
	*clock
	fs  *faulty
	dir string
}

func newBench(t testing.TB) *bench {
	t.Helper()
	return onDir(t.TempDir())
}

func onDir(dir string) *bench { return ahead(dir, 0) }

// ahead is a bench that writes texts of a length ahead of the first key.
func ahead(dir string, from int) *bench {
	b := &bench{clock: newClock(), fs: &faulty{}, dir: dir}
	b.Store = draft.New(dir, draft.Options{Now: b.Now, After: b.After, FS: b.fs, PrewriteFrom: from})
	return b
}

func take(t testing.TB, s *draft.Store) (*draft.Draft, *draft.State) {
	t.Helper()
	d, state, err := s.Take(context.Background(), id, false)
	if err != nil {
		t.Fatalf("take: %v", err)
	}
	return d, state
}

func add(t testing.TB, d *draft.Draft, events ...draft.Event) {
	t.Helper()
	if err := d.Append(events...); err != nil {
		t.Fatalf("append %T: %v", events[0], err)
	}
}

func shut(t testing.TB, d *draft.Draft) {
	t.Helper()
	if err := d.Close(context.Background()); err != nil {
		t.Fatalf("close: %v", err)
	}
}

// reread is what a new process finds.
func reread(t testing.TB, dir string) *draft.State {
	t.Helper()
	d, state := take(t, onDir(dir).Store)
	shut(t, d)
	return state
}

// files lists the files of the drafts by suffix, sizes by path.
func files(t testing.TB, dir, suffix string) []string {
	t.Helper()
	list, err := filepath.Glob(filepath.Join(dir, "drafts", "*"+suffix))
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// theFile is the one file with records.
func theFile(t testing.TB, dir string) string {
	t.Helper()
	list := files(t, dir, ".draft")
	if len(list) != 1 {
		t.Fatalf("%d files of drafts, want one: %v", len(list), list)
	}
	return list[0]
}

// dump writes a state down, in full.
func dump(s *draft.State) string {
	var b strings.Builder
	w := bufio.NewWriter(&b)
	fmt.Fprintln(w, "etag", s.Identity.ETag)
	for _, c := range s.Changes {
		fmt.Fprintf(w, "%s: %s -> %s\n", c.Field.Name, c.Base.Bytes(), edit(&c.Edit))
	}
	for _, list := range [][]draft.Step{s.Done, s.Undone} {
		for _, t := range list {
			fmt.Fprintf(w, "step %s: %s -> %s\n", t.Field.Name, edit(t.Before), edit(t.After))
		}
		fmt.Fprintln(w, "--")
	}
	if o := s.Open; o != nil {
		fmt.Fprintf(w, "open %s (%s): %q", o.Field.Name, o.Base.Bytes(), o.Text)
		if o.Literal {
			fmt.Fprint(w, " literal")
		}
		if in := o.Inner; in != nil {
			fmt.Fprintf(w, " in %s %v %v: %q", in.Place, in.Path, in.Name, in.Text)
		}
		fmt.Fprintln(w)
	}
	w.Flush()
	return b.String()
}

func edit(e *model.Edit) string {
	switch {
	case e == nil:
		return "as fetched"
	case e.Err != nil:
		return fmt.Sprintf("%q (%v)", e.Text, e.Err)
	}
	return string(e.Value.Bytes())
}
