package cli

import (
	"context"
	"errors"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"errata/api"
	"errata/api/journal"
	"errata/api/store"
	"errata/config"
)

// fileServer is the prefix that tells the path of an embedded store from the URL of a server.
const fileServer = "file:"

// serverID is the name of the server in use in drafts and the journal: its base URL, or "file:" and
// the path of the database, or the URL of a PostgreSQL database without user and password.
func (a *access) serverID() (string, error) {
	if !a.cfg.Embedded() {
		return a.cfg.BaseURL(), nil
	}
	return a.storeID()
}

// storeID is the name of the embedded store in drafts and the journal, whatever server is in use.
func (a *access) storeID() (string, error) { return idOfStore(a.cfg) }

func idOfStore(cfg *config.Config) (string, error) {
	name, err := cfg.DBName()
	if err != nil || cfg.OnPostgres() {
		return name, err
	}
	return fileServer + name, nil
}

// journalOptions are the options of every journal. Journals of earlier versions have a store that
// was reached through a symbolic link under the path of the link.
func (a *access) journalOptions() journal.Options {
	known := map[string]string{}
	return journal.Options{Now: a.env.Now, Server: func(recorded string) string {
		if name, ok := known[recorded]; ok {
			return name
		}
		name := recorded
		if path, ok := strings.CutPrefix(recorded, fileServer); ok {
			if one, err := config.Canonical(path); err == nil {
				name = fileServer + one
			}
		}
		known[recorded] = name
		return name
	}}
}

// formerNames are the names that drafts of earlier versions may have for the embedded store: the
// path through a symbolic link.
func (a *access) formerNames() []string {
	path, err := a.cfg.DB()
	if err != nil || !a.cfg.Embedded() || a.cfg.OnPostgres() {
		return nil
	}
	full, err := filepath.Abs(path)
	if err != nil {
		return nil
	}
	return []string{fileServer + full}
}

// storeOpener is a function that opens the embedded store.
type storeOpener func(context.Context) (*store.Store, error)

// onStore makes the RunE of a command that works on the embedded store.
func onStore(open storeOpener, run func(*cobra.Command, *store.Store, []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		if err := embeddedOnly(cmd); err != nil {
			return err
		}
		st, err := open(cmd.Context())
		if err != nil {
			return err
		}
		defer func() { _ = st.Close() }()
		return run(cmd, st, args)
	}
}

// openStore opens the embedded store, which must exist.
func (a *access) openStore(ctx context.Context) (*store.Store, error) {
	return a.storeOf(ctx, a.cfg, store.Options{Existing: true})
}

// makeStore opens the embedded store to write to it. A store that does not exist is created, with a
// message.
func (a *access) makeStore(ctx context.Context) (*store.Store, error) {
	return a.storeOf(ctx, a.cfg, store.Options{Existing: a.cfg.ReadOnly()})
}

// readStore opens the embedded store for reading. A default store that does not exist yet is read
// as an empty one; a store that --db names must exist.
func (a *access) readStore(ctx context.Context) (*store.Store, error) {
	return a.readStoreAs(ctx, store.Options{Existing: true})
}

// readStoreAs is readStore with options, of which Existing is one.
func (a *access) readStoreAs(ctx context.Context, o store.Options) (*store.Store, error) {
	st, err := a.storeOf(ctx, a.cfg, o)
	if errors.Is(err, store.ErrMissing) && !a.cfg.DBGiven() {
		return store.Open(ctx, ":memory:", store.Options{})
	}
	return st, err
}

// shortened is a path with ~ instead of the home directory.
func (a *access) shortened(path string) string {
	home, err := config.Expand("~", a.env.Environ)
	if err == nil {
		home, err = config.Canonical(home)
	}
	if rest, ok := strings.CutPrefix(path, home+string(filepath.Separator)); ok && err == nil {
		return filepath.Join("~", rest)
	}
	return path
}

// storeOf opens the embedded store of some settings, and reports what opening did to it, such as a
// migration.
func (a *access) storeOf(ctx context.Context, cfg *config.Config, o store.Options) (*store.Store, error) {
	path, err := cfg.DB()
	if err != nil {
		return nil, err
	}
	id, err := idOfStore(cfg)
	if err != nil {
		return nil, err
	}
	o.Replica, o.Corrected = cfg.Replica(), func() []string { return a.correctedIn(id) }
	st, err := api.Await(ctx, waitingFor(strings.TrimPrefix(id, fileServer)), func() (*store.Store, error) { return store.Open(ctx, path, o) })
	if err != nil {
		return nil, err
	}
	a.sayOpened(st, id)
	return st, nil
}

// sayOpened reports what opening did to a store.
func (a *access) sayOpened(st *store.Store, id string) {
	if st.Made() {
		a.say("made the store %s", a.shortened(strings.TrimPrefix(id, fileServer)))
	}
	for _, note := range st.Notes() {
		a.say("%s", note)
	}
}
