package chat

import (
	"math/rand/v2"
	"strings"
	"testing"

	"errata/model/jsonraw"
	"errata/model/tree"
	"errata/ui/theme"
)

// TestAMessageHasFewBlocks: where a message is among the others is told by its size, so it must not
// have more blocks than pager.Many gives it room for.
func TestAMessageHasFewBlocks(t *testing.T) {
	t.Parallel()
	words := []string{`{`, `}`, `[`, `]`, `"role":"user"`, `"content":`, `"tool_calls":`, `"thinking":`, `"arguments":"[1,[]]"`, `"a":`, `"text\nx"`, `1`, `{}`, `[]`, `null`, `,`, `,`,
		`{"type":"text","text":""}`, `"function":`, `{"function":{"name":1,"arguments":{}}}`, `{"type":"thinking","thinking":"\n"}`, `{"type":"image_url","image_url":{"url":""}}`}
	r := rand.New(rand.NewPCG(7, 7))
	said := []string{`{}`, `7`, `""`, `[]`, `{"role":7}`, `{"content":[1,1,1,1]}`, `{"content":["","\n"]}`, `{"a":{},"b":[[]],"":""}`}
	for len(said) < 500 {
		var b strings.Builder
		for range r.IntN(12) + 2 {
			b.WriteString(words[r.IntN(len(words))])
		}
		if jsonraw.Check([]byte(b.String())) == nil {
			said = append(said, b.String())
		}
	}
	root := tree.New([]byte("[" + strings.Join(said, ",") + "]"))
	c := newCards(messages{func() *tree.Node { return root }, false}, theme.None())
	c.w, c.whole = 1, true
	for i, raw := range said {
		if n := c.source(i).Len(); n > 2*len(raw)+8 {
			t.Errorf("%s has %d places", raw, n)
		}
	}
}
