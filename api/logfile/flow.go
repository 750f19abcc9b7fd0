package logfile

import (
	"context"
	"runtime"
	"sync"

	"golang.org/x/sync/semaphore"
)

// The sizes of the pipeline. Few large transactions are fastest, and what waits for one is held in
// memory.
const (
	pieceSize  = 1 << 20
	waiting    = 10       // pieces that are read ahead, at most,
	room       = 64 << 20 // and bytes of them; a larger piece waits alone, while the next is read
	batchLogs  = 5000     // logs that a sink is given at once, at most
	batchBytes = 8 << 20
	batchFiles = 1000
)

// piece is a part of the input: some lines of a file, a document, or a version.
type piece[T any] struct {
	task task
	line int // of its first byte
	data []byte
	at   int64 // offset of its end in the input, in bytes
	err  error // why the file could not be read on

	found []found[T]
	ready chan struct{} // closed when found is complete
	size  int64         // bytes of room that it takes, until it has been taken
}

// found is a log, or something that should have been one.
type found[T any] struct {
	log Log[T]
	bad string // why it is none
}

// flow is the pipeline of an import: one goroutine reads pieces, several parse them, and one gives
// the logs to the sink in the order of the input.
type flow[T any] struct {
	to       Sink[T]
	progress func(Progress)
	all      int64
	most     int                 // logs at once
	room     *semaphore.Weighted // for pieces that wait
	report   Report

	logs  []found[T]
	size  int // of the texts of logs
	files []foundFile
	dir   string // of the file of the service that was counted last
	told  int64  // bytes, the last time
}

// foundFile is a version of a prompt or another file of the service, or something that should have
// been one.
type foundFile struct {
	file File
	dir  string
	bad  string
}

func newFlow[T any](to Sink[T], progress func(Progress), all int64) *flow[T] {
	f := &flow[T]{to: to, progress: progress, all: all, most: batchLogs, room: semaphore.NewWeighted(room)}
	if limited, ok := to.(Limited); ok {
		f.most = min(f.most, limited.Most())
	}
	return f
}

// run runs the pipeline on the pieces that read produces. When ctx ends it returns even where the
// reader is blocked for ever.
func (f *flow[T]) run(ctx context.Context, read func(context.Context, chan<- *piece[T])) (Report, error) {
	inner, cancel := context.WithCancel(ctx)
	defer cancel()
	pieces, queue, work := make(chan *piece[T]), make(chan *piece[T], waiting), make(chan *piece[T], waiting)
	go func() { defer close(pieces); read(inner, pieces) }()
	go distribute(inner, pieces, queue, work)
	var parsers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		parsers.Go(func() {
			for p := range work {
				parse(p, f.to.Prepare)
				close(p.ready)
			}
		})
	}
	err := f.drain(ctx, queue)
	cancel()
	parsers.Wait()
	return f.report, err
}

// distribute gives every piece to the parsers, and to a queue that keeps their order.
func distribute[T any](ctx context.Context, pieces <-chan *piece[T], queue, work chan<- *piece[T]) {
	defer close(work)
	defer close(queue)
	for {
		select {
		case <-ctx.Done():
			return
		case p, ok := <-pieces:
			if !ok {
				return
			}
			p.ready = make(chan struct{})
			select {
			case <-ctx.Done():
				return
			case queue <- p:
				work <- p // has room: it holds a part of what the queue holds
			}
		}
	}
}

// drain takes the parsed pieces in their order.
func (f *flow[T]) drain(ctx context.Context, queue <-chan *piece[T]) error {
	for p := range queue {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-p.ready:
		}
		if err := f.take(ctx, p); err != nil {
			return err
		}
		if p.size == room {
			// so that the next large piece can use this memory, instead of more
			runtime.GC()
		}
		f.room.Release(p.size)
		f.tell(p.at)
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err := f.flush(ctx); err != nil {
		return err
	}
	f.tell(max(f.told, f.all))
	return nil
}

func (f *flow[T]) tell(done int64) {
	f.told = done
	if f.progress != nil {
		f.progress(Progress{Done: done, All: f.all, Logs: f.report.Logs})
	}
}

// take takes over what was found in a piece.
func (f *flow[T]) take(ctx context.Context, p *piece[T]) error {
	if p.task.what == version {
		f.files = append(f.files, asVersion(p))
		return f.flushAt(ctx, len(f.files) >= batchFiles)
	}
	if err := f.flushFiles(ctx); err != nil {
		return err
	}
	for _, one := range p.found {
		f.logs = append(f.logs, one)
		f.size += len(one.log.Raw)
		if err := f.flushAt(ctx, len(f.logs) >= f.most || f.size >= batchBytes); err != nil {
			return err
		}
	}
	p.found, p.data = nil, nil
	if p.err != nil {
		f.logs = append(f.logs, found[T]{log: Log[T]{Position: Position{p.task.name, p.line}}, bad: reason(p.err)})
	}
	return nil
}

// asVersion reads a piece as a version of a prompt or another file of the service.
func asVersion[T any](p *piece[T]) foundFile {
	raw := trim(p.data)
	one := foundFile{
		file: File{Kind: p.task.kind, Raw: raw, Deployed: p.task.deployed[textOf(raw, "version_id")], Position: Position{File: p.task.name}},
		dir:  p.task.dir,
	}
	if p.err != nil {
		one.bad = reason(p.err)
	} else if len(p.found) > 0 {
		one.bad, one.file.Position.Line = p.found[0].bad, p.found[0].log.Position.Line
	}
	return one
}

func (f *flow[T]) flushAt(ctx context.Context, full bool) error {
	if !full {
		return nil
	}
	defer func() { f.tell(f.told) }()
	return f.flush(ctx)
}

// flush gives the sink what was collected.
func (f *flow[T]) flush(ctx context.Context) error {
	if err := f.flushFiles(ctx); err != nil {
		return err
	}
	var logs []Log[T]
	for _, one := range f.logs {
		if one.bad == "" {
			logs = append(logs, one.log)
		}
	}
	var refused []error
	if len(logs) > 0 {
		var err error
		if refused, err = f.to.Logs(ctx, logs); err != nil {
			return err
		}
	}
	n := 0
	for _, one := range f.logs {
		if one.bad == "" {
			one.bad = wordsOf(refused, n)
			n++
		}
		if one.bad != "" {
			f.refuse(Problem{one.log.Position, one.bad}, one.log.Raw)
		} else {
			f.report.Logs++
		}
	}
	f.logs, f.size = nil, 0
	return nil
}

// flushFiles gives the sink the versions that were collected.
func (f *flow[T]) flushFiles(ctx context.Context) error {
	var files []File
	for _, one := range f.files {
		if one.bad == "" {
			files = append(files, one.file)
		}
	}
	var refused []error
	if len(files) > 0 {
		var err error
		if refused, err = f.to.Files(ctx, files); err != nil {
			return err
		}
	}
	n := 0
	for _, one := range f.files {
		if one.bad == "" {
			one.bad = wordsOf(refused, n)
			n++
		}
		switch {
		case one.bad != "":
			f.refuse(Problem{one.file.Position, one.bad}, nil)
		case one.dir != f.dir:
			f.dir = one.dir
			f.report.Files++
		}
	}
	f.files = nil
	return nil
}

// wordsOf are the words of one of several errors, empty for none.
func wordsOf(errs []error, i int) string {
	if errs == nil || errs[i] == nil {
		return ""
	}
	return reason(errs[i])
}

func (f *flow[T]) refuse(p Problem, raw []byte) {
	f.report.Refused++
	f.to.Refused(p, raw)
}
