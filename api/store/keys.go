package store

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"errata/api"
)

// Key is an API key of the server, without its secret.
type Key struct {
	Name             string
	Scope            api.Scope
	Created          time.Time
	Expires, Revoked time.Time // zero when it never ends; while it holds
}

// AddKey makes a key and returns its secret, which is stored only as a hash. A zero expires means
// never. Conflict when a key of that name holds already, be it past its end: revoke it first.
func (s *core) AddKey(ctx context.Context, name string, scope api.Scope, expires time.Time) (secret string, err error) {
	switch {
	case strings.TrimSpace(name) == "":
		return "", &api.Error{Code: api.Failed, Msg: "a key needs a name"}
	case scope != api.ReadScope && scope != api.WriteScope:
		return "", &api.Error{Code: api.Failed, Msg: fmt.Sprintf("a key cannot have the scope %q; choose %s or %s", scope, api.ReadScope, api.WriteScope)}
	case !expires.IsZero() && !expires.After(s.now()):
		return "", &api.Error{Code: api.Failed, Msg: "a key cannot end before it begins; choose a later time"}
	}
	secret = randomSecret()
	hash := sha256.Sum256([]byte(secret))
	err = s.change(ctx, "cannot add the key", func(c *conn) error {
		var ends any
		if !expires.IsZero() {
			ends = expires.UnixMicro()
		}
		n, err := c.changed(ctx, `INSERT INTO keys (name, hash, created, scope, expires) VALUES (?, ?, ?, ?, ?)
			ON CONFLICT (name) WHERE revoked IS NULL DO NOTHING`, name, hash[:], s.now().UnixMicro(), string(scope), ends)
		if err == nil && n == 0 {
			err = &api.Error{Code: api.Conflict, Status: 409, Msg: fmt.Sprintf("there is a key called %q; revoke it first or choose another name", name)}
		}
		return err
	})
	if err != nil {
		return "", err
	}
	return secret, nil
}

// Keys lists the keys, oldest first.
func (s *core) Keys(ctx context.Context) ([]Key, error) {
	var keys []Key
	err := s.view(ctx, "cannot list the keys", func(c *conn) error {
		keys = nil
		return c.collect(ctx, func(rows scanner) error {
			var k Key
			var created int64
			var expires, revoked sql.NullInt64
			if err := rows.Scan(&k.Name, &k.Scope, &created, &expires, &revoked); err != nil {
				return err
			}
			k.Created, k.Expires, k.Revoked = stored(created), storedOrZero(expires), storedOrZero(revoked)
			keys = append(keys, k)
			return nil
		}, `SELECT name, scope, created, expires, revoked FROM keys ORDER BY seq`)
	})
	if err != nil {
		return nil, err
	}
	return keys, nil
}

func storedOrZero(n sql.NullInt64) time.Time {
	if !n.Valid {
		return time.Time{}
	}
	return stored(n.Int64)
}

// RevokeKey ends a key; ok is false when there is none of that name that holds.
func (s *core) RevokeKey(ctx context.Context, name string) (ok bool, err error) {
	err = s.change(ctx, "cannot revoke the key", func(c *conn) error {
		n, err := c.changed(ctx, `UPDATE keys SET revoked = ? WHERE name = ? AND revoked IS NULL`, s.now().UnixMicro(), name)
		ok = n > 0
		return err
	})
	return ok && err == nil, err
}

// Allows says what the key with a secret may do: nothing, the zero Grant, if no valid key has it.
// The time it takes depends on the number of keys and the length of the secret only.
func (s *core) Allows(ctx context.Context, secret string) (api.Grant, error) {
	hash := sha256.Sum256([]byte(secret))
	now := s.now().UnixMicro()
	var grant api.Grant
	err := s.one(ctx, "cannot check the key", func(c *conn) error {
		grant = api.Grant{}
		return c.collect(ctx, func(rows scanner) error {
			var known []byte
			var of api.Grant
			if err := rows.Scan(&known, &of.Scope, &of.Name); err != nil {
				return err
			}
			if subtle.ConstantTimeCompare(known, hash[:]) == 1 {
				grant = of
			}
			return nil
		}, `SELECT hash, scope, name FROM keys WHERE revoked IS NULL AND (expires IS NULL OR expires > ?)`, now)
	})
	if err != nil {
		return api.Grant{}, err
	}
	return grant, nil
}

// HasKey reports whether secret is a key that holds, whatever it may do.
func (s *core) HasKey(ctx context.Context, secret string) (bool, error) {
	grant, err := s.Allows(ctx, secret)
	return grant.Scope != "", err
}
