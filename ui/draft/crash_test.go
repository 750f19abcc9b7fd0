package draft_test

import (
	"bytes"
	"os"
	"slices"
	"strings"
	"testing"

	"errata/ui/draft"
)

// recorded carries the session out and says what the file held after each Append, and what a new
// process then finds.
func recorded(t *testing.T, b *bench) (file []byte, sizes []int, dumps []string) {
	t.Helper()
	d, _ := take(t, b.Store)
	for _, events := range session() {
		add(t, d, events...)
		b.pass(0)
		var content []byte
		if list := files(t, b.dir, ".draft"); len(list) == 1 {
			content, _ = os.ReadFile(list[0])
		}
		sizes, dumps = append(sizes, len(content)), append(dumps, dump(planted(t, content)))
		file = content
	}
	shut(t, d)
	return file, sizes, dumps
}

// planted is what a process finds in a file that looks like content.
func planted(t *testing.T, content []byte) *draft.State {
	t.Helper()
	dir := t.TempDir()
	plant(t, dir, content)
	return reread(t, dir)
}

// plant puts a file of a draft into a directory.
func plant(t *testing.T, dir string, content []byte) (name string) {
	t.Helper()
	d, _ := take(t, onDir(dir).Store)
	add(t, d, step("source", `"a"`, nil, value(`"b"`)))
	shut(t, d)
	name = theFile(t, dir)
	if err := os.WriteFile(name, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// TestCutAtEveryByte shows that a file that ends anywhere gives the state after some number of
// events: all those whose Append had written up to there.
func TestCutAtEveryByte(t *testing.T) {
	t.Parallel()
	for name, from := range map[string]int{"written with the first key": 0, "written ahead": 1} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cutAtEveryByte(t, ahead(t.TempDir(), from))
		})
	}
}

func cutAtEveryByte(t *testing.T, b *bench) {
	file, sizes, dumps := recorded(t, b)
	dir := t.TempDir()
	name := plant(t, dir, nil)
	for cut := range len(file) + 1 {
		if err := os.WriteFile(name, file[:cut], 0o600); err != nil {
			t.Fatal(err)
		}
		d, state := take(t, onDir(dir).Store)
		got := dump(state)
		after, _ := slices.BinarySearch(sizes, cut+1) // this many appends are whole
		whole := after == 0 || sizes[after-1] == cut
		switch {
		case whole && after > 0 && (got != dumps[after-1] || state.Lost != 0):
			t.Errorf("cut at %d, after %d appends (lost %d):\n%s\nwant:\n%s", cut, after, state.Lost, got, dumps[after-1])
		case !whole && got != dumps[after-1] && (after == len(dumps) || !between(got, dumps[after-1], dumps[after])):
			t.Errorf("cut at %d, within append %d:\n%s", cut, after, got)
		}
		if kept, err := os.ReadFile(name); state.Lost > 0 && err == nil && len(kept) != cut-int(state.Lost) {
			t.Errorf("cut at %d: %d bytes left with %d lost", cut, len(kept), state.Lost)
		}
		if aside, err := os.ReadFile(state.LostFile); state.Lost > 0 && (err != nil || !bytes.HasSuffix(file[:cut], aside) || len(aside) != int(state.Lost)) {
			t.Errorf("cut at %d: %d bytes lost, %d put aside (%v)", cut, state.Lost, len(aside), err)
		}
		add(t, d, step("stdout", ``, nil, value(`"on"`)))
		shut(t, d)
		if next := reread(t, dir); next.Lost != 0 || !strings.Contains(dump(next), `-> "on"`) {
			t.Errorf("cut at %d: what was added after is lost:\n%s", cut, dump(next))
		}
	}
}

// between reports whether a dump lies between two: it has their lines and no others. An Append of
// several events may be cut between them.
func between(got, before, after string) bool {
	for line := range strings.Lines(got) {
		if !strings.Contains(before, line) && !strings.Contains(after, line) && !strings.HasPrefix(line, "open ") {
			return false
		}
	}
	return true
}

// TestFlippedBits shows that damage is noticed wherever it is, and that what is before it counts.
func TestFlippedBits(t *testing.T) {
	t.Parallel()
	file, sizes, dumps := recorded(t, newBench(t))
	dir := t.TempDir()
	name := plant(t, dir, nil)
	s := onDir(dir).Store
	for at := range file {
		damaged := bytes.Clone(file)
		damaged[at] ^= 1 << (at % 8)
		if err := os.WriteFile(name, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		d, state, err := s.Take(t.Context(), id, false)
		if err == nil && state.Lost == 0 {
			t.Fatalf("a bit of byte %d flipped: nobody noticed", at)
		}
		if after, _ := slices.BinarySearch(sizes, at+1); err == nil && after > 0 && sizes[after-1] > 0 {
			if got := dump(state); got != dumps[after-1] && !between(got, dumps[after-1], dumps[min(after, len(dumps)-1)]) {
				t.Errorf("a bit of byte %d flipped:\n%s\nwant:\n%s", at, got, dumps[after-1])
			}
		}
		shut(t, d)
	}
}

func TestClearRemovesWhatWasLost(t *testing.T) {
	file, _, _ := recorded(t, newBench(t))
	dir := t.TempDir()
	plant(t, dir, file[:len(file)-1])
	d, state := take(t, onDir(dir).Store)
	if state.LostFile == "" {
		t.Fatal("nothing was put aside")
	}
	if err := d.Clear(t.Context(), ""); err != nil {
		t.Fatal(err)
	}
	shut(t, d)
	if left := files(t, dir, ""); len(left) != 1 {
		t.Errorf("left: %v", left)
	}
}
