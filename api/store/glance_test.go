package store

import (
	"bytes"
	"testing"

	"errata/model"
)

// FuzzGlance compares what a glance sees with the index of the document.
func FuzzGlance(f *testing.F) {
	for _, seed := range []string{
		`{}`, ` { "a" : 1 } `, `{"a":"x","b":"y"}`, `{"a":"first","b":null,"a":"last"}`, `{"b":{"a":"not this"},"a":[{"b":1},"]}\"",-0.5e3]}`,
		`{"a":"\\","b":"\\\""}`, `{"\u0061":"x","b":1}`, `{"a":null,"b":true}`, "{\"a\":\t12\n,\"b\"\r\n:\"\xff\"}", `{"a":{},"b":[]}`, `{"":"a","a":""}`,
		`[`, `{"a":`, `{"a"`, `{"a":"`, `{,`, ``, `"a"`, `{]`, `{"a":]`,
	} {
		f.Add([]byte(seed))
	}
	names := []string{"a", "b"}
	f.Fuzz(func(t *testing.T, doc []byte) {
		values := make([][]byte, len(names))
		sure := glance(doc, names, values) // whatever the document is, it ends
		log, err := model.ParseLog(doc)
		if err != nil || !sure {
			return
		}
		for i, name := range names {
			var want []byte
			if v := log.Member(name); v.IsSet() {
				want = v.Bytes()
			}
			if !bytes.Equal(values[i], want) {
				t.Errorf("%s: a glance sees %q, there is %q", name, values[i], want)
			}
		}
	})
}

// FuzzStands wants what surely stands in a value to be contained in its text.
func FuzzStands(f *testing.F) {
	for _, seed := range [][2]string{
		{`"a settlement"`, "settle"}, {`"\nettle"`, "nettle"}, {`"\u0041bc"`, "41bc"}, {`"\\tide"`, "tide"}, {`{"a b":1}`, "a b"}, {`"A B"`, "a b"}, {`[true,12]`, "TRUE"}, {`"x"`, ""},
		{`["a", "b"]`, `a" b`}, {`"\ud83d\ude00word"`, "0word"}, {`"ſK"`, "sk"},
	} {
		f.Add([]byte(seed[0]), seed[1])
	}
	f.Fuzz(func(t *testing.T, value []byte, word string) {
		if _, err := model.ParseLog(append(append([]byte(`{"a":`), value...), '}')); err != nil || word == "" {
			return
		}
		if stands(value, plain(word)) && !contains(value, fold(word)) {
			t.Errorf("%q is said to stand in %s", word, value)
		}
	})
}
