package draft

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"errata/model"
	"errata/model/judgment"
)

// Options configure a Store. The zero Options are for use; tests inject.
type Options struct {
	Now func() time.Time // nil for the clock
	// runs f in a goroutine of its own after d; nil for time.AfterFunc
	After func(d time.Duration, f func()) (stop func() bool)
	FS    FS // nil for the machine's
	// tells when a Writer has waited for long enough; nil for Patience
	Late func() <-chan time.Time
	// bytes from which an opened text with its base is written ahead of the first key; 0 for 256
	// KiB
	PrewriteFrom int
	// who works on the drafts, and on which terminal: told to others who want one
	Who, Where string

	// Former are other names that the server of a log had: a draft under one of them becomes one
	// under the present name.
	Former []string
}

// Store is the drafts of all servers below one directory.
type Store struct {
	dir   string
	o     Options
	token string // says what this store holds from what others hold
}

// longText is how much may be written with the first key.
const longText = 256 << 10

// New makes a store of the directory "drafts" below dir. It touches no file yet.
func New(dir string, o Options) *Store {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.After == nil {
		o.After = func(d time.Duration, f func()) func() bool { return time.AfterFunc(d, f).Stop }
	}
	if o.Late == nil {
		o.Late = func() <-chan time.Time { return time.After(Patience) }
	}
	if o.FS == nil {
		o.FS = disk{}
	}
	if o.PrewriteFrom == 0 {
		o.PrewriteFrom = longText
	}
	return &Store{dir: filepath.Join(dir, "drafts"), o: o, token: rand.Text()}
}

// Identity says which log a draft is of. Server and LogID identify the draft.
type Identity struct {
	Server   string // a base URL or the path of a store; user and password in a URL are left out
	LogID    string
	PromptID string
	ETag     string // of the reading that the changes were made on, "" when the server gave none
}

type header struct {
	Identity
	Made time.Time
}

// clean is the identity without secrets.
func (id Identity) clean() Identity {
	if u, err := url.Parse(id.Server); err == nil && u.User != nil {
		u.User = nil
		id.Server = u.String()
	}
	return id
}

// The files of a draft: its records, who holds it, its next state while it is being written, and
// what could not be read; see also externalDir.
const (
	records = ".draft"
	locked  = ".lock"
	coming  = ".new"
	unread  = ".unread"
)

// path is that of an identity's files, without the suffix.
func (s *Store) path(id Identity) string {
	hash := sha256.Sum256([]byte(id.Server + "\x00" + id.LogID))
	return filepath.Join(s.dir, hex.EncodeToString(hash[:16]))
}

// Info describes a draft.
type Info struct {
	Identity
	Made, Changed time.Time
	// in the order of the form; a text that was still being typed is in an Edit with ErrTyping
	Changes []Change
	Said    []judgment.Decision // what is to be said of the log and was not sent
	// the file of an editor that was not taken over yet, nil when there is none
	External *ExternalFile
	// bytes at the end of the file that could not be read, those put aside before among them
	Lost  int64
	Entry *Entry     // something new that was still being typed, nil when nothing was
	Held  *HeldError // who holds it, nil when nobody does
	path  string
	torn  int64 // of Lost, what is in the file still
	idle  bool  // the file is of no use: an editor was looked into when its process ended
}

// Entry is what was being typed within a value and is not a part of it yet.
type Entry struct {
	Field *model.Field
	Text  string
}

// ListOf is List of the drafts of one server, those under its former names among them.
func (s *Store) ListOf(ctx context.Context, server string) ([]Info, error) {
	return s.listOf(ctx, server, s.info)
}

// listOf is ListOf, by whatever tells of each draft.
func (s *Store) listOf(ctx context.Context, server string, of func(path string) (Info, error)) ([]Info, error) {
	list, err := s.list(ctx, of)
	list = slices.DeleteFunc(list, func(i Info) bool {
		return i.Server != server && !slices.Contains(s.o.Former, i.Server)
	})
	return list, err
}

// List describes the drafts of all servers, those changed last first. Drafts that hold no change
// are left out. With an error, which names what could not be read, it lists the others.
func (s *Store) List(ctx context.Context) ([]Info, error) { return s.list(ctx, s.info) }

func (s *Store) list(ctx context.Context, of func(path string) (Info, error)) ([]Info, error) {
	entries, err := os.ReadDir(s.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var list []Info
	problems := []error{err}
	for _, entry := range entries {
		name := filepath.Join(s.dir, entry.Name())
		path, ok := strings.CutSuffix(name, records)
		if !ok {
			problems = append(problems, s.orphaned(name))
			s.sweep(name, entry)
			continue
		}
		switch info, err := of(path); {
		case errors.Is(err, fs.ErrNotExist): // it was saved meanwhile
		case err != nil:
			problems = append(problems, err)
		case info.worthy():
			list = append(list, info)
		case info.idle:
			s.clean(ctx, path)
		}
	}
	if len(list) > 0 {
		problems = append(problems, s.holders(ctx, list))
	}
	list = slices.DeleteFunc(list, func(info Info) bool { return !info.worthy() })
	slices.SortStableFunc(list, func(a, b Info) int {
		return cmp.Or(b.Changed.Compare(a.Changed), strings.Compare(a.path, b.path))
	})
	return list, errors.Join(problems...)
}

// worthy reports whether a draft is worth a line.
func (info *Info) worthy() bool {
	return len(info.Changes) > 0 || len(info.Said) > 0 || info.External.holdsText() || info.Lost > 0
}

// sweep removes the directory of an editor's file without a draft, in which nothing has changed for
// long.
func (s *Store) sweep(name string, entry fs.DirEntry) {
	path, ok := strings.CutSuffix(name, externalDir)
	if _, err := os.Stat(path + records); !ok || !errors.Is(err, fs.ErrNotExist) {
		return
	}
	if info, err := entry.Info(); err == nil && s.o.Now().Sub(info.ModTime()) > forgotten {
		_ = os.RemoveAll(name)
	}
}

// orphaned complains of what was put aside of a draft of which nothing else is left.
func (s *Store) orphaned(name string) error {
	path, ok := strings.CutSuffix(name, unread)
	if !ok {
		return nil
	}
	if _, err := os.Stat(path + records); !errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return fmt.Errorf("%s holds what could not be read of a draft; remove it when it is of no use", name)
}

func (s *Store) info(path string) (Info, error) {
	at, err := os.Stat(path + records)
	if err != nil {
		return Info{}, err
	}
	return s.infoOf(path, at)
}

// infoOf is info of a file that was looked at.
func (s *Store) infoOf(path string, at fs.FileInfo) (Info, error) {
	file, err := s.o.FS.ReadFile(path + records)
	if err != nil {
		return Info{}, err
	}
	l, good, foreign := replay(file)
	if foreign {
		return Info{}, fmt.Errorf("draft %s: %w", path+records, errForeign)
	}
	if good == 0 && len(file) > 0 {
		return Info{}, fmt.Errorf("draft %s: %w", path+records, errDamaged)
	}
	torn := int64(len(file) - good)
	lost := torn
	if aside, err := os.Stat(path + unread); err == nil {
		lost += aside.Size()
	}
	external := s.externalFile(path, l.external)
	if external.stale(s.o.Now()) {
		l.external = nil
	}
	var entry *Entry
	if o := l.open; o != nil && o.touched() {
		entry = o.entry()
		l.put(o.field, &model.Edit{Text: string(o.whole()), Err: ErrTyping})
	} else if good == len(file) {
		l.open = nil
	}
	return Info{
		Identity: l.head.Identity, Made: l.head.Made, Changed: at.ModTime(),
		Changes: l.state().Changes, Said: l.said, Entry: entry, External: external, Lost: lost, torn: torn, path: path, idle: good == len(file) && l.idle(),
	}, nil
}

// clean removes the files of a draft that holds nothing at all, unless somebody has it or something
// could not be read.
func (s *Store) clean(ctx context.Context, path string) {
	unlock, err := s.exclude(ctx)
	if err != nil {
		return // another time
	}
	defer unlock()
	if _, none := os.Stat(path + unread); none == nil || s.held(path+locked) != nil {
		return
	}
	if info, err := s.info(path); err == nil && info.idle { // still
		_ = s.remove(path, locked)
		_ = os.RemoveAll(path + externalDir)
	}
}

// holders finds out who holds the drafts of a list.
func (s *Store) holders(ctx context.Context, list []Info) error {
	unlock, err := s.exclude(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	for i := range list {
		info := &list[i]
		if info.Held = s.held(info.path + locked); info.Held != nil {
			info.Lost -= info.torn // it is being written
		}
	}
	return nil
}

// Discard removes a draft for good. The error is a *HeldError while somebody holds it.
func (s *Store) Discard(ctx context.Context, info Info) error {
	unlock, err := s.exclude(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	if by := s.held(info.path + locked); by != nil {
		return by
	}
	if err := s.remove(info.path, locked); err != nil {
		return err
	}
	if err := os.RemoveAll(info.path + externalDir); err != nil {
		return err
	}
	return s.o.FS.SyncDir(s.dir)
}

// remove removes the files of a draft, the other suffixes included; the directory is excluded.
func (s *Store) remove(path string, others ...string) error {
	for _, suffix := range append([]string{records, coming, unread}, others...) {
		if err := s.o.FS.Remove(path + suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// openNew opens an empty file to append to.
func (s *Store) openNew(name string) (File, error) {
	return s.o.FS.OpenFile(name, os.O_CREATE|os.O_TRUNC|os.O_WRONLY|os.O_APPEND, 0o600)
}
