package draft_test

import (
	"bytes"
	"errors"
	"os"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"errata/model"
	"errata/ui/draft"
)

// unlike is a text that no base holds.
const unlike = "{\n  \"a\": 1\n}"

// TestAheadIsNoChange writes a text ahead, and nothing is typed.
func TestAheadIsNoChange(t *testing.T) {
	t.Parallel()
	for how, end := range map[string]func(t *testing.T, b *bench, d *draft.Draft){
		"closed": func(t *testing.T, b *bench, d *draft.Draft) {
			add(t, d, draft.Leave{}, draft.Close{})
			b.pass(time.Second)
			if list := files(t, b.dir, ".draft"); len(list) != 0 {
				t.Errorf("closing the editor left %v", list)
			}
			shut(t, d)
		},
		"the end": func(t *testing.T, b *bench, d *draft.Draft) {
			b.fs.set(nil)
			shut(t, d)
			if b.fs.count("sync .draft") != 0 {
				t.Error("what is removed was synced first")
			}
		},
		"a crash, then listed": func(t *testing.T, b *bench, d *draft.Draft) {
			content, err := os.ReadFile(theFile(t, b.dir))
			shut(t, d)
			if err != nil || !strings.Contains(string(content), "metadata") {
				t.Fatalf("the file holds %q (%v)", content, err)
			}
			plant(t, b.dir, content)
			if list, err := b.List(t.Context()); err != nil || len(list) != 0 {
				t.Errorf("announced: %+v, %v", list, err)
			}
		},
		"a crash, then opened": func(t *testing.T, b *bench, d *draft.Draft) {
			content, err := os.ReadFile(theFile(t, b.dir))
			shut(t, d)
			for cut := range len(content) + 1 {
				state := planted(t, content[:cut])
				if err != nil || len(state.Changes) != 0 || state.Open != nil {
					t.Errorf("cut at %d there is\n%s(%v)", cut, dump(state), err)
				}
			}
		},
	} {
		t.Run(how, func(t *testing.T) {
			t.Parallel()
			b := ahead(t.TempDir(), 1)
			d, _ := take(t, b.Store)
			add(t, d, open("metadata", `{"a":1}`, unlike))
			if list := files(t, b.dir, ".draft"); len(list) != 0 {
				t.Errorf("opening made %v before its time", list)
			}
			b.pass(0)
			if list, err := b.List(t.Context()); err != nil || len(list) != 0 {
				t.Errorf("list: %+v, %v", list, err)
			}
			end(t, b, d)
			if list := files(t, b.dir, ".draft"); len(list) != 0 {
				t.Errorf("left: %v", list)
			}
		})
	}
}

func TestListingLeavesWhatIsHeldOrLost(t *testing.T) {
	t.Parallel()
	b := ahead(t.TempDir(), 1)
	d, _ := take(t, b.Store)
	add(t, d, open("metadata", `{"a":1}`, unlike))
	b.pass(0)
	for range 2 {
		if list, err := b.List(t.Context()); err != nil || len(list) != 0 {
			t.Errorf("list: %+v, %v", list, err)
		}
	}
	add(t, d, splice(0, 0, " "))
	name := theFile(t, b.dir)
	content, _ := os.ReadFile(name)
	shut(t, d)
	if err := os.WriteFile(name, content[:len(content)-1], 0o600); err != nil {
		t.Fatal(err)
	}
	if list, err := b.List(t.Context()); err != nil || len(list) != 1 || list[0].Lost == 0 {
		t.Errorf("a file that cannot be read to its end is not named; list %v, %v", list, err)
	}
	state := reread(t, b.dir)
	if _, err := os.Stat(state.LostFile); state.Lost == 0 || err != nil {
		t.Errorf("lost %d, kept: %v", state.Lost, err)
	}
	if _, err := b.List(t.Context()); err != nil || len(files(t, b.dir, ".unread")) != 1 {
		t.Errorf("what was put aside is gone: %v", err)
	}
}

// TestAheadKey types after the text was written ahead, and before.
func TestAheadKey(t *testing.T) {
	t.Parallel()
	for _, written := range []bool{true, false} {
		b := ahead(t.TempDir(), 1)
		d, _ := take(t, b.Store)
		add(t, d, step("source", `"a"`, nil, value(`"b"`)))
		add(t, d, open("metadata", `{"a":1}`, unlike))
		var before int64
		if written {
			b.pass(0)
			before = size(t, theFile(t, b.dir))
		}
		add(t, d, splice(0, 0, "x"))
		if grown := size(t, theFile(t, b.dir)) - before; written && grown != 12 {
			t.Errorf("a key after the text was written costs %d bytes", grown)
		}
		b.pass(0) // what was due finds that it is done
		shut(t, d)
		if got := string(reread(t, b.dir).Open.Text); got != "x"+unlike {
			t.Errorf("text %q", got)
		}
	}
}

// TestAheadIsTakenBack closes an editor that was only looked into in a draft that holds something
// else.
func TestAheadIsTakenBack(t *testing.T) {
	t.Parallel()
	b := ahead(t.TempDir(), 1)
	d, _ := take(t, b.Store)
	add(t, d, step("source", `"a"`, nil, value(`"b"`)))
	b.pass(0)
	before := size(t, theFile(t, b.dir))
	look := func(events ...draft.Event) {
		t.Helper()
		add(t, d, open("metadata", `{"a":1}`, unlike))
		b.pass(0)
		if size(t, theFile(t, b.dir)) < before+30 {
			t.Error("nothing is written ahead")
		}
		add(t, d, events...)
	}
	look(draft.Close{})
	look(draft.Leave{}, draft.Close{})
	look(open("inputs", `{}`, unlike))
	add(t, d, draft.Close{})
	if now := size(t, theFile(t, b.dir)); now != before {
		t.Errorf("looking left %d bytes", now-before)
	}
	look(draft.Moved{ETag: `"b"`}, draft.Close{})
	add(t, d, step("metadata", `{"a":1}`, nil, value(`{"a":2}`)))
	shut(t, d)
	if got := dump(reread(t, b.dir)); !strings.Contains(got, `metadata: {"a":1} -> {"a":2}`) || !strings.Contains(got, `etag "b"`) || strings.Contains(got, "open") {
		t.Errorf("got\n%s", got)
	}
}

// TestInnerTextAhead enters a long text of a long literal: both are written ahead, and taken back
// one by one.
func TestInnerTextAhead(t *testing.T) {
	t.Parallel()
	b := ahead(t.TempDir(), 1)
	d, _ := take(t, b.Store)
	add(t, d, step("source", `"a"`, nil, value(`"b"`)))
	b.pass(0)
	now := func() int64 { return size(t, theFile(t, b.dir)) }
	empty := now()
	add(t, d, literal("inputs", `{"a":"x"}`))
	b.pass(0)
	opened := now()
	add(t, d, enter("p", "x", 0))
	b.pass(0)
	entered := now()
	if empty >= opened || opened >= entered {
		t.Fatalf("%d bytes, opened %d, entered %d", empty, opened, entered)
	}
	add(t, d, draft.Leave{})
	if now() != opened {
		t.Errorf("left, there are %d bytes, want %d", now(), opened)
	}
	add(t, d, enter("p", "x", 0))
	b.pass(0)
	add(t, d, enter("q", "y", 0))
	if now() != opened {
		t.Errorf("entered elsewhere, there are %d bytes, want %d", now(), opened)
	}
	b.pass(0)
	add(t, d, draft.Leave{}, draft.Close{})
	if now() != empty {
		t.Errorf("closed, there are %d bytes, want %d", now(), empty)
	}
	add(t, d, literal("inputs", `{"a":"x"}`), enter("p", "x", 0)) // both before either is written
	b.pass(0)
	add(t, d, splice(1, 0, "y"))
	if now() != entered+12 {
		t.Errorf("the first key costs %d bytes", now()-entered)
	}
	add(t, d, draft.Leave{})
	shut(t, d)
	if state := reread(t, b.dir); state.Open != nil || len(state.Changes) != 1 {
		t.Errorf("got %s", dump(state))
	}
}

// TestAheadIsNotWrittenTwice opens texts that the base holds.
func TestAheadIsNotWrittenTwice(t *testing.T) {
	t.Parallel()
	for name, o := range map[string]draft.Open{
		"a literal": literal("inputs", `{"a":"`+strings.Repeat("x", 1000)+`"}`),
		"a text":    open("output", `"`+strings.Repeat(`\n`, 1000)+`"`, strings.Repeat("\n", 1000)),
	} {
		b := ahead(t.TempDir(), 1)
		d, _ := take(t, b.Store)
		add(t, d, o)
		b.pass(0)
		add(t, d, splice(0, 0, " "))
		if n := size(t, theFile(t, b.dir)); n > int64(len(o.Base.Bytes()))+200 {
			t.Errorf("%s is %d bytes in the file, its base %d", name, n, len(o.Base.Bytes()))
		}
		want := " " + string(o.Text)
		content, _ := os.ReadFile(theFile(t, b.dir))
		if got := string(planted(t, content).Open.Text); got != want {
			t.Errorf("%s: text %.40q", name, got)
		}
		b.fs.set(func(i int, _ string) error { // one failure has everything written again
			if i == 0 {
				return syscall.EIO
			}
			return nil
		})
		_ = d.Append(draft.Put{Field: o.Field, Base: model.Raw([]byte(`"new"`)), Edit: value(`"mine"`)})
		shut(t, d)
		if state := reread(t, b.dir); string(state.Open.Text) != want || string(state.Open.Base.Bytes()) != `"new"` {
			t.Errorf("%s on another base: %.100s", name, dump(state))
		}
	}
}

// TestAheadFails lets each operation of the writing ahead fail: what is typed later is kept all the
// same.
func TestAheadFails(t *testing.T) {
	t.Parallel()
	for _, err := range []error{syscall.ENOSPC, errShort} {
		for n := range 12 {
			b := ahead(t.TempDir(), 1)
			d, _ := take(t, b.Store)
			add(t, d, draft.Base{Field: field("inputs"), Value: model.Raw([]byte(`{}`))}, open("metadata", `{"a":1}`, unlike))
			b.fs.set(func(i int, _ string) error {
				if i >= n {
					return err
				}
				return nil
			})
			b.pass(0)
			_ = d.Append(enter("p", "1", 0))
			b.fs.set(nil)
			b.pass(2 * time.Second)
			_ = d.Append(splice(0, 1, "2"))
			b.pass(2 * time.Second)
			if err := d.Sync(t.Context()); err != nil {
				t.Errorf("%v from %d on: %v", err, n, err)
			}
			content, _ := os.ReadFile(theFile(t, b.dir))
			state := planted(t, content)
			if base, ok := state.Base(field("inputs")); !ok || string(base.Bytes()) != "{}" || state.Open == nil || string(state.Open.Inner.Text) != "2" || state.Lost != 0 {
				t.Errorf("%v from %d on:\n%s", err, n, dump(state))
			}
			shut(t, d)
		}
	}
}

// TestEventsWhileWritingAhead has a key, or the end of the editor, come in the middle of the
// writing.
func TestEventsWhileWritingAhead(t *testing.T) {
	t.Parallel()
	text := bytes.Repeat([]byte("All work and no play. "), 4<<20/22)
	base := model.Raw([]byte(`{"a":"` + string(text) + `"}`))
	for name, events := range map[string][]draft.Event{
		"a key":            {splice(0, 0, "x")},
		"the end":          {draft.Close{}},
		"another text":     {open("inputs", `{}`, "{ }"), splice(0, 0, "y")},
		"the end, changed": {step("metadata", `{}`, nil, value(`{"z":1}`)), draft.Close{}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			d, _ := take(t, b.Store)
			add(t, d, step("source", `"a"`, nil, value(`"b"`)))
			b.pass(0)
			add(t, d, draft.Open{Field: field("metadata"), Base: base, Text: text})
			drops := events[0] == draft.Event(draft.Close{})
			if _, ok := events[0].(draft.Open); ok {
				drops = true
			}
			writes, done := 0, make(chan error, 1)
			b.fs.set(func(_ int, op string) error {
				if writes++; op != "write .draft" || writes > 1 {
					return nil
				}
				go func() { done <- d.Append(events...) }()
				for drops && !d.BrokenOff() {
					runtime.Gosched()
				}
				return nil
			})
			b.pass(0)
			if err := <-done; err != nil {
				t.Error(err)
			}
			b.fs.set(nil)
			if n := size(t, theFile(t, b.dir)); drops && n > 1000 {
				t.Errorf("what was broken off left %d bytes", n)
			}
			shut(t, d)
			state := reread(t, b.dir)
			switch {
			case name == "a key" && (state.Open == nil || string(state.Open.Text) != "x"+string(text)):
				t.Error("the text is another")
			case name == "the end" && (state.Open != nil || len(state.Changes) != 1):
				t.Errorf("got %.300s", dump(state))
			case name == "another text" && (state.Open == nil || string(state.Open.Text) != "y{ }"):
				t.Errorf("got %.300s", dump(state))
			case name == "the end, changed" && (state.Open != nil || len(state.Changes) != 2):
				t.Errorf("got %.300s", dump(state))
			}
		})
	}
}

// TestTakenWhileAhead takes a draft over whose text is written ahead: the new holder has nothing of
// it.
func TestTakenWhileAhead(t *testing.T) {
	t.Parallel()
	b := ahead(t.TempDir(), 1)
	old, _ := take(t, b.Store)
	add(t, old, open("metadata", `{"a":1}`, unlike))
	d, state, err := onDir(b.dir).Take(t.Context(), id, true)
	if err != nil || state.Open != nil {
		t.Fatalf("take over: %v", err)
	}
	b.pass(0)
	if err := old.Append(splice(0, 0, "x")); !errors.Is(err, draft.ErrTaken) {
		t.Errorf("append: %v", err)
	}
	shut(t, old)
	add(t, d, step("source", `"a"`, nil, value(`"c"`)))
	shut(t, d)
	if got := dump(reread(t, b.dir)); strings.Contains(got, "open") || !strings.Contains(got, `"c"`) {
		t.Errorf("got\n%s", got)
	}
}

// TestFirstKeyIsCheap opens a long text: once it is written, the first key copies nothing of it.
func TestFirstKeyIsCheap(t *testing.T) {
	text := bytes.Repeat([]byte("All work and no play. "), 20<<20/22)
	base := model.Raw([]byte(`{"a":"` + string(text) + `"}`))
	b := newBench(t)
	d, _ := take(t, b.Store)
	add(t, d, draft.Open{Field: field("metadata"), Base: base, Text: text})
	var start, written, end runtime.MemStats
	runtime.ReadMemStats(&start)
	b.pass(0)
	runtime.ReadMemStats(&written)
	before := size(t, theFile(t, b.dir))
	add(t, d, splice(0, 0, "x"))
	runtime.ReadMemStats(&end)
	if made := written.TotalAlloc - start.TotalAlloc; made > 1<<20 {
		t.Errorf("writing ahead made %d bytes: the text is copied", made)
	}
	if made := end.TotalAlloc - written.TotalAlloc; made > 64<<10 {
		t.Errorf("the first key made %d bytes", made)
	}
	if grown := size(t, theFile(t, b.dir)) - before; grown != 12 {
		t.Errorf("the first key wrote %d bytes", grown)
	}
	shut(t, d)
	if o := reread(t, b.dir).Open; o == nil || len(o.Text) != len(text)+1 {
		t.Error("the text is another after a restart")
	}
}
