package jsonraw

// Document is an object whose members are looked up by their names. What is not there, or no text
// or number, is empty: nothing is refused.
type Document struct {
	Literal []byte
	Members []Member
}

// ReadDocument reads the members of an object; anything else has none.
func ReadDocument(doc []byte) Document {
	list, err := Members(doc)
	if err != nil {
		return Document{}
	}
	return Document{doc, list}
}

// Raw is the literal of a member, nil when there is none.
func (d Document) Raw(name string) []byte {
	m, ok := Find(d.Members, name)
	if !ok {
		return nil
	}
	return m.Val.Of(d.Literal)
}

// Text is the decoded string of a member, empty when it is none.
func (d Document) Text(name string) string {
	decoded, _ := Text(d.Raw(name))
	return decoded
}

// Number is the literal of a number, empty when the member is none.
func (d Document) Number(name string) string {
	literal := d.Raw(name)
	if KindOf(literal) != Number {
		return ""
	}
	return string(literal)
}
