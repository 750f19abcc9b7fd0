package term

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
)

// TestMain runs a small program instead of the tests when it is told to: the tests start themselves
// on a pseudo-terminal and look at it from outside.
func TestMain(m *testing.M) {
	switch os.Getenv("ERRATA_TEST_PROGRAM") {
	case "":
		os.Exit(m.Run())
	case "stock":
		_, _ = tea.NewProgram(stockHello{}, tea.WithAltScreen()).Run()
	case "probe":
		runProbe()
	case "shell":
		runShell()
	}
	os.Exit(0)
}

// stockHello is the yardstick: Bubble Tea as it comes.
type stockHello struct{}

func (stockHello) Init() tea.Cmd { return nil }
func (m stockHello) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if k, ok := msg.(tea.KeyMsg); ok && k.String() == "q" {
		return m, tea.Quit
	}
	return m, nil
}
func (stockHello) View() string { return "Hello, world" }

// runShell runs the probe under a shell with job control.
func runShell() {
	shell := exec.Command(os.Getenv("SHELL_PATH"), "-i")
	shell.Env = append(os.Environ(), "ERRATA_TEST_PROGRAM=probe", "PS1=stopped$ ", "ENV=", "HISTFILE=")
	if strings.HasSuffix(shell.Path, "bash") {
		shell.Args = []string{shell.Path, "--norc", "--noprofile", "--noediting", "-i"}
	}
	shell.Stdin, shell.Stdout, shell.Stderr = os.Stdin, os.Stdout, os.Stderr
	_ = shell.Run()
}

func runProbe() {
	// a second signal may come when Run has returned: the result is still to be written
	signal.Notify(make(chan os.Signal, 1), syscall.SIGHUP, syscall.SIGTERM)
	err := Run(context.Background(), &probe{}, Options{
		In: os.Stdin, Out: os.Stdout, Env: os.Environ(), Mouse: true, Colors: os.Getenv("PROBE_COLORS") != "",
		OnEnd: func(why End) {
			if f := os.Getenv("PROBE_SAVED"); f != "" {
				_ = os.WriteFile(f, []byte(fmt.Sprint(int(why))), 0o600)
			}
		},
	})
	if f := os.Getenv("PROBE_RESULT"); f != "" {
		text := "nil"
		if e := new(EndError); errors.As(err, &e) {
			text = fmt.Sprintf("%d %s", e.Why, e.Detail)
		} else if err != nil {
			text = err.Error()
		}
		_ = os.WriteFile(f, []byte(text), 0o600)
	}
}

// A probe shows what it was told last, and does what certain keys say.
type probe struct {
	w, h   int
	last   string
	typed  string
	events int
	break_ bool
}

type tick struct{}

func (p *probe) Init() tea.Cmd { return nil }

func (p *probe) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		p.w, p.h = msg.Width, msg.Height
		return p, nil
	case PasteMsg:
		p.last = fmt.Sprintf("paste %d", len(msg.Text))
		return p, nil
	case BackgroundMsg:
		p.last = fmt.Sprintf("dark %v", msg.Dark)
		return p, nil
	case CopiedMsg:
		p.last = fmt.Sprintf("copied %v", msg.Err)
		return p, nil
	case tea.MouseMsg:
		p.last = "mouse " + msg.String()
		return p, nil
	case tick:
		p.last = "came back"
		return p, nil
	case tea.KeyMsg:
		return p.key(msg)
	}
	return p, nil
}

func (p *probe) key(msg tea.KeyMsg) (tea.Model, tea.Cmd) {
	p.events++
	switch msg.String() {
	case "q":
		return p, tea.Quit
	case "ctrl+u":
		panic("probe: Update")
	case "ctrl+v":
		p.break_ = true
	case "ctrl+x":
		return p, tea.Sequence(func() tea.Msg { return nil }, tea.Batch(func() tea.Msg { panic("probe: command") }, func() tea.Msg { return nil }))
	case "ctrl+g":
		select {} // stuck
	case "ctrl+z":
		return p, Suspend()
	case "ctrl+y":
		return p, Copy("probe", strings.Repeat("y", 10))
	case "ctrl+t":
		return p, Exec(exec.Command("sh", "-c", os.Getenv("PROBE_EXEC")), func(err error) tea.Msg { return tick{} })
	case "ctrl+l":
		return p, tea.ClearScreen
	default:
		if msg.Type == tea.KeyRunes && !msg.Alt {
			p.typed += string(msg.Runes)
			return p, nil
		}
	}
	p.last = msg.String()
	return p, nil
}

func (p *probe) Cursor() (x, y int, ok bool) { return len(p.typed), 2, true }

func (p *probe) View() string {
	if p.break_ {
		panic("probe: View")
	}
	var b strings.Builder
	fmt.Fprintf(&b, "size %dx%d\nlast <%s>\n%s\n", p.w, p.h, p.last, p.typed)
	for y := 3; y < p.h; y++ {
		fmt.Fprintf(&b, "\x1b[36mrow %d\x1b[m of the probe %s\n", y, strings.Repeat("·", 40))
	}
	return b.String() + "\nnever seen"
}
