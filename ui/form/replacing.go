package form

import (
	"errors"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model"
	"errata/model/path"
	"errata/model/replace"
	"errata/model/tree"
	"errata/ui/bars"
	"errata/ui/draft"
	"errata/ui/find"
	"errata/ui/keys"
)

// asksToReplace reports whether a key begins to replace, from a search line: what the line asks
// for, and the field in whose editor it is open, nil if it is that of the form.
func (m *Model) asksToReplace(msg tea.KeyMsg) (asked find.Last, in *model.Field, ok bool) {
	if keys.Prompt.Action(msg.String()) != keys.Replace {
		return asked, nil, false
	}
	switch {
	case m.search.prompt != nil:
		return m.search.prompt.Asked(), nil, !m.search.prompt.Pending()
	case m.finds():
		return m.edit.find.Asked(), m.edit.field, true
	case m.built != nil:
		asked, ok = m.built.st.Asked()
		return asked, m.built.field, ok
	case m.looking() != nil:
		asked, ok = m.looking().Asked()
	}
	return asked, nil, ok
}

// replace asks what takes the place of what is looked for, in one field or in all. An editor that
// is open keeps its text, and opens again afterwards where it stood.
func (m *Model) replace(asked find.Last, in *model.Field) {
	m.search.prompt, m.reopens = nil, nil
	switch {
	case m.refusesEdits():
	case m.looking() != nil:
		m.Say(bars.News{Level: bars.Warning, Text: "nothing can be changed here"})
	case asked.Query == "":
		m.Say(bars.News{Text: "there is nothing to look for yet: type it, then ctrl+r"})
	default:
		*m.o.Searched = asked
		site := &fieldSite{m: m, only: in}
		if in != nil {
			at := m.leaving(in, site)
			m.Commit()
			m.reopens = at
		}
		m.replacing.Open(site, asked, m.th)
		if m.reopens != nil {
			m.replacing.Within()
		}
	}
}

// replacingKey is a key, or a paste, while something is replaced.
func (m *Model) replacingKey(msg tea.Msg) tea.Cmd {
	if said := m.replacing.Key(msg); said.Text != "" {
		m.Say(said)
	}
	if m.replacing.IsOpen() || m.reopens == nil {
		return nil
	}
	return m.reopen()
}

// spotList is the hits of a replacement, and in which value each is.
type spotList struct {
	rule  *replace.Replacer
	spots []find.Spot
	of    []int // the number of the value
}

// look lists the hits of a value; above is the path to it.
func (l *spotList) look(of int, above path.Path, raw []byte) {
	_, _ = l.rule.Each(raw, func(at replace.Spot) bool {
		where := slices.Concat(above, at.Path).String()
		l.spots, l.of = append(l.spots, find.Spot{Where: where, Text: at.Text, Hit: at.Hit}), append(l.of, of)
		return false
	})
}

// with is a value with those of its hits replaced that were answered with yes.
func (l *spotList) with(of int, raw []byte, yes []bool) ([]byte, error) {
	n := slices.Index(l.of, of) - 1
	return l.rule.Each(raw, func(replace.Spot) bool { n++; return yes[n] })
}

// fieldSite is all fields of the log, from the one under the cursor on and around.
type fieldSite struct {
	spotList
	m      *Model
	only   *model.Field // nil for all
	fields []*model.Field
	was    []*model.Edit // the edits of the fields ahead of the replacement
	raw    [][]byte
	steps  int    // of undo that were made
	yes    []bool // which hits were replaced
}

// Spots lists the hits. Fields that cannot be edited, and times, are passed over.
func (s *fieldSite) Spots(r *replace.Replacer) []find.Spot {
	s.rule = r
	rows := slices.Concat(s.m.rows[s.m.cursor:], s.m.rows[:s.m.cursor])
	for _, row := range rows {
		if row.field == nil || s.only != nil && row.field != s.only || row.field.Kind == model.Datetime || s.m.locked(row) != "" {
			continue
		}
		raw := s.literal(row.field)
		if raw == nil {
			continue
		}
		s.look(len(s.fields), path.Path{path.Member(row.field.Name)}, raw)
		s.fields, s.was, s.raw = append(s.fields, row.field), append(s.was, s.m.edited(row.field)), append(s.raw, raw)
	}
	return s.spots
}

// literal is a field as it is replaced in: its value, or as a string the text that is none yet; nil
// if there is nothing.
func (s *fieldSite) literal(f *model.Field) []byte {
	v := s.m.changes.Value(f)
	if edit := s.m.edited(f); edit != nil && edit.Err != nil {
		v, _ = model.String(edit.Text)
	}
	if !v.IsSet() {
		return nil
	}
	return v.Bytes()
}

// Show goes to the field of a hit.
func (s *fieldSite) Show(i int) { s.m.moveTo(s.m.rowOf(s.fields[s.of[i]])) }

// Put replaces what was answered with yes. What it did before is taken back for that, so that all
// of it is one step.
func (s *fieldSite) Put(yes []bool, _ bool) (err error) {
	s.yes = yes
	for ; s.steps > 0; s.steps-- {
		step, _ := s.m.history.Undo()
		s.m.put(step.Field, step.Before)
		s.m.touched(step.Field)
		s.m.keep(draft.Undo{})
	}
	for i, f := range s.fields {
		now, wrong := s.with(i, s.raw[i], yes)
		if wrong != nil {
			err = errors.Join(err, wrong)
			continue
		}
		before := s.m.edited(f)
		s.place(f, before, now)
		events := s.m.joined(f, before, s.steps > 0)
		s.m.keep(events...)
		s.steps += len(events)
	}
	return err
}

// place gives a field another value, or text. One that cannot be its value is kept as text.
func (s *fieldSite) place(f *model.Field, before *model.Edit, now []byte) {
	if before != nil && before.Err != nil {
		text, _ := model.Raw(now).Text()
		_ = s.m.changes.SetText(f, text)
		return
	}
	_ = setRoot(s.m.changes, f, model.Absent, tree.New(now))
}
