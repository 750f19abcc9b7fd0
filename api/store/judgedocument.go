package store

import (
	"time"

	"errata/api/rules"
	"errata/model"
	"errata/model/jsonraw"
	"errata/model/judgment"
)

// judgmentDocument is the document of a new judgment: its id, the fields of a log of an evaluator,
// the evaluator, and the value. Members that were not sent are null.
func judgmentDocument(id string, evaluator []byte, j rules.Judging, now time.Time) []byte {
	var w writer
	w.member("id", jsonraw.Literal(id))
	for _, f := range model.EvaluatorFields() {
		w.member(f.Name, fieldLiteral(f, j.Fields, j.Envelope, now))
	}
	for _, name := range []string{judgment.Said, judgment.Done, judgment.Parent, "source_datapoint_id", "trace_parent_id", "user", "environment", "log_id"} {
		w.member(name, j.Envelope[name])
	}
	w.member("batches", batches(j.Envelope["batch_id"]))
	w.member("save", saves(j.Envelope["save"]))
	w.each("null", "trace_flow_id", "trace_id")
	w.each("[]", "trace_children", judgment.Nested)
	w.member("evaluator", evaluator)
	w.each("null", judged)
	return w.bytes()
}

// specMember is the member of an evaluator with its spec: what it asks and which values it allows.
const specMember = "spec"

// evaluatorDocument is the document of a new version of an evaluator. Its counts are zero, as
// before the first judgment.
func evaluatorDocument(f file, versionID string, spec []byte, of rules.Version, now time.Time) []byte {
	members, variables := rules.EvaluatorMembers(spec)
	var says writer
	for _, m := range members {
		says.member(m.Name, m.Val)
	}
	var w writer
	w.open(f, versionID)
	w.member(specMember, says.bytes())
	w.member(versionName, of.Name)
	w.member(versionDescription, of.Description)
	w.each("null", "attributes")
	w.close(variables, now)
	return w.bytes()
}

// judgeDocument is the evaluator within the document of a new judgment. Documents of imported
// evaluators may lack members that clients rely on: the official ones then take every judgment in
// the list for something else. These members are added.
func judgeDocument(f file, v version, said model.Value) []byte {
	of := membersOf(v.doc)
	if v.made || of.Literal == nil {
		return v.doc
	}
	at := of.Raw(createdMember)
	if jsonraw.KindOf(at) != jsonraw.String {
		at = jsonraw.Literal(stored(f.created.Int64).Format(timeLayout))
	}
	var edits []jsonraw.Edit
	need := func(name string, kind jsonraw.Kind, fallback []byte) {
		if jsonraw.KindOf(of.Raw(name)) != kind {
			edits = append(edits, jsonraw.Edit{Name: name, Val: fallback})
		}
	}
	need("path", jsonraw.String, jsonraw.Literal(f.path))
	need("name", jsonraw.String, jsonraw.Literal(f.name))
	need("version_id", jsonraw.String, jsonraw.Literal(v.id))
	for _, name := range []string{createdMember, "updated_at", "last_used_at"} {
		need(name, jsonraw.String, at)
	}
	for _, name := range []string{"version_logs_count", "total_logs_count"} {
		need(name, jsonraw.Number, []byte("0"))
	}
	for _, name := range []string{variablesMember, "environments"} {
		need(name, jsonraw.Array, []byte("[]"))
	}
	if spec, whole := wholeSpec(of.Raw(specMember), said); !whole {
		edits = append(edits, jsonraw.Edit{Name: specMember, Val: spec})
	}
	doc, err := jsonraw.Set(v.doc, edits)
	if err != nil {
		return v.doc
	}
	return doc
}

// wholeSpec is a spec with all members that clients rely on; whole is true when it has them
// already. One of them gives the type of the values.
func wholeSpec(spec []byte, said model.Value) (made []byte, whole bool) {
	if jsonraw.KindOf(spec) != jsonraw.Object {
		spec = []byte("{}")
	}
	is := judgment.ReadSpec(spec)
	var edits []jsonraw.Edit
	for _, m := range []struct{ name, is, fallback string }{
		{"evaluator_type", is.Type, "external"},
		{"arguments_type", is.Arguments, "target_free"},
		{"return_type", string(is.Returns), string(judgment.KindOf(said))},
	} {
		if m.is == "" {
			edits = append(edits, jsonraw.Edit{Name: m.name, Val: jsonraw.Literal(m.fallback)})
		}
	}
	if len(edits) == 0 {
		return spec, true
	}
	made, err := jsonraw.Set(spec, edits)
	return made, err != nil
}
