package ui

import (
	"context"
	"time"

	"github.com/charmbracelet/bubbles/spinner"
	tea "github.com/charmbracelet/bubbletea"

	"errata/ui/bars"
	"errata/ui/browse"
	"errata/ui/conflict"
	"errata/ui/find"
	"errata/ui/form"
	"errata/ui/history"
	"errata/ui/keys"
	"errata/ui/review"
	"errata/ui/term"
	"errata/ui/theme"
)

// root is the whole program. What is open and what is under way are separate facts: any screen may
// be shown while something loads or is being sent.
type root struct {
	ctx  context.Context
	o    Options
	th   *theme.Theme
	dark bool
	w, h int

	browse   *browse.Model          // nil when one log was opened alone
	forms    map[string]*form.Model // by log id: the open one, and those with unsaved changes
	form     *form.Model            // the open log, nil while browsing
	last     find.Last              // what was looked for last, in any log
	openID   string                 // the log that is open or being opened
	review   *review.Model          // nil when it is not open
	clash    *conflict.Model        // nil when there is no conflict to settle
	past     *history.Model         // nil when the history is not open
	help     *help                  // nil when it is not open
	ask      *question              // nil when nothing is asked
	load     *loading               // nil when no log is being read
	prep     *preparing             // nil when no review is being made
	saving   *saving                // nil when nothing is being sent
	spinning *spinning              // nil while nothing is awaited
	tokens   int                    // numbers requests, so that late answers can be told
	// what became of earlier PATCHes, until there is a screen to say it on
	unsaid bars.News
	later  []func() tea.Cmd // what waits until nobody is in the middle of something
	// keys and pastes that wait until what they are for is there: see awaiting
	typed  []tea.Msg
	drafts shelf // the drafts of the logs that are open or have changes
	failed error // why the program ends without having shown a log
}

func newRoot(ctx context.Context, o Options) *root {
	r := &root{ctx: ctx, o: o, dark: dark(o.Environ), forms: map[string]*form.Model{}}
	r.th = theme.For(o.Theme, r.dark)
	if o.LogID == "" {
		r.browse = browse.New(listing{o.Service}, r.th, browse.Options{Server: o.Server, Query: query(o.Query), Listen: listen})
	}
	return r
}

// Init starts reading: the log that was asked for, or the list.
func (r *root) Init() tea.Cmd {
	if r.browse != nil {
		return tea.Batch(r.browse.Init(), r.lookBack(), r.spin())
	}
	return tea.Batch(r.open(r.o.LogID), r.lookBack(), r.spin())
}

// lookBackAfter keeps what earlier runs left out of the way of the first frame.
const lookBackAfter = 50 * time.Millisecond

// lookBack is the command that looks for what earlier runs left: drafts, and PATCHes that nobody
// lived to see.
func (r *root) lookBack() tea.Cmd {
	if r.o.Drafts == nil && r.o.Journal == nil {
		return nil
	}
	return tea.Tick(lookBackAfter, func(time.Time) tea.Msg { return lookBackMsg{} })
}

type lookBackMsg struct{}

// Update routes a message: what is asked first, then the help, then what holds everywhere, then the
// screen. Keys that have waited follow it.
func (r *root) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	cmd := r.handle(msg)
	return r, tea.Batch(cmd, r.typeOn(), r.awaitDisk(), r.spin())
}

func (r *root) handle(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		r.resize(msg.Width, msg.Height)
		return r.pass(msg)
	case term.BackgroundMsg:
		r.background(msg.Dark)
		return nil
	case tea.KeyMsg:
		return tea.Batch(r.key(msg), r.catchUp())
	case escapedMsg:
		return tea.Batch(r.escaped(msg), r.catchUp())
	case term.PasteMsg:
		if r.awaiting() {
			r.typed = append(r.typed, msg)
			return nil
		}
		return r.pass(msg)
	case loadedMsg:
		return r.loaded(msg)
	case savedMsg:
		return r.saved(msg)
	case waitMsg:
		return r.waits(msg)
	case preparedMsg:
		return r.prepared(msg)
	case spinner.TickMsg:
		return r.turn(msg)
	case lookBackMsg:
		return tea.Batch(countDrafts(r.ctx, r.o), account(r.ctx, r.o))
	case accountedMsg:
		r.accounted(msg)
		return nil
	case form.HistoryMsg, browse.HistoryMsg:
		return r.openHistory()
	case history.UndoMsg:
		return r.takeBack(msg.Entry)
	case history.CloseMsg:
		return r.closeHistory()
	case caughtUpMsg:
		r.caughtUp(msg)
		return nil
	case draftsMsg:
		r.announce(msg)
		return nil
	case browse.OpenMsg:
		return r.open(msg.ID)
	case browse.QuitMsg:
		return r.quit()
	case form.ReviewMsg:
		return r.toReview(bars.News{})
	case form.ReloadMsg:
		return r.reload()
	case form.StepMsg:
		return r.step(msg.By)
	case form.BackMsg:
		return r.back()
	case conflict.ResolvedMsg:
		return r.resolved(msg.Changes)
	case conflict.CloseMsg:
		r.clash = nil
		return nil
	case review.SendMsg:
		return r.send()
	case review.LeaveOutMsg:
		return r.leaveOut(msg.Field)
	case review.CloseMsg:
		return r.closeReview()
	default:
		return r.pass(msg)
	}
}

// key routes a key.
func (r *root) key(msg tea.KeyMsg) tea.Cmd {
	if cmd, yes := r.apart(msg); yes {
		return cmd
	}
	switch {
	case r.ask != nil:
		return r.answer(msg)
	case r.help != nil:
		return r.helpKey(msg)
	}
	action := keys.Global.Action(msg.String())
	switch {
	case action == keys.Interrupt:
		return r.interrupt()
	case r.awaiting():
		return r.wait(msg)
	}
	switch action {
	case keys.Help:
		if msg.String() == "f1" || !r.capturing() {
			r.openHelp()
			return nil
		}
	case keys.Suspend:
		if !r.capturing() {
			return term.Suspend()
		}
	}
	if action == keys.Close && r.load != nil && r.review == nil && !r.capturing() {
		return r.giveUp()
	}
	return r.pass(msg)
}

// screen is what the root needs of each.
type screen interface {
	// Update gives the command of the screen and what it wants, nil where that is nothing. The
	// root carries it out when Update has returned.
	Update(tea.Msg) (cmd tea.Cmd, want tea.Msg)
	View() string
	Cursor() (x, y int, ok bool)
	SetSize(w, h int)
	SetTheme(*theme.Theme)
	Say(bars.News)
	Keys() []keys.Map
	Capturing() bool
}

// stack lists the screens that are open, the one on top first.
func (r *root) stack() []screen {
	var list []screen
	if r.past != nil {
		list = append(list, r.past)
	}
	if r.clash != nil {
		list = append(list, r.clash)
	}
	if r.review != nil {
		list = append(list, r.review)
	}
	if r.form != nil {
		list = append(list, r.form)
	}
	if r.browse != nil {
		list = append(list, r.browse)
	}
	return list
}

// top is the screen that a person sees, nil while the first log is being read.
func (r *root) top() screen {
	if open := r.stack(); len(open) > 0 {
		return open[0]
	}
	return nil
}

// pass hands input to the screen on top. Results of commands go to every screen: each knows its
// own.
func (r *root) pass(msg tea.Msg) tea.Cmd {
	open := r.stack()
	switch msg.(type) {
	case tea.KeyMsg, tea.MouseMsg, term.PasteMsg, term.CopiedMsg:
		if r.ask != nil || r.help != nil {
			return nil
		}
		open = open[:min(len(open), 1)]
	}
	var cmds []tea.Cmd
	var wants []tea.Msg
	for _, s := range open {
		cmd, want := s.Update(msg)
		cmds = append(cmds, cmd)
		if want != nil {
			wants = append(wants, want)
		}
	}
	for _, want := range wants {
		cmds = append(cmds, r.handle(want))
	}
	return tea.Batch(cmds...)
}

// capturing tells whether letters are text just now.
func (r *root) capturing() bool {
	top := r.top()
	return top != nil && top.Capturing()
}

func (r *root) resize(w, h int) {
	r.w, r.h = w, h
	for _, s := range r.stack() {
		s.SetSize(w, h)
	}
	if r.help != nil {
		r.help.setSize(w, h)
	}
}

// background follows the terminal's background, if the theme is to be chosen by it.
func (r *root) background(dark bool) {
	th := theme.For(r.o.Theme, dark)
	if th.Name == r.th.Name {
		return
	}
	r.th, r.dark = th, dark
	for _, s := range r.stack() {
		s.SetTheme(th)
	}
	if r.help != nil {
		r.openHelp()
	}
}

// soon does something to a form as soon as nobody is in the middle of a text or a decision: what
// comes late must not change where the next key goes.
func (r *root) soon(do func() tea.Cmd) tea.Cmd {
	r.later = append(r.later, do)
	return r.catchUp()
}

// catchUp does what has had to wait.
func (r *root) catchUp() tea.Cmd {
	var cmds []tea.Cmd
	for len(r.later) > 0 && r.atRest() {
		do := r.later[0]
		r.later = r.later[1:]
		cmds = append(cmds, do())
	}
	return tea.Batch(cmds...)
}

// atRest tells whether keys are commands of the form or the list just now.
func (r *root) atRest() bool {
	return r.ask == nil && r.help == nil && r.past == nil && r.clash == nil && r.review == nil && r.prep == nil && !r.capturing() && (r.form == nil || r.form.AtRest())
}

// say puts a line of news on the screen that is on top.
func (r *root) say(n bars.News) {
	if top := r.top(); top != nil {
		top.Say(n)
	}
}

// failure is an error as news: one sentence.
func failure(err error) bars.News {
	return bars.News{Level: bars.Bad, Text: err.Error()}
}
