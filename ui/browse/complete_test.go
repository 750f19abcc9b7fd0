package browse

import (
	"context"
	"strings"
	"testing"
)

// Words that need quotes get them, what was started with a quote is completed, and so is what is in
// logs of the store that are not listed.
func TestCompleteWhatNeedsQuotes(t *testing.T) {
	t.Parallel()
	list := docs(3)
	list[0] = strings.Replace(list[0], `"error":null`, `"error":null,"metadata":{"set":"brick ovens","a b":1}`, 1)
	for _, c := range []struct{ typed, want string }{
		{"--prompt my", "--prompt 'my team/ask'"},
		{"--prompt 'my te", "--prompt 'my team/ask'"},
		{"--prompt=my", "--prompt='my team/ask'"},
		{"ice --errors --prompt te", "ice --errors --prompt tea"},
		{"--prompt it", `--prompt "it's/ask"`},
		{"--metadata bri", "--metadata 'brick ovens'"},
		{"--metadata 'brick o", "--metadata 'brick ovens'"},
		{`--where .metadata["a `, `--where .metadata["a b"]`},
		{"--where (.metadata.s", "--where (.metadata.set"},
		{"--where '.metadata.s", "--where '.metadata.set"},
		{`--where .metadata.set == "bri`, `--where .metadata.set == "brick ovens"`},
		{`--where .metadata.set == "brick o`, `--where .metadata.set == "brick ovens"`},
		{`--where .metadata["a b"] == `, `--where .metadata["a b"] == 1`},
		{`--where (.error != null) and .metadata.set == "b`, `--where (.error != null) and .metadata.set == "brick ovens"`},
		{"--where .metadata.far", "--where .metadata.faraway"},
		{`--where .metadata.faraway == "n`, `--where .metadata.faraway == "north"`},
		{"--metadata nor", "--metadata north"},
	} {
		d := drive(t, &shelf{t: t, docs: list}, 80, 24)
		d.o.Stored = func(_ context.Context, take func([]byte)) { take([]byte(`{"metadata":{"faraway":"north"}}`)) }
		d.press("/")
		d.prompts = append(d.prompts, Prompt{ID: "pr_7", Path: "my team/ask"}, Prompt{ID: "pr_8", Path: "it's/ask"})
		d.typing(c.typed)
		d.press("tab")
		if got := d.line.in.Text(); got != c.want {
			t.Errorf("%q is completed as %q, want %q", c.typed, got, c.want)
		}
	}
}
