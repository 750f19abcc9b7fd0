package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	"errata/api/journal"
	"errata/api/walk"
	"errata/config"
	"errata/model/selection"
	"errata/ui"
	"errata/ui/annotate"
	"errata/ui/browse"
	"errata/ui/draft"
	"errata/ui/term"
)

// open shows the logs, or one log: on the screen when there is one, else as text.
func (a *app) open(ctx context.Context, ids []string) error {
	svc, err := a.connect(ctx)
	if err != nil {
		return err
	}
	defer svc.close()
	switch {
	case a.interactive() && !a.cfg.JSON():
		return a.show(ctx, svc, ids...)
	case len(ids) == 0:
		a.remind(ctx)
		q := walk.Query{Selection: a.query()}
		q.Limit = defaultLimit
		return a.list(ctx, svc, q)
	case a.cfg.JSON():
		return a.get(ctx, svc, ids[0], &getting{})
	default:
		return a.read(ctx, svc, ids[0])
	}
}

// show shows the interactive program, with one log open when an id is given.
func (a *app) show(ctx context.Context, svc *service, ids ...string) error {
	o, dir, err := a.screenOptions(svc)
	if err != nil {
		return err
	}
	o.LogID = strings.Join(ids, "")
	return a.run(ctx, o, dir)
}

// screenOptions are the options of the interactive program, and where its state is, "" for nowhere.
func (a *app) screenOptions(svc *service) (o ui.Options, dir string, err error) {
	if err := a.remapKeys(); err != nil {
		return o, "", err
	}
	o = ui.Options{
		Service:   svc.Service,
		Ready:     svc.ready,
		Source:    a.source(svc),
		Server:    svc.name,
		BaseURL:   svc.base,
		Query:     a.query(),
		Views:     a.views(),
		Columns:   a.cfg.Columns(),
		ReadOnly:  a.cfg.ReadOnly() || svc.readOnly,
		Theme:     a.cfg.Theme(),
		Themes:    a.findTheme,
		Plain:     a.cfg.Plain(),
		Mouse:     a.cfg.Mouse(),
		Editor:    a.editor(),
		EditorEnv: config.WithoutSecrets(a.env.Environ),
		In:        file(a.env.Stdin),
		Out:       file(a.env.Stdout),
		Environ:   a.env.Environ,
		Prices:    a.prices,
		Sleep:     a.env.Sleep,
		Author:    a.author(),
		Annotate:  a.annotations(),
	}
	o.ThemeNames = a.cfg.ThemeFiles
	if a.cfg.NoColor() {
		o.Theme = "none"
	}
	if svc.id != "" {
		if dir, err = a.stateOf(svc); err != nil {
			return o, "", err
		}
		o.Fleeting = svc.state != ""
		o.State, o.ServerID, o.Drafts = dir, svc.id, draft.New(dir, draft.Options{Former: a.formerNames(), Who: seat(o.Author), Where: ownTerminal(a.env.Environ)})
		o.Journal = opener(dir, a.journalOptions())
		reach, err := a.reach(svc)
		if err != nil {
			return o, "", err
		}
		o.Masking.File, o.Masking.Copies = reach.File, reach.Copies
	}
	o.Masking.Own = a.cfg.Redact
	o.File = a.atName
	o.NewQueue = func(ids []string) (*annotate.Queue, error) {
		return a.queueOf(dir, annotate.Head{Began: a.env.Now(), Server: svc.id, User: o.Author}, ids)
	}
	return o, dir, nil
}

// queueOf is the queue of these logs that was left unfinished, or a new one that begins with head.
func (a *app) queueOf(dir string, head annotate.Head, ids []string) (*annotate.Queue, error) {
	head.Key = queueKey(head, ids, false)
	before, err := annotate.Unfinished(dir, head.Server, head.Key)
	if err != nil {
		return nil, err
	}
	if before != nil {
		return a.reopen(dir, before.ID)
	}
	return annotate.New(dir, head, ids)
}

// stateOf is the folder of the drafts and the journal of a service.
func (a *access) stateOf(svc *service) (string, error) {
	if svc.state != "" {
		return svc.state, nil
	}
	return a.state()
}

// run shows the interactive program. dir is where its state is, "" for nowhere.
func (a *app) run(ctx context.Context, o ui.Options, dir string) error {
	// The screen handles signals itself: it has unsaved work, and a terminal to leave clean.
	return a.unwritten(described(a.env.Screen(context.WithoutCancel(ctx), o), dir))
}

// unwritten says that the disk did not write a draft. That is not why the screen was left.
func (a *app) unwritten(err error) error {
	var waiting *draft.WaitingError
	if !errors.As(err, &waiting) {
		return err
	}
	a.say("warning: what was typed last is not in the draft: %v; on some systems errata ends only when it does", waiting)
	return nil
}

// faultFile is where, among drafts and journal, the latest fault of the program is described.
const faultFile = "fault.txt"

// described keeps what is known of a fault in a file, which the sentence names: on the terminal it
// would push that away. What cannot be kept is left in the error.
func described(err error, dir string) error {
	var ended *term.EndError
	if dir == "" || !errors.As(err, &ended) || ended.Detail == "" {
		return err
	}
	file := filepath.Join(dir, faultFile)
	if os.MkdirAll(dir, 0o700) != nil || os.WriteFile(file, []byte(ended.Detail), 0o600) != nil {
		return err
	}
	return fmt.Errorf("%w; unsaved work is in the draft, and %s tells where the fault is", &term.EndError{Why: ended.Why}, file)
}

// opener opens the journal when it is first needed, and tries again after a failure: saving is
// possible once the disk is in order.
func opener(dir string, o journal.Options) func() (*journal.Journal, error) {
	var mu sync.Mutex
	var opened *journal.Journal
	return func() (_ *journal.Journal, err error) {
		mu.Lock()
		defer mu.Unlock()
		if opened == nil {
			opened, err = journal.Open(dir, o)
		}
		return opened, err
	}
}

// everywhere is the editor that is taken where none is set: on Windows, and on other systems.
var everywhere = map[bool]string{true: "notepad", false: "vi"}

// query selects what is browsed.
func (a *app) query() selection.Selection { return selection.Selection{Prompt: a.cfg.Prompt()} }

// views are the saved filters as the screen has them.
func (a *app) views() (list []browse.View) {
	for _, v := range a.cfg.Views() {
		list = append(list, browse.View{Name: v.Name, Key: v.Key, Filter: v.Filter})
	}
	return list
}

// editor is the command line of $VISUAL, else $EDITOR, else the editor that every system has, for a
// file name to follow. One with quotes or other signs of the shell is left to the shell, as git
// does.
func (a *console) editor() []string {
	text := a.getenv("VISUAL")
	if text == "" {
		text = a.getenv("EDITOR")
	}
	if text == "" {
		return []string{everywhere[runtime.GOOS == "windows"]}
	}
	if strings.ContainsAny(text, "\"'`\\$|&;<>()*?[]~") && runtime.GOOS != "windows" {
		return []string{"sh", "-c", text + ` "$@"`, text}
	}
	return strings.Fields(text)
}
