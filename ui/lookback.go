package ui

import (
	"context"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"errata/api/journal"
	"errata/model/figure"
	"errata/ui/bars"
)

// lookBackAfter delays the look at earlier runs until the first frame was drawn.
const lookBackAfter = 50 * time.Millisecond

// lookingBack reports what earlier runs left: drafts, and PATCHes whose outcome is not known.
type lookingBack struct{ *session }

// lookBackMsg comes when lookBackAfter is over.
type lookBackMsg struct{}

// draftsMsg tells how many drafts there are.
type draftsMsg struct {
	ids []string
	err error
}

// accountedMsg tells what became of PATCHes whose outcome an earlier run did not learn.
type accountedMsg struct {
	settled []journal.Entry
	left    []journal.Entry // could not be checked
	why     error           // the error of the last of them
	err     error           // why the journal cannot be used
}

func (l *lookingBack) take(msg tea.Msg) (cmd tea.Cmd, mine bool) {
	switch msg := msg.(type) {
	case lookBackMsg:
		return tea.Batch(countDrafts(l.ctx, l.o), account(l.ctx, l.o), leftBatches(l.o)), true
	case draftsMsg:
		l.announce(msg)
	case accountedMsg:
		l.accounted(msg)
	default:
		return nil, false
	}
	return nil, true
}

// begin is the command that waits for lookBackAfter.
func (l *lookingBack) begin() tea.Cmd {
	if l.o.Drafts == nil && l.o.Journal == nil {
		return nil
	}
	return tea.Tick(lookBackAfter, func(time.Time) tea.Msg { return lookBackMsg{} })
}

// countDrafts is the command that counts the drafts for this server at the start. Drafts for other
// servers cannot be opened here; errata drafts lists them.
func countDrafts(ctx context.Context, o Options) tea.Cmd {
	if o.Drafts == nil {
		return nil
	}
	return func() tea.Msg {
		list, err := o.Drafts.ListOf(ctx, o.ServerID)
		msg := draftsMsg{err: err}
		for _, info := range list {
			msg.ids = append(msg.ids, info.LogID)
		}
		return msg
	}
}

// announce says how many drafts there are, besides that of the open log.
func (l *lookingBack) announce(msg draftsMsg) {
	var waiting []string
	for _, id := range msg.ids {
		if id != l.openID {
			waiting = append(waiting, id)
		}
	}
	switch {
	case len(waiting) == 1:
		l.say(bars.News{Level: bars.Warning, Text: "1 unsaved draft: " + waiting[0]})
	case len(waiting) > 1:
		l.say(bars.News{Level: bars.Warning, Text: figure.Count(len(waiting), "unsaved draft") + ": " + strings.Join(waiting, ", ")})
	case msg.err != nil:
		l.say(bars.News{Level: bars.Warning, Text: "a draft cannot be read: " + msg.err.Error()})
	}
}

// account is the command that looks up on the server what became of the PATCHes in the journal
// whose outcome is not known.
func account(ctx context.Context, o Options) tea.Cmd {
	if o.Journal == nil {
		return nil
	}
	return func() tea.Msg {
		j, err := o.Journal()
		if err != nil {
			return accountedMsg{err: err}
		}
		left, err := j.Pending(o.ServerID)
		msg := accountedMsg{err: err}
		for _, e := range left {
			settled, err := j.Settle(ctx, o.Service, e)
			switch {
			case e.Outcome != journal.Pending: // its outcome was reported when it was sent
			case err != nil:
				msg.left, msg.why = append(msg.left, e), err
			default:
				msg.settled = append(msg.settled, settled)
			}
		}
		return msg
	}
}

// accounted reports what was found out.
func (l *lookingBack) accounted(msg accountedMsg) {
	var text string
	switch n, left := len(msg.settled), len(msg.left); {
	case msg.err != nil:
		text = "without a journal nothing can be sent: " + bars.Reason(msg.err)
	case left > 0:
		text = "a " + msg.left[left-1].Request() + " of " + msg.left[left-1].LogID + " is unaccounted for and could not be checked: " + msg.why.Error()
	case n > 1:
		text = figure.Int(n) + " PATCHes were unaccounted for; H shows what became of them"
	case n == 1:
		text = "a " + msg.settled[0].Request() + " of " + msg.settled[0].LogID + " was unaccounted for: " + string(msg.settled[0].Outcome)
	default:
		return
	}
	if l.offer != "" {
		text = l.offer + "; " + text
	}
	l.sayLater(bars.News{Level: bars.Warning, Text: text})
}
