package form

import "testing"

// Digits that leave no room for more stand alone: nothing that is not there is cut.
func TestLongSumsStandAlone(t *testing.T) {
	t.Parallel()
	d := drive(t, `{"id": "log_1", "prompt": {"id": "pr_1"}, "prompt_cost": 0.00018209999999999998, "output_cost": 3e-06}`, 120, 40)
	d.shows("total cost        $0.00018509999999999998   ")
	d.showsNot("$0.00018509999999999998  …")
}
