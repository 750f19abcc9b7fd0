package form

import (
	"errors"
	"os"
	"path/filepath"
	"time"

	"errata/model/jsonraw"
	"errata/model/tree"
	"errata/ui/draft"
)

// lending is the editing of values by an external editor.
type lending struct {
	*editors
	disk *disk // where its files are
	lent *lent // what the external editor has, nil when it has nothing
}

// lent is a text that an external editor has, in a file. It is kept until its words were taken
// over.
type lent struct {
	draft.Lend
	path  string // of the file, "" until its disk has answered
	began time.Time
	ended time.Time // when the editor returned
	old   bool      // an errata before this one lent it
}

// left is what an editor has saved.
type left struct {
	text     []byte
	changed  bool
	recovery string // see draft.Recovery
	err      error  // why it cannot be read
}

// read reads what the editor has saved, without what it added of its own accord.
func (l *lent) read() left {
	recovery := draft.Recovery(l.path)
	info, err := os.Stat(l.path)
	if err == nil && !info.Mode().IsRegular() {
		err = errors.New("it is no regular file any more") // reading it may have no end
	}
	var file []byte
	if err == nil {
		file, err = os.ReadFile(l.path)
	}
	if err != nil {
		return left{recovery: recovery, err: err}
	}
	text, changed := l.Left(file)
	return left{text: text, changed: changed, recovery: recovery}
}

// saved reads what the editor has saved, if the disk answers.
func (m *lending) saved() left {
	if m.lent.path == "" {
		path, err := m.room(m.lent.Name)
		if err != nil {
			return left{err: err}
		}
		m.lent.path = path
	}
	return m.disk.look(m.lent)
}

// nodeText is what an editor gets of a node: the text of a string, the JSON of anything else.
func nodeText(n *tree.Node) (text []byte, isText bool) {
	if text, ok := n.Text(); ok {
		return []byte(text), true
	}
	return jsonraw.Indent(n.Bytes()), false
}

// room is where a file for the editor goes: beside the draft, where the next errata finds it;
// without one in a temporary folder, unless the disk of the draft does not answer.
func (m *lending) room(name string) (path string, err error) {
	if m.o.EditorFile != nil {
		if path, err = m.o.EditorFile(name); err == nil || waits(err) {
			return path, err
		}
	}
	dir, err := m.disk.temporary(m.o.TempDir)
	if err != nil {
		return "", err
	}
	return filepath.Join(dir, name), nil
}
