package model

import (
	"strings"
	"testing"
)

func TestMergeText(t *testing.T) {
	tests := []struct {
		name, field        string
		base, mine, theirs string
		want               string
	}{
		{"merged", "output", `"a\nb\n"`, `"A\nb\n"`, `"a\nB\n"`, "A\nB\n"},
		{"one line", "output", `"a"`, `"m"`, `"t"`, "<<<<<<< mine\nm\n||||||| base\na\n=======\nt\n>>>>>>> theirs\n"},
		{"around the conflict", "output", `"1\na\n2\n3\n4\n"`, `"1\nm\n2\n3\n4\n"`, `"1\nt\n2\n3\n5\n"`,
			"1\n<<<<<<< mine\nm\n||||||| base\na\n=======\nt\n>>>>>>> theirs\n2\n3\n5\n"},
		{"line ends stay", "output", `"1\r\na\r\n"`, `"1\r\nm\r\n"`, `"1\r\nt\r\n"`,
			"1\r\n<<<<<<< mine\nm\r\n||||||| base\na\r\n=======\nt\r\n>>>>>>> theirs\n"},
		{"null", "output", `"a"`, `null`, `"t"`, "<<<<<<< mine\n||||||| base\na\n=======\nt\n>>>>>>> theirs\n"},
		{"a number", "prompt_cost", `0.10`, `0.20`, `3e-1`, "<<<<<<< mine\n0.20\n||||||| base\n0.10\n=======\n3e-1\n>>>>>>> theirs\n"},
		{"a map", "metadata", `{"a":1,"b":1,"c":1}`, `{"a":2,"b":1,"c":5}`, `{"a":3,"b":1,"c":1}`,
			"{\n<<<<<<< mine\n  \"a\": 2,\n||||||| base\n  \"a\": 1,\n=======\n  \"a\": 3,\n>>>>>>> theirs\n  \"b\": 1,\n  \"c\": 5\n}"},
		{"a map that merges by keys alone", "metadata", `{"k":0}`, `{"k":0,"a":1}`, `{"k":0,"b":2}`, "{\n  \"k\": 0,\n  \"b\": 2,\n  \"a\": 1\n}"},
		{"from nothing", "tool_choice", ``, `"auto"`, `"none"`, "<<<<<<< mine\nauto\n||||||| base\n=======\nnone\n>>>>>>> theirs\n"},
	}
	for _, test := range tests {
		got, err := field(t, test.field).MergeText(literal(test.base), literal(test.mine), literal(test.theirs), SignMarks)
		if err != nil || got != test.want {
			t.Errorf("%s: %v\n%s\nwant\n%s", test.name, err, got, test.want)
		}
	}
}

// What is heard has marks in words, and they are found again as those in signs are.
func TestMarksInWords(t *testing.T) {
	got, err := output.MergeText(raw(`"1\na\n2"`), raw(`"1\nm\n2"`), raw(`"1\nt\n2"`), WordMarks)
	want := "1\n[conflict: mine]\nm\n[conflict: base, as it was fetched]\na\n[conflict: theirs, as it is on the server]\nt\n[end of the conflict]\n2"
	if err != nil || got != want {
		t.Errorf("%q, %v", got, err)
	}
	for text, in := range map[string][2]bool{
		want: {false, true}, "a\n<<<<<<< HEAD\nb": {true, false}, ">>>>>>> theirs\r\n": {true, false}, "a\n[end of the conflict]": {false, true},
		"a <<<<<<< mine": {false, false}, "[conflict]": {false, false}, "": {false, false},
	} {
		if signs, words := SignMarks.In(text), WordMarks.In(text); signs != in[0] || words != in[1] {
			t.Errorf("%q: signs %v, words %v", text, signs, words)
		}
	}
}

// Nothing is left out of a merge of large texts that have nothing in common.
func TestMergeTextOfLargeTexts(t *testing.T) {
	text := func(letter string) Value { return raw(`"` + strings.Repeat(letter+`\n`, largeMerge) + `"`) }
	got, err := output.MergeText(text("b"), text("m"), text("t"), SignMarks)
	lines := func(letter string) string { return strings.Repeat(letter+"\n", largeMerge) }
	want := SignMarks[0] + lines("m") + SignMarks[1] + lines("b") + SignMarks[2] + lines("t") + SignMarks[3]
	if err != nil || got != want {
		t.Errorf("%d bytes, want %d: %v", len(got), len(want), err)
	}
}

func TestMergeTextOfNoText(t *testing.T) {
	for _, theirs := range []string{`5`, "\"\xff\""} {
		if got, err := output.MergeText(raw(`"a"`), raw(`"b"`), raw(theirs), SignMarks); err == nil || !strings.HasPrefix(err.Error(), "output cannot be merged as text: it holds") {
			t.Errorf("%q: %v", got, err)
		}
	}
}

// A paragraph that both sides moved stands once: the merge is a conflict, at both places.
func TestALineThatBothMovedStandsOnce(t *testing.T) {
	base, mine, theirs := raw(`"a\nb\nc\nd\ne\n"`), raw(`"b\nc\na\nd\ne\n"`), raw(`"b\nc\nd\ne\nf\na\n"`)
	if v, ok := output.Merge(base, mine, theirs); ok {
		t.Errorf("it is merged to %s", v.Bytes())
	}
	text, err := output.MergeText(base, mine, theirs, SignMarks)
	if err != nil || !SignMarks.In(text) {
		t.Errorf("for the user it is %q, %v", text, err)
	}
	if v, apart, _ := output.MergeMine(base, mine, theirs); apart || string(v.Bytes()) != `"b\nc\na\nd\ne\nf\n"` {
		t.Errorf("mine is %s, apart: %v", v.Bytes(), apart)
	}
	words := func(text string) Value { return raw(`"` + text + `"`) }
	if v, apart, _ := output.MergeMine(words("a b c d e f"), words("b c a d e f"), words("b c d e a f")); apart || string(v.Bytes()) != `"b c a d e f"` {
		t.Errorf("of one line mine is %s, apart: %v", v.Bytes(), apart)
	}
	if v, ok := messages.Merge(raw(`[1,2,3,4,5]`), raw(`[2,3,1,4,5]`), raw(`[2,3,4,5,1]`)); ok {
		t.Errorf("messages are merged to %s", v.Bytes())
	}
}
