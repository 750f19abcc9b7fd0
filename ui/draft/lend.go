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

// Lend records that an external editor has a text, in a file of EditorFile. It holds until Return.
// Once the editor has changed the file the draft counts as changed, and the next process that opens
// the log takes the text over.
type Lend struct {
	Field *model.Field
	Base  model.Value
	// child positions down to what is edited within the value; nil for the field's own text
	Path []int
	JSON bool              // what is edited within the value is JSON, not the text of a string
	Name string            // of the file
	Ends []byte            // how the text that was lent begins and ends
	Sum  [sha256.Size]byte // of that text
}

// Return records that the text was taken over from the file, or that the file is of no use.
type Return struct{}

func (Lend) event()   {}
func (Return) event() {}

// endBytes is how many bytes of each end tell what an editor adds: a byte order mark, a line break.
const endBytes = 4

// Lent is the Lend of a text.
func Lent(f *model.Field, base model.Value, name string, text []byte) Lend {
	ends := bytes.Clone(text)
	if len(text) > 2*endBytes {
		ends = append(ends[:endBytes:endBytes], text[len(text)-endBytes:]...)
	}
	return Lend{Field: f, Base: base, Name: name, Ends: ends, Sum: sha256.Sum256(text)}
}

// IsSame tells whether a text is the one that was lent.
func (l *Lend) IsSame(text []byte) bool { return l.Sum == sha256.Sum256(text) }

// What an editor adds to a file of its own accord.
var (
	byteOrderMark = []byte("\xef\xbb\xbf")
	lineFeed      = []byte("\n")
	crLF          = []byte("\r\n")
)

// Left is the text that an editor left in the file, without what editors add by themselves: a byte
// order mark, and a line break at the end, where the original text had none. The line break is CR
// LF in a text whose every line ends so; a carriage return at the end of the original text stays.
func (l *Lend) Left(file []byte) (text []byte, changed bool) {
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

// room is the directory of a draft's lent file, beside its other files.
const room = ".edit"

// EditorFile is where a file for another program goes: in a directory that only its owner may
// enter.
func (d *Draft) EditorFile(name string) (path string, err error) {
	path = filepath.Join(d.path+room, filepath.Base(name))
	return path, d.store.o.FS.MkdirAll(filepath.Dir(path), 0o700)
}

// CleanUp removes a file for another program with its directory. Where an editor has left what it
// keeps unsaved words in, that stays: it is what the editor offers when the file is opened again.
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

// Recovery is the file beside path in which an editor that was ended keeps unsaved words, "" where
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

// LentFile is the file that a draft knows another program to have.
type LentFile struct {
	Field    *model.Field
	Path     string
	Text     []byte // what stands in it, if it is not what was lent
	Recovery string // see Recovery
	at       time.Time
}

// lentFile looks at the file of a Lend; nil when it is gone, or of no use to anybody.
func (s *Store) lentFile(path string, l *Lend) *LentFile {
	if l == nil {
		return nil
	}
	f := &LentFile{Field: l.Field, Path: filepath.Join(path+room, l.Name)}
	f.Recovery = Recovery(f.Path)
	text, err := s.o.FS.ReadFile(f.Path)
	if text, changed := l.Left(text); err == nil && changed {
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

// holdsWords tells whether somebody's words may be in the file, or beside it.
func (f *LentFile) holdsWords() bool { return f != nil && (f.Text != nil || f.Recovery != "") }

// forgotten is how long a file that nobody wrote to is kept: its editor may have a window.
const forgotten = 7 * 24 * time.Hour

// stale tells whether the file may go.
func (f *LentFile) stale(now time.Time) bool {
	return f == nil || !f.holdsWords() && now.Sub(f.at) > forgotten
}
