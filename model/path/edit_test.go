package path_test

import (
	"errors"
	"strings"
	"testing"

	"errata/model/path"
	"errata/model/tree"
)

// sample is a log in which every byte counts.
const sample = `{"metadata": {"a.b": 1, "x" : 0.10,"tags":["p", "q"], "n":null}, "messages":[{"role":"user","content":"hi"},
 {"role":"assistant","tool_calls":[{"function":{"name":"weather","arguments":" {\"city\": \"Z\u00fcrich\", \u0022unit\":\"C\"}\n"}}]}],"inputs":{},"output":"text"}`

func parsed(t testing.TB, text string) path.Path {
	t.Helper()
	p, err := path.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestGet(t *testing.T) {
	t.Parallel()
	root := tree.New([]byte(sample))
	for text, want := range map[string]string{
		"messages[0].content": `"hi"`,
		"messages[-1].role":   `"assistant"`,
		"metadata.x":          `0.10`,
		`metadata["a.b"]`:     `1`,
		"metadata.a.b":        `1`,
		"metadata.n":          `null`,
		"metadata.tags[-2]":   `"p"`,
		"messages[1].tool_calls[0].function.arguments.city": `"Zürich"`,
		"messages[1].tool_calls[0].function.arguments":      `" {\"city\": \"Z\u00fcrich\", \u0022unit\":\"C\"}\n"`,
	} {
		n, _, err := path.Get(root, parsed(t, text))
		if err != nil || string(n.Bytes()) != want {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
	for text, want := range map[string]struct {
		missing bool
		msg     string
	}{
		"messages[2]":           {true, "messages has 2 elements, and none at [2]"},
		"messages[-3]":          {true, "messages has 2 elements, and none at [-3]"},
		"messages.role":         {false, "messages is a list, and has no member role: an element is written messages[0]"},
		"metadata[0]":           {false, "metadata is an object, and has no element [0]: a member is written metadata.name"},
		"metadata.y":            {true, "metadata has no member y"},
		"metadata.n.y":          {true, "metadata.n is null: nothing stands at y in it"},
		"metadata.x.y":          {false, "metadata.x is a number, and nothing stands at y in it"},
		"messages[0].content.a": {false, "messages[0].content is a string, and nothing stands at a in it"},
		"messages[1].tool_calls[0].function.arguments.town": {true, "messages[1].tool_calls[0].function.arguments has no member town"},
	} {
		_, _, err := path.Get(root, parsed(t, text))
		var fault *path.Error
		if !errors.As(err, &fault) || fault.Missing != want.missing || fault.Msg != want.msg {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestSet(t *testing.T) {
	t.Parallel()
	root := tree.New([]byte(sample))
	for _, test := range []struct{ text, value, old, want string }{
		{"messages[0].content", `"ho"`, `"content":"hi"`, `"content":"ho"`},
		{"metadata.x", `0.2`, `0.10`, `0.2`},
		{"metadata.x", `0.1`, `0.10`, `0.10`}, // means the same
		{"metadata.a.b", `2`, `"a.b": 1`, `"a.b": 2`},
		{"metadata.y", `{"z":  1}`, `"n":null}`, `"n":null, "y":{"z":  1}}`},
		{"metadata.y.z", `1`, `"n":null}`, `"n":null, "y":{"z":1}}`},
		{"metadata.n.y", `1`, `"n":null}`, `"n":{"y":1}}`},
		{"inputs.q", `1`, `"inputs":{}`, `"inputs":{"q": 1}`},
		{"messages[1].tool_calls[0].function.arguments.city", `"Bern"`, `\"Z\u00fcrich\"`, `\"Bern\"`},
		{"messages[1].tool_calls[0].function.arguments.days", `[1,\n 2]`, `\"C\"}`, `\"C\", \"days\":[1,\\n 2]}`},
		{"messages[1].tool_calls[0].function.arguments", `"none"`, `" {\"city\": \"Z\u00fcrich\", \u0022unit\":\"C\"}\n"`, `"none"`},
	} {
		value := strings.ReplaceAll(test.value, `\n`, "\n")
		want := strings.Replace(sample, test.old, strings.ReplaceAll(test.want, `\\n`, `\n`), 1)
		now, _, err := path.Set(root, parsed(t, test.text), tree.New([]byte(value)))
		if err != nil || string(now.Bytes()) != want {
			t.Errorf("%s: %v\n%s\nwant\n%s", test.text, err, now.Bytes(), want)
		}
	}
	for text, want := range map[string]string{
		"messages[2].content":   "messages has 2 elements, and none at [2]",
		"messages.content":      "messages is a list, and has no member content: an element is written messages[0]",
		"metadata.x.y":          "metadata.x is a number, and nothing stands at y in it",
		"messages[0].content.a": "messages[0].content is a string, and nothing stands at a in it",
		"metadata.l[0]":         "metadata.l is not there, so it has no element [0]: metadata.l+= makes a list of one",
		"metadata.n[0]":         "metadata.n is null: nothing stands at [0] in it",
	} {
		if _, _, err := path.Set(root, parsed(t, text), tree.New([]byte("1"))); err == nil || err.Error() != want {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestNotes(t *testing.T) {
	t.Parallel()
	root := tree.New([]byte(`{"m":{"a.b":1,"c":{"d":1},"c.d":2,"e":{}}}`))
	for text, want := range map[string]string{
		"m.a.b":       `m.a.b is the member called ["a.b"]; write m["a"].b for a member within another`,
		"m.c.d":       `m.c.d is a member within another; write m["c.d"] for the one called ["c.d"]`,
		"m.x.y":       `m.x.y is made as objects within one another; write m["x.y"] for one member of that name`,
		"m.e.x.y":     `m.e.x.y is made as objects within one another; write m.e["x.y"] for one member of that name`,
		`m["a.b"]`:    ``,
		`m["c"].d`:    ``,
		`m["x"].y`:    ``,
		`m["x"]["y"]`: ``,
		"m.x":         ``,
		"m.e.x":       ``,
		"k.x":         ``,
	} {
		if _, note, err := path.Set(root, parsed(t, text), tree.New([]byte("5"))); err != nil || note != want {
			t.Errorf("%s: %q, %v", text, note, err)
		}
	}
	now, _, err := path.Set(root, parsed(t, `m["a"].b`), tree.New([]byte("5")))
	if err != nil || string(now.Bytes()) != `{"m":{"a.b":1,"c":{"d":1},"c.d":2,"e":{},"a":{"b":5}}}` {
		t.Errorf("%s, %v", now.Bytes(), err)
	}
}

func TestAppend(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ doc, text, want string }{
		{`{"l":[1, 2]}`, "l", `{"l":[1, 2, 9]}`},
		{`{"l":[]}`, "l", `{"l":[9]}`},
		{`{"l":null}`, "l", `{"l":[9]}`},
		{`{}`, "l", `{"l":[9]}`},
		{`{"m":{}}`, "m.a.l", `{"m":{"a":{"l":[9]}}}`},
		{`{"s":"[1]\n"}`, "s", `{"s":"[1,9]\n"}`},
		{`{"l":5}`, "l", `l is a number, not a list`},
		{`{"l":{}}`, "l", `l is an object, not a list`},
		{`{"l":"x"}`, "l", `l is a string, not a list`},
	} {
		now, _, err := path.Append(tree.New([]byte(test.doc)), parsed(t, test.text), tree.New([]byte("9")))
		if got := outcome(now, err); got != test.want {
			t.Errorf("%s at %s: %s, want %s", test.doc, test.text, got, test.want)
		}
	}
}

// outcome is a value, or what is wrong.
func outcome(n *tree.Node, err error) string {
	if err != nil {
		return err.Error()
	}
	return string(n.Bytes())
}

func TestRemove(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ doc, text, want string }{
		{`{"m":{"a": 1, "b": 2,"c":3}}`, "m.a", `{"m":{"b": 2,"c":3}}`},
		{`{"m":{"a": 1, "b": 2,"c":3}}`, "m.c m.a", `{"m":{"b": 2}}`},
		{`{"l":[0, 1, 2, 3]}`, "l[1] l[2]", `{"l":[0, 3]}`},
		{`{"l":[0, 1, 2, 3]}`, "l[-1] l[3] l[0]", `{"l":[1, 2]}`},
		{`{"l":[[1],[2,3]]}`, "l[1][0] l[1] l[0][0]", `{"l":[[]]}`},
		{`{"m":{"a":1,"b":2,"a":3}}`, "m.a", `{"m":{"b":2}}`},
		{`{"s":"{\u0022a\u0022:1,\u0022b\u0022:2}"}`, "s.a", `{"s":"{\u0022b\u0022:2}"}`},
		{`{"s":"{\"a\":1,\"b\":[1,2]}"}`, "s.a s.b[0]", `{"s":"{\"b\":[2]}"}`},
		{`{"m":{"a.b":1}}`, "m.a.b", `{"m":{}}`},
		{`{"m":{"a":1}}`, "m.b", `m has no member b`},
		{`{"m":{"a":1}}`, "m.a m.b", `m has no member b`},
		{`{"l":[1]}`, "l[1]", `l has 1 element, and none at [1]`},
	} {
		var paths []path.Path
		for text := range strings.FieldsSeq(test.text) {
			paths = append(paths, parsed(t, text))
		}
		now, _, err := path.Remove(tree.New([]byte(test.doc)), paths...)
		if got := outcome(now, err); got != test.want {
			t.Errorf("%s without %s: %s, want %s", test.doc, test.text, got, test.want)
		}
	}
}

func TestCopyAndMove(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ doc, from, to, copied, moved string }{
		{`{"m":{"a": 1,"b":2}}`, "m.a", "m.c", `{"m":{"a": 1,"b":2,"c":1}}`, `{"m":{"c": 1,"b":2}}`},
		{`{"m":{"a":1,"b":2}}`, "m.a", "m.b", `{"m":{"a":1,"b":1}}`, `{"m":{"b":1}}`},
		{`{"m":{"a":1}}`, "m.a", "m.x.y", `{"m":{"a":1,"x":{"y":1}}}`, `{"m":{"x":{"y":1}}}`},
		{`{"m":{"a":{"b":1}}}`, "m.a.b", "m.a", `{"m":{"a":1}}`, `{"m":{"a":1}}`},
		{`{"m":{"a":1}}`, "m.a", "m.a", `{"m":{"a":1}}`, `{"m":{"a":1}}`},
		{`{"m":{"a":1}}`, "m.a", "m.a.b", `m.a is a number, and nothing stands at b in it`, `m.a cannot be moved into itself`},
		{`{"l":[0, 1, 2]}`, "l[0]", "l[2]", `{"l":[0, 1, 0, 2]}`, `{"l":[1, 2, 0]}`},
		{`{"l":[0, 1, 2]}`, "l[-1]", "l[0]", `{"l":[2, 0, 1, 2]}`, `{"l":[2, 0, 1]}`},
		{`{"l":[0,1]}`, "l[0]", "l[-1]", `{"l":[0,1,0]}`, `{"l":[1,0]}`},
		{`{"l":[0,1]}`, "l[0]", "l[2]", `{"l":[0,1,0]}`, `l has no place [2]`},
		{`{"l":[0,1]}`, "l[0]", "l[3]", `l has 2 elements: nothing can stand at [3]`, `l has no place [3]`},
		{`{"l":[0,{},2]}`, "l[0]", "l[1].x", `{"l":[0,{"x":0},2]}`, `{"l":[{"x":0},2]}`},
		{`{"l":[{"x":7},1]}`, "l[0].x", "l[0]", `{"l":[7,{"x":7},1]}`, `{"l":[7,{},1]}`},
		{`{"l":[0,1],"k":[5]}`, "l[0]", "k[0]", `{"l":[0,1],"k":[0,5]}`, `{"l":[1],"k":[0,5]}`},
		{`{"s":"{\"a\":1}","m":{}}`, "s.a", "m.b", `{"s":"{\"a\":1}","m":{"b":1}}`, `{"s":"{}","m":{"b":1}}`},
		{`{"s":"{\"a\":1}"}`, "s.a", "s.b", `{"s":"{\"a\":1,\"b\":1}"}`, `{"s":"{\"b\":1}"}`},
		{`{"m":{"a":1,"a":2}}`, "m.a", "m.b", `{"m":{"a":1,"a":2,"b":2}}`, `{"m":{"b":2}}`},
		{`{"m":{}}`, "m.a", "m.b", `m has no member a`, `m has no member a`},
	} {
		root, from, to := tree.New([]byte(test.doc)), parsed(t, test.from), parsed(t, test.to)
		now, _, err := path.Copy(root, from, to)
		if got := outcome(now, err); got != test.copied {
			t.Errorf("%s copied from %s to %s: %s, want %s", test.doc, from, to, got, test.copied)
		}
		now, _, err = path.Move(root, from, to)
		if got := outcome(now, err); got != test.moved {
			t.Errorf("%s moved from %s to %s: %s, want %s", test.doc, from, to, got, test.moved)
		}
	}
}
