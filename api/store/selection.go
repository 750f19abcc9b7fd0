package store

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"errata/api"
	"errata/api/rules"
	"errata/api/store/index"
	"errata/model"
)

// selection is which logs of a list are asked for.
type selection struct {
	scope
	dated    bool
	from, to int64 // both included, when dated
	ids      []string
	inTrace  bool // only logs that are traced, or not, as traced says
	traced   bool
	text     index.Expr
	metadata index.Term
	sample   int
	limit    int64 // the logs whose lot is below it are the sample; 0 for all
}

// selection reads what q selects of a file; some is false when that is certainly nothing.
func (s *Store) selection(ctx context.Context, c *conn, f file, q api.LogQuery, w rules.Window) (sel selection, some bool, err error) {
	text, err := expression(q)
	if err != nil {
		return sel, false, err
	}
	sel = selection{scope: scope{file: f.seq}, from: never + 1, to: math.MaxInt64, ids: q.IDs, sample: q.Sample, text: text,
		metadata: index.NewTerm(q.MetadataSearch, index.Metadata, index.Place{Member: model.Metadata.Name})}
	if q.VersionID != "" {
		if sel.version, some, err = s.number(ctx, c, f, q.VersionID); err != nil || !some {
			return sel, false, err
		}
	}
	if !w.From.IsZero() {
		sel.dated, sel.from = true, w.From.UnixMicro()
	}
	if !w.To.IsZero() {
		sel.dated, sel.to = true, w.To.UnixMicro()
	}
	if yes, no := slices.Contains(q.InTrace, true), slices.Contains(q.InTrace, false); yes != no {
		sel.inTrace, sel.traced = true, yes
	}
	return sel, true, nil
}

// key tells selections apart: those that select the same have the same, however a word is spelled.
func (sel selection) key() string {
	sel.text, sel.metadata = sel.text.Folded(), sel.metadata.Folded()
	return fmt.Sprint(sel)
}

// plain reports whether the scope and the dates alone choose the logs.
func (sel *selection) plain() bool {
	return len(sel.ids) == 0 && !sel.inTrace && sel.text.Empty() && sel.metadata.Empty() && sel.sample <= 0
}

// reads reports whether documents are read to choose the logs.
func (sel *selection) reads() bool { return !sel.text.Empty() || !sel.metadata.Empty() }

// head holds the columns of a log that a list filters by.
type head struct {
	scope
	position
	traced bool
	id     string
}

// admits reports whether a log is selected by what is kept beside its document.
func (sel *selection) admits(h head) bool {
	switch {
	case h.file != sel.file, sel.version != 0 && h.version != sel.version:
	case sel.dated && (h.created < sel.from || h.created > sel.to):
	case len(sel.ids) > 0 && !slices.ContainsFunc(sel.ids, func(part string) bool { return strings.Contains(h.id, part) }):
	case sel.inTrace && h.traced != sel.traced:
	case sel.limit != 0 && lot(h.seq) >= sel.limit:
	default:
		return true
	}
	return false
}

// where is the selection as a condition for PostgreSQL, with its arguments, but for what documents
// have to be read for.
func (sel *selection) where() (string, []any) {
	where, args := sel.scope.where()
	and := func(clause string, values ...any) {
		where += " AND " + clause
		args = append(args, values...)
	}
	if sel.dated {
		and("created >= ? AND created <= ?", sel.from, sel.to)
	}
	if len(sel.ids) > 0 {
		var values []any
		for _, id := range sel.ids {
			values = append(values, id)
		}
		and("("+strings.Repeat("position(?::bytea IN id) > 0 OR ", len(values)-1)+"position(?::bytea IN id) > 0)", values...)
	}
	if sel.inTrace {
		and("traced = ?", sel.traced)
	}
	if sel.limit != 0 {
		and("seq % 2147483647 * 1327217885 % 2147483647 < ?", sel.limit)
	}
	return where, args
}

// matches reports whether a document holds what is searched for.
func (sel *selection) matches(doc []byte) bool {
	return sel.text.In(doc) && sel.metadata.In(doc)
}

// lots is how many different lots there are, see lot.
const lots = 1<<31 - 1

// lot decides which logs are in a sample: a number from 0 below lots that depends only on the
// number of the log. Multiples of the golden ratio are spread evenly. A sample has the logs whose
// lot is below its limit.
func lot(seq int64) int64 { return seq % lots * 1327217885 % lots }

// draw limits the selection to its sample of total logs; ok is false when it has none.
func (sel *selection) draw(total int) (ok bool) {
	if sel.sample <= 0 || sel.sample >= total {
		return false
	}
	sel.limit = max(int64(float64(sel.sample)/float64(total)*lots), 1)
	return true
}
