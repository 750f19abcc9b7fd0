package config

import (
	"errors"
	"net/url"
	"slices"
	"strings"
)

// passwordParams are the parameters of a PostgreSQL URL that carry a secret.
var passwordParams = []string{"password", "sslpassword"}

// IsDatabaseURL reports whether this is the URL of a PostgreSQL database, and not a path.
func IsDatabaseURL(text string) bool {
	return strings.HasPrefix(text, "postgres://") || strings.HasPrefix(text, "postgresql://")
}

// checkDatabase refuses a password in an argument of the command line, and a URL that cannot be
// parsed, because it may hold one.
func checkDatabase(text string, from source) error {
	if !IsDatabaseURL(text) {
		return nil
	}
	secret, err := hasPassword(text)
	if err != nil {
		// The cause would repeat the URL, and with it the password.
		return errors.New("not a valid URL; write special characters of a password as %XX")
	}
	if secret && from.layer == fromFlag {
		return errors.New("must not hold a password, which every process could read: use ERRATA_DB, PGPASSFILE or PGPASSWORD")
	}
	return nil
}

func hasPassword(text string) (bool, error) {
	u, err := url.Parse(text)
	if err != nil {
		return false, err
	}
	query, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return false, err
	}
	_, inUser := u.User.Password()
	return inUser || slices.ContainsFunc(passwordParams, query.Has), nil
}

// redactDatabase is text with its passwords hidden.
func redactDatabase(text string) string {
	if !IsDatabaseURL(text) {
		return text
	}
	secret, err := hasPassword(text)
	if err == nil && !secret {
		return text
	}
	u, err := url.Parse(text)
	if err != nil {
		return hidden
	}
	query := u.Query()
	for _, name := range passwordParams {
		if query.Has(name) {
			query.Set(name, hidden)
		}
	}
	if _, has := u.User.Password(); has {
		u.User = url.UserPassword(u.User.Username(), hidden)
	}
	u.RawQuery = query.Encode()
	// The mask is ours and needs no escape.
	return strings.ReplaceAll(u.String(), url.QueryEscape(hidden), hidden)
}
