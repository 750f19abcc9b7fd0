//go:build unix

package cli_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"

	"errata/model"
	"errata/ui/draft"
	"errata/ui/form"
	"errata/ui/term"
	"errata/ui/term/termtest"
	"errata/ui/theme"
)

// The tests in the files survive* take the terminal, the process or the disk away from the program.
// What must have survived is told by a rehearsal: the same keys, pressed on the form alone.

// The window of these tests.
const surviveWidth, surviveHeight = 80, 24

// The keys of the scripts that are no letters, as terminals send them; esc as those do that leave
// no doubt about it.
const (
	keyEsc, keyEnter, keyTab, keyBackTab  = "\x1b[27u", "\r", "\t", "\x1b[Z"
	keyUp, keyDown, keyRight, keyLeft     = "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D"
	keyHome, keyEnd, keyPageUp, keyPageDn = "\x1b[H", "\x1b[F", "\x1b[5~", "\x1b[6~"
	keyTextTop                            = "\x1b[1;5H" // ctrl+home
	keyBackspace, keyDelete               = "\x7f", "\x1b[3~"
	keyReview, keyRedo                    = "\x13", "\x12"           // ctrl+s, ctrl+r
	keyNextLog                            = "\x0e"                   // ctrl+n
	keyBack, keyAgain                     = "\x1a", "\x19"           // ctrl+z, ctrl+y
	keyWord, keyToEnd, keyLiteral         = "\x17", "\x0b", "\x16"   // ctrl+w, ctrl+k, ctrl+v
	keyMore, keyLess                      = "\x1b[1;3A", "\x1b[1;3B" // alt and the arrows
)

// sequences are those of the keys that are sequences.
var sequences = map[string]tea.KeyMsg{
	keyUp: {Type: tea.KeyUp}, keyDown: {Type: tea.KeyDown}, keyRight: {Type: tea.KeyRight}, keyLeft: {Type: tea.KeyLeft},
	keyHome: {Type: tea.KeyHome}, keyEnd: {Type: tea.KeyEnd}, keyPageUp: {Type: tea.KeyPgUp}, keyPageDn: {Type: tea.KeyPgDown},
	keyMore: {Type: tea.KeyUp, Alt: true}, keyLess: {Type: tea.KeyDown, Alt: true},
	keyDelete: {Type: tea.KeyDelete}, keyBackTab: {Type: tea.KeyShiftTab}, keyEsc: {Type: tea.KeyEsc},
}

// A stroke is a key or a paste: what the terminal sends, and what it means.
type stroke struct {
	bytes string
	msg   tea.Msg
}

var oneKey = regexp.MustCompile(`(?s)\x1b\[[0-9;]*[A-Zu~]|.`)

// strokes are the keys of a script, in which everything stands as the terminal sends it.
func strokes(script string) (list []stroke) {
	for _, key := range oneKey.FindAllString(script, -1) {
		msg := tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(key)}
		if known, ok := sequences[key]; ok {
			msg = known
		} else if c := key[0]; c < ' ' || c == '\x7f' {
			msg = tea.KeyMsg{Type: tea.KeyType(c)}
		} else if c == ' ' {
			msg.Type = tea.KeySpace
		}
		list = append(list, stroke{key, msg})
	}
	return list
}

// pasted is the paste of a text.
func pasted(text string) stroke {
	return stroke{"\x1b[200~" + strings.ReplaceAll(text, "\n", "\r") + "\x1b[201~", term.PasteMsg{Text: text}}
}

// A rehearsal is the form without a program around it.
type rehearsal struct {
	t    testing.TB
	form *form.Model
}

// rehearse opens a form on a document of the server with this name.
func rehearse(t testing.TB, server, document string) rehearsal {
	t.Helper()
	log, err := model.ParseLog([]byte(document))
	if err != nil {
		t.Fatal(err)
	}
	o := form.Options{Server: server, Rubric: form.Rubric{Note: form.NoEvaluators}}
	p := rehearsal{t, form.New(model.NewChangeSet(log), theme.None(), o)}
	p.form.SetSize(surviveWidth, surviveHeight)
	p.give(nil)
	return p
}

func (p rehearsal) press(list ...stroke) rehearsal {
	for _, s := range list {
		p.give(s.msg)
	}
	return p
}

// give hands the form a message and carries out what it asks for.
func (p rehearsal) give(msg tea.Msg) {
	cmd, _ := p.form.Update(msg)
	p.run(cmd)
}

func (p rehearsal) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case nil:
	case tea.BatchMsg:
		for _, c := range msg {
			p.run(c)
		}
	default:
		p.give(msg)
	}
}

// document is the log with the changes.
func (p rehearsal) document() string {
	p.t.Helper()
	log, err := p.form.Changes().Apply()
	if err != nil {
		p.t.Fatal(err)
	}
	return string(log.Bytes())
}

// work is the text of each edited field, the open one among them, as its literal or as it was
// typed.
func (p rehearsal) work() map[string]string {
	work := map[string]string{}
	for _, f := range model.Fields() {
		if e, ok := p.form.Changes().Edit(f); ok {
			work[f.Name] = content(f, e)
		}
	}
	return work
}

// content is what an edit makes of a field: its text.
func content(f *model.Field, e model.Edit) string {
	if e.Err != nil {
		return e.Text
	}
	text, err := f.Format(e.Value)
	if err != nil || e.Value.IsNull() {
		return string(e.Value.Bytes())
	}
	return text
}

// A sight is what a person sees: the text, and the cursor if there is one.
type sight struct {
	text   string
	x, y   int
	cursor bool
}

// sight is what the form shows.
func (p rehearsal) sight() (s sight) {
	rows := strings.Split(ansi.Strip(p.form.View()), "\n")
	for i, row := range rows {
		rows[i] = strings.TrimRight(row, " ")
	}
	s.text = strings.TrimRight(strings.Join(rows, "\n"), "\n")
	if x, y, ok := p.form.Cursor(); ok {
		s.x, s.y, s.cursor = x, y, true
	}
	return s
}

// on reports whether a terminal shows just this.
func (s sight) on(r *termtest.Remote) bool {
	if r.Screen() != s.text {
		return false
	}
	there := true
	if s.cursor {
		r.Look(func(e *vt.Emulator) { at := e.CursorPosition(); there = at.X == s.x && at.Y == s.y })
	}
	return there
}

// await waits until a terminal shows just one of the sights.
func await(r *termtest.Remote, sights ...sight) {
	r.Until(sights[0].text+"\n<- this screen", func() bool {
		for _, s := range sights {
			if s.on(r) {
				return true
			}
		}
		return false
	})
}

// at is errata over a server, on a terminal.
func (h home) at(srv *remote, args ...string) *termtest.Remote {
	h.t.Helper()
	cmd := h.command(args...)
	cmd.Env = append(cmd.Env, "ERRATA_BASE_URL="+srv.URL+"/v5", "ERRATA_API_KEY="+key)
	return termtest.Start(h.t, cmd, surviveWidth, surviveHeight)
}

// drafted is the work of the only draft on the disk, nil when there is none.
func (h home) drafted() map[string]string {
	h.t.Helper()
	list, err := draft.New(stateOf(h.dir), draft.Options{}).List(h.t.Context())
	if err != nil {
		h.t.Fatal(err)
	}
	if len(list) == 0 {
		return nil
	}
	work := map[string]string{}
	for _, c := range list[0].Changes {
		work[c.Field.Name] = content(c.Field, c.Edit)
	}
	return work
}

// eventually waits for what no terminal tells.
func eventually(t testing.TB, what string, ok func() bool) {
	t.Helper()
	again := time.NewTicker(2 * time.Millisecond)
	defer again.Stop()
	for late := time.After(termtest.Patience); !ok(); {
		select {
		case <-again.C:
		case <-late:
			t.Fatalf("it never came to this: %s", what)
		}
	}
}
