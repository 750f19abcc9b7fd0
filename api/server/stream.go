package server

import (
	"io"
	"net/http"
)

// streamFrom is the size, in bytes, from which a response that is written piece by piece is sent
// before it is complete. A smaller one has its length declared.
const streamFrom = 1 << 20

// stream responds with what write writes. An error within the first streamFrom bytes is the
// response; after a later error the connection is cut, so that a part is not mistaken for the
// whole.
func (h *handler) stream(w http.ResponseWriter, r *http.Request, write func(io.Writer) error) error {
	s := &streamed{to: w}
	err := write(s)
	switch {
	case !s.begun:
		return sendPage(w, r, s.held, err)
	case err != nil:
		h.o.Logger.WarnContext(r.Context(), "an answer was cut short", "id", requestID(r.Context()), "cause", err.Error())
		panic(http.ErrAbortHandler)
	}
	return nil
}

// streamed is an answer that begins when it has become long.
type streamed struct {
	to    http.ResponseWriter
	held  []byte
	begun bool
}

// Write holds a piece back, or sends it.
func (s *streamed) Write(p []byte) (int, error) {
	if s.begun {
		return s.to.Write(p)
	}
	if len(s.held)+len(p) < streamFrom {
		s.held = append(s.held, p...)
		return len(p), nil
	}
	s.begun = true
	s.to.Header().Set("Content-Type", "application/json")
	s.to.WriteHeader(http.StatusOK)
	if _, err := s.to.Write(s.held); err != nil {
		return 0, err
	}
	s.held = nil
	return s.to.Write(p)
}
