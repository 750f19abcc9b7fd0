package journal

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/gofrs/flock"
)

// Room is how many bytes a journal is to have, unless somebody says otherwise.
const Room = 256 << 20

// Options change how a journal is kept. Zero members take the defaults.
type Options struct {
	Segment int64 // bytes after which a new segment is started; 16 MiB
	// bytes after which the oldest segments are dropped, whole, but never the last two; Room
	Total int64
	Now   func() time.Time // time.Now

	// Server gives the present name of a server that an entry was recorded for under another one;
	// nil leaves names as they are.
	Server func(recorded string) string
}

// Journal is a directory of records. It holds no state besides, but for the last id that it made:
// all methods are safe for concurrent use, by other processes too.
type Journal struct {
	dir     string
	options Options
	torn    int64
	sync    func(*os.File) error // (*os.File).Sync, but in tests
	ids     ids
}

// dirName is the directory of a journal.
const dirName = "journal"

// Open opens the journal in the directory "journal" below dir, and makes it when it is not there. A
// record whose writing was cut off is taken away, see Torn.
func Open(dir string, o Options) (*Journal, error) {
	if o.Segment == 0 {
		o.Segment = 16 << 20
	}
	if o.Total == 0 {
		o.Total = Room
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	j := &Journal{dir: filepath.Join(dir, dirName), options: o, sync: (*os.File).Sync}
	unlock, err := j.lock(context.Background())
	if err != nil {
		return nil, fmt.Errorf("open the journal: %w", err)
	}
	defer unlock()
	f, torn, err := j.last()
	if err != nil {
		return nil, fmt.Errorf("open the journal: %w", err)
	}
	j.torn = torn
	_ = os.Remove(j.path(rewriteName)) // of a redaction that did not come to its end
	return j, f.Close()
}

// Peek is a journal to read Entries from and nothing else: no file is made or mended. There need be
// none.
func Peek(dir string, o Options) *Journal {
	return &Journal{dir: filepath.Join(dir, "journal"), options: o}
}

// Torn is how many bytes of an unfinished record Open took away, 0 as a rule. A PATCH whose record
// was unfinished was not sent; one whose outcome was is among Pending.
func (j *Journal) Torn() int64 { return j.torn }

// lockWait is how long another process may hold the journal before a save gives up: it needs
// milliseconds.
const lockWait = 5 * time.Second

var errBusy = errors.New("another errata holds the journal")

// lock keeps the journal from every other writer, and makes its directory if need be.
func (j *Journal) lock(ctx context.Context) (unlock func(), err error) {
	if err := os.MkdirAll(j.dir, 0o700); err != nil {
		return nil, err
	}
	limited, cancel := context.WithTimeout(ctx, lockWait)
	defer cancel()
	l := flock.New(j.path("lock"))
	if _, err := l.TryLockContext(limited, 2*time.Millisecond); err != nil {
		if errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
			err = errBusy
		}
		return nil, err
	}
	return func() { _ = l.Close() }, nil
}

// waits says what is waited for when the disk does not answer.
func (j *Journal) waits() string { return Waits(filepath.Dir(j.dir)) }

// Waits says that the journal below dir is waited for.
func Waits(dir string) string { return "waiting for the journal (" + filepath.Join(dir, dirName) + ")" }

func (j *Journal) path(name string) string { return filepath.Join(j.dir, name) }

// syncDir makes new names in the directory last. Windows keeps them by itself and has no call for
// it.
func (j *Journal) syncDir() error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(j.dir)
	if err != nil {
		return err
	}
	return errors.Join(j.sync(d), d.Close())
}

// removed is err, but a file that is gone already is not an error.
func removed(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
