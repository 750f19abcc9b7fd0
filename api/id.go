package api

import "crypto/rand"

// The ids of the API: a prefix, and so many letters and digits.
const (
	IDLength   = 21
	IDAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
)

// NewID is the prefix and 21 random letters and digits.
func NewID(prefix string) string {
	id := []byte(prefix)
	// A byte is taken only below the largest multiple of the alphabet's length, so that no letter
	// is likelier than another.
	limit := byte(256 - 256%len(IDAlphabet))
	var pool [2 * IDLength]byte
	for len(id) < len(prefix)+IDLength {
		_, _ = rand.Read(pool[:]) // never fails: it ends the program instead
		for _, b := range pool {
			if b < limit && len(id) < len(prefix)+IDLength {
				id = append(id, IDAlphabet[int(b)%len(IDAlphabet)])
			}
		}
	}
	return string(id)
}
