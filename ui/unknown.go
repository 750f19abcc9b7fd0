package ui

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"errata/ui/bars"
)

// isStrange reports whether a key means nothing here, as far as the tables say, and that was not
// said yet.
func (s *stage) isStrange(msg tea.KeyMsg) bool {
	name := msg.String()
	return !msg.Paste && !s.covered() && s.top() != nil && !s.bound(name) && !s.strange[name] && (!s.capturing() || len(msg.Runes) == 0)
}

// strangeKey says that a key means nothing here.
func (s *stage) strangeKey(name string) {
	if s.strange == nil {
		s.strange = map[string]bool{}
	}
	s.strange[name] = true
	help := "?"
	if s.capturing() {
		help = "F1"
	}
	if name == " " {
		name = "space"
	}
	s.say(bars.News{Text: name + " does nothing here; " + help + " lists the keys"})
}

// apartFromNews is the screen on top without its news and its keys, and the news.
func (s *stage) apartFromNews() (screen, news string) {
	lines := strings.Split(s.top().View(), "\n")
	n := len(lines) - 2
	if n < 0 {
		return "", ""
	}
	return strings.Join(lines[:n], "\n"), strings.TrimSpace(ansi.Strip(lines[n]))
}
