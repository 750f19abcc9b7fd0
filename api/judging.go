package api

import (
	"context"
	"errors"
)

// Judge is what judging a log needs of a service: to send a judgment, to see what became of it, and
// to take it back.
type Judge interface {
	// Log gets one log by its exact id, a judgment or what it judges.
	Log(ctx context.Context, id string) (Document, error)
	// CreateJudgment records a judgment (POST /evaluators/log); body is a JSON object as documented
	// there. Repeated only where the server asked to slow down, see WithLook. The errors:
	// Invalid for a body of the wrong shape, or a judgment that the evaluator does not allow;
	// NotFound where the log, the evaluator or its version is not known; Conflict where the log_id
	// is in use. ErrNoJudgments is in the chain where the server has no such endpoint.
	CreateJudgment(ctx context.Context, q CreateQuery, body []byte) (Judged, error)
	// DeleteLogs removes logs by their exact ids, and what was said of them.
	DeleteLogs(ctx context.Context, ids []string) error
}

// Evaluators is a service that keeps evaluators. They are listed, and read, as files of the kind
// EvaluatorFile.
type Evaluators interface {
	Judge
	// UpsertEvaluator makes a version of an evaluator, and the evaluator where its path is new
	// (POST /evaluators); a spec that means the same as that of a version is that version again. It
	// gives the document of the version.
	UpsertEvaluator(ctx context.Context, body []byte) ([]byte, error)
	// MoveEvaluator gives an evaluator another path, or another name at the end of it. Conflict
	// where the path is in use.
	MoveEvaluator(ctx context.Context, id string, body []byte) ([]byte, error)
	// DeleteEvaluator hides an evaluator. What was judged with it stays where it is shown.
	DeleteEvaluator(ctx context.Context, id string) error
	// UpdateEvaluatorVersion gives a version a name, or a description. Conflict where another
	// version has the name.
	UpdateEvaluatorVersion(ctx context.Context, id, versionID string, body []byte) ([]byte, error)
	// DeleteEvaluatorVersion removes a version. Conflict for the only one.
	DeleteEvaluatorVersion(ctx context.Context, id, versionID string) error
}

// Judged is the answer to CreateJudgment.
type Judged struct{ ID, ParentID, VersionID string }

// ErrNoJudgments is the cause of the error of a server that has no place to send judgments to.
var ErrNoJudgments = errors.New("this server takes no judgments")
