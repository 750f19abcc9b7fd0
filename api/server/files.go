package server

import (
	"context"
	"fmt"
	"net/http"
	"strconv"

	"errata/api"
)

// listOf is GET /prompts and the like.
func listOf(kind api.FileKind) func(*handler, http.ResponseWriter, *http.Request, args) error {
	return func(h *handler, w http.ResponseWriter, r *http.Request, a args) error {
		q := api.PromptQuery{Name: a.text(nameParam.name), SortBy: a.text(sortParam.name), Order: a.text(orderParam.name),
			User: a.text(userParam.name)}
		q.Page, q.Size = a.page()
		if kind == api.PromptFile {
			page, err := h.back.Prompts(r.Context(), q)
			return send(w, page, err)
		}
		page, err := h.back.FilesOfKind(r.Context(), kind, q)
		return send(w, page, err)
	}
}

// oneOf is GET /prompts/{id} and the like.
func oneOf(kind api.FileKind) func(*handler, http.ResponseWriter, *http.Request, args) error {
	return func(h *handler, w http.ResponseWriter, r *http.Request, a args) error {
		doc, err := h.file(r.Context(), kind, r.PathValue("id"), a.version())
		return send(w, doc, err)
	}
}

func (h *handler) file(ctx context.Context, kind api.FileKind, id string, q api.CreateQuery) ([]byte, error) {
	if kind == api.PromptFile {
		return h.back.Prompt(ctx, id, q)
	}
	return h.back.File(ctx, kind, id, q)
}

// versionsOf is GET /prompts/{id}/versions and the like.
func versionsOf(kind api.FileKind) func(*handler, http.ResponseWriter, *http.Request, args) error {
	return func(h *handler, w http.ResponseWriter, r *http.Request, _ args) error {
		list, err := h.back.Versions(r.Context(), kind, r.PathValue("id"))
		return send(w, list, err)
	}
}

// files is GET /files.
func (h *handler) files(w http.ResponseWriter, r *http.Request, a args) error {
	if a.yes("template") {
		return emptyPage(w, a)
	}
	q := api.FileQuery{Path: a.text("path"), Name: a.text(nameParam.name), SortBy: a.text(sortParam.name), Order: a.text(orderParam.name),
		Environment: a.text(environmentParam.name)}
	q.Page, q.Size = a.page()
	for _, word := range a.texts("type") {
		q.Kinds = append(q.Kinds, api.FileKind(word))
	}
	page, err := h.back.Files(r.Context(), q)
	return send(w, page, err)
}

// directoryLister is a Backend that lists all directories as GET /directories does: a plain list,
// that of all files first.
type directoryLister interface {
	Directories(ctx context.Context) ([]byte, error)
}

// directories is GET /directories.
func (h *handler) directories(w http.ResponseWriter, r *http.Request, _ args) error {
	l, ok := h.svc.(directoryLister)
	if !ok {
		return errPartial
	}
	list, err := l.Directories(r.Context())
	return send(w, list, err)
}

// directory is GET /directories/{id}.
func (h *handler) directory(w http.ResponseWriter, r *http.Request, _ args) error {
	doc, err := h.back.Directory(r.Context(), r.PathValue("id"))
	return send(w, doc, err)
}

// datapoints is GET /datasets/{id}/datapoints. The store knows only the names of datasets, so the
// list is empty.
func (h *handler) datapoints(w http.ResponseWriter, r *http.Request, a args) error {
	if _, err := h.back.File(r.Context(), api.DatasetFile, r.PathValue("id"), a.version()); err != nil {
		return err
	}
	return emptyPage(w, a)
}

// evaluations is GET /evaluations. There are none here, so that the list of any file is empty.
func (h *handler) evaluations(w http.ResponseWriter, _ *http.Request, a args) error {
	return emptyPage(w, a)
}

// evaluation is GET /evaluations/{id} and what is below.
func (h *handler) evaluation(_ http.ResponseWriter, r *http.Request, _ args) error {
	return &api.Error{Code: api.NotFound, Msg: fmt.Sprintf("no evaluation %q", r.PathValue("id"))}
}

// emptyPage answers with a page without records.
func emptyPage(w http.ResponseWriter, a args) error {
	page, size := a.page()
	b := strconv.AppendInt([]byte(`{"records":[],"page":`), int64(page), 10)
	b = strconv.AppendInt(append(b, `,"size":`...), int64(size), 10)
	answer(w, http.StatusOK, append(b, `,"total":0}`...))
	return nil
}
