package logfile

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"

	"github.com/klauspost/compress/gzip"
)

// TestPortions cuts a large text of pretty-printed records, some of them damaged, while it comes in
// small parts: whole records and their lines have to be those of the text in one.
func TestPortions(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	for i := range 6000 {
		switch i % 500 {
		case 7:
			b.WriteString("words, and more words\n")
		case 8:
			b.WriteString("{\n  \"id\": \"broken,\n  \"prompt\": {}\n}\n")
		}
		fmt.Fprintf(&b, "{\n  \"id\": \"log_%d\",\n  \"pad\": %q\n}%s", i, strings.Repeat(`a"\{`, i%400), []string{"\n", ",\n", "", "\r\n\n", "\n\x1e"}[i%5])
	}
	text := b.String()
	type record struct {
		line int
		text string
	}
	var want, got []record
	for line, r := range records([]byte(text), 1) {
		want = append(want, record{line, string(r)})
	}
	if len(want) < 6000 || len(text) < 2*pieceSize {
		t.Fatalf("%d records in %d bytes", len(want), len(text))
	}
	c := &recordCutter{in: iotest.HalfReader(strings.NewReader(text))}
	whole, line, portions := "", 1, 0
	for {
		portion, err := c.next()
		portions++
		whole += string(portion)
		for n, r := range records(portion, line) {
			got = append(got, record{n, string(r)})
		}
		line += bytes.Count(portion, newline)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if whole != text || portions < 3 {
		t.Errorf("%d portions, %d of %d bytes", portions, len(whole), len(text))
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%d records in portions, %d in one", len(got), len(want))
	}
}

// TestAMessageOnALineEach reads a log larger than a portion, whose messages are on a line each, and
// lines behind one that was cut off where a value might begin, which takes the next one with it.
func TestAMessageOnALineEach(t *testing.T) {
	t.Parallel()
	message := `{"role": "user", "content": "` + strings.Repeat("a", 1000) + `"}`
	log := `{"id": "a", "prompt": {"id": "pr_1"}, "messages": [` + "\n" + strings.Repeat(message+",\n", 2*pieceSize/len(message)) + message + "\n]}"
	c, _ := read(t, tree(map[string]string{"x.json": log + "\n"}), "x.json")
	same(t, "logs", c.logs, []string{log})
	same(t, "problems", told(c.problems), nil)
	for cut, lost := range map[string]int{`{"id": "a", "messages": [`: 1, `{"id": "a", "metadata":`: 1, `{"id": "a",`: 0} {
		lines := []string{one("b"), one("c"), one("d")}
		c, _ := read(t, tree(map[string]string{"x.jsonl": cut + "\n" + strings.Join(lines, "\n") + "\n"}), "x.jsonl")
		same(t, cut, c.logs, lines[lost:])
		if len(c.problems) != 1 {
			t.Errorf("%s: problems %v", cut, c.problems)
		}
	}
}

// wide is a text as PowerShell writes it.
func wide(order binary.AppendByteOrder, text string) string {
	out := order.AppendUint16(nil, 0xfeff)
	for _, unit := range utf16.Encode([]rune(text)) {
		out = order.AppendUint16(out, unit)
	}
	return string(out)
}

func TestUTF16(t *testing.T) {
	t.Parallel()
	log := `{"id": "a", "output": "é 🙂", "prompt": {"id": "pr_1"}}`
	lines := log + "\r\n" + one("b") + "\r\nnope\r\n"
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	if _, err := io.WriteString(z, wide(binary.LittleEndian, lines)); err != nil || z.Close() != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"little.jsonl": wide(binary.LittleEndian, lines),
		"big":          wide(binary.BigEndian, lines),
		"packed.gz":    packed.String(),
	} {
		c, _ := read(t, tree(map[string]string{name: text}), name)
		same(t, name, c.logs, []string{log, one("b")})
		same(t, name, told(c.problems), []string{name + ":3: no JSON"})
	}
}

func TestForeignFilesAreNamed(t *testing.T) {
	t.Parallel()
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	if _, err := io.WriteString(z, "%PDF-1.7\n"); err != nil || z.Close() != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"PK\x03\x04\x14\x00\x00\x00logs.jsonl":              "this is a zip archive: unpack it first",
		"PK\x03\x04\x14\x00\x00\x00[Content_Types].xml xl/": "this is an Excel workbook",
		"%PDF-1.7\n":              "this is a PDF document",
		"PAR1\x15\x04":            "this is a Parquet file",
		"SQLite format 3\x00\x10": "this is a SQLite database",
		"\n<!DOCTYPE HTML>\n<title>Sign in</title>":     "this is a web page (HTML)",
		"<?xml version=\"1.0\"?>":                       "this is XML",
		"data: {\"id\": \"a\"}\n\n":                     "this is a stream of server-sent events",
		"{'role': 'user'}\n":                            "this is a Python dict",
		"\x01\x02\x00\x00\x07words":                     "this is binary data",
		"BZh91AY&SY":                                    "this is compressed with bzip2",
		strings.Repeat("\x00", tarMarkAt) + "ustar\x00": "this is a tar archive",
		packed.String():                                 "this is a PDF document",
		"\xff\xfe\x00\x00{\x00\x00\x00":                 "the text is UTF-32",
	} {
		for _, name := range []string{"x.jsonl", "x"} {
			c, _ := read(t, tree(map[string]string{name: text}), name)
			if len(c.logs) != 0 || len(c.problems) != 1 || !strings.HasPrefix(c.problems[0].Msg, want) || c.problems[0].Line != 0 {
				t.Errorf("%s of %.20q: %v, want %s", name, text, told(c.problems), want)
			}
		}
		if err := Lines(strings.NewReader(text), func(int, []byte) error { return errors.New("a record") }); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("lines of %.20q: %v, want %s", text, err, want)
		}
	}
}
