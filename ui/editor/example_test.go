package editor_test

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"errata/ui/editor"
)

// The text is kept byte for byte: a tab and a carriage return stay what they are.
func ExampleModel() {
	m := editor.New([]byte("teh answer\t\r\n"), editor.Options{})
	m.SetSize(40, 5)
	m.GoTo(1, 2)
	m.Update(tea.KeyMsg{Type: tea.KeyDelete})
	m.Update(tea.KeyMsg{Type: tea.KeyRight})
	m.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("e")})
	fmt.Printf("%q\n", m.Text().Bytes())

	m.Update(tea.KeyMsg{Type: tea.KeyCtrlZ})
	m.Update(tea.KeyMsg{Type: tea.KeyCtrlZ})
	fmt.Printf("%q\n", m.Text().Bytes())
	// Output:
	// "the answer\t\r\n"
	// "teh answer\t\r\n"
}

// A key that an editor does not know is its user's.
func ExampleModel_Update() {
	m := editor.New([]byte("text"), editor.Options{})
	fmt.Println(m.Update(tea.KeyMsg{Type: tea.KeyCtrlS}))
	// Output: false
}
