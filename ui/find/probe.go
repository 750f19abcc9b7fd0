package find

import (
	"bytes"
	"regexp"
	"regexp/syntax"
	"strconv"
	"strings"
)

// Probe finds the few places of a JSON text at which a match can be, so that nothing else of it
// need be decoded. It looks for some characters that every match has in a row, and that JSON writes
// as they are or as \u00XX: letters, digits and a few signs of ASCII.
type Probe struct {
	run    string // lower case where fold
	fold   bool
	anchor int // the byte of run that is looked for first, the rarest
}

// newProbe makes the probe of an expression; nil when its matches have no such characters in
// common.
func newProbe(re *regexp.Regexp) *Probe {
	tree, err := syntax.Parse(re.String(), syntax.Perl)
	if err != nil {
		return nil
	}
	var best Probe
	most := 0
	literals(tree, func(l *syntax.Regexp) {
		fold := l.Flags&syntax.FoldCase != 0
		text := string(l.Rune)
		if fold {
			text = strings.ToLower(text)
		}
		for _, run := range strings.FieldsFunc(text, func(r rune) bool { return !sure(r, fold) }) {
			if n := weight(run); n > most {
				best, most = Probe{run: run, fold: fold}, n
			}
		}
	})
	if most == 0 {
		return nil
	}
	for i := range len(best.run) {
		if weight(best.run[i:i+1]) > weight(best.run[best.anchor:best.anchor+1]) {
			best.anchor = i
		}
	}
	return &best
}

// literals calls yield for texts that are in every match.
func literals(re *syntax.Regexp, yield func(*syntax.Regexp)) {
	switch re.Op {
	case syntax.OpLiteral:
		yield(re)
	case syntax.OpConcat, syntax.OpCapture, syntax.OpPlus:
		for _, sub := range re.Sub {
			literals(sub, yield)
		}
	}
}

// sure reports whether a character of a match stands as such in the JSON, but for an escape. K and
// s do not where case does not count: they fold with the Kelvin sign and the long s. Spaces and
// punctuation may be the tree's own.
func sure(r rune, fold bool) bool {
	switch {
	case fold && (r == 'k' || r == 's'):
		return false
	case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9':
		return true
	}
	return strings.ContainsRune("-_.@#$%&*=^!?;<>", r)
}

// weight says how rare a run is: the more, the rarer.
func weight(run string) (n int) {
	for _, c := range []byte(run) {
		switch {
		case strings.IndexByte("etaoinrhdl", c) >= 0:
			n += 2
		case strings.IndexByte("zqxjZQXJ@#$%^", c) >= 0:
			n += 6
		default:
			n += 4
		}
	}
	return n
}

// Places walks the places in a text at which a probe finds something.
type Places struct {
	*Probe
	text         []byte
	lower, upper int // the next places of the anchor's cases; behind the text when there is none
	hidden       int // the next escape that may hide a character of the run
}

// Over walks the places of a JSON text.
func (p *Probe) Over(text []byte) *Places {
	return &Places{Probe: p, text: text, lower: -1, upper: -1, hidden: -1}
}

// Next is the first place from byte from on at which a match can be near, -1 for none. Calls go
// forward.
func (c *Places) Next(from int) int {
	at := c.plain(from)
	if c.hidden < from {
		c.hidden = c.escape(from)
	}
	if c.hidden < len(c.text) && (at < 0 || c.hidden < at) {
		return c.hidden
	}
	return at
}

// plain is the next place of the run itself.
func (c *Places) plain(from int) int {
	if !c.fold {
		if i := bytes.Index(c.text[from:], []byte(c.run)); i >= 0 {
			return from + i
		}
		return -1
	}
	low := c.run[c.anchor]
	up := low
	if 'a' <= low && low <= 'z' {
		up = low - 'a' + 'A'
	}
	for pos := from + c.anchor; pos < len(c.text); pos++ {
		if c.lower < pos {
			c.lower = c.index(pos, low)
		}
		if c.upper < pos {
			c.upper = c.lower
			if up != low {
				c.upper = c.index(pos, up)
			}
		}
		if pos = min(c.lower, c.upper); pos >= len(c.text) {
			break
		}
		if at := pos - c.anchor; same(c.text[at:], c.run) {
			return at
		}
	}
	return -1
}

func (c *Places) index(from int, b byte) int {
	if i := bytes.IndexByte(c.text[from:], b); i >= 0 {
		return from + i
	}
	return len(c.text)
}

// same reports whether text starts with run, which is lower case.
func same(text []byte, run string) bool {
	if len(text) < len(run) {
		return false
	}
	for i := range len(run) {
		c := text[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		if c != run[i] {
			return false
		}
	}
	return true
}

// escape is the next place from byte from on of an escape of a character of the run, or of the
// backslash with which a JSON text within the text may begin one; the text's end when there is
// none.
func (c *Places) escape(from int) int {
	const start = `\u00`
	for ; from < len(c.text); from++ {
		i := bytes.Index(c.text[from:], []byte(start))
		if i < 0 {
			break
		}
		from += i
		if hex := c.text[from+len(start):]; len(hex) >= 2 {
			char, err := strconv.ParseUint(string(hex[:2]), 16, 8)
			if err == nil && (char == '\\' || strings.Contains(c.run, strings.ToLower(string(rune(char))))) {
				return from
			}
			if err == nil && !c.fold && strings.IndexByte(c.run, byte(char)) >= 0 {
				return from
			}
		}
	}
	return len(c.text)
}
