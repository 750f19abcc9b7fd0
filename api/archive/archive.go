// Package archive reads logs from files: the directories that the official export tool writes, JSONL, and single JSON documents.
//
// It knows file layouts. It must not know databases, HTTP or the terminal.
package archive

import (
	"context"
	"io/fs"
)

// Sink takes what is read.
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
	Logs, Prompts int
	Problems      []Problem
}

// Read reads path in fsys: a directory (an export, or any tree of such files) or a file, told apart by what it holds. A bad line is reported and does
// not stop the rest; an error of the sink with the line, too. progress, if not nil, is called now and then with the bytes read and the bytes in all.
// The error is for what cannot be read at all.
func Read(ctx context.Context, fsys fs.FS, path string, to Sink, progress func(done, all int64)) (Report, error) {
	panic("todo")
}
