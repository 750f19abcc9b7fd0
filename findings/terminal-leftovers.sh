#!/usr/bin/env bash
# Three packages that make text of what a program wrote to a terminal, as is done before it goes
# into a prompt or a log, make letters of sequences that print nothing, or take letters away.
#   github.com/acarl005/stripansi v0.0.0-20180116102854-5a71ef0e047d for Go removes sequences, and
#     ansi-to-html 0.7.2 for JavaScript reads them.
#   pyte 0.8.0 for Python (Debian 12: python3-pyte 0.8.0-2, python3-wcwidth 0.2.5+dfsg1-1.1) is a
#     terminal without a screen; its text is the first row.
# All the sequences are valid: by ECMA-48 parameters may begin with > or <, and may have a colon.
# Shells, editors and agents turn on kitty's keyboard protocol and xterm's keys at their start, and
# off at their end (linuxdeepin/deepin-terminal 515 tells of Claude Code); a terminal that knows
# neither passes over them, and pyte takes the latter for an attribute. Curly underlines mark
# misspellings. ESC 7 and ESC 8, sc and rc in terminfo, keep the cursor and bring it back, as a
# progress bar does: the digits behind the one are lost, and in stripansi the letter behind the
# other. xterm.js has all of it right. Of pyte the colon is known (selectel/pyte 178), and there is
# a mend that waits; a search of the issues of these three gives nothing of the rest.
#
# Output seen on 29 November 2026:
#   kitty: stripansi "1uAt nine.u", ansi-to-html ">1uAt nine.<u", pyte "At nine.u"
#   xterm: stripansi "4;2mAt nine.4m", ansi-to-html ">4;2mAt nine.>4m", pyte "At nine." underlined
#   curly underline: stripansi ":3mAt nine.", ansi-to-html ":3mAt nine.", pyte "3mAt nine."
#   progress: stripansi "Tide:  %t nine.", ansi-to-html "Tide:  %At nine.", pyte "Tide: At nine."
#
# What follows for errata: stray letters and digits in a terminal's output in a log, and words that
# lack their first letter, may be such a package's doing. Output that was kept as it came is shown
# with its sequences visible, and nothing of it is left out.
#
# The script wants Debian 12's sources of packages.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"

cat > cases.json <<'JSON'
[["kitty", "\u001b[>1uAt nine.\u001b[<u"],
 ["xterm", "\u001b[>4;2mAt nine.\u001b[>4m"],
 ["curly underline", "\u001b[4:3mAt nine.\u001b[0m"],
 ["progress", "Tide: \u001b710 %\u001b8At nine."]]
JSON

cat > go.mod <<'MOD'
module finding

go 1.24

require github.com/acarl005/stripansi v0.0.0-20180116102854-5a71ef0e047d
MOD
cat > main.go <<'GO'
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/acarl005/stripansi"
)

func main() {
	text, err := os.ReadFile("cases.json")
	if err != nil {
		panic(err)
	}
	var cases [][2]string
	if err := json.Unmarshal(text, &cases); err != nil {
		panic(err)
	}
	for _, one := range cases {
		fmt.Printf("stripansi \"%s\"\n", stripansi.Strip(one[1]))
	}
}
GO
go mod tidy >/dev/null 2>&1
go run . > stripansi.txt

npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts ansi-to-html@0.7.2
cat > main.mjs <<'JS'
import fs from 'node:fs'
import Convert from 'ansi-to-html'

for (const [, text] of JSON.parse(fs.readFileSync('cases.json'))) console.log(`ansi-to-html "${new Convert().toHtml(text)}"`)
JS
node main.mjs > html.txt

for package in python3-pyte=0.8.0-2 python3-wcwidth=0.2.5+dfsg1-1.1; do
  apt-get download -qq "$package" 2>download.txt || { cat download.txt >&2; exit 2; }
done
for package in *.deb; do
  dpkg-deb --extract "$package" deb
done
cat > main.py <<'PY'
import json
import pyte

for name, text in json.load(open("cases.json")):
    screen = pyte.Screen(40, 2)
    pyte.Stream(screen).feed(text)
    print('pyte "%s"%s' % (screen.display[0].rstrip(), " underlined" if screen.buffer[0][0].underscore else ""))
PY
PYTHONPATH=deb/usr/lib/python3/dist-packages python3 main.py > pyte.txt

node -p 'JSON.parse(fs.readFileSync("cases.json")).map(([name]) => name + ":").join("\n")' > names.txt
got=$(paste -d '~' names.txt stripansi.txt html.txt pyte.txt | sed 's/~/ /; s/~/, /g')
echo "$got"
want='kitty: stripansi "1uAt nine.u", ansi-to-html ">1uAt nine.<u", pyte "At nine.u"
xterm: stripansi "4;2mAt nine.4m", ansi-to-html ">4;2mAt nine.>4m", pyte "At nine." underlined
curly underline: stripansi ":3mAt nine.", ansi-to-html ":3mAt nine.", pyte "3mAt nine."
progress: stripansi "Tide:  %t nine.", ansi-to-html "Tide:  %At nine.", pyte "Tide: At nine."'
[ "$got" = "$want" ] || { echo "this has changed: the finding holds no more"; exit 1; }
