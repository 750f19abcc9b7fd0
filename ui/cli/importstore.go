package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

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
	if err := sink.open(ctx, store.Options{Existing: true}); err != nil && !errors.Is(err, store.ErrMissing) {
		return err
	}
	return importInto(ctx, sink.importReader, paths, sink)
}

// storeSink writes the logs of an import into the embedded store, and counts them.
type storeSink struct {
	*importReader
	st     *store.Store                     // nil until there is something to write
	owners map[api.FileKind]map[string]bool // the ids of the files so far, by kind
	keeps  tally                            // logs that are kept as they were corrected

	added, unchanged, replaced, kept int

	over *overwriter // replaces corrected logs; when nil, they are kept
}

// storeLog is a log ready to be stored.
type storeLog struct {
	entry *store.Entry
	kind  api.FileKind
	owner string // the id of its prompt or other file
}

var _ logfile.Sink[storeLog] = (*storeSink)(nil)

// open opens the store, unless it is open already.
func (s *storeSink) open(ctx context.Context, o store.Options) (err error) {
	if s.st == nil {
		s.st, err = s.storeOf(ctx, s.cfg, o)
	}
	return err
}

func (s *storeSink) closeStore() {
	if s.st != nil {
		_ = s.st.Close()
	}
}

// Files implements logfile.Sink.
func (s *storeSink) Files(ctx context.Context, files []logfile.File) ([]error, error) {
	if err := s.open(ctx, store.Options{}); err != nil {
		return nil, err
	}
	refused := make([]error, len(files))
	err := s.st.Batch(ctx, func(ctx context.Context) error {
		for i, f := range files {
			err := s.st.ImportFile(ctx, api.FileKind(f.Kind), f.Raw, f.Deployed)
			switch {
			case api.CodeOf(err) == api.Invalid:
				refused[i] = err
			case err != nil:
				return err
			default:
				s.met(api.FileKind(f.Kind), idOf(f.Raw))
			}
		}
		return nil
	})
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
	kind, owner := entry.File()
	return storeLog{entry, kind, owner}, nil
}

// Logs implements logfile.Sink.
func (s *storeSink) Logs(ctx context.Context, logs []logfile.Log[storeLog]) ([]error, error) {
	if err := s.open(ctx, store.Options{}); err != nil {
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
	if err := s.put(ctx, logs, whole, refused); err != nil {
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
			s.unchanged++
			continue
		}
		switch stored, err := s.st.Has(ctx, id); {
		case err != nil:
			return nil, err
		case stored:
			s.unchanged++
		default:
			list = append(list, i)
		}
	}
	return list, nil
}

// put stores the logs with these indices in one transaction. When one of them cannot be stored,
// each half is tried by itself, so that all others are stored.
func (s *storeSink) put(ctx context.Context, logs []logfile.Log[storeLog], which []int, refused []error) error {
	if len(which) == 0 {
		return nil
	}
	entries := make([]*store.Entry, 0, len(which))
	for _, i := range which {
		entries = append(entries, logs[i].Ready.entry)
	}
	did, err := s.st.ImportAll(ctx, entries)
	switch {
	case err == nil:
		return s.settle(ctx, logs, which, did)
	case api.CodeOf(err) != api.Invalid:
		return err
	case len(which) == 1:
		refused[which[0]] = err
		return nil
	}
	half := len(which) / 2
	if err := s.put(ctx, logs, which[:half], refused); err != nil {
		return err
	}
	return s.put(ctx, logs, which[half:], refused)
}

// settle counts what became of logs, and replaces those that were corrected when --replace is
// given.
func (s *storeSink) settle(ctx context.Context, logs []logfile.Log[storeLog], which []int, did []store.Imported) error {
	for n, i := range which {
		s.met(logs[i].Ready.kind, logs[i].Ready.owner)
		if did[n] == store.Kept && s.over != nil {
			var err error
			if did[n], err = s.replace(ctx, logs[i].Ready.entry); err != nil {
				return err
			}
		}
		switch did[n] {
		case store.Added:
			s.added++
		case store.Unchanged:
			s.unchanged++
		case store.Replaced:
			s.replaced++
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
	s.kept++
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
func (s *storeSink) close(err error) {
	s.keeps.close()
	s.say("%s", s.summary())
	s.over.say()
	if err == nil && !s.cfg.Embedded() {
		s.say("they are in the embedded store, but the settings name %s: give --db to see them", s.cfg.BaseURL())
	}
}

func (s *storeSink) summary() string {
	parts := []string{figure.Count(s.added+s.unchanged+s.replaced+s.kept, "log")}
	for _, kind := range fileKinds {
		if n := len(s.owners[kind]); n > 0 {
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
