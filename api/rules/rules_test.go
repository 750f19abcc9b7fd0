package rules_test

import (
	"crypto/sha256"
	"testing"
	"time"

	"errata/api"
	"errata/api/rules"
	"errata/model"
)

// TestRoles pins which fields a list goes by.
func TestRoles(t *testing.T) {
	t.Parallel()
	searched := rules.Searched()
	if model.CreatedAt.Name != "created_at" || model.Metadata.Name != "metadata" || len(searched) != 2 || searched[0].Name != "inputs" || searched[1].Name != "output" {
		t.Errorf("time %s, searched %s and %s, metadata %s", model.CreatedAt.Name, searched[0].Name, searched[1].Name, model.Metadata.Name)
	}
}

func TestWindow(t *testing.T) {
	t.Parallel()
	w, err := rules.WindowOf(api.LogQuery{StartDate: "2024-02-29", EndDate: "2024-03-01T10:00:00.5+02:00"})
	if err != nil || !w.From.Equal(time.Date(2024, 2, 29, 0, 0, 0, 0, time.UTC)) || !w.To.Equal(time.Date(2024, 3, 1, 8, 0, 0, 5e8, time.UTC)) {
		t.Errorf("window %v, %v", w, err)
	}
	w, err = rules.WindowOf(api.LogQuery{})
	if err != nil || !w.From.IsZero() || !w.To.IsZero() {
		t.Errorf("window %v, %v", w, err)
	}
	_, err = rules.WindowOf(api.LogQuery{StartDate: "2023-02-29", EndDate: "today"})
	want := `[["query","start_date"],"invalid datetime format","value_error.datetime"]` + "\n" + `[["query","end_date"],"invalid datetime format","value_error.datetime"]`
	if got := refusal(t, err); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

func TestTag(t *testing.T) {
	t.Parallel()
	sum := sha256.Sum256([]byte(`{}`))
	tag := rules.Tag(sum[:])
	if tag != `"44136fa355b3678a1146ad16f7e8649e"` {
		t.Errorf("tag %s", tag)
	}
	for _, c := range []struct {
		header       string
		holds, known bool
	}{
		{"*", true, true},
		{tag, true, true},
		{`"a" ,` + tag + ` , "b"`, true, true},
		{"W/" + tag, false, true},
		{`"a"`, false, false},
		{"", false, false},
	} {
		if got := rules.IfMatch(c.header, tag); got != c.holds {
			t.Errorf("If-Match %s: %v", c.header, got)
		}
		if got := rules.IfNoneMatch(c.header, tag); got != c.known {
			t.Errorf("If-None-Match %s: %v", c.header, got)
		}
	}
}
