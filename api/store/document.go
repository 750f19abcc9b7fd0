package store

import (
	"time"

	"errata/api/rules"
	"errata/model"
	"errata/model/jsonraw"
)

// writer writes a JSON object member by member, literals as they are.
type writer struct{ buf []byte }

func (w *writer) member(name string, literal []byte) {
	if len(w.buf) == 0 {
		w.buf = append(w.buf, '{')
	} else {
		w.buf = append(w.buf, ',')
	}
	w.buf = append(w.buf, jsonraw.Literal(name)...)
	w.buf = append(w.buf, ':')
	if literal == nil {
		literal = []byte("null")
	}
	w.buf = append(w.buf, literal...)
}

// each writes members that share a literal.
func (w *writer) each(literal string, names ...string) {
	for _, name := range names {
		w.member(name, []byte(literal))
	}
}

func (w *writer) bytes() []byte { return append(w.buf, '}') }

// logDocument is the document of a new log: its id, the 21 fields, and the envelope. What was not
// sent is null.
func logDocument(id string, prompt []byte, c rules.Creation, now time.Time) []byte {
	var w writer
	w.member("id", jsonraw.Literal(id))
	for _, f := range model.Fields() {
		w.member(f.Name, fieldLiteral(f, c.Fields, c.Envelope, now))
	}
	w.member("prompt", prompt)
	for _, name := range []string{"source_datapoint_id", "trace_parent_id", "user", "environment", "log_id"} {
		w.member(name, c.Envelope[name])
	}
	w.member("batches", batches(c.Envelope["batch_id"]))
	w.member("save", saves(c.Envelope["save"]))
	w.each("null", "trace_flow_id", "trace_id")
	w.member("log_status", c.Envelope["log_status"])
	w.each("[]", "trace_children", "evaluator_logs")
	return w.bytes()
}

// fieldLiteral is what a new log holds for a field. A log without a time gets the server's. The
// raw request and response of a log that is not to be saved are left out.
func fieldLiteral(f *model.Field, fields map[*model.Field][]byte, envelope map[string][]byte, now time.Time) []byte {
	sent := fields[f]
	switch {
	case f == model.CreatedAt && jsonraw.KindOf(sent) != jsonraw.String:
		return jsonraw.Literal(now.UTC().Format(timeLayout))
	case f.Group == model.Provider && jsonraw.KindOf(envelope["save"]) == jsonraw.False:
		return nil
	}
	return sent
}

// saves is whether the payloads of a log are kept, as it was sent.
func saves(sent []byte) []byte {
	if jsonraw.KindOf(sent) == jsonraw.False {
		return sent
	}
	return []byte("true")
}

// batches is the list of batches of a log that was sent with one, or without.
func batches(id []byte) []byte {
	if jsonraw.KindOf(id) != jsonraw.String {
		return []byte("[]")
	}
	return append(append([]byte{'['}, id...), ']')
}

// promptDocument is the document of a new version of a prompt. Its counts are those of the moment
// before its first log.
func promptDocument(p file, versionID string, k *rules.Kernel, now time.Time) []byte {
	var w writer
	w.open(p, versionID)
	for _, m := range k.Members() {
		w.member(m.Name, m.Val)
	}
	w.each("null", versionName, versionDescription)
	w.close(k.Variables(), now)
	return w.bytes()
}

// open writes the members with which the document of a version begins.
func (w *writer) open(f file, versionID string) {
	w.member("path", jsonraw.Literal(f.path))
	w.member("id", jsonraw.Literal(f.id))
	w.member("name", jsonraw.Literal(f.name))
	w.member("version_id", jsonraw.Literal(versionID))
	w.member("type", jsonraw.Literal(string(f.kind)))
	w.member("directory_id", jsonraw.Literal(directoryID(parentPath(f.path))))
}

// close writes the members with which the document of a version ends, one that is made now and was
// never used.
func (w *writer) close(variables []string, now time.Time) {
	w.each("null", "description", "readme", "schema", "created_by", "evaluator_aggregates")
	w.each("[]", "tags", "environments", "evaluators")
	w.each(string(jsonraw.Literal(now.UTC().Format(timeLayout))), createdMember, "updated_at", "last_used_at")
	w.each("0", "version_logs_count", "total_logs_count")
	w.member(variablesMember, variableList(variables))
}

// variablesMember is the member of a prompt, or an evaluator, that lists the variables of its
// template.
const variablesMember = "inputs"

// variableList is the list of variables.
func variableList(variables []string) []byte {
	list := []byte{'['}
	for i, name := range variables {
		if i > 0 {
			list = append(list, ',')
		}
		list = append(append(append(list, `{"name":`...), jsonraw.Literal(name)...), '}')
	}
	return append(list, ']')
}
