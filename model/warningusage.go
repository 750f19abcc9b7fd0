package model

// usage compares the counts of tokens with those of the provider's response.
func (w *warner) usage() {
	if w.first(promptTokens, outputTokens, reasonTokens, response) == nil {
		return
	}
	a := w.changes.answered()
	for _, c := range a.counted() {
		f, v := w.first(c.field, response), w.changes.Value(c.field)
		count := sum(v)
		if f != nil && count != "" && c.count.Told && !holds(v, c.count.Literal) {
			w.add(f, c.field.Name+" is "+count+", but "+response.Name+" says "+c.count.Literal)
		}
	}
}
