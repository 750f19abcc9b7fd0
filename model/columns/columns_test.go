package columns

import (
	"strings"
	"testing"

	"errata/model"
	"errata/model/path"
	"errata/model/tree"
)

const doc = `{"id":"log_1","created_at":"2025-03-01T12:00:00","prompt":{"id":"pr_1","path":"almanac/tides","model":"small-1"},` +
	`"metadata":{"channel":"web","n":[1,2]},"messages":[{"role":"user","content":"When?"}],"output":"At nine.","error":null,` +
	`"prompt_tokens":3,"output_tokens":4,"prompt_cost":0.1,"provider_latency":1.5,` +
	`"evaluator_logs":[{"id":"e1","created_at":"2025-03-02T12:00:00","judgment":"good","evaluator":{"id":"ev_1","path":"team/rating","name":"rating","spec":{"evaluator_type":"human"}}}]}`

func TestColumns(t *testing.T) {
	t.Parallel()
	log, err := model.ParseLog([]byte(doc))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"time": "2025-03-01T12:00:00", "model": "small-1", "prompt": "almanac/tides", "question": "When?", "tokens": "7", "cost": "0.1",
		"latency": "1.5", "output": "At nine.", "id": "log_1", "metadata.channel": "web", "metadata.n": "[1,2]", "metadata.none": "",
		"messages[-1].role": "user", "judgment.rating": "good", "judgment.other": "", "error": "", "prompt.id": "pr_1",
	} {
		c, err := Parse(name)
		if err != nil {
			t.Fatal(err)
		}
		got, ok := c.Of(log.Summarize())
		if !ok {
			got = c.Text(log.Bytes())
		}
		if got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
}

func TestDefaultColumnsCanBeWritten(t *testing.T) {
	t.Parallel()
	for _, c := range Default() {
		if again, err := Parse(c.Name); err != nil || again.Path != nil || again.Name != c.Name {
			t.Errorf("%s is read as %+v, %v", c.Name, again, err)
		}
	}
}

func TestWrongColumns(t *testing.T) {
	t.Parallel()
	for names, want := range map[string]string{
		"":               "name one column at least",
		"time,time":      "time stands twice",
		"model,metadata": "",
		"moddel":         "there is no column moddel; did you mean model",
		"metadata.":      "metadata.: column 10: a name is missing after the dot",
		"own":            "", // a log may have members of its own
	} {
		var list []string
		if names != "" {
			list = strings.Split(names, ",")
		}
		if _, err := ParseAll(list); err == nil && want != "" || err != nil && err.Error() != want {
			t.Errorf("%s: %v, want %q", names, err, want)
		}
	}
}

// In commands a word means what is made of the log, unless the log has a member of this name.
func TestWordsAreValues(t *testing.T) {
	t.Parallel()
	root := tree.New([]byte(doc))
	for name, want := range map[string]string{
		"time": `"2025-03-01T12:00:00"`, "model": `"small-1"`, "question": `"When?"`, "tokens": "7", "cost": "0.1", "latency": "1.5",
		"output": `"At nine."`, "prompt.id": `"pr_1"`, "none": "",
	} {
		p, err := path.Parse(name)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if n := Value(root, p); n != nil {
			got = string(n.Bytes())
		}
		if got != want {
			t.Errorf("%s is %s, want %s", name, got, want)
		}
	}
	if n := Value(tree.New([]byte(`{"id":"log_1"}`)), path.Path{path.Member(Cost)}); n != nil {
		t.Errorf("a cost that nobody told is %s", n.Bytes())
	}
}

func TestValueOfNothing(t *testing.T) {
	t.Parallel()
	if n := Value(tree.New([]byte(`{"a":1}`)), path.Path{path.Member("a"), path.Member("b")}); n != nil {
		t.Errorf("a step through a number gives %s", n.Bytes())
	}
}
