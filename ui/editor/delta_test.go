package editor

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"testing"
)

// replaced carries out what Since tells.
func replaced(old []byte, at, del int, ins []byte) []byte {
	return slices.Concat(old[:at], ins, old[at+del:])
}

func FuzzSince(f *testing.F) {
	f.Add([]byte("one two three"), 4, 3, []byte("2"), 0, 1, []byte(""))
	f.Add([]byte("aaaa"), 1, 1, []byte("aa"), 2, 0, []byte("a"))
	f.Add([]byte(""), 0, 0, []byte("x"), 0, 1, []byte("y"))
	f.Add(bytes.Repeat([]byte("line\n"), 5000), 12_000, 7, []byte("changed"), 3, 24_000, []byte("z"))
	f.Fuzz(func(t *testing.T, text []byte, at1, del1 int, ins1 []byte, at2, del2 int, ins2 []byte) {
		old := Text{build(text)}
		now := old
		for _, e := range []struct {
			at, del int
			ins     []byte
		}{{at1, del1, ins1}, {at2, del2, ins2}} {
			at := min(max(e.at, 0), now.Len())
			del := min(max(e.del, 0), now.Len()-at)
			now = Text{splice(now.root, at, at+del, e.ins)}
		}
		checkChanges(t, old, now)
		at, del, ins := now.Since(old)
		if got := replaced(text, at, del, ins); !bytes.Equal(got, now.Bytes()) {
			t.Errorf("%q with %d bytes at %d replaced by %q is %q, want %q", text, del, at, ins, got, now.Bytes())
		}
	})
}

// checkChanges carries out what Changes tells, and looks for what it need not have told.
func checkChanges(t *testing.T, old, now Text) {
	t.Helper()
	list, ok := now.Changes(old, now.Len())
	got, was := old.Bytes(), -1
	for _, c := range list {
		if c.At <= was || c.Del+len(c.Ins) == 0 {
			t.Fatalf("%v is out of order or nothing", list)
		}
		was = c.At + c.Del
	}
	for _, c := range slices.Backward(list) {
		got = replaced(got, c.At, c.Del, c.Ins)
	}
	if !ok || !bytes.Equal(got, now.Bytes()) {
		t.Fatalf("%t: with %v it is %.100q, want %.100q", ok, list, got, now.Bytes())
	}
}

func TestChangesAreTheEdits(t *testing.T) {
	t.Parallel()
	text := bytes.Repeat([]byte("The tide comes in twice a day.\n"), 300_000)
	old := Text{build(text)}
	now := old
	places := []int{9_000_000, 4_000_000, 4_000_100, 0, 5_000_000}
	for _, at := range places {
		now = Text{splice(now.root, at, at+4, []byte("##"))}
	}
	now = Text{splice(now.root, 6_000_000, 8_000_000, nil)}
	checkChanges(t, old, now)
	list, _ := now.Changes(old, 20_000)
	if n := 0; len(list) != len(places) && len(list) != len(places)+1 {
		t.Errorf("%d changes", len(list))
	} else {
		for _, c := range list {
			n += len(c.Ins)
		}
		if n > 500 {
			t.Errorf("%d bytes are new", n)
		}
	}
	if list, ok := now.Changes(old, 3); ok {
		t.Errorf("%d changes are no more than three bytes", len(list))
	}
}

func TestChangesOfAnyEdits(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 3))
	text := make([]byte, 60_000)
	for i := range text {
		text[i] = "ab\n"[r.IntN(3)]
	}
	old := Text{build(text)}
	for range 400 {
		now := old
		for range 1 + r.IntN(6) {
			from := r.IntN(now.Len() + 1)
			to := min(from+r.IntN(1+r.IntN(9000)), now.Len())
			ins := text[:r.IntN(20)]
			if r.IntN(5) == 0 { // pasted, of the same memory
				ins = text[r.IntN(30_000):][:r.IntN(9000)]
			}
			now = Text{splice(now.root, from, to, ins)}
		}
		checkChanges(t, old, now)
	}
}

func TestSinceIsNoLargerThanTheEdit(t *testing.T) {
	t.Parallel()
	text := bytes.Repeat([]byte("The tide comes in twice a day.\n"), 300_000)
	old := Text{build(text)}
	now := Text{splice(old.root, 4_000_000, 4_000_002, []byte("#"))}
	if at, del, ins := now.Since(old); len(ins) > 3 || del > 4 || at < 3_999_990 {
		t.Errorf("%d bytes at %d became %q", del, at, ins)
	}
}

func BenchmarkSince10MB(b *testing.B) {
	text := bytes.Repeat([]byte("The tide comes in twice a day.\n"), 300_000)
	old := Text{build(text)}
	now := Text{splice(old.root, 4_000_000, 4_000_000, []byte("#"))}
	for b.Loop() {
		now.Since(old)
	}
}
