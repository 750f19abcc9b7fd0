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
	disk         *disk         // where its files are
	externalText *externalText // nil when the external editor has nothing
}

// externalText is a text that an external editor has, in a file. It is kept until the editor's text
// was taken over.
type externalText struct {
	draft.ExternalEdit
	path  string // of the file, "" until its disk has answered
	began time.Time
	ended time.Time // when the editor returned
	old   bool      // an earlier run of errata started its editor
}

// savedText is what an editor has saved.
type savedText struct {
	text     []byte
	changed  bool
	recovery string // see draft.Recovery
	err      error  // see draft.Recovery
}

// read reads what the editor has saved, without what editors add by themselves.
func (l *externalText) read() savedText {
	recovery := draft.Recovery(l.path)
	info, err := os.Stat(l.path)
	if err == nil && !info.Mode().IsRegular() {
		err = errors.New("it is not a regular file any more") // reading it may have no end
	}
	var file []byte
	if err == nil {
		file, err = os.ReadFile(l.path)
	}
	if err != nil {
		return savedText{recovery: recovery, err: err}
	}
	text, changed := l.Saved(file)
	return savedText{text: text, changed: changed, recovery: recovery}
}

// saved reads what the editor has saved, if the disk answers.
func (m *lending) saved() savedText {
	if m.externalText.path == "" {
		path, err := m.fileFor(m.externalText.Name)
		if err != nil {
			return savedText{err: err}
		}
		m.externalText.path = path
	}
	return m.disk.look(m.externalText)
}

// nodeText is what an editor gets of a node: the text of a string, the JSON of anything else.
func nodeText(n *tree.Node) (text []byte, isText bool) {
	if text, ok := n.Text(); ok {
		return []byte(text), true
	}
	return jsonraw.Indent(n.Bytes()), false
}

// fileFor is the path of a file for the editor: beside the draft, where the next run of errata
// finds it; without a draft in a temporary directory, unless the disk of the draft does not answer.
func (m *lending) fileFor(name string) (path string, err error) {
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
