package store

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"runtime/debug"
	"slices"
	"unicode/utf8"

	"errata/api"
	"errata/api/rules"
	"errata/model"
	"errata/model/jsonraw"
)

const saving = "cannot save the log"

// update is UpdateLog for a log of any file.
func (s *Store) update(ctx context.Context, of owner, logID string, patch []byte, ifMatch string) (api.Document, error) {
	change, err := rules.Patch(patch)
	if err != nil {
		return api.Document{}, err
	}
	if api.IsLenient(ctx) {
		change.AcceptAnyType()
	}
	u := update{of: of, logID: logID, change: change, ifMatch: ifMatch}
	var doc api.Document
	err = s.reserving(ctx, logID, changeCopies, func(column string) (err error) {
		u.column = column
		doc, err = s.carryOut(ctx, u)
		return err
	})
	return doc, err
}

// carryOut carries an update out.
func (s *Store) carryOut(ctx context.Context, u update) (api.Document, error) {
	if !s.sql.single && s.batch(ctx) == nil {
		if doc, done, err := s.swap(ctx, u); done {
			return doc, err
		}
	}
	if !s.sql.single || s.batch(ctx) != nil || u.column != anyDoc {
		return s.written(ctx, u)
	}
	u.column = quickDoc
	doc, err := s.written(ctx, u)
	if u.column = anyDoc; !errors.Is(err, errLarge) {
		return doc, err
	}
	if err := s.makeAhead(ctx, &u); err != nil {
		return api.Document{}, err
	}
	doc, err = s.written(ctx, u)
	if errors.Is(err, errOvertaken) {
		u.ahead = nil
		return s.written(ctx, u)
	}
	return doc, err
}

// written carries an update out in a transaction.
func (s *Store) written(ctx context.Context, u update) (api.Document, error) {
	var doc api.Document
	var old target
	var made *Entry
	err := s.checked(ctx, saving, func(c *conn) (err error) {
		if old, err = c.target(ctx, u); err != nil {
			return u.missing(err)
		}
		if u.ahead == nil {
			if err := old.assemble(ctx, c); err != nil {
				return err
			}
		}
		if made, err = u.apply(old); err != nil {
			return err
		}
		old.doc = nil // of 100 MB no more is held than has to be
		doc, err = c.answer(ctx, old, made)
		return err
	}, func(c *conn) error {
		return s.rewrite(ctx, c, old, made, u)
	})
	if err != nil {
		return api.Document{}, err
	}
	s.out.learn(ctx, u.logID, made.hash[:], made.log)
	return doc, nil
}

// swap is update on a server in one or two steps instead of four, without a lock: the log is read,
// unless it is known from lately, and replaced provided that it is still the one that was read.
// done is false when that certainly did not come about; then nothing was changed.
func (s *Store) swap(ctx context.Context, u update) (doc api.Document, done bool, err error) {
	if old, known := s.lately.of(u.logID); known {
		if e, err := u.apply(old); err == nil && e.hash != old.sum() {
			if doc, done, err := s.exchange(ctx, u, old, e); done {
				return doc, true, err
			}
		}
	}
	var old target
	err = s.again(ctx, func() error {
		return old.scan(s.write.QueryRowContext(ctx, s.sql.spell(targetRow(u.column)), s.sql.args([]any{u.logID})...))
	})
	if err != nil {
		return api.Document{}, true, s.wrap(saving, u.missing(err))
	}
	e, err := u.apply(old)
	if err != nil {
		return api.Document{}, true, s.wrap(saving, err)
	}
	if e.hash == old.sum() {
		doc, err = s.answered(ctx, old, e)
		return doc, true, err
	}
	return s.exchange(ctx, u, old, e)
}

// exchange replaces a log by the one that was made of it, provided that it is still there.
func (s *Store) exchange(ctx context.Context, u update, old target, e *Entry) (doc api.Document, done bool, err error) {
	set, args := s.assign(old, e, u)
	query, args, signed := `UPDATE logs l SET `+set+` WHERE seq = ? AND hash = ? AND `+howShown+` = ?`, append(args, old.at.seq, old.hash, old.how), 0
	if searchable(u.change.Edits) { // its signature goes along
		query = `WITH changed AS (` + query + ` RETURNING seq) INSERT INTO signatures (seq, bits) SELECT seq, ?::bytea FROM changed`
		args, signed = append(args, e.signatureIn(old.at.file)[:]), 1
	}
	var n int64
	did, err := s.write.ExecContext(ctx, s.sql.spell(query), s.sql.args(args)...)
	if err == nil {
		n, err = did.RowsAffected()
	}
	switch {
	case err != nil:
		done = code(err) == "" && !notSent(err) // else it was certainly not carried out
		return api.Document{}, done, unclear(s.wrap(saving, err))
	case n == 0:
		return api.Document{}, false, nil
	}
	s.wrote(&conn{signed: signed, written: []int64{old.at.seq}})
	changed := old
	changed.at.created, changed.doc, changed.hash = e.created, e.doc(), e.hash[:]
	s.lately.learn(u.logID, changed)
	doc, err = s.answered(ctx, old, e)
	return doc, true, unclear(err)
}

// answered is the changed log as it is shown.
func (s *Store) answered(ctx context.Context, old target, e *Entry) (doc api.Document, err error) {
	if old.how == 0 {
		return document(e.doc(), e.hash[:]), nil
	}
	err = s.view(ctx, saving, func(c *conn) (err error) {
		doc, err = c.answer(ctx, old, e)
		return err
	})
	return doc, err
}

// update is one change of a log, checked as far as that goes without the log.
type update struct {
	of      owner
	logID   string
	change  *rules.Change
	ifMatch string
	column  string // of the document, see reserving

	corrects bool // the edits change the meaning of the log, see apply

	ahead   *Entry // the changed log where it was made before the transaction, see makeAhead
	aheadOf []byte // the hash of the log of which it was made

	same ends // what the changed log has in common with the one before, see apply
}

// target is a log that is about to be changed.
type target struct {
	at    delta
	owner owner
	doc   handed
	log   *model.Log // the document where it has been read already
	cut   bool       // it is kept in pieces
	hash  []byte
	how   int // see howShown

	original []byte // see correcting
}

// targetRow asks for a target, with one of the columns of reserving.
func targetRow(column string) string {
	return `SELECT l.seq, l.file, l.version, l.created, f.kind, f.id, ` + column + ` AS doc, length(l.doc) = 0 AS cut, l.hash, ` + howShown + ` AS how, l.original
		FROM logs l JOIN files f ON f.seq = l.file WHERE l.id = ?`
}

func (t *target) scan(row scanner) error {
	return row.Scan(&t.at.seq, &t.at.file, &t.at.version, &t.at.created, &t.owner.kind, &t.owner.id, &t.doc, &t.cut, &t.hash, &t.how, &t.original)
}

// assemble puts a document that is kept in pieces together.
func (t *target) assemble(ctx context.Context, c *conn) (err error) {
	t.doc, err = c.assemble(ctx, t.at.seq, t.doc)
	return err
}

// read is the log as it was.
func (t *target) read() (*model.Log, error) {
	if t.log != nil {
		return t.log, nil
	}
	return model.ParseLog(t.doc)
}

// sum is the hash.
func (t *target) sum() (sum [32]byte) {
	copy(sum[:], t.hash)
	return sum
}

// answer is the changed log as it is shown.
func (c *conn) answer(ctx context.Context, old target, e *Entry) (api.Document, error) {
	if parts := e.log.Parts(); len(parts) > 1 && old.how == 0 && !slices.ContainsFunc(parts, notUTF8) {
		return api.InParts(e.log, rules.Tag(e.hash[:])), nil
	}
	l := composed{seq: old.at.seq, id: e.id, how: old.how, doc: e.doc(), hash: e.hash[:]}
	err := c.compose(ctx, []*composed{&l})
	return l.document().Read(e.log), err
}

func (u *update) missing(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return u.change.WithoutLog(notFound("no log %q under %s %q", u.logID, u.of.kind, u.of.id))
	}
	return err
}

// apply makes the changed log, which shares what is large with the old one and with the edits.
func (u *update) apply(old target) (*Entry, error) {
	if old.owner != u.of {
		return nil, u.missing(sql.ErrNoRows)
	}
	if u.ifMatch != "" && !rules.IfMatch(u.ifMatch, rules.Tag(old.hash)) {
		return nil, changedSince()
	}
	if u.ahead != nil {
		if !bytes.Equal(old.hash, u.aheadOf) {
			return nil, errOvertaken
		}
		return u.ahead, nil
	}
	log, err := old.read()
	if err != nil {
		return nil, err
	}
	if err := keepsBytes(log, u.change.Edits); err != nil {
		return nil, err
	}
	u.corrects, u.same = corrects(log, u.change.Edits), endsOf(log, u.change.Edits)
	if log, err = u.change.ApplyTo(log); err != nil {
		return nil, err
	}
	return entryOf(log), nil
}

// errOvertaken is the error for a log that changed between makeAhead and the transaction.
var errOvertaken = errors.New("the log was changed meanwhile")

// makeAhead makes the changed log of a large one before the transaction, with all that is kept
// beside it, so that nobody else waits for that. The transaction takes it where the log is still
// the one that it was made of. Where a client in this process holds that log, it is made of what
// the client holds.
func (s *Store) makeAhead(ctx context.Context, u *update) error {
	var old target
	err := s.view(ctx, saving, func(c *conn) error {
		if err := old.scan(c.row(ctx, targetRow(anyDoc), u.logID)); err != nil {
			return u.missing(err)
		}
		if old.cut {
			old.log = s.out.of(u.logID, old.hash)
		}
		if old.log != nil {
			return nil
		}
		return old.assemble(ctx, c)
	})
	if err != nil {
		return err
	}
	e, err := u.apply(old)
	if err != nil {
		return s.wrap(saving, err)
	}
	if len(old.doc) >= collectFrom/4 {
		old.doc = nil
		debug.FreeOSMemory() // the database takes its own
	}
	if searchable(u.change.Edits) {
		e.Sign()
	}
	u.ahead, u.aheadOf = e, old.hash
	return nil
}

// read is the column of the document that the transaction reads: an empty one where the changed log
// is there already.
func (u update) read() string {
	if u.ahead != nil {
		return `x''`
	}
	return u.column
}

// changedSince is the error for a log that is no longer the one that was read.
func changedSince() error {
	return &api.Error{Code: api.Precondition, Status: 412, Msg: "the log has changed since it was read; read it again"}
}

// document is a stored log as it is handed out.
func document(doc, hash []byte) api.Document {
	d := api.Document{Raw: doc, ETag: rules.Tag(hash)}
	if !utf8.Valid(doc) {
		d.Raw, d.Locked = served(doc), lockedFields(doc)
	}
	return d
}

// rewrite stores a log that was changed.
func (s *Store) rewrite(ctx context.Context, c *conn, old target, e *Entry, u update) error {
	if bytes.Equal(old.hash, e.hash[:]) {
		return nil
	}
	set, args := s.assign(old, e, u)
	if err := c.exec(ctx, `UPDATE logs SET `+set+` WHERE seq = ?`, append(args, old.at.seq)...); err != nil {
		return err
	}
	if err := c.rewritePieces(ctx, old, e.log.Parts(), u.same); err != nil {
		return err
	}
	if searchable(u.change.Edits) {
		c.indexed(old.at.seq, e, old.at.file)
	}
	to := old.at
	to.created = e.created
	c.moved(old.at, to)
	return nil
}

// assign says which columns of a log get which values. Naming one rewrites its indexes, whether it
// changes or not.
func (s *Store) assign(old target, e *Entry, u update) (set string, args []any) {
	set, args = `hash = ?, doc = ?`, []any{e.hash[:], s.sql.column(e)}
	if u.corrects && (!s.sql.single || !old.staysCorrected(e)) {
		set, args = set+`, `+correcting, append(args, e.hash[:])
	}
	if e.created != old.at.created {
		set, args = set+`, created = ?`, append(args, e.created)
	}
	return set, args
}

// searchable reports whether one of the edits is of a field that is searched.
func searchable(edits []jsonraw.Edit) bool {
	names := searched()
	return slices.ContainsFunc(edits, func(e jsonraw.Edit) bool { return slices.Contains(names, e.Name) })
}
