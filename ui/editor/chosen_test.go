package editor

import (
	"testing"

	keytable "errata/ui/keys"
)

// The tables are those of the whole program, so that this test runs by itself.
func TestTheKeysOfATextAreChosen(t *testing.T) {
	was := keytable.Typing.Of(keytable.DeleteWord).Keys()
	choose := func(keys ...string) {
		if _, err := keytable.Remap([]keytable.Change{{Name: "typing.delete_the_word", Keys: keys}}); err != nil {
			t.Fatal(err)
		}
	}
	choose("f6")
	defer choose(was...)
	m := sized("one two", 20, 3, Options{})
	m.GoToOffset(7)
	press(m, "ctrl+w")
	if got := marked(m); got != "one two|" {
		t.Errorf("the key of before still does something: %q", got)
	}
	press(m, "f6")
	if got := marked(m); got != "one |" {
		t.Errorf("the key that was chosen does nothing: %q", got)
	}
}
