package ui

import (
	"errata/model"
	"errata/model/figure"
	"errata/model/jsonraw"
	"errata/ui/bars"
	"errata/ui/draft"
)

// restoring puts the work of a draft into the form that was opened.
type restoring struct {
	*session
	settling *settling
}

// restore puts the work of a draft into the open form, and says so. When the log has changed since,
// an open editor is closed, because its text has to be merged with what somebody else wrote.
func (r *restoring) restore(log *model.Log, t taken) {
	if t.off != nil {
		r.form.Off(t.off)
	}
	if t.state == nil || len(t.state.Changes) == 0 && len(t.state.Said) == 0 && t.state.Open == nil && t.state.External == nil {
		r.sayLost(t.state)
		return
	}
	changes, moved := revive(log, t.state)
	r.form.Rebased(changes, "")
	r.form.Restore(t.state)
	var external bars.News
	if t.state.External != nil {
		external = r.form.Collect(*t.state.External)
		if external.Text == "" && len(t.state.Changes) == 0 && len(t.state.Said) == 0 && t.state.Open == nil {
			return // the editor had saved nothing
		}
	}
	met := model.Rebased{}
	if moved {
		r.form.Commit()
		changes = r.form.Changes().Clone()
		if met = changes.Rebase(log); len(met.Conflicts) == 0 {
			r.form.Rebased(changes, "")
		}
	}
	text := "restored unsaved work of " + t.state.Made.Local().Format("2 Jan 15:04")
	if len(met.Merged) > 0 {
		text += "; changed on the server meanwhile and merged: " + model.Names(met.Merged)
	}
	if external.Text != "" {
		text += "; " + external.Text
	}
	r.say(bars.News{Level: max(bars.Good, external.Level), Text: text})
	r.sayLost(t.state)
	if len(met.Conflicts) > 0 {
		r.settling.open(log, met.Conflicts)
	}
}

// sayLost reports what of a draft could not be read.
func (r *restoring) sayLost(s *draft.State) {
	if s == nil || s.Lost == 0 {
		return
	}
	text := "the end of the draft could not be read: " + figure.Count(int(s.Lost), "byte")
	if s.LostFile != "" {
		text += ", kept in " + s.LostFile
	}
	r.say(bars.News{Level: bars.Warning, Text: text})
}

// revive makes the change set of a draft. moved reports whether the log has changed since: then the
// change set is on the old values, as far as the draft has them, to be rebased on the log.
func revive(log *model.Log, s *draft.State) (changes *model.ChangeSet, moved bool) {
	base := log
	if older := outdated(log, s); len(older) > 0 {
		if doc, err := jsonraw.Set(log.Bytes(), older); err == nil {
			if was, err := model.ParseLog(doc); err == nil {
				base, moved = was, true
			}
		}
	}
	changes = model.NewChangeSet(base)
	for _, c := range s.Changes {
		changes.Put(c.Field, c.Edit, true)
	}
	return changes, moved
}

// outdated are the old values, in the draft, of the fields that have other values in the log now,
// including the field of an open editor.
func outdated(log *model.Log, s *draft.State) (older []jsonraw.Edit) {
	for _, f := range model.Form() {
		base, known := s.Base(f)
		if !known || base.Equal(log.Value(f)) {
			continue
		}
		if base.IsAbsent() {
			base = model.Null
		}
		older = append(older, jsonraw.Edit{Name: f.Name, Val: base.Bytes()})
	}
	return older
}
