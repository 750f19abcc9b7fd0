//go:build unix

package cli_test

import (
	"bufio"
	"strings"
	"testing"

	"github.com/creack/pty"

	"errata/ui/cli"
	"errata/ui/sanitize"
)

// TestTableFitsTheTerminal lists on real terminals: no line is wider, and the id is whole.
func TestTableFitsTheTerminal(t *testing.T) {
	t.Parallel()
	id := "log_" + strings.Repeat("0123456789", 3)
	r := newRemote(t, `{"id":"`+id+`","created_at":"2025-07-01T10:00:00","output":"`+strings.Repeat("語 ", 50)+`","prompt":{"id":"pr_1"}}`)
	for columns, lines := range map[uint16]int{120: 1, 100: 2, 80: 2, 40: 3} { // of a row
		got := linesOn(t, columns, 2*lines, func(e *cli.Env) { at(r.URL)(e) }, "list")
		if !strings.HasPrefix(got[0], "ID") || !strings.HasPrefix(got[lines], id) {
			t.Errorf("%d columns: %q", columns, got)
		}
		for _, line := range got {
			if width := sanitize.Width(line); width > int(columns) {
				t.Errorf("%d columns: a line of %d: %q", columns, width, line)
			}
		}
	}
}

// TestHistoryFitsTheTerminal lists a change in a store with a long name.
func TestHistoryFitsTheTerminal(t *testing.T) {
	t.Parallel()
	h := newHome(t).load(tides)
	h.run("set", "log_tides", "output=At ten.")
	for columns, lines := range map[uint16]int{120: 1, 80: 2, 60: 2} {
		got := linesOn(t, columns, 2*lines, func(e *cli.Env) { e.Environ = []string{"HOME=" + h.dir} }, "history")
		if text := strings.Join(got[lines:], " "); !strings.Contains(text, "log_tides") || !strings.Contains(text, "/errata.db") {
			t.Errorf("%d columns: %q", columns, got)
		}
		for _, line := range got {
			if width := sanitize.Width(line); width > int(columns) {
				t.Errorf("%d columns: a line of %d: %q", columns, width, line)
			}
		}
	}
}

// linesOn are the first lines that a command writes on a real terminal of some columns.
func linesOn(t *testing.T, columns uint16, n int, change func(*cli.Env), args ...string) (lines []string) {
	t.Helper()
	master, tty, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _, _ = tty.Close(), master.Close() }()
	if err := pty.Setsize(tty, &pty.Winsize{Rows: 24, Cols: columns}); err != nil {
		t.Fatal(err)
	}
	run(t, func(e *cli.Env) {
		change(e)
		e.Stdout = tty
	}, args...).wants(t, 0)
	in := bufio.NewReader(master)
	for range n {
		line, err := in.ReadString('\n')
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, strings.TrimRight(line, "\r\n"))
	}
	return lines
}
