package redact

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// trie holds words, folded, so that one walk from a place says which of them is there.
type trie struct {
	next map[rune]*trie
	end  bool // a word ends here
	open bool // and a longer one may go on as it likes
	free bool // and it may be behind letters
}

// newTrie makes a trie of words, nil when there are none.
func newTrie(words []string) *trie {
	var root *trie
	for _, word := range words {
		text, open := strings.CutSuffix(word, "*")
		text, free := strings.CutPrefix(text, "*")
		text = strings.Join(strings.Fields(text), " ")
		if text == "" {
			continue
		}
		if root == nil {
			root = &trie{}
		}
		node := root
		for _, r := range text {
			if node.next == nil {
				node.next = map[rune]*trie{}
			}
			r = fold(r)
			if node.next[r] == nil {
				node.next[r] = &trie{}
			}
			node = node.next[r]
		}
		node.end, node.open, node.free = true, node.open || open, node.free || free
	}
	return root
}

// fold is the same for a letter in any case.
func fold(r rune) rune {
	if r < utf8.RuneSelf {
		if 'A' <= r && r <= 'Z' {
			r |= 0x20
		}
		return r
	}
	least := r
	for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
		least = min(least, f)
	}
	return unicode.ToLower(least)
}

// words looks for the user's own words.
func (s *scan) words() {
	if s.f.words == nil {
		return
	}
	var first [utf8.RuneSelf]bool // whether a word begins with a letter of ASCII
	for c := range first {
		first[c] = s.f.words.next[fold(rune(c))] != nil
	}
	for i := 0; i < len(s.text); {
		if c := s.text[i]; c < utf8.RuneSelf && !first[c] {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s.text[i:])
		if s.f.words.next[fold(r)] != nil {
			s.word(i)
		}
		i += size
	}
}

// word looks for the longest word that is at i.
func (s *scan) word(start int) {
	node, end, missed := s.f.words, 0, 0
	for i := start; i < len(s.text); {
		r, size := utf8.DecodeRuneInString(s.text[i:])
		if unicode.IsSpace(r) { // any space stands for any other, and for several
			r = ' '
			for size < len(s.text)-i {
				next, more := utf8.DecodeRuneInString(s.text[i+size:])
				if !unicode.IsSpace(next) {
					break
				}
				size += more
			}
		}
		if node = node.next[fold(r)]; node == nil {
			break
		}
		i += size
		switch {
		case !node.end:
		case (node.free || s.apart(start)) && (node.open || s.apart(i)):
			end = i
			if node.open {
				end = s.wordEnd(i)
			}
			if node.free {
				start = s.wordStart(start)
			}
		default:
			missed = i
		}
	}
	switch {
	case end > 0:
		s.hit(start, end)
	case missed > 0:
		s.miss(start, missed, "it stands within a longer word")
	}
}

// apart reports whether no letter continues with one, and no digit with one, across a place.
func (s *scan) apart(at int) bool {
	if at == 0 || at >= len(s.text) {
		return true
	}
	a, _ := utf8.DecodeLastRuneInString(s.text[:at])
	b, _ := utf8.DecodeRuneInString(s.text[at:])
	switch {
	case unbroken(a) || unbroken(b):
		return true
	case unicode.IsLetter(a) || unicode.IsMark(a):
		return !unicode.IsLetter(b) && !unicode.IsMark(b)
	}
	return !unicode.IsDigit(a) || !unicode.IsDigit(b)
}

// longestWord is how far the rest of a longer word is followed, in bytes.
const longestWord = 256

func (s *scan) wordEnd(at int) int {
	for from := at; at-from < longestWord && !s.apart(at); {
		_, size := utf8.DecodeRuneInString(s.text[at:])
		at += size
	}
	return at
}

func (s *scan) wordStart(at int) int {
	for from := at; from-at < longestWord && !s.apart(at); {
		_, size := utf8.DecodeLastRuneInString(s.text[:at])
		at -= size
	}
	return at
}

// The ways to write the same thing in the same way.

func exactly(text string) string { return text }

func folded(text string) string { return strings.Join(strings.Fields(strings.ToLower(text)), " ") }

func letters(text string) string {
	return strings.ToUpper(strings.Map(func(r rune) rune {
		if r < utf8.RuneSelf && alnum(byte(r)) {
			return r
		}
		return -1
	}, text))
}
