package model_test

import (
	"bytes"
	"slices"
	"testing"

	"errata/model"
)

// TestATextInPiecesIsSetAsATextIs: the same value, the same PATCH and the same error.
func TestATextInPiecesIsSetAsATextIs(t *testing.T) {
	t.Parallel()
	log, err := model.ParseLog([]byte(`{"id":"log_1","output":"high at nine","error":null}`))
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"", "high at nine", "low — \"at\" three\n", "\xff"} {
		want, got := model.NewChangeSet(log), model.NewChangeSet(log)
		for _, name := range []string{"output", "error"} {
			f, _ := model.Lookup(name)
			wrong := want.SetText(f, text)
			if err := got.SetPieces(f, len(text), slices.Chunk([]byte(text), 1)); (err == nil) != (wrong == nil) {
				t.Errorf("%q: %v, not %v", text, err, wrong)
			}
			if !bytes.Equal(got.Patch(), want.Patch()) || !got.IsPatch(want.Patch()) {
				t.Errorf("%q: %s, not %s", text, got.Patch(), want.Patch())
			}
		}
	}
}

// TestIsPatch tells the body from any other.
func TestIsPatch(t *testing.T) {
	t.Parallel()
	log, err := model.ParseLog([]byte(`{"id":"log_1","output":"high","prompt_tokens":1}`))
	if err != nil {
		t.Fatal(err)
	}
	c := model.NewChangeSet(log)
	f, _ := model.Lookup("output")
	for _, text := range []string{"high", "low"} {
		if err := c.SetText(f, text); err != nil {
			t.Fatal(err)
		}
		body := c.Patch()
		for _, other := range [][]byte{nil, []byte(`{}`), append(slices.Clone(body), ' '), body[1:], []byte(`{"output":"lox"}`)} {
			if c.IsPatch(other) != bytes.Equal(other, body) {
				t.Errorf("%s is taken for %s", other, body)
			}
		}
		if !c.IsPatch(body) {
			t.Errorf("%s is not taken for itself", body)
		}
	}
}
