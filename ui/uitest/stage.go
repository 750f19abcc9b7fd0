package uitest

import tea "github.com/charmbracelet/bubbletea"

// Stage runs a screen without a program: what it asks for is carried out at once, unless that is
// held.
type Stage struct {
	On   func(tea.Msg) (cmd tea.Cmd, want tea.Msg) // gives the screen a message
	Said []tea.Msg                                 // what it wanted of the program
	Hold bool                                      // commands wait for Release
	Held []tea.Cmd                                 // those that wait
}

// Give gives the screen a message, keeps what it wants, and carries out what it asks for.
func (s *Stage) Give(msg tea.Msg) {
	cmd, want := s.On(msg)
	if want != nil {
		s.Said = append(s.Said, want)
	}
	s.Run(cmd)
}

// Run carries out a command.
func (s *Stage) Run(cmd tea.Cmd) {
	switch {
	case cmd == nil:
	case s.Hold:
		s.Held = append(s.Held, cmd)
	default:
		Carry(cmd, s.Run, s.Give)
	}
}

// Press presses keys, see Keys.
func (s *Stage) Press(list ...string) {
	for _, k := range Keys(list...) {
		s.Give(k)
	}
}

// Type types a text letter by letter.
func (s *Stage) Type(text string) {
	for _, r := range text {
		s.Give(Key(string(r)))
	}
}

// Release carries out what was held.
func (s *Stage) Release() {
	held := s.Held
	s.Hold, s.Held = false, nil
	for _, cmd := range held {
		s.Run(cmd)
	}
}
