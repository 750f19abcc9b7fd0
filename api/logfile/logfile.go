// Package logfile reads logs from files and writes them to files: the directories that the official
// export tool writes, JSONL, and single JSON documents, each of them plain, as gzip or as zstd.
//
// It knows file layouts. It must not know databases, HTTP or the terminal.
package logfile

import (
	"cmp"
	"context"
	"io"
	"io/fs"
	"path"
	"slices"
)

// Sink receives what is read. T is a log that Prepare has made ready. All methods but Prepare are
// called by one goroutine, in the order of the input.
type Sink[T any] interface {
	// Files takes versions of files, from file.json and versions. refused is nil, or has for each
	// the reason why it is not taken. The error ends the reading.
	Files(ctx context.Context, files []File) (refused []error, err error)
	// Prepare makes a log ready for Logs, which is most of the work. It is called for several logs
	// at the same time, and raw is not changed any more. The error says why raw is not a log.
	Prepare(raw []byte) (T, error)
	// Logs takes logs. refused and the error are as those of Files.
	Logs(ctx context.Context, logs []Log[T]) (refused []error, err error)
	// Refused is called for what should have been read and was not. raw is the log or the line; nil
	// when it was neither.
	Refused(p Problem, raw []byte)
}

// Limited is a sink that says how many logs it takes at once, where that is fewer than are given.
type Limited interface {
	Most() int
}

// File is a version of a file of the service.
type File struct {
	Kind     string // prompt, tool, evaluator, flow, agent or dataset
	Raw      []byte
	Deployed bool // it is the default version
	Position Position
}

// Log is a log of the input.
type Log[T any] struct {
	Raw   []byte // without the white space around it
	Ready T
	// Copy is true for a log that is among the results of an evaluation. The one that is among the
	// logs of its file is the true one, so a copy counts only where that one is missing.
	Copy     bool
	Position Position
}

// Position is a position in the input: a file and a line.
type Position struct {
	File string
	Line int // from 1, 0 for the whole file
}

// Problem is an input that was passed over.
type Problem struct {
	Position
	Msg string
}

// Report sums up a reading.
type Report struct {
	Logs    int       // that were taken
	Files   int       // files of the service; their versions are not counted
	Refused int       // calls of Sink.Refused
	Notes   []Problem // what an export holds besides, and what it lacks
}

// Progress is how far a reading is.
type Progress struct {
	Done, All int64 // bytes of the input; All is 0 when it is not known
	Logs      int   // that were taken
}

// Read reads path in fsys: a directory (an export, or any tree of such files) or a file, told apart
// by what it holds. A bad line is reported and does not stop the rest. progress, if not nil, is
// called now and then. The error is for what cannot be read at all, and for what the sink cannot
// take.
//
// An object or a line is a log; an array holds logs, and so does an object with a list called
// records. Each log is handed on with the bytes that are in the file, without the white space
// around it. A JSONL file is held in memory some lines at a time, any other document whole. In a
// tree, symbolic links are not followed, and files that are not JSON by name are ignored.
func Read[T any](ctx context.Context, fsys fs.FS, name string, to Sink[T], progress func(Progress)) (Report, error) {
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
		p.add(task{name: name, what: whatever}, info)
	}
	// Copies come last, when it is known which of them are needed.
	slices.SortStableFunc(p.tasks, func(a, b task) int { return cmp.Compare(order(a), order(b)) })
	f := newFlow(to, progress, p.bytes)
	f.report.Notes = p.notes
	for _, problem := range p.problems {
		f.refuse(problem, nil)
	}
	if err != nil {
		return f.report, err
	}
	return f.run(ctx, func(ctx context.Context, out chan<- *piece[T]) {
		s := source[T]{ctx: ctx, out: out, room: f.room}
		for _, t := range p.tasks {
			if s.open(fsys, t); ctx.Err() != nil {
				return
			}
		}
	})
}

func order(t task) int {
	if t.evaluation {
		return 1
	}
	return 0
}

// ReadStream reads from in what Read reads from a file; name is what places in it are called.
func ReadStream[T any](ctx context.Context, in io.Reader, name string, to Sink[T], progress func(Progress)) (Report, error) {
	f := newFlow(to, progress, 0)
	return f.run(ctx, func(ctx context.Context, out chan<- *piece[T]) {
		s := source[T]{ctx: ctx, out: out, room: f.room}
		s.read(task{name: name, what: whatever}, in)
	})
}
