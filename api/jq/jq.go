// Package jq evaluates jq expressions over JSON documents.
//
// It is the only package that imports gojq. It knows JSON alone, and must not know logs, their
// fields or where a document comes from.
//
// gojq works on values, not on bytes. A number that an expression hands through, or compares, keeps
// its digits; one that it computes with becomes a whole number of any size or a float64. Members of
// an object come out in the order of their names, one that stands twice as the last of the two, and
// half of a surrogate pair as U+FFFD. So an expression selects and prints; nothing that it gives
// may be written back to a log.
package jq

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"strings"
	"time"

	"github.com/itchyny/gojq"
)

// patience is how long an expression may take with one document: one that never ends, such as
// last(repeat(.)), must end all the same.
const patience = 10 * time.Second

// ErrSlow is the error of an expression that did not come to its end with one document.
var ErrSlow = errors.New("it took longer than 10 seconds with one log")

// Expr is an expression that was compiled. It may be used from any number of goroutines at once.
type Expr struct {
	text  string
	code  *gojq.Code
	of    touching // the members that it can look at
	gives kind     // unclear when these are not known
	named []place  // the members that it names
	watch *watch   // nil when nobody asks which of them are nowhere
}

// Compile reads an expression. It has no access to files, to the environment or to other documents.
// The error is a *SyntaxError.
func Compile(text string) (*Expr, error) {
	if strings.TrimSpace(text) == "" {
		return nil, &SyntaxError{Col: 1, Msg: "the expression is empty"}
	}
	query, err := gojq.Parse(text)
	if err != nil {
		return nil, unparsed(text, err)
	}
	code, err := gojq.Compile(query)
	if err != nil {
		return nil, uncompiled(text, err)
	}
	of, gives := touched(query)
	return &Expr{text: text, code: code, of: of, gives: gives, named: named(query)}, nil
}

// String is the expression as it was given.
func (e *Expr) String() string { return e.text }

// Run yields the results of the expression for a document, one JSON value after the other. An error
// comes last: that of the context, ErrSlow, or what the expression met, in the words of jq.
func (e *Expr) Run(ctx context.Context, doc []byte) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		for v, err := range e.values(ctx, doc, e.gives == inside) {
			if err != nil {
				yield(nil, err)
				return
			}
			literal, err := gojq.Marshal(v)
			if !yield(literal, err) || err != nil {
				return
			}
		}
	}
}

// Selects reports whether the first value that the expression makes of a document is neither null
// nor false. A document for which it makes nothing, or meets an error, is not selected. The error
// is that of the context, or ErrSlow.
func (e *Expr) Selects(ctx context.Context, doc []byte) (bool, error) {
	for v, err := range e.values(ctx, doc, e.gives != unclear) {
		switch {
		case errors.Is(err, ErrSlow), ctx.Err() != nil:
			return false, err
		case err != nil:
			return false, nil
		}
		return v != nil && v != false, nil
	}
	return false, ctx.Err()
}

// values yields the results of the expression for a document that gojq holds. parted says that the
// members which it looks at are enough of it.
func (e *Expr) values(ctx context.Context, doc []byte, parted bool) iter.Seq2[any, error] {
	return func(yield func(any, error) bool) {
		input, err := e.input(doc, parted)
		if err != nil {
			yield(nil, err)
			return
		}
		e.watch.look(input)
		limited, cancel := context.WithTimeoutCause(ctx, patience, ErrSlow)
		defer cancel()
		results := e.code.RunWithContext(limited, input)
		for {
			v, more := results.Next()
			if !more {
				return
			}
			if err, failed := v.(error); failed {
				if err = reason(limited, err); err != nil {
					yield(nil, err)
				}
				return
			}
			if !yield(v, nil) {
				return
			}
		}
	}
}

// input reads a document, or the part of it that the expression looks at.
func (e *Expr) input(doc []byte, parted bool) (any, error) {
	if parted {
		if v, ok := part(doc, e.of.names); ok {
			return v, nil
		}
	}
	return decode(doc)
}

// decode reads a document, its numbers as they are written.
func decode(doc []byte) (v any, err error) {
	d := json.NewDecoder(bytes.NewReader(doc))
	d.UseNumber()
	if err := d.Decode(&v); err != nil {
		return nil, fmt.Errorf("no JSON: %w", err)
	}
	return v, nil
}

// reason is the error that a run ended with; nil if the expression itself ended it.
func reason(ctx context.Context, err error) error {
	var halt *gojq.HaltError
	switch {
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case errors.As(err, &halt) && halt.Value() == nil:
		return nil
	}
	return err
}
