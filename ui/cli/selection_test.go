package cli_test

import (
	"strings"
	"testing"

	"errata/ui/cli"
)

// A word of a selection that selects nothing is mostly a variable of a script that is not set, and
// must not change all logs.
func TestAChangeWantsToBeToldWhichLogs(t *testing.T) {
	t.Parallel()
	r := newRemote(t, plot("log_a", "sage"), plot("log_b", "thyme"))
	for words, want := range map[string]string{
		"":                  "which logs?",
		"--oldest":          "which logs?",
		"--limit 0":         "which logs?",
		"--all=false":       "--all says nothing",
		"--errors=false":    "--errors says nothing",
		"--corrected=false": "--corrected says nothing",
		"--view=":           "--view says nothing",
		"--search=":         "--search says nothing",
		"--judged=":         "--judged says nothing",
		"--prompt=":         "--prompt says nothing",
		"--where=":          "the expression is empty",
	} {
		for _, command := range []string{"set output=mint", "fill output_message"} {
			args := append(strings.Fields(command), strings.Fields(words)...)
			got := run(t, at(r.URL), args...)
			if got.code != 2 || !strings.Contains(got.stderr, want) || len(r.sent()) != 0 {
				t.Errorf("%v: exit code %d, sent %v\n%s", args, got.code, r.sent(), got.stderr)
			}
		}
	}
	for _, words := range []string{"--all", "--limit 5", "--sample 2", "--prompt pr_1", "--until 2026-12-01", "--search e", "--all --limit 0 --oldest"} {
		if got := run(t, at(r.URL), append(strings.Fields("set output=mint --dry-run"), strings.Fields(words)...)...); got.code != 0 {
			t.Errorf("%s: exit code %d\n%s", words, got.code, got.stderr)
		}
	}
}

// What programs write of ids is taken in every form that tells them.
func TestIDsFromStandardInput(t *testing.T) {
	t.Parallel()
	r := newRemote(t, plot("log_a", "sage"), plot("log_b", "thyme"))
	for text, want := range map[string]string{
		"log_b\nlog_a\n":                         "log_b log_a",
		" log_b \r\n\r\nlog_a":                   "log_b log_a",
		"\"log_b\"\n\"log_a\"\n":                 "log_b log_a",
		`["log_b","log_a"]`:                      "log_b log_a",
		`[{"id":"log_b"},{"id":"log_a"}]`:        "log_b log_a",
		"{\"id\":\"log_b\"}\n{\"id\":\"log_a\"}": "log_b log_a",
	} {
		got := run(t, func(e *cli.Env) { at(r.URL)(e); e.Stdin = strings.NewReader(text) }, "list", "-", "-q", ".[].id")
		if ids := strings.Join(strings.Fields(got.stdout), " "); got.code != 0 || ids != want {
			t.Errorf("%q: exit code %d, %s\n%s", text, got.code, ids, got.stderr)
		}
	}
}
