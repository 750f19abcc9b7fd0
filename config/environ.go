package config

import (
	"slices"
	"strings"
)

// WithoutSecrets is an environment for programs that errata starts: without the API keys, the
// password of PostgreSQL, and addresses of databases with a password.
func WithoutSecrets(environ []string) []string {
	public := make([]string, 0, len(environ))
	for _, entry := range environ {
		if name, value, _ := strings.Cut(entry, "="); !isSecret(name, value) {
			public = append(public, entry)
		}
	}
	return public
}

// databasePassword is read by the client of PostgreSQL.
const databasePassword = "PGPASSWORD"

func isSecret(name, value string) bool {
	if sameVariable(name, databasePassword) {
		return true
	}
	for _, o := range options {
		if slices.ContainsFunc(o.Env, func(known string) bool { return sameVariable(name, known) }) {
			return o.Kind == Key || holdsPassword(value)
		}
	}
	return false
}

// holdsPassword reports whether an address names a password. One that cannot be read may hold one.
func holdsPassword(address string) bool {
	if !strings.Contains(address, "://") {
		return false
	}
	secret, err := hasPassword(address)
	return secret || err != nil
}
