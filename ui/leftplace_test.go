package ui

import (
	"strings"
	"testing"

	"errata/api/apitest"
	"errata/model"
)

// talk is a log of four messages, a map and a text of some lines.
const talk = `{"id": "log_one", "prompt": {"id": "pr_1", "path": "almanac/tides"}, "evaluator_logs": [], "created_at": "2025-03-02T10:00:00",` +
	` "messages": [{"role": "system", "content": "You know the t\u0069des."}, {"content": "High?", "role": "user", "n": 1.50}, {"role": "assistant", "content": "At nine."}, {"role": "user", "content": "Low?"}],` +
	` "output": "High at nine.\nMind the fog.\nLow at three.", "metadata": {"a": 1e2, "b": [1, 2], "c": "x"}}`

// The messages with two of them corrected.
const (
	corrected = `[{"role":"system","content":"You know the tides."},{"role":"user","content":"High tide?","n":1.5},{"role":"assistant","content":"At nine."},{"role":"user","content":"Low tide?"}]`
	firstOnly = `[{"role": "system", "content": "You know the t\u0069des."}, {"content": "High tide?", "role": "user", "n": 1.50}, {"role": "assistant", "content": "At nine."}, {"role": "user", "content": "Low?"}]`
)

// correcting has a person edit fields of that log, by name and literal, and ask for the review.
func correcting(t *testing.T, o Options, edits ...string) *person {
	t.Helper()
	o.LogID = "log_one"
	p := sit(t, o).rest()
	p.fake.Put(t, []byte(talk))
	p.press("R").rest()
	c := model.NewChangeSet(p.r.form.Changes().Base())
	for i := 0; i < len(edits); i += 2 {
		f, ok := model.Lookup(edits[i])
		if !ok {
			t.Fatalf("no field %s", edits[i])
		}
		c.Set(f, model.Raw([]byte(edits[i+1])))
	}
	p.r.form.Apply(c)
	return p.press("ctrl+s").rest()
}

// changed is the value of a field as it is edited.
func changed(t *testing.T, p *person, name string) string {
	t.Helper()
	f, _ := model.Lookup(name)
	return string(p.r.form.Changes().Value(f).Bytes())
}

// One of two corrected messages is left out: the rest goes, with every byte that is not of it as it
// was, and what was left out is what remains, beyond the end of the program.
func TestAPlaceThatIsLeftOutIsNotSentAndStays(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	p := correcting(t, drafted(dir, ""), "messages", corrected)
	p.shows(`[1].content      "High?" → "High tide?"`)
	p.press("j", "j", "d")
	p.shows(`left out: "Low?" → "Low tide?"`)
	p.shows("[3].content: left out, it stays changed in the form")
	p.shows("1 field, 1 place left out")
	p.shows("d take back in")
	p.showsBody(`{"messages":[{"role": "system", "content": "You know the t\u0069des."},`)
	p.showsBody(`{"content": "High tide?", "role": "user", "n": 1.50}`)
	p.shows("1 of 2 left out; message [1] user, content")
	p.press("enter").rest()
	p.sent(`{"messages":` + firstOnly + `}`)
	p.shows("saved and verified; left out and still changed: messages")
	p.shows("1 changed")
	if got := changed(t, p, "messages"); got != corrected {
		t.Errorf("the form holds %s, want %s", got, corrected)
	}
	p.r.drafts.close()

	q := sit(t, drafted(dir, ""))
	q.rest()
	q.fake.Put(t, []byte(strings.Replace(talk, `"High?"`, `"High tide?"`, 1)))
	q.press("enter").rest()
	q.shows("restored unsaved work")
	q.press("ctrl+s")
	q.shows(`message [3] user, content: "Low?" → "Low tide?"`)
	q.showsNot("High tide?\" →")
	q.press("ctrl+s").rest()
	q.sent(`{"messages":` + corrected + `}`)
	q.shows("no changes")
}

// One of two places of the same message was sent, and the program died before the draft knew: what
// the server holds then is a part of the work that is restored, and in conflict with nothing.
func TestAKillBehindAPartThatWasSentIsNoConflict(t *testing.T) {
	t.Parallel()
	const (
		whole = `[{"role":"system","content":"You know the tides."},{"role":"user","content":"High tide?","n":2.5},{"role":"assistant","content":"At nine."},{"role":"user","content":"Low?"}]`
		sent  = `{"content": "High tide?", "role": "user", "n": 1.50}`
	)
	dir := t.TempDir()
	p := correcting(t, drafted(dir, ""), "messages", whole)
	p.press("j", "j", "d")
	p.shows("left out: 1.50")
	p.r.drafts.close() // it is not told of what is sent now

	q := sit(t, drafted(dir, ""))
	q.rest()
	q.fake.Put(t, []byte(strings.Replace(talk, `{"content": "High?", "role": "user", "n": 1.50}`, sent, 1)))
	q.press("enter").rest()
	q.shows("restored unsaved work")
	q.showsNot("Conflict")
	q.press("ctrl+s")
	q.showsNot("High tide?\" →")
	q.press("ctrl+s").rest()
	q.sent(`{"messages":` + whole + `}`)
	q.shows("no changes")
}

func TestAPlaceIsTakenBackIn(t *testing.T) {
	t.Parallel()
	for name, keys := range map[string][]string{
		"by d":                     {"j", "d", "d"},
		"one after the other":      {"j", "d", "j", "d", "k", "d", "j", "d"},
		"by the row of the field":  {"j", "d", "k", "d", "d"},
		"from a field left out":    {"d", "j", "d", "j", "d"},
		"by undo and redo":         {"j", "d", "esc", "u", "ctrl+r", "ctrl+s"},
		"though nothing was sent":  {"d", "enter", "d"},
		"though it was folded":     {"j", "d", "h", "l", "j", "d"},
		"though the review closed": {"j", "d", "esc", "ctrl+s", "j", "d"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := correcting(t, Options{}, "messages", corrected)
			p.press(keys...)
			p.showsNot("left out")
			p.press("ctrl+s").rest()
			p.sent(`{"messages":` + corrected + `}`)
			p.shows("no changes")
		})
	}
}

func TestWhenEveryPlaceIsLeftOutNothingIsSent(t *testing.T) {
	t.Parallel()
	p := correcting(t, Options{}, "messages", corrected)
	p.press("j", "d", "j", "d")
	p.shows("0 fields, 1 left out")
	p.press("enter").rest()
	p.shows("not sent: every change is left out")
	p.sent()
}

func TestPlacesOfAMapAndLinesOfATextAreLeftOut(t *testing.T) {
	t.Parallel()
	const text, members = `"High at ten.\nMind the fog.\nLow at four."`, `{"a":100,"b":[1,2,3],"c":"y","d":null}`
	p := correcting(t, Options{}, "output", text, "metadata", members)
	p.shows("line 1")
	p.press("j", "d") // the first line
	p.shows("line 1: left out, it stays changed in the form")
	p.press("j", "j", "j", "j", "d") // of b, c and d, the second
	p.shows("2 fields, 2 places left out")
	p.press("enter").rest()
	p.sent(`{"output":"High at nine.\nMind the fog.\nLow at four.","metadata":{"a": 1e2, "b": [1, 2, 3], "c": "x", "d": null}}`)
	p.shows("2 changed")
	p.press("ctrl+s", "ctrl+s").rest()
	if got := p.bodies(); len(got) != 2 || got[1] != `{"output":`+text+`,"metadata":`+members+`}` {
		t.Errorf("the rest is %q", got)
	}
	p.shows("no changes")
}

// Somebody else has put a message in front, and the review is shown again: what is left out stays
// left out, wherever it stands now.
func TestAPlaceStaysLeftOutWhenSomebodyElseWrites(t *testing.T) {
	t.Parallel()
	p := correcting(t, Options{}, "messages", corrected)
	p.press("j", "j", "d")
	p.fake.Put(t, []byte(strings.Replace(talk, `"messages": [`, `"messages": [{"role": "user", "content": "Ahoy"}, `, 1)))
	p.press("enter").rest()
	p.sent()
	p.shows("not sent: the server changed messages; this is what remains")
	p.shows(`left out: "Low?" → "Low tide?"`)
	p.shows("1 place left out")
	p.press("enter").rest()
	p.shows("saved and verified; left out and still changed: messages")
	if got := p.bodies(); len(got) != 1 || !strings.Contains(got[0], "Ahoy") || !strings.Contains(got[0], "High tide?") || strings.Contains(got[0], "Low tide?") {
		t.Errorf("the server got %q", got)
	}
	p.press("ctrl+s")
	p.shows(`"Low?" → "Low tide?"`)
	p.press("enter").rest()
	p.shows("no changes")
}

// Where it cannot be told which of the places is the one that was left out, none is sent.
func TestAPlaceThatIsNotFoundAgainLeavesTheFieldOut(t *testing.T) {
	t.Parallel()
	const ask, answer = `{"role": "user", "content": "Low?"}`, `{"role": "assistant", "content": "At nine."}`
	p := correcting(t, Options{}, "output", `"At nine."`)
	p.press("esc")
	alike := strings.Replace(talk, ask, ask+", "+answer+", "+ask, 1)
	p.fake.Put(t, []byte(alike))
	p.press("R").rest()
	c := model.NewChangeSet(p.r.form.Changes().Base())
	messages, _ := model.Lookup("messages")
	list := c.Base().Value(messages)
	c.Set(messages, model.Raw([]byte(strings.ReplaceAll(string(list.Bytes()), "Low?", "Low tide?"))))
	p.r.form.Apply(c)
	p.press("ctrl+s", "j", "d")
	p.shows("2 fields, 1 place left out")
	p.fake.Put(t, []byte(strings.Replace(alike, `"messages": [`, `"messages": [`+answer+`, `, 1)))
	p.press("enter").rest()
	p.shows("not sent: the server changed messages")
	p.shows("1 field, 1 left out")
	p.press("enter").rest()
	p.sent(`{"output":"At nine."}`)
}

func TestALateSaveKeepsThePlacesThatWereLeftOut(t *testing.T) {
	t.Parallel()
	p := correcting(t, drafted(t.TempDir(), ""), "messages", corrected)
	p.fake.FailAfter(apitest.UpdateLog, lost())
	patch := p.fake.Hold(apitest.UpdateLog)
	p.press("j", "j", "d", "enter")
	<-patch.Reached()
	check := p.fake.Hold(apitest.Log)
	patch.Open()
	<-check.Reached()
	p.press("esc")
	check.Open()
	p.rest()
	p.shows("saved and verified")
	p.shows("1 changed")
	p.press("ctrl+s")
	p.shows(`message [3] user, content: "Low?" → "Low tide?"`)
	p.showsBody(`{"messages":` + corrected[:40])
}

// What was sent of a field is an entry of the history like any other.
func TestASentPlaceIsTakenBack(t *testing.T) {
	t.Parallel()
	p := correcting(t, journaled(t, t.TempDir(), ""), "output", `"High at ten.\nMind the fog.\nLow at four."`)
	p.press("j", "d", "enter").rest()
	const sent = `{"output":"High at nine.\nMind the fog.\nLow at four."}`
	p.sent(sent)
	p.press("g", "j", "j", "r", "H").rest()
	p.shows("line 3: ")
	p.press("u").rest()
	p.press("enter").rest()
	p.sent(sent, `{"output":"High at nine.\nMind the fog.\nLow at three."}`)
}
