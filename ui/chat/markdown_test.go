package chat

import (
	"strings"
	"testing"
)

func TestMarkdownLines(t *testing.T) {
	t.Parallel()
	d := drive(t, "[]", false, 80, 24)
	for text, want := range map[string]string{
		"# Title": "Title", "###### Six": "Six", "####### seven": "####### seven", "#hash": "#hash", "- item": "• item", "  * item": "  • item", "*slanted*": "slanted",
		"> said": "│ said", "a **b** c": "a b c", "__b__": "b", "snake_case_name": "snake_case_name", "2 * 3 * 4": "2 * 3 * 4", "**open": "**open", "`a*b*`": "a*b*",
		"": "", "---": "---", "-": "-", "a `b": "a `b", "**": "**", "_x_ y": "x y", "****": "****", "1. one": "1. one", "* a *b*": "• a b",
	} {
		got, spans := d.renderLine(text)
		if got != want {
			t.Errorf("%q is shown as %q, want %q", text, got, want)
		}
		at := 0
		for _, s := range spans {
			if s.Start < at || s.End > len(got) || s.End < s.Start {
				t.Errorf("%q has the spans %v", text, spans)
			}
			at = s.End
		}
	}
}

func TestMarkdownKeepsCodeAndLines(t *testing.T) {
	t.Parallel()
	d := drive(t, `[{"role":"user","content":"# A\n\n\n`+"```go"+`\n# no heading\n  **code**\n`+"```"+`\n**B** and ~~~ here\n# C"}]`, false, 80, 24).press("m")
	want := "    A\n\n\n    ```go\n    # no heading\n      **code**\n    ```\n    B and ~~~ here\n    C\n"
	if !strings.Contains(d.frame(), want) {
		t.Errorf("the screen shows\n%s\nwant\n%s", d.frame(), want)
	}
	d.press("G")
	for range 12 {
		d.send(wheel(false))
	}
	d.press("g")
	if !strings.Contains(d.frame(), want) {
		t.Errorf("after walking up the screen shows\n%s", d.frame())
	}
	d.press("m").shows("# A", "**B**")
}
