package cli

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"errata/api"
	"errata/api/walk"
	"errata/model/figure"
	"errata/ui/outfile"
)

// deletion is logs that are being deleted. What is in a file of its own while it is unfinished is
// exported, so that the same command goes on after a kill.
type deletion struct {
	*app     `json:"-"`
	IDs      []string  `json:"ids"`
	Trash    string    `json:"trash"` // the file that they are written to, empty for none
	Began    time.Time `json:"began"`
	svc      deleter
	bar      *progressLine
	keep     bool   // in the trash
	file     string // that this is in, empty if the state has no place
	trash    *trash
	resumed  bool
	absent   []string // that no log has
	gone     int
	vanished int // before their turn came, by somebody else
	worst    int // exit code
}

// begin finds the deletion that the same command has left; without one it says where the next is
// to be kept.
func (d *deletion) begin(server string, q walk.Query) (resumed bool, err error) {
	dir := d.cfg.Paths().State
	if dir == "" {
		if d.keep {
			return false, fail(exitFailed, "the trash folder has no place: set HOME or XDG_STATE_HOME, or delete with --no-trash")
		}
		return false, nil
	}
	key := sha256.Sum256([]byte(strings.Join(append([]string{server, q.Selection.String()}, q.IDs...), "\x00")))
	d.file = filepath.Join(dir, "deletions", hex.EncodeToString(key[:8])+".json")
	data, err := os.ReadFile(d.file)
	if err == nil && json.Unmarshal(data, d) == nil && len(d.IDs) > 0 {
		d.say("going on with the deletion of %s that was begun %s", figure.Count(len(d.IDs), "log"), stamp(d.Began))
		d.resumed = true
		return true, nil
	}
	d.Began = d.env.Now()
	if d.keep {
		d.Trash = filepath.Join(dir, trashFolder, d.Began.UTC().Format("20060102-150405.000")+".jsonl")
	}
	return false, nil
}

// remember puts on disk what is going to be deleted.
func (d *deletion) remember() error {
	if d.file == "" {
		return nil
	}
	data, err := json.Marshal(d)
	if err == nil {
		err = os.MkdirAll(filepath.Dir(d.file), 0o700)
	}
	if err == nil {
		err = outfile.Write(d.file, data)
	}
	if err != nil {
		return fmt.Errorf("nothing was deleted: %w", err)
	}
	return nil
}

// run deletes group after group. An interruption lets the group that has started come to its end.
func (d *deletion) run(ctx context.Context) (err error) {
	if err := d.remember(); err != nil {
		return err
	}
	if d.Trash != "" {
		if d.trash, err = openTrash(d.Trash); err != nil {
			return fmt.Errorf("nothing was deleted: the trash cannot be written: %w", err)
		}
	}
	for from := 0; from < len(d.IDs); from += deletedAtOnce {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		to := min(from+deletedAtOnce, len(d.IDs))
		lasting, cancel := api.Lasting(ctx)
		err := d.group(lasting, d.IDs[from:to])
		cancel()
		if err != nil {
			return err
		}
		d.bar.update(int64(to), int64(len(d.IDs)), to)
	}
	if d.file != "" {
		_ = os.Remove(d.file)
	}
	return nil
}

// How many logs one step deletes, and how many are read at a time.
const (
	deletedAtOnce = 50
	readAtOnce    = 8
)

// group deletes some logs: they are read, put into the trash, deleted and looked for.
func (d *deletion) group(ctx context.Context, ids []string) error {
	docs, err := d.read(ctx, ids)
	if err != nil {
		return err
	}
	var there []string
	for i, id := range ids {
		switch {
		case docs[i] != nil:
			there = append(there, id)
			if err := d.trash.put(id, docs[i]); err != nil {
				return fmt.Errorf("the trash cannot be written: %w", err)
			}
		case d.trash.has(id), d.resumed && d.Trash == "":
			d.gone++ // an earlier run was killed behind it
		default:
			d.say("errata: there is no log %s any more", id)
			d.absent, d.worst = append(d.absent, id), max(d.worst, exitNotFound)
			d.vanished++
		}
	}
	if len(there) == 0 {
		return nil
	}
	if err := d.trash.sync(); err != nil {
		return fmt.Errorf("the trash cannot be written: %w", err)
	}
	deleted := d.svc.DeleteLogs(ctx, there)
	return d.look(ctx, there, deleted)
}

// look finds out which logs of a group are gone. deleted is the error of the request, which may
// have been carried out all the same.
func (d *deletion) look(ctx context.Context, ids []string, deleted error) error {
	docs, err := d.read(ctx, ids)
	if err != nil {
		if deleted != nil {
			return deleted
		}
		d.worst = max(d.worst, exitUnverified)
		return fmt.Errorf("sent, but whether the logs are gone cannot be read: %w", err)
	}
	left := 0
	for i, id := range ids {
		if docs[i] == nil {
			d.gone++
			continue
		}
		left++
		if deleted == nil {
			d.bar.clear()
			d.say("errata: log %s is still there, although the server took the request", id)
			d.worst = max(d.worst, exitUnverified)
		}
	}
	if left > 0 {
		return deleted
	}
	return nil
}

// read reads some logs, nil for one that is not there.
func (d *deletion) read(ctx context.Context, ids []string) ([][]byte, error) {
	docs := make([][]byte, len(ids))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(readAtOnce)
	for i, id := range ids {
		group.Go(func() error {
			doc, err := d.svc.Log(ctx, id)
			if api.CodeOf(err) == api.NotFound {
				return nil
			}
			docs[i] = doc.Raw
			return err
		})
	}
	return docs, group.Wait()
}

// ended says what was deleted, and gives the error that decides the exit code.
func (d *deletion) ended(err error) error {
	d.bar.clear()
	if closed := d.trash.close(); err == nil {
		err = closed
	}
	left := len(d.IDs) - d.gone - d.vanished
	if d.cfg.JSON() {
		if err := d.printJSON(deleted{d.gone, left, append([]string{}, d.absent...), d.Trash}); err != nil {
			return err
		}
	}
	words := figure.Count(d.gone, "log") + " deleted"
	if left > 0 {
		words += ", " + figure.Int(left) + " left"
	}
	if d.Trash != "" && d.gone > 0 {
		words += "; errata import " + d.Trash + " brings them back"
	}
	d.say("%s", words)
	switch {
	case err != nil && left > 0 && d.file != "":
		d.say("stopped; the same command goes on")
		return err
	case err != nil:
		return err
	case d.worst != exitDone:
		return said(d.worst)
	}
	return nil
}

// deleted is what errata delete --json prints.
type deleted struct {
	Deleted int      `json:"deleted"`
	Left    int      `json:"left"`
	Missing []string `json:"missing"`
	Trash   string   `json:"trash"`
}

// close lets go of the trash.
func (d *deletion) close() { _ = d.trash.close() }
