package browse

import (
	"context"
	"sync"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// storedTime is how long the store is looked through for words that complete what is typed.
const storedTime = 2 * time.Second

// storedMsg brings what is in the store.
type storedMsg struct{ seen *seen }

// learnStored looks through the store for what is in its logs, once for each list that is read.
func (m *Model) learnStored() tea.Cmd {
	if m.o.Stored == nil || m.storing || m.stored != nil {
		return nil
	}
	m.storing = true
	look := m.o.Stored
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), storedTime)
		defer cancel()
		var mu sync.Mutex
		s := newSeen()
		look(ctx, func(doc []byte) {
			mu.Lock()
			defer mu.Unlock()
			s.members("", doc, 0)
		})
		return storedMsg{s}
	}
}
