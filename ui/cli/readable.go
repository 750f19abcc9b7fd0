package cli

import (
	"cmp"
	"strings"

	"github.com/charmbracelet/lipgloss"

	"errata/model/charset"
	"errata/model/figure"
	"errata/model/jsonraw"
	"errata/model/media"
	"errata/model/tree"
	"errata/ui/sanitize"
	"errata/ui/theme"
)

// How much is shown of a long value.
const (
	shownRows  = 12 // rows of a text
	shownItems = 40 // members or elements
	deepest    = 24 // levels that are indented
	levelCells = 2
)

// literal prints JSON followed by a line break: to a terminal in colours and with long values
// folded, otherwise as it is.
func (a *console) literal(raw []byte) {
	if !a.stdout || a.cfg.JSON() {
		a.value(raw)
		return
	}
	r := &reader{console: a, th: a.theme(), width: cmp.Or(a.columns(), 80)}
	r.value(tree.New(media.Shown(raw)), "", 0)
	if r.folded {
		a.sayAfter("long values are folded: --json prints all of them")
	}
}

// reader prints a value for reading: a line for each member or element, and texts of several lines
// below their names.
type reader struct {
	*console
	th     *theme.Theme
	width  int  // columns of the terminal
	folded bool // whether something was left out
}

// line prints a line of text that is safe for a terminal.
func (r *reader) line(depth int, text string) {
	r.out.printf("%s%s\n", strings.Repeat(" ", levelCells*min(depth, deepest)), text)
}

// room is the number of cells on a line at a depth.
func (r *reader) room(depth int) int {
	return max(r.width-levelCells*min(depth, deepest), 8)
}

// value prints a value after its name, which may be "".
func (r *reader) value(n *tree.Node, name string, depth int) {
	lead := ""
	if name != "" {
		name = sanitize.Line(name, r.room(depth)/2)
		lead = r.th.JSONName.Render(name) + ": "
	}
	switch kind := n.Kind(); kind {
	case jsonraw.Object, jsonraw.Array:
		r.container(n, lead, depth)
	case jsonraw.String:
		r.str(n, lead, sanitize.Width(name), depth)
	case jsonraw.Number:
		r.line(depth, lead+r.th.JSONNumber.Render(r.short(string(n.Bytes()), depth)))
	default:
		r.line(depth, lead+r.th.JSONWord.Render(string(n.Bytes())))
	}
}

// short is the text of a value on one line, of a few rows at most.
func (r *reader) short(text string, depth int) string {
	most := 3 * r.room(depth)
	line := sanitize.Line(text[:min(len(text), 8*most)], most)
	r.folded = r.folded || len(text) > 8*most || strings.HasSuffix(line, "…")
	return line
}

// container prints an object or an array.
func (r *reader) container(n *tree.Node, lead string, depth int) {
	open, end := "{", "}"
	if n.Kind() == jsonraw.Array {
		open, end = "[", "]"
	}
	if n.Len() == 0 {
		r.line(depth, lead+open+end)
		return
	}
	r.line(depth, lead+open)
	for i := range n.Len() {
		if i == shownItems && n.Len() > shownItems+1 {
			r.more(depth+1, figure.Count(n.Len()-i, r.noun(n)))
			break
		}
		name := ""
		if n.Kind() == jsonraw.Object {
			name = string(jsonraw.Literal(n.Name(i)))
		}
		r.value(n.Child(i), name, depth+1)
	}
	r.line(depth, end)
}

func (r *reader) noun(n *tree.Node) string {
	if n.Kind() == jsonraw.Array {
		return "element"
	}
	return "member"
}

// more prints what was left out.
func (r *reader) more(depth int, what string) {
	r.folded = true
	r.line(depth, r.th.Faint.Render("… "+what+" more"))
}

// str prints a string: after its name when it fits on that line, otherwise below it.
func (r *reader) str(n *tree.Node, lead string, used, depth int) {
	text, ok := n.Text()
	if !ok {
		r.line(depth, lead+r.short(string(n.Bytes()), depth))
		return
	}
	if !strings.Contains(text, "\n") && len(text) <= 3*r.room(depth) {
		line := sanitize.Line(string(jsonraw.Indent(n.Bytes())), -1)
		if sanitize.Width(line)+used+len(": ") <= r.room(depth) || lead == "" && sanitize.Width(line) <= r.room(depth) {
			r.line(depth, lead+r.th.JSONString.Render(line))
			return
		}
	}
	r.line(depth, lead+r.th.Faint.Render("|"))
	r.rows(text, r.th.JSONString, depth+1)
}

// rows prints the lines of a text, wrapped to the terminal.
func (r *reader) rows(text string, style lipgloss.Style, depth int) {
	room, left := r.room(depth), shownRows
	for len(text) > 0 {
		line, rest, broken := strings.Cut(text, "\n")
		for first := true; first || line != ""; first = false {
			if left == 0 {
				if broken {
					rest += "\n"
				}
				r.more(depth, figure.Size(len(line)+len(rest)))
				return
			}
			row := wrapped(line, room)
			r.line(depth, style.Render(sanitize.Line(line[:row], room)))
			line = line[row:]
			left--
		}
		text = rest
	}
}

// wrapped is the number of bytes of a line that fit into a row.
func wrapped(line string, room int) int {
	head := charset.Head(line, 4*room)
	if starts := sanitize.Wrap([]byte(head), room, false, false); len(starts) > 1 {
		return starts[1]
	}
	return len(head)
}
