package apitest

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"errata/api"
	"errata/api/rules"
	"errata/model"
	"errata/model/jsonraw"
	"errata/model/search"
	"errata/model/selection"
)

// Logs implements api.Service.
func (f *Fake) Logs(ctx context.Context, q api.LogQuery) (raw []byte, err error) {
	err = f.do(ctx, Logs, func() error {
		raw, err = f.list(q)
		return err
	})
	return raw, err
}

func (f *Fake) list(q api.LogQuery) ([]byte, error) {
	window, err := rules.WindowOf(q)
	if err != nil {
		return nil, err
	}
	if _, err := rules.Search(q); err != nil {
		return nil, err
	}
	if f.version(q.FileID, "") == nil {
		return nil, missing("no prompt %q on this server", q.FileID)
	}
	var hits []*record
	for _, r := range slices.Backward(f.logs) { // newest stored first, which the stable sort keeps
		if r.head.PromptID == q.FileID && r.selected(q, window) {
			hits = append(hits, r)
		}
	}
	slices.SortStableFunc(hits, func(a, b *record) int { return b.created.Compare(a.created) })
	docs := make([][]byte, len(hits))
	for i, r := range hits {
		docs[i] = f.judged(r.head.ID, r.doc)
	}
	p := page(docs, q.Page, q.Size)
	return append(append(p[:len(p)-1], rules.SearchedIn(q.SearchIn)...), '}'), nil
}

func (r *record) selected(q api.LogQuery, w rules.Window) bool {
	contained := func(part string) bool { return strings.Contains(r.head.ID, part) }
	switch {
	case q.VersionID != "" && q.VersionID != r.head.VersionID:
	case len(q.IDs) > 0 && !slices.ContainsFunc(q.IDs, contained):
	case !w.From.IsZero() && (r.created.IsZero() || r.created.Before(w.From)):
	case !w.To.IsZero() && (r.created.IsZero() || r.created.After(w.To)):
	case !r.found(q):
	case q.MetadataSearch != "" && !r.mentions(q.MetadataSearch, model.Metadata):
	default:
		return true
	}
	return false
}

// found reports whether a log matches the search of a query.
func (r *record) found(q api.LogQuery) bool {
	s, err := rules.Search(q)
	holds := func(w search.Word) bool { return r.holds(w, q.SearchIn) != w.Not }
	return err == nil && (s.Empty() || slices.ContainsFunc(s.Groups, func(group []search.Word) bool {
		return !slices.ContainsFunc(group, func(w search.Word) bool { return !holds(w) })
	}))
}

// holds reports whether a word is in one of the places; no places mean those of the API.
func (r *record) holds(w search.Word, places []string) bool {
	if len(places) == 0 {
		return r.mentions(w.Text, rules.Searched()...)
	}
	if w.Field != "" {
		places = []string{w.Field}
	}
	in := func(f *model.Field) bool { return slices.Contains(places, f.Name) }
	fields := slices.DeleteFunc(slices.Clone(model.Fields()), func(f *model.Field) bool { return !in(f) })
	switch {
	case slices.Contains(places, rules.SearchAll):
		fields = append(rules.Searched(), rules.SearchedBeyond()...)
		return r.mentions(w.Text, fields...) || strings.Contains(strings.ToLower(r.head.ID), strings.ToLower(w.Text))
	case slices.Contains(places, selection.SearchID) && strings.Contains(strings.ToLower(r.head.ID), strings.ToLower(w.Text)):
		return true
	case slices.Contains(places, selection.SearchTool) && r.calls(w.Text):
		return true
	}
	return r.mentions(w.Text, fields...)
}

// calls reports whether the name of a function that the log calls contains a word, in upper or
// lower case.
func (r *record) calls(word string) bool {
	log, err := model.ParseLog(r.doc)
	if err != nil {
		return false
	}
	messages, _ := model.ReadMessages(log.Value(model.PromptMessages))
	answer, _ := model.ReadMessages(log.Value(model.OutputMessage))
	messages = append(messages, answer...)
	return slices.ContainsFunc(messages, func(m model.ChatMessage) bool {
		return slices.ContainsFunc(m.ToolCalls, func(c model.ToolCall) bool {
			return strings.Contains(strings.ToLower(c.Function), strings.ToLower(word))
		})
	})
}

// mentions reports whether one of the fields contains the words, in upper or lower case.
func (r *record) mentions(words string, fields ...*model.Field) bool {
	log, err := model.ParseLog(r.doc)
	if err != nil {
		return false
	}
	for _, f := range fields {
		v := log.Value(f)
		text, ok := v.Text()
		if !ok {
			text = string(jsonraw.Indent(v.Bytes()))
		}
		if v.IsSet() && strings.Contains(strings.ToLower(text), strings.ToLower(words)) {
			return true
		}
	}
	return false
}

// page writes one page of documents.
func page(docs [][]byte, number, size int) []byte {
	total, number := len(docs), max(number, 1)
	from := min((number-1)*size, total)
	records := bytes.Join(docs[from:min(from+size, total)], []byte(","))
	return fmt.Appendf(nil, `{"records":[%s],"page":%d,"size":%d,"total":%d}`, records, number, size, total)
}

// Prompts implements api.Service.
func (f *Fake) Prompts(ctx context.Context, q api.PromptQuery) (raw []byte, err error) {
	err = f.do(ctx, Prompts, func() error {
		raw = f.prompts(q)
		return nil
	})
	return raw, err
}

// prompts lists the newest version of each prompt, the newest prompt first.
func (f *Fake) prompts(q api.PromptQuery) []byte {
	var hits []*version
	known := map[string]bool{}
	for _, v := range slices.Backward(f.versions) {
		if known[v.head.PromptID] || !strings.Contains(strings.ToLower(name(v)), strings.ToLower(q.Name)) {
			continue
		}
		known[v.head.PromptID] = true
		hits = append(hits, v)
	}
	if q.SortBy == "name" {
		slices.SortStableFunc(hits, func(a, b *version) int { return cmp.Compare(name(b), name(a)) })
	}
	if q.Order == "asc" {
		slices.Reverse(hits)
	}
	docs := make([][]byte, len(hits))
	for i, v := range hits {
		docs[i] = v.doc
	}
	return page(docs, q.Page, q.Size)
}

// name is the last part of a prompt's path.
func name(v *version) string {
	return v.head.PromptPath[strings.LastIndex(v.head.PromptPath, "/")+1:]
}

// Prompt implements api.Service. The Fake knows no environments.
func (f *Fake) Prompt(ctx context.Context, id string, q api.CreateQuery) (raw []byte, err error) {
	err = f.do(ctx, Prompt, func() error {
		v := f.version(id, q.VersionID)
		if v == nil || q.Environment != "" {
			return missing("no prompt %q of this version on this server", id)
		}
		raw = bytes.Clone(v.doc)
		return nil
	})
	return raw, err
}

// version is a version of a prompt, the newest when versionID is empty; nil when there is none.
func (f *Fake) version(promptID, versionID string) *version {
	for _, v := range slices.Backward(f.versions) {
		if v.head.PromptID == promptID && (versionID == "" || v.head.VersionID == versionID) {
			return v
		}
	}
	return nil
}
