package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"errata/model"
	"errata/ui/bars"
	"errata/ui/conflict"
)

// settling asks which values to take when fields were changed here and on the server.
type settling struct {
	*session
	reviewing *reviewing
}

func (s *settling) take(msg tea.Msg) (cmd tea.Cmd, mine bool) {
	switch msg := msg.(type) {
	case conflict.ResolvedMsg:
		return s.resolved(msg.Changes), true
	case conflict.CloseMsg:
		s.clash = nil
		return nil, true
	}
	return nil, false
}

// open shows the fields that were changed here and in a newer reading of the log.
func (s *settling) open(newer *model.Log, fields []*model.Field) {
	s.clash = conflict.New(s.form.Changes(), newer, fields, s.th, conflict.Options{Server: s.o.Server, Keep: s.form.Keep, Divider: &s.rules.conflict})
	s.clash.SetSize(s.w, s.h)
}

// resolved takes the changes as they were decided, and shows what is to be sent.
func (s *settling) resolved(changes *model.ChangeSet) tea.Cmd {
	s.clash = nil
	s.form.Rebased(changes, "")
	switch {
	case s.form.Fix(): // an own text that was chosen may not be a valid value
	case s.form.Unsent() == 0:
		s.say(bars.News{Text: "nothing left to send: the log is as it is on the server"})
	default:
		return s.reviewing.show(bars.News{})
	}
	return nil
}
