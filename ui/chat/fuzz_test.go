package chat

import (
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"errata/model"
	"errata/model/jsonraw"
	"errata/ui/sanitize"
)

// walked are the keys of the fuzz, a byte of the script each.
var walked = []string{
	"j", "j", "j", "k", "}", "{", "pgdown", "pgup", "g", "G", "enter", "enter", "esc", "a", "i", "D", "x", "K", "J", "S", "M", "R", "+",
	"u", "ctrl+r", "o", " ", "left", "right", "z", "T", "m", "O", "y", "c", "alt+s", "backspace", "n", "t", "f", "h", "s", "\n", "é", "\"", "{", "1",
	"down", "up", "home", "end", "delete", "tab", "ctrl+v",
}

var index = regexp.MustCompile(`\[\d+\]`)

// problems are what is wrong with the value, not only odd.
func (d *driver) problems(f *model.Field) (list []string) {
	if d.Root() == nil {
		return nil
	}
	for _, p := range f.Check(model.Raw(d.Root().Bytes())) {
		if !p.Warn {
			// a bad message may move, and be copied
			list = append(list, index.ReplaceAllString(p.Msg, "[]"))
		}
	}
	return list
}

func (d *driver) exact(w, h int) {
	d.t.Helper()
	lines := strings.Split(d.View(), "\n")
	if w > 0 && h > 0 && len(lines) != h {
		d.t.Fatalf("%d lines at %d×%d:\n%s", len(lines), w, h, d.frame())
	}
	for _, l := range lines {
		if got := sanitize.Width(ansi.Strip(l)); got > w {
			d.t.Fatalf("a line of %d cells at %d×%d: %q", got, w, h, l)
		}
	}
	if x, y, ok := d.Cursor(); ok && (x < 0 || y < 0 || x >= w || y >= h) {
		d.t.Fatalf("the cursor stands at %d,%d at %d×%d", x, y, w, h)
	}
}

const calm = `[{"role":"user","content":"Hi\nthere"}, {"role":"assistant","content":null,"tool_calls":[{"id":"call_1","type":"function","function":{"name":"f","arguments":"{\"a\": 1.0}"}}]},` +
	` {"role":"tool","tool_call_id":"call_1","content":[{"type":"text","text":"\u00e9"},{"type":"text","text":"b"}]}]`

// documents are what the fuzz begins with.
var documents = []string{calm, tides, `[]`, `null`, ``, `{"role":"assistant","content":"x","tool_calls":[]}`, `7`, `{"content": null}`,
	`[{"role":"user"},{"role":"user","content":[]}]`, `[ {"role" : "user", "content": "\u00e9\ud800"} , {"role":"tool","content":"a\nb","tool_call_id":null} ]`}

func FuzzKeys(f *testing.F) {
	for i := range documents {
		f.Add(byte(i), []byte("\x00\x01\x02\x0a\x25\x0c"), byte(80), byte(24))
		f.Add(byte(i), []byte{13, 39, 12, 14, 40, 12, 22, 38, 41, 12, 16, 17, 18, 20, 23, 23, 24}, byte(40), byte(10))
		f.Add(byte(i), []byte{0, 10, 35, 12, 20, 20, 9, 10, 11, 22, 42, 12, 22, 43, 41, 10, 12, 23}, byte(20), byte(5))
		f.Add(byte(i), []byte{25, 39, 40, 10, 29, 31, 6, 6, 7, 8, 30, 36, 12, 32, 33, 34}, byte(12), byte(3))
	}
	f.Fuzz(func(t *testing.T, doc byte, script []byte, w, h byte) {
		if len(script) <= 200 {
			play(t, documents[int(doc)%len(documents)], script, int(w)%150, int(h)%60)
		}
	})
}

func TestRandomKeys(t *testing.T) {
	t.Parallel()
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 99))
		script := make([]byte, 120)
		for i := range script {
			script[i] = byte(r.IntN(256))
		}
		doc := documents[int(seed)%len(documents)]
		t.Run(strconv.Itoa(int(seed)), func(t *testing.T) { play(t, doc, script, r.IntN(120), r.IntN(50)) })
	}
}

// play presses the keys of a script. Whatever they are, the window is exact, the value is well
// formed and right for its field, and undo and redo of everything give the first and the last
// value.
func play(t *testing.T, doc string, script []byte, w, h int) {
	single := strings.HasPrefix(doc, "{")
	d := drive(t, doc, single, w, h)
	schema := field(t, single)
	original, before := d.Root(), d.problems(schema)
	free := false // a part was edited as JSON, where anything may be written
	var pressed []string
	for _, b := range script {
		k := walked[int(b)%len(walked)]
		pressed = append(pressed, k)
		d.press(k)
		d.exact(w, h)
		if o, ok := d.Panel().(*nested); ok && !o.quoted {
			free = true
		}
		if d.Root() != nil {
			if err := jsonraw.Check(d.Root().Bytes()); err != nil {
				t.Fatalf("after %q: %v in %s", pressed, err, d.Root().Bytes())
			}
		}
		for _, now := range d.problems(schema) {
			if !free && !slices.Contains(before, now) {
				t.Fatalf("after %q: %s in %s", pressed, now, d.Root().Bytes())
			}
		}
	}
	for range 4 { // a text that is not a value is given up at the second esc
		d.press("esc")
	}
	if err := d.Commit(); err != nil {
		t.Fatalf("after %q: %v", pressed, err)
	}
	last, n := d.Root(), 0
	for d.Undo() {
		n++
	}
	if d.Root() != original {
		t.Fatalf("after %q undo of everything gives another value than the one that was opened", pressed)
	}
	for range n {
		d.Redo()
	}
	if d.Root() != last {
		t.Fatalf("after %q redo of everything does not give the last value", pressed)
	}
	if single {
		return
	}
	for i, want := range newLinks(d.between(0, d.count())).list {
		if got := d.links.list[i]; got.role != want.role || got.answers != want.answers || !slices.Equal(got.calls, want.calls) {
			t.Fatalf("after %q message %d has the links %v, want %v", pressed, i, got, want)
		}
	}
}
