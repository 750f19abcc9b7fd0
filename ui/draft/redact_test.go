package draft_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"errata/model"
	"errata/ui/draft"
)

func TestRedactLeavesNothingOfTheWords(t *testing.T) {
	t.Parallel()
	const word = "Mondsteinfalke"
	mask := func(_ *model.Field, v model.Value) model.Value {
		if v.IsAbsent() {
			return v
		}
		return model.Raw(bytes.ReplaceAll(v.Bytes(), []byte(word), []byte("[word]")))
	}
	for name, events := range map[string][]draft.Event{
		"a value and its history":    {step("output", `"a `+word+`"`, nil, value(`"b `+word+`"`)), step("output", `"a `+word+`"`, value(`"b `+word+`"`), value(`"c `+word+`"`))},
		"an open text":               {open("output", `"a `+word+`"`, "a "+word), splice(0, 1, "c")},
		"a text that is not a value": {step("inputs", `{"a":"`+word+`"}`, nil, typo("inputs", `{"a": `+word))},
		"only the history":           {step("output", `"a"`, nil, value(`"`+word+`"`)), draft.Undo{}, step("error", "null", nil, value(`"kept"`))},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			s := draft.New(dir, draft.Options{})
			d, _, err := s.Take(t.Context(), id, false)
			if err != nil {
				t.Fatal(err)
			}
			if err := d.Append(events...); err != nil {
				t.Fatal(err)
			}
			if err := d.Close(t.Context()); err != nil {
				t.Fatal(err)
			}
			list, err := s.List(t.Context())
			if err != nil || len(list) != 1 {
				t.Fatal(list, err)
			}
			found := func(file []byte) bool { return bytes.Contains(file, []byte(word)) }
			if done, err := s.Redact(t.Context(), list[0], mask, found); err != nil || !done {
				t.Fatal(done, err)
			}
			if done, err := s.Redact(t.Context(), list[0], mask, found); err != nil || done {
				t.Error("a second time there was something to do", err)
			}
			files, _ := filepath.Glob(filepath.Join(dir, "drafts", "*"))
			for _, name := range files {
				if data, _ := os.ReadFile(name); bytes.Contains(data, []byte(word)) {
					t.Errorf("%s holds %q", name, data)
				}
			}
			list, err = s.List(t.Context())
			if err != nil || len(list) != 1 || len(list[0].Changes) != 1 {
				t.Fatalf("the work is %+v, %v", list, err)
			}
			c := list[0].Changes[0]
			if text := string(c.Edit.Value.Bytes()) + c.Edit.Text; !strings.Contains(text, "[word]") && !strings.Contains(text, "kept") {
				t.Errorf("the change is %q", text)
			}
		})
	}
}
