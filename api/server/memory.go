package server

import (
	"context"
	"fmt"
	"math"
	"net/http"
	"time"

	"golang.org/x/sync/semaphore"

	"errata/api"
)

// What the memory of a request is estimated by.
const (
	freeBytes   = 1 << 20 // a request of fewer bytes is not counted
	bodyCopies  = 4       // a body, the document made of it, and what the database takes of that
	nameBytes   = 160     // what each name in a body takes besides, to find one that stands twice
	memoryWait  = 10 * time.Second
	memoryRetry = 5 * time.Second // what a client is asked to wait that got none
)

// memory limits what all requests together may use. Requests that do not fit wait for others to
// end, in the order in which they came.
type memory struct {
	most int64
	free *semaphore.Weighted
	wait time.Duration
}

func newMemory(most int64) *memory {
	return &memory{most: most, free: semaphore.NewWeighted(most), wait: memoryWait}
}

// share is what one request has been given of the memory.
type share struct {
	of   *memory
	body int64 // for its body
	held int64
}

// want reserves that many bytes for the request in all; what it has already counts. The error is a
// response: 413 for what never fits, 503 for what did not fit in time.
func (s *share) want(ctx context.Context, bytes int64) error {
	if bytes <= max(s.held, freeBytes) {
		return nil
	}
	if bytes > s.of.most {
		return &api.Error{Code: api.Failed, Status: http.StatusRequestEntityTooLarge,
			Msg: fmt.Sprintf("the request needs about %d MiB of memory, and the server may use %d; send less at once", bytes>>20, s.of.most>>20)}
	}
	limited, cancel := context.WithTimeout(ctx, s.of.wait)
	defer cancel()
	if err := s.of.free.Acquire(limited, bytes-s.held); err != nil {
		if ctx.Err() != nil {
			return &api.Error{Code: api.Canceled, Msg: "canceled", Err: ctx.Err()}
		}
		return &api.Error{Code: api.Unavailable, Status: http.StatusServiceUnavailable, RetryAfter: memoryRetry,
			Msg: "the memory of the server is in use by other large requests; try again later", Err: err}
	}
	s.held = bytes
	return nil
}

// wantBody is want for a body of a size.
func (s *share) wantBody(ctx context.Context, size int64) error {
	if size >= freeBytes {
		s.body = max(s.body, bodyCopies*size)
	}
	return s.want(ctx, s.body)
}

// wantNames is want for what finding double names in a body takes.
func (s *share) wantNames(ctx context.Context, body []byte) error {
	if len(body) < freeBytes || s.of.most == math.MaxInt64 {
		return nil
	}
	s.body += nameBytes * int64(openNames(body))
	return s.want(ctx, s.body)
}

// deepest is the nesting up to which JSON is read.
const deepest = 10_000

// openNames is how many names there are at most in objects of a JSON text that are open at one
// time: those are what a reader remembers.
func openNames(text []byte) int {
	var counts []int // of the names in each open object or list
	most, names := 0, 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '"':
			for i++; i < len(text) && text[i] != '"'; i++ {
				if text[i] == '\\' {
					i++
				}
			}
		case '{', '[':
			if counts = append(counts, 0); len(counts) > deepest {
				return most // the text will be refused for it
			}
		case ':':
			if n := len(counts); n > 0 {
				counts[n-1]++
				names++
				most = max(most, names)
			}
		case '}', ']':
			if n := len(counts); n > 0 {
				names -= counts[n-1]
				counts = counts[:n-1]
			}
		}
	}
	return most
}

// release gives all of it back.
func (s *share) release() {
	if s.held > 0 {
		s.of.free.Release(s.held)
	}
	s.held, s.body = 0, 0
}

// reserving has the service reserve what it needs beside the body from the share of a request,
// through api.Reserve. A log that is stored already may need more than there is in all: then the
// request runs alone.
func (h *handler) reserving(ctx context.Context, s *share) context.Context {
	if h.memory.most == math.MaxInt64 {
		return ctx
	}
	return api.WithReserve(ctx, func(ctx context.Context, bytes int64) error { return s.want(ctx, min(s.body+bytes, s.of.most)) })
}
