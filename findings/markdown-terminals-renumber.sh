#!/usr/bin/env bash
# Three packages that show Markdown in a terminal, as programs do with the answers of a model,
# number each list from 1, whatever the model had numbered it.
#   marked-terminal 7.3.1 with marked 15.0.12, and msee 0.3.5, for JavaScript
#   github.com/MichaelMure/go-term-markdown v0.1.4 for Go
# By CommonMark a list begins with the number of its first item. Steps with a code block between
# them are a list each, which is how models write them: each is shown as step 1, and "go back to
# step 1" may mean either. A line that begins with a year and a full stop is a list of one item, and
# the year, which was the answer, is not there. marked 15 tells of the start, and the parser of the
# package for Go can. cli-markdown 3.5.1, markdansi 0.3.4 and glamour v1.0.0 have it right. A search
# of the issues gives nothing; marked had it for HTML and mended it (markedjs/marked 1143).
#
# Output seen on 29 November 2026:
#   sent: 1. Read the tide: | 2. If it falls, go back to step 1. | 1066. The battle of Hastings.
#   marked-terminal: 1. Read the tide: | 1. If it falls, go back to step 1. | 1. The battle of Hastings.
#   msee: 1. Read the tide: | 1. If it falls, go back to step 1. | 1. The battle of Hastings.
#   go-term-markdown: 1. Read the tide: | 1. If it falls, go back to step 1. | 1. The battle of Hastings.
#
# What follows for errata: who compares an answer with what such a program showed sees other
# numbers. errata shows an answer as the text that it is.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
printf '%s\n' '1. Read the tide:' '' '```sh' 'tide Hull' '```' '' '2. If it falls, go back to step 1.' '' 'When was it?' '' \
  '1066. The battle of Hastings.' > answer.md

npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts marked-terminal@7.3.1 marked@15.0.12 msee@0.3.5
cat > main.mjs <<'JS'
import fs from 'node:fs'
import { Marked } from 'marked'
import { markedTerminal } from 'marked-terminal'
import msee from 'msee'

const answer = fs.readFileSync('answer.md', 'utf8')
fs.writeFileSync('marked-terminal.txt', new Marked(markedTerminal()).parse(answer))
fs.writeFileSync('msee.txt', msee.parse(answer))
JS
node main.mjs

cat > go.mod <<'MOD'
module finding

go 1.24

require github.com/MichaelMure/go-term-markdown v0.1.4
MOD
cat > main.go <<'GO'
package main

import (
	"os"

	markdown "github.com/MichaelMure/go-term-markdown"
)

func main() {
	answer, err := os.ReadFile("answer.md")
	if err != nil {
		panic(err)
	}
	if err := os.WriteFile("go-term-markdown.txt", markdown.Render(string(answer), 80, 0), 0o600); err != nil {
		panic(err)
	}
}
GO
go mod tidy >/dev/null 2>&1
go run .

# The lines that begin with a number, without colours.
numbered() { sed 's/\x1b\[[0-9;]*m//g' "$1" | grep -E '^ *[0-9]+\. ' | sed 's/^ *//; s/ *$//' | paste -sd '~' | sed 's/~/ | /g'; }
got=$(
  echo "sent: $(numbered answer.md)"
  for name in marked-terminal msee go-term-markdown; do echo "$name: $(numbered "$name.txt")"; done
)
echo "$got"
want='sent: 1. Read the tide: | 2. If it falls, go back to step 1. | 1066. The battle of Hastings.
marked-terminal: 1. Read the tide: | 1. If it falls, go back to step 1. | 1. The battle of Hastings.
msee: 1. Read the tide: | 1. If it falls, go back to step 1. | 1. The battle of Hastings.
go-term-markdown: 1. Read the tide: | 1. If it falls, go back to step 1. | 1. The battle of Hastings.'
[ "$got" = "$want" ] || { echo "this has changed: the finding holds no more"; exit 1; }
