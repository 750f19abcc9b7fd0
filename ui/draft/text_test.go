package draft_test

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"errata/ui/draft"
)

func carry(text []byte, s draft.Splice) []byte {
	return bytes.Join([][]byte{text[:s.At], s.Ins, text[s.At+s.Del:]}, nil)
}

func TestSplicesAtRandom(t *testing.T) {
	for seed := range uint64(50) {
		r := rand.New(rand.NewPCG(seed, 1))
		b := newBench(t)
		d, _ := take(t, b.Store)
		want := bytes.Repeat([]byte("0123456789"), r.IntN(30))
		add(t, d, open("output", `""`, string(want)))
		for range 200 {
			at := r.IntN(len(want) + 1)
			s := draft.Splice{At: at, Del: r.IntN(min(len(want)-at, 5) + 1), Ins: bytes.Repeat([]byte{byte('a' + r.IntN(26))}, r.IntN(1+r.IntN(100)))}
			want = carry(want, s)
			add(t, d, s)
		}
		shut(t, d)
		if got := reread(t, b.dir).Open.Text; !bytes.Equal(got, want) {
			t.Fatalf("seed %d: text\n%q\nwant\n%q", seed, got, want)
		}
	}
}

func TestBetween(t *testing.T) {
	long := bytes.Repeat([]byte("abc"), 5000)
	changed := bytes.Clone(long)
	changed[7001]++
	for _, c := range []struct {
		old, new []byte
		del, ins int
	}{
		{nil, nil, 0, 0},
		{[]byte("a"), nil, 1, 0},
		{nil, []byte("a"), 0, 1},
		{[]byte("aaa"), []byte("aaaa"), 0, 1},
		{[]byte("aaaa"), []byte("aa"), 2, 0},
		{[]byte("abcd"), []byte("aXd"), 2, 1},
		{long, long, 0, 0},
		{long, changed, 1, 1},
		{long, long[1:], 1, 0},
	} {
		s := draft.Between(c.old, c.new)
		if !bytes.Equal(carry(c.old, s), c.new) || s.Del != c.del || len(s.Ins) != c.ins {
			t.Errorf("between %.20q and %.20q: at %d, %d deleted, %d inserted; want %d, %d", c.old, c.new, s.At, s.Del, len(s.Ins), c.del, c.ins)
		}
	}
}
