package store

import (
	"crypto/sha256"
	"math"
	"time"

	"errata/api"
	"errata/api/store/index"
	"errata/model"
	"errata/model/jsonraw"
	"errata/model/judgment"
)

// never is the instant of a log whose time cannot be read: it comes before all others.
const never = math.MinInt64

// Entry is a log made ready to be stored. Making it is most of the work and may be done for many
// logs at the same time.
type Entry struct {
	raw    []byte // see doc
	log    *model.Log
	id     string
	kind   api.FileKind // of the file that it belongs to
	owner  []byte       // the document of that file
	fileID string

	versionID string // of that file; empty when its document names none

	created int64
	traced  bool
	parent  any // the id of the log that it judges, nil for none
	trace   any // the id of the log that it is a part of, nil for none
	hash    [sha256.Size]byte

	nested []nested // the judgments in the document
	made   bool     // a judgment that came by POST, see compose.go

	original  []byte // see corrected.go; nil for a log that comes in
	signature *index.Signature
	signedIn  int64 // the file whose bits the signature has, 0 for none
}

// ID is the id of the log.
func (e *Entry) ID() string { return e.id }

// Log is what the entry holds.
func (e *Entry) Log() *model.Log { return e.log }

// Len is the size of the document in bytes.
func (e *Entry) Len() int { return e.log.Size() }

// doc is the document in one piece.
func (e *Entry) doc() []byte {
	if e.raw == nil {
		e.raw = e.log.Bytes()
	}
	return e.raw
}

// owners are the members that may hold the file of a log, in the order in which they are looked
// for, and the kinds of file.
var owners = []api.FileKind{api.PromptFile, api.ToolFile, api.EvaluatorFile, api.FlowFile, api.AgentFile}

// Prepare reads a log that is to be stored byte for byte, unvalidated: any JSON object with a
// string "id" and one of "prompt", "tool", "evaluator", "flow" and "agent" with a string "id". raw
// must be UTF-8, and stay as it is. The error is Invalid and says why not a log.
func Prepare(raw []byte) (*Entry, error) {
	if err := wantUTF8(raw); err != nil {
		return nil, err
	}
	e, err := readEntry(raw)
	if err != nil {
		return nil, refuse("it is not one JSON object: " + err.Error())
	}
	if e.id == "" {
		return nil, refuse(`not a log: it has no text "id"`)
	}
	for _, kind := range owners {
		literal := e.log.Member(string(kind)).Bytes()
		if jsonraw.KindOf(literal) != jsonraw.Object {
			continue
		}
		if id, versionID := fileOf(literal); id != "" {
			e.kind, e.owner, e.fileID, e.versionID = kind, literal, id, versionID
			e.nested = nestedJudgments(e.log.Member(judgment.Nested).Bytes())
			return e, nil
		}
	}
	return nil, refuse(`not a log of a prompt, tool, evaluator, flow or agent: it has no "prompt" with a text "id", nor one of the others`)
}

// fileOf is the id of a file and that of its version, as its document tells them.
func fileOf(doc []byte) (id, versionID string) {
	var found [2][]byte
	if !index.ScanMembers(doc, []string{"id", "version_id"}, found[:]) {
		of := membersOf(doc)
		return of.Text("id"), of.Text("version_id")
	}
	id, _ = jsonraw.Text(found[0])
	versionID, _ = jsonraw.Text(found[1])
	return id, versionID
}

func refuse(msg string) error { return &api.Error{Code: api.Invalid, Status: 422, Msg: msg} }

// readEntry reads from a document what is kept beside it. The error is a *jsonraw.SyntaxError.
func readEntry(doc []byte) (*Entry, error) {
	log, err := model.ParseLog(doc)
	if err != nil {
		return nil, err
	}
	return entryOf(log), nil
}

// entryOf is readEntry for a document that was read.
func entryOf(log *model.Log) *Entry {
	e := &Entry{log: log, created: never, hash: log.Sum()}
	e.id, _ = log.Member("id").Text()
	text, _ := log.Value(model.CreatedAt).Text()
	if at, ok := instant(text).(int64); ok {
		e.created = at
	}
	e.parent, e.trace = textOrNil(log, judgment.Parent), textOrNil(log, "trace_parent_id")
	e.traced = e.trace != nil || textOrNil(log, "trace_id") != nil
	return e
}

// textOrNil is the text of a member of a log, nil when it has none.
func textOrNil(log *model.Log, name string) any {
	if text, ok := log.Member(name).Text(); ok && text != "" {
		return text
	}
	return nil
}

// instant is a time as it is stored: microseconds since 1970 in UTC, nil when the text is not a time.
// What is finer than a microsecond is dropped, as the API drops it.
func instant(text string) any {
	t, _, err := model.ParseTime(text)
	if err != nil {
		return nil
	}
	return t.UnixMicro()
}

// stored is the time that an instant of the database stands for.
func stored(micros int64) time.Time { return time.UnixMicro(micros).UTC() }
