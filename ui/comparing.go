package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"errata/model"
	"errata/ui/bars"
	"errata/ui/browse"
	"errata/ui/compare"
	"errata/ui/form"
)

// comparing shows two logs side by side. Each has its form, with its draft, which the screen
// covers: what is copied into a log is an edit of its form, and is sent as any other.
type comparing struct {
	*session
	opening   *opening
	reviewing *reviewing
	sides     [2]*form.Model // nil while they are being read
}

// pairSentMsg says that the open log, one of the two, is saved.
type pairSentMsg struct{}

func (c *comparing) take(msg tea.Msg) (cmd tea.Cmd, mine bool) {
	switch msg := msg.(type) {
	case browse.CompareMsg:
		return c.begin(msg.IDs), true
	case compare.ReviewMsg:
		return c.review(msg.Side, bars.News{}), true
	case compare.HistoryMsg:
		c.focus(msg.Side)
		return func() tea.Msg { return form.HistoryMsg{} }, true
	case compare.CloseMsg:
		return c.close(), true
	case pairSentMsg:
		return c.sent(), true
	}
	return nil, false
}

// first compares the logs that the program was started with.
func (c *comparing) first() tea.Cmd { return c.begin(*c.o.Compare) }

// begin shows the screen, and reads the logs for it one after the other.
func (c *comparing) begin(ids [2]string) tea.Cmd {
	c.walked, c.paired, c.sides = nil, ids[:], [2]*form.Model{}
	c.pair = compare.New(ids, c.o.Server, c.th)
	c.pair.SetSize(c.w, c.h)
	return c.read(0)
}

// read gets one of the logs: its form where it is at hand with changes, else from the server.
func (c *comparing) read(side int) tea.Cmd {
	id := c.paired[side]
	if f := c.forms[id]; f != nil {
		c.openID, c.form = id, f
		return c.came(side)
	}
	return c.opening.fetch(loading{id: id, then: func() tea.Cmd { return c.came(side) }, amiss: c.abandon})
}

// came takes a log over that is open now. Its draft may have to be settled with what somebody else
// wrote; nothing else is started ahead of that.
func (c *comparing) came(side int) tea.Cmd {
	if c.clash != nil {
		c.end(c.openID)
		c.say(bars.News{Level: bars.Warning, Text: "the draft of this log is to be settled first; D compares then"})
		return nil
	}
	c.form.Commit()
	c.sides[side] = c.form
	shown := c.pair.Put(side, c.form)
	if side == 0 {
		return tea.Batch(shown, c.read(1))
	}
	return shown
}

// abandon leaves the screen when a log cannot be shown.
func (c *comparing) abandon() { c.end("") }

// end leaves the screen, and both logs but for one that stays open, "" for none. It says what was
// not sent.
func (c *comparing) end(stays string) (left bars.News) {
	ids := c.paired
	c.pair, c.paired = nil, nil
	for i, f := range c.sides {
		if f == nil || ids[i] == stays {
			continue
		}
		if n := c.putAside(ids[i], f); n.Text != "" {
			left = n
		}
	}
	if one, two := c.sides[0], c.sides[1]; one != nil && two != nil && one.Unsent() > 0 && two.Unsent() > 0 {
		fields, judged := one.Count()
		more, said := two.Count()
		left.Text = "both logs: " + unsent(fields+more, judged+said) + " not sent"
		if one.Kept() && two.Kept() {
			left.Text += "; the drafts stay"
		}
	}
	if stays == "" {
		c.form, c.openID = nil, ""
	}
	c.sides = [2]*form.Model{}
	return left
}

// close goes back to the list or, where there is none, ends the program.
func (c *comparing) close() tea.Cmd {
	if c.browse == nil {
		return c.quit()
	}
	if left := c.end(""); left.Text != "" {
		c.say(left)
	}
	return nil
}

// focus makes the form of one of the logs the open one, for what is done next.
func (c *comparing) focus(side int) { c.openID, c.form = c.paired[side], c.sides[side] }

// review shows what is to be sent of one of the logs.
func (c *comparing) review(side int, n bars.News) tea.Cmd {
	c.focus(side)
	if bad := c.form.Changes().Invalid(); len(bad) > 0 {
		c.say(bars.News{Level: bars.Warning, Text: "not sent: " + model.Names(bad) + " of " + c.openID + " is not a value yet; r reverts it, or edit it in the form"})
		return nil
	}
	other := c.paired[1-side]
	if n.Text == "" && c.sides[1-side].Unsent() > 0 {
		n.Text = c.openID + ": 1 of 2; " + other + " comes after it"
	}
	return c.reviewing.begin(n)
}

// sent continues with the other log, if that is changed, too.
func (c *comparing) sent() tea.Cmd {
	for side, f := range c.sides {
		if f != nil && f.Unsent() > 0 {
			n := c.unsaid
			c.unsaid = bars.News{}
			return c.review(side, n)
		}
	}
	c.sayUnsaid()
	return nil
}

// follow shows what has changed in the two logs, by whatever cause.
func (c *comparing) follow() tea.Cmd {
	if c.pair == nil {
		return nil
	}
	return c.pair.Refresh()
}
