package cli

import (
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

func (a *app) manCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "man DIR",
		Short: "Write the manual pages of all commands and topics",
		Long: `Write a manual page for each command (errata-set.1) and for each topic of errata help (errata-safety.7) into a folder, which
is made if it is not there. SOURCE_DATE_EPOCH says of which time they are.`,
		Example: `  errata man ~/.local/share/man/man1
  man -l ~/.local/share/man/man1/errata-set.1`,
		Args:              args(1, 1),
		PersistentPreRunE: unsettled,
		RunE:              func(_ *cobra.Command, args []string) error { return a.writeManual(args[0]) },
	}
}

// manual is a folder of manual pages.
type manual struct {
	dir  string
	when string // the day that the pages are of
}

func (a *app) writeManual(dir string) error {
	when, err := a.pagesOf()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil { //nolint:gosec // manual pages are for everybody
		return fail(exitFailed, "the folder of the manual: %w", err)
	}
	m := manual{dir, when.Format("January 2, 2006")}
	all := newApp(Env{Args: []string{"--help"}}).root() // this run has made its own command alone
	if err := m.commands(all); err != nil {
		return fail(exitFailed, "the manual: %w", err)
	}
	for _, t := range topics {
		if err := m.topic(a.env.Pages, t); err != nil {
			return fail(exitFailed, "the manual page of %s: %w", t.name, err)
		}
	}
	return nil
}

// pagesOf is the time that manual pages are of: SOURCE_DATE_EPOCH, or now.
func (a *app) pagesOf() (time.Time, error) {
	for _, v := range a.env.Environ {
		text, ok := strings.CutPrefix(v, "SOURCE_DATE_EPOCH=")
		if !ok || text == "" {
			continue
		}
		seconds, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return time.Time{}, fail(exitUsage, "SOURCE_DATE_EPOCH: %q is not a number of seconds", text)
		}
		return time.Unix(seconds, 0).UTC(), nil
	}
	return a.env.Now(), nil
}

// start begins a page: its head and its name.
func (m manual) start(r *roff, name, section, short string) {
	r.request("TH", strings.ToUpper(name), section, m.when, "errata "+version(), "errata")
	r.request("nh")
	r.request("SH", "NAME")
	r.lines(name + ` \- ` + roffEscapes.Replace(short)) // whatis wants the name as it is
}

// write writes a page whole.
func (m manual) write(r *roff, name, section string) error {
	//nolint:gosec // manual pages are for everybody
	return os.WriteFile(filepath.Join(m.dir, name+"."+section), []byte(r.String()), 0o644)
}

// commands writes the page of a command and of all below it.
func (m manual) commands(c *cobra.Command) error {
	for _, below := range c.Commands() {
		if !below.IsAvailableCommand() {
			continue
		}
		if err := m.commands(below); err != nil {
			return err
		}
	}
	c.InitDefaultHelpFlag()
	name := pageOf(c)
	var r roff
	m.start(&r, name, "1", c.Short)
	r.request("SH", "SYNOPSIS")
	r.bold(c.UseLine())
	r.request("SH", "DESCRIPTION")
	if c.Long == "" {
		r.text(c.Short)
	}
	r.help(c.Long)
	r.flags("OPTIONS", c.NonInheritedFlags())
	r.flags("OPTIONS OF ALL COMMANDS", c.InheritedFlags())
	if c.Example != "" {
		r.request("SH", "EXAMPLES")
		r.literal(c.Example)
	}
	r.also(c)
	return m.write(&r, name, "1")
}

// pageOf is the name of the page of a command.
func pageOf(c *cobra.Command) string { return strings.ReplaceAll(c.CommandPath(), " ", "-") }

// flags writes a section of flags.
func (r *roff) flags(title string, set *pflag.FlagSet) {
	if !set.HasAvailableFlags() {
		return
	}
	r.request("SH", title)
	set.VisitAll(func(f *pflag.Flag) {
		if f.Hidden || f.Deprecated != "" {
			return
		}
		value, usage := pflag.UnquoteUsage(f)
		name := strings.TrimSpace("--" + f.Name + " " + value)
		if f.Shorthand != "" {
			name = "-" + f.Shorthand + ", " + name
		}
		r.request("TP")
		r.bold(name)
		r.text(usage)
	})
}

// also writes which other pages there are about it: the command above and those below.
func (r *roff) also(c *cobra.Command) {
	var pages []string
	if c.HasParent() {
		pages = append(pages, pageOf(c.Parent())+"(1)")
	}
	for _, below := range c.Commands() {
		if below.IsAvailableCommand() {
			pages = append(pages, pageOf(below)+"(1)")
		}
	}
	if !c.HasParent() {
		for _, t := range topics {
			pages = append(pages, t.pageName()+"(7)")
		}
	}
	if len(pages) > 0 {
		r.request("SH", "SEE ALSO")
		r.bold(strings.Join(pages, ", "))
	}
}

// topic writes the page of a topic.
func (m manual) topic(pages fs.FS, t topic) error {
	text, err := fs.ReadFile(pages, t.page)
	if err != nil {
		return err
	}
	var r roff
	r.WriteString("'\\\" t\n") // the page has tables
	m.start(&r, t.pageName(), "7", t.short)
	r.request("SH", "DESCRIPTION")
	_, body, _ := strings.Cut(plainPage(string(text)), "\n") // without its title, which is in NAME
	r.page(body)
	return m.write(&r, t.pageName(), "7")
}

// pageName is the name of the manual page of a topic.
func (t topic) pageName() string { return "errata-" + t.name }
