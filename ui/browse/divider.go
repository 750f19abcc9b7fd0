package browse

import (
	"errata/ui/bars"
	"errata/ui/layout"
)

// Rule is where the rule between the table and the preview is; it has no cells if there is none.
func (m *Model) Rule() layout.Rect {
	p := m.parts()
	if p.pane.W == 0 || m.picker != nil || m.chooser != nil {
		return layout.Rect{}
	}
	return layout.Rect{X: p.rows.W, Y: p.body.Y, W: layout.RuleWidth, H: p.body.H}
}

// Divide puts the rule into a column, 0 for where the layout puts it.
func (m *Model) Divide(column int) {
	m.divider = layout.Divider(column)
	m.SetSize(m.w, m.h)
}

// shiftRule moves the rule by columns.
func (m *Model) shiftRule(by int) {
	rule := m.Rule()
	if rule.W == 0 {
		m.news = bars.News{Text: bars.NothingBeside(previewFrom)}
		return
	}
	m.Divide(m.divider.In(m.w, rule.X) + by)
}
