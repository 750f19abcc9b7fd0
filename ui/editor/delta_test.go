package editor

import (
	"bytes"
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
		at, del, ins := now.Since(old)
		if got := replaced(text, at, del, ins); !bytes.Equal(got, now.Bytes()) {
			t.Errorf("%q with %d bytes at %d replaced by %q is %q, want %q", text, del, at, ins, got, now.Bytes())
		}
	})
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
