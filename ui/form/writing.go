package form

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model/figure"
	"errata/model/jsonraw"
	"errata/ui/bars"
	"errata/ui/keys"
	"errata/ui/outfile"
	"errata/ui/query"
)

// asking is the question for the name of a file that something is to be written to.
type asking struct {
	*fieldList
	prompt *query.Line
	what   string
	data   func() ([]byte, error) // called away from the keys
	over   string                 // the file that may be replaced: its name was given twice
	looks  string                 // the name that is looked at: a second enter answers nothing
	stat   func(name string) (fs.FileInfo, error)
}

// askLabel is before the name.
const askLabel = "write to: "

// wroteMsg comes when a file was written, or was not.
type wroteMsg struct {
	what, name string
	size       int
	err        error
}

// ask asks for a file's name.
func ask(l *fieldList, what, name string, data func() ([]byte, error)) *asking {
	return &asking{fieldList: l, what: what, data: data, stat: os.Stat, prompt: query.New(name, l.th)}
}

// askWrite asks where the value under the cursor is to be written: a string's text as it is,
// anything else as JSON. It is nil, with a word of why, where there is none.
func askWrite(l *fieldList) *asking {
	r, v := l.rows[l.cursor], l.value(l.cursor)
	if v.IsAbsent() {
		l.Say(bars.News{Text: r.name() + " is absent: there is nothing to write"})
		return nil
	}
	suffix := ".json"
	if v.Kind() == jsonraw.String {
		suffix = ".txt"
	}
	return ask(l, r.name(), fileName(l.head.ID+"."+r.name())+suffix, func() ([]byte, error) {
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

// key is a key while the name is being typed. It reports whether the key ends that.
func (a *asking) key(msg tea.KeyMsg) (cmd tea.Cmd, ends bool) {
	action := keys.FileName.Action(msg.String())
	switch {
	case a.prompt.Pending() || action == "":
		a.prompt.Update(msg)
	case action == keys.Close:
		a.Say(bars.News{Text: "nothing written"})
		return nil, true
	case action == keys.Accept:
		return a.look(), false
	}
	return nil, false
}

// name is the file that is named, "" if nothing is typed.
func (a *asking) name() string { return outfile.Name(a.prompt.Text()) }

// thereMsg says what has the name that was given.
type thereMsg struct {
	asked *asking
	name  string
	info  fs.FileInfo
	err   error
}

// look is the command that looks at what has the name. A disk that does not answer keeps no key:
// the question stays, and esc ends it.
func (a *asking) look() tea.Cmd {
	name := a.name()
	if name == "" || name == a.looks {
		return nil
	}
	a.looks = name
	a.Say(bars.News{Text: "looking at " + name + " …"})
	return func() tea.Msg {
		info, err := a.stat(name)
		return thereMsg{a, name, info, err}
	}
}

// there takes what has the name. A question that has ended, or has another name by now, has no use
// for it.
func (m *Model) there(msg thereMsg) tea.Cmd {
	if m.asking != msg.asked || m.asking.name() != msg.name {
		return nil
	}
	m.asking.looks = ""
	cmd := m.asking.write(msg)
	if cmd != nil {
		m.asking = nil
	}
	return cmd
}

// write is the command that writes the file, nil if it is not to be written yet. One that is there
// is replaced when its name was given twice.
func (a *asking) write(found thereMsg) tea.Cmd {
	name := found.name
	switch err := found.err; {
	case err == nil && found.info.IsDir():
		a.Say(bars.News{Level: bars.Warning, Text: name + " is a directory: type the name of a file in it"})
		return nil
	case err == nil && a.over != name:
		a.over = name
		a.Say(bars.News{Level: bars.Warning, Text: name + " is there already: enter again replaces it"})
		return nil
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		a.Say(bars.News{Level: bars.Bad, Text: "cannot write there: " + err.Error()})
		return nil
	}
	a.Say(bars.News{Text: "writing " + a.what + " …"})
	return func() tea.Msg {
		data, err := a.data()
		if err == nil {
			err = outfile.Write(name, data)
		}
		return wroteMsg{a.what, name, len(data), err}
	}
}

// wrote says what became of it.
func (l *fieldList) wrote(msg wroteMsg) {
	if msg.err != nil {
		l.Say(bars.News{Level: bars.Bad, Text: msg.what + " was not written: " + msg.err.Error()})
		return
	}
	l.Say(bars.News{Level: bars.Good, Text: "wrote " + figure.Size(msg.size) + " to " + msg.name})
}
