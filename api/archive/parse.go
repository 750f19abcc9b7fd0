package archive

import (
	"bytes"
	"errors"
	"fmt"
	"slices"

	"errata/model/jsonraw"
)

// parser finds the logs of a piece.
type parser[T any] struct {
	piece   *piece[T]
	prepare func([]byte) (T, error)
}

// parse finds the logs of a piece. It is all that runs at the same time for several pieces.
func parse[T any](p *piece[T], prepare func([]byte) (T, error)) {
	r := parser[T]{p, prepare}
	switch {
	case p.task.what == lines:
		r.lines()
	case p.err != nil: // half of a document is none
	case p.task.what == version:
		if _, err := jsonraw.Members(trim(p.data)); err != nil {
			r.bad(0, nil, err.Error())
		}
	default:
		start := len(p.data) - len(bytes.TrimLeft(p.data, space))
		r.document(trim(p.data), p.line+bytes.Count(p.data[:start], []byte("\n")))
	}
}

// lines reads one line after the other. When the file can be read no further, the piece's line becomes that of its end.
func (r *parser[T]) lines() {
	n := r.piece.line
	for text := range bytes.Lines(r.piece.data) {
		if line := trim(text); len(line) > 0 {
			r.document(line, n)
		}
		if text[len(text)-1] == '\n' {
			n++
		}
	}
	r.piece.line = n
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
	ready, refusal := r.prepare(raw)
	if refusal == nil {
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
	records, isPage := jsonraw.Find(members, "records")
	if hasID || !isPage || records.Kind != jsonraw.Array {
		r.bad(line, raw, reason(refusal))
		return
	}
	r.list(records.Val.Of(raw), line+bytes.Count(raw[:records.Val.Start], []byte("\n")))
}

// result reads one result of an evaluation: a log, and the logs of those who judged it. It tells whether it was one.
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
		r.syntax(raw, err, line)
		return
	}
	counted := 0
	for _, e := range elements {
		line += bytes.Count(raw[counted:e.Val.Start], []byte("\n"))
		counted = e.Val.Start
		r.log(e.Val.Of(raw), line)
	}
}

// log reads one log. What only happens to stand in a tree may be anything, and is a log only when it looks like one.
func (r *parser[T]) log(raw []byte, line int) {
	if r.piece.task.stray && !looksLikeLog(raw) {
		return
	}
	if jsonraw.KindOf(raw) != jsonraw.Object {
		r.bad(line, raw, misplaced(raw))
		return
	}
	ready, err := r.prepare(raw)
	if err != nil {
		r.bad(line, raw, reason(err))
		return
	}
	r.found(raw, line, ready)
}

func (r *parser[T]) found(raw []byte, line int, ready T) {
	log := Log[T]{Raw: raw, Ready: ready, Copy: r.piece.task.evaluation, Place: Place{r.piece.task.name, line}}
	r.piece.found = append(r.piece.found, found[T]{log: log})
}

func (r *parser[T]) bad(line int, raw []byte, msg string) {
	log := Log[T]{Raw: raw, Place: Place{r.piece.task.name, line}}
	r.piece.found = append(r.piece.found, found[T]{log: log, bad: msg})
}

// syntax tells where in the file a document that starts at line stops being JSON. The raw text goes along when it is one line.
func (r *parser[T]) syntax(raw []byte, err error, line int) {
	var at *jsonraw.SyntaxError
	if errors.As(err, &at) {
		line += at.Line - 1
		err = fmt.Errorf("column %d: %s", at.Col, at.Msg)
	}
	if r.piece.task.what == document {
		raw = nil
	}
	r.bad(line, raw, err.Error())
}

func misplaced(raw []byte) string {
	switch kind := jsonraw.KindOf(raw); kind {
	case jsonraw.None:
		return "no JSON"
	default:
		return kind.Word() + " where a log belongs"
	}
}

// owners are the members of a log one of which says what it is a log of.
var owners = []string{"prompt", "tool", "evaluator", "flow", "agent"}

// looksLikeLog tells whether an object has what every log has.
func looksLikeLog(raw []byte) bool {
	members, err := jsonraw.Members(raw)
	if err != nil {
		return false
	}
	_, hasID := jsonraw.Find(members, "id")
	return hasID && slices.ContainsFunc(owners, func(name string) bool {
		m, ok := jsonraw.Find(members, name)
		return ok && m.Kind == jsonraw.Object
	})
}
