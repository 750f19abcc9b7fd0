//go:build unix

package cli_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/vt"

	"errata/model/jsonraw"
	"errata/ui/layout"
)

// Keys of a terminal.
const (
	pageDown = "\x1b[6~"
	pageUp   = "\x1b[5~"
	ctrlC    = "\x03"
)

// scripts are texts that a terminal may measure differently from a program: wide characters, joined
// emoji, combining marks, text from right to left, and what must not be seen at all.
var scripts = []string{
	"日本語のテキストと、한국어 그리고 中文，混在 with ASCII.", "👩‍👩‍👧‍👦 👍🏽 ❤️ 🇩🇪🇯🇵 1️⃣ e\u0301 a\u0308\u0323\u0300\u0301\u0302\u0303 \u0301alone",
	"يرجى مراجعة السجل التالي אנא בדוק את היומן abc", "ไทย हिन्दी தமிழ் ﷽ \u202eright to left\u202c \u200bnothing\u200d \ufeffmark", "tab\there \u0000\u001b[31mred\u007f\u0085",
}

// The rule between the list and the value is in one column on every row, whatever the value is:
// reading it, editing it, and while it scrolls.
func TestNoTextBreaksTheFrame(t *testing.T) {
	t.Parallel()
	var text strings.Builder
	for range 12 {
		for i := range scripts {
			text.WriteString(strings.Join(scripts[i:], " ") + "\n")
		}
	}
	literal, err := jsonraw.Quote(text.String())
	if err != nil {
		t.Fatal(err)
	}
	h := newHome(t).load(`{"id":"log_scripts","prompt":{"id":"pr_1","path":"almanac/scripts"},"created_at":"2025-03-01T10:00:00","output":` + string(literal) + `}`)
	r := h.open(paceWidth, paceHeight, "log_scripts")
	r.Shows("almanac/scripts")
	r.Send("gjj")
	r.Shows("日本語")
	straight := func(when string) {
		t.Helper()
		r.Quiet(4 * silence)
		parts := layout.Compute(paceWidth, paceHeight, 2)
		r.Look(func(e *vt.Emulator) {
			x := 0 // it moves to the left while the value is edited
			for cell := e.CellAt(x, parts.Rule.Y); x < paceWidth && (cell == nil || cell.Content != "│"); cell = e.CellAt(x, parts.Rule.Y) {
				x++
			}
			for y := parts.Rule.Y; y < parts.Rule.Y+parts.Rule.H; y++ {
				if cell := e.CellAt(x, y); cell == nil || cell.Content != "│" {
					t.Fatalf("%s, the rule is broken in row %d:\n%s", when, y, e.String())
				}
			}
		})
	}
	straight("in the list")
	r.Send("\r")
	r.Shows("editing")
	straight("in the editor")
	for _, keys := range []string{"\x1b[A", "\x1b[D\x1b[D\x1b[D", "x", "\x7f\x7f", pageUp, "日", "\x1b[3~", "\x1b[H\u0301", pageDown} {
		r.Send(keys)
		straight("after " + keys)
	}
	r.Send("\x1b")
	r.Lacks("editing")
	straight("after the editor")
}
