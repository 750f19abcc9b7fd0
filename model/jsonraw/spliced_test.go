package jsonraw_test

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"errata/model/jsonraw"
)

// cutUp is a text in parts, of which some may be empty.
func cutUp(random *rand.Rand, text []byte) (parts jsonraw.Parts) {
	for range random.IntN(4) {
		n := random.IntN(len(text) + 1)
		parts, text = append(parts, text[:n:n]), text[n:]
	}
	return append(parts, text)
}

// shares is one text and another that has a stretch of it replaced, as parts of the same memory.
func shares(random *rand.Rand, text []byte, at, del int, ins []byte) jsonraw.Parts {
	return slices.Concat(cutUp(random, text[:at:at]), cutUp(random, ins), cutUp(random, text[at+del:]))
}

func TestSharedIsWhatBothBeginAndEndWith(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		a := []byte(strings.Repeat("ab", random.IntN(5)) + strings.Repeat("a", random.IntN(4)))
		at := random.IntN(len(a) + 1)
		p := shares(random, a, at, random.IntN(len(a)-at+1), []byte("abba")[:random.IntN(5)])
		b, head, tail := p.Join(), 0, 0
		for head < min(len(a), len(b)) && a[head] == b[head] {
			head++
		}
		for tail < min(len(a), len(b))-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
			tail++
		}
		for _, q := range []jsonraw.Parts{{a}, {bytes.Clone(a)}, cutUp(random, a)} {
			if h, e := p.Shared(q); h != head || e != tail {
				t.Fatalf("%q and %q share %d and %d bytes, want %d and %d", p, q, h, e, head, tail)
			}
		}
	}
}

// units are what string literals are made of, and some that none is.
var units = []string{"a", " ", "é", "漢", "😀", `\n`, `\\`, `\"`, `\u00e9`, `\ud83d`, `\ude00`, `\ud83d\ude00`, `\u0061`, `"`, `\`, "\n", "\xff", "\xc3", "u", "d83d", "n"}

// made is a row of units: the first ones of them.
func made(random *rand.Rand, most, first int) []byte {
	var b []byte
	for range random.IntN(most + 1) {
		b = append(b, units[random.IntN(first)]...)
	}
	return b
}

// TestAChangedLiteralIsSoundWhereItsSurroundingsAre holds what is told of a literal by the place
// where it differs from a sound one, and by meaning, against what reading all of it tells.
func TestAChangedLiteralIsSoundWhereItsSurroundingsAre(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(3, 4))
	told := 0
	for range 50_000 {
		old := slices.Concat([]byte{'"'}, made(random, 12, 13), []byte{'"'})
		at := random.IntN(len(old) + 1)
		p := shares(random, old, at, random.IntN(len(old)-at+1), made(random, 3, len(units)))
		now := p.Join()
		err := jsonraw.Check(now)
		switch sound := p.IsSound(old); {
		case sound && (err != nil || jsonraw.KindOf(now) != jsonraw.String):
			t.Fatalf("%s is sound as %s is, but %v", now, old, err)
		case sound:
			told++
		}
		if err == nil && p.Equal(old) != jsonraw.Equal(now, old) {
			t.Fatalf("%s means what %s means: %v", now, old, p.Equal(old))
		}
	}
	if told < 5_000 {
		t.Errorf("%d literals of 50000 were found to be sound", told)
	}
}

// TestAChangedLiteralIsWellFormedWhereItsSurroundingsAre: bytes that are not UTF-8 may be there.
func TestAChangedLiteralIsWellFormedWhereItsSurroundingsAre(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(5, 6))
	told, spoilt := 0, []string{"\xff", "\xc3", "\xa9", "\xf0\x9f", "é", `\\`, `\"`, `\ud83d`, "a"}
	for range 50_000 {
		old := []byte{'"'}
		for range random.IntN(9) {
			old = append(old, spoilt[random.IntN(len(spoilt))]...)
		}
		old = append(old, '"')
		at := random.IntN(len(old) + 1)
		p := shares(random, old, at, random.IntN(len(old)-at+1), made(random, 2, len(units)))
		if p.IsSound(old) {
			told++
			if now := p.Join(); !json.Valid(now) {
				t.Fatalf("%q is well formed as %q is, but is not", now, old)
			}
		}
	}
	if told < 5_000 {
		t.Errorf("%d literals of 50000 were told of", told)
	}
}

// FuzzIsSound: whatever takes the place of a stretch of a sound literal, what is told to be sound
// is so. Of what is no sound literal nothing is told.
func FuzzIsSound(f *testing.F) {
	for _, seed := range []struct {
		old     string
		at, del int
		ins     string
	}{
		{`"ab\\n\ud83d\ude00 é"`, 4, 1, `"`},
		{`"\u00e9\u00e9"`, 3, 6, ``},
		{`"漢字"`, 2, 3, "\x88\\u"},
	} {
		if jsonraw.Check([]byte(seed.old)) != nil {
			f.Fatalf("nothing is told of %s", seed.old)
		}
		f.Add([]byte(seed.old), seed.at, seed.del, []byte(seed.ins))
	}
	f.Fuzz(func(t *testing.T, old []byte, at, del int, ins []byte) {
		old = jsonraw.Trim(old)
		if jsonraw.Check(old) != nil || jsonraw.KindOf(old) != jsonraw.String {
			return
		}
		at = min(max(at, 0), len(old))
		del = min(max(del, 0), len(old)-at)
		p := jsonraw.Parts{old[:at], ins, old[at+del:]}
		now := p.Join()
		if p.IsSound(old) && (jsonraw.Check(now) != nil || jsonraw.KindOf(now) != jsonraw.String) {
			t.Errorf("%q is no sound literal, though %q is", now, old)
		}
		if jsonraw.Check(now) == nil && p.Equal(old) != jsonraw.Equal(now, old) {
			t.Errorf("%q and %q are the same: %v", now, old, p.Equal(old))
		}
	})
}
