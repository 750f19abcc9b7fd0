package logfile

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
)

// Tree is an export directory that is being written. It gets its name when it is complete: until
// then it is beside, as DIR.partial, where a later run finds it and goes on.
type Tree struct {
	dir     string
	partial string
	root    *os.Root // confines what is written, whatever an id is
	lock    *flock.Flock
	begun   time.Time
	resumed bool
	names   map[string]string // of the files of the service, see Expect
}

// label is a file in an unfinished export that says what it is an export of.
type label struct {
	Source string    `json:"source"`
	Begun  time.Time `json:"begun"`
}

const (
	partialSuffix = ".partial"
	labelName     = ".errata-export"
	lockName      = ".errata-lock"
	filesName     = "files"
	doneName      = ".done"
)

// Errors of Begin.
var (
	ErrNotEmpty = errors.New("the directory is not empty")
	ErrForeign  = errors.New("it is not an export that was interrupted, or one of something else")
	ErrBusy     = errors.New("another export is writing there")
)

// Begin begins an export into dir, which must be empty or not be there; source says what is
// exported. An export of the same source into the same directory that was interrupted is continued.
func Begin(dir, source string, now time.Time) (*Tree, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	if err := vacant(dir); err != nil {
		return nil, err
	}
	t := &Tree{dir: dir, partial: dir + partialSuffix, begun: now}
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil { // as the user's umask has it
		return nil, err
	}
	err = os.Mkdir(t.partial, 0o755) // likewise
	if err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, err
	}
	t.resumed = err != nil
	if t.root, err = os.OpenRoot(t.partial); err != nil {
		return nil, err
	}
	if err := t.claim(label{source, now}); err != nil {
		_ = t.Close()
		return nil, fmt.Errorf("%s: %w", t.partial, err)
	}
	return t, nil
}

// vacant wants dir to be empty or not to be there.
func vacant(dir string) error {
	entries, err := os.ReadDir(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case len(entries) > 0:
		return fmt.Errorf("%s: %w", dir, ErrNotEmpty)
	}
	return nil
}

// claim writes the label into the directory. A directory that was there before must have the same
// label, or be empty.
func (t *Tree) claim(own label) error {
	var was label
	raw, err := t.root.ReadFile(labelName)
	switch {
	case err == nil && (json.Unmarshal(raw, &was) != nil || was.Source != own.Source):
		return ErrForeign
	case err == nil:
		t.begun = was.Begun
	case !errors.Is(err, fs.ErrNotExist):
		return err
	case t.resumed && vacant(t.partial) != nil:
		return ErrForeign
	default:
		t.resumed = false
	}
	t.lock = flock.New(filepath.Join(t.partial, lockName), flock.SetPermissions(0o600))
	if ok, err := t.lock.TryLock(); err != nil || !ok {
		return errors.Join(err, ErrBusy)
	}
	if t.resumed {
		return nil
	}
	if raw, err = json.Marshal(own); err != nil {
		return err
	}
	if err := t.root.WriteFile(labelName, raw, 0o644); err != nil {
		return err
	}
	return t.root.Mkdir(filesName, 0o755)
}

// Resumed reports whether the export continues an earlier one, and when that was started.
func (t *Tree) Resumed() (begun time.Time, ok bool) { return t.begun, t.resumed }

// Partial is the path of the directory until the export is complete.
func (t *Tree) Partial() string { return t.partial }

// Expect announces the ids of the files of the service that will be written. Where ids differ only
// in case, their directories get names that differ in more, because many file systems ignore case.
func (t *Tree) Expect(ids []string) { t.names = safeNames(ids) }

// home is the directory of a file of the service.
func (t *Tree) home(id string) string {
	name, ok := t.names[id]
	if !ok {
		name = safeName(id)
	}
	return slashed(filesName, name)
}

// Has reports whether a file of the service is complete already.
func (t *Tree) Has(id string) bool {
	_, err := t.root.Stat(slashed(t.home(id), doneName))
	return err == nil
}

// Finish gives the export its name. The words go into export.log.
func (t *Tree) Finish(words string) error {
	if err := t.root.WriteFile("export.log", []byte(words+"\n"), 0o644); err != nil {
		return err
	}
	if err := t.root.Remove(labelName); err != nil {
		return err
	}
	if err := t.Close(); err != nil {
		return err
	}
	_ = os.Remove(filepath.Join(t.partial, lockName))
	_ = os.Remove(t.dir) // it is empty, or not there
	if err := os.Rename(t.partial, t.dir); err != nil {
		return err
	}
	syncDir(filepath.Dir(t.dir))
	return nil
}

// Close ends the writing, complete or not.
func (t *Tree) Close() error {
	var err error
	if t.lock != nil {
		err = t.lock.Close()
	}
	return errors.Join(err, t.root.Close())
}

// syncDir makes the entries of a directory durable, where the system can do that.
func syncDir(dir string) {
	if f, err := os.Open(dir); err == nil { // it holds what was just written
		_ = f.Sync()
		_ = f.Close()
	}
}
