package draft

import (
	"context"
	"errors"
	"fmt"
	"os"

	"errata/model"
)

// Mask takes out of a value of a field what must not be kept.
type Mask func(f *model.Field, v model.Value) model.Value

// errExternal is met where a program has a text: its words are not to be had.
var errExternal = errors.New("another program has a text of it; end that, and open the log once")

// Redact masks all texts of a draft, if anything in it has to be masked or found says so of its
// file, and reports whether that was so. Nothing else of the file is left then: no history, no
// earlier text, nothing unreadable. A text that was being typed becomes its value, or the edit that
// is not a value. The error is a *HeldError while a process has the draft.
func (s *Store) Redact(ctx context.Context, info Info, mask Mask, found func(file []byte) bool) (done bool, err error) {
	if info.External.holdsText() {
		return false, fmt.Errorf("the draft of log %s: %w", info.LogID, errExternal)
	}
	d, state, err := s.Take(ctx, info.Identity, false)
	if err != nil {
		return false, err
	}
	d.cancelPrewrite()
	events, changed := maskedEvents(state, mask)
	if changed || s.holds(info.path, found) {
		done, err = true, d.masked(ctx, state, events)
	}
	if err = errors.Join(err, d.Close(ctx)); err != nil || !done {
		return false, err
	}
	return true, s.leave(info.path)
}

// holds reports whether something is found in the files of a draft.
func (s *Store) holds(path string, found func([]byte) bool) bool {
	for _, suffix := range []string{records, unread} {
		if data, err := s.o.FS.ReadFile(path + suffix); err == nil && found(data) {
			return true
		}
	}
	return false
}

// masked makes the file one of some events alone.
func (d *Draft) masked(ctx context.Context, state *State, events []Event) error {
	d.work.Lock()
	defer d.work.Unlock()
	now := newLive(header{state.Identity, state.Made})
	for _, e := range events {
		if err := now.apply(e); err != nil {
			return err
		}
	}
	d.mu.Lock()
	d.live, d.lost, d.queue = now, false, batch{}
	d.mu.Unlock()
	return d.replace(ctx)
}

// leave removes what is beside the file of a draft.
func (s *Store) leave(path string) error {
	if err := s.o.FS.Remove(path + unread); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if err := os.RemoveAll(path + externalDir); err != nil {
		return err
	}
	return s.o.FS.SyncDir(s.dir)
}

// maskedEvents are what makes a draft of the changes of another, masked; changed reports whether
// that is anything else.
func maskedEvents(state *State, mask Mask) (list []Event, changed bool) {
	changes := state.Changes
	if o := state.Open; o != nil {
		typed := model.Edit{Text: string(o.Text), Err: ErrTyping}
		changes = append(without(changes, o.Field), Change{o.Field, o.Base, typed})
	}
	for _, c := range changes {
		base, edit := mask(c.Field, c.Base), maskedEdit(c, mask)
		changed = changed || !base.Equal(c.Base) || !mask(c.Field, c.Edit.Value).Equal(c.Edit.Value) ||
			c.Edit.Err != nil && maskedText(c.Field, c.Edit.Text, mask) != c.Edit.Text
		if edit.Err != nil || !edit.Value.Equal(base) {
			list = append(list, Put{c.Field, base, &edit})
		}
	}
	for _, said := range state.Said {
		value := mask(nil, said.Value)
		changed = changed || !value.Equal(said.Value)
		said.Value = value
		list = append(list, Say{said.Evaluator.ID, &said})
	}
	return list, changed
}

// maskedEdit masks an edit. A text is read again: what was wrong with it may have quoted it.
func maskedEdit(c Change, mask Mask) model.Edit {
	if c.Edit.Err == nil {
		return model.Edit{Value: mask(c.Field, c.Edit.Value)}
	}
	text := maskedText(c.Field, c.Edit.Text, mask)
	v, err := c.Field.Parse(text, c.Base)
	if err != nil {
		return model.Edit{Text: text, Err: err}
	}
	return model.Edit{Value: v}
}

func without(changes []Change, f *model.Field) (list []Change) {
	for _, c := range changes {
		if c.Field != f {
			list = append(list, c)
		}
	}
	return list
}

// maskedText masks a text that is not a value of its field.
func maskedText(f *model.Field, text string, mask Mask) string {
	v, err := model.String(text)
	if err != nil {
		return ""
	}
	text, _ = mask(f, v).Text()
	return text
}
