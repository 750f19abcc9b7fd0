package api

// Scope is what an API key may do. The zero Scope may do nothing.
type Scope string

// The scopes of a key.
const (
	ReadScope  Scope = "read"  // reads only
	WriteScope Scope = "write" // reads and changes
)

// Grant is what an API key allows, and what it is called. The zero Grant allows nothing.
type Grant struct {
	Scope Scope
	Name  string // for records: never the secret
}
