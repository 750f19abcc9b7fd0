package form

import (
	"bytes"
	"errors"
	"os/exec"
	"path/filepath"
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model"
	"errata/model/jsonraw"
	"errata/model/tree"
	"errata/ui/bars"
	"errata/ui/draft"
)

// atOnce is how soon an editor returns that opens a window and does not wait for it.
const atOnce = 2 * time.Second

// inTerminal are the editors that end when their user is done, however soon that is.
var inTerminal = []string{
	"vi", "vim", "nvim", "view", "ex", "ed", "nano", "pico", "emacs", "micro", "hx", "helix",
	"kak", "joe", "jed", "mg", "ne", "mcedit", "zile", "vim.tiny", "vim.basic", "vim.nox",
}

// returned takes over what the external editor saved, which counts even when the editor failed.
func (m *lending) returned(msg editedMsg) tea.Cmd {
	if m.externalText == nil || m.externalText != msg.externalText {
		return nil
	}
	if m.externalText.ended.IsZero() {
		m.externalText.ended = m.now()
	}
	var failed *exec.ExitError
	switch {
	case waits(msg.err):
		m.Say(m.unread(msg.err))
		return m.again(msg)
	case msg.failed != nil && !errors.As(msg.failed, &failed):
		m.endExternal(bad(m.o.Editor[0] + " cannot be started: " + reason(msg.failed) + "; VISUAL or EDITOR says which editor to take"))
	case msg.err != nil:
		m.endExternal(bad("the editor left no file, nothing was taken over: " + bars.Reason(msg.err)))
	case msg.changed && failed != nil:
		m.takeOver(msg.text, bars.News{Level: bars.Warning, Text: "the editor failed (" + failed.Error() + "); what it had saved was taken over, u takes it back"})
	case msg.changed:
		m.takeOver(msg.text, m.taken())
	case msg.recovery != "":
		m.Say(m.unsaved(msg.recovery))
	case failed != nil:
		m.endExternal(bad("the editor failed and had saved nothing: " + failed.Error()))
	case m.returnedAtOnce():
		m.Say(bars.News{Level: bars.Warning, Text: "the editor returned at once: save in its window, then press e; one that waits does without (VISUAL='code --wait')"})
	default:
		m.endExternal(bars.News{Text: m.externalText.Field.Name + ": the editor changed nothing"})
	}
	if m.built != nil {
		return m.shaped()
	}
	return nil
}

// again is the command that reads what the editor left once the disk goes on.
func (m *lending) again(msg editedMsg) tea.Cmd {
	return func() tea.Msg {
		m.disk.wait()
		return editedMsg{msg.externalText, m.disk.look(msg.externalText), msg.failed}
	}
}

// reason is why a program was not started, without its name.
func reason(err error) string {
	var failed *exec.Error
	if errors.As(err, &failed) {
		err = failed.Err
	}
	return bars.Reason(err)
}

func bad(text string) bars.News { return bars.News{Level: bars.Bad, Text: text} }

// taken is the news that what the editor saved was taken over.
func (m *lending) taken() bars.News {
	return bars.News{Text: "taken over from the editor: " + m.externalText.Field.Name}
}

// unsaved is the news that the editor was ended before it saved, and left its words in a file of
// its own.
func (m *lending) unsaved(recovery string) bars.News {
	return bars.News{Level: bars.Warning, Text: "the editor was ended before it saved " + m.externalText.Field.Name +
		"; e opens it again, and it finds " + filepath.Base(recovery)}
}

// unread is the news that the disk keeps what the editor has saved.
func (m *lending) unread(waiting error) bars.News {
	return bars.News{Level: bars.Warning, Text: "what the editor saved of " + m.externalText.Field.Name + " is still to be taken over: " + waiting.Error()}
}

// returnedAtOnce reports whether the editor may have a window that is still open.
func (m *lending) returnedAtOnce() bool {
	return m.externalText.ended.Sub(m.externalText.began) < atOnce && !slices.Contains(inTerminal, filepath.Base(m.o.Editor[0]))
}

// collectSaved takes over what an editor has saved since it returned, or since an earlier run of
// errata ended. It reports whether there was anything. A file that nobody wrote to stays with the
// editor, whose window may still be open. If the disk does not answer, it says that the text is
// still to be taken over.
func (m *lending) collectSaved() (saved savedText, yes bool) {
	if m.externalText == nil {
		return savedText{}, false
	}
	saved = m.saved()
	switch {
	case waits(saved.err):
		m.Say(m.unread(saved.err))
	case saved.err == nil && saved.changed:
		m.takeOver(saved.text, m.taken())
		return saved, true
	}
	return saved, false
}

// collect does the same before another text is given to the editor. A file without changes is
// dropped; one whose editor has left unsaved text is not.
func (m *lending) collect() (yes bool) {
	saved, yes := m.collectSaved()
	switch {
	case yes, waits(saved.err):
		return true
	case m.externalText == nil:
		return false
	case saved.recovery == "":
		m.endExternal(bars.News{})
		return false
	case m.externalText.Field == m.Field():
		return false
	}
	m.Commit()
	m.GoTo(m.externalText.Field)
	m.Say(m.unsaved(saved.recovery))
	return true
}

// Collect takes over what the editor of an earlier run of errata saved. It returns the news about
// it, if there are any.
func (m *lending) Collect(l draft.ExternalEdit) (n bars.News) {
	path, err := m.fileFor(l.Name)
	if err != nil && !waits(err) {
		return n
	}
	m.externalText = &externalText{ExternalEdit: l, path: path, old: true}
	saved, yes := m.collectSaved()
	switch {
	case yes, waits(saved.err):
		return m.news
	case saved.recovery != "":
		m.GoTo(l.Field)
		return m.unsaved(saved.recovery)
	}
	return n // its editor may have outlived that errata, and save yet
}

// leaveExternal takes over what was saved when the log is left. The file of an earlier run is
// removed if nobody has written to it.
func (m *lending) leaveExternal() {
	saved, yes := m.collectSaved()
	if !yes && m.externalText != nil && m.externalText.old && saved.recovery == "" && !waits(saved.err) {
		m.endExternal(bars.News{})
	}
}

// takeOver puts the words of the editor where they belong, says so, and lets the file go. It stays
// where that place is not there any more.
func (m *lending) takeOver(text []byte, n bars.News) {
	switch err := m.putBack(m.externalText, text); {
	case errors.Is(err, errMoved):
		m.Say(bad("the editor's words are in " + m.externalText.path + ": what it had of " + m.externalText.Field.Name + " has changed since; take the file away when you have them"))
		return
	case err != nil:
		n = bad("kept as text, which is not a value yet: " + err.Error())
	}
	m.endExternal(n)
}

// endExternal ends an external edit, and shows n. A recovery file of the editor stays.
func (m *lending) endExternal(n bars.News) {
	path := m.externalText.path
	m.externalText = nil
	m.keep(draft.ExternalDone{})
	var kept string
	var err error
	if !m.behind && path != "" { // else the file stays
		kept, err = m.disk.cleanUp(path)
	}
	switch {
	case waits(err): // it goes when the disk answers
	case kept != "":
		n.Level, n.Text = bars.Warning, n.Text+"; the editor left words in "+kept
	case err != nil:
		n.Level, n.Text = bars.Warning, n.Text+"; its file stays: "+bars.Reason(err)
	}
	if n.Text != "" {
		m.Say(n)
	}
}

// errMoved is the error when the edited part of a value is not there any more.
var errMoved = errors.New("it is not there any more")

// putBack gives a field the text that the editor left: for the whole of it, or for a place within
// it. What is not a value is kept as a text, and the error says why it is none.
func (m *lending) putBack(l *externalText, text []byte) error {
	f := l.Field
	if l.Path == nil {
		m.Commit()
		return m.change(f, func() error { return setText(m.changes, f, string(text)) })
	}
	node, fits := l.node(text)
	if fits && m.putInside(l, node) {
		return nil
	}
	m.Commit()
	old := m.changes.Value(f)
	root := rootOf(old)
	if e, had := m.changes.Edit(f); root == nil || had && e.Err != nil {
		return errMoved
	}
	was, ok := l.found(root)
	if !ok {
		return errMoved
	}
	return m.change(f, func() error {
		if fits {
			return setRoot(m.changes, f, old, root.Replace(l.Path, l.graft(was, node)))
		}
		return setBroken(m.changes, f, root, l.Path, node.Bytes())
	})
}

// setBroken gives a field the text of a value with something in a place of it that is not JSON: the
// rest stands as an editor shows it.
func setBroken(c *model.ChangeSet, f *model.Field, root *tree.Node, at tree.Path, broken []byte) error {
	stand := []byte(`"here"`)
	for bytes.Contains(root.Bytes(), stand) {
		stand = slices.Insert(stand, 1, '-')
	}
	whole := jsonraw.Indent(root.Replace(at, tree.New(stand)).Bytes())
	text := bytes.Replace(whole, stand, broken, 1)
	err := f.Fits(text, c.Base().Value(f))
	c.Put(f, model.Edit{Text: string(text), Err: err}, true)
	return err
}

// putInside gives the open structure what the editor left, as a step of its own undo.
func (m *lending) putInside(l *externalText, node *tree.Node) (ok bool) {
	b := m.built
	if b == nil || b.field != l.Field || b.st.Commit() != nil || b.st.Root() == nil {
		return false
	}
	root := b.st.Root()
	was, ok := l.found(root)
	if !ok {
		return false
	}
	b.st.Put(l.Path, l.graft(was, node))
	m.keep(b.written()...)
	return b.st.Root() != root
}

// node is what the text of the editor stands for; fits is false if that is not a value, and the
// node no JSON.
func (l *externalText) node(text []byte) (n *tree.Node, fits bool) {
	if l.JSON {
		return tree.New(text), jsonraw.Check(text) == nil
	}
	if n, err := tree.Text(string(text)); err == nil {
		return n, true
	}
	return tree.New(slices.Concat([]byte{'"'}, text, []byte{'"'})), false
}

// graft is the node that replaces the edited one. Parts of JSON that were not edited keep their
// bytes.
func (l *externalText) graft(was, node *tree.Node) *tree.Node {
	if !l.JSON {
		return node
	}
	return tree.New(jsonraw.Graft(was.Bytes(), node.Bytes()))
}

// found is the node that the editor got, if it has not changed since.
func (l *externalText) found(root *tree.Node) (was *tree.Node, ok bool) {
	was, ok = root.At(l.Path)
	if !ok {
		return nil, false
	}
	text, isText := nodeText(was)
	return was, isText != l.JSON && l.IsSame(text)
}
