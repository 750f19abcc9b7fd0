package index

import (
	"testing"

	"errata/model"
)

// FuzzSpellings wants what a value is said to hold to be contained in its text.
func FuzzSpellings(f *testing.F) {
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
		if holdsSpelling(value, spellings(word)) && !Contains(value, Fold(word)) {
			t.Errorf("%q is said to be in %s", word, value)
		}
	})
}
