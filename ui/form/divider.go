package form

import (
	"errata/ui/bars"
	"errata/ui/layout"
)

// Rule is where the rule between the list and the value is; it has no cells if there is none.
func (m *Model) Rule() layout.Rect { return m.parts.Rule }

// Divide puts the rule into a column, 0 for where the layout puts it. The other forms of the
// session follow when they are shown next.
func (m *Model) Divide(column int) {
	if m.parts.Wide {
		m.o.Dividers[m.share] = layout.Divider(column)
		m.fit()
	}
}

// shift moves the rule by columns.
func (m *Model) shift(by int) {
	if !m.parts.Wide {
		m.Say(bars.News{Text: bars.NothingBeside(layout.WideFrom)})
		return
	}
	m.Divide(m.parts.Rule.X + by)
}
