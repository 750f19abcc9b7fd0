package term

import tea "github.com/charmbracelet/bubbletea"

// mouseSGR is a mouse event told in decimal numbers: button, column and row from 1; m is a release.
func mouseSGR(params []byte, final byte) tea.Msg {
	p, ok := integers(params)
	if !ok || len(p) != 3 || final != 'M' && final != 'm' || p[1] < 1 || p[2] < 1 {
		return nil
	}
	e := mouse(p[0])
	if final == 'm' && e.Action == tea.MouseActionPress && !e.IsWheel() {
		e.Action = tea.MouseActionRelease
	}
	e.X, e.Y = p[1]-1, p[2]-1
	return tea.MouseMsg(e)
}

// mouseX10 is a mouse event told in three bytes, each 32 more than its value.
func mouseX10(b []byte) tea.Msg {
	if len(b) != 3 || b[0] < 32 || b[1] < 33 || b[2] < 33 {
		return nil
	}
	e := mouse(int(b[0]) - 32)
	e.X, e.Y = int(b[1])-33, int(b[2])-33
	return tea.MouseMsg(e)
}

// mouse reads the bits of a button number.
func mouse(bits int) tea.MouseEvent {
	e := tea.MouseEvent{Shift: bits&4 != 0, Alt: bits&8 != 0, Ctrl: bits&16 != 0}
	n := tea.MouseButton(bits & 3)
	switch {
	case bits&128 != 0:
		e.Button = tea.MouseButtonBackward + n
	case bits&64 != 0:
		e.Button = tea.MouseButtonWheelUp + n
	case n == 3: // some button was released, X10 does not say which
		e.Action = tea.MouseActionRelease
	default:
		e.Button = tea.MouseButtonLeft + n
	}
	if bits&32 != 0 && !e.IsWheel() {
		e.Action = tea.MouseActionMotion
	}
	return e
}

// WheelRows is how many rows one notch of the wheel scrolls.
const WheelRows = 3

// Wheel is the notch by which the wheel was turned: 1 down, -1 up, 0 for any other event.
func Wheel(msg tea.MouseMsg) int {
	switch msg.Button {
	case tea.MouseButtonWheelUp:
		return -1
	case tea.MouseButtonWheelDown:
		return 1
	}
	return 0
}

// ClickMsg is a press of the left button on a cell; X and Y count from 0. A second press on the
// same cell, soon after the first, is Double.
type ClickMsg struct {
	X, Y   int
	Double bool
}

// In is the click as seen from a part of the screen that begins at a cell.
func (c ClickMsg) In(x, y int) ClickMsg {
	c.X, c.Y = c.X-x, c.Y-y
	return c
}
