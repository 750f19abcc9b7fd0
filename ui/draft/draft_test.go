package draft_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"errata/model"
	"errata/ui/draft"
)

// session is a session of editing with everything in it, one element for each Append.
func session() [][]draft.Event {
	return [][]draft.Event{
		{open("output", `"Hello"`, "Hello")},
		{splice(5, 0, ",")},
		{splice(6, 0, " wörld\r\n\x00\t")},
		{splice(0, 1, "J")},
		{step("output", `"Hello"`, nil, value(`"Jello, wörld\r\n\u0000\t"`)), draft.Close{}},
		{step("prompt_cost", `0.10`, nil, value(`1e-07`))},
		{step("prompt_tokens", `9007199254740993`, nil, typo("prompt_tokens", "12.5"))},
		{step("prompt_tokens", `9007199254740993`, typo("prompt_tokens", "12.5"), value(`12`))},
		{draft.Undo{}},
		{draft.Undo{}},
		{draft.Redo{}},
		{step("error", ``, nil, value(`null`))},
		{draft.Base{Field: field("metadata"), Value: model.Raw([]byte(`{"a":1}`))}},
		{draft.Put{Field: field("metadata"), Base: model.Raw([]byte(`{"a":1}`)), Edit: value(`{"a":1,"b":"\ud800"}`)}},
		{draft.Moved{ETag: `"b"`}},
		{step("metadata", `{"a":1}`, value(`{"a":1,"b":"\ud800"}`), nil)},
		{draft.Undo{}},
		{open("metadata", `{"a":1}`, "{\n  \"a\": 1\n}")},
		{splice(10, 0, ",")},
		{splice(11, 0, "x")},
		{draft.Close{}},
		{literal("inputs", `{"a":"x","b":[1]}`)},
		{enter("/a", "x", 0)},
		{splice(1, 0, "y")},
		{splice(2, 0, "z\"")},
		{draft.Leave{Outer: splice(6, 1, `xyz\"`)}},
		{enter("/b/0", "1", 1, 0), splice(1, 0, "2")},
		{draft.Leave{}},
		{splice(0, 0, " ")},
		{draft.Enter{Place: "/b#name", Path: []int{1}, Name: true, Text: []byte("b")}},
		{splice(0, 1, "ключ")},
	}
}

func TestRestart(t *testing.T) {
	b := newBench(t)
	d, _ := take(t, b.Store)
	for _, events := range session() {
		add(t, d, events...)
	}
	want := `etag "b"
output: "Hello" -> "Jello, wörld\r\n\u0000\t"
error:  -> null
prompt_tokens: 9007199254740993 -> ` + edit(typo("prompt_tokens", "12.5")) + `
prompt_cost: 0.10 -> 1e-07
metadata: {"a":1} -> {"a":1,"b":"\ud800"}
step output: as fetched -> "Jello, wörld\r\n\u0000\t"
step prompt_cost: as fetched -> 1e-07
step prompt_tokens: as fetched -> ` + edit(typo("prompt_tokens", "12.5")) + `
step error: as fetched -> null
--
step metadata: {"a":1,"b":"\ud800"} -> as fetched
--
open inputs ({"a":"x","b":[1]}): " {\"a\":\"xyz\\\"\",\"b\":[1]}" literal in /b#name [1] true: "ключ"
`
	shut(t, d)
	for range 2 { // reading changes nothing
		state := reread(t, b.dir)
		if got := dump(state); got != want {
			t.Errorf("after a restart:\n%s\nwant:\n%s", got, want)
		}
		if !state.Made.Equal(b.Now()) || state.Lost != 0 {
			t.Errorf("made %v, lost %d", state.Made, state.Lost)
		}
	}
	if base, ok := reread(t, b.dir).Base(field("error")); !ok || !base.IsAbsent() {
		t.Errorf("base of error: %s, %v; want absent", base.Bytes(), ok)
	}
	if _, ok := reread(t, b.dir).Base(field("stdout")); ok {
		t.Error("a base is known that nobody told")
	}
}

func TestParseErrorKeepsItsPlace(t *testing.T) {
	b := newBench(t)
	d, _ := take(t, b.Store)
	add(t, d, step("inputs", `{}`, nil, typo("inputs", "{\n\"a\" 1}")))
	shut(t, d)
	_, err := field("inputs").Parse("{\n\"a\" 1}", model.Absent)
	var want, got *model.ParseError
	if !errors.As(err, &want) || !errors.As(reread(t, b.dir).Changes[0].Edit.Err, &got) || *got != *want {
		t.Errorf("restored error %+v, want %+v", got, want)
	}
}

func TestHistoryGoesOnAfterRestart(t *testing.T) {
	b := newBench(t)
	d, _ := take(t, b.Store)
	add(t, d, step("source", `"a"`, nil, value(`"b"`)))
	add(t, d, step("source", `"a"`, value(`"b"`), value(`"c"`)))
	add(t, d, draft.Undo{})
	shut(t, d)
	d, _ = take(t, b.Store)
	add(t, d, draft.Redo{})
	add(t, d, draft.Undo{})
	add(t, d, draft.Undo{})
	add(t, d, draft.Redo{})
	shut(t, d)
	state := reread(t, b.dir)
	if len(state.Done) != 1 || len(state.Undone) != 1 || edit(&state.Changes[0].Edit) != `"b"` {
		t.Errorf("got\n%s", dump(state))
	}
}

func TestNoChangeNoFile(t *testing.T) {
	looked := []draft.Event{
		open("output", `"a"`, "a"), draft.Close{}, open("error", ``, ""), open("output", `"a"`, "a"),
		draft.Base{Field: field("output"), Value: model.Raw([]byte(`"a"`))}, draft.Moved{ETag: "x"},
	}
	b := newBench(t)
	d, _ := take(t, b.Store)
	for _, e := range looked {
		add(t, d, e)
	}
	if list := files(t, b.dir, ".draft"); len(list) != 0 {
		t.Errorf("looking made %v", list)
	}
	shut(t, d)
	if list := files(t, b.dir, ""); len(list) != 1 || filepath.Base(list[0]) != ".lock" {
		t.Errorf("left behind: %v", list)
	}
	d, _ = take(t, b.Store)
	add(t, d, step("output", `"a"`, nil, value(`"b"`)))
	add(t, d, draft.Undo{})
	if list, err := b.List(context.Background()); err != nil || len(list) != 0 {
		t.Errorf("a draft without changes is listed: %v, %v", list, err)
	}
	shut(t, d)
	if list := files(t, b.dir, ".draft"); len(list) != 0 {
		t.Errorf("edits taken back left %v", list)
	}
}

func TestBasesToldBeforeTheFirstChange(t *testing.T) {
	b := newBench(t)
	d, _ := take(t, b.Store)
	add(t, d, draft.Base{Field: field("metadata"), Value: model.Raw([]byte(`{"a":1}`))}, draft.Moved{ETag: `"b"`})
	add(t, d, step("output", `"a"`, nil, value(`"b"`)))
	shut(t, d)
	state := reread(t, b.dir)
	if base, ok := state.Base(field("metadata")); !ok || string(base.Bytes()) != `{"a":1}` || state.Identity.ETag != `"b"` {
		t.Errorf("base %s, %v, etag %s", base.Bytes(), ok, state.Identity.ETag)
	}
}

func TestModes(t *testing.T) {
	b := newBench(t)
	d, _ := take(t, b.Store)
	defer shut(t, d)
	add(t, d, step("output", `"a"`, nil, value(`"b"`)))
	for name, want := range map[string]os.FileMode{filepath.Join(b.dir, "drafts"): 0o700 | os.ModeDir, theFile(t, b.dir): 0o600, files(t, b.dir, ".lock")[1]: 0o600} {
		if info, err := os.Stat(name); err != nil || info.Mode() != want {
			t.Errorf("%s: mode %v, want %v (%v)", name, info.Mode(), want, err)
		}
	}
}

func TestEditorReopenedGoesOn(t *testing.T) {
	b := newBench(t)
	d, _ := take(t, b.Store)
	add(t, d, open("output", `"a"`, "a"))
	add(t, d, splice(1, 0, "b"))
	shut(t, d)
	d, state := take(t, b.Store)
	add(t, d, open("output", `"a"`, string(state.Open.Text)))
	if got := dump(reopen(t, b, d)); !strings.Contains(got, `"ab"`) {
		t.Errorf("reopening dropped what was typed: %s", got)
	}
	d, _ = take(t, b.Store)
	add(t, d, open("output", `"a"`, "ab"), splice(2, 0, "c"))
	if got := string(reopen(t, b, d).Open.Text); got != "abc" {
		t.Errorf("text %q", got)
	}
	d, _ = take(t, b.Store)
	add(t, d, open("output", `"a"`, "other")) // a whole new text, as undo in the editor gives
	if got := string(reopen(t, b, d).Open.Text); got != "other" {
		t.Errorf("text %q", got)
	}
}

func reopen(t *testing.T, b *bench, d *draft.Draft) *draft.State {
	t.Helper()
	shut(t, d)
	return reread(t, b.dir)
}

func TestClear(t *testing.T) {
	b := newBench(t)
	d, _ := take(t, b.Store)
	add(t, d, step("output", `"a"`, nil, value(`"b"`)))
	if err := d.Clear(context.Background(), `"2"`); err != nil {
		t.Fatal(err)
	}
	if list := files(t, b.dir, ".draft"); len(list) != 0 {
		t.Fatalf("after the save there is %v", list)
	}
	b.pass(time.Hour)
	add(t, d, step("output", `"b"`, nil, value(`"c"`)))
	shut(t, d)
	state := reread(t, b.dir)
	if got, want := dump(state), "etag \"2\"\noutput: \"b\" -> \"c\"\nstep output: as fetched -> \"c\"\n--\n--\n"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if !state.Made.Equal(b.Now()) {
		t.Errorf("made %v, want the time of the first change after the save", state.Made)
	}
}

func TestMistakesAreRefused(t *testing.T) {
	for _, events := range [][]draft.Event{
		{draft.Undo{}}, {draft.Redo{}}, {splice(0, 0, "x")},
		{open("output", `""`, "ab"), splice(3, 0, "x")},
		{open("output", `""`, "ab"), splice(1, 2, "x")},
		{open("output", `""`, "ab"), splice(-1, 0, "x")},
		{open("output", `""`, "ab"), splice(0, -1, "x")},
	} {
		b := newBench(t)
		d, _ := take(t, b.Store)
		add(t, d, step("source", `"a"`, nil, value(`"b"`)), draft.Undo{}, draft.Redo{}, draft.Undo{}, draft.Redo{})
		if events[0] == (draft.Undo{}) {
			add(t, d, draft.Undo{})
		}
		if err := d.Append(events...); err == nil {
			t.Errorf("%v is taken", events)
		}
		shut(t, d)
		if state := reread(t, b.dir); state.Lost != 0 {
			t.Errorf("%v damaged the file", events)
		}
	}
}

func TestList(t *testing.T) {
	b := newBench(t)
	if list, err := b.List(context.Background()); err != nil || len(list) != 0 {
		t.Errorf("of nothing: %v, %v", list, err)
	}
	if list := files(t, b.dir, ""); len(list) != 0 {
		t.Errorf("listing made %v", list)
	}
	d, _ := take(t, b.Store)
	add(t, d, step("source", `"a"`, nil, value(`"b"`)))
	add(t, d, step("output", `"x"`, nil, value(`"y"`)))
	add(t, d, open("output", `"x"`, "y"), splice(1, 0, "z"))
	other := id
	other.LogID, other.Server = "log_2", "https://ann:test-key@example.test/v5"
	e, _, err := b.Take(context.Background(), other, false)
	if err != nil {
		t.Fatal(err)
	}
	add(t, e, step("stdout", ``, nil, value(`"y"`)))
	shut(t, e)
	long := time.Date(2031, 1, 1, 0, 0, 0, 0, time.UTC)
	if err := os.Chtimes(fileOf(t, b.dir, "log_2"), long, long); err != nil {
		t.Fatal(err)
	}
	list, err := b.List(context.Background())
	if err != nil || len(list) != 2 {
		t.Fatalf("list: %v, %v", list, err)
	}
	first, last := list[1], list[0]
	if first.LogID == "log_2" {
		first, last = last, first
	}
	if last.LogID != "log_2" || last.Held != nil || last.Server != "https://example.test/v5" || !last.Changed.Equal(long) {
		t.Errorf("closed draft: %+v", last)
	}
	if first.Held == nil || first.Held.PID != os.Getpid() || !first.Held.Since.Equal(b.Now()) || first.PromptID != "pr_1" || !first.Made.Equal(b.Now()) {
		t.Errorf("held draft: %+v", first)
	}
	var rows []string
	for _, c := range first.Changes {
		rows = append(rows, c.Field.Name+" "+string(c.Base.Bytes())+" "+edit(&c.Edit))
	}
	if got := strings.Join(rows, "\n"); got != `output "x" "yz" (it was still being typed)`+"\n"+`source "a" "b"` {
		t.Errorf("changes:\n%s", got)
	}
	var by *draft.HeldError
	if err := b.Discard(context.Background(), first); !errors.As(err, &by) {
		t.Errorf("a held draft is discarded: %v", err)
	}
	shut(t, d)
	for _, info := range list {
		if err := b.Discard(context.Background(), info); err != nil {
			t.Error(err)
		}
	}
	if left := files(t, b.dir, ".draft"); len(left) != 0 {
		t.Errorf("left: %v", left)
	}
}

// fileOf is the file of the draft whose records name a log.
func fileOf(t *testing.T, dir, log string) string {
	t.Helper()
	for _, name := range files(t, dir, ".draft") {
		if b, err := os.ReadFile(name); err == nil && bytes.Contains(b, []byte(log)) {
			return name
		}
	}
	t.Fatal("no file of " + log)
	return ""
}

func TestNoSecretInAnyFile(t *testing.T) {
	b := newBench(t)
	secret := id
	secret.Server = "https://ann:test-key@example.test/v5"
	d, _, err := b.Take(context.Background(), secret, false)
	if err != nil {
		t.Fatal(err)
	}
	add(t, d, step("source", `"a"`, nil, value(`"b"`)))
	shut(t, d)
	if file, err := os.ReadFile(theFile(t, b.dir)); err != nil || bytes.Contains(file, []byte("test-key")) {
		t.Errorf("the file holds the password (%v)", err)
	}
	if state := reread(t, b.dir); len(state.Changes) != 1 {
		t.Error("the draft is not found without the password")
	}
}

func TestAnotherVersionIsLeftAlone(t *testing.T) {
	b := newBench(t)
	d, _ := take(t, b.Store)
	add(t, d, step("source", `"a"`, nil, value(`"b"`)))
	shut(t, d)
	name := theFile(t, b.dir)
	file, _ := os.ReadFile(name)
	file = bytes.Replace(file, []byte("draft 5"), []byte("draft 6"), 1)
	if err := os.WriteFile(name, file, 0o600); err != nil {
		t.Fatal(err)
	}
	d, state, err := b.Take(context.Background(), id, false)
	var off *draft.OffError
	if !errors.As(err, &off) || len(state.Changes) != 0 {
		t.Fatalf("taken: %v", err)
	}
	if err := d.Append(step("source", `"a"`, nil, value(`"c"`))); !errors.As(err, &off) {
		t.Errorf("append: %v", err)
	}
	if _, err := b.List(context.Background()); err == nil || !strings.Contains(err.Error(), "another version") {
		t.Errorf("list: %v", err)
	}
	shut(t, d)
	if now, _ := os.ReadFile(name); !bytes.Equal(now, file) {
		t.Error("the file was changed")
	}
}
