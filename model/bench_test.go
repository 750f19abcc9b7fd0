package model

import (
	"strings"
	"testing"
)

func bigLog(b *testing.B) *Log {
	text := strings.Repeat(`a line of the output, with \"quotes\" and \u00e9\n`, 10<<20/50)
	return parseLog(b, `{"id":"log_1","prompt":{"id":"pr_1","model":"m"},"output":"`+text+`","metadata":{}}`)
}

func BenchmarkParseLog10MB(b *testing.B) {
	raw := bigLog(b).Bytes()
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ParseLog(raw); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSetText10MB(b *testing.B) {
	l := bigLog(b)
	f := field(b, "output")
	text, err := f.Format(l.Value(f))
	if err != nil {
		b.Fatal(err)
	}
	text += "!"
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		c := NewChangeSet(l)
		if err := c.SetText(f, text); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSummarize10MB(b *testing.B) {
	l := bigLog(b)
	b.ReportAllocs()
	for b.Loop() {
		l.Summarize()
	}
}
