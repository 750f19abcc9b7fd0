package model

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"errata/model/jsonraw"
)

// randomMessage is a message as it may be, and as it may not.
func randomMessage(r *rand.Rand) string {
	pick := func(list ...string) string { return list[r.IntN(len(list))] }
	members := []string{`"role":` + pick(`"user"`, `"user"`, `"tool"`, `"assistant"`, `"us\u0065r"`, `"nobody"`, `null`, `3`)}
	for range r.IntN(4) {
		members = append(members, pick(`"content":"text"`, `"content":null`, `"content":[{"type":"text","text":"a"}]`, `"content":5`, `"name":"n"`, `"name":7`, `"c\u006fntent":8`,
			`"tool_call_id":"c1"`, `"tool_call_id":[]`, `"tool_calls":[{"id":"c1","type":"function","function":{"name":"f"}}]`, `"tool_calls":null`, `"tool_calls":{}`, `"thinking":null`, `"thinking":[1]`, `"other":{"a":[1]}`))
	}
	if r.IntN(8) == 0 {
		members = members[1:]
	}
	r.Shuffle(len(members), func(i, k int) { members[i], members[k] = members[k], members[i] })
	return "{" + strings.Join(members, pick(",", " , ")) + "}"
}

// What is passed over because it is a plain message has no fault, and its role is that which a
// whole reading finds.
func TestPlainMessagesAreThoseWithoutFaults(t *testing.T) {
	t.Parallel()
	r, plain := rand.New(rand.NewPCG(1, 2)), 0
	for range 20_000 {
		v := Raw([]byte(randomMessage(r)))
		role, answers, ok := PlainMessage(v)
		if !ok || jsonraw.Check(v.raw) != nil {
			continue
		}
		plain++
		c := &checker{field: messages, element: v}
		c.inMessage(v, nil)
		read := readMessage(v)
		if len(c.found) > 0 || read.Role != role || len(read.ToolCalls) > 0 || !answers && read.ToolCallID != "" {
			t.Fatalf("%s is taken for a plain message of the %s: %v", v.raw, role, c.found)
		}
	}
	if plain < 1000 {
		t.Errorf("%d plain messages", plain)
	}
}

// A literal is taken and refused as its check and Set would, and the warnings are the same.
func TestSetLiteralIsCheckedOnce(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 4))
	list := func() string {
		texts := make([]string, r.IntN(4))
		for i := range texts {
			texts[i] = randomMessage(r)
		}
		return "[" + strings.Join(texts, ",") + "]"
	}
	for range 3000 {
		base, err := ParseLog([]byte(`{"messages":` + list() + `}`))
		if err != nil {
			t.Fatal(err)
		}
		literal := []byte(list())
		once, apart := NewChangeSet(base), NewChangeSet(base)
		err = once.SetLiteral(messages, literal)
		want := messages.Fits(literal, base.Value(messages))
		if want == nil {
			apart.Set(messages, Raw(literal))
		}
		if fmt.Sprint(err) != fmt.Sprint(want) || string(once.Patch()) != string(apart.Patch()) || !slices.Equal(once.Warnings(), apart.Warnings()) || once.PatchSize() != len(once.Patch()) {
			t.Fatalf("%s → %s: %v, %s, %v; want %v, %s, %v", base.Bytes(), literal, err, once.Patch(), once.Warnings(), want, apart.Patch(), apart.Warnings())
		}
	}
}
