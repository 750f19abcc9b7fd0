package server

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"errata/api"
	"errata/api/rules"
	"errata/model"
	"errata/model/judgment"
)

// object is a part of the description of the API.
type object = map[string]any

// The description of the API, but for what the tables of endpoints, fields and kinds of file say.
//
//go:embed openapi.json
var frame []byte

// describe is GET /openapi.json.
func (h *handler) describe(w http.ResponseWriter, _ *http.Request, _ args) error {
	doc, err := h.description()
	return send(w, doc, err)
}

// description makes the OpenAPI description of the API.
func description() ([]byte, error) {
	var doc struct {
		OpenAPI    string   `json:"openapi"`
		Info       object   `json:"info"`
		Servers    []object `json:"servers"`
		Security   []object `json:"security"`
		Paths      object   `json:"paths"`
		Components struct {
			SecuritySchemes object `json:"securitySchemes"`
			Responses       object `json:"responses"`
			Schemas         object `json:"schemas"`
		} `json:"components"`
	}
	if err := json.Unmarshal(frame, &doc); err != nil {
		return nil, fmt.Errorf("the frame of the description: %w", err)
	}
	doc.Paths = paths()
	maps.Copy(doc.Components.Schemas, fieldSchemas())
	maps.Copy(doc.Components.Schemas, fileSchemas())
	return json.Marshal(doc)
}

// paths describes the endpoints.
func paths() object {
	all := object{}
	for _, e := range endpoints() {
		path, ok := all[e.path].(object)
		if !ok {
			path = object{}
			all[e.path] = path
		}
		path[strings.ToLower(e.method)] = e.describe()
	}
	return all
}

func ref(name string) object       { return object{"$ref": "#/components/schemas/" + name} }
func refAnswer(name string) object { return object{"$ref": "#/components/responses/" + name} }

// describe describes one endpoint.
func (e *endpoint) describe() object {
	params := e.pathParams()
	for i := range e.query {
		params = append(params, e.query[i].describe())
	}
	answers := object{"401": refAnswer("Refused"), "422": refAnswer("Invalid"), "429": refAnswer("Refused"), "503": refAnswer("Refused")}
	// Whatever names something may name what is not there.
	if len(params) > 0 || e.body != "" {
		answers["404"] = refAnswer("Refused")
	}
	about := object{"operationId": e.name, "summary": e.summary, "parameters": params, "responses": answers}
	switch {
	case e.answer != "":
		answers["200"] = object{"description": "the answer", "content": object{"application/json": object{"schema": ref(e.answer)}}}
	case e.method == http.MethodDelete:
		answers["204"] = object{"description": "done"}
	case e.path == "/openapi.json":
		answers["200"] = object{"description": "the description", "content": object{"application/json": object{"schema": object{"type": "object"}}}}
	}
	if e.body != "" {
		about["requestBody"] = object{"required": true, "content": object{"application/json": object{"schema": ref(e.body)}}}
		for _, status := range []string{"400", "408", "409", "412", "413", "415"} {
			answers[status] = refAnswer("Refused")
		}
	}
	return about
}

func (e *endpoint) pathParams() []object {
	list := []object{}
	for _, step := range strings.Split(e.path, "/") {
		if name, ok := strings.CutPrefix(step, "{"); ok {
			list = append(list, object{"name": strings.TrimSuffix(name, "}"), "in": "path", "required": true, "schema": object{"type": "string"}})
		}
	}
	still := "304"
	switch {
	case e.method == http.MethodPatch && e.answer == "LogResponse":
		still = "412"
	case e.name == "listLogs":
		return append(list, object{"name": "If-None-Match", "in": "header", "description": "an ETag: 304 when the page is still the same", "schema": object{"type": "string"}})
	case e.name != "getLog":
		return list
	}
	return append(list,
		object{"name": "If-Match", "in": "header", "description": "an ETag: 412 when the log no longer has it", "schema": object{"type": "string"}},
		object{"name": "If-None-Match", "in": "header", "description": "an ETag: " + still + " when the log still has it", "schema": object{"type": "string"}})
}

// describe describes one parameter.
func (p *param) describe() object {
	schema := object{"type": "string"}
	switch p.sort {
	case whole:
		schema = object{"type": "integer"}
		if p.least >= 0 {
			schema["minimum"] = p.least
		}
		if p.most <= maxSize {
			schema["maximum"] = p.most
		}
	case yesNo:
		schema = object{"type": "boolean"}
	case moment:
		schema["format"] = "date-time"
	case choice:
		schema["enum"] = p.words()
	case text:
	}
	if p.many {
		schema = object{"type": "array", "items": schema}
	}
	return object{"name": p.name, "in": "query", "required": p.required, "description": p.help, "schema": schema}
}

// kindSchema describes the values of a kind of field.
func kindSchema(kind model.Kind) object {
	switch kind {
	case model.Line, model.Text:
		return object{"type": "string"}
	case model.Integer:
		return object{"type": "integer"}
	case model.Decimal:
		return object{"type": "number"}
	case model.Datetime:
		return object{"type": "string", "format": "date-time"}
	case model.Map:
		return object{"type": "object", "additionalProperties": true}
	case model.Message:
		return object{"allOf": []object{ref("ChatMessage")}}
	case model.Messages:
		return object{"type": "array", "items": ref("ChatMessage")}
	case model.ToolChoice:
		return object{"oneOf": []object{{"type": "string", "enum": []string{"none", "auto", "required"}}, ref("ToolChoice")}}
	}
	return object{}
}

// fieldSchemas describes what is made of the updatable fields: logs of all kinds, and what is sent
// to write them.
func fieldSchemas() object {
	fields := object{}
	for _, f := range model.Fields() {
		schema := kindSchema(f.Kind)
		schema["nullable"] = true
		schema["title"] = f.Label
		schema["description"] = f.Help
		fields[f.Name] = schema
	}
	create := maps.Clone(fields)
	for _, m := range rules.CreateMembers() {
		create[m.Name] = object{"type": m.Type, "nullable": true}
	}
	create["prompt"] = object{"nullable": true, "oneOf": []object{ref("PromptKernel"), {"type": "string", "description": "the text of a .prompt file"}}}
	judge := object{}
	for _, f := range model.EvaluatorFields() {
		judge[f.Name] = fields[f.Name]
	}
	for _, m := range rules.JudgeMembers() {
		judge[m.Name] = object{"type": m.Type, "nullable": m.Name != judgment.Parent}
	}
	judge[judgment.Said] = ref("Judgment")
	judge["spec"] = object{"nullable": true, "allOf": []object{ref("EvaluatorSpec")}}
	schemas := object{
		"EvaluatorLogRequest":    object{"type": "object", "required": []string{judgment.Parent}, "properties": judge, "additionalProperties": false},
		"LogFields":              object{"type": "object", "properties": fields},
		"PromptLogUpdateRequest": object{"type": "object", "properties": fields, "additionalProperties": true},
		"PromptLogRequest":       object{"type": "object", "properties": create, "additionalProperties": false},
	}
	var union []object
	for _, k := range kinds {
		owner := string(k.kind)
		if k.kind == api.DatasetFile {
			continue // it has no logs
		}
		name := strings.TrimSuffix(k.schema, "Response") + "LogResponse"
		own := object{"type": "object", "required": []string{"id", owner, "evaluator_logs"}, "properties": object{owner: ref(k.schema)}}
		of := []object{ref("LogFields"), ref("LogEnvelope"), own}
		if k.kind == api.EvaluatorFile {
			of = append(of, ref("JudgmentMembers"))
		}
		schemas[name] = object{"allOf": of}
		union = append(union, ref(name))
	}
	schemas["LogResponse"] = object{"anyOf": union}
	schemas["PaginatedDataLogResponse"] = pageOf(ref("LogResponse"))
	return schemas
}

// fileSchemas describes lists of files, and the kinds of file that are all alike.
func fileSchemas() object {
	schemas := object{}
	var union []object
	for _, k := range kinds {
		if k.kind != api.PromptFile {
			own := object{"type": "object", "properties": object{"type": object{"type": "string", "enum": []string{string(k.kind)}, "nullable": true}}}
			of := []object{ref("AnyFile"), own}
			if k.kind == api.EvaluatorFile {
				of = append(of, ref("EvaluatorMembers"))
			}
			schemas[k.schema] = object{"allOf": of}
		}
		schemas["PaginatedData"+k.schema] = pageOf(ref(k.schema))
		schemas["List"+k.schema] = object{"type": "object", "required": []string{"records"}, "properties": object{"records": object{"type": "array", "items": ref(k.schema)}}}
		union = append(union, ref(k.schema))
	}
	schemas["FileResponse"] = object{"anyOf": union}
	schemas["PaginatedDataFileResponse"] = pageOf(ref("FileResponse"))
	schemas["EmptyPage"] = pageOf(object{"type": "object"})
	return schemas
}

// pageOf describes a page of records.
func pageOf(record object) object {
	properties := object{"records": object{"type": "array", "items": record}}
	for _, name := range []string{"page", "size", "total"} {
		properties[name] = object{"type": "integer", "minimum": 0}
	}
	return object{"type": "object", "required": slices.Sorted(maps.Keys(properties)), "properties": properties}
}
