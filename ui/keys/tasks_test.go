package keys

import "testing"

// Every row of every table is in the help of its screen, under one task.
func TestEveryRowHasATask(t *testing.T) {
	t.Parallel()
	seen := map[Action]string{}
	for _, task := range tasks {
		for _, a := range task.Actions {
			if other, ok := seen[a]; ok {
				t.Errorf("%q is under %s and under %s", a, other, task.Title)
			}
			seen[a] = task.Title
		}
	}
	for _, m := range Maps {
		list := ByTask([]Map{m})
		if len(list) != len(m.Bindings()) {
			t.Errorf("%s has %d rows, and its help %d", m.Title, len(m.Bindings()), len(list))
		}
		for _, row := range list {
			if row.Task == rest {
				t.Logf("%s: %q has no task", m.Title, row.Help().Desc)
			}
		}
	}
}

// A key of two tables is in the help once, as the first has it.
func TestTheHelpHasAKeyOnce(t *testing.T) {
	t.Parallel()
	inner := Map{}.With([]Binding{Bind(Close, "back to the messages", "esc")})
	n := 0
	for _, row := range ByTask([]Map{inner, Structure, Global}) {
		if row.Keys()[0] == "esc" {
			if n++; row.Help().Desc != "back to the messages" {
				t.Errorf("esc is said to be for: %s", row.Help().Desc)
			}
		}
	}
	if n != 1 {
		t.Errorf("esc stands there %d times", n)
	}
}
