package jsonraw

import (
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"
)

// texts are JSON and what is close to it: each of them, and each of its beginnings, is read both
// ways.
var texts = []string{
	`{}`, `[]`, ` { } `, "\t[\r\n] ", `{"a":1}`, `{"a":1,}`, `{"a" : [1 , 2] , "b" : null}`, `{"a":1 "b":2}`, `{,}`, `[1,]`, `[,1]`, `[1 2]`, `{"a"}`, `{"a":}`, `{a:1}`,
	`{"a":1,"a":2}`, `{"a":1,"\u0061":2}`, `{"\u0061":1,"b":2,"a":3}`, `{"x":{"a":1,"a":2}}`, `{"x":{"a":1},"y":{"a":1}}`,
	`{"a":"b\n\t\"\\\/\b\f\r\u00e9"}`, `{"a":"\x"}`, `{"a":"\u12g4"}`, `{"a":"\ud800"}`, `{"\ud800":1,"\ud801":2}`, `{"\ud800":1,"\ud800":2}`,
	"{\"a\":\"tab\there\"}", "{\"a\":\"\x7f\"}", "{\"a\":\"\x00\"}", "{\"a\":\"\xff\"}", "{\"\xff\":1}", "{\"\x97\":{\"\":0}}", "{\"a\":\"\xed\xa0\x80\"}", "\ufeff{}",
	`{"long":"` + strings.Repeat("sixteen letters. ", 20) + `é` + strings.Repeat("日本語 ", 20) + `👩‍👩‍👧"}`,
	`[0,-0,01,1.5,1.,.5,-,1e5,1E+05,1e,1e+,-1.0e-7,00]`, `[0,-0,1.5,1e5,1E+05,-1.0e-7,9007199254740993]`, `[-]`, `[+1]`, `[0x1]`,
	`[null,true,false]`, `[nul]`, `[True]`, `[nulll]`, `[null,[[],{}],[{"a":[{"b":[]}]}]]`, `[[}]`, `{"a":[}`, `[1]]`, `{} {}`, `"text"`, `1`, `true`, ``, ` `,
	strings.Repeat("[", 200) + strings.Repeat("]", 200), strings.Repeat(`{"a":`, 200) + "1" + strings.Repeat("}", 200),
	`{` + numbered(0, 40) + `}`, `{` + numbered(0, 40) + `,"7":0}`, `{` + numbered(0, 9) + `,"\u0037":0}`,
}

func numbered(from, to int) string {
	var list []string
	for i := from; i < to; i++ {
		list = append(list, `"`+string(rune('0'+i))+`":0`)
	}
	return strings.Join(list, ",")
}

func TestQuickReadingSaysWhatASlowOneSays(t *testing.T) {
	t.Parallel()
	for _, text := range texts {
		for end := range len(text) {
			sameReadings(t, text[:end])
		}
		sameReadings(t, text)
	}
}

func FuzzQuick(f *testing.F) {
	for _, text := range texts {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) { sameReadings(t, text) })
}

// sameReadings fails where the quick reading lets through what a strict one refuses, or finds other
// spans.
func sameReadings(t *testing.T, text string) {
	t.Helper()
	doc := []byte(text)
	if q := (quick{doc: doc}); q.whole() && explain(doc, true) != nil {
		t.Errorf("%q is let through: %v", text, explain(doc, true))
	}
	q := quick{doc: doc}
	if list, ok := q.members(); ok {
		if !utf8.ValidString(text) {
			t.Errorf("%q is not UTF-8", text)
		}
		if want, err := members(doc, lax); err != nil || !reflect.DeepEqual(list, want) {
			t.Errorf("%q has the members %v, not %v (%v)", text, want, list, err)
		}
	}
	q = quick{doc: doc}
	if list, ok := q.elements(); ok {
		want, err := slowElements(doc)
		if err != nil || !reflect.DeepEqual(list, want) {
			t.Errorf("%q has the elements %v, not %v (%v)", text, want, list, err)
		}
	}
}

// Nothing that is beyond doubt may be left to the slow reading: it would be right, but not in time.
func TestQuickReadingDoesNotGiveUpOnGoodText(t *testing.T) {
	t.Parallel()
	for _, text := range texts {
		doc := []byte(text)
		q := quick{doc: doc}
		if explain(doc, true) == nil && !q.whole() && text != "" && strings.TrimSpace(text) != "" {
			t.Errorf("%q is given up", text)
		}
	}
	deep := []byte(strings.Repeat("[", quickDepth) + strings.Repeat("]", quickDepth))
	if q := (quick{doc: deep}); !q.whole() {
		t.Error("deep nesting is given up")
	}
	deeper := []byte(strings.Repeat("[", maxDepth+1) + strings.Repeat("]", maxDepth+1))
	if q := (quick{doc: deeper}); q.whole() {
		t.Error("deeper nesting than jsontext reads is let through")
	}
}
