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

// journal opens the record of what was sent, of all servers.
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

// past opens the journal, and finds out what became of each PATCH to the server of the settings
// that is unaccounted for, because errata ended before its answer.
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

// account checks entries on their server, and says what it found. What cannot be checked now stays
// for the next time.
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
			return // the server is out of reach, and would be for each
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

// correctedIn lists the logs of an embedded store that the journal knows a PATCH of which may have
// been carried out, each once. A server on this machine may have been errata serve with that very
// store, and the journal has only its address: its entries count as well, since a log that is kept
// too often is named, and one that is replaced is lost.
func (a *access) correctedIn(server string) []string {
	return slices.Sorted(maps.Keys(a.corrected(func(name string) bool { return name == server || api.OnThisMachine(name) })))
}

// corrected are the logs that the journal knows a PATCH of which may have been carried out, on the
// servers of some names. What of the journal cannot be read is said.
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

// stamp is a time for people, to the second.
func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }
