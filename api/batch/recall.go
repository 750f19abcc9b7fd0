package batch

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"errata/api/journal"
	"errata/model"
)

// past is what earlier runs have sent for an item that has no outcome, or is to be tried again.
type past struct {
	last    *journal.Entry  // of a PATCH, the newest; nil without one
	back    string          // the entry that took the last one back since; "" for none
	unsaved []journal.Entry // that were looked for and not found; they may arrive late
	said    string          // an entry of a judgment that was made or removed, "" without one
}

// recall finds in the journal what was sent for rows that have no outcome, because their process
// died before it wrote it down or could not tell, and for rows that are to be tried again. Then it
// asks the server what became of it.
func (s *sending) recall(ctx context.Context) error {
	b := s.batch
	if !b.opened {
		return nil
	}
	s.recalled = map[int]*past{}
	for e, err := range s.run.Journal.Entries(journal.Filter{Batch: b.ID}) {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			return err // an entry that is needed may be among what cannot be read
		}
		if e.Item >= len(b.rows) || b.rows[e.Item].outcome != Todo {
			continue
		}
		p := s.recalled[e.Item]
		if p == nil {
			p = new(past)
			s.recalled[e.Item] = p
		}
		if err := p.add(ctx, s.run, e); err != nil {
			return err
		}
	}
	return s.recallBack()
}

// recallBack finds in the journal which of what was sent was taken back since, one log by itself.
func (s *sending) recallBack() error {
	var sent []journal.Entry
	for _, p := range s.recalled {
		if p.mayHave() {
			sent = append(sent, *p.last)
		}
	}
	by, err := s.run.Journal.TakenBack(s.batch.Server, sent)
	if err != nil {
		return err
	}
	for _, p := range s.recalled {
		if p.mayHave() {
			p.back = by[p.last.ID]
		}
	}
	return nil
}

// Recall looks for logs that an earlier run had in hand when its process died, and that were taken
// back since, one by one: nobody wants the batch to change them again. From then on they count as
// unchanged, and are listed.
func (b *Batch) Recall(ctx context.Context, r Run) (list []Row, err error) {
	s := &sending{batch: b, run: r.reading()}
	if b.Counts().By[Todo] == 0 {
		return nil, nil
	}
	if err := s.recall(ctx); err != nil {
		return nil, err
	}
	for _, n := range slices.Sorted(maps.Keys(s.recalled)) {
		p := s.recalled[n]
		if p.back == "" {
			continue
		}
		row, err := b.Row(n)
		if err == nil {
			err = b.asBefore(p.asBefore(Event{Item: row.Item}))
		}
		if err == nil {
			row, err = b.Row(n)
		}
		if err != nil {
			return list, err
		}
		list = append(list, row)
	}
	return list, nil
}

// asBefore notes that a log is as it was.
func (b *Batch) asBefore(e Event) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.write(e)
}

// mayHave reports whether the last PATCH may have been carried out.
func (p *past) mayHave() bool {
	return p.last != nil && p.last.Outcome != journal.Refused && p.last.Outcome != journal.NotSaved
}

// saved reports whether the last PATCH was carried out.
func (p *past) saved() bool {
	return p.last != nil && (p.last.Outcome == journal.Saved || p.last.Outcome == journal.Verified)
}

// asBefore is what became of a log that was changed, and taken back since.
func (p *past) asBefore(e Event) Event {
	e.Outcome, e.Entry = Same, p.last.ID
	e.why = "changed as entry " + p.last.ID + ", and taken back since as entry " + p.back + "; it stays so"
	return e
}

// add takes one more entry into account, which is older than those before it.
func (p *past) add(ctx context.Context, r Run, e journal.Entry) (err error) {
	if e.Judgment == nil && p.last != nil {
		return nil
	}
	if e.Outcome.Open() {
		if e, err = r.Journal.Settle(ctx, r.Service, e); err != nil {
			return err
		}
	}
	if e.Outcome == journal.NotSaved {
		p.unsaved = append(p.unsaved, e)
	}
	switch {
	case e.Judgment == nil:
		p.last = &e
	case e.Outcome == journal.Saved, e.Outcome == journal.Verified:
		p.said = e.ID
	}
	return nil
}

// arrived looks in a newer reading of a log for what was sent before and was not there yet: it is
// what the batch did, and is not made a second time. e is what became of a log whose fields have
// arrived so.
func (s *sending) arrived(ctx context.Context, row Row, log *model.Log) (e Event, arrived bool) {
	p := s.recalled[row.N]
	if p == nil {
		return e, false
	}
	for _, entry := range p.unsaved {
		entry, err := s.run.Journal.Arrived(ctx, s.run.Service, log, entry)
		switch {
		case err != nil:
			return e.failed(err), true // without knowing it nothing may be sent
		case entry.Outcome != journal.Saved:
		case entry.Judgment == nil:
			e.Entry, e.Outcome, arrived = entry.ID, Saved, true
		default:
			p.said = entry.ID
		}
	}
	if arrived {
		e = s.judgeAfter(ctx, row, e)
	}
	return e, arrived
}

// nothing is what became of a log in which all is as it is to be: an earlier run may have seen to
// that.
func (s *sending) nothing(row Row, e Event) Event {
	e.Outcome = Same
	if entry := s.said(row); entry != "" {
		e.Outcome, e.Entry = Saved, entry
	}
	return e
}

// said is an entry of an earlier run of a judgment of the log, "" without one.
func (s *sending) said(row Row) string {
	if p := s.recalled[row.N]; p != nil {
		return p.said
	}
	return ""
}

// saidBefore is the outcome of a log of which an earlier run already saved a judgment: if the rest
// is refused now, the log is still not as it was.
func (s *sending) saidBefore(row Row, e Event) Event {
	entry := s.said(row)
	if entry == "" || e.gone || e.Outcome == Saved || e.Outcome == Unclear {
		return e
	}
	e.Outcome, e.Entry, e.Err = Unclear, entry, fmt.Errorf("a judgment was saved as entry %s, and what is left of the log was not: %w", entry, e.Err)
	return e
}

// known is what became of a log whose changes were sent before, as far as that ends it. Nothing
// that may have been carried out is sent again.
func (s *sending) known(ctx context.Context, row Row) (e Event, known bool) {
	p := s.recalled[row.N]
	if p == nil || p.last == nil {
		return e, false
	}
	e.Entry = p.last.ID
	switch {
	case p.last.Outcome == journal.Refused, p.last.Outcome == journal.NotSaved:
		return Event{}, false
	case p.back != "":
		return p.asBefore(e), true
	case p.saved():
		e.Outcome = Saved
		return s.judgeAfter(ctx, row, e), true
	case p.last.Outcome == journal.NotKept && row.again:
		return Event{}, false
	}
	e.Outcome, e.Err = Unclear, unclear(*p.last)
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
