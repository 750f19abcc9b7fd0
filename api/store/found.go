package store

import "context"

// found is what a group of changes, which share a transaction, has found out beside the logs that
// they change. Changes that write logs and nothing else leave it as it is; after any other it is
// asked for again.
type found struct {
	owners map[int64]owner // files by their numbers
	asked  bool
	plain  bool // every log is shown as it is stored, see howShown
}

// forget has all asked for again.
func (f *found) forget() { *f = found{} }

// target reads the log that is to be changed. The changes of a group ask once for what is the same
// for all of them: most of what it takes to read a small log are the look-ups beside it.
func (c *conn) target(ctx context.Context, u update) (t target, err error) {
	if c.group == nil {
		err = t.scan(c.row(ctx, targetRow(u.read())+c.d.forUpdate, u.logID))
		return t, err
	}
	if err := c.group.ask(ctx, c); err != nil {
		return t, err
	}
	if !c.group.plain {
		err = t.scan(c.row(ctx, targetRow(u.read()), u.logID))
		return t, err
	}
	err = c.row(ctx, `SELECT l.seq, l.file, l.version, l.created, `+u.read()+` AS doc, length(l.doc) = 0 AS cut, l.hash, l.original
		FROM logs l WHERE l.id = ?`, u.logID).Scan(&t.at.seq, &t.at.file, &t.at.version, &t.at.created, &t.doc, &t.cut, &t.hash, &t.original)
	if err == nil {
		t.owner, err = c.group.owner(ctx, c, t.at.file)
	}
	return t, err
}

// ask asks whether every log is shown as it is stored.
func (f *found) ask(ctx context.Context, c *conn) error {
	if f.asked {
		return nil
	}
	err := c.row(ctx, `SELECT NOT EXISTS (SELECT 1 FROM logs WHERE made) AND NOT EXISTS (SELECT 1 FROM nested WHERE gone) AS plain`).Scan(&f.plain)
	f.asked = err == nil
	return err
}

// owner is the file of a number.
func (f *found) owner(ctx context.Context, c *conn, file int64) (owner, error) {
	if of, known := f.owners[file]; known {
		return of, nil
	}
	var of owner
	err := c.row(ctx, `SELECT kind, id FROM files WHERE seq = ?`, file).Scan(&of.kind, &of.id)
	if err == nil {
		if f.owners == nil {
			f.owners = map[int64]owner{}
		}
		f.owners[file] = of
	}
	return of, err
}
