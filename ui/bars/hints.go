package bars

import (
	"strings"

	"github.com/charmbracelet/bubbles/help"
	"github.com/charmbracelet/bubbles/key"

	"errata/ui/keys"
	"errata/ui/sanitize"
	"errata/ui/theme"
)

// between is between two keys of the footer.
const between = "  "

// helpHint is at the right end of the footer: a key for the help that no text takes.
func helpHint() key.Binding {
	b := keys.Global.Of(keys.Help)
	first := b.Keys()
	for _, k := range b.Keys() {
		if len([]rune(k)) > 1 {
			first = []string{k}
			break
		}
	}
	return key.NewBinding(key.WithKeys(first...), key.WithHelp(keys.Label(first), "help"))
}

// Hints draws the footer: those bindings that have a word for it, as many as fit in w cells, and at
// the right end the key of the help.
func Hints(w int, th *theme.Theme, maps ...keys.Map) string {
	toHelp := helpHint()
	last := hintWidth(toHelp)
	if w < last {
		return Bar(w, nil, []Piece{{toHelp.Help().Key, th.Key}})
	}
	// a cell stays between the two
	return Buttons(max(w-last-1, 0), th, maps...) + strings.Repeat(" ", min(w-last, 1)) + drawing(th).ShortHelpView([]key.Binding{toHelp})
}

// Buttons draws those bindings that have a word for it in w cells, as many as fit.
func Buttons(w int, th *theme.Theme, maps ...keys.Map) string {
	list, used := fitting(w, th, maps)
	return drawing(th).ShortHelpView(list) + strings.Repeat(" ", max(w-used, 0))
}

func drawing(th *theme.Theme) help.Model {
	return help.Model{ShortSeparator: between, Styles: help.Styles{ShortKey: th.Key, ShortDesc: th.Muted, ShortSeparator: th.Muted}}
}

// HintAt is the key whose hint Hints draws at a cell of the footer, ok false if none is.
func HintAt(x, w int, th *theme.Theme, maps ...keys.Map) (name string, ok bool) {
	toHelp := helpHint()
	last := hintWidth(toHelp)
	if x >= w-last {
		return toHelp.Keys()[0], x >= 0 && x < w
	}
	return ButtonAt(x, w-last-1, th, maps...)
}

// ButtonAt is the key whose hint Buttons draws at a cell, ok false if none is.
func ButtonAt(x, w int, th *theme.Theme, maps ...keys.Map) (name string, ok bool) {
	list, _ := fitting(w, th, maps)
	at := 0
	for _, hint := range list {
		end := at + hintWidth(hint)
		if x >= at && x < end {
			return hint.Keys()[0], true
		}
		at = end + len(between)
	}
	return "", false
}

// fitting lists the bindings of a footer that fit in room cells, and the cells that they take. A
// key is the first table's that has it. The way out is always among them.
func fitting(room int, th *theme.Theme, maps []keys.Map) (list []key.Binding, used int) {
	exit, kept := wayOut(maps), 0
	if exit.Hint != "" {
		if kept = hintWidth(hintOf(exit, th)) + len(between); kept > room {
			kept = 0
		}
	}
	for i, m := range maps {
		for _, b := range m.Bindings() {
			if b.Taken(maps[:i]) {
				continue
			}
			hint := hintOf(b, th)
			n := hintWidth(hint)
			if len(list) > 0 {
				n += len(between)
			}
			if b.Hint != "" && b.Do == exit.Do {
				kept = 0
			}
			if b.Hint == "" || used+n+kept > room {
				continue
			}
			list, used = append(list, hint), used+n
		}
	}
	return list, used
}

// wayOut is the row that closes what is open, or leads back: the first that the footer has a word
// for.
func wayOut(maps []keys.Map) (exit keys.Binding) {
	for i, m := range maps {
		for _, b := range m.Bindings() {
			if b.Hint != "" && (b.Do == keys.Close || b.Do == keys.Back) && !b.Taken(maps[:i]) {
				return b
			}
		}
	}
	return exit
}

// hintOf is a row as the footer shows it: the first of its keys, and its word.
func hintOf(b keys.Binding, th *theme.Theme) key.Binding {
	first, _, _ := strings.Cut(b.Help().Key, " ")
	return key.NewBinding(key.WithKeys(b.Keys()...), key.WithHelp(th.Words(first), b.Hint))
}

// hintWidth is the cells that a key and its word take.
func hintWidth(b key.Binding) int {
	return sanitize.Width(b.Help().Key) + 1 + sanitize.Width(b.Help().Desc)
}
