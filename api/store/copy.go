package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"

	"errata/api"
)

// Copied is what Copy did.
type Copied struct {
	Files, Versions, Keys int
	Logs                  int // all that were looked at
	Written               int // of those, the ones that were not there yet or were other ones

	// the ids of those that were corrected in the new store, are other ones there, and were left as
	// they are
	Kept []string
}

// CopyOptions change how Copy works.
type CopyOptions struct {
	// decides about each log that was corrected in the new store and is another one there: it calls
	// the Put, or does not. It has no transaction open. Nil leaves such logs as they are
	Replace func(ctx context.Context, e *Entry, put Put) (Imported, error)
	// called with how many logs were copied, and then with how many were compared; nil for nobody
	Progress func(done, total int)
}

// Put puts a log in the place of the one that has its id, provided that its ETag is ifMatch.
type Put func(ctx context.Context, ifMatch string) (Imported, error)

// Copy copies everything from one store into another: files, versions, logs and keys, and which
// logs were corrected. Documents keep their bytes and the order of storing. What is there already
// and the same is skipped, so a copy that was interrupted can be repeated; what is there and
// different is replaced, unless it was corrected there. At the end all of it is read from the new
// store and compared. The total passed to progress counts each log twice.
func Copy(ctx context.Context, from, to *Store, o CopyOptions) (Copied, error) {
	m := &mover{from: from, to: to, files: map[int64]int64{}, versions: map[int64]int64{}, o: o}
	for _, step := range []func(context.Context) error{m.count, m.copyFiles, m.copyVersions, m.copyKeys, m.copyLogs, m.copyNested, m.compare} {
		if err := step(ctx); err != nil {
			return m.did, err
		}
	}
	return m.did, nil
}

// mover is the state of a copy from one store to another.
type mover struct {
	from, to        *Store
	files, versions map[int64]int64 // numbers in the old store → numbers in the new one
	o               CopyOptions
	done, total     int
	did             Copied
}

const copying = "cannot copy the store"

func (m *mover) advance(n int) {
	if m.done += n; m.o.Progress != nil {
		m.o.Progress(m.done, max(m.total, m.done))
	}
}

func (m *mover) count(ctx context.Context) error {
	return m.from.view(ctx, copying, func(c *conn) error {
		err := c.row(ctx, `SELECT count(*) FROM logs`).Scan(&m.total)
		m.total *= 2
		return err
	})
}

func (m *mover) copyFiles(ctx context.Context) error {
	type filed struct {
		file
		deployed sql.NullString
	}
	var all []filed
	err := m.from.view(ctx, copying, func(c *conn) error {
		all = nil
		return c.collect(ctx, func(rows scanner) error {
			var f filed
			err := rows.Scan(&f.seq, &f.id, &f.kind, &f.path, &f.name, &f.created, &f.updated, &f.learned, &f.deleted, &f.deployed)
			all = append(all, f)
			return err
		}, `SELECT seq, id, kind, path, name, created, updated, learned, deleted, deployed FROM files ORDER BY seq`)
	})
	if err != nil {
		return err
	}
	return m.to.change(ctx, copying, func(c *conn) error {
		for _, f := range all {
			var deployed any
			if f.deployed.Valid {
				deployed = f.deployed.String
			}
			var seq int64
			err := c.row(ctx, `INSERT INTO files (id, kind, path, name, created, updated, learned, deleted, deployed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
				ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, path = excluded.path, name = excluded.name,
				created = excluded.created, updated = excluded.updated, learned = excluded.learned, deleted = excluded.deleted,
				deployed = excluded.deployed RETURNING seq`,
				f.id, string(f.kind), f.path, f.name, f.created, f.updated, f.learned, f.deleted, deployed).Scan(&seq)
			if err != nil {
				return err
			}
			m.files[f.seq] = seq
		}
		m.did.Files = len(all)
		return nil
	})
}

// part is how many rows are read and written at a time; large documents make it fewer.
const part = 1000

func (m *mover) copyVersions(ctx context.Context) error {
	return m.each(ctx, movedVersions, func(list []moved) error {
		err := m.to.change(ctx, copying, func(c *conn) error {
			for _, v := range list {
				var seq int64
				if err := c.row(ctx, versionKeep+` RETURNING seq`, m.files[v.file], v.id, v.created, v.flag, v.doc).Scan(&seq); err != nil {
					return err
				}
				m.versions[v.seq] = seq
			}
			return nil
		})
		if err == nil {
			m.did.Versions += len(list)
		}
		return err
	})
}

// each reads the rows of the old store, some at a time.
func (m *mover) each(ctx context.Context, query string, take func(list []moved) error) error {
	for last := int64(0); ; {
		var list []moved
		err := m.from.view(ctx, copying, func(c *conn) (err error) {
			list, err = c.batchOf(ctx, query+next, last, part)
			return err
		})
		if err != nil || len(list) == 0 {
			return err
		}
		if err := take(list); err != nil {
			return err
		}
		last = list[len(list)-1].seq
	}
}

func (m *mover) copyKeys(ctx context.Context) error {
	type kept struct {
		name, scope               string
		hash                      []byte
		created, expires, revoked sql.NullInt64
	}
	var keys []kept
	err := m.from.view(ctx, copying, func(c *conn) error {
		keys = nil
		return c.collect(ctx, func(rows scanner) error {
			var k kept
			err := rows.Scan(&k.name, &k.scope, &k.hash, &k.created, &k.expires, &k.revoked)
			keys = append(keys, k)
			return err
		}, `SELECT name, scope, hash, created, expires, revoked FROM keys ORDER BY seq`)
	})
	if err != nil {
		return err
	}
	return m.to.change(ctx, copying, func(c *conn) error {
		for _, k := range keys {
			n, err := c.changed(ctx, `UPDATE keys SET revoked = ?, scope = ?, expires = ? WHERE hash = ?`, k.revoked, k.scope, k.expires, k.hash)
			if err == nil && n == 0 {
				err = c.exec(ctx, `INSERT INTO keys (name, scope, hash, created, expires, revoked) VALUES (?, ?, ?, ?, ?, ?)`,
					k.name, k.scope, k.hash, k.created, k.expires, k.revoked)
			}
			if err != nil {
				return err
			}
		}
		m.did.Keys = len(keys)
		return nil
	})
}

func (m *mover) copyLogs(ctx context.Context) error {
	return m.each(ctx, movedLogs(m.from.sql), func(list []moved) error {
		if err := m.write(ctx, list); err != nil {
			return err
		}
		m.did.Logs += len(list)
		m.advance(len(list))
		return nil
	})
}

// write stores logs in the new store.
func (m *mover) write(ctx context.Context, list []moved) error {
	entries, scopes := make([]*Entry, len(list)), make([]scope, len(list))
	for i, l := range list {
		e, err := readEntry(l.doc)
		if err != nil || !bytes.Equal(e.hash[:], l.hash) {
			return damaged(l.id)
		}
		e.id, e.original, e.made = l.id, l.original, l.made
		entries[i], scopes[i] = e, scope{m.files[l.file], m.versions[l.version]}
	}
	did, err := m.put(ctx, entries, scopes, corrections{})
	if err != nil {
		return err
	}
	for i, one := range did {
		if one == Kept && m.o.Replace != nil {
			one, err = m.o.Replace(ctx, entries[i], func(ctx context.Context, ifMatch string) (Imported, error) {
				did, err := m.put(ctx, entries[i:i+1], scopes[i:i+1], corrections{replace: true, ifMatch: ifMatch})
				if err != nil {
					return 0, err
				}
				return did[0], nil
			})
			if err != nil {
				return err
			}
		}
		switch one {
		case Added, Replaced:
			m.did.Written++
		case Kept:
			m.did.Kept = append(m.did.Kept, entries[i].id)
		}
	}
	return nil
}

// put stores logs in the new store in one transaction.
func (m *mover) put(ctx context.Context, entries []*Entry, scopes []scope, of corrections) (did []Imported, err error) {
	err = m.to.change(ctx, copying, func(c *conn) (err error) {
		if did, err = m.to.storeAll(ctx, c, entries, scopes, of); err != nil {
			return err
		}
		return c.takeOver(ctx, entries, did)
	})
	return did, err
}

// takeOver notes which of the logs that were there already, with the same bytes, were corrected, or
// made, in the store they come from.
func (c *conn) takeOver(ctx context.Context, entries []*Entry, did []Imported) error {
	for i, e := range entries {
		if did[i] != Added && e.made {
			if err := c.exec(ctx, `UPDATE logs SET made = TRUE WHERE id = ?`, e.id); err != nil {
				return err
			}
		}
		if did[i] != Unchanged || e.original == nil {
			continue
		}
		if err := c.exec(ctx, `UPDATE logs SET original = ? WHERE id = ? AND original IS NULL`, e.original, e.id); err != nil {
			return err
		}
	}
	return nil
}

// copyNested takes over which judgments are in the documents of logs, and which of them are left
// out.
func (m *mover) copyNested(ctx context.Context) error {
	type row struct {
		log, id string
		gone    bool
	}
	lastLog, lastID := int64(-1), ""
	for {
		var list []row
		err := m.from.view(ctx, copying, func(c *conn) error {
			list = nil
			return c.collect(ctx, func(rows scanner) error {
				var r row
				err := rows.Scan(&lastLog, &r.log, &r.id, &r.gone)
				lastID, list = r.id, append(list, r)
				return err
			}, `SELECT n.log, l.id, n.id, n.gone FROM nested n JOIN logs l ON l.seq = n.log WHERE (n.log, n.id) > (?, ?) ORDER BY n.log, n.id LIMIT ?`, lastLog, lastID, part)
		})
		if err != nil || len(list) == 0 {
			return err
		}
		err = m.to.change(ctx, copying, func(c *conn) error {
			for _, r := range list {
				err := c.exec(ctx, `INSERT INTO nested (log, id, gone) SELECT seq, ?, ? FROM logs WHERE id = ?
					ON CONFLICT (log, id) DO UPDATE SET gone = excluded.gone`, r.id, r.gone, r.log)
				if err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
}

func damaged(id string) error {
	return &api.Error{Code: api.Failed, Msg: fmt.Sprintf("%s: log %q is damaged; run errata check", copying, id)}
}

// moved is a row of logs or versions.
type moved struct {
	seq, file, version int64
	id                 string
	created            sql.NullInt64
	flag               bool
	hash, doc          []byte
	original           []byte // of a log, see corrected.go
	made               bool   // of a log, see compose.go
}

// movedLogs is what batchOf reads of logs.
func movedLogs(d *dialect) string {
	return `SELECT seq, file, version, id, created, traced, hash, original, made, ` + d.whole(`logs`) + ` FROM logs`
}

const (
	// movedVersions is what batchOf reads of versions.
	movedVersions = `SELECT seq, file, 0, id, created, made, NULL, NULL, FALSE, doc FROM versions`

	next = ` WHERE seq > ? ORDER BY seq LIMIT ?`
)

// batchOf reads the next rows.
func (c *conn) batchOf(ctx context.Context, query string, args ...any) (list []moved, err error) {
	size := 0
	err = c.collect(ctx, func(rows scanner) error {
		if size > walkBytes {
			return errEnough
		}
		var l moved
		err := rows.Scan(&l.seq, &l.file, &l.version, &l.id, &l.created, &l.flag, &l.hash, &l.original, &l.made, &l.doc)
		size += len(l.doc)
		list = append(list, l)
		return err
	}, query, args...)
	if errors.Is(err, errEnough) {
		err = nil
	}
	return list, err
}

// compare reads every log from the new store and compares it with the old one: its bytes, its
// file, its version and its place in the order.
func (m *mover) compare(ctx context.Context) error {
	kept := map[string]bool{}
	for _, id := range m.did.Kept {
		kept[id] = true
	}
	before := int64(0)
	return m.each(ctx, movedLogs(m.from.sql), func(list []moved) error {
		err := m.to.view(ctx, copying, func(c *conn) error {
			for _, l := range list {
				if kept[l.id] {
					continue
				}
				here, err := c.batchOf(ctx, movedLogs(m.to.sql)+` WHERE id = ?`, l.id)
				if err != nil {
					return err
				}
				if len(here) == 0 || !m.same(l, here[0]) {
					return &api.Error{Code: api.Failed, Msg: fmt.Sprintf("%s: log %q is not the same in both; copy again while nobody writes", copying, l.id)}
				}
				if m.did.Written == m.did.Logs && here[0].seq <= before {
					return &api.Error{Code: api.Failed, Msg: fmt.Sprintf("%s: log %q has lost its place; copy into an empty store", copying, l.id)}
				}
				before = here[0].seq
			}
			return nil
		})
		m.advance(len(list))
		return err
	})
}

// same reports whether a log is the same in both stores.
func (m *mover) same(there, here moved) bool {
	sum := sha256.Sum256(here.doc)
	return (there.original == nil || here.original != nil) && bytes.Equal(there.hash, here.hash) && bytes.Equal(there.doc, here.doc) && bytes.Equal(sum[:], here.hash) &&
		here.file == m.files[there.file] && here.version == m.versions[there.version] && here.created == there.created && here.flag == there.flag
}
