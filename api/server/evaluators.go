package server

import (
	"context"
	"net/http"

	"errata/api"
	"errata/model/jsonraw"
)

// evaluatorEndpoints are the endpoints that evaluators have beside those of every kind of file.
func evaluatorEndpoints() []endpoint {
	return []endpoint{
		{http.MethodPost, "/evaluators/log", "createEvaluatorLog", "Judge a log", []param{versionParam, environmentParam}, "EvaluatorLogRequest", "CreateEvaluatorLogResponse", (*handler).judge},
		{http.MethodPost, "/evaluators", "upsertEvaluator", "Make a version of an evaluator, and the evaluator where its path is new", nil, "EvaluatorRequest", "EvaluatorResponse", (*handler).upsertEvaluator},
		{http.MethodPatch, "/evaluators/{id}", "moveEvaluator", "Give an evaluator another path or name", nil, "MoveRequest", "EvaluatorResponse", (*handler).moveEvaluator},
		{http.MethodDelete, "/evaluators/{id}", "deleteEvaluator", "Delete an evaluator; what was judged with it stays", nil, "", "", (*handler).deleteEvaluator},
		{http.MethodPatch, "/evaluators/{id}/versions/{version_id}", "updateEvaluatorVersion", "Name or describe a version of an evaluator", nil, "UpdateVersionRequest", "EvaluatorResponse", (*handler).updateEvaluatorVersion},
		{http.MethodDelete, "/evaluators/{id}/versions/{version_id}", "deleteEvaluatorVersion", "Delete a version of an evaluator", nil, "", "", (*handler).deleteEvaluatorVersion},
		{http.MethodGet, "/evaluators/{id}/environments", "listEvaluatorEnvironments", "List the environments that versions of an evaluator are deployed to", nil, "", "EnvironmentList", (*handler).environments},
	}
}

// judge is POST /evaluators/log.
func (h *handler) judge(w http.ResponseWriter, r *http.Request, a args) error {
	body, err := h.body(w, r)
	if err != nil {
		return err
	}
	made, err := h.back.CreateJudgment(r.Context(), a.version(), body)
	if err != nil {
		return err
	}
	b := append([]byte(`{"id":`), jsonraw.Literal(made.ID)...)
	b = append(append(b, `,"parent_id":`...), jsonraw.Literal(made.ParentID)...)
	b = append(append(b, `,"session_id":null,"version_id":`...), jsonraw.Literal(made.VersionID)...)
	answer(w, http.StatusOK, append(b, '}'))
	return nil
}

// upsertEvaluator is POST /evaluators.
func (h *handler) upsertEvaluator(w http.ResponseWriter, r *http.Request, _ args) error {
	body, err := h.body(w, r)
	if err != nil {
		return err
	}
	doc, err := h.back.UpsertEvaluator(r.Context(), body)
	return send(w, doc, err)
}

// moveEvaluator is PATCH /evaluators/{id}.
func (h *handler) moveEvaluator(w http.ResponseWriter, r *http.Request, _ args) error {
	body, err := h.body(w, r)
	if err != nil {
		return err
	}
	doc, err := h.back.MoveEvaluator(r.Context(), r.PathValue("id"), body)
	return send(w, doc, err)
}

// deleteEvaluator is DELETE /evaluators/{id}.
func (h *handler) deleteEvaluator(w http.ResponseWriter, r *http.Request, _ args) error {
	return deleted(w, h.back.DeleteEvaluator(r.Context(), r.PathValue("id")))
}

// updateEvaluatorVersion is PATCH /evaluators/{id}/versions/{version_id}.
func (h *handler) updateEvaluatorVersion(w http.ResponseWriter, r *http.Request, _ args) error {
	body, err := h.body(w, r)
	if err != nil {
		return err
	}
	doc, err := h.back.UpdateEvaluatorVersion(r.Context(), r.PathValue("id"), r.PathValue(versionParam.name), body)
	return send(w, doc, err)
}

// deleteEvaluatorVersion is DELETE /evaluators/{id}/versions/{version_id}.
func (h *handler) deleteEvaluatorVersion(w http.ResponseWriter, r *http.Request, _ args) error {
	return deleted(w, h.back.DeleteEvaluatorVersion(r.Context(), r.PathValue("id"), r.PathValue(versionParam.name)))
}

// environmentLister is a Backend that lists the environments of a file as a plain list.
type environmentLister interface {
	Environments(ctx context.Context, kind api.FileKind, id string) ([]byte, error)
}

// environments is GET /evaluators/{id}/environments.
func (h *handler) environments(w http.ResponseWriter, r *http.Request, _ args) error {
	l, ok := h.svc.(environmentLister)
	if !ok {
		return errPartial
	}
	list, err := l.Environments(r.Context(), api.EvaluatorFile, r.PathValue("id"))
	return send(w, list, err)
}
