package cli

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"sync/atomic"

	"errata/api"
	"errata/api/logfile"
	"errata/api/store"
	"errata/model"
	"errata/model/figure"
)

// importToStore imports into the embedded store.
func (a *upkeep) importToStore(ctx context.Context, paths []string, rejected string, replace bool) error {
	if err := found(paths); err != nil {
		return err
	}
	sink := &storeSink{importReader: a.newImportReader(rejected), keeps: tally{app: &a.console}, owners: map[api.FileKind]map[string]bool{}}
	defer sink.closeStore()
	if replace {
		id, err := a.storeID()
		if err != nil {
			return err
		}
		sink.over = &overwriter{app: &a.access, server: id}
	}
	if err := sink.open(ctx, store.Options{Existing: true, Fresh: true}); err != nil && !errors.Is(err, store.ErrMissing) {
		return err
	}
	return importInto(ctx, sink.importReader, paths, sink)
}

// storeSink writes the logs of an import into the embedded store, and counts them.
type storeSink struct {
	*importReader
	st     *store.Store                     // nil until there is something to write
	bulk   *store.Bulk                      // of it
	bare   atomic.Bool                      // logs to come are likely to need no signature
	owners map[api.FileKind]map[string]bool // the ids of the files so far, by kind
	keeps  tally                            // logs that are kept as they were corrected
	camel  int                              // logs with fields whose names are in camelCase
	named  []string                         // such names in the first of them

	counts
	pending counts // of what is not committed yet

	over *overwriter // replaces corrected logs; when nil, they are kept
}

// counts says how many logs were added, and so on, and how many versions of files.
type counts struct{ added, unchanged, replaced, kept, versions int }

func (c *counts) add(o counts) {
	*c = counts{c.added + o.added, c.unchanged + o.unchanged, c.replaced + o.replaced, c.kept + o.kept, c.versions + o.versions}
}

// storeLog is a log ready to be stored.
type storeLog struct {
	entry *store.Entry
	kind  api.FileKind
	owner string   // the id of its prompt or other file
	camel []string // see model.Log.Camel
}

var _ logfile.Sink[storeLog] = (*storeSink)(nil)

// Most implements logfile.Limited.
func (s *storeSink) Most() int {
	if s.st != nil && s.bulk.OnServer() {
		return math.MaxInt
	}
	return store.FewTogether
}

// open opens the store, unless it is open already.
func (s *storeSink) open(ctx context.Context, o store.Options) (err error) {
	if s.st == nil {
		if s.st, err = s.storeOf(ctx, s.cfg, o); err == nil {
			s.bulk = s.st.Bulk()
		}
	}
	return err
}

// commit has all on the disk that was put into the store.
func (s *storeSink) commit(ctx context.Context) error {
	if s.st == nil {
		return nil
	}
	err := s.bulk.Commit(ctx)
	if err == nil {
		s.add(s.pending)
	}
	s.pending = counts{}
	if err == nil && s.st.Unfinished() >= atRisk {
		err = s.settleStore(ctx)
	}
	return err
}

// atRisk is how many bytes of logs an import into a store of its own loses at most when it is
// killed.
const atRisk = 1 << 30

// settleStore has a store that the import makes stand under its name, with all that was committed.
func (s *storeSink) settleStore(ctx context.Context) error {
	if s.st == nil {
		return nil
	}
	placed, err := s.st.Finish(ctx)
	if err != nil {
		s.counts, s.st = counts{}, nil
		return err
	}
	if placed == s.st {
		return nil
	}
	s.st, s.bulk = placed, placed.Bulk()
	id, err := idOfStore(s.cfg)
	if err == nil {
		s.bar.clear()
		s.sayOpened(placed, id)
	}
	return err
}

// finish implements finisher. A store that the import made and put nothing into is not kept.
func (s *storeSink) finish(ctx context.Context) error {
	if err := s.commit(ctx); err != nil || !s.any() {
		return err
	}
	return s.settleStore(ctx)
}

// any reports whether anything that was imported is in the store.
func (s *storeSink) any() bool { return s.counts != counts{} }

func (s *storeSink) closeStore() {
	if s.st != nil {
		s.bulk.Undo()
		_ = s.st.Close()
	}
}

// Files implements logfile.Sink.
func (s *storeSink) Files(ctx context.Context, files []logfile.File) ([]error, error) {
	if err := s.open(ctx, store.Options{Fresh: true}); err != nil {
		return nil, err
	}
	if err := s.commit(ctx); err != nil {
		return nil, err
	}
	refused, taken := make([]error, len(files)), counts{}
	err := s.st.Batch(ctx, func(ctx context.Context) error {
		for i, f := range files {
			err := s.st.ImportFile(ctx, api.FileKind(f.Kind), f.Raw, f.Deployed)
			switch {
			case api.CodeOf(err) == api.Invalid:
				refused[i] = err
			case err != nil:
				return err
			default:
				taken.versions++
				s.met(api.FileKind(f.Kind), idOf(f.Raw))
			}
		}
		return nil
	})
	if err == nil {
		s.add(taken)
	}
	return refused, err
}

func idOf(raw []byte) string {
	doc, err := model.ParseLog(raw)
	if err != nil {
		return ""
	}
	return doc.Head().ID
}

// Prepare implements logfile.Sink.
func (s *storeSink) Prepare(raw []byte) (storeLog, error) {
	entry, err := store.Prepare(raw)
	if err != nil {
		return storeLog{}, err
	}
	if !s.bare.Load() {
		entry.Sign()
	}
	kind, owner := entry.File()
	return storeLog{entry, kind, owner, entry.Log().Camel()}, nil
}

// Logs implements logfile.Sink.
func (s *storeSink) Logs(ctx context.Context, logs []logfile.Log[storeLog]) ([]error, error) {
	if err := s.open(ctx, store.Options{Fresh: true}); err != nil {
		return nil, err
	}
	refused := make([]error, len(logs))
	var whole []int
	copies := map[string]int{}
	for i, log := range logs {
		if log.Copy {
			copies[log.Ready.entry.ID()] = i
			continue
		}
		whole = append(whole, i)
	}
	if err := s.put(ctx, logs, whole, refused); err != nil || len(copies) == 0 {
		return refused, err
	}
	if err := s.commit(ctx); err != nil { // then it is known which logs are there
		return nil, err
	}
	missing, err := s.missing(ctx, logs, copies)
	if err != nil {
		return nil, err
	}
	return refused, s.put(ctx, logs, missing, refused)
}

// missing are the indices of the copies whose log the store does not have, the last copy of each.
func (s *storeSink) missing(ctx context.Context, logs []logfile.Log[storeLog], copies map[string]int) (list []int, err error) {
	for i, log := range logs {
		if !log.Copy {
			continue
		}
		s.met(log.Ready.kind, log.Ready.owner)
		id := log.Ready.entry.ID()
		if copies[id] != i { // another copy of the same log
			s.pending.unchanged++
			continue
		}
		switch stored, err := s.st.Has(ctx, id); {
		case err != nil:
			return nil, err
		case stored:
			s.pending.unchanged++
		default:
			list = append(list, i)
		}
	}
	return list, nil
}

// aloneBytes is the size from which on a log is stored in a transaction of its own: it may be too
// large, and then the others stay.
const aloneBytes = 64 << 20

// put stores the logs with these indices.
func (s *storeSink) put(ctx context.Context, logs []logfile.Log[storeLog], which []int, refused []error) error {
	var some []int
	for _, i := range which {
		if logs[i].Ready.entry.Len() < aloneBytes {
			some = append(some, i)
			continue
		}
		if err := s.putSome(ctx, logs, some); err != nil {
			return err
		}
		some = some[:0]
		if err := s.putAlone(ctx, logs, i, refused); err != nil {
			return err
		}
	}
	return s.putSome(ctx, logs, some)
}

// putSome stores logs, in as few transactions as may be.
func (s *storeSink) putSome(ctx context.Context, logs []logfile.Log[storeLog], which []int) error {
	entries := make([]*store.Entry, len(which))
	for n, i := range which {
		entries[n] = logs[i].Ready.entry
	}
	for len(entries) > 0 {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		did, err := s.bulk.Import(ctx, entries)
		if err != nil {
			s.pending = counts{}
			return err
		}
		s.bare.Store(!s.bulk.Signs())
		if err := s.settle(ctx, logs, which[:len(did)], did); err != nil {
			return err
		}
		if s.bulk.Full() {
			if err := s.commit(ctx); err != nil {
				return err
			}
		}
		entries, which = entries[len(did):], which[len(did):]
	}
	return nil
}

// putAlone stores a log in a transaction of its own.
func (s *storeSink) putAlone(ctx context.Context, logs []logfile.Log[storeLog], i int, refused []error) error {
	if err := s.commit(ctx); err != nil {
		return err
	}
	did, err := s.st.ImportAll(ctx, []*store.Entry{logs[i].Ready.entry})
	if api.CodeOf(err) == api.Invalid {
		refused[i] = err
		return nil
	}
	if err != nil {
		return err
	}
	return s.settle(ctx, logs, []int{i}, did)
}

// settle counts what became of logs, and replaces those that were corrected when --replace is
// given.
func (s *storeSink) settle(ctx context.Context, logs []logfile.Log[storeLog], which []int, did []store.Imported) error {
	for n, i := range which {
		s.met(logs[i].Ready.kind, logs[i].Ready.owner)
		if names := logs[i].Ready.camel; len(names) > 0 {
			if s.camel++; s.camel == 1 {
				s.named = names
			}
		}
		if did[n] == store.Kept && s.over != nil {
			if err := s.commit(ctx); err != nil {
				return err
			}
			var err error
			if did[n], err = s.replace(ctx, logs[i].Ready.entry); err != nil {
				return err
			}
		}
		switch did[n] {
		case store.Added:
			s.pending.added++
		case store.Unchanged:
			s.pending.unchanged++
		case store.Replaced:
			s.pending.replaced++
		case store.Kept:
			s.keep(logs[i])
		}
	}
	return nil
}

// replace puts a log in the place of one that was corrected.
func (s *storeSink) replace(ctx context.Context, e *store.Entry) (store.Imported, error) {
	return s.over.replace(ctx, s.st, e, func(ctx context.Context, ifMatch string) (store.Imported, error) {
		return s.st.Replace(ctx, e, ifMatch)
	})
}

// keep reports that a log stays as it was corrected.
func (s *storeSink) keep(log logfile.Log[storeLog]) {
	s.pending.kept++
	s.bar.clear()
	s.keeps.say("%s", s.words(logfile.Problem{Position: log.Position, Msg: "log " + log.Ready.entry.ID() + " was corrected and is kept as it is"}))
}

func (s *storeSink) met(kind api.FileKind, id string) {
	if s.owners[kind] == nil {
		s.owners[kind] = map[string]bool{}
	}
	s.owners[kind][id] = true
}

// close implements importSink.
func (s *storeSink) close(err error) (stays bool) {
	if late := s.finish(context.Background()); late != nil { // of an import that was broken off
		s.say("what came last is not imported: %v", late)
	}
	s.keeps.close()
	s.sumUp(s.summary(), s.any(), err)
	if s.camel > 0 {
		s.say("warning: %s written with names in camelCase (%s), which are kept but are not fields of a log; errata help import has a line of jq that renames them",
			were(s.camel, "log"), camelNames(s.named))
	}
	s.over.say()
	if err == nil && !s.cfg.Embedded() {
		s.say("they are in the embedded store, but the settings name %s: give --db to see them", s.cfg.BaseURL())
	}
	return s.any()
}

func (s *storeSink) summary() string {
	parts := []string{figure.Count(s.added+s.unchanged+s.replaced+s.kept, "log")}
	for _, kind := range fileKinds {
		if n := len(s.owners[kind]); n > 0 && s.any() {
			parts = append(parts, figure.Count(n, string(kind)))
		}
	}
	text := strings.Join(parts, ", ") + " imported"
	if s.unchanged > 0 {
		text += ", " + figure.Int(s.unchanged) + " of them there already"
	}
	if s.replaced > 0 {
		text += ", " + figure.Int(s.replaced) + " replaced"
	}
	if s.kept > 0 {
		as, incoming := "it is", "one"
		if s.kept > 1 {
			as, incoming = "they are", "ones"
		}
		text += fmt.Sprintf(", %s of them corrected and kept as %s (--replace takes the incoming %s)", figure.Int(s.kept), as, incoming)
	}
	if s.refused > 0 {
		text += "; " + figure.Count(s.refused, "line") + " refused"
	}
	return text
}
