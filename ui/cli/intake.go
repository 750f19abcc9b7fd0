package cli

import (
	"context"
	"fmt"
	"strings"

	"errata/api"
	"errata/api/archive"
	"errata/api/store"
	"errata/model"
)

// intake is the sink of an import into the embedded store, with its counts.
type intake struct {
	reading
	st     *store.Store
	owners map[api.FileKind]map[string]bool // what was met of each kind
	keeps  tally                            // of logs that stay as they were corrected

	added, unchanged, replaced, kept int

	over *overwriter // replaces corrected logs; nil leaves them as they are
}

// incoming is a log ready to be stored.
type incoming struct {
	entry *store.Entry
	kind  api.FileKind
	owner string // the id of what it is a log of
}

func newIntake(a *app, st *store.Store) *intake {
	return &intake{reading: reading{app: a}, st: st, keeps: tally{app: a}, owners: map[api.FileKind]map[string]bool{}}
}

var _ archive.Sink[incoming] = (*intake)(nil)

// Files implements archive.Sink.
func (in *intake) Files(ctx context.Context, files []archive.File) ([]error, error) {
	refused := make([]error, len(files))
	err := in.st.Batch(ctx, func(ctx context.Context) error {
		for i, f := range files {
			err := in.st.ImportFile(ctx, api.FileKind(f.Kind), f.Raw, f.Deployed)
			switch {
			case api.CodeOf(err) == api.Invalid:
				refused[i] = err
			case err != nil:
				return err
			default:
				in.met(api.FileKind(f.Kind), idOf(f.Raw))
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

// Prepare implements archive.Sink.
func (in *intake) Prepare(raw []byte) (incoming, error) {
	entry, err := store.Prepare(raw)
	if err != nil {
		return incoming{}, err
	}
	kind, owner := entry.File()
	return incoming{entry, kind, owner}, nil
}

// Logs implements archive.Sink.
func (in *intake) Logs(ctx context.Context, logs []archive.Log[incoming]) ([]error, error) {
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
	if err := in.put(ctx, logs, whole, refused); err != nil {
		return nil, err
	}
	missing, err := in.missing(ctx, logs, copies)
	if err != nil {
		return nil, err
	}
	return refused, in.put(ctx, logs, missing, refused)
}

// missing are those of the copies whose log is not in the store.
func (in *intake) missing(ctx context.Context, logs []archive.Log[incoming], copies map[string]int) (list []int, err error) {
	for i, log := range logs {
		if !log.Copy {
			continue
		}
		in.met(log.Ready.kind, log.Ready.owner)
		id := log.Ready.entry.ID()
		if copies[id] != i { // the same log once more
			in.unchanged++
			continue
		}
		switch _, err := in.st.Log(ctx, id); {
		case err == nil:
			in.unchanged++
		case api.CodeOf(err) == api.NotFound:
			list = append(list, i)
		default:
			return nil, err
		}
	}
	return list, nil
}

// put stores those of the logs that which names. All go in one transaction; when one of them cannot be stored, halves are tried, so
// that the others can.
func (in *intake) put(ctx context.Context, logs []archive.Log[incoming], which []int, refused []error) error {
	if len(which) == 0 {
		return nil
	}
	entries := make([]*store.Entry, 0, len(which))
	for _, i := range which {
		entries = append(entries, logs[i].Ready.entry)
	}
	did, err := in.st.ImportAll(ctx, entries)
	switch {
	case err == nil:
		return in.settle(ctx, logs, which, did)
	case api.CodeOf(err) != api.Invalid:
		return err
	case len(which) == 1:
		refused[which[0]] = err
		return nil
	}
	half := len(which) / 2
	if err := in.put(ctx, logs, which[:half], refused); err != nil {
		return err
	}
	return in.put(ctx, logs, which[half:], refused)
}

// settle counts what became of logs, and replaces those that were corrected if it is to.
func (in *intake) settle(ctx context.Context, logs []archive.Log[incoming], which []int, did []store.Imported) error {
	for n, i := range which {
		in.met(logs[i].Ready.kind, logs[i].Ready.owner)
		if did[n] == store.Kept && in.over != nil {
			var err error
			if did[n], err = in.over.replace(ctx, logs[i].Ready.entry); err != nil {
				return err
			}
		}
		switch did[n] {
		case store.Added:
			in.added++
		case store.Unchanged:
			in.unchanged++
		case store.Replaced:
			in.replaced++
		case store.Kept:
			in.keep(logs[i])
		}
	}
	return nil
}

// keep says that a log stays as it was corrected.
func (in *intake) keep(log archive.Log[incoming]) {
	in.kept++
	in.bar.clear()
	in.keeps.say("%s", in.words(archive.Problem{Place: log.Place, Msg: "log " + log.Ready.entry.ID() + " was corrected and is kept as it is"}))
}

func (in *intake) met(kind api.FileKind, id string) {
	if in.owners[kind] == nil {
		in.owners[kind] = map[string]bool{}
	}
	in.owners[kind][id] = true
}

func (in *intake) summary() string {
	parts := []string{count(in.added+in.unchanged+in.replaced+in.kept, "log")}
	for _, kind := range []api.FileKind{api.PromptFile, api.ToolFile, api.EvaluatorFile, api.FlowFile, api.AgentFile, api.DatasetFile} {
		if n := len(in.owners[kind]); n > 0 {
			parts = append(parts, count(n, string(kind)))
		}
	}
	s := strings.Join(parts, ", ") + " imported"
	if in.unchanged > 0 {
		s += fmt.Sprintf(", %d of them there already", in.unchanged)
	}
	if in.replaced > 0 {
		s += fmt.Sprintf(", %d replaced", in.replaced)
	}
	if in.kept > 0 {
		as, incoming := "it is", "one"
		if in.kept > 1 {
			as, incoming = "they are", "ones"
		}
		s += fmt.Sprintf(", %d of them corrected and kept as %s (--replace takes the incoming %s)", in.kept, as, incoming)
	}
	if in.refused > 0 {
		s += "; " + count(in.refused, "line") + " refused"
	}
	return s
}
