package sample

import (
	"bytes"
	"encoding/base64"
	"image/png"
	"regexp"
	"slices"
	"strings"
	"testing"

	"errata/model"
	"errata/model/jsonraw"
)

func parsed(t *testing.T) []*model.Log {
	t.Helper()
	var list []*model.Log
	for i, raw := range Logs() {
		log, err := model.ParseLog(raw)
		if err != nil {
			t.Fatalf("log %d: %v", i, err)
		}
		list = append(list, log)
	}
	return list
}

func TestLogsAreDistinctAndComplete(t *testing.T) {
	t.Parallel()
	logs := parsed(t)
	if len(logs) < 24 {
		t.Errorf("only %d logs", len(logs))
	}
	id := regexp.MustCompile(`^log_[A-Za-z0-9]{21}$`)
	seen := map[string]bool{}
	for _, log := range logs {
		head := log.Head()
		if seen[head.ID] || !id.MatchString(head.ID) {
			t.Errorf("id %q is odd, or there twice", head.ID)
		}
		seen[head.ID] = true
		if head.Kind != "prompt" || head.PromptID == "" || head.PromptPath == "" || head.VersionID == "" || head.Model == "" {
			t.Errorf("%s: head %+v", head.ID, head)
		}
		if err := jsonraw.Check(log.Bytes()); err != nil {
			t.Errorf("%s: %v", head.ID, err)
		}
		if log.Member("evaluator_logs").Kind() != jsonraw.Array {
			t.Errorf("%s has no list of evaluator logs", head.ID)
		}
	}
}

// half is an escape that may be half of a surrogate pair.
var half = regexp.MustCompile(`(?i)\\u(d[89ab]..)(\\ud[c-f]..)?|\\ud[c-f]..`)

// TestAnyJQReadsThem looks for what stops jq 1.6 in the middle of a pipeline: half of a surrogate
// pair.
func TestAnyJQReadsThem(t *testing.T) {
	t.Parallel()
	for _, raw := range Logs() {
		for _, found := range half.FindAllSubmatch(raw, -1) {
			if len(found[2]) == 0 {
				t.Errorf("%s stands in %.60s", found[0], raw)
			}
		}
	}
}

func TestValuesPassTheirChecks(t *testing.T) {
	t.Parallel()
	for _, log := range parsed(t) {
		for _, f := range model.Fields() {
			for _, p := range f.Check(log.Value(f)) {
				if !p.Warn {
					t.Errorf("%s: %s: %s", log.Head().ID, f.Name, p.Msg)
				}
			}
			if why := log.Locked(f); why != "" {
				t.Errorf("%s: %s is locked: %s", log.Head().ID, f.Name, why)
			}
		}
	}
}

func TestEveryFieldIsSetSomewhereAndNullSomewhere(t *testing.T) {
	t.Parallel()
	logs := parsed(t)
	for _, f := range model.Fields() {
		set := slices.ContainsFunc(logs, func(l *model.Log) bool { return l.Value(f).IsSet() })
		null := slices.ContainsFunc(logs, func(l *model.Log) bool { return l.Value(f).IsNull() })
		if !set || !null {
			t.Errorf("%s: set somewhere %v, null somewhere %v", f.Name, set, null)
		}
	}
	if !slices.ContainsFunc(logs, func(l *model.Log) bool {
		return slices.ContainsFunc(model.Fields(), func(f *model.Field) bool { return l.Value(f).IsAbsent() })
	}) {
		t.Error("no field is absent anywhere")
	}
}

func TestNewestIsLast(t *testing.T) {
	t.Parallel()
	created, ok := model.Lookup("created_at")
	if !ok {
		t.Fatal("no field created_at")
	}
	last := ""
	for _, log := range parsed(t) {
		text, ok := log.Value(created).Text()
		if !ok {
			continue
		}
		when, _, err := model.ParseTime(text)
		if err != nil {
			t.Errorf("%q: %v", text, err)
		}
		stamp := when.UTC().Format("2006-01-02T15:04:05.000000")
		if stamp < last || stamp < "2025-08-01" || stamp > "2025-10-01" {
			t.Errorf("%s after %s", stamp, last)
		}
		last = stamp
	}
}

func TestNewestRowsReadWell(t *testing.T) {
	t.Parallel()
	logs := parsed(t)
	slices.Reverse(logs)
	for _, log := range logs[:8] {
		row := log.Summarize()
		if row.Created == "" || row.Model == "" || row.Tokens == "" || row.Cost == "" || row.Latency == "" || len(row.Output) < 30 {
			t.Errorf("a row with a gap: %+v", row)
		}
	}
}

func TestPrompts(t *testing.T) {
	t.Parallel()
	versions := map[string]bool{}
	for i, raw := range Prompts() {
		members, err := jsonraw.Members(raw)
		if err != nil {
			t.Fatalf("prompt %d: %v", i, err)
		}
		for _, name := range []string{"path", "id", "model", "name", "version_id", "created_at", "updated_at", "last_used_at", "version_logs_count", "total_logs_count", "inputs", "environments"} {
			if m, ok := jsonraw.Find(members, name); !ok || m.Kind == jsonraw.Null {
				t.Errorf("prompt %d lacks %s", i, name)
			}
		}
		m, _ := jsonraw.Find(members, "id")
		versions[string(m.Val.Of(raw))] = true
	}
	if len(versions) < 4 || len(versions) != len(Prompts()) {
		t.Errorf("%d prompts, %d of them different", len(Prompts()), len(versions))
	}
	for _, log := range parsed(t) {
		members, err := jsonraw.Members(log.Member("prompt").Bytes())
		if err != nil {
			t.Fatal(err)
		}
		m, _ := jsonraw.Find(members, "id")
		if !versions[string(m.Val.Of(log.Member("prompt").Bytes()))] {
			t.Errorf("%s belongs to a prompt that is not listed", log.Head().ID)
		}
	}
}

// TestVariety looks for what the samples are there to show.
func TestVariety(t *testing.T) {
	t.Parallel()
	logs := parsed(t)
	field := func(l *model.Log, name string) model.Value {
		f, ok := model.Lookup(name)
		if !ok {
			t.Fatalf("no field %q", name)
		}
		return l.Value(f)
	}
	text := func(l *model.Log, name string) string {
		s, _ := field(l, name).Text()
		return s
	}
	raw := func(name, pattern string) func(*model.Log) bool {
		re := regexp.MustCompile(pattern)
		return func(l *model.Log) bool { return re.Match(field(l, name).Bytes()) }
	}
	says := func(name, pattern string) func(*model.Log) bool {
		re := regexp.MustCompile(pattern)
		return func(l *model.Log) bool { return re.MatchString(text(l, name)) }
	}
	member := func(name, pattern string) func(*model.Log) bool {
		re := regexp.MustCompile(pattern)
		return func(l *model.Log) bool { return re.Match(l.Member(name).Bytes()) }
	}
	for what, found := range map[string]func(*model.Log) bool{
		"several turns": func(l *model.Log) bool {
			return strings.Count(string(field(l, "messages").Bytes()), `"role": "user"`) > 2
		},
		"system prompt": raw("messages", `"role": "system"`), "developer": raw("messages", `"role": "developer"`),
		"parallel calls":       raw("messages", `"tool_calls": \[\{.*?\}\}, \{`),
		"tool results":         raw("messages", `"tool_call_id": "call_`),
		"call without results": func(l *model.Log) bool { return raw("output_message", `"tool_calls": \[\{`)(l) },
		"arguments cut off":    raw("output_message", `"arguments": "[^}]*[^}]"\}\}`),
		"call without any":     raw("messages", `"function": \{"name": "[a-z_]+"\}`),
		"named author":         raw("messages", `"name": "north_desk"`),
		"choice none":          raw("tool_choice", `^"none"$`),
		"choice auto":          raw("tool_choice", `^"auto"$`),
		"choice required":      raw("tool_choice", `^"required"$`),
		"choice of a function": raw("tool_choice", `"type": "function"`),
		"stack trace":          func(l *model.Log) bool { return says("error", `Traceback`)(l) && field(l, "output").IsNull() },
		"rate limit":           func(l *model.Log) bool { return says("error", `429`)(l) && field(l, "output").IsNull() },
		"thinking":             raw("output_message", `"type": "thinking"`),
		"redacted thinking":    raw("output_message", `"type": "redacted_thinking"`),
		"image by address":     raw("messages", `"url": "https://images\.example\.com/`),
		"long output":          func(l *model.Log) bool { return len(text(l, "output")) > 40<<10 },
		"tabs in code":         says("output", `\n\t\t"?[a-z]`),
		"CRLF":                 says("output", `\r\n.*\r\n`),
		"Japanese":             says("output", `\p{Hiragana}`),
		"Arabic":               says("output", `\p{Arabic}`),
		"Hebrew":               says("output", `\p{Hebrew}`),
		"Hindi":                says("output", `\p{Devanagari}`),
		"Thai":                 says("output", `\p{Thai}`),
		"Korean":               says("output", `\p{Hangul}`),
		"emoji sequence":       says("output", "\u200d"),
		"combining marks":      says("output", `[a-z]\p{Mn}{2}`),
		"escaped text":         raw("output", `\\u96fb`),
		"small cost":           raw("prompt_cost", `^1e-07$`),
		"negative cost":        raw("output_cost", `^-0\.10$`),
		"large integer":        raw("prompt_tokens", `^9007199254740993$`),
		"exponent":             raw("provider_latency", `^1E\+2$`),
		"naive time":           says("created_at", `\.\d{6}$`),
		"UTC time":             says("created_at", `\.\d{6}Z$`),
		"time with an offset":  says("start_time", `\.\d{6}\+02:00$`),
		"colours":              says("stdout", "\x1b\\[31m"),
		"clipboard escape":     says("stdout", "\x1b\\]52;"),
		"C1":                   says("stdout", "\u009b"),
		"bidi override":        says("stdout", "\u202e"),
		"zero width":           says("stdout", "\u200b"),
		"NUL":                  says("stdout", "\x00"),
		"deep metadata":        raw("metadata", `(\{"[a-z]+": ){5}`),
		"empty name":           raw("metadata", `"": "`),
		"unknown member":       member("region", `.`),
		"unknown in a message": raw("messages", `"client_id"`),
		"judgment":             member("evaluator_logs", `"judgment": true`),
		"number as judgment":   member("evaluator_logs", `"judgment": 0\.75`),
		"trace":                member("trace_id", `"log_`),
		"empty texts":          func(l *model.Log) bool { return string(field(l, "output").Bytes()) == `""` },
		"other order":          func(l *model.Log) bool { return bytes.HasPrefix(l.Bytes(), []byte(`{"id"`)) },
	} {
		if !slices.ContainsFunc(logs, found) {
			t.Errorf("no log shows: %s", what)
		}
	}
	if !slices.ContainsFunc(logs, func(l *model.Log) bool { return holdsPicture(t, field(l, "messages").Bytes()) }) {
		t.Error("no log holds a picture")
	}
}

// holdsPicture reports whether there is a data URL in messages; it must be a PNG that opens.
func holdsPicture(t *testing.T, messages []byte) bool {
	t.Helper()
	found := regexp.MustCompile(`data:image/png;base64,([A-Za-z0-9+/=]+)`).FindSubmatch(messages)
	if found == nil {
		return false
	}
	data, err := base64.StdEncoding.DecodeString(string(found[1]))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := png.Decode(bytes.NewReader(data)); err != nil {
		t.Error(err)
	}
	return true
}

// TestNothingReal keeps addresses of the world out of the samples.
func TestNothingReal(t *testing.T) {
	t.Parallel()
	for _, text := range [][]byte{logs, prompts} {
		for _, url := range regexp.MustCompile(`https?://[^/"\\ ]+`).FindAllString(string(text), -1) {
			if !strings.HasSuffix(url, "example.com") {
				t.Errorf("an address: %s", url)
			}
		}
		if regexp.MustCompile(`[\w.]+@[\w]+\.\w`).Match(text) {
			t.Error("a mail address")
		}
	}
}
