package chat

import (
	"fmt"
	"strings"
	"testing"

	"errata/ui/sanitize"
	"errata/ui/theme"
	"errata/ui/uitest"
)

// The frames are in testdata; UPDATE_GOLDEN=1 rewrites them. A scenario is a line of keys and the
// frame that follows, again and again.
func TestScenarios(t *testing.T) {
	t.Parallel()
	for name, steps := range map[string][][]string{
		"read":     {nil, {"G"}, {"z"}, {"g", " "}, {"o"}, {"t", "o", "o", "l"}, {"enter"}, {"m"}},
		"edit":     {{"j", "enter"}, {" ", "N", "o", "w", "."}, {"esc"}, {"a"}, {"H", "i", "esc"}, {"{", "enter"}, {"t"}, {"u", "u", "u"}},
		"calls":    {{"}", "}", "j", " "}, {"j", "j", "enter"}, {"esc", "j", "enter"}, {"j", "enter", "0"}, {"enter", "esc"}, {"k", "D"}, {"+"}, {"f"}},
		"split":    {{"j", "enter", "up", "end"}, {"alt+s"}, {"k", "k", "M"}, {"u"}, {"x"}, {"J"}, {"G", "enter"}},
		"markdown": {{"m"}, {"G", "k", "k", "k", "k", "k", "k", "k"}},
	} {
		for _, size := range [][2]int{{80, 24}, {120, 40}} {
			d := drive(t, tides, false, size[0], size[1])
			var b strings.Builder
			for _, keys := range steps {
				d.press(keys...)
				news, _ := d.News()
				fmt.Fprintf(&b, "── %s\n%s\n", strings.Join(append(keys, news.Text), " "), d.frame())
			}
			uitest.Frame(t, fmt.Sprintf("%s-%dx%d.txt", name, size[0], size[1]), b.String())
		}
	}
}

// hostile is text that would do harm, in every place that a message has for text.
const hostile = `\u001b[2J\u001b]52;c;aGk=\u0007\u202e\u200b\u2028\u009b31m\ud800 漢字 👩‍👩‍👧‍👦\t\r\n`

func hostileDoc() string {
	h := `"` + hostile + `"`
	part := func(typ, name string) string {
		return `{"type":"` + typ + `","` + name + `":` + h + `,` + h + `:` + h + `}`
	}
	return `[{"role":` + h + `,"name":` + h + `,"tool_call_id":` + h + `,"content":` + h + `,` + h + `:` + h + `},` +
		`{"role":"tool","tool_call_id":` + h + `,"content":[` + part("text", "text") + `,{"type":"image_url","image_url":{"url":` + h + `,"detail":` + h + `}},` +
		`{"type":"image_url","image_url":{"url":"data:` + hostile + `;base64,AAAA"}},` + part(hostile, "x") + `]},` +
		`{"role":"assistant","thinking":[` + part("thinking", "thinking") + `],"tool_calls":[{"id":` + h + `,"type":"function","function":{"name":` + h + `,"arguments":` + h + `}},` +
		`{"id":"a","type":"function","function":{"name":"f","arguments":"{\"a\":\"\u0007\\u202e\"}"}}]}]`
}

func TestGeometryAndHostileText(t *testing.T) {
	t.Parallel()
	for name, doc := range map[string]string{"tides": tides, "hostile": hostileDoc()} {
		for state, keys := range map[string][]string{
			"start": nil, "text": {"j", "enter"}, "role": {"enter"}, "menu": {"}", "+"}, "list": {"o"}, "shut": {"z"}, "markdown": {"m", "G"},
			"json": {"}", "}", "j", " ", "j", "j", "j", "enter"}, "line": {"+", "n"}, "filter": {"o", "x"}, "none": {"x", "x", "x", "x", "x", "x", "x", "x", "x"},
		} {
			d := drive(t, doc, false, 80, 24)
			d.press(keys...)
			for w := 1; w <= 250; w += 19 {
				for _, h := range []int{1, 2, 7, 24, 60} {
					d.SetSize(w, h)
					uitest.Fills(t, name+", "+state, d, w, h, sanitize.Width)
				}
			}
		}
	}
}

func TestThemesShowTheSame(t *testing.T) {
	t.Parallel()
	d := drive(t, tides, false, 100, 60).press("j", "enter")
	before := d.frame()
	for _, th := range []*theme.Theme{theme.For("dark", theme.Terminal{}), theme.For("light", theme.Terminal{}), theme.None()} {
		d.SetTheme(th)
		if got := d.frame(); got != before {
			t.Errorf("the theme %s shows\n%s\nwant\n%s", th.Name, got, before)
		}
	}
}
