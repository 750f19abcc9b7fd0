package model

import (
	"errors"
	"slices"

	"errata/model/path"
	"errata/model/replace"
	"errata/model/tree"
)

// Replace replaces texts in the fields of a log as they are edited, or only in what is at some
// targets, and says where. Without targets, times are left alone: nobody who replaces words means
// them. A target that leads to nothing has no hits. The error joins a *ParseError for each field
// that would be refused; then nothing is changed.
func (c *ChangeSet) Replace(r *replace.Replacer, in []Target) (places []replace.Place, err error) {
	var refused []error
	undo := c.Clone()
	for _, f := range form {
		found, err := c.replaceIn(f, r, in)
		places = append(places, found...)
		refused = append(refused, err)
	}
	if err = errors.Join(refused...); err != nil {
		c.edits = undo.edits
	}
	return places, err
}

// replaceIn replaces in one field.
func (c *ChangeSet) replaceIn(f *Field, r *replace.Replacer, in []Target) ([]replace.Place, error) {
	v, targets := c.Value(f), below(f, in)
	if !v.IsSet() || len(in) == 0 && f.Kind == Datetime || len(in) > 0 && len(targets) == 0 {
		return nil, nil
	}
	now, places, err := replaced(f, v, r, targets)
	switch {
	case err != nil:
		return nil, &ParseError{Field: f, Msg: f.Name + ": " + err.Error()}
	case len(places) == 0:
		return nil, nil
	}
	if p, wrong := f.refusal(now, c.base.Value(f)); wrong {
		return nil, &ParseError{Field: f, Msg: p.Msg}
	}
	c.Set(f, now)
	return places, nil
}

// below lists the targets in a field; those within another one of them are left out.
func below(f *Field, in []Target) (list []Target) {
	for i, t := range in {
		within := t.Field != f
		for j, o := range in {
			n := len(o.Path)
			within = within || (n < len(t.Path) || n == len(t.Path) && j < i) && slices.Equal(o.Path, t.Path[:n])
		}
		if !within {
			list = append(list, t)
		}
	}
	return list
}

// replaced is the value of a field after a replacement in it as a whole, or in parts of it. The
// places are paths from the log down.
func replaced(f *Field, v Value, r *replace.Replacer, targets []Target) (now Value, places []replace.Place, err error) {
	root, err := tree.Object(tree.Entry{Name: f.Name, Node: tree.New(v.Bytes())})
	if err != nil {
		return v, nil, err
	}
	if len(targets) == 0 {
		targets = []Target{{f, path.Path{path.Member(f.Name)}}}
	}
	for _, t := range targets {
		at, _, err := path.Get(root, t.Path)
		if err != nil {
			continue // nothing is there
		}
		raw, found, err := r.Value(at.Bytes())
		if err != nil {
			return v, nil, err
		}
		if len(found) == 0 {
			continue
		}
		if root, _, err = path.Set(root, t.Path, tree.New(raw)); err != nil {
			return v, nil, err
		}
		for _, p := range found {
			places = append(places, replace.Place{Path: slices.Concat(t.Path, p.Path), Hits: p.Hits})
		}
	}
	return Value{raw: root.Child(0).Bytes()}, places, nil
}
