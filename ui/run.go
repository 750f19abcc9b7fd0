package ui

import (
	"cmp"
	"context"
	"os"

	"errata/api"
	"errata/ui/term"
	"errata/ui/theme"
)

// Run shows the program until its user leaves it. The error is an api.Error when the first log
// cannot be read, a *term.EndError when the terminal went away, and a *draft.WaitingError when
// drafts could not be written.
func Run(ctx context.Context, o Options) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	r := newRoot(api.WithNotices(ctx, nil), o) // notices are shown on the screen
	return r.run(r)
}

// run shows m, which is the root itself, until its user leaves it.
func (r *root) run(m term.Model) error {
	err := term.Run(r.ctx, m, term.Options{
		In: r.o.In, Out: r.o.Out, Env: r.o.Environ, Mouse: r.o.Mouse, Colors: theme.Follows(r.find(), r.o.Theme), Widths: true,
		OnEnd: func(term.End) { r.drafts.sync() },
	})
	closed := r.drafts.close()
	r.annotating.close()
	if r.scratch != "" {
		_ = os.RemoveAll(r.scratch)
	}
	return cmp.Or(err, r.failed, closed)
}
