package change

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// listOf is a JSON list of some elements.
func listOf(elements []string) []byte { return []byte("[" + strings.Join(elements, ",") + "]") }

// carried is what the steps make of the old list: what differs is taken from the new one, and all
// else from the old one.
func carried(t *testing.T, e ends) (list []string) {
	t.Helper()
	i := 0
	upTo := func(n int) {
		for ; i < n; i++ {
			list = append(list, string(e.old(i)))
		}
	}
	for _, s := range e.steps {
		switch {
		case s.came():
			upTo(i + s.now - len(list))
			list = append(list, string(e.now(s.now)))
		case s.went():
			upTo(s.old)
			i++
		default:
			upTo(s.old)
			if len(list) != s.now {
				t.Fatalf("%v comes at %d", s, len(list))
			}
			list = append(list, string(e.now(s.now)))
			i++
		}
	}
	upTo(e.olds())
	return list
}

// TestStepsLeadFromOneListToTheOther: whatever was done to a list, and however many of its elements
// are alike.
func TestStepsLeadFromOneListToTheOther(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(5, 6))
	for range 3000 {
		kinds := 1 + random.IntN(60)
		was := make([]string, random.IntN(40))
		for i := range was {
			was[i] = fmt.Sprint(random.IntN(kinds))
		}
		is := slices.Clone(was)
		for range random.IntN(8) {
			switch at, how := random.IntN(len(is)+1), random.IntN(4); {
			case at == len(is) || how == 0:
				is = slices.Insert(is, at, fmt.Sprint(random.IntN(kinds)))
			case how == 1:
				is = slices.Delete(is, at, at+1)
			case how == 2:
				is[at] = fmt.Sprint(kinds + random.IntN(kinds))
			default:
				moved := is[at]
				is = slices.Delete(is, at, at+1)
				is = slices.Insert(is, random.IntN(len(is)+1), moved)
			}
		}
		e, ok := narrowed(listOf(was), listOf(is))
		if !ok {
			t.Fatalf("%v and %v are not compared", was, is)
		}
		if got := carried(t, e); !slices.Equal(got, is) {
			t.Fatalf("%v becomes %v, and by %v (ends %d, %d) %v", was, is, e.steps, e.head, e.tail, got)
		}
	}
}

// TestChangesFarApartAreToldOneByOne: with one message out between them.
func TestChangesFarApartAreToldOneByOne(t *testing.T) {
	t.Parallel()
	was := messagesOfAThousand()
	is := slices.Clone(was)
	is[3] = strings.Replace(is[3], "buoy", "mooring", 1)
	is[900] = strings.Replace(is[900], "buoy", "mooring", 1)
	is = slices.Delete(is, 500, 501)
	e, _ := narrowed(listOf(was), listOf(is))
	if want := []step{{3, 3}, {500, none}, {900, 899}}; !slices.Equal(e.steps, want) {
		t.Fatalf("steps %v", e.steps)
	}
	if got := e.words(true); got != "2 changed: [3] assistant, [900] user; 1 removed: [500] user" {
		t.Errorf("told as %q", got)
	}
}

func messagesOfAThousand() (list []string) {
	for i := range 1000 {
		list = append(list, fmt.Sprintf(`{"role":%q,"content":"buoy %d is lit"}`, []string{"user", "assistant"}[i%2], i))
	}
	return list
}

// TestTheMessageThatWentIsNotTheOneThatChanged, though they stood side by side.
func TestTheMessageThatWentIsNotTheOneThatChanged(t *testing.T) {
	t.Parallel()
	was := messagesOfAThousand()
	is := slices.Clone(was)
	is[10] = strings.Replace(is[10], "buoy", "red buoy", 1)
	is[11] = strings.Replace(is[11], "lit", "dark", 1)
	is = slices.Delete(is, 9, 10)
	e, _ := narrowed(listOf(was), listOf(is))
	if want := []step{{9, none}, {10, 9}, {11, 10}}; !slices.Equal(e.steps, want) {
		t.Errorf("steps %v", e.steps)
	}
}

// TestAMessageThatMovedIsOneStepOutAndOneIn, and those that it passed have not changed.
func TestAMessageThatMovedIsOneStepOutAndOneIn(t *testing.T) {
	t.Parallel()
	was := messagesOfAThousand()[:20]
	is := slices.Insert(slices.Delete(slices.Clone(was), 2, 3), 10, was[2])
	e, _ := narrowed(listOf(was), listOf(is))
	if want := []step{{2, none}, {none, 10}}; !slices.Equal(e.steps, want) {
		t.Errorf("steps %v", e.steps)
	}
}

// BenchmarkFarApart compares two lists of 50,000 messages, 100 MB each, of which two far apart have
// changed and one has gone.
func BenchmarkFarApart(b *testing.B) {
	var was []string
	for i := range 50_000 {
		was = append(was, fmt.Sprintf(`{"role":"user","content":"%d %s"}`, i, strings.Repeat("the buoy is lit ", 128)))
	}
	is := slices.Clone(was)
	is[3], is[45_000] = `{"role":"user","content":"x"}`, `{"role":"user","content":"y"}`
	is = slices.Delete(is, 20_000, 20_001)
	before, after := listOf(was), listOf(is)
	b.SetBytes(int64(len(before)))
	for b.Loop() {
		if e, _ := narrowed(before, after); len(e.steps) != 3 {
			b.Fatal(e.steps)
		}
	}
}

// TestMessagesInAnotherSpellingAreTheSame, so that one that was put in ahead of them and one that
// went behind them are all that differs.
func TestMessagesInAnotherSpellingAreTheSame(t *testing.T) {
	t.Parallel()
	was := messagesOfAThousand()[:40]
	is := slices.Insert(slices.Clone(was), 1, `{"role":"user","content":"Ahoy"}`)
	is = slices.Delete(is, 30, 31)
	for i := range was {
		was[i] = strings.Replace(was[i], `","content":`, `", "content" : `, 1)
	}
	e, _ := narrowed(listOf(was), listOf(is))
	if want := []step{{none, 1}, {29, none}}; !slices.Equal(e.steps, want) {
		t.Errorf("steps %v", e.steps)
	}
}
