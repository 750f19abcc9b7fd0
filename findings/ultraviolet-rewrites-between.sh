#!/bin/sh
# charmbracelet/ultraviolet (v0.0.0-20261008173134-6b8d4baf91b4): what a changed cell at both ends
# of a row costs.
#
# The renderer sends the differences between two frames. Within a row it takes all from the first
# cell that differs to the last one, and is meant to leave out a stretch in between that stays the
# same, as curses does where to move the cursor is shorter than to write the stretch. But it
# compares the length of the stretch with that of the whole range, which it can never exceed: so the
# stretch is always written again. A frame with a mark in the first column and a number in the last
# one, as lists of terminal programs have, sends each row that changes whole.
#
# Seen on 28 November 2026, for rows of plain text whose first and last cells change; two cells and
# a movement of at most six bytes would do:
#     20 columns: 20 bytes of text sent, 18 of them unchanged
#     80 columns: 80 bytes of text sent, 78 of them unchanged
#     200 columns: 200 bytes of text sent, 198 of them unchanged
set -eu
dir=$(mktemp -d)
trap 'chmod -R u+w "$dir"; rm -rf "$dir"' EXIT
cd "$dir"
cat > go.mod <<'END'
module finding

go 1.26

require github.com/charmbracelet/ultraviolet v0.0.0-20261008173134-6b8d4baf91b4
END
cat > main.go <<'GO'
package main

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"

	uv "github.com/charmbracelet/ultraviolet"
)

var sequences = regexp.MustCompile("\x1b\\[[0-9;?]*[A-Za-z]|[\r\n]")

func frame(r *uv.TerminalRenderer, out *bytes.Buffer, row string) string {
	out.Reset()
	b := uv.NewRenderBuffer(len(row), 2)
	for x, c := range row {
		b.SetCell(x, 0, &uv.Cell{Content: string(c), Width: 1})
	}
	r.Render(b)
	_ = r.Flush()
	return out.String()
}

func main() {
	for _, width := range []int{20, 80, 200} {
		var out bytes.Buffer
		r := uv.NewTerminalRenderer(&out, []string{"TERM=xterm-256color"})
		r.SetFullscreen(true)
		r.Resize(width, 2)
		middle := strings.Repeat("steady ", width)[:width-2]
		frame(r, &out, "a"+middle+"b")
		sent := frame(r, &out, "c"+middle+"d")
		text := len(sequences.ReplaceAllString(sent, ""))
		fmt.Printf("%d columns: %d bytes of text sent, %d of them unchanged\n", width, text, text-2)
	}
}
GO
cat > want <<'END'
20 columns: 20 bytes of text sent, 18 of them unchanged
80 columns: 80 bytes of text sent, 78 of them unchanged
200 columns: 200 bytes of text sent, 198 of them unchanged
END
GOFLAGS=-mod=mod go run . 2>log > got || { cat log >&2; exit 1; }
diff want got && echo "as described"
