package ui

import (
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

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
