package form

import (
	"testing"

	"errata/ui/find"
)

// TestLight marks what the list was searched for, and leaves the cursor where it is, until n goes
// to the first hit.
func TestLight(t *testing.T) {
	t.Parallel()
	d := drive(t, `{"id":"log_1","prompt":{"id":"pr_1"},"messages":[{"role":"user","content":"Is the ferry late?"}],"output":"The ferry leaves at noon.","error":"no ferry"}`, 120, 40)
	before := d.m.cursor
	d.run(d.m.Light(find.Last{Query: "(?i)ferry|quay", Regex: true}, "ferry OR quay"))
	d.shows("3 hits for ferry OR quay; n goes to the first")
	if d.m.cursor != before {
		t.Errorf("the cursor went from row %d to %d", before, d.m.cursor)
	}
	d.press("n")
	d.shows("1 of 3 hits for ferry OR quay")
	d.press("n", "n", "n")
	d.shows("1 of 3 hits for ferry OR quay")
	d.run(d.m.Light(find.Last{Query: "nowhere"}, "nowhere"))
	d.showsNot("not found")
	d.run(d.m.Light(find.Last{Query: "(?i)ferry|quay", Regex: true}, "ferry OR quay"))
	d.press("N")
	d.shows("3 of 3 hits for ferry OR quay")
}

// Evaluators that come meanwhile leave the first hit to n.
func TestLightWaitsForN(t *testing.T) {
	t.Parallel()
	d := drive(t, `{"id":"log_1","prompt":{"id":"pr_1"},"output":"The ferry leaves at noon.","error":"no ferry"}`, 120, 40)
	d.run(d.m.Light(find.Last{Query: "ferry"}, "ferry"))
	d.m.SetRubric(people())
	d.send(nil)
	d.shows("2 hits for ferry; n goes to the first")
	d.press("n")
	d.shows("1 of 2 hits for ferry")
}
