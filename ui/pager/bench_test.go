package pager

import (
	"errata/ui/theme"
	"strings"
	"testing"
)

func large() []byte {
	var b strings.Builder
	b.WriteString(`{"text":"`)
	for b.Len() < 5<<20 {
		b.WriteString(`some words of a line of text\n`)
	}
	b.WriteString(`","list":[`)
	for b.Len() < 10<<20 {
		b.WriteString(`{"name":"value","n":12345,"f":[1,2,3]},`)
	}
	b.WriteString(`null]}`)
	return []byte(b.String())
}

func BenchmarkTree10MB(b *testing.B) {
	raw := large()
	for b.Loop() {
		Tree(raw, theme.None())
	}
}

func BenchmarkScroll(b *testing.B) {
	line := strings.Repeat("some words and 漢字 ", 1<<19)
	for name, s := range map[string]Source{
		"small": Plain(numbered(1000), theme.For("dark", theme.Terminal{})), "tree 10 MB": Tree(large(), theme.For("dark", theme.Terminal{})), "line 10 MB": Plain(line, theme.For("dark", theme.Terminal{})),
	} {
		b.Run(name, func(b *testing.B) {
			m := New(s, theme.For("dark", theme.Terminal{}))
			m.SetSize(120, 40)
			for b.Loop() {
				m.Scroll(7)
				m.Scroll(-3)
				m.View()
			}
		})
	}
}

func BenchmarkEnd(b *testing.B) {
	m := open(Tree(large(), theme.None()), 120, 40)
	for b.Loop() {
		press(m, "G", "g")
	}
}
