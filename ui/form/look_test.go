package form

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"errata/model"
	"errata/ui/theme"
)

// What failed says so ahead of everything else, and in the row of the error as well.
func TestAFailedLogShowsItsErrorFirst(t *testing.T) {
	t.Parallel()
	failed := strings.Replace(document, `"error": null`, `"error": "Rate limit\u001b[2J reached\nTry again"`, 1)
	for _, size := range [][2]int{{80, 24}, {120, 40}} {
		d := drive(t, failed, size[0], size[1])
		lines := strings.Split(ansi.Strip(d.m.View()), "\n")
		if got := strings.TrimSpace(lines[2]); got != "✗ Rate limit␛[2J reached␊Try again" {
			t.Errorf("the third line is %q", got)
		}
		if !strings.HasPrefix(lines[3], "Conversation") || len(lines) != size[1] {
			t.Errorf("it is followed by %q, of %d lines", lines[3], len(lines))
		}
	}
	later := drive(t, document, 80, 24)
	log, err := model.ParseLog([]byte(failed))
	if err != nil {
		t.Fatal(err)
	}
	later.m.SetChanges(model.NewChangeSet(log))
	later.shows("✗ Rate limit")
	if n := len(strings.Split(later.m.View(), "\n")); n != 24 {
		t.Errorf("read again, it has %d lines", n)
	}
	d := drive(t, failed, 80, 12) // one line of header
	d.shows("log_tides")
	for _, none := range []string{`"error": ""`, `"error": null`} {
		d := drive(t, strings.Replace(document, `"error": null`, none, 1), 80, 24)
		if strings.Contains(ansi.Strip(d.m.View()), "✗") {
			t.Errorf("with %s the screen says that it failed", none)
		}
	}
}

// While a text or a structure is edited the list shows names alone; an editor of one line leaves
// the values beside it.
func TestTheValueThatIsEditedHasTheRoom(t *testing.T) {
	t.Parallel()
	d := drive(t, document, 120, 40).at("output")
	wide := d.m.parts.Pane.W
	d.press("enter")
	if got := d.m.parts.Pane.W; got <= wide || d.m.parts.List.W != namesWidth {
		t.Errorf("the pane has %d cells, and %d while its text is edited", wide, got)
	}
	d.shows("Prompt tokens     │")
	d.press("esc")
	if d.m.parts.Pane.W != wide {
		t.Error("the list did not come back")
	}
	d.at("metadata").press("enter")
	if d.m.parts.List.W != namesWidth {
		t.Error("a structure has no more room")
	}
	d.press("esc").at("prompt_tokens").press("enter")
	if d.m.parts.Pane.W != wide {
		t.Error("an editor of one line took the values away")
	}
}

func TestMapsShowTheirMembers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ literal, want string }{
		{`{"channel":"web","kitchen":{"a":1,"b":2},"tags":["x"],"n":1.50,"ok":null,"note":""}`, `channel web · kitchen {2} · tags [1] · n 1.50 · ok null · note ""`},
		{`{}`, "no members"}, {`{ }`, "no members"}, {`[]`, "0 elements"}, {`[1,2]`, "2 elements"},
		{`{"a":"` + strings.Repeat("x", 500) + `"}`, "a " + strings.Repeat("x", 60)},
	} {
		got, _ := preview(model.Metadata, model.Raw([]byte(c.literal)))
		if !strings.HasPrefix(got, c.want) || len(got) > len(c.want)+10 {
			t.Errorf("%.60s: %s, want %s", c.literal, got, c.want)
		}
	}
}

// The bar of a sum can be read without colours: its parts are drawn differently, and named where
// there is room.
func TestSumsShowTheirParts(t *testing.T) {
	t.Parallel()
	used := strings.Replace(document, `"output_tokens": 3`, `"output_tokens": 36, "reasoning_tokens": 24`, 1)
	d := drive(t, used, 100, 40)
	d.m.SetTheme(theme.None())
	d.shows("48 tokens")
	wide := drive(t, used, 98, 40)
	wide.shows("48 tokens  ███▒▒▒▒░░░  25 % prompt, 50 % reasoning, 25 % output")
}
