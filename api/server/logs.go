package server

import (
	"bytes"
	"context"
	"crypto/sha256"
	"io"
	"net/http"
	"strings"

	"errata/api"
	"errata/api/rules"
	"errata/model/jsonraw"
)

// logs is GET /logs.
func (h *handler) logs(w http.ResponseWriter, r *http.Request, a args) error {
	q := api.LogQuery{
		FileID:         a.text("file_id"),
		VersionID:      a.text(versionParam.name),
		IDs:            a.texts("id"),
		Search:         a.text("search"),
		SearchIn:       a.texts("search_in"),
		MetadataSearch: a.text("metadata_search"),
		StartDate:      a.text("start_date"),
		EndDate:        a.text("end_date"),
		Sample:         max(a.whole("sample", 0), 0),
		InTrace:        a.switches("in_trace_filter"),

		IncludeTraceChildren: a.yes("include_trace_children"),
		IncludeParent:        a.yes("include_parent"),
	}
	q.After = a.text(afterParam.name)
	q.Page, q.Size = a.page()
	q.Cut = a.whole(cutParam.name, 0)
	if lw, ok := h.svc.(api.LogWriter); ok {
		return h.stream(w, r, func(out io.Writer) error { return lw.WriteLogs(r.Context(), q, out) })
	}
	page, err := h.back.Logs(r.Context(), q)
	if q.Cut > 0 && err == nil {
		var cut bytes.Buffer
		_, err = jsonraw.NewCutter(&cut, jsonraw.OfPage, q.Cut).Write(page)
		page = cut.Bytes()
	}
	return sendPage(w, r, page, err)
}

// sendPage answers with a page of logs, unless the client has the same page already. The entity tag
// is a weak one: it is of the page before it is compressed.
func sendPage(w http.ResponseWriter, r *http.Request, page []byte, err error) error {
	if err != nil {
		return err
	}
	sum := sha256.Sum256(page)
	tag := rules.Tag(sum[:])
	w.Header().Set("ETag", "W/"+tag)
	if known := header(r, "If-None-Match"); known != "" && rules.IfNoneMatch(known, tag) {
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	return send(w, page, nil)
}

// arrivals is GET /arrivals.
func (h *handler) arrivals(w http.ResponseWriter, r *http.Request, a args) error {
	_, size := a.page()
	list, err := h.back.Arrived(r.Context(), a.text("after"), size)
	if err != nil {
		return err
	}
	b := []byte(`{"records":[`)
	for i, log := range list.Logs {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(append(b, `{"id":`...), jsonraw.Literal(log.ID)...)
		b = append(append(append(b, `,"prompt_id":`...), jsonraw.Literal(log.PromptID)...), '}')
	}
	b = append(append(b, `],"after":`...), jsonraw.Literal(list.After)...)
	answer(w, http.StatusOK, append(b, '}'))
	return nil
}

// log is GET /logs/{id}.
func (h *handler) log(w http.ResponseWriter, r *http.Request, _ args) error {
	c := conditions(r)
	if tag := h.tag(r, c); c.known(api.Document{ETag: tag}) {
		return unmodified(w, tag)
	}
	doc, err := h.back.Log(r.Context(), r.PathValue("id"))
	switch {
	case err != nil:
		return err
	case !c.match(doc):
		return changed()
	case c.known(doc):
		return unmodified(w, doc.ETag)
	}
	return sendLog(w, r, doc, nil)
}

// tag is the tag of a log that nobody has to read, where a request asks by it alone and the service
// can tell; else it is empty.
func (h *handler) tag(r *http.Request, c condition) string {
	tagger, ok := h.svc.(api.Tagger)
	if !ok || c.ifNoneMatch == "" || c.ifMatch != "" {
		return ""
	}
	tag, err := tagger.LogTag(r.Context(), r.PathValue("id"))
	if err != nil {
		return "" // reading the log gives the error
	}
	return tag
}

// unmodified answers that a log is the one that the client has.
func unmodified(w http.ResponseWriter, tag string) error {
	w.Header().Set("ETag", tag)
	w.WriteHeader(http.StatusNotModified)
	return nil
}

// updatePromptLog is PATCH /prompts/{id}/log/{log_id}.
func (h *handler) updatePromptLog(w http.ResponseWriter, r *http.Request, _ args) error {
	return h.updateLog(w, r, h.back.UpdateLog)
}

// updateAgentLog is PATCH /agents/{id}/log/{log_id}.
func (h *handler) updateAgentLog(w http.ResponseWriter, r *http.Request, _ args) error {
	return h.updateLog(w, r, h.back.UpdateAgentLog)
}

// updateLog has a log of a file changed.
func (h *handler) updateLog(w http.ResponseWriter, r *http.Request, update func(ctx context.Context, fileID, logID string, patch []byte, ifMatch string) (api.Document, error)) error {
	patch, err := h.body(w, r)
	if err != nil {
		return err
	}
	doc, err := h.conditionally(r, func(ifMatch string) (api.Document, error) {
		return update(asked(r), r.PathValue("id"), r.PathValue("log_id"), patch, ifMatch)
	})
	return sendLog(w, r, doc, err)
}

// asked is the context of a PATCH, with what its client prefers.
func asked(r *http.Request) context.Context {
	if api.PrefersLenient(header(r, api.PreferHeader)) {
		return api.WithLenient(r.Context())
	}
	return r.Context()
}

// createLog is POST /prompts/log.
func (h *handler) createLog(w http.ResponseWriter, r *http.Request, a args) error {
	body, err := h.body(w, r)
	if err != nil {
		return err
	}
	made, err := h.back.CreateLog(r.Context(), a.version(), body)
	if err != nil {
		return err
	}
	b := append([]byte(`{"id":`), jsonraw.Literal(made.ID)...)
	b = append(append(b, `,"prompt_id":`...), jsonraw.Literal(made.PromptID)...)
	b = append(append(b, `,"version_id":`...), jsonraw.Literal(made.VersionID)...)
	answer(w, http.StatusOK, append(b, `,"session_id":null}`...))
	return nil
}

// deleteLogs is DELETE /logs.
func (h *handler) deleteLogs(w http.ResponseWriter, r *http.Request, a args) error {
	return deleted(w, h.back.DeleteLogs(r.Context(), a.texts("id")))
}

// deleted answers that something is gone, unless there was an error.
func deleted(w http.ResponseWriter, err error) error {
	if err == nil {
		w.WriteHeader(http.StatusNoContent)
	}
	return err
}

// send answers with a document, unless there was an error.
func send(w http.ResponseWriter, doc []byte, err error) error {
	if err == nil {
		answer(w, http.StatusOK, doc)
	}
	return err
}

// sendLog answers with a log, unless there was an error.
func sendLog(w http.ResponseWriter, r *http.Request, doc api.Document, err error) error {
	if err != nil {
		return err
	}
	if doc.ETag != "" {
		w.Header().Set("ETag", doc.ETag)
	}
	if len(doc.Locked) > 0 {
		w.Header().Set(api.LockedHeader, strings.Join(doc.Locked, ", "))
	}
	if api.HandOver(r.Context(), doc) {
		answer(w, http.StatusOK)
	} else {
		answer(w, http.StatusOK, doc.Parts()...)
	}
	return nil
}

// header joins the lines of a header that is a list.
func header(r *http.Request, name string) string {
	return strings.Join(r.Header.Values(name), ", ")
}
