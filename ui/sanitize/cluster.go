package sanitize

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// maxCombining is how many combining marks one character may carry.
const maxCombining = 4

// cluster reads the cluster at the start of s, whose first rune r of n bytes may be shown. The
// cluster ends before its first rune that may not; that one is then a glyph of its own. The screen
// cuts and measures with the same functions, so what is next to each other in a row can not join
// there.
func cluster(s string, r rune, n int) Glyph {
	if common(r) && apart(s[n:]) {
		return plain(s[:n], r, n)
	}
	if attaches(r) {
		return mark(r, n)
	}
	text, last := allowed(firstCluster(s), r, n)
	if len(text) > MaxLen || joinsNext(text, last) {
		return mark(r, n)
	}
	return plain(text, r, n)
}

// plain shows text as it is, unless it would take no cell; then its first rune r of n bytes is
// marked.
func plain(text string, r rune, n int) Glyph {
	w, _ := measure(text)
	if w <= 0 {
		return mark(r, n)
	}
	return Glyph{Text: text, Width: w, Len: len(text)}
}

// allowed is the part of a cluster before the first rune that may not be shown, and the part's last
// rune. r is the cluster's first rune, of n bytes.
func allowed(whole string, r rune, n int) (text string, last rune) {
	marks := 0
	last = r
	for i := n; i < len(whole); {
		r, n := utf8.DecodeRuneInString(whole[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			return whole[:i], last
		case r == joiner:
			if !joinsPictographs(whole[i+n:]) {
				return whole[:i], last
			}
		case r == emojiVS:
			if !pictograph(last) && !isKeycap(whole) {
				return whole[:i], last
			}
		case hidden(r) || unseen(r):
			return whole[:i], last
		case skinTone(r):
			if last != joiner && !pictograph(last) && (last != emojiVS || isKeycap(whole)) {
				return whole[:i], last
			}
		case combines(r):
			if marks++; marks > maxCombining {
				return whole[:i], last
			}
		default:
			marks = 0
		}
		last = r
		i += n
	}
	return whole, last
}

// joinsPictographs reports whether rest, what follows a joiner within a cluster, begins with a
// pictograph. Besides those only marks and the letters of Indic conjuncts can be there.
func joinsPictographs(rest string) bool {
	if rest == "" {
		return false
	}
	r, _ := utf8.DecodeRuneInString(rest)
	return pictograph(r)
}

// isKeycap reports whether a cluster is a key with a digit, # or *.
func isKeycap(whole string) bool {
	return strings.IndexByte("0123456789#*", whole[0]) >= 0 && strings.HasPrefix(whole[1:], string(emojiVS)+string(keycap))
}

// apart reports whether s, what follows a common character, begins another cluster; false when that
// takes a closer look.
func apart(s string) bool {
	if s == "" || s[0] < utf8.RuneSelf {
		return true
	}
	r, _ := utf8.DecodeRuneInString(s)
	return common(r)
}

// firstCluster cuts as the screen does.
func firstCluster(s string) string {
	c, _ := ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
	return c
}
