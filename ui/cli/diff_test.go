package cli_test

import (
	"strings"
	"testing"

	"errata/model"
	"errata/model/jsonraw"
)

// Two logs beside one another: fields that mean the same are left out, whatever they look like.
func TestDiffOfTwoLogs(t *testing.T) {
	const one = `{"id":"log_a","output":"It is sunny.","prompt_cost":0.10,"metadata":{"city":"Bergen","k\u0065pt":[1]},"error":null,"prompt":{"id":"pr_1"}}`
	const two = `{"id":"log_b","output":"It is rainy.","prompt_cost":0.1,"metadata":{"kept":[1.0],"city":"Oslo"},"prompt":{"id":"pr_1"}}`
	r := newRemote(t, one, two)
	got := run(t, at(r.URL), "diff", "log_a", "log_b")
	got.wants(t, 0, "")
	want := "output\n  - It is sunny.\n  + It is rainy.\nerror\n  · was null\n  · becomes absent\nmetadata\n  - metadata.city: \"Bergen\"\n  + metadata.city: \"Oslo\"\n"
	if got.stdout != want {
		t.Errorf("printed\n%s\nwant\n%s", got.stdout, want)
	}
	got = run(t, at(r.URL), "diff", "log_a", "log_b", "--json")
	wantJSON := `{"output":{"old":"It is sunny.","new":"It is rainy."},"error":{"old":null},"metadata":{"old":{"city":"Bergen","k\u0065pt":[1]},"new":{"kept":[1.0],"city":"Oslo"}}}`
	if strings.TrimSpace(got.stdout) != wantJSON {
		t.Errorf("printed %s, want %s", got.stdout, wantJSON)
	}
	run(t, at(r.URL), "diff", "log_a", "log_a").wants(t, 0, "differ in no field")
	run(t, at(r.URL), "diff", "log_a", "log_c").wants(t, 6, "log_c")
	run(t, at(r.URL), "diff", "log_a", "output").wants(t, 2, "output=TEXT")
	if len(r.sent()) != 0 {
		t.Errorf("sent %q", r.sent())
	}
}

// Every field that differs is named, and no other.
func TestDiffNamesEachField(t *testing.T) {
	for _, f := range model.Fields() {
		t.Run(f.Name, func(t *testing.T) {
			t.Parallel()
			changed, err := jsonraw.Set([]byte(full), []jsonraw.Edit{{Name: "id", Val: []byte(`"log_b"`)}, {Name: f.Name, Val: []byte(other[f.Kind][1])}})
			if err != nil {
				t.Fatal(err)
			}
			r := newRemote(t, full, string(changed))
			got := run(t, at(r.URL), "diff", "log_a", "log_b")
			for line := range strings.Lines(got.stdout) {
				if !strings.HasPrefix(line, " ") && strings.TrimSpace(line) != f.Name {
					t.Errorf("%s differs, %s was named", f.Name, line)
				}
			}
			if !strings.HasPrefix(got.stdout, f.Name+"\n") {
				t.Errorf("printed %q", got.stdout)
			}
		})
	}
}
