package server_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"errata/model"
)

// odd makes requests that nobody would make on purpose, the same ones for the same seed.
type odd struct{ *rand.Rand }

func newOdd(seed uint64) odd { return odd{rand.New(rand.NewPCG(seed, 0))} }

func pick[T any](o odd, list ...T) T { return list[o.IntN(len(list))] }

// one tells yes once in n times.
func (o odd) one(n int) bool { return o.IntN(n) == 0 }

// request is a request that a client can send; nil when what was made is none.
func (o odd) request() *http.Request {
	body := o.body()
	method, path := o.target()
	address := "http://server" + path
	if query := o.query(); query != "" {
		address += "?" + query
	}
	r, err := http.NewRequest(method, address, bytes.NewReader(body))
	if err != nil || r.URL.Host != "server" {
		return nil
	}
	r.RemoteAddr = fmt.Sprintf("192.0.2.%d:%d", o.IntN(256), o.IntN(65536))
	o.headers(r.Header)
	return r
}

func (o odd) headers(h http.Header) {
	h.Set("X-Api-Key", testKey)
	if o.one(12) {
		h.Set("X-Api-Key", o.text())
	}
	choices := map[string][]string{
		"Content-Type":     {"application/json", "application/json", "application/json; charset=utf-8", "text/plain", "a/b; =", "application/x+json", ""},
		"Content-Encoding": {"gzip", "identity", "br", "gzip, gzip", "x-gzip"},
		"Accept-Encoding":  {"gzip", "*", "gzip;q=0", "gzip;q=1e400", "identity;q=0", ";;,,"},
		"If-Match":         {"*", `"a"`, `W/"a"`, `"a`, ",", ""},
		"If-None-Match":    {"*", `"a"`, `W/"a", *`, ","},
		"X-Request-Id":     {"id", "", strings.Repeat("x", 500)},
		"Accept":           {"text/html", "*/*"},
		"Range":            {"bytes=0-1", "bytes=-1"},
		"Expect":           {"100-continue"},
	}
	// in one order, so that the same seed gives the same
	for _, name := range slices.Sorted(maps.Keys(choices)) {
		switch {
		case name == "Content-Type" || o.one(4):
			h.Set(name, pick(o, choices[name]...))
		case o.one(10):
			h.Set(name, o.text())
		}
	}
}

// The words of addresses: steps of paths and ids that exist among them.
var oddSteps = []string{"v5", "logs", "prompts", "tools", "evaluators", "flows", "agents", "datasets", "files", "directories", "evaluations", "log", "versions", "root",
	"openapi.json", "healthz", "readyz", "log%2F1", "pr%201%25", "none", "..", ".", "", "%2E%2E", "%00", "%FF", "%ed%a0%80", "%F0%9F%98%80", "%2F", "%", "%zz", "a%0D%0Ab", "datapoints", "runs"}

// target is a method and a path, three times out of four such as belong together.
func (o odd) target() (method, path string) {
	if o.one(3) {
		return pick(o, "PATCH", "PATCH", "POST"), pick(o, patchPath, patchPath, "/v5/prompts/log", "/v5/agents/pr%201%25/log/log%2F1", "/v5/prompts/"+o.step()+"/log/"+o.step(),
			"/v5/evaluators", "/v5/evaluators/log", "/v5/evaluators/log", "/v5/evaluators/"+o.step(), "/v5/evaluators/"+o.step()+"/versions/"+o.step())
	}
	if !o.one(3) {
		return pick(o, "GET", "GET", "GET", "HEAD"), pick(o, logPath, logPath, "/v5/logs", "/v5/logs", "/v5/logs", "/v5/prompts", promptPath, promptPath+"/versions", "/v5/files", "/v5/directories",
			"/v5/directories/root", "/v5/evaluations", "/v5/tools", "/v5/agents/x", "/v5/logs/"+o.step(), "/v5/datasets/"+o.step()+"/versions", "/v5/openapi.json", "/readyz")
	}
	if o.one(3) {
		return "DELETE", pick(o, "/v5/logs", "/v5/logs", "/v5/evaluators/"+o.step(), "/v5/evaluators/"+o.step()+"/versions/"+o.step())
	}
	var b strings.Builder
	for range o.IntN(8) {
		b.WriteString("/" + o.step())
	}
	return pick(o, "GET", "PATCH", "POST", "DELETE", "HEAD", "PUT", "OPTIONS", "TRACE", "CONNECT", "get", "BREW"), b.String()
}

func (o odd) step() string {
	switch o.IntN(10) {
	case 0:
		return url.PathEscape(o.text())
	case 1:
		return strings.Repeat("x", o.IntN(5000))
	}
	return pick(o, oddSteps...)
}

func (o odd) query() string {
	names := []string{"file_id", "file_id", "file_id", "page", "size", "id", "search", "metadata_search", "start_date", "end_date", "sample", "in_trace_filter", "include_parent", "include_trace_children",
		"version_id", "version_status", "environment", "name", "user_filter", "sort_by", "order", "path", "type", "template", "evaluator_aggregates", "unknown"}
	values := []string{"pr 1%", "pr 1%", "1", "0", "-1", "1000", "1001", "99999999999999999999", "true", "false", "maybe", "2024-01-01", "2024-01-01T00:00:00Z", "0000-00-00", "9999-12-31T23:59:59.999999999+23:59",
		"created_at", "asc", "prompt", "a/b", "/", "", "%", "_", "\\", "'", `"`, "*", "a*b", "NEAR(", "log", "\x00", "\xff", "İ", "ß", "1e3", "NaN", " 1 "}
	var parts []string
	for range o.IntN(6) {
		value := pick(o, values...)
		if o.one(4) {
			value = o.text()
		}
		parts = append(parts, pick(o, names...)+"="+url.QueryEscape(value))
	}
	if o.one(15) {
		parts = append(parts, pick(o, "a;b=c", "%zz=1", "=", "&&", "id", "id=%", "size=1%"))
	}
	return strings.Join(parts, "&")
}

func (o odd) body() []byte {
	body := []byte(o.document())
	switch o.IntN(12) {
	case 0: // broken
		for range 1 + o.IntN(4) {
			if len(body) > 0 {
				body[o.IntN(len(body))] = byte(o.IntN(256))
			}
		}
	case 1:
		body = body[:o.IntN(len(body)+1)]
	case 2, 3:
		var buf bytes.Buffer
		gz := gzip.NewWriter(&buf)
		_, _ = gz.Write(body)
		_ = gz.Close()
		body = buf.Bytes()
		if o.one(3) {
			body = body[:o.IntN(len(body))]
		}
	case 4:
		body = []byte(o.text())
	case 5:
		return nil
	}
	return body
}

// document is a body of the right form with right and wrong members.
func (o odd) document() string {
	if o.one(20) {
		return strings.Repeat(pick(o, `[`, `{"a":`), 1+o.IntN(20_000))
	}
	if o.one(10) {
		return `{"path":"p1","prompt":{"model":"m"},"log_id":"log/1"}`
	}
	if o.one(5) {
		return o.judgment()
	}
	members := []string{}
	for range o.IntN(6) {
		f := pick(o, model.Fields()...)
		members = append(members, quoted(f.Name)+":"+o.value(3))
	}
	for _, m := range []string{`"path":"a/b"`, `"path":""`, `"id":"pr 1%"`, `"log_id":"log/1"`, `"prompt":{"model":"m"}`, `"prompt":"---\nmodel: m\n---\nhello"`, `"prompt":null`, `"save":1`, `"extra":1`,
		`"log_status":"complete"`, `"path":"\u0000"`, `"path":"a//b"`, `"path":"../.."`, `"log_id":"\ud800"`, `"user":null`} {
		if o.one(8) {
			members = append(members, m)
		}
	}
	if o.one(4) {
		members = append(members, `"path":`+quoted("p"+fmt.Sprint(o.IntN(50))), `"prompt":{"model":"m","temperature":`+fmt.Sprint(o.IntN(3))+`}`)
	}
	o.Shuffle(len(members), func(i, j int) { members[i], members[j] = members[j], members[i] })
	return "{" + strings.Join(members, ",") + "}"
}

// judgment is a judgment, or an evaluator, with right and wrong members.
func (o odd) judgment() string {
	members := []string{`"path":` + quoted("e"+fmt.Sprint(o.IntN(9)))}
	for _, m := range []string{`"parent_id":"log/1"`, `"spec":` + o.spec(), `"judgment":` + pick(o, `"good"`, `["good"]`, `[]`, `4`, `true`, `null`, o.value(2))} {
		if !o.one(6) {
			members = append(members, m)
		}
	}
	for _, m := range []string{`"id":"pr 1%"`, `"log_id":"log/2"`, `"log_id":"log/1"`, `"parent_id":"log/2"`, `"parent_id":"\ud800"`, `"marked_completed":true`, `"name":"a/b"`, `"version_name":"v"`, `"prompt":{}`} {
		if o.one(8) {
			members = append(members, m)
		}
	}
	return "{" + strings.Join(members, ",") + "}"
}

// spec is what an evaluator judges, right more often than not.
func (o odd) spec() string {
	members := []string{`"evaluator_type":` + pick(o, `"human"`, `"human"`, `"external"`, `"llm"`, `"python"`, `"robot"`, "7"), `"arguments_type":"target_free"`,
		`"return_type":` + pick(o, `"select"`, `"multi_select"`, `"number"`, `"boolean"`, `"text"`, `null`)}
	for _, m := range []string{`"options":[{"name":"good"},{"name":"bad","valence":"negative"}]`, `"number_limits":{"min":0,"max":1e400}`, `"number_limits":{"step":-1}`,
		`"options":` + o.value(2), `"number_limits":` + o.value(2), `"code":"x"`, `"prompt":{"model":"m"}`, `"instructions":` + o.value(1)} {
		if o.one(3) {
			members = append(members, m)
		}
	}
	return "{" + strings.Join(members, ",") + "}"
}

func (o odd) value(depth int) string {
	switch o.IntN(12) {
	case 0, 1:
		return quoted(o.text())
	case 2:
		return pick(o, "0", "-0", "7", "7.0", "1e400", "-1E-400", "0.10", "123456789012345678901234567890", "1e99999999999999999999")
	case 3:
		return pick(o, "null", "true", "false")
	case 4:
		return pick(o, `"2024-01-01T00:00:00Z"`, `"2024-07-19T00:29:35.178992"`, `"0001-01-01T00:00:00Z"`, `"9999-12-31T23:59:60Z"`, `"2024-13-01"`)
	case 5:
		return pick(o, `{"role":"user","content":"x"}`, `[{"role":"user","content":null}]`, `[{"role":"robot"}]`, `"auto"`, `{"type":"function","function":{"name":"f"}}`)
	case 6:
		return pick(o, `"\ud800"`, `"\u0000"`, `"\udc00\ud800"`, `"\/"`)
	}
	if depth == 0 {
		return "{}"
	}
	var parts []string
	for range o.IntN(4) {
		if depth%2 == 0 {
			parts = append(parts, o.value(depth-1))
		} else {
			parts = append(parts, quoted(o.text())+":"+o.value(depth-1))
		}
	}
	if depth%2 == 0 {
		return "[" + strings.Join(parts, ",") + "]"
	}
	return "{" + strings.Join(parts, ",") + "}"
}

// text is a text of odd characters.
func (o odd) text() string {
	var b strings.Builder
	for range o.IntN(12) {
		b.WriteString(pick(o, "a", "B", " ", "\x00", "\xff", "é", "e\u0301", "漢", "😀", "\u202e", "\ufeff", "\u2028", "%", "'", `"`, "\\", "\n", "\r\n", "\x1b[31m", "İ", "ſ", "select", "*"))
	}
	if o.one(50) {
		return strings.Repeat(b.String()+"x", 500)
	}
	return b.String()
}

// quoted is a text as JSON, its wrong bytes kept.
func quoted(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for i := range len(text) {
		switch c := text[i]; {
		case c == '"' || c == '\\':
			b.WriteString(`\` + string(c))
		case c < ' ':
			fmt.Fprintf(&b, `\u%04x`, c)
		default:
			b.WriteByte(c)
		}
	}
	return b.String() + `"`
}
