package model

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"errata/model/path"
	"errata/model/tree"
)

// edits reads what the command line would: assignments, and words that begin with -, m: and c: for
// what is removed, moved and copied.
func edits(t testing.TB, words ...string) (e Edits) {
	t.Helper()
	for _, word := range words {
		var err error
		switch {
		case strings.HasPrefix(word, "-"):
			var target Target
			target, err = ParseTarget(word[1:])
			e.Remove = append(e.Remove, target)
		case strings.HasPrefix(word, "m:"), strings.HasPrefix(word, "c:"):
			next := Transfer{Move: word[0] == 'm'}
			next.From, next.To, err = ParseTransfer(word[2:])
			e.Transfers = append(e.Transfers, next)
		default:
			var a Assignment
			a, err = ParseAssignment(word)
			e.Assign = append(e.Assign, a)
		}
		if err != nil {
			t.Fatalf("%s: %v", word, err)
		}
	}
	return e
}

func TestCarry(t *testing.T) {
	const doc = `{"output":"old","metadata":{"a": 0.10, "t":["x", "y","z"], "a+":1},"messages":[{"role":"user","content":"hi"},{"role":"assistant","content":"ho"}],"inputs":null}`
	for words, want := range map[string]string{
		`messages+={} messages[-1].role=tool messages[-1].content=5`: `{"messages":[{"role":"user","content":"hi"},{"role":"assistant","content":"ho"},{"role":"tool","content":"5"}]}`,
		`-metadata.t[0] -metadata.t[1]`:                              `{"metadata":{"a": 0.10, "t":["z"], "a+":1}}`,
		`-metadata.a -messages[0]`:                                   `{"messages":[{"role":"assistant","content":"ho"}],"metadata":{"t":["x", "y","z"], "a+":1}}`,
		`m:messages[1]=messages[0]`:                                  `{"messages":[{"role":"assistant","content":"ho"},{"role":"user","content":"hi"}]}`,
		`m:metadata.a=metadata.b`:                                    `{"metadata":{"b": 0.10, "t":["x", "y","z"], "a+":1}}`,
		`c:output=metadata.captured output=new`:                      `{"output":"new","metadata":{"a": 0.10, "t":["x", "y","z"], "a+":1, "captured":"new"}}`,
		`c:output=inputs.q`:                                          `{"inputs":{"q":"old"}}`,
		`m:metadata.t[0]=output`:                                     `{"output":"x","metadata":{"a": 0.10, "t":["y","z"], "a+":1}}`,
		`c:messages[1].content=output output=x`:                      `{"output":"ho"}`,
		`metadata.t+="q" -metadata.t[0]`:                             `{"metadata":{"a": 0.10, "t":["y","z","q"], "a+":1}}`,
		`metadata.a:=0.1`:                                            `{}`,
	} {
		c := NewChangeSet(parseLog(t, doc))
		if err := c.Carry(edits(t, strings.Fields(words)...)); err != nil || string(c.Patch()) != want {
			t.Errorf("%s: %v, patch\n%s, want\n%s", words, err, c.Patch(), want)
		}
	}
	for words, want := range map[string]string{
		`-output`:                          "output is a field, and cannot be taken out: output:=null makes it null",
		`m:output=metadata.x`:              "output is a field, and cannot be moved; --copy it, and then output:=null makes it null",
		`-metadata.nope output=new`:        "metadata has no member nope",
		`messages[0].role=robot`:           "messages[0].role wants one of",
		`output=new messages+={}`:          "messages[2] has no role",
		`metadata.a=1 m:metadata.b=output`: "metadata has no member b",
		`c:metadata=output`:                "output wants a string, not an object",
	} {
		c := NewChangeSet(parseLog(t, doc))
		err := c.Carry(edits(t, strings.Fields(words)...))
		var refused *ParseError
		if !errors.As(err, &refused) || !strings.Contains(err.Error(), want) || refused.Missing != strings.Contains(want, "no member") {
			t.Errorf("%s: %v, want %s", words, err, want)
		}
		if len(c.Changed()) > 0 || len(c.Notes()) > 0 {
			t.Errorf("%s: changed after an error: %s, %q", words, c.Patch(), c.Notes())
		}
	}
}

func TestNotesOfEdits(t *testing.T) {
	for words, want := range map[string]string{
		`metadata.a.b:=1`:           `metadata.a.b is the member called ["a.b"]; write metadata["a"].b for a member within another`,
		`metadata["a.b"]:=1`:        ``,
		`metadata.x.y:=1`:           `metadata.x.y is made as objects within one another; write metadata["x.y"] for one member of that name`,
		`inputs.x.y:=1`:             `inputs.x.y is made as objects within one another; write inputs["x.y"] for one member of that name`,
		`metadata.k+=1`:             `metadata.k gets one element more; write metadata["k+"] for the member of that name`,
		`-metadata.a.b`:             `metadata.a.b is the member called ["a.b"]; write metadata["a"].b for a member within another`,
		`metadata.k[0]:=5 stdout=x`: ``,
	} {
		c := NewChangeSet(parseLog(t, `{"metadata":{"a.b":0,"k":[1],"k+":2}}`))
		if err := c.Carry(edits(t, strings.Fields(words)...)); err != nil || strings.Join(c.Notes(), "|") != want {
			t.Errorf("%s: %q, %v", words, c.Notes(), err)
		}
		if clone := c.Clone(); strings.Join(clone.Notes(), "|") != want {
			t.Errorf("the clone says %q", clone.Notes())
		}
	}
}

// What was set is what is read, the other fields are what they were, and the old value put back, as
// undo does, gives the first bytes of the log.
func FuzzCarry(f *testing.F) {
	f.Add(sampleDoc, "metadata.k[1]:=5")
	f.Add(sampleDoc, `output_message.extra={"a"`)
	f.Add(sampleDoc, "messages[-1].content=x")
	f.Add(`{"output":"{\"a\":\"\\u00e9\"}","metadata":{"a.b" : 1}}`, "output.a=é")
	f.Add(`{"metadata":null}`, "metadata.a.b+=[]")
	f.Fuzz(func(t *testing.T, doc, arg string) {
		base, err := ParseLog([]byte(doc))
		if err != nil {
			return
		}
		a, err := ParseAssignment(arg)
		if err != nil || a.FromFile {
			return
		}
		c := NewChangeSet(base)
		if c.Assign(a) != nil {
			if len(c.Changed()) > 0 {
				t.Fatal("changed after an error")
			}
			return
		}
		after, err := c.Apply()
		if err != nil {
			t.Fatal(err)
		}
		for _, other := range fields {
			if other != a.Field && !bytes.Equal(after.Value(other).Bytes(), base.Value(other).Bytes()) {
				t.Fatalf("%s was changed", other.Name)
			}
		}
		if literal, err := a.literal(); err == nil && !a.whole() && !a.Append {
			got, _, err := path.Get(tree.New(after.Bytes()), a.Path)
			if err != nil || !Raw(literal).Equal(Value{raw: got.Bytes()}) {
				t.Fatalf("%s made %s of %s: %v", arg, after.Bytes(), doc, err)
			}
		}
		if base.Value(a.Field).IsAbsent() {
			return // a PATCH makes it null
		}
		back := NewChangeSet(after)
		back.Set(a.Field, base.Value(a.Field))
		if undone, err := back.Apply(); err != nil || !bytes.Equal(undone.Bytes(), base.Bytes()) {
			t.Fatalf("undone, %s is %s, not %s", arg, undone.Bytes(), base.Bytes())
		}
	})
}
