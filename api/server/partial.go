package server

import (
	"context"

	"errata/api"
)

// partial makes a Backend of a Service that keeps only prompts and their logs.
type partial struct{ api.Service }

// full is svc as a Backend: itself when it is one.
func full(svc api.Service) api.Backend {
	if b, ok := svc.(api.Backend); ok {
		return b
	}
	return partial{svc}
}

var errPartial = &api.Error{Code: api.NotFound, Msg: "this server keeps prompts and their logs only"}

func (partial) Arrived(context.Context, string, int) (api.Arrivals, error) {
	return api.Arrivals{}, errPartial
}
func (partial) DeleteLogs(context.Context, []string) error { return errPartial }
func (partial) UpdateAgentLog(context.Context, string, string, []byte, string) (api.Document, error) {
	return api.Document{}, errPartial
}
func (partial) FilesOfKind(context.Context, api.FileKind, api.PromptQuery) ([]byte, error) {
	return nil, errPartial
}
func (partial) File(context.Context, api.FileKind, string, api.CreateQuery) ([]byte, error) {
	return nil, errPartial
}
func (partial) Versions(context.Context, api.FileKind, string) ([]byte, error) {
	return nil, errPartial
}
func (partial) Files(context.Context, api.FileQuery) ([]byte, error) { return nil, errPartial }
func (partial) Directory(context.Context, string) ([]byte, error)    { return nil, errPartial }
func (partial) CreateJudgment(context.Context, api.CreateQuery, []byte) (api.Judged, error) {
	return api.Judged{}, api.NoJudgments(errPartial)
}
func (partial) UpsertEvaluator(context.Context, []byte) ([]byte, error) { return nil, errPartial }
func (partial) MoveEvaluator(context.Context, string, []byte) ([]byte, error) {
	return nil, errPartial
}
func (partial) DeleteEvaluator(context.Context, string) error { return errPartial }
func (partial) UpdateEvaluatorVersion(context.Context, string, string, []byte) ([]byte, error) {
	return nil, errPartial
}
func (partial) DeleteEvaluatorVersion(context.Context, string, string) error { return errPartial }
