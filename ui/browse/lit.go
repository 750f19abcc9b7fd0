package browse

import (
	"regexp"
	"strings"

	"github.com/charmbracelet/lipgloss"

	"errata/ui/find"
	"errata/ui/pager"
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

// hasUpper reports whether a search within a log would take the case of a word for wanted, which
// that of a list never does.
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

// lighten adds a text in which stands out what was searched for.
func (b *brush) lighten(style *lipgloss.Style, text string, re *regexp.Regexp) {
	from := 0
	if re != nil {
		for _, hit := range re.FindAllStringIndex(text, -1) {
			b.put(style, text[from:hit[0]])
			b.put(&b.th.Match, text[hit[0]:hit[1]])
			from = hit[1]
		}
	}
	b.put(style, text[from:])
}

// light shows the conversation from what was asked last; after a search the first hit, and all
// marked.
func (p *preview) light(d digest, re *regexp.Regexp) {
	p.pane.SetSource(d.source)
	if re == nil {
		if block, _, ok := pager.Where(d.source, d.question); ok {
			p.pane.GoToBlock(block)
		}
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
