package cli

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"sync"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"errata/api"
	"errata/api/logfile"
	"errata/api/walk"
	"errata/config"
	"errata/model"
	"errata/model/jsonraw"
	"errata/model/selection"
)

// selected are the flags of a command that say which logs are meant. Ids may be arguments as well.
type selected struct {
	selection.Selection
	flags *pflag.FlagSet
	view  string // the name of a saved filter, to which the flags add
}

// selects adds the flags that select logs to a command.
func (a *access) selects(cmd *cobra.Command, s *selected) {
	s.flags = cmd.Flags()
	for _, f := range selection.Flags() {
		if f.Name == selection.PromptFlag { // every command has it already
			continue
		}
		flag := s.flags.VarPF(&selectionFlag{f, &s.Selection, f.Get(&s.Selection)}, f.Name, "", f.Help)
		switch {
		case f.Arg == "":
			flag.NoOptDefVal = "true"
		case f.Default != "":
			flag.NoOptDefVal = f.Default
		}
	}
	s.flags.StringVar(&s.view, viewFlag, "", "the saved filter `NAME`, to which other flags add")
}

// viewFlag is the flag for a saved filter.
const viewFlag = "view"

// selectionFlag is a word of the language of selections, as a flag.
type selectionFlag struct {
	word selection.Flag
	of   *selection.Selection
	text string // as it was given
}

// String is the value that was given, or the default.
func (f *selectionFlag) String() string { return f.text }

// Set takes what was typed.
func (f *selectionFlag) Set(text string) error {
	f.text = text
	return f.word.Set(f.of, text)
}

// Type is the name of the value in the help.
func (f *selectionFlag) Type() string {
	switch f.word.Arg {
	case "":
		return "bool"
	case "N":
		return "int"
	}
	return f.word.Arg
}

// given reports whether a flag that selects logs was given.
func (s *selected) given() (yes bool) {
	s.flags.Visit(func(f *pflag.Flag) {
		_, word := selection.Lookup(f.Name)
		yes = yes || word || f.Name == viewFlag
	})
	return yes
}

// chosen is the query of the flags, the settings and some ids, checked.
func (a *access) chosen(ctx context.Context, s *selected, names []string) (walk.Query, error) {
	if said := slices.IndexFunc(names, func(name string) bool { return strings.Contains(name, "=") }); said >= 0 && s.Judged == selection.AnyJudgment {
		return walk.Query{}, fail(exitUsage, "what --judged looks for stands behind =: --judged=%s", names[said])
	}
	ids, err := a.named(ctx, names)
	if err != nil {
		return walk.Query{}, err
	}
	q := walk.Query{Selection: s.Selection, IDs: ids}
	if s.view != "" {
		view, err := a.view(s.view)
		if err != nil {
			return q, err
		}
		q.Selection = view
		s.flags.Visit(func(f *pflag.Flag) {
			if word, ok := selection.Lookup(f.Name); ok && f.Name != selection.PromptFlag {
				_ = word.Set(&q.Selection, f.Value.String()) // Set checked it before
			}
		})
	}
	if q.Prompt == "" || s.flags.Changed(config.Prompt) {
		q.Prompt = a.cfg.Prompt()
	}
	if len(ids) > 0 && !s.flags.Changed(config.Prompt) {
		q.Prompt = "" // the settings limit what is looked for, not what is named
	}
	if err := q.Check(a.env.Now()); err != nil {
		return q, fail(exitUsage, "%w", err)
	}
	return q, nil
}

// changing is the query of a command that changes logs. It is an error when nothing says which logs
// are meant, and when a flag has an empty value, as from a variable of the shell that is not set.
func (a *access) changing(ctx context.Context, s *selected, names []string) (walk.Query, error) {
	empty := s.idle()
	switch {
	case empty != "":
		return walk.Query{}, fail(exitUsage, "--%s says nothing: give it a value, or leave it out", empty)
	case len(names) == 0 && !s.chooses():
		return walk.Query{}, fail(exitUsage, "which logs? name them, or select some with --prompt, --search, --where or another flag; --all takes all")
	case len(names) > 0 && s.All:
		return walk.Query{}, fail(exitUsage, "either name logs or give --all")
	}
	return a.chosen(ctx, s, names)
}

// idle is the name of a flag that was given without effect: an empty value, or a switch that is
// turned off.
func (s *selected) idle() (name string) {
	s.flags.Visit(func(f *pflag.Flag) {
		word, ok := selection.Lookup(f.Name)
		text := f.Value.String()
		off := ok && word.Arg == "" && word.Get(&s.Selection) == ""
		if (ok || f.Name == viewFlag) && text == "" || off {
			name = f.Name
		}
	})
	return name
}

// chooses reports whether the flags say which logs are meant. An order or the lack of a limit does
// not; only --all means all logs.
func (s *selected) chooses() bool {
	return s.All || s.view != "" || s.Narrows() || s.Limit > 0 || s.Sample > 0 || s.flags.Changed(config.Prompt)
}

// view is the selection of a saved filter.
func (a *access) view(name string) (selection.Selection, error) {
	for _, v := range a.cfg.Views() {
		if v.Name == name {
			s, err := selection.Parse(v.Filter)
			if err == nil {
				err = walk.Query{Selection: s}.Check(a.env.Now())
			}
			if err != nil {
				return s, fail(exitUsage, "the saved filter %s: %w", name, err)
			}
			return s, nil
		}
	}
	return selection.Selection{}, a.noView(name)
}

// named are the ids among the arguments; "-" stands for those on standard input.
func (a *access) named(ctx context.Context, args []string) ([]string, error) {
	var ids []string
	for i, arg := range args {
		if arg != "-" {
			ids = append(ids, arg)
			continue
		}
		for _, before := range args[:i] {
			if before == "-" {
				return nil, fail(exitUsage, "- can stand once only")
			}
		}
		read, err := a.readIDs(ctx)
		if err != nil {
			return nil, err
		}
		ids = append(ids, read...)
	}
	return ids, nil
}

// readIDs reads ids from standard input: one on each line, or the member "id" of objects.
func (a *access) readIDs(ctx context.Context) (ids []string, err error) {
	a.takes("-")
	_, err = api.Await(ctx, "", func() (struct{}, error) {
		return struct{}{}, logfile.Lines(a.env.Stdin, func(n int, line []byte) error {
			some, err := idsIn(line)
			if err != nil {
				return fail(exitUsage, "standard input, line %d: %w", n, err)
			}
			ids = append(ids, some...)
			return nil
		})
	})
	if err == nil && len(ids) == 0 {
		err = fail(exitUsage, "no log is named: %s", emptyInput)
	}
	return ids, err
}

// idsIn are the ids on a line, which is an id, a JSON string, an object with an "id", or an array
// of these.
func idsIn(line []byte) ([]string, error) {
	switch jsonraw.KindOf(line) {
	case jsonraw.Object:
		log, err := model.ParseLog(line)
		if err != nil {
			return nil, jsonraw.InLine(err)
		}
		if id := log.Head().ID; id != "" {
			return []string{id}, nil
		}
		return nil, errors.New(`the object has no text "id"`)
	case jsonraw.Array:
		elements, err := jsonraw.Elements(line)
		if err != nil {
			return nil, jsonraw.InLine(err)
		}
		var ids []string
		for _, e := range elements {
			some, err := idsIn(e.Val.Of(line))
			if err != nil {
				return nil, err
			}
			ids = append(ids, some...)
		}
		return ids, nil
	case jsonraw.String:
		if id, ok := jsonraw.Text(bytes.TrimSpace(line)); ok && jsonraw.Check(line) == nil {
			return []string{id}, nil
		}
	}
	if id := strings.TrimSpace(string(line)); id != "" {
		return []string{id}, nil
	}
	return nil, nil
}

// source is where a walk reads the logs of a service.
func (a *access) source(svc *service) walk.Source {
	src := walk.Source{Service: svc.Service, Scanner: svc.scanner, Now: a.env.Now}
	if svc.scanner == nil && svc.id != "" {
		known := sync.OnceValue(func() map[string]bool { return a.corrected(func(name string) bool { return name == svc.id }) })
		src.Corrected = func(id string) bool { return known()[id] }
	}
	return src
}

// each calls do with each log of a query, and shows on a terminal how far it is.
func (a *access) each(ctx context.Context, svc *service, q walk.Query, do func(*model.Log) error) (*walk.Walk, error) {
	w := walk.New(a.source(svc), q)
	bar := a.newProgress("looking")
	defer bar.clear()
	for {
		logs, err := w.Next(ctx, pageSize)
		switch {
		case errors.Is(err, io.EOF):
			return w, nil
		case err != nil:
			return w, err
		}
		for _, log := range logs {
			if err := do(log); err != nil {
				return w, err
			}
		}
		n, of := w.Looked()
		bar.update(int64(n), int64(of), n)
	}
}

// undoubted refuses to change what an expression selects by a name that may be mistyped, where
// nobody can be asked.
func (a *access) undoubted(w *walk.Walk) error {
	if doubts := w.Doubts(); len(doubts) > 0 && !a.asks() {
		return fail(exitUsage, "nothing was changed: %s; a ? behind a name says that it may be missing", doubts[0])
	}
	return nil
}

// saySelected prints what a walk found out about its selection: the seed of a sample, members that
// may be mistyped. Ids that no log has are an error.
func (a *access) saySelected(w *walk.Walk) error {
	for _, doubt := range w.Doubts() {
		a.sayAfter("warning: %s", doubt)
	}
	if seed := w.Seed(); seed > 0 {
		a.sayAfter("drawn by lot; --seed %d draws the same logs again", seed)
	}
	missing := w.Missing()
	if len(missing) == 0 {
		return nil
	}
	_ = a.out.Flush() // the writer keeps its error until the end
	t := tally{app: &a.console}
	for _, id := range missing {
		t.say("errata: there is no log %s", id)
	}
	t.close()
	return said(exitNotFound)
}
