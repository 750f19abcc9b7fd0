package cli

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// roff is a manual page in the language that man reads. A line that begins with a dot is a request.
type roff struct{ strings.Builder }

// roffEscapes write what the language would read as its own. A minus sign is one that can be
// copied into a shell.
var roffEscapes = strings.NewReplacer(`\`, `\e`, "-", `\-`, "'", `\(aq`, "`", `\(ga`, `"`, `\(dq`, "^", `\(ha`, "~", `\(ti`)

const (
	roffBold  = `\fB`
	roffPlain = `\fR`
)

// request writes a request. Each argument is text.
func (r *roff) request(name string, args ...string) {
	r.WriteString("." + name)
	for _, arg := range args {
		r.WriteString(` "` + roffEscapes.Replace(arg) + `"`)
	}
	r.WriteByte('\n')
}

// paragraph begins one. Behind a heading there is one already.
func (r *roff) paragraph() {
	written := strings.TrimSuffix(r.String(), "\n")
	if !strings.HasPrefix(written[strings.LastIndexByte(written, '\n')+1:], ".S") {
		r.request("PP")
	}
}

// lines writes text whose characters are escaped already.
func (r *roff) lines(escaped string) {
	for line := range strings.Lines(escaped) {
		if strings.HasPrefix(line, ".") {
			r.WriteString(`\&`)
		}
		r.WriteString(strings.TrimSuffix(line, "\n") + "\n")
	}
}

// text writes text that is filled.
func (r *roff) text(s string) { r.lines(roffEscapes.Replace(s)) }

// bold writes a line in bold.
func (r *roff) bold(s string) { r.lines(roffBold + roffEscapes.Replace(s) + roffPlain) }

// literal writes lines that stay as they are.
func (r *roff) literal(s string) {
	r.paragraph()
	r.request("EX")
	r.text(s)
	r.request("EE")
}

// help writes the long help of a command: paragraphs, and indented lines that stay as they are.
func (r *roff) help(s string) {
	lines := strings.Split(s, "\n")
	for len(lines) > 0 {
		indented := strings.HasPrefix(lines[0], "  ")
		n := countWhile(lines, func(line string) bool { return line != "" && strings.HasPrefix(line, "  ") == indented })
		switch block := strings.Join(lines[:n], "\n"); {
		case n == 0:
			n = 1
		case indented:
			r.literal(block)
		default:
			r.paragraph()
			r.text(block)
		}
		lines = lines[n:]
	}
}

// page writes Markdown as the pages of errata use it: heads, paragraphs, lists, tables and code.
func (r *roff) page(markdown string) {
	lines := strings.Split(markdown, "\n")
	for len(lines) > 0 {
		lines = lines[r.block(lines):]
	}
}

// block writes what begins with the first of some lines, and says how many lines it took.
func (r *roff) block(lines []string) int {
	head, title, _ := strings.Cut(lines[0], " ")
	switch {
	case lines[0] == "":
		return 1
	case head == "##":
		r.request("SH", title)
		return 1
	case head == "###":
		r.request("SS", title)
		return 1
	case strings.HasPrefix(head, "```"):
		n := countWhile(lines[1:], func(line string) bool { return line != "```" })
		r.literal(strings.Join(lines[1:n+1], "\n"))
		return min(n+2, len(lines))
	case head == "|":
		n := countWhile(lines, isTableRow)
		r.table(lines[:n])
		return n
	case head == "-":
		n := 1 + countWhile(lines[1:], func(line string) bool { return strings.HasPrefix(line, "  ") })
		r.WriteString(".IP \\(bu 2\n")
		r.lines(marked(strings.ReplaceAll(strings.Join(lines[:n], "\n")[2:], "\n  ", "\n")))
		return n
	default:
		n := 1 + countWhile(lines[1:], func(line string) bool { return line != "" && !isTableRow(line) && !strings.HasPrefix(line, "```") })
		r.paragraph()
		r.lines(marked(strings.Join(lines[:n], "\n")))
		return n
	}
}

func isTableRow(line string) bool { return strings.HasPrefix(line, "|") }

// countWhile is how many lines there are up to the first that does not hold.
func countWhile(lines []string, holds func(string) bool) int {
	if i := slices.IndexFunc(lines, func(line string) bool { return !holds(line) }); i >= 0 {
		return i
	}
	return len(lines)
}

// cellWidth is how many characters of a cell stay on one line.
const cellWidth = 24

// table writes the rows of a table, the second of which is the rule below its head.
func (r *roff) table(rows []string) {
	columns := strings.Count(rows[0], "|") - 1
	r.request("TS")
	r.WriteString("allbox;\n" + strings.Repeat("lb ", columns) + "\n" + strings.Repeat("l ", columns) + ".\n")
	for _, row := range slices.Delete(slices.Clone(rows), 1, 2) {
		var cells []string
		for cell := range strings.SplitSeq(strings.Trim(row, "|"), "|") {
			cell = strings.TrimSpace(cell)
			if text := marked(cell); utf8.RuneCountInString(cell) > cellWidth {
				cell = "T{\n" + text + "\nT}"
			} else {
				cell = text
			}
			cells = append(cells, cell)
		}
		r.WriteString(strings.Join(cells, "\t") + "\n")
	}
	r.request("TE")
}

// marked is a piece of Markdown with its code and what is strong in bold.
func marked(markdown string) string {
	var b strings.Builder
	strong := false
	for i, part := range strings.Split(markdown, "`") {
		if i%2 == 1 {
			b.WriteString(roffBold + roffEscapes.Replace(part) + roffPlain)
			continue
		}
		for j, piece := range strings.Split(part, "**") {
			if j > 0 {
				strong = !strong
			}
			if strong {
				piece = roffBold + roffEscapes.Replace(piece) + roffPlain
			} else {
				piece = roffEscapes.Replace(piece)
			}
			b.WriteString(piece)
		}
	}
	return b.String()
}
