//go:build unix

package cli_test

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"errata/api/apitest"
	"errata/api/journal"
	"errata/api/server"
	"errata/api/store"
	"errata/model"
	"errata/ui/draft"
	"errata/ui/term/termtest"
)

// trial is one log, one server, and a user of errata, who goes on after whatever happens.
type trial struct {
	testing.TB
	rng    *rand.Rand
	fields []*model.Field
	home   home
	book   *ledger
	proxy  *apitest.Proxy
	drafts *draft.Store
	r      *termtest.Remote
	gates  []*apitest.Gate
	last   shot
	lastAt int // bytes that had come by then
	script []string
	asked  int // how often a PATCH was to be sent
	words  int // made so far

	// errata waits long for an answer, and the user does not; else errata soon gives up
	patient bool
	// nothing goes wrong from now on, so that errata gives up nothing on a slow machine
	healthy bool
}

const (
	faultWidth, faultHeight = 64, 40
	faultPrompt             = "pr_faults"
	faultDoc                = `{"id":"log_%d","prompt":{"id":"pr_faults","path":"almanac/faults"},"evaluator_logs":[],"output":"Base.","error":null,` +
		`"finish_reason":"stop","prompt_tokens":12,"metadata":{"b":1e-07},"created_at":"2025-03-01T10:00:00"}`
)

// faultFields are the fields that are edited, the map last.
func faultFields(t testing.TB) (list []*model.Field) {
	t.Helper()
	for _, name := range []string{"output", "error", "finish_reason", "prompt_tokens", "metadata"} {
		f, ok := model.Lookup(name)
		if !ok {
			t.Fatalf("no field %q", name)
		}
		list = append(list, f)
	}
	return list
}

// newTrial is a trial on a log of its own in a store.
func newTrial(t testing.TB, st *store.Store, seed uint64) *trial {
	t.Helper()
	if _, err := st.Import(t.Context(), fmt.Appendf(nil, faultDoc, seed)); err != nil {
		t.Fatal(err)
	}
	s := &trial{TB: t, rng: rand.New(rand.NewPCG(seed, 0)), home: newHome(t), patient: seed%4 == 0}
	fields := faultFields(t)
	for _, i := range s.rng.Perm(len(fields))[:2+s.rng.IntN(2)] { // a few, so that the steps meet
		s.fields = append(s.fields, fields[i])
	}
	s.book = &ledger{
		t: t, store: st, id: fmt.Sprint("log_", seed), next: server.New(st, server.Options{Allow: server.Only("test-key", "")}), touched: map[string]bool{},
		// its digits are nobody's to change
		words: []*word{{text: "1e-07", field: fields[len(fields)-1]}},
	}
	s.proxy = apitest.NewProxy(t, s.book)
	t.Cleanup(s.openGates) // the proxy waits for what it holds
	s.drafts = draft.New(s.state(), draft.Options{})
	return s
}

// note puts a step into the script.
func (s *trial) note(format string, args ...any) {
	s.script = append(s.script, fmt.Sprintf(format, args...))
}

// until waits for a screen.
func (s *trial) until(what string, ok func(v shot) bool) shot {
	s.Helper()
	var v shot
	s.r.Until(what, func() bool { v = s.shot(); return ok(v) })
	return v
}

func (s *trial) at(places ...place) shot {
	s.Helper()
	return s.until(fmt.Sprint(places), func(v shot) bool { return slices.Contains(places, v.place()) })
}

// start starts errata on the log; where the log cannot be read, it starts it again when the server
// is well.
func (s *trial) start() {
	s.Helper()
	s.startOn(s.book.id)
}

// startOn does that on a log, or on the list.
func (s *trial) startOn(ids ...string) {
	s.Helper()
	for {
		pending := s.pending()
		timeout := "300ms"
		if s.patient || s.healthy {
			timeout = "20s"
		}
		cmd := s.home.command(append([]string{"--base-url", s.url(), "--timeout", timeout}, ids...)...)
		// a second less for each end under -race
		cmd.Env = append(cmd.Env, "ERRATA_API_KEY=test-key", "EDITOR="+s.editor(), "GORACE=atexit_sleep_ms=0")
		s.last = nil
		s.r = termtest.Start(s, cmd, faultWidth, faultHeight)
		v := s.at(onForm, inEditor, inMember, onClash, onList, failed)
		if v.place() != failed {
			if pending { // what is said of it comes when it likes, and must not come for an answer
				v = s.until("the account", func(v shot) bool { return strings.Contains(v.status(), "unaccounted for") })
			}
			s.note("  errata starts: %s", v.status())
			s.look()
			return
		}
		s.note("  errata does not start")
		s.r.Ends()
		s.proxy.Heal()
	}
}

// pending reports whether there is a PATCH whose process was killed before it learned the outcome.
// Of one that errata itself called unknown, on the screen, the next errata says nothing.
func (s *trial) pending() bool {
	s.Helper()
	list, err := s.journal().Pending(s.url())
	if err != nil {
		s.Fatal(err)
	}
	return slices.ContainsFunc(list, func(e journal.Entry) bool { return e.Outcome == journal.Pending })
}

// journal is errata's own.
func (s *trial) journal() *journal.Journal {
	s.Helper()
	j, err := journal.Open(s.state(), journal.Options{})
	if err != nil {
		s.Fatal(err)
	}
	return j
}

func (s *trial) state() string { return filepath.Join(s.home.dir, ".local", "state", "errata") }
func (s *trial) url() string   { return s.proxy.URL() + "/v5" }

// kill ends errata by a signal, and looks what is kept.
func (s *trial) kill(sig syscall.Signal) {
	s.Helper()
	s.note("%v", sig)
	s.r.Signal(sig)
	s.r.Ends()
	s.kept("after " + sig.String())
}

// quit leaves errata.
func (s *trial) quit() {
	s.Helper()
	s.note("quit")
	s.r.Send("\x03y")
	s.r.Ends()
	s.kept("after quitting")
}

// kept compares what is stored and what is in the drafts with what was typed.
func (s *trial) kept(when string) {
	s.Helper()
	s.count()
	edits := s.edits()
	s.book.missing(when, func(w *word) bool { return bytes.Contains(edits[w.field], []byte(w.text)) })
	if n, ok := s.shot().changed(); ok && n != len(edits) {
		s.wrong("%s: %d changed fields were on the screen, %d are in the draft", when, n, len(edits))
	}
}

// edits are the texts of the unsaved changes, by field.
func (s *trial) edits() map[*model.Field][]byte {
	s.Helper()
	list, err := s.drafts.List(context.Background())
	if err != nil {
		s.Fatal(err)
	}
	edits := map[*model.Field][]byte{}
	for _, info := range list {
		for _, c := range info.Changes {
			edits[c.Field] = []byte(c.Edit.Text)
			if c.Edit.Err == nil {
				edits[c.Field] = c.Edit.Value.Bytes()
			}
		}
		if l := info.External; l != nil && l.Text != nil {
			edits[l.Field] = l.Text
		}
	}
	return edits
}

// count checks the PATCHes that were sent. It is called when no send is under way: all of them are
// in the journal then, though one that errata did not wait for may not have come yet.
func (s *trial) count() {
	s.Helper()
	var entries []journal.Entry
	for e, err := range s.journal().Entries(journal.Filter{}) {
		if err != nil {
			s.wrong("the journal cannot be read: %v", err)
		}
		entries = append(entries, e)
	}
	s.asked = s.book.sent(s.proxy.Exchanges(), entries, s.asked)
}

// look notes what the user sees of what others wrote, where it is as the log's own, and whether
// errata has ceased to keep drafts.
func (s *trial) look() {
	v := s.shot()
	if v.place() == onForm || v.place() == inEditor {
		s.book.see(v.has)
	}
	if v.has("drafts are off") {
		s.wrong("drafts are off: %s", v.status())
	}
}

// goTo puts the cursor on a field of the form. The cursor moves, by way of the last row if need be,
// so that everything typed before has been done then and old news is gone.
func (s *trial) goTo(f *model.Field) {
	s.Helper()
	if s.at(onForm, inEditor).place() == inEditor {
		s.r.Send("\x1b")
		s.at(onForm)
	}
	if label, _ := s.shot().row(); label == f.Label {
		s.r.Send("G")
		s.until("another row", func(v shot) bool { now, _ := v.row(); return now != "" && now != label })
	}
	s.r.Send("g" + strings.Repeat("j", slices.Index(model.Form(), f)))
	s.until(f.Label, func(v shot) bool { label, _ := v.row(); return label == f.Label })
	s.look()
}

// news does something to a field, and waits for one of the words that it ends with.
func (s *trial) news(key string, ends ...string) string {
	s.Helper()
	s.r.Send(key)
	v := s.until(fmt.Sprint(ends), func(v shot) bool {
		return slices.ContainsFunc(ends, func(end string) bool { return strings.Contains(v.status(), end) })
	})
	s.note("  %s", v.status())
	return v.status()
}

// fresh makes a word that occurs nowhere else.
func (s *trial) fresh(f *model.Field, who byte) string {
	s.words++
	if f.Kind == model.Integer {
		return fmt.Sprint(7_000_000 + s.words)
	}
	return fmt.Sprintf("%c%c%cxyz", who, 'a'+s.words/26, 'a'+s.words%26)
}

// tailOf is the end of a field's text when all of keysFor have been taken.
func tailOf(f *model.Field, text string) string {
	if f.Kind == model.Map {
		return `"` + text + `":1}`
	}
	return text
}

// keysFor are the keys that put a word at the end of a field's text, the cursor standing there.
func keysFor(f *model.Field, text string) string {
	switch f.Kind {
	case model.Map:
		return "\x7f," + tailOf(f, text)
	case model.Integer:
		return text
	default:
		return " " + text
	}
}

// outcome waits until a send has ended, one way or another.
func (s *trial) outcome() string {
	s.Helper()
	v := s.until("an outcome", func(v shot) bool {
		return v.place() == onForm || v.place() == onClash || v.place() == onReview && strings.HasPrefix(v.status(), notSent)
	})
	s.note("  %s: %s", v.place(), v.status())
	if v.place() == onReview {
		s.r.Send("\x1b")
		s.at(onForm)
	}
	s.look()
	s.count()
	status := v.status()
	s.settled(status)
	return status
}

// settled looks, after a save, whether all that was typed is stored, or left out and still unsaved.
func (s *trial) settled(status string) {
	s.Helper()
	if strings.HasPrefix(status, "saved and verified") {
		edits := s.edits()
		s.book.missing("after saving", func(w *word) bool { return bytes.Contains(edits[w.field], []byte(w.text)) })
		s.book.clean(edits)
	}
}
