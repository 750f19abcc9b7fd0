package draft_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"testing"
	"time"

	"errata/ui/draft"
)

// person is a user who edits at random; it knows what a draft must hold.
type person struct {
	*rand.Rand
	open  *draft.Open
	inner *draft.Enter
	typed bool // in the open text
	felt  bool // in the inner one
	done  int
}

// act is what happens next.
func (p *person) act() []draft.Event {
	switch {
	case p.open == nil && p.IntN(4) == 0:
		p.done++
		return []draft.Event{step("source", `"a"`, nil, value(fmt.Sprint(p.Int())))}
	case p.open == nil:
		o := [...]draft.Open{open("output", `"ab\n"`, "ab\n"), literal("inputs", `{"a":"x"}`), open("metadata", `{"a":1}`, unlike)}[p.IntN(3)]
		p.open, p.typed = &o, false
		return []draft.Event{o}
	case p.inner == nil && p.IntN(12) == 0, p.inner != nil && p.IntN(40) == 0:
		keeps := []draft.Event{draft.Close{}}
		if p.typed {
			p.done++
			keeps = []draft.Event{draft.Step{Field: p.open.Field, Base: p.open.Base, After: value(`"kept"`)}, draft.Close{}}
		}
		p.open, p.inner, p.typed, p.felt = nil, nil, false, false
		return keeps
	case p.IntN(8) == 0: // the same again, or a whole new text
		if o := *p.open; p.inner == nil {
			if p.typed && p.IntN(2) == 0 {
				o.Text = p.text()
			}
			p.open = &o
			return []draft.Event{o}
		}
		return []draft.Event{*p.inner}
	case p.inner == nil && p.open.Literal && p.IntN(3) == 0, p.inner != nil && p.IntN(20) == 0:
		in := draft.Enter{Place: fmt.Sprint(p.IntN(3)), Path: []int{0}, Name: p.IntN(2) == 0, Text: p.text()}
		same := p.inner != nil && p.inner.Place == in.Place && p.inner.Name == in.Name
		// a whole new text for the same place was typed as well
		p.inner, p.felt = &in, p.felt && same
		return []draft.Event{in}
	case p.inner != nil && p.IntN(10) == 0:
		p.inner, p.felt = nil, false
		if p.IntN(2) == 0 {
			return []draft.Event{draft.Leave{}}
		}
		s := p.splice(len(p.open.Text))
		p.open.Text, p.typed = carry(p.open.Text, s), p.typed || s.Del+len(s.Ins) > 0
		return []draft.Event{draft.Leave{Outer: s}}
	case p.inner != nil:
		s := p.splice(len(p.inner.Text))
		in := *p.inner
		in.Text = carry(in.Text, s)
		p.inner, p.felt = &in, true
		return []draft.Event{s}
	}
	s := p.splice(len(p.open.Text))
	p.open.Text, p.typed = carry(p.open.Text, s), true
	return []draft.Event{s}
}

func (p *person) text() []byte { return bytes.Repeat([]byte("t"), 1+p.IntN(5)) }

func (p *person) splice(n int) draft.Splice {
	at := p.IntN(n + 1)
	return draft.Splice{At: at, Del: p.IntN(min(n-at, 3) + 1), Ins: bytes.Repeat([]byte{byte('a' + p.IntN(26))}, p.IntN(4))}
}

// remembers is what a new process must find.
func (p *person) remembers() string {
	if p.open == nil || !p.typed && !p.felt {
		return fmt.Sprint(p.done)
	}
	s := fmt.Sprintf("%d %s %s %v", p.done, p.open.Field.Name, p.open.Text, p.open.Literal)
	if p.felt {
		s += fmt.Sprintf(" %s %v %s", p.inner.Place, p.inner.Name, p.inner.Text)
	}
	return s
}

// finds is what it finds.
func finds(state *draft.State) string {
	s := fmt.Sprint(len(state.Done))
	if o := state.Open; o != nil {
		s += fmt.Sprintf(" %s %s %v", o.Field.Name, o.Text, o.Literal)
		if o.Inner != nil {
			s += fmt.Sprintf(" %s %v %s", o.Inner.Place, o.Inner.Name, o.Inner.Text)
		}
	}
	return s
}

// TestSessionsAtRandom kills the process after every event, as far as the next one can tell.
func TestSessionsAtRandom(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	found := plant(t, dir, nil)
	for seed := range uint64(10) {
		p := &person{Rand: rand.New(rand.NewPCG(seed, 7))}
		b := ahead(t.TempDir(), int(seed%2)) // written ahead or not
		d, _ := take(t, b.Store)
		for range 120 {
			events := p.act()
			add(t, d, events...)
			if p.IntN(3) == 0 {
				b.pass(time.Second)
			}
			if p.IntN(15) == 0 { // all is written again
				b.fs.set(func(i int, op string) error {
					if i == 0 && op == "write .draft" {
						return os.ErrInvalid
					}
					return nil
				})
				_ = d.Append(draft.Moved{ETag: `"c"`})
				b.pass(2 * time.Second)
				b.fs.set(nil)
				if err := d.Sync(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			var content []byte
			if list := files(t, b.dir, ".draft"); len(list) == 1 {
				content, _ = os.ReadFile(list[0])
			}
			if err := os.WriteFile(found, content, 0o600); err != nil {
				t.Fatal(err)
			}
			if got, want := finds(reread(t, dir)), p.remembers(); got != want {
				t.Fatalf("seed %d, after %+v:\n%s\nwant\n%s", seed, events, got, want)
			}
		}
		shut(t, d)
		if got, want := finds(reread(t, b.dir)), p.remembers(); got != want {
			t.Fatalf("seed %d, at the end:\n%s\nwant\n%s", seed, got, want)
		}
	}
}
