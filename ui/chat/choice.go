package chat

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"errata/ui/keys"
	"errata/ui/pager"
	"errata/ui/rows"
	"errata/ui/term"
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
	if click, ok := msg.(term.ClickMsg); ok {
		return c.click(click), nil
	}
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
	c.take(take)
	return true, nil
}

// take closes the choice and does what one of it is for; nothing for none.
func (c *choice) take(i int) {
	if i >= 0 {
		c.m.close()
		c.options[i].take()
	}
}

// click takes what is clicked on.
func (c *choice) click(at term.ClickMsg) (used bool) {
	m := c.m
	if m.over == nil || at.Y < 0 || at.Y >= m.Height {
		return false
	}
	p, gone := m.Shift(m.Top, at.Y)
	if gone != at.Y || p.stop != c.where || p.at < m.over.row {
		return false
	}
	row := ansi.Strip(m.Draw()[at.Y])
	for i, o := range c.options { // words of ours: a byte is a cell
		before, _, ok := strings.Cut(row, o.label)
		if x := at.X - ansi.StringWidth(before); ok && x >= 0 && x < len(o.label) {
			c.take(i)
			return true
		}
	}
	return false
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
