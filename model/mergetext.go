package model

import (
	"fmt"
	"strings"
)

// The lines around what could not be merged, as git writes them.
const (
	markMine   = "<<<<<<< mine\n"
	markBase   = "||||||| base\n"
	markMiddle = "=======\n"
	markTheirs = ">>>>>>> theirs\n"
)

// MergeText is the text in which the user finishes a merge: what an editor shows for the merged
// value. Where Merge gives none it is the three texts merged by lines, with mine, base and theirs
// between conflict markers, as git writes them, where they do not agree. JSON is laid out over
// lines for that, and need not be well formed afterwards. The error is Format's, for a value that
// has no text.
func (f *Field) MergeText(base, mine, theirs Value) (text string, err error) {
	if merged, ok := f.Merge(base, mine, theirs); ok {
		return f.Format(merged)
	}
	var texts [3]string
	for i, v := range []Value{base, mine, theirs} {
		if texts[i], err = f.Format(v); err != nil {
			return "", fmt.Errorf("%s cannot be merged as text: %w", f.Name, err)
		}
	}
	return mergeTexts(texts[0], texts[1], texts[2]).marked(), nil
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

// marked is the merged text, with conflict markers around what is in conflict.
func (s textMerge) marked() string {
	var b strings.Builder
	for _, r := range s.regions {
		if r.from != conflict {
			write(&b, s.taken(r))
			continue
		}
		b.WriteString(markMine)
		writeWhole(&b, cut(s.mine, r.mine))
		b.WriteString(markBase)
		writeWhole(&b, cut(s.base, r.base))
		b.WriteString(markMiddle)
		writeWhole(&b, cut(s.theirs, r.theirs))
		b.WriteString(markTheirs)
	}
	return b.String()
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

// writeWhole writes lines and ends the last one, because a conflict marker follows.
func writeWhole(b *strings.Builder, lines []string) {
	text := strings.Join(lines, "")
	b.WriteString(text)
	if text != "" && !strings.HasSuffix(text, "\n") {
		b.WriteByte('\n')
	}
}
