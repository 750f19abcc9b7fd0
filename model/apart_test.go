package model

import (
	"strings"
	"testing"

	"errata/model/jsonraw"
)

// TestAValueInPartsIsWhatItStandsFor: a large value that was made of another one shares its memory,
// is that value in whatever is asked of it, and is copied once.
func TestAValueInPartsIsWhatItStandsFor(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("ebb ", 1<<20)
	log, err := ParseLog([]byte(`{"id":"log_1","output":"` + long + `"}`))
	if err != nil {
		t.Fatal(err)
	}
	was := log.Value(Output)
	at := 1 + len("ebb ")*(1<<19)
	v, ok := was.Spliced(jsonraw.Span{Start: at, End: at + 3}, []byte("flood"))
	want := `"` + long[:at-1] + "flood" + long[at+2:] + `"`
	if !ok || len(v.Parts()) != 3 || &v.Parts()[0][0] != &was.Bytes()[0] || v.Len() != len(want) {
		t.Fatalf("a value of %d parts and %d bytes", len(v.Parts()), v.Len())
	}
	if v.IsAbsent() || v.IsNull() || v.Kind() != jsonraw.String || string(v.Head(5)) != want[:5] {
		t.Error("it is something else")
	}
	if v.Equal(was) || v.Same(was) || was.Equal(v) || !v.Equal(Raw([]byte(want))) || !Raw([]byte(want)).Same(v) {
		t.Error("it is equal to something else")
	}
	c := NewChangeSet(log)
	c.Set(Output, v)
	if c.Odd(Output) != nil || c.PatchSize() != len(want)+len(`{"output":}`) || !c.IsPatch([]byte(`{"output":`+want+`}`)) {
		t.Error("it is sent as something else")
	}
	sent := c.Value(Output)
	body := c.Patch()
	if string(body) != `{"output":`+want+`}` || &body[len(`{"output":`)] != &sent.Bytes()[0] || len(sent.Parts()) != 1 {
		t.Error("it is copied more than once to be sent")
	}
	if string(v.Bytes()) != want || len(v.Parts()) != 1 {
		t.Error("its bytes are others")
	}
}

// TestASplicedValueIsCheckedWhereItDiffers: what an edit makes wrong is found, and so is what was
// wrong before.
func TestASplicedValueIsCheckedWhereItDiffers(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("ebb ", 1<<20)
	for _, test := range []struct {
		was, is string
		fine    bool
	}{
		{`flow`, `flow\n`, true},
		{`flow`, "fl\xffow", false},
		{"fl\xffow", "fl\xffows", false},
		{"fl\xffow", "flow", true},
	} {
		log, err := ParseLog([]byte(`{"id":"log_1","output":"` + test.was + long + `"}`))
		if err != nil {
			t.Fatal(err)
		}
		v, ok := log.Value(Output).Spliced(jsonraw.Span{Start: 1, End: 1 + len(test.was)}, []byte(test.is))
		if !ok {
			t.Fatal("it has no such place")
		}
		c := NewChangeSet(log)
		c.Set(Output, v)
		if found := c.findings(Output); (len(found) == 0) != test.fine {
			t.Errorf("%q for %q: %v", test.is, test.was, found)
		}
	}
	number, _ := Raw([]byte("-"+strings.Repeat("7", 1<<20))).Spliced(jsonraw.Span{End: 1}, nil)
	if number.Kind() != jsonraw.Number {
		t.Error("a number without its sign is none")
	}
	if _, ok := Null.Spliced(jsonraw.Span{Start: 2, End: 5}, nil); ok {
		t.Error("a place behind the end is one")
	}
}
