package api

import (
	"context"
	"io"
)

// Backend is everything that a server of the v5 API keeps: the Service that errata edits through,
// and what the official clients and the export tool need besides. The stores implement it, and so
// does the client.
type Backend interface {
	Service
	Evaluators
	// DeleteLogs removes logs by their exact ids, together with the logs of evaluators that judged
	// them. Unknown ids are passed over. Invalid when ids is empty.
	DeleteLogs(ctx context.Context, ids []string) error
	// Arrived lists logs of prompts in the order in which they were stored, n at most: those behind
	// a mark that an earlier list gave. Without a mark it lists nothing, and gives the mark of what
	// comes next. Each log is listed once, when it was new; a change makes no log new. Invalid for
	// a mark that is none. It is an addition to the API.
	Arrived(ctx context.Context, after string, n int) (Arrivals, error)
	// UpdateAgentLog is UpdateLog for a log of an agent: PATCH /agents/{id}/log/{log_id}, the same
	// fields.
	UpdateAgentLog(ctx context.Context, agentID, logID string, patch []byte, ifMatch string) (Document, error)
	// FilesOfKind lists the files of one kind, as Prompts does for prompts.
	FilesOfKind(ctx context.Context, kind FileKind, q PromptQuery) ([]byte, error)
	// File gets one file of a kind by its id, the version chosen as Prompt does.
	File(ctx context.Context, kind FileKind, id string, q CreateQuery) ([]byte, error)
	// Versions lists all versions of a file, newest first: {"records": [...]}. NotFound for an
	// unknown file or one of another kind.
	Versions(ctx context.Context, kind FileKind, id string) ([]byte, error)
	// Files lists files of all kinds: one page as the API sends it.
	Files(ctx context.Context, q FileQuery) ([]byte, error)
	// Directory gets a directory by its id; "root" is that of all files.
	Directory(ctx context.Context, id string) ([]byte, error)
}

// LogWriter is a Service that can write a page of logs piece by piece, so that the page needs less
// memory than it has bytes.
type LogWriter interface {
	// WriteLogs writes what Logs would give. Nothing is written when the error is known before;
	// after an error that comes later w holds a part of the page.
	WriteLogs(ctx context.Context, q LogQuery, w io.Writer) error
}

// FileKind is a kind of file, as the member "type" and, with an s, the paths of the API have it.
type FileKind string

// The kinds of file.
const (
	PromptFile    FileKind = "prompt"
	ToolFile      FileKind = "tool"
	EvaluatorFile FileKind = "evaluator"
	FlowFile      FileKind = "flow"
	AgentFile     FileKind = "agent"
	DatasetFile   FileKind = "dataset"
)

// FileQuery selects files. Zero members do not select; Page and Size as in LogQuery.
type FileQuery struct {
	Page, Size    int
	Path          string // a directory: it and all below
	Name          string // contained, any case
	Kinds         []FileKind
	SortBy, Order string // as in PromptQuery
	User          string // likewise; only where files of one kind are listed
	Environment   string // a version is deployed to the environment of this very name
}
