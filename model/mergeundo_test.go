package model

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"errata/model/jsonraw"
)

// talk is a conversation in which each message and each word is there once: a message is its words,
// and the first one names it.
type talk [][]string

func (c talk) clone() (d talk) {
	for _, message := range c {
		d = append(d, slices.Clone(message))
	}
	return d
}

func (c talk) value() Value {
	var b strings.Builder
	for i, message := range c {
		fmt.Fprintf(&b, `%s{"role":"user","content":%s}`, []string{"[", ","}[min(i, 1)], jsonraw.Literal(strings.Join(message, " ")))
	}
	return raw("[" + strings.TrimPrefix(b.String(), "[") + "]")
}

func (c talk) words() map[string]bool {
	list := map[string]bool{}
	for _, message := range c {
		for _, word := range message {
			list[word] = true
		}
	}
	return list
}

// author changes talks, with words that nobody used before.
type author struct {
	random  *rand.Rand
	name    string
	written int
	// which messages it changed, by name, and the neighbours between which one came, went or moved
	changed, gaps map[string]bool
	gone          map[string]bool // those that it took away
}

func (a *author) word() string {
	a.written++
	return fmt.Sprintf("%s%d", a.name, a.written)
}

func (a *author) message() (words []string) {
	for range 6 {
		words = append(words, a.word())
	}
	return words
}

// at notes the place between two messages.
func (a *author) at(c talk, i int) {
	for k := max(0, i-2); k < min(len(c), i+2); k++ {
		a.gaps[c[k][0]] = true
	}
	if i-2 < 0 {
		a.gaps["start"] = true
	}
	if i+2 > len(c) {
		a.gaps["end"] = true
	}
}

func (a *author) change(c talk) talk {
	i := 0
	if len(c) > 0 {
		i = a.random.IntN(len(c))
	}
	switch kind := a.random.IntN(6); {
	case len(c) == 0 || kind == 0: // one comes
		if a.random.IntN(2) == 0 {
			i = len(c)
		}
		a.at(c, i)
		return slices.Insert(c, i, a.message())
	case kind == 1: // one goes
		a.at(c, i)
		a.changed[c[i][0]], a.gone[c[i][0]] = true, true
		return slices.Delete(c, i, i+1)
	case kind == 2: // one moves
		message := c[i]
		a.at(c, i)
		a.changed[message[0]] = true
		c = slices.Delete(c, i, i+1)
		to := a.random.IntN(len(c) + 1)
		a.at(c, to)
		return slices.Insert(c, to, message)
	}
	a.changed[c[i][0]] = true
	c[i][1+a.random.IntN(len(c[i])-1)] = a.word()
	return c
}

// FuzzUndoOfMessages: whatever an entry did to a conversation, and others since, the words of the
// entry go, no message stands twice, and what came since stays where it says so, and in messages
// and between messages that the entry did not touch in any case.
func FuzzUndoOfMessages(f *testing.F) {
	for seed := range uint64(1000) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		undoOf(t, seed, messages, talk.value, func(v Value) (left talk) {
			elements, err := jsonraw.Elements(v.Bytes())
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range elements {
				_, content, _ := strings.Cut(string(e.Val.Of(v.Bytes())), `"content":"`)
				left = append(left, strings.Fields(strings.TrimSuffix(content, `"}`)))
			}
			return left
		})
	})
}

// FuzzUndoOfLines: the same of the lines of a text.
func FuzzUndoOfLines(f *testing.F) {
	for seed := range uint64(1000) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		text := func(c talk) Value {
			var lines []string
			for _, line := range c {
				lines = append(lines, strings.Join(line, " "))
			}
			body := strings.Join(lines, "\n")
			if seed%2 == 0 && body != "" {
				body += "\n"
			}
			return raw(string(jsonraw.Literal(body)))
		}
		undoOf(t, seed, output, text, func(v Value) (left talk) {
			body, _ := v.Text()
			for line := range strings.Lines(body) {
				left = append(left, strings.Fields(line))
			}
			return left
		})
	})
}

// undoOf takes a random entry out of a talk that was changed since, as a value of a field.
func undoOf(t *testing.T, seed uint64, field *Field, value func(talk) Value, read func(Value) talk) {
	t.Helper()
	random := rand.New(rand.NewPCG(seed, 1))
	people := map[string]*author{}
	for _, name := range []string{"old", "sent", "since"} {
		people[name] = &author{random: random, name: name, changed: map[string]bool{}, gaps: map[string]bool{}, gone: map[string]bool{}}
	}
	var old talk
	for range random.IntN(7) {
		old = append(old, people["old"].message())
	}
	sent := old.clone()
	for range 1 + random.IntN(3) {
		sent = people["sent"].change(sent)
	}
	now := sent.clone()
	for range 1 + random.IntN(3) {
		now = people["since"].change(now)
	}
	merged, apart, _ := field.MergeMine(value(sent), value(old), value(now))
	said := fmt.Sprintf("seed %d\nold    %v\nsent   %v\nnow    %v\nmerged %s, apart: %v", seed, old, sent, now, merged.Bytes(), apart)
	left := read(merged)
	seen := map[string]bool{}
	for _, message := range left {
		if seen[message[0]] {
			t.Fatalf("%s stands twice\n%s", message[0], said)
		}
		seen[message[0]] = true
	}
	was, had, is, has := old.words(), sent.words(), now.words(), left.words()
	for word := range has {
		if strings.HasPrefix(word, "sent") {
			t.Fatalf("%s of the entry stays\n%s", word, said)
		}
		if !was[word] && !is[word] {
			t.Fatalf("%s is of nobody\n%s", word, said)
		}
	}
	byName := map[string][]string{}
	for _, message := range now {
		byName[message[0]] = message
	}
	replaced := false // one that the entry changed may have become another, and that is one place
	for name := range people["since"].gone {
		replaced = replaced || people["sent"].changed[name] || strings.HasPrefix(name, "sent")
	}
	for _, message := range now {
		for _, word := range message {
			if !strings.HasPrefix(word, "since") || has[word] {
				continue
			}
			if apart || !replaced && !people["sent"].changed[message[0]] && !strings.HasPrefix(message[0], "sent") {
				t.Fatalf("%s, which came since, is lost\n%s", word, said)
			}
		}
	}
	for word := range was { // what the entry took away is back, unless it is gone since with its message
		if !had[word] && !has[word] && apart {
			name := ""
			for _, message := range old {
				if slices.Contains(message, word) {
					name = message[0]
				}
			}
			if byName[name] != nil || !sent.words()[name] {
				t.Fatalf("%s, which the entry took away, is not back\n%s", word, said)
			}
		}
	}
	if !apart {
		one, other := people["sent"], people["since"]
		for name := range one.changed {
			if other.changed[name] {
				return
			}
		}
		for name := range one.gaps {
			if other.gaps[name] {
				return
			}
		}
		for name := range other.changed {
			if strings.HasPrefix(name, "sent") {
				return
			}
		}
		t.Fatalf("a conflict between changes that are apart\n%s", said)
	}
}

// TestAnUndoInAListOfManyNumbersIsBounded: both sides have others, and not as many.
func TestAnUndoInAListOfManyNumbersIsBounded(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	numbers := func(n int) Value {
		list := make([]string, n)
		for i := range list {
			list[i] = fmt.Sprint(random.Uint64())
		}
		return raw(`{"list":[` + strings.Join(list, ",") + `]}`)
	}
	start := time.Now()
	if _, apart, ok := metadata.MergeMine(numbers(60_000), numbers(60_001), numbers(60_002)); apart || !ok {
		t.Errorf("it is apart: %v, done: %v", apart, ok)
	}
	// far above what it takes, far below what unbounded work does
	if took := time.Since(start); took > 20*time.Second {
		t.Errorf("it took %v", took)
	}
}

// TestAnUndoAmongManyThatAreTheSameIsBounded: both sides have some that mean the same, one very
// many.
func TestAnUndoAmongManyThatAreTheSameIsBounded(t *testing.T) {
	numbers, same := make([]string, 250), make([]string, 150_000)
	for i := range numbers {
		numbers[i] = fmt.Sprint(i)
	}
	for i := range same {
		same[i] = `""`
	}
	list := func(parts ...[]string) Value {
		return raw(`{"list":[` + strings.Join(slices.Concat(parts...), ",") + `]}`)
	}
	base, mine, theirs := list(numbers), list(same[:250]), list(numbers, same)
	start := time.Now()
	if _, _, ok := metadata.MergeMine(base, mine, theirs); !ok {
		t.Error("it is not done")
	}
	// far above what it takes, far below what unbounded work does
	if took := time.Since(start); took > 20*time.Second {
		t.Errorf("it took %v", took)
	}
}
