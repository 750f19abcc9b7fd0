package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"errata/ui/bars"
	"errata/ui/editor"
	"errata/ui/keys"
)

// escapedMsg is a key that came right behind esc.
type escapedMsg struct{ key tea.KeyMsg }

// apart takes esc and the key behind it that came as one, alt with the key: tmux waits half a
// second for what may belong to an esc, and a slow line delivers both at once. Alt with a key that
// means nothing here is meant so.
func (r *root) apart(msg tea.KeyMsg) (cmd tea.Cmd, yes bool) {
	if !msg.Alt || r.bound(msg.String()) {
		return nil, false
	}
	cmd = r.key(tea.KeyMsg{Type: tea.KeyEsc})
	msg.Alt = false
	return tea.Batch(cmd, r.escaped(escapedMsg{msg})), true
}

// escaped takes the key, once esc was carried out. One that would change a value is not carried
// out, as alt with it may have been meant after all.
func (r *root) escaped(msg escapedMsg) tea.Cmd {
	name := msg.key.String()
	switch {
	case r.awaiting():
		r.typed = append(r.typed, msg)
	case r.changes(msg.key):
		if name == " " {
			name = "space"
		}
		r.say(bars.News{Level: bars.Warning, Text: "esc; press " + name + " again"})
	default:
		return r.key(msg.key)
	}
	return nil
}

// bound tells whether a key means something just now, to the screen or to the text that is typed.
func (r *root) bound(key string) bool {
	if r.ask != nil || r.help != nil || r.top() == nil {
		return false
	}
	maps := append([]keys.Map{keys.Global}, r.top().Keys()...)
	if r.capturing() {
		maps = append(maps, keys.Of("", editor.Bindings(false)))
	}
	for _, m := range maps {
		if _, ok := m.Find(key); ok {
			return true
		}
	}
	return false
}

// changes tells whether a key would change a value just now, as the tables of keys say, or be typed
// into one.
func (r *root) changes(key tea.KeyMsg) bool {
	top := r.top()
	if top == nil || r.ask != nil || r.help != nil {
		return false
	}
	if top.Capturing() && len(key.Runes) > 0 {
		return true
	}
	for _, m := range top.Keys() {
		if b, ok := m.Find(key.String()); ok && b.Changes {
			return true
		}
	}
	return false
}
