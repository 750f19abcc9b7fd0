package outline

import (
	tea "github.com/charmbracelet/bubbletea"

	"errata/model/jsonraw"
	"errata/model/media"
	"errata/ui/bars"
)

// SaveMsg asks to save a picture, a sound or a file that a value holds, or to open it. Data takes
// as long as it is large.
type SaveMsg struct {
	Kind string // image, audio, video or file
	Name string // of a file that would fit
	Data func() ([]byte, error)
}

// Save is the command that asks for data to be saved under a name. The name that the data have
// themselves counts.
func Save(d media.Data, name string) tea.Cmd {
	if d.Name != "" {
		name = d.Name
	}
	return func() tea.Msg { return SaveMsg{Kind: d.Kind, Name: name, Data: d.Bytes} }
}

// data is what the string of a node is, if it is a picture, a sound or a file.
func (s *spot) data() (media.Data, bool) {
	if s.node == nil || s.node.Kind() != jsonraw.String {
		return media.Data{}, false
	}
	name, _, _ := s.name()
	return media.Of(name, s.node.Bytes())
}

// save asks for what is under the cursor to be saved.
func (m *Model) save(s spot) tea.Cmd {
	d, ok := s.data()
	if !ok {
		m.say(bars.Info, "there is no image, sound or file under the cursor")
		return nil
	}
	return Save(d, d.Kind+d.Suffix())
}
