package history

import (
	"errors"
	"fmt"
	"iter"
	"testing"
	"time"

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

// driver runs the screen without a program.
type driver struct {
	*Model
	uitest.Stage
	t *testing.T
}

// drive is the screen with its first rows.
func drive(t *testing.T, s Source, w, h int) *driver {
	t.Helper()
	d := seat(t, s, w, h)
	d.Run(d.Init())
	return d
}

// seat is the screen before it reads.
func seat(t *testing.T, s Source, w, h int) *driver {
	t.Helper()
	m := New(s, theme.None(), Options{Server: "logs.example", Title: "all logs", ServerID: here})
	d := &driver{Model: m, Stage: uitest.Stage{On: m.Update}, t: t}
	d.SetSize(w, h)
	t.Cleanup(func() { d.End()() })
	return d
}

// press presses keys, named or runs of letters.
func (d *driver) press(list ...string) *driver {
	d.Press(list...)
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
