package ui

import (
	"context"
	"maps"
	"os"
	"slices"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"errata/api/journal"
	"errata/model/figure"
	"errata/ui/bars"
	"errata/ui/browse"
	"errata/ui/draft"
)

// lookBackAfter delays the look at earlier runs until the first frame was drawn.
const lookBackAfter = 50 * time.Millisecond

// lookingBack reports what earlier runs left: drafts, and PATCHes whose outcome is not known.
type lookingBack struct{ *session }

// draftsMsg says which drafts there are.
type draftsMsg struct {
	list  []draft.Info
	err   error
	quiet bool // they were announced before
}

// accountedMsg says what became of PATCHes whose outcome an earlier run did not learn.
type accountedMsg struct {
	settled []journal.Entry
	left    []journal.Entry // could not be checked
	why     error           // the error of the last of them
	err     error           // why the journal cannot be used
}

func (l *lookingBack) take(msg tea.Msg) (cmd tea.Cmd, mine bool) {
	switch msg := msg.(type) {
	case draftsMsg:
		l.tellList(msg.list)
		if !msg.quiet {
			l.announce(msg)
		}
	case accountedMsg:
		l.accounted(msg)
	default:
		return nil, false
	}
	return nil, true
}

// begin is the command that waits for lookBackAfter, and then looks. What has nothing to tell
// brings no message, for each is followed by a frame.
func (l *lookingBack) begin() tea.Cmd {
	if l.o.Drafts == nil && l.o.Journal == nil {
		return nil
	}
	looks := l.looks()
	return tea.Tick(lookBackAfter, func(time.Time) tea.Msg { return tea.BatchMsg{looks} })
}

// looks is the command that looks at what earlier runs left.
func (l *lookingBack) looks() tea.Cmd {
	return tea.Batch(l.findDrafts(false), account(l.ctx, l.o), leftBatches(l.o))
}

// again is the command that looks for the drafts again, as a log was left.
func (l *lookingBack) again() tea.Cmd {
	switch {
	case l.browse == nil:
		return nil
	case l.o.Drafts == nil:
		l.tellList(nil)
		return nil
	}
	return l.findDrafts(true)
}

// tellList tells the list of logs which of them have unsaved work: in drafts, or in this program
// alone.
func (l *lookingBack) tellList(found []draft.Info) {
	if l.browse == nil {
		return
	}
	var list []browse.Draft
	kept := map[string]bool{}
	for _, info := range found {
		kept[info.LogID] = true
		d := browse.Draft{LogID: info.LogID, Changed: info.Changed, What: whatOf(info)}
		if by := info.Held; by != nil && by.PID != os.Getpid() && l.forms[info.LogID] == nil {
			d.Held = holderOf(by)
		}
		list = append(list, d)
	}
	for _, id := range slices.Sorted(maps.Keys(l.forms)) {
		if f := l.forms[id]; !kept[id] && f.Unsent() > 0 {
			list = append(list, browse.Draft{LogID: id, What: unsent(f.Count()) + ", in memory alone"})
		}
	}
	l.browse.SetDrafts(list)
}

// whatOf names what a draft changes.
func whatOf(info draft.Info) string {
	var list []string
	for _, c := range info.Changes {
		list = append(list, c.Field.Name)
	}
	if n := len(info.Said); n > 0 {
		list = append(list, figure.Count(n, "judgment"))
	}
	return strings.Join(list, ", ")
}

// findDrafts is the command that looks for the drafts for this server. Drafts for other servers
// cannot be opened here; errata drafts lists them.
func (l *lookingBack) findDrafts(quiet bool) tea.Cmd {
	if l.o.Drafts == nil {
		return nil
	}
	ctx, o, listed := l.ctx, l.o, l.browse != nil
	return func() tea.Msg {
		list, err := o.Drafts.Brief(ctx, o.ServerID)
		if len(list) == 0 && err == nil && !listed {
			return nil
		}
		return draftsMsg{list, err, quiet}
	}
}

// announce says how many drafts there are, besides that of the open log. The list of the logs has a
// row of its own for them, which names the key that lists them.
func (l *lookingBack) announce(msg draftsMsg) {
	var waiting []string
	for _, info := range msg.list {
		if info.LogID != l.openID {
			waiting = append(waiting, info.LogID)
		}
	}
	switch {
	case l.openID == "" && msg.err == nil:
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
		if err == nil && len(msg.left)+len(msg.settled) == 0 {
			return nil
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
