package api

// Scope is what an API key may do. The zero Scope may do nothing.
type Scope string

// The scopes of a key.
const (
	ReadScope  Scope = "read"  // reads only
	WriteScope Scope = "write" // reads and changes
)
