package jsonraw

import (
	"bytes"
	"strconv"
	"strings"
	"testing"
)

// bigDocument is an object with a text of size bytes and many small members around it.
func bigDocument(size int) []byte {
	var b bytes.Buffer
	b.WriteString(`{"id":"log_1","messages":[`)
	for i := range 1000 {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(`{"role":"user","content":"line ` + strconv.Itoa(i) + `\n\u00e9","n":0.10}`)
	}
	b.WriteString(`],"output":"`)
	b.WriteString(strings.Repeat(`a line of the output, with \"quotes\"\n`, size/39))
	b.WriteString(`","source":"test"}`)
	return b.Bytes()
}

func BenchmarkMembers10MB(b *testing.B) {
	doc := bigDocument(10 << 20)
	b.SetBytes(int64(len(doc)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Members(doc); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSet10MB(b *testing.B) {
	doc := bigDocument(10 << 20)
	b.SetBytes(int64(len(doc)))
	for b.Loop() {
		if _, err := Set(doc, []Edit{{"source", []byte(`"x"`)}}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkTextPrefix(b *testing.B) {
	doc := bigDocument(10 << 20)
	members, err := Members(doc)
	if err != nil {
		b.Fatal(err)
	}
	output, _ := Find(members, "output")
	raw := output.Val.Of(doc)
	b.ReportAllocs()
	for b.Loop() {
		TextPrefix(raw, 200)
	}
}

func BenchmarkQuote10MB(b *testing.B) {
	text := strings.Repeat("a line of the output, with \"quotes\" and é\n", 10<<20/43)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if _, err := Quote(text); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkIndent10MB(b *testing.B) { benchmarkObjects(b, func(doc []byte) { Indent(doc) }) }

func BenchmarkGraft10MB(b *testing.B) {
	edited := []byte(nil)
	benchmarkObjects(b, func(doc []byte) {
		if edited == nil {
			edited = bytes.Replace(Indent(doc), []byte(`"x": 0.10`), []byte(`"x": 5`), 1)
		}
		Graft(doc, edited)
	})
}

// benchmarkObjects runs over a list of many small objects, the worst case for what builds a tree.
func benchmarkObjects(b *testing.B, run func(doc []byte)) {
	row := `{"name":"caf\u00e9","x":0.10,"list":[1,2,3],"null":null},`
	doc := []byte("[" + strings.Repeat(row, 10<<20/len(row)) + `0]`)
	b.SetBytes(int64(len(doc)))
	for b.Loop() {
		run(doc)
	}
}

// BenchmarkEqual10MB compares values that mean the same and are written differently: the worst that
// can be, for one that differs early is told at once.
func BenchmarkEqual10MB(b *testing.B) {
	row := `{"name":"caf\u00e9","x":0.10,"list":[1,2,3],"null":null},`
	other := `{"x": 0.1, "name": "café", "null": null, "list": [1, 2, 3]}, `
	n := 10 << 20 / len(row)
	big := bigDocument(10 << 20)
	deep := strings.Repeat(`[`, 2000) + `1` + strings.Repeat(`]`, 2000) + ","
	for _, c := range []struct {
		name string
		x, y []byte
	}{
		{"many objects", []byte("[" + strings.Repeat(row, n) + "0]"), []byte("[" + strings.Repeat(other, n) + "0]")},
		{"one text", big, bytes.ReplaceAll(big, []byte(`"source":"test"`), []byte(`"source": "test"`))},
		{"deep lists", []byte("[" + strings.Repeat(deep, 2600) + "0]"), []byte("[" + strings.Repeat(strings.Replace(deep, "1", " 1.0", 1), 2600) + "0]")},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(c.x)))
			b.ReportAllocs()
			for b.Loop() {
				if !Equal(c.x, c.y) {
					b.Fatal("not equal")
				}
			}
		})
	}
}
