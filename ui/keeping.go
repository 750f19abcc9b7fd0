package ui

import tea "github.com/charmbracelet/bubbletea"

// keeping reports when a draft that waited for its disk is written.
type keeping struct{ *session }

func (k *keeping) take(msg tea.Msg) (cmd tea.Cmd, mine bool) {
	m, mine := msg.(caughtUpMsg)
	if f := k.forms[m.id]; mine && f != nil && k.drafts.get(m.id).draft == m.draft {
		f.KeptAgain(m.draft.Err())
	}
	return nil, mine
}
