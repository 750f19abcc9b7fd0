package index

import (
	"bytes"
	"testing"

	"errata/model"
)

// FuzzScanMembers compares what one pass finds with the parsed document.
func FuzzScanMembers(f *testing.F) {
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
		sure := ScanMembers(doc, names, values) // whatever the document is, it ends
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
				t.Errorf("%s: one pass finds %q, there is %q", name, values[i], want)
			}
		}
	})
}
