package chat

import (
	tea "github.com/charmbracelet/bubbletea"

	"errata/ui/keys"
	"errata/ui/pager"
	"errata/ui/rows"
)

// choose opens a choice for the part under the cursor.
func (m edits) choose(title string, on int, options ...option) {
	m.Open(&choice{rows.Question{Of: m.Model, Table: keys.ChatChoice}, m.view, m.at, title, options, on})
}

// option is one of a choice.
type option struct {
	key, label string
	take       func()
}

// choice is a choice of one of a few.
type choice struct {
	rows.Question
	m       *view
	where   stop
	title   string
	options []option
	on      int
}

func (c *choice) stop() stop { return c.where }

func (c *choice) caret() (x, y int, ok bool) { return 0, 0, false }

// Update takes a key.
func (c *choice) Update(msg tea.Msg) (used bool, cmd tea.Cmd) {
	key, ok := msg.(tea.KeyMsg)
	if !ok {
		return false, nil
	}
	take := -1
	switch keys.ChatChoice.Action(key.String()) {
	case keys.Before:
		c.on = (c.on + len(c.options) - 1) % len(c.options)
	case keys.After:
		c.on = (c.on + 1) % len(c.options)
	case keys.Accept:
		take = c.on
	case keys.Close:
		c.m.close()
		return true, nil
	default:
		if key.Type != tea.KeyRunes || key.Alt {
			return false, nil
		}
		for i, o := range c.options {
			if o.key == string(key.Runes) {
				take = i
			}
		}
	}
	if take >= 0 {
		c.m.close()
		c.options[take].take()
	}
	return true, nil
}

// rows shows the choice below the part.
func (c *choice) rows() ([]pager.Block, int) {
	m := c.m
	part := pager.Blocks(m.look(c.where.message, &m.card(c.where.message).parts[c.where.part]))
	l := indented(bodyIndent).say(c.title+":", m.th.Muted)
	for i, o := range c.options {
		mark, look := "  ", m.th.Text
		if i == c.on {
			mark, look = m.th.Chosen(), m.th.CurrentMatch
		}
		l.say(mark, m.th.Text)
		if o.key != o.label[:1] {
			l.say(o.key+" ", m.th.Key)
		}
		l.say(o.label, look)
	}
	return append(part, l.Block), len(part)
}
