package cli

import (
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"errata/model"
	"errata/model/columns"
	"errata/model/jsonraw"
	"errata/model/path"
	"errata/model/spell"
	"errata/model/tree"
)

// layout is --as: one line a log, with the values at some paths as columns.
type layout struct {
	as      string // "" when not given
	columns []path.Path
	rows    *csv.Writer // the writer of csv
	begun   bool
	// of the members that columns begin with, those that logs had so far; nil before the first log
	met map[string]bool
}

// layouts are the words of --as.
var layouts = []string{"tsv", "csv", "jsonl"}

// asHelp says what --as does, for the help of a command.
const asHelp = `--as tsv, csv or jsonl prints a line a log with a column for each path: a text as it is, any other value as JSON, and nothing
where nothing or null stands. csv quotes what has to be quoted; tsv writes a tab, a line break and a backslash within a
value as \t, \n and \\; jsonl is an object with the paths as names. The first line of tsv and csv names the columns.
The column judgment.NAME is what was said last with the evaluator NAME; time, model, question (the first words of the user's
last message), tokens, cost and latency are what the list on the screen shows.`

// add adds the flag --as to a command.
func (l *layout) add(cmd *cobra.Command) {
	cmd.Flags().StringVar(&l.as, "as", "", "print columns as `FORMAT`: "+spell.Either(layouts))
	_ = cmd.RegisterFlagCompletionFunc("as", cobra.FixedCompletions(layouts, cobra.ShellCompDirectiveNoFileComp))
}

// given reports whether --as was given.
func (l *layout) given() bool { return l.as != "" }

// lines reports whether the layout has a first line with the names of the columns.
func (l *layout) lines() bool { return l.given() && l.as != "jsonl" }

// check sets the columns: those given, or by default the id and every field.
func (l *layout) check(columns []path.Path) error {
	if l.given() && !slices.Contains(layouts, l.as) {
		return fail(exitUsage, "--as: want %s, not %q%s", spell.Either(layouts), l.as, spell.Meant(l.as, layouts))
	}
	if l.columns = columns; len(columns) > 0 {
		return nil
	}
	l.columns = []path.Path{{path.Member("id")}}
	for _, f := range model.Form() {
		l.columns = append(l.columns, path.Path{path.Member(f.Name)})
	}
	return nil
}

// readColumns reads paths that are separated by commas.
func readColumns(text string) (list []path.Path, err error) {
	for from := 0; from <= len(text); {
		word := untilComma(text[from:])
		p, err := path.Parse(word)
		var syntax *path.SyntaxError
		if errors.As(err, &syntax) {
			before := utf8.RuneCountInString(text[:from])
			return nil, wrongPath(text, &path.SyntaxError{Col: before + syntax.Col, Msg: syntax.Msg})
		}
		list = append(list, p)
		from += len(word) + 1
	}
	return list, nil
}

// untilComma is the text before the first comma outside of quotes.
func untilComma(text string) string {
	quoted := false
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '\\' && quoted:
			i++
		case text[i] == '"':
			quoted = !quoted
		case text[i] == ',' && !quoted:
			return text[:i]
		}
	}
	return text
}

// cells are the values of a log at the paths, nil if the log has none.
func (l *layout) cells(doc []byte) []*tree.Node {
	root := tree.New(doc)
	list := make([]*tree.Node, len(l.columns))
	if l.met == nil {
		l.met = map[string]bool{}
	}
	for i, p := range l.columns {
		list[i] = columns.Value(root, p)
		if _, judged := columns.Judged(p); judged || list[i] != nil || columns.IsWord(p) {
			l.met[p[0].Name] = true
		}
	}
	return list
}

// unmet is the first member of a column that is not a field and that no log had, which is probably
// misspelt. It is "" when there is none.
func (l *layout) unmet() string {
	for _, p := range l.columns {
		name := p[0].Name
		if _, field := model.Lookup(name); !field && !l.met[name] {
			return name
		}
	}
	return ""
}

// heads are the titles of the columns.
func (l *layout) heads() []string {
	names := make([]string, len(l.columns))
	for i, p := range l.columns {
		names[i] = p.String()
	}
	return names
}

// head prints the titles of the columns, where the layout has them. Further calls do nothing.
func (a *app) head(l *layout) error {
	if l.begun || !l.lines() {
		return nil
	}
	l.begun = true
	return a.line(l, l.heads())
}

// row prints a log.
func (a *app) row(l *layout, doc []byte) error {
	if err := a.head(l); err != nil {
		return err
	}
	if l.as == "jsonl" {
		var o object
		for i, n := range l.cells(doc) {
			if n != nil {
				o.add(l.columns[i].String(), jsonraw.Compact(n.Bytes()))
			}
		}
		a.value(o.bytes())
		return nil
	}
	return a.line(l, l.texts(doc))
}

// texts are the cells of a log as texts.
func (l *layout) texts(doc []byte) []string {
	list := make([]string, len(l.columns))
	for i, n := range l.cells(doc) {
		list[i] = columns.Plain(n)
	}
	return list
}

// tabbed escapes the characters that separate the cells and lines of tsv.
var tabbed = strings.NewReplacer(`\`, `\\`, "\t", `\t`, "\n", `\n`, "\r", `\r`)

// line prints one line of cells.
func (a *app) line(l *layout, cells []string) error {
	if l.as == "tsv" {
		for i, cell := range cells {
			if i > 0 {
				a.out.printf("\t")
			}
			a.text(tabbed.Replace(cell))
		}
		a.out.printf("\n")
		return nil
	}
	if l.rows == nil {
		l.rows = csv.NewWriter(textWriter{&a.console})
	}
	if err := l.rows.Write(cells); err != nil {
		return err
	}
	l.rows.Flush()
	return l.rows.Error()
}

// textWriter writes text of logs to stdout.
type textWriter struct{ *console }

var _ io.Writer = textWriter{}

// Write writes text.
func (w textWriter) Write(p []byte) (int, error) {
	w.text(string(p))
	return len(p), nil
}
