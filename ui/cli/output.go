package cli

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/charmbracelet/x/term"

	"errata/ui/sanitize"
)

// output is stdout. Like a bufio.Writer it keeps its first error, which is reported at the end.
type output struct{ *bufio.Writer }

func newOutput(w io.Writer) *output { return &output{bufio.NewWriterSize(w, 32<<10)} }

// printf writes text of errata's own.
func (o *output) printf(format string, args ...any) { _, _ = fmt.Fprintf(o, format, args...) }

// raw writes JSON of a log: to a terminal with control characters made visible, otherwise as it is.
func (a *console) raw(literal []byte) {
	if a.stdout {
		literal = []byte(sanitize.Block(string(literal)))
	}
	_, _ = a.out.Write(literal)
}

// text writes text of a log: to a terminal with control characters made visible, otherwise as it
// is.
func (a *console) text(s string) {
	if a.stdout {
		s = sanitize.Block(s)
	}
	_, _ = a.out.WriteString(s)
}

// indented writes text of a log with an indent before every line.
func (a *console) indented(indent, s string) {
	for line := range strings.SplitSeq(strings.TrimSuffix(s, "\n"), "\n") {
		if line != "" {
			_, _ = a.out.WriteString(indent)
		}
		a.text(line)
		_ = a.out.WriteByte('\n')
	}
}

func isTerminal(stream any) bool {
	f, ok := stream.(interface{ Fd() uintptr })
	return ok && term.IsTerminal(f.Fd())
}

// columns is the width of the terminal at stdout, 0 when there is none or its width is not known.
func (a *console) columns() int {
	f, ok := a.env.Stdout.(interface{ Fd() uintptr })
	if !a.stdout || !ok {
		return 0
	}
	width, _, err := term.GetSize(f.Fd())
	if err != nil {
		return 0
	}
	return width
}

// printJSON prints a value of errata's own, indented.
func (a *console) printJSON(v any) error {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(v); err != nil {
		return err
	}
	a.text(b.String())
	return nil
}
