// Command hello is the smallest program of stock Bubble Tea, which the benchmarks hold errata
// against: its renderer, its input, and its question for the terminal's colours.
package main

import (
	"os"

	tea "github.com/charmbracelet/bubbletea"
)

type hello struct{}

func (hello) Init() tea.Cmd { return nil }

func (h hello) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if _, ok := msg.(tea.KeyMsg); ok {
		return h, tea.Quit
	}
	return h, nil
}

func (hello) View() string { return "Hello, terminal" }

func main() {
	if _, err := tea.NewProgram(hello{}, tea.WithAltScreen()).Run(); err != nil {
		os.Exit(1)
	}
}
