package pager

import (
	"strings"
	"testing"

	"errata/model"
	"errata/ui/theme"
)

func messages(raw string) Source {
	list, _ := model.ReadMessages(model.Raw([]byte(raw)))
	return Conversation(list, theme.None())
}

func TestConversation(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ raw, want string }{
		"chat": {
			`[{"role":"system","content":"Be brief.\nBe kind."},{"role":"user","name":"ann","content":"High water?"}]`,
			"system\n  Be brief.\n  Be kind.\n\nuser  ann\n  High water?",
		},
		"tool call": {
			`[{"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"tide","arguments":"{\"port\":\"Leith\",\"m\":0.10}"}},` +
				`{"id":"c2","type":"function","function":{"name":"now","arguments":"not json"}},{"id":"c3","type":"function","function":{"name":"bare"}}]},` +
				`{"role":"tool","tool_call_id":"c1","content":"4.2"}]`,
			"assistant\n  → tide(c1)\n    {\n      \"port\": \"Leith\"\n      \"m\": 0.10\n    }\n  → now(c2)\n    not json\n  → bare(c3)\n\ntool  (c1)\n  4.2",
		},
		"thinking": {
			`[{"role":"assistant","content":"Yes.","thinking":[{"type":"thinking","thinking":"hm\nwell","signature":"s"},{"type":"redacted_thinking","data":"abcd"}]}]`,
			"assistant\n  thinking\n    hm\n    well\n  redacted thinking, 4 bytes\n  Yes.",
		},
		"images": {
			`[{"role":"user","content":[{"type":"text","text":"Look:"},{"type":"image_url","image_url":{"url":"https://example.com/a.png"}},` +
				`{"type":"image_url","image_url":{"url":"data:image/png;base64,` + strings.Repeat("AAAA", 411) + `AA=="}}]}]`,
			"user\n  Look:\n  [image https://example.com/a.png]\n  [image image/png, 1,234 bytes]",
		},
		"what other providers hold": {
			`[{"role":"user","content":[{"type":"image","source":{"type":"base64","media_type":"image/gif","data":"R0lGODlhAgADAAAAAA=="},"note":1},` +
				`{"type":"input_audio","input_audio":{"data":"` + strings.Repeat("AAAA", 16000) + `","format":"pcm16"}}]},` +
				`{"role":"user","parts":[{"inlineData":{"mimeType":"image/png","data":"` + strings.Repeat("Ab1+", 300) + `"}}]}]`,
			"user\n  [image image/gif, 13 bytes, 2×3 pixels]\n    note:\n      1\n  [audio audio/pcm, 48,000 bytes, 1.0 s]\n\n" +
				"user\n  no content\n  parts:\n    [\n      {\n        \"inlineData\": {\n          \"mimeType\": \"image/png\"\n" +
				"          \"data\": [base64, 900 bytes]\n        }\n      }\n    ]",
		},
		"no content":    {`[{"role":"assistant","content":null},{"role":"user","content":""}]`, "assistant\n  no content\n\nuser\n  empty text"},
		"unknown part":  {`[{"role":"user","content":[{"type":"audio","seconds":3}]}]`, "user\n  [audio]\n    {\n      \"type\": \"audio\"\n      \"seconds\": 3\n    }"},
		"unknown names": {`[{"role":"user","content":"x","mood":["odd"]}]`, "user\n  x\n  mood:\n    [\n      \"odd\"\n    ]"},
		"none":          {`[]`, "no messages"},
	} {
		if got := frameOf(messages(c.raw), 60, 30); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", name, got, c.want)
		}
		texts(t, messages(c.raw))
	}
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
		{"output_message", `{"role":"assistant","content":"hello"}`, "assistant\n  hello"},
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
		if got := frameOf(For(f, v, theme.None()), 80, 20); got != c.want {
			t.Errorf("%s %s:\n%s\nwant\n%s", c.field, c.raw, got, c.want)
		}
	}
}

func TestAbsentAndNullAreMuted(t *testing.T) {
	t.Parallel()
	th := theme.Dark()
	f, _ := model.Lookup("output")
	text := For(f, model.Raw([]byte(`"null"`)), th).Block(0)
	word := For(f, model.Null, th).Block(0)
	if text.Text != word.Text || len(text.Spans) != 0 || len(word.Spans) != 1 {
		t.Errorf("the text %v and the word %v look the same", text, word)
	}
}

func TestHostileValues(t *testing.T) {
	t.Parallel()
	v, err := model.String(strings.ToValidUTF8(hostile, "?"))
	if err != nil {
		t.Fatal(err)
	}
	text := string(v.Bytes())
	m := open(messages(`[{"role":`+text+`,"name":`+text+`,"tool_call_id":`+text+`,"content":[{"type":"text","text":`+text+`},{"type":"image_url","image_url":{"url":`+text+
		`}},{"type":`+text+`}],"thinking":[{"type":"thinking","thinking":`+text+`}],"tool_calls":[{"id":`+text+`,"type":"function","function":{"name":`+text+`,"arguments":`+text+
		`}}],`+text+`:`+text+`}]`), 70, 200)
	checkFrame(t, "a hostile message", m.View(), 70, 200)
}

func large() []byte {
	var b strings.Builder
	b.WriteString(`{"text":"`)
	for b.Len() < 5<<20 {
		b.WriteString(`some words of a line of text\n`)
	}
	b.WriteString(`","list":[`)
	for b.Len() < 10<<20 {
		b.WriteString(`{"name":"value","n":12345,"f":[1,2,3]},`)
	}
	b.WriteString(`null]}`)
	return []byte(b.String())
}

func BenchmarkTree10MB(b *testing.B) {
	raw := large()
	for b.Loop() {
		Tree(raw, theme.None())
	}
}

func BenchmarkOpenText10MB(b *testing.B) {
	v, err := model.String(strings.Repeat("some words of a line of text\n", 350_000))
	if err != nil {
		b.Fatal(err)
	}
	f, _ := model.Lookup("output")
	for b.Loop() {
		open(For(f, v, theme.None()), 120, 40)
	}
}

func BenchmarkScroll(b *testing.B) {
	line := strings.Repeat("some words and 漢字 ", 1<<19)
	for name, s := range map[string]Source{
		"small": Plain(numbered(1000), theme.Dark()), "tree 10 MB": Tree(large(), theme.Dark()), "line 10 MB": Plain(line, theme.Dark()),
	} {
		b.Run(name, func(b *testing.B) {
			m := New(s, theme.Dark())
			m.SetSize(120, 40)
			for b.Loop() {
				m.Scroll(7)
				m.Scroll(-3)
				m.View()
			}
		})
	}
}

func BenchmarkEnd(b *testing.B) {
	m := open(Tree(large(), theme.None()), 120, 40)
	for b.Loop() {
		press(m, "G", "g")
	}
}
