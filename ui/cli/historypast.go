package cli

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
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
	batches := map[string][]journal.Entry{}
	defer func() { a.sayAccounted(batches) }()
	for _, e := range left {
		accepted := e.Outcome == journal.Accepted
		if err == nil {
			e, err = j.Settle(ctx, svc, e)
		}
		if e.Batch != "" && err == nil {
			batches[e.Batch] = append(batches[e.Batch], e)
			continue
		}
		what := fmt.Sprintf("the %s of %s to log %s", e.Request(), stamp(e.Time), e.LogID)
		switch {
		case err != nil:
			a.say("%s is unaccounted for and cannot be checked now: %v", what, err)
			return // the server cannot be reached, so the rest would fail as well
		case e.Outcome == journal.Accepted:
			a.say("%s was accepted, but the server does not show it yet", what)
		case e.Outcome == journal.Unknown:
			a.say("%s was unaccounted for: it cannot be found out whether it was saved, because the log is different now", what)
		case accepted:
			a.say("%s was accepted, and is %s now", what, e.Outcome)
		default:
			a.say("%s was unaccounted for: it was %s", what, e.Outcome)
		}
	}
}

// sayAccounted says what became of the entries of batches, one line a batch.
func (a *access) sayAccounted(batches map[string][]journal.Entry) {
	for _, id := range slices.Sorted(maps.Keys(batches)) {
		a.say("batch %s: %s unaccounted for: %s", id, was(len(batches[id]), "change"), outcomes(batches[id]))
	}
}

// outcomes counts entries by what became of them: "5 saved, 1 not saved".
func outcomes(list []journal.Entry) string {
	counts := map[journal.Outcome]int{}
	for _, e := range list {
		counts[e.Outcome]++
	}
	var words []string
	for _, o := range slices.Sorted(maps.Keys(counts)) {
		words = append(words, figure.Int(counts[o])+" "+string(o))
	}
	return strings.Join(words, ", ")
}

// was is a count with its noun and verb: "2 changes were".
func was(n int, noun string) string {
	if n == 1 {
		return "1 " + noun + " was"
	}
	return figure.Count(n, noun) + " were"
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
