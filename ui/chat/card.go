package chat

import (
	"slices"

	"errata/model/jsonraw"
	"errata/model/media"
	"errata/model/tree"
	"errata/ui/pager"
	"errata/ui/stringlines"
	"errata/ui/theme"
)

// kind is what a part of a message is.
type kind uint8

const (
	heading   kind = iota // role, name, what it answers
	text                  // words
	image                 // a picture, a sound or a file, or the address of an image
	thinking              // a thinking block
	call                  // a tool call: its id and function
	arguments             // what it calls with
	member                // anything else, kept as it is
	blank                 // stands where a message has no content
)

// The members that a message may have.
const (
	roleName     = "role"
	contentName  = "content"
	nameName     = "name"
	callIDName   = "tool_call_id"
	callsName    = "tool_calls"
	thinkingName = "thinking"

	argumentsName = "arguments" // of a call's function: JSON as text
)

// part is one stop of the cursor within a message.
type part struct {
	kind kind
	path tree.Path   // of the whole part within the message: what x deletes
	edit tree.Path   // of the string that enter edits, nil for none
	node *tree.Node  // what is at edit, else at path; nil for blank
	name string      // of a member, or the type of a part
	note string      // what is wrong with it
	held *media.Data // what an image part holds, nil for an image_url

	src  pager.Source        // made when it is drawn
	laid map[int]*pager.Laid // the blocks that were laid out
}

// place is where the part's value is within the message.
func (p *part) place() tree.Path {
	if p.edit != nil {
		return p.edit
	}
	return p.path
}

// card is a message as parts. The first is its heading.
type card struct {
	node  *tree.Node
	parts []part
}

// cards are messages as cards: how they are folded, linked, and taken apart into parts.
type cards struct {
	messages
	th       *theme.Theme
	w        int
	links    *links // who calls whom; nil for a single message
	folds    folds
	whole    bool          // all is shown, for reading
	talk     bool          // without numbers and sizes
	rendered bool          // Markdown is rendered
	kept     map[int]*card // those near the window
	// the pictures that were found in large texts, which costs as much as reading them
	looked map[*tree.Node]stringlines.Parts
}

// newCards reads who calls whom in all messages.
func newCards(list messages, th *theme.Theme) *cards {
	c := &cards{messages: list, th: th, folds: newFolds(), kept: map[int]*card{}, looked: map[*tree.Node]stringlines.Parts{}}
	if !list.single {
		c.links = newLinks(list.between(0, list.count()))
	}
	return c
}

// textWidth is how many cells the rows of a card have.
func (m *cards) textWidth() int { return max(m.w-m.th.Gutter(), 1) }

// parts is a text with the pictures in it.
func (m *cards) parts(n *tree.Node) stringlines.Parts {
	const large, few = 256 << 10, 16
	if n.Size() < large {
		return pager.PartsOf(n.Bytes())
	}
	p, ok := m.looked[n]
	if !ok {
		if len(m.looked) == few {
			clear(m.looked)
		}
		p = pager.PartsOf(n.Bytes())
		m.looked[n] = p
	}
	return p
}

// forget drops everything that was laid out.
func (m *cards) forget() { clear(m.kept) }

// card gives the parts of message i, kept while they are near the window.
func (m *cards) card(i int) *card {
	n := m.message(i)
	c, ok := m.kept[i]
	if ok && c.node == n {
		return c
	}
	if m.foldOf(n) == shut {
		c = &card{node: n, parts: []part{{kind: heading, path: tree.Path{}, node: n}}}
	} else {
		c = newCard(n)
	}
	m.kept[i] = c
	return c
}

// newCard takes a message apart: thinking, content, calls, then what this view does not know.
func newCard(n *tree.Node) *card {
	c := &card{node: n, parts: []part{{kind: heading, path: tree.Path{}, node: n}}}
	if n.Kind() != jsonraw.Object {
		c.add(part{kind: member, path: tree.Path{}, node: n, note: "the message is " + n.Kind().Word() + ", not an object"})
		return c
	}
	known := map[int]bool{}
	take := func(name string) (tree.Path, *tree.Node) {
		i, ok := n.Find(name)
		if !ok {
			return nil, nil
		}
		known[i] = true
		return tree.Path{i}, n.Child(i)
	}
	c.words(take(roleName))
	c.words(take(nameName))
	c.words(take(callIDName))
	at, list := take(thinkingName)
	c.items(at, list, "thinking", c.thought)
	at, content := take(contentName)
	if content != nil && content.Kind() == jsonraw.String {
		c.add(part{kind: text, path: at, edit: at, node: content})
	} else {
		c.items(at, content, "content", c.item)
	}
	at, list = take(callsName)
	c.items(at, list, "tool_calls", c.call)
	if len(c.parts) == 1 {
		c.add(part{kind: blank, path: tree.Path{}})
	}
	c.others(n, nil, func(i int, _ string) bool { return known[i] })
	return c
}

func (c *card) add(p part) { c.parts = append(c.parts, p) }

// words notes a member that should be a string and is not. The strings are in the heading.
func (c *card) words(at tree.Path, n *tree.Node) {
	if n == nil || n.Kind() == jsonraw.String {
		return
	}
	name := c.node.Name(at[0])
	if n.Kind() == jsonraw.Null && name != roleName {
		return
	}
	c.add(part{kind: member, path: at, node: n, name: name, note: "its " + name + " is " + n.Kind().Word()})
}

// items adds the elements of a list; what is not a list is shown as it is.
func (c *card) items(at tree.Path, n *tree.Node, name string, add func(at tree.Path, n *tree.Node)) {
	switch {
	case n == nil || n.Kind() == jsonraw.Null:
	case n.Kind() != jsonraw.Array:
		c.add(part{kind: member, path: at, node: n, name: name, note: "its " + name + " is " + n.Kind().Word()})
	default:
		for i := range n.Len() {
			add(under(at, i), n.Child(i))
		}
	}
}

// item adds an element of the content.
func (c *card) item(at tree.Path, n *tree.Node) {
	typ := word(n, "type")
	switch typ {
	case "text":
		if i, s := stringAt(n, "text"); s != nil {
			c.add(part{kind: text, path: at, edit: under(at, i), node: s, name: typ})
			c.others(n, at, named("type", "text"))
			return
		}
	case "image_url":
		if i, address := childAt(n, "image_url"); address != nil && address.Kind() == jsonraw.Object {
			if k, s := stringAt(address, "url"); s != nil {
				c.add(part{kind: image, path: at, edit: under(at, i, k), node: s, name: word(address, "detail")})
				c.others(n, at, named("type", "image_url"))
				c.others(address, under(at, i), named("url", "detail"))
				return
			}
		}
	}
	if !c.keeps(at, n) {
		c.unknown(at, n, typ)
	}
}

// keeps adds a part that holds a picture, a sound or a file in itself, and what it says besides. It
// reports whether it is one.
func (c *card) keeps(at tree.Path, n *tree.Node) bool {
	found, ok := media.In(n.Bytes())
	if !ok {
		return false
	}
	s, _ := n.At(found.Path)
	c.add(part{kind: image, path: at, edit: under(at, found.Path...), node: s, held: &found.Data})
	for _, o := range found.Others {
		other, _ := n.At(o.Path)
		c.add(part{kind: member, path: under(at, o.Path...), node: other, name: o.Name})
	}
	return true
}

// thought adds an element of the thinking.
func (c *card) thought(at tree.Path, n *tree.Node) {
	typ := word(n, "type")
	holds := map[string]string{"thinking": "thinking", "redacted_thinking": "data"}[typ]
	if i, s := stringAt(n, holds); s != nil && holds != "" {
		p := part{kind: thinking, path: at, node: s, name: typ}
		if typ == "thinking" {
			p.edit = under(at, i)
		}
		c.add(p)
		c.others(n, at, named("type", "signature", holds))
		return
	}
	c.unknown(at, n, typ)
}

// call adds a tool call and its arguments.
func (c *card) call(at tree.Path, n *tree.Node) {
	i, function := childAt(n, "function")
	if function == nil || function.Kind() != jsonraw.Object {
		c.unknown(at, n, word(n, "type"))
		return
	}
	c.add(part{kind: call, path: at, node: n})
	if k, a := childAt(function, argumentsName); a != nil && a.Kind() != jsonraw.Null {
		p := part{kind: arguments, path: under(at, i, k), edit: under(at, i, k), node: a}
		if a.Kind() != jsonraw.String {
			p.note = "the arguments are " + a.Kind().Word() + ", not text"
		}
		c.add(p)
	}
	c.others(n, at, named("id", "type", "function"))
	c.others(function, under(at, i), named("name", argumentsName))
}

// unknown adds a part of a type that this view does not know, whole.
func (c *card) unknown(at tree.Path, n *tree.Node, typ string) {
	p := part{kind: member, path: at, node: n, name: "[" + typ + "]"}
	if typ == "" {
		p.name = "[part without a type]"
	}
	if n.Kind() != jsonraw.Object {
		p.name, p.note = "", "this part is "+n.Kind().Word()+", not an object"
	}
	c.add(p)
}

// others adds the members that the view does not know.
func (c *card) others(n *tree.Node, at tree.Path, known func(i int, name string) bool) {
	for i := range n.Len() {
		if name := n.Name(i); !known(i, name) {
			c.add(part{kind: member, path: under(at, i), node: n.Child(i), name: name})
		}
	}
}

func named(list ...string) func(int, string) bool {
	return func(_ int, name string) bool { return slices.Contains(list, name) }
}

// nearest is the innermost part that holds p, else the part that shares most of its place with it.
func (c *card) nearest(p tree.Path) int {
	best, shared, holds := 0, 0, false
	for i := range c.parts {
		at := c.parts[i].place()
		n := 0
		for n < len(at) && n < len(p) && at[n] == p[n] {
			n++
		}
		switch held := n > 0 && len(at) == n; {
		case holds && !held:
		case held && !holds, n > shared, held && n == shared && len(p) > n:
			best, shared, holds = i, n, held
		}
	}
	return best
}

// under is path with more steps, never sharing memory with it.
func under(path tree.Path, steps ...int) tree.Path { return append(slices.Clip(path), steps...) }

// childAt is a member of an object, nil when there is none.
func childAt(n *tree.Node, name string) (int, *tree.Node) {
	if n == nil || n.Kind() != jsonraw.Object {
		return 0, nil
	}
	i, ok := n.Find(name)
	if !ok {
		return 0, nil
	}
	return i, n.Child(i)
}

// stringAt is a member of an object that is a string, nil when there is none.
func stringAt(n *tree.Node, name string) (int, *tree.Node) {
	i, s := childAt(n, name)
	if s == nil || s.Kind() != jsonraw.String {
		return 0, nil
	}
	return i, s
}

// wordBytes is the most of a name that is read: longer ones are cut on the screen anyway.
const wordBytes = 1000

// word is the beginning of a member that is a string, "" for none.
func word(n *tree.Node, name string) string {
	_, s := stringAt(n, name)
	if s == nil {
		return ""
	}
	w, _ := s.TextPrefix(wordBytes)
	return w
}
