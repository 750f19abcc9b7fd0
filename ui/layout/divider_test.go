package layout

import "testing"

// Wherever the rule is put, both parts keep their cells, and the parts tile the window.
func TestTheRuleStaysBetweenTwoParts(t *testing.T) {
	t.Parallel()
	for w := WideFrom; w <= 250; w += 7 {
		for _, of := range []Screen{Compute(w, 30, 2), Compute(w, 30, 2).Narrow(21)} {
			for d := Divider(-50); d < 300; d += 9 {
				s := of.At(d)
				if s.List.W < LeastPart || s.Pane.W < LeastPart || s.List.W != s.Rule.X || s.Pane.X != s.Rule.X+RuleWidth || s.Pane.X+s.Pane.W != w {
					t.Fatalf("%d cells with the rule at %d: %+v", w, d, s)
				}
				if in := int(d); in >= LeastPart && in <= w-RuleWidth-LeastPart && s.Rule.X != in {
					t.Fatalf("%d cells: the rule is put at %d and stands at %d", w, in, s.Rule.X)
				}
			}
			if of.At(0) != of {
				t.Fatalf("%d cells: nobody moved the rule, and it moved", w)
			}
		}
	}
	if narrow := Compute(80, 24, 2); narrow.At(30) != narrow || Compute(200, 50, 2).Alone().At(30).Wide {
		t.Error("a part that stands alone was divided")
	}
}
