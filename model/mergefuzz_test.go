package model

import (
	"slices"
	"testing"

	"errata/model/jsonraw"
)

// ids makes a sequence of few different items of any bytes.
func ids(text string) []int {
	var list []int
	for _, b := range []byte(text) {
		list = append(list, int(b%5))
	}
	return list
}

// taken is what a merge gives; ok is false if something is in conflict.
func taken(regions []region, mine, theirs []int) (merged []int, ok bool) {
	for _, r := range regions {
		switch r.from {
		case conflict:
			return nil, false
		case fromMine:
			merged = append(merged, cut(mine, r.mine)...)
		default:
			merged = append(merged, cut(theirs, r.theirs)...)
		}
	}
	return merged, true
}

// FuzzMerge3: hunks turn the base into the side; the regions cover all three sequences, agree with
// what they say, and are the same with the sides exchanged.
func FuzzMerge3(f *testing.F) {
	f.Add("abcd", "aXcd", "abcY")
	f.Add("", "a", "b")
	f.Add("aaaa", "aaa", "aaaaa")
	f.Add("abcabba", "cbabac", "bacbacb")
	f.Add("01234", "0134", "01x234")
	f.Add("01234", "12034", "12340")
	f.Fuzz(func(t *testing.T, b, m, h string) {
		base, mine, theirs := ids(b), ids(m), ids(h)
		list := hunks(base, mine)
		var built []int
		from := 0
		for _, h := range list {
			if h.base.start < from || from > 0 && h.base.start == from || h.base.len()+h.side.len() == 0 {
				t.Fatalf("the hunks %v are not apart", list)
			}
			built = append(append(built, base[from:h.base.start]...), mine[h.side.start:h.side.end]...)
			from = h.base.end
		}
		if built = append(built, base[from:]...); !slices.Equal(built, mine) {
			t.Fatalf("%v: %v becomes %v, not %v", list, base, built, mine)
		}
		regions, back := merge3(base, mine, theirs), merge3(base, theirs, mine)
		if len(regions) != len(back) {
			t.Fatalf("%v, exchanged %v", regions, back)
		}
		var at region
		for i, r := range regions {
			if r.base.start != at.base.end || r.mine.start != at.mine.end || r.theirs.start != at.theirs.end {
				t.Fatalf("a gap before region %d of %v", i, regions)
			}
			at = r
			x, y, z := base[r.base.start:r.base.end], mine[r.mine.start:r.mine.end], theirs[r.theirs.start:r.theirs.end]
			if sameMine, sameTheirs := slices.Equal(x, y), slices.Equal(x, z); r.from == fromMine && !sameTheirs ||
				r.from == fromTheirs && !sameMine || r.from == unchanged && !slices.Equal(y, z) || r.from == conflict && slices.Equal(y, z) {
				t.Fatalf("region %d of %v is not what it says", i, regions)
			}
			swapped := region{r.base, r.theirs, r.mine, map[origin]origin{fromMine: fromTheirs, fromTheirs: fromMine}[r.from], r.twice}
			if r.from == conflict {
				swapped.from = conflict
			}
			if back[i] != swapped {
				t.Fatalf("exchanged, region %d is %v, not %v", i, back[i], swapped)
			}
		}
		count := func(list []int, item int) (n int) {
			for _, i := range list {
				if i == item {
					n++
				}
			}
			return n
		}
		if merged, ok := taken(regions, mine, theirs); ok {
			for item := range 5 {
				if count(base, item) == 1 && count(mine, item) == 1 && count(theirs, item) == 1 && count(merged, item) != 1 {
					t.Fatalf("%d stands %d times in %v of %v, %v and %v", item, count(merged, item), merged, base, mine, theirs)
				}
			}
		}
		if at.base.end != len(base) || at.mine.end != len(mine) || at.theirs.end != len(theirs) {
			t.Fatalf("%v end early", regions)
		}
	})
}

// FuzzMerge: a side that did not change gives the other; the sides may be exchanged; what comes out
// can be read and has a text; nothing panics, whatever the three values are.
func FuzzMerge(f *testing.F) {
	f.Add(uint8(18), `{"a":1,"o":{"x":1}}`, `{"a":2,"o":{"x":1}}`, `{"a":1,"o":{"x":1,"y":null}}`)
	f.Add(uint8(9), `"a\nb\nc"`, `"A\nb\nc"`, `"a\nb\nc\n"`)
	f.Add(uint8(7), `[{"role":"user"},1]`, `[{"role":"user"},2]`, `[{"role":"user"},1,3]`)
	f.Add(uint8(7), `[{"t":"a b\nc","u":"{\"x\":1}"},1]`, `[{"t":"A b\nc","u":"{\"x\":2}"},1,2]`, `[0,{"t":"a B\nC","u":"{\"x\":1,\"y\":1}"},1]`)
	f.Add(uint8(9), `"a b\n"`, `"a b"`, `"a b\nc\n"`)
	f.Add(uint8(4), `0.1`, `0.10`, `1e-1`)
	f.Add(uint8(18), ``, `{"a":1}`, `{"a":1,"a":2}`)
	f.Add(uint8(9), `"\ud800"`, `null`, `"\ud800\ndc00"`)
	f.Fuzz(func(t *testing.T, row uint8, b, m, h string) {
		for _, s := range []string{b, m, h} {
			if s != "" && jsonraw.Check([]byte(s)) != nil {
				return
			}
		}
		field := fields[int(row)%len(fields)]
		base, mine, theirs := literal(b), literal(m), literal(h)
		for _, side := range []Value{mine, theirs} {
			for _, pair := range [][2]Value{{base, side}, {side, base}, {side, side}} {
				if got, ok := field.Merge(base, pair[0], pair[1]); !ok || !got.Equal(side) {
					t.Fatalf("one side alone made %s, %t of %s", got.Bytes(), ok, side.Bytes())
				}
			}
		}
		got, ok := field.Merge(base, mine, theirs)
		back, okBack := field.Merge(base, theirs, mine)
		if ok != okBack || ok && !got.Equal(back) {
			t.Fatalf("%s, %t; exchanged %s, %t", got.Bytes(), ok, back.Bytes(), okBack)
		}
		if ok && !got.IsAbsent() && jsonraw.Check(got.Bytes()) != nil {
			t.Fatalf("%s cannot be read", got.Bytes())
		}
		whole, apart, _ := field.MergeMine(base, mine, theirs)
		other, apartToo, _ := field.MergeMine(base, theirs, mine)
		if apart != apartToo || apart && !whole.Equal(other) {
			t.Fatalf("down to places %s, %t; exchanged %s, %t", whole.Bytes(), apart, other.Bytes(), apartToo)
		}
		if !whole.IsAbsent() && jsonraw.Check(whole.Bytes()) != nil {
			t.Fatalf("down to places %s cannot be read", whole.Bytes())
		}
		if text, err := field.MergeText(base, mine, theirs, SignMarks); err == nil && ok {
			if want, _ := field.Format(got); text != want {
				t.Fatalf("the text %q, want %q", text, want)
			}
		}
	})
}

// FuzzMergeDisjoint: edits of different keys, and of different lines, all arrive. Each byte of plan
// is what happens to one of them: bits 0 and 1 say who edits it, the rest how.
func FuzzMergeDisjoint(f *testing.F) {
	f.Add([]byte{0, 1, 2, 0, 5, 6, 0, 9, 10})
	f.Add([]byte{1, 2, 1, 2, 1, 2})
	f.Add([]byte{9, 0, 10, 0, 9})
	f.Fuzz(func(t *testing.T, plan []byte) {
		const own, kept, changed, removed = 3, 0, 1, 2
		var maps, texts [4]Value // base, mine, theirs, and what is wanted
		for who := range maps {
			object, text := []byte{'{'}, ""
			for i, b := range plan {
				editor, edit := int(b)&own, int(b)>>2%3
				if who == 0 || editor == 0 || editor == own || who != own && who != editor {
					edit = kept
				}
				name := string(rune('a'+i%26)) + string(rune('a'+i/26%26)) + string(rune('a'+i/676))
				if edit == removed {
					continue
				}
				if len(object) > 1 {
					object = append(object, ',')
				}
				object = append(append(object, '"'), name...)
				object = append(object, `":0`...)
				text += name
				if edit == changed {
					object = append(object, '1')
					object[len(object)-2] = '2' // 21: a number may not start with 0
					text += "!"
				}
				text += "\n"
			}
			maps[who] = raw(string(append(object, '}')))
			quoted, err := String(text)
			if err != nil {
				t.Fatal(err)
			}
			texts[who] = quoted
		}
		if got, ok := metadata.Merge(maps[0], maps[1], maps[2]); !ok || !got.Equal(maps[3]) {
			t.Fatalf("%s, %t, want %s", got.Bytes(), ok, maps[3].Bytes())
		}
		if got, ok := output.Merge(texts[0], texts[1], texts[2]); !ok || !got.Equal(texts[3]) {
			t.Fatalf("%s, %t, want %s", got.Bytes(), ok, texts[3].Bytes())
		}
	})
}
