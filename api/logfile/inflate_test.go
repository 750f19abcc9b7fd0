package logfile

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

func gzipped(t testing.TB, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func zstandard(t testing.TB, text string) []byte {
	t.Helper()
	w, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	return w.EncodeAll([]byte(text), nil)
}

func TestCompressed(t *testing.T) {
	t.Parallel()
	text := one("a") + "\n" + one("b") + "\n"
	two := append(gzipped(t, one("a")+"\n"), gzipped(t, one("b")+"\n")...)
	frames := append(zstandard(t, one("a")+"\n"), zstandard(t, one("b")+"\n")...)
	c, _ := read(t, fstest.MapFS{
		"1.jsonl.gz":     {Data: gzipped(t, text)},
		"2.ndjson.zst":   {Data: zstandard(t, text)},
		"3.jsonl.gz":     {Data: two},
		"4.jsonl.zst":    {Data: frames},
		"5.json.gz":      {Data: gzipped(t, "[\n"+one("a")+",\n"+one("b")+"]")},
		"6.jsonl.gz":     {Data: []byte(text)}, // the name lies
		"7.jsonl":        {Data: zstandard(t, text)},
		"8.txt.gz":       {Data: gzipped(t, text)},
		"logs/9.zst":     {Data: zstandard(t, text)},
		"logs/10.json.z": {Data: []byte(text)},
	}, ".")
	var want []string
	for range 7 {
		want = append(want, one("a"), one("b"))
	}
	same(t, "logs", c.logs, want)
	same(t, "problems", told(c.problems), nil)
	for _, data := range [][]byte{gzipped(t, text), zstandard(t, text), []byte(text)} {
		c := &collector{}
		if _, err := ReadStream(t.Context(), bytes.NewReader(data), "-", c, nil); err != nil {
			t.Fatal(err)
		}
		same(t, "logs of a stream", c.logs, want[:2])
	}
}

// What can be read of damaged data is, and the rest is told.
func TestDamagedCompression(t *testing.T) {
	t.Parallel()
	var lines strings.Builder
	for i := range 30000 {
		lines.WriteString(one(fmt.Sprintf("log_%d_%x", i, i*7919)) + "\n")
	}
	for name, whole := range map[string][]byte{"x.jsonl.gz": gzipped(t, lines.String()), "x.jsonl.zst": zstandard(t, lines.String())} {
		c, _ := read(t, fstest.MapFS{name: {Data: whole[:len(whole)-len(whole)/4]}}, name)
		last := c.problems[len(c.problems)-1]
		if len(c.logs) < 1000 || len(c.logs) == 30000 || len(c.problems) > 2 || last.Msg != "the compressed data is cut off" || last.Line < len(c.logs) {
			t.Errorf("%s: %d logs, problems %v", name, len(c.logs), c.problems)
		}
	}
	c, _ := read(t, fstest.MapFS{"x.gz": {Data: []byte("\x1f\x8bnonsense")}, "y.zst": {Data: []byte("\x28\xb5\x2f\xfdnonsense")}}, "x.gz")
	if len(c.problems) != 1 || !strings.HasPrefix(c.problems[0].Msg, "the compressed data is ") {
		t.Errorf("problems %v", c.problems)
	}
}

func TestLines(t *testing.T) {
	t.Parallel()
	text := "\xef\xbb\xbf a \r\n\n b\n" + strings.Repeat("x", 3<<20) + "\n\t\nlast"
	for _, data := range [][]byte{[]byte(text), gzipped(t, text)} {
		var got []string
		err := Lines(bytes.NewReader(data), func(n int, line []byte) error {
			got = append(got, fmt.Sprintf("%d %.5s", n, line))
			return nil
		})
		same(t, "lines", got, []string{"1 a", "3 b", "4 xxxxx", "6 last"})
		if err != nil {
			t.Error(err)
		}
	}
	enough := errors.New("enough")
	n := 0
	if err := Lines(strings.NewReader("a\nb\nc"), func(int, []byte) error { n++; return enough }); !errors.Is(err, enough) || n != 1 {
		t.Errorf("%v after %d lines", err, n)
	}
}

func TestOneLine(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		`{"a": "x\ny"}`:                `{"a": "x\ny"}`,
		"{\n  \"a\":\r\n 1.0,\t2\n}\n": `{   "a":   1.0,	2 } `,
	} {
		if got := string(OneLine([]byte(in))); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// A cutter loses no byte and cuts between lines, however the text comes in.
func FuzzCutter(f *testing.F) {
	f.Add("a\nb\n\nc", 3)
	f.Add(strings.Repeat("x", 100)+"\n"+strings.Repeat("y\n", 50), 7)
	f.Fuzz(func(t *testing.T, text string, step int) {
		if step < 1 {
			step = 1
		}
		text = strings.Repeat(text, 1+pieceSize/(len(text)+1))
		c := cutter{in: slow{strings.NewReader(text), 1000 * (1 + step%2000)}}
		var got strings.Builder
		for {
			data, err := c.next()
			got.Write(data)
			if err == nil && !bytes.HasSuffix(data, []byte("\n")) {
				t.Fatal("cut within a line")
			}
			if err != nil {
				break
			}
		}
		if got.String() != text {
			t.Errorf("%d bytes of %d", got.Len(), len(text))
		}
	})
}

// slow gives few bytes at a time.
type slow struct {
	in   *strings.Reader
	step int
}

func (s slow) Read(p []byte) (int, error) { return s.in.Read(p[:min(len(p), s.step)]) }
