//go:build unix

package cli_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode"

	"github.com/charmbracelet/x/ansi"

	"errata/model/jsonraw"
	"errata/ui/sanitize"
	"errata/ui/term/termtest"
)

// home is a place for one errata: its folders, and the environment that names them.
type home struct {
	t   testing.TB
	dir string
}

func newHome(t testing.TB) home { return home{t, t.TempDir()} }

// command is errata with these arguments in this home, as a process of its own.
func (h home) command(args ...string) *exec.Cmd {
	h.t.Helper()
	self, err := os.Executable()
	if err != nil {
		h.t.Fatal(err)
	}
	cmd := exec.Command(self, args...)
	cmd.Args[0] = "errata"
	cmd.Env = []string{"HOME=" + h.dir, "PATH=" + os.Getenv("PATH"), "TMPDIR=" + h.dir, "GORACE=atexit_sleep_ms=0", pagesBeside(h.t)}
	return cmd
}

// run runs errata without a terminal and gives what it prints.
func (h home) run(args ...string) string {
	h.t.Helper()
	out, err := h.command(args...).Output()
	if err != nil {
		h.t.Fatalf("errata %q: %v", args, err)
	}
	return string(out)
}

// load imports documents of logs.
func (h home) load(docs ...string) home {
	h.t.Helper()
	file := filepath.Join(h.dir, "logs.jsonl")
	if err := os.WriteFile(file, []byte(strings.Join(docs, "\n")), 0o600); err != nil {
		h.t.Fatal(err)
	}
	h.run("import", file)
	return h
}

// open runs errata on a terminal.
func (h home) open(w, height int, args ...string) *termtest.Remote {
	h.t.Helper()
	return termtest.Start(h.t, h.command(args...), w, height)
}

const tides = `{"id":"log_tides","prompt":{"id":"pr_1","path":"almanac/tides"},"evaluator_logs":[],"output":"At nine.","error":null,` +
	`"prompt_tokens":12,"prompt_cost":0.10,"metadata":{"b":1e-07,"a":"x"},"created_at":"2025-03-01T10:00:00"}`

// editOutput opens the editor on the output of a log that is being opened.
func editOutput(r *termtest.Remote) {
	r.Shows("almanac/tides")
	r.Send("jj" + keyEnter)
	r.Shows("editing")
}

func TestCorrectOneLogInATerminal(t *testing.T) {
	t.Parallel()
	h := newHome(t).load(tides)
	r := h.open(80, 24)
	r.Shows("At nine.")
	r.Send("\r")
	editOutput(r)
	r.Send(" Or ten.\x13")
	r.Shows("nothing is sent yet")
	r.Send("b")
	r.Shows(`{"output":"At nine. Or ten."}`)
	r.Send("\r")
	r.Shows("saved and verified")
	r.Send("qq")
	if code, _ := r.Ends(); code != 0 {
		t.Errorf("it ended with %d", code)
	}
	r.Left()
	if got, want := h.run("get", "log_tides"), strings.Replace(tides, "At nine.", "At nine. Or ten.", 1)+"\n"; got != want {
		t.Errorf("the log is\n%s\nwant\n%s", got, want)
	}
}

// esc and the key behind it may come in one read, as a slow line or tmux delivers them.
func TestEscAndAKeyInOneRead(t *testing.T) {
	t.Parallel()
	r := newHome(t).load(tides).open(80, 24, "log_tides")
	editOutput(r)
	r.Send(" Or ten.\x1bj")
	r.Shows("▸   Error")
	r.Send("k\r")
	r.Shows("editing")
	r.Send("\x1bx")
	r.Shows("esc; press x again")
	r.Shows("At nine. Or ten.")
	r.Send("\r")
	r.Shows("editing")
	r.Send("!\x1b\x13")
	r.Shows("nothing is sent yet")
	r.Send("b")
	r.Shows(`{"output":"At nine. Or ten.!"}`)
	r.Send("\x1bq")
	r.Shows("? y / n")
	r.Send("y")
	if code, _ := r.Ends(); code != 0 {
		t.Errorf("it ended with %d", code)
	}
	r.Left()
}

func TestCtrlCLeavesTheTerminalCleanAtAnyMoment(t *testing.T) {
	t.Parallel()
	for name, keys := range map[string][]string{
		"form": nil, "editor": {"jj\r"}, "search": {"/"}, "help": {"?", "\x03"}, "changed": {"jjx", "\x03"}, "review": {"jjx", "\x13"}, "reading": {" "},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newHome(t).load(tides).open(80, 24, "log_tides")
			r.Shows("almanac/tides")
			for _, k := range keys {
				r.Key(k, 50*time.Millisecond)
			}
			r.Send("\x03")
			if name == "review" {
				r.Shows("not sent")
				r.Send("\x03")
			}
			if code, _ := r.Ends(); code != 0 {
				t.Errorf("it ended with %d", code)
			}
			r.Left()
		})
	}
}

func TestSignalsLeaveTheTerminalClean(t *testing.T) {
	t.Parallel()
	for _, sig := range []syscall.Signal{syscall.SIGTERM, syscall.SIGHUP} {
		t.Run(sig.String(), func(t *testing.T) {
			t.Parallel()
			r := newHome(t).load(tides).open(80, 24, "log_tides")
			r.Shows("almanac/tides")
			r.Send("jj\rabc")
			r.Shows("1 changed")
			r.Signal(sig)
			r.Ends()
			r.Left()
		})
	}
}

// hostile are texts that would do harm if a terminal got them as they are, five for each run of the
// program.
var hostile = [][5]string{
	{"plain \x1b[31mred\x1b[0m", "\x1b]52;c;QQ==\x07clip", "\x1b]0;title\x1b\\x", "\x1bc", "\x1b[?1049l"},
	{"\x1b[6n", "\x1bP1$qm\x1b\\", "c1 \u009b31m \u009d0;t\u009c", "bidi \u202egnp.exe \u2066x\u2069", "zero\u200bwidth\ufeff"},
	{"nul\x00 bs\b\b del\x7f bel\a so\x0e", "tag\U000e0041 hyphen\u00ad line\u2028sep", "cr\rEVIL", "zalgo" + strings.Repeat("\u0301", 40), "tab\tand\v\f"},
	{"lone \xed\xa0\x80 surrogate", "marks \u061c \u180e \u3164", "\x1b_apc\x1b\\ \x1b^pm\x1b\\", "family \U0001f469\u200d\U0001f467 \u65e5\u672c", "cut short\x1b"},
}

// hostileLog is a log with each of the texts in a place of every kind: words in one line, long
// texts, the parts of a message, names, nested values.
const hostileLog = `{"id":"log_%[6]d","prompt":{"id":"pr_1","path":%[1]s,"version_id":%[2]s,"model":%[3]s},"user":%[4]s,"trace_id":%[5]s,` +
	`"finish_reason":%[1]s,"source":%[2]s,"output":%[3]s,"error":%[4]s,"stdout":%[5]s,"prompt_tokens":7,"created_at":"2025-03-01T10:00:0%[6]d",` +
	`"messages":[%[7]s],"output_message":%[7]s,"inputs":{%[2]s:%[3]s},"metadata":{"k":[%[4]s]},"provider_request":{"a":{"b":%[5]s}},"provider_response":null}`

const hostileMessage = `{"role":"assistant","content":%[5]s,"name":%[4]s,"tool_calls":[{"id":%[3]s,"type":"function","function":{"name":%[2]s,"arguments":%[1]s}}],"odd":%[5]s}`

// hostileLogs are five logs, such that each text is once in each place.
func hostileLogs(t *testing.T, texts [5]string) (docs []string) {
	t.Helper()
	for i := range texts {
		var quoted []any
		for j := range texts {
			q, err := jsonraw.Quote(texts[(i+j)%len(texts)])
			if err != nil {
				t.Fatal(err)
			}
			quoted = append(quoted, q)
		}
		message := fmt.Sprintf(hostileMessage, quoted...)
		docs = append(docs, fmt.Sprintf(hostileLog, append(quoted, i, message)...))
	}
	return docs
}

// ours are the control sequences that errata itself writes: cursor, erase, styles, scrolling,
// modes, and the question for the background.
var ours = regexp.MustCompile(`\x1b\[[0-9;:?]*[A-HJKLMPSTXZ@\x60bdefhlmr]|\x1b\]11;\?(\x07|\x1b\\)|\x1bM|\x1b[78=>]|[\r\n\x08]`)

func TestHostileTextNeverReachesTheTerminal(t *testing.T) {
	t.Parallel()
	for i, texts := range hostile {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			t.Parallel()
			survey(t, hostileLogs(t, texts), texts[:]...)
		})
	}
}

func TestHostileTextMayBeHuge(t *testing.T) {
	t.Parallel()
	line, lines := strings.Repeat("long ", 210_000), strings.Repeat("\n", 100_000)
	survey(t, hostileLogs(t, [5]string{"a", "b", line, "c", lines})[:1])
}

// survey shows the logs, each later than the one before, as a list with these outputs and one by
// one, the last of them in full. It checks what the terminal got, and that saving keeps every byte.
func survey(t *testing.T, docs []string, outputs ...string) {
	t.Helper()
	h := newHome(t).load(docs...)
	r := h.open(100, 30)
	r.Shows(fmt.Sprintf("%d log", len(docs)))
	for _, text := range outputs {
		safe := strings.TrimSuffix(sanitize.Line(text, 16), "…")
		safe = strings.ReplaceAll(safe, "\u0301", "") // the emulator does not keep combining marks
		// room is behind a cluster that terminals measure differently
		blanks := strings.NewReplacer(" ", "")
		if !strings.Contains(blanks.Replace(r.Screen()), blanks.Replace(safe)) {
			t.Errorf("the list does not show %q:\n%s", safe, r.Screen())
		}
	}
	r.Send("\r")
	r.Shows("no changes")
	tour(t, r)
	for n := len(docs) - 2; n >= 0; n-- {
		r.Send("]")
		r.Shows(fmt.Sprintf("log_%d", n))
	}
	r.Send("qq")
	if code, _ := r.Ends(); code != 0 {
		t.Errorf("it ended with %d:\n%s", code, r.Screen())
	}
	r.Left()
	clean(t, r.Output())

	h.run("set", "log_0", "prompt_tokens=8")
	if got, want := h.run("get", "log_0"), strings.Replace(docs[0], `"prompt_tokens":7`, `"prompt_tokens":8`, 1)+"\n"; got != want {
		t.Error("saving another field altered the log")
	}
}

// tour looks at every field of the log on the screen and at its difference, walks through the
// structures, changes a text and shows the body of that, moves the rule, and searches.
func tour(t *testing.T, r *termtest.Remote) {
	t.Helper()
	for now := pointed(r); !strings.Contains(now, "trace_id"); {
		before := now
		r.Send(" Gdh")
		if name := strings.TrimSpace(before); strings.HasPrefix(name, "Messages") || strings.HasPrefix(name, "Output message") ||
			strings.HasPrefix(name, "Inputs") || strings.HasPrefix(name, "Metadata") || strings.HasPrefix(name, "Provider re") {
			r.Send("\rzGgjo" + keyEsc + keyEsc + keyEsc)
			r.Shows("edit  space read")
		}
		r.Send("\t")
		r.Until("the field after"+before, func() bool { now = pointed(r); return now != "" && now != before })
	}
	r.Shows("edit  space read")
	r.Send("gjj\r")
	r.Shows("editing")
	r.Send("x\x13")
	r.Shows("nothing is sent yet")
	r.Send("b")
	r.Shows(`{"output":`)
	r.Send("\x1b")
	r.Shows("1 changed")
	r.Send("u")
	r.Shows("no changes")
	// the rule at both its ends
	r.Send(strings.Repeat("<", 20) + "GgjJK" + strings.Repeat(">", 30) + "GgjJK")
	r.Send("Gkkkkkkkkkkkk/a\r")
	r.Shows("hits for a")
	r.Send("\x1b")
	r.Lacks("hits for a")
}

// pointed is the name of the field that the list of the form points at; what is beside the list may
// have a pointer of its own.
func pointed(r *termtest.Remote) string {
	for line := range strings.Lines(r.Screen()) {
		if row, ok := strings.CutPrefix(line, "▸"); ok {
			return row[:min(len(row), 20)]
		}
	}
	return ""
}

// widthsQuestion is what errata writes once to learn how wide the terminal draws. Nothing else asks
// for the cursor.
func widthsQuestion() string {
	q := ""
	for _, text := range sanitize.Probes {
		q += ansi.CursorPosition(1, 2) + text + ansi.RequestCursorPositionReport
	}
	return q
}

// clean fails the test when output holds anything but text that is safe and errata's own sequences.
func clean(t *testing.T, output string) {
	t.Helper()
	apart := func(text string) string { return ours.ReplaceAllString(text, "") }
	rest := strings.Replace(apart(output), apart(widthsQuestion()), "", 1)
	for i, c := range rest {
		joiner := c == '\u200d' || c == '\ufe0f'
		if c == unicode.ReplacementChar || unicode.IsControl(c) || unicode.Is(unicode.Cf, c) && !joiner || c == '\u2028' || c == '\u2029' {
			t.Fatalf("%U reached the terminal in %q", c, rest[max(0, i-40):min(len(rest), i+40)])
		}
	}
}

// TestLogsOfAgentsAreCorrectedToo sends a change of a log whose endpoint is another than that of a
// prompt's.
func TestLogsOfAgentsAreCorrectedToo(t *testing.T) {
	t.Parallel()
	h := newHome(t).load(`{"id":"log_helm","agent":{"id":"ag_1","path":"almanac/helm"},"evaluator_logs":[],"output":"Ready.","created_at":"2025-03-01T10:00:00"}`)
	r := h.open(80, 24, "log_helm")
	r.Shows("almanac/helm")
	r.Send("jj" + keyEnter + " Steady." + keyReview)
	r.Shows("PATCH /agents/ag_1/log/log_helm")
	r.Send(keyReview)
	r.Shows("saved and verified")
	if got := h.run("get", "log_helm", "output"); got != "Ready. Steady." {
		t.Errorf("the output is %q", got)
	}
}
