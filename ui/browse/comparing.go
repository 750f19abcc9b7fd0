package browse

import (
	"errata/model/figure"
	"errata/ui/bars"
)

// CompareMsg asks for two logs to be compared.
type CompareMsg struct{ IDs [2]string }

// compare asks for the two marked logs to be compared.
func (m *Model) compare() {
	ids := m.Marked()
	if len(ids) != 2 {
		n := figure.Count(len(ids), "log") + " marked"
		if len(ids) == 0 {
			n = "none is marked"
		}
		m.Say(bars.News{Level: bars.Warning, Text: "D compares two marked logs, and " + n + ": space marks"})
		return
	}
	m.want = CompareMsg{[2]string(ids)}
}
