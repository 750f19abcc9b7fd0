package config

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
)

func TestAPIKey(t *testing.T) {
	t.Parallel()
	const server = "[profiles.default]\nbase_url = 'https://a.example/v5'\n"
	for name, tc := range map[string]struct {
		file  string
		flags Flags
		env   []string
		want  string
		err   string
	}{
		"none":               {file: server},
		"environment":        {file: server + "api_key = 'test-file'", env: []string{"ERRATA_API_KEY= test-env\n"}, want: "test-env"},
		"old variable":       {file: server, env: []string{"HUMANLOOP_API_KEY=test-old"}, want: "test-old"},
		"first variable":     {file: server, env: []string{"HUMANLOOP_API_KEY=test-old", "ERRATA_API_KEY=test-env"}, want: "test-env"},
		"in the file":        {file: server + "api_key = 'test-file'", want: "test-file"},
		"key file":           {file: server + "api_key_file = 'key'", want: "test-beside"},
		"marked key file":    {file: server + "api_key_file = 'marked'", want: "test-marked"},
		"wide key file":      {file: server + "api_key_file = 'wide'", want: "k"},
		"missing key file":   {file: server + "api_key_file = 'nowhere'", err: "(api_key_file): open "},
		"empty key file":     {file: server + "api_key_file = 'empty'", err: "(api_key_file): it gives an empty key"},
		"command":            {file: server + "api_key_command = ['printf', ' test-%s \\nsecond line', 'cmd']", want: "test-cmd"},
		"command as words":   {file: server + `api_key_command = "sh -c 'echo test-\"$WORD\"'"`, env: []string{"WORD=shell"}, want: "test-shell"},
		"failing command":    {file: server + `api_key_command = "sh -c 'echo locked >&2; exit 3'"`, err: `(api_key_command): "sh" failed: exit status 3; run it by itself to see why`},
		"words with the key": {file: server + `api_key_command = ['sh', '-xc', 'echo test-key; echo test-key >&2; exit 3']`, err: `"sh" failed: exit status 3; run it by itself to see why`},
		"silent failure":     {file: server + `api_key_command = "false"`, err: `"false" failed: exit status 1`},
		"no such command":    {file: server + `api_key_command = "no-such-command-here"`, err: `"no-such-command-here" failed: executable file not found`},
		"keyring":            {file: server + "keyring = true", want: "test-ring-errata-default"},
		"keyring off":        {file: server + "keyring = false"},
		"other host":         {file: server + "api_key = 'test-file'", flags: Flags{BaseURL: "https://b.example/v5"}, err: "the API key of profile default is for https://a.example and is not sent to https://b.example: set ERRATA_API_KEY for that server"},
		"other port":         {file: server + "api_key = 'test-file'", env: []string{"ERRATA_BASE_URL=https://a.example:444"}, err: "is not sent to https://a.example:444"},
		"other scheme":       {file: server + "api_key = 'test-file'", flags: Flags{BaseURL: "http://a.example"}, err: "is not sent to http://a.example"},
		"same server":        {file: server + "api_key = 'test-file'", flags: Flags{BaseURL: "https://A.example:443/other"}, want: "test-file"},
		"environment, other": {file: server + "api_key = 'test-file'", flags: Flags{BaseURL: "https://b.example"}, env: []string{"ERRATA_API_KEY=test-env"}, want: "test-env"},
		"profile without":    {file: "[profiles.default]\napi_key = 'test-file'", flags: Flags{BaseURL: "https://b.example"}, want: "test-file"},
		"odd base_url":       {file: "[profiles.default]\nbase_url = 3\napi_key = 'test-file'", flags: Flags{BaseURL: "https://b.example"}, err: "is not sent to https://b.example"},
		"embedded":           {file: "[profiles.default]\napi_key_command = 'false'"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t, tc.file)
			for file, text := range map[string]string{"key": "test-beside\nsecond line", "empty": "\n",
				"marked": "\xef\xbb\xbftest-marked\r\n", "wide": "\xff\xfek\x00\r\x00\n\x00"} {
				if err := os.WriteFile(filepath.Join(filepath.Dir(p.file), file), []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			c := p.load(t, tc.flags, tc.env...)
			c.keyring = func(service, account string) (string, error) { return "test-ring-" + service + "-" + account, nil }
			key, err := c.APIKey(t.Context())
			if key.Reveal() != tc.want || key.IsSet() != (tc.want != "") {
				t.Errorf("key %q, want %q", key.Reveal(), tc.want)
			}
			if err != nil && strings.Contains(err.Error(), "test-key") {
				t.Errorf("the key is told: %v", err)
			}
			var refused *KeyError
			if (tc.err != "") != errors.As(err, &refused) || tc.err != "" && !strings.Contains(err.Error(), tc.err) {
				t.Errorf("error %v, want %q", err, tc.err)
			}
		})
	}
}

func TestKeyInOpenFile(t *testing.T) {
	t.Parallel()
	for name, file := range map[string]string{
		"api_key": "[profiles.default]\n\napi_key = 'test-file'\n",
		"db":      "[profiles.default]\n\ndb = 'postgres://me:test-word@db.example/x'\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t, file)
			p.load(t, nil)
			if err := os.Chmod(p.file, 0o640); err != nil {
				t.Fatal(err)
			}
			_, err := Load(nil, p.env)
			want := p.file + ":3: " + name + ": this file holds a secret that other users may read: run chmod 600 on it"
			if err == nil || err.Error() != want {
				t.Errorf("error %v, want %s", err, want)
			}
		})
	}
}

func TestCommandIsStopped(t *testing.T) {
	t.Parallel()
	start := time.Now()
	// The grandchild keeps the output open after its parent is gone.
	_, err := run(t.Context(), []string{"sh", "-c", "sleep 60 & wait"}, os.Environ(), 50*time.Millisecond)
	if err == nil || err.Error() != `"sh" did not end within 50ms` {
		t.Errorf("error %v", err)
	}
	if took := time.Since(start); took > 20*time.Second {
		t.Errorf("stopped after %v", took)
	}
}

func TestKeyringThatHangs(t *testing.T) {
	t.Parallel()
	release := make(chan struct{})
	defer close(release)
	hang := func(string, string) (string, error) { <-release; return "late", nil }
	if _, err := askKeyring(t.Context(), hang, "work", time.Millisecond); err == nil || !strings.Contains(err.Error(), "did not answer") {
		t.Errorf("error %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := askKeyring(ctx, hang, "work", time.Hour); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestCancelledWhileFetching(t *testing.T) {
	t.Parallel()
	c := newPlace(t, "[profiles.default]\nbase_url = 'https://a.example'\napi_key_command = 'sleep 60'\n").load(t, nil)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := c.APIKey(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

func TestWords(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"pass show x":         {"pass", "show", "x"},
		"  a \t b\n":          {"a", "b"},
		`'a b' "c d" e\ f`:    {"a b", "c d", "e f"},
		`"a\"b\\c\d" 'e\f'`:   {`a"b\c\d`, `e\f`},
		`a'b'"c"`:             {"abc"},
		`x '' ""`:             {"x", "", ""},
		"op read op://a/b/$c": {"op", "read", "op://a/b/$c"},
		`open 'quote`:         nil,
		`end\`:                nil,
		"":                    nil,
		"''":                  nil,
	} {
		got, ok := argv(text)
		if ok != (want != nil) || ok && !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %q, %v", text, got, ok)
		}
	}
}

func TestSecretDoesNotPrint(t *testing.T) {
	t.Parallel()
	const text = "test-secret"
	s := newSecret(text)
	around := struct{ inner Secret }{s}
	var log strings.Builder
	slog.New(slog.NewTextHandler(&log, nil)).Info("message", "key", s, "around", around)
	asJSON, err := json.Marshal(map[string]any{"key": s})
	if err != nil {
		t.Fatal(err)
	}
	printed := []string{s.String(), s.GoString(), log.String(), string(asJSON)}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d", "%T"} {
		printed = append(printed, fmt.Sprintf(verb, s), fmt.Sprintf(verb, &s), fmt.Sprintf(verb, around), fmt.Sprintf(verb, []Secret{s}))
	}
	for _, p := range printed {
		if strings.Contains(p, text) || strings.Contains(p, fmt.Sprintf("%x", text)) {
			t.Errorf("it shows: %s", p)
		}
	}
	if s.Reveal() != text || !s.IsSet() || fmt.Sprint(s) != "***" || newSecret("").IsSet() || (Secret{}).Reveal() != "" {
		t.Error("a secret is not what it should be")
	}
}

func TestExplainHidesSecrets(t *testing.T) {
	t.Parallel()
	p := newPlace(t, "[profiles.default]\nbase_url = 'https://a.example'\napi_key = 'test-hidden'\n")
	c := p.load(t, nil, "ERRATA_DB=postgres://me:test-hidden@db.example/x?sslpassword=test-hidden&sslmode=require", "ERRATA_SERVE_API_KEY=test-hidden")
	all := fmt.Sprintf("%+v %+v %v %#v", c.Explain(), c, struct{ c *Config }{c}, c)
	if strings.Contains(all, "test-hidden") {
		t.Errorf("a secret shows in %s", all)
	}
	if r := row(t, c, DB); r.Value != "postgres://me:***@db.example/x?sslmode=require&sslpassword=***" || r.Note != "not used: a server is" {
		t.Errorf("database: %+v", r)
	}
	if r := row(t, c, APIKey); r.Value != "set" || r.Source != "profile default in "+p.file+" (api_key)" || r.Note != "" {
		t.Errorf("key: %+v", r)
	}
	if r := row(t, c, ServeAPIKey); r.Value != "set" || r.Source != "environment ERRATA_SERVE_API_KEY" || c.ServeAPIKey().Reveal() != "test-hidden" {
		t.Errorf("serve key: %+v", r)
	}
	if r := row(t, p.load(t, Flags{BaseURL: "https://b.example"}), APIKey); r.Note != "not sent: the profile is for another server" {
		t.Errorf("withheld key: %+v", r)
	}
	if r := row(t, p.load(t, Flags{DB: "x"}), APIKey); r.Note != "not used: the embedded store needs none" {
		t.Errorf("embedded: %+v", r)
	}
	if r := row(t, newPlace(t, "").load(t, nil), APIKey); r.Value != "not set" || r.Source != "default" {
		t.Errorf("no key: %+v", r)
	}
}

func TestRedactDatabase(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"/data/errata.db":                     "/data/errata.db",
		"postgres://me@db.example/x":          "postgres://me@db.example/x",
		"postgres://me:pw@db.example/x":       "postgres://me:***@db.example/x",
		"postgres://db.example/x?password=pw": "postgres://db.example/x?password=***",
		"postgres://me:p%w@db.example/x":      "***",
		"postgres://me:pw@db.example/x?a=%zz": "postgres://me:***@db.example/x",
	} {
		if got := redactDatabase(text); got != want {
			t.Errorf("%s shows as %s, want %s", text, got, want)
		}
	}
}
