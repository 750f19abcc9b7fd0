package keys

import (
	"slices"
	"strings"
	"testing"
)

// The tables are those of the whole program, so that this test runs by itself.

func TestKeysAreChosen(t *testing.T) {
	before := copies()
	defer restore(before)
	if _, err := Remap([]Change{
		{"form.edit", []string{"e", "f4"}}, {"form.external_editor", []string{"enter"}}, {"browse.mark", []string{"m"}},
		{"lists.down", []string{"f8", "down"}}, {"form.next_hit", []string{"ctrl+n"}}, {"browse.export", nil}, {"outline.next_hit", []string{"ctrl+n"}},
		{"conversation.next_hit", []string{"f7"}}, {"reading.next_hit", []string{"f7"}}, {"everywhere.help", []string{"f3"}}, {"editor.close", []string{"alt+up"}},
		{"editor.up", []string{"f9"}}, {"typing.word_left", []string{"f6"}}, {"typing.undo", []string{"ctrl+z", "alt+u"}}, {"columns.add_a_path", []string{"+"}},
	}); err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]Action{"e": Edit, "f4": Edit, "enter": External, "f8": Down, "n": "", "j": "", "ctrl+n": NextHit} {
		if got := Form.Action(key); got != want {
			t.Errorf("in the form %s does %q, want %q", key, got, want)
		}
	}
	if Browse.Action("f8") != Down || Browse.Action(" ") != "" || Browse.Action("m") != Mark || Browse.Action("E") != "" || ChatReading.Action("f7") != NextHit {
		t.Error("other tables have other keys")
	}
	if Typing.Action("f6") != WordLeft || Typing.Action("alt+b") != "" || Typing.Action("alt+u") != Undo || ColumnsScreen.Action("+") != AddPath {
		t.Error("the keys of a text are as before")
	}
	if got := Form.Of(Edit).Help().Key; got != "e F4" {
		t.Errorf("the help writes %q", got)
	}
	if got := Label([]string{" ", "shift+up", "alt+x", "pgup", "F"}); got != "space shift+↑ alt+x pgup F" {
		t.Errorf("keys are written %q", got)
	}
}

func TestWrongKeysAreRefused(t *testing.T) {
	for want, list := range map[string][]Change{
		"there is no screen frm":                               {{"frm.edit", []string{"e"}}},
		"did you mean form":                                    {{"fform.edit", []string{"e"}}},
		"form has no action edti":                              {{"form.edti", []string{"e"}}},
		"want a screen and an action, such as form.edit":       {{"edit", []string{"e"}}},
		`"ctrl+shift+q" is not a key`:                          {{"form.edit", []string{"ctrl+shift+q"}}},
		"e is form.external_editor already; give that another": {{"form.edit", []string{"e"}}},
		"space is form.read already":                           {{"form.edit", []string{"space"}}},
		"F1 is everywhere.help already":                        {{"form.edit", []string{"f1"}}},
		"? is everywhere.help already":                         {{"lists.down", []string{"?"}}},
		"ctrl+c always":                                        {{"form.edit", []string{"ctrl+c"}}},
		"ctrl+s is editor.review already":                      {{"typing.undo", []string{"ctrl+s"}}},
		"ctrl+w is typing.delete_the_word already":             {{"editor.review", []string{"ctrl+w"}}},
		"h is text there":                                      {{"typing.word_left", []string{"h"}}},
		"x is text there":                                      {{"editor.close", []string{"x"}}},
	} {
		before := Form.Action("enter")
		if _, err := Remap(list); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: %v, want %q", list, err, want)
		}
		if Form.Action("enter") != before || Form.Action("j") != Down {
			t.Errorf("%v was refused, and changed something", list)
		}
	}
}

// Keys can be chosen in every table but in that of waiting, whose one key always cancels.
func TestEveryTableHasAName(t *testing.T) {
	seen := map[string]bool{}
	for _, m := range Maps {
		if m.Title != Busy.Title && !slices.ContainsFunc(registry, func(t table) bool {
			return slices.ContainsFunc(t.maps, func(of *Map) bool { return &of.Bindings()[0] == &m.Bindings()[0] })
		}) {
			t.Errorf("the keys of %s cannot be chosen", m.Title)
		}
	}
	for _, name := range Names() {
		if seen[name] || strings.ContainsAny(name, " -") {
			t.Errorf("the name %q", name)
		}
		seen[name] = true
	}
}
