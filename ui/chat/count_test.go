package chat

import (
	"testing"

	"errata/model/tree"
	"errata/ui/theme"
)

// TestCountIsThatOfTheSource: where a block stands is known without drawing the messages before it.
func TestCountIsThatOfTheSource(t *testing.T) {
	t.Parallel()
	raw := `[{"role":"user","content":"two\nlines"},{"role":"assistant","content":[{"type":"text","text":"x"},{"type":"image_url","image_url":{"url":"http://h/p"}}],
		"tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{\"a\":[1,2]}"}}]},{"role":"tool","tool_call_id":"c","content":null,"more":{"a":1}},7,{}]`
	root := tree.New([]byte(raw))
	c := newCards(messages{func() *tree.Node { return root }, false}, theme.None())
	c.w, c.whole = 1, true
	for i := range c.count() {
		if count, drawn := c.blocksOf(i), c.source(i).Len(); count != drawn {
			t.Errorf("message %d: %d blocks, drawn %d", i, count, drawn)
		}
	}
}
