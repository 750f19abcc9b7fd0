#!/bin/sh
# charmbracelet/x/vt (v0.0.0-20260305213658-fe36e8c10185): what is written to the last column.
#
# A combining mark belongs to the character before it, also where that one fills the row. There the
# emulator takes the mark for a character of its own, of no width: with autowrap it wraps for it,
# which on the last row scrolls the screen; without autowrap the mark takes the place of its letter.
# Elsewhere in a row the mark is dropped and nothing moves. A wide character that does not fit into
# the last column is lost even with autowrap, and what follows it wraps in its place. xterm, tmux,
# kitty, libvterm and xterm.js keep the mark with its letter and wrap the wide character.
#
# Seen on 28 November 2026, in 6 columns and 2 rows ("." is a cell of no width):
#     inside a row: "ex    " "      "
#     last column, autowrap: "abcdee" ".     "
#     last column, no autowrap: "top   " "abcde."
#     wide, autowrap: "abcde " "x     "
set -eu
dir=$(mktemp -d)
trap 'chmod -R u+w "$dir"; rm -rf "$dir"' EXIT
cd "$dir"
cat > go.mod <<'END'
module finding

go 1.26

require github.com/charmbracelet/x/vt v0.0.0-20260305213658-fe36e8c10185
END
cat > main.go <<'GO'
package main

import (
	"fmt"

	"github.com/charmbracelet/x/vt"
)

func show(name, out string) {
	e := vt.NewEmulator(6, 2)
	_, _ = e.WriteString(out)
	fmt.Print(name, ":")
	for y := range 2 {
		row := ""
		for x := range 6 {
			if c := e.CellAt(x, y); c == nil || c.Width == 0 {
				row += "."
			} else {
				row += c.Content
			}
		}
		fmt.Printf(" %q", row)
	}
	fmt.Println()
}

func main() {
	show("inside a row", "e\u0301x")
	show("last column, autowrap", "top\r\nabcdee\u0301")
	show("last column, no autowrap", "\x1b[?7ltop\r\nabcdee\u0301")
	show("wide, autowrap", "abcde\u6f22x")
}
GO
cat > want <<'END'
inside a row: "ex    " "      "
last column, autowrap: "abcdee" ".     "
last column, no autowrap: "top   " "abcde."
wide, autowrap: "abcde " "x     "
END
GOFLAGS=-mod=mod go run . 2>log > got || { cat log >&2; exit 1; }
diff want got && echo "as described"
