#!/usr/bin/env bash
# jq 1.6 (Debian 12: jq and libjq1 1.6-2.1+deb12u2, libonig5 6.9.8-1) reads a stream of JSON up to
# the first string that holds half of a surrogate pair as an escape, such as "\ud83d", and stops
# there. The text is JSON by the grammar of RFC 8259, whose section 8.2 speaks of this very case,
# and logs hold it where a text was cut within an emoji. The values before it are printed by then,
# so that what reads from jq works on a part of the input and sees an ordinary end.
#
# Seen: "one" on stdout, on stderr
#   parse error: Invalid \uXXXX\uXXXX surrogate pair escape at line 2, column 27
# and exit code 4, of which the manual of jq speaks under --exit-status only.
#
# The script wants Debian 12's sources of packages. It fails when jq does otherwise.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"

for package in jq=1.6-2.1+deb12u2 libjq1=1.6-2.1+deb12u2 libonig5=6.9.8-1; do
  apt-get download -qq "$package" 2>download.txt || { cat download.txt >&2; exit 2; }
done
for package in *.deb; do
  dpkg-deb --extract "$package" deb
done
jq() { LD_LIBRARY_PATH="$(echo "$work"/deb/usr/lib/*-linux-gnu)" "$work/deb/usr/bin/jq" "$@"; }

printf '%s\n' '{"text": "one"}' '{"text": "cut here: \ud83d"}' '{"text": "three"}' >logs.jsonl
code=0
jq .text logs.jsonl >out.txt 2>err.txt || code=$?

jq --version
echo "exit code $code"; cat out.txt err.txt
[ "$(cat out.txt)" = '"one"' ] && [ "$code" = 4 ] && grep -q 'surrogate pair' err.txt
