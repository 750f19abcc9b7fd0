package cli_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"errata/model"
	"errata/ui/draft"
)

func unsavedChange(ts *testscript.TestScript, _ bool, args []string) {
	d, err := typeInto(stateOf(ts.Getenv("HOME")), args[0], args[1], args[2], args[3], args[4])
	ts.Check(err)
	ts.Check(d.Close(context.Background()))
}

// typeInto makes a draft in which a field was changed from a literal to a text, and holds it.
func typeInto(dir, server, logID, name, literal, text string) (*draft.Draft, error) {
	d, _, err := draft.New(dir, draft.Options{}).Take(context.Background(), draft.Identity{Server: server, LogID: logID, PromptID: "pr_1"}, false)
	if err != nil {
		return nil, err
	}
	f, _ := model.Lookup(name)
	base := model.Raw([]byte(literal))
	var edit model.Edit
	if edit.Value, err = f.Parse(text, base); err != nil {
		edit = model.Edit{Text: text, Err: err}
	}
	return d, d.Append(draft.Step{Field: f, Base: base, After: &edit})
}

func TestADraftThatIsOpenStays(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	d, err := typeInto(stateOf(dir), "https://logs.example/v5", "log_a", "output", `"a"`, "b")
	if err != nil {
		t.Fatal(err)
	}
	if got := run(t, living(dir), "drafts").stdout; !strings.Contains(got, "  open  output: ") {
		t.Errorf("drafts: %s", got)
	}
	if got := run(t, living(dir), "drafts", "--json").stdout; !strings.Contains(got, `"open":true,"process":`) {
		t.Errorf("JSON: %s", got)
	}
	for _, what := range []string{"log_a", "--all"} {
		run(t, living(dir), "drafts", "discard", what).wants(t, 1, "the draft of log log_a stays: another errata")
	}
	if err := d.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	run(t, living(dir), "drafts", "discard", "log_a").wants(t, 0, "discarded the draft of log log_a")
}

func TestDiscardAsks(t *testing.T) {
	for _, c := range []struct {
		typed string
		args  []string
		gone  bool
	}{
		{"n\n", []string{"log_a"}, false},
		{"", []string{"--all"}, false},
		{"y\n", []string{"log_a"}, true},
		{"y\n", []string{"--all"}, true},
		{"", []string{"log_a", "--yes"}, true},
	} {
		t.Run(strings.Join(append(c.args, c.typed), " "), func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			d, err := typeInto(stateOf(dir), "https://logs.example/v5", "log_a", "output", `"a"`, "b\x1b[2J")
			if err != nil {
				t.Fatal(err)
			}
			if err := d.Close(t.Context()); err != nil {
				t.Fatal(err)
			}
			got := run(t, both(living(dir), typing(c.typed)), append([]string{"drafts", "discard"}, c.args...)...)
			if (got.code == 0) != c.gone {
				t.Errorf("exit code %d: %s", got.code, got.stderr)
			}
			if asked := strings.Contains(got.stderr, "discard for good? [y/N] "); asked == (len(c.args) == 2) {
				t.Errorf("asked: %v", asked)
			}
			if strings.Contains(got.stderr, "\x1b") {
				t.Errorf("text of the log reached the terminal: %q", got.stderr)
			}
			if kept := run(t, living(dir), "drafts").stdout != ""; kept == c.gone {
				t.Errorf("kept: %v", kept)
			}
		})
	}
}

// TestADraftIsShownUpToTheLastKey is one whose editor was open when its process ended.
func TestADraftIsShownUpToTheLastKey(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	d, err := typeInto(stateOf(dir), "https://logs.example/v5", "log_a", "error", "null", "late")
	if err != nil {
		t.Fatal(err)
	}
	output, _ := model.Lookup("output")
	err = d.Append(draft.Open{Field: output, Text: []byte("a")}, draft.Splice{At: 1, Ins: []byte("b\nc")})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	got := run(t, living(dir), "drafts", "show", "log_a")
	got.wants(t, 0)
	if want := "output\n  · no value yet: it was still being typed\n  + ab\n  + c\nerror: null → \"late\"\n  · was null\n  + late\n\nPATCH /prompts/pr_1/log/log_a\n{\"error\":\"late\"}\n"; got.stdout != want {
		t.Errorf("shown\n%s\nwant\n%s", got.stdout, want)
	}
}

// TestAHalfTypedEntryIsShown is of an outline in which a new member was being typed when its
// process ended.
func TestAHalfTypedEntryIsShown(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	d, err := typeInto(stateOf(dir), "https://logs.example/v5", "log_a", "error", "null", "late")
	if err != nil {
		t.Fatal(err)
	}
	metadata, _ := model.Lookup("metadata")
	base := []byte(`{"n":1}`)
	err = d.Append(draft.Open{Field: metadata, Base: model.Raw(base), Text: base, Literal: true},
		draft.Enter{Place: "/1#entry", Path: []int{1 << 30}}, draft.Splice{Ins: []byte("reviewed=tr")})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	got := run(t, living(dir), "drafts")
	if got.wants(t, 0); !strings.Contains(got.stdout, `metadata + "reviewed=tr" (it was still being typed)`) {
		t.Errorf("listed\n%s", got.stdout)
	}
	got = run(t, living(dir), "drafts", "show", "log_a")
	if got.wants(t, 0); !strings.HasSuffix(got.stdout, "\n\nstill being typed in metadata: reviewed=tr\n") {
		t.Errorf("shown\n%s", got.stdout)
	}
	got = run(t, living(dir), "drafts", "--json")
	if got.wants(t, 0); !strings.Contains(got.stdout, `"entry":{"field":"metadata","text":"reviewed=tr"}`) {
		t.Errorf("JSON\n%s", got.stdout)
	}
}

// TestADamagedDraftIsNamed is of one that lost its last bytes, and one of which nothing can be
// read.
func TestADamagedDraftIsNamed(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	d, err := typeInto(stateOf(dir), "https://logs.example/v5", "log_a", "output", `"a"`, "b")
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	files, _ := filepath.Glob(filepath.Join(stateOf(dir), "drafts", "*.draft"))
	file, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	damage := func(content string) {
		if err := os.WriteFile(files[0], []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	damage(string(file) + "torn")
	if got := run(t, living(dir), "drafts"); got.code != 0 || !strings.Contains(got.stdout, "damaged: 4 bytes at the end cannot be read") {
		t.Errorf("listed %d\n%s%s", got.code, got.stdout, got.stderr)
	}
	if got := run(t, living(dir), "drafts", "--json").stdout; !strings.Contains(got, `"damaged":4`) {
		t.Errorf("JSON\n%s", got)
	}
	run(t, living(dir), "drafts", "show", "log_a").wants(t, 0, "the draft is damaged: 4 bytes at its end cannot be read")
	damage("no draft at all")
	run(t, living(dir), "drafts").wants(t, 1, "is damaged, and nothing of it can be read")
}
