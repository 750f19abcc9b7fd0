package jsonraw

// Span is a half-open range of bytes in a document.
type Span struct{ Start, End int }

// Of returns the bytes that the span covers in doc, sharing memory with doc.
func (s Span) Of(doc []byte) []byte { return doc[s.Start:s.End:s.End] }
