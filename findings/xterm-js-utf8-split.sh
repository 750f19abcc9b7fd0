#!/bin/sh
# xterm.js 6.0.0 loses a character whose bytes come in two writes when the first part ends with the
# byte 0x80.
#
# A program's output reaches a terminal in pieces, and a piece may end within a character. write()
# takes a Uint8Array and keeps what is unfinished, so U+2026 (e2 80 a6) is shown when it comes
# whole, and when it is cut behind its first byte. Cut behind the second it is gone without a trace:
# what is kept is read up to the first byte whose lower six bits are zero. Dashes, quotes and the
# ellipsis (e2 80 xx) are of that kind, and the ideographic space (e3 80 80). Who hands over
# strings, or decodes first with TextDecoder and stream: true, does not meet it.
#
# Seen on 28 November 2026:
#     U+2026 whole: "a…b"
#     U+2026 cut behind byte 1: "a…b"
#     U+2026 cut behind byte 2: "ab"
#     U+2014 cut behind byte 2: "ab"
#     U+6F22 cut behind byte 2: "a漢b"
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-fund --no-audit @xterm/headless@6.0.0 >/dev/null
cat > run.js <<'JS'
const { Terminal } = require('@xterm/headless');
async function show(name, char, cut) {
  const t = new Terminal({ cols: 20, rows: 2, allowProposedApi: true });
  const bytes = Buffer.from('a' + char + 'b');
  const parts = cut ? [bytes.subarray(0, 1 + cut), bytes.subarray(1 + cut)] : [bytes];
  for (const part of parts) await new Promise(done => t.write(new Uint8Array(part), done));
  console.log(`${name} ${cut ? 'cut behind byte ' + cut : 'whole'}: ${JSON.stringify(t.buffer.active.getLine(0).translateToString(true))}`);
}
(async () => {
  await show('U+2026', '\u2026', 0);
  await show('U+2026', '\u2026', 1);
  await show('U+2026', '\u2026', 2);
  await show('U+2014', '\u2014', 2);
  await show('U+6F22', '\u6f22', 2);
})();
JS
cat > want <<'END'
U+2026 whole: "a…b"
U+2026 cut behind byte 1: "a…b"
U+2026 cut behind byte 2: "ab"
U+2014 cut behind byte 2: "ab"
U+6F22 cut behind byte 2: "a漢b"
END
node run.js > got
diff want got && echo "as described"
