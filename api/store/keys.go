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
	Created, Revoked time.Time // Revoked is zero while it holds
}

// AddKey makes a key and returns its secret, which is stored only as a hash. Conflict when a key of that name holds already.
func (s *Store) AddKey(ctx context.Context, name string) (secret string, err error) {
	if strings.TrimSpace(name) == "" {
		return "", &api.Error{Code: api.Failed, Msg: "a key needs a name"}
	}
	secret = randomSecret()
	hash := sha256.Sum256([]byte(secret))
	err = s.change(ctx, "cannot add the key", func(q querier) error {
		var holding int
		if err := q.QueryRowContext(ctx, s.sql.keyNamed, name).Scan(&holding); err != nil {
			return err
		}
		if holding > 0 {
			return &api.Error{Code: api.Conflict, Status: 409, Msg: fmt.Sprintf("there is a key called %q; revoke it first or choose another name", name)}
		}
		_, err := q.ExecContext(ctx, s.sql.keyInsert, name, hash[:], s.now().UnixMicro())
		return err
	})
	if err != nil {
		return "", err
	}
	return secret, nil
}

// Keys lists the keys, oldest first.
func (s *Store) Keys(ctx context.Context) ([]Key, error) {
	var keys []Key
	err := s.view(ctx, "cannot list the keys", func(q querier) error {
		rows, err := q.QueryContext(ctx, s.sql.keyList)
		if err != nil {
			return err
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			var k Key
			var created int64
			var revoked sql.NullInt64
			if err := rows.Scan(&k.Name, &created, &revoked); err != nil {
				return err
			}
			k.Created = stored(created)
			if revoked.Valid {
				k.Revoked = stored(revoked.Int64)
			}
			keys = append(keys, k)
		}
		return rows.Err()
	})
	return keys, err
}

// RevokeKey ends a key; ok is false when there is none of that name that holds.
func (s *Store) RevokeKey(ctx context.Context, name string) (ok bool, err error) {
	err = s.change(ctx, "cannot revoke the key", func(q querier) error {
		done, err := q.ExecContext(ctx, s.sql.keyRevoke, s.now().UnixMicro(), name)
		if err != nil {
			return err
		}
		n, err := done.RowsAffected()
		ok = n > 0
		return err
	})
	return ok && err == nil, err
}

// HasKey tells whether secret is a key that holds. The time it takes depends on how many keys there are, and on nothing of the secret but its length.
func (s *Store) HasKey(ctx context.Context, secret string) (bool, error) {
	hash := sha256.Sum256([]byte(secret))
	found := 0
	err := s.view(ctx, "cannot check the key", func(q querier) error {
		rows, err := q.QueryContext(ctx, s.sql.keyHashes)
		if err != nil {
			return err
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			var known []byte
			if err := rows.Scan(&known); err != nil {
				return err
			}
			found |= subtle.ConstantTimeCompare(known, hash[:])
		}
		return rows.Err()
	})
	return found == 1 && err == nil, err
}
