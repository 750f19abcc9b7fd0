package ui

import (
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"errata/ui/layout"
	"errata/ui/uitest"
)

// click presses the left button on a text, at a time of its own.
func (p *person) click(text string, at time.Time) *person {
	p.t.Helper()
	x, y := uitest.At(p.t, p.r.View(), text)
	return p.clickAt(x, y, at)
}

// hint clicks on a word of the footer.
func (p *person) hint(word string) *person {
	p.t.Helper()
	view := p.r.View()
	x, _ := uitest.At(p.t, view[strings.LastIndexByte(view, '\n')+1:], word)
	return p.clickAt(x, p.r.h-1, time.Unix(1000, 0))
}

func (p *person) clickAt(x, y int, at time.Time) *person {
	p.r.presses.now = func() time.Time { return at }
	p.give(tea.MouseMsg{X: x, Y: y, Button: tea.MouseButtonLeft, Action: tea.MouseActionPress})
	p.give(tea.MouseMsg{X: x, Y: y, Button: tea.MouseButtonLeft, Action: tea.MouseActionRelease})
	return p.rest()
}

func TestTwoClicksOpenALogWhenTheyComeSoon(t *testing.T) {
	t.Parallel()
	p := sit(t, Options{}).rest()
	now := time.Unix(1000, 0)
	p.click("At ten.", now).click("At ten.", now.Add(time.Second))
	if p.r.form != nil {
		t.Fatal("two slow clicks opened a log")
	}
	p.click("At nine.", now.Add(1100*time.Millisecond))
	if p.r.form != nil {
		t.Fatal("clicks on two logs opened one")
	}
	p.click("At nine.", now.Add(1200*time.Millisecond))
	if p.r.form == nil || !strings.Contains(p.screen(), "log_one") {
		t.Fatalf("it is not open:\n%s", p.screen())
	}
}

func TestTheWordsOfTheFooterAreButtons(t *testing.T) {
	t.Parallel()
	p := sit(t, Options{}).rest()
	p.hint("help").shows("Help: ")
	p.hint("search").shows("search the keys:")
	p.hint("all keys").hint("close").shows("At nine.")
	p.hint("open")
	if p.r.form == nil {
		t.Fatalf("no log is open:\n%s", p.screen())
	}
	x, y := uitest.At(t, p.r.View(), "help")
	p.give(tea.MouseMsg{X: x, Y: y, Button: tea.MouseButtonLeft, Action: tea.MouseActionPress, Shift: true})
	p.give(tea.MouseMsg{X: x, Y: y, Button: tea.MouseButtonRight, Action: tea.MouseActionPress})
	if p.r.help != nil {
		t.Error("a click that is the terminal's opened the help")
	}
}

func TestAClickInTheHelpDoesAKey(t *testing.T) {
	t.Parallel()
	p := sit(t, Options{}).rest()
	now := time.Unix(1000, 0)
	p.press("f1", "/", "colours")
	p.click("F2", now).click("F2", now)
	if p.r.help != nil || p.r.picker == nil {
		t.Fatalf("the themes are not listed:\n%s", p.screen())
	}
	p.click("gruvbox-dark", now)
	if p.r.picker == nil || p.r.o.Theme != "gruvbox-dark" {
		t.Fatalf("the theme is %s", p.r.o.Theme)
	}
	p.click("gruvbox-dark", now)
	if p.r.picker != nil {
		t.Error("the list of themes is still open")
	}
}

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

func TestTheAnswersToAQuestionAreButtons(t *testing.T) {
	t.Parallel()
	now := time.Unix(1000, 0)
	for _, w := range []int{40, 80, 140} {
		p := sit(t, Options{}).rest()
		p.give(tea.WindowSizeMsg{Width: w, Height: 24})
		p.press(" ", "q")
		p.click(" / n", now) // the bar between the two is none
		p.shows("y / n")
		x, y := uitest.At(t, p.r.View(), " / n")
		p.clickAt(x+3, y, now).showsNot("y / n")
		p.press("q").hint("no").showsNot("y / n")
		p.press("q").clickAt(x-1, y-3, now)
		p.give(tea.MouseMsg{X: x - 1, Y: y, Button: tea.MouseButtonRight, Action: tea.MouseActionPress})
		if p.shows("y / n"); p.quit {
			t.Errorf("%d cells: it ended before anybody said yes", w)
		}
		if p.clickAt(x-1, y, now); !p.quit {
			t.Errorf("%d cells: yes was clicked on, and it goes on", w)
		}
	}
}

func TestTheHintsOfTheThemesAreButtons(t *testing.T) {
	t.Parallel()
	p := sit(t, Options{}).rest()
	was := p.r.o.Theme
	p.press("f2", "down", "down").hint("as before")
	if p.r.picker != nil || p.r.o.Theme != was {
		t.Errorf("after esc was clicked on the theme is %s", p.r.o.Theme)
	}
	p.press("f2", "up").hint("keep").shows("until you quit")
}

func TestAClickPlacesTheCursorInALine(t *testing.T) {
	t.Parallel()
	now := time.Unix(1000, 0)
	p := sit(t, Options{}).rest()
	p.press("f", "wharf")
	p.click("arf", now).press("X").shows("whXarf")
	p.press("esc", "f1", "/", "wharf")
	p.click("arf", now).press("X").shows("whXarf")
	p.press("esc", "esc", "p", "wharf")
	p.click("arf", now).press("X").shows("prompt: whXarf")
	p.press("esc", "C", "a", "wharf").click("arf", now).press("X").shows("whXarf")
	p.press("esc", "esc", "enter").rest()
	p.press("/", "wharf").click("arf", now).press("X").shows("/whXarf")
	p.press("esc", "j", "j", "w", "wharf").click("arf", now).press("X").shows("whXarf")
	p.press("esc", "enter", "ctrl+f", "wharf").click("arf", now).press("X").shows("whXarf")
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
