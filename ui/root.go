package ui

import (
	"context"

	"github.com/charmbracelet/bubbles/spinner"
	tea "github.com/charmbracelet/bubbletea"

	"errata/ui/bars"
	"errata/ui/browse"
	"errata/ui/form"
	"errata/ui/keys"
	"errata/ui/term"
	"errata/ui/theme"
)

// part is one concern of the program: it does what screens want, and takes the results of its own
// commands.
type part interface {
	// take gets every message that is not input; mine is false when it belongs to another part.
	take(msg tea.Msg) (cmd tea.Cmd, mine bool)
}

// root is the whole program: it routes input to the screens, and their wishes to the parts. What is
// open and what is under way are independent: any screen may be shown while something is read or
// sent.
type root struct {
	*session
	opening    *opening
	reviewing  *reviewing
	sending    *sending
	annotating *annotating
	comparing  *comparing
	looking    *lookingBack
	parts      []part
	spinning   *spinning // nil while nothing is awaited
	presses    presses
	tour       *tour // nil when there is none
	dragging   bool  // the rule of the top screen follows the pointer
}

func newRoot(ctx context.Context, o Options) *root {
	s := &session{ctx: ctx, o: o, forms: map[string]*form.Model{}}
	s.terminal = theme.TerminalIn(o.Environ, term.Profile(o.Environ))
	s.terminal.Plain = o.Plain
	s.th = theme.For("auto", s.terminal)
	// it was looked for before
	if th, err := theme.Named(s.find(), o.Theme, s.terminal); err == nil {
		s.th = th
	}
	r := &root{session: s, reviewing: &reviewing{session: s}, looking: &lookingBack{s}}
	settling := &settling{s, r.reviewing}
	judging := &evaluators{session: s}
	r.opening = &opening{session: s, restoring: &restoring{s, settling}, settling: settling, judging: judging}
	r.sending = &sending{session: s, reviewing: r.reviewing, settling: settling}
	r.annotating = &annotating{session: s, opening: r.opening, sending: r.sending}
	r.comparing = &comparing{session: s, opening: r.opening, reviewing: r.reviewing}
	r.parts = []part{r.annotating, r.comparing, r.opening, r.reviewing, settling, r.sending, &takingBack{session: s, opening: r.opening, reviewing: r.reviewing}, r.looking, &keeping{s}, judging, &bulking{session: s, opening: r.opening}}
	if o.Tour {
		r.tour = &tour{session: s, sending: r.sending, annotating: r.annotating}
		r.parts = append([]part{r.tour}, r.parts...)
	}
	s.quiet = func() bool { return r.reviewing.prep == nil && s.atRest() }
	if o.LogID == "" && o.Queue == nil && o.Compare == nil {
		list := newListing(o)
		s.browse = browse.New(list, s.th, browse.Options{
			Server: o.Server, Query: o.Query, Views: o.Views, Listen: listen, Check: list.check, Prompts: list.prompts, Find: list.find, Stored: list.stored(), Export: list.export, Follow: list.follow, Sleep: o.sleep(), Read: list.read, Corrected: list.corrected(), Columns: o.Columns, Now: o.Source.Now,
		})
		s.browse.Say(bars.News{Text: o.Hint})
	}
	return r
}

// Init starts to read the log that was asked for, or the list.
func (r *root) Init() tea.Cmd {
	first := r.opening.first
	switch {
	case r.o.Queue != nil:
		first = r.annotating.first
	case r.o.Compare != nil:
		first = r.comparing.first
	case r.browse != nil:
		first = r.browse.Init
	}
	return tea.Batch(first(), r.looking.begin(), r.spin())
}

// Update routes a message, and then the keys that have waited for it.
func (r *root) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	was := r.form
	cmd := tea.Batch(r.handle(msg), r.opening.shownEarly())
	if was != nil && r.form == nil {
		cmd = tea.Batch(cmd, r.looking.again())
	}
	return r, tea.Batch(cmd, r.typeOn(), r.comparing.follow(), r.drafts.awaitDisk(), r.spin())
}

func (r *root) handle(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		r.resize(msg.Width, r.tour.height(msg.Height))
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
	case tea.MouseMsg:
		return r.mouse(msg)
	case spinner.TickMsg:
		return r.turn(msg)
	}
	for _, p := range r.parts {
		if cmd, mine := p.take(msg); mine {
			return cmd
		}
	}
	return r.give(msg)
}

// give passes a message to the screens, and does what they want once all have returned.
func (r *root) give(msg tea.Msg) tea.Cmd {
	return r.carryOut(r.pass(msg))
}

// giveKey passes a key to the screen on top. For a key that means nothing there it says so, once
// for each, so that nobody wonders what it did.
func (r *root) giveKey(msg tea.KeyMsg) tea.Cmd {
	if !r.isStrange(msg) {
		return r.give(msg)
	}
	before, _ := r.apartFromNews()
	cmd, wants := r.pass(msg)
	if after, news := r.apartFromNews(); cmd == nil && len(wants) == 0 && after == before && news == "" {
		r.strangeKey(msg.String())
	}
	return r.carryOut(cmd, wants)
}

// carryOut does what screens want beside their command.
func (r *root) carryOut(cmd tea.Cmd, wants []tea.Msg) tea.Cmd {
	for _, want := range wants {
		cmd = tea.Batch(cmd, r.handle(want))
	}
	return cmd
}

// typeOn passes on the keys that have waited, in order, until something is awaited again.
func (r *root) typeOn() tea.Cmd {
	var cmds []tea.Cmd
	for len(r.typed) > 0 && !r.awaiting() {
		msg := r.typed[0]
		r.typed = r.typed[1:]
		cmds = append(cmds, r.handle(msg))
	}
	return tea.Batch(cmds...)
}

// key passes a key to the first that wants it: a question, the help, the keys that work everywhere,
// what is awaited, or the screen on top.
func (r *root) key(msg tea.KeyMsg) tea.Cmd {
	switch {
	case msg.Alt && !r.bound(msg.String()):
		return r.apart(msg)
	case r.ask != nil:
		if do, ok := r.ask.answer(msg.String()); ok {
			r.ask = nil
			return do()
		}
		return nil
	case r.help != nil:
		return r.helped(r.help.key(msg))
	case r.picker != nil:
		r.pick(msg)
		return nil
	}
	action := keys.Global.Action(msg.String())
	switch {
	case action == keys.Interrupt, msg.String() == "ctrl+c":
		return r.interrupt()
	case r.awaiting():
		cmd, leaves := r.wait(msg, action)
		if leaves {
			cmd = tea.Batch(cmd, r.key(msg))
		}
		return cmd
	case action == keys.Help && (msg.Type != tea.KeyRunes || !r.capturing()):
		r.openHelp()
		return nil
	case action == keys.PickTheme && (msg.Type != tea.KeyRunes || !r.capturing()):
		r.pickTheme()
		return nil
	case action == keys.Suspend && !r.capturing() && !r.owned(msg.String()):
		return term.Suspend()
	case action == keys.Close && r.load != nil && r.review == nil && !r.capturing():
		return r.giveUp()
	}
	return r.giveKey(msg)
}

// escapedMsg is a key that came together with esc.
type escapedMsg struct{ key tea.KeyMsg }

// apart splits a key with alt into esc and the key: tmux holds esc back for half a second, and a
// slow line delivers both at once. A key with alt that has a meaning here is not split.
func (r *root) apart(msg tea.KeyMsg) tea.Cmd {
	cmd := r.key(tea.KeyMsg{Type: tea.KeyEsc})
	msg.Alt = false
	return tea.Batch(cmd, r.escaped(escapedMsg{msg}))
}

// escaped handles the key after esc was handled. A key that would change a value is dropped,
// because alt with it may have been meant after all.
func (r *root) escaped(msg escapedMsg) tea.Cmd {
	name := msg.key.String()
	switch {
	case r.awaiting():
		r.typed = append(r.typed, msg)
	case r.changes(msg.key):
		if name == " " {
			name = "space"
		}
		r.say(bars.News{Level: bars.Warning, Text: "esc; press " + name + " again"})
	default:
		return r.key(msg.key)
	}
	return nil
}

// background follows the background of the terminal when the theme depends on it.
func (r *root) background(dark bool) {
	r.terminal.Dark = dark
	th, err := theme.Named(r.find(), r.o.Theme, r.terminal)
	if err == nil && (th.Name != r.th.Name || th.Dark != r.th.Dark) {
		r.paint(th)
	}
}

// helped closes the help, and does the key that was chosen there.
func (r *root) helped(closes bool, do *tea.KeyMsg) tea.Cmd {
	if closes {
		r.help = nil
	}
	if do == nil {
		return nil
	}
	return r.key(*do)
}

// mouse takes the wheel and the left button. What is done with shift is the terminal's.
func (r *root) mouse(msg tea.MouseMsg) tea.Cmd {
	switch {
	case msg.Shift:
		return nil
	case term.Wheel(msg) != 0:
		return r.wheel(msg)
	case r.drag(msg):
		return nil
	case msg.Button == tea.MouseButtonLeft && msg.Action == tea.MouseActionPress:
		return tea.Batch(r.click(r.presses.press(msg.X, msg.Y)), r.catchUp())
	}
	return nil
}

// wheel scrolls what covers the screen, or what is under the pointer there.
func (r *root) wheel(msg tea.MouseMsg) tea.Cmd {
	switch n := term.Wheel(msg); {
	case r.ask != nil:
		return nil
	case r.help != nil:
		r.help.move(n * term.WheelRows)
		return nil
	case r.picker != nil:
		r.wearAt(r.picker.cursor + n)
		return nil
	}
	return r.give(msg)
}

// click does the key of the hint that is clicked on, or passes the click to what is shown. While a
// question is open or something is awaited, only a hint means anything.
func (r *root) click(c term.ClickMsg) tea.Cmd {
	if key, ok := r.hinted(c); ok {
		return r.key(key)
	}
	switch {
	case r.ask != nil, r.awaiting():
		return nil
	case r.help != nil:
		return r.helped(r.help.click(c))
	case r.picker != nil:
		r.clickTheme(c)
		return nil
	}
	return r.give(c)
}
