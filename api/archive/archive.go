// Package archive reads logs from files: the directories that the official export tool writes, JSONL, and single JSON documents.
//
// It knows file layouts. It must not know databases, HTTP or the terminal.
package archive

import (
	"context"
	"io/fs"
	"path"
)

// Sink takes what is read. It must not keep raw, which is overwritten after the call.
type Sink interface {
	// Prompt takes a prompt version; deployed marks the default one.
	Prompt(ctx context.Context, raw []byte, deployed bool) error
	// Log takes a log.
	Log(ctx context.Context, raw []byte) error
}

// Problem is an input that was passed over.
type Problem struct {
	File string
	Line int // from 1, 0 for the whole file
	Msg  string
}

// Report sums up a reading.
type Report struct {
	Logs     int
	Prompts  int       // prompts, however many versions each has
	Problems []Problem // what should have been read, and was not
	Passed   []Problem // what an export holds besides prompts and their logs: evaluations, files of other types
}

// Read reads path in fsys: a directory (an export, or any tree of such files) or a file, told apart by what it holds. A bad line is reported and does
// not stop the rest; an error of the sink with the line, too. progress, if not nil, is called now and then with the bytes read and the bytes in all.
// The error is for what cannot be read at all.
//
// An object or a line is a log; an array holds logs, and so does an object with a list called records. Each log is handed on with the bytes that stand
// in the file, without the white space around it. A JSONL file is held in memory one line at a time, any other document whole. In a tree, symbolic
// links are not followed, and files that are not JSON by name are ignored.
func Read(ctx context.Context, fsys fs.FS, name string, to Sink, progress func(done, all int64)) (Report, error) {
	name = path.Clean(name)
	info, err := fs.Stat(fsys, name)
	if err != nil {
		return Report{}, err
	}
	p := planner{ctx: ctx, fsys: fsys}
	switch {
	case info.IsDir():
		err = p.directory(name)
	case isLines(name):
		p.add(task{name: name, what: lines}, info)
	default:
		p.add(task{name: name, what: whatever, named: true}, info)
	}
	r := reader{ctx: ctx, fsys: fsys, to: to, report: p.report, meter: meter{tell: progress, all: p.bytes}}
	if err != nil {
		return r.report, err
	}
	for _, t := range p.tasks {
		if err := r.run(t); err != nil {
			return r.report, err
		}
	}
	r.meter.finish()
	return r.report, nil
}
