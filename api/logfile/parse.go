package logfile

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"unicode/utf8"

	"errata/model/jsonraw"
)

// parser finds the logs of a piece.
type parser[T any] struct {
	piece   *piece[T]
	prepare func([]byte) (T, error)
}

// parse finds the logs of a piece. It is the part of the pipeline that runs for several pieces at
// the same time.
func parse[T any](p *piece[T], prepare func([]byte) (T, error)) {
	r := parser[T]{p, prepare}
	switch {
	case p.task.what != version:
		r.records()
	case p.err != nil: // half of a document is not a document
	default:
		r.version()
	}
}

// version reads a version of a file of the service. A refused version is not a log, so it is not
// kept among the rejected ones.
func (r *parser[T]) version() {
	if line, msg := r.badByte(r.piece.data, 1); msg != "" {
		r.bad(line, nil, msg)
		return
	}
	if _, err := jsonraw.Members(trim(r.piece.data)); err != nil {
		r.bad(0, nil, err.Error())
	}
}

// records reads one record after the other. When the file can be read no further, the piece's line
// becomes that of its end.
func (r *parser[T]) records() {
	for line, record := range records(r.piece.data, r.piece.line) {
		r.document(record, line)
	}
	r.piece.line += bytes.Count(r.piece.data, newline)
}

// document reads one document, which starts at the given line of its file.
func (r *parser[T]) document(raw []byte, line int) {
	if jsonraw.KindOf(raw) != jsonraw.Object {
		r.list(raw, line)
		return
	}
	if r.piece.task.stray && !looksLikeLog(raw) {
		return
	}
	ready, at, refusal := r.ready(raw, line)
	if refusal == "" {
		r.found(raw, line, ready)
		return
	}
	members, err := jsonraw.Members(raw)
	if err != nil {
		r.syntax(raw, err, line)
		return
	}
	if r.piece.task.evaluation && r.result(raw, members, line) {
		return
	}
	_, hasID := jsonraw.Find(members, "id")
	page, isPage := listOf(members)
	if hasID || !isPage {
		r.bad(at, raw, refusal)
		return
	}
	r.list(page.Val.Of(raw), line+bytes.Count(raw[:page.Val.Start], newline))
}

// listOf finds the list in a page, under the name records, as the API has it, or data.
func listOf(members []jsonraw.Member) (list jsonraw.Member, ok bool) {
	for _, name := range []string{"records", "data"} {
		if m, ok := jsonraw.Find(members, name); ok && m.Kind == jsonraw.Array {
			return m, true
		}
	}
	return list, false
}

// result reads one result of an evaluation: a log, and the logs of the evaluators that judged it.
// ok is false when it is something else.
func (r *parser[T]) result(raw []byte, members []jsonraw.Member, line int) bool {
	log, ok := jsonraw.Find(members, "log")
	if !ok || log.Kind != jsonraw.Object {
		return false
	}
	r.log(log.Val.Of(raw), line)
	if judges, ok := jsonraw.Find(members, "evaluator_logs"); ok && judges.Kind == jsonraw.Array {
		r.list(judges.Val.Of(raw), line)
	}
	return true
}

// list reads the logs of an array.
func (r *parser[T]) list(raw []byte, line int) {
	if kind := jsonraw.KindOf(raw); kind != jsonraw.Array {
		r.bad(line, raw, misplaced(raw))
		return
	}
	elements, err := jsonraw.Elements(raw)
	if err != nil {
		r.damaged(raw, line)
		return
	}
	counted := 0
	for _, e := range elements {
		line += bytes.Count(raw[counted:e.Val.Start], newline)
		counted = e.Val.Start
		r.log(e.Val.Of(raw), line)
	}
}

// damaged reads the intact records of a list that is not valid JSON as a whole: a comma is missing
// or too many, a record is broken, or the end is missing.
func (r *parser[T]) damaged(list []byte, line int) {
	inside, closed := bytes.CutSuffix(list[1:], []byte("]"))
	for n, record := range records(inside, line) {
		r.log(record, n)
	}
	if last := len(r.piece.found) - 1; !closed && (last < 0 || r.piece.found[last].bad == "") {
		r.bad(line+bytes.Count(list, newline), nil, "the list is cut off: its closing bracket is missing")
	}
}

// log reads one log. A file of a directory that is not known to hold logs may hold anything; there
// only what looks like a log is read as one.
func (r *parser[T]) log(raw []byte, line int) {
	if r.piece.task.stray && !looksLikeLog(raw) {
		return
	}
	if jsonraw.KindOf(raw) != jsonraw.Object {
		r.bad(line, raw, misplaced(raw))
		return
	}
	ready, at, refusal := r.ready(raw, line)
	if refusal == "" {
		r.found(raw, line, ready)
		return
	}
	if _, wrong := jsonraw.Members(raw); wrong != nil {
		r.syntax(raw, wrong, line)
		return
	}
	r.bad(at, raw, refusal)
}

// ready makes a log that starts at line ready, or says why it is none, and in which line that
// shows.
func (r *parser[T]) ready(raw []byte, line int) (log T, at int, refusal string) {
	if at, refusal = r.badByte(raw, line); refusal != "" {
		return log, at, refusal
	}
	log, err := r.prepare(raw)
	if err != nil {
		return log, line, reason(err)
	}
	return log, line, ""
}

// badByte finds the first byte of a document that is not UTF-8: in which line of the file, and
// which one of that line. The document starts at line; msg is empty when all is well.
func (r *parser[T]) badByte(raw []byte, line int) (at int, msg string) {
	offset := jsonraw.NotUTF8(raw)
	if offset < 0 {
		return line, ""
	}
	column := offset - bytes.LastIndexByte(raw[:offset], '\n')
	breaks := bytes.Count(raw[:offset], newline)
	if breaks == 0 { // what is before the document in its line counts, too
		before := r.piece.data[:max(bytes.Index(r.piece.data, raw), 0)]
		column += len(before) - bytes.LastIndexByte(before, '\n') - 1
	}
	return line + breaks, fmt.Sprintf("byte %d of the line is 0x%02X, which is not UTF-8%s; convert the file to UTF-8 first", column, raw[offset], latin(raw, offset))
}

// latin guesses the encoding of a text with a single byte above the ASCII range: the name of one
// with one byte for each character.
func latin(raw []byte, at int) string {
	alone := func(i int) bool { return i < 0 || i >= len(raw) || raw[i] < utf8.RuneSelf }
	if alone(at-1) && alone(at+1) {
		return " (it may be Latin-1 or Windows-1252)"
	}
	return ""
}

func (r *parser[T]) found(raw []byte, line int, ready T) {
	log := Log[T]{Raw: raw, Ready: ready, Copy: r.piece.task.evaluation, Position: Position{r.piece.task.name, line}}
	r.piece.found = append(r.piece.found, found[T]{log: log})
}

func (r *parser[T]) bad(line int, raw []byte, msg string) {
	log := Log[T]{Raw: raw, Position: Position{r.piece.task.name, line}}
	r.piece.found = append(r.piece.found, found[T]{log: log, bad: msg})
}

// syntax says where in the file a document that starts at line stops being JSON.
func (r *parser[T]) syntax(raw []byte, err error, line int) {
	var at *jsonraw.SyntaxError
	if errors.As(err, &at) {
		line += at.Line - 1
		err = fmt.Errorf("column %d: %s", at.Col, at.Msg)
	}
	r.bad(line, raw, err.Error())
}

func misplaced(raw []byte) string {
	if jsonraw.Check(raw) != nil {
		return "no JSON"
	}
	return jsonraw.KindOf(raw).Word() + " where a log belongs"
}

// owners are the members of which a log has one, which says what it is a log of.
var owners = []string{"prompt", "tool", "evaluator", "flow", "agent"}

// looksLikeLog reports whether an object has what every log has. What is broken does when the names
// are in it somewhere: nobody is to lose a log in silence.
func looksLikeLog(raw []byte) bool {
	members, err := jsonraw.Members(raw)
	if err != nil {
		named := func(name string) bool { return bytes.Contains(raw, []byte(`"`+name+`"`)) }
		return named("id") && slices.ContainsFunc(owners, named)
	}
	_, hasID := jsonraw.Find(members, "id")
	return hasID && slices.ContainsFunc(owners, func(name string) bool {
		m, ok := jsonraw.Find(members, name)
		return ok && m.Kind == jsonraw.Object
	})
}
