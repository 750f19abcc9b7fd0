package model

import (
	"strings"
	"testing"

	"errata/model/jsonraw"
)

// TestWithSharesWhatIsLarge: of a large log that is changed nothing large is copied, and the log
// that was there need not stay in memory for what is left of it.
func TestWithSharesWhatIsLarge(t *testing.T) {
	t.Parallel()
	long := `"` + strings.Repeat("ebb ", 1<<19) + `"`
	log, err := ParseLog([]byte(`{"id":"log_1","output":` + long + `,"prompt_tokens":1}`))
	if err != nil {
		t.Fatal(err)
	}
	small, err := log.With([]jsonraw.Edit{{Name: PromptTokens.Name, Val: []byte("7")}, {Name: errorText.Name, Val: []byte(`"none"`)}})
	if err != nil {
		t.Fatal(err)
	}
	if !small.Value(Output).shares(log.Value(Output)) || string(small.Value(PromptTokens).Bytes()) != "7" {
		t.Error("an output that stays is copied")
	}
	other := []byte(strings.Replace(long, "ebb", "flood", 1))
	large, err := small.With([]jsonraw.Edit{{Name: Output.Name, Val: other}})
	if err != nil {
		t.Fatal(err)
	}
	if !large.Value(Output).shares(Value{raw: other}) || large.Value(errorText).shares(small.Value(errorText)) {
		t.Error("the new output is copied, or the old log is held for what is small")
	}
	want := []byte(`{"id":"log_1","output":` + string(other) + `,"prompt_tokens":7,"error":"none"}`)
	if !large.Is(want) || large.Is(want[1:]) || large.Is(append(want, ' ')) || large.Size() != len(want) || string(large.Bytes()) != string(want) {
		t.Error("the log is not that of its parts")
	}
	whole, err := ParseLog(want)
	if err != nil || whole.Sum() != large.Sum() {
		t.Errorf("the sum is another one, %v", err)
	}
}
