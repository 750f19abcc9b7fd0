package model

import (
	"fmt"
	"slices"
	"strings"
)

// Marks are the lines around what could not be merged: ahead of mine, of base and of theirs, and
// behind these.
type Marks [4]string

// The marks, in signs as git writes them, and in words for those who hear them.
var (
	SignMarks = Marks{"<<<<<<< mine\n", "||||||| base\n", "=======\n", ">>>>>>> theirs\n"}
	WordMarks = Marks{"[conflict: mine]\n", "[conflict: base, as it was fetched]\n", "[conflict: theirs, as it is on the server]\n", "[end of the conflict]\n"}
)

// In reports whether a text has a line by which a conflict begins or ends, whatever names git's
// signs have behind them.
func (m Marks) In(text string) bool {
	begins := strings.TrimSuffix(strings.TrimSuffix(m[0], "\n"), "mine")
	ends := strings.TrimSuffix(strings.TrimSuffix(m[len(m)-1], "\n"), "theirs")
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, begins) || strings.HasPrefix(line, ends) {
			return true
		}
	}
	return false
}

// MergeText is the text in which the user finishes a merge: what an editor shows for the merged
// value. Where Merge gives none it is the three texts merged by lines, with mine, base and theirs
// between marks where they do not agree. JSON is laid out over lines for that, and need not be well
// formed afterwards. The error is Format's, for a value that has no text.
func (f *Field) MergeText(base, mine, theirs Value, marks Marks) (text string, err error) {
	if merged, ok := f.Merge(base, mine, theirs); ok {
		return f.Format(merged)
	}
	var texts [3]string
	for i, v := range []Value{base, mine, theirs} {
		if texts[i], err = f.Format(v); err != nil {
			return "", fmt.Errorf("%s cannot be merged as text: %w", f.Name, err)
		}
	}
	return mergeTexts(texts[0], texts[1], texts[2]).marked(marks), nil
}

// textMerge is a merge of three texts by lines.
type textMerge struct {
	base, mine, theirs []string
	regions            []region
}

// mergeTexts merges by lines with their ends.
func mergeTexts(base, mine, theirs string) textMerge {
	known := map[string]int{}
	var s textMerge
	var a, b, c []int
	s.base, a = lines(base, known)
	s.mine, b = lines(mine, known)
	s.theirs, c = lines(theirs, known)
	s.regions = merge3(a, b, c)
	return s
}

// lines cuts a text after each line feed and numbers the lines, the same line by the same number.
// An empty line of its own kind ends the list: it tells a text whose last line has an end from one
// whose last line has none, so that nothing is ever put behind the latter.
func lines(text string, known map[string]int) (list []string, ids []int) {
	const closed, open, first = 0, 1, 2
	list = strings.SplitAfter(text, "\n")
	end := closed
	if list[len(list)-1] != "" {
		list, end = append(list, ""), open
	}
	ids = make([]int, len(list))
	for i, line := range list[:len(list)-1] {
		id, ok := known[line]
		if !ok {
			id = first + len(known)
			known[line] = id
		}
		ids[i] = id
	}
	ids[len(ids)-1] = end
	return list, ids
}

// join is the merged text; ok is false when something is in conflict.
func (s textMerge) join() (text string, ok bool) {
	var b strings.Builder
	for _, r := range s.regions {
		if r.from == conflict {
			return "", false
		}
		write(&b, s.taken(r))
	}
	return b.String(), true
}

// marked is the merged text, with marks around what is in conflict.
func (s textMerge) marked(marks Marks) string {
	var b strings.Builder
	for _, r := range s.regions {
		if r.from != conflict {
			write(&b, s.taken(r))
			continue
		}
		for i, side := range [][]string{cut(s.mine, r.mine), cut(s.base, r.base), cut(s.theirs, r.theirs)} {
			b.WriteString(marks[i])
			writeWhole(&b, side)
		}
		b.WriteString(marks[len(marks)-1])
	}
	return b.String()
}

// moved are lines of the base that mine moved to where it has something that would stand twice in
// the merge.
func (s textMerge) moved() map[string]bool {
	put, list := map[string]bool{}, map[string]bool{}
	for _, r := range s.regions {
		if r.twice {
			for _, line := range cut(s.mine, r.mine) {
				put[line] = true
			}
		}
	}
	if len(put) == 0 {
		return nil
	}
	for _, line := range s.base {
		if put[line] {
			_, again := list[line]
			list[line] = !again
		}
	}
	return list
}

// once are the lines of a place in which one side put some that mine moved: those of that side, and
// of theirs none that mine moved.
func (s textMerge) once(r region, moved map[string]bool) []string {
	if slices.Equal(cut(s.base, r.base), cut(s.theirs, r.theirs)) {
		return cut(s.mine, r.mine)
	}
	return slices.DeleteFunc(slices.Clone(cut(s.theirs, r.theirs)), func(line string) bool { return moved[line] })
}

// taken are the lines of a region that is not in conflict.
func (s textMerge) taken(r region) []string {
	if r.from == fromMine {
		return cut(s.mine, r.mine)
	}
	return cut(s.theirs, r.theirs)
}

func write(b *strings.Builder, lines []string) {
	for _, line := range lines {
		b.WriteString(line)
	}
}

// writeWhole writes lines and ends the last one, because a mark follows.
func writeWhole(b *strings.Builder, lines []string) {
	text := strings.Join(lines, "")
	b.WriteString(text)
	if text != "" && !strings.HasSuffix(text, "\n") {
		b.WriteByte('\n')
	}
}
