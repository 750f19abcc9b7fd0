package cli

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"errata/api"
	"errata/api/journal"
	"errata/model/figure"
)

// state is the directory of drafts and the journal.
func (a *access) state() (string, error) {
	if dir := a.cfg.Paths().State; dir != "" {
		return dir, nil
	}
	return "", fail(exitFailed, "cannot tell where drafts and the journal are: set HOME or XDG_STATE_HOME")
}

// journal opens the record of what was sent to all servers.
func (a *access) journal(ctx context.Context) (*journal.Journal, error) {
	dir, err := a.state()
	if err != nil {
		return nil, err
	}
	j, err := api.Await(ctx, journal.Waits(dir), func() (*journal.Journal, error) { return journal.Open(dir, a.journalOptions()) })
	if err != nil && ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		return nil, fmt.Errorf("%w; nothing is sent without it: XDG_STATE_HOME names another directory", err)
	}
	if n := j.Torn(); n > 0 {
		a.say("the journal ended in a record that was not finished; its %s were taken away", figure.Count(n, "byte"))
	}
	return j, nil
}

// past opens the journal. Entries of the server in use whose outcome is unknown, because errata
// ended before the answer came, are looked up first.
func (a *access) past(ctx context.Context) (*journal.Journal, error) {
	j, err := a.journal(ctx)
	if err != nil {
		return nil, err
	}
	server, err := a.serverID()
	if err != nil {
		return nil, err
	}
	left, err := j.Pending(server)
	if err != nil {
		a.complain(err)
	}
	if len(left) > 0 {
		a.account(ctx, j, left)
	}
	return j, nil
}

// account looks up on the server what became of entries, and prints it. Entries that cannot be
// looked up now are tried again the next time.
func (a *access) account(ctx context.Context, j *journal.Journal, left []journal.Entry) {
	svc, err := a.connect(ctx)
	if err == nil {
		defer svc.close()
	}
	for _, e := range left {
		accepted := e.Outcome == journal.Accepted
		if err == nil {
			e, err = j.Settle(ctx, svc, e)
		}
		what := fmt.Sprintf("the %s of %s to log %s", e.Request(), stamp(e.Time), e.LogID)
		switch {
		case err != nil:
			a.say("%s is unaccounted for and cannot be checked now: %v", what, err)
			return // the server cannot be reached, so the rest would fail as well
		case e.Outcome == journal.Accepted:
			a.say("%s was accepted, but the server does not show it yet", what)
		case e.Outcome == journal.Unknown:
			a.say("%s was unaccounted for: whether it was saved cannot be told, because the log is different now", what)
		case accepted:
			a.say("%s was accepted, and is %s now", what, e.Outcome)
		default:
			a.say("%s was unaccounted for: it was %s", what, e.Outcome)
		}
	}
}

// correctedIn lists the logs of an embedded store for which the journal has a PATCH that may have
// been carried out, each once. Entries of a server on this machine count as well: it may have been
// errata serve with this store, and the journal knows it by its address only. When in doubt a log
// counts as corrected, because keeping it is reported and replacing it would lose the correction.
func (a *access) correctedIn(server string) []string {
	return slices.Sorted(maps.Keys(a.corrected(func(name string) bool { return name == server || api.OnThisMachine(name) })))
}

// corrected are the logs for which the journal has a PATCH, to one of the servers that on selects,
// that may have been carried out. Entries that cannot be read are reported.
func (a *access) corrected(on func(server string) bool) map[string]bool {
	dir := a.cfg.Paths().State
	if dir == "" {
		return nil
	}
	seen := map[string]bool{}
	for e, err := range journal.Peek(dir, a.journalOptions()).Entries(journal.Filter{}) {
		switch {
		case err != nil:
			a.complain(err)
		case on(e.Server) && e.Outcome != journal.Refused && e.Outcome != journal.NotSaved:
			seen[e.LogID] = true
		}
	}
	return seen
}

// stamp is a time for reading, to the second, in UTC.
func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }
