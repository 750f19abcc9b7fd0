package draft

import (
	"reflect"
	"strings"
	"testing"

	"errata/model"
)

// framed makes a file of payloads whose checksums are right.
func framed(payloads ...string) []byte {
	b := batch{buf: []byte(magic)}
	for _, p := range payloads {
		b.end(b.begin(), []byte(p))
	}
	return flat(&b)
}

// flat is a batch in one piece.
func flat(b *batch) (file []byte) {
	_ = b.each(func(part []byte) error {
		file = append(file, part...)
		return nil
	})
	return file
}

// written is the file of a state.
func written(l *live) []byte {
	var b batch
	l.start(&b)
	l.rest(&b)
	return flat(&b)
}

func FuzzReplay(f *testing.F) {
	f.Add([]byte{}, false)
	f.Add([]byte(magic), false)
	f.Add([]byte("errata draft 9\n"), false)
	f.Add([]byte("P\x06output\x01\x00\x00\"x\""), true)
	f.Add([]byte("S\x06output\x02\x03bad\x01\x02\x00\x00x"), true)
	f.Add([]byte("O\x06outputabc"), true)
	f.Add([]byte("L\x02\x06output\x00abc"), true)
	f.Add([]byte("L\x01\x06output\x01\x05\x00"), true)
	f.Add([]byte("E\x01\x01p\x02\x00\x01abc"), true)
	f.Add([]byte("E\x01\x01p\xff\x01abc"), true)
	f.Add([]byte("X\x00\x01x"), true)
	f.Add([]byte("T\x01\x01x"), true)
	f.Add([]byte("T\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01\x01x"), true)
	f.Add([]byte("U"), true)
	f.Add([]byte("F\x03\x06output\x02\x01\x00\x05a.txt"+strings.Repeat("s", 32)+"ends"), true)
	f.Add([]byte("F\x00\x06output\x00\x04../x"), true)
	f.Add([]byte("G"), true)
	f.Add([]byte("J\x04ev_1\x01\x05log_a\x03ada\x00\x06rating\x00\"good\""), true)
	f.Add([]byte("Y\x04ev_1\x00"), true)
	f.Add([]byte("Dev_1"), true)
	f.Add([]byte("M\x8d"), true)
	source, _ := model.Lookup("source")
	l := newLive(header{Identity: Identity{Server: "s", LogID: "l"}})
	for _, e := range []Event{
		Step{Field: source, Base: model.Null, After: &model.Edit{Value: model.Raw([]byte(`"x"`))}},
		Undo{}, Open{Field: source, Text: []byte("x")}, Splice{1, 0, []byte("y")},
		Enter{Place: "p", Path: []int{1, 2}, Text: []byte("x")}, Splice{1, 0, []byte("y")},
	} {
		_ = l.add(&batch{}, e)
	}
	_ = l.add(&batch{}, NewExternalEdit(source, model.Null, "source.txt", []byte("a text")))
	f.Add(written(l), false)
	f.Fuzz(func(t *testing.T, b []byte, isPayload bool) {
		file := b
		if isPayload {
			file = framed("H\x01s\x00\x00\x002031-05-06T07:08:09Z", "B\x06output\"abc\"", "O\x06outputxy", "E\x00\x00\x00z", string(b), string(b))
		}
		l, good, foreign := replay(file)
		if good > len(file) || foreign && good > 0 {
			t.Fatalf("%d bytes of %d are good, foreign %v", good, len(file), foreign)
		}
		state := l.state()
		again, whole, _ := replay(file[:good])
		if whole != good || !reflect.DeepEqual(again.state(), state) {
			t.Fatal("what is left of the file says something else")
		}
		if good == 0 {
			return
		}
		short := written(l)
		same, whole, _ := replay(short)
		if whole != len(short) || !reflect.DeepEqual(normal(same.state()), normal(state)) {
			t.Fatalf("rewritten it says %+v, not %+v", same.state(), state)
		}
	})
}

// normal is a state whose empty lists are nil.
func normal(s *State) *State {
	if len(s.Said) == 0 {
		s.Said = nil
	}
	if len(s.Done) == 0 {
		s.Done = nil
	}
	if len(s.Undone) == 0 {
		s.Undone = nil
	}
	return s
}
