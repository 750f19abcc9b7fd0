package index

import "slices"

// Document is the part of a log that its signature is made from.
type Document struct {
	ID       string
	Searched []Text // what a search reads, wherever it looks
	Metadata []byte // the JSON that a search of the metadata reads; nil for a missing one
	Traced   bool   // it is part of a trace
}

// Text is a JSON value, nil for a missing one, and how it is read.
type Text struct {
	Value []byte
	As    Reading
}

// Sign makes the signature of a document, without the bits of its file: see Signature.InFile.
func Sign(d Document) Signature { return (&signing{known: known()}).sign(d) }

// sign is Sign.
func (g *signing) sign(d Document) Signature {
	letter, inside, between := g.letter, g.inside, g.between // made once for all texts
	text := func(kind Kind, text Text) {
		g.begin(kind, len(text.Value))
		eachLiteral(text.Value, text.As, letter, inside, between)
	}
	for _, one := range d.Searched {
		text(Searched, one)
	}
	text(Metadata, Text{Value: d.Metadata})
	g.begin(ID, 0)
	for i := range len(d.ID) {
		g.letter(rune(d.ID[i]))
	}
	g.made.Set(bitOf(Trace, flag(d.Traced)))
	return g.made
}

// signing is the making of a signature, text by text.
type signing struct {
	made  Signature
	text  trigrams
	known *knownBits
}

// begin starts a text of so many bytes.
func (g *signing) begin(kind Kind, size int) {
	g.text = begin(kind)
	switch {
	case size >= seenFrom:
		g.text.seen = new(seenTrigrams)
	case kind == Searched:
		g.text.known = g.known
	}
}

func (g *signing) letter(r rune)         { g.text.add(&g.made, r) }
func (g *signing) inside(literal []byte) { g.text.addLiteral(&g.made, literal) }
func (g *signing) between()              { g.text.last, g.text.count = 0, 0 }

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
	File     int64
	Search   Expr
	Metadata Term
	ID       string // a part of the id, empty for any
	Traced   *bool  // nil for either
}

// Bits lists the bits that a document must have to match, for each group of the search: every
// document that matches has all bits of one of the lists.
func (q Query) Bits() [][]Bit {
	common := fileBits(q.File)
	common = append(common, q.Metadata.bits()...)
	if q.Traced != nil {
		common = append(common, bitOf(Trace, flag(*q.Traced)))
	}
	var letters []rune
	for i := range len(q.ID) {
		letters = append(letters, rune(q.ID[i]))
	}
	common = append(common, Word(ID, letters)...)
	if q.Search.Empty() {
		return [][]Bit{common}
	}
	var lists [][]Bit
	for _, group := range q.Search {
		bits := slices.Clone(common)
		for _, c := range group {
			if !c.Not {
				bits = append(bits, c.Term.bits()...)
			}
		}
		lists = append(lists, bits)
	}
	return lists
}

func flag(set bool) uint64 {
	if set {
		return 1
	}
	return 0
}
