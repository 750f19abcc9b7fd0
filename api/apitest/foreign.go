package apitest

import (
	"bytes"
	"errors"
	"testing"

	"errata/api"
	"errata/model"
)

// The log of this seed has an output that is not a string, and messages in the shapes of other
// programs.
const foreignLog, foreignPrompt = "log_foreign", "pr_foreign"

// testForeign checks that a PATCH is refused for the wrong values that it brings in, and not for
// those that the log had before.
func testForeign(t *testing.T, open opener) {
	messages, output := model.PromptMessages, model.Output
	const user, function, item = `{"role":"user","content":"teh"}`, `{"role":"function","name":"f","content":"42"}`, `{"type":"reasoning","id":"r"}`
	seed := func(t *testing.T) Seed {
		return Seed{Logs: [][]byte{file(t, "foreign.json")}}
	}
	for name, body := range map[string][]byte{
		"the others mended":   object(messages.Name, `[{"role":"user","content":"the"},`+function+`,`+item+`]`),
		"moved and rewritten": object(messages.Name, `[ {"id":"r", "type":"reasoning"},{"content":"42","name":"f","role":"f\u0075nction"},`+user+`]`),
		"it itself mended":    object(messages.Name, `[`+user+`,{"role":"function","name":"f","content":"43"}]`),
		"the type mended":     object(output.Name, `"text"`),
		"the same once more":  object(output.Name, `{"wrong":  1}`),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			svc := open(t, seed(t))
			if _, err := svc.UpdateLog(t.Context(), foreignPrompt, foreignLog, body, ""); err != nil {
				t.Error(err)
			}
		})
	}
	for name, body := range map[string][]byte{
		"one more":           object(messages.Name, `[`+function+`,`+function+`]`),
		"another role":       object(messages.Name, `[`+user+`,{"role":"robot","name":"f","content":"42"}]`),
		"another wrong type": object(output.Name, `{"wrong":2}`),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			svc := open(t, seed(t))
			before := get(t, svc, foreignLog)
			_, err := svc.UpdateLog(t.Context(), foreignPrompt, foreignLog, body, "")
			wantCode(t, err, api.Invalid)
			if !bytes.Equal(get(t, svc, foreignLog), before) {
				t.Error("a refused patch changed the log")
			}
			if _, err := svc.UpdateLog(api.WithLenient(t.Context()), foreignPrompt, foreignLog, body, ""); err != nil {
				t.Errorf("what is brought back is refused: %v", err)
			}
			_, err = svc.UpdateLog(api.WithLenient(t.Context()), foreignPrompt, foreignLog, []byte(`{"a":`), "")
			var e *api.Error
			if !errors.As(err, &e) || e.Code != api.Invalid {
				t.Errorf("no JSON is taken: %v", err)
			}
		})
	}
}
