package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"errata/ui/cli"
)

// camelLog is a log as Humanloop's package for JavaScript writes it.
const camelLog = `{"id":"log_a","createdAt":"2025-03-09T02:30:00.123Z","promptTokens":60,"finishReason":"tool_calls",` +
	`"outputMessage":{"role":"assistant","toolCalls":[{"id":"call_1","type":"function","function":{"name":"read","arguments":"{}"}}]},` +
	`"inputs":{"portName":"Hull"},"providerResponse":{"stopReason":"tool_use"},"evaluatorLogs":[],` +
	`"prompt":{"id":"pr_1","path":"tides","versionId":"prv_1","model":"m","tools":[{"name":"read","parameters":{"pageNo":1}}]}}`

// twoNames is a log that has its fields, and beside them a member that is named alike.
const twoNames = `{"id":"log_b","created_at":"2025-03-09T02:30:00","createdAt":"2025-03-09T02:30:00.000Z","prompt_tokens":60,"metadata":{"createdAt":1},"prompt":{"id":"pr_1"}}`

// TestImportOfNamesInCamelCase says that they are not fields, keeps them as they came, and takes the
// log once the names are made as its help says.
func TestImportOfNamesInCamelCase(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path, db := filepath.Join(dir, "logs.jsonl"), filepath.Join(dir, "errata.db")
	write := func(lines ...string) {
		if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	const warning = "in camelCase"
	write(twoNames)
	if got := run(t, nil, "--db", db, "import", path); got.code != 0 || strings.Contains(got.stderr, warning) {
		t.Errorf("fields that are there are doubted: %s", got.stderr)
	}
	write(camelLog, twoNames, strings.Replace(camelLog, "log_a", "log_c", 1))
	run(t, nil, "--db", db, "import", path).wants(t, 0, "warning: 2 logs are written with names "+warning+" (createdAt, promptTokens, finishReason, …)")
	run(t, nil, "--db", db, "import", path).wants(t, 0, "3 of them there already", "warning: 2 logs")
	if got := run(t, nil, "--db", db, "get", "log_a"); got.stdout != camelLog+"\n" {
		t.Errorf("it is not as it came: %s", got.stdout)
	}

	_, rest, _ := strings.Cut(run(t, nil, "help", "import").stdout, "jq -c '")
	program, _, found := strings.Cut(rest, "' logs.json | errata import -")
	if !found {
		t.Fatal("the help has no line of jq")
	}
	write(run(t, nil, "--db", db, "get", "log_a", "-q", program).stdout)
	if got := run(t, nil, "--db", db, "import", path); got.code != 0 || strings.Contains(got.stderr, warning) || !strings.Contains(got.stderr, "1 replaced") {
		t.Errorf("with other names: %s", got.stderr)
	}
	for at, want := range map[string]string{
		"created_at":    "2025-03-09T02:30:00.123Z",
		"prompt_tokens": "60",
		"finish_reason": "tool_calls",
		"output_message.tool_calls[0].function.name": "read",
		"inputs.portName":                                 "Hull",
		"provider_response.stopReason":                    "tool_use",
		"prompt.version_id":                               "prv_1",
		"prompt.tools[0].parameters.pageNo":               "1",
		"output_message.tool_calls[0].id":                 "call_1",
		"output_message.tool_calls[0].function.arguments": "{}",
	} {
		if got := run(t, nil, "--db", db, "get", "log_a", at); strings.TrimSpace(got.stdout) != want {
			t.Errorf("%s is %q, want %q; %s", at, got.stdout, want, got.stderr)
		}
	}
}

// TestNamesInCamelCaseToAServer sends no log that would be there without its fields.
func TestNamesInCamelCaseToAServer(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "logs.jsonl")
	if err := os.WriteFile(path, []byte(camelLog+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	r := newRemote(t)
	withKey := func(e *cli.Env) { e.Environ = append(e.Environ, "ERRATA_BASE_URL=http://127.0.0.1:1/v5") }
	run(t, withKey, "import", path, "--to", r.URL+"/v5").wants(t, 1, path+":1: its names are in camelCase (createdAt, promptTokens, finishReason, …)", "1 line refused")
	run(t, withKey, "--base-url", r.URL+"/v5", "get", "log_a").wants(t, 6)
}
