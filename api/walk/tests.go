package walk

import (
	"context"
	"strings"
	"time"

	"errata/api"
	"errata/api/jq"
	"errata/api/rules"
	"errata/model"
	"errata/model/judgment"
)

// tests is what is looked for here.
type tests struct {
	files     []string // whose logs are looked at; nil for all prompts
	named     string   // the prompt that was named, by id or path
	model     string   // the model that was named, "" for any
	errors    bool
	judged    *judgment.Filter                            // nil for none
	expr      *jq.Expr                                    // nil for none
	corrected func(context.Context, string) (bool, error) // of an id; nil for none
	start     string                                      // ISO 8601, and so is end
	end       string
	window    rules.Window
}

func newTests(src Source, q Query) (t tests, err error) {
	t.errors, t.named, t.model, t.files = q.Errors, q.Prompt, q.Model, q.Files
	if q.Judged != "" {
		t.judged = judgment.ReadFilter(q.Judged)
	}
	if q.Where != "" {
		if t.expr, err = compile(q.Where); err != nil {
			return t, err
		}
		t.expr.Watch(model.MemberNames())
	}
	now := time.Now
	if src.Now != nil {
		now = src.Now
	}
	if t.start, t.end, err = q.Window(now()); err != nil {
		return t, err
	}
	t.window, err = rules.WindowOf(api.LogQuery{StartDate: t.start, EndDate: t.end})
	switch {
	case !q.Corrected:
	case src.Scanner != nil:
		t.corrected = src.Scanner.Corrected
	case src.Corrected != nil:
		t.corrected = func(_ context.Context, id string) (bool, error) { return src.Corrected(id), nil }
	}
	return t, err
}

// some reports whether there is anything to look for.
func (t *tests) some() bool {
	return t.reads() || t.corrected != nil
}

// reads reports whether what is looked for is in documents.
func (t *tests) reads() bool {
	return t.model != "" || t.errors || t.judged != nil || t.expr != nil
}

// document reports whether a document passes, by what is in it alone.
func (t *tests) document(ctx context.Context, doc []byte) (bool, error) {
	if t.model != "" || t.errors || t.judged != nil {
		log, err := model.ParseLog(doc)
		if err != nil || t.errors && !failed(log) || !t.of(log) || !t.judged.Passes(log) {
			return false, nil //nolint:nilerr // what is not a log is passed over
		}
	}
	if t.expr == nil {
		return true, nil
	}
	return t.expr.Selects(ctx, doc)
}

// of reports whether a log is one of the model that was named.
func (t *tests) of(log *model.Log) bool {
	return t.model == "" || strings.EqualFold(log.Head().Model, t.model)
}

// failed reports whether a log is of a call that failed.
func failed(log *model.Log) bool { return log.Summarize().Status == "error" }

// log reports whether a log of a list passes. One that is not whole is read again for an
// expression.
func (t *tests) log(ctx context.Context, svc api.Service, log *model.Log) (bool, error) {
	if t.errors && !failed(log) || !t.of(log) {
		return false, nil
	}
	if t.corrected != nil {
		if yes, err := t.corrected(ctx, log.Head().ID); !yes {
			return false, gone(err)
		}
	}
	if t.expr == nil && t.judged == nil {
		return true, nil
	}
	doc := log.Bytes()
	if !log.Whole() {
		whole, err := svc.Log(ctx, log.Head().ID)
		if err != nil {
			return false, gone(err)
		}
		doc = whole.Raw
	}
	return t.document(ctx, doc)
}

// gone is an error, but for that of a log which was deleted meanwhile.
func gone(err error) error {
	if api.CodeOf(err) == api.NotFound {
		return nil
	}
	return err
}

// within reports whether a log that was named is one of the file and the time that are looked for.
func (t *tests) within(log *model.Log) bool {
	if head := log.Head(); t.named != "" && head.PromptID != t.named && head.PromptPath != t.named {
		return false
	}
	if t.window == (rules.Window{}) {
		return true
	}
	at, _, err := model.ParseTime(log.Summarize().Created)
	switch {
	case err != nil:
		return false
	case !t.window.From.IsZero() && at.Before(t.window.From):
		return false
	}
	return t.window.To.IsZero() || !at.After(t.window.To)
}
