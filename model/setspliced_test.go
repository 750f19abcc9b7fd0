package model_test

import (
	"bytes"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"errata/model"
	"errata/model/jsonraw"
)

// spellings are characters as they may be in a literal, spelled out, escaped, or as halves.
var spellings = strings.Fields(`a b \n \r\n \t \" \\ \/ / é \u00e9 \u0041 \u0000 \ud83d\ude00 \uD83D\uDE00 \ud83d \ude00 😀 e\u0301 e\u200d \\ud83d`)

// spelled is a random literal.
func spelled(r *rand.Rand) []byte {
	literal := []byte{'"'}
	for range r.IntN(60) {
		literal = append(literal, spellings[r.IntN(len(spellings))]...)
	}
	return append(literal, '"')
}

// typed are random stretches that others take the place of, anywhere in a text, also within
// characters, as long as the new text is one.
func typed(r *rand.Rand, text []byte) (list []jsonraw.Swap) {
	for at, n := 0, 1+r.IntN(4); n > 0 && at <= len(text); n-- {
		at += r.IntN(len(text) - at + 1)
		s := jsonraw.Swap{At: at, Del: r.IntN(min(len(text)-at, 9) + 1)}
		if r.IntN(4) > 0 {
			s.Ins, _ = jsonraw.Decode([]byte(`"` + spellings[r.IntN(len(spellings))] + `"`))
		}
		at += s.Del
		if !bytes.Equal(s.Ins, text[s.At:at]) {
			list = append(list, s)
		}
		at++ // two swaps that touch are one
	}
	return list
}

// logOf is a log whose output is a literal.
func logOf(t testing.TB, literal []byte) *model.Log {
	t.Helper()
	log, err := model.ParseLog(slices.Concat([]byte(`{"id":"log_1","output":`), literal, []byte(`}`)))
	if err != nil {
		t.Fatal(err)
	}
	return log
}

// TestASplicedTextIsSetAsATextIs: the same meaning, the same PATCH but for what was not touched,
// which is spelled as it was.
func TestASplicedTextIsSetAsATextIs(t *testing.T) {
	t.Parallel()
	f := model.Output
	r := rand.New(rand.NewPCG(7, 7))
	spliced, given := 0, 0
	for range 5_000 {
		literal := spelled(r)
		log := logOf(t, literal)
		old := log.Value(f)
		text, _ := jsonraw.Decode(literal)
		swaps := typed(r, text)
		now := jsonraw.Swapped(text, swaps, 0)
		want, got := model.NewChangeSet(log), model.NewChangeSet(log)
		wrong := want.SetText(f, string(now))
		ok := got.SetSpliced(f, old, swaps)
		switch {
		case ok && wrong != nil || !ok && wrong == nil && len(swaps) > 0:
			t.Fatalf("%s with %v: %t, and %v as a text", literal, swaps, ok, wrong)
		case !ok:
			given++
			if len(got.Changed()) > 0 {
				t.Fatalf("%s with %v is changed to %s", literal, swaps, got.Value(f).Bytes())
			}
			continue
		}
		spliced++
		if !slices.Equal(got.Changed(), want.Changed()) || !got.Value(f).Equal(want.Value(f)) {
			t.Fatalf("%s with %v is %s, want %s", literal, swaps, got.Value(f).Bytes(), want.Value(f).Bytes())
		}
		if len(want.Changed()) == 0 {
			continue
		}
		if again := model.NewChangeSet(log); !again.SetSpliced(f, old, swaps) || !sharesAll(again.Value(f), old.Bytes(), swaps) {
			t.Fatalf("%s with %v is %s", literal, swaps, again.Value(f).Bytes())
		}
		checkPatch(t, got)
	}
	if spliced < 1000 || given < 100 {
		t.Errorf("%d were spliced, and %d given as a whole", spliced, given)
	}
}

// sharesAll reports whether what a value says of itself before it is put together holds afterwards,
// and whether it keeps what is before the first swap and behind the last.
func sharesAll(v model.Value, old []byte, swaps []jsonraw.Swap) bool {
	head, size := slices.Clone(v.Head(10)), v.Len()
	parts, kind, set := v.Parts(), v.Kind(), v.IsSet()
	now := v.Bytes()
	if !bytes.Equal(head, now[:min(10, len(now))]) || size != len(now) || kind != jsonraw.String || !set || jsonraw.Check(now) != nil {
		return false
	}
	if len(parts) == 1 { // it was compared as a whole, and is in one piece
		return true
	}
	before, _ := jsonraw.Text(append(slices.Clone(parts[0]), '"'))
	behind, _ := jsonraw.Text(append([]byte{'"'}, parts[len(parts)-1]...))
	text, _ := jsonraw.Text(old)
	last := swaps[len(swaps)-1]
	const character = 4 // one that is cut is written again
	return bytes.Equal(parts.Join(), now) && bytes.HasPrefix(old, parts[0]) && bytes.HasSuffix(old, parts[len(parts)-1]) &&
		swaps[0].At-len(before) < character && len(text)-len(behind)-last.At-last.Del < character
}

// checkPatch compares all that is said of a PATCH with its bytes.
func checkPatch(t *testing.T, c *model.ChangeSet) {
	t.Helper()
	body := c.Patch()
	whole := bytes.Join(c.PatchPieces(), nil)
	if !bytes.Equal(body, whole) || c.PatchSize() != len(body) || !c.IsPatch(body) {
		t.Fatalf("%s of %d bytes, in pieces %s", body, c.PatchSize(), whole)
	}
	if want := `{"output":` + string(c.Value(model.Output).Bytes()) + `}`; string(body) != want {
		t.Fatalf("%s, want %s", body, want)
	}
}

// TestUntouchedTextIsSpelledAsItWas holds one edit of each kind to its bytes.
func TestUntouchedTextIsSpelledAsItWas(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		literal string
		swap    jsonraw.Swap
		want    string // "" for no change
	}{
		{`"caf\u00e9 \/ tea\r\n"`, jsonraw.Swap{At: 6, Del: 1, Ins: []byte("&")}, `"caf\u00e9 & tea\r\n"`},
		{`"caf\u00e9\r\n\ud83d"`, jsonraw.Swap{At: 7, Ins: []byte("\r\n")}, `"caf\u00e9\r\n\r\n\ud83d"`},
		{`"\ud83d-\ude00"`, jsonraw.Swap{At: 3, Del: 1}, `"\ud83d\ude00"`},
		{`"\ud83d\ude00"`, jsonraw.Swap{Del: 4, Ins: []byte("\xed\xa0\xbd\xed\xb8\x80")}, ``},
		{`"a\u00e8"`, jsonraw.Swap{At: 2, Del: 1, Ins: []byte("\xa9")}, `"aé"`},
	} {
		log := logOf(t, []byte(tt.literal))
		c := model.NewChangeSet(log)
		if !c.SetSpliced(model.Output, log.Value(model.Output), []jsonraw.Swap{tt.swap}) {
			t.Errorf("%s with %v is not taken", tt.literal, tt.swap)
			continue
		}
		want := tt.literal
		if tt.want != "" {
			want = tt.want
		}
		if got := c.Value(model.Output).Bytes(); string(got) != want || (len(c.Changed()) == 0) != (tt.want == "") {
			t.Errorf("%s with %v is %s (%d changed), want %s", tt.literal, tt.swap, got, len(c.Changed()), want)
		}
	}
}

// TestSplicedTextIsRefused where it was not made of a text, or is none.
func TestSplicedTextIsRefused(t *testing.T) {
	t.Parallel()
	log := logOf(t, []byte(`"high"`))
	c := model.NewChangeSet(log)
	swap := []jsonraw.Swap{{At: 1, Del: 1, Ins: []byte("o")}}
	old := log.Value(model.Output)
	for name, ok := range map[string]bool{
		"no text":         c.SetSpliced(model.Output, model.Raw([]byte(`["high"]`)), swap),
		"a field of JSON": c.SetSpliced(model.Metadata, old, swap),
		"no swap":         c.SetSpliced(model.Output, old, nil),
		"bad bytes":       c.SetSpliced(model.Output, old, []jsonraw.Swap{{Ins: []byte{0xff}}}),
		"absent":          c.SetSpliced(model.ErrorText, model.Absent, swap),
	} {
		if ok || len(c.Changed()) > 0 {
			t.Errorf("%s: %t, %d changed", name, ok, len(c.Changed()))
		}
	}
}

// TestATextThatWasSplicedIsSplicedAgain, and one that is the text of the log again is not a change.
func TestATextThatWasSplicedIsSplicedAgain(t *testing.T) {
	t.Parallel()
	log := logOf(t, []byte(`"caf\u00e9 \/"`))
	c := model.NewChangeSet(log)
	if !c.SetSpliced(model.Output, log.Value(model.Output), []jsonraw.Swap{{At: 6, Ins: []byte("x")}}) {
		t.Fatal("not taken")
	}
	again := model.NewChangeSet(log)
	if !again.SetSpliced(model.Output, c.Value(model.Output), []jsonraw.Swap{{Ins: []byte("a ")}}) ||
		string(again.Value(model.Output).Bytes()) != `"a caf\u00e9 x\/"` {
		t.Errorf("it is %s", again.Value(model.Output).Bytes())
	}
	if !again.SetSpliced(model.Output, c.Value(model.Output), []jsonraw.Swap{{At: 6, Del: 1}}) || len(again.Changed()) > 0 {
		t.Errorf("taken back it is %s", again.Value(model.Output).Bytes())
	}
}

// TestASplicedTextIsMadeOnce whoever asks for it, and costs nothing before. It is not parallel: it
// counts memory.
func TestASplicedTextIsMadeOnce(t *testing.T) {
	const size = 8 << 20
	log := logOf(t, append(append([]byte{'"'}, strings.Repeat(`caf\u00e9 `, size/10)...), '"'))
	old := log.Value(model.Output)
	c := model.NewChangeSet(log)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	ok := c.SetSpliced(model.Output, old, []jsonraw.Swap{{At: size / 4, Ins: []byte("x")}})
	v := c.Value(model.Output)
	split := len(v.Parts()) > 1 && len(v.Head(400)) == 400
	runtime.ReadMemStats(&after)
	if !ok || !split || after.TotalAlloc-before.TotalAlloc > size/8 {
		t.Fatalf("%t, in parts %t, %d bytes", ok, split, after.TotalAlloc-before.TotalAlloc)
	}
	bodies := make([][]byte, 4)
	var wg sync.WaitGroup
	for i := range bodies {
		wg.Go(func() {
			_, _, _ = v.Head(10), v.Len(), v.Bytes()
			bodies[i] = c.Patch()
		})
	}
	wg.Wait()
	for _, body := range bodies {
		if &body[0] != &bodies[0][0] {
			t.Error("the body was made twice")
		}
	}
}
