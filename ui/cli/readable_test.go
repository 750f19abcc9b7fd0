package cli_test

import (
	"regexp"
	"strings"
	"testing"

	"errata/ui/cli"
)

// styling is what errata itself writes to look better.
var styling = regexp.MustCompile("\x1b\\[[0-9;]*m")

// onTerminal makes stdout one.
func onTerminal(url string) func(*cli.Env) {
	return func(e *cli.Env) {
		at(url)(e)
		e.Environ = append(e.Environ, "TERM=xterm")
		e.IsTerminal = func(stream any) bool { return stream == e.Stdout }
	}
}

func TestGetIsReadableAtATerminal(t *testing.T) {
	t.Parallel()
	doc := `{"id":"log_a","output":"` + strings.Repeat(`line of a text\n`, 30) + `","error":"` + strings.Repeat("a long word ", 200) + `","stdout":"a\u001b]0;title\u0007\u202eb",` +
		`"prompt_cost":0.10,"metadata":{"empty":{},"k\u001b[2J":[true,null],"many":[` + strings.Repeat("1,", 99) + `1]},"prompt":{"id":"pr_1"}}`
	r := newRemote(t, doc)
	got := run(t, onTerminal(r.URL), "get", "log_a")
	plain := styling.ReplaceAllString(got.stdout, "")
	if got.code != 0 || plain == got.stdout {
		t.Errorf("exit code %d, or no colours", got.code)
	}
	for _, want := range []string{"{\n  \"id\": \"log_a\"\n  \"output\": |\n    line of a text\n", "    … 270 bytes more\n", `  "prompt_cost": 0.10` + "\n",
		`    "empty": {}` + "\n", "      true\n      null\n    ]\n", "      … 60 elements more\n"} {
		if !strings.Contains(plain, want) {
			t.Errorf("%q is missing in\n%s", want, plain)
		}
	}
	for _, c := range plain {
		if c < ' ' && c != '\n' || c == 0x7F || 0x80 <= c && c < 0xA0 || c == '\u202e' {
			t.Errorf("the control %U reaches the terminal", c)
		}
	}
	if !strings.Contains(got.stderr, "long values are folded: --json prints all of them") {
		t.Errorf("nothing says that values are folded: %s", got.stderr)
	}
	whole := run(t, onTerminal(r.URL), "get", "log_a", "--json")
	if strings.Contains(whole.stdout, "…") || strings.Contains(whole.stdout, "\x1b") || strings.Count(whole.stdout, "line of a text") != 30 {
		t.Error("--json is not all of it, as it is")
	}
	if bare := run(t, onTerminal(r.URL), "get", "log_a", "--no-color"); bare.stdout != plain {
		t.Errorf("--no-color is not the same without colours:\n%s", bare.stdout)
	}
	if piped := run(t, at(r.URL), "get", "log_a"); piped.stdout != doc+"\n" {
		t.Errorf("piped, it is not the bytes of the server")
	}
	part := run(t, onTerminal(r.URL), "get", "log_a", "metadata.empty", "stdout")
	if styling.ReplaceAllString(part.stdout, "") != "{}\na␛]0;title␇<U+202E>b\n" {
		t.Errorf("paths: %q", part.stdout)
	}
}
