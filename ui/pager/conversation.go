package pager

import (
	"sort"

	"github.com/charmbracelet/lipgloss"

	"errata/model"
	"errata/model/figure"
	"errata/model/jsonraw"
	"errata/model/media"
	"errata/ui/theme"
)

// bodyIndent is the cells by which the body of a message stands right of its heading.
const bodyIndent = 2

// Conversation shows chat messages: role, name, content parts, thinking, tool calls with their
// arguments as a tree, images as a placeholder, unknown members.
func Conversation(list []model.ChatMessage, th *theme.Theme) Source {
	if len(list) == 0 {
		return words(run{"no messages", th.Muted})
	}
	c := &chat{list: list, first: make([]int, len(list)+1), large: map[int]*joined{}, th: th}
	for i := range list {
		m := c.make(i)
		c.first[i+1] = c.first[i] + m.n
		if len(list[i].Raw.Bytes()) > largeMessage {
			c.large[i] = m
		}
	}
	return c
}

// largeMessage is the size from which the blocks of a message are kept. Those of others are made
// when they are shown: there may be many, and what is made for one is more than its text.
const largeMessage = 16 << 10

// chat is the source of a list of messages.
type chat struct {
	list  []model.ChatMessage
	first []int // the number of the first block of each, and that of all blocks
	large map[int]*joined
	th    *theme.Theme
}

// Len is the number of blocks of all messages.
func (c *chat) Len() int { return c.first[len(c.list)] }

// Block gives block i.
func (c *chat) Block(i int) Block {
	k := sort.SearchInts(c.first, i+1) - 1
	return c.blocks(k).Block(i - c.first[k])
}

// blocks is what is shown of message i.
func (c *chat) blocks(i int) *joined {
	if m, ok := c.large[i]; ok {
		return m
	}
	return c.make(i)
}

func (c *chat) make(i int) *joined {
	m := conversation{th: c.th}
	if i > 0 {
		m.say(0)
	}
	m.message(&c.list[i])
	return &m.joined
}

func (c *chat) each(yield func(i int, text string) bool) {
	more := true
	for k := 0; k < len(c.list) && more; k++ {
		c.blocks(k).each(func(i int, text string) bool {
			more = yield(c.first[k]+i, text)
			return more
		})
	}
}

// search looks at the messages that hold what the probe finds, and at no others.
func (c *chat) search(f *finder, first int) bool {
	for k := 0; k < len(c.list) && !f.done(); k++ {
		if f.probe.Over(c.list[k].Raw.Bytes()).Next(0) >= 0 {
			f.source(c.blocks(k), first+c.first[k])
		}
	}
	return true
}

// conversation collects the blocks of a message.
type conversation struct {
	joined
	th *theme.Theme
}

func (c *conversation) message(m *model.ChatMessage) {
	c.heading(m)
	if m.Bad != "" {
		c.say(bodyIndent, run{"this message cannot be read: " + m.Bad, c.th.Warning})
	}
	for _, p := range m.Thinking {
		c.thinking(p)
	}
	for _, p := range m.Content {
		c.content(p)
	}
	if len(m.Content) == 0 && len(m.ToolCalls) == 0 && m.Bad == "" {
		c.say(bodyIndent, run{"no content", c.th.Muted})
	}
	for i := range m.ToolCalls {
		c.call(&m.ToolCalls[i])
	}
	for _, o := range m.Other {
		c.say(bodyIndent, run{o.Name + ":", c.th.JSONName})
		c.value(o.Value, 2*bodyIndent)
	}
}

func (c *conversation) heading(m *model.ChatMessage) {
	role := m.Role
	if role == "" {
		role = "no role"
	}
	runs := []run{{role, c.role(m.Role)}}
	if m.Name != "" {
		runs = append(runs, run{"  " + m.Name, c.th.Text})
	}
	if m.ToolCallID != "" {
		runs = append(runs, run{"  (" + m.ToolCallID + ")", c.th.Muted})
	}
	c.say(0, runs...)
}

func (c *conversation) role(name string) lipgloss.Style {
	if s, ok := c.th.Role[name]; ok {
		return s
	}
	return c.th.Role[""]
}

func (c *conversation) content(p model.Part) {
	switch {
	case p.Type == "text" && p.Raw.Kind() == jsonraw.String:
		c.words(p.Raw, bodyIndent, nil)
	case p.Type == "image_url" && p.Raw.Kind() == jsonraw.String:
		c.say(bodyIndent, run{image(p.Raw), c.th.Info})
	case !c.held(p):
		c.unknown(p)
	}
}

// held shows a part that holds a picture, a sound or a file in itself: what that is, and what the
// part says besides.
func (c *conversation) held(p model.Part) bool {
	found, ok := media.In(p.Raw.Bytes())
	if !ok {
		return false
	}
	c.say(bodyIndent, run{found.String(), c.th.Info})
	for _, o := range found.Others {
		c.say(2*bodyIndent, run{o.Name + ":", c.th.JSONName})
		c.value(model.Raw(o.Value), 3*bodyIndent)
	}
	return true
}

func (c *conversation) thinking(p model.Part) {
	switch {
	case p.Type == "thinking" && p.Raw.Kind() == jsonraw.String:
		c.say(bodyIndent, run{"thinking", c.th.Muted})
		c.words(p.Raw, 2*bodyIndent, &c.th.Muted)
	case p.Type == "redacted_thinking" && p.Raw.Kind() == jsonraw.String:
		c.say(bodyIndent, run{"redacted thinking, " + figure.Size(max(len(p.Raw.Bytes())-2, 0)), c.th.Muted})
	default:
		c.unknown(p)
	}
}

// unknown shows a part of a kind that this view does not know, whole.
func (c *conversation) unknown(p model.Part) {
	name := p.Type
	if name == "" {
		name = "part without a type"
	}
	c.say(bodyIndent, run{"[" + name + "]", c.th.Info})
	c.value(p.Raw, 2*bodyIndent)
}

func (c *conversation) call(t *model.ToolCall) {
	runs := []run{{"→ ", c.th.Info}, {t.Function, c.th.Label}}
	if t.ID != "" {
		runs = append(runs, run{"(" + t.ID + ")", c.th.Muted})
	}
	c.say(bodyIndent, runs...)
	if t.Arguments.Kind() != jsonraw.String {
		c.value(t.Arguments, 2*bodyIndent)
		return
	}
	text, ok := t.Arguments.Text()
	if raw := []byte(text); ok && text != "" && jsonraw.Check(raw) == nil {
		c.add(Tree(raw, c.th), 2*bodyIndent)
		return
	}
	c.words(t.Arguments, 2*bodyIndent, nil)
}

// words shows a string, with a word for an empty one.
func (c *conversation) words(v model.Value, indent int, style *lipgloss.Style) {
	if len(v.Bytes()) <= len(`""`) {
		c.say(indent, run{"empty text", c.th.Muted})
		return
	}
	c.add(literal(v.Bytes(), c.th, style), indent)
}

func (c *conversation) value(v model.Value, indent int) {
	if !v.IsAbsent() {
		c.add(Tree(v.Bytes(), c.th), indent)
	}
}

// addressLen is how much of an image's address is shown, in bytes.
const addressLen = 2000

// image describes an image by its literal: the address, or what an image is that the message holds
// itself.
func image(v model.Value) string {
	if d, ok := media.Of("image_url", v.Bytes()); ok {
		return d.String()
	}
	address, whole := jsonraw.TextPrefix(v.Bytes(), addressLen)
	if !whole {
		address += "…"
	}
	return "[image " + address + "]"
}
