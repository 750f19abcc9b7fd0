package provider

// counts finds the way of counting whose sum is the total; if no total is given, the first that
// finds both counts, or else one.
func (w *answering) counts(a *Answer) {
	n := w.root
	a.Reasoning = n.count(w.reasoning)
	for i := range w.kinds {
		a.Kinds[i] = n.count(w.kinds[i])
	}
	total := n.count(w.total)
	told := 0
	for i := range w.readings {
		r := &w.readings[i]
		prompt, output := n.count(r.prompt), n.count(r.output)
		tells := 0
		if prompt.Told {
			tells++
		}
		if output.Told {
			tells++
		}
		if total.Told && tells > 0 && comesTo(prompt, output, total) && !below(output, n.count(r.atLeast)) {
			a.Prompt, a.Output = prompt, output
			return
		}
		if i == 0 || tells > told {
			a.Prompt, a.Output, told = prompt, output, tells
		}
	}
	if total.Told && told > 0 {
		both, _ := a.Prompt.Value.Add(a.Output.Value)
		a.Odd = "the parts come to " + both.String() + ", the total says " + total.Literal
		a.Prompt, a.Output = Count{Fault: a.Odd}, Count{Fault: a.Odd}
	}
}

func comesTo(prompt, output, total Count) bool {
	both, ok := prompt.Value.Add(output.Value)
	return ok && both.Equal(total.Value)
}

func below(c, least Count) bool {
	gap, ok := c.Value.Add(negative([]byte(least.Value.String())))
	return least.Told && (!ok || gap.Sign() < 0)
}
