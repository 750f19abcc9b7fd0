package store

import (
	"bytes"
	"context"
)

// How many logs, and about how many bytes of them, are sent to a server in one statement. One by
// one, most of the time would go on the way.
const (
	sendLogs  = 1000
	sendBytes = 4 << 20
)

// sendAll is storeAll for a server.
func (s *Store) sendAll(ctx context.Context, c *conn, entries []*Entry, scopes []scope, of corrections) (did []Imported, err error) {
	for len(entries) > 0 {
		n, bytes := 0, 0
		for n < len(entries) && n < sendLogs && bytes < sendBytes {
			bytes += entries[n].Len()
			n++
		}
		some, err := s.send(ctx, c, entries[:n], scopes[:n], of)
		if err != nil {
			return nil, err
		}
		did = append(did, some...)
		entries, scopes = entries[n:], scopes[n:]
	}
	return did, nil
}

// send adds the logs whose ids are new in one statement, and looks at the others. They are
// numbered in their order. Of several with one id the first is added, and then replaced.
func (s *Store) send(ctx context.Context, c *conn, entries []*Entry, scopes []scope, of corrections) ([]Imported, error) {
	added, err := s.addAll(ctx, c, entries, scopes)
	if err != nil {
		return nil, err
	}
	did := make([]Imported, len(entries))
	times := map[string]int{} // how often an id is among those that are left
	for i, e := range entries {
		if seq, ok := added[e.id]; ok {
			did[i] = Added
			delete(added, e.id)
			c.indexed(seq, e, scopes[i].file)
			if err := s.recordNested(ctx, c, seq, e.nested, false); err != nil {
				return nil, err
			}
			continue
		}
		times[e.id]++
	}
	known, err := c.hashes(ctx, times)
	if err != nil {
		return nil, err
	}
	for i, e := range entries {
		switch {
		case did[i] == Added:
		case times[e.id] == 1 && of.ifMatch == "" && bytes.Equal(known[e.id], e.hash[:]):
			did[i] = Unchanged
		default:
			if did[i], err = s.replace(ctx, c, e, scopes[i], of); err != nil {
				return nil, err
			}
		}
	}
	return did, nil
}

// addAll adds the logs whose ids are not there, and gives their numbers.
func (s *Store) addAll(ctx context.Context, c *conn, entries []*Entry, scopes []scope) (map[string]int64, error) {
	n := len(entries)
	ids, parents, traces, hashes, docs := make([][]byte, n), make([][]byte, n), make([][]byte, n), make([][]byte, n), make([][]byte, n)
	originals := make([][]byte, n)
	files, versions, created := make([]int64, n), make([]int64, n), make([]int64, n)
	traced, made := make([]bool, n), make([]bool, n)
	for i, e := range entries {
		ids[i], parents[i], traces[i], hashes[i], docs[i] = []byte(e.id), column(e.parent), column(e.trace), e.hash[:], e.doc()
		originals[i], made[i] = e.original, e.made
		files[i], versions[i], created[i] = scopes[i].file, scopes[i].version, e.created
		traced[i] = e.traced
	}
	added := make(map[string]int64, n)
	err := c.collect(ctx, func(rows scanner) error {
		var id string
		var seq int64
		err := rows.Scan(&id, &seq)
		added[id] = seq
		return err
	}, `INSERT INTO logs (id, file, version, created, traced, parent, trace, hash, original, made, doc)
		SELECT id, file, version, created, traced, parent, trace, hash, original, made, doc
		FROM unnest(?::bytea[], ?::bigint[], ?::bigint[], ?::bigint[], ?::boolean[], ?::bytea[], ?::bytea[], ?::bytea[], ?::bytea[], ?::boolean[], ?::bytea[])
			WITH ORDINALITY AS log (id, file, version, created, traced, parent, trace, hash, original, made, doc, place)
		ORDER BY place ON CONFLICT (id) DO NOTHING RETURNING id, seq`,
		ids, files, versions, created, traced, parents, traces, hashes, originals, made, docs)
	return added, err
}

// column is a text that may be missing, as bytes.
func column(value any) []byte {
	text, ok := value.(string)
	if !ok {
		return nil
	}
	return []byte(text)
}

// hashes are the hashes of the logs with some ids.
func (c *conn) hashes(ctx context.Context, ids map[string]int) (map[string][]byte, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var asked [][]byte
	for id := range ids {
		asked = append(asked, []byte(id))
	}
	known := map[string][]byte{}
	err := c.collect(ctx, func(rows scanner) error {
		var id string
		var hash []byte
		err := rows.Scan(&id, &hash)
		known[id] = hash
		return err
	}, `SELECT id, hash FROM logs WHERE id = ANY(?::bytea[])`, asked)
	return known, err
}
