package reading

import (
	"errata/model"
	"errata/ui/pager"
	"errata/ui/theme"
	"errata/ui/uitest"
	"strings"
	"testing"
)

// frame is what a pager shows of a source, without the blanks at the ends.
func frame(s pager.Source, w, h int) string {
	m := pager.New(s, theme.None())
	m.SetSize(w, h)
	return strings.TrimRight(uitest.Reads(m.View()), "\n")
}

func TestFor(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ field, raw, want string }{
		{"output", "", "absent"},
		{"output", `null`, "null"},
		{"output", `""`, "empty text"},
		{"output", `"null"`, "null"},
		{"output", `"one\n\ttwo\n"`, "one\n→       two"},
		{"output", `{"not":"text"}`, "{\n  \"not\": \"text\"\n}"},
		{"finish_reason", `"stop"`, "stop"},
		{"prompt_tokens", `12`, "12 tokens"},
		{"prompt_tokens", `12345`, "12,345 tokens\n12345 in the log"},
		{"prompt_tokens", `"12"`, `"12"`},
		{"output_cost", `1e-07`, "$0.0000001\n1e-07 in the log"},
		{"provider_latency", `0.10`, "0.10 s"},
		{"created_at", `"2025-03-01T12:00:00+02:00"`, "2025-03-01T12:00:00+02:00\n1 March 2025, 10:00:00 UTC"},
		{"created_at", `"2025-03-01T12:00:00.250000"`, "2025-03-01T12:00:00.250000\n1 March 2025, 12:00:00.25 UTC: no zone is given, which means UTC"},
		{"created_at", `"yesterday"`, "yesterday\nno time that errata can read"},
		{"tool_choice", `"auto"`, "auto"},
		{"tool_choice", `{"type":"function"}`, "{\n  \"type\": \"function\"\n}"},
		{"inputs", `{"a":"b"}`, "{\n  \"a\": \"b\"\n}"},
		{"output_message", `{"role":"assistant","content":"hello"}`, "assistant  38 bytes\n  hello"},
		{"messages", `"no list"`, `"no list"`},
	} {
		f, ok := model.Lookup(c.field)
		if !ok {
			t.Fatalf("no field %s", c.field)
		}
		v := model.Absent
		if c.raw != "" {
			v = model.Raw([]byte(c.raw))
		}
		if got := frame(For(f, v, theme.None()), 80, 20); got != c.want {
			t.Errorf("%s %s:\n%s\nwant\n%s", c.field, c.raw, got, c.want)
		}
	}
}

func TestAbsentAndNullAreMuted(t *testing.T) {
	t.Parallel()
	th := theme.For("dark", theme.Terminal{})
	f, _ := model.Lookup("output")
	first := func(v model.Value) pager.Block {
		s := For(f, v, th)
		return s.Block(pager.After(s, -1))
	}
	text, word := first(model.Raw([]byte(`"null"`))), first(model.Null)
	if text.Text != word.Text || len(text.Spans) != 0 || len(word.Spans) != 1 {
		t.Errorf("the text %v and the word %v look the same", text, word)
	}
}

func BenchmarkOpenText10MB(b *testing.B) {
	v, err := model.String(strings.Repeat("some words of a line of text\n", 350_000))
	if err != nil {
		b.Fatal(err)
	}
	f, _ := model.Lookup("output")
	for b.Loop() {
		frame(For(f, v, theme.None()), 120, 40)
	}
}
