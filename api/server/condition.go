package server

import (
	"net/http"

	"errata/api"
	"errata/api/rules"
)

// condition is what a request says of the log that it wants, as RFC 9110 has it in 13.2.2: first
// If-Match, then If-None-Match.
type condition struct{ ifMatch, ifNoneMatch string }

func conditions(r *http.Request) condition {
	return condition{header(r, "If-Match"), header(r, "If-None-Match")}
}

// match reports whether If-Match holds. A log without an ETag is not asked.
func (c condition) match(doc api.Document) bool {
	return c.ifMatch == "" || doc.ETag == "" || rules.IfMatch(c.ifMatch, doc.ETag)
}

// known reports whether the sender has the log already, by If-None-Match.
func (c condition) known(doc api.Document) bool {
	return c.ifNoneMatch != "" && doc.ETag != "" && rules.IfNoneMatch(c.ifNoneMatch, doc.ETag)
}

// noLog is an If-Match that holds for no log.
const noLog = `"none"`

// patchTries is how often a PATCH with If-None-Match is tried again that another came before.
const patchTries = 10

// changed is the error for a log that is not the one that a request is about.
func changed() error {
	return &api.Error{Code: api.Precondition, Msg: "the log is not the one that If-Match names; read it again"}
}

// conditionally carries out a PATCH if what its request says of the log holds. update takes an
// If-Match and answers what comes before that: an unknown log, or a body that is wrong.
func (h *handler) conditionally(r *http.Request, update func(ifMatch string) (api.Document, error)) (doc api.Document, err error) {
	c := conditions(r)
	if c.ifNoneMatch == "" {
		return update(c.ifMatch)
	}
	for range patchTries {
		there, missing := h.back.Log(r.Context(), r.PathValue("log_id"))
		switch {
		case missing != nil || !c.match(there):
			return update(c.ifMatch)
		case c.known(there):
			if _, err := update(noLog); api.CodeOf(err) != api.Precondition {
				return api.Document{}, err
			}
			return api.Document{}, &api.Error{Code: api.Precondition, Msg: "the log is as If-None-Match says that it must not be"}
		}
		// exactly the log of which the condition holds is changed
		if doc, err = update(there.ETag); api.CodeOf(err) != api.Precondition {
			break
		}
	}
	return doc, err
}
