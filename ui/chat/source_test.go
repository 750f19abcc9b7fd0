package chat

import (
	"errata/ui/pager"
	"errata/ui/sanitize"
	"errata/ui/theme"
	"errata/ui/uitest"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// frame is what a pager shows of a source, without the blanks at the ends.
func frame(s pager.Source, w, h int) string {
	m := pager.New(s, theme.None())
	m.SetSize(w, h)
	return strings.TrimRight(uitest.Reads(m.View()), "\n")
}

func cardsOf(t *testing.T, raw string) pager.Source {
	t.Helper()
	s, ok := Cards([]byte(raw), theme.None())
	if !ok {
		t.Fatal("no messages")
	}
	return s
}

func TestCardsForReading(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ raw, want string }{
		"chat": {
			`[{"role":"system","content":"Be brief.\nBe kind."},{"role":"user","name":"ann","content":"High water?"}]`,
			"[0] system  49 bytes\n  Be brief.\n  Be kind.\n\n[1] user  ann  52 bytes\n  High water?",
		},
		"tool call": {
			`[{"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"tide","arguments":"{\"port\":\"Leith\",\"m\":0.10}"}},` +
				`{"id":"c2","type":"function","function":{"name":"now","arguments":"not json"}},{"id":"c3","type":"function","function":{"name":"bare"}}]},` +
				`{"role":"tool","tool_call_id":"c1","content":"4.2"}]`,
			"[0] assistant  289 bytes\n  → tide  (c1)\n    {\n      \"port\": \"Leith\"\n      \"m\": 0.10\n    }\n  → now  (c2)  unanswered\n    not json\n" +
				"  → bare  (c3)  unanswered\n\n[1] tool  (c1)  answers tide in [0]  51 bytes\n  4.2",
		},
		"thinking": {
			`[{"role":"assistant","content":"Yes.","thinking":[{"type":"thinking","thinking":"hm\nwell","signature":"s"},{"type":"redacted_thinking","data":"abcd"}]}]`,
			"[0] assistant  151 bytes\n  thinking  8 bytes\n    hm\n    well\n  redacted thinking, 4 bytes\n  Yes.",
		},
		"images": {
			`[{"role":"user","content":[{"type":"text","text":"Look:"},{"type":"image_url","image_url":{"url":"https://example.com/a.png"}},` +
				`{"type":"image_url","image_url":{"url":"data:image/png;base64,` + strings.Repeat("AAAA", 411) + `AA=="}}]}]`,
			"[0] user  1,841 bytes\n  text\n  Look:\n  [image https://example.com/a.png]\n  [image image/png, 1,234 bytes]",
		},
		"what other providers hold": {
			`[{"role":"user","content":[{"type":"image","source":{"type":"base64","media_type":"image/gif","data":"R0lGODlhAgADAAAAAA=="},"note":1},` +
				`{"type":"input_audio","input_audio":{"data":"` + strings.Repeat("AAAA", 16000) + `","format":"pcm16"}}]},` +
				`{"role":"user","parts":[{"inlineData":{"mimeType":"image/png","data":"` + strings.Repeat("Ab1+", 300) + `"}}]}]`,
			"[0] user  64,201 bytes\n  [image image/gif, 13 bytes, 2×3 pixels]\n  note: 1\n  [audio audio/pcm, 48,000 bytes, 1.0 s]\n\n" +
				"[1] user  1,275 bytes\n  no content\n  parts:\n    [\n      {\n        \"inlineData\": {\n          \"mimeType\": \"image/png\"\n" +
				"          \"data\": [base64, 900 bytes]\n        }\n      }\n    ]",
		},
		"no content":    {`[{"role":"assistant","content":null},{"role":"user","content":""}]`, "[0] assistant  35 bytes\n  no content\n\n[1] user  28 bytes\n  empty text"},
		"unknown part":  {`[{"role":"user","content":[{"type":"audio","seconds":3}]}]`, "[0] user  56 bytes\n  [audio]:\n    {\n      \"type\": \"audio\"\n      \"seconds\": 3\n    }"},
		"unknown names": {`[{"role":"user","content":"x","mood":["odd"]}]`, "[0] user  44 bytes\n  x\n  mood:\n    [\n      \"odd\"\n    ]"},
		"none":          {`[]`, "no messages"},
	} {
		if got := frame(cardsOf(t, c.raw), 70, 40); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", name, got, c.want)
		}
	}
}

func TestHostileCardsForReading(t *testing.T) {
	t.Parallel()
	m := pager.New(cardsOf(t, hostileDoc()), theme.For("dark", theme.Terminal{}))
	for w := 1; w <= 250; w += 19 {
		m.SetSize(w, 200)
		for _, l := range strings.Split(ansi.Strip(m.View()), "\n") {
			if got := sanitize.Width(l); got != w {
				t.Fatalf("a line of %d cells: %q", got, l)
			}
			uitest.Harmless(t, "cards", l)
		}
	}
}
