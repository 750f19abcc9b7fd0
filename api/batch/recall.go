package batch

import (
	"context"
	"fmt"

	"errata/api/journal"
)

// recall finds in the journal what was sent for rows that have no outcome, or are to be tried
// again: their process died before it wrote that down, or it could not be told. What became of it
// is looked for on the server.
func (s *sending) recall(ctx context.Context) error {
	b := s.batch
	if !b.opened {
		return nil
	}
	s.recalled, s.said = map[int]*journal.Entry{}, map[int]string{}
	for e, err := range s.run.Journal.Entries(journal.Filter{Batch: b.ID}) {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			return err // an entry that is needed may be among what cannot be read
		}
		if e.Item >= len(b.rows) || b.rows[e.Item].outcome != Todo || e.Judgment == nil && s.recalled[e.Item] != nil {
			continue
		}
		if e.Outcome.Open() {
			if e, err = s.run.Journal.Settle(ctx, s.run.Service, e); err != nil {
				return err
			}
		}
		switch {
		case e.Judgment == nil:
			s.recalled[e.Item] = &e
		case e.Outcome == journal.Saved, e.Outcome == journal.Verified:
			s.said[e.Item] = e.ID
		}
	}
	return nil
}

// nothing is what came of a log in which all is as it is to be: an earlier run may have seen to
// that.
func (s *sending) nothing(row Row, e Event) Event {
	e.Outcome = Same
	if entry := s.said[row.N]; entry != "" {
		e.Outcome, e.Entry = Saved, entry
	}
	return e
}

// saidBefore is what came of a log of which an earlier run has said something: where the rest is
// refused now, it is not as it was.
func (s *sending) saidBefore(row Row, e Event) Event {
	entry := s.said[row.N]
	if entry == "" || e.gone || e.Outcome == Saved || e.Outcome == Unclear {
		return e
	}
	e.Outcome, e.Entry, e.Err = Unclear, entry, fmt.Errorf("a judgment was saved as entry %s, and what is left of the log was not: %w", entry, e.Err)
	return e
}

// known is what came of a log whose changes were sent before, as far as that ends it. Nothing that
// may have been carried out is sent again.
func (s *sending) known(ctx context.Context, row Row) (e Event, known bool) {
	entry := s.recalled[row.N]
	if entry == nil {
		return e, false
	}
	e.Entry = entry.ID
	switch {
	case entry.Outcome == journal.Refused, entry.Outcome == journal.NotSaved:
		return Event{}, false
	case entry.Outcome == journal.Saved, entry.Outcome == journal.Verified:
		e.Outcome = Saved
		return s.judgeAfter(ctx, row, e), true
	case entry.Outcome == journal.NotKept && row.again:
		return Event{}, false
	}
	e.Outcome, e.Err = Unclear, unclear(*entry)
	return e, true
}

// judgeAfter sends the judgments of a log whose fields were saved by a process that died.
func (s *sending) judgeAfter(ctx context.Context, row Row, e Event) Event {
	log, _, err := read(ctx, s.run.Service, row.LogID)
	if err != nil {
		if e = e.failed(err); !e.gone { // it may be refused to be read, and was saved all the same
			e.Outcome, e.Err = Unclear, fmt.Errorf("saved as entry %s, but the log cannot be read for what follows: %w", e.Entry, err)
		}
		return e
	}
	edit, err := s.run.Change.Make(ctx, log, row.Item)
	if err != nil {
		return e // what is refused now was saved then
	}
	e.Edit = Edit{Acts: edit.Acts}
	return s.judge(ctx, row, log, e)
}

func unclear(e journal.Entry) error {
	return fmt.Errorf("what became of entry %s cannot be told: it is %s, and is not sent again", e.ID, e.Outcome)
}
