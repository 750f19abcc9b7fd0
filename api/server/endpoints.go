package server

import (
	"net/http"
	"strings"

	"errata/api"
	"errata/api/rules"
)

// logs is GET /logs.
func (h *handler) logs(w http.ResponseWriter, r *http.Request) error {
	q, err := logQuery(r.URL.Query())
	if err != nil {
		return err
	}
	page, err := h.svc.Logs(r.Context(), q)
	if err != nil {
		return err
	}
	answer(w, http.StatusOK, page)
	return nil
}

// log is GET /logs/{id}.
func (h *handler) log(w http.ResponseWriter, r *http.Request) error {
	doc, err := h.svc.Log(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	if known := header(r, "If-None-Match"); known != "" && doc.ETag != "" && rules.Known(known, doc.ETag) {
		w.Header().Set("ETag", doc.ETag)
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	sendLog(w, doc)
	return nil
}

// updateLog is PATCH /prompts/{id}/log/{log_id}.
func (h *handler) updateLog(w http.ResponseWriter, r *http.Request) error {
	patch, err := h.body(w, r)
	if err != nil {
		return err
	}
	doc, err := h.svc.UpdateLog(r.Context(), r.PathValue("id"), r.PathValue("log_id"), patch, header(r, "If-Match"))
	if err != nil {
		return err
	}
	sendLog(w, doc)
	return nil
}

// createLog is POST /prompts/log.
func (h *handler) createLog(w http.ResponseWriter, r *http.Request) error {
	body, err := h.body(w, r)
	if err != nil {
		return err
	}
	made, err := h.svc.CreateLog(r.Context(), createQuery(r.URL.Query()), body)
	if err != nil {
		return err
	}
	b := append([]byte(`{"id":`), rules.Literal(made.ID)...)
	b = append(append(b, `,"prompt_id":`...), rules.Literal(made.PromptID)...)
	b = append(append(b, `,"version_id":`...), rules.Literal(made.VersionID)...)
	answer(w, http.StatusOK, append(b, `,"session_id":null}`...))
	return nil
}

// prompts is GET /prompts.
func (h *handler) prompts(w http.ResponseWriter, r *http.Request) error {
	q, err := promptQuery(r.URL.Query())
	if err != nil {
		return err
	}
	page, err := h.svc.Prompts(r.Context(), q)
	if err != nil {
		return err
	}
	answer(w, http.StatusOK, page)
	return nil
}

// prompt is GET /prompts/{id}.
func (h *handler) prompt(w http.ResponseWriter, r *http.Request) error {
	doc, err := h.svc.Prompt(r.Context(), r.PathValue("id"), createQuery(r.URL.Query()))
	if err != nil {
		return err
	}
	answer(w, http.StatusOK, doc)
	return nil
}

// sendLog answers with a log.
func sendLog(w http.ResponseWriter, doc api.Document) {
	if doc.ETag != "" {
		w.Header().Set("ETag", doc.ETag)
	}
	answer(w, http.StatusOK, doc.Raw)
}

// header joins the lines of a header that is a list.
func header(r *http.Request, name string) string {
	return strings.Join(r.Header.Values(name), ", ")
}
