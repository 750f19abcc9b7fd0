package server

import (
	"errors"
	"net/http"
	"strconv"

	"errata/api"
	"errata/model/jsonraw"
)

// answer sends a JSON document, each part in one write, so that a transport in the same process need
// not copy one that is all.
func answer(w http.ResponseWriter, status int, doc ...[]byte) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(jsonraw.Parts(doc).Len()))
	w.WriteHeader(status)
	for _, part := range doc {
		_, _ = w.Write(part) // the client may have gone away
	}
}

// refuse sends an error with one sentence.
func refuse(w http.ResponseWriter, status int, sentence string) {
	answer(w, status, append(append([]byte(`{"detail":`), jsonraw.Literal(sentence)...), '}'))
}

// fail sends the error of a service, or of the checks before it.
func fail(w http.ResponseWriter, err error) {
	var e *api.Error
	if !errors.As(err, &e) {
		refuse(w, http.StatusInternalServerError, "the server failed; its log says more")
		return
	}
	status := e.Status
	if status < http.StatusBadRequest {
		status = e.Code.HTTPStatus()
	}
	if e.RetryAfter > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(int(e.RetryAfter.Seconds()+0.5)))
	}
	if len(e.Fields) > 0 {
		answer(w, status, detail(e.Fields))
		return
	}
	refuse(w, status, e.Msg)
}

// detail is the body of a 422.
func detail(entries []api.FieldError) []byte {
	b := []byte(`{"detail":[`)
	for i, e := range entries {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, `{"loc":[`...)
		for j, step := range e.Loc {
			if j > 0 {
				b = append(b, ',')
			}
			b = appendStep(b, step)
		}
		b = append(append(b, `],"msg":`...), jsonraw.Literal(e.Msg)...)
		b = append(append(b, `,"type":`...), jsonraw.Literal(e.Type)...)
		b = append(b, '}')
	}
	return append(b, `]}`...)
}

// appendStep appends one step of a location: a position or a name.
func appendStep(b []byte, step any) []byte {
	switch step := step.(type) {
	case int:
		return strconv.AppendInt(b, int64(step), 10)
	case string:
		return append(b, jsonraw.Literal(step)...)
	}
	return append(b, "null"...)
}
