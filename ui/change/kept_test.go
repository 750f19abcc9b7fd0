package change

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"errata/model"
	"errata/model/jsonraw"
)

// apart are the places of a change, also where it is one.
func apart(f *model.Field, before, after model.Value) []Place {
	t := teller{f: f, around: true, known: &known{}, apart: true}
	t.tell(before, after)
	return t.places
}

// drawn chooses some of a number of places: those that are kept, and the others.
func drawn(rnd *rand.Rand, list []Place) (kept, rest []Place) {
	for _, p := range list {
		if rnd.IntN(2) == 0 {
			kept = append(kept, p)
		} else {
			rest = append(rest, p)
		}
	}
	return kept, rest
}

// Whatever two values are and whichever places are kept, what is made of them is JSON, the places
// that remain lead on to the edited value, all of them make it and none leaves every byte.
func TestKeptAndThenTheRestIsTheEditedValue(t *testing.T) {
	t.Parallel()
	rnd := rand.New(rand.NewPCG(20, 5))
	f := field(t, "messages")
	for range 20_000 {
		old, edited := randomValue(rnd, 3), randomValue(rnd, 3)
		places := apart(f, old, edited)
		if len(places) == 0 {
			continue // as a whole, or not at all
		}
		if all := keeps(t, old, places); !all.Equal(edited) {
			t.Fatalf("%s → %s: all places make %s", old.Bytes(), edited.Bytes(), all.Bytes())
		}
		if none := keeps(t, old, nil); !bytes.Equal(none.Bytes(), old.Bytes()) {
			t.Fatalf("%s: no place makes %s", old.Bytes(), none.Bytes())
		}
		kept, rest := drawn(rnd, places)
		sent := keeps(t, old, kept)
		if jsonraw.Check(sent.Bytes()) != nil {
			t.Fatalf("%s → %s: %s is not JSON", old.Bytes(), edited.Bytes(), sent.Bytes())
		}
		if len(rest) > 0 != !sent.Equal(edited) || len(kept) > 0 != !sent.Equal(old) {
			t.Fatalf("%s → %s: %d of %d places make %s", old.Bytes(), edited.Bytes(), len(kept), len(places), sent.Bytes())
		}
		if then := keeps(t, sent, apart(f, sent, edited)); !then.Equal(edited) && len(rest) > 0 && holds(sent.Kind()) && sent.Kind() == edited.Kind() {
			t.Fatalf("%s → %s: %s and the rest make %s", old.Bytes(), edited.Bytes(), sent.Bytes(), then.Bytes())
		}
	}
}

func keeps(t *testing.T, old model.Value, places []Place) model.Value {
	t.Helper()
	v, err := Kept(old, places)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// Where it can be told what became of what, what is sent differs from the old value in the places
// that are kept and in no other, and what remains are the places that are left out and no other.
func TestKeptIsExactlyWhatWasKept(t *testing.T) {
	t.Parallel()
	rnd := rand.New(rand.NewPCG(7, 20))
	for name, pair := range map[string]func(*rand.Rand) (old, edited string){
		"messages": twoTalks, "metadata": twoMaps, "output": twoTexts,
	} {
		f := field(t, name)
		for range 3000 {
			was, is := pair(rnd)
			old, edited := raw(was), raw(is)
			places := apart(f, old, edited)
			kept, rest := drawn(rnd, places)
			sent := keeps(t, old, kept)
			if got := apart(f, old, sent); !slices.EqualFunc(got, kept, sameChange) {
				t.Fatalf("%s\n→ %s\nkeeping %s\nmakes %s\nwhich is %s", was, is, listed(f, kept), sent.Bytes(), listed(f, got))
			}
			if got := apart(f, sent, edited); !slices.EqualFunc(got, rest, sameChange) {
				t.Fatalf("%s\n→ %s\nleaving out %s\nleaves %s", was, is, listed(f, rest), listed(f, got))
			}
		}
	}
}

func sameChange(p, q Place) bool { return p.is(&q) }

func listed(f *model.Field, list []Place) string {
	var b strings.Builder
	for _, p := range list {
		b.WriteString(p.Where(f) + " " + p.Sentence(f, 60) + "; ")
	}
	return b.String()
}

// someApart gives some of n numbers, none beside another.
func someApart(rnd *rand.Rand, n int) (list []int) {
	for i := rnd.IntN(3); i < n; i += 2 + rnd.IntN(3) {
		list = append(list, i)
	}
	return list
}

// verse is a text of distinct lines, and an edit of it.
func verse(rnd *rand.Rand, of string) (was, is string) {
	var old []string
	for i := range 3 + rnd.IntN(8) {
		old = append(old, fmt.Sprintf("line %d of %s\n", i, of))
	}
	now := slices.Clone(old)
	for _, i := range slices.Backward(someApart(rnd, len(old))) {
		switch rnd.IntN(3) {
		case 0:
			now[i] = "another " + now[i]
		case 1:
			now = slices.Delete(now, i, i+1)
		default:
			now = slices.Insert(now, i, fmt.Sprintf("new ahead of %d of %s\n", i, of))
		}
	}
	return strings.Join(old, ""), strings.Join(now, "")
}

func twoTexts(rnd *rand.Rand) (was, is string) {
	was, is = verse(rnd, "it")
	return strconv.Quote(was), strconv.Quote(is)
}

func twoTalks(rnd *rand.Rand) (was, is string) {
	message := func(text, more string) string {
		return `{"role":"user", "content":` + strconv.Quote(text) + more + `}`
	}
	var old []string
	for i := range 3 + rnd.IntN(8) {
		old = append(old, message(fmt.Sprintf("line 0 of %d\n", i), ""))
	}
	now := slices.Clone(old)
	for _, i := range slices.Backward(someApart(rnd, len(old))) {
		switch rnd.IntN(4) {
		case 0, 1:
			before, after := verse(rnd, strconv.Itoa(i))
			old[i], now[i] = message(before, ""), message(after, []string{"", `, "name": "ann"`}[rnd.IntN(2)])
		case 2:
			now = slices.Delete(now, i, i+1)
		default:
			now = slices.Insert(now, i, message(fmt.Sprintf("new ahead of %d", i), ""))
		}
	}
	return "[" + strings.Join(old, ", ") + "]", "[" + strings.Join(now, ",") + "]"
}

func twoMaps(rnd *rand.Rand) (was, is string) {
	var old, now []string
	member := func(i, value int) string { return fmt.Sprintf(`"k%d":{"n": %d.0,"same":1e2}`, i, value) }
	for i := range 2 + rnd.IntN(8) {
		switch rnd.IntN(5) {
		case 0:
			old = append(old, member(i, i))
		case 1:
			now = append(now, member(i, i))
		case 2:
			old, now = append(old, member(i, i)), append(now, member(i, i+100))
		default:
			old, now = append(old, member(i, i)), append(now, member(i, i))
		}
	}
	return "{" + strings.Join(old, " , ") + "}", "{" + strings.Join(now, ",") + "}"
}

// Digits, escapes, the order of keys and the space between stay as they are beside what is kept,
// and what comes has the order that it was given.
func TestKeptLeavesEveryOtherByte(t *testing.T) {
	t.Parallel()
	f := field(t, "metadata")
	old := raw(`{ "n" : 1E+2,"a":[1 , 2.0], "é":"\u00e9 one\nof\nthese\ntwo", "gone":0 }`)
	edited := raw(`{"é":"é 1\nof\nthese\n2","n":100,"a":[0,1,2,3],"y":1,"x":[]}`)
	places := apart(f, old, edited)
	var names []string
	for _, p := range places {
		names = append(names, p.Name(f))
	}
	if got, want := strings.Join(names, ", "), "a[0], a[3], é line 1, é line 4, gone, y, x"; strings.ReplaceAll(got, `["é"]`, "é") != want {
		t.Fatalf("the places are %s, want %s", got, want)
	}
	for _, c := range []struct {
		kept []int
		want string
	}{
		{[]int{0}, `{ "n" : 1E+2,"a":[0 , 1 , 2.0], "é":"\u00e9 one\nof\nthese\ntwo", "gone":0 }`},
		{[]int{1}, `{ "n" : 1E+2,"a":[1 , 2.0 , 3], "é":"\u00e9 one\nof\nthese\ntwo", "gone":0 }`},
		{[]int{3}, `{ "n" : 1E+2,"a":[1 , 2.0], "é":"\u00e9 one\nof\nthese\n2", "gone":0 }`},
		{[]int{4, 5, 6}, `{ "n" : 1E+2,"a":[1 , 2.0], "é":"\u00e9 one\nof\nthese\ntwo", "y":1, "x":[] }`},
	} {
		var kept []Place
		for _, i := range c.kept {
			kept = append(kept, places[i])
		}
		if got := keeps(t, old, kept); string(got.Bytes()) != c.want {
			t.Errorf("%v makes\n%s, want\n%s", c.kept, got.Bytes(), c.want)
		}
	}
}

// The same holds for a text of which only a passage is compared.
func TestPartsOfALargeTextAreKept(t *testing.T) {
	t.Parallel()
	f := field(t, "output")
	line := strings.Repeat("the buoy is lit ", 8) + "é\t\n"
	lines := slices.Repeat([]string{line}, 20_000)
	lines[9000], lines[9010] = "one\n", "two\n"
	old := raw(string(jsonraw.Literal(strings.Join(lines, ""))))
	lines[9000], lines[9010] = "1\n", "2\n"
	edited := raw(string(jsonraw.Literal(strings.Join(lines, ""))))
	places := apart(f, old, edited)
	if len(places) != 2 {
		t.Fatalf("%d places", len(places))
	}
	lines[9000] = "one\n"
	if got, want := keeps(t, old, places[1:]), jsonraw.Literal(strings.Join(lines, "")); !bytes.Equal(got.Bytes(), want) {
		t.Error("keeping the second line makes another text")
	}
	if got := keeps(t, old, places); !got.Equal(edited) {
		t.Error("both lines do not make the edited text")
	}
}

// What a line has of the one that it replaces is spelled as it is there.
func TestAKeptLineKeepsItsSpelling(t *testing.T) {
	t.Parallel()
	old, edited := raw(`"\u0061 one \u005c\ntwo \u00e9\nthree"`), raw(`"a 1 \\\ntwo é\n3"`)
	places := apart(field(t, "output"), old, edited)
	if len(places) != 2 {
		t.Fatalf("%d places", len(places))
	}
	if got, want := string(keeps(t, old, places[:1]).Bytes()), `"\u0061 1 \u005c\ntwo \u00e9\nthree"`; got != want {
		t.Errorf("it is %s, want %s", got, want)
	}
}
