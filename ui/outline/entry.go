package outline

import (
	"errors"
	"strings"

	"errata/model/jsonraw"
	"errata/model/tree"
	"errata/ui/bars"
	"errata/ui/editor"
	"errata/ui/keys"
)

// add opens the line for something new: behind the node under the cursor, before it, or inside of
// it, at its end.
func (m *Model) add(action keys.Action) {
	switch {
	case m.root == nil:
		m.ask(tree.Path{0})
		return
	case container(m.root) && m.rows() == 0:
		m.ask(tree.Path{0})
		return
	}
	s, path, ok := m.target()
	if !ok {
		return
	}
	switch action {
	case keys.NodeInsert:
		m.ask(path)
	case keys.NodeInside:
		m.addInside(s, path)
	default:
		m.ask(nextTo(path))
	}
}

// addInside opens the line at the end of the container under the cursor, or of the one that the
// cursor is in.
func (m *Model) addInside(s spot, path tree.Path) {
	n := s.node
	if !container(n) {
		n, path = s.parent().node, path[:len(path)-1]
	} else if s.open == nil {
		m.unfoldNow(path, n)
	}
	m.ask(append(append(tree.Path(nil), path...), n.Len()))
}

// ask opens the line for something new at a place.
func (m *Model) ask(path tree.Path) {
	ed := editor.New(nil, editor.Options{Styles: bars.EditorStyles(m.o.Theme), Single: true})
	m.install(&inner{what: entering, path: path}, ed, nil)
}

// inList tells whether the place of something new is in a list.
func (m *Model) inList(path tree.Path) bool {
	up, ok := m.at(path[:len(path)-1])
	return ok && up.Kind() == array
}

// entry is what was typed for something new.
type entry struct {
	name  string
	text  string     // of the value, JSON or a string's
	json  bool       // text is JSON
	node  *tree.Node // the value; nil when text is none
	alone bool       // just a name: its empty string is to be typed next
}

// readEntry reads NAME=TEXT, NAME:=JSON or NAME; in a list TEXT, =TEXT or :=JSON. Spaces ahead of
// the sign are not part of the name; where there are any, one behind the sign is not part of the
// text.
func readEntry(typed string, list bool) (e entry, err error) {
	switch before, after, found := strings.Cut(typed, "="); {
	case list:
		if e.text, e.json = strings.CutPrefix(typed, ":="); !e.json {
			e.text = strings.TrimPrefix(typed, "=")
		}
		e.alone = typed == ""
	case found:
		before, e.json = strings.CutSuffix(before, ":")
		e.text = after
		if e.name = strings.TrimRight(before, " "); e.name != before {
			e.text = strings.TrimPrefix(after, " ")
		}
	default:
		e.name, e.alone = typed, true
	}
	if !e.json {
		e.node, err = tree.Text(e.text)
		return e, err
	}
	literal := jsonraw.Trim([]byte(e.text))
	if len(literal) == 0 {
		return e, errors.New("a value is missing after :=")
	}
	if err := jsonraw.Check(literal); err != nil {
		var fault *jsonraw.SyntaxError
		if errors.As(err, &fault) {
			return e, errors.New("no JSON after :=, " + fault.Msg + "; = takes it as a string")
		}
		return e, err
	}
	e.node = tree.New(literal)
	return e, nil
}

// keepEntry adds what was typed. Nothing typed adds nothing, but to a list: there it is the empty
// string, as a name alone is.
func (m *Model) keepEntry(in *inner) error {
	typed := string(in.ed.Text().Bytes())
	list := m.inList(in.path)
	if typed == "" && !list {
		m.close()
		return nil
	}
	e, err := readEntry(typed, list)
	if err != nil {
		return err
	}
	if err := m.free(in.path, e.name, list); err != nil {
		return err
	}
	m.close()
	if err := m.insert(in.path, e.name, e.node, nil); err != nil {
		m.inner = in
		return err
	}
	m.GoTo(in.path)
	m.warnEmpty(e.name, list)
	if e.alone {
		m.openValue(in.path, e.node, nil)
		m.inner.fresh = true
	}
	return nil
}

// free tells that no other member has a name.
func (m *Model) free(path tree.Path, name string, list bool) error {
	up, ok := m.at(path[:len(path)-1])
	if !ok || list {
		return nil
	}
	if i, taken := up.Find(name); taken && (m.inner.what == entering || i != path[len(path)-1]) {
		return errors.New("the name " + quoteShort(name) + " stands already")
	}
	return nil
}

func (m *Model) warnEmpty(name string, list bool) {
	if name == "" && !list {
		m.say(bars.Warning, "the name is empty; r renames it")
	}
}

// rename opens the name of the member under the cursor.
func (m *Model) rename() {
	s, path, ok := m.target()
	if !ok {
		return
	}
	name, _, named := s.name()
	if !named {
		m.say(bars.Info, "the elements of a list have no names; J and K move them")
		return
	}
	ed := editor.New([]byte(name), editor.Options{Styles: bars.EditorStyles(m.o.Theme), Single: true})
	m.install(&inner{what: naming, path: path, node: s.node}, ed, []byte(name))
}

// keepName gives a member the name that was typed.
func (m *Model) keepName(in *inner, name string) error {
	if err := m.free(in.path, name, false); err != nil {
		return err
	}
	root, err := m.root.Rename(in.path, name)
	if err != nil {
		return err
	}
	m.close()
	m.carry(step{new: root, redo: same, undo: same, after: in.path})
	m.warnEmpty(name, false)
	return nil
}
