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

const secretBytes = 32

// randomSecret is a new API key: the prefix and 43 characters that are safe in a URL, 256 random
// bits.
func randomSecret() string {
	var raw [secretBytes]byte
	_, _ = rand.Read(raw[:]) // never fails: it ends the program instead
	return secretPrefix + base64.RawURLEncoding.EncodeToString(raw[:])
}
