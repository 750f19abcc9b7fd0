package term

import tea "github.com/charmbracelet/bubbletea"

type (
	suspendMsg   struct{}
	continuedMsg struct{}
)

// Suspend stops the program as ctrl+z does in a shell, if there is a shell that can resume it; else nothing happens.
func Suspend() tea.Cmd {
	return func() tea.Msg { return suspendMsg{} }
}
