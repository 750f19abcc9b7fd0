package model

import "errata/model/jsonraw"

// Log is one log as the server sent it: the document's bytes and an index of its top-level members.
// It is immutable; an edit lives in a ChangeSet.
type Log struct {
	raw     []byte
	members []jsonraw.Member
}

// ParseLog indexes the document of one log. raw must hold a JSON object and stay unmodified; its
// members may be anything. Errors are *jsonraw.SyntaxError.
func ParseLog(raw []byte) (*Log, error) { panic("todo") }

// Bytes is the document as it came.
func (l *Log) Bytes() []byte { panic("todo") }

// Value is what the log holds for f.
func (l *Log) Value(f *Field) Value { panic("todo") }

// Member is what the log holds under any top-level name.
func (l *Log) Member(name string) Value { panic("todo") }

// Envelope lists the members that cannot be updated, in the order of the document.
func (l *Log) Envelope() []EnvelopeMember { panic("todo") }

// EnvelopeMember is a locked member of a log.
type EnvelopeMember struct {
	Name  string
	Value Value
}

// Locked says why the value of f cannot be edited in place without loss ("the member stands twice",
// "a name stands twice in it", "it holds bytes that are no UTF-8", "it holds a number where text
// belongs"), or "" when it can. A locked value can still be replaced whole.
func (l *Log) Locked(f *Field) string { panic("todo") }

// Head is what a header or a table row says of a log. Strings are decoded, empty when the member is
// absent, null or no string.
type Head struct {
	ID, Kind                               string // Kind: prompt, tool, evaluator, flow, agent, or "" when unknown
	PromptID, PromptPath, VersionID, Model string
	Environment, User, TraceID             string
}

// Head reads the head of the log.
func (l *Log) Head() Head { panic("todo") }

// Page is one page of a list of logs.
type Page struct {
	Logs                []*Log
	Number, Size, Total int
}

// ParsePage reads {"records": [...], "page": n, "size": n, "total": n}. The logs share memory with raw.
func ParsePage(raw []byte) (Page, error) { panic("todo") }
