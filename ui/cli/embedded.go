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

// fileServer stands before the path of an embedded store, to tell it from a URL.
const fileServer = "file:"

// serverID is what drafts and the journal call the server of the settings: its base URL, or file:
// and the path of the database, or the URL of a PostgreSQL database without user and password.
func (a *access) serverID() (string, error) {
	if !a.cfg.Embedded() {
		return a.cfg.BaseURL(), nil
	}
	return a.storeID()
}

// storeID is what drafts and the journal call the embedded store, whatever server is in use.
func (a *access) storeID() (string, error) { return idOfStore(a.cfg) }

func idOfStore(cfg *config.Config) (string, error) {
	name, err := cfg.DBName()
	if err != nil || cfg.OnPostgres() {
		return name, err
	}
	return fileServer + name, nil
}

// journalOptions are those of every journal. A store that was reached through a symbolic link had
// the name of the link once.
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

// formerNames are what drafts may have called the embedded store before: the path by which it is
// reached.
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

// storeOpener opens the embedded store.
type storeOpener func(context.Context) (*store.Store, error)

// onStore carries out a command that works on the embedded store, which open opens.
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

// openStore opens the embedded store, which has to be there.
func (a *access) openStore(ctx context.Context) (*store.Store, error) {
	return a.storeOf(ctx, a.cfg, store.Options{Existing: true})
}

// makeStore opens the embedded store for what puts something into it, and makes it if need be,
// which is said.
func (a *access) makeStore(ctx context.Context) (*store.Store, error) {
	return a.storeOf(ctx, a.cfg, store.Options{Existing: a.cfg.ReadOnly()})
}

// readStore opens the embedded store to read what is in it: nothing where nobody has put anything
// into the default one yet. One that was named has to be there.
func (a *access) readStore(ctx context.Context) (*store.Store, error) {
	st, err := a.openStore(ctx)
	if errors.Is(err, store.ErrMissing) && !a.cfg.DBGiven() {
		return store.Open(ctx, ":memory:", store.Options{})
	}
	return st, err
}

// shortened is a path as people write it, with ~ for the home.
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

// storeOf opens the embedded store of some settings, and says what that did to it.
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
	if st.Made() {
		a.say("made the store %s", a.shortened(strings.TrimPrefix(id, fileServer)))
	}
	for _, note := range st.Notes() {
		a.say("%s", note)
	}
	return st, nil
}
