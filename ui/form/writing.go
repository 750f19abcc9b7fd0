package form

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model/figure"
	"errata/model/jsonraw"
	"errata/ui/bars"
	"errata/ui/keys"
	"errata/ui/query"
)

// asking is the question for the name of a file that something is to be written to.
type asking struct {
	prompt *query.Line
	what   string
	data   func() ([]byte, error) // called away from the keys
	over   string                 // the file that may be replaced: its name was given twice
}

// askLabel stands before the name.
const askLabel = "write to: "

// wroteMsg comes when a file was written, or was not.
type wroteMsg struct {
	what, name string
	size       int
	err        error
}

// ask asks for a file's name.
func (m *Model) ask(what, name string, data func() ([]byte, error)) {
	m.asking = &asking{what: what, data: data, prompt: query.New(name, m.th)}
}

// askWrite asks where the value under the cursor is to be written: a string's text as it is,
// anything else as JSON.
func (m *Model) askWrite() {
	r, v := m.rows[m.cursor], m.value(m.cursor)
	if v.IsAbsent() {
		m.Say(bars.News{Text: r.name() + " is absent: there is nothing to write"})
		return
	}
	suffix := ".json"
	if v.Kind() == jsonraw.String {
		suffix = ".txt"
	}
	m.ask(r.name(), fileName(m.head.ID+"."+r.name())+suffix, func() ([]byte, error) {
		if text, ok := v.Text(); ok {
			return []byte(text), nil
		}
		return append(bytes.TrimRight(jsonraw.Indent(v.Bytes()), "\n"), '\n'), nil
	})
}

// fileName makes text of a log into the name of a file in the present directory.
func fileName(text string) string {
	return strings.TrimLeft(strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '.', r == '-', r == '_':
			return r
		default:
			return '_'
		}
	}, text), ".-")
}

// askedKey is a key while the name is being typed.
func (m *Model) askedKey(msg tea.KeyMsg) tea.Cmd {
	action := keys.FileName.Action(msg.String())
	switch {
	case m.asking.prompt.Pending() || action == "":
		m.asking.prompt.Update(msg)
	case action == keys.Close:
		m.asking = nil
		m.Say(bars.News{Text: "nothing written"})
	case action == keys.Accept:
		return m.write()
	}
	return nil
}

// write writes the file. One that is there is replaced when its name was given twice.
func (m *Model) write() tea.Cmd {
	a := m.asking
	name := strings.TrimSpace(a.prompt.Text())
	if name == "" {
		return nil
	}
	if home, err := os.UserHomeDir(); err == nil && strings.HasPrefix(name, "~/") {
		name = filepath.Join(home, name[2:])
	}
	switch info, err := os.Stat(name); {
	case err == nil && info.IsDir():
		m.Say(bars.News{Level: bars.Warning, Text: name + " is a directory: type the name of a file in it"})
		return nil
	case err == nil && a.over != name:
		a.over = name
		m.Say(bars.News{Level: bars.Warning, Text: name + " is there already: enter again replaces it"})
		return nil
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		m.Say(bars.News{Level: bars.Bad, Text: "cannot write there: " + err.Error()})
		return nil
	}
	m.asking = nil
	m.Say(bars.News{Text: "writing " + a.what + " …"})
	return func() tea.Msg {
		data, err := a.data()
		if err == nil {
			err = writeFile(name, data)
		}
		return wroteMsg{a.what, name, len(data), err}
	}
}

// wrote says what came of it.
func (m *Model) wrote(msg wroteMsg) {
	if msg.err != nil {
		m.Say(bars.News{Level: bars.Bad, Text: msg.what + " was not written: " + msg.err.Error()})
		return
	}
	m.Say(bars.News{Level: bars.Good, Text: "wrote " + figure.Size(msg.size) + " to " + msg.name})
}

// writeFile writes a file whole or not at all, readable by its owner only.
func writeFile(name string, data []byte) error {
	file, err := os.CreateTemp(filepath.Dir(name), ".errata-*")
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	err = errors.Join(err, file.Sync(), file.Close())
	if err == nil {
		err = os.Rename(file.Name(), name)
	}
	if err != nil {
		_ = os.Remove(file.Name())
	}
	return err
}
