package store

import (
	"crypto/rand"
	"encoding/base64"

	"errata/api"
)

// The prefixes of ids.
const (
	logPrefix       = "log_"
	directoryPrefix = "dir_"
	secretPrefix    = "errata_"
)

// prefixes are those of the files that are made here, and of their versions.
var prefixes = map[api.FileKind]struct{ file, version string }{
	api.PromptFile:    {"pr_", "prv_"},
	api.EvaluatorFile: {"ev_", "evv_"},
}

const (
	idLength    = 21
	idAlphabet  = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
	secretBytes = 32
)

// randomID is the prefix and 21 random letters and digits.
func randomID(prefix string) string {
	id := []byte(prefix)
	// A byte is taken only below the largest multiple of the alphabet's length, so that no letter
	// is likelier than another.
	limit := byte(256 - 256%len(idAlphabet))
	var pool [2 * idLength]byte
	for len(id) < len(prefix)+idLength {
		_, _ = rand.Read(pool[:]) // never fails: it ends the program instead
		for _, b := range pool {
			if b < limit && len(id) < len(prefix)+idLength {
				id = append(id, idAlphabet[int(b)%len(idAlphabet)])
			}
		}
	}
	return string(id)
}

// randomSecret is a new API key: the prefix and 43 characters that are safe in a URL, 256 random
// bits.
func randomSecret() string {
	var raw [secretBytes]byte
	_, _ = rand.Read(raw[:]) // never fails: it ends the program instead
	return secretPrefix + base64.RawURLEncoding.EncodeToString(raw[:])
}
