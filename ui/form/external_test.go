package form

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"errata/model"
	"errata/ui/draft"
)

// lender is a form whose external editor is played by the test; its file goes into a room of its
// own.
type lender struct {
	*driver
	room string
	now  time.Time
	kept []draft.Event
}

// Append keeps what the draft would be told.
func (l *lender) Append(events ...draft.Event) error {
	l.kept = append(l.kept, events...)
	return nil
}

func lend(t *testing.T, doc string) *lender {
	t.Helper()
	l := &lender{driver: drive(t, doc, 120, 40), room: filepath.Join(t.TempDir(), "room"), now: time.Unix(1e9, 0)}
	l.m.o.Editor, l.m.keeper = []string{"an editor"}, l
	l.m.o.Now = func() time.Time { return l.now }
	l.m.o.EditorFile = func(name string) (string, error) {
		return filepath.Join(l.room, name), os.MkdirAll(l.room, 0o700)
	}
	return l
}

// file is the one that the editor has.
func (l *lender) file() string {
	l.t.Helper()
	list, _ := filepath.Glob(filepath.Join(l.room, "[^.]*"))
	if len(list) != 1 {
		l.t.Fatalf("the editor has %v\n%s", list, l.screen())
	}
	return list[0]
}

// given is the text that the editor has.
func (l *lender) given() string {
	l.t.Helper()
	text, err := os.ReadFile(l.file())
	if err != nil {
		l.t.Fatal(err)
	}
	return string(text)
}

func (l *lender) save(text string) *lender {
	l.t.Helper()
	if err := os.WriteFile(l.file(), []byte(text), 0o600); err != nil {
		l.t.Fatal(err)
	}
	return l
}

// ends has the editor end after some time.
func (l *lender) ends(failed error, after time.Duration) *lender {
	l.now = l.now.Add(after)
	l.send(editedMsg{l.m.externalText, l.m.disk.look(l.m.externalText), failed})
	return l
}

// settled fails the test unless nothing is left of the file, and the draft knows.
func (l *lender) settled() {
	l.t.Helper()
	if _, err := os.Stat(l.room); err == nil || l.m.externalText != nil {
		l.t.Errorf("the file of the editor is still there")
	}
	var last draft.Event
	for _, e := range l.kept {
		switch e.(type) {
		case draft.ExternalEdit, draft.ExternalDone:
			last = e
		}
	}
	if last != draft.Event(draft.ExternalDone{}) {
		l.t.Errorf("the draft was told %T last", last)
	}
}

// failure is the error of a program that ended so.
func failure(t *testing.T) error {
	t.Helper()
	err := exec.Command("false").Run()
	var failed *exec.ExitError
	if !errors.As(err, &failed) {
		t.Fatal(err)
	}
	return err
}

func TestWhatTheEditorSavedIsTakenOver(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		save  string // "" for nothing
		fails bool
		body  string
		shows string
	}{
		"saved":               {"At ten.\n", false, `{"output":"At ten."}`, "taken over from the editor: output"},
		"not saved":           {"", false, "{}", "output: the editor changed nothing"},
		"saved, then failed":  {"At ten.", true, `{"output":"At ten."}`, "what it had saved was taken over, u takes it back"},
		"failed":              {"", true, "{}", "the editor failed and had saved nothing"},
		"only a break added":  {"At nine.\n", false, "{}", "output: the editor changed nothing"},
		"emptied":             {"\n", false, `{"output":""}`, "taken over"},
		"bytes of no meaning": {"At \xff ten.", false, "{}", "kept as text, which is not a value yet"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := lend(t, document)
			l.at("output").press("e")
			if got := l.given(); got != "At nine." {
				t.Errorf("the editor got %q", got)
			}
			if c.save != "" {
				l.save(c.save)
			}
			var failed error
			if c.fails {
				failed = failure(t)
			}
			l.ends(failed, time.Minute)
			l.shows(c.shows)
			l.body(c.body)
			l.settled()
			if l.m.Changes().Invalid() != nil {
				if e, _ := l.m.Changes().Edit(l.m.Field()); e.Text != c.save {
					t.Errorf("kept is %q", e.Text)
				}
			}
			l.press("u").body("{}")
		})
	}
}

func TestTheDraftKnowsOfTheFileBeforeTheEditorStarts(t *testing.T) {
	t.Parallel()
	l := lend(t, document)
	l.m.o.EditorFile = func(name string) (string, error) { return filepath.Join(l.room, "nowhere", name), nil }
	l.at("output").press("e")
	l.shows("no file for the editor: no such file or directory")
	if _, first := l.kept[0].(draft.ExternalEdit); !first {
		t.Errorf("the draft was told %+v", l.kept)
	}
	l.settled()
}

func TestAnEditorThatCannotBeStartedIsNamed(t *testing.T) {
	t.Parallel()
	l := lend(t, document)
	l.at("output").press("e")
	l.ends(&exec.Error{Name: "an editor", Err: exec.ErrNotFound}, 0)
	l.shows("an editor cannot be started")
	l.shows("VISUAL or EDITOR says which editor to take")
	l.settled()
}

// Words that are no value, from wherever they were edited, are the text of their field: on the
// screen, in the draft, and marked where they stop being a value.
func TestWordsThatAreNoValueAreKept(t *testing.T) {
	t.Parallel()
	const calls = `{"id": "log_calls", "prompt": {"id": "pr_1"}, "messages": [{"role": "user", "content": "When?"},` +
		` {"role": "assistant", "content": null, "tool_calls": [{"id": "c1", "type": "function", "function": {"name": "tide", "arguments": "{\"at\": 1}"}}]}],` +
		` "metadata": {"a": {"b": [1, 2]}, "note": "low"}}`
	for name, c := range map[string]struct {
		field string
		keys  []string // up to the editor
		given string
		save  string
		holds []string // what the text of the field must hold
	}{
		"a whole map":              {"metadata", []string{"e"}, "{\n  \"a\": {\n    \"b\": [\n      1,\n      2\n    ]\n  },\n  \"note\": \"low\"\n}", `{"a": 1, "note": "an hour of typing"`, []string{"an hour of typing"}},
		"an object in the outline": {"metadata", []string{"enter", "e"}, "{\n  \"b\": [\n    1,\n    2\n  ]\n}", `{"b": [1, 2, "words`, []string{`{"b": [1, 2, "words`, "\n  \"note\": \"low\""}},
		"a text in the outline":    {"metadata", []string{"enter", "G", "e"}, "low", "high \xff words", []string{"high \xff words", `"b": [`}},
		"a message":                {"messages", []string{"enter", "e"}, "{\n  \"role\": \"user\",\n  \"content\": \"When?\"\n}", `{"role": "user", "content": "new words"`, []string{`{"role": "user", "content": "new words"`, `"tide"`}},
		"a text of a message":      {"messages", []string{"enter", "down", "e"}, "When?", "When \xc3", []string{"When \xc3"}},
		"the arguments of a call":  {"messages", []string{"enter", "G", "e"}, `{"at": 1}`, "{\"at\": \xff}", []string{"{\"at\": \xff}", "When?"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := lend(t, calls)
			l.at(c.field).press(c.keys...)
			if got := l.given(); strings.TrimSpace(got) != c.given {
				t.Errorf("the editor got %q, want %q", got, c.given)
			}
			l.save(c.save).ends(nil, time.Minute)
			l.shows("kept as text, which is not a value yet")
			l.settled()
			f, _ := model.Lookup(c.field)
			edit, had := l.m.Changes().Edit(f)
			if !had || edit.Err == nil {
				t.Fatalf("the field is %+v", edit)
			}
			for _, text := range c.holds {
				if !strings.Contains(edit.Text, text) {
					t.Errorf("the text does not hold %q:\n%s", text, edit.Text)
				}
			}
			step, _ := l.kept[slices.IndexFunc(l.kept, isStep)].(draft.Step)
			if step.After == nil || step.After.Text != edit.Text {
				t.Errorf("the draft was told %+v", step)
			}
			l.press("ctrl+s")
			l.shows("not sent:")
			l.press("esc", "u").body("{}")
		})
	}
}

func isStep(e draft.Event) bool { _, yes := e.(draft.Step); return yes }

func TestAnEditorWithinAStructureIsAStepOfItsUndo(t *testing.T) {
	t.Parallel()
	l := lend(t, document)
	l.at("metadata").press("enter", "e")
	l.save("2.50").ends(nil, time.Minute)
	l.shows("taken over from the editor: metadata")
	l.shows("b: 2.50")
	l.settled()
	l.press("u")
	l.shows("b: 1")
	l.press("ctrl+r", "esc")
	l.body(`{"metadata":{"b": 2.50, "a": "x"}}`)
}

func TestAListWithoutMessagesIsFilledByTheEditor(t *testing.T) {
	t.Parallel()
	l := lend(t, `{"id": "log_1", "prompt": {"id": "pr_1"}, "messages": []}`)
	l.at("messages").press("enter", "e")
	l.save(`[{"role": "user", "content": "When?"}]`).ends(nil, time.Minute)
	l.settled()
	l.body(`{"messages":[{"role":"user","content":"When?"}]}`)
}

// An editor that opens a window may not wait for it.
func TestAnEditorThatReturnsAtOnceKeepsItsFile(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		keys  []string
		shows string
	}{
		"e takes it over":            {[]string{"e"}, "taken over from the editor: output"},
		"e elsewhere, too":           {[]string{"down", "e"}, "taken over from the editor: output"},
		"the review takes it over":   {[]string{"ctrl+s"}, "1 changed"},
		"going on takes it over":     {[]string{"]"}, "1 changed"},
		"an editor of another field": {[]string{"down", "enter", "late", "esc", "ctrl+s"}, "2 changed"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := lend(t, document)
			l.at("output").press("e")
			l.ends(nil, time.Second)
			l.shows("the editor returned at once: save in its window, then press e")
			l.press("]", "ctrl+s") // nothing was saved yet: the file stays
			l.save("At ten.\n")
			l.press(c.keys...)
			l.shows(c.shows)
			if f, _ := model.Lookup("output"); string(l.m.Changes().Value(f).Bytes()) != `"At ten."` {
				t.Errorf("the output is %s", l.m.Changes().Value(f).Bytes())
			}
			l.settled()
		})
	}
	l := lend(t, document)
	l.m.o.Editor = []string{"/usr/bin/vim"}
	l.at("output").press("e")
	l.ends(nil, time.Second)
	l.shows("the editor changed nothing")
	l.settled()
}

func TestNothingIsPutBackWhereItDoesNotBelong(t *testing.T) {
	t.Parallel()
	l := lend(t, document)
	l.at("metadata").press("enter", "e")
	l.ends(nil, 0)
	l.press("x", "esc") // what was lent is deleted
	l.save("2").press("ctrl+s")
	l.shows("the editor's words are in " + l.room)
	l.press("e") // puts nothing in its place
	l.shows("the editor's words are in " + l.room)
	if got := l.given(); got != "2" {
		t.Errorf("the file holds %q", got)
	}
	if err := os.Remove(l.file()); err != nil {
		t.Fatal(err)
	}
	l.press("e")
	l.save(`{"a": "y"}`).ends(nil, time.Minute)
	l.body(`{"metadata":{"a":"y"}}`)
	l.settled()
}

func TestWhatAnEditorKeptUnsavedIsOfferedToIt(t *testing.T) {
	t.Parallel()
	l := lend(t, document)
	l.at("output").press("e")
	swap := filepath.Join(l.room, "."+filepath.Base(l.file())+".swp")
	if err := os.WriteFile(swap, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	l.ends(failure(t), time.Minute)
	l.shows("the editor was ended before it saved output; e opens it again")
	l.press("g", "e") // another field does not put it out of sight
	l.shows("the editor was ended before it saved output")
	if l.m.Field().Name != "output" {
		t.Errorf("the cursor is on %s", l.m.Field().Name)
	}
	l.press("e")
	if err := os.Remove(swap); err != nil {
		t.Fatal(err)
	}
	l.save("recovered").ends(nil, time.Minute)
	l.body(`{"output":"recovered"}`)
	l.settled()
}

// An editor may outlive the errata that started it, and save after the next one has opened the log.
func TestWhatIsSavedAfterARestartIsTakenOver(t *testing.T) {
	t.Parallel()
	for name, key := range map[string]string{"e": "e", "the review": "ctrl+s", "going on": "]"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			before := lend(t, document)
			before.at("output").press("e")
			l := lend(t, document)
			l.room = before.room
			if n := l.m.Collect(before.m.externalText.ExternalEdit); n.Text != "" {
				t.Errorf("it says %q of a file that nobody wrote to", n.Text)
			}
			l.save("At ten.")
			l.press(key)
			l.body(`{"output":"At ten."}`)
			l.settled()
		})
	}
	before := lend(t, document)
	before.at("output").press("e")
	l := lend(t, document)
	l.room = before.room
	l.m.Collect(before.m.externalText.ExternalEdit)
	l.press("]")
	l.settled()
	l.body("{}")
}
