package chat

// Folds is how the messages are shown that somebody folded or unfolded, by their positions; -1 is
// for all others.
func (m *view) Folds() any {
	list := map[int]fold{}
	if m.folds.all != nil {
		list[-1] = *m.folds.all
	}
	if len(m.folds.by) == 0 {
		return list
	}
	for i := range m.count() {
		if how, ok := m.folds.by[m.message(i)]; ok {
			list[i] = how
		}
	}
	return list
}

// Fold shows the messages as in another conversation whose state Folds returned.
func (m *view) Fold(folds any) {
	list, _ := folds.(map[int]fold)
	for i, how := range list {
		switch {
		case i < 0:
			m.folds.all = &how
		case i < m.count():
			m.folds.by[m.message(i)] = how
		}
	}
	m.forget()
}
