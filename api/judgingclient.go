package api

import (
	"context"
	"errors"
	"net/http"
)

// evaluators is where the API keeps evaluators.
func (c *Client) evaluators() string { return c.files(EvaluatorFile) }

// CreateJudgment implements Judge.
func (c *Client) CreateJudgment(ctx context.Context, q CreateQuery, body []byte) (Judged, error) {
	a, err := c.write(ctx, call{
		method: http.MethodPost,
		url:    c.evaluators() + "/log" + versionParams(q),
		what:   "such log, evaluator or version",
		body:   body,
	})
	if err != nil {
		return Judged{}, noJudgments(err)
	}
	made := Judged{ID: a.member("id"), ParentID: a.member("parent_id"), VersionID: a.member("version_id")}
	if made.ID == "" {
		return Judged{}, badAnswer("has no id", a.from, a.sent, nil)
	}
	return made, nil
}

// noJudgments says of an answer that there is no such endpoint what that means.
func noJudgments(err error) error {
	var e *Error
	if !errors.As(err, &e) || e.Status != http.StatusMethodNotAllowed && e.Status != http.StatusNotImplemented {
		return err
	}
	return NoJudgments(e)
}

// NoJudgments is the error of a server that takes no judgments, as its answer e has shown. Nothing
// was written.
func NoJudgments(e *Error) *Error {
	return &Error{Code: e.Code, Status: e.Status, Msg: ErrNoJudgments.Error(), Err: errors.Join(ErrNoJudgments, e)}
}

// UpsertEvaluator implements Evaluators.
func (c *Client) UpsertEvaluator(ctx context.Context, body []byte) ([]byte, error) {
	a, err := c.write(ctx, call{method: http.MethodPost, url: c.evaluators(), what: "such evaluator", body: body})
	if err != nil {
		return nil, noJudgments(err)
	}
	return a.body, nil
}

// MoveEvaluator implements Evaluators.
func (c *Client) MoveEvaluator(ctx context.Context, id string, body []byte) ([]byte, error) {
	return c.changeEvaluator(ctx, id, "", body)
}

// DeleteEvaluator implements Evaluators.
func (c *Client) DeleteEvaluator(ctx context.Context, id string) error {
	return c.dropEvaluator(ctx, id, "")
}

// UpdateEvaluatorVersion implements Evaluators.
func (c *Client) UpdateEvaluatorVersion(ctx context.Context, id, versionID string, body []byte) ([]byte, error) {
	if versionID == "" {
		return nil, nameless("version")
	}
	return c.changeEvaluator(ctx, id, "/versions/"+segment(versionID), body)
}

// DeleteEvaluatorVersion implements Evaluators.
func (c *Client) DeleteEvaluatorVersion(ctx context.Context, id, versionID string) error {
	if versionID == "" {
		return nameless("version")
	}
	return c.dropEvaluator(ctx, id, "/versions/"+segment(versionID))
}

func (c *Client) changeEvaluator(ctx context.Context, id, below string, body []byte) ([]byte, error) {
	if id == "" {
		return nil, nameless(string(EvaluatorFile))
	}
	a, err := c.write(ctx, call{method: http.MethodPatch, url: c.evaluators() + "/" + segment(id) + below, what: "evaluator " + id, id: id, body: body})
	return a.body, err
}

func (c *Client) dropEvaluator(ctx context.Context, id, below string) error {
	if id == "" {
		return nameless(string(EvaluatorFile))
	}
	_, err := c.write(ctx, call{method: http.MethodDelete, url: c.evaluators() + "/" + segment(id) + below, what: "evaluator " + id})
	return err
}
