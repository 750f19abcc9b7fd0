package history

import (
	"errors"
	"fmt"
	"iter"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"errata/api/journal"
	"errata/model"
	"errata/ui/theme"
	"errata/ui/uitest"
)

const here = "https://logs.example/v5"

// shelf is a Source in memory.
type shelf struct {
	list  []record
	asked []journal.Filter
	given int  // records that were handed out
	ended bool // nobody reads on
}

func (s *shelf) Entries(f journal.Filter) iter.Seq2[journal.Entry, error] {
	s.asked = append(s.asked, f)
	return func(yield func(journal.Entry, error) bool) {
		defer func() { s.ended = true }()
		for _, r := range s.list {
			s.given++
			if !yield(r.entry, r.err) {
				return
			}
		}
	}
}

// changed is a change of a field from one literal to another; "" is absent.
func changed(t testing.TB, name, before, after string) journal.Change {
	t.Helper()
	f, ok := model.Lookup(name)
	if !ok {
		t.Fatalf("no field %q", name)
	}
	return journal.Change{Field: f, Old: value(before), New: value(after)}
}

func value(literal string) model.Value {
	if literal == "" {
		return model.Absent
	}
	return model.Raw([]byte(literal))
}

// sent is entry i of a list, the newest being 0.
func sent(i int, o journal.Outcome, changes ...journal.Change) record {
	return record{entry: journal.Entry{
		ID:      fmt.Sprintf("0000000000%03d", 999-i),
		Time:    time.Date(2026, 3, 20, 12, 0, 0, 0, time.UTC).Add(-time.Duration(i) * time.Hour),
		Server:  here,
		LogID:   fmt.Sprintf("log_%03d", i),
		Changes: changes,
		Outcome: o,
	}}
}

func damaged() record { return record{err: errors.New("a damaged record in 00000001.jsonl")} }

// many is n entries, each with the output changed.
func many(t testing.TB, n int) *shelf {
	s := &shelf{}
	for i := range n {
		s.list = append(s.list, sent(i, journal.Verified, changed(t, "output", `"before"`, fmt.Sprintf(`"after %d"`, i))))
	}
	return s
}

// driver runs the screen without a program: commands are carried out at once, unless they are held.
type driver struct {
	*Model
	t    *testing.T
	said []tea.Msg // what the screen said to the program
	hold bool
	held []tea.Cmd
}

// drive is the screen with its first rows.
func drive(t *testing.T, s Source, w, h int) *driver {
	t.Helper()
	d := seat(t, s, w, h)
	d.run(d.Init())
	return d
}

// seat is the screen before it reads.
func seat(t *testing.T, s Source, w, h int) *driver {
	t.Helper()
	d := &driver{t: t}
	d.Model = New(s, theme.None(), Options{Server: "logs.example", Title: "all logs", ServerID: here})
	d.SetSize(w, h)
	t.Cleanup(func() { d.End()() })
	return d
}

// Update keeps what the screen wants.
func (d *driver) Update(msg tea.Msg) tea.Cmd {
	cmd, want := d.Model.Update(msg)
	if want != nil {
		d.said = append(d.said, want)
	}
	return cmd
}

func (d *driver) run(cmd tea.Cmd) {
	switch {
	case cmd == nil:
		return
	case d.hold:
		d.held = append(d.held, cmd)
		return
	}
	uitest.Carry(cmd, d.run, func(msg tea.Msg) { d.run(d.Update(msg)) })
}

// release carries out what was held.
func (d *driver) release() {
	held := d.held
	d.hold, d.held = false, nil
	for _, c := range held {
		d.run(c)
	}
}

var named = map[string]tea.KeyType{
	"enter": tea.KeyEnter, "esc": tea.KeyEsc, "up": tea.KeyUp, "down": tea.KeyDown, "home": tea.KeyHome, "end": tea.KeyEnd,
	"pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown, "backspace": tea.KeyBackspace, "ctrl+d": tea.KeyCtrlD, "ctrl+u": tea.KeyCtrlU,
}

// press presses keys, named or runs of letters.
func (d *driver) press(list ...string) *driver {
	for _, k := range list {
		if kind, ok := named[k]; ok {
			d.run(d.Update(tea.KeyMsg{Type: kind}))
			continue
		}
		for _, r := range k {
			d.run(d.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}}))
		}
	}
	return d
}

// frame is the view as it is read.
func (d *driver) frame() string { return uitest.Reads(d.View()) }

func (d *driver) shows(parts ...string) {
	d.t.Helper()
	uitest.Sees(d.t, d.View(), parts...)
}

func (d *driver) lacks(parts ...string) {
	d.t.Helper()
	uitest.Misses(d.t, d.View(), parts...)
}

// at fails the test unless the cursor is on the entry of a log.
func (d *driver) at(log string) {
	d.t.Helper()
	if r, _ := d.selected(); r.entry.LogID != log {
		d.t.Errorf("the cursor is on %q, want %q", r.entry.LogID, log)
	}
}
