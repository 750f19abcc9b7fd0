package store

import (
	"context"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"errata/api"
	"errata/api/rules"
	"errata/api/store/sieve"
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
	text, metadata needle
	sample         int
	limit          int64 // the logs whose lot is below it are the sample; 0 for all
}

// selection reads what q selects of a file; some is false when that is certainly nothing.
func (s *Store) selection(ctx context.Context, c *conn, f file, q api.LogQuery, w rules.Window) (sel selection, some bool, err error) {
	sel = selection{scope: scope{file: f.seq}, from: never + 1, to: math.MaxInt64, ids: q.IDs, sample: q.Sample,
		text: newNeedle(q.Search, rules.Searched()...), metadata: newNeedle(q.MetadataSearch, rules.Metadata())}
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
	return len(sel.ids) == 0 && !sel.inTrace && sel.text.empty() && sel.metadata.empty() && sel.sample <= 0
}

// reads tells whether documents are read to choose the logs.
func (sel *selection) reads() bool { return !sel.text.empty() || !sel.metadata.empty() }

// head is what is kept of a log beside its document, as far as a list asks for it.
type head struct {
	scope
	place
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
	return sel.text.in(doc) && sel.metadata.in(doc)
}

// needle is a word that is looked for in some members of logs.
type needle struct {
	word    []rune   // folded
	members []string // their names
	plain   [][]byte // see plain
}

func newNeedle(word string, fields ...*model.Field) needle {
	n := needle{word: fold(word), plain: plain(word)}
	for _, f := range fields {
		n.members = append(n.members, f.Name)
	}
	return n
}

func (n needle) empty() bool { return len(n.word) == 0 }

// in tells whether one of the members contains the word, which an empty word always is.
func (n needle) in(doc []byte) bool {
	if n.empty() {
		return true
	}
	var most [2][]byte
	values := most[:len(n.members)]
	if !glance(doc, n.members, values) {
		log, err := model.ParseLog(doc)
		if err != nil {
			return false
		}
		for i, name := range n.members {
			if v := log.Member(name); v.IsSet() {
				values[i] = v.Bytes()
			}
		}
	}
	holds := func(value []byte) bool { return stands(value, n.plain) || contains(value, n.word) }
	return slices.ContainsFunc(values, holds)
}

// bits lists the bits that a log must have to be selected.
func (sel *selection) bits() []sieve.Bit {
	bits := fileMarks(sel.file)
	bits = append(bits, sieve.Word(searchedBits, sel.text.word)...)
	bits = append(bits, sieve.Word(notedBits, sel.metadata.word)...)
	if sel.inTrace {
		bits = append(bits, sieve.Of(traceBits, flag(sel.traced)))
	}
	if len(sel.ids) == 1 {
		var letters []rune
		for i := range len(sel.ids[0]) {
			letters = append(letters, rune(sel.ids[0][i]))
		}
		bits = append(bits, sieve.Word(idBits, letters)...)
	}
	return bits
}

// lots is how many lots there are.
const lots = 1<<31 - 1

// lot is the number that a log has drawn: from 0, below lots, always the same. Multiples of the golden ratio lie evenly.
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
	if !sel.text.empty() {
		and("searched LIKE ?", like(sel.text.word))
	}
	if !sel.metadata.empty() {
		and("noted LIKE ?", like(sel.metadata.word))
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

// fuzzy tells whether the words hold a letter that clean has changed or may have put in place of another, or that stands between texts.
func (sel *selection) fuzzy() bool {
	odd := func(r rune) bool { return r == between || clean(r) == utf8.RuneError }
	return slices.ContainsFunc(sel.text.word, odd) || slices.ContainsFunc(sel.metadata.word, odd)
}

// between keeps the texts of two fields apart.
const between = '\x01'

// searched is the text that PostgreSQL searches.
func (e *Entry) searched() text { return e.letters(rules.Searched()...) }

// noted is the text that its metadata search reads.
func (e *Entry) noted() text { return e.letters(rules.Metadata()) }

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
		spell(v.Bytes(), func(r rune) { b.WriteRune(clean(r)) })
	}
	return text(b.String())
}
