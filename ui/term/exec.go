package term

import (
	"os"
	"os/exec"

	tea "github.com/charmbracelet/bubbletea"
)

type execMsg struct {
	cmd  *exec.Cmd
	done func(error) tea.Msg
}

// Exec leaves the terminal to another program, and comes back. done makes the message from its
// error. Standard streams that c leaves open are the terminal's.
func Exec(c *exec.Cmd, done func(error) tea.Msg) tea.Cmd {
	return func() tea.Msg { return execMsg{c, done} }
}

// exec runs the other program while Update waits. An end that comes meanwhile reaches it too.
func (s *session) exec(m execMsg) tea.Cmd {
	s.release()
	resume := s.yieldSignals()
	err := s.runChild(m.cmd)
	resume()
	s.take()
	s.pushSize()
	if m.done == nil {
		return nil
	}
	return func() tea.Msg { return m.done(err) }
}

func (s *session) runChild(c *exec.Cmd) error {
	if c.Stdin == nil {
		c.Stdin = s.opts.In
	}
	if c.Stdout == nil {
		c.Stdout = s.opts.Out
	}
	if c.Stderr == nil {
		c.Stderr = os.Stderr
	}
	s.mu.Lock()
	if s.over {
		s.mu.Unlock()
		return os.ErrProcessDone
	}
	if err := c.Start(); err != nil {
		s.mu.Unlock()
		return err
	}
	s.child = c.Process
	s.mu.Unlock()
	err := c.Wait()
	s.mu.Lock()
	s.child = nil
	s.mu.Unlock()
	return err
}

// pushSize tells the model the size, which may have changed while somebody else had the terminal.
func (s *session) pushSize() {
	w, h := s.tty.size()
	s.queue.push(tea.WindowSizeMsg{Width: w, Height: h})
}
