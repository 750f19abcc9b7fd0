package draft

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"errata/model"
)

// ExternalEdit records that an external editor has a text, in a file of EditorFile, until
// ExternalDone. Once the editor has changed the file the draft counts as changed, and the next
// process that opens the log takes the text over.
type ExternalEdit struct {
	Field *model.Field
	Base  model.Value
	// child positions down to what is edited within the value; nil for the field's own text
	Path []int
	JSON bool              // what is edited within the value is JSON, not the text of a string
	Name string            // of the file
	Ends []byte            // how the text began and ended when the editor got it
	Sum  [sha256.Size]byte // of the text that the editor got
}

// ExternalDone records that the text was taken over from the file, or that the file is of no use.
type ExternalDone struct{}

func (ExternalEdit) event() {}
func (ExternalDone) event() {}

// endBytes is how many bytes of each end tell what an editor adds: a byte order mark, a line break.
const endBytes = 4

// NewExternalEdit is the event for a text that an editor is about to get.
func NewExternalEdit(f *model.Field, base model.Value, name string, text []byte) ExternalEdit {
	ends := bytes.Clone(text)
	if len(text) > 2*endBytes {
		ends = append(ends[:endBytes:endBytes], text[len(text)-endBytes:]...)
	}
	return ExternalEdit{Field: f, Base: base, Name: name, Ends: ends, Sum: sha256.Sum256(text)}
}

// IsSame reports whether a text is the one that the editor got.
func (l *ExternalEdit) IsSame(text []byte) bool { return l.Sum == sha256.Sum256(text) }

// What an editor adds to a file of its own accord.
var (
	byteOrderMark = []byte("\xef\xbb\xbf")
	lineFeed      = []byte("\n")
	crLF          = []byte("\r\n")
)

// Saved is the text that an editor saved in the file, without what editors add by themselves: a
// byte order mark, and a line break at the end, where the original text had none. The line break is
// CR LF in a text whose every line ends so; a carriage return at the end of the original text
// stays.
func (l *ExternalEdit) Saved(file []byte) (text []byte, changed bool) {
	text = file
	if !bytes.HasPrefix(l.Ends, byteOrderMark) {
		text = bytes.TrimPrefix(text, byteOrderMark)
	}
	switch {
	case bytes.HasSuffix(l.Ends, lineFeed):
	case !bytes.HasSuffix(l.Ends, []byte("\r")) && bytes.Count(text, lineFeed) == bytes.Count(text, crLF):
		text = bytes.TrimSuffix(text, crLF)
	default:
		text = bytes.TrimSuffix(text, lineFeed)
	}
	return text, !l.IsSame(text)
}

// externalDir is the suffix of the directory, beside a draft, that has the file for the editor.
const externalDir = ".edit"

// EditorFile returns the path for a file for another program, in a directory that only its owner
// may enter.
func (d *Draft) EditorFile(name string) (path string, err error) {
	path = filepath.Join(d.path+externalDir, filepath.Base(name))
	return path, d.store.o.FS.MkdirAll(filepath.Dir(path), 0o700)
}

// CleanUp removes a file for another program, and its directory unless the editor has left a
// recovery file in it, which it offers when the file is opened again. left is the path of that.
func CleanUp(path string) (left string, err error) {
	err = os.Remove(path)
	if left = Recovery(path); left != "" {
		return left, nil
	}
	return "", errors.Join(notThere(err), os.RemoveAll(filepath.Dir(path)))
}

func notThere(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// Recovery is the file beside path in which an editor that was killed keeps unsaved text, "" when
// there is none: the swap file of vi, the autosave file of Emacs, the .save file of nano.
func Recovery(path string) string {
	dir, base := filepath.Split(path)
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		name := e.Name()
		swap := strings.HasPrefix(name, "."+base+".sw") || name == "#"+base+"#" || strings.HasPrefix(name, base+".save")
		if swap && e.Type().IsRegular() {
			return filepath.Join(dir, name)
		}
	}
	return ""
}

// ExternalFile is the file of a draft that another program has.
type ExternalFile struct {
	Field    *model.Field
	Path     string
	Text     []byte // what the editor saved, nil when that is what it got
	Recovery string // see Recovery
	at       time.Time
}

// externalFile reads the file of an ExternalEdit; nil when it is gone, or of no use.
func (s *Store) externalFile(path string, l *ExternalEdit) *ExternalFile {
	if l == nil {
		return nil
	}
	f := &ExternalFile{Field: l.Field, Path: filepath.Join(path+externalDir, l.Name)}
	f.Recovery = Recovery(f.Path)
	text, err := s.o.FS.ReadFile(f.Path)
	if text, changed := l.Saved(text); err == nil && changed {
		f.Text = text
	}
	if info, err := os.Stat(f.Path); err == nil {
		f.at = info.ModTime()
	}
	if err != nil && f.Recovery == "" {
		return nil
	}
	return f
}

// holdsText reports whether there is a saved text in the file, or unsaved text beside it.
func (f *ExternalFile) holdsText() bool { return f != nil && (f.Text != nil || f.Recovery != "") }

// forgotten is how long a file without changes is kept: its editor may be open in another window.
const forgotten = 7 * 24 * time.Hour

// stale reports whether the file may be removed.
func (f *ExternalFile) stale(now time.Time) bool {
	return f == nil || !f.holdsText() && now.Sub(f.at) > forgotten
}
