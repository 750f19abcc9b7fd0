package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"errata/api"
	"errata/api/logfile"
	"errata/config"
	"errata/model"
)

func TestCodeOf(t *testing.T) {
	tokens := model.PromptTokens
	for _, c := range []struct {
		err  error
		want int
	}{
		{nil, 0},
		{errors.New("x"), 1},
		{fail(exitUsage, "x"), 2},
		{said(exitUnverified), 7},
		{&config.Error{Usage: true}, 2},
		{&config.Error{}, 1},
		{&config.KeyError{}, 5},
		{&model.ParseError{Field: tokens}, 4},
		{context.Canceled, 130},
		{context.DeadlineExceeded, 1},
		{&api.Error{Code: api.Unauthorized}, 5},
		{&api.Error{Code: api.NotFound}, 6},
		{&api.Error{Code: api.Conflict}, 3},
		{&api.Error{Code: api.Precondition}, 3},
		{&api.Error{Code: api.Invalid}, 4},
		{&api.Error{Code: api.Canceled}, 130},
		{&api.Error{Code: api.RateLimited}, 1},
		{&api.Error{Code: api.Unavailable}, 1},
		{&api.Error{Code: api.Timeout}, 1},
		{&api.Error{Code: api.Unreachable}, 1},
		{&api.Error{Code: api.BadAnswer}, 1},
		{&api.Error{Code: api.Redirected}, 1},
		{&api.Error{Code: api.Refused}, 1},
		{&api.Error{Code: api.Failed}, 1},
	} {
		if got := codeOf(c.err); got != c.want {
			t.Errorf("%#v: %d, want %d", c.err, got, c.want)
		}
		if c.err != nil {
			if got := codeOf(fmt.Errorf("while testing: %w", c.err)); got != c.want {
				t.Errorf("wrapped %#v: %d, want %d", c.err, got, c.want)
			}
		}
	}
}

// TestFlags holds every command to the table of options, and to help that can be read.
func TestFlags(t *testing.T) {
	root := newApp(Env{Args: []string{"--help"}}).root()
	for _, o := range config.Options() {
		if got := root.PersistentFlags().Lookup(o.Name) != nil; got != (o.HasFlag() && !o.Local) {
			t.Errorf("--%s exists: %v", o.Name, got)
		}
	}
	for _, c := range root.Commands() {
		if c.Short == "" || strings.HasSuffix(c.Short, ".") {
			t.Errorf("%s: short help %q", c.Name(), c.Short)
		}
		for _, line := range strings.Split(c.Long+"\n"+c.Example, "\n") {
			if len(line) > 125 {
				t.Errorf("%s: a line of help has %d characters", c.Name(), len(line))
			}
		}
	}
}

// TestCommandsAreMadeWhereTheyAreNeeded holds the names in the table of commands to those that the
// commands have, and which are made to the arguments.
func TestCommandsAreMadeWhereTheyAreNeeded(t *testing.T) {
	all := newApp(Env{}).commands()
	for _, c := range all {
		if got := c.of().Name(); got != c.name {
			t.Errorf("%s is called %s", c.name, got)
		}
	}
	for _, c := range []struct {
		args []string
		want int
	}{
		{nil, 0}, {[]string{"log_01"}, 0}, {[]string{"get", "log_01"}, 1}, {[]string{"gett"}, len(all)}, {[]string{"-h"}, len(all)},
		{[]string{"--plain", "get"}, len(all)}, {[]string{"help", "get"}, len(all)}, {[]string{"__complete", "get", ""}, len(all)}, {[]string{""}, len(all)},
	} {
		made := commandNames(newApp(Env{Args: c.args}).root().Commands())
		if len(made) != c.want || c.want == 1 && made[0] != c.args[0] {
			t.Errorf("%q: %q are made", c.args, made)
		}
	}
}

func TestProblemNamesTheFileAsTyped(t *testing.T) {
	for _, c := range []struct{ file, path, base, want string }{
		{"logs.jsonl", "logs.jsonl", "logs.jsonl", "logs.jsonl:3: bad"},
		{"logs.jsonl", "/data/logs.jsonl", "logs.jsonl", "/data/logs.jsonl:3: bad"},
		{"box/a/b.jsonl", "../box", "box", "../box/a/b.jsonl:3: bad"},
		{"a.jsonl", ".", ".", "a.jsonl:3: bad"},
		{"-", "-", "", "-:3: bad"},
	} {
		r := importReader{path: c.path, base: c.base}
		if got := r.words(logfile.Problem{Position: logfile.Position{File: c.file, Line: 3}, Msg: "bad"}); got != c.want {
			t.Errorf("%s in %s: %s, want %s", c.file, c.path, got, c.want)
		}
	}
	r := importReader{path: "a.json", base: "a.json"}
	if got := r.words(logfile.Problem{Position: logfile.Position{File: "a.json"}, Msg: "bad"}); got != "a.json: bad" {
		t.Errorf("a whole file: %s", got)
	}
}
