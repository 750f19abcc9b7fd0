package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"

	"errata/api"
	"errata/api/rules"
	"errata/model"
)

// Log gets one log by its exact id.
func (s *Store) Log(ctx context.Context, id string) (api.Document, error) {
	l, plain, err := s.plainLog(ctx, id)
	if err == nil && !plain {
		err = s.reserving(ctx, id, readCopies, func(doc string) error {
			return s.view(ctx, readingLog, func(c *conn) (err error) {
				l, err = c.log(ctx, id, doc)
				return missing(err, "no log %q", id)
			})
		})
	}
	if err != nil {
		return api.Document{}, err
	}
	doc := l.document()
	if !plain && l.how == 0 && api.HandsOver(ctx) {
		if log, err := model.ParseLog(l.doc); err == nil {
			s.out.learn(ctx, id, l.hash, log)
			doc = doc.Read(log)
		}
	}
	return doc, nil
}

const readingLog = "cannot read the log"

// plainLog reads a log as most are: stored by itself, not large, and with nothing to insert or to
// leave out. ok is false for any other, and where there is none.
func (s *Store) plainLog(ctx context.Context, id string) (l composed, ok bool, err error) {
	err = s.one(ctx, readingLog, func(c *conn) error {
		var err error
		if c.d.single {
			err = c.row(ctx, plainRow, id).Scan((*handed)(&l.doc), &l.hash, &l.how)
		} else {
			var t target
			err = t.scan(c.row(ctx, targetRow(briefDoc), id))
			if l.doc, l.hash, l.how = t.doc, t.hash, t.how; err == nil {
				s.lately.learn(id, t) // it may be changed next
			}
		}
		ok = err == nil && l.how == 0
		if errors.Is(err, sql.ErrNoRows) || errors.Is(err, errLarge) {
			return nil
		}
		return err
	})
	return l, ok, err
}

// plainRow asks for such a log. A column without a name of its own would be called by all of its
// text, which is made again for each row.
var plainRow = `SELECT ` + briefDoc + ` AS doc, l.hash, ` + howShown + ` AS how FROM logs l WHERE l.id = ?`

// LogTag implements api.Tagger. A log that is shown with judgments has to be read for that.
func (s *Store) LogTag(ctx context.Context, id string) (tag string, err error) {
	err = s.one(ctx, readingLog, func(c *conn) error {
		var hash []byte
		var how int
		err := c.row(ctx, `SELECT l.hash, `+howShown+` FROM logs l WHERE l.id = ?`, id).Scan(&hash, &how)
		if err == nil && how == 0 {
			tag = rules.Tag(hash)
		}
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		return err
	})
	return tag, err
}

// Has reports whether there is a log of an id by itself, and not within another one alone.
func (s *Store) Has(ctx context.Context, id string) (stored bool, err error) {
	err = s.one(ctx, readingLog, func(c *conn) error {
		return c.row(ctx, `SELECT EXISTS (SELECT 1 FROM logs WHERE id = ?)`, id).Scan(&stored)
	})
	return stored, err
}

// stored is the row of a log. The column of the document is one of those of reserving.
func (c *conn) stored(ctx context.Context, id, column string) (composed, error) {
	l := composed{id: id}
	var doc handed
	err := c.row(ctx, `SELECT l.seq, `+column+`, l.hash, `+howShown+` FROM logs l WHERE l.id = ?`, id).Scan(&l.seq, &doc, &l.hash, &l.how)
	if err == nil {
		l.doc, err = c.assemble(ctx, l.seq, doc)
	}
	return l, err
}

// log is a log with what is shown in it, or a judgment that is in one.
func (c *conn) log(ctx context.Context, id, column string) (composed, error) {
	l, err := c.stored(ctx, id, column)
	if errors.Is(err, sql.ErrNoRows) {
		l, err = c.nestedLog(ctx, id)
	}
	if err == nil && l.how != 0 {
		err = c.compose(ctx, []*composed{&l})
	}
	return l, err
}

// nestedLog is a judgment that is known from within a log alone. sql.ErrNoRows when there is none.
func (c *conn) nestedLog(ctx context.Context, id string) (composed, error) {
	l := composed{id: id, how: judgedHere} // or not: what was said of it is looked for
	var doc handed
	err := c.row(ctx, `SELECT `+c.d.whole(`l`)+` FROM nested n JOIN logs l ON l.seq = n.log WHERE n.id = ? AND NOT n.gone ORDER BY n.log LIMIT 1`, id).Scan(&doc)
	if err != nil {
		return l, err
	}
	if l.doc = nestedIn(doc).find(id); l.doc == nil {
		return l, sql.ErrNoRows
	}
	sum := sha256.Sum256(l.doc)
	l.hash = sum[:]
	return l, nil
}

// How many times a log is in memory while it is read, and while it is changed: as the database
// holds it, and as it was and will be.
const (
	readCopies   = 2
	changeCopies = 4
)

// The columns of a document. The second one is NULL where it is changed before its transaction, see
// makeAhead. The last one is NULL where a document is too large to be read without asking for
// memory: a request to a server counts from 1 MiB on, so that its copies may have less than that.
const quick, brief = 1 << 20, 128 << 10

var (
	anyDoc   = `l.doc`
	quickDoc = upTo(quick, `l`)
	briefDoc = upTo(brief, `l`)
)

// errLarge is the error for a document that memory has to be asked for.
var errLarge = errors.New("a large document")

// reserving reads a log, or changes it. Where somebody wants to be asked for memory, that is done
// for a large document alone, and do is called again then.
func (s *Store) reserving(ctx context.Context, id string, copies int64, do func(doc string) error) error {
	if api.Reserves(ctx) {
		if err := do(briefDoc); !errors.Is(err, errLarge) {
			return err
		}
		if err := s.reserve(ctx, id, copies); err != nil {
			return err
		}
	}
	return do(anyDoc)
}

// reserve asks for the memory that a log takes. It is done before a connection of the database is
// taken: others need those while it waits.
func (s *Store) reserve(ctx context.Context, id string, copies int64) error {
	var size int64
	var how int
	err := s.one(ctx, readingLog, func(c *conn) error {
		err := c.row(ctx, `SELECT `+c.d.size(`l`)+`, `+howShown+` FROM logs l WHERE l.id = ?`, id).Scan(&size, &how)
		if errors.Is(err, sql.ErrNoRows) {
			return nil // reading it gives the error
		}
		return err
	})
	if err != nil {
		return err
	}
	if how != 0 {
		copies++
	}
	return api.Reserve(ctx, copies*size)
}

// handed is a column whose bytes are taken from the driver without another copy: both drivers
// allocate them for the row.
type handed []byte

// Scan implements sql.Scanner.
func (h *handed) Scan(from any) error {
	if from == nil {
		return errLarge
	}
	doc, ok := from.([]byte)
	if !ok {
		return fmt.Errorf("the document is stored as %T", from)
	}
	*h = doc
	return nil
}

// UpdateLog replaces the members of a log that patch names and leaves every other byte alone.
func (s *Store) UpdateLog(ctx context.Context, promptID, logID string, patch []byte, ifMatch string) (api.Document, error) {
	return s.update(ctx, owner{api.PromptFile, promptID}, logID, patch, ifMatch)
}

// UpdateAgentLog is UpdateLog for a log of an agent.
func (s *Store) UpdateAgentLog(ctx context.Context, agentID, logID string, patch []byte, ifMatch string) (api.Document, error) {
	return s.update(ctx, owner{api.AgentFile, agentID}, logID, patch, ifMatch)
}

// owner is the file that a log belongs to.
type owner struct {
	kind api.FileKind
	id   string
}
