package ui

import (
	"context"
	"errors"
	"io"
	"time"

	"errata/api"
	"errata/api/logfile"
	"errata/ui/browse"
	"errata/ui/outfile"
)

// export begins to write logs into a file, as errata export writes them: one a line, with the bytes
// that are stored.
func (l listing) export(ids []string, name string, replace bool) browse.Export {
	return &export{svc: l.source.Service, ids: ids, name: name, replace: replace}
}

// export is a file of logs that is being written.
type export struct {
	svc     api.Service
	ids     []string // those that are left
	name    string
	replace bool
	file    *outfile.File // nil before the first step
	at      browse.Exported
}

// exportTime is how long one step goes on.
const exportTime = 100 * time.Millisecond

// Next implements browse.Export.
func (e *export) Next(ctx context.Context) (browse.Exported, error) {
	err := e.begin()
	for end := time.Now().Add(exportTime); err == nil && len(e.ids) > 0 && time.Now().Before(end); {
		err = e.write(ctx, e.ids[0])
		e.ids = e.ids[1:]
	}
	switch {
	case err != nil:
		e.Abandon()
	case len(e.ids) == 0:
		if err = e.file.Done(); err == nil {
			err = io.EOF
		}
		e.file = nil
	}
	return e.at, err
}

// begin opens the file.
func (e *export) begin() (err error) {
	if e.file != nil {
		return nil
	}
	if err := outfile.Free(e.name); err != nil && (!errors.Is(err, outfile.ErrThere) || !e.replace) {
		return err
	}
	e.file, err = outfile.Create(e.name)
	return err
}

// write writes a log. One that is not there any more is counted.
func (e *export) write(ctx context.Context, id string) error {
	doc, err := e.svc.Log(ctx, id)
	switch {
	case api.CodeOf(err) == api.NotFound:
		e.at.Missing++
		return nil
	case err != nil:
		return err
	}
	e.at.Logs++
	if _, err = e.file.Write(logfile.OneLine(doc.Raw)); err == nil {
		err = e.file.WriteByte('\n')
	}
	return err
}

// Abandon implements browse.Export.
func (e *export) Abandon() {
	if e.file != nil {
		e.file.Abandon()
		e.file = nil
	}
}
