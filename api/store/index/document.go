package index

// Document is what of a log its signature is made of.
type Document struct {
	ID       string
	Searched [][]byte // JSON values that a search reads; nil for a missing one
	Metadata []byte   // likewise, of a search of the metadata
	Traced   bool     // it is part of a trace
}

// Sign makes the signature of a document, without the bits of its file: see Signature.InFile.
func Sign(d Document) Signature {
	var s Signature
	for _, value := range d.Searched {
		s.addText(Searched, value)
	}
	s.addText(Metadata, d.Metadata)
	t := begin(ID)
	for i := range len(d.ID) {
		t.add(&s, rune(d.ID[i]))
	}
	s.Set(bitOf(Trace, flag(d.Traced)))
	return s
}

// addText sets the bits of the text of a JSON value.
func (s *Signature) addText(kind Kind, value []byte) {
	t := begin(kind)
	EachLetter(value, func(r rune) { t.add(s, r) })
}

// InFile sets the bits that the documents of a file share.
func (s *Signature) InFile(file int64) {
	for _, b := range fileBits(file) {
		s.Set(b)
	}
}

func fileBits(file int64) []Bit {
	return []Bit{bitOf(File, uint64(file)), bitOf(File, ^uint64(file))}
}

// Query is what documents of a file are looked for by.
type Query struct {
	File             int64
	Search, Metadata Term
	ID               string // a part of the id, empty for any
	Traced           *bool  // nil for either
}

// Bits lists the bits that a document must have to match: every document that matches has them.
func (q Query) Bits() []Bit {
	bits := fileBits(q.File)
	bits = append(bits, Word(Searched, q.Search.word)...)
	bits = append(bits, Word(Metadata, q.Metadata.word)...)
	if q.Traced != nil {
		bits = append(bits, bitOf(Trace, flag(*q.Traced)))
	}
	var letters []rune
	for i := range len(q.ID) {
		letters = append(letters, rune(q.ID[i]))
	}
	return append(bits, Word(ID, letters)...)
}

func flag(set bool) uint64 {
	if set {
		return 1
	}
	return 0
}
