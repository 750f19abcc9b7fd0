package browse

import (
	"regexp"
	"strings"

	"github.com/charmbracelet/lipgloss"

	"errata/ui/find"
)

// Lit is what the logs of the list were searched for, as a search within one of them takes it: the
// zero find.Last without a search.
func (m *logList) Lit() find.Last {
	words := m.query.Wanted()
	if len(words) == 1 && !hasUpper(words[0]) {
		return find.Last{Query: words[0]}
	}
	for i, word := range words {
		words[i] = regexp.QuoteMeta(word)
	}
	if len(words) == 0 {
		return find.Last{}
	}
	return find.Last{Query: "(?i)" + strings.Join(words, "|"), Regex: true}
}

// Search is what the logs of the list were searched for, as it was typed.
func (m *logList) Search() string { return m.query.Search }

// hasUpper tells whether a search within a log would take the case of a word for wanted, which that
// of a list never does.
func hasUpper(word string) bool { return strings.ToLower(word) != word }

// searchedFor finds in texts what the list was searched for; nil without a search.
func (m *logList) searchedFor() *regexp.Regexp {
	last := m.Lit()
	if last.Query == "" {
		return nil
	}
	re, err := find.Pattern(last.Query, last.Regex)
	if err != nil {
		return nil
	}
	return re
}

// lighten marks in a text what was searched for.
func lighten(text string, re *regexp.Regexp, style lipgloss.Style) string {
	if re == nil {
		return text
	}
	return re.ReplaceAllStringFunc(text, func(hit string) string { return style.Render(hit) })
}

// light marks in the preview what was searched for, and brings the first of it into view.
func (p *preview) light(d digest, re *regexp.Regexp) {
	p.pane.SetSource(d.source)
	if re == nil {
		return
	}
	for _, v := range d.values {
		if h, ok := find.First(v.Root, re, v.Options); ok {
			h.At += v.Of
			p.pane.Highlight(re, &h)
			return
		}
	}
	p.pane.Highlight(re, nil)
}
