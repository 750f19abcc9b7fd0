package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/spf13/cobra"

	"errata/api"
	"errata/api/journal"
	"errata/config"
	"errata/model"
	"errata/model/figure"
)

func (a *upkeep) doctorCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "doctor",
		Short: "Check that everything errata needs is in order",
		Long: `Look at the settings, the server or the embedded store, the key, the directories and the terminal, and tell of each in
one line whether it is ok, odd or bad, and what to do. Nothing is changed. When something is bad the exit code is 1.`,
		Example: `  errata doctor
  errata doctor --profile work --json | jq '.[] | select(.state != "ok")'`,
		Args: args(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			d := &doctor{upkeep: a}
			d.all(cmd)
			return d.report()
		},
		PersistentPreRunE: unsettled, // doctor has to run when the settings are broken
		ValidArgsFunction: cobra.NoFileCompletions,
	}
}

// finding is one line of the report.
type finding struct {
	State string `json:"state"` // ok, odd or bad
	About string `json:"about"`
	Words string `json:"words"`
}

// doctor runs the checks and collects their findings.
type doctor struct {
	*upkeep
	list []finding
}

func (d *doctor) ok(about, format string, args ...any)  { d.add("ok", about, format, args) }
func (d *doctor) odd(about, format string, args ...any) { d.add("odd", about, format, args) }
func (d *doctor) bad(about, format string, args ...any) { d.add("bad", about, format, args) }

func (d *doctor) add(state, about, format string, args []any) {
	d.list = append(d.list, finding{state, about, fmt.Sprintf(format, args...)})
}

// all runs every check.
func (d *doctor) all(cmd *cobra.Command) {
	ctx := cmd.Context()
	d.version()
	if err := d.settle(ctx, cmd.Flags()); err != nil {
		d.bad("settings", "%v", err)
	} else {
		d.settings()
		if d.cfg.Embedded() {
			d.embedded(ctx)
		} else {
			d.server(ctx)
		}
		d.state()
		d.past(ctx)
	}
	d.terminal()
}

// report prints what was found.
func (d *doctor) report() error {
	code := exitDone
	for _, f := range d.list {
		if f.State == "bad" {
			code = exitFailed
		}
	}
	if d.cfg != nil && d.cfg.JSON() {
		if err := d.printJSON(d.list); err != nil {
			return err
		}
		return said(code)
	}
	for _, f := range d.list {
		d.text(oneLine(fmt.Sprintf("%-3s  %-9s  %s", f.State, f.About, f.Words)) + "\n")
	}
	return said(code)
}

// version reports the version of errata and the Go version that it was built with.
func (d *doctor) version() {
	if words := vulnerabilityWords(runtime.Version()); words != "" {
		d.odd("version", "%s, %s", version(), words)
		return
	}
	d.ok("version", "%s, built with %s", version(), runtime.Version())
}

func (d *doctor) settings() {
	file := d.cfg.Paths().File()
	switch _, err := os.Stat(file); {
	case file == "":
		d.bad("settings", "no place for a configuration file: set HOME")
	case errors.Is(err, fs.ErrNotExist):
		d.ok("settings", "%s does not exist, which is fine", file)
	case d.cfg.Profile() == "":
		d.ok("settings", "%s, no profile in use", file)
	default:
		d.ok("settings", "%s, profile %s", file, d.cfg.Profile())
	}
}

// embedded checks the embedded store. It never creates one.
func (d *doctor) embedded(ctx context.Context) {
	path, err := d.cfg.DB()
	if err != nil {
		d.bad("store", "%v", err)
		return
	}
	shown := path
	if d.cfg.OnPostgres() {
		shown = "the PostgreSQL store"
	} else if info, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		d.ok("store", "%s is not there yet: errata import fills it", path)
		d.writable(filepath.Dir(path), "store")
		return
	} else if err == nil && info.Mode().Perm()&0o077 != 0 && os.PathSeparator == '/' {
		d.odd("store", "%s can be read by others: chmod 600 %[1]s", path)
	}
	st, err := d.openStore(ctx)
	if err != nil {
		d.bad("store", "%v", err)
		return
	}
	defer func() { _ = st.Close() }()
	start := time.Now()
	total, err := inAll(func() ([]byte, error) { return st.Files(ctx, api.FileQuery{Page: 1}) })
	if err != nil {
		d.bad("store", "%v; errata check looks closer", err)
		return
	}
	d.ok("store", "%s with %s answers in %v; errata check reads all of it", shown, figure.Count(total, "file"), time.Since(start).Round(time.Millisecond))
	if spare := spareOf(ctx, st); spare != "" {
		d.ok("store", "%s", spare)
	}
}

// inAll is the total that a page of a list tells.
func inAll(get func() ([]byte, error)) (int, error) {
	raw, err := get()
	if err != nil {
		return 0, err
	}
	p, err := model.ParsePage(raw)
	return p.Total, err
}

// serverLimit is how long a server may take to say something.
const serverLimit = 10 * time.Second

// server checks the key and the server that it is for.
func (d *doctor) server(ctx context.Context) {
	d.key(ctx)
	ctx, cancel := context.WithTimeout(ctx, serverLimit)
	defer cancel()
	svc, err := d.connect(ctx)
	if err != nil {
		d.bad("server", "%v", err)
		return
	}
	defer svc.close()
	start := time.Now()
	total, err := inAll(func() ([]byte, error) { return svc.Prompts(ctx, api.PromptQuery{Page: 1, Size: 1}) })
	if err != nil {
		d.bad("server", "%s: %v", svc.name, err)
		return
	}
	d.ok("server", "%s answers in %v, %s", svc.name, time.Since(start).Round(time.Millisecond), figure.Count(total, "prompt"))
}

func (d *doctor) key(ctx context.Context) {
	var source string
	for _, row := range d.cfg.Explain() {
		if row.Option == config.APIKey {
			source = row.Source
		}
	}
	key, err := api.Await(ctx, "", func() (config.Secret, error) { return d.cfg.APIKey(ctx) })
	switch {
	case err != nil:
		d.bad("key", "%v", err)
	case !key.IsSet():
		d.odd("key", "no API key: set ERRATA_API_KEY, or api_key_command in a profile")
	case config.Exposed(d.cfg.KeyFile()) != "":
		d.odd("key", "from %s, but %s", source, config.Exposed(d.cfg.KeyFile()))
	default:
		d.ok("key", "from %s", source)
	}
}

// state checks the directory of drafts and journal.
func (d *doctor) state() {
	dir := d.cfg.Paths().State
	if dir == "" {
		d.bad("state", "no place for drafts and the journal: set HOME or XDG_STATE_HOME")
		return
	}
	if info, err := os.Stat(dir); err == nil && info.Mode().Perm()&0o077 != 0 && os.PathSeparator == '/' {
		d.odd("state", "%s can be looked into by others: chmod 700 %[1]s", dir)
	}
	if d.writable(dir, "state") {
		d.ok("state", "%s can be written", dir)
	}
}

// writable tries to write in a directory, or where it would be created.
func (d *doctor) writable(dir, about string) bool {
	for {
		_, err := os.Stat(dir)
		if !errors.Is(err, fs.ErrNotExist) || filepath.Dir(dir) == dir {
			break
		}
		dir = filepath.Dir(dir)
	}
	f, err := os.CreateTemp(dir, ".errata-doctor-*")
	if err == nil {
		_, err = f.WriteString("errata")
		err = errors.Join(err, f.Sync(), f.Close(), os.Remove(f.Name()))
	}
	if err != nil {
		d.bad(about, "%s cannot be written: %v; nothing typed could be kept", dir, err)
	}
	return err == nil
}

// past checks the journal and the drafts.
func (d *doctor) past(ctx context.Context) {
	dir := filepath.Join(d.cfg.Paths().State, "journal")
	if _, err := os.Stat(dir); d.cfg.Paths().State == "" || err != nil {
		return
	}
	j, err := d.journal(ctx)
	if err != nil {
		d.bad("journal", "%v", err)
		return
	}
	n := 0
	for _, err := range j.Entries(journal.Filter{}) {
		if err != nil {
			d.bad("journal", "%v", err)
			return
		}
		if n++; ctx.Err() != nil {
			return
		}
	}
	server, err := d.serverID()
	if err != nil {
		return
	}
	if left, err := j.Pending(server); err == nil && len(left) > 0 {
		d.odd("journal", "of %s the outcome is not known: errata history looks it up", figure.Count(len(left), "request"))
		return
	}
	d.ok("journal", "%s", figure.Count(n, "entry"))
}
