package model

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"errata/model/path"
	"errata/model/tree"
)

// Edits are the changes to make to a log, carried out in the order of the members of this struct: a
// value that was assigned can then be copied or moved, and positions to remove are those of that
// moment.
type Edits struct {
	Assign    []Assignment
	Transfers []Transfer
	Remove    []Target
}

// Transfer copies a value to another place, or moves it there.
type Transfer struct {
	From, To Target
	Move     bool
}

// Empty reports whether there is nothing to do.
func (e Edits) Empty() bool { return len(e.Assign)+len(e.Transfers)+len(e.Remove) == 0 }

// Carry carries edits out. The error joins a *ParseError for each that is refused; then nothing is
// changed. A value is checked once all edits are done, so that they may build it step by step.
func (c *ChangeSet) Carry(e Edits) error {
	before, notes := maps.Clone(c.edits), len(c.notes)
	ed := &editing{ChangeSet: c, touched: map[*Field]bool{}}
	for _, a := range e.Assign {
		ed.refuse(ed.assign(a))
	}
	for _, t := range e.Transfers {
		ed.refuse(ed.transfer(t))
	}
	ed.remove(e.Remove)
	ed.check()
	if len(ed.refused) > 0 {
		c.edits, c.notes = before, c.notes[:notes]
	}
	return errors.Join(ed.refused...)
}

// Assign carries one assignment out. The error is a *ParseError; then nothing is changed.
func (c *ChangeSet) Assign(a Assignment) error {
	var refused *ParseError
	if err := c.Carry(Edits{Assign: []Assignment{a}}); errors.As(err, &refused) {
		return refused
	}
	return nil
}

// Notes are how names with dots were taken by the edits, where they could mean something else.
func (c *ChangeSet) Notes() []string { return c.notes }

// editing is edits that are being carried out.
type editing struct {
	*ChangeSet
	touched map[*Field]bool // within their values, so that these are still to be checked
	refused []error
}

func (ed *editing) refuse(err error) {
	if err != nil {
		ed.refused = append(ed.refused, err)
	}
}

// assign gives a field or a place in it a value.
func (ed *editing) assign(a Assignment) error {
	if a.whole() && !a.Append {
		v, err := ed.assigned(a)
		if err == nil {
			ed.Set(a.Field, v)
		}
		return err
	}
	raw, err := a.literal()
	if err != nil {
		return err
	}
	put := path.Set
	if a.Append {
		put = path.Append
		if ed.has(a.Target, "+") {
			ed.note(fmt.Sprintf("%s gets one element more; write %s for the member of that name", a.Target, a.suffixed("+")))
		}
	}
	return ed.within(a.Field, func(root *tree.Node) (*tree.Node, error) {
		now, note, err := put(root, a.Path, tree.New(raw))
		ed.note(note)
		return now, err
	}, a.Field)
}

// suffixed is the path to the member whose name has a suffix more.
func (t Target) suffixed(suffix string) path.Path {
	last := len(t.Path) - 1
	return append(t.Path[:last:last], path.Member(t.Path[last].Name+suffix))
}

// has reports whether there is a member of a name with a suffix more.
func (ed *editing) has(t Target, suffix string) bool {
	if t.whole() || t.Path[len(t.Path)-1].Element {
		return false
	}
	_, _, err := path.Get(ed.root(t.Field), t.suffixed(suffix))
	return err == nil
}

func (ed *editing) note(s string) {
	if s != "" {
		ed.notes = append(slices.Clip(ed.notes), s)
	}
}

// transfer copies or moves a value, from one field to another as well.
func (ed *editing) transfer(t Transfer) error {
	do := path.Copy
	if t.Move {
		do = path.Move
		if t.From.whole() {
			return cannotGo(t.From.Field, "moved; --copy it, and then "+t.From.Field.Name+":=null makes it null")
		}
	}
	return ed.within(t.From.Field, func(root *tree.Node) (*tree.Node, error) {
		now, note, err := do(root, t.From.Path, t.To.Path)
		ed.note(note)
		return now, err
	}, t.From.Field, t.To.Field)
}

// cannotGo refuses to take a field away, which no PATCH can.
func cannotGo(f *Field, rest string) error {
	return &ParseError{Field: f, Msg: fmt.Sprintf("%s is a field, and cannot be %s", f.Name, rest)}
}

// remove takes values out of their fields, field by field.
func (ed *editing) remove(targets []Target) {
	for _, f := range fields {
		var paths []path.Path
		for _, t := range targets {
			switch {
			case t.Field != f:
			case t.whole():
				ed.refuse(cannotGo(f, "taken out: "+f.Name+":=null makes it null"))
			default:
				paths = append(paths, t.Path)
			}
		}
		if len(paths) == 0 {
			continue
		}
		ed.refuse(ed.within(f, func(root *tree.Node) (*tree.Node, error) {
			now, notes, err := path.Remove(root, paths...)
			for _, note := range notes {
				ed.note(note)
			}
			return now, err
		}, f))
	}
}

// root is an object of the fields as they are at this point.
func (c *ChangeSet) root(of ...*Field) *tree.Node {
	var list []tree.Entry
	for i, f := range of {
		if v := c.Value(f); !v.IsAbsent() && !slices.Contains(of[:i], f) {
			list = append(list, tree.Entry{Name: f.Name, Node: tree.New(v.Bytes())})
		}
	}
	root, _ := tree.Object(list...) // the wire names can be written
	return root
}

// within changes what is in the values of fields. An error is about one of them.
func (ed *editing) within(told *Field, do func(*tree.Node) (*tree.Node, error), of ...*Field) error {
	was := ed.root(of...)
	now, err := do(was)
	if err != nil {
		var missing *path.Error
		return &ParseError{Field: told, Msg: err.Error(), Missing: errors.As(err, &missing) && missing.Missing}
	}
	for _, f := range of {
		after, there := now.Find(f.Name)
		before, stood := was.Find(f.Name)
		if there && (!stood || !now.Child(after).Same(was.Child(before))) {
			ed.touched[f] = true
			ed.Set(f, Value{raw: now.Child(after).Bytes()})
		}
	}
	return nil
}

// check refuses the fields whose values became what they cannot be.
func (ed *editing) check() {
	for _, f := range fields {
		if !ed.touched[f] {
			continue
		}
		if p, wrong := f.refusal(ed.Value(f), ed.base.Value(f)); wrong {
			ed.refuse(&ParseError{Field: f, Msg: p.Msg})
		}
	}
}
