package keys

import "testing"

func TestSteps(t *testing.T) {
	t.Parallel()
	for do, want := range map[Action]int{Up: -1, Down: 1, PageUp: -4, PageDown: 4, Top: -10, Bottom: 10} {
		if by, ok := do.Steps(10, 4); by != want || !ok {
			t.Errorf("%s goes by %d, %v, want %d", do, by, ok, want)
		}
	}
	if by, ok := PageDown.Steps(10, -1); by != 1 || !ok {
		t.Errorf("a page of a window without rows goes by %d, %v", by, ok)
	}
	if by, ok := Edit.Steps(10, 4); by != 0 || ok {
		t.Errorf("edit goes by %d, %v", by, ok)
	}
}
