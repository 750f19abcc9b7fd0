package browse

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model/columns"
	"errata/ui/sanitize"
	"errata/ui/theme"
	"errata/ui/uitest"
)

const hostile = `\u001b[2J\u001b]52;c;aGk=\u0007\u202e\u200b\u2028\u009b31m\ud800 漢字 👩‍👩‍👧‍👦\t\r\n` + "\xff"

func TestGeometry(t *testing.T) {
	t.Parallel()
	bad := strings.NewReplacer("answer", hostile, "question", hostile, "small", hostile, "tides/ask", hostile, "gave up", hostile, "2025", hostile).Replace
	s := &shelf{t: t}
	for i := range 80 {
		s.docs = append(s.docs, bad(doc(i)))
	}
	d := drive(t, s, 10, 10)
	d.o.Server = hostile + "\x1b[2J\x00"
	d.SetDrafts([]Draft{{LogID: hostile, What: hostile, Held: hostile}})
	path, err := columns.Parse(`metadata["` + hostile[:6] + `"]`)
	if err != nil {
		t.Fatal(err)
	}
	d.chooseColumns(append(columns.Default(), path))
	for _, w := range []int{0, 1, 39, 40, 41, 80, 119, 120, 250} {
		for _, h := range []int{0, 1, 10, 11, 60} {
			d.SetSize(w, h)
			for _, k := range []string{"pgdown", " ", "/", "esc", "f", "x", "esc", "s", "G", "ctrl+d", "tab", "U", "esc", "C", "j", "J", " ", "a", "x", "enter", "esc", "l", "esc"} {
				d.press(k)
				if w > 0 && h > 0 {
					uitest.Fills(t, k, d, w, h, sanitize.Width)
				}
			}
		}
	}
}

func TestTheWindowIsFilled(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{40, 10}, {80, 24}, {120, 40}} {
		d := drive(t, &shelf{t: t, docs: docs(5)}, size[0], size[1])
		for _, keys := range []string{"j", "f", "esc /"} {
			d.press(strings.Fields(keys)...)
			if n := len(strings.Split(d.View(), "\n")); n != size[1] {
				t.Errorf("%v %q: %d lines", size, keys, n)
			}
		}
	}
}

// mixed are logs of many kinds: of another year, judged, failed, in other scripts, without times.
func mixed() []string {
	list := docs(10)
	list[1] = strings.NewReplacer("2025-07", "2023-11", "small-1", "large-model-2023-10-01-preview").Replace(list[1])
	list[2] = strings.Replace(list[2], `"error":null`, `"error":null,"metadata":{"channel":"web","kitchen":3},"evaluator_logs":[{"id":"e","judgment":"good","evaluator":{"id":"ev","name":"rating"}}]`, 1)
	list[3] = strings.NewReplacer("question 3", "Was kostet eine Fahrkarte nach Bremen, wenn man erst am Abend fährt?", "answer 3", "電車の停留所はどこですか。駅の前にあります。", "tides/ask", "travel/phrases/everyday").Replace(list[3])
	list[4] = strings.NewReplacer(`"prompt_cost":0.0005`, `"prompt_cost":0`, `"output_tokens":10`, `"output_tokens":0`, `"prompt_tokens":2`, `"prompt_tokens":0`, "4.5", "0").Replace(list[4])
	list[5] = strings.NewReplacer(`"prompt_cost":0.0006`, `"prompt_cost":12.34567`, `"output_tokens":10`, `"output_tokens":1234567`).Replace(list[5])
	list[6] = strings.Replace(list[6], "2025-07-28T10:00:53", "some day", 1)
	return list
}

// The list at the sizes that people have, with every sign that a row can have.
func TestFrames(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{40, 10}, {80, 24}, {120, 40}, {200, 60}} {
		o := options()
		o.Corrected = func(_ context.Context, id string) bool { return id == "log_001" || id == "log_002" }
		d := staged(t, New(&shelf{t: t, docs: mixed()}, theme.None(), o))
		d.SetSize(size[0], size[1])
		d.Run(d.Init())
		d.SetDrafts([]Draft{{LogID: "log_002", What: "output"}, {LogID: "log_005", What: "error", Held: "process 12"}})
		d.press(" ", "j")
		uitest.Frame(t, fmt.Sprintf("list%d.txt", size[0]), d.frame()+"\n")
	}
}

func TestFrameWide(t *testing.T) {
	t.Parallel()
	d := drive(t, &shelf{t: t, docs: docs(10)}, 120, 40)
	d.press("j")
	d.wants("log_001  tides/ask", "user", "  question 1", "assistant", "  answer 1")
	if lines := d.frame(); strings.Index(lines, "  question 1") > strings.LastIndex(lines, "  answer 1") {
		t.Errorf("the answer stands before the question:\n%s", lines)
	}
	d.lacks("bytes", "[0]")
	d.press("G")
	d.wants("log_009", "Error", "the model gave up")
}

// The preview begins at what was asked last; what was said before is above it.
func TestThePreviewBeginsAtTheQuestion(t *testing.T) {
	t.Parallel()
	before := `{"role":"system","content":"` + strings.Repeat(`rule\n`, 100) + `"},{"role":"user","content":"an earlier question"},{"role":"assistant","content":"` + strings.Repeat(`line\n`, 100) + `"},`
	talk := strings.Replace(doc(0), `"messages":[`, `"messages":[`+before, 1)
	d := drive(t, &shelf{t: t, docs: []string{talk, strings.Replace(talk, `"error":null`, `"error":"too long"`, 1)}}, 140, 24)
	d.wants("user", "question 0", "answer 0")
	d.lacks("rule", "an earlier")
	d.press("ctrl+u")
	d.wants("line")
	failed := drive(t, &shelf{t: t, docs: []string{strings.Replace(talk, `"error":null`, `"error":"too long"`, 1)}}, 140, 24)
	failed.wants("Error", "too long", "rule")
}

func TestColumnsGiveWayAsTheWidthShrinks(t *testing.T) {
	t.Parallel()
	m := New(nil, theme.None(), options())
	for _, c := range []struct {
		w, h int
		want string
	}{
		{40, 9, "time output"},
		{60, 9, "time question output"},
		{80, 9, "time model prompt question output"},
		{110, 9, "time model prompt tokens cost latency question output"},
		{140, 9, "time model prompt tokens cost latency question output"},
		{40, 20, "time model / question output"},
		{60, 20, "time model prompt cost / question output"},
		{80, 20, "time model prompt tokens cost latency / question output"},
		{110, 40, "time model prompt tokens cost latency / question output"},
		{200, 40, "time model prompt tokens cost latency question output"},
	} {
		g := m.grid(c.w, c.h)
		names := ""
		for i, line := range [][]column{g.first, g.second} {
			used := g.lead + max(len(line)-1, 0)
			for _, col := range line {
				names += " " + col.Name
				used += col.width
			}
			if i == 0 && g.second != nil {
				names += " /"
			}
			if used > c.w {
				t.Errorf("%d cells: line %d of the columns takes %d", c.w, i, used)
			}
		}
		if names = names[1:]; names != c.want {
			t.Errorf("%d×%d: %s, want %s", c.w, c.h, names, c.want)
		}
	}
}

// The row under the cursor is a bar from end to end. Its second line keeps its own colours and the
// hit that is lit, and no piece of the bar.
func TestTheCursorIsABar(t *testing.T) {
	t.Parallel()
	o := options()
	o.Query.Search = "answer"
	d := staged(t, New(&shelf{t: t, docs: docs(5)}, theme.For("dark", theme.Terminal{}), o))
	d.SetSize(80, 24)
	d.Run(d.Init())
	lines := strings.Split(d.View(), "\n")
	for i, line := range lines[2:3] {
		bar := strings.TrimSuffix(line, theme.For("dark", theme.Terminal{}).Faint.Render("│"))
		for _, piece := range regexp.MustCompile(`\x1b\[([0-9;]*)m([^\x1b]*)`).FindAllStringSubmatch(bar, -1) {
			if strings.TrimSpace(piece[2]) != "" && !strings.Contains(piece[1], "48;") {
				t.Errorf("line %d: %q is not on the bar: %q", i, piece[2], line)
			}
		}
	}
	th := theme.For("dark", theme.Terminal{})
	if !strings.HasPrefix(lines[3], "      question 0") {
		t.Errorf("the line below is not as the others are: %q", lines[3])
	}
	if !strings.Contains(lines[3], th.Match.Render("answer")) {
		t.Errorf("the hit is not lit: %q", lines[3])
	}
}

// A row that is taken as it was drawn looks as it would be drawn again.
func TestRowsAreDrawnAnewWhereTheyChanged(t *testing.T) {
	t.Parallel()
	yes := false
	o := options()
	o.Corrected = func(context.Context, string) bool { return yes }
	d := staged(t, New(&shelf{t: t, docs: mixed()}, theme.For("dark", theme.Terminal{}), o))
	d.SetSize(80, 24)
	d.Run(d.Init())
	same := func(what string) {
		t.Helper()
		got := d.View()
		d.drawn = drawn{}
		if want := d.View(); got != want {
			t.Errorf("%s:\n%s\nwant\n%s", what, uitest.Reads(got), uitest.Reads(want))
		}
	}
	for _, k := range []string{"j", " ", "k", "V", "j", "V", "*", "*", "s", "G", "g", "C", " ", "l", "esc", "/", "answer", "enter", "esc", "R"} {
		d.press(k)
		same(k)
	}
	d.SetDrafts([]Draft{{LogID: "log_003"}})
	same("drafts")
	yes = true
	for _, r := range d.rows {
		r.asked = false
	}
	d.press("j")
	d.wants("✎")
	same("corrected")
	d.SetSize(120, 30)
	same("another size")
	d.SetTheme(theme.For("light", theme.Terminal{}))
	same("another theme")
}

func TestALargeLogIsPreviewedMeanwhile(t *testing.T) {
	t.Parallel()
	large := strings.Replace(doc(1), "answer 1", "answer 1 "+strings.Repeat("words ", quick/5), 1)
	d := drive(t, &shelf{t: t, docs: []string{doc(0), large, doc(2)}}, 140, 30)
	d.Hold = true
	d.press("j")
	d.wants("reading …")
	d.press("j")
	d.wants("│   answer 2")
	d.Release()
	d.wants("│   answer 2")
	d.lacks("│   answer 1")
	d.press("k")
	d.wants("│   answer 1 words")
}

func TestWheel(t *testing.T) {
	t.Parallel()
	long := strings.Replace(doc(0), "answer 0", strings.Repeat(`line\n`, 100)+"end", 1)
	d := drive(t, &shelf{t: t, docs: append([]string{long}, docs(30)[1:]...)}, 140, 20)
	before := d.preview.pane.View()
	d.Update(tea.MouseMsg{Button: tea.MouseButtonWheelDown, X: 130, Y: 5})
	d.at("log_000")
	if d.preview.pane.View() == before {
		t.Error("the preview does not scroll")
	}
	d.Update(tea.MouseMsg{Button: tea.MouseButtonWheelDown, X: 3, Y: 5})
	d.at("log_003")
	d.press("p")
	d.Update(tea.MouseMsg{Button: tea.MouseButtonWheelDown, X: 3, Y: 5})
	d.at("log_003")
}

func TestThemeChange(t *testing.T) {
	t.Parallel()
	d := drive(t, &shelf{t: t, docs: docs(10)}, 140, 30)
	d.press("j", "f")
	d.typing("pr_9")
	before := d.frame()
	d.SetTheme(theme.For("dark", theme.Terminal{}))
	if got := d.frame(); got != before {
		t.Errorf("another theme shows\n%s\nwant\n%s", got, before)
	}
	d.press("esc", "/")
	d.typing("words")
	before = d.frame()
	d.SetTheme(theme.For("light", theme.Terminal{}))
	if got := d.frame(); got != before {
		t.Errorf("another theme shows\n%s\nwant\n%s", got, before)
	}
}

// A prompt is told by what tells it apart: its whole path, the end of it, or its name alone.
func TestAPromptIsShortenedToItsName(t *testing.T) {
	t.Parallel()
	for cells, want := range map[int]string{20: "kitchen/bread-helper", 19: "…/bread-helper", 14: "…/bread-helper", 12: "bread-helper", 11: "…/bread-helper"} {
		if got := short("kitchen/bread-helper", cells); got != want {
			t.Errorf("%d cells: %s, want %s", cells, got, want)
		}
	}
}
