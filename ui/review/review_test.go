package review

import (
	"encoding/json"
	"os/exec"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"errata/model"
	"errata/ui/change"
	"errata/ui/sanitize"
	"errata/ui/term"
	"errata/ui/theme"
	"errata/ui/uitest"
)

const document = `{"id": "log/1", "prompt": {"id": "pr 1"}, "output": "At nine.", "prompt_tokens": 12, "error": null}`

func changed(t *testing.T, edits map[string]string) *model.ChangeSet {
	t.Helper()
	log, err := model.ParseLog([]byte(document))
	if err != nil {
		t.Fatal(err)
	}
	c := model.NewChangeSet(log)
	for name, literal := range edits {
		f, ok := model.Lookup(name)
		if !ok {
			t.Fatalf("no field %q", name)
		}
		c.Set(f, model.Raw([]byte(literal)))
	}
	return c
}

// asked is a screen that keeps what it wants.
type asked struct {
	*Model
	told *[]tea.Msg
}

func (a asked) Update(msg tea.Msg) tea.Cmd {
	cmd, want := a.Model.Update(msg)
	if want != nil {
		*a.told = append(*a.told, want)
	}
	return cmd
}

func open(t *testing.T, edits map[string]string, w, h int) (asked, *[]tea.Msg) {
	t.Helper()
	var told []tea.Msg
	m := New(Read(changed(t, edits)), theme.None(), Options{Server: "embedded store"})
	m.SetSize(w, h)
	return asked{m, &told}, &told
}

func press(m asked, list ...tea.KeyMsg) {
	for _, k := range list {
		m.Update(k)
	}
}

func letter(r rune) tea.KeyMsg { return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}} }

func shows(t *testing.T, m asked, text string) {
	t.Helper()
	if screen := ansi.Strip(m.View()); !strings.Contains(screen, text) {
		t.Errorf("the screen does not show %q:\n%s", text, screen)
	}
}

func TestShowsOldAndNewTheWarningsAndTheLiteralBody(t *testing.T) {
	t.Parallel()
	m, _ := open(t, map[string]string{"output": `"At ten."`, "prompt_tokens": "-3"}, 80, 40)
	const body = `{"prompt_tokens":-3,"output":"At ten."}`
	for _, text := range []string{
		"2 fields", "PATCH /prompts/pr 1/log/log/1", "- At nine.", "+ At ten.", "! ",
		`Output             "At nine." → "At ten."`, "12 → -3 tokens (-15)", "Body: 39 bytes, b shows it exactly as it is sent",
	} {
		shows(t, m, text)
	}
	if strings.Contains(m.View(), body) {
		t.Error("the body is not folded")
	}
	press(m, letter('b'))
	shows(t, m, body)
	press(m, letter('b'))
	if strings.Contains(m.View(), body) {
		t.Error("the body is not folded again")
	}
}

func TestKeysDecide(t *testing.T) {
	t.Parallel()
	m, told := open(t, map[string]string{"output": `"At ten."`, "prompt_tokens": "13"}, 80, 24)
	press(m, tea.KeyMsg{Type: tea.KeyDown}, letter('d'), tea.KeyMsg{Type: tea.KeyUp}, letter('d'),
		tea.KeyMsg{Type: tea.KeyCtrlS}, tea.KeyMsg{Type: tea.KeyEnter}, tea.KeyMsg{Type: tea.KeyEsc})
	var got []string
	for _, msg := range *told {
		switch msg := msg.(type) {
		case LeaveOutMsg:
			got = append(got, "leave out "+msg.Field.Name)
		case SendMsg:
			got = append(got, "send")
		case CloseMsg:
			got = append(got, "close")
		}
	}
	if want := "leave out prompt_tokens,leave out output,send,send,close"; strings.Join(got, ",") != want {
		t.Errorf("the review told %s, want %s", got, want)
	}
}

// What is left out stays listed, the footer says what takes it back in, and no body is shown while
// nothing would be sent.
func TestWhatIsLeftOutIsKept(t *testing.T) {
	t.Parallel()
	changes := changed(t, map[string]string{"output": `"At ten."`})
	m := New(Read(changes), theme.None(), Options{})
	m.SetSize(80, 24)
	shown := asked{m, &[]tea.Msg{}}
	shows(t, shown, "d leave out")
	m.Show(Read(changes, change.LeftOut{Field: model.Output}))
	shows(t, shown, `○ Output             left out: "At nine." → "At ten."`)
	shows(t, shown, "Output: left out, it stays changed in the form")
	shows(t, shown, "nothing would be sent: every change is left out")
	shows(t, shown, "d take back in")
	if screen := ansi.Strip(m.View()); strings.Contains(screen, "Body") {
		t.Errorf("a body is shown:\n%s", screen)
	}
	m.Show(Read(changes))
	shows(t, shown, "Body: 20 bytes")
}

func TestWhileSendingOnlyEscCounts(t *testing.T) {
	t.Parallel()
	m, told := open(t, map[string]string{"output": `"At ten."`}, 80, 24)
	m.Sending(true)
	press(m, tea.KeyMsg{Type: tea.KeyEnter}, tea.KeyMsg{Type: tea.KeyCtrlS}, letter('d'))
	if len(*told) != 0 {
		t.Errorf("while sending the review told %v", *told)
	}
	press(m, tea.KeyMsg{Type: tea.KeyEsc})
	if len(*told) != 1 || (*told)[0] != (CloseMsg{}) {
		t.Errorf("esc told %v", *told)
	}
}

// The copied command is what a shell has to make of it: the same address and the same body,
// whatever they hold.
func TestCurlSurvivesTheShell(t *testing.T) {
	t.Parallel()
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Fatal("this test needs a POSIX shell, sh")
	}
	for _, body := range []string{`{"output":"it's $HOME ` + "`id`" + ` \"quoted\" \\ !"}`, `{"output":"line\nbreak"}`, "{}"} {
		command := curlCommand("http://127.0.0.1:8787/v5/", model.Head{ID: "log'1", PromptID: "pr/1"}, []byte(body))
		if !strings.Contains(command, `"X-API-KEY: $ERRATA_API_KEY"`) {
			t.Errorf("the key is not read from the environment: %s", command)
		}
		script := `curl() { for a; do printf '%s\n' "$a"; done; }; ERRATA_API_KEY=k; ` + command
		out, err := exec.Command(sh, "-c", script).Output()
		if err != nil {
			t.Fatal(err)
		}
		args := strings.Split(strings.TrimSuffix(string(out), "\n"), "\n")
		if got, want := args[2], "http://127.0.0.1:8787/v5/prompts/pr%2F1/log/log%271"; got != want && got != "http://127.0.0.1:8787/v5/prompts/pr%2F1/log/log'1" {
			t.Errorf("the address is %s, want %s", got, want)
		}
		if got := args[len(args)-1]; got != body || !json.Valid([]byte(got)) {
			t.Errorf("the body is %s, want %s", got, body)
		}
	}
}

func TestGeometry(t *testing.T) {
	t.Parallel()
	m, _ := open(t, map[string]string{"output": `"` + strings.Repeat("long ", 400) + `"`, "prompt_tokens": "13", "error": `"\u001b[31m"`}, 80, 24)
	for w := 1; w <= 250; w += 11 {
		for h := 1; h <= 60; h += 4 {
			m.SetSize(w, h)
			uitest.Fills(t, "review", m, w, h, sanitize.Width)
		}
	}
}

func TestAClickShowsTheChangeThatItIsOn(t *testing.T) {
	t.Parallel()
	m, _ := open(t, map[string]string{"output": "ten", "error": "late", "output_tokens": "7"}, 80, 24)
	for i := range m.items() {
		m.Update(term.ClickMsg{X: 4, Y: m.list().Y + i})
		if m.cursor != i {
			t.Errorf("row %d: the cursor is on %d", i, m.cursor)
		}
	}
	m.Update(term.ClickMsg{X: 4, Y: m.list().Y + m.items()}) // the rule
	m.Update(tea.MouseMsg{X: 4, Y: m.list().Y, Button: tea.MouseButtonWheelUp})
	if m.cursor != m.items()-2 {
		t.Errorf("the wheel put the cursor on %d", m.cursor)
	}
}
