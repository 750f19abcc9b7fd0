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
func prefixes(kind api.FileKind) (file, version string) {
	if kind == api.EvaluatorFile {
		return "ev_", "evv_"
	}
	return "pr_", "prv_"
}

const secretBytes = 32

// randomSecret is a new API key: the prefix and 43 characters that are safe in a URL, 256 random
// bits.
func randomSecret() string {
	var raw [secretBytes]byte
	_, _ = rand.Read(raw[:]) // never fails: it ends the program instead
	return secretPrefix + base64.RawURLEncoding.EncodeToString(raw[:])
}
