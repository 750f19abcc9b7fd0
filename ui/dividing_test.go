package ui

import (
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"errata/ui/layout"
)

// drag holds the left button down from one cell to another.
func (p *person) drag(x, y, toX int, at time.Time) *person {
	p.r.presses.now = func() time.Time { return at }
	for _, e := range []tea.MouseMsg{
		{X: x, Y: y, Action: tea.MouseActionPress}, {X: (x + toX) / 2, Y: y + 1, Action: tea.MouseActionMotion}, {X: toX, Y: y + 2, Action: tea.MouseActionMotion},
		// the last one is another button's
		{X: toX, Y: y + 2, Action: tea.MouseActionRelease}, {X: 1, Y: y, Action: tea.MouseActionMotion},
	} {
		e.Button = tea.MouseButtonLeft
		p.give(e)
	}
	return p.rest()
}

// rule is the column of the rule beside the list of the screen on top.
func (p *person) rule() int {
	p.t.Helper()
	view := strings.Split(p.screen(), "\n")
	x, y := p.r.top().(divided).Rule().X, len(view)/2
	if cell := []rune(view[y])[x]; cell != '│' && cell != '┃' {
		p.t.Fatalf("no rule stands in column %d:\n%s", x, p.screen())
	}
	return x
}

func (p *person) ruleAt(want int) {
	p.t.Helper()
	if got := p.rule(); got != want {
		p.t.Errorf("the rule stands in column %d, want %d", got, want)
	}
}

func TestTheRuleBetweenListAndPreviewIsDragged(t *testing.T) {
	t.Parallel()
	p := sit(t, Options{}).rest()
	p.give(tea.WindowSizeMsg{Width: 140, Height: 30})
	now := time.Unix(1000, 0)
	laid := p.rule()
	p.drag(laid, 9, 90, now).ruleAt(90)
	p.drag(90, 9, 0, now.Add(time.Hour)).ruleAt(layout.LeastPart)
	p.drag(layout.LeastPart, 9, 139, now.Add(2*time.Hour)).ruleAt(140 - layout.RuleWidth - layout.LeastPart)
	p.press("<").ruleAt(140 - layout.RuleWidth - layout.LeastPart - layout.DividerStep)
	p.press(">", ">").ruleAt(140 - layout.RuleWidth - layout.LeastPart)
	p.clickAt(p.rule(), 12, now).clickAt(p.rule(), 12, now).ruleAt(laid)
	p.drag(laid, 9, 70, now.Add(3*time.Hour))
	p.drag(30, 9, 100, now.Add(4*time.Hour)).ruleAt(70) // from a row of the list
	p.give(tea.MouseMsg{X: 70, Y: 9, Button: tea.MouseButtonLeft, Action: tea.MouseActionPress, Shift: true})
	p.give(tea.MouseMsg{X: 99, Y: 9, Button: tea.MouseButtonLeft, Action: tea.MouseActionMotion, Shift: true})
	p.ruleAt(70)
	p.give(tea.WindowSizeMsg{Width: 80, Height: 24})
	p.press("<").shows("nothing stands beside the list here: that takes a window of 120 columns")
	p.give(tea.WindowSizeMsg{Width: 140, Height: 30})
	p.ruleAt(70)
}

// The rule of the form stands where it was put also in the next log, and has a place of its own
// while a text is edited.
func TestTheRuleOfTheFormIsDragged(t *testing.T) {
	t.Parallel()
	p := sit(t, Options{}).rest()
	p.give(tea.WindowSizeMsg{Width: 140, Height: 30})
	now := time.Unix(1000, 0)
	p.press("enter").rest()
	laid := p.rule()
	p.drag(laid, 9, 40, now).ruleAt(40)
	p.press("j", "j", "enter").rest()
	p.shows("editing")
	p.drag(p.rule(), 9, 60, now.Add(time.Hour)).ruleAt(60)
	p.press("X")
	p.shows("At nine.X")
	p.press("esc").rest().ruleAt(40)
	p.press("q").rest()
	p.press("y", "down", "enter").rest()
	p.shows("At ten.")
	p.ruleAt(40)
	p.press("enter").rest()
	p.press("esc", ">").rest().ruleAt(40 + layout.DividerStep)
}

// Keys move the rule beside rows of every kind. Where a text is typed they are letters.
func TestKeysMoveTheRuleBesideRows(t *testing.T) {
	t.Parallel()
	chat := `{"id": "log_chat", "prompt": {"id": "pr_1"}, "created_at": "2025-03-03T10:00:00", "output": "Low.", "messages": [{"role": "user", "content": "When?"}], "metadata": {"a": 1}}`
	for name, c := range map[string]struct {
		keys  []string
		shows string
		types []string // these open a text beside the same rule
	}{
		"logs":     {nil, "log_chat", nil},
		"fields":   {[]string{"enter"}, "no changes", nil},
		"messages": {[]string{"enter", "g", "enter"}, "editing", []string{"down", "enter"}},
		"members":  {[]string{"enter", "/", "metadata", "enter", "enter"}, "editing", []string{"enter"}},
		"changes":  {[]string{"*", "b", "output=Flood.", "enter"}, "Review of 3 logs", nil},
		"results":  {[]string{"*", "b", "output=Flood.", "enter", "enter"}, "saved and verified", nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := sit(t, stated(t), []byte(chat)).rest()
			p.give(tea.WindowSizeMsg{Width: 160, Height: 30})
			for _, k := range c.keys {
				p.press(k).rest()
			}
			p.shows(c.shows)
			laid := p.rule()
			p.press(">").ruleAt(laid + layout.DividerStep)
			p.press(">", "<").ruleAt(laid + layout.DividerStep)
			p.press(">", "<", "<").ruleAt(laid)
			if c.types != nil {
				p.press(c.types...).rest()
				p.press("<").rest().ruleAt(laid)
				p.shows("<")
			}
		})
	}
}

// A rule that lies across, here below the fields of the review, is dragged up and down; each part
// keeps a line, and a double click puts the rule back.
func TestTheRuleThatLiesAcrossIsDragged(t *testing.T) {
	t.Parallel()
	p := sit(t, Options{}).rest()
	p.give(tea.WindowSizeMsg{Width: 100, Height: 30})
	p.press("enter").rest()
	p.press("j", "j", "enter").rest()
	p.press("X", "ctrl+s").rest()
	line := func() int {
		y := p.r.top().(divided).Rule().Y
		if row := strings.Split(p.screen(), "\n")[y]; !strings.HasPrefix(row, "───") {
			t.Fatalf("no rule stands in line %d:\n%s", y, p.screen())
		}
		return y
	}
	now := time.Unix(1000, 0)
	pull := func(from, to int) {
		for _, e := range []tea.MouseMsg{{Y: from, Action: tea.MouseActionPress}, {Y: to, Action: tea.MouseActionMotion}, {Y: to, Action: tea.MouseActionRelease}} {
			e.X, e.Button = 40, tea.MouseButtonLeft
			now = now.Add(time.Hour)
			p.r.presses.now = func() time.Time { return now }
			p.give(e)
		}
	}
	laid := line()
	for _, c := range []struct{ to, want int }{{laid + 5, laid + 5}, {0, 2 + layout.LeastLines}, {29, 30 - 2 - 1 - layout.LeastLines}} {
		if pull(line(), c.to); line() != c.want {
			t.Errorf("dragged to line %d the rule stands in line %d, want %d", c.to, line(), c.want)
		}
	}
	at := line()
	if p.clickAt(40, at, now.Add(time.Hour)).clickAt(40, at, now.Add(time.Hour)); line() != laid {
		t.Errorf("a double click puts the rule into line %d, want %d", line(), laid)
	}
}

// The rule of a screen that comes and goes stands where it was put, for as long as errata runs.
func TestTheRuleOfAScreenThatClosesStays(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ open, shut []string }{
		"review":  {[]string{"ctrl+s"}, []string{"esc"}},
		"history": {[]string{"H"}, []string{"esc"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := sit(t, stated(t)).rest()
			p.give(tea.WindowSizeMsg{Width: 100, Height: 30})
			p.press("enter").rest()
			p.press("j", "j", "enter", "X", "ctrl+s").rest()
			if name == "history" {
				p.press("enter").rest().shows("saved and verified")
			} else {
				p.press("esc").rest()
			}
			p.press(c.open...).rest()
			p.r.top().(divided).Divide(20)
			p.press(c.shut...).rest()
			if p.r.top() == p.r.form {
				p.press(c.open...).rest()
			}
			if at := p.r.top().(divided).Rule().Y; at != 20 {
				t.Errorf("the rule stands in line %d:\n%s", at, p.screen())
			}
		})
	}
	p := clashing(t, false)
	p.r.top().(divided).Divide(15)
	p.press("esc").rest().press("R").rest().shows("Conflict")
	if at := p.r.top().(divided).Rule().Y; at != 15 {
		t.Errorf("the rule of the conflict stands in line %d:\n%s", at, p.screen())
	}
}

// While a text is edited the list of fields gives way, but not on a window where the text has room
// enough.
func TestTheListGivesWayWhereTheValueNeedsTheRoom(t *testing.T) {
	t.Parallel()
	p := sit(t, Options{}).rest()
	for _, c := range []struct {
		width int
		gives bool
	}{{120, true}, {layout.RoomyFrom - 1, true}, {layout.RoomyFrom, false}, {250, false}} {
		p.give(tea.WindowSizeMsg{Width: c.width, Height: 40})
		p.press("enter").rest().press("g", "j", "j").rest()
		laid := p.rule()
		if p.press("enter").rest(); (p.rule() < laid) != c.gives {
			t.Errorf("%d columns: the rule goes from column %d to %d", c.width, laid, p.rule())
		}
		p.press("esc", "q").rest()
	}
}
