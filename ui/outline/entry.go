package outline

import (
	"errors"
	"strings"

	"errata/model/jsonraw"
	"errata/model/tree"
	"errata/ui/bars"
	"errata/ui/keys"
	"errata/ui/rows"
)

// add opens the line for something new: behind the node under the cursor, before it, or inside of
// it, at its end.
func (m edits) add(action keys.Action) {
	switch {
	case m.Root() == nil:
		m.ask(tree.Path{0})
		return
	case rows.Holds(m.Root()) && m.rows() == 0:
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
func (m edits) addInside(s spot, path tree.Path) {
	n := s.node
	if !rows.Holds(n) {
		n, path = s.parent().node, path[:len(path)-1]
	} else if s.open == nil {
		m.unfoldNow(path, n)
	}
	m.ask(append(append(tree.Path(nil), path...), n.Len()))
}

// ask opens the line for something new at a place.
func (m edits) ask(path tree.Path) {
	m.Type(m.newInner(entering, path, nil), nil)
	how := "NAME=TEXT or NAME:=JSON; a name alone asks for its text"
	if m.inList(path) {
		how = "a text, or :=JSON"
	}
	m.Say(bars.Info, how)
}

// inList reports whether the place of something new is in a list.
func (m *view) inList(path tree.Path) bool {
	up, ok := m.Node(path[:len(path)-1])
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
// the sign are not part of the name; if there are any, one behind the sign is not part of the text.
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
			return e, errors.New("not JSON after :=: " + fault.Msg + "; = takes it as a string")
		}
		return e, err
	}
	e.node = tree.New(literal)
	return e, nil
}

// keepEntry adds what was typed. Nothing typed adds nothing, but to a list: there it is the empty
// string, as a name alone is.
func (m edits) keepEntry(in *inner) error {
	typed := string(in.Ed.Text().Bytes())
	list := m.inList(in.Path)
	if typed == "" && !list {
		m.Close()
		return nil
	}
	e, err := readEntry(typed, list)
	if err != nil {
		return err
	}
	if err := m.free(in.Path, e.name, list); err != nil {
		return err
	}
	m.Close()
	if err := m.insert(in.Path, e.name, e.node, nil); err != nil {
		m.Open(in)
		return err
	}
	m.GoTo(in.Path)
	m.warnEmpty(e.name, list)
	if e.alone {
		m.openValue(in.Path, e.node)
		m.inner().fresh = true
	}
	return nil
}

// free says that no other member has a name.
func (m edits) free(path tree.Path, name string, list bool) error {
	up, ok := m.Node(path[:len(path)-1])
	if !ok || list {
		return nil
	}
	if i, taken := up.Find(name); taken && (m.inner().what == entering || i != path[len(path)-1]) {
		return errors.New("the name " + quoteShort(name) + " stands already")
	}
	return nil
}

func (m edits) warnEmpty(name string, list bool) {
	if name == "" && !list {
		m.Say(bars.Warning, "the name is empty; r renames it")
	}
}

// rename opens the name of the member under the cursor.
func (m edits) rename() {
	s, path, ok := m.target()
	if !ok {
		return
	}
	name, _, named := s.name()
	if !named {
		m.Say(bars.Info, "the elements of a list have no names; J and K move them")
		return
	}
	m.Type(m.newInner(naming, path, s.node), []byte(name))
}

// keepName gives a member the name that was typed.
func (m edits) keepName(in *inner, name string) error {
	if err := m.free(in.Path, name, false); err != nil {
		return err
	}
	root, err := m.Root().Rename(in.Path, name)
	if err != nil {
		return err
	}
	m.Close()
	m.carry(root, same, same, in.Path)
	m.warnEmpty(name, false)
	return nil
}
