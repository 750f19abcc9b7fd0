package store

import (
	"context"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"errata/api"
	"errata/api/rules"
	"errata/api/store/index"
	"errata/model"
)

// selection is which logs of a list are asked for.
type selection struct {
	scope
	dated          bool
	from, to       int64 // both included, when dated
	ids            []string
	inTrace        bool // only logs that are traced, or not, as traced says
	traced         bool
	text, metadata index.Term
	sample         int
	limit          int64 // the logs whose lot is below it are the sample; 0 for all
}

// selection reads what q selects of a file; some is false when that is certainly nothing.
func (s *Store) selection(ctx context.Context, c *conn, f file, q api.LogQuery, w rules.Window) (sel selection, some bool, err error) {
	sel = selection{scope: scope{file: f.seq}, from: never + 1, to: math.MaxInt64, ids: q.IDs, sample: q.Sample,
		text: term(q.Search, rules.Searched()...), metadata: term(q.MetadataSearch, model.Metadata)}
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

// plain tells whether the scope and the dates alone choose the logs.
func (sel *selection) plain() bool {
	return len(sel.ids) == 0 && !sel.inTrace && sel.text.Empty() && sel.metadata.Empty() && sel.sample <= 0
}

// reads tells whether documents are read to choose the logs.
func (sel *selection) reads() bool { return !sel.text.Empty() || !sel.metadata.Empty() }

// head is what is kept of a log beside its document, as far as a list asks for it.
type head struct {
	scope
	position
	traced bool
	id     string
}

// admits tells whether a log is selected by what is kept beside its document.
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

// matches tells whether a document holds what is searched for.
func (sel *selection) matches(doc []byte) bool {
	return sel.text.In(doc) && sel.metadata.In(doc)
}

// term looks for a word in the text of some fields.
func term(word string, fields ...*model.Field) index.Term {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.Name
	}
	return index.NewTerm(word, names...)
}

// lots is how many lots there are.
const lots = 1<<31 - 1

// lot is the number that a log has drawn: from 0, below lots, always the same. Multiples of the
// golden ratio lie evenly.
func lot(seq int64) int64 { return seq % lots * 1327217885 % lots }

// draw makes the selection a sample of total logs; ok is false when all of them are asked for.
func (sel *selection) draw(total int) (ok bool) {
	if sel.sample <= 0 || sel.sample >= total {
		return false
	}
	sel.limit = max(int64(float64(sel.sample)/float64(total)*lots), 1)
	return true
}

// where is the selection as a condition of PostgreSQL.
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
	if !sel.text.Empty() {
		and("searched LIKE ?", like(sel.text.Letters()))
	}
	if !sel.metadata.Empty() {
		and("noted LIKE ?", like(sel.metadata.Letters()))
	}
	if sel.limit != 0 {
		and("seq % 2147483647 * 1327217885 % 2147483647 < ?", sel.limit)
	}
	return where, args
}

// clean is a text that PostgreSQL can hold: other letters become U+FFFD.
func clean(r rune) rune {
	if r == 0 || !utf8.ValidRune(r) {
		return utf8.RuneError
	}
	return r
}

// like is a pattern that matches what contains a word.
func like(word []rune) text {
	var b strings.Builder
	b.WriteByte('%')
	for _, r := range word {
		if r == '%' || r == '_' || r == '\\' {
			b.WriteByte('\\')
		}
		b.WriteRune(clean(r))
	}
	b.WriteByte('%')
	return text(b.String())
}

// fuzzy tells whether the words hold a letter that clean has changed or may have put in place of
// another, or that stands between texts.
func (sel *selection) fuzzy() bool {
	odd := func(r rune) bool { return r == between || clean(r) == utf8.RuneError }
	return slices.ContainsFunc(sel.text.Letters(), odd) || slices.ContainsFunc(sel.metadata.Letters(), odd)
}

// between keeps the texts of two fields apart.
const between = '\x01'

// searched is the text that PostgreSQL searches.
func (e *Entry) searched() text { return e.letters(rules.Searched()...) }

// noted is the text that its metadata search reads.
func (e *Entry) noted() text { return e.letters(model.Metadata) }

func (e *Entry) letters(fields ...*model.Field) text {
	var b strings.Builder
	for _, f := range fields {
		v := e.log.Value(f)
		if !v.IsSet() {
			continue
		}
		if b.Len() > 0 {
			b.WriteRune(between)
		}
		index.EachLetter(v.Bytes(), func(r rune) { b.WriteRune(clean(r)) })
	}
	return text(b.String())
}
