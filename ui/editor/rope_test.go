package editor

import (
	"bytes"
	"errors"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"errata/model/sequence"
)

// checkRope compares a rope with the bytes that it should hold, by every way of asking.
func checkRope(t *testing.T, n rope, want []byte) {
	t.Helper()
	text := Text{n}
	if got := text.Bytes(); !bytes.Equal(got, want) {
		t.Fatalf("holds %q, want %q", got, want)
	}
	if !text.Equal(want) || text.Equal(append(bytes.Clone(want), 'x')) || text.Len() != len(want) {
		t.Fatalf("Equal or Len is wrong for %q", want)
	}
	if n.lines() != bytes.Count(want, lf)+1 {
		t.Fatalf("%d lines in %q", n.lines(), want)
	}
	checkShape(t, n)
}

// checkShape checks the sums, the pieces and the height of a rope.
func checkShape(t *testing.T, n rope) {
	t.Helper()
	var sums sequence.Sums
	leaves := 0
	n.walk(func(part []byte) bool {
		if len(part) == 0 || len(part) > leafMax {
			t.Fatalf("a piece of %d bytes", len(part))
		}
		for i, n := range piece(part).Sums() {
			sums[i] += n
		}
		leaves++
		return true
	})
	if sums != n.Sums() {
		t.Fatalf("%v add up to %v", n.Sums(), sums)
	}
	if limit := 1.45*math.Log2(float64(leaves+1)) + 2; float64(n.Height()) > limit {
		t.Fatalf("%d pieces stand %d high, more than %.0f", leaves, n.Height(), limit)
	}
}

// checkPlaces compares lines and code points at one byte.
func checkPlaces(t *testing.T, n rope, want []byte, at int) {
	t.Helper()
	line := bytes.Count(want[:at], lf)
	if got := n.lineOf(at); got != line {
		t.Fatalf("byte %d in line %d, want %d", at, got, line)
	}
	start := bytes.LastIndexByte(want[:at], '\n') + 1
	if got := n.lineStart(line); got != start {
		t.Fatalf("line %d starts at %d, want %d", line, got, start)
	}
	if got := n.lineStart(n.lines()); got != len(want) {
		t.Fatalf("the line after the last starts at %d, want %d", got, len(want))
	}
	points := countPoints(want[:at])
	if got := n.pointsBefore(at); got != points {
		t.Fatalf("%d code points before byte %d, want %d", got, at, points)
	}
	if at < len(want) && want[at]&0xC0 != 0x80 {
		if got := n.pointStart(points); got != at {
			t.Fatalf("code point %d at byte %d, want %d", points, got, at)
		}
	}
}

// FuzzRope edits a rope and plain bytes alike. Each three bytes of the script are a place, a length
// and what to put there.
func FuzzRope(f *testing.F) {
	f.Add([]byte("one\ntwo\r\nthree\xff日本"), []byte("\x00\x05a\x80\x10b\xff\x00c"), 1)
	f.Add([]byte(""), []byte("\x00\x00\n\x00\x00\n\x10\x01\n"), 700)
	f.Add([]byte("日本語\n"), bytes.Repeat([]byte("\x20\x03\x0a\x90\x00x"), 40), 3000)
	f.Fuzz(func(t *testing.T, start, script []byte, times int) {
		start = bytes.Repeat(start, max(1, times%4000))
		start = start[:min(len(start), 1<<15)]
		script = script[:min(len(script), 300)]
		want, n := bytes.Clone(start), build(start)
		first := n
		for ; len(script) >= 3; script = script[3:] {
			from := len(want) * int(script[0]) / 255
			to := min(from+int(script[1])*int(script[1]), len(want))
			put := bytes.Repeat(script[2:3], int(script[2])*int(script[1])%9000)
			n = splice(n, from, to, put)
			want = append(append(bytes.Clone(want[:from]), put...), want[to:]...)
			checkPlaces(t, n, want, min(from+len(put), len(want)))
			checkPlaces(t, n, want, len(want)/2)
			if got := n.slice(from-3, from+50); !bytes.Equal(got, want[max(from-3, 0):min(from+50, len(want))]) {
				t.Fatalf("slice at %d is %q", from, got)
			}
		}
		checkRope(t, n, want)
		checkRope(t, first, start)
	})
}

func TestTypingKeepsTheRopeSmall(t *testing.T) {
	t.Parallel()
	n := build(bytes.Repeat([]byte("x"), 1<<20))
	want := 1 << 20
	for i := range 5000 {
		at := n.Len()/2 + i%3
		n = splice(n, at, at, []byte("y"))
		want++
	}
	leaves := 0
	n.walk(func([]byte) bool { leaves++; return true })
	if n.Len() != want || leaves > 1<<20/leafMax+200 {
		t.Errorf("%d bytes in %d leaves", n.Len(), leaves)
	}
	checkShape(t, n)
}

func TestRandomEditsStayBalanced(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	want := bytes.Repeat([]byte("a line of text\n"), 5000)
	n := build(want)
	want = bytes.Clone(want)
	for range 500 {
		from := random.IntN(len(want) + 1)
		to := min(from+random.IntN(300), len(want))
		put := bytes.Repeat([]byte{byte('a' + random.IntN(26))}, random.IntN(300))
		n = splice(n, from, to, put)
		want = append(append(bytes.Clone(want[:from]), put...), want[to:]...)
	}
	checkRope(t, n, want)
	for range 200 {
		checkPlaces(t, n, want, random.IntN(len(want)+1))
	}
}

func TestPointsAreThoseOfUTF8(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"", "abc", "日本語", "e\u0301 👨‍👩‍👧‍👦"} {
		if got := countPoints([]byte(s)); got != utf8.RuneCountInString(s) {
			t.Errorf("%q: %d code points", s, got)
		}
	}
}

func TestTextIsASnapshot(t *testing.T) {
	t.Parallel()
	source := []byte("some text")
	m := New(source, Options{})
	before := m.Text()
	m.Insert("!")
	if string(before.Bytes()) != "some text" || string(m.Text().Bytes()) != "some text!" {
		t.Errorf("snapshot %q, text %q", before.Bytes(), m.Text().Bytes())
	}
	if before.Same(m.Text()) || !before.Same(before) {
		t.Error("Same is wrong")
	}
	if string(source) != "some text" {
		t.Errorf("the source changed: %q", source)
	}
	if (Text{}).Len() != 0 || !(Text{}).Equal(nil) {
		t.Error("the zero Text is not empty")
	}
}

// brokenWriter takes so many bytes, then fails.
type brokenWriter int

var errFull = errors.New("full")

func (w *brokenWriter) Write(b []byte) (int, error) {
	if len(b) > int(*w) {
		return int(*w), errFull
	}
	*w -= brokenWriter(len(b))
	return len(b), nil
}

func TestWriteTo(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("0123456789", 1000)
	text := New([]byte(long), Options{}).Text()
	var out bytes.Buffer
	if n, err := text.WriteTo(&out); err != nil || n != int64(len(long)) || out.String() != long {
		t.Errorf("wrote %d bytes, %v", n, err)
	}
	full := brokenWriter(5000)
	if n, err := text.WriteTo(&full); !errors.Is(err, errFull) || n >= int64(len(long)) {
		t.Errorf("wrote %d bytes, %v", n, err)
	}
	parts := 0
	for range text.Parts() {
		parts++
		break
	}
	if parts != 1 {
		t.Errorf("%d parts after break", parts)
	}
}
