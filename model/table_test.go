package model

import (
	"slices"
	"strings"
	"testing"
)

// The order and the kinds are those of the documentation of PATCH /prompts/{id}/log/{log_id}.
func TestFields(t *testing.T) {
	want := []struct {
		name string
		kind Kind
	}{
		{"output_message", Message}, {"prompt_tokens", Integer}, {"reasoning_tokens", Integer}, {"output_tokens", Integer},
		{"prompt_cost", Decimal}, {"output_cost", Decimal}, {"finish_reason", Line}, {"messages", Messages},
		{"tool_choice", ToolChoice}, {"output", Text}, {"created_at", Datetime}, {"error", Text}, {"provider_latency", Decimal},
		{"stdout", Text}, {"provider_request", Map}, {"provider_response", Map}, {"inputs", Map}, {"source", Line},
		{"metadata", Map}, {"start_time", Datetime}, {"end_time", Datetime},
	}
	if len(Fields()) != len(want) {
		t.Fatalf("%d fields, want %d", len(Fields()), len(want))
	}
	for i, f := range Fields() {
		if f.Name != want[i].name || f.Kind != want[i].kind {
			t.Errorf("field %d is %s of kind %d, want %s of kind %d", i+1, f.Name, f.Kind, want[i].name, want[i].kind)
		}
		if found, ok := Lookup(f.Name); !ok || found != f {
			t.Errorf("Lookup(%q) finds %v", f.Name, found)
		}
		if f.Label == "" || f.Group.String() == "" || !strings.HasSuffix(f.Help, ".") {
			t.Errorf("the row of %s is not complete: %+v", f.Name, f)
		}
	}
	if f, ok := Lookup("id"); ok {
		t.Errorf("Lookup finds %v, which cannot be updated", f)
	}
}

func TestForm(t *testing.T) {
	want := map[Group]string{
		Conversation: "messages output_message output",
		Outcome:      "error finish_reason tool_choice stdout",
		Usage:        "prompt_tokens reasoning_tokens output_tokens prompt_cost output_cost",
		Timing:       "created_at start_time end_time provider_latency",
		Context:      "inputs metadata source",
		Provider:     "provider_request provider_response",
	}
	var got []string
	for g := Conversation; g <= Provider; g++ {
		var names []string
		for _, f := range Form() {
			if f.Group == g {
				names = append(names, f.Name)
			}
		}
		if line := strings.Join(names, " "); line != want[g] {
			t.Errorf("%s holds %s, want %s", g, line, want[g])
		}
		got = append(got, names...)
	}
	for i, f := range Form() {
		if f.Name != got[i] {
			t.Fatalf("the groups are mixed: %s is at %d", f.Name, i)
		}
		if !slices.Contains(Fields(), f) {
			t.Errorf("%s of the form is not a field", f.Name)
		}
	}
	if len(Form()) != len(Fields()) {
		t.Errorf("the form has %d fields", len(Form()))
	}
}

func TestKindSuffix(t *testing.T) {
	for k := Line; k <= ToolChoice; k++ {
		if want := map[bool]string{true: ".json", false: ".txt"}[k.isJSON()]; k.Suffix() != want {
			t.Errorf("kind %d: suffix %s, want %s", k, k.Suffix(), want)
		}
		if k.IsText() != (k == Line || k == Text) {
			t.Errorf("kind %d: IsText %t", k, k.IsText())
		}
	}
}
