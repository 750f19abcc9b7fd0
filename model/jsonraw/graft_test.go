package jsonraw

import "testing"

func TestGraft(t *testing.T) {
	tests := []struct{ name, old, edited, want string }{
		{"nothing edited", `{"a": 0.10, "b": "\u00e9"}`, `{"b":"é","a":0.1}`, `{"a":0.10,"b":"\u00e9"}`},
		{"one member edited", `{"a":0.10,"b":"\u00e9","c":1E+2}`, "{\n  \"a\": 0.10,\n  \"b\": \"é!\",\n  \"c\": 100\n}", `{"a":0.10,"b":"é!","c":1E+2}`},
		{"a name keeps its spelling", `{"caf\u00e9":1}`, `{"café":2}`, `{"caf\u00e9":2}`},
		{"a member added", `{"a":0.10}`, `{"z":1.0,"a":0.1}`, `{"z":1.0,"a":0.10}`},
		{"a member removed", `{"a":0.10,"b":1.0}`, `{"b":1}`, `{"b":1.0}`},
		{"deep", `{"a":[{"x":1.0,"y":{"z":2.0,"k":[3.0]}}]}`, `{"a":[{"x":1,"y":{"z":9,"k":[3]}}]}`, `{"a":[{"x":1.0,"y":{"z":9,"k":[3.0]}}]}`},
		{"an inner object keeps its order", `{"o":{"b":1,"a":2.0},"x":1}`, `{"o":{"a":2,"b":1},"x":2}`, `{"o":{"b":1,"a":2.0},"x":2}`},
		{"an element inserted first", `[1.0,2.0,3.0]`, `[0,1,2,3]`, `[0,1.0,2.0,3.0]`},
		{"an element inserted last", `[1.0,2.0]`, `[1,2,3]`, `[1.0,2.0,3]`},
		{"an element removed", `[1.0,2.0,3.0,4.0]`, `[1,3,4]`, `[1.0,3.0,4.0]`},
		{"one inserted, one removed", `[1.0,2.0,3.0,4.0,5.0]`, `[1,9,2,4,5]`, `[1.0,9,2.0,4.0,5.0]`},
		{"moved", `[{"n":1.0},{"n":2.0},{"n":3.0}]`, `[{"n":3},{"n":1},{"n":2}]`, `[{"n":3.0},{"n":1.0},{"n":2.0}]`},
		{"edited inside", `[{"n":1.0,"k":1.0},{"n":2.0,"k":1.0}]`, `[{"n":1,"k":9},{"n":2,"k":1}]`, `[{"n":1.0,"k":9},{"n":2.0,"k":1.0}]`},
		{"another kind", `{"a":{"b":1.0}}`, `{"a":[1]}`, `{"a":[1]}`},
		{"from nothing", `null`, ` [ 1.0 ] `, `[1.0]`},
		{"a name twice in the old", `{"o":{"a":1.0,"a":1.0}}`, `{"o":{"a":1}}`, `{"o":{"a":1}}`},
		{"the old is broken", `{"a"`, `{ "a": 1}`, `{"a":1}`},
		{"the new is broken", `{}`, `{ "a"`, `{ "a"`},
	}
	for _, test := range tests {
		if got := string(Graft([]byte(test.old), []byte(test.edited))); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}
