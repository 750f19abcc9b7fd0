package keys

import "testing"

func TestEveryKeyHasHelpAndOneMeaning(t *testing.T) {
	t.Parallel()
	for _, m := range Maps {
		seen := map[string]string{}
		for _, b := range m.Bindings() {
			if b.Help().Desc == "" {
				t.Errorf("%s: %v has no help", m.Title, b.Keys())
			}
			if len(b.Keys()) == 0 {
				t.Errorf("%s: %q has no key", m.Title, b.Help().Desc)
			}
			for _, k := range b.Keys() {
				if other, ok := seen[k]; ok {
					t.Errorf("%s: %s means both %q and %q", m.Title, k, other, b.Help().Desc)
				}
				seen[k] = b.Help().Desc
			}
		}
	}
}

func TestActionFindsEveryKeyOfTheTable(t *testing.T) {
	t.Parallel()
	for _, m := range Maps {
		for _, b := range m.Bindings() {
			for _, k := range b.Keys() {
				if got := m.Action(k); got != b.Do {
					t.Errorf("%s: %s does %q, want %q", m.Title, k, got, b.Do)
				}
			}
		}
		if got := m.Action("no such key"); got != "" {
			t.Errorf("%s: an unknown key does %q", m.Title, got)
		}
	}
}

// The keys that the contract names for a form must not move to another action.
func TestContractKeys(t *testing.T) {
	t.Parallel()
	for key, want := range map[string]Action{
		"enter": Edit, "tab": NextField, "shift+tab": PrevField, "e": External, "x": Null, "r": Revert, "u": Undo,
		"ctrl+r": Redo, "d": Difference, "/": Search, "n": NextHit, "N": PrevHit, "y": Copy, "Y": CopyAll,
		"]": NextLog, "[": PrevLog, "R": Reload, "ctrl+s": Review, "q": Back,
		"up": Up, "k": Up, "down": Down, "j": Down, "pgup": PageUp, "pgdown": PageDown, "home": Top, "g": Top, "end": Bottom, "G": Bottom,
	} {
		if got := Form.Action(key); got != want {
			t.Errorf("form: %s does %q, want %q", key, got, want)
		}
	}
	for key, want := range map[string]Action{"ctrl+s": Send, "enter": Send, "d": LeaveOut, "c": Curl, "y": Copy, "esc": Close} {
		if got := ReviewScreen.Action(key); got != want {
			t.Errorf("review: %s does %q, want %q", key, got, want)
		}
	}
	for key, want := range map[string]Action{"/": Search, "f": Filters, " ": Mark, "enter": Open, "s": Sort, "q": Back} {
		if got := Browse.Action(key); got != want {
			t.Errorf("browse: %s does %q, want %q", key, got, want)
		}
	}
}
