package archive

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"errata/model/jsonraw"
)

// reader carries a plan out.
type reader struct {
	ctx    context.Context
	fsys   fs.FS
	to     Sink
	report Report
	meter  meter
	prompt string // the directory of the prompt that was counted last
}

// run reads one file. The error is only that of a context that has ended.
func (r *reader) run(t task) error {
	f, err := r.fsys.Open(t.name)
	if err != nil {
		r.problem(t.name, 0, err)
		return r.ctx.Err()
	}
	defer func() { _ = f.Close() }()
	in := newLineReader(&meteredReader{f, &r.meter})
	switch t.what {
	case version:
		err = r.version(t, in)
	case lines:
		err = r.jsonl(t, in)
	default:
		err = r.sniffed(t, in)
	}
	if err != nil && r.ctx.Err() == nil {
		r.problem(t.name, in.line, err)
	}
	return r.ctx.Err()
}

func (r *reader) problem(name string, line int, err error) {
	r.report.Problems = append(r.report.Problems, Problem{File: name, Line: line, Msg: reason(err)})
}

func (r *reader) version(t task, in *lineReader) error {
	raw, err := in.all()
	in.line = 0
	if err != nil {
		return err
	}
	raw = trim(raw)
	if _, err := jsonraw.Members(raw); err != nil {
		return err
	}
	if err := r.to.Prompt(r.ctx, raw, t.deployed[textOf(raw, "version_id")]); err != nil {
		return err
	}
	if r.prompt != t.prompt {
		r.report.Prompts++
		r.prompt = t.prompt
	}
	return nil
}

// jsonl hands on line after line; a line that cannot be read is reported and the next one tried.
func (r *reader) jsonl(t task, in *lineReader) error {
	for {
		line, err := in.next()
		if line = trim(line); len(line) > 0 {
			r.document(t, line, in.line)
		}
		switch {
		case errors.Is(err, io.EOF), r.ctx.Err() != nil:
			return nil //nolint:nilerr // the end of the file, or the caller has had enough, which Read tells
		case err != nil:
			return err
		}
	}
}

// sniffed reads a file that its name tells nothing of. It is JSONL when its first or second line is a document by itself: a document over
// several lines has its first line end in the middle, and so has JSONL whose first line is cut off.
func (r *reader) sniffed(t task, in *lineReader) error {
	in.keep = true
	first, err := in.nextFilled()
	if err == nil && !complete(first) {
		if first[0] != '{' && first[0] != '[' {
			return errors.New("neither a JSON document nor lines of JSON")
		}
		isList := first[0] == '['
		var second []byte
		second, err = in.nextFilled()
		if err == nil && (isList || !complete(second)) {
			return r.whole(t, in)
		}
	}
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	in.rewind()
	return r.jsonl(t, in)
}

// whole reads a document that spans lines.
func (r *reader) whole(t task, in *lineReader) error {
	raw, err := in.all()
	if err != nil {
		return err
	}
	start := len(raw) - len(bytes.TrimLeft(raw, space))
	r.document(t, trim(raw), 1+bytes.Count(raw[:start], []byte("\n")))
	return nil
}

// document hands on the logs of one document, which starts at the given line of its file.
func (r *reader) document(t task, raw []byte, line int) {
	list := raw
	if jsonraw.KindOf(raw) == jsonraw.Object {
		members, err := jsonraw.Members(raw)
		if err != nil {
			r.syntax(t, err, line)
			return
		}
		_, hasID := jsonraw.Find(members, "id")
		records, isPage := jsonraw.Find(members, "records")
		if hasID || !isPage || records.Kind != jsonraw.Array {
			r.log(t, raw, line)
			return
		}
		list = records.Val.Of(raw)
		line += bytes.Count(raw[:records.Val.Start], []byte("\n"))
	}
	r.list(t, list, line)
}

// list hands on the logs of an array.
func (r *reader) list(t task, raw []byte, line int) {
	elements, err := jsonraw.Elements(raw)
	if err != nil {
		r.syntax(t, err, line)
		return
	}
	counted := 0
	for _, e := range elements {
		if r.ctx.Err() != nil {
			return
		}
		line += bytes.Count(raw[counted:e.Val.Start], []byte("\n"))
		counted = e.Val.Start
		r.log(t, e.Val.Of(raw), line)
	}
}

// log hands on one log. A .json file that only happens to stand in a tree may hold anything, and is a log only when it looks like one.
func (r *reader) log(t task, raw []byte, line int) {
	if t.what == whatever && !t.named && !looksLikeLog(raw) {
		return
	}
	err := fmt.Errorf("%s where a log belongs", jsonraw.KindOf(raw).Word())
	if jsonraw.KindOf(raw) == jsonraw.Object {
		err = r.to.Log(r.ctx, raw)
	}
	switch {
	case err == nil:
		r.report.Logs++
	case r.ctx.Err() == nil:
		r.problem(t.name, line, err)
	}
}

// syntax reports where in the file a document that starts at line stops being JSON.
func (r *reader) syntax(t task, err error, line int) {
	var at *jsonraw.SyntaxError
	if errors.As(err, &at) {
		line += at.Line - 1
		err = fmt.Errorf("column %d: %s", at.Col, at.Msg)
	}
	r.problem(t.name, line, err)
}
