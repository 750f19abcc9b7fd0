package cli

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/cpuguy83/go-md2man/v2/md2man"
	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
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

func (a *app) writeManual(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil { //nolint:gosec // manual pages are for everybody
		return fail(exitFailed, "the folder of the manual: %w", err)
	}
	all := newApp(Env{Args: []string{"--help"}}).root() // this run has made its own command alone
	keepTables(all)
	header := doc.GenManHeader{Section: "1", Source: "errata " + version(), Manual: "errata"}
	if err := doc.GenManTree(all, &header, dir); err != nil {
		return fail(exitFailed, "the manual: %w", err)
	}
	for _, t := range topics {
		if err := a.writeTopic(dir, t); err != nil {
			return fail(exitFailed, "the manual page of %s: %w", t.name, err)
		}
	}
	return nil
}

// keepTables marks the indented lines of the help as literal, which a manual page would fill as
// words otherwise.
func keepTables(c *cobra.Command) {
	var b strings.Builder
	literal := false
	for line := range strings.Lines(c.Long) {
		indented := strings.HasPrefix(line, "  ")
		if indented != literal {
			b.WriteByte('\n')
		}
		if literal = indented; indented {
			b.WriteString("  ")
		}
		b.WriteString(line)
	}
	c.Long = b.String()
	for _, below := range c.Commands() {
		keepTables(below)
	}
}

func (a *app) writeTopic(dir string, t topic) error {
	text, err := fs.ReadFile(a.env.Pages, t.page)
	if err != nil {
		return err
	}
	// without its title, which man has in NAME
	_, body, _ := strings.Cut(plainPage(string(text)), "\n")
	name := "errata-" + t.name
	page := fmt.Sprintf("%% %s 7\n# NAME\n%s - %s\n\n# DESCRIPTION\n%s", strings.ToUpper(name), name, t.short, body)
	//nolint:gosec // as above
	return os.WriteFile(filepath.Join(dir, name+".7"), md2man.Render([]byte(page)), 0o644)
}
