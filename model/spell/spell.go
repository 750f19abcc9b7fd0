// Package spell is about words and their spelling: the word that was meant by a mistyped one, lists
// of words and shortened texts in a sentence, and names in camelCase.
//
// It knows letters. It must not know what the words name.
package spell

import "strings"

// shortestBeginning is how much of a word has to be there to stand for the whole of it.
const shortestBeginning = 3

// Nearest is the known word that typed was probably meant to be: the only one that begins so, or
// the one with the fewest letters to change, add, remove or swap with their neighbour. It is ""
// when none is near.
func Nearest(typed string, known []string) string {
	typed = strings.ToLower(typed)
	if w := completed(typed, known); w != "" {
		return w
	}
	best, least := "", max(1, len(typed)/3)
	for _, w := range known {
		if d := distance(typed, strings.ToLower(w)); d <= least && d < len(w) {
			best, least = w, d-1
		}
	}
	return best
}

// Meant is the end of a sentence that names the nearest word: "; did you mean list". It is "" when
// none is near.
func Meant(typed string, known []string) string {
	if near := Nearest(typed, known); near != "" {
		return "; did you mean " + near
	}
	return ""
}

// Either joins words for a sentence: "auto, dark or none".
func Either(words []string) string {
	last := len(words) - 1
	if last < 1 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:last], ", ") + " or " + words[last]
}

// Clip shortens a text to at most so many characters, for a sentence; what is cut off becomes an
// ellipsis.
func Clip(text string, most int) string {
	n, end := 0, 0
	for at := range text {
		switch n {
		case most - 1:
			end = at
		case most:
			return text[:end] + "…"
		}
		n++
	}
	return text
}

// Begun is the beginning of what somebody typed, for an error about it: of its first line.
func Begun(typed string) string {
	line, _, _ := strings.Cut(typed, "\n")
	return Clip(line, 60)
}

// completed is the one known word that begins with a text, "" when several do.
func completed(beginning string, known []string) (found string) {
	if len(beginning) < shortestBeginning {
		return ""
	}
	for _, w := range known {
		if strings.HasPrefix(strings.ToLower(w), beginning) {
			if found != "" {
				return ""
			}
			found = w
		}
	}
	return found
}

// distance is the number of letters to change, add, remove or swap with their neighbour to make b
// of a.
func distance(a, b string) int {
	if len(a) > 2*len(b) {
		return len(a)
	}
	before, above, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before, above, row = above, row, before
		row[0] = i + 1
		for j := range len(b) {
			row[j+1] = min(above[j+1], row[j]) + 1
			switch {
			case a[i] == b[j]:
				row[j+1] = min(row[j+1], above[j])
			case i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j]:
				row[j+1] = min(row[j+1], above[j]+1, before[j-1]+1)
			default:
				row[j+1] = min(row[j+1], above[j]+1)
			}
		}
	}
	return row[len(b)]
}
