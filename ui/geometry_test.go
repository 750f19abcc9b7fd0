package ui

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"errata/api/batch"
	"errata/model"
	"errata/ui/sanitize"
	"errata/ui/uitest"
)

// walks are screens that keys lead to from the list of logs.
var walks = map[string][]string{
	"browse": nil, "form": {"enter"}, "review": {"enter", "j", "j", "x", "ctrl+s"}, "help": {"?"}, "compare": {" ", " ", "D", "m"}, "themes": {"f2"}, "question": {"enter", "j", "j", "x", "ctrl+c"},
	"body": {"enter", "j", "j", "x", "ctrl+s", "b"}, "list far left": {"<"}, "list far right": {">"}, "value far left": {"enter", "<"}, "value far right": {"enter", ">"},
	"editor far left": {"enter", "j", "j", "enter", "<"}, "editor far right": {"enter", "j", "j", "enter", ">"},
}

// scenes are screens that more than keys leads to, what each shows, and what is then heard of where
// the cursor is.
var scenes = map[string]struct {
	open         func(t *testing.T, plain bool) *person
	shows, heard string
}{
	"held draft": {func(t *testing.T, plain bool) *person {
		o := drafted(heldBy(t, "anna", "pts/3"), "log_one")
		o.Plain = plain
		return sit(t, o).rest()
	}, "Somebody edits log_one", ""},
	"drafts": {func(t *testing.T, plain bool) *person {
		dir := t.TempDir()
		for _, id := range []string{"log_one", "log_two"} {
			p := sit(t, drafted(dir, id)).rest()
			p.press("j", "j", "x").rest()
			p.r.drafts.close()
		}
		o := drafted(dir, "")
		o.Plain = plain
		return sit(t, o).rest().press("U").rest()
	}, "log_two", "here"},
	"conflict":         {clashing, "Conflict", "here"},
	"settled":          {func(t *testing.T, plain bool) *person { return clashing(t, plain).press("m") }, "all settled", "here"},
	"merge":            {func(t *testing.T, plain bool) *person { return clashing(t, plain).press("e") }, "Conflict", ""},
	"batch":            {func(t *testing.T, plain bool) *person { return half(t, plain).press("B").rest() }, "2 match", "here"},
	"batch that ended": {func(t *testing.T, plain bool) *person { return half(t, plain).press("B").rest().press("enter").rest() }, "saved and verified", "here"},
	"batch, undone": {func(t *testing.T, plain bool) *person {
		return half(t, plain).press("B").rest().press("enter").rest().press("esc").rest().press("H").rest()
	}, "2 logs", "here"},
}

// clashing is somebody whose change of the output meets that of somebody else.
func clashing(t *testing.T, plain bool) *person {
	t.Helper()
	o := drafted(t.TempDir(), "log_one")
	o.Plain = plain
	p := sit(t, o).rest()
	p.press("j", "j", "enter", "!", "esc")
	p.fake.Put(t, []byte(strings.Replace(first, "At nine.", "At ten.", 1)))
	return p.press("R").rest()
}

// half is somebody in whose list there is word of a batch that was left half-way.
func half(t *testing.T, plain bool) *person {
	t.Helper()
	o := stated(t)
	o.Plain = plain
	late, err := model.ParseAssignment("output=Late.")
	if err != nil {
		t.Fatal(err)
	}
	set := batch.Set(model.Edits{Assign: []model.Assignment{late}})
	b, err := batch.New(o.State, batch.Head{Server: o.ServerID, Recipe: set.Recipe})
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{b.Gather(batch.Logs("log_one", "log_two")), b.Agree(), b.Close()} {
		if err != nil {
			t.Fatal(err)
		}
	}
	p := sit(t, o).rest()
	p.run(p.r.looking.looks())
	return p.rest()
}

// Every screen fills any window, and where it is heard it draws neither lines nor signs.
func TestGeometry(t *testing.T) {
	t.Parallel()
	for _, plain := range []bool{false, true} {
		for name, keys := range walks {
			p := sit(t, Options{Plain: plain}).rest()
			for _, k := range keys {
				if k == "<" || k == ">" { // as far as the rule goes
					p.give(tea.WindowSizeMsg{Width: 200, Height: 50})
					p.r.top().(divided).Divide(map[string]int{"<": 1, ">": 250}[k])
					continue
				}
				p.press(k).rest()
			}
			sweep(t, name, p, plain)
		}
		for name, s := range scenes {
			p := s.open(t, plain)
			if p.shows(s.shows); plain {
				p.shows(s.heard)
			}
			sweep(t, name, p, plain)
		}
	}
}

// sweep draws what is shown at many sizes. It fills each of them, and no line is too long.
func sweep(t *testing.T, name string, p *person, plain bool) {
	t.Helper()
	for w := 1; w <= 250; w += 13 {
		for h := 1; h <= 60; h += 5 {
			p.give(tea.WindowSizeMsg{Width: w, Height: h})
			lines := strings.Split(p.r.View(), "\n")
			if len(lines) != h {
				t.Fatalf("%s at %d×%d: %d lines", name, w, h, len(lines))
			}
			for y, line := range lines {
				if got := sanitize.Width(ansi.Strip(line)); got > w {
					t.Fatalf("%s at %d×%d: line %d has %d cells: %q", name, w, h, y, got, ansi.Strip(line))
				}
			}
			if sign := strings.IndexFunc(p.screen(), uitest.Drawn); plain && sign >= 0 {
				t.Fatalf("%s at %d×%d draws %q:\n%s", name, w, h, p.screen()[sign:sign+3], p.screen())
			}
		}
	}
}
