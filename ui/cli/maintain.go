package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"errata/api/store"
	"errata/config"
	"errata/model/figure"
)

func (a *upkeep) backupCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "backup FILE",
		Short: "Write a copy of the embedded store to a new file",
		Long: `Write a copy of the embedded store, as it is at one moment, to a new file that only you may read. errata serve and others may
go on writing meanwhile. The file is there when it is whole, else not at all; it is a store itself: errata --db FILE.

A store in PostgreSQL is backed up by pg_dump.`,
		Example: `  errata backup monday.db
  errata backup /mnt/backup/errata-$(date +%F).db`,
		Args: args(1, 1),
		RunE: onStore(a.openStore, func(cmd *cobra.Command, st *store.Store, args []string) error {
			file, err := config.Expand(args[0], a.env.Environ)
			if err != nil {
				return fail(exitUsage, "%w", err)
			}
			if err := st.Backup(cmd.Context(), file); err != nil {
				return err
			}
			a.say("backed up to %s", file)
			return nil
		}),
	}
}

func (a *upkeep) checkCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "check",
		Short: "Check that the embedded store is whole",
		Long: `Read the whole embedded store: whether the database is sound, each document is the one that was stored, and what is
kept beside the documents fits them. What is wrong is told, and the exit code is 1.`,
		Example: `  errata check
  errata check --db monday.db`,
		Args:              args(0, 0),
		RunE:              onStore(a.openStore, a.check),
		ValidArgsFunction: cobra.NoFileCompletions,
	}
}

func (a *upkeep) check(cmd *cobra.Command, st *store.Store, _ []string) error {
	bar := a.newProgress("checking")
	report, err := st.Check(cmd.Context(), func(done, total int) { bar.update(int64(done), int64(total), done) })
	bar.clear()
	if err != nil {
		return err
	}
	if a.cfg.JSON() {
		if report.Problems == nil {
			report.Problems = []string{}
		}
		if err := a.printJSON(checked{report.Files, report.Versions, report.Logs, report.Search, report.Problems, report.NotUTF8}); err != nil {
			return err
		}
	}
	for _, p := range report.Problems {
		a.say("%s", p)
	}
	well := a.sayNotUTF8(report)
	words := fmt.Sprintf("%s, %s of %s read", figure.Count(report.Logs, "log"), figure.Count(report.Versions, "version"), figure.Count(report.Files, "file"))
	if len(report.Problems) > 0 {
		a.say("%s, and the store is damaged: errata export saves what can be read, a backup may hold the rest", words)
		return said(exitFailed)
	}
	a.say("%s, %s; searches use %s", words, well, report.Search)
	return nil
}

// sayNotUTF8 names the logs that contain bytes that are not UTF-8 and so are not served as they are
// stored, and returns a summary.
func (a *upkeep) sayNotUTF8(r store.Report) string {
	if r.NotUTF8 == 0 {
		return "all is well"
	}
	for _, id := range r.NotUTF8IDs {
		a.say("log %s holds bytes that are not UTF-8", id)
	}
	a.say("U+FFFD is shown for such bytes, and the fields that hold them are locked; importing a log anew as UTF-8 mends it")
	return "all is well but for " + figure.Count(r.NotUTF8, "log") + " with bytes that are not UTF-8"
}

// checked is what errata check --json prints.
type checked struct {
	Files    int      `json:"files"`
	Versions int      `json:"versions"`
	Logs     int      `json:"logs"`
	Search   string   `json:"search"`
	Problems []string `json:"problems"`
	NotUTF8  int      `json:"not_utf8"`
}

func (a *upkeep) migrateCommand() *cobra.Command {
	var replace bool
	cmd := &cobra.Command{
		Use:   "migrate-store FROM TO",
		Short: "Copy a store into another: SQLite, PostgreSQL",
		Long: `Copy everything from one store into another: files, versions, logs and keys, byte for byte and in the order of storing. FROM
and TO are paths of SQLite stores or postgres:// URLs; passwords come from PGPASSFILE or PGPASSWORD. At the end all
of it is read from TO and compared.

What is in TO already and the same is passed over, so a copy that was interrupted goes on when it is begun again.
What is there and other is replaced, unless it was corrected there: such logs are named, left as they are, and the
exit code is 1; --replace takes those of FROM, and errata undo gives their fields back.`,
		Example: `  errata migrate-store ~/.local/share/errata/errata.db postgres://errata@db.example.com/logs
  errata migrate-store postgres://errata@db.example.com/logs copy.db`,
		Args: args(2, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := embeddedOnly(cmd); err != nil {
				return err
			}
			if cmd.Flags().Changed(config.DB) {
				return fail(exitUsage, "%s takes both stores as arguments; leave --db out", cmd.CommandPath())
			}
			if err := a.writable(cmd); err != nil {
				return err
			}
			return a.migrate(cmd.Context(), args[0], args[1], replace)
		},
	}
	cmd.Flags().BoolVar(&replace, "replace", false, "replace also what was corrected in TO")
	return cmd
}

func (a *upkeep) migrate(ctx context.Context, fromName, toName string, replace bool) error {
	from, err := a.storeNamed(ctx, fromName, true)
	if err != nil {
		return err
	}
	defer func() { _ = from.Close() }()
	to, err := a.storeNamed(ctx, toName, false)
	if err != nil {
		return err
	}
	defer func() { _ = to.Close() }()
	bar := a.newProgress("copying")
	o := store.CopyOptions{Progress: func(done, total int) {
		bar.doing = "copying"
		if 2*done > total {
			bar.doing = "comparing"
		}
		bar.update(int64(done), int64(total), done)
	}}
	var over *overwriter
	if replace {
		over = &overwriter{app: &a.access, server: to.id}
		o.Replace = func(ctx context.Context, e *store.Entry, put store.Put) (store.Imported, error) {
			return over.replace(ctx, to.Store, e, put)
		}
	}
	copied, err := store.Copy(ctx, from.Store, to.Store, o)
	bar.clear()
	defer over.say()
	if err != nil && ctx.Err() != nil {
		if copied.Written+copied.Files+copied.Versions+copied.Keys > 0 {
			a.say("what is copied stays; the same command goes on from here")
		} else {
			a.say("nothing is copied; the same command begins anew")
		}
		return ctx.Err()
	}
	if err != nil {
		return err
	}
	a.say("copied and compared: %s (%s new or changed), %s, %s, %s", figure.Count(copied.Logs, "log"), figure.Int(copied.Written),
		figure.Count(copied.Files, "file"), figure.Count(copied.Versions, "version"), figure.Count(copied.Keys, "key"))
	return a.keptThere(copied.Kept)
}

// keptThere returns an error that names the logs that a copy left as they were, because then the
// copy is not complete.
func (a *upkeep) keptThere(ids []string) error {
	if len(ids) == 0 {
		return nil
	}
	t := tally{app: &a.console}
	for _, id := range ids {
		t.say("log %s was corrected in the store that was copied to, and is left as it is there", id)
	}
	t.close()
	return fail(exitFailed, "%s not copied; --replace takes those of the store that was copied from", were(len(ids), "log"))
}

// namedStore is a store and its name in the journal.
type namedStore struct {
	*store.Store
	id string
}

// storeNamed opens the store at an address, with the rules of --db. One that is read from must
// exist.
func (a *upkeep) storeNamed(ctx context.Context, address string, there bool) (st namedStore, err error) {
	cfg, err := config.Load(config.Flags{config.DB: address}, a.env.Environ)
	if err != nil {
		var setting *config.Error
		if errors.As(err, &setting) && setting.Usage {
			return st, fail(exitUsage, "%s", trimFlag(err.Error()))
		}
		return st, err
	}
	if st.Store, err = a.storeOf(ctx, cfg, store.Options{Existing: there}); err == nil {
		st.id, err = idOfStore(cfg) // a file has its name once it exists
	}
	return st, err
}

// trimFlag rewords an error about --db for an address that was an argument.
func trimFlag(words string) string {
	return "the address of a store" + strings.TrimPrefix(words, "--db:")
}
