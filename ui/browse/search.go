package browse

import (
	tea "github.com/charmbracelet/bubbletea"

	"errata/ui/keys"
)

// promptKeys are the keys while a search is typed.
var promptKeys = keys.Map{Title: "Search", Bindings: []keys.Binding{
	keys.Bind(keys.Accept, "search "+Searched+" on the server", "enter").Hinted("search"),
	keys.Bind(keys.Close, "close", "esc").Hinted("close"),
}}

// Searched is where a search of the server looks, for a sentence.
const Searched = "inputs and outputs"

const promptLabel = "search " + Searched + ": "

// promptKey is a key while a search is typed. It opens with the one in force, selected.
func (m *Model) promptKey(msg tea.KeyMsg) tea.Cmd {
	action := promptKeys.Action(msg.String())
	switch {
	case m.prompt.Pending() || action == "":
		m.prompt.Update(msg)
	case action == keys.Close:
		m.prompt = nil
	default:
		q := m.query
		q.Search = m.prompt.Text()
		m.prompt = nil
		if q == m.query {
			return nil
		}
		return m.choose(q)
	}
	return nil
}
